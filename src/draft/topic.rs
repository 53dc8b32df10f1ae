//! Topic packs (主题包): what a field of work brings to any genre.
//!
//! A pack holds the field's own ways of saying the few things that documents say of any field
//! (`topic.stand`, `topic.call`), and, for the person who fills in the facts, its usual tasks, indicators,
//! problems, measures, duties and principles: offered, never said unasked. Skeletons ask for `phrase(id="topic.stand")`; a document
//! whose facts name a topic gets the pack's, any other the general ones of
//! `phrasebank/phrases/topic.yaml`. So a genre times a topic needs no skeleton of its own.

use std::collections::HashMap;
use std::sync::Arc;

use super::phrase::{BOTH, PHRASE, Phrase, both, field, phrases_of};
use crate::base::{Error, Place, Problem, Result, Text, yaml};
use crate::model::facts::{
    Record, Value, check_record,
    table::{Field, Kind},
};

/// One topic pack.
#[derive(Debug)]
pub struct Topic {
    /// Its id, the name of its file: `education`.
    pub id: String,
    /// What it is called: 教育, Education.
    pub title: Text,
    /// The Chinese names that facts may call it by, its title first.
    pub names: Vec<String>,
    /// The set terms of the field (提法), each with where it is from.
    pub terms: Vec<(String, String)>,
    /// Its usual tasks.
    pub tasks: Vec<Usual>,
    /// What it usually reports; the unit stands in `detail`.
    pub indicators: Vec<Usual>,
    /// Its usual problems.
    pub problems: Vec<Usual>,
    /// The measures that usually secure it.
    pub measures: Vec<Usual>,
    /// Which kind of unit usually does what (职责).
    pub duties: Vec<Usual>,
    /// From which angles its situation is told (形势), with what to find out.
    pub situation: Vec<Usual>,
    /// The principles by which it usually goes (原则).
    pub principles: Vec<Usual>,
    /// Its phrases by id.
    pub phrases: HashMap<Arc<str>, Arc<Phrase>>,
}

/// What documents of a field usually say under one heading: a suggestion, never a fact.
#[derive(Debug)]
pub struct Usual {
    /// The task, indicator, problem or measure.
    pub name: String,
    /// What is done, or how it shows; for an indicator its unit.
    pub detail: Vec<String>,
    /// Whose it usually is.
    pub owner: Option<String>,
}

static PACK: &[Field] = &[
    field("id", Kind::Words, "编号", "id"),
    field("title", Kind::Record(BOTH), "名称", "title"),
    field("names", Kind::List(&Kind::Words), "别名", "other names"),
    field("terms", Kind::List(&Kind::Record(TERM)), "提法", "set terms"),
    field("tasks", Kind::List(&Kind::Record(USUAL)), "常见任务", "usual tasks"),
    field("indicators", Kind::List(&Kind::Record(USUAL)), "常用指标", "usual indicators"),
    field("problems", Kind::List(&Kind::Record(USUAL)), "常见问题", "usual problems"),
    field("measures", Kind::List(&Kind::Record(USUAL)), "常用措施", "usual measures"),
    field("duties", Kind::List(&Kind::Record(USUAL)), "职责分工", "usual duties"),
    field("situation", Kind::List(&Kind::Record(USUAL)), "形势的角度", "angles of the situation"),
    field("principles", Kind::List(&Kind::Record(USUAL)), "常用原则", "usual principles"),
    field("phrases", Kind::List(&Kind::Record(PHRASE)), "套语", "phrases"),
];

static TERM: &[Field] =
    &[field("term", Kind::Words, "提法", "term"), field("from", Kind::Words, "出处", "where it is from")];

static USUAL: &[Field] = &[
    field("name", Kind::Words, "名称", "name"),
    field("detail", Kind::List(&Kind::Words), "内容", "detail"),
    field("owner", Kind::Words, "单位", "owner"),
    field("unit", Kind::Words, "计量单位", "unit"),
    field("lower", Kind::Flag, "越低越好", "less is better"),
    field("source", Kind::Words, "来源", "source"),
];

