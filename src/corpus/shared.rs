//! How much of a few words other localities' documents hold: what a draft's variants are chosen by.

use std::collections::HashMap;

use super::{Comparable, DocumentId, K, PostingStore, fingerprints};
use crate::base::Result;

/// Documents of one fingerprint that are asked whose they are.
const ASKED: usize = 16;

/// The letters of `text` that stand in documents of other localities as well, as far as their
/// fingerprints tell: in runs of [`GUARANTEED`](super::GUARANTEED) letters all of them count, in
/// shorter ones of [`K`] or more perhaps some. Documents of `own`, by its full name, do not count.
///
/// # Errors
/// If the store fails.
pub fn shared_letters(text: &str, store: &dyn PostingStore, own: &str) -> Result<usize> {
    let comparable = Comparable::of(text);
    let prints = fingerprints(comparable.letters());
    let hashes: Vec<u32> = prints.iter().map(|p| p.hash).collect();
    let mut places: Vec<(usize, Vec<DocumentId>)> = Vec::new();
    store.lookup(&hashes, &mut |index, postings| {
        places.push((index, postings.list.iter().take(ASKED).map(|p| p.document).collect()));
    })?;
    let mut whose: HashMap<DocumentId, bool> = HashMap::new();
    let mut shared = vec![false; comparable.letters().len()];
    for (index, documents) in places {
        let mut foreign = false;
        for document in documents {
            foreign = match whose.get(&document) {
                Some(&known) => known,
                None => {
                    let locality = store.entry(document)?.locality;
                    let other = own.is_empty() || locality.is_empty() || !locality.ends_with(own);
                    whose.insert(document, other);
                    other
                }
            };
            if foreign {
                break;
            }
        }
        if let Some(print) = prints.get(index).filter(|_| foreign) {
            let at = print.at as usize;
            let end = (at + K).min(shared.len());
            shared[at..end].fill(true);
        }
    }
    Ok(shared.into_iter().filter(|&s| s).count())
}

#[cfg(test)]
mod tests {
    use super::shared_letters;
    use crate::corpus::{Entry, MemoryStore};

    #[test]
    fn words_of_others_count_and_own_words_do_not() {
        let words = "各村要把渠道清淤排在冬修水利的头一位，人手、机械一次配齐";
        let entry = Entry { name: "a.txt".into(), locality: "石塘县".into(), ..Entry::default() };
        let store = MemoryStore::of(vec![(entry, format!("会上说，{words}。"))]);
        let count = |text: &str, own: &str| shared_letters(text, &store, own).unwrap_or_default();
        assert!(count(words, "云岭县") >= 20);
        assert_eq!(count(words, "石塘县"), 0);
        assert_eq!(count("育秧中心三座已经投用，农资储备够用到端午", "云岭县"), 0);
    }
}
