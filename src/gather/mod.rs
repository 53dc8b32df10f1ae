//! Floor 4: a paper → the facts that it states (采集).
//!
//! Half of what a clerk types into a facts file stands already in the plan, the notice and last year's
//! summary that lie on her desk. [`gather`] finds it: from headings, lists, tables and sentences, one file
//! a kind of fact. Each value is a range of the manuscript and stands as it was found, but that a name round
//! its figure is told without it (新建20座水厂: 新建水厂); nothing is put in other words, nothing concluded. What only may be a fact is left out, since she reads what is
//! listed and takes it for read.
//!
//! `page` is the paper as a reader takes it in, `sense` what its parts are about, `label` words with a
//! colon; the other files each look for one kind.

mod charge;
mod duty;
mod figure;
mod habit;
mod honour;
mod label;
mod measure;
mod meeting;
mod page;
mod person;
mod policy;
mod problem;
mod project;
mod sense;
mod split;
mod stage;
mod table;
mod task;
mod work;

use std::collections::BTreeMap;
use std::ops::Range;

use crate::model::Manuscript;
use page::Page;

/// What is found, in the order in which a clerk goes through it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// 工作.
    Work,
    /// 会议.
    Meeting,
    /// 任务.
    Task,
    /// 目标.
    Target,
    /// 指标.
    Indicator,
    /// 问题.
    Problem,
    /// 措施.
    Measure,
    /// 步骤.
    Stage,
    /// 项目.
    Project,
    /// 荣誉.
    Honour,
    /// 依据.
    Policy,
    /// 人员.
    Person,
}

impl Kind {
    /// All of them, in that order.
    pub const ALL: [Self; 12] = [
        Self::Work,
        Self::Meeting,
        Self::Task,
        Self::Target,
        Self::Indicator,
        Self::Problem,
        Self::Measure,
        Self::Stage,
        Self::Project,
        Self::Honour,
        Self::Policy,
        Self::Person,
    ];

    /// Its key at the top of a facts file, as an id.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Work => "work",
            Self::Meeting => "meeting",
            Self::Task => "tasks",
            Self::Target => "targets",
            Self::Indicator => "indicators",
            Self::Problem => "problems",
            Self::Measure => "measures",
            Self::Stage => "stages",
            Self::Project => "projects",
            Self::Honour => "honours",
            Self::Policy => "policies",
            Self::Person => "people",
        }
    }

    /// The id of the field that names a record.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Policy => "title",
            _ => "name",
        }
    }
}

/// A value as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The id of its field. A field that holds a list may be said several times.
    pub key: &'static str,
    /// The words, without the signs of the format.
    pub words: String,
    /// Its bytes in the manuscript.
    pub range: Range<usize>,
}

/// A fact of several values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What it is.
    pub kind: Kind,
    /// Its values; the first names it.
    pub said: Vec<Said>,
}

impl Found {
    /// A fact that is named by the words of a range.
    fn named(kind: Kind, page: &Page<'_>, name: &Range<usize>) -> Self {
        Self { kind, said: Vec::new() }.with(page, kind.name(), name)
    }

    /// A fact whose name stands in parts, round its figure.
    fn joined(kind: Kind, page: &Page<'_>, name: &[Range<usize>]) -> Self {
        let mut one = Self { kind, said: Vec::new() };
        one.say_joined(page, kind.name(), name);
        one
    }

    /// The same with another value, unless nothing stands there.
    fn with(mut self, page: &Page<'_>, key: &'static str, range: &Range<usize>) -> Self {
        self.say(page, key, range);
        self
    }

    fn say(&mut self, page: &Page<'_>, key: &'static str, range: &Range<usize>) {
        self.say_joined(page, key, std::slice::from_ref(range));
    }

    fn say_joined(&mut self, page: &Page<'_>, key: &'static str, parts: &[Range<usize>]) {
        let (Some(first), Some(last)) = (parts.first(), parts.last()) else { return };
        let words: String = parts.iter().map(|part| page.words(part)).collect();
        let words: String = words.split(['\n', '\r', '\t']).map(str::trim).collect();
        if !words.is_empty() && !words.chars().any(char::is_control) {
            self.said.push(Said { key, words, range: first.start..last.end.max(first.end) });
        }
    }

    /// Whether another of the same kind and name says more of the same thing: no value differs.
    fn may_be(&self, other: &Self) -> bool {
        let agrees = |key: &str| {
            let own: Vec<&Said> = self.said.iter().filter(|s| s.key == key).collect();
            let others: Vec<&Said> = other.said.iter().filter(|s| s.key == key).collect();
            let same = |(a, b): (&&Said, &&Said)| letters(&a.words).eq(letters(&b.words));
            own.is_empty() || own.len() == others.len() && own.iter().zip(&others).all(same)
        };
        other.said.iter().all(|said| said.key == "detail" || agrees(said.key))
    }

    /// Takes what another says and this one does not.
    fn learn(&mut self, other: Self) {
        let known: Vec<&str> = self.said.iter().map(|s| s.key).collect();
        let fresh: Vec<Said> = other.said.into_iter().filter(|s| !known.contains(&s.key)).collect();
        self.said.extend(fresh);
    }

    /// The words of its first value of a field.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.said.iter().find(|said| said.key == key).map(|said| &*said.words)
    }

    /// What names it; empty if nothing does.
    #[must_use]
    pub fn title(&self) -> &str {
        self.get(self.kind.name()).unwrap_or_default()
    }
}

/// Letters and figures alone: how names and values are compared.
#[must_use]
pub fn plain(words: &str) -> String {
    letters(words).collect()
}

fn letters(words: &str) -> impl Iterator<Item = char> {
    words.chars().filter(|c| c.is_alphanumeric())
}

/// The facts that a paper states, by kind and in the order of the text. A paper that states none that are
/// sure gives none.
#[must_use]
pub fn gather(manuscript: &Manuscript) -> Vec<Found> {
    let page = Page::of(manuscript);
    let mut found = Vec::new();
    let tables = table::read(&page);
    found.extend(work::find(&page));
    found.extend(meeting::find(&page));
    found.extend(task::find(&page, &tables));
    found.extend(figure::find(&page));
    found.extend(problem::find(&page));
    found.extend(measure::find(&page));
    found.extend(stage::find(&page));
    found.extend(project::find(&page));
    found.extend(honour::find(&page));
    found.extend(policy::find(&page));
    found.extend(person::find(&page));
    found.extend(tables.into_iter().filter(|one| one.kind != Kind::Task));
    found.retain(|one| !one.said.is_empty());
    found.sort_by_key(|one| (one.kind, one.said[0].range.start));
    let mut seen: Vec<Found> = Vec::new();
    let mut named: BTreeMap<(Kind, String), Vec<usize>> = BTreeMap::new();
    for one in found {
        let same = named.entry((one.kind, plain(one.title()))).or_default();
        match same.iter().find(|&&known| seen[known].may_be(&one)) {
            Some(&known) => seen[known].learn(one),
            None => {
                same.push(seen.len());
                seen.push(one);
            }
        }
    }
    seen
}

#[cfg(test)]
mod tests;
