//! The editor's door, as an editor sees it: a scripted client over the pipes of the built binary.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test runs the program and reads its answers"
)]

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value as Json, json};

use crate::desk::Desk;

struct Editor<'d> {
    desk: &'d Desk,
    child: Child,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
    next: i32,
}

impl<'d> Editor<'d> {
    /// An editor that works in the desk's folder, counts in these units and speaks this language.
    fn open(desk: &'d Desk, units: &[&str], locale: &str) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_wengao"))
            .arg("lsp")
            .current_dir(desk.0.path())
            .env("LC_ALL", "C")
            .env("SOURCE_DATE_EPOCH", "1772668800")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (stdin, stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let mut editor = Self { desk, child, stdin, stdout: BufReader::new(stdout), next: 0 };
        let begun = editor.ask(
            "initialize",
            json!({
                "processId": null,
                "rootUri": editor.uri(""),
                "locale": locale,
                "initializationOptions": { "explains": true },
                "capabilities": {
                    "general": { "positionEncodings": units },
                    "workspace": { "workspaceEdit": { "resourceOperations": ["create"] } },
                },
            }),
        );
        let wanted = if units.contains(&"utf-8") { "utf-8" } else { "utf-16" };
        assert_eq!(begun["capabilities"]["positionEncoding"], wanted);
        editor.tell("initialized", json!({}));
        editor
    }

    fn uri(&self, name: &str) -> String {
        let path = self.desk.0.path().join(name);
        let mut uri = "file://".to_owned();
        for byte in path.to_str().unwrap().bytes() {
            match byte {
                b'/' | b'.' | b'-' | b'_' => uri.push(char::from(byte)),
                b if b.is_ascii_alphanumeric() => uri.push(char::from(b)),
                b => uri.push_str(&format!("%{b:02X}")),
            }
        }
        uri
    }

    fn send(&mut self, message: &Json) {
        let body = message.to_string();
        write!(self.stdin, "Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
        self.stdin.flush().unwrap();
    }

    fn tell(&mut self, method: &str, params: Json) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    fn hear(&mut self) -> Json {
        let mut length = 0;
        loop {
            let mut line = String::new();
            assert!(self.stdout.read_line(&mut line).unwrap() > 0, "the program is gone");
            match line.trim_end().strip_prefix("Content-Length: ") {
                Some(n) => length = n.parse().unwrap(),
                None if line.trim_end().is_empty() => break,
                None => {}
            }
        }
        let mut body = vec![0; length];
        self.stdout.read_exact(&mut body).unwrap();
        serde_json::from_slice(&body).unwrap()
    }

    fn asked(&mut self, method: &str, params: Json) -> Json {
        self.next += 1;
        let id = self.next;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        loop {
            let message = self.hear();
            if message["id"] == id {
                return message;
            }
        }
    }

    fn ask(&mut self, method: &str, params: Json) -> Json {
        let answer = self.asked(method, params);
        assert!(answer.get("error").is_none(), "{answer:#}");
        answer["result"].clone()
    }

    fn show(&mut self, name: &str, language: &str, text: &str) {
        let uri = self.uri(name);
        self.tell(
            "textDocument/didOpen",
            json!({ "textDocument": { "uri": uri, "languageId": language, "version": 1, "text": text } }),
        );
    }

    /// What is found in this version of a text.
    fn found(&mut self, name: &str, version: i64) -> Vec<Json> {
        let uri = self.uri(name);
        loop {
            let message = self.hear();
            let params = &message["params"];
            if message["method"] == "textDocument/publishDiagnostics"
                && params["uri"] == uri
                && params["version"] == version
            {
                return params["diagnostics"].as_array().unwrap().clone();
            }
        }
    }

    fn at(&self, name: &str, line: u32, character: u32) -> Json {
        json!({
            "textDocument": { "uri": self.uri(name) },
            "position": { "line": line, "character": character },
        })
    }

    fn labels(&mut self, name: &str, line: u32, character: u32) -> Vec<String> {
        let at = self.at(name, line, character);
        let list = self.ask("textDocument/completion", at);
        list["items"].as_array().unwrap().iter().map(|i| i["label"].as_str().unwrap().to_owned()).collect()
    }

    fn actions(&mut self, name: &str, range: &Json) -> Vec<Json> {
        let params = json!({
            "textDocument": { "uri": self.uri(name) },
            "range": range,
            "context": { "diagnostics": [] },
        });
        self.ask("textDocument/codeAction", params).as_array().unwrap().clone()
    }

    fn close(mut self) {
        self.ask("shutdown", Json::Null);
        self.tell("exit", Json::Null);
        assert_eq!(self.child.wait().unwrap().code(), Some(0));
    }
}

/// The words of a text in a range that counts in these units.
fn words<'t>(text: &'t str, range: &Json, utf8: bool) -> &'t str {
    let byte = |place: &Json| {
        let (line, column) = (place["line"].as_u64().unwrap(), place["character"].as_u64().unwrap());
        let start: usize =
            text.split_inclusive('\n').take(usize::try_from(line).unwrap()).map(str::len).sum();
        let mut passed = 0;
        let mut at = start;
        for c in text[start..].chars() {
            if passed >= column {
                break;
            }
            passed += if utf8 { c.len_utf8() } else { c.len_utf16() } as u64;
            at += c.len_utf8();
        }
        at
    };
    &text[byte(&range["start"])..byte(&range["end"])]
}

