//! Whose words are these? What everybody says may stay; what one writer once said is his.
//!
//! The set phrases (固定提法) are those that `copied-passage` takes off. A sentence is somebody's own
//! if so many of its letters are in no set phrase that a copy of it would be found.

use std::ops::Range;

use super::page::Paragraph;
use super::slot::Slot;
use crate::corpus::{Comparable, GUARANTEED, Stock, Weight};

/// What a paragraph says.
#[derive(Debug, Default)]
pub(super) struct Weighed {
    /// Letters of set phrases.
    pub stock: usize,
    /// Letters of the writer's own.
    pub own: usize,
    /// Sentences in the writer's own words, in bytes of the paragraph, with their own letters.
    pub sentences: Vec<(Range<usize>, usize)>,
    /// Sentences of any letters at all.
    pub count: usize,
}

/// Weighs a paragraph; its slots count as nobody's.
pub(super) fn weigh(paragraph: &Paragraph, slots: &[Slot], stock: &Stock) -> Weighed {
    let comparable = Comparable::of(&paragraph.text);
    let mut weights = stock.weigh(comparable.letters());
    for slot in slots {
        let within = comparable.within(&slot.range);
        weights[within.numbers()].fill(Weight::Rest);
    }
    let mut words = Weighed::default();
    for sentence in sentences(&paragraph.text) {
        let letters = &weights[comparable.within(&sentence).numbers()];
        let count = |weight| letters.iter().filter(|w| **w == weight).count();
        let (own, set) = (count(Weight::Own), count(Weight::Stock));
        words.own += own;
        words.stock += set;
        words.count += usize::from(own + set > 0);
        if own >= GUARANTEED {
            words.sentences.push((sentence, own));
        }
    }
    words
}

/// The sentences of a paragraph with their closing marks.
fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    let mut marks = text.char_indices().peekable();
    while let Some((at, c)) = marks.next() {
        if matches!(c, '。' | '！' | '？' | '；' | '!' | '?' | ';') {
            let mut end = at + c.len_utf8();
            while let Some(&(at, '”' | '’' | '）' | '」')) = marks.peek() {
                end = at + '”'.len_utf8();
                marks.next();
            }
            found.push(from..end);
            from = end;
        }
    }
    if from < text.len() {
        found.push(from..text.len());
    }
    found
}
