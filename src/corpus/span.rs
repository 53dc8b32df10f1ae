//! Three units count places of a text: bytes, comparable letters and code points. A range of bytes
//! is a bare `Range<usize>`, here as everywhere in the program; the two others have types, so that
//! one is never taken for another.

use std::ops::Range;

/// Comparable letters in a row, by their numbers among those of one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Letters {
    /// The first of them.
    pub start: usize,
    /// The first one behind them.
    pub end: usize,
}

impl Letters {
    /// The letters with these numbers.
    #[must_use]
    pub const fn of(Range { start, end }: Range<usize>) -> Self {
        Self { start, end }
    }

    /// How many there are.
    #[must_use]
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// Their numbers, to go through them or to cut them out of something that has one item a letter.
    #[must_use]
    pub const fn numbers(self) -> Range<usize> {
        self.start..self.end
    }

    /// How many of them are among the others.
    #[must_use]
    pub fn overlap(self, other: Self) -> usize {
        self.end.min(other.end).saturating_sub(self.start.max(other.start))
    }

    /// With so many more on either side, as far as the text of `most` letters has them.
    #[must_use]
    pub fn grown(self, by: usize, most: usize) -> Self {
        Self { start: self.start.saturating_sub(by), end: (self.end + by).min(most) }
    }
}

/// Code points in a row, by their numbers in a document as it was read: what reports count in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Points {
    /// The first of them.
    pub start: usize,
    /// The first one behind them.
    pub end: usize,
}
