//! How many are many: from when on a stretch is what everybody says, and what a piece must have
//! beyond chance. Both grow with the corpus.

use super::limits::LIMITS;
use super::pieces::Halves;

/// From how many localities on a stretch is common.
#[derive(Debug, Clone, Copy)]
pub(super) struct Many {
    /// By a fingerprint alone. So few letters meet by chance in a large corpus, but a set phrase is
    /// said by one locality in a thousand there.
    pub alone: u32,
    /// By two fingerprints at the same distance, which no chance brings together.
    pub together: u32,
}

impl Many {
    /// Of `all` localities, for a stretch of so many letters.
    ///
    /// Four localities make a clause a set phrase. A longer stretch needs more, but never more than
    /// one locality in twenty; unless it is `plain`, not in the words of set phrases: a page that
    /// five of twenty have in their own words was copied by four of them.
    pub fn of(letters: usize, all: u32, plain: bool) -> Self {
        let by_length = if letters <= LIMITS.clause {
            LIMITS.few
        } else {
            let by_length = u32::try_from(letters / LIMITS.each).unwrap_or(u32::MAX);
            by_length.min(if plain { all } else { all / LIMITS.share }).max(LIMITS.few + 1)
        };
        Self { alone: by_length.max(LIMITS.few + all / LIMITS.chance), together: by_length }
    }

    /// What is half a set phrase already: midway between few and many.
    pub const fn some(self) -> u32 {
        u32::midpoint(LIMITS.few, self.alone)
    }
}

/// What a passage must have of its own in one piece where `least` letters are asked for: the more
/// documents there are, the longer are the runs that are equal by chance.
pub(super) fn beyond_chance(least: usize, all: u32) -> Halves {
    let [large, huge] = LIMITS.large;
    let mut least = Halves::of(least);
    if all >= large {
        least += Halves::ONE;
    }
    if all >= huge {
        least += Halves::WHOLE;
    }
    least
}
