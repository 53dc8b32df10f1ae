//! Changed words in an .odt: within paragraphs, formats and all other parts as they were.
//!
//! What an edit has in common with the old words is left alone, as in a .docx. A blank that would fall together
//! with the one beside it, or stand at the edge of its paragraph, is put as the element that says it.

use std::ops::Range;

use super::file::{File, unsafe_change};
use super::styles::Styles;
use super::walk;
use crate::base::Result;
use crate::office::body::NodeKind;
use crate::office::edit::{Manner, Planned, Put, planned};
use crate::office::splice::Splices;

/// The document with each range of its text, in bytes of the text as the file says it, become the new words;
/// an empty range is a place to put them in. No edits give the same bytes.
///
/// # Errors
/// If the document is damaged, encrypted or signed; if ranges overlap, lie outside the text or reach over a
/// paragraph's end; if the words hold control characters, or stand where they cannot be changed alone, as in a
/// part of a field.
pub fn apply(bytes: &[u8], edits: &[(Range<usize>, String)]) -> Result<Vec<u8>> {
    rewritten(bytes, edits, |xml, puts| {
        let mut splices = Splices::default();
        for put in puts {
            splices.replace(put.cut.clone(), said(put));
        }
        splices.apply(xml).ok_or_else(|| unsafe_change().into())
    })
}

/// The document with its edits, which `way` puts into the XML.
pub(super) fn rewritten(
    bytes: &[u8],
    edits: &[(Range<usize>, String)],
    way: impl FnOnce(&str, &[Put<'_>]) -> Result<String>,
) -> Result<Vec<u8>> {
    if edits.is_empty() {
        return Ok(bytes.to_vec());
    }
    let file = File::open_whole(bytes)?;
    let styles = Styles::default();
    let odf = walk::read(&file.content.text, &styles);
    if !odf.whole || !odf.is_text {
        return Err(unsafe_change().into());
    }
    let text = odf.body.text();
    let Planned { puts, expected, .. } = planned(&odf.body, &text, edits, &MANNER)?;
    let changed = way(&file.content.text, &puts)?;
    let again = walk::read(&changed, &styles);
    if !again.whole || again.body.text() != expected {
        return Err(unsafe_change().into());
    }
    file.with(&changed)
}

const MANNER: Manner = Manner { widen: widened, whole: true, refusal: unsafe_change };

/// An edit that takes along a blank which would be lost beside what goes.
fn widened<'e>(text: &str, range: Range<usize>, new: &'e str) -> (Range<usize>, &'e str) {
    if !new.is_empty() {
        return (range, new);
    }
    let edge = |c: Option<char>| c.is_none_or(|c| c == '\n');
    let before = text.get(..range.start).and_then(|text| text.chars().next_back());
    let behind = text.get(range.end..).and_then(|text| text.chars().next());
    if behind == Some(' ') && (edge(before) || before == Some(' ')) {
        return (range.start..range.end + 1, " ");
    }
    if before == Some(' ') && edge(behind) {
        return (range.start - 1..range.end, " ");
    }
    (range, new)
}

/// New words as the XML says them.
fn said(put: &Put<'_>) -> String {
    let words = words(put.new);
    if put.kind == NodeKind::Cdata && !words.is_empty() { format!("]]>{words}<![CDATA[") } else { words }
}

/// Words with elements for tabs, line ends, and blanks that would be lost.
pub(super) fn words(new: &str) -> String {
    let mut out = String::with_capacity(new.len());
    let mut last = None;
    let mut chars = new.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\t' => out.push_str("<text:tab/>"),
            '\n' => out.push_str("<text:line-break/>"),
            ' ' => {
                let lone = last.is_some_and(|c| c > ' ') && chars.peek().is_some_and(|c| *c > ' ');
                out.push_str(if lone { " " } else { "<text:s/>" });
            }
            c => out.push_str(&quick_xml::escape::partial_escape(c.encode_utf8(&mut [0; 4]) as &str)),
        }
        last = Some(c);
    }
    out
}
