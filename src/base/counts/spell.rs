//! What may have been meant where a character is out of place.
//!
//! A place is odd where none of the three letters that hold a character were ever seen together. There
//! every character that sounds or looks like the written one is tried, and so is what a hand does else:
//! both characters of a word taken for others of the same sound, two turned round, one left out, one too
//! many. What the counts then know on both sides makes a suspect, with what speaks for and against
//! it; whether that is enough says [`Judge`](super::Judge).
//!
//! The first pass reads each three letters once; only one place in twenty goes deeper.

use std::ops::Range;

use super::alike::{Alike, Likeness};
use super::around::{Around, UNASKED};
use super::{Between, Counts, EDGE};
use crate::base::charset::CharSet;
use crate::base::han::is_han;

/// What kind of slip it would be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum SlipKind {
    /// One character for another that is like it (同音、近音、形近).
    Alike(Likeness),
    /// The same in an idiom: its other three characters stand there.
    Idiom(Likeness),
    /// Both characters of a word for others of the same sound.
    Word,
    /// Two characters in the wrong order.
    Turned,
    /// A character is missing.
    Missing,
    /// A character too many.
    Extra,
}

impl SlipKind {
    /// Which kinds are judged together, 0 to [`FAMILIES`].
    #[must_use]
    pub const fn family(self) -> usize {
        match self {
            Self::Alike(_) => 0,
            Self::Word => 1,
            Self::Turned => 2,
            Self::Missing => 3,
            Self::Extra => 4,
            Self::Idiom(_) => 5,
        }
    }
}

/// How many families of kinds there are.
pub const FAMILIES: usize = 6;

/// What is told of a suspect: [`Suspect::features`].
pub const FEATURES: usize = 80;

/// A place and what may be meant there.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Suspect {
    /// The letters that would be replaced; empty where one is missing.
    pub at: Range<usize>,
    /// What would stand there.
    pub right: Vec<char>,
    /// What kind of slip it would be.
    pub kind: SlipKind,
    /// By how many bits the text is likelier so ([`Counts::compare`]).
    pub gain: f32,
    /// What speaks for it and against it: bits, levels, words, as `Speller::weigh` lists them.
    pub features: [f32; FEATURES],
}

/// A change that may be what was meant, before more than its bits is asked.
#[derive(Debug)]
pub(super) struct Change {
    pub at: Range<usize>,
    pub right: Vec<char>,
    pub kind: SlipKind,
    /// Bits by which the text is likelier so, read forwards and read backwards.
    pub bits: (f32, f32),
}

impl Change {
    pub fn gain(&self) -> f32 {
        f32::midpoint(self.bits.0, self.bits.1)
    }
}

/// Fewer bits make no suspect, by families: of those that were found among the planted, one in five hundred had
/// fewer.
const LEAST: [f32; FAMILIES] = [12.0, 12.0, 9.0, 12.0, 14.0, 9.0];

/// Numerals change from text to text, and one that was never seen beside its neighbours is none the odder.
static NUMERALS: CharSet = CharSet::of("〇一二三四五六七八九十百千万两");

/// A text, its counts, and what characters are like one another.
#[derive(Debug)]
pub struct Speller<'t> {
    pub(super) around: Around<'t>,
    between: Between<'t>,
    pub(super) alike: Alike,
}

impl<'t> Speller<'t> {
    /// A text as letters, and what it is held against.
    #[must_use]
    pub fn of(letters: &'t [char], counts: Counts<'t>, between: Between<'t>) -> Self {
        Self { around: Around::of(letters, counts), between, alike: Alike::shipped() }
    }

    /// All suspects from left to right: at each place the likeliest of each family.
    #[must_use]
    pub fn suspects(&self) -> Vec<Suspect> {
        (1..self.around.letters.len()).flat_map(|at| self.suspects_at(at)).collect()
    }

