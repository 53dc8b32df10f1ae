//! Many fixed words found in one pass, by a table that costs next to nothing to build.
//!
//! An automaton over two thousand words scans somewhat faster, but takes milliseconds to build, and
//! most runs of the program read one document of a few thousand characters. Here the words are
//! sorted and found by the hash of their first two characters. The tables of long lists are made when
//! the program is compiled (`build/words.rs`, which reads this file).

use std::borrow::Cow;
use std::ops::Range;

/// A list of words, none of them empty.
#[derive(Debug, Clone)]
pub struct Words<'w> {
    /// Words whose first two characters have the same hash stand together, sorted, each with its
    /// index in the list as it was given.
    pub(super) words: Cow<'w, [(&'w str, u32)]>,
    /// By the upper bits of that hash: where the words begin that share them. Words that share them
    /// end where those of the next begin.
    pub(super) groups: Cow<'w, [u32]>,
    /// How many lower bits are left out of account there: a short list needs a short table.
    pub(super) shift: u32,
    /// The same as bits, since most places of a text are ruled out by it.
    pub(super) pairs: Cow<'w, [u64]>,
    /// Words of one character, sorted, with their indices.
    pub(super) singles: Cow<'w, [(char, u32)]>,
    /// Bits by the lower six bits of those characters.
    pub(super) single_bits: u64,
}

/// A word found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its bytes.
    pub range: Range<usize>,
    /// Its index in the list.
    pub word: usize,
}

/// The hash of two characters that follow each other, of 16 bits.
const fn pair(first: char, second: char) -> usize {
    let mixed = (first as u32).wrapping_mul(0x9E37_79B1) ^ (second as u32).wrapping_mul(0x85EB_CA6B);
    (mixed >> 16) as usize
}

/// The hash of a word's first two characters; `None` for a word of one.
fn head(word: &str) -> Option<usize> {
    let mut chars = word.chars();
    Some(pair(chars.next()?, chars.next()?))
}

impl Words<'static> {
    /// A list whose table the build has made: what its fields hold, in their order.
    #[must_use]
    pub const fn ready(
        words: &'static [(&'static str, u32)],
        groups: &'static [u32],
        shift: u32,
        pairs: &'static [u64],
        singles: &'static [(char, u32)],
        single_bits: u64,
    ) -> Self {
        Self {
            words: Cow::Borrowed(words),
            groups: Cow::Borrowed(groups),
            shift,
            pairs: Cow::Borrowed(pairs),
            singles: Cow::Borrowed(singles),
            single_bits,
        }
    }
}

impl<'w> Words<'w> {
    /// Sorts the words. More than 65,000 different beginnings are not expected.
    #[must_use]
    pub fn of(list: impl IntoIterator<Item = &'w str>) -> Self {
        let mut heads: Vec<(usize, &str, u32)> = Vec::new();
        let mut singles = Vec::new();
        for (index, word) in (0..).zip(list) {
            match head(word) {
                Some(head) => heads.push((head, word, index)),
                None => singles.extend(word.chars().next().map(|c| (c, index))),
            }
        }
        let slots = (heads.len() * 4).next_power_of_two().clamp(1 << 6, 1 << 16);
        let shift = 16 - slots.trailing_zeros();
        let mut pairs = vec![0_u64; (1 << 16) / 64];
        let mut groups = vec![0_u32; slots + 1];
        for (head, ..) in &heads {
            pairs[head / 64] |= 1 << (head % 64);
            groups[(head >> shift) + 1] += 1;
        }
        for slot in 0..slots {
            groups[slot + 1] += groups[slot];
        }
        // Each word goes to its group's next free place; only within the few words of a group is there
        // anything to sort.
        let mut free = groups.clone();
        let mut words = vec![("", 0); heads.len()];
        for (head, word, index) in heads {
            let place = &mut free[head >> shift];
            words[*place as usize] = (word, index);
            *place += 1;
        }
        for slot in 0..slots {
            words[groups[slot] as usize..groups[slot + 1] as usize].sort_unstable();
        }
        singles.sort_unstable();
        let single_bits = singles.iter().fold(0, |bits, (c, _)| bits | 1 << (*c as u32 % 64));
        Self {
            words: words.into(),
            groups: groups.into(),
            shift,
            pairs: pairs.into(),
            singles: singles.into(),
            single_bits,
        }
    }

