//! Looking a draft up: where its fingerprints stand in the corpus, and how many localities share
//! the stretch round each of its letters.

use std::collections::HashMap;

use super::limits::LIMITS;
use super::{Asked, Corpus};
use crate::base::Result;
use crate::corpus::{Comparable, DocumentId, Fingerprint, K, Posting, PostingStore, Postings, fingerprints};

/// A fingerprint of the draft met in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Meeting {
    pub document: DocumentId,
    /// Its first letter in the draft, and in the document.
    pub draft: u32,
    pub source: u32,
    /// The index of the fingerprint.
    pub index: u32,
}

/// Which places of a fingerprint are followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Followed {
    /// The first [`places`](super::limits::Limits::places).
    First,
    /// The first of each document.
    OfEach,
}

/// A draft that was looked up.
pub(super) struct Looked {
    pub meetings: Vec<Meeting>,
    /// How many localities have each fingerprint.
    pub spread: Vec<u32>,
    pub shared: Shared,
}

/// How many localities share what stands round each letter of the draft.
pub(super) struct Shared {
    /// One fingerprint.
    pub alone: Vec<u32>,
    /// Two neighbouring ones at their distance.
    pub together: Vec<u32>,
}

/// Looks up all fingerprints of a draft.
pub(super) fn look(
    draft: &Comparable<'_>,
    corpus: Corpus<'_>,
    asked: &Asked<'_>,
    followed: Followed,
) -> Result<Looked> {
    let prints = fingerprints(draft.letters());
    let hashes: Vec<u32> = prints.iter().map(|p| p.hash).collect();
    let mut spread = vec![0u32; prints.len()];
    let mut counts = vec![Counted::default(); prints.len()];
    let mut meetings: Vec<Meeting> = Vec::new();
    let mut repeated: HashMap<u32, u8> = HashMap::new();
    corpus.store.lookup(&hashes, &mut |index, postings| {
        let Some(print) = prints.get(index) else { return };
        counts[index] = Counted::of(postings, asked);
        spread[index] = counts[index].spread(&counts[index].places, corpus.store);
        // A text that says the same thing all along is followed in some of its places.
        let times = repeated.entry(print.hash).or_default();
        *times = times.saturating_add(1);
        if *times <= LIMITS.repeats {
            let index = u32::try_from(index).unwrap_or(u32::MAX);
            let met = |p: &Posting| Meeting { document: p.document, draft: print.at, source: p.at, index };
            follow(postings.list, asked, followed, |p| meetings.push(met(p)));
        }
    })?;
    let shared = Shared::of(draft.len(), &prints, &counts, &spread, corpus.store);
    Ok(Looked { meetings, spread, shared })
}

/// Hands over the places of a fingerprint that are followed.
fn follow(list: &[Posting], asked: &Asked<'_>, followed: Followed, mut each: impl FnMut(&Posting)) {
    match followed {
        Followed::First => {
            list.iter().filter(|p| !(asked.skip)(p.document)).take(LIMITS.places).for_each(each);
        }
        Followed::OfEach => {
            let documents = list.chunk_by(|a, b| a.document == b.document);
            for places in documents.filter(|p| !(asked.skip)(p[0].document)) {
                places.iter().take(LIMITS.places).for_each(&mut each);
            }
        }
    }
}

impl Shared {
    fn of(
        letters: usize,
        prints: &[Fingerprint],
        counts: &[Counted],
        spread: &[u32],
        store: &dyn PostingStore,
    ) -> Self {
        let mut alone = vec![0u32; letters];
        for (print, &spread) in prints.iter().zip(spread) {
            let at = print.at as usize;
            alone[at..at + K].iter_mut().for_each(|s| *s = (*s).max(spread));
        }
        let mut together = vec![0u32; letters];
        for (pair, counts) in prints.windows(2).zip(counts.windows(2)) {
            let [first, second] = pair else { continue };
            let both = counts[0].followed_by(&counts[1], second.at - first.at);
            let spread = counts[0].spread(&both, store);
            let (start, end) = (first.at as usize, second.at as usize + K);
            together[start..end].iter_mut().for_each(|s| *s = (*s).max(spread));
        }
        Self { alone, together }
    }
}

/// The places of a fingerprint among which localities are counted.
#[derive(Debug, Clone, Default)]
struct Counted {
    places: Vec<Posting>,
    /// How many places there are, and among how many of them these were chosen.
    total: u32,
    looked_at: usize,
}

impl Counted {
    fn of(postings: Postings<'_>, asked: &Asked<'_>) -> Self {
        let first = &postings.list[..postings.list.len().min(LIMITS.counted)];
        let places = first.iter().filter(|p| !(asked.skip)(p.document)).copied().collect();
        Self { places, total: postings.total, looked_at: first.len() }
    }

    /// How many localities have these of its places, as far as was looked, and the rest as they.
    fn spread(&self, places: &[Posting], store: &dyn PostingStore) -> u32 {
        let mut seen: Vec<u32> = places.iter().map(|p| store.locality(p.document)).collect();
        seen.sort_unstable();
        seen.dedup();
        let distinct = u64::try_from(seen.len()).unwrap_or(u64::MAX);
        let whole = distinct * u64::from(self.total) / (self.looked_at.max(1) as u64);
        u32::try_from(whole).unwrap_or(u32::MAX).min(store.len())
    }

    /// Its places that have one of the other's `distance` letters on.
    fn followed_by(&self, other: &Self, distance: u32) -> Vec<Posting> {
        let mut rest = other.places.as_slice();
        let mut follows = |place: &&Posting| {
            let wanted = Posting { document: place.document, at: place.at.saturating_add(distance) };
            rest = &rest[rest.partition_point(|p| *p < wanted)..];
            rest.first() == Some(&wanted)
        };
        self.places.iter().filter(|place| follows(place)).copied().collect()
    }
}