    /// The suspects that begin at this letter.
    #[must_use]
    pub fn suspects_at(&self, at: usize) -> Vec<Suspect> {
        let mut found = Vec::new();
        let (three, before) = (self.around.three(at as isize), self.around.three(at as isize - 1));
        if three != 0 && before != 0 {
            return found;
        }
        let far = self.around.three(at as isize - 2);
        let odd = |levels: [u8; 3]| levels.iter().all(|&level| matches!(level, 0 | UNASKED));
        let two = |levels: [u8; 3]| levels.iter().filter(|&&level| level == 0).count() >= 2;
        let here = [far, before, three];
        let next = [before, three, self.around.three(at as isize + 1)];
        let letter = self.around.letters[at];
        if is_han(letter) && !NUMERALS.holds(letter) {
            if odd(here) || two(here) {
                found.extend(self.likeliest(self.idioms(at)));
            }
            let alone = || {
                let (left, right) =
                    (self.around.letter(at as isize - 1), self.around.letter(at as isize + 1));
                is_han(left) && self.around.level(&[left, letter]) == 0
                    || is_han(right) && self.around.level(&[letter, right]) == 0
            };
            if odd(here) || two(here) && (here.iter().all(|&level| level <= 3 || level == UNASKED) || alone())
            {
                found.extend(self.likeliest(self.replaced(at)));
            }
            if two(here) {
                found.extend(self.likeliest(self.extra(at)));
            }
            if odd([before, three, UNASKED]) && (two(here) || two(next)) {
                found.extend(self.likeliest(self.turned(at)));
            }
            if odd(here) && two(next) || two(here) && odd(next) {
                found.extend(self.likeliest(self.words(at)));
            }
        }
        let few = |level: u8| level <= 3 || level == UNASKED;
        if (far == 0 || before == 0) && few(far) && few(before) {
            found.extend(self.likeliest(self.missing(at)));
        }
        found
    }

    /// The best of these by bits, told how far it is ahead of the next.
    fn likeliest(&self, mut all: Vec<Change>) -> Option<Suspect> {
        all.sort_by(|a, b| b.gain().total_cmp(&a.gain()));
        let next = all.get(1).map_or(0.0, Change::gain);
        let best = all.into_iter().next().filter(|best| best.gain() >= LEAST[best.kind.family()])?;
        let ahead = (best.gain() - next).min(10.0);
        Some(self.weigh(best, ahead))
    }

    /// Changes of one place, with what they gain.
    fn tried<'r>(
        &self,
        at: Range<usize>,
        all: impl IntoIterator<Item = (&'r [char], SlipKind)>,
    ) -> Vec<Change> {
        let (before, rest) = self.around.letters.split_at(at.start);
        let (written, after) = rest.split_at(at.len());
        let mut now = None;
        let mut tried = Vec::new();
        for (right, kind) in all {
            let now = *now.get_or_insert_with(|| self.around.counts.bits(before, written, after));
            let then = self.around.counts.bits(before, right, after);
            let letters = super::score::LETTER * (right.len() as f32 - written.len() as f32);
            let bits = (then.0 - now.0 + letters, then.1 - now.1 + letters);
            tried.push(Change { at: at.clone(), right: right.to_vec(), kind, bits });
        }
        tried
    }

    /// One character for another.
    fn replaced(&self, at: usize) -> Vec<Change> {
        /// So much higher must the levels of the three letters be, all together.
        const HIGHER: i32 = 3;
        let i = at as isize;
        let (l2, l, r, r2) = (
            self.around.letter(i - 2),
            self.around.letter(i - 1),
            self.around.letter(i + 1),
            self.around.letter(i + 2),
        );
        let now: i32 = [i - 2, i - 1, i]
            .map(|at| self.around.three(at))
            .iter()
            .filter(|&&l| l != UNASKED)
            .map(|&l| i32::from(l))
            .sum();
        let mut found: Vec<(i32, Likeness, char)> = Vec::new();
        for (other, likeness) in self.alike.common(self.around.letters[at]) {
            let (left, right) =
                (self.around.counts.level(&[l, other]), self.around.counts.level(&[other, r]));
            if left.max(right) < 3 || NUMERALS.holds(other) {
                continue;
            }
            let mut higher = i32::from(self.around.level(&[l, other, r]));
            if left > 0 {
                higher += i32::from(self.around.level(&[l2, l, other]));
            }
            if right > 0 {
                higher += i32::from(self.around.level(&[other, r, r2]));
            }
            if higher - now >= HIGHER {
                found.push((now - higher, likeness, other));
            }
        }
        found.sort_unstable();
        found.dedup_by_key(|found| found.2);
        let best = found.iter().take(3);
        let best = best.map(|(_, likeness, other)| (std::slice::from_ref(other), SlipKind::Alike(*likeness)));
        self.tried(at..at + 1, best)
    }

    /// One character of an idiom for another.
    fn idioms(&self, at: usize) -> Vec<Change> {
        let mut found = Vec::new();
        for from in at.saturating_sub(3)..=at {
            let Some(four) = self.around.letters.get(from..from + 4) else { continue };
            let hole = at - from;
            if !four.iter().all(|&c| is_han(c))
                || !self.alike.may_be_idiom(four, hole)
                || self.around.counts.level(four) > 0
                || self.alike.is_word(four)
            {
                continue;
            }
            let mut right = four.to_vec();
            let mut tried: Vec<(Likeness, char)> = Vec::new();
            for (other, likeness) in self.alike.of(four[hole]) {
                right[hole] = other;
                if self.alike.is_word(&right) {
                    tried.push((likeness, other));
                }
            }
            tried.sort_unstable();
            tried.dedup_by_key(|tried| tried.1);
            let all = tried.iter().take(2);
            let all = all.map(|(likeness, other)| (std::slice::from_ref(other), SlipKind::Idiom(*likeness)));
            found.extend(self.tried(at..at + 1, all));
        }
        found
    }

