//! Several corpora as one (几个语料库一起用): an office's own, the county's, the city's.
//!
//! A draft is held against all of them at once, and what is common is settled over their sum: what many
//! localities of both together have is nobody's own. A document that several hold counts once, as the one
//! of the corpus that was named first; so what is found is what would be found in one corpus to which the
//! others had been added in order. Each finding names the corpus.

use std::collections::HashMap;
use std::sync::Arc;

use super::held::Shared;
use super::{DocumentId, Entry, Posting, PostingStore, Postings};
use crate::base::{Error, Problem, Result};
use crate::text;

/// Several corpora as one.
pub struct Joined {
    parts: Vec<Part>,
    /// The number of each document's locality, over all of them.
    localities: Vec<u32>,
    /// The localities that are known, by their numbers.
    names: Vec<(u32, String)>,
    /// Documents, those that stand in an earlier one left out.
    count: u32,
}

/// One of them.
struct Part {
    name: String,
    store: Shared,
    /// The id of its first document.
    base: u32,
    /// Which of its documents stand in an earlier one; empty if none do.
    hidden: Vec<bool>,
}

impl Part {
    fn hides(&self, document: DocumentId) -> bool {
        self.hidden.get(document.0 as usize).copied().unwrap_or(false)
    }

    /// Hides what `earlier` has as well. The smaller one of the two is read, the other is asked.
    fn hide(&mut self, earlier: &dyn PostingStore) -> Result<()> {
        let numbers = |of: &[(DocumentId, u64)]| {
            let mut numbers: Vec<u64> = of.iter().map(|&(_, identity)| identity).collect();
            numbers.sort_unstable();
            numbers.dedup();
            numbers
        };
        let twins = if self.store.len() <= earlier.len() {
            let mut own = self.store.identities()?;
            let known = numbers(&earlier.holding(&numbers(&own))?);
            own.retain(|(_, identity)| known.binary_search(identity).is_ok());
            own
        } else {
            self.store.holding(&numbers(&earlier.identities()?))?
        };
        if !twins.is_empty() {
            self.hidden.resize(self.store.len() as usize, false);
        }
        for (document, _) in twins {
            if let Some(hidden) = self.hidden.get_mut(document.0 as usize) {
                *hidden = true;
            }
        }
        Ok(())
    }
}

impl Joined {
    /// These corpora as one, each with the name by which a person knows it; earlier ones come first.
    ///
    /// # Errors
    /// If one of them is damaged or cannot be read, or they are too large to be counted together.
    pub fn of(named: Vec<(String, Shared)>) -> Result<Self> {
        let mut parts: Vec<Part> = Vec::new();
        let (mut base, mut count) = (0u32, 0u32);
        for (name, store) in named {
            let mut part = Part { name, store, base, hidden: Vec::new() };
            parts.iter().try_for_each(|earlier| part.hide(&*earlier.store))?;
            let len = part.store.len();
            base = base.checked_add(len).ok_or_else(too_many)?;
            count += len - u32::try_from(part.hidden.iter().filter(|h| **h).count()).unwrap_or(len);
            parts.push(part);
        }
        let (localities, names) = localities(&parts);
        Ok(Self { parts, localities, names, count })
    }

    fn part(&self, id: DocumentId) -> Result<(&Part, DocumentId)> {
        let index = self.parts.partition_point(|part| part.base <= id.0);
        let part = index.checked_sub(1).and_then(|index| self.parts.get(index));
        part.map(|part| (part, DocumentId(id.0 - part.base))).ok_or_else(|| {
            let number = id.0;
            Problem::new(text!("语料库里没有第{number}号文稿", "there is no document {number}")).into()
        })
    }
}

fn too_many() -> Error {
    Problem::new(text!(
        "这几个语料库合起来太大，一次比不了",
        "these corpora are too large to be taken as one"
    ))
    .help(text!("少写几个 --corpus", "name fewer of them with --corpus"))
    .into()
}

