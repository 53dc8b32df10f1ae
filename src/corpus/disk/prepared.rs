//! A document made ready to be stored: all that takes time and needs no disk.

use super::super::{Entry, identity, letters, winnow, winnow_pairs};

/// How documents are folded and fingerprinted. A corpus whose number is another one has to be
/// built anew, since its fingerprints would meet none of ours.
pub(super) const SCHEME: u32 = 2;

/// A document with its fingerprints.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// What is known about it.
    pub entry: Entry,
    /// Its text as it was read.
    pub text: String,
    /// How many comparable letters it has.
    pub(super) letters: u32,
    /// Fingerprints, spread, and where they stand, by place.
    pub(super) prints: Vec<(u32, u32)>,
    /// Documents with the same letters have the same number here.
    pub(super) identity: u64,
}

impl Prepared {
    /// Folds and fingerprints a text.
    #[must_use]
    pub fn new(entry: Entry, text: String) -> Self {
        let mut folded = Vec::new();
        letters(&text, &mut folded);
        let mut prints = Vec::with_capacity(folded.len() * 2 / 5 + 2);
        winnow(&folded, |f| prints.push((spread(f.hash), f.at)));
        winnow_pairs(&folded, |f| prints.push((spread(f.hash), f.at)));
        let count = u32::try_from(folded.len()).unwrap_or(u32::MAX);
        Self { entry, text, letters: count, prints, identity: identity(&folded) }
    }

    /// How many comparable letters it has.
    #[must_use]
    pub fn letters(&self) -> u32 {
        self.letters
    }
}

/// Winnowing keeps small hashes, so their upper bits are mostly 0; buckets need them even. An odd
/// factor can be undone, so no two become one.
pub(super) const fn spread(hash: u32) -> u32 {
    hash.wrapping_mul(0x9E37_79B1)
}

#[cfg(test)]
mod tests {
    use super::{Prepared, letters};
    use crate::corpus::Entry;
    use std::collections::HashSet;

    fn identity(text: &str) -> u64 {
        Prepared::new(Entry::default(), text.to_owned()).identity
    }

    #[test]
    fn the_same_words_are_the_same_document_however_they_are_set() {
        assert_eq!(identity("全县清淤，12处。"), identity("全縣清淤 １２处"));
        assert_ne!(identity("全县清淤，12处。"), identity("全县清淤，21处。"));
    }

    /// If this fails, folding or fingerprinting gives something else than it did, and corpora
    /// that were written before answer wrongly: raise [`SCHEME`](super::SCHEME), then put in what
    /// is given now.
    #[test]
    fn what_stands_in_written_corpora_is_what_is_made_now() {
        let text =
            "２０２４年，全縣團(tuán)結(jié)一心，完成河道清淤工程12处；GDP增长6%。\u{20000}".repeat(20);
        let made = Prepared::new(Entry::default(), text);
        let prints = made.prints.iter().fold(0u64, |h, &(print, at)| {
            (h ^ u64::from(print)).wrapping_mul(0x100_0000_01B3) ^ u64::from(at)
        });
        assert_eq!(
            (super::SCHEME, made.letters, made.identity, prints),
            (2, 600, 15_933_164_253_486_169_821, 5_930_516_638_751_927_241)
        );
    }

    #[test]
    fn texts_that_differ_in_a_letter_differ() {
        let (mut texts, mut seen) = (HashSet::new(), HashSet::new());
        for n in 0..3000u32 {
            for at in 1..9 {
                let mut text = "河道清淤工程".repeat(2);
                text.insert(at * 3, char::from_u32(0x4E00 + n).unwrap());
                let mut folded = Vec::new();
                letters(&text, &mut folded);
                texts.insert(folded);
                seen.insert(identity(&text));
            }
        }
        assert!(seen.len() == texts.len() && seen.len() > 20_000);
    }
}
