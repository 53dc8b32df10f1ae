//! Whether what speaks for a slip is enough: small trees of questions, added up (gradient boosting,
//! Friedman 2001).
//!
//! They were settled on errors that were planted in published documents, against what the same
//! documents say where nothing was planted (`examples/counts/planted.rs`), and lie in
//! `phrasebank/counts/official.judge` as they are asked: a node is four bytes.

use super::spell::{FAMILIES, Suspect};

static SHIPPED: &[u8] = include_bytes!("../../../phrasebank/counts/official.judge");

/// A node: the feature that is asked for (255 in a leaf), where to go if it is more than the number that follows
/// (else to the next node), and the number in two bytes, of a leaf what it adds.
const NODE: usize = 4;
const LEAF: u8 = u8::MAX;
/// Parts of one in which numbers are kept, of a question and of a leaf.
const QUESTION_PARTS: f32 = 32.0;
const LEAF_PARTS: f32 = 4096.0;

/// The trees of each family.
#[derive(Debug, Clone, Copy)]
pub struct Judge<'b> {
    families: [&'b [u8]; FAMILIES],
}

impl Judge<'static> {
    /// The one that the program brings along.
    #[must_use]
    pub fn shipped() -> Self {
        Self::open(SHIPPED)
    }
}

impl<'b> Judge<'b> {
    /// Opens what `examples/counts/planted.rs` wrote: for each family its length in bytes, four bytes, and then
    /// its trees, each with its number of nodes before it, one byte. What is cut off says nothing.
    #[must_use]
    pub fn open(bytes: &'b [u8]) -> Self {
        let mut families: [&[u8]; FAMILIES] = [&[]; FAMILIES];
        let mut rest = bytes;
        for family in &mut families {
            let Some((head, behind)) = rest.split_first_chunk::<4>() else { break };
            let Some((own, behind)) = behind.split_at_checked(u32::from_le_bytes(*head) as usize) else {
                break;
            };
            *family = own;
            rest = behind;
        }
        Self { families }
    }

    /// How sure a suspect is: the logarithm of the odds as they were among what was planted. 0 is as
    /// likely as not there; texts have fewer errors, so more is asked of them.
    #[must_use]
    pub fn says(&self, suspect: &Suspect) -> f32 {
        let mut trees = self.families[suspect.kind.family()];
        let mut sum = 0.0;
        while let Some((&nodes, rest)) = trees.split_first() {
            let Some((tree, behind)) = rest.split_at_checked(usize::from(nodes) * NODE) else { break };
            sum += leaf(tree, suspect);
            trees = behind;
        }
        sum
    }
}

/// What the leaf adds that a suspect comes to.
fn leaf(tree: &[u8], suspect: &Suspect) -> f32 {
    let (nodes, _) = tree.as_chunks::<NODE>();
    let mut at = 0;
    // No way is longer than the tree.
    for _ in 0..nodes.len() {
        let Some(&[feature, no, a, b]) = nodes.get(at) else { break };
        let number = f32::from(i16::from_le_bytes([a, b]));
        if feature == LEAF {
            return number / LEAF_PARTS;
        }
        let told = suspect.features.get(usize::from(feature)).copied().unwrap_or_default();
        at = if told * QUESTION_PARTS <= number { at + 1 } else { usize::from(no) };
    }
    0.0
}
