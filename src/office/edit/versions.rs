//! Two versions as one document (花脸稿): the new one as it is, what came of the old one marked as put in, and
//! what went put in as deleted. Accepted it is the new text, rejected the old one.
//!
//! Words within a paragraph are marked as [`track`] marks them, the other way round. A paragraph that came has the
//! mark at its end marked too, but in a cell, which cannot be without a paragraph; one that went stands before the
//! one that follows it now, set like the nearest of its kind. One that stands elsewhere now with the same words is
//! marked as moved (`w:moveFrom`, `w:moveTo`), where its end can be marked.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::track::{Marks, Way, splices};
use super::{change, in_twin, words};
use crate::base::han::{Date, heading_number};
use crate::base::versions::{Change, Step, moves, steps};
use crate::base::{Problem, Result, Text};
use crate::office::body::{self, Body, Paragraph};
use crate::office::document::{open_whole, unsafe_change};
use crate::office::own::mark_number;
use crate::office::splice::Splices;
use crate::office::xml::{Token, each};

/// The new document with what changed from the paragraphs `old` to its own as tracked changes (修订) of this day.
///
/// # Errors
/// If it is damaged, holds tracked changes already, or words stand where none can be marked.
pub fn between(bytes: &[u8], old: &[String], date: Option<Date>) -> Result<Vec<u8>> {
    let (mut package, main, part) = open_whole(bytes)?;
    let xml = &part.text;
    let body = body::map(xml);
    if body.tracked {
        return Err(undecided().into());
    }
    if body.problem.is_some() {
        return Err(unsafe_change().into());
    }
    let changed = marked(xml, &body, old, date)?;
    let lines = |text: &str| -> Vec<String> {
        text.split('\n').filter(|line| !line.trim().is_empty()).map(str::to_owned).collect()
    };
    let was = body::read_rejected(&changed).text();
    if lines(&body::read(&changed).text()) != lines(&body.text()) || lines(&was) != lines(&old.join("\n")) {
        return Err(unsafe_change().into());
    }
    package.with(BTreeMap::from([(main, part.encoding.encode(&changed))]))
}

fn undecided() -> Problem {
    Problem::new(Text::fixed(
        "新稿里有还没有接受或拒绝的修订",
        "the new version holds tracked changes that are neither accepted nor rejected",
    ))
    .help(Text::fixed("先在 Word 或 WPS 里接受或拒绝它们", "accept or reject them in Word or WPS first"))
}

/// The XML with all that changed marked.
fn marked(xml: &str, body: &Body, old: &[String], date: Option<Date>) -> Result<String> {
    // Paragraphs that say something, by their number in the body, and where each begins in the text.
    let said: Vec<(usize, Range<usize>)> = body
        .paragraphs
        .iter()
        .zip(body.spans())
        .enumerate()
        .filter(|(_, (p, _))| !p.text.trim().is_empty())
        .map(|(at, (_, span))| (at, span))
        .collect();
    let news: Vec<&str> = said.iter().map(|(at, _)| body.paragraphs[*at].text.as_str()).collect();
    let olds: Vec<&str> = old.iter().map(String::as_str).collect();
    let steps = steps(&olds, &news);
    let places = Elements::of(xml).ok_or_else(unsafe_change)?;
    let moved = Moved::of(&steps, &olds, &news, |new| places.can_be_marked(body, &said, new));
    let (mut puts, mut edited) = (Vec::new(), Vec::new());
    for step in &steps {
        let (new, edits): (usize, Vec<(Range<usize>, &str)>) = match step {
            Step::Gone(_) => continue,
            Step::Come(new) => (*new, vec![(0..news[*new].len(), "")]),
            Step::Kept { old, new, changes } => {
                let one = |c: &Change| (c.new.clone(), &olds[*old][c.old.clone()]);
                (*new, changes.iter().map(one).collect())
            }
        };
        let start = said[new].1.start;
        for (range, words) in edits {
            let range = start + range.start..start + range.end;
            let mut here = change(body, 0, &range, words).ok_or_else(unsafe_change)?;
            here.iter_mut().for_each(|put| put.moved = moved.to.contains_key(&new));
            let (from, to) =
                (here.iter().map(|put| put.cut.start).min(), here.iter().map(|put| put.cut.end).max());
            edited.extend(from.zip(to).map(|(from, to)| (from..to, range, words)));
            puts.extend(here);
        }
    }
    for (taken, other) in &body.twins {
        puts.extend(in_twin(xml, body, taken, other, &edited));
    }
    let mut all = splices(xml, &puts, date, Way::Back)?;
    let marks = Marks::of(xml, date).ok_or_else(unsafe_change)?;
    // Two marks a change at most are numbered already.
    let id = places.highest + 1 + 2 * u64::try_from(puts.len()).unwrap_or(u64::MAX / 4);
    let mut page = Page { xml, body, said: &said, places: &places, marks: &marks, moved: &moved, id };
    let mut gone: Vec<(usize, &str)> = Vec::new();
    for step in &steps {
        match step {
            Step::Gone(at) => gone.push((*at, olds[*at])),
            Step::Come(new) => {
                page.gone(&mut gone, Some(*new), &mut all);
                page.come(*new, &mut all);
            }
            Step::Kept { new, .. } => page.gone(&mut gone, Some(*new), &mut all),
        }
    }
    page.gone(&mut gone, None, &mut all);
    all.apply(xml).ok_or_else(|| unsafe_change().into())
}

