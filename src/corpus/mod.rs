//! Floor 3: the corpus (语料库), other localities' documents that a draft is held against.
//!
//! ```text
//! document ─▶ Comparable (folded letters and the way back) ─▶ fingerprints ─▶ PostingStore
//! draft    ─▶ Comparable ─▶ fingerprints ─▶ lookup ─▶ candidates ─▶ alignment on the text ─▶ passages
//! ```
//!
//! Everything above [`PostingStore`] works on any store: the one on disk, the one in memory that
//! tests and `corpus compare` use, or a shared database that may stand there later.

mod align;
mod comparable;
mod compare;
pub mod disk;
mod fingerprint;
mod held;
mod joined;
mod memory;
mod names;
mod once;
mod open;
mod pairs;
mod reworded;
mod search;
mod shared;
mod span;
#[cfg(feature = "postgres")]
pub mod sql;
mod stock;
mod worn;

use crate::base::Result;

pub use align::EqualRun;
pub use comparable::{Comparable, letters};
pub use compare::{compare, matrix};
pub(in crate::corpus) use fingerprint::identity;
pub use fingerprint::{Fingerprint, GUARANTEED, K, fingerprints, run_hash, winnow};
pub use held::Held;
pub use memory::MemoryStore;
pub use names::{is_remote, shown, without_password};
pub use once::search_both;
pub use open::{open_all, open_named};
pub use pairs::{is_everywhere, pair, winnow_pairs};
pub use reworded::Reworded;
pub use search::{Asked, Corpus, Passage, Taken, search, search_each};
pub use shared::shared_letters;
pub use span::{Letters, Points};
pub use stock::{Stock, Weight, bodies};
pub use worn::fresh;

/// The number of a document in a store; stable while the store is open, not across changes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId(pub u32);

/// Where a fingerprint stands in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Posting {
    /// The document.
    pub document: DocumentId,
    /// The index of its first letter among the document's comparable letters.
    pub at: u32,
}

/// What is known about a document besides its text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// Its name in reports: the path from the folder that was added, with `/`, and for a piece of
    /// a collection its number.
    pub name: String,
    /// Its title (标题), if it has one.
    pub title: String,
    /// The locality (地区) that it speaks for, by its full name; empty if unknown.
    pub locality: String,
    /// Its year (年份); 0 if unknown.
    pub year: u16,
    /// Its genre (文种); empty if unknown.
    pub genre: String,
    /// The corpus that it is in, as a person calls it; empty where there is only one.
    pub corpus: String,
}

/// One fingerprint's postings.
#[derive(Debug, Clone, Copy)]
pub struct Postings<'a> {
    /// How many places of the store hold it, also where `list` was cut short.
    pub total: u32,
    /// The places, in order of document and position; cut short for what everybody says.
    pub list: &'a [Posting],
}

/// Documents and an index from fingerprints to the places where they stand.
pub trait PostingStore: Send + Sync {
    /// The number of documents that decisions count with. Of a single corpus all ids are below it.
    fn len(&self) -> u32;

    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Ids of the documents that are there, in order.
    fn ids(&self) -> Box<dyn Iterator<Item = DocumentId> + '_>;

    /// A number that documents of the same locality share, and no others do; documents whose
    /// locality is not known have one of their own. Cheap: it is asked for every posting.
    fn locality(&self, id: DocumentId) -> u32;

    /// The localities that are known, each by the number that its documents have here.
    fn localities(&self) -> Vec<(u32, String)>;

    /// The documents that are there, each with the number that documents of the same letters share.
    ///
    /// # Errors
    /// If the store is damaged or its disk cannot be read.
    fn identities(&self) -> Result<Vec<(DocumentId, u64)>>;

    /// The documents that have one of these numbers, which rise, each with its own.
    ///
    /// # Errors
    /// If the store is damaged or its disk cannot be read.
    fn holding(&self, identities: &[u64]) -> Result<Vec<(DocumentId, u64)>> {
        let mut all = self.identities()?;
        all.retain(|(_, identity)| identities.binary_search(identity).is_ok());
        Ok(all)
    }

    /// Says which documents will be read next, so that a store far away fetches them together.
    ///
    /// # Errors
    /// If the store is damaged or cannot be reached.
    fn ahead(&self, _documents: &[DocumentId]) -> Result<()> {
        Ok(())
    }

    /// What is known about a document.
    ///
    /// # Errors
    /// If the store is damaged or its disk cannot be read.
    fn entry(&self, id: DocumentId) -> Result<Entry>;

    /// A document's text as it was read.
    ///
    /// # Errors
    /// If the store is damaged or its disk cannot be read.
    fn text(&self, id: DocumentId) -> Result<String>;

    /// Looks up fingerprints and hands over the postings of each one that is there, with its
    /// index in `fingerprints`.
    ///
    /// # Errors
    /// If the store is damaged or its disk cannot be read.
    fn lookup(&self, fingerprints: &[u32], found: &mut dyn FnMut(usize, Postings<'_>)) -> Result<()>;
}
