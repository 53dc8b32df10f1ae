//! Regions: meetings of one document that lie together on both sides, and which of them are worth
//! the reading of a text.

use std::collections::BTreeMap;

use super::limits::LIMITS;
use super::lookup::Meeting;
use super::many::Many;
use crate::corpus::{DocumentId, K, Letters};

/// Meetings of one document that lie together.
#[derive(Debug, Clone)]
pub(super) struct Region {
    pub document: DocumentId,
    pub draft: Letters,
    pub source: Letters,
    /// Indices of its fingerprints, sorted.
    indices: Vec<u32>,
    score: u32,
}

/// The regions that these meetings make, with what speaks for each.
pub(super) fn regions(mut meetings: Vec<Meeting>, spread: &[u32], all: u32) -> Vec<Region> {
    meetings.sort_unstable();
    let near =
        |a: &Meeting, b: &Meeting| a.document == b.document && (b.draft - a.draft) as usize <= LIMITS.apart;
    let mut regions = Vec::new();
    for group in meetings.chunk_by_mut(near) {
        group.sort_unstable_by_key(|m| (m.source, m.draft));
        for near in group.chunk_by(|a, b| (b.source - a.source) as usize <= LIMITS.source_apart) {
            regions.extend(region(near, spread, all));
        }
    }
    regions
}

/// The region of these meetings; `None` if nothing in it is rare enough to be followed.
fn region(meetings: &[Meeting], spread: &[u32], all: u32) -> Option<Region> {
    let mut indices: Vec<u32> = meetings.iter().map(|m| m.index).collect();
    indices.sort_unstable();
    indices.dedup();
    let start = meetings.iter().map(|m| m.draft).min()? as usize;
    let end = meetings.iter().map(|m| m.draft).max()? as usize + K;
    let (first, last) = (meetings.first()?, meetings.last()?);
    let bound = Many::of(end - start, all, true);
    let of = |&i: &u32| spread.get(i as usize).copied().unwrap_or(u32::MAX).max(1);
    if indices.iter().all(|i| of(i) >= bound.alone) {
        return None;
    }
    /// What a fingerprint of one locality speaks; one of four speaks half as much.
    const RARE: u32 = 1000;
    let score = indices.iter().map(|i| RARE / of(i).isqrt()).sum();
    let source = Letters { start: first.source as usize, end: last.source as usize + K };
    Some(Region { document: first.document, draft: Letters { start, end }, source, indices, score })
}

/// The regions to be aligned, by document: the likeliest first, until each place of the draft has
/// been held against enough documents.
pub(super) fn likeliest(mut regions: Vec<Region>) -> BTreeMap<DocumentId, Vec<Region>> {
    regions.sort_by_key(|r| (std::cmp::Reverse(r.score), r.document, r.draft.start, r.source.start));
    let mut chosen: BTreeMap<DocumentId, Vec<Region>> = BTreeMap::new();
    let mut met: BTreeMap<u32, u8> = BTreeMap::new();
    for region in regions {
        let fresh = region.indices.iter().any(|i| met.get(i).is_none_or(|&n| n < LIMITS.documents));
        if !fresh || chosen.len() >= LIMITS.most && !chosen.contains_key(&region.document) {
            continue;
        }
        for &i in &region.indices {
            *met.entry(i).or_default() += 1;
        }
        chosen.entry(region.document).or_default().push(region);
    }
    chosen
}
