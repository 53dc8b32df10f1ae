//! The conversation with the editor: what is open, what it asks, what it is told.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use serde_json::{Value as Json, json};

use super::actions::actions;
use super::complete::complete;
use super::desk::{Kind, Open};
use super::look::{Job, Looked};
use super::ways::{IGNORE, Ways};
use super::{Event, found, hover::hover, uri};
use crate::app::explain::{markdown, rule};
use crate::app::{Files, Office, Overlay, settings};
use crate::base::Lang;
use crate::base::lines::Units;
use crate::text;

/// How long nothing must have been said before what was typed is checked.
const PAUSE: Duration = Duration::from_millis(150);

pub(super) struct Session<'a> {
    office: Office,
    overlay: Arc<Overlay>,
    heeds_locale: bool,
    ways: Ways,
    jobs: Sender<Job>,
    writer: &'a mut dyn Write,
    open: BTreeMap<String, Open>,
    /// What is to be looked at, and whether something is being looked at.
    waiting: BTreeSet<String>,
    busy: bool,
    /// Counts changes of what decides on findings: settings, facts, baselines.
    generation: u64,
    ignored: BTreeSet<(String, String)>,
    /// Whether `initialize` was asked, and `shutdown`.
    begun: bool,
    ended: bool,
    /// Whether it can be asked to watch files.
    watches: bool,
}

impl<'a> Session<'a> {
    pub fn new(
        office: Office,
        overlay: Arc<Overlay>,
        heeds_locale: bool,
        jobs: Sender<Job>,
        writer: &'a mut dyn Write,
    ) -> Self {
        let ways = Ways {
            lang: office.lang,
            units: Units::Utf16,
            creates: false,
            explains: false,
            folder: String::new(),
        };
        Self {
            office,
            overlay,
            heeds_locale,
            ways,
            jobs,
            writer,
            open: BTreeMap::new(),
            waiting: BTreeSet::new(),
            busy: false,
            generation: 0,
            ignored: BTreeSet::new(),
            begun: false,
            ended: false,
            watches: false,
        }
    }

    /// Until the editor takes its leave; whether it did so as it should.
    pub fn run(mut self, events: &Receiver<Event>) -> io::Result<bool> {
        let mut queue = VecDeque::new();
        loop {
            if queue.is_empty() {
                let next = if self.busy || self.waiting.is_empty() {
                    events.recv().map_err(|_| RecvTimeoutError::Disconnected)
                } else {
                    events.recv_timeout(PAUSE)
                };
                match next {
                    Ok(event) => queue.push_back(event),
                    Err(RecvTimeoutError::Timeout) => self.look_at_next(),
                    Err(RecvTimeoutError::Disconnected) => return Ok(false),
                }
            }
            // What is taken back further down is not answered.
            queue.extend(events.try_iter());
            match queue.pop_front() {
                None => {}
                Some(Event::Gone) => return Ok(false),
                Some(Event::Looked(looked)) => self.looked(looked)?,
                Some(Event::Fell { uri, name, reason }) => self.fell(&uri, &name, &reason)?,
                Some(Event::Said(Message::Response(_))) => {}
                Some(Event::Said(Message::Request(request))) if is_taken_back(&queue, &request.id) => {
                    let said = "taken back".to_owned();
                    self.say(Response::new_err(request.id, ErrorCode::RequestCanceled as i32, said))?;
                }
                Some(Event::Said(Message::Request(request))) => {
                    let answer = self.answer(request);
                    self.say(answer)?;
                }
                Some(Event::Said(Message::Notification(told))) if told.method == "exit" => {
                    return Ok(self.ended);
                }
                Some(Event::Said(Message::Notification(told))) => self.told(&told)?,
            }
        }
    }

    fn say(&mut self, message: impl Into<Message>) -> io::Result<()> {
        message.into().write(&mut self.writer)
    }

    fn notify(&mut self, method: &str, params: Json) -> io::Result<()> {
        self.say(Notification { method: method.to_owned(), params })
    }

    fn answer(&mut self, Request { id, method, params }: Request) -> Response {
        let refused =
            |code: ErrorCode, said: &str| Response::new_err(id.clone(), code as i32, said.to_owned());
        if !self.begun && method != "initialize" {
            return refused(ErrorCode::ServerNotInitialized, "initialize comes first");
        }
        if self.ended {
            return refused(ErrorCode::InvalidRequest, "shut down");
        }
        let result = match method.as_str() {
            "initialize" if self.begun => return refused(ErrorCode::InvalidRequest, "initialized already"),
            "initialize" => self.initialize(&params),
            "shutdown" => {
                self.ended = true;
                Json::Null
            }
            "textDocument/hover" => {
                self.at(&params, |open, byte, this| hover(open, byte, &this.office, &this.ways))
            }
            "textDocument/completion" => {
                self.at(&params, |open, byte, this| complete(open, byte, &this.office, &this.ways))
            }
            "textDocument/codeAction" => self.actions(&params),
            "workspace/executeCommand" => match self.execute(&params) {
                Some(done) => done,
                None => return refused(ErrorCode::InvalidParams, "no such command"),
            },
            "wengao/explain" => match rule(params["rule"].as_str().unwrap_or_default()) {
                Ok(about) => json!(markdown(about, self.ways.lang)),
                Err(error) => return refused(ErrorCode::InvalidParams, &error.in_lang(self.ways.lang)),
            },
            _ => return refused(ErrorCode::MethodNotFound, &format!("no method {method}")),
        };
        Response { id, result: Some(result), error: None }
    }

