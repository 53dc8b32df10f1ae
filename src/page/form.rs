//! What a genre asks for, as a tree of fields: what a form shows.
//!
//! The tree is that of the facts: a field is a key of the table of facts, and a list of records has
//! the fields of one record below it. Keys under 补充 that only one skeleton knows stand there by
//! their own names.

use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::request::{Reply, Request};
use crate::app::facts::page::as_tree;
use crate::app::library::library;
use crate::base::{Lang, Result, Text};
use crate::draft::sample::questions;
use crate::model::facts::Question;
use crate::model::facts::path::{self, Step, in_chinese};
use crate::model::facts::table::{FACTS, Field, Kind};

#[derive(Deserialize)]
struct Wanted {
    template: String,
    topic: Option<String>,
}

pub(super) fn form(request: &Request<'_>) -> Result<Reply> {
    let wanted: Wanted = request.asked()?;
    let lang = request.lang;
    let (office, _) = request.office(&[]);
    let library = library(&office)?;
    let skeleton = library.skeleton(&wanted.template)?;
    let topic = wanted.topic.as_deref().filter(|t| !t.is_empty()).map(|t| library.topic(t)).transpose()?;
    let mut tree = Vec::new();
    for question in questions(&skeleton, topic.as_deref()) {
        let steps: Vec<Step<'_>> = path::steps(&question.fact).collect();
        insert(&mut tree, FACTS, &steps, String::new(), &question);
    }
    link(&mut tree);
    place(&mut tree);
    let sections: Vec<Json> =
        skeleton.sections.iter().map(|s| json!({ "id": s.id, "title": s.title.in_lang(lang) })).collect();
    Ok(Reply::of(json!({
        "id": wanted.template,
        "title": skeleton.title.in_lang(lang),
        "about": skeleton.about.in_lang(lang),
        "sections": sections,
        "fields": tree.iter().map(|branch| branch.as_json(lang)).collect::<Vec<_>>(),
        "example": as_tree(skeleton.example()),
        "topic": topic.map(|t| t.title.zh.clone()),
    })))
}

/// Facts that say what belongs to what, each with the list whose names it takes. A form that asks for both
/// lists asks for them too, whether the skeleton prints the plan or not: the page shows it.
const LINKS: &[(&str, &str, &str)] = &[
    ("tasks", "tasks[].answers", "problems"),
    ("measures", "measures[].answers", "problems"),
    ("targets", "targets[].task", "tasks"),
];

/// Asks for what says what belongs to what.
fn link(tree: &mut Vec<Branch>) {
    for (list, fact, of) in LINKS {
        let asks = |path: &str| tree.iter().any(|b| b.path == path && !b.below.is_empty());
        let asked = tree.iter().flat_map(|b| &b.below).any(|b| b.path == *fact);
        if !asks(list) || !asks(of) || asked {
            continue;
        }
        let question = Question {
            fact: (*fact).to_owned(),
            needed: false,
            purpose: Text::fixed("谋篇：什么回应什么", "the plan: what answers what"),
            example: String::new(),
        };
        let steps: Vec<Step<'_>> = path::steps(fact).collect();
        insert(tree, FACTS, &steps, String::new(), &question);
    }
}

/// Asks whose document it is, whether the skeleton says so or not: two localities' phrases differ, and the
/// check knows its own places by it.
fn place(tree: &mut Vec<Branch>) {
    for fact in ["locality.name", "locality.level", "locality.upper"] {
        let asked = tree.iter().flat_map(|b| &b.below).any(|b| b.path.trim_end_matches("[]") == fact);
        let Some(field) = path::field(fact).filter(|_| !asked) else { continue };
        let (purpose, example) = (field.label.clone(), String::new());
        let question = Question { fact: fact.to_owned(), needed: false, purpose, example };
        let steps: Vec<Step<'_>> = path::steps(fact).collect();
        insert(tree, FACTS, &steps, String::new(), &question);
    }
}

