//! What a folder of a package keeps (`包.json`, schema `wengao.package/1`): enough to tell next time what is
//! different, and which files beside it are the program's own.
//!
//! | key | what |
//! |---|---|
//! | `document`, `day` | the document's name and the day of the package |
//! | `files` | the files of the package, each with its length and CRC-32 as it was written |
//! | `summary` | the counts that the package begins with |
//! | `facts` | every fact: `path` of ids, `value` as written, `kind` (`words`, `figure`, `date`, `flag`) |
//! | `sentences` | every sentence: `text`, `place`, `facts` that it rests on |
//!
//! Numbers that are somebody's own are veiled in it, as in every report.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::base::Place;
use crate::base::han::Date;
use crate::model::Facts;
use crate::model::facts::path::{Step, steps};
use crate::model::facts::{Fact, Figure, Record, Value, plain_figure};
use crate::report::package::{Package, Sentence};

/// The name of its form.
const SCHEMA: &str = "wengao.package/1";

/// What is kept of a package.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Kept {
    schema: String,
    /// What the document is called: its file's name without the extension, else its title.
    pub document: String,
    /// The day of the package.
    pub day: String,
    /// The files of the package.
    pub files: Vec<Written>,
    summary: Json,
    facts: Vec<Leaf>,
    sentences: Vec<Line>,
}

/// A file as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// Its name within the folder.
    pub name: String,
    bytes: usize,
    crc32: u32,
}

impl Written {
    /// A file of these bytes.
    #[must_use]
    pub fn of(name: &str, bytes: &[u8]) -> Self {
        Self { name: name.to_owned(), bytes: bytes.len(), crc32: crc32fast::hash(bytes) }
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Leaf {
    path: String,
    value: String,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Words,
    Figure,
    Date,
    Flag,
}

/// A sentence as it was.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Line {
    pub text: String,
    place: String,
    /// The facts on which it rested.
    pub facts: Vec<String>,
}

impl Kept {
    /// What is to be kept of a package.
    pub(super) fn of(package: &Package, name: &str, facts: &Facts, hush: &dyn Fn(&str) -> String) -> Self {
        let line = |sentence: &Sentence| Line {
            text: sentence.text.clone(),
            place: sentence.place.as_ref().map_or(String::new(), |place| place.zh.to_string()),
            facts: sentence.bases().iter().map(|basis| basis.path.clone()).collect(),
        };
        let mut leaves = leaves(facts);
        for leaf in &mut leaves {
            leaf.value = hush(&leaf.value);
        }
        Self {
            schema: SCHEMA.to_owned(),
            document: name.to_owned(),
            day: package.day.iso(),
            files: Vec::new(),
            summary: crate::report::package::summary(package),
            facts: leaves,
            sentences: package.sentences.iter().map(line).collect(),
        }
    }

    /// Takes the counts of the package anew.
    pub(super) fn count(&mut self, package: &Package) {
        self.summary = crate::report::package::summary(package);
    }

    /// Reads what was kept; `None` if these bytes are not of that form.
    #[must_use]
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice::<Self>(bytes).ok().filter(|kept| kept.schema == SCHEMA)
    }

    /// Its bytes.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let mut out = serde_json::to_vec_pretty(self).unwrap_or_default();
        out.push(b'\n');
        out
    }

    pub(super) fn sentences(&self) -> &[Line] {
        &self.sentences
    }

    /// The facts of that time; each is placed at its own path.
    pub(super) fn facts(&self) -> Facts {
        let mut facts = Facts::default();
        for leaf in &self.facts {
            let value = match leaf.kind {
                Kind::Words => Value::Words(leaf.value.clone()),
                Kind::Figure => Value::Figure(plain_figure(&leaf.value)),
                Kind::Date => {
                    Date::parse(&leaf.value).map_or_else(|| Value::Words(leaf.value.clone()), Value::Date)
                }
                Kind::Flag => Value::Flag(leaf.value == "是"),
            };
            let at = Place::Fact { path: leaf.path.as_str().into(), at: None };
            let all: Vec<Step<'_>> = steps(&leaf.path).collect();
            put(&mut facts.root, &all, Fact { value, at, overrides: Vec::new() });
        }
        facts
    }
}