/// The number of each document's locality, and the names of these numbers: those of one name have one
/// number, wherever they are.
fn localities(parts: &[Part]) -> (Vec<u32>, Vec<(u32, String)>) {
    let mut numbers: HashMap<String, u32> = HashMap::new();
    let mut all = Vec::new();
    for part in parts {
        let mut here: HashMap<u32, u32> = HashMap::new();
        for (number, name) in part.store.localities() {
            let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            here.insert(number, *numbers.entry(name).or_insert(next));
        }
        all.extend((0..part.store.len()).map(|document| {
            let own = u32::MAX - (part.base + document);
            here.get(&part.store.locality(DocumentId(document))).copied().unwrap_or(own)
        }));
    }
    (all, numbers.into_iter().map(|(name, number)| (number, name)).collect())
}

impl PostingStore for Joined {
    fn len(&self) -> u32 {
        self.count
    }

    fn is_empty(&self) -> bool {
        self.ids().next().is_none()
    }

    fn ids(&self) -> Box<dyn Iterator<Item = DocumentId> + '_> {
        Box::new(self.parts.iter().flat_map(|part| {
            let shown = part.store.ids().filter(|&document| !part.hides(document));
            shown.map(|document| DocumentId(part.base + document.0))
        }))
    }

    fn locality(&self, id: DocumentId) -> u32 {
        self.localities.get(id.0 as usize).copied().unwrap_or(u32::MAX)
    }

    fn localities(&self) -> Vec<(u32, String)> {
        self.names.clone()
    }

    fn identities(&self) -> Result<Vec<(DocumentId, u64)>> {
        let mut all = Vec::new();
        for part in &self.parts {
            let shown = part.store.identities()?.into_iter().filter(|&(document, _)| !part.hides(document));
            all.extend(shown.map(|(document, identity)| (DocumentId(part.base + document.0), identity)));
        }
        Ok(all)
    }

    fn ahead(&self, documents: &[DocumentId]) -> Result<()> {
        for part in &self.parts {
            let end = part.base.saturating_add(part.store.len());
            let of_part = documents.iter().filter(|id| (part.base..end).contains(&id.0));
            let of_part: Vec<DocumentId> = of_part.map(|id| DocumentId(id.0 - part.base)).collect();
            part.store.ahead(&of_part)?;
        }
        Ok(())
    }

    fn entry(&self, id: DocumentId) -> Result<Entry> {
        let (part, document) = self.part(id)?;
        Ok(Entry { corpus: part.name.clone(), ..part.store.entry(document)? })
    }

    fn text(&self, id: DocumentId) -> Result<String> {
        let (part, document) = self.part(id)?;
        part.store.text(document)
    }

    fn lookup(&self, fingerprints: &[u32], found: &mut dyn FnMut(usize, Postings<'_>)) -> Result<()> {
        let mut joined: Vec<(u32, Vec<Posting>)> = Vec::new();
        joined.resize_with(fingerprints.len(), Default::default);
        for part in &self.parts {
            part.store.lookup(fingerprints, &mut |index, postings| {
                let Some((total, list)) = joined.get_mut(index) else { return };
                let before = list.len();
                let shown = postings.list.iter().filter(|p| !part.hides(p.document));
                list.extend(
                    shown.map(|p| Posting { document: DocumentId(part.base + p.document.0), at: p.at }),
                );
                // Where a list was cut short, the rest is taken to be as what is there.
                let (kept, listed) = ((list.len() - before) as u64, postings.list.len().max(1) as u64);
                let here = u64::from(postings.total) * kept / listed;
                *total = total.saturating_add(u32::try_from(here).unwrap_or(u32::MAX));
            })?;
        }
        for (index, (total, list)) in joined.iter().enumerate().filter(|(_, (_, list))| !list.is_empty()) {
            found(index, Postings { total: *total, list });
        }
        Ok(())
    }
}

/// Several stores as one; one alone stays as it is, and its documents name no corpus.
///
/// # Errors
/// As [`Joined::of`].
pub(super) fn join(mut named: Vec<(String, Shared)>) -> Result<Shared> {
    match (named.pop(), named.is_empty()) {
        (Some((_, only)), true) => Ok(only),
        (last, _) => {
            named.extend(last);
            Ok(Arc::new(Joined::of(named)?))
        }
    }
}

#[cfg(test)]
mod tests;
