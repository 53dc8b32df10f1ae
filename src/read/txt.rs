//! Plain text (.txt, and whatever else decodes as text): one block a line.
//!
//! Nothing is guessed from layout beyond the numbering that a heading carries; a line is a
//! heading only if it opens with 一、 or （一） and is short enough to be one.

use std::sync::Arc;

use super::{Reader, has_extension};
use crate::base::encoding::{self, Decoded};
use crate::base::{Place, Result};
use crate::model::{Block, BlockKind, Gap, Manuscript, Piece};
use crate::office::make::is_packed;

/// The reader of plain text.
pub struct Txt;

impl Reader for Txt {
    fn name(&self) -> &'static str {
        "txt"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["txt", "text"]
    }

    fn knows(&self, name: &str, head: &[u8]) -> bool {
        has_extension(name, self.extensions())
            || !file_name(name).contains('.') && !is_packed(head)
            || name == "-"
    }

    fn read(&self, name: &str, bytes: &[u8]) -> Result<Manuscript> {
        let decoded = encoding::decode(bytes)?;
        let (notes, gaps) = (decoded.note(), lost(&decoded));
        let (blocks, pieces) = line_blocks(name, &decoded.text);
        Ok(Manuscript::new(decoded.text, blocks, pieces, Vec::new())
            .with_notes(notes.into_iter().collect())
            .with_gaps(gaps))
    }
}

/// What of a text file could not be decoded.
pub(super) fn lost(decoded: &Decoded) -> Vec<Gap> {
    if decoded.lost > 0 { vec![Gap::Bytes] } else { Vec::new() }
}

/// The last part of a path.
fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// A block and a piece for each line that is not blank.
pub(super) fn line_blocks(name: &str, text: &str) -> (Vec<Block>, Vec<Piece>) {
    let file: Arc<str> = name.into();
    let (mut blocks, mut pieces) = (Vec::new(), Vec::new());
    let mut start = 0;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let range = start..start + line.trim_end_matches(['\n', '\r']).len();
        start += line.len();
        if text[range.clone()].trim().is_empty() {
            continue;
        }
        let line_number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        pieces.push(Piece {
            range: range.clone(),
            from: Place::Line { file: Arc::clone(&file), line: line_number, column: 1 },
        });
        blocks.push(Block { kind: line_kind(&text[range.clone()]), range });
    }
    (blocks, pieces)
}

/// A heading by its number, else body.
pub(crate) fn line_kind(line: &str) -> BlockKind {
    /// Characters that a heading line has at most; longer ones run on into their text.
    const LONGEST_HEADING: usize = 40;
    match crate::base::han::heading_number(line) {
        Some((level, _, _)) if crate::base::lines::code_points(line.trim()) <= LONGEST_HEADING => {
            BlockKind::Heading(level)
        }
        _ => BlockKind::Body,
    }
}
