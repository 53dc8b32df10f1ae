//! Facts as a skeleton sees them: by id, marked, and only those that it declares.
//!
//! Each declared fact is there: as its text, or empty where it is optional and absent, so that
//! `{% if work.funds %}` works. What is not declared is not there at all, so a body that uses it
//! fails at once instead of dropping text in silence one day.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::Bound;
use std::sync::Arc;
use tera::value::Key;
use tera::{Context, Map, Value as Tera};

use super::{mark, words};
use crate::base::Place;
use crate::model::facts::{
    Fact, Facts, Record, Value, path,
    table::{FACTS, FIGURE, Field, Kind},
};

/// The fields of a record as Tera takes them.
pub(super) type Fields = BTreeMap<Key<'static>, Tera>;

/// The part of the facts table that a skeleton declares.
#[derive(Debug)]
pub(super) struct Shape {
    fields: Vec<Declared>,
}

#[derive(Debug)]
struct Declared {
    id: Cow<'static, str>,
    needed: bool,
    kind: DeclaredKind,
}

#[derive(Debug)]
enum DeclaredKind {
    Leaf {
        /// Parts of a figure that are declared by themselves: `value.yoy` is `value_yoy`.
        figure: Vec<&'static str>,
    },
    Record(Vec<Declared>),
    List(Box<Declared>),
}

impl Shape {
    /// The shape of these patterns; `needed` are those that must be there.
    pub(super) fn of(declared: &BTreeSet<String>, needed: &BTreeSet<String>) -> Self {
        Self { fields: fields(FACTS, "", declared, needed, false) }
    }

    /// The shape of a record with all fields of its table; `pattern` is its path, such as `tasks[]`.
    pub(super) fn of_record(table: &'static [Field], pattern: &str, needed: &BTreeSet<String>) -> Self {
        Self { fields: fields(table, pattern, &BTreeSet::new(), needed, true) }
    }
}

fn fields(
    table: &'static [Field],
    prefix: &str,
    declared: &BTreeSet<String>,
    needed: &BTreeSet<String>,
    all: bool,
) -> Vec<Declared> {
    let mut parts = Vec::new();
    let mut pattern = String::with_capacity(64);
    for field in table {
        pattern.clear();
        pattern.push_str(prefix);
        pattern.push_str(if prefix.is_empty() { "" } else { "." });
        pattern.push_str(field.id);
        let mut begins = |paths: &BTreeSet<String>, sign: char| {
            pattern.push(sign);
            let begins = any_begins(paths, &pattern);
            pattern.pop();
            begins
        };
        let deeper = begins(declared, '.') || begins(declared, '[');
        let items_needed = begins(needed, '[');
        if !(all || deeper || declared.contains(&pattern)) {
            continue;
        }
        let needed_here = needed.contains(&pattern) || items_needed;
        parts.push(Declared {
            id: field.id.into(),
            needed: needed_here,
            kind: part_kind(field.kind, &pattern, declared, needed, !deeper),
        });
    }
    parts
}

/// Whether one of the paths begins so; those that do stand together.
fn any_begins(paths: &BTreeSet<String>, with: &str) -> bool {
    let from = (Bound::Included(with), Bound::Unbounded);
    paths.range::<str, _>(from).next().is_some_and(|path| path.starts_with(with))
}

fn part_kind(
    kind: Kind,
    pattern: &str,
    declared: &BTreeSet<String>,
    needed: &BTreeSet<String>,
    all: bool,
) -> DeclaredKind {
    match kind {
        Kind::Record(table) => DeclaredKind::Record(fields(table, pattern, declared, needed, all)),
        Kind::List(item) => {
            let each = format!("{pattern}[]");
            let kind = part_kind(*item, &each, declared, needed, all);
            let needed = needed.contains(pattern) || needed.contains(&each);
            DeclaredKind::List(Box::new(Declared { id: "".into(), needed, kind }))
        }
        Kind::Open => {
            let own = declared.iter().filter_map(|d| d.strip_prefix(pattern)?.strip_prefix('.'));
            DeclaredKind::Record(
                own.map(|key| Declared {
                    id: key.to_owned().into(),
                    needed: needed.contains(&format!("{pattern}.{key}")),
                    kind: DeclaredKind::Leaf { figure: Vec::new() },
                })
                .collect(),
            )
        }
        Kind::Figure => {
            let figure = FIGURE
                .iter()
                .map(|f| f.id)
                .filter(|id| declared.contains(&format!("{pattern}.{id}")))
                .collect();
            DeclaredKind::Leaf { figure }
        }
        _ => DeclaredKind::Leaf { figure: Vec::new() },
    }
}

