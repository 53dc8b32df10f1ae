//! What a passage has of its own in one piece, counted letter by letter.
//!
//! A piece is a run of letters that stand together in both texts. A set phrase within it ends it,
//! unless it is a short link, or enough of one's own stands on either side. Worn words and what a
//! few localities share count half, so all is counted in half letters.

use std::ops::AddAssign;

use super::limits::LIMITS;

/// Half letters. A letter weighs one or two of them, or nothing.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Halves(usize);

impl Halves {
    pub const NONE: Self = Self(0);
    pub const ONE: Self = Self(1);
    pub const WHOLE: Self = Self(2);

    /// So many whole letters.
    pub const fn of(letters: usize) -> Self {
        Self(2 * letters)
    }

    /// How many whole letters they are, rounded down.
    pub const fn letters(self) -> usize {
        self.0 / 2
    }

    /// As many as letters, if each weighs half.
    pub const fn halved(letters: usize) -> Self {
        Self(letters)
    }
}

impl AddAssign for Halves {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

/// What is one's own, and the same with worn words halved.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Share {
    pub own: Halves,
    pub fresh: Halves,
}

impl Share {
    /// Both alike.
    pub const fn even(weight: Halves) -> Self {
        Self { own: weight, fresh: weight }
    }
}

impl AddAssign for Share {
    fn add_assign(&mut self, other: Self) {
        self.own += other.own;
        self.fresh += other.fresh;
    }
}

/// The pieces of a passage so far.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    /// What the piece has, and its part behind the last set phrase.
    piece: Share,
    stretch: Share,
    /// What the piece had before that set phrase, as long as there is too little behind it.
    before: Share,
    /// Whether that set phrase counts once there is enough behind it.
    phrase: bool,
    /// What names brought to the piece.
    names: Halves,
    /// Letters of set phrases since the last own one.
    between: usize,
    /// The most that a piece has, of either.
    most: Share,
}

impl Pieces {
    /// One letter more, of so much weight; of none if it is a set phrase's.
    pub fn letter(&mut self, letter: Share) {
        if letter.own == Halves::NONE {
            self.between += 1;
            return;
        }
        if self.between > 0 {
            self.go_on_behind_a_phrase();
        }
        self.piece += letter;
        self.stretch += letter;
        if self.has_enough_behind() {
            // A set phrase with enough on either side belongs to what was copied.
            self.piece += std::mem::take(&mut self.before);
            if std::mem::take(&mut self.phrase) {
                self.piece += Share::even(Halves::of(LIMITS.said));
            }
        }
        self.most.own = self.most.own.max(self.piece.own);
        self.most.fresh = self.most.fresh.max(self.piece.fresh);
    }

    /// The letters of a set phrase have ended: what was before them is kept in mind if it was enough,
    /// in case enough follows.
    fn go_on_behind_a_phrase(&mut self) {
        let enough = self.has_enough_behind();
        if self.between > LIMITS.bridge {
            let piece = std::mem::take(&mut self.piece);
            if enough {
                self.before = piece;
            } else {
                (self.before, self.names) = (Share::default(), Halves::NONE);
            }
        }
        self.stretch = Share::default();
        self.phrase = enough && self.between >= LIMITS.phrase;
        self.between = 0;
    }

    fn has_enough_behind(&self) -> bool {
        self.stretch.own >= Halves::of(LIMITS.side)
    }

    /// What one more letter of a name weighs.
    pub fn name(&mut self) -> Share {
        let weight = if self.names < Halves::of(LIMITS.named) { Halves::ONE } else { Halves::NONE };
        self.names += weight;
        Share::even(weight)
    }

    /// The next letter begins a new piece.
    pub fn part(&mut self) {
        *self = Self { most: self.most, ..Self::default() };
    }

    /// The most that a piece has of one's own, and the most of it with worn words halved: they need not
    /// be the same piece's.
    pub const fn most(&self) -> Share {
        self.most
    }
}
