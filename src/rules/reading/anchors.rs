//! Patterns of a lexicon that are compiled only where a line holds the words they need (锚词).
//!
//! `build/anchors.rs` says for each pattern which words those are: some sets, of each of which
//! every match holds a word. One pass over a line tells which patterns may match on it.

use crate::base::words::Words;

/// The anchors of a list of patterns.
pub(in crate::rules) struct Anchors {
    words: Words<'static>,
    /// The pattern of each word, and the bit of its set.
    of_word: &'static [(usize, u8)],
    /// The bits of all sets of each pattern.
    whole: &'static [u8],
}

impl Anchors {
    /// What the build wrote.
    pub(in crate::rules) const fn ready(
        words: Words<'static>,
        of_word: &'static [(usize, u8)],
        whole: &'static [u8],
    ) -> Self {
        Self { words, of_word, whole }
    }

    /// How many patterns there are.
    #[cfg(test)]
    pub(in crate::rules) fn len(&self) -> usize {
        self.whole.len()
    }

    /// Which patterns may match on the line, in order. `seen` is scratch space.
    pub(in crate::rules) fn candidates<'s>(
        &self,
        line: &str,
        seen: &'s mut Vec<u8>,
    ) -> impl Iterator<Item = usize> + use<'_, 's> {
        seen.clear();
        for found in self.words.every(line) {
            if seen.is_empty() {
                seen.resize(self.whole.len(), 0);
            }
            let (pattern, bit) = self.of_word[found.word];
            seen[pattern] |= bit;
        }
        seen.iter().zip(self.whole).enumerate().filter(|(_, (seen, whole))| seen == whole).map(|(i, _)| i)
    }
}
