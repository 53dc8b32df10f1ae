//! The ground that a draft stands on: what is known of each of its letters, and what a passage of it
//! is worth.

use std::ops::Range;

use super::Asked;
use super::limits::LIMITS;
use super::lookup::Shared;
use super::many::{Many, beyond_chance};
use super::pieces::{Halves, Pieces, Share};
use crate::corpus::comparable::gloss;
use crate::corpus::{Comparable, EqualRun, Letters, Stock, Weight, worn};

/// The draft, and what is known of each of its letters.
pub(super) struct Ground<'d, 't> {
    pub draft: &'d Comparable<'t>,
    /// What it is by the lists.
    known: Vec<Weight>,
    /// How many localities share the stretch round it.
    shared: Shared,
    /// How many localities there are.
    pub all: u32,
    /// What a passage must have of its own in one piece.
    least: Halves,
    /// What it must have where worn words count half.
    fresh: Halves,
}

/// What there is to a passage.
#[derive(Debug, Clone, Copy)]
pub(super) struct Worth {
    /// How many of its letters are equal.
    pub same: usize,
    /// How many of those are its own.
    pub own: usize,
    /// How many localities share the rarest of them; at least 1.
    pub localities: u32,
}

impl<'d, 't> Ground<'d, 't> {
    /// Of a draft that `shared` says this of, in a corpus of `all` localities at most.
    pub fn of(draft: &'d Comparable<'t>, shared: Shared, stock: &Stock, asked: &Asked<'_>, all: u32) -> Self {
        let mut known = stock.weigh(draft.letters());
        for bytes in asked.aside {
            known[draft.within(bytes).numbers()].fill(Weight::Stock);
        }
        // Set phrases that no list has are known by their words.
        for bytes in worn::runs(draft.text()) {
            let letters = known[draft.within(&bytes).numbers()].iter_mut();
            letters.filter(|weight| **weight == Weight::Own).for_each(|weight| *weight = Weight::Worn);
        }
        let least = asked.least;
        let fresh = Halves::of(least - least / LIMITS.fresh);
        Self { draft, known, shared, all, least: beyond_chance(least, all), fresh }
    }

    /// The bytes of these letters, with a gloss on the last of them.
    pub fn bytes(&self, letters: Letters) -> Range<usize> {
        let bytes = self.draft.bytes(letters);
        bytes.start..gloss(self.draft.text().as_bytes(), bytes.end).unwrap_or(bytes.end)
    }

    /// What these letters are worth where these runs of them are equal; `None` if that is too little.
    pub fn worth(&self, letters: Letters, runs: &[EqualRun]) -> Option<Worth> {
        let bound = self.bound(letters);
        let (mut same, mut own, mut rarest) = (0, Halves::NONE, u32::MAX);
        let mut pieces = Pieces::default();
        for run in runs {
            pieces.part();
            for i in run.draft.max(letters.start)..(run.draft + run.length).min(letters.end) {
                same += 1;
                let Some(weight) = self.weight(i, bound, &mut pieces) else { continue };
                if weight.own > Halves::NONE && self.shared.alone[i] > 0 {
                    rarest = rarest.min(self.shared.alone[i]);
                }
                own += weight.own;
                pieces.letter(weight);
            }
        }
        let most = pieces.most();
        let long = most.own >= self.least && most.fresh >= self.fresh;
        if !long && !self.is_much(own, most.own, letters, bound) {
            return None;
        }
        let localities = if rarest == u32::MAX { 1 } else { rarest };
        Some(Worth { same, own: own.letters(), localities })
    }

    /// From when on these letters are common: later where their words are not those of set phrases.
    fn bound(&self, letters: Letters) -> Many {
        let worn = letters.numbers().filter(|&i| self.known[i] != Weight::Own).count();
        Many::of(letters.len(), self.all, worn * LIMITS.plain <= letters.len())
    }

    fn is_common(&self, letter: usize, bound: Many) -> bool {
        self.shared.alone[letter] >= bound.alone || self.shared.together[letter] >= bound.together
    }

    /// What a letter weighs; `None` if it is as if it were not there.
    fn weight(&self, letter: usize, bound: Many, pieces: &mut Pieces) -> Option<Share> {
        // What a few localities have beyond chance is half a set phrase.
        let rare = if self.shared.alone[letter] < bound.some() { Halves::WHOLE } else { Halves::ONE };
        match self.known[letter] {
            Weight::Rest => None,
            Weight::Name => Some(pieces.name()),
            Weight::Own if !self.is_common(letter, bound) => Some(Share::even(rare)),
            Weight::Worn if !self.is_common(letter, bound) => Some(Share { own: rare, fresh: Halves::ONE }),
            Weight::Own | Weight::Worn | Weight::Stock => Some(Share::default()),
        }
    }

    /// Whether there is so much that no longer piece is asked for; of what is no set phrase, most is
    /// equal then.
    fn is_much(&self, own: Halves, longest: Halves, letters: Letters, bound: Many) -> bool {
        let is_stock = |&i: &usize| self.known[i] == Weight::Stock || self.is_common(i, bound);
        let stock = letters.numbers().filter(is_stock).count();
        own >= Halves::of(LIMITS.much)
            && longest >= Halves::of(LIMITS.piece)
            && own >= Halves::halved(letters.len() - stock)
    }
}
