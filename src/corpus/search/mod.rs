//! Search: the passages of a draft that other documents hold as well.
//!
//! ```text
//! fingerprints ─▶ hits ─▶ regions (hits of one document that lie together on both sides)
//!              ─▶ the likeliest regions, some for each place of the draft ─▶ alignment on the text
//!              ─▶ chains joined into passages ─▶ set phrases taken off ─▶ one passage, several sources
//! ```
//!
//! What is common is settled twice: by lists of set phrases ([`Stock`]) and by the corpus itself,
//! for a stretch that many localities share is nobody's own. How many are many depends on its
//! length: a clause that four localities share is a set phrase, a page that ten share was copied by
//! nine of them. Set phrases are taken off after alignment, never before: a copied page holds many
//! of them, and what remains decides.
//!
//! Work is bounded whatever the corpus holds: so many places of one fingerprint, so many documents
//! for one place of the draft, so many documents in all (`limits`). The text of a document is only
//! fetched to be aligned.
//!
//! In the order in which a draft goes through them: `lookup`, `region`, `passage` (with `edge`),
//! `ground` (what a passage is worth: `pieces`, and `many` for how many are many), `settle`.

mod edge;
mod ground;
mod limits;
mod lookup;
mod many;
mod passage;
mod pieces;
mod region;
mod settle;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

pub(super) use self::edge::is_sentence_end;
use self::ground::{Ground, Worth};
use self::lookup::{Followed, Looked, look};
use self::passage::held;
use self::region::{Region, likeliest, regions};
use self::settle::settle;
use super::{Comparable, DocumentId, EqualRun, Letters, Points, PostingStore, Stock};
use crate::base::{Error, Result};

/// Places of one fingerprint that a search makes use of; the rest is told by how many there are.
pub(super) const COUNTED: usize = limits::LIMITS.counted;

/// What a draft is held against.
#[derive(Clone, Copy)]
pub struct Corpus<'a> {
    /// The documents.
    pub store: &'a dyn PostingStore,
    /// Known set phrases.
    pub stock: &'a Stock,
    /// Where a failure of the store is put by whoever cannot return it.
    pub failure: &'a OnceLock<Error>,
}

impl Corpus<'_> {
    /// Keeps the first failure.
    pub fn failed(&self, error: Error) {
        // Later ones tell nothing new.
        let _ = self.failure.set(error);
    }
}

/// What is asked of a search.
pub struct Asked<'a> {
    /// Letters of its own that a passage must have in a row.
    pub least: usize,
    /// Bytes of the draft that count as set phrases: titles, code.
    pub aside: &'a [Range<usize>],
    /// Documents that are not searched.
    pub skip: &'a dyn Fn(DocumentId) -> bool,
}

impl std::fmt::Debug for Corpus<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Corpus").field("documents", &self.store.len()).finish_non_exhaustive()
    }
}

/// A passage of a draft that stands in other documents as well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Its letters in the draft.
    pub letters: Letters,
    /// Its bytes in the draft's text, with a pinyin gloss at its end.
    pub bytes: Range<usize>,
    /// How many of them the first source has as well.
    pub same: usize,
    /// How many of those are no set phrases.
    pub own: usize,
    /// How many localities have its rarest stretch, as far as was counted; at least 1.
    pub localities: u32,
    /// Where it stands as well, the likeliest source first; never empty.
    pub sources: Vec<Taken>,
}

/// Where a passage stands in another document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The document.
    pub document: DocumentId,
    /// How many letters it shares with the passage.
    pub same: usize,
    /// The stretches of its text; several where the order was changed and what lies between them is
    /// not in the draft.
    pub stretches: Vec<Stretch>,
    /// The equal runs, draft and document, in the order of the draft.
    pub runs: Vec<EqualRun>,
}

/// A stretch of another document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// Where it stands there.
    pub points: Points,
    /// What it says there.
    pub words: String,
}

impl Passage {
    fn of(ground: &Ground<'_, '_>, letters: Letters, worth: Worth, sources: Vec<Taken>) -> Self {
        let Worth { same, own, localities } = worth;
        Self { letters, bytes: ground.bytes(letters), same, own, localities, sources }
    }
}

/// The passages of a draft that documents of the corpus hold as well, in order.
///
/// # Errors
/// If the store fails.
pub fn search(draft: &Comparable<'_>, corpus: Corpus<'_>, asked: &Asked<'_>) -> Result<Vec<Passage>> {
    let (ground, regions) = met(draft, corpus, asked, Followed::First)?;
    let mut passages = Vec::new();
    let likeliest = likeliest(regions);
    corpus.store.ahead(&likeliest.keys().copied().collect::<Vec<_>>())?;
    for (document, regions) in likeliest {
        passages.extend(held(&ground, corpus, document, &regions)?);
    }
    Ok(settle(&ground, passages))
}

/// The same for each document by itself, whatever others hold, and only for those that hold any;
/// the others tell what is common. The draft is looked up once.
///
/// # Errors
/// If the store fails.
pub fn search_each(
    draft: &Comparable<'_>,
    corpus: Corpus<'_>,
    asked: &Asked<'_>,
) -> Result<BTreeMap<DocumentId, Vec<Passage>>> {
    let (ground, regions) = met(draft, corpus, asked, Followed::OfEach)?;
    let mut each: BTreeMap<DocumentId, Vec<Region>> = BTreeMap::new();
    for region in regions {
        each.entry(region.document).or_default().push(region);
    }
    let mut found = BTreeMap::new();
    for (document, regions) in each.into_values().flat_map(likeliest) {
        let passages = settle(&ground, held(&ground, corpus, document, &regions)?);
        if !passages.is_empty() {
            found.insert(document, passages);
        }
    }
    Ok(found)
}

/// The ground that a draft stands on in a corpus, and where its fingerprints meet.
fn met<'d, 't>(
    draft: &'d Comparable<'t>,
    corpus: Corpus<'_>,
    asked: &Asked<'_>,
    followed: Followed,
) -> Result<(Ground<'d, 't>, Vec<Region>)> {
    let Looked { meetings, spread, shared } = look(draft, corpus, asked, followed)?;
    // As many localities as documents, at most.
    let all = corpus.store.len();
    let ground = Ground::of(draft, shared, corpus.stock, asked, all);
    Ok((ground, regions(meetings, &spread, all)))
}
