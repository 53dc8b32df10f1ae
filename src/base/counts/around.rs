//! What stands round a letter of a text, and how often the counts have seen it so.

use std::ops::Range;

use super::{Counts, EDGE};

/// No level: there was nothing to ask.
pub(crate) const UNASKED: u8 = u8::MAX;

/// The letters of a text with their counts.
#[derive(Debug)]
pub(crate) struct Around<'t> {
    pub letters: &'t [char],
    pub counts: Counts<'t>,
    /// For each letter the level of the three that begin with it; [`UNASKED`] where there are no three, or
    /// the middle one is an edge.
    threes: Vec<u8>,
}

impl<'t> Around<'t> {
    /// A text as letters; each three of them are looked up once.
    pub fn of(letters: &'t [char], counts: Counts<'t>) -> Self {
        let level = |three: &[char]| if three[1] == EDGE { UNASKED } else { counts.level(three) };
        let mut threes: Vec<u8> = letters.windows(3).map(level).collect();
        threes.resize(letters.len(), UNASKED);
        Self { letters, counts, threes }
    }

    /// The letter at a place; beyond the text an edge.
    pub fn letter(&self, at: isize) -> char {
        usize::try_from(at).ok().and_then(|at| self.letters.get(at)).copied().unwrap_or(EDGE)
    }

    /// The level of the three letters from `at` on.
    pub fn three(&self, at: isize) -> u8 {
        usize::try_from(at).ok().and_then(|at| self.threes.get(at)).copied().unwrap_or(UNASKED)
    }

    /// The level of some letters, 0 if an edge stands within.
    pub fn level(&self, letters: &[char]) -> u8 {
        let inner = letters.get(1..letters.len().saturating_sub(1)).unwrap_or_default();
        if inner.contains(&EDGE) { 0 } else { self.counts.level(letters) }
    }

    /// By how many bits the text is likelier with these letters in the place of what is written.
    pub fn gain(&self, at: &Range<usize>, right: &[char]) -> f32 {
        let (before, rest) = self.letters.split_at(at.start);
        let (written, after) = rest.split_at(at.len());
        self.counts.compare(before, written, right, after)
    }

    /// What stands round a change, up to `far` letters: the letters with the change carried out, and where it
    /// is in them; of a deletion it is the two letters that it brings together.
    pub fn changed(&self, at: &Range<usize>, right: &[char], far: usize) -> (Vec<char>, Range<usize>) {
        let from = at.start.saturating_sub(far);
        let to = (at.end + far).min(self.letters.len());
        let start = at.start - from;
        let site =
            if right.is_empty() { start.saturating_sub(1)..start + 1 } else { start..start + right.len() };
        ([&self.letters[from..at.start], right, &self.letters[at.end..to]].concat(), site)
    }
}