/// A field of the form.
struct Branch {
    /// Its row of the table; `None` for a key of the skeleton's own.
    field: Option<&'static Field>,
    key: String,
    /// The pattern of its path.
    path: String,
    question: Option<Question>,
    below: Vec<Branch>,
}

/// Puts a question into the tree where its path leads.
fn insert(
    tree: &mut Vec<Branch>,
    fields: &'static [Field],
    steps: &[Step<'_>],
    above: String,
    question: &Question,
) {
    let Some((Step::Key(id), rest)) = steps.split_first() else { return };
    let field = fields.iter().find(|f| f.id == *id);
    let key = field.map_or(*id, |f| f.key);
    let at = tree.iter().position(|b| b.key == key).unwrap_or_else(|| {
        let path = if above.is_empty() { (*id).to_owned() } else { format!("{above}.{id}") };
        tree.push(Branch { field, key: key.to_owned(), path, question: None, below: Vec::new() });
        tree.len() - 1
    });
    let branch = &mut tree[at];
    let kind = field.map_or(Kind::Words, |f| f.kind);
    let (rest, each) = match rest.strip_prefix(&[Step::Each]) {
        Some(rest) => (rest, "[]"),
        None => (rest, ""),
    };
    if !rest.is_empty() {
        return insert(&mut branch.below, kind.fields(), rest, format!("{}{each}", branch.path), question);
    }
    // All of a group is asked for: every value in it.
    for inner in kind.fields().iter().filter(|_| is_group(kind)) {
        let asked = Question { example: String::new(), ..question.clone() };
        let each = if matches!(kind, Kind::List(_)) { "[]" } else { "" };
        let above = format!("{}{each}", branch.path);
        insert(&mut branch.below, kind.fields(), &[Step::Key(inner.id)], above, &asked);
    }
    branch.question = Some(question.clone());
}

/// Whether a kind is a group of named values rather than one value. A record within a record of a
/// list is asked for by its own questions.
const fn is_group(kind: Kind) -> bool {
    matches!(kind, Kind::Record(_) | Kind::List(Kind::Record(_)))
}

impl Branch {
    fn as_json(&self, lang: Lang) -> Json {
        let kind = self.field.map_or(Kind::Words, |f| f.kind);
        let label = self.field.map_or(self.key.as_str(), |f| f.label.in_lang(lang));
        let question = self.question.as_ref();
        let example = question.map(|q| q.example.as_str()).filter(|e| !e.is_empty());
        json!({
            "key": self.key,
            "path": self.path,
            "full": in_chinese(&self.path),
            "kind": name(kind, &self.below),
            "label": label,
            "purpose": question.map_or("", |q| q.purpose.in_lang(lang)),
            "needed": question.is_some_and(|q| q.needed) || self.below.iter().any(Self::is_needed),
            "example": example.or(self.field.map(|f| f.example)).unwrap_or_default(),
            "choices": choices(kind),
            "names": LINKS.iter().find(|(_, fact, _)| *fact == self.path).map(|(.., list)| in_chinese(list)),
            "fields": self.below.iter().map(|b| b.as_json(lang)).collect::<Vec<_>>(),
        })
    }

    fn is_needed(&self) -> bool {
        self.question.as_ref().is_some_and(|q| q.needed) || self.below.iter().any(Self::is_needed)
    }
}

fn choices(kind: Kind) -> Vec<&'static str> {
    match kind {
        Kind::Choice(words) => words.to_vec(),
        Kind::Flag => vec!["是", "否"],
        _ => Vec::new(),
    }
}

/// What the page calls a kind of field.
fn name(kind: Kind, below: &[Branch]) -> &'static str {
    match kind {
        Kind::Words => "words",
        Kind::Figure => "figure",
        Kind::Date => "date",
        Kind::Choice(_) => "choice",
        Kind::Flag => "flag",
        Kind::List(Kind::Record(_)) => "list",
        Kind::List(_) => "words-list",
        Kind::Record(_) => "record",
        Kind::Open if below.is_empty() => "words",
        Kind::Open => "record",
    }
}
