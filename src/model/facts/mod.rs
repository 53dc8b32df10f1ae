//! Facts (事实): what a clerk knows, each value with the file, line and column that states it.
//!
//! [`table`] says which facts there are: one row a key, with its Chinese key, its English id, its
//! kind, its meaning in both languages and an example. The loader, the JSON Schema, the sample
//! file and the help all read that table. [`load`] turns a YAML tree into [`Facts`] by it, [`write`](mod@write)
//! turns facts into YAML, and [`diff`] tells two years' facts apart.
//! [`settle`](mod@settle) reads what was written in another way than the table has it.

pub mod diff;
mod load;
mod partner;
pub mod path;
mod question;
pub mod schema;
pub mod settle;
pub mod table;
pub mod units;
pub mod write;

use indexmap::IndexMap;

use crate::base::{Place, Problem, han::Date};
pub(crate) use load::plain_figure;
pub use load::{check_list, check_record, from_tree, load};
pub use question::Question;
pub use settle::settle;

/// One value and where it is stated.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// The value.
    pub value: Value,
    /// File, line and column of the value.
    pub at: Place,
    /// Values of the same path in earlier files, which this one overrides.
    pub overrides: Vec<Place>,
}

/// Values by id, in the order of the file.
pub type Record = IndexMap<String, Fact>;

/// What a fact holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Words (文字), as written.
    Words(String),
    /// A figure (数值) with its unit, as written.
    Figure(Figure),
    /// A calendar date (日期).
    Date(Date),
    /// Yes or no (是/否).
    Flag(bool),
    /// Several values (列表).
    List(Vec<Fact>),
    /// Named values (一组).
    Record(Record),
    /// Nothing, or a stand-in such as `x万人` or `待定`: the fact is missing. Holds what stood there.
    Blank(String),
}

/// A figure: digits and unit exactly as in the file, and what is known about it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Figure {
    /// The digits as written: `5.60` stays `5.60`.
    pub value: String,
    /// The unit (单位): `亿元`, `%`; may be empty.
    pub unit: String,
    /// Year, growth, source and the like, by their ids in `table::FIGURE`.
    pub parts: Record,
}

impl Figure {
    /// Digits and unit as a sentence takes them.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{}{}", self.value, self.unit)
    }
}

impl Value {
    /// Whether there is nothing to say: a blank, or a list or record of nothing but blanks.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        match self {
            Self::Blank(_) => true,
            Self::List(items) => items.iter().all(|f| f.value.is_missing()),
            Self::Record(record) => record.values().all(|f| f.value.is_missing()),
            _ => false,
        }
    }

    /// The value as a sentence takes it; `None` for lists, records, flags and blanks.
    #[must_use]
    pub fn text(&self) -> Option<String> {
        match self {
            Self::Words(words) => Some(words.clone()),
            Self::Figure(figure) => Some(figure.text()),
            Self::Date(date) => Some(date.to_string()),
            _ => None,
        }
    }

    /// The date that it is; `None` for anything else, a time in words included.
    #[must_use]
    pub const fn date(&self) -> Option<Date> {
        match self {
            Self::Date(date) => Some(*date),
            _ => None,
        }
    }
}

/// All facts of a document, from one or several files.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Facts {
    /// The facts by the ids of `table::FACTS`.
    pub root: Record,
    /// What a person should know about the files: another encoding, values that count as missing.
    pub notes: Vec<Problem>,
}

impl Facts {
    /// The fact at a path of ids, such as `meeting.place` or `tasks[0].owner`. Blanks are found
    /// too; ask [`Value::is_missing`].
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&Fact> {
        let mut steps = path::steps(path);
        let mut fact = match steps.next()? {
            path::Step::Key(key) => self.root.get(key)?,
            path::Step::Index(_) | path::Step::Each => return None,
        };
        for step in steps {
            fact = match (step, &fact.value) {
                (path::Step::Key(key), Value::Record(record)) => record.get(key)?,
                (path::Step::Key(key), Value::Figure(figure)) => figure.parts.get(key)?,
                (path::Step::Index(index), Value::List(items)) => items.get(index)?,
                _ => return None,
            };
        }
        Some(fact)
    }