const SPEECH: &str = "# 动员讲话\n\n同志们:\n\n𠮷𠮷村新建公路x公里。下面，我讲三点意见。\n\n一、看清形势。\n\n二、压实责任。\n";

#[test]
fn what_is_found_stands_where_it_is_in_either_way_of_counting() {
    let desk = Desk::new();
    for units in [&["utf-16"][..], &["utf-16", "utf-8"], &[]] {
        let mut editor = Editor::open(&desk, units, "zh-cn");
        editor.show("稿.md", "markdown", SPEECH);
        let found = editor.found("稿.md", 1);
        let utf8 = units.contains(&"utf-8");
        let said: Vec<_> =
            found.iter().map(|d| (d["code"].as_str().unwrap(), words(SPEECH, &d["range"], utf8))).collect();
        for wanted in [("placeholder", "x"), ("count-claim", "三点意见"), ("punctuation-style", ":")] {
            assert!(
                said.iter().any(|(rule, words)| *rule == wanted.0 && words.contains(wanted.1)),
                "{wanted:?} in {said:?}"
            );
        }
        assert!(found.iter().all(|d| d["source"] == "wengao"));
        assert!(found[0]["codeDescription"]["href"].as_str().unwrap().starts_with("wengao:"));
        editor.close();
    }
}

#[test]
fn typing_is_taken_in_bit_by_bit_and_the_last_state_is_checked() {
    let desk = Desk::texts(&[("稿.md", "# 通知\n\n在磁盘上的是x。\n")]);
    let mut editor = Editor::open(&desk, &["utf-16"], "zh");
    editor.show("稿.md", "markdown", SPEECH);
    assert!(!editor.found("稿.md", 1).is_empty());
    let uri = editor.uri("稿.md");
    let place = |line, character| json!({ "line": line, "character": character });
    // x becomes 12, two letters after the wide ones; then a line goes.
    let changes = [
        (2, json!([{ "range": { "start": place(4, 9), "end": place(4, 10) }, "text": "12" }])),
        (
            3,
            json!([{ "range": { "start": place(2, 3), "end": place(2, 4) }, "text": "：" }, { "range": { "start": place(4, 20), "end": place(4, 21) }, "text": "两" }]),
        ),
    ];
    for (version, changes) in changes {
        editor.tell(
            "textDocument/didChange",
            json!({ "textDocument": { "uri": uri, "version": version }, "contentChanges": changes }),
        );
    }
    let found = editor.found("稿.md", 3);
    assert!(
        found.iter().all(|d| d["code"] != "placeholder" && d["code"] != "punctuation-style"),
        "{found:#?}"
    );
    editor.close();
}

