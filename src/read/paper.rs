//! A manuscript while it is read, paragraph by paragraph: what the readers of all formats share that
//! have no parts of a .docx.
//!
//! Paragraphs are joined by one LF, as those of a .docx are. An empty one is a line of the text and no
//! block.

use std::ops::Range;

use super::LONGEST;
use crate::base::{Place, Problem};
use crate::model::{Block, BlockKind, CellAt, Gap, LINES, Manuscript, Piece};

/// What has been read so far.
#[derive(Default)]
pub(super) struct Paper {
    text: String,
    blocks: Vec<Block>,
    pieces: Vec<Piece>,
    cells: Vec<CellAt>,
    notes: Vec<Problem>,
    gaps: Vec<Gap>,
    paragraphs: u32,
}

impl Paper {
    /// A paragraph that is found by its number; its bytes.
    pub fn paragraph(&mut self, kind: BlockKind, words: &str) -> Range<usize> {
        let number = self.paragraphs + 1;
        self.pieces(kind, [(words, Place::Paragraph(number))])
    }

    /// A paragraph of several pieces, each with its own place; its bytes.
    pub fn pieces<'w>(
        &mut self,
        kind: BlockKind,
        pieces: impl IntoIterator<Item = (&'w str, Place)>,
    ) -> Range<usize> {
        // What goes on beyond what a document may have is refused where it was asked for.
        if self.paragraphs as usize > LINES || self.text.len() > LONGEST {
            return self.text.len()..self.text.len();
        }
        if self.paragraphs > 0 {
            self.text.push('\n');
        }
        self.paragraphs += 1;
        let start = self.text.len();
        for (words, from) in pieces {
            let at = self.text.len();
            self.text.push_str(words);
            if !words.is_empty() {
                self.pieces.push(Piece { range: at..self.text.len(), from });
            }
        }
        let range = start..self.text.len();
        if self.text[range.clone()].trim().is_empty() {
            while self.pieces.pop_if(|piece| piece.range.start >= start).is_some() {}
        } else {
            self.blocks.push(Block { kind, range: range.clone() });
        }
        range
    }

    /// Where the next paragraph would begin.
    pub fn next(&self) -> usize {
        self.text.len() + usize::from(self.paragraphs > 0)
    }

    /// Where what has been read ends.
    pub fn end(&self) -> usize {
        self.text.len()
    }

    /// Where a cell stands; its bytes must have been read.
    pub fn cell(&mut self, cell: CellAt) {
        self.cells.push(cell);
    }

    /// Something that a person should know.
    pub fn note(&mut self, note: Problem) {
        self.notes.push(note);
    }

    /// Something that was left out, and the sentence that says so.
    pub fn gap(&mut self, gap: Gap, note: Problem) {
        self.gaps.push(gap);
        self.notes.push(note);
    }

    /// The manuscript.
    pub fn finish(self) -> Manuscript {
        Manuscript::new(self.text, self.blocks, self.pieces, Vec::new())
            .with_cells(self.cells)
            .with_notes(self.notes)
            .with_gaps(self.gaps)
    }
}