    /// What is at a position of an open text; nothing if there is no such.
    fn at(&self, params: &Json, what: impl Fn(&Open, usize, &Self) -> Json) -> Json {
        let open = self.open.get(params["textDocument"]["uri"].as_str().unwrap_or_default());
        let place = open.and_then(|open| Some((open, open.byte(&params["position"], self.ways.units)?)));
        place.map_or(Json::Null, |(open, byte)| what(open, byte, self))
    }

    fn actions(&self, params: &Json) -> Json {
        let Some(open) = self.open.get(params["textDocument"]["uri"].as_str().unwrap_or_default()) else {
            return json!([]);
        };
        match open.range(&params["range"], self.ways.units) {
            Some(range) => actions(open, &range, &params["context"]["only"], &self.office, &self.ways),
            None => json!([]),
        }
    }

    fn execute(&mut self, params: &Json) -> Option<Json> {
        let [Json::String(uri), Json::String(signature)] = params["arguments"].as_array()?.as_slice() else {
            return None;
        };
        if params["command"] != IGNORE {
            return None;
        }
        self.ignored.insert((uri.clone(), signature.clone()));
        self.waiting.insert(uri.clone());
        Some(Json::Null)
    }

    fn initialize(&mut self, params: &Json) -> Json {
        self.begun = true;
        let can = &params["capabilities"];
        let units = can["general"]["positionEncodings"].as_array();
        let utf8 = units.is_some_and(|all| all.iter().any(|one| one == "utf-8"));
        let locale = params["locale"].as_str().and_then(Lang::from_name).filter(|_| self.heeds_locale);
        let made = can["workspace"]["workspaceEdit"]["resourceOperations"].as_array();
        let root = params["workspaceFolders"][0]["uri"].as_str().or(params["rootUri"].as_str());
        self.ways = Ways {
            lang: locale.unwrap_or(self.office.lang),
            units: if utf8 { Units::Utf8 } else { Units::Utf16 },
            creates: made.is_some_and(|all| all.iter().any(|one| one == "create")),
            explains: params["initializationOptions"]["explains"] == true,
            folder: root.and_then(uri::path_of).unwrap_or_default(),
        };
        self.office.lang = self.ways.lang;
        self.watches = can["workspace"]["didChangeWatchedFiles"]["dynamicRegistration"] == true;
        json!({
            "capabilities": {
                "positionEncoding": if utf8 { "utf-8" } else { "utf-16" },
                "textDocumentSync": { "openClose": true, "change": 2, "save": true },
                "hoverProvider": true,
                "completionProvider": { "triggerCharacters": [".", "\"", " ", ":"] },
                "codeActionProvider": { "codeActionKinds": ["quickfix", "source.fixAll.wengao"] },
                "executeCommandProvider": { "commands": [IGNORE] },
            },
            "serverInfo": { "name": "wengao", "version": env!("CARGO_PKG_VERSION") },
        })
    }

    fn told(&mut self, Notification { method, params }: &Notification) -> io::Result<()> {
        let document = &params["textDocument"];
        let uri = document["uri"].as_str().unwrap_or_default();
        let version = document["version"].as_i64().unwrap_or_default();
        match method.as_str() {
            "initialized" if self.watches => self.watch()?,
            "textDocument/didOpen" => {
                let word = |key: &str| document[key].as_str().unwrap_or_default();
                let open = Open::new(uri.to_owned(), word("languageId"), version, word("text").to_owned());
                self.open.insert(uri.to_owned(), open);
                self.changed(uri);
            }
            "textDocument/didChange" => {
                let units = self.ways.units;
                if let Some(open) = self.open.get_mut(uri) {
                    open.change(version, &params["contentChanges"], units);
                    self.changed(uri);
                }
            }
            "textDocument/didClose" => {
                if let Some(open) = self.open.remove(uri) {
                    self.overlay.take(&open.name);
                    self.waiting.remove(uri);
                    self.notify("textDocument/publishDiagnostics", json!({ "uri": uri, "diagnostics": [] }))?;
                    self.decided(&open.name);
                }
            }
            "workspace/didChangeWatchedFiles" => self.all_anew(),
            _ => {}
        }
        Ok(())
    }

