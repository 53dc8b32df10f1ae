//! Text that breaks off (断稿): a document, or the part before a heading, that ends in a comma.

use super::{Notation, Suspect, Verdict};
use crate::base::blank::Lack;
use crate::model::{BlockKind, Manuscript};

/// A document shorter than this, in bytes, may be an excerpt that was cut on purpose.
const SHORTEST_DOCUMENT: usize = 900;

/// The commas at which the text breaks off. Ranges are those of the manuscript's own text.
pub(super) fn find(manuscript: &Manuscript) -> Vec<Suspect> {
    let text = manuscript.text();
    if text.len() < SHORTEST_DOCUMENT {
        return Vec::new();
    }
    let blocks = manuscript.blocks();
    let mut suspects = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        let next = blocks.get(index + 1);
        let last = next.is_none();
        let cut = last || matches!(next.map(|b| b.kind), Some(BlockKind::Heading(1)));
        if !cut || !matches!(block.kind, BlockKind::Body | BlockKind::Item) {
            continue;
        }
        let words = manuscript.block_text(block).trim_end();
        let Some(comma) = words.chars().next_back().filter(|c| matches!(c, '，' | '、')) else { continue };
        let end = block.range.start + words.len();
        suspects.push(Suspect {
            range: end - comma.len_utf8()..end,
            verdict: if last { Verdict::Sure } else { Verdict::Look },
            lack: Lack::Passage,
            notation: Notation::BrokenOff,
        });
    }
    suspects
}
