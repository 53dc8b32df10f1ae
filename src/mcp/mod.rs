//! Floor 6: the assistant's door: the Model Context Protocol over two streams.
//!
//! An assistant that writes a speech can be made to check it here, and to draft from facts that it may
//! not invent. The protocol is JSON-RPC 2.0, a message a line; of it this is the part that a server of
//! tools needs: `initialize`, `ping`, `tools/list`, `tools/call`. The crate for it, `rmcp`, was weighed:
//! it speaks every transport, and brings tokio, schemars and some forty others into a program that runs
//! on old office machines, for what stands in this file. So it is written out on `serde_json`.
//!
//! What the tools are is one table ([`tools`]); each does what a subcommand does, through the same use
//! case, and takes its title from the command line's own help. Nothing is written. Of the disk only what
//! the person named when the server was started may be read, and what her settings file names; texts
//! come in the call.
//!
//! A tool answers in words for the assistant to read and, as `structuredContent`, with the objects that
//! the command line prints under `--format json`. Wrong arguments and unreadable files are answers too
//! (`isError`), since it is the assistant that has to mend them; errors of the protocol are what no
//! assistant can mend. Calls are answered one after the other: each takes milliseconds.

mod answer;
mod arguments;
mod check;
mod draft;
mod facts;
mod format;
mod renew;
mod tools;

use std::io::{self, BufRead, Write};
use std::sync::Arc;

use serde_json::{Map, Value as Json, json};

use self::answer::Answer;
use self::arguments::Arguments;
use self::tools::{TOOLS, Tool};
use crate::app::{Office, Overlay, settings};
use crate::base::{Error, Lang};
use crate::corpus::Held;
#[cfg(test)]
pub use tools::commands;

/// The protocol's versions that are spoken, the newest last.
const VERSIONS: &[&str] = &["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"];

/// Errors of JSON-RPC: what is wrong with a message as such.
const NO_JSON: i32 = -32700;
const NO_REQUEST: i32 = -32600;
const NO_METHOD: i32 = -32601;
const NO_PARAMS: i32 = -32602;

/// What all tools are given.
struct Room<'a> {
    office: Office,
    /// The office's files, over which the texts of a call are laid.
    overlay: Arc<Overlay>,
    /// What the command line's help says of a subcommand, as `corpus compare`.
    about: &'a dyn Fn(&str, Lang) -> String,
    /// What papers are held against: the corpora of the settings file.
    corpus: Option<&'a Held>,
}