    /// Asks to be told of files that decide on findings and are not open.
    fn watch(&mut self) -> io::Result<()> {
        let watchers = json!([{ "globPattern": "**/*.{yaml,yml,xlsx,csv,tera}" }]);
        let method = "workspace/didChangeWatchedFiles";
        let one = json!({ "id": "files", "method": method, "registerOptions": { "watchers": watchers } });
        let params = json!({ "registrations": [one] });
        let id = RequestId::from("watch".to_owned());
        self.say(Request { id, method: "client/registerCapability".to_owned(), params })
    }

    /// An open text is another than before.
    fn changed(&mut self, uri: &str) {
        let Some(open) = self.open.get_mut(uri) else { return };
        self.overlay.put(&open.name, &open.text);
        open.settle(&*self.overlay);
        let name = open.name.clone();
        self.waiting.insert(uri.to_owned());
        self.decided(&name);
    }

    /// What a file says decides on what is found in others, if it is one of those.
    fn decided(&mut self, name: &str) {
        let extension = name.rsplit('.').next().unwrap_or_default().to_lowercase();
        if ["yaml", "yml", "tera"].contains(&extension.as_str()) {
            self.all_anew();
        }
    }

    fn all_anew(&mut self) {
        self.generation += 1;
        // With faults in it the last sound one counts.
        if self.office.nearest
            && let Ok(config) = settings::nearest(&*self.overlay)
        {
            self.office.config = Arc::new(config);
        }
        self.waiting.extend(self.open.keys().cloned());
    }

    fn look_at_next(&mut self) {
        let Some(uri) = self.waiting.pop_first() else { return };
        let Some(open) = self.open.get(&uri) else { return };
        let (office, name) = (self.office.clone(), open.name.clone());
        let (kind, version, generation) = (open.kind, open.version, self.generation);
        // Its thread lives as long as this one.
        self.busy = self.jobs.send(Job { office, uri, name, kind, version, generation }).is_ok();
    }

    fn looked(&mut self, Looked { uri, generation, mut seen }: Looked) -> io::Result<()> {
        self.busy = false;
        // What has changed meanwhile is waiting again; its old findings would stand in wrong places.
        let Some(open) = self.open.get_mut(&uri).filter(|open| open.version == seen.version) else {
            return Ok(());
        };
        if generation != self.generation {
            self.waiting.insert(uri.clone());
        }
        let ignored = |f: &crate::model::Finding| {
            !self.ignored.is_empty() && self.ignored.contains(&(uri.clone(), found::signature(&open.text, f)))
        };
        // A text of another length than was checked has no places for its findings.
        seen.findings.retain(|f| open.text.get(f.range.clone()).is_some() && !ignored(f));
        open.seen = Some(seen);
        let (open, files): (&Open, &dyn Files) = (open, &*self.overlay);
        let Some(seen) = &open.seen else { return Ok(()) };
        let findings = seen.findings.iter().map(|f| found::finding(open, f, &self.ways, files));
        let problems = seen.problems.iter().map(|(s, p)| found::problem(open, *s, p, &self.ways, files));
        let all: Vec<Json> = problems.chain(findings).collect();
        let params = json!({ "uri": uri, "version": open.version, "diagnostics": all });
        if open.kind != Kind::Other {
            self.notify("textDocument/publishDiagnostics", params)?;
        }
        self.go_on(&uri);
        Ok(())
    }

    /// A check broke off: what was found before stands, and the others are made.
    fn fell(&mut self, uri: &str, name: &str, reason: &str) -> io::Result<()> {
        self.busy = false;
        let said = text!(
            "检查 {name} 时程序出错，这一次没有查成：{reason}。改动以后会再查；请把这句话告诉我们",
            "the check of {name} broke off and found nothing this time: {reason}. It is checked again when it changes; please tell us of this"
        );
        self.notify("window/logMessage", json!({ "type": 1, "message": said.in_lang(self.ways.lang) }))?;
        self.go_on(uri);
        Ok(())
    }

    /// The next one need not wait for another pause, unless it is this one again.
    fn go_on(&mut self, uri: &str) {
        if self.waiting.iter().any(|waiting| waiting != uri) {
            self.look_at_next();
        }
    }
}

/// Whether a request is taken back by something that the editor has said since.
fn is_taken_back(queue: &VecDeque<Event>, id: &RequestId) -> bool {
    let id = serde_json::to_value(id).unwrap_or_default();
    queue.iter().any(|event| match event {
        Event::Said(Message::Notification(n)) => n.method == "$/cancelRequest" && n.params["id"] == id,
        _ => false,
    })
}
