//! Where the sentences of a draft meet documents: places that several of their rare pairs lie near, or one
//! of their runs of eight letters.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::BOUNDS;
use super::sentence::{Content, Sentences};
use crate::base::Result;
use crate::corpus::{Asked, Comparable, Corpus, DocumentId, Postings, fingerprints};

/// A place of a document that a sentence is held against.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub document: DocumentId,
    /// The sentence of the draft.
    pub sentence: usize,
    /// A letter of the document.
    pub at: u32,
    bits: f32,
}

/// What a sentence is looked up by.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seed {
    pub hash: u32,
    sentence: usize,
    bits: f32,
    /// How many hits it counts as: a run of letters as two.
    counts: usize,
}

/// A seed in a document.
#[derive(Debug, Clone, Copy)]
struct Hit {
    document: DocumentId,
    at: u32,
    seed: Seed,
}

/// What the sentences of a draft are looked up by.
pub(super) fn seeds(draft: &Comparable<'_>, sentences: &Sentences, own: &[Content]) -> Vec<Seed> {
    let of_pair = |(sentence, content): (usize, &Content)| {
        let seed = |&(hash, bits): &(u32, f32)| Seed { hash, sentence, bits, counts: 1 };
        content.seeds.iter().map(seed).collect::<Vec<_>>()
    };
    // What a draft says all along is followed from some of its sentences.
    let mut repeated: HashMap<u32, usize> = HashMap::new();
    let mut again = |seed: &Seed| {
        let times = repeated.entry(seed.hash).or_default();
        *times += 1;
        *times <= BOUNDS.repeats
    };
    let mut seeds: Vec<Seed> = own.iter().enumerate().flat_map(of_pair).filter(&mut again).collect();
    // A run says what two heavy pairs say, if few have it.
    let bits = 2.0 * (BOUNDS.heaviest - BOUNDS.plain);
    let of_run = fingerprints(draft.letters()).into_iter();
    let of_run = of_run.map(|print| Seed {
        hash: print.hash,
        sentence: sentences.at(print.at as usize),
        bits,
        counts: BOUNDS.hits,
    });
    seeds.extend(of_run.filter(again));
    seeds
}

/// Where a draft meets the documents.
pub(super) struct Met {
    /// The likeliest places for each sentence.
    pub places: Vec<Place>,
    /// What is left of the weight of a pair that several localities of the corpus have, as a share of it; nothing
    /// of one that so many have that it is nobody's own.
    pub shares: HashMap<u32, f32>,
}

/// Where a draft meets the documents.
pub(super) fn met(seeds: &[Seed], corpus: Corpus<'_>, asked: &Asked<'_>) -> Result<Met> {
    let hashes: Vec<u32> = seeds.iter().map(|seed| seed.hash).collect();
    let mut hits: Vec<Hit> = Vec::new();
    let mut shares: HashMap<u32, f32> = HashMap::new();
    let all = f32::max(corpus.store.len() as f32, 8.0).ln();
    let many = BOUNDS.few + corpus.store.len() / BOUNDS.each;
    corpus.store.lookup(&hashes, &mut |index, postings| {
        let Some(&seed) = seeds.get(index) else { return };
        let is_run = seed.counts > 1;
        if is_run && postings.total as usize > BOUNDS.runs {
            return;
        }
        if !is_run {
            let spread = spread(postings, corpus);
            let own =
                if spread < many { 1.0 - BOUNDS.spread * (spread.max(1) as f32).ln() / all } else { 0.0 };
            shares.insert(seed.hash, own);
            if spread >= many {
                return;
            }
        }
        let followed = postings.list.iter().filter(|p| !(asked.skip)(p.document)).take(BOUNDS.places);
        hits.extend(followed.map(|p| Hit { document: p.document, at: p.at, seed }));
    })?;
    hits.sort_unstable_by_key(|h| (h.document, h.at, h.seed.sentence, h.seed.hash));
    let more = usize::from(corpus.store.len() >= BOUNDS.large);
    let least = (BOUNDS.hits + more, BOUNDS.bits * (1.0 + more as f32 / BOUNDS.hits as f32));
    let mut of_sentence: BTreeMap<usize, Vec<Place>> = BTreeMap::new();
    for near in hits.chunk_by(|a, b| a.document == b.document) {
        for place in likely(near, least) {
            of_sentence.entry(place.sentence).or_default().push(place);
        }
    }
    let mut kept: Vec<Place> = Vec::new();
    for mut places in of_sentence.into_values() {
        places.sort_by(|a, b| b.bits.total_cmp(&a.bits).then(a.document.cmp(&b.document)));
        places.truncate(BOUNDS.documents);
        kept.extend(places);
    }
    // The likeliest documents of all.
    kept.sort_by(|a, b| b.bits.total_cmp(&a.bits).then(a.document.cmp(&b.document)));
    let mut documents: BTreeSet<DocumentId> = BTreeSet::new();
    kept.retain(|place| {
        let has_room = documents.len() < BOUNDS.most;
        documents.contains(&place.document) || has_room && documents.insert(place.document)
    });
    Ok(Met { places: kept, shares })
}

/// How many localities have a pair, as far as it is listed, and the rest as they.
fn spread(postings: Postings<'_>, corpus: Corpus<'_>) -> u32 {
    let mut seen: Vec<u32> = postings.list.iter().map(|p| corpus.store.locality(p.document)).collect();
    seen.sort_unstable();
    seen.dedup();
    let listed = postings.list.len().max(1) as u64;
    u32::try_from(seen.len() as u64 * u64::from(postings.total) / listed).unwrap_or(u32::MAX)
}

/// Hits near each other that are looked at together, at most.
const MOST: usize = 64;

/// The best place of one document for each sentence, with so many hits and bits at least; `hits` are by their place there.
fn likely(hits: &[Hit], least: (usize, f32)) -> Vec<Place> {
    let mut best: BTreeMap<usize, Place> = BTreeMap::new();
    let (mut from, mut to) = (0, 0);
    for hit in hits {
        while hit.at - hits[from].at > BOUNDS.near {
            from += 1;
        }
        while hits.get(to).is_some_and(|h| h.at - hit.at <= BOUNDS.near) {
            to += 1;
        }
        // Of its own sentence and of those beside it, each seed once.
        let beside = |h: &&Hit| h.seed.sentence.abs_diff(hit.seed.sentence) < 2;
        let mut seen: Vec<u32> = Vec::new();
        let (mut bits, mut counts) = (0.0, 0);
        for Hit { seed, .. } in hits[from..to].iter().filter(beside).take(MOST) {
            if !seen.contains(&seed.hash) {
                seen.push(seed.hash);
                bits += seed.bits;
                counts += seed.counts;
            }
        }
        if counts < least.0 || bits < least.1 {
            continue;
        }
        let place = Place { document: hit.document, sentence: hit.seed.sentence, at: hit.at, bits };
        let known = best.entry(place.sentence).or_insert(place);
        if known.bits < bits {
            *known = place;
        }
    }
    best.into_values().collect()
}
