//! Documents of Word 97 to 2003 and of WPS (.doc, .dot, .wps, .wpt): the binary format of MS-DOC.
//!
//! The text is what the reader of .docx makes of the same document: paragraphs joined by one LF, cells in
//! reading order, text boxes after the paragraph that anchors them, tracked changes as if accepted.
//! Headings are told by the styles. Footnotes, headers and comments are left out and told.
//!
//! [`fib`] finds the parts, [`pieces`] puts the characters together, [`properties`] knows what holds for
//! which, [`walk`] reads. A document under this name that is a .docx, RTF or text is read as such.

mod fib;
mod pieces;
mod properties;
mod shapes;
mod styles;
#[cfg(test)]
mod tests;
mod walk;

use std::ops::Range;

use self::fib::{Fib, Part, Table};
use self::pieces::Pieces;
use super::docx::styles::Styles;
use super::docx::{manuscript, says_something};
use super::{Reader, has_extension};
use crate::base::{Problem, Result, Text};
use crate::model::{Gap, Layout, Manuscript};
use crate::office::Make;
use crate::office::compound::Compound;
use crate::office::little::size_at;
use crate::text;

/// The modification that sets an outline level.
const OUTLINE: u16 = 0x2640;
/// The one that names a list.
const LIST: u16 = 0x460B;

/// Whether a paragraph that names this list is numbered or marked.
const fn is_listed(list: u16) -> bool {
    !matches!(list, 0 | 0xF801)
}

/// The reader of .doc.
pub struct Doc;

impl Reader for Doc {
    fn name(&self) -> &'static str {
        "doc"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["doc", "wps", "dot", "wpt"]
    }

    fn knows(&self, name: &str, _head: &[u8]) -> bool {
        has_extension(name, self.extensions())
    }

    fn makes(&self) -> &'static [&'static str] {
        &["doc"]
    }

    fn read(&self, _name: &str, bytes: &[u8]) -> Result<Manuscript> {
        let file = Compound::open(bytes).ok_or_else(|| refusal(bytes))?;
        if !file.has("WordDocument") {
            return Err(refusal(bytes).into());
        }
        let fib = Fib::read(&file)?;
        let pieces = Pieces::read(&fib)?;
        let body = walk::read(&fib, &pieces);
        let mut left_out = Vec::new();
        if pieces.broken || pieces.units.len() < fib.part(Part::Text).end {
            left_out.push((Gap::Rest, broken_off(body.paragraphs.len())));
        }
        left_out.extend(beside_the_body(&fib, &pieces));
        let sheet = styles::read(&fib);
        let styles = Styles::of(&sheet);
        Ok(manuscript(&body, |p| styles.role(p.style.as_deref()), &Layout::default(), left_out))
    }
}

/// Why a file that is no document of this make is not read.
fn refusal(bytes: &[u8]) -> Problem {
    match Make::of(bytes).name {
        "doc" => fib::damaged(),
        _ => Make::of(bytes).refusal(),
    }
}

fn broken_off(paragraphs: usize) -> Problem {
    Problem::new(text!(
        "文件不完整或有损坏，读到第{paragraphs}段为止，后面的没有检查",
        "the file is incomplete or damaged; read up to paragraph {paragraphs}, the rest was not checked"
    ))
    .help(Text::fixed(
        "重新复制或下载一份；或用 Word 的“打开并修复”另存为 .docx 再试",
        "copy or download it again, or let Word open, repair and save it as .docx",
    ))
}

/// A note for each part beside the body that holds words.
fn beside_the_body(fib: &Fib, pieces: &Pieces<'_>) -> Vec<(Gap, Problem)> {
    let says = |range: Range<usize>| says_something(&shown(pieces.units.get(range).unwrap_or_default()));
    let end = pieces.units.len();
    let found = [
        (Gap::Headers, headers(fib, 0, end, says)),
        (Gap::Footers, headers(fib, 2, end, says)),
        (Gap::Footnotes, says(fib.part(Part::Footnotes))),
        (Gap::Endnotes, says(fib.part(Part::Endnotes))),
        (Gap::Comments, says(fib.part(Part::Comments))),
    ];
    found.into_iter().filter(|(_, says)| *says).map(|(gap, _)| (gap, beside(gap))).collect()
}

/// What is said of a part beside the body that says something and was not read.
pub(super) fn beside(gap: Gap) -> Problem {
    Problem::new(match gap {
        Gap::Headers => Text::fixed("页眉里的文字没有读取", "the text of the page headers was not read"),
        Gap::Footers => Text::fixed("页脚里的文字没有读取", "the text of the page footers was not read"),
        other => {
            let Text { zh, en } = other.label();
            Text::new(format!("{zh}没有读取"), format!("the {en} were not read"))
        }
    })
}

/// What characters show: of a field its outcome, not what asks for it.
fn shown(units: &[u16]) -> String {
    let mut asking = 0usize;
    let shown = units.iter().filter(|unit| {
        match unit {
            0x13 => asking += 1,
            0x14 | 0x15 => asking = asking.saturating_sub(1),
            _ => return asking == 0,
        }
        false
    });
    String::from_utf16_lossy(&shown.copied().collect::<Vec<_>>())
}

/// Whether headers (`which` 0) or footers (2) say something. Each section has six: of even and odd pages,
/// then the same below, then of its first page above and below; before them stand six of footnotes, and behind
/// the end of the last one a number that means nothing. They follow on each other up to the `end` of all
/// characters; what does not would be read again and again.
fn headers(fib: &Fib, which: usize, end: usize, says: impl Fn(Range<usize>) -> bool) -> bool {
    let start = fib.part(Part::Headers).start;
    let table = fib.table(Table::Headers);
    let at = |index: usize| size_at(table, 4 * index).and_then(|at| start.checked_add(at));
    let first_page = 4 + which / 2;
    let mut reached = start;
    let mut goes_on = |range: &Range<usize>| {
        let is = reached <= range.start && range.start <= range.end && range.end <= end;
        reached = if is { range.end } else { reached };
        is
    };
    (6..(table.len() / 4).saturating_sub(2))
        .filter(|index| (which..which + 2).contains(&(index % 6)) || index % 6 == first_page)
        .filter_map(|index| Some(at(index)?..at(index + 1)?))
        .filter(|range| goes_on(range))
        .any(says)
}
