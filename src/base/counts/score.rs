//! How likely a text is, in bits.
//!
//! The chance of a letter is what its counts say after the four letters before it; where they were
//! never seen together, after three, and so on, at a price for each letter less ("stupid backoff",
//! Brants et al. 2007). Chances made so don't add up to one, but they order texts as well as better
//! ones do, and need nothing but counts.

use super::{Counts, EDGE, LONGEST};

/// The price of a letter less of context: log2 of 0.4, the value of the paper.
const SHORTER: f32 = -1.32;

/// What a letter of official prose costs on the average, in bits, told by these counts.
const LETTER: f32 = 5.0;

impl Counts<'_> {
    /// The chance of the letter at `at` after what stands before it, as log2: 0 = certain, -3 = one
    /// in eight; about -22 for a character that was never seen. An edge ends what is heard.
    #[must_use]
    pub fn chance(&self, letters: &[char], at: usize) -> f32 {
        let Some(upto) = letters.get(..=at) else { return f32::NEG_INFINITY };
        let far = upto.len().min(LONGEST);
        let near = &upto[upto.len() - far..];
        let (context, letter) = near.split_at(near.len() - 1);
        let from = context.iter().rposition(|&c| c == EDGE).unwrap_or(0);
        let mut price = 0.0;
        for start in from..context.len() {
            let together = self.levels(&near[start..]);
            let length = near.len() - start;
            let (whole, before) = (together[length - 1], together[length - 2]);
            if whole > 0 && before >= whole {
                return price - f32::from(before - whole);
            }
            price += SHORTER;
        }
        let alone = self.level(letter);
        price + (self.log2(alone) - (self.letters().max(1) as f32).log2()).min(0.0)
    }

    /// The log2 of the count that a level stands for; of half the least for level 0.
    fn log2(&self, level: u8) -> f32 {
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
        const HEARD: usize = LONGEST - 1;
        let before = &before[before.len().saturating_sub(HEARD)..];
        let after = &after[..after.len().min(HEARD)];
        let after = after.iter().position(|&c| c == EDGE).map_or(after, |edge| &after[..=edge]);
        let bits = |middle: &[char]| {
            let letters = [before, middle, after].concat();
            (before.len()..letters.len()).map(|at| self.chance(&letters, at)).sum::<f32>()
        };
        bits(other) - bits(written) + LETTER * (other.len() as f32 - written.len() as f32)
    }

    /// How strongly two stretches hold together, in bits: how much more often they stand side by side
    /// than by chance (pointwise mutual information). 0 = by chance, above 5 = a word or a set phrase,
    /// below 0 = they avoid each other. `None` where one of them alone is not known, or both together
    /// are more than [`LONGEST`] letters.
    ///
    /// ```
    /// # use wengao::base::counts::Counts;
    /// let counts = Counts::shipped();
    /// let cohesion = |left: &str, right: &str| {
    ///     let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    ///     counts.cohesion(&left, &right).unwrap_or(f32::NEG_INFINITY)
    /// };
    /// // 学习|习近平, not 学习习|近平.
    /// assert!(cohesion("学", "习") > cohesion("习", "习") + 5.0);
    /// ```
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