/// Reads one pack.
///
/// # Errors
/// With everything that is wrong in the file, as [`phrase::load`](super::phrase::load).
pub fn load(file: &str, source: &str) -> Result<Topic> {
    let file: Arc<str> = file.into();
    let read = yaml::read(&file, source, &|_| false);
    of(&file, read)
}

/// The pack of a file that was read, as [`load`].
pub(super) fn of(file: &Arc<str>, (root, mut problems): (Option<yaml::Node>, Vec<Problem>)) -> Result<Topic> {
    let record = match &root {
        Some(node) => check_record(file, node, PACK, &mut problems),
        None => Record::new(),
    };
    let words = |id: &str| record.get(id).and_then(|f| f.value.text()).unwrap_or_default();
    let (id, title) = (words("id"), both(&record, "title"));
    if id.is_empty() || title.zh.is_empty() {
        problems.push(
            Problem::new(Text::fixed("主题包没有 id 或名称", "the topic pack has no id or no title"))
                .at(Place::File(Arc::clone(file)))
                .help(Text::fixed(
                    "开头写 id: education 和 title: {zh: 教育, en: Education}",
                    "begin it with id: education and title: {zh: 教育, en: Education}",
                )),
        );
    }
    let phrases = phrases_of(record.get("phrases"), &mut problems);
    let terms =
        records(&record, "terms").map(|term| (text_of(term, "term"), text_of(term, "from"))).collect();
    let usual = |id| {
        records(&record, id)
            .map(|one| {
                let detail = match one.get("detail").map(|f| &f.value) {
                    Some(Value::List(items)) => items.iter().filter_map(|f| f.value.text()).collect(),
                    _ => one.get("unit").and_then(|f| f.value.text()).into_iter().collect(),
                };
                let owner = one.get("owner").or(one.get("source")).and_then(|f| f.value.text());
                Usual { name: text_of(one, "name"), detail, owner }
            })
            .collect()
    };
    let others = match record.get("names").map(|f| &f.value) {
        Some(Value::List(items)) => items.as_slice(),
        _ => &[],
    };
    let others = others.iter().filter_map(|f| f.value.text());
    let topic = Topic {
        id,
        names: std::iter::once(title.zh.to_string()).chain(others).collect(),
        title,
        terms,
        tasks: usual("tasks"),
        indicators: usual("indicators"),
        problems: usual("problems"),
        measures: usual("measures"),
        duties: usual("duties"),
        situation: usual("situation"),
        principles: usual("principles"),
        phrases: phrases.into_iter().map(|p| (Arc::clone(&p.id), Arc::new(p))).collect(),
    };
    Error::unless_empty(problems, topic)
}

fn records<'r>(record: &'r Record, id: &str) -> impl Iterator<Item = &'r Record> {
    let items = match record.get(id).map(|f| &f.value) {
        Some(Value::List(items)) => items.as_slice(),
        _ => &[],
    };
    items.iter().filter_map(|item| match &item.value {
        Value::Record(record) => Some(record),
        _ => None,
    })
}

fn text_of(record: &Record, id: &str) -> String {
    record.get(id).and_then(|f| f.value.text()).unwrap_or_default()
}

/// What a pack's text says that it is called, as [`Topic::names`], without parsing all of it: where
/// title and names stand on a line each, without quotes, as in the packs that are built in.
pub(super) fn names(text: &str) -> Vec<String> {
    let line =
        |key: &str| text.lines().take_while(|l| !l.starts_with("tasks:")).find_map(|l| l.strip_prefix(key));
    let title = line("title:").and_then(|t| t.split_once("zh:")?.1.split([',', '}']).next());
    let others = line("names:").unwrap_or_default().split(['[', ']', ',', '，', '、']);
    title.into_iter().chain(others).map(str::trim).filter(|n| !n.is_empty()).map(str::to_owned).collect()
}