    /// Where a word may begin: the byte, its first character and the words of more than one
    /// character that may stand there.
    fn starts<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (usize, char, &'t [(&'w str, u32)])> + 't {
        let mut chars = text.char_indices();
        let mut next = chars.next();
        std::iter::from_fn(move || {
            loop {
                let (at, c) = next?;
                next = chars.next();
                let bit = next.map_or(0, |(_, second)| pair(c, second));
                if self.pairs[bit / 64] >> (bit % 64) & 1 == 1 {
                    let slot = bit >> self.shift;
                    let words = self.groups[slot] as usize..self.groups[slot + 1] as usize;
                    return Some((at, c, &self.words[words]));
                }
                if self.single_bits >> (c as u32 % 64) & 1 == 1 && self.singles_of(c).next().is_some() {
                    return Some((at, c, &[]));
                }
            }
        })
    }

    /// The words that are this character alone.
    fn singles_of(&self, c: char) -> impl Iterator<Item = u32> {
        let from = self.singles.partition_point(|s| s.0 < c);
        self.singles[from..].iter().take_while(move |s| s.0 == c).map(|s| s.1)
    }

    fn longest(&self, text: &str, at: usize, c: char, words: &[(&'w str, u32)]) -> Option<Found> {
        let rest = &text.as_bytes()[at..];
        // Sorted, a longer word comes after the one that it begins with.
        let word = words.iter().rev().find(|(word, _)| rest.starts_with(word.as_bytes()));
        let found = |len: usize, index: u32| Found { range: at..at + len, word: index as usize };
        match word {
            Some(&(word, index)) => Some(found(word.len(), index)),
            None => self.singles_of(c).next().map(|index| found(c.len_utf8(), index)),
        }
    }

    /// The words of the list from left to right: of those that begin at one place the longest, and
    /// none that overlaps one found before.
    pub fn find_iter<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Found> + 't {
        let mut end = 0;
        self.starts(text).filter_map(move |(at, c, words)| {
            if at < end {
                return None;
            }
            let found = self.longest(text, at, c, words)?;
            end = found.range.end;
            Some(found)
        })
    }

    /// The longest word that stands at `at`.
    #[must_use]
    pub fn at(&self, text: &str, at: usize) -> Option<Found> {
        let end = text[at..].char_indices().nth(2).map_or(text.len(), |(i, _)| at + i);
        let (_, c, words) = self.starts(&text[at..end]).next().filter(|start| start.0 == 0)?;
        self.longest(text, at, c, words)
    }

    /// Every occurrence of every word, overlapping ones too, in order of their starts.
    pub fn every<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Found> + 't {
        self.starts(text).flat_map(move |(at, c, words)| {
            let rest = &text.as_bytes()[at..];
            let words = words.iter().filter(move |(word, _)| rest.starts_with(word.as_bytes()));
            let words = words.map(move |(word, index)| (word.len(), *index));
            let all = words.chain(self.singles_of(c).map(move |index| (c.len_utf8(), index)));
            all.map(move |(len, index)| Found { range: at..at + len, word: index as usize })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Words;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_finds_what_a_plain_search_finds(
            words in prop::collection::vec("[甲乙丙a𠮷]{1,3}", 1..8),
            text in "[甲乙丙a𠮷，]{0,20}",
        ) {
            let mut words = words;
            words.sort();
            words.dedup();
            let table = Words::of(words.iter().map(String::as_str));
            let mut plain: Vec<(usize, usize)> = words.iter().enumerate()
                .flat_map(|(i, w)| {
                    let starts = (0..text.len()).filter(|&at| text.is_char_boundary(at));
                    starts.filter(|&at| text[at..].starts_with(&**w)).map(move |at| (at, i)).collect::<Vec<_>>()
                })
                .collect();
            plain.sort_unstable();
            let mut every: Vec<(usize, usize)> = table.every(&text).map(|f| (f.range.start, f.word)).collect();
            every.sort_unstable();
            prop_assert_eq!(&every, &plain);
            let mut end = 0;
            let mut leftmost = Vec::new();
            while let Some(&(at, _)) = plain.iter().find(|(at, _)| *at >= end) {
                let longest = plain.iter().filter(|p| p.0 == at).max_by_key(|p| words[p.1].len()).unwrap();
                leftmost.push(*longest);
                end = at + words[longest.1].len();
            }
            let found: Vec<(usize, usize)> = table.find_iter(&text).map(|f| (f.range.start, f.word)).collect();
            prop_assert_eq!(found, leftmost);
        }
    }

    #[test]
    fn find_iter_does_as_its_example_says() {
        use crate::base::words::Words;
        let words = Words::of(["风俗", "风俗习惯", "习惯"]);
        let found: Vec<usize> = words.find_iter("尊重风俗习惯，移风易俗").map(|f| f.word).collect();
        assert_eq!(found, [1]);
    }
}