    /// The text at a path; `None` where the fact is absent, blank, a list or a record.
    #[must_use]
    pub fn text(&self, path: &str) -> Option<String> {
        self.get(path)?.value.text()
    }

    /// The concrete paths under `pattern` at which a fact is missing. In a pattern `[]` stands for
    /// every item of a list: `tasks[].owner` gives `tasks[1].owner` if only the second lacks one,
    /// and `tasks` itself if there is no list at all.
    #[must_use]
    pub fn missing(&self, pattern: &str) -> Vec<String> {
        let steps: Vec<_> = path::steps(pattern).collect();
        let mut found = Vec::new();
        let Some((path::Step::Key(first), rest)) = steps.split_first() else { return found };
        missing_below(self.root.get(*first), rest, (*first).to_owned(), &mut found);
        found
    }

    /// Lays `later` over these facts: records key by key, everything else as a whole; what is left
    /// blank there overrides nothing. Each value remembers the places that it overrides.
    pub fn lay_over(&mut self, later: Self) {
        merge(&mut self.root, later.root);
        self.notes.extend(later.notes);
    }

    /// Every single value with its path of ids, in file order: words, figures, dates, flags and
    /// blanks.
    #[must_use]
    pub fn leaves(&self) -> Vec<(String, &Fact)> {
        fn walk<'f>(path: String, fact: &'f Fact, out: &mut Vec<(String, &'f Fact)>) {
            match &fact.value {
                Value::Record(record) => {
                    for (key, fact) in record {
                        walk(format!("{path}.{key}"), fact, out);
                    }
                }
                Value::List(items) => {
                    for (index, fact) in items.iter().enumerate() {
                        walk(format!("{path}[{index}]"), fact, out);
                    }
                }
                _ => out.push((path, fact)),
            }
        }
        let mut out = Vec::new();
        for (key, fact) in &self.root {
            walk(key.clone(), fact, &mut out);
        }
        out
    }
}

fn missing_below(fact: Option<&Fact>, steps: &[path::Step<'_>], mut at: String, found: &mut Vec<String>) {
    match (steps.split_first(), fact.map(|f| &f.value)) {
        (None, Some(value)) if !value.is_missing() => {}
        (Some((path::Step::Key(key), rest)), Some(Value::Record(record))) => {
            missing_below(record.get(*key), rest, format!("{at}.{key}"), found);
        }
        (Some((path::Step::Key(key), rest)), Some(Value::Figure(figure))) => {
            missing_below(figure.parts.get(*key), rest, format!("{at}.{key}"), found);
        }
        (Some((path::Step::Each, rest)), Some(list @ Value::List(items))) if !list.is_missing() => {
            for (index, item) in items.iter().enumerate() {
                missing_below(Some(item), rest, format!("{at}[{index}]"), found);
            }
        }
        // Absent, blank or of another shape: name the fact itself, as deep as the pattern names
        // one; of a list that is not there, the list.
        _ => {
            for step in steps {
                let path::Step::Key(key) = step else { break };
                at.push('.');
                at.push_str(key);
            }
            found.push(at);
        }
    }
}

fn merge(into: &mut Record, later: Record) {
    for (key, fact) in later {
        match (into.get_mut(&key), fact) {
            (Some(Fact { value: Value::Record(old), .. }), Fact { value: Value::Record(new), .. }) => {
                merge(old, new);
            }
            // A key left empty in a later file says nothing against what an earlier one states.
            (Some(old), fact) if fact.value.is_missing() && !old.value.is_missing() => {}
            (Some(old), mut fact) => {
                fact.overrides = std::mem::take(&mut old.overrides);
                fact.overrides.push(old.at.clone());
                *old = fact;
            }
            (None, fact) => {
                into.insert(key, fact);
            }
        }
    }
}

#[cfg(test)]
mod tests;
