//! Set phrases (套话、固定提法): what everybody says and nobody copies.
//!
//! A phrase is kept as its runs of [`GRAM`] letters, so that it is known also in part and in
//! variants: 全面贯彻落实党的二十大精神 where the list has 全面贯彻党的二十大精神. Shorter phrases are kept
//! whole. Letters of a text that such runs cover are not its own.
//!
//! No list holds every set phrase, but those that it lacks are made of the same words: letters in a
//! run of [`WORN`] that a phrase of the list has are *worn* (套话腔). A clause of worn words is said
//! by two offices without either having seen the other, so they are half its own.
//!
//! Names of offices that every county has are no set phrases, but they say little: 由县教育局牵头 is
//! written in every plan. Their letters are told apart, with the words of assignment round them, and
//! so are the further letters of a figure.

use std::collections::HashSet;

use super::comparable::letters;

/// Letters of a run by which a phrase is known.
const GRAM: usize = 5;

/// Letters of a run that makes words worn.
const WORN: usize = 3;

/// Letters of the shortest phrase.
const SHORTEST: usize = 4;

/// Known set phrases.
#[derive(Debug, Clone, Default)]
pub struct Stock {
    grams: HashSet<u128, Mixed>,
    short: HashSet<u128, Mixed>,
    worn: HashSet<u64, Mixed>,
    /// Names of offices.
    bodies: HashSet<u128, Mixed>,
}

/// What a letter is in a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// Its own.
    Own,
    /// Of words that set phrases are made of.
    Worn,
    /// Of a set phrase.
    Stock,
    /// Of the name of an office.
    Name,
    /// A further letter of a figure.
    Rest,
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

/// Offices and bodies that every county has.
static BODIES: &str = include_str!("../../phrasebank/lexicon/bodies.txt");

/// Letters of the names of bodies.
const NAMES: std::ops::RangeInclusive<usize> = 2..=7;

/// What stands before the name of a body, and the words of assignment behind it.
const BEFORE: &[&str] = &["由", "县", "市", "区", "旗", "州", "省", "镇", "乡", "县委", "市委", "区委", "委"];
const BEHIND: &[&str] = &["牵头", "配合", "负责", "督办", "主办", "协办", "落实", "实施", "指导", "会同"];

/// Names of offices and bodies that every county has (机构名), without 县 or 市 before them.
pub fn bodies() -> impl Iterator<Item = &'static str> {
    BODIES.lines().filter(|l| !l.is_empty() && !l.starts_with('#'))
}

fn key(run: &[u16]) -> u128 {
    run.iter().fold(1, |key, &letter| key << 16 | u128::from(letter))
}

/// The same for the few letters of worn words.
fn short_key(run: &[u16]) -> u64 {
    run.iter().fold(1, |key, &letter| key << 16 | u64::from(letter))
}

impl Stock {
    /// The set phrases that the program knows by itself.
    #[must_use]
    pub fn known() -> Self {
        let mut stock = Self::default();
        stock.add(SET_PHRASES);
        let mut run = Vec::new();
        for line in bodies() {
            run.clear();
            letters(line, &mut run);
            // A longer name is known by its last letters: 文化广电和旅游局.
            let least = *NAMES.start();
            if run.len() >= least {
                stock.bodies.insert(key(&run[run.len().saturating_sub(*NAMES.end())..]));
            }
        }
        stock
    }

    /// Adds phrases, one a line; blank lines and lines that begin with # are passed over.
    pub fn add(&mut self, lines: &str) {
        let mut run = Vec::new();
        for line in lines.lines().filter(|l| !l.trim_start().starts_with('#')) {
            run.clear();
            letters(line, &mut run);
            self.worn.extend(run.windows(WORN).map(short_key));
            if run.len() >= GRAM {
                self.grams.extend(run.windows(GRAM).map(key));
            } else if run.len() >= SHORTEST {
                self.short.insert(key(&run));
            }
        }
    }

    /// What each letter is.
    #[must_use]
    pub fn weigh(&self, letters: &[u16]) -> Vec<Weight> {
        let mut weights = vec![Weight::Own; letters.len()];
        if !self.worn.is_empty() {
            for (at, run) in letters.windows(WORN).enumerate() {
                if self.worn.contains(&short_key(run)) {
                    weights[at..at + WORN].fill(Weight::Worn);
                }
            }
        }
        let is_digit = |l: u16| (0x30..=0x39).contains(&l);
        for (i, pair) in letters.windows(2).enumerate() {
            // A figure counts as one letter, however long it is.
            if is_digit(pair[0]) && is_digit(pair[1]) {
                weights[i + 1] = Weight::Rest;
            }
        }
        if !self.bodies.is_empty() {
            self.name(letters, &mut weights);
        }
        for (length, runs) in [(GRAM, &self.grams), (SHORTEST, &self.short)] {
            if runs.is_empty() {
                continue;
            }
            for (at, run) in letters.windows(length).enumerate() {
                if runs.contains(&key(run)) {
                    weights[at..at + length].fill(Weight::Stock);
                }
            }
        }
        weights
    }

    /// Marks the names of bodies, the longest at each place, with what belongs to them.
    fn name(&self, letters: &[u16], weights: &mut [Weight]) {
        let words = |list: &[&str]| -> Vec<Vec<u16>> {
            let mut words: Vec<Vec<u16>> = list.iter().map(|w| w.encode_utf16().collect()).collect();
            words.sort_by_key(|w| std::cmp::Reverse(w.len()));
            words
        };
        let (before, behind) = (words(BEFORE), words(BEHIND));
        let mut done = 0;
        let mut at = 0;
        while at < letters.len() {
            let found = NAMES
                .rev()
                .find(|&n| letters.get(at..at + n).is_some_and(|run| self.bodies.contains(&key(run))));
            let Some(length) = found else {
                at += 1;
                continue;
            };
            let (mut start, mut end) = (at, at + length);
            while let Some(word) = before.iter().find(|w| letters[done..start].ends_with(w)) {
                start -= word.len();
            }
            if let Some(word) = behind.iter().find(|w| letters[end..].starts_with(w)) {
                end += word.len();
            }
            weights[start..end].fill(Weight::Name);
            (done, at) = (end, end);
        }
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
        assert_eq!(own(&stock, text), "要···············注释不算");
    }

    /// The letters with · for those of set phrases, ~ for worn ones, + for names and - for the rest
    /// of figures.
    fn own(stock: &Stock, text: &str) -> String {
        let comparable = Comparable::of(text);
        let letters = String::from_utf16(comparable.letters()).unwrap();
        letters
            .chars()
            .zip(stock.weigh(comparable.letters()))
            .map(|(c, weight)| match weight {
                Weight::Own => c,
                Weight::Worn => '~',
                Weight::Stock => '·',
                Weight::Name => '+',
                Weight::Rest => '-',
            })
            .collect()
    }

    #[test]
    fn names_of_offices_and_figures_are_told_apart() {
        let text = "由县教育局牵头，县农业农村局配合，清淤3250米。";
        assert_eq!(own(&Stock::known(), text), "+++++++++++++++清淤3---米");
    }

    #[test]
    fn words_that_set_phrases_are_made_of_are_worn() {
        let mut stock = Stock::default();
        stock.add("把河道清淤摆上重要位置");
        assert_eq!(own(&stock, "今年先把塘坝清淤摆好，再清河道"), "今年先把塘坝~~~好再清河道");
    }
}
