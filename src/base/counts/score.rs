//! How likely a text is, in bits.
//!
//! The chance of a letter is what its counts say after the four letters before it. Where they were never
//! seen together, it is what three letters say, times the part of all that followed the four and is not
//! in the table, and so on (backing off as Katz did, 1987, without dividing by what is left over below).
//! So a letter that breaks a word costs more than one that comes after a word: 高质 is followed by 量 and
//! by hardly anything else, 推进 by a thousand words.
//!
//! The same is asked backwards, of a letter before the four that follow it, and the mean is taken: a
//! word that lost its first character looks sound from the left.

use super::table::{COMMON_LEVEL, Rests};
use super::{Counts, EDGE, LONGEST};

/// The price of a letter less of context that is known but not common: log2 of 0.4, which Brants et al.
/// (2007) take for all.
const SHORTER: f32 = -1.32;

/// What a letter of official prose costs on the average, in bits: 3.71 over a tenth of the documents that
/// were not counted (`examples/counts/trial.rs`).
pub(super) const LETTER: f32 = 3.7;

impl Counts<'_> {
    /// The chance of the letter at `at` after what stands before it, as log2: 0 = certain, -3 = one
    /// in eight; about -22 for a character that was never seen. An edge ends what is heard.
    #[must_use]
    pub fn chance(&self, letters: &[char], at: usize) -> f32 {
        let Some(upto) = letters.get(..=at) else { return f32::NEG_INFINITY };
        let near = &upto[upto.len() - upto.len().min(LONGEST)..];
        let context = &near[..near.len() - 1];
        let from = context.iter().rposition(|&c| c == EDGE).unwrap_or(0);
        self.backing_off((from..context.len()).map(|start| (&near[start..], &context[start..])), near.last())
    }

    /// The chance of the letter at `at` before what follows it, like [`Counts::chance`].
    #[must_use]
    pub fn chance_before(&self, letters: &[char], at: usize) -> f32 {
        let Some(from) = letters.get(at..) else { return f32::NEG_INFINITY };
        let near = &from[..from.len().min(LONGEST)];
        let context = near.get(1..).unwrap_or_default();
        let to = context.iter().position(|&c| c == EDGE).map_or(context.len(), |edge| edge + 1);
        self.backing_off((1..=to).rev().map(|end| (&near[..=end], &context[..end])), near.first())
    }

    /// The chance of a letter with contexts, the longest first; each comes together with the letter, and
    /// alone. Which side the letter is on is seen from the first letters of both.
    fn backing_off<'l>(
        &self,
        contexts: impl Iterator<Item = (&'l [char], &'l [char])>,
        letter: Option<&char>,
    ) -> f32 {
        let mut price = 0.0;
        for (whole, context) in contexts {
            let hash = context.iter().fold(self.table.start(), |hash, &c| hash.then(c));
            let known = self.table.level(hash);
            if known == 0 {
                continue;
            }
            let together = self.level(whole);
            if together > 0 && together <= known {
                return price - f32::from(known - together);
            }
            price += if known < COMMON_LEVEL {
                SHORTER
            } else {
                let rests = self.table.rests(hash);
                let rest =
                    if std::ptr::eq(whole.as_ptr(), context.as_ptr()) { rests.after } else { rests.before };
                -f32::from(rest)
            };
        }
        let alone = letter.map_or(0, |&letter| self.level(&[letter]));
        price + (self.log2(alone) - (self.letters().max(1) as f32).log2()).min(0.0)
    }

    /// The log2 of the count that a level stands for; of half the least for level 0.
    pub(super) fn log2(&self, level: u8) -> f32 {
        match level {
            0 => (self.table.least as f32 / 2.0).log2(),
            level => (self.table.least as f32).log2() + f32::from(level) - 0.5,
        }
    }

    /// By how many bits `before + other + after` is likelier than `before + written + after`.
    ///
    /// Above 0 the other one is likelier; below 0 what is written. Every letter costs bits, so a text
    /// that lost one would always be likelier: the longer of the two is forgiven what its letters cost
    /// on the average.
    #[must_use]
    pub fn compare(&self, before: &[char], written: &[char], other: &[char], after: &[char]) -> f32 {
        let (now, then) = (self.bits(before, written, after), self.bits(before, other, after));
        let all = |bits: (f32, f32)| f32::midpoint(bits.0, bits.1);
        all(then) - all(now) + LETTER * (other.len() as f32 - written.len() as f32)
    }

    /// The chances of `middle` and of what hears it, forwards and backwards.
    pub(super) fn bits(&self, before: &[char], middle: &[char], after: &[char]) -> (f32, f32) {
        const HEARD: usize = LONGEST - 1;
        let before = &before[before.len().saturating_sub(HEARD)..];
        let after = &after[..after.len().min(HEARD)];
        let after = after.iter().position(|&c| c == EDGE).map_or(after, |edge| &after[..=edge]);
        let before = before.iter().rposition(|&c| c == EDGE).map_or(before, |edge| &before[edge..]);
        let letters = [before, middle, after].concat();
        let forwards = (before.len()..letters.len()).map(|at| self.chance(&letters, at)).sum();
        let to = before.len() + middle.len();
        let backwards = (0..to).map(|at| self.chance_before(&letters, at)).sum();
        (forwards, backwards)
    }

    /// How surely a word is torn between two stretches: what precedes the joint is hardly ever followed by
    /// anything but what the table knows (高质 by 量), or what follows it hardly ever preceded (村振兴 by
    /// 乡). 0 = no sign of it; each one more halves the part of all occurrences that would have to be such
    /// as this one. Only of use at a joint that no n-gram bridges ([`Counts::bridges`]).
    #[must_use]
    pub fn torn(&self, before: &[char], after: &[char]) -> u8 {
        let known = |context: &[char]| {
            let hash = context.iter().fold(self.table.start(), |hash, &c| hash.then(c));
            if context.contains(&EDGE) || self.table.level(hash) < COMMON_LEVEL {
                return Rests::default();
            }
            self.table.rests(hash)
        };
        (2..LONGEST)
            .map(|length| {
                let left = before.len().checked_sub(length).map_or(0, |from| known(&before[from..]).after);
                let right = after.get(..length).map_or(0, |context| known(context).before);
                left.max(right)
            })
            .max()
            .unwrap_or(0)
    }

    /// How strongly two stretches hold together, in bits: how much more often they stand side by side
    /// than by chance (pointwise mutual information). 0 = by chance, above 5 = a word or a set phrase,
    /// below 0 = they avoid each other. `None` where one of them alone is not known, or both together
    /// are more than [`LONGEST`] letters.
    #[must_use]
    pub fn cohesion(&self, left: &[char], right: &[char]) -> Option<f32> {
        let both = [left, right].concat();
        if left.is_empty() || right.is_empty() || both.len() > LONGEST {
            return None;
        }
        let (one, other) = (self.level(left), self.level(right));
        if one == 0 || other == 0 {
            return None;
        }
        let together = self.log2(self.level(&both));
        Some(together + (self.letters().max(1) as f32).log2() - self.log2(one) - self.log2(other))
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn cohesion_does_as_its_example_says() {
        use crate::base::counts::Counts;
        let counts = Counts::shipped();
        let cohesion = |left: &str, right: &str| {
            let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
            counts.cohesion(&left, &right).unwrap_or(f32::NEG_INFINITY)
        };
        // 学习|习近平, not 学习习|近平.
        assert!(cohesion("学", "习") > cohesion("习", "习") + 5.0);
    }
}