    /// Both characters of a word.
    fn words(&self, at: usize) -> Vec<Change> {
        let i = at as isize;
        let (a, b) = (self.around.letters[at], self.around.letter(i + 1));
        // Whoever picks the wrong word picks a word.
        if !is_han(b) || self.around.counts.level(&[a, b]) < 2 {
            return Vec::new();
        }
        let (l2, l, r, r2) = (
            self.around.letter(i - 2),
            self.around.letter(i - 1),
            self.around.letter(i + 2),
            self.around.letter(i + 3),
        );
        let sounds = |c: char| self.alike.common(c).filter(|(_, likeness)| *likeness <= Likeness::Sound);
        let mut seconds: Vec<char> = sounds(b).map(|(other, _)| other).collect();
        seconds.sort_unstable();
        let mut found: Vec<(u8, [char; 2])> = Vec::new();
        for (one, _) in sounds(a) {
            for two in self.around.counts.followers(one).filter(|two| seconds.binary_search(two).is_ok()) {
                let three = self.around.level(&[l, one, two]).max(self.around.level(&[one, two, r]));
                if three < 2 {
                    continue;
                }
                let four = [[l2, l, one, two], [one, two, r, r2], [l, one, two, r]];
                let four = four.iter().map(|four| self.around.level(four)).max().unwrap_or(0);
                if four > 0 {
                    found.push((three + 2 * four, [one, two]));
                }
            }
        }
        found.sort_unstable_by(|a, b| b.cmp(a));
        found.dedup();
        self.tried(at..at + 2, found.iter().take(3).map(|(_, right)| (&right[..], SlipKind::Word)))
    }

    /// Two characters turned round.
    fn turned(&self, at: usize) -> Vec<Change> {
        let i = at as isize;
        let (a, b) = (self.around.letters[at], self.around.letter(i + 1));
        let (l, r) = (self.around.letter(i - 1), self.around.letter(i + 2));
        let best = || self.around.level(&[l, b, a]).max(self.around.level(&[b, a, r]));
        if a == b || !is_han(b) || NUMERALS.holds(b) || best() < 3 {
            return Vec::new();
        }
        self.tried(at..at + 2, [(&[b, a][..], SlipKind::Turned)])
    }

    /// A character too many. The same one twice is told by others.
    fn extra(&self, at: usize) -> Vec<Change> {
        let i = at as isize;
        let letter = self.around.letters[at];
        let (l2, l, r, r2) = (
            self.around.letter(i - 2),
            self.around.letter(i - 1),
            self.around.letter(i + 1),
            self.around.letter(i + 2),
        );
        let best = || self.around.level(&[l2, l, r]).max(self.around.level(&[l, r, r2]));
        if l == letter || r == letter || l == r || best() < 3 {
            return Vec::new();
        }
        self.tried(at..at + 1, [(&[][..], SlipKind::Extra)])
    }

    /// A character missing before the one at `at`.
    fn missing(&self, at: usize) -> Vec<Change> {
        let i = at as isize;
        let (l2, l, r, r2) = (
            self.around.letter(i - 2),
            self.around.letter(i - 1),
            self.around.letter(i),
            self.around.letter(i + 1),
        );
        if l == r || ![l, r].iter().all(|&c| is_han(c) || c == EDGE) {
            return Vec::new();
        }
        let mut found: Vec<(u8, char)> = Vec::new();
        for lost in self.between.of(l, r) {
            if NUMERALS.holds(lost) || lost == l || lost == r {
                continue;
            }
            let (ahead, behind) =
                (self.around.level(&[l2, l, lost, r]), self.around.level(&[l, lost, r, r2]));
            let three = |l2: char, l: char, r: char| self.around.level(&[l2, l, r]);
            if ahead.max(behind) > 0 || three(l2, l, lost) > 0 && three(lost, r, r2) > 0 {
                found.push((ahead + behind, lost));
            }
        }
        found.sort_unstable_by(|a, b| b.cmp(a));
        let best = found.iter().take(3);
        self.tried(at..at, best.map(|(_, lost)| (std::slice::from_ref(lost), SlipKind::Missing)))
    }
}
