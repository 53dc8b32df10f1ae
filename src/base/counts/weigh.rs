//! What speaks for a change and against it, as numbers that [`Judge`](super::Judge) asks for.

use std::ops::Range;

use super::alike::Likeness;
use super::around::UNASKED;
use super::lattice::{Alone, Cut, cut};
use super::spell::{Change, SlipKind, Speller, Suspect};
use super::{EDGE, LONGEST};
use crate::base::han::is_han;

fn is(yes: bool) -> f32 {
    f32::from(u8::from(yes))
}

/// Letters with a place in them: as a change would have them, or as they are.
struct Reading {
    letters: Vec<char>,
    site: Range<usize>,
}

impl Reading {
    fn letter(&self, at: isize) -> char {
        usize::try_from(at).ok().and_then(|at| self.letters.get(at)).copied().unwrap_or(EDGE)
    }

    /// The letters from `left` before the site to `right` behind it, to the next edges.
    fn near(&self, left: usize, right: usize) -> &[char] {
        let from = self.site.start.saturating_sub(left);
        let to = (self.site.end + right).min(self.letters.len());
        let ahead = self.letters[from..self.site.start].iter().rposition(|&c| c == EDGE);
        let behind = self.letters[self.site.end..to].iter().position(|&c| c == EDGE);
        let from = ahead.map_or(from, |edge| from + edge);
        let to = behind.map_or(to, |edge| self.site.end + edge + 1);
        &self.letters[from..to]
    }
}

