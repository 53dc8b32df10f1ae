//! What stands beside the text of a .docx: headers, footers, footnotes and endnotes, parts of their own.
//!
//! A line that says no more than a page number says nothing. A note belongs to the words at which it is called,
//! what stands on every page to the first words of the text.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::says_something;
use crate::base::{Problem, Text};
use crate::model::{Beside, Gap, MarginLine, MaskKind};
use crate::office::body::{self, Body, Paragraph};
use crate::office::package::{Package, Relationship};
use crate::office::xml::{Token, each};

/// The kinds of parts, where their lines stand, and what is told where one cannot be read whole.
const KINDS: [(&str, Beside, Gap, Text); 4] = [
    (
        "header",
        Beside::Header,
        Gap::Headers,
        Text::fixed("页眉没有读全", "a page header could not be read whole"),
    ),
    (
        "footer",
        Beside::Footer,
        Gap::Footers,
        Text::fixed("页脚没有读全", "a page footer could not be read whole"),
    ),
    (
        "footnotes",
        Beside::Footnote,
        Gap::Footnotes,
        Text::fixed("脚注没有读全", "the footnotes could not be read whole"),
    ),
    (
        "endnotes",
        Beside::Endnote,
        Gap::Endnotes,
        Text::fixed("尾注没有读全", "the endnotes could not be read whole"),
    ),
];

/// The lines beside the text, and what of them was not read.
pub fn margin(
    package: &mut Package<'_>,
    relationships: &[Relationship],
    body: &Body,
) -> (Vec<MarginLine>, Vec<(Gap, Problem)>) {
    let (mut lines, mut gaps) = (Vec::new(), Vec::new());
    let mut calls = None;
    for (kind, beside, gap, told) in KINDS {
        for relationship in relationships.iter().filter(|r| r.kind == kind) {
            let Some(part) = package.part(&relationship.target) else { continue };
            let is_note = matches!(beside, Beside::Footnote | Beside::Endnote);
            let whole = if is_note {
                let calls = calls.get_or_insert_with(|| Calls::of(body));
                notes(&part.text, beside, calls, &mut lines)
            } else {
                let read = body::read(&part.text);
                push(&read.paragraphs, beside, &first_words(body), &mut lines);
                read.problem.is_none()
            };
            let untold = gaps.iter().all(|(told, _)| *told != gap);
            if untold && (part.problem.is_some() || !whole) {
                gaps.push((gap, Problem::new(told.clone())));
            }
        }
    }
    once(&mut lines);
    (lines, gaps)
}

/// Leaves each header and footer once: a document often has one for the first page, one for left and one for right
/// ones.
pub fn once(lines: &mut Vec<MarginLine>) {
    let mut seen = HashSet::new();
    lines.retain(|line| {
        matches!(line.beside, Beside::Footnote | Beside::Endnote)
            || seen.insert((line.beside, line.text.clone()))
    });
}

/// What stands beside the text of another format.
pub struct Story {
    /// Where it stands.
    pub beside: Beside,
    /// Of a note, the id by which it is called.
    pub call: String,
    /// What it says.
    pub paragraphs: Vec<Paragraph>,
}

/// The lines of what stands beside a text.
pub fn lines_of(body: &Body, stories: Vec<Story>) -> Vec<MarginLine> {
    if stories.is_empty() {
        return Vec::new();
    }
    let (calls, first) = (Calls::of(body), first_words(body));
    let mut lines = Vec::new();
    for Story { beside, call, mut paragraphs } in stories {
        let is_note = matches!(beside, Beside::Footnote | Beside::Endnote);
        // One that nothing calls is read where the text begins.
        let called = calls.place(beside == Beside::Endnote, &call).filter(|_| is_note);
        let at = called.unwrap_or(&first);
        for paragraph in &mut paragraphs {
            paragraph.text = paragraph.text.trim().to_owned();
        }
        push(&paragraphs, beside, at, &mut lines);
    }
    once(&mut lines);
    lines
}

/// Adds what paragraphs beside the text say that belong to these bytes of it.
pub fn push<'p>(
    paragraphs: impl IntoIterator<Item = &'p Paragraph>,
    beside: Beside,
    at: &Range<usize>,
    lines: &mut Vec<MarginLine>,
) {
    let says = paragraphs.into_iter().filter(|p| says_something(&p.text));
    lines.extend(says.map(|p| MarginLine {
        beside,
        text: p.text.clone(),
        prompts:
            p.masks.iter().filter(|(_, kind)| *kind == MaskKind::Prompt).map(|(r, _)| r.clone()).collect(),
        at: at.clone(),
    }));
}

/// The notes of a part; whether it could be read to its end.
fn notes(xml: &str, beside: Beside, calls: &Calls, lines: &mut Vec<MarginLine>) -> bool {
    let (mut open, mut depth, mut found) = (None, 0usize, Vec::new());
    let whole = each(xml, |token, at| match token {
        Token::Start(e) => {
            if depth == 1 {
                open = Some((e.attribute("id").unwrap_or_default(), at.start));
            }
            depth += 1;
        }
        Token::End(_) => {
            depth = depth.saturating_sub(1);
            if depth == 1
                && let Some((id, start)) = open.take()
            {
                found.push((id, start..at.end));
            }
        }
        _ => {}
    });
    for (id, range) in found {
        let Some(at) = calls.place(beside == Beside::Endnote, &id) else { continue };
        push(&body::read(xml.get(range).unwrap_or_default()).paragraphs, beside, at, lines);
    }
    whole
}

/// The words at which notes are called.
pub struct Calls {
    places: HashMap<(bool, String), Range<usize>>,
}

impl Calls {
    /// Those of a body.
    pub fn of(body: &Body) -> Self {
        let mut places = HashMap::new();
        for (paragraph, span) in body.paragraphs.iter().zip(body.spans()) {
            for (at, end, id) in &paragraph.calls {
                let range = words(&paragraph.text, *at);
                places.insert((*end, id.clone()), span.start + range.start..span.start + range.end);
            }
        }
        Self { places }
    }

    /// The words at which an endnote, or a footnote, of this id is called.
    pub fn place(&self, end: bool, id: &str) -> Option<&Range<usize>> {
        self.places.get(&(end, id.to_owned()))
    }
}

/// The last words before a place of a paragraph, or the first where there are none.
fn words(text: &str, at: usize) -> Range<usize> {
    const WORDS: usize = 8;
    let before = text.get(..at).unwrap_or_default();
    if before.trim().is_empty() {
        return at..text.char_indices().nth(WORDS).map_or(text.len(), |(end, _)| end.max(at));
    }
    let start = before.char_indices().rev().nth(WORDS - 1).map_or(0, |(start, _)| start);
    start..before.len()
}

/// The first words of the text.
pub fn first_words(body: &Body) -> Range<usize> {
    const WORDS: usize = 12;
    let mut said = body.paragraphs.iter().zip(body.spans());
    let Some((paragraph, span)) = said.find(|(p, _)| !p.text.trim().is_empty()) else { return 0..0 };
    let text = &paragraph.text;
    let start = text.len() - text.trim_start().len();
    let end = text[start..].char_indices().nth(WORDS).map_or(text.len(), |(end, _)| start + end);
    span.start + start..span.start + end
}
