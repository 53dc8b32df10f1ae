//! Set phrases (套话、固定提法): what everybody says and nobody copies.
//!
//! A phrase is kept as its runs of [`GRAM`] letters, so that it is known also in part and in
//! variants: 全面贯彻落实党的二十大精神 where the list has 全面贯彻党的二十大精神. Shorter phrases are kept
//! whole. Letters of a text that such runs cover are not its own.

use std::collections::HashSet;

use super::comparable::letters;

/// Letters of a run by which a phrase is known.
const GRAM: usize = 5;

/// Letters of the shortest phrase.
const SHORTEST: usize = 4;

/// Known set phrases.
#[derive(Debug, Clone, Default)]
pub struct Stock {
    grams: HashSet<u128, Mixed>,
    short: HashSet<u128, Mixed>,
}

/// Runs of letters are numbers already; one product spreads them.
#[derive(Debug, Clone, Copy, Default)]
struct Mixed(u64);

impl std::hash::BuildHasher for Mixed {
    type Hasher = Self;
    fn build_hasher(&self) -> Self {
        Self(0)
    }
}

impl std::hash::Hasher for Mixed {
    fn write(&mut self, bytes: &[u8]) {
        for &b in bytes {
            self.write_u64(u64::from(b));
        }
    }
    fn write_u64(&mut self, n: u64) {
        self.0 = (self.0.rotate_left(23) ^ n).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
    #[expect(clippy::cast_possible_truncation, reason = "both halves are taken")]
    fn write_u128(&mut self, n: u128) {
        self.write_u64(n as u64);
        self.write_u64((n >> 64) as u64);
    }
    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 29
    }
}

/// The program's own list.
static SET_PHRASES: &str = include_str!("../../phrasebank/lexicon/set_phrases.txt");

fn key(run: &[u16]) -> u128 {
    run.iter().fold(1, |key, &letter| key << 16 | u128::from(letter))
}

impl Stock {
    /// The set phrases that the program knows by itself.
    #[must_use]
    pub fn known() -> Self {
        let mut stock = Self::default();
        stock.add(SET_PHRASES);
        stock
    }

    /// Adds phrases, one a line; blank lines and lines that begin with # are passed over.
    pub fn add(&mut self, lines: &str) {
        let mut run = Vec::new();
        for line in lines.lines().filter(|l| !l.trim_start().starts_with('#')) {
            run.clear();
            letters(line, &mut run);
            if run.len() >= GRAM {
                self.grams.extend(run.windows(GRAM).map(key));
            } else if run.len() >= SHORTEST {
                self.short.insert(key(&run));
            }
        }
    }

    /// For each letter, whether it is part of a set phrase.
    #[must_use]
    pub fn cover(&self, letters: &[u16]) -> Vec<bool> {
        let mut covered = vec![false; letters.len()];
        for (length, runs) in [(GRAM, &self.grams), (SHORTEST, &self.short)] {
            if runs.is_empty() {
                continue;
            }
            for (at, run) in letters.windows(length).enumerate() {
                if runs.contains(&key(run)) {
                    covered[at..at + length].fill(true);
                }
            }
        }
        covered
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Comparable;

    #[test]
    fn a_phrase_is_known_in_part_and_in_any_script() {
        let mut stock = Stock::default();
        stock.add("# 注释不算\n把河道清淤摆上重要位置\n\n抓紧抓实\n");
        let text = "要把河道清淤擺上重要位置，抓紧抓实，注释不算。";
        let covered = stock.cover(Comparable::of(text).letters());
        let words: String =
            text.chars().filter(|c| !"，。".contains(*c)).zip(covered).map(|(c, s)| if s { '·' } else { c }).collect();
        assert_eq!(words, "要···············注释不算");
    }
}
