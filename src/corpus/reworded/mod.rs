//! What was reworded (改写): the same content in the same order, in other words.
//!
//! ```text
//! rare pairs ─▶ hits ─▶ places of documents that many hits of a sentence lie near
//!           ─▶ windows of one to three sentences, compared by what is rare in them ─▶ passages
//! ```
//!
//! Where words were swapped, clauses turned round and sentences thinned out, no run is left that
//! [`search`](super::search) asks for. What is left are words that few texts have. So sentences are
//! compared as bags of pairs of letters, each weighed by how rare it is in official prose
//! ([`Counts`](crate::base::counts::Counts)); what is part of a turn that many write weighs nothing.
//! Whether two windows say the same is weighed from several signs, among them how much more they have in common
//! than with any other locality ([`judge`]). What several localities have nearly as well is nobody's own.

mod judge;
mod meet;
mod sentence;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use self::judge::Signs;
use self::meet::{Met, Place, Seed, met, seeds};
use self::sentence::{Content, Sentences, Windows};
use super::{Asked, Comparable, Corpus, DocumentId, Letters, Points, Stock};
use crate::base::Result;
use crate::base::counts::Counts;

/// Every number that this search is bounded by or decides by. Letters are comparable letters; bits say
/// how rare a pair is: of one that official prose has a thousand times less often than the common ones, ten.
#[derive(Debug)]
struct Bounds {
    // Looking up.
    /// Rare pairs that a sentence is looked up by, the rarest ones.
    pairs: usize,
    /// Sentences of the draft from which one seed is followed: no honest text says one thing more often.
    repeats: usize,
    /// Places of one pair that are followed.
    places: usize,
    /// Places of a run of eight letters, beyond which it is a set phrase and leads nowhere.
    runs: usize,
    /// Letters of a document within which the hits of a sentence speak together.
    near: u32,
    /// Hits that must lie together, and their bits, for the text to be read. A run counts as two.
    hits: usize,
    bits: f32,
    /// From how many documents on one hit more is asked, and as many bits as for it: chance brings two together.
    large: u32,
    /// Localities that make a pair nobody's own in this corpus, and one more for so many documents: words of
    /// a trade, frames of a form.
    few: u32,
    each: u32,
    /// Documents that are read for one sentence, and for all.
    documents: usize,
    most: usize,

    // Comparing.
    /// Sentences of a window, at most.
    sentences: usize,
    /// Letters of a window, at least and at most.
    letters: [usize; 2],
    /// What a pair weighs at most, and what is taken off each: a common pair weighs nothing.
    heaviest: f32,
    plain: f32,
    /// What is left of the weight of a pair within a turn that many write.
    worn: f32,
    /// How much of its weight a pair loses that all localities of the corpus have; one that some have by the
    /// logarithm of how many.
    spread: f32,

    /// Bits below which two windows are not looked at.
    least: f32,
    /// Bits of one turn, at most: a motto or a set list is one.
    turn: f32,
    /// Letters between two pairs of a turn, on either side.
    between: usize,
}

const BOUNDS: Bounds = Bounds {
    pairs: 64,
    repeats: 64,
    places: 96,
    runs: 6,
    near: 200,
    hits: 2,
    bits: 14.0,
    large: 1_000,
    few: 6,
    each: 25,
    documents: 14,
    most: 120,

    sentences: 3,
    letters: [40, 400],
    heaviest: 19.4,
    plain: 7.4,
    worn: 0.15,
    spread: 0.5,

    least: 13.6,
    turn: 16.0,
    between: 2,
};

/// A passage of a draft that says what another document says, in other words.
#[derive(Debug, Clone, PartialEq)]
pub struct Reworded {
    /// Its letters in the draft.
    pub letters: Letters,
    /// Its bytes in the draft's text.
    pub bytes: Range<usize>,
    /// The document.
    pub document: DocumentId,
    /// Where it stands there.
    pub points: Points,
    /// What it says there.
    pub words: String,
    /// What both have, as a share of all that they have: 0 to 1.
    pub share: f32,
    /// How much both have, in bits.
    pub bits: f32,
    /// Words that both have, the rarest first.
    pub common: Vec<String>,
}

