//! What official prose says, and how often: counts of n-grams of one to five characters.
//!
//! A rule that asks "is this a word?" needs a list; one that asks "has anybody ever written this, and
//! what do they write instead?" needs counts. They are made by `examples/counts/` from folders of
//! published documents and packed into a table that is looked up in place (`table.rs`), so a program
//! that asks nothing pays nothing. Counts are facts about many texts: an n-gram is in the table only
//! if several sources have it, and none can be read out of it, since it holds hashes.
//!
//! All here is about letters as [`Letters`] gives them. A count is known to a factor of two
//! ([`Counts::level`]), 0 stands for "less often than the table keeps", and one n-gram in 4,400 that
//! the table does not hold passes for one that it holds. So what is asked once may be wrong; what two
//! n-grams that overlap agree on is not, for all practical purposes. Chances, odds and cohesion are in
//! bits (logarithms to the base 2).

mod alike;
mod around;
mod between;
mod form;
mod judge;
mod lattice;
mod letters;
mod score;
mod spell;
mod table;
mod tally;
mod weigh;

use std::ops::Range;
use std::sync::LazyLock;

pub use alike::{Alike, Likeness};
pub(crate) use around::{Around, UNASKED};
pub use between::Between;
pub use judge::Judge;
pub use lattice::Alone;
pub use letters::{EDGE, FIGURE, LATIN, Letters};
pub use spell::{FAMILIES, FEATURES, SlipKind, Speller, Suspect};
pub use table::pack;
pub use tally::Tally;

use super::Result;
use table::Table;

/// The most letters of an n-gram.
pub const LONGEST: usize = 5;

/// An n-gram with what was counted of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gram {
    /// Its letters, filled up with NUL.
    letters: [char; LONGEST],
    length: usize,
    /// How often it stands in the texts.
    pub count: u32,
    /// In how many sources it stands.
    pub sources: u32,
}

impl Gram {
    /// Its letters.
    #[must_use]
    pub fn letters(&self) -> &[char] {
        &self.letters[..self.length]
    }
}

/// A table of counts.
#[derive(Debug, Clone, Copy)]
pub struct Counts<'b> {
    table: Table<'b>,
}

static SHIPPED: &[u8] = include_bytes!("../../../phrasebank/counts/official.counts");

impl Counts<'static> {
    /// The counts that the program brings along (`phrasebank/counts/`).
    ///
    /// # Panics
    ///
    /// Never: a test opens the file that is built in.
    #[must_use]
    pub fn shipped() -> Self {
        static OPEN: LazyLock<Counts<'static>> =
            LazyLock::new(|| Counts::open(SHIPPED).unwrap_or_else(|e| panic!("the counts built in: {e}")));
        *OPEN
    }
}

impl<'b> Counts<'b> {
    /// Opens counts that [`pack`] made. Only the head is read.
    ///
    /// # Errors
    ///
    /// If these are no counts, or the bytes end too early.
    pub fn open(bytes: &'b [u8]) -> Result<Self> {
        Table::open(bytes).map(|table| Self { table })
    }

    /// How many letters were counted.
    #[must_use]
    pub fn letters(&self) -> u64 {
        self.table.letters
    }

    /// How many n-grams the table holds.
    #[must_use]
    pub fn grams(&self) -> usize {
        self.table.keys as usize
    }

    /// The log2 of about how often these letters occur; of what is not known, of half the least that is kept.
    pub(crate) fn weight(&self, letters: &[char]) -> f32 {
        self.log2(self.level(letters))
    }

    /// How common these letters are: 0 = less often than the table keeps, or more than [`LONGEST`];
    /// then one more each time the count doubles, up to `TOP`. An edge within is never known.
    #[must_use]
    pub fn level(&self, letters: &[char]) -> u8 {
        if letters.is_empty() || letters.len() > LONGEST {
            return 0;
        }
        self.table.level(letters.iter().fold(self.table.start(), |hash, &letter| hash.then(letter)))
    }

    /// About how often these letters occur: the middle of what their level stands for; 0 if unknown.
    #[must_use]
    pub fn count(&self, letters: &[char]) -> u32 {
        self.middle(self.level(letters))
    }

    /// The middle of the counts of a level, √2 times the least of them.
    fn middle(&self, level: u8) -> u32 {
        match level {
            0 => 0,
            level => ((u64::from(self.table.least) << (level - 1)) as f64 * std::f64::consts::SQRT_2) as u32,
        }
    }

