//! Automatic numbers (自动编号) of a .docx, as Word shows them, and of what has the same lists (.doc, .rtf).
//!
//! No paragraph holds its number: it says which list it stands in and how deep, itself or through its style,
//! and `numbering.xml` says what a list of that kind looks like. [`definition`] reads that ([`coded`] is how
//! other formats tell it), [`count`] goes through the paragraphs, [`signs`] writes the numbers. The outcome stands at the head of each paragraph's
//! text ([`number`]); what is so put in belongs to no run, and nothing can be changed in it.

mod coded;
pub(super) mod count;
pub(super) mod definition;
pub(super) mod signs;
#[cfg(test)]
mod tests;

use self::count::Counters;
use super::body::{Body, InList, Paragraph};
use super::look::sheet::Sheet;
use super::package::{Package, Part, Relationship};

pub use coded::shown_of;
pub use definition::{LEVELS, Level, Lists};
pub use signs::Signs;

/// Puts the automatic numbers of a document before the text of its paragraphs.
pub fn number(package: &mut Package<'_>, relationships: &[Relationship], sheet: &Sheet, body: &mut Body) {
    number_by_xml(|| part(package, relationships).map(|(_, part)| part.text), sheet, body);
}

/// The name of the part that says what lists look like, and what it holds; `None` where there is none.
pub fn part(package: &mut Package<'_>, relationships: &[Relationship]) -> Option<(String, Part)> {
    let name = relationships.iter().find(|r| r.kind == "numbering").map(|r| r.target.clone())?;
    package.part(&name).map(|part| (name, part))
}

/// Puts automatic numbers before the text of paragraphs, by the XML of that part, which is asked for only where a
/// paragraph stands in a list. Each of them then says itself which list that is, and how deep it stands.
pub fn number_by_xml(lists: impl FnOnce() -> Option<String>, sheet: &Sheet, body: &mut Body) {
    body.labelled = true;
    let asks = |p: &Paragraph| p.list.is_some() || sheet.number_of(p.style.as_deref()).is_some();
    if !body.paragraphs.iter().any(asks) {
        return;
    }
    let Some(xml) = lists() else { return };
    number_by(&Lists::read(&xml), sheet, body);
    // A list that is not there shows nothing.
    body.labelled = true;
}

/// Puts the numbers of these lists before the text of the paragraphs that name them. What the file says was shown
/// before one counts more: the program that saved it saw it, and some write their lists worse than that.
pub fn number_by(lists: &Lists, sheet: &Sheet, body: &mut Body) {
    // Text boxes are a story of their own.
    let (mut text, mut boxes) = (Counters::of(lists), Counters::of(lists));
    let known = |list: InList| list.number.is_none_or(|number| number == 0 || lists.kind(number).is_some());
    body.labelled = body
        .paragraphs
        .iter()
        .all(|p| p.numbered != Some(true) || !p.shown.is_empty() || p.list.is_some_and(known));
    for paragraph in &mut body.paragraphs {
        let counters = if paragraph.boxed { &mut boxes } else { &mut text };
        let stood = stands(paragraph, sheet, lists);
        if let Some((number, level)) = stood {
            paragraph.list = Some(InList { number: Some(number), level: Some(level) });
        }
        let there = stood.filter(|(number, _)| lists.kind(*number).is_some());
        let made = there.and_then(|(number, level)| counters.next(number, level));
        let shown = &paragraph.shown;
        let label = match shown.trim().is_empty() {
            true => made,
            false => count::said(shown, shown.ends_with(char::is_whitespace)),
        };
        if let Some(label) = label {
            put(paragraph, &label);
        }
    }
}

/// The list that a paragraph stands in, and how deep; 0 is no list.
fn stands(paragraph: &Paragraph, sheet: &Sheet, lists: &Lists) -> Option<(u32, u8)> {
    let own = paragraph.list;
    let styled = || sheet.number_of(paragraph.style.as_deref());
    let number = own.and_then(|list| list.number).or_else(|| styled().and_then(|list| list.number))?;
    let level = own
        .and_then(|list| list.level)
        .or_else(|| lists.level_of_style(number, sheet, paragraph.style.as_deref()))
        .or_else(|| styled().and_then(|list| list.level))
        .unwrap_or(0);
    Some((number, level))
}

/// Puts words before the text of a paragraph; what is kept of the text moves along.
pub(super) fn put(paragraph: &mut Paragraph, label: &str) {
    let by = label.len();
    paragraph.text.insert_str(0, label);
    paragraph.label = by;
    for (range, _) in &mut paragraph.masks {
        *range = range.start + by..range.end + by;
    }
    for (start, _) in &mut paragraph.runs {
        *start += by;
    }
    for node in &mut paragraph.nodes {
        node.text = node.text.start + by..node.text.end + by;
    }
    for (at, ..) in &mut paragraph.calls {
        *at += by;
    }
}
