//! Patterns of a lexicon that are compiled only where a line holds the words they need (锚词).
//!
//! `build/anchors.rs` says for each pattern which words those are: some sets, of each of which
//! every match holds a word. One pass over a line tells which patterns may match on it.

use crate::base::words::Words;

/// The anchors of a list of patterns.
pub(in crate::rules) struct Anchors {
    words: Words<'static>,
    /// The pattern of each word, and the bit of its set.
    of_word: Vec<(usize, u8)>,
    /// The bits of all sets of each pattern.
    whole: Vec<u8>,
}

impl Anchors {
    /// Reads what the build wrote: patterns parted by U+001D, their sets by U+001E, the words of a
    /// set by U+001F.
    pub(in crate::rules) fn of(built: &'static str) -> Self {
        let sets = built.split('\u{1D}').enumerate().flat_map(|(pattern, sets)| {
            sets.split('\u{1E}').enumerate().map(move |(set, words)| (pattern, 1_u8 << set, words))
        });
        let (mut words, mut of_word) = (Vec::new(), Vec::new());
        let mut whole = vec![0; built.split('\u{1D}').count()];
        for (pattern, bit, set) in sets {
            whole[pattern] |= bit;
            for word in set.split('\u{1F}') {
                words.push(word);
                of_word.push((pattern, bit));
            }
        }
        Self { words: Words::of(words), of_word, whole }
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
        seen.iter().zip(&self.whole).enumerate().filter(|(_, (seen, whole))| seen == whole).map(|(i, _)| i)
    }
}
