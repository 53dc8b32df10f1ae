//! One passage for each stretch of the draft, with all its sources.

use super::Passage;
use super::ground::Ground;
use super::limits::LIMITS;
use crate::corpus::{EqualRun, Letters};

/// The passages of all documents as they are told: in order, none overlapping another. The one with
/// most of its own keeps its stretch; others become sources of it, or keep what is left of theirs.
pub(super) fn settle(ground: &Ground<'_, '_>, mut passages: Vec<Passage>) -> Vec<Passage> {
    passages.sort_by_key(|p| {
        (std::cmp::Reverse((p.own, p.same)), p.letters.start, p.sources.first().map(|s| s.document))
    });
    let mut settled: Vec<Passage> = Vec::new();
    for mut passage in passages {
        let left = match beside(passage.letters, &settled) {
            Room::Left(left) => left,
            Room::Within(home) => {
                let home = &mut settled[home];
                let tenths = LIMITS.as_good;
                if passage.same * 10 >= home.same * tenths && home.sources.len() < LIMITS.sources {
                    home.sources.append(&mut passage.sources);
                }
                continue;
            }
        };
        if left != passage.letters {
            let Some(rest) = cut(ground, passage, left) else { continue };
            passage = rest;
        }
        settled.push(passage);
    }
    settled.sort_by_key(|p| (p.letters.start, p.letters.end));
    settled
}

/// Where there is room for a passage.
enum Room {
    /// It is another source of this passage, or of a part of it.
    Within(usize),
    /// So much of it is left beside the others.
    Left(Letters),
}

fn beside(letters: Letters, settled: &[Passage]) -> Room {
    let mut left = letters;
    for (i, other) in settled.iter().enumerate() {
        let overlap = left.overlap(other.letters);
        if overlap == 0 {
            continue;
        }
        if overlap * 10 >= letters.len() * LIMITS.within {
            return Room::Within(i);
        }
        if other.letters.start <= left.start {
            left.start = other.letters.end.min(left.end);
        } else {
            left.end = other.letters.start.max(left.start);
        }
    }
    Room::Left(left)
}

/// What is left of a passage, which begins and ends with equal letters again; `None` if too little is.
fn cut(ground: &Ground<'_, '_>, passage: Passage, left: Letters) -> Option<Passage> {
    let source = passage.sources.first()?;
    let inside = |r: &&EqualRun| r.draft < left.end && r.draft + r.length > left.start;
    let first = source.runs.iter().find(inside)?;
    let last = source.runs.iter().rev().find(inside)?;
    let letters = Letters { start: left.start.max(first.draft), end: left.end.min(last.draft + last.length) };
    let worth = ground.worth(letters, &source.runs)?;
    Some(Passage::of(ground, letters, worth, passage.sources))
}
