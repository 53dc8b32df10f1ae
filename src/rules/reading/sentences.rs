//! Sentences that are somebody's own (句): long enough to be no set phrase, each under its heading.

use std::ops::Range;

use crate::base::lines::tight;
use crate::model::{BlockKind, Manuscript};

/// Characters from which a sentence is one's own and no set phrase.
const LEAST: usize = 16;

/// A sentence of the prose.
#[derive(Debug)]
pub struct Sentence {
    /// Its bytes, its closing mark included.
    pub range: Range<usize>,
    /// The heading that it stands under; empty if there is none.
    pub heading: String,
}

/// The sentences of the prose, in order.
pub fn sentences(manuscript: &Manuscript) -> Vec<Sentence> {
    let mut heading = String::new();
    let mut all = Vec::new();
    for block in manuscript.blocks() {
        let words = manuscript.block_text(block);
        match block.kind {
            BlockKind::Heading(_) => words.trim().clone_into(&mut heading),
            BlockKind::Body | BlockKind::Item => {
                let mut start = 0;
                let ends = words.match_indices(['。', '！', '？', '；']).map(|(at, end)| at + end.len());
                for end in ends.chain([words.len()]) {
                    let own = tight(words, start..end);
                    if words[own.clone()].chars().count() >= LEAST {
                        let range = block.range.start + own.start..block.range.start + own.end;
                        all.push(Sentence { range, heading: heading.clone() });
                    }
                    start = end;
                }
            }
            _ => {}
        }
    }
    all
}