#[test]
fn a_finding_is_mended_allowed_accepted_or_passed_over() {
    let desk = Desk::texts(&[("wengao.yaml", "本地: 云岭县\n放行:\n- 某某大道 # 路名\n")]);
    let mut editor = Editor::open(&desk, &["utf-16"], "zh");
    editor.show("稿.md", "markdown", SPEECH);
    let found = editor.found("稿.md", 1);
    let colon = found.iter().find(|d| words(SPEECH, &d["range"], false) == ":").unwrap();
    let actions = editor.actions("稿.md", &colon["range"]);
    let fix = actions.iter().find(|a| a["isPreferred"] == true).unwrap();
    assert_eq!(fix["title"], "改为“：”");
    assert_eq!(fix["edit"]["documentChanges"][0]["edits"][0]["newText"], "：");
    assert!(actions.iter().any(|a| a["kind"] == "source.fixAll.wengao"), "{actions:#?}");

    let blank = found.iter().find(|d| d["code"] == "placeholder").unwrap();
    let actions = editor.actions("稿.md", &blank["range"]);
    let titled = |words: &str| actions.iter().find(|a| a["title"].as_str().unwrap().contains(words)).unwrap();
    let allow = &titled("放行“x”")["edit"]["documentChanges"][0];
    assert!(allow["textDocument"]["uri"].as_str().unwrap().ends_with("/wengao.yaml"));
    assert!(
        allow["edits"][0]["newText"].as_str().unwrap().contains("{规则: placeholder, 词: x}"),
        "{allow:#}"
    );
    let accept = &titled("基线")["edit"]["documentChanges"];
    assert_eq!(accept[0]["kind"], "create");
    let page = accept[1]["edits"][0]["newText"].as_str().unwrap();
    assert!(page.contains("规则: placeholder\n  文件: \"稿.md\""), "{page}");

    // What the editor made of it counts, saved or not.
    editor.show("wengao-baseline.yaml", "yaml", page);
    assert!(editor.found("稿.md", 1).iter().all(|d| d["code"] != "placeholder"));
    let claim = found.iter().find(|d| d["code"] == "count-claim").unwrap();
    let actions = editor.actions("稿.md", &claim["range"]);
    let ignore = actions.iter().find(|a| a["command"]["command"] == "wengao.ignore").unwrap();
    let command = ignore["command"].clone();
    editor.ask(
        "workspace/executeCommand",
        json!({ "command": "wengao.ignore", "arguments": command["arguments"] }),
    );
    assert!(editor.found("稿.md", 1).iter().all(|d| d["code"] != "count-claim"));
    editor.close();
    assert!(!desk.0.path().join("wengao-baseline.yaml").exists(), "nothing is written");
}

#[test]
fn the_rule_of_a_finding_and_the_fact_of_a_drafted_word_are_shown() {
    let desk = Desk::texts(&[("facts/x", "")]);
    desk.run("facts new speech/mobilization --example --output facts/例子.yaml");
    desk.run("draft speech/mobilization --facts facts/例子.yaml --output 稿.md");
    let text = desk.read("稿.md").replace("同志们：", "同志们：\n\n投入xx万元。");
    let mut editor = Editor::open(&desk, &["utf-8"], "en");
    editor.show("稿.md", "markdown", &text);
    let found = editor.found("稿.md", 1);
    let blank = found.iter().find(|d| d["code"] == "placeholder").unwrap();
    let start = &blank["range"]["start"];
    let params = json!({ "textDocument": { "uri": editor.uri("稿.md") }, "position": start });
    let page = editor.ask("textDocument/hover", params)["contents"]["value"].to_string();
    assert!(page.contains("## placeholder") && page.contains("Left alone"), "{page}");

    let (line, row) = text.lines().enumerate().find(|(_, l)| l.contains("6800万元")).unwrap();
    let column = row.find("6800").unwrap() + 2;
    let at = editor.at("稿.md", u32::try_from(line).unwrap(), u32::try_from(column).unwrap());
    let hover = editor.ask("textDocument/hover", at);
    assert_eq!(words(&text, &hover["range"], true), "6800万元");
    let page = hover["contents"]["value"].as_str().unwrap();
    assert!(page.contains("From fact 工作.资金 (work.funds)") && page.contains("#L"), "{page}");
    let explained = editor.ask("wengao/explain", json!({ "rule": "level-word" }));
    assert!(explained.as_str().unwrap().contains("## level-word"));
    editor.close();
}

