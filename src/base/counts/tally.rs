//! Counting: from texts to the n-grams that are worth keeping.
//!
//! Texts come with the source they are from, so that what one source says often can be told from
//! what many say. Each length is sorted for itself: twenty-five million letters take some 400 MB
//! while they are counted, and a few seconds for each length.

use std::collections::HashMap;

use super::letters::{EDGE, Letters};
use super::{Gram, LONGEST};

/// Characters with numbers below this one are told apart: five of them make one number of 64 bits.
const DIFFERENT: u64 = 7_131;

/// Texts that are to be counted.
#[derive(Debug, Default)]
pub struct Tally {
    /// The numbers of characters, by first occurrence.
    numbers: HashMap<char, u16>,
    characters: Vec<char>,
    /// All letters of all texts, as numbers.
    letters: Vec<u16>,
    /// Where each text ends, and its source.
    texts: Vec<(usize, u32)>,
}

impl Tally {
    /// Takes a text in. Sources are numbered by the caller.
    pub fn add(&mut self, source: u32, text: &Letters) {
        for &letter in text.all() {
            let next = self.characters.len();
            let number = *self.numbers.entry(letter).or_insert_with(|| {
                self.characters.push(letter);
                // More than 65,000 different characters do not exist in the planes that are read.
                u16::try_from(next).unwrap_or(u16::MAX)
            });
            self.letters.push(number);
        }
        self.texts.push((self.letters.len(), source));
    }

    /// How many letters were taken in.
    #[must_use]
    pub fn letters(&self) -> usize {
        self.letters.len()
    }

    /// All n-grams of 1 to [`LONGEST`] letters for which `keep` says so, told their length, how often
    /// they occur and in how many sources. An edge stands only at the ends of an n-gram.
    #[must_use]
    pub fn grams(&self, keep: impl Fn(usize, u32, u32) -> bool) -> Vec<Gram> {
        let mut found = Vec::new();
        for length in 1..=LONGEST {
            self.of_length(length, &keep, &mut found);
        }
        found
    }

    fn of_length(&self, length: usize, keep: &impl Fn(usize, u32, u32) -> bool, found: &mut Vec<Gram>) {
        let edge = self.numbers.get(&EDGE).copied();
        let mut all: Vec<(u64, u32)> = Vec::with_capacity(self.letters.len());
        let mut from = 0;
        for &(to, source) in &self.texts {
            for window in self.letters[from..to].windows(length) {
                let inner = window.get(1..length - 1).unwrap_or_default();
                let known = window.iter().all(|&n| u64::from(n) < DIFFERENT);
                if known && !inner.iter().any(|&n| Some(n) == edge) {
                    all.push((window.iter().fold(0, |key, &n| key * DIFFERENT + u64::from(n)), source));
                }
            }
            from = to;
        }
        all.sort_unstable();
        for same in all.chunk_by(|a, b| a.0 == b.0) {
            let sources = same.chunk_by(|a, b| a.1 == b.1).count();
            let count = u32::try_from(same.len()).unwrap_or(u32::MAX);
            let sources = u32::try_from(sources).unwrap_or(u32::MAX);
            if keep(length, count, sources) {
                let mut letters = ['\0'; LONGEST];
                let mut key = same[0].0;
                for place in letters[..length].iter_mut().rev() {
                    *place = self.characters[(key % DIFFERENT) as usize];
                    key /= DIFFERENT;
                }
                found.push(Gram { letters, length, count, sources });
            }
        }
    }
}