/// Paragraphs that stand elsewhere now, word for word: the names of their moves by the old and the new place.
#[derive(Default)]
struct Moved {
    from: HashMap<usize, String>,
    to: HashMap<usize, String>,
}

impl Moved {
    fn of(steps: &[Step], olds: &[&str], news: &[&str], may_be: impl Fn(usize) -> bool) -> Self {
        let mut moved = Self::default();
        for one in moves(steps, olds, news) {
            if one.changes.is_empty() && may_be(one.new) {
                let name = format!("wengao{}", moved.from.len() + 1);
                moved.from.insert(one.old, name.clone());
                moved.to.insert(one.new, name);
            }
        }
        moved
    }
}

/// The new document while whole paragraphs are marked.
struct Page<'x> {
    xml: &'x str,
    body: &'x Body,
    said: &'x [(usize, Range<usize>)],
    places: &'x Elements,
    marks: &'x Marks,
    moved: &'x Moved,
    /// The number of the next mark.
    id: u64,
}

impl Page<'_> {
    fn paragraph(&self, said: usize) -> Option<&Paragraph> {
        self.body.paragraphs.get(self.said.get(said)?.0)
    }

    /// Marks the end of a paragraph that came.
    fn come(&mut self, said: usize, splices: &mut Splices) {
        let Some(begins_at) = self.paragraph(said).map(|paragraph| paragraph.at) else { return };
        let Some(place) = self.places.paragraphs.get(&begins_at) else { return };
        if !self.places.can_be_marked(self.body, self.said, said) {
            return;
        }
        let Marks { prefix: p, declared, .. } = self.marks;
        let moved = self.moved.to.get(&said);
        let mark = self.marks.mark(if moved.is_some() { "moveTo" } else { "ins" }, "", &mut self.id);
        if let Some(name) = moved {
            let [begins, ends] = self.marks.place("moveTo", name, &mut self.id);
            splices.replace(begins_at..begins_at, begins);
            splices.replace(place.end..place.end, ends);
        }
        let letters = format!("<{p}:rPr{declared}>{mark}</{p}:rPr>");
        match &place.room {
            Room::Letters(at) => splices.replace(*at..*at, mark),
            Room::EmptyLetters(tag) => splices.replace(tag.clone(), letters),
            Room::Set(at) => splices.replace(*at..*at, letters),
            Room::EmptySet(tag) => {
                splices.replace(tag.clone(), format!("<{p}:pPr{declared}>{letters}</{p}:pPr>"));
            }
            Room::None => {
                let set = format!("<{p}:pPr{declared}>{letters}</{p}:pPr>");
                splices.replace(place.open..place.open, set);
            }
        }
    }

    /// Puts in what went, before the paragraph that follows it now or at the end.
    fn gone(&mut self, gone: &mut Vec<(usize, &str)>, before: Option<usize>, splices: &mut Splices) {
        if gone.is_empty() {
            return;
        }
        let follows = before.and_then(|said| self.paragraph(said)).map(|p| p.at);
        let place = follows.and_then(|at| self.places.paragraphs.get(&at)).map(|place| place.before);
        let place = place.unwrap_or(self.places.end);
        let near = before.unwrap_or(self.said.len());
        let said: String = gone.drain(..).map(|(at, words)| self.paragraph_gone(at, words, near)).collect();
        splices.replace(place..place, said);
    }

    fn paragraph_gone(&mut self, at: usize, old: &str, near: usize) -> String {
        let (set, letters) = self.look(old, near);
        let Marks { prefix, declared, .. } = self.marks;
        let p = format!("{prefix}:");
        let moved = self.moved.from.get(&at);
        // Words that were moved away are deleted by the element round them, and are plain text in it.
        let (what, text) = if moved.is_some() { ("moveFrom", "t") } else { ("del", "delText") };
        let (open, close) = (format!("<{p}{text} xml:space=\"preserve\">"), format!("</{p}{text}>"));
        let said = words(old, &p, &open, &close);
        let mark = self.marks.mark(what, "", &mut self.id);
        let run = format!("<{p}r{declared}>{letters}{open}{said}{close}</{p}r>");
        let run = self.marks.mark(what, &run, &mut self.id);
        let [begins, ends] =
            moved.map_or_else(Default::default, |name| self.marks.place(what, name, &mut self.id));
        format!("{begins}<{p}p{declared}><{p}pPr>{set}<{p}rPr>{mark}</{p}rPr></{p}pPr>{run}</{p}p>{ends}")
    }

    /// What sets a paragraph and its letters: those of the nearest one that is numbered alike.
    fn look(&self, old: &str, near: usize) -> (String, String) {
        /// Paragraphs that are asked on either side.
        const ASKED: usize = 40;
        let level = |words: &str| heading_number(words).map(|(level, ..)| level);
        let around = (0..ASKED).flat_map(|far| [near.checked_sub(far + 1), Some(near + far)]).flatten();
        let mut fit = around.filter_map(|at| self.paragraph(at)).filter(|p| !p.cell && !p.boxed);
        let wanted = level(old);
        let nearest = fit.clone().next();
        let Some(like) = fit.find(|p| level(&p.text) == wanted).or(nearest) else {
            return Default::default();
        };
        let set = self.xml.get(like.properties.clone()).map(quiet).unwrap_or_default();
        let letters = like.runs.first().and_then(|(_, run)| self.xml.get(run.clone()));
        (set, letters.unwrap_or_default().to_owned())
    }
}

