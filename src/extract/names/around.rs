//! A slot and the words around it.

use std::ops::Range;

use super::document::Document;
use crate::base::clause;
use crate::extract::page::Paragraph;
use crate::extract::slot::Slot;

/// A slot with what stands around it.
pub(super) struct Around<'d> {
    pub document: &'d Document<'d>,
    pub paragraph: &'d Paragraph,
    pub slots: &'d [Slot],
    pub index: usize,
    /// The heading that it stands under; empty if there is none.
    pub heading: &'d str,
}

impl<'d> Around<'d> {
    pub(super) fn slot(&self) -> &'d Slot {
        &self.slots[self.index]
    }

    /// The words before the slot, back to the slot before it.
    pub(super) fn left(&self) -> &'d str {
        let from = self.index.checked_sub(1).map_or(0, |i| self.slots[i].range.end);
        &self.paragraph.text[from..self.slot().range.start]
    }

    /// The words after the slot, up to the next.
    pub(super) fn right(&self) -> &'d str {
        let to = self.slots.get(self.index + 1).map_or(self.paragraph.text.len(), |s| s.range.start);
        &self.paragraph.text[self.slot().range.end..to]
    }

    /// Whether it stands in a row with others.
    pub(super) fn in_row(&self) -> bool {
        self.slot().row != (0, 0)
    }

    /// The words after the row that the slot stands in.
    pub(super) fn after_row(&self) -> &'d str {
        let last = self.index + self.slot().row.1;
        let to = self.slots.get(last + 1).map_or(self.paragraph.text.len(), |s| s.range.start);
        &self.paragraph.text[self.slots[last].range.end..to]
    }

    /// The words before that row.
    pub(super) fn before_row(&self) -> &'d str {
        let first = self.index - self.slot().row.0;
        let from = first.checked_sub(1).map_or(0, |i| self.slots[i].range.end);
        &self.paragraph.text[from..self.slots[first].range.start]
    }

    pub(super) fn sentence(&self) -> Range<usize> {
        clause::sentence(&self.paragraph.text, self.slot().range.clone())
    }

    /// The same sentence, said again, asks for the same.
    pub(super) fn said_again(&self) -> Option<String> {
        /// Bytes of a sentence that is not said twice by chance: 12 Han characters.
        const SHORTEST: usize = 36;
        let sentence = self.sentence();
        let words = &self.paragraph.text[sentence.clone()];
        let nth = self.slots[..self.index].iter().filter(|s| s.range.start >= sentence.start).count();
        // 请x同志发言 is said of one after the other.
        (words.len() >= SHORTEST && !words.contains('请')).then(|| format!("{nth} {words}"))
    }
}
