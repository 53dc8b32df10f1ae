//! What a blank is called: the fact of the table that its context means, or a key of its own under
//! 补充, from the words around it.
//!
//! Two blanks are one fact only where that is sure: the locality itself, the meeting, the holder of
//! an office of which there is one, a field of the same name, the same sentence said again. `请x同志发言`
//! three times over is three people, and `完成投资x万元` may be two projects: asked twice, a writer
//! gives the same answer twice; asked once, she could not give two.

//!
//! `around` is a slot with the words around it, `document` what the whole document tells. What
//! kind of thing it stands for says who names it: `labels`, `persons`, `places`, `figures`, `values`. The words
//! that they know are `phrasebank/lexicon/extract.txt`.

mod around;
mod call;
mod document;
mod figures;
mod labels;
mod persons;
mod places;
mod values;
mod words;

use std::collections::{HashMap, HashSet};

use self::around::Around;
use self::call::{Call, Name, own, stated};
use self::document::Document;
pub(super) use self::figures::unit;
use self::places::suffix_of_row;
use super::page::Paragraph;
use super::slot::{Slot, What};
use crate::base::blank::{self, Lack};
use crate::model::BlockKind;
use crate::model::facts::path;

/// The facts that a draft asks for.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Their paths (`locality.name`, `more.完成投资`), in order of first use.
    pub paths: Vec<String>,
    /// Of each paragraph the index in `paths` for each slot.
    pub of: Vec<Vec<usize>>,
}

/// Names the slots of all paragraphs of a text of this year.
pub(super) fn name(paragraphs: &[Paragraph], slots: &[Vec<Slot>], year: Option<u16>) -> Names {
    let document = Document::of(paragraphs, slots, year);
    let mut names = Names::default();
    // What is known of each fact: its base name, what makes another slot the same.
    let mut known: Vec<(String, Option<String>)> = Vec::new();
    let mut by_identity: HashMap<(String, String), usize> = HashMap::new();
    let mut taken: HashSet<String> = HashSet::new();
    let mut heading = "";
    for (paragraph, slots) in paragraphs.iter().zip(slots) {
        if matches!(paragraph.kind, BlockKind::Heading(_)) && slots.is_empty() {
            heading = &paragraph.text;
        }
        let mut of = Vec::with_capacity(slots.len());
        for index in 0..slots.len() {
            let around = Around { document: &document, paragraph, slots, index, heading };
            let Call { name, same } = around.call();
            let said = same.or_else(|| around.said_again());
            // A fact of the table holds one value; what else would go there has a key of its own.
            let base = match name {
                Name::Own(key) => format!("more.{key}"),
                Name::Table(path) => {
                    let known =
                        said.as_ref().is_some_and(|s| by_identity.contains_key(&(path.clone(), s.clone())));
                    if known || taken.insert(path.clone()) { path } else { format!("more.{}", spare(&path)) }
                }
            };
            let found = said.as_ref().and_then(|s| by_identity.get(&(base.clone(), s.clone()))).copied();
            let fact = found.unwrap_or_else(|| {
                known.push((base.clone(), said.clone()));
                known.len() - 1
            });
            if let Some(said) = said {
                by_identity.entry((base, said)).or_insert(fact);
            }
            of.push(fact);
        }
        names.of.push(of);
    }
    names.paths = numbered(&known.into_iter().map(|(base, _)| base).collect::<Vec<_>>());
    names
}

/// Tells namesakes apart by numbers, from 1.
fn numbered(bases: &[String]) -> Vec<String> {
    let mut count: HashMap<&str, usize> = HashMap::new();
    for base in bases {
        *count.entry(base).or_default() += 1;
    }
    let alone: HashSet<&str> = count.iter().filter(|(_, n)| **n == 1).map(|(base, _)| *base).collect();
    let mut used: HashSet<String> = alone.iter().map(|b| (*b).to_owned()).collect();
    let mut next: HashMap<&str, usize> = HashMap::new();
    bases
        .iter()
        .map(|base| {
            if alone.contains(base.as_str()) {
                return base.clone();
            }
            let next = next.entry(base).or_insert(0);
            loop {
                *next += 1;
                let path = format!("{base}{next}");
                if used.insert(path.clone()) {
                    return path;
                }
            }
        })
        .collect()
}

/// The key of a second fact where the table has room for one: 会议名称.
fn spare(path: &str) -> String {
    path::in_chinese(path).replace('.', "")
}

impl Around<'_> {
    fn call(&self) -> Call {
        let slot = self.slot();
        match slot.what {
            What::Date(day) => self.date(day),
            What::Day => own("日期", None),
            What::Time => own("时间", None),
            What::Meeting => stated("meeting.name", Some(self.paragraph.text[slot.range.clone()].to_owned())),
            What::Place(suffix) => self.place(suffix),
            What::Single => self.labelled().or_else(|| self.by_colon()).unwrap_or_else(|| self.single()),
            What::Value(kind) => self.value(kind),
        }
    }

    /// The date beside the title and under the text is the document's; others are their own.
    fn date(&self, day: bool) -> Call {
        let dated = matches!(self.paragraph.kind, BlockKind::DateLine | BlockKind::DateOfIssue);
        if dated {
            return stated("document.date", Some(format!("{day}")));
        }
        let label = self.label();
        if day && label.as_deref().is_some_and(|l| ["会议时间", "开会时间", "时间"].contains(&l)) {
            return stated("meeting.date", None);
        }
        own(label.as_deref().unwrap_or("日期"), None)
    }

    fn single(&self) -> Call {
        let slot = self.slot();
        let lack = slot.lack().unwrap_or(Lack::Unknown);
        if self.paragraph.kind == BlockKind::SpeakerLine && !lack.is_figure() {
            return stated("document.speaker", Some(String::new()));
        }
        // In `x、x、x位同志` the last is their number, the others are names.
        let people = self.after_row().starts_with(['位', '名']) && slot.row.1 > 0;
        // 名片 begins with a measure word and is none.
        let (word, unit) = (blank::before(self.right()), blank::unit(self.right()));
        let counts = lack == Lack::Number && !self.in_row();
        let festival = unit.is_some_and(|(_, u)| u == "节") && !blank::wants_number(self.left());
        match lack {
            _ if counts && (word.is_some() && unit.is_none() || festival) => self.named(),
            _ if people => own(&self.person(), None),
            Lack::Person => self.holder().unwrap_or_else(|| self.doer()),
            Lack::Year => own(&self.with_left("年份"), None),
            Lack::Month => own(&self.with_left("月份"), None),
            Lack::Day => own("日期", None),
            Lack::Ordinal => own(&self.ordinal(), None),
            Lack::Number => own(&self.figure(), None),
            Lack::Place => match suffix_of_row(self.after_row(), self.slots, self.index) {
                Some(word) => own(&format!("{word}名"), None),
                None => self.named(),
            },
            Lack::Passage => own(&self.passage(), None),
            Lack::Name | Lack::Unknown => self.named(),
        }
    }
}
