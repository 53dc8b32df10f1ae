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

#[cfg(test)]
mod tests {
    use super::super::{Between, Counts, Letters, Speller};
    use super::Judge;

    /// What the judge that these bytes are says of the surest suspect of a text.
    fn surest(judge: Judge<'_>, text: &str) -> f32 {
        let letters = Letters::of(text);
        let speller = Speller::of(letters.all(), Counts::shipped(), Between::shipped());
        speller.suspects().iter().map(|suspect| judge.says(suspect)).fold(f32::NEG_INFINITY, f32::max)
    }

    #[test]
    fn a_slip_is_surer_than_sound_text() {
        for slip in ["加快推进乡村震兴", "完善公共服设施", "加强组织导领", "认真落中实各项政策"]
        {
            assert!(surest(Judge::shipped(), slip) > 1.0, "{slip}");
        }
        for sound in ["加快推进乡村振兴", "完善公共服务设施", "加强组织领导", "认真落实各项政策"]
        {
            assert!(surest(Judge::shipped(), sound) < 0.0, "{sound}");
        }
    }

    #[test]
    fn bytes_that_are_no_trees_say_nothing_and_do_no_harm() {
        assert!(surest(Judge::open(&[]), "完善公共服设施").abs() < f32::EPSILON);
        for length in 0..60_u8 {
            let bytes: Vec<u8> = (0..length).map(|n| n.wrapping_mul(37)).collect();
            assert!(surest(Judge::open(&bytes), "完善公共服设施").is_finite());
        }
    }
}