/// Every value with its path, the parts of figures included.
fn leaves(facts: &Facts) -> Vec<Leaf> {
    fn one(path: String, fact: &Fact, all: &mut Vec<Leaf>) {
        let (value, kind) = match &fact.value {
            Value::Words(words) => (words.clone(), Kind::Words),
            Value::Figure(figure) => (figure.text(), Kind::Figure),
            Value::Date(date) => (date.iso(), Kind::Date),
            Value::Flag(yes) => (if *yes { "是" } else { "否" }.to_owned(), Kind::Flag),
            Value::List(_) | Value::Record(_) | Value::Blank(_) => return,
        };
        all.push(Leaf { path: path.clone(), value, kind });
        if let Value::Figure(Figure { parts, .. }) = &fact.value {
            parts.iter().for_each(|(id, part)| one(format!("{path}.{id}"), part, all));
        }
    }
    let mut all = Vec::new();
    facts.leaves().into_iter().for_each(|(path, fact)| one(path, fact, &mut all));
    all
}

/// Puts a fact at a path, making the records and lists on the way.
fn put(record: &mut Record, path: &[Step<'_>], fact: Fact) {
    /// A list in a hand-made file could ask for any length.
    const LONGEST: usize = 100_000;
    let Some((Step::Key(key), rest)) = path.split_first() else { return };
    let blank = || Fact { value: Value::Blank(String::new()), at: fact.at.clone(), overrides: Vec::new() };
    let mut slot = record.entry((*key).to_owned()).or_insert_with(blank);
    let mut rest = rest;
    while let Some((Step::Index(index), more)) = rest.split_first() {
        if *index > LONGEST {
            return;
        }
        if !matches!(slot.value, Value::List(_)) {
            slot.value = Value::List(Vec::new());
        }
        let Value::List(items) = &mut slot.value else { return };
        while items.len() <= *index {
            items.push(blank());
        }
        slot = &mut items[*index];
        rest = more;
    }
    if rest.is_empty() {
        *slot = fact;
        return;
    }
    match &mut slot.value {
        Value::Figure(figure) => put(&mut figure.parts, rest, fact),
        Value::Record(record) => put(record, rest, fact),
        value => {
            let mut record = Record::new();
            put(&mut record, rest, fact);
            *value = Value::Record(record);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Kept, leaves};
    use crate::base::han::Date;
    use crate::model::facts::load;
    use crate::report::package::Package;

    #[test]
    fn facts_come_back_as_they_were_kept() {
        let source = "地区: {名称: 云溪县, 人口: 31.60万人}\n会议: {日期: 2026-03-05}\n工作: {进展: [一件, 两件]}\n指标:\n- {名称: 机井, 值: {值: '320', 单位: 眼, 已核: 是}, 越低越好: 否}\n补充: {甲: {乙: [丙]}}\n";
        let facts = load("f.yaml", source).unwrap();
        let package = Package {
            title: String::new(),
            file: String::new(),
            skeleton: String::new(),
            genre: crate::base::Text::fixed("", ""),
            day: Date { year: 2026, month: Some(3), day: Some(5) },
            sentences: Vec::new(),
            issues: Vec::new(),
            open: Vec::new(),
            changes: None,
        };
        let kept = Kept::parse(&Kept::of(&package, "甲", &facts, &str::to_owned).bytes()).unwrap();
        let back = kept.facts();
        let told = |facts| {
            leaves(facts)
                .into_iter()
                .map(|l| format!("{} {} {:?}", l.path, l.value, l.kind))
                .collect::<Vec<_>>()
        };
        assert_eq!(told(&back), told(&facts));
        assert!(
            told(&facts).contains(&"indicators[0].value.confirmed 是 Flag".to_owned()),
            "{:?}",
            told(&facts)
        );
        assert!(Kept::parse(b"{\"schema\": \"wengao.check/1\"}").is_none());
    }
}
