//! From regions to passages: the text of the document is aligned round each region, and chains that
//! lie near each other on both sides are joined, whatever their order.

use super::Passage;
use super::edge::widened;
use super::ground::Ground;
use super::limits::LIMITS;
use super::region::Region;
use super::{Corpus, Stretch, Taken};
use crate::base::Result;
use crate::corpus::align::{Chain, Window, align};
use crate::corpus::{Comparable, DocumentId, EqualRun, K, Letters, Points};

/// Chains of one document that make a passage, with the letters of the draft that they take in.
struct Joined {
    draft: Letters,
    chains: Vec<Chain>,
}

/// The passages that a document holds in these regions, as far as there is enough to them.
pub(super) fn held(
    ground: &Ground<'_, '_>,
    corpus: Corpus<'_>,
    document: DocumentId,
    regions: &[Region],
) -> Result<Vec<Passage>> {
    let text = corpus.store.text(document)?;
    let source = Comparable::of(&text);
    let mut held = Vec::new();
    for Joined { draft, chains } in joined(chains(ground.draft, &source, regions)) {
        let mut runs: Vec<EqualRun> = chains.iter().flat_map(|c| c.runs.iter().copied()).collect();
        runs.sort_unstable();
        let Some(worth) = ground.worth(draft, &runs) else { continue };
        let mut stretches: Vec<Letters> = chains.iter().map(Chain::source).collect();
        let letters = widened(ground.draft, &source, draft, worth.same, &mut stretches);
        let taken = Taken { document, same: worth.same, stretches: shown(&source, stretches), runs };
        held.push(Passage::of(ground, letters, worth, vec![taken]));
    }
    Ok(held)
}

/// The chains of all regions, in the order of the draft and none overlapping another there.
fn chains(draft: &Comparable<'_>, source: &Comparable<'_>, regions: &[Region]) -> Vec<Chain> {
    let mut windows: Vec<(Letters, Letters)> = regions.iter().map(|r| (r.draft, r.source)).collect();
    windows.sort_by_key(|(d, s)| (d.start, s.start));
    let mut chains: Vec<Chain> = Vec::new();
    for (inner, source_inner) in windows {
        chains.extend(aligned(draft, source, inner, source_inner));
    }
    chains.sort_by_key(|c| (c.runs[0], std::cmp::Reverse(c.same())));
    // Windows overlap: what was found twice counts once, the longer one.
    let mut kept: Vec<Chain> = Vec::new();
    for chain in chains {
        match kept.last_mut() {
            Some(last) if chain.draft().start < last.draft().end => {
                if chain.same() > last.same() {
                    *last = chain;
                }
            }
            _ => kept.push(chain),
        }
    }
    kept
}

/// The chains of a window, which grows as long as a chain reaches its edge.
fn aligned(
    draft: &Comparable<'_>,
    source: &Comparable<'_>,
    inner: Letters,
    source_inner: Letters,
) -> Vec<Chain> {
    let (letters, others) = (draft.letters(), source.letters());
    let mut margin = LIMITS.margin;
    loop {
        let within = inner.grown(margin, letters.len());
        let source_within = source_inner.grown(2 * margin, others.len());
        let chains = align(Window { letters, within }, Window { letters: others, within: source_within });
        let at_edge = chains.iter().any(|c| {
            let (d, s) = (c.draft(), c.source());
            c.same() >= LIMITS.alone
                && ((d.start < within.start + K && within.start > 0 && s.start > 0)
                    || (d.end + K > within.end && within.end < letters.len() && s.end < others.len()))
        });
        if !at_edge || margin > letters.len() {
            return chains;
        }
        margin *= 3;
    }
}

/// Chains that lie near each other on both sides, together.
fn joined(chains: Vec<Chain>) -> Vec<Joined> {
    let mut passages: Vec<Joined> = Vec::new();
    for chain in chains {
        let draft = chain.draft();
        match passages.last_mut() {
            Some(last) if last.takes(&chain) => {
                last.draft.end = draft.end;
                last.chains.push(chain);
            }
            _ => passages.push(Joined { draft, chains: vec![chain] }),
        }
    }
    passages
}

impl Joined {
    /// Whether the next chain belongs to it.
    fn takes(&self, next: &Chain) -> bool {
        let weak = next.same() < LIMITS.alone || self.chains.iter().all(|c| c.same() < LIMITS.alone);
        let gap = next.draft().start - self.draft.end;
        let there = next.source();
        let near = self.chains.iter().any(|c| {
            let other = c.source();
            there.start <= other.end + LIMITS.source_join && other.start <= there.end + LIMITS.source_join
        });
        near && gap <= if weak { LIMITS.beside } else { LIMITS.join }
    }
}

/// Stretches of a document as they are shown: those that lie close to each other are one.
fn shown(source: &Comparable<'_>, mut stretches: Vec<Letters>) -> Vec<Stretch> {
    stretches.sort_by_key(|s| (s.start, s.end));
    let mut joined: Vec<Letters> = Vec::new();
    for next in stretches {
        match joined.last_mut() {
            Some(last) if next.start <= last.end + LIMITS.join => last.end = last.end.max(next.end),
            _ => joined.push(next),
        }
    }
    let text = source.text();
    let (mut byte, mut point) = (0, 0);
    let mut shown = Vec::with_capacity(joined.len());
    for stretch in joined {
        let bytes = source.bytes(stretch);
        let start = point + text[byte..bytes.start].chars().count();
        let words = text[bytes.clone()].to_owned();
        let points = Points { start, end: start + words.chars().count() };
        (byte, point) = (bytes.end, points.end);
        shown.push(Stretch { points, words });
    }
    shown
}
