//! A store in memory: for tests, for `corpus compare`, and for a folder too small to be kept.

use std::collections::BTreeMap;

use super::{
    DocumentId, Entry, Fingerprint, Posting, PostingStore, Postings, identity, letters, winnow, winnow_pairs,
};
use crate::base::{Error, Problem, Result};
use crate::text;

/// Documents with the postings of their fingerprints, all in memory.
#[derive(Debug, Default)]
pub struct MemoryStore {
    documents: Vec<(Entry, String)>,
    localities: Vec<u32>,
    identities: Vec<u64>,
    /// Sorted, each as often as it has postings; beside them the postings.
    hashes: Vec<u32>,
    postings: Vec<Posting>,
}

impl MemoryStore {
    /// A store of these documents; the first one has number 0.
    #[must_use]
    pub fn of(documents: Vec<(Entry, String)>) -> Self {
        let mut named: BTreeMap<&str, u32> = BTreeMap::new();
        let mut localities = Vec::with_capacity(documents.len());
        let mut identities = Vec::with_capacity(documents.len());
        let mut all: Vec<(u32, Posting)> = Vec::new();
        let mut buffer = Vec::new();
        for (number, (entry, text)) in (0u32..).zip(&documents) {
            localities.push(match entry.locality.as_str() {
                "" => number,
                name => *named.entry(name).or_insert(number),
            });
            buffer.clear();
            letters(text, &mut buffer);
            identities.push(identity(&buffer));
            let mut keep = |f: Fingerprint| {
                all.push((f.hash, Posting { document: DocumentId(number), at: f.at }));
            };
            winnow(&buffer, &mut keep);
            winnow_pairs(&buffer, &mut keep);
        }
        all.sort_unstable();
        let (hashes, postings) = all.into_iter().unzip();
        Self { documents, localities, identities, hashes, postings }
    }

    fn document(&self, id: DocumentId) -> Result<&(Entry, String)> {
        self.documents.get(id.0 as usize).ok_or_else(|| {
            let number = id.0;
            Error::from(Problem::new(text!("语料库里没有第{number}号文稿", "there is no document {number}")))
        })
    }
}

impl PostingStore for MemoryStore {
    fn len(&self) -> u32 {
        u32::try_from(self.documents.len()).unwrap_or(u32::MAX)
    }

    fn ids(&self) -> Box<dyn Iterator<Item = DocumentId> + '_> {
        Box::new((0..self.len()).map(DocumentId))
    }

    fn locality(&self, id: DocumentId) -> u32 {
        self.localities.get(id.0 as usize).copied().unwrap_or(id.0)
    }

    fn localities(&self) -> Vec<(u32, String)> {
        let named =
            self.localities.iter().zip(&self.documents).filter(|(_, (entry, _))| !entry.locality.is_empty());
        let named: BTreeMap<u32, String> =
            named.map(|(&number, (entry, _))| (number, entry.locality.clone())).collect();
        named.into_iter().collect()
    }

    fn identities(&self) -> Result<Vec<(DocumentId, u64)>> {
        Ok(self.ids().zip(self.identities.iter().copied()).collect())
    }

    fn entry(&self, id: DocumentId) -> Result<Entry> {
        self.document(id).map(|(entry, _)| entry.clone())
    }

    fn text(&self, id: DocumentId) -> Result<String> {
        self.document(id).map(|(_, text)| text.clone())
    }

    fn lookup(&self, fingerprints: &[u32], found: &mut dyn FnMut(usize, Postings<'_>)) -> Result<()> {
        for (i, hash) in fingerprints.iter().enumerate() {
            let start = self.hashes.partition_point(|h| h < hash);
            let length = self.hashes[start..].partition_point(|h| h == hash);
            if length > 0 {
                let total = u32::try_from(length).unwrap_or(u32::MAX);
                found(i, Postings { total, list: &self.postings[start..start + length] });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Comparable, fingerprints};

    fn entry(name: &str, locality: &str) -> Entry {
        Entry { name: name.into(), locality: locality.into(), ..Entry::default() }
    }

    #[test]
    fn what_was_put_in_is_found_again() {
        let text = "青石镇要把河道清淤作为冬修水利的头等大事来抓，确保汛前完工。";
        let store = MemoryStore::of(vec![
            (entry("a.txt", "云岭县"), text.to_owned()),
            (entry("b.txt", ""), "各村要备足物料，看完每一块撂荒地。".to_owned()),
            (entry("c.txt", "云岭县"), format!("同志们：{text}")),
        ]);
        assert_eq!(store.len(), 3);
        assert_eq!(store.locality(DocumentId(0)), store.locality(DocumentId(2)));
        assert_ne!(store.locality(DocumentId(0)), store.locality(DocumentId(1)));
        assert!(store.text(DocumentId(3)).is_err());
        let comparable = Comparable::of(text);
        let draft: Vec<u32> = fingerprints(comparable.letters()).iter().map(|f| f.hash).collect();
        let mut seen = 0;
        store
            .lookup(&draft, &mut |_, postings| {
                assert_eq!(postings.total as usize, postings.list.len());
                seen += postings.list.iter().filter(|p| p.document == DocumentId(0)).count();
                assert!(postings.list.iter().all(|p| p.document != DocumentId(1)));
            })
            .unwrap();
        assert_eq!(seen, draft.len());
    }
}
