//! One look-up for both searches (一次查找): what was copied and what was reworded are asked of the store together, so
//! that each bucket of an index is read once.

use std::collections::HashMap;
use std::ops::Range;

use super::reworded::Ready;
use super::search::COUNTED;
use super::{
    Asked, Comparable, Corpus, DocumentId, Entry, Passage, Posting, PostingStore, Postings, Reworded,
    fingerprints, search,
};
use crate::base::Result;

/// The passages of a draft that documents of the corpus hold as well, and those that they have in other
/// words; each in order.
///
/// # Errors
/// If the store fails.
pub fn search_both(
    draft: &Comparable<'_>,
    corpus: Corpus<'_>,
    asked: &Asked<'_>,
) -> Result<(Vec<Passage>, Vec<Reworded>)> {
    let ready = Ready::of(draft, corpus.stock, asked);
    let mut all: Vec<u32> = fingerprints(draft.letters()).iter().map(|print| print.hash).collect();
    all.extend(ready.asks());
    all.sort_unstable();
    all.dedup();
    let store = Once::of(corpus.store, &all)?;
    let corpus = Corpus { store: &store, ..corpus };
    Ok((search(draft, corpus, asked)?, ready.find(corpus, asked)?))
}

/// A store that has looked up what it will be asked for.
struct Once<'s> {
    store: &'s dyn PostingStore,
    /// How many places each has and which of `postings` are its first; of what is not there, none.
    known: HashMap<u32, (u32, Range<usize>)>,
    postings: Vec<Posting>,
}

impl<'s> Once<'s> {
    fn of(store: &'s dyn PostingStore, hashes: &[u32]) -> Result<Self> {
        let mut known: HashMap<u32, (u32, Range<usize>)> = hashes.iter().map(|&h| (h, (0, 0..0))).collect();
        let mut postings = Vec::new();
        store.lookup(hashes, &mut |index, found| {
            let start = postings.len();
            postings.extend(found.list.iter().take(COUNTED));
            if let Some(place) = hashes.get(index).and_then(|hash| known.get_mut(hash)) {
                *place = (found.total, start..postings.len());
            }
        })?;
        Ok(Self { store, known, postings })
    }
}

impl PostingStore for Once<'_> {
    fn len(&self) -> u32 {
        self.store.len()
    }

    fn ids(&self) -> Box<dyn Iterator<Item = DocumentId> + '_> {
        self.store.ids()
    }

    fn locality(&self, id: DocumentId) -> u32 {
        self.store.locality(id)
    }

    fn localities(&self) -> Vec<(u32, String)> {
        self.store.localities()
    }

    fn identities(&self) -> Result<Vec<(DocumentId, u64)>> {
        self.store.identities()
    }

    fn holding(&self, identities: &[u64]) -> Result<Vec<(DocumentId, u64)>> {
        self.store.holding(identities)
    }

    fn ahead(&self, documents: &[DocumentId]) -> Result<()> {
        self.store.ahead(documents)
    }

    fn entry(&self, id: DocumentId) -> Result<Entry> {
        self.store.entry(id)
    }

    fn text(&self, id: DocumentId) -> Result<String> {
        self.store.text(id)
    }

    fn lookup(&self, fingerprints: &[u32], found: &mut dyn FnMut(usize, Postings<'_>)) -> Result<()> {
        if fingerprints.iter().any(|hash| !self.known.contains_key(hash)) {
            return self.store.lookup(fingerprints, found);
        }
        for (index, hash) in fingerprints.iter().enumerate() {
            let Some((total, range)) = self.known.get(hash) else { continue };
            if *total > 0 {
                found(index, Postings { total: *total, list: &self.postings[range.clone()] });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::OnceLock;

    use super::*;
    use crate::corpus::{MemoryStore, Stock};

    #[test]
    fn what_is_asked_together_is_what_is_asked_one_by_one() {
        let source = "老支书把水账本摊在晒谷场上，每户放水几时几刻一笔一笔念给乡亲听。茶农半夜排队守渠的日子过去了，\
                      新修的塘坝把山泉留到秋后。";
        let entry = Entry { name: "a.txt".into(), locality: "石塘县".into(), ..Entry::default() };
        let store = MemoryStore::of(vec![(entry, source.to_owned())]);
        let (stock, failure) = (Stock::known(), OnceLock::new());
        let corpus = Corpus { store: &store, stock: &stock, failure: &failure };
        let text = format!(
            "学校食堂的灶台换成了电的。{source}茶农守渠排队、半夜不睡的日子没有了，塘坝新修好，山泉到秋后还有。"
        );
        let (draft, asked) = (Comparable::of(&text), Asked { least: 13, aside: &[], skip: &|_| false });
        let (copied, other) = search_both(&draft, corpus, &asked).unwrap();
        assert!(!copied.is_empty());
        assert_eq!(copied, search(&draft, corpus, &asked).unwrap());
        assert_eq!(other, Ready::of(&draft, &stock, &asked).find(corpus, &asked).unwrap());
        // What was not foreseen is asked of the store.
        let once = Once::of(&store, &[]).unwrap();
        let hashes: Vec<u32> = fingerprints(draft.letters()).iter().map(|f| f.hash).collect();
        let count = |store: &dyn PostingStore| {
            let mut n = 0;
            store.lookup(&hashes, &mut |_, postings| n += postings.list.len()).unwrap();
            n
        };
        assert!(count(&store) > 0);
        assert_eq!(count(&once), count(&store));
    }
}