impl Speller<'_> {
    /// Of the stretches of so many letters that hold all of the site, the highest level, and all levels
    /// together.
    fn holding(&self, reading: &Reading, length: usize) -> (f32, f32) {
        let site = &reading.site;
        self.levels(&reading.letters, site.end.saturating_sub(length)..site.start + 1, length)
    }

    /// The same of those that hold any of it.
    fn touching(&self, reading: &Reading, length: usize) -> (f32, f32) {
        let site = &reading.site;
        self.levels(&reading.letters, (site.start + 1).saturating_sub(length)..site.end, length)
    }

    fn levels(&self, letters: &[char], from: Range<usize>, length: usize) -> (f32, f32) {
        let levels =
            from.filter_map(|from| letters.get(from..from + length)).map(|part| self.around.level(part));
        let (best, sum) = levels.fold((0, 0), |(best, sum), level| (level.max(best), sum + u32::from(level)));
        (f32::from(best), sum as f32)
    }

    fn is_word(&self, letters: &[char]) -> bool {
        letters.iter().all(|&c| is_han(c)) && self.alike.is_word(letters)
    }

    /// Whether the site is a word with what precedes, with what follows, is in a word of three, or of four, and
    /// whether it is one alone.
    fn are_words(&self, reading: &Reading) -> [f32; 5] {
        let Reading { letters, site } = reading;
        let word = |range: Range<usize>| letters.get(range).is_some_and(|word| self.is_word(word));
        let any = |length: usize| {
            (site.end.saturating_sub(length)..=site.start).any(|from| word(from..from + length))
        };
        let left = site.start.checked_sub(1).is_some_and(|from| word(from..site.end));
        [left, word(site.start..site.end + 1), any(3), any(4), word(site.clone())].map(is)
    }

    /// How much more often two letters stand together than by chance, by their levels.
    fn bond(&self, one: char, other: char) -> (f32, f32) {
        let level = f32::from(self.around.level(&[one, other]));
        let alone = |c: char| f32::from(self.around.counts.level(&[c]));
        (level, level - (alone(one) + alone(other)) / 2.0)
    }

    /// The least chances of the letters of a site, after what precedes and before what follows.
    fn chances(&self, reading: &Reading) -> (f32, f32) {
        let Reading { letters, site } = reading;
        let least = |chance: &dyn Fn(usize) -> f32| site.clone().map(chance).fold(0.0, f32::min);
        (
            least(&|at| self.around.counts.chance(letters, at)),
            least(&|at| self.around.counts.chance_before(letters, at)),
        )
    }

    fn cut(&self, letters: &[char]) -> Cut {
        cut(letters, self.around.counts, self.alike, Alone::shipped())
    }

    /// How many of the threes near a place, that do not touch it, were never seen.
    fn unseen(&self, at: &Range<usize>) -> (f32, f32) {
        const NEAR: isize = 9;
        let count = |places: Range<isize>| places.filter(|&at| self.around.three(at) == 0).count() as f32;
        let (start, end) = (at.start as isize, at.end as isize);
        (count(start - NEAR - 2..start - 2), count(end..end + NEAR))
    }

    /// All that is known of a change, which is so many bits ahead of the next.
    pub(super) fn weigh(&self, change: Change, margin: f32) -> Suspect {
        let gain = change.gain();
        let Change { at, right, kind, bits } = change;
        let written = &self.around.letters[at.clone()];
        let reading = |middle: &[char]| {
            let (letters, site) = self.around.changed(&at, middle, LONGEST);
            Reading { letters, site }
        };
        let (new, old) = (reading(&right), reading(written));
        let likeness = match kind {
            SlipKind::Alike(like) | SlipKind::Idiom(like) => like as u8,
            _ => Likeness::Shape as u8 + 1,
        };
        let alone =
            |letters: &[char]| letters.iter().map(|&c| self.around.counts.level(&[c])).min().unwrap_or(0);
        let (far_left, far_right) = self.unseen(&at);
        let (cuts, lonely) = self.falls_apart(&new, &old);
        let features = [
            &[gain, bits.0, bits.1, bits.0.min(bits.1), margin][..],
            &self.bits_of_letters(&new, &old),
            &self.levels_of_both(&new, &old),
            &[f32::from(alone(written)), f32::from(alone(&right))],
            &self.are_words(&old),
            &self.are_words(&new),
            &self.clause(&at),
            &[f32::from(likeness)],
            &self.neighbours(&at),
            &self.bonds(&new),
            &self.bonds(&old),
            &self.beside(&at),
            &cuts,
            &[far_left, far_right, self.middle(&new), self.middle(&old)],
            &lonely,
        ]
        .concat();
        let features = std::array::from_fn(|at| features.get(at).copied().unwrap_or_default());
        Suspect { at, right, kind, gain, features }
    }

    fn bits_of_letters(&self, new: &Reading, old: &Reading) -> [f32; 7] {
        let ((ahead, behind), (was_ahead, was_behind)) = (self.chances(new), self.chances(old));
        let (least, most) = (was_ahead.min(was_behind), was_ahead.max(was_behind));
        [ahead, behind, ahead.min(behind), was_ahead, was_behind, least, most]
    }

    fn levels_of_both(&self, new: &Reading, old: &Reading) -> [f32; 13] {
        let [three, four, five] = [3, 4, 5].map(|length| self.holding(new, length));
        let [was_three, was_four] = [3, 4].map(|length| self.holding(old, length));
        let (pairs, was_pairs) = (self.touching(new, 2), self.touching(old, 2));
        let now = [three.0, three.1, four.0, four.1, five.0, five.1];
        let was = [was_three.0, was_three.1, was_four.0, was_pairs.0, was_pairs.1, pairs.0, pairs.1];
        std::array::from_fn(|at| if at < 6 { now[at] } else { was[at - 6] })
    }

    /// Whether it stands at an end of its clause, how long that is, and whether the threes there were seen.
    fn clause(&self, at: &Range<usize>) -> [f32; 4] {
        /// Letters of a clause that is long.
        const LONG: usize = 12;
        let letters = self.around.letters;
        let (low, high) = (at.start.saturating_sub(LONG), (at.end + LONG).min(letters.len()));
        let (before, after) = (&letters[low..at.start], &letters[at.end..high]);
        let from = before.iter().rposition(|&c| c == EDGE).map_or(low, |edge| low + edge + 1);
        let to = after.iter().position(|&c| c == EDGE).map_or(high, |edge| at.end + edge);
        let edges = is(at.start == from) + 2.0 * is(at.end == to);
        let around = [2, 1, 0].map(|back| self.around.three(at.start as isize - back));
        let known = around.iter().copied().filter(|&level| level != UNASKED).max().unwrap_or(0);
        let unseen = around.iter().filter(|&&level| level == 0).count();
        [edges, (to - from).min(LONG) as f32, unseen as f32, f32::from(known)]
    }

    /// Whether a word is torn before it and behind it, and whether a clause may end or begin there.
    fn neighbours(&self, at: &Range<usize>) -> [f32; 4] {
        let letters = self.around.letters;
        let torn = |at: usize| f32::from(self.around.counts.torn(&letters[..at], &letters[at..]));
        let (last, first) = (&letters[at.start.saturating_sub(2)..at.start], &letters[at.end..]);
        let level = |parts: &[&[char]]| f32::from(self.around.level(&parts.concat()));
        let ends = level(&[last, &[EDGE]]);
        let begins = level(&[&[EDGE], &first[..first.len().min(2)]]);
        [torn(at.start), torn(at.end), ends, begins]
    }

    /// How the site holds together with the letter before it, and with the one behind it.
    fn bonds(&self, reading: &Reading) -> [f32; 4] {
        let (start, end) = (reading.site.start as isize, reading.site.end as isize);
        let left = self.bond(reading.letter(start - 1), reading.letter(start));
        let right = self.bond(reading.letter(end - 1), reading.letter(end));
        [left.0, left.1, right.0, right.1]
    }

    /// What is known of the two and three letters before it and behind it, and whether they are words.
    fn beside(&self, at: &Range<usize>) -> [f32; 8] {
        let (before, after) = (&self.around.letters[..at.start], &self.around.letters[at.end..]);
        let last = |many: usize| &before[before.len().saturating_sub(many)..];
        let first = |many: usize| &after[..after.len().min(many)];
        let all = [last(2), first(2), last(3), first(3)];
        let (levels, words) =
            (all.map(|part| f32::from(self.around.level(part))), all.map(|part| is(self.is_word(part))));
        std::array::from_fn(|at| if at < 4 { levels[at] } else { words[at - 4] })
    }

    /// How the stretch falls into words, as it would be and as it is: with five letters on both sides, and with two.
    fn falls_apart(&self, new: &Reading, old: &Reading) -> ([f32; 7], [f32; 7]) {
        let wide = old.near(5, 5);
        let (far_new, far_old) = (self.cut(new.near(5, 5)), self.cut(wide));
        let (close_new, close_old) = (self.cut(new.near(2, 2)), self.cut(old.near(2, 2)));
        let cuts = [
            far_old.bits - far_new.bits,
            f32::from(far_old.alone) - f32::from(far_new.alone),
            f32::from(far_new.alone),
            close_old.bits - close_new.bits,
            f32::from(close_new.alone),
            f32::from(close_new.longest),
            f32::from(close_old.longest),
        ];
        let lonely = [
            close_old.lonely,
            close_new.lonely,
            far_old.lonely,
            far_new.lonely,
            close_old.bits,
            far_old.bits / (wide.len().max(1) as f32),
            f32::from(far_new.longest),
        ];
        (cuts, lonely)
    }

    /// How often the site stands between its two neighbours.
    fn middle(&self, reading: &Reading) -> f32 {
        let Range { start, end } = reading.site;
        let to = (end + 1).min(reading.letters.len());
        f32::from(self.around.level(&reading.letters[start.saturating_sub(1)..to]))
    }
}
