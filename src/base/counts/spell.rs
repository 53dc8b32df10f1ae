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
use super::{Between, Counts, EDGE, LONGEST};
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
pub const FEATURES: usize = 50;

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

/// Fewer bits make no suspect.
const LEAST: f32 = 3.0;

/// Numerals change from text to text, and one that was never seen beside its neighbours is none the odder.
static NUMERALS: CharSet = CharSet::of("〇一二三四五六七八九十百千万两");

/// A text, its counts, and what characters are like one another.
#[derive(Debug)]
pub struct Speller<'t> {
    around: Around<'t>,
    between: Between<'t>,
    alike: Alike,
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
            if odd(here) {
                found.extend(self.likeliest(self.extra(at).into_iter().collect()));
            }
            if odd(here) && odd(next) {
                found.extend(self.likeliest(self.turned(at).into_iter().collect()));
            }
            if odd(here) && two(next) || two(here) && odd(next) {
                found.extend(self.likeliest(self.words(at)));
            }
        }
        if matches!(far, 0 | UNASKED) && matches!(before, 0 | UNASKED) && (far == 0 || before == 0) {
            found.extend(self.likeliest(self.missing(at)));
        }
        found
    }

    /// The best of these by bits, told how far it is ahead of the next.
    fn likeliest(&self, mut all: Vec<Suspect>) -> Option<Suspect> {
        all.sort_by(|a, b| b.gain.total_cmp(&a.gain));
        let next = all.get(1).map_or(0.0, |next| next.gain);
        let mut best = all.into_iter().next().filter(|best| best.gain >= LEAST)?;
        best.features[FEATURES - 1] = (best.gain - next).min(10.0);
        Some(best)
    }

    /// One character for another.
    fn replaced(&self, at: usize) -> Vec<Suspect> {
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
        best.map(|&(_, likeness, other)| self.weigh(at..at + 1, &[other], SlipKind::Alike(likeness)))
            .collect()
    }

    /// One character of an idiom for another.
    fn idioms(&self, at: usize) -> Vec<Suspect> {
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
            let all = tried.into_iter().take(2);
            found.extend(
                all.map(|(likeness, other)| self.weigh(at..at + 1, &[other], SlipKind::Idiom(likeness))),
            );
        }
        found
    }

    /// Both characters of a word.
    fn words(&self, at: usize) -> Vec<Suspect> {
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
        found.iter().take(3).map(|(_, right)| self.weigh(at..at + 2, right, SlipKind::Word)).collect()
    }

    /// Two characters turned round.
    fn turned(&self, at: usize) -> Option<Suspect> {
        let (a, b) = (self.around.letters[at], self.around.letter(at as isize + 1));
        let (range, right) = (at..at + 2, [b, a]);
        if a == b || !is_han(b) || NUMERALS.holds(b) || self.best(&range, &right) < 3 {
            return None;
        }
        Some(self.weigh(range, &right, SlipKind::Turned))
    }

    /// A character too many. The same one twice is told by others.
    fn extra(&self, at: usize) -> Option<Suspect> {
        let (i, letter, range) = (at as isize, self.around.letters[at], at..at + 1);
        let beside = [self.around.letter(i - 1), self.around.letter(i + 1)];
        if beside.contains(&letter) || beside[0] == beside[1] || self.best(&range, &[]) < 5 {
            return None;
        }
        Some(self.weigh(range, &[], SlipKind::Extra))
    }

    /// A character missing before the one at `at`.
    fn missing(&self, at: usize) -> Vec<Suspect> {
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
        let mut found: Vec<(u8, char)> = self
            .between
            .of(l, r)
            .filter(|&lost| !NUMERALS.holds(lost) && lost != l && lost != r)
            .map(|lost| (self.around.level(&[l2, l, lost, r]), self.around.level(&[l, lost, r, r2]), lost))
            .filter(|(ahead, behind, _)| *ahead.max(behind) >= 3)
            .map(|(ahead, behind, lost)| (ahead + behind, lost))
            .collect();
        found.sort_unstable_by(|a, b| b.cmp(a));
        found.iter().take(2).map(|&(_, lost)| self.weigh(at..at, &[lost], SlipKind::Missing)).collect()
    }

    /// The highest level of three letters that hold what a change makes.
    fn best(&self, at: &Range<usize>, right: &[char]) -> u8 {
        let (changed, site) = self.around.changed(at, right, LONGEST);
        self.holding(&changed, &site, 3).0.max(self.holding(&changed, &site, 4).0)
    }

    /// Of the stretches of so many letters that hold all of `site`, the highest level, and all levels
    /// together.
    fn holding(&self, letters: &[char], site: &Range<usize>, length: usize) -> (u8, f32) {
        self.levels(letters, site.end.saturating_sub(length)..site.start + 1, length)
    }

    /// The same of those that hold any of it.
    fn touching(&self, letters: &[char], site: &Range<usize>, length: usize) -> (u8, f32) {
        self.levels(letters, (site.start + 1).saturating_sub(length)..site.end, length)
    }

    fn levels(&self, letters: &[char], from: Range<usize>, length: usize) -> (u8, f32) {
        let levels =
            from.filter_map(|from| letters.get(from..from + length)).map(|part| self.around.level(part));
        levels.fold((0, 0.0), |(best, sum), level| (best.max(level), sum + f32::from(level)))
    }

    /// Whether `site` is a word with what precedes, with what follows, is in a word of three, or of four.
    fn are_words(&self, letters: &[char], site: &Range<usize>) -> [f32; 4] {
        let word = |range: Range<usize>| {
            letters.get(range).is_some_and(|word| word.iter().all(|&c| is_han(c)) && self.alike.is_word(word))
        };
        let any = |length: usize| {
            (site.end.saturating_sub(length)..=site.start).any(|from| word(from..from + length))
        };
        let left = site.start.checked_sub(1).is_some_and(|from| word(from..site.end));
        [left, word(site.start..site.end + 1), any(3), any(4)].map(|is| f32::from(u8::from(is)))
    }

    /// All that is known of a change.
    fn weigh(&self, at: Range<usize>, right: &[char], kind: SlipKind) -> Suspect {
        let is = |yes: bool| f32::from(u8::from(yes));
        let (before, rest) = self.around.letters.split_at(at.start);
        let (written, after) = rest.split_at(at.len());
        let gain = self.around.gain(&at, right);
        let (new, site) = self.around.changed(&at, right, LONGEST);
        let (old, place) = self.around.changed(&at, written, LONGEST);
        let chances = |letters: &[char], site: &Range<usize>| {
            let least = |chance: &dyn Fn(usize) -> f32| site.clone().map(chance).fold(0.0, f32::min);
            (
                least(&|at| self.around.counts.chance(letters, at)),
                least(&|at| self.around.counts.chance_before(letters, at)),
            )
        };
        let ((ahead, behind), (was_ahead, was_behind)) = (chances(&new, &site), chances(&old, &place));
        let alone =
            |letters: &[char]| letters.iter().map(|&c| self.around.counts.level(&[c])).min().unwrap_or(0);
        let (level, sum) = (|pair: (u8, f32)| f32::from(pair.0), |pair: (u8, f32)| pair.1);
        let new_levels = [3, 4, 5].map(|length| self.holding(&new, &site, length));
        let old_levels = [3, 4].map(|length| self.holding(&old, &place, length));
        let (new_pairs, old_pairs) = (self.touching(&new, &site, 2), self.touching(&old, &place, 2));
        let (new_words, old_words) = (self.are_words(&new, &site), self.are_words(&old, &place));
        let from = before.iter().rposition(|&c| c == EDGE).map_or(0, |edge| edge + 1);
        let to = after.iter().position(|&c| c == EDGE).unwrap_or(after.len()) + at.end;
        let clause = (to - from).min(12) as f32;
        let edges = is(at.start == from) + is(at.end == to);
        let around = [2, 1, 0].map(|back| self.around.three(at.start as isize - back));
        let known = around.iter().copied().filter(|&level| level != UNASKED).max().unwrap_or(0);
        let unseen = around.iter().filter(|&&level| level == 0).count();
        let like =
            |likeness| is(matches!(kind, SlipKind::Alike(like) | SlipKind::Idiom(like) if like == likeness));
        let (own, other) = (alone(written), alone(right));
        let torn = |before: &[char], after: &[char]| f32::from(self.around.counts.torn(before, after));
        let beside = |parts: &[&[char]]| f32::from(self.around.level(&parts.concat()));
        #[rustfmt::skip]
        let features = [
            gain, gain.min(15.0), (gain - 25.0).max(0.0),
            ahead, behind, ahead.min(behind), was_ahead, was_behind, was_ahead.min(was_behind), was_ahead.max(was_behind),
            level(new_levels[0]), sum(new_levels[0]), level(new_levels[1]), sum(new_levels[1]), level(new_levels[2]), sum(new_levels[2]),
            level(old_levels[0]), sum(old_levels[0]), level(old_levels[1]),
            level(old_pairs), sum(old_pairs), is(old_pairs.0 == 0), level(new_pairs), sum(new_pairs),
            f32::from(own), f32::from(other), is(other < 5),
            old_words[0], old_words[1], old_words[2], old_words[3], new_words[0], new_words[1], new_words[2], new_words[3],
            edges, clause, is(clause <= 4.0),
            is(unseen == 3), is(unseen == 2), f32::from(known),
            like(Likeness::Tone), like(Likeness::Sound), like(Likeness::Near), like(Likeness::Shape),
            torn(before, rest), torn(&self.around.letters[..at.end], after),
            beside(&[&before[before.len().saturating_sub(2)..], &[EDGE]]), beside(&[&[EDGE], &after[..after.len().min(2)]]),
            0.0,
        ];
        Suspect { at, right: right.to_vec(), kind, gain, features }
    }
}