    /// About how often a stretch of text was seen; 0 = never, or less often than the table keeps.
    /// Punctuation at its ends counts, so `"，的"` asks for 的 at the head of a clause. Of more than
    /// [`LONGEST`] letters it is the least of all stretches of that length in it, so at most that
    /// often.
    #[must_use]
    pub fn seen(&self, text: &str) -> u32 {
        let letters = Letters::of(text);
        let letters = letters.as_written();
        match letters.len() {
            0 => 0,
            1..=LONGEST => self.count(letters),
            _ => letters.windows(LONGEST).map(|window| self.count(window)).min().unwrap_or(0),
        }
    }

    /// What commonly follows a letter, the most common first; only pairs are listed that occur often
    /// ([`pack`] was told how often). This is the way to ask what may have stood in a place: each
    /// answer is tried with the letters round it.
    pub fn followers(&self, letter: char) -> impl Iterator<Item = char> + use<'b> {
        self.table.followers(letter)
    }

    /// How many letters from the first on are known together: 0 to [`LONGEST`].
    #[must_use]
    pub fn longest_known(&self, letters: &[char]) -> usize {
        let mut hash = self.table.start();
        let mut known = 0;
        for &letter in letters.iter().take(LONGEST) {
            hash = hash.then(letter);
            if self.table.level(hash) == 0 {
                break;
            }
            known += 1;
        }
        known
    }

    /// For each letter, how many letters the longest known n-gram has that holds it together with the
    /// letter before it. Words that were never seen side by side have a low number where they meet:
    /// 0 or 2 for chance neighbours, 3 to 5 within what many write.
    #[must_use]
    pub fn bridges(&self, letters: &[char]) -> Vec<u8> {
        let mut bridges = vec![0_u8; letters.len()];
        for at in 0..letters.len() {
            let known = self.longest_known(&letters[at..]);
            for bridge in &mut bridges[(at + 1).min(letters.len())..at + known.max(1)] {
                *bridge = (*bridge).max(known as u8);
            }
        }
        bridges
    }

    /// By how many bits the text is likelier with `replacement` in place of some of its bytes.
    /// [`Counts::compare`] says what that means; four letters of context on either side are heard.
    #[must_use]
    pub fn odds(&self, text: &str, bytes: Range<usize>, replacement: &str) -> f32 {
        let (Some(before), Some(written), Some(after)) =
            (text.get(..bytes.start), text.get(bytes.clone()), text.get(bytes.end..))
        else {
            return f32::NEG_INFINITY;
        };
        // Figures and Latin letters shrink to one letter, so some more characters are read.
        const FAR: usize = 24;
        let from = before.char_indices().rev().nth(FAR - 1).map_or(0, |(at, _)| at);
        let to = after.char_indices().nth(FAR).map_or(after.len(), |(at, _)| at);
        let (before, after) = (&before[from..], &after[..to]);
        let as_is = Letters::of(&[before, written, after].concat());
        let other = Letters::of(&[before, replacement, after].concat());
        // The edges that were put round a window cut out of a clause are none of the text.
        let head = usize::from(from > 0);
        let tail = usize::from(bytes.end + to < text.len());
        let (as_is, other) = (inner(as_is.all(), head, tail), inner(other.all(), head, tail));
        let same = as_is.iter().zip(other).take_while(|(a, b)| a == b).count();
        let (rest, changed) = (&as_is[same..], &other[same..]);
        let end = rest.iter().rev().zip(changed.iter().rev()).take_while(|(a, b)| a == b).count();
        let (written, after) = rest.split_at(rest.len() - end);
        self.compare(&as_is[..same], written, &changed[..changed.len() - end], after)
    }
}

/// Letters without the first and the last ones.
fn inner(letters: &[char], head: usize, tail: usize) -> &[char] {
    letters.get(head..letters.len() - tail).unwrap_or_default()
}

#[cfg(test)]
mod tests;

#[cfg(test)]
mod examples {
    #[test]
    fn seen_does_as_its_example_says() {
        use crate::base::counts::Counts;
        let counts = Counts::shipped();
        assert!(counts.seen("高质量发展") > 1_000);
        assert_eq!(counts.seen("高质发展"), 0);
    }

    #[test]
    fn odds_does_as_its_example_says() {
        use crate::base::counts::Counts;
        let counts = Counts::shipped();
        // 学习习近平 is right as it stands, 推动高质发展 has lost a character.
        assert!(counts.odds("深入学习习近平总书记", 9..12, "") < 0.0);
        assert!(counts.odds("推动高质发展", 12..12, "量") > 20.0);
    }
}