/// Serves until the reader ends. `corpus` is what papers are held against; `named` are the files and folders that may be read; `about` is what the
/// help of the command line says of a subcommand.
///
/// # Errors
/// If a stream fails.
pub fn serve(
    office: &Office,
    corpus: Option<&Held>,
    named: &[String],
    about: &dyn Fn(&str, Lang) -> String,
    reader: &mut dyn BufRead,
    writer: &mut dyn Write,
) -> io::Result<()> {
    let readable = [named.to_vec(), settings::named(&office.config)].concat();
    let overlay = Arc::new(Overlay::within(Arc::clone(&office.files), &readable));
    let office = Office { files: overlay.clone(), ..office.clone() };
    let room = Room { office, overlay, about, corpus };
    let mut line = Vec::new();
    loop {
        line.clear();
        if reader.read_until(b'\n', &mut line)? == 0 {
            return Ok(());
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        if let Some(answer) = room.answer_line(&line) {
            writer.write_all(format!("{answer}\n").as_bytes())?;
            writer.flush()?;
        }
    }
}

/// Why a message has no result: a code and words.
type Refusal = (i32, String);

impl Room<'_> {
    /// The answer to a line: to a request, or to a batch of them; none to what only tells something.
    fn answer_line(&self, line: &[u8]) -> Option<Json> {
        match serde_json::from_slice(line) {
            Err(error) => Some(refused(&Json::Null, (NO_JSON, error.to_string()))),
            Ok(Json::Array(all)) if !all.is_empty() => {
                let answers: Vec<Json> = all.iter().filter_map(|one| self.answer(one)).collect();
                (!answers.is_empty()).then_some(Json::Array(answers))
            }
            Ok(one) => self.answer(&one),
        }
    }

    fn answer(&self, message: &Json) -> Option<Json> {
        let id = message.get("id");
        let is_id = id.is_none_or(|id| id.is_string() || id.is_number());
        let method = message.get("method").and_then(Json::as_str);
        let (Some(method), true, "2.0") = (method, is_id, message["jsonrpc"].as_str().unwrap_or_default())
        else {
            // An answer to something that was never asked is passed over.
            let is_answer = message.get("result").or(message.get("error")).is_some();
            let id = id.filter(|_| is_id).unwrap_or(&Json::Null);
            return (!is_answer).then(|| refused(id, (NO_REQUEST, "not a JSON-RPC 2.0 request".to_owned())));
        };
        // Without an id it only tells something, and nothing is told that matters here.
        let id = id?;
        let none = Json::Object(Map::new());
        let outcome = match (method, message.get("params").unwrap_or(&none)) {
            (_, params) if !params.is_object() => Err((NO_PARAMS, "params is not an object".to_owned())),
            ("initialize", params) => Ok(self.initialize(params)),
            ("ping", _) => Ok(json!({})),
            ("tools/list", _) => {
                Ok(json!({ "tools": TOOLS.iter().map(|t| self.shown(t)).collect::<Vec<_>>() }))
            }
            ("tools/call", params) => self.call(params),
            _ => Err((NO_METHOD, format!("no method {method}"))),
        };
        Some(match outcome {
            Ok(result) => json!({ "jsonrpc": "2.0", "id": id, "result": result }),
            Err(refusal) => refused(id, refusal),
        })
    }

    /// The version that both speak, and what is there.
    fn initialize(&self, params: &Json) -> Json {
        let wanted = params["protocolVersion"].as_str().unwrap_or_default();
        let newest = VERSIONS[VERSIONS.len() - 1];
        let version = VERSIONS.iter().find(|v| **v == wanted).unwrap_or(&newest);
        json!({
            "protocolVersion": version,
            "capabilities": { "tools": {} },
            "serverInfo": {
                "name": "wengao",
                "title": "文稿 wengao",
                "version": env!("CARGO_PKG_VERSION"),
            },
            "instructions": tools::INSTRUCTIONS.zh.to_string() + "\n" + &tools::INSTRUCTIONS.en,
        })
    }

    /// A tool as the list has it, in both languages.
    fn shown(&self, tool: &Tool) -> Json {
        let title = |lang| (self.about)(tool.command, lang);
        json!({
            "name": tool.name,
            "title": format!("{} / {}", title(Lang::Zh), title(Lang::En)),
            "description": format!("{}\n{}", tool.about.zh, tool.about.en),
            "inputSchema": arguments::schema(tool.takes),
            "annotations": { "readOnlyHint": true, "idempotentHint": true, "openWorldHint": false },
        })
    }

    fn call(&self, params: &Json) -> Result<Json, Refusal> {
        let name = params["name"].as_str().unwrap_or_default();
        let Some(tool) = TOOLS.iter().find(|tool| tool.name == name) else {
            return Err((NO_PARAMS, format!("no tool {name:?}")));
        };
        let given = match params.get("arguments") {
            None | Some(Json::Null) => &Map::new(),
            Some(Json::Object(given)) => given,
            Some(_) => return Err((NO_PARAMS, "arguments is not an object".to_owned())),
        };
        self.overlay.clear();
        let answer = Arguments::of(given, tool.takes).and_then(|given| (tool.run)(self, &given));
        let Answer { text, aside, structured, file, failed } =
            answer.unwrap_or_else(|error| self.failure(&error));
        let words = [text].into_iter().chain((!aside.is_empty()).then_some(aside));
        let mut content: Vec<Json> = words.map(|text| json!({ "type": "text", "text": text })).collect();
        content.extend(file.map(|file| {
            // A file is a resource under an address of its own, which leads nowhere but to its name.
            let resource =
                json!({ "uri": format!("wengao:{}", file.name), "mimeType": file.kind, "blob": file.base64 });
            json!({ "type": "resource", "resource": resource })
        }));
        Ok(json!({
            "content": content,
            "structuredContent": structured,
            "isError": failed,
        }))
    }

    /// An error as an answer, for the assistant to mend.
    fn failure(&self, error: &Error) -> Answer {
        let lang = self.office.lang;
        Answer::failed(error.in_lang(lang), json!({ "problems": facts::problems(error, lang) }))
    }
}

fn refused(id: &Json, (code, message): Refusal) -> Json {
    json!({ "jsonrpc": "2.0", "id": id, "error": { "code": code, "message": message } })
}