#[test]
fn facts_have_their_faults_told_their_keys_explained_and_completed() {
    let desk = Desk::new();
    let mut editor = Editor::open(&desk, &["utf-16"], "zh");
    let text = "会议:\n  名称: 动员会\n  地店: 礼堂\n任务:\n- 名称: 清淤\n  \n地区:\n  级别: \n";
    editor.show("县情.yaml", "yaml", text);
    let found = editor.found("县情.yaml", 1);
    let fault = found.iter().find(|d| d["severity"] == 1).unwrap();
    assert_eq!(words(text, &fault["range"], false), "地店");
    assert!(fault["message"].as_str().unwrap().contains("地点"), "{fault:#}");
    let at = editor.at("县情.yaml", 1, 3);
    let page = editor.ask("textDocument/hover", at)["contents"]["value"].as_str().unwrap().to_owned();
    assert!(page.starts_with("**名称** `name`"), "{page}");
    assert!(editor.labels("县情.yaml", 2, 2).contains(&"地点".to_owned()));
    assert!(editor.labels("县情.yaml", 5, 2).contains(&"牵头单位".to_owned()));
    assert!(editor.labels("县情.yaml", 7, 6).contains(&"自治县".to_owned()));
    // Other programs' YAML is not looked at.
    editor.show("compose.yaml", "yaml", "services: {a: 1}\n");
    assert!(editor.labels("compose.yaml", 0, 0).is_empty());
    editor.show("wengao.yaml", "yaml", "规侧: {}\n");
    assert!(editor.found("wengao.yaml", 1)[0]["message"].as_str().unwrap().contains("规则"));
    assert!(editor.labels("wengao.yaml", 0, 0).contains(&"放行".to_owned()));
    editor.close();
}

/// The program ended at once, as every other subcommand does.
#[test]
fn a_settings_file_with_faults_does_not_keep_the_editor_from_being_served() {
    let desk = Desk::texts(&[("wengao.yaml", "规侧: {}\n")]);
    let mut editor = Editor::open(&desk, &["utf-16"], "zh");
    editor.show("稿.md", "markdown", SPEECH);
    let found = editor.found("稿.md", 1);
    assert!(found[0]["message"].as_str().unwrap().contains("wengao.yaml:1:1"), "{found:#?}");
    editor.show("wengao.yaml", "yaml", "规则: {count-claim: 关}\n");
    let found = editor.found("稿.md", 1);
    assert!(found.len() > 1 && found.iter().all(|d| d["code"] != "count-claim"), "{found:#?}");
    // A key in quotes is left alone rather than cut in two.
    editor.show("县情.yaml", "yaml", "\"会议\": {'名称': 动员会}\n");
    for column in 0..12 {
        let at = editor.at("县情.yaml", 0, column);
        editor.ask("textDocument/hover", at);
    }
    editor.close();
}

#[test]
fn skeletons_have_their_paths_and_phrases_completed() {
    let desk = Desk::new();
    let mut editor = Editor::open(&desk, &["utf-16"], "en");
    let text = "---\nid: own/a\ntitle: {zh: 甲, en: a}\nneeds:\n- {fact: meeting., for: {zh: 会, en: m}}\n---\n# {{ meeting.nmae }}\n\n{% for task in tasks %}{{ task. }}{{ words. }}{{ phrase(id=\"task.\") }}{% endfor %}\n";
    editor.show("自己.tera", "wengao-skeleton", text);
    let found = editor.found("自己.tera", 1);
    assert!(!found.is_empty());
    let column = |line: usize, words: &str| {
        let row = text.lines().nth(line).unwrap();
        u32::try_from(row[..row.find(words).unwrap() + words.len()].encode_utf16().count()).unwrap()
    };
    let labels = editor.labels("自己.tera", 4, column(4, "meeting."));
    assert!(labels.contains(&"place".to_owned()), "{labels:?}");
    let labels = editor.labels("自己.tera", 8, column(8, "task."));
    assert!(labels.contains(&"owner".to_owned()) && !labels.contains(&"meeting".to_owned()), "{labels:?}");
    assert!(editor.labels("自己.tera", 8, column(8, "words.")).contains(&"committee".to_owned()));
    assert!(editor.labels("自己.tera", 8, column(8, "id=\"task.")).contains(&"task.charge".to_owned()));
    assert!(editor.labels("自己.tera", 7, 0).is_empty());
    editor.close();
}

#[test]
fn what_is_asked_wrongly_or_too_early_is_refused_by_its_code() {
    let desk = Desk::new();
    let mut editor = Editor::open(&desk, &[], "zh");
    assert_eq!(editor.asked("no/such", json!({}))["error"]["code"], -32601);
    assert_eq!(editor.asked("initialize", json!({}))["error"]["code"], -32600);
    assert_eq!(editor.asked("workspace/executeCommand", json!({ "command": "x" }))["error"]["code"], -32602);
    let nowhere = editor.at("没有.md", 0, 0);
    assert_eq!(editor.ask("textDocument/hover", nowhere), Json::Null);
    // Without taking leave it is no good end.
    editor.tell("exit", Json::Null);
    assert_eq!(editor.child.wait().unwrap().code(), Some(1));
}
