//! Documents of Word 97 to 2003 and of WPS (.doc, .dot, .wps, .wpt): the binary format of MS-DOC.
//!
//! The text is what the reader of .docx makes of the same document: paragraphs joined by one LF, cells in
//! reading order, text boxes after the paragraph that anchors them, tracked changes as if accepted.
//! Headings are told by the styles, automatic numbers by the lists. Headers, footers and notes stand beside
//! the text; of comments it is told that there are some.
//!
//! [`fib`] finds the parts, [`pieces`] puts the characters together, [`properties`] knows what holds for
//! which, [`lists`] what lists look like, [`walk`] reads the text and what is [`beside`] it. A document under this name that is a .docx, RTF or text is read as such.

mod beside;
mod fib;
mod lists;
mod pieces;
mod properties;
mod shapes;
mod styles;
#[cfg(test)]
mod tests;
mod walk;

use self::fib::{Fib, Part};
use self::pieces::Pieces;
use super::docx::margin::lines_of;
use super::docx::styles::Styles;
use super::docx::{manuscript, open_comments};
use super::{Reader, has_extension};
use crate::base::{Problem, Result, Text};
use crate::model::{Gap, Layout, Manuscript};
use crate::office::Make;
use crate::office::compound::Compound;
use crate::office::list;
use crate::text;

/// The modification that sets an outline level.
const OUTLINE: u16 = 0x2640;
/// The one that names a list.
const LIST: u16 = 0x460B;

/// The one that says how deep in a list.
const LEVEL: u16 = 0x260A;

/// Whether a paragraph that names this list is numbered or marked.
const fn is_listed(list: u16) -> bool {
    !matches!(list, 0 | 0xF801)
}

/// The list of a paragraph that names this one; 0 is none. A number below zero is a list too, of a paragraph that
/// keeps its own indent.
const fn list_of(list: u16) -> u32 {
    match list {
        0xF801 => 0,
        0xF802.. => list.wrapping_neg() as u32,
        _ => list as u32,
    }
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
        let sheet = styles::read(&fib);
        let walk::Read { mut body, stories } = walk::read(&fib, &pieces);
        let lists = lists::read(&fib);
        list::number_by(&lists, &sheet, &mut body);
        let mut left_out = Vec::new();
        if pieces.broken || pieces.units.len() < fib.part(Part::Text).end {
            left_out.push((Gap::Rest, broken_off(body.paragraphs.len())));
        }
        let styles = Styles::of(&sheet);
        let manuscript = manuscript(&body, |p| styles.role(p.style.as_deref()), &Layout::default(), left_out);
        let open = open_comments(beside::comments(&fib));
        Ok(manuscript.with_notes(open.into_iter().collect()).with_margin(lines_of(&body, stories)))
    }
}

/// Why a file that is no document of this make is not read.
fn refusal(bytes: &[u8]) -> Problem {
    match Make::of(bytes).name {
        "doc" => fib::damaged(),
        // Its directory is lost, and only its name says what it was.
        "compound" if Compound::open(bytes).is_none() => fib::damaged(),
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