/// What sets a paragraph without what would count, break or end something: the inside of its `w:pPr`.
fn quiet(xml: &str) -> String {
    const LOUD: [&str; 8] =
        ["numPr", "sectPr", "pageBreakBefore", "framePr", "rPr", "pPrChange", "outlineLvl", "keepNext"];
    let (mut depth, mut from, mut kept) = (0usize, None, String::new());
    // A stretch was well formed when it was found.
    let _ = each(xml, |token, at| match token {
        Token::Start(e) => {
            if depth == 1 && !LOUD.contains(&e.name()) {
                from = Some(at.start);
            }
            depth += 1;
        }
        Token::End(_) => {
            depth = depth.saturating_sub(1);
            if depth == 1
                && let Some(start) = from.take()
            {
                kept.push_str(xml.get(start..at.end).unwrap_or_default());
            }
        }
        _ => {}
    });
    kept
}

/// Whether an element among the text has a number that no other may have.
fn is_numbered(name: &str) -> bool {
    matches!(name, "ins" | "del" | "moveFrom" | "moveTo" | "bookmarkStart")
        || name.ends_with("RangeStart")
        || name.ends_with("Change")
}

/// Where the elements of paragraphs stand.
#[derive(Default)]
struct Elements {
    /// By where each begins.
    paragraphs: HashMap<usize, Element>,
    /// Where what comes last in the body is put in.
    end: usize,
    /// The highest number of a mark.
    highest: u64,
}

/// The element of a paragraph.
struct Element {
    /// The end of its start tag.
    open: usize,
    /// Where a paragraph before it begins: before the table whose first one it is.
    before: usize,
    /// Where it ends.
    end: usize,
    room: Room,
    /// Whether it ends a section.
    section: bool,
}

