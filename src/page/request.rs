//! What every call has, and what it is answered with.

use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value as Json, json};

use super::parcel;
use crate::app::{Bundles, InMemory, Listener, Office};
use crate::base::{Error, Lang, Problem, Result, Text, han::Date};
use crate::corpus::Held;
use crate::text;

/// A call of the page.
pub(super) struct Request<'b> {
    /// The language of the answer.
    pub lang: Lang,
    /// The day on which the person sits there.
    pub today: Date,
    /// What was asked.
    json: Json,
    /// The files that came along.
    pub files: Vec<&'b [u8]>,
    /// The corpus that the carrier has at hand.
    pub kept: Option<&'b Held>,
}

impl<'b> Request<'b> {
    /// # Errors
    /// If the bytes are no parcel, or say no day.
    pub fn of(body: &'b [u8], kept: Option<&'b Held>) -> Result<Self> {
        let parts = parcel::open(body)?;
        let json: Json = serde_json::from_slice(parts[0]).map_err(|e| unread(&e))?;
        let word = |key: &str| json.get(key).and_then(Json::as_str);
        let lang = word("lang").and_then(Lang::from_name).unwrap_or_default();
        let today = word("today").and_then(Date::parse).ok_or_else(|| {
            Problem::new(Text::fixed("没有说明今天是哪一天", "the day is not said"))
                .help(Text::fixed("看看电脑的日期对不对", "see whether this machine knows the date"))
        })?;
        Ok(Self { lang, today, json, files: parts[1..].to_vec(), kept })
    }

    /// What was asked, as one route understands it.
    ///
    /// # Errors
    /// If it is something else.
    pub fn asked<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_value(self.json.clone()).map_err(|e| unread(&e))
    }

    /// An office that has the files that came along, under these names.
    pub fn office(&self, names: &[String]) -> (Office, Arc<InMemory>) {
        let files = names.iter().zip(&self.files).map(|(name, bytes)| (name.clone(), bytes.to_vec()));
        let files = Arc::new(InMemory::of(files));
        let bundles = Arc::new(Bundles::over(files.clone()));
        (Office::with(bundles, self.lang, self.today), files)
    }
}

fn unread(error: &serde_json::Error) -> Error {
    Problem::new(text!("网页传来的内容读不懂：{error}", "what the page sent is not understood: {error}"))
        .into()
}

/// The answer to a call.
pub(super) struct Reply {
    pub json: Json,
    pub files: Vec<Vec<u8>>,
}

impl Reply {
    /// An answer without files.
    pub const fn of(json: Json) -> Self {
        Self { json, files: Vec::new() }
    }

    /// An answer that is one file.
    pub fn file(name: &str, bytes: Vec<u8>) -> Self {
        Self { json: json!({ "name": name }), files: vec![bytes] }
    }

    /// Why there is no other answer.
    pub fn failed(error: &Error, lang: Lang) -> Self {
        Self::of(json!({ "problems": problems(error.problems(), lang) }))
    }

    pub fn packed(&self) -> Vec<u8> {
        let json = self.json.to_string();
        let files = self.files.iter().map(Vec::as_slice);
        parcel::pack(&std::iter::once(json.as_bytes()).chain(files).collect::<Vec<_>>())
    }
}

/// Problems as the page shows them.
pub(super) fn problems(problems: &[Problem], lang: Lang) -> Json {
    problems.iter().map(|p| problem(p, lang)).collect()
}

fn problem(problem: &Problem, lang: Lang) -> Json {
    let mut one = Map::new();
    one.insert("message".into(), problem.what.in_lang(lang).into());
    if let Some(help) = &problem.help {
        one.insert("help".into(), help.in_lang(lang).into());
    }
    if let Some(at) = &problem.at {
        one.insert("place".into(), at.label().in_lang(lang).into());
    }
    one.into()
}

/// Whoever hears what is said while work goes on, to tell it with the answer.
#[derive(Default)]
pub(super) struct Heard {
    pub notes: Vec<Problem>,
    pub said: Vec<Text>,
}

impl Listener for Heard {
    fn note(&mut self, problem: &Problem) {
        self.notes.push(problem.clone());
    }
    fn say(&mut self, sentence: &Text) {
        self.said.push(sentence.clone());
    }
    fn complain(&mut self, problems: &[Problem]) {
        self.notes.extend_from_slice(problems);
    }
    fn progress(&mut self, _: Option<&Text>) {}
}

impl Heard {
    pub fn said(&self, lang: Lang) -> Json {
        self.said.iter().map(|s| Json::from(s.in_lang(lang))).collect()
    }
}

/// A title as a file's name takes it.
pub(super) fn file_name(title: &str) -> String {
    let bare: String =
        title.chars().filter(|c| !r#"\/:*?"<>|"#.contains(*c) && !c.is_control()).take(40).collect();
    bare.trim().to_owned()
}