/// Two windows that have something in common.
#[derive(Debug, Clone)]
struct Alike {
    document: DocumentId,
    locality: u32,
    draft: Range<usize>,
    source: Range<usize>,
    signs: Signs,
}

/// A draft that is ready to be looked up.
pub(super) struct Ready<'d, 't> {
    draft: &'d Comparable<'t>,
    sentences: Sentences,
    own: Vec<Content>,
    seeds: Vec<Seed>,
}

impl<'d, 't> Ready<'d, 't> {
    pub fn of(draft: &'d Comparable<'t>, stock: &Stock, asked: &Asked<'_>) -> Self {
        let sentences = Sentences::of(draft);
        let mut aside = vec![false; draft.len()];
        asked.aside.iter().for_each(|bytes| aside[draft.within(bytes).numbers()].fill(true));
        let content = |letters| sentence::content(Counts::shipped(), stock, draft, letters, &aside);
        let own: Vec<Content> = sentences.all().map(content).collect();
        let seeds = seeds(draft, &sentences, &own);
        Self { draft, sentences, own, seeds }
    }

    /// The numbers that it is looked up by.
    pub fn asks(&self) -> impl Iterator<Item = u32> {
        self.seeds.iter().map(|seed| seed.hash)
    }

    /// Its passages that documents of the corpus have in other words, in order.
    ///
    /// # Errors
    /// If the store fails.
    pub fn find(mut self, corpus: Corpus<'_>, asked: &Asked<'_>) -> Result<Vec<Reworded>> {
        let met = met(&self.seeds, corpus, asked)?;
        self.own.iter_mut().for_each(|content| content.weigh(&met.shares));
        let mut of_document: BTreeMap<DocumentId, Vec<Alike>> = BTreeMap::new();
        for one in chosen(self.alike(&met, corpus)?, corpus.store.len()) {
            of_document.entry(one.document).or_default().push(one);
        }
        let mut found = Vec::new();
        for (document, passages) in of_document {
            let text = corpus.store.text(document)?;
            let source = Comparable::of(&text);
            let theirs = Sentences::of(&source);
            found.extend(passages.iter().map(|one| {
                let there = theirs.letters(one.source.clone());
                let letters = self.sentences.letters(one.draft.clone());
                told(self.draft, letters, &self.own[one.draft.clone()], one, &source, there, corpus.stock)
            }));
        }
        found.sort_by_key(|one| one.letters.start);
        Ok(found)
    }

    /// The windows of its sentences that are like some of a document, where they met.
    fn alike(&self, met: &Met, corpus: Corpus<'_>) -> Result<Vec<Alike>> {
        let own = &self.own;
        let mut here: BTreeMap<usize, Windows> = BTreeMap::new();
        let mut of_document: BTreeMap<DocumentId, Vec<Place>> = BTreeMap::new();
        for &place in &met.places {
            here.entry(place.sentence)
                .or_insert_with(|| Windows::of(place.sentence, 0..own.len(), |i| own.get(i)));
            of_document.entry(place.document).or_default().push(place);
        }
        let mut alike = Vec::new();
        corpus.store.ahead(&of_document.keys().copied().collect::<Vec<_>>())?;
        for (document, places) in of_document {
            let text = corpus.store.text(document)?;
            let source = Comparable::of(&text);
            let theirs = Sentences::of(&source);
            let mut read: BTreeMap<usize, Content> = BTreeMap::new();
            let mut there: BTreeMap<usize, Windows> = BTreeMap::new();
            let locality = corpus.store.locality(document);
            for place in places {
                let at = theirs.at(place.at as usize);
                let there = there.entry(at).or_insert_with(|| {
                    let around =
                        (at + 1).saturating_sub(BOUNDS.sentences)..(at + BOUNDS.sentences).min(theirs.len());
                    for i in around.clone() {
                        read.entry(i).or_insert_with(|| {
                            let letters = theirs.letters(i..i + 1);
                            let mut content =
                                sentence::content(Counts::shipped(), corpus.stock, &source, letters, &[]);
                            content.weigh(&met.shares);
                            content
                        });
                    }
                    Windows::of(at, around, |i| read.get(&i))
                });
                let best = here.get(&place.sentence).and_then(|here| here.best(there));
                alike.extend(best.map(|(a, b, (bits, share))| {
                    let ours: Vec<&Content> = own[a.of.clone()].iter().collect();
                    let theirs: Vec<&Content> = b.of.clone().filter_map(|i| read.get(&i)).collect();
                    let signs = Signs::of((a, &ours), (b, &theirs), bits, share);
                    Alike { document, locality, draft: a.of.clone(), source: b.of.clone(), signs }
                }));
            }
        }
        Ok(alike)
    }
}

