//! How much documents share with each other: two of them passage by passage, or many of them each
//! with each, for an office that reviews a pile at once.

use std::sync::OnceLock;

use super::{
    Asked, Comparable, Corpus, Entry, MemoryStore, Passage, PostingStore, Stock, search, search_each,
};
use crate::base::Result;

/// What one document shares with another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// Comparable letters of the first document.
    pub letters: usize,
    /// How many of them the other has as well, in passages that are no set phrases.
    pub shared: usize,
    /// The passages, in the order of the first document.
    pub passages: Vec<Passage>,
}

impl Comparison {
    fn of(text: &Comparable<'_>, passages: Vec<Passage>) -> Self {
        let shared = passages.iter().map(|p| p.same).sum();
        Self { letters: text.len(), shared, passages }
    }

    /// The shared part in hundredths, rounded down; 0 for a document without letters.
    #[must_use]
    pub fn percent(&self) -> usize {
        (self.shared * 100).checked_div(self.letters).unwrap_or(0)
    }
}

/// What the first document shares with the second. Set phrases are known from `stock` alone: two
/// documents do not tell what everybody says.
///
/// # Errors
/// None; a store in memory does not fail.
pub fn compare(text: &str, other: &str, stock: &Stock, least: usize) -> Result<Comparison> {
    let store = MemoryStore::of(vec![(Entry::default(), other.to_owned())]);
    let failure = OnceLock::new();
    let comparable = Comparable::of(text);
    let asked = Asked { least, aside: &[], skip: &|_| false };
    let passages = search(&comparable, Corpus { store: &store, stock, failure: &failure }, &asked)?;
    Ok(Comparison::of(&comparable, passages))
}

/// What each document shares with each other one: row by row, the documents in the order given; a
/// document and itself are 100 %. What many localities say is learnt from the documents.
///
/// # Errors
/// None; a store in memory does not fail.
pub fn matrix(documents: Vec<(Entry, String)>, stock: &Stock, least: usize) -> Result<Vec<Vec<usize>>> {
    let store = MemoryStore::of(documents);
    let failure = OnceLock::new();
    let corpus = Corpus { store: &store, stock, failure: &failure };
    let mut rows = Vec::new();
    for id in store.ids() {
        let text = store.text(id)?;
        let comparable = Comparable::of(&text);
        let asked = Asked { least, aside: &[], skip: &|document| document == id };
        // Most documents have nothing in common; only those that have are compared.
        let each = search_each(&comparable, corpus, &asked)?;
        let percent = |passages: Vec<Passage>| Comparison::of(&comparable, passages).percent();
        let mut row = vec![0; store.len() as usize];
        for (document, passages) in each {
            row[document.0 as usize] = percent(passages);
        }
        row[id.0 as usize] = 100;
        rows.push(row);
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str =
        "茶农半夜排队等水的日子过去了。新修的塘坝把山泉留到了秋后。合作社又添了六台揉捻机和一间冷库。";
    const OTHER: &str = "老支书把账本摊在晒谷场上，一笔一笔念给乡亲听，从此村里办事先过晒谷场这一关。";

    #[test]
    fn a_document_shares_all_with_its_copy_and_nothing_with_a_stranger() {
        let stock = Stock::known();
        let same = compare(ONE, &format!("同志们：{ONE}谢谢大家。"), &stock, 13).unwrap();
        assert_eq!((same.percent(), same.passages.len()), (100, 1));
        assert_eq!(compare(ONE, OTHER, &stock, 13).unwrap().shared, 0);
        assert_eq!(compare("", OTHER, &stock, 13).unwrap().percent(), 0);
    }

    #[test]
    fn a_matrix_tells_who_shares_with_whom() {
        let entry = |name: &str| Entry { name: name.into(), ..Entry::default() };
        let documents = vec![
            (entry("a"), ONE.to_owned()),
            (entry("b"), OTHER.to_owned()),
            (entry("c"), format!("{ONE}{OTHER}")),
        ];
        let rows = matrix(documents, &Stock::known(), 13).unwrap();
        assert_eq!(rows[0], [100, 0, 100]);
        assert_eq!(rows[1], [0, 100, 100]);
        assert!(rows[2][0] > 40 && rows[2][1] > 30 && rows[2][2] == 100, "{rows:?}");
    }
}