/// Whether a fact gives anything of what a skeleton declares. A record without its name, a voice
/// without its speaker, has nothing to be told by.
fn says_something(part: &Declared, fact: &Fact) -> bool {
    match (&part.kind, &fact.value) {
        (_, value) if value.is_missing() => false,
        (DeclaredKind::Record(parts), Value::Record(record))
            if ["name", "point", "who"]
                .iter()
                .find(|id| parts.iter().any(|p| p.id == **id))
                .is_some_and(|id| record.get(*id).is_none_or(|f| f.value.is_missing())) =>
        {
            false
        }
        (DeclaredKind::Record(parts), Value::Record(record)) => {
            parts.iter().any(|p| record.get(&*p.id).is_some_and(|f| says_something(p, f)))
        }
        (DeclaredKind::List(item), Value::List(items)) => items.iter().any(|f| says_something(item, f)),
        _ => true,
    }
}

impl Declared {
    /// Its key in a map of the context; ids of the facts table are not copied.
    fn key(&self) -> Key<'static> {
        match &self.id {
            Cow::Borrowed(id) => Key::Str(id),
            Cow::Owned(id) => id.clone().into(),
        }
    }
}

/// The facts of one draft, with the places that their marks number.
pub(super) struct Values<'f> {
    facts: &'f Facts,
    allow_missing: bool,
    /// Place of each mark number.
    pub(super) places: Vec<Place>,
    /// The words of the level, marked, by name.
    words: Vec<(&'static str, String)>,
    /// What the document speaks of ([`words::STANDING`]), marked, by name.
    standing: Vec<(&'static str, String)>,
    /// Lists whose records do not stand in the order of the file: the indexes of those that go first.
    order: Vec<(&'static str, Vec<usize>)>,
}

impl<'f> Values<'f> {
    /// `topic` is the title of the document's topic.
    pub(super) fn new(facts: &'f Facts, topic: Option<&str>, allow_missing: bool) -> Self {
        let at = facts.get("locality.level").map(|f| Arc::new(f.at.clone()));
        let level = Place::Fact { path: "locality.level".into(), at };
        let words = words::of(facts).map(|(name, word)| (name, mark::fact(0, &word))).collect();
        let mut values = Self {
            facts,
            allow_missing,
            places: vec![level],
            words,
            standing: Vec::new(),
            order: Vec::new(),
        };
        for (name, paths) in
            [("work", ["work.short", "work.name"]), ("place", ["locality.short", "locality.name"])]
        {
            let known = paths.iter().map(|path| values.fact(path)).find(|text| !text.is_empty());
            let known =
                known.unwrap_or_else(|| if allow_missing { values.blank(paths[1]) } else { String::new() });
            values.standing.push((name, known));
        }
        let topic =
            topic.map(|title| values.mark_fact("work.topic", facts.get("work.topic").map(|f| &f.at), title));
        let topic = topic.or_else(|| values.standing("work")).unwrap_or_default();
        values.standing.push(("topic", topic));
        values.standing.push(("it", mark::asked(mark::IT, [])));
        values
    }

    /// Gives the records of these lists in this order; those that it does not name go last.
    pub(super) fn in_order(&mut self, order: Vec<(&'static str, Vec<usize>)>) {
        self.order = order;
    }

    /// What the document speaks of, by one of the names of [`words::STANDING`].
    pub(super) fn standing(&self, name: &str) -> Option<String> {
        let marked = self.standing.iter().find(|(own, _)| *own == name).map(|(_, marked)| marked.clone());
        marked.filter(|marked| !mark::is_blank(marked))
    }

    /// `text` marked as coming from `place`.
    pub(super) fn mark(&mut self, place: Place, text: &str) -> String {
        self.places.push(place);
        mark::fact(self.places.len() - 1, text)
    }

    fn mark_fact(&mut self, path: &str, at: Option<&Place>, text: &str) -> String {
        let place = Place::Fact { path: path.into(), at: at.cloned().map(Arc::new) };
        // A value on several lines is one stretch of prose.
        if text.contains('\n') {
            let joined: String = text.lines().map(str::trim).collect();
            return self.mark(place, &joined);
        }
        self.mark(place, text)
    }

    /// The marked text of a slot of a phrase: a fact by its path, or a word of the level.
    pub(super) fn slot(&mut self, name: &str, needed: &dyn Fn(&str) -> bool) -> Option<String> {
        let word = name.strip_prefix("words.").unwrap_or(name);
        if words::STANDING.contains(&word) {
            return self.standing(word);
        }
        if name.starts_with("words.") {
            return self.words.iter().find(|(name, _)| *name == word).map(|(_, marked)| marked.clone());
        }
        // An argument that the call does not give is no list of the facts that has the same name.
        if !name.contains('.') {
            return None;
        }
        match Some(self.fact(name)).filter(|text| !text.is_empty()) {
            None if self.allow_missing && needed(name) => Some(self.blank(name)),
            known => known,
        }
    }

    /// What stands for a needed fact that is missing, when that is allowed.
    fn blank(&mut self, path: &str) -> String {
        let text = format!("【待补：{}】", path::in_chinese(path));
        self.mark_fact(path, None, &text)
    }

    /// The context for a skeleton of this shape.
    pub(super) fn context(&mut self, shape: &Shape) -> Context {
        let mut context = Context::new();
        let mut path = String::with_capacity(64);
        for part in &shape.fields {
            let fact = self.facts.root.get(&*part.id);
            path.clear();
            path.push_str(&part.id);
            let value = self.value(part, fact, &mut path);
            if let DeclaredKind::Leaf { figure } = &part.kind {
                for (key, value) in self.figure_parts(part, figure, fact, &path) {
                    context.insert_value(key, value);
                }
            }
            context.insert_value(part.id.clone(), value);
        }
        let words = self.words.iter().chain(&self.standing);
        let words = words.map(|(name, marked)| ((*name).into(), Tera::from(marked.as_str())));
        context.insert_value("words", Tera::from(words.collect::<Map>()));
        context
    }

    /// The value of a part; `path` is its path, and is so again afterwards.
    fn value(&mut self, part: &Declared, fact: Option<&Fact>, path: &mut String) -> Tera {
        let present = fact.filter(|f| !f.value.is_missing());
        match (&part.kind, present.map(|f| &f.value)) {
            (DeclaredKind::Record(parts), value) => {
                let record = match value {
                    Some(Value::Record(record)) => Some(record),
                    _ => None,
                };
                Tera::from(self.fields(parts, record, path))
            }
            (DeclaredKind::List(item), Some(Value::List(items))) => {
                let mut items: Vec<(usize, &Fact)> = items.iter().enumerate().collect();
                if let Some((_, order)) = self.order.iter().find(|(list, _)| list == path) {
                    items.sort_by_key(|(index, _)| {
                        order.iter().position(|o| o == index).unwrap_or(usize::MAX)
                    });
                }
                let items: Vec<Tera> = items
                    .into_iter()
                    // An item of which nothing is given that the skeleton knows would be an empty
                    // clause.
                    .filter(|(_, fact)| part.needed || says_something(item, fact))
                    .map(|(index, fact)| self.item(item, Some(fact), path, index))
                    .collect();
                Tera::from(items)
            }
            (DeclaredKind::List(item), _) if part.needed && self.allow_missing => {
                Tera::from(vec![self.item(item, None, path, 0)])
            }
            (DeclaredKind::List(_), _) => Tera::from(Vec::<Tera>::new()),
            (DeclaredKind::Leaf { .. }, Some(Value::Flag(flag))) => Tera::from(*flag),
            (DeclaredKind::Leaf { .. }, Some(Value::Words(words))) => {
                Tera::from(self.mark_fact(path, present.map(|f| &f.at), words))
            }
            (DeclaredKind::Leaf { .. }, Some(value)) => {
                let text = value.text().unwrap_or_default();
                Tera::from(self.mark_fact(path, present.map(|f| &f.at), &text))
            }
            (DeclaredKind::Leaf { .. }, None) if part.needed && self.allow_missing => {
                Tera::from(self.blank(path))
            }
            (DeclaredKind::Leaf { .. }, None) => Tera::from(""),
        }
    }

    /// The fields of a record at `path`. Tera makes a map of its own of any map, so this one is to be
    /// cheap to fill.
    fn fields(&mut self, parts: &[Declared], record: Option<&Record>, path: &mut String) -> Fields {
        let length = path.len();
        let mut map = Fields::new();
        for part in parts {
            path.push('.');
            path.push_str(&part.id);
            let fact = record.and_then(|r| r.get(&*part.id));
            let value = self.value(part, fact, path);
            map.insert(part.key(), value);
            if let DeclaredKind::Leaf { figure } = &part.kind {
                for (key, value) in self.figure_parts(part, figure, fact, path) {
                    map.insert(Key::from(key), value);
                }
            }
            path.truncate(length);
        }
        map
    }

    /// The record of this index in a list at the top of the facts, all fields of `shape`; a record of
    /// blanks where there is none.
    pub(super) fn record(&mut self, shape: &Shape, list: &str, index: usize) -> Fields {
        let mut path = format!("{list}[{index}]");
        let record = match self.facts.get(&path).map(|f| &f.value) {
            Some(Value::Record(record)) => Some(record),
            _ => None,
        };
        self.fields(&shape.fields, record, &mut path)
    }

    /// How many items the facts have in a list.
    pub(super) fn list(&self, name: &str) -> usize {
        match self.facts.root.get(name).map(|f| &f.value) {
            Some(Value::List(items)) => items.len(),
            _ => 0,
        }
    }

    /// The marked text of the fact at a path; empty where there is none.
    pub(super) fn fact(&mut self, path: &str) -> String {
        let Some(fact) = self.facts.get(path).filter(|f| !f.value.is_missing()) else { return String::new() };
        let text = fact.value.text().unwrap_or_default();
        self.mark_fact(path, Some(&fact.at), &text)
    }

    /// The marked texts of the fact at a path: of each item of a list, or the one that it is.
    pub(super) fn texts(&mut self, path: &str) -> Vec<String> {
        let many = match self.facts.get(path).map(|f| &f.value) {
            Some(Value::List(items)) => items.len(),
            _ => return Some(self.fact(path)).filter(|text| !text.is_empty()).into_iter().collect(),
        };
        let texts = (0..many).map(|index| self.fact(&format!("{path}[{index}]")));
        texts.filter(|text| !text.is_empty()).collect()
    }

    /// The value of an item of a list; `path` is the list's.
    fn item(&mut self, item: &Declared, fact: Option<&Fact>, path: &mut String, index: usize) -> Tera {
        let length = path.len();
        // Writing to a string cannot fail.
        let _ = write!(path, "[{index}]");
        let value = self.value(item, fact, path);
        path.truncate(length);
        value
    }

    fn figure_parts(
        &mut self,
        part: &Declared,
        ids: &[&'static str],
        fact: Option<&Fact>,
        path: &str,
    ) -> Vec<(String, Tera)> {
        let figure = match fact.map(|f| &f.value) {
            Some(Value::Figure(figure)) => Some(figure),
            _ => None,
        };
        ids.iter()
            .map(|id| {
                let fact = figure.and_then(|f| f.parts.get(*id));
                let text = fact.and_then(|f| f.value.text());
                let marked = match (fact, text) {
                    (Some(fact), Some(text)) => {
                        self.mark_fact(&format!("{path}.{id}"), Some(&fact.at), &text)
                    }
                    _ => String::new(),
                };
                (format!("{}_{id}", part.id), Tera::from(marked))
            })
            .collect()
    }
}