/// Those that are told: of several documents the likeliest is taken, and what follows each other on both sides
/// is one.
fn chosen(alike: Vec<Alike>, documents: u32) -> Vec<Alike> {
    let mut of_sentence: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (number, one) in alike.iter().enumerate() {
        one.draft.clone().for_each(|sentence| of_sentence.entry(sentence).or_default().push(number));
    }
    let weigh = |one: &Alike| {
        let weight = one.signs.weigh(rivals(one, &alike, &of_sentence), documents)?;
        (weight > 0.0).then_some(weight)
    };
    let mut rest: Vec<(f32, &Alike)> = alike.iter().filter_map(|one| Some((weigh(one)?, one))).collect();
    rest.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.document.cmp(&b.1.document)));
    let mut free: BTreeSet<usize> = of_sentence.keys().copied().collect();
    let mut taken: Vec<Alike> = Vec::new();
    for (_, one) in rest {
        if one.draft.clone().all(|sentence| free.contains(&sentence)) {
            one.draft.clone().for_each(|sentence| {
                free.remove(&sentence);
            });
            taken.push(one.clone());
        }
    }
    taken.sort_by_key(|one| one.draft.start);
    joined(taken)
}

/// What other localities have at the sentences of one, or half of them.
fn rivals<'a>(
    one: &Alike,
    alike: &'a [Alike],
    of_sentence: &BTreeMap<usize, Vec<usize>>,
) -> impl Iterator<Item = (u32, &'a Signs)> {
    let mut at: Vec<usize> =
        one.draft.clone().filter_map(|sentence| of_sentence.get(&sentence)).flatten().copied().collect();
    at.sort_unstable();
    at.dedup();
    let (locality, draft) = (one.locality, one.draft.clone());
    at.into_iter().filter_map(move |number| {
        let other = alike.get(number)?;
        let both = draft.end.min(other.draft.end).saturating_sub(draft.start.max(other.draft.start));
        let beside = other.locality != locality && both * 2 >= draft.len();
        beside.then_some((other.locality, &other.signs))
    })
}

/// Those that follow each other on both sides, as one; by place in the draft.
fn joined(taken: Vec<Alike>) -> Vec<Alike> {
    let mut joined: Vec<Alike> = Vec::new();
    for one in taken {
        match joined.last_mut() {
            Some(last)
                if last.document == one.document
                    && last.draft.end == one.draft.start
                    && one.source.start <= last.source.end + BOUNDS.sentences
                    && last.source.start <= one.source.end + BOUNDS.sentences =>
            {
                last.draft.end = one.draft.end;
                last.source = last.source.start.min(one.source.start)..last.source.end.max(one.source.end);
                last.signs.share = last.signs.share.max(one.signs.share);
                last.signs.bits += one.signs.bits;
            }
            _ => joined.push(one),
        }
    }
    joined
}

fn told(
    draft: &Comparable<'_>,
    letters: Letters,
    own: &[Content],
    one: &Alike,
    source: &Comparable<'_>,
    there: Letters,
    stock: &Stock,
) -> Reworded {
    let theirs = sentence::content(Counts::shipped(), stock, source, there, &[]);
    let bytes = source.bytes(there);
    let words = source.text()[bytes.clone()].to_owned();
    let start = source.text()[..bytes.start].chars().count();
    let points = Points { start, end: start + words.chars().count() };
    Reworded {
        letters,
        bytes: draft.bytes(letters),
        document: one.document,
        points,
        words,
        share: one.signs.share,
        bits: one.signs.bits,
        common: sentence::common(draft, own, &theirs),
    }
}
