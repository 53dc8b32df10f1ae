//! How well a stretch of text falls into words (词): the cheapest way to cut it, in bits.
//!
//! A word costs what its count says. A character that stands alone costs what it costs in that: 的 and 为 are
//! words by themselves, 农 and 汽 hardly ever, so one that is left over says that a word is broken. How often
//! each stands alone is counted in the same documents, cut in the same way ([`Alone::pack`]).

use std::collections::BTreeMap;

use super::alike::Alike;
use super::{Counts, EDGE, Letters};
use crate::base::han::is_han;

/// The most letters of a word.
const WORD: usize = 4;
/// The most letters that are cut at once; a change with five on either side needs no more.
const ROOM: usize = 16;
/// Bits that a character alone costs more than its count says, before anything was cut.
const RARELY: f32 = 3.0;
/// Parts of a bit in which prices are kept.
const PARTS: f32 = 8.0;
/// The size of a record: a character and its price.
const RECORD: usize = 3;

static SHIPPED: &[u8] = include_bytes!("../../../phrasebank/counts/official.alone");

/// What characters cost that stand alone.
#[derive(Debug, Clone, Copy)]
pub struct Alone<'b> {
    records: &'b [u8],
}

impl Alone<'static> {
    /// What the program brings along (`phrasebank/counts/`).
    #[must_use]
    pub fn shipped() -> Self {
        Self::open(SHIPPED)
    }
}

impl<'b> Alone<'b> {
    /// Reads what [`Alone::pack`] wrote. A record that is cut off is left out.
    #[must_use]
    pub const fn open(records: &'b [u8]) -> Self {
        Self { records }
    }

    /// What a character costs alone, in bits; `None` of one that never stood so.
    fn bits(self, letter: char) -> Option<f32> {
        let (records, _) = self.records.as_chunks::<RECORD>();
        let key = u16::try_from(u32::from(letter)).ok()?;
        let at = records.binary_search_by_key(&key, |r| u16::from_le_bytes([r[0], r[1]])).ok()?;
        Some(f32::from(records[at][2]) / PARTS)
    }

    /// Cuts documents into words, twice, and writes what was found of each character.
    #[must_use]
    pub fn pack<'t>(texts: impl IntoIterator<Item = &'t Letters> + Clone, counts: Counts<'_>) -> Vec<u8> {
        let alike = Alike::shipped();
        let mut packed = Vec::new();
        for _ in 0..2 {
            let alone = Alone::open(&packed);
            let mut found: BTreeMap<u16, u32> = BTreeMap::new();
            let mut words = 0_u32;
            for text in texts.clone() {
                for piece in text.all().split(|&c| c == EDGE).flat_map(|clause| clause.chunks(ROOM)) {
                    let cuts = cuts(piece, counts, alike, alone);
                    let mut at = piece.len();
                    while at > 0 {
                        let length = usize::from(cuts[at].last.max(1));
                        at -= length;
                        words += 1;
                        if length == 1 && is_han(piece[at]) {
                            let code = u16::try_from(u32::from(piece[at])).unwrap_or(0);
                            *found.entry(code).or_default() += 1;
                        }
                    }
                }
            }
            let price = |often: u32| {
                let bits = (f64::from(words.max(1)) / f64::from(often)).log2() * f64::from(PARTS);
                bits.clamp(0.0, f64::from(u8::MAX)) as u8
            };
            packed = found
                .into_iter()
                .filter(|&(code, often)| code > 0 && often > 1)
                .flat_map(|(code, often)| {
                    let [low, high] = code.to_le_bytes();
                    [low, high, price(often)]
                })
                .collect();
        }
        packed
    }
}

/// How a stretch was cut.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Cut {
    /// What it costs.
    pub bits: f32,
    /// How many characters are left alone.
    pub alone: u8,
    /// What these cost.
    pub lonely: f32,
    /// How many letters the longest word has.
    pub longest: u8,
    /// And the last one.
    last: u8,
}

/// The cheapest way to cut letters; of more than [`ROOM`] the first ones.
pub(super) fn cut(letters: &[char], counts: Counts<'_>, alike: Alike, alone: Alone<'_>) -> Cut {
    let letters = &letters[..letters.len().min(ROOM)];
    cuts(letters, counts, alike, alone)[letters.len()]
}

/// The cheapest way to every place of a stretch of at most [`ROOM`] letters.
fn cuts(letters: &[char], counts: Counts<'_>, alike: Alike, alone: Alone<'_>) -> [Cut; ROOM + 1] {
    let mut best = [Cut { bits: f32::INFINITY, ..Cut::default() }; ROOM + 1];
    best[0].bits = 0.0;
    let all = (counts.letters().max(1) as f32).log2();
    let unknown = all - counts.weight(&[]);
    for from in 0..letters.len().min(ROOM) {
        let so_far = best[from];
        for length in 1..=WORD.min(letters.len() - from) {
            let word = &letters[from..from + length];
            let price = match word {
                [EDGE] => 0.0,
                &[one] if alone.records.is_empty() => all - counts.weight(&[one]) + RARELY,
                &[one] => alone.bits(one).unwrap_or(unknown),
                _ if !word.iter().all(|&c| is_han(c)) => break,
                _ if !alike.is_word(word) => continue,
                _ => all - counts.weight(word),
            };
            let to = &mut best[from + length];
            if so_far.bits + price < to.bits {
                let single = length == 1 && is_han(word[0]);
                *to = Cut {
                    bits: so_far.bits + price,
                    alone: so_far.alone + u8::from(single),
                    lonely: so_far.lonely + if single { price } else { 0.0 },
                    longest: so_far.longest.max(length as u8),
                    last: length as u8,
                };
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::super::{Alike, Counts, Letters, Tally, pack};
    use super::{Alone, Cut, cut};

    fn shipped(text: &str) -> Cut {
        let letters: Vec<char> = text.chars().collect();
        cut(&letters, Counts::shipped(), Alike::shipped(), Alone::shipped())
    }

    #[test]
    fn a_broken_word_leaves_letters_alone() {
        let (whole, broken) = (shipped("服务设施"), shipped("服设施"));
        assert_eq!((whole.alone, whole.longest), (0, 2));
        assert!(broken.alone >= 1 && broken.lonely > 10.0, "{broken:?}");
        assert!(broken.bits > shipped("的设施").bits, "的 stands alone more often than 服");
        assert_eq!(shipped(""), Cut::default());
        assert_eq!(shipped(&"龥".repeat(40)).alone, 16);
    }

    #[test]
    fn what_stands_alone_often_is_cheap() {
        let mut tally = Tally::default();
        let texts: Vec<Letters> =
            (0..5).map(|_| Letters::of("设施的建设，设施和服务，设施的服务。")).collect();
        texts.iter().zip(0..).for_each(|(text, source)| tally.add(source, text));
        let bytes =
            pack(&tally.grams(|_, _, _| true), tally.letters() as u64, 1).expect("nothing is there twice");
        let counts = Counts::open(&bytes).expect("just packed");
        let packed = Alone::pack(&texts, counts);
        let alone = Alone::open(&packed);
        let (of, and) = (alone.bits('的').expect("it stood alone"), alone.bits('和').expect("it did too"));
        assert!(of < and, "{of} {and}");
        assert_eq!(alone.bits('施'), None);
        assert_eq!(Alone::open(&packed[..packed.len() - 1]).bits('龥'), None);
    }
}