/// Where a paragraph has room for what sets its end.
enum Room {
    /// Nothing sets it yet.
    None,
    /// Its `w:pPr` is this empty tag.
    EmptySet(Range<usize>),
    /// In its `w:pPr`, here.
    Set(usize),
    /// The `w:rPr` in it is this empty tag.
    EmptyLetters(Range<usize>),
    /// In the `w:rPr` in it, here.
    Letters(usize),
}

impl Elements {
    /// Those of this XML; `None` if it is malformed.
    fn of(xml: &str) -> Option<Self> {
        let mut found = Self::default();
        let mut open: Vec<(String, usize)> = Vec::new();
        // Paragraphs that are open, and the outermost table that holds none so far.
        let (mut paragraphs, mut table): (Vec<(usize, usize)>, Option<usize>) = (Vec::new(), None);
        let whole = each(xml, |token, at| match token {
            Token::Start(e) => {
                let name = e.name();
                let parent = open.last().map_or("", |(name, _)| name.as_str());
                let id = e.attribute("id").and_then(|id| mark_number(&id)).filter(|_| is_numbered(name));
                found.highest = found.highest.max(id.unwrap_or(0));
                let empty = xml.get(at.clone()).is_some_and(|tag| tag.ends_with("/>"));
                match (name, parent) {
                    ("tbl", _) if !open.iter().any(|(name, _)| name == "tbl") => table = Some(at.start),
                    ("p", "body" | "tc" | "txbxContent" | "sdtContent" | "customXml" | "ins" | "del") => {
                        let before = table.take().unwrap_or(at.start);
                        let element =
                            Element { open: at.end, before, end: at.end, room: Room::None, section: false };
                        found.paragraphs.insert(at.start, element);
                        paragraphs.push((at.start, open.len()));
                    }
                    ("pPr", "p") => {
                        found.room(&paragraphs, |room| {
                            *room = if empty { Room::EmptySet(at.clone()) } else { Room::Set(usize::MAX) };
                        });
                    }
                    ("rPr", "pPr") => found.room(&paragraphs, |room| {
                        *room = if empty { Room::EmptyLetters(at.clone()) } else { Room::Letters(at.end) };
                    }),
                    ("sectPr" | "pPrChange", "pPr") => {
                        if let Some(element) = found.last(&paragraphs) {
                            element.section |= name == "sectPr";
                        }
                        found.room(&paragraphs, |room| room.before(at.start));
                    }
                    ("sectPr", "body") => found.end = at.start,
                    _ => {}
                }
                open.push((name.to_owned(), at.start));
            }
            Token::End(name) => {
                open.pop();
                let parent = open.last().map_or("", |(name, _)| name.as_str());
                match (name, parent) {
                    ("pPr", "p") => found.room(&paragraphs, |room| room.before(at.start)),
                    ("p", _) if paragraphs.last().is_some_and(|(_, depth)| *depth == open.len()) => {
                        let start = paragraphs.pop().map(|(start, _)| start);
                        if let Some(element) = start.and_then(|start| found.paragraphs.get_mut(&start)) {
                            element.end = at.end;
                        }
                    }
                    ("body", _) if found.end == 0 => found.end = at.start,
                    _ => {}
                }
            }
            _ => {}
        });
        whole.then_some(found)
    }

    /// Whether the end of a paragraph that came can be marked as its words are: not in a cell, which cannot be without a
    /// paragraph, nor where it ends a section or the document.
    fn can_be_marked(&self, body: &Body, all: &[(usize, Range<usize>)], said: usize) -> bool {
        let paragraph = all.get(said).and_then(|(at, _)| body.paragraphs.get(*at));
        let Some((paragraph, place)) = paragraph.and_then(|p| Some((p, self.paragraphs.get(&p.at)?))) else {
            return false;
        };
        !(paragraph.cell || paragraph.boxed || place.section || said + 1 == all.len())
    }

    fn last(&mut self, open: &[(usize, usize)]) -> Option<&mut Element> {
        self.paragraphs.get_mut(&open.last()?.0)
    }

    fn room(&mut self, open: &[(usize, usize)], change: impl FnOnce(&mut Room)) {
        if let Some(element) = self.last(open) {
            change(&mut element.room);
        }
    }
}

impl Room {
    /// What is to come stands before this byte.
    fn before(&mut self, byte: usize) {
        if let Self::Set(at) = self {
            *at = (*at).min(byte);
        }
    }
}

#[cfg(test)]
#[path = "versions_tests.rs"]
mod tests;
