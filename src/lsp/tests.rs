//! A check that breaks off, which no text is known to make: a file does it here.

use std::io::{BufReader, pipe};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use lsp_server::{Message, Notification, Request};
use serde_json::{Value as Json, json};

use super::{Door, serve};
use crate::app::{Files, InMemory, Office, Over, Use};
use crate::base::han::Date;
use crate::base::{Lang, Result};

/// Files of which one makes whoever asks for it fall.
struct Trap(InMemory);

impl Files for Trap {
    fn read(&self, name: &str, to: Use) -> Result<Vec<u8>> {
        assert!(!name.contains("坑"), "a hole in {name}");
        self.0.read(name, to)
    }
    fn is_file(&self, name: &str) -> bool {
        name.contains("坑/wengao.yaml") || self.0.is_file(name)
    }
    fn is_folder(&self, name: &str) -> bool {
        self.0.is_folder(name)
    }
    fn below(&self, folder: &str) -> Vec<String> {
        self.0.below(folder)
    }
    fn real(&self, name: &str) -> PathBuf {
        self.0.real(name)
    }
    fn may_write(&self, name: &str, over: Over) -> Result<()> {
        self.0.may_write(name, over)
    }
    fn write(&self, name: &str, bytes: &[u8], over: Over) -> Result<Option<String>> {
        self.0.write(name, bytes, over)
    }
    fn make_folder(&self, name: &str) -> Result<()> {
        self.0.make_folder(name)
    }
}

#[test]
fn a_check_that_breaks_off_is_told_and_costs_the_others_nothing() {
    for (lang, said) in [(Lang::Zh, "检查"), (Lang::En, "the check of")] {
        let (theirs, mut ours) = pipe().unwrap();
        let (mine, mut its) = pipe().unwrap();
        let day = Date { year: 2026, month: Some(3), day: Some(5) };
        let office = Office::with(Arc::new(Trap(InMemory::default())), lang, day);
        let door = Door { office, corpus: None, heeds_locale: false };
        let server = thread::spawn(move || serve(door, BufReader::new(theirs), &mut its));
        let mut mine = BufReader::new(mine);
        let mut send = |message: Message| message.write(&mut ours).unwrap();
        let begin = json!({ "capabilities": {} });
        send(Request { id: 1.into(), method: "initialize".to_owned(), params: begin }.into());
        for name in ["坑/甲.md", "路/乙.md", "坑/丙.md", "路/丁.md"] {
            let text = json!({ "uri": format!("file:///{name}"), "languageId": "markdown", "version": 1, "text": "投资x万元。\n" });
            let params = json!({ "textDocument": text });
            send(Notification { method: "textDocument/didOpen".to_owned(), params }.into());
        }
        let (mut fallen, mut found) = (0, 0);
        while fallen < 2 || found < 2 {
            match Message::read(&mut mine).unwrap().unwrap() {
                Message::Notification(told) if told.method == "window/logMessage" => {
                    let words = told.params["message"].as_str().unwrap().to_owned();
                    assert!(words.contains(said) && words.contains("a hole in"), "{words}");
                    fallen += 1;
                }
                Message::Notification(told) if told.method == "textDocument/publishDiagnostics" => {
                    assert_eq!(told.params["diagnostics"].as_array().unwrap().len(), 1, "{told:?}");
                    found += 1;
                }
                _ => {}
            }
        }
        send(Notification { method: "exit".to_owned(), params: Json::Null }.into());
        assert!(!server.join().unwrap().unwrap());
    }
}
