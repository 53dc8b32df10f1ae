//! Changing a corpus: one writer at a time, each change whole or not at all.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::build::Builder;
use super::files::{self, crossed, foreign};
use super::lock::{Lock, Way};
use super::manifest::{MANIFEST, Manifest, is_ours};
use super::merge::merge;
use super::prepared::Prepared;
use super::reach::{Disk, Reach};
use super::{Change, Changes, DiskCorpus, Shelf, shelves};
use crate::base::{Result, Text};
use crate::corpus::{DocumentId, PostingStore};
use crate::text;

/// Places of fingerprints that a segment gathers in memory before it is written, seven bytes
/// each: those of about a gigabyte of text.
const GATHERED: u64 = 100_000_000;

/// Small segments of about one size that may stand side by side before they are made one.
const ALIKE: usize = 4;

/// Bytes of text up to which segments count as small, by size; larger ones wait for `compact`.
const SMALL: [u64; 3] = [1 << 20, 4 << 20, 16 << 20];

/// What became of a document that was to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is in, under this name, which is its own unless another document had it.
    Added(String),
    /// It took the place of the document of the same name.
    Replaced,
    /// It has the same words as the document of this name and was left out.
    Same(String),
    /// It has no words and was left out.
    Empty,
}

/// Who has an identity or a name.
#[derive(Debug, Clone, Copy)]
enum Known {
    Stored(DocumentId),
    /// By its number among those that were added.
    New(u32),
}

/// A corpus that may be changed. Dropping it before [`commit`](Self::commit) leaves all as it was.
#[derive(Debug)]
pub struct Writer {
    folder: PathBuf,
    lock: Lock,
    reach: Arc<dyn Reach>,
    manifest: Manifest,
    corpus: DiskCorpus,
    /// What happens to documents that are stored, for each segment.
    changes: Vec<Option<Changes>>,
    builder: Option<Builder>,
    known: Option<Names>,
    gathered: u64,
}

/// Which documents there are, for those who add to them.
#[derive(Debug, Default)]
struct Names {
    identities: HashMap<u64, Known>,
    names: HashMap<String, Known>,
    /// Names of those that were added.
    added: Vec<String>,
}

impl Writer {
    /// Opens the corpus in a folder for writing, or makes one where the folder is empty or
    /// missing. While another writer is at work it waits; `waiting` is called once if so.
    ///
    /// # Errors
    /// If the folder holds other files, the corpus is damaged, or it cannot be written to.
    pub fn open(folder: &Path, waiting: &mut dyn FnMut()) -> Result<Self> {
        Self::open_by(folder, Way::USUAL, waiting)
    }

    /// The same, waiting in another way; for tests.
    pub(super) fn open_by(folder: &Path, way: Way, waiting: &mut dyn FnMut()) -> Result<Self> {
        let reach = Disk::reach();
        let names = files::names_in(folder)?;
        if let Some(name) = names.iter().find(|name| !is_ours(name))
            && Manifest::read(&*reach, folder)?.is_none()
        {
            return Err(foreign(
                folder,
                text!(
                    "这个文件夹里有别的文件（{name}），不是语料库",
                    "this folder holds other files ({name}) and is no corpus"
                ),
                Text::fixed("给语料库一个空的或新的文件夹", "give the corpus an empty or a new folder"),
            ));
        }
        files::make_folder(folder)?;
        let lock = Lock::acquire(folder, way, waiting)?;
        let manifest = Manifest::read(&*reach, folder)?;
        let new = manifest.is_none();
        let manifest = manifest.unwrap_or(Manifest { next: 1, ..Manifest::default() });
        let corpus = DiskCorpus::of(folder, shelves(&reach, folder, &manifest)?)?;
        let changes = manifest.segments.iter().map(|_| None).collect();
        let writer = Self {
            folder: folder.to_owned(),
            lock,
            reach,
            manifest,
            corpus,
            changes,
            builder: None,
            known: None,
            gathered: GATHERED,
        };
        writer.sweep();
        if new {
            writer.manifest.write(folder)?;
        }
        Ok(writer)
    }

    /// Gathers fewer places in memory before a segment is written; for tests.
    #[must_use]
    pub fn gathering(mut self, places: u64) -> Self {
        self.gathered = places;
        self
    }

    /// The corpus as it was when the writer opened it.
    #[must_use]
    pub fn corpus(&self) -> &DiskCorpus {
        &self.corpus
    }

    /// Removes what no manifest names: leftovers of a process that was killed.
    fn sweep(&self) {
        let needed = self.manifest.names();
        for name in files::names_in(&self.folder).unwrap_or_default() {
            if is_ours(&name) && !needed.contains(&name) {
                files::remove(&self.folder.join(name));
            }
        }
    }

    fn next_id(&mut self) -> u64 {
        let id = self.manifest.next;
        self.manifest.next += 1;
        id
    }

    fn names(&mut self) -> Result<&mut Names> {
        if self.known.is_none() {
            let mut known = Names::default();
            for (id, entry) in self.corpus.entries()? {
                known.names.insert(entry.name, Known::Stored(id));
            }
            for shelf in &self.corpus.shelves {
                for (identity, document) in shelf.segment.identities()?.into_iter().zip(0..) {
                    if !shelf.removed(document) {
                        known.identities.insert(identity, Known::Stored(DocumentId(shelf.base + document)));
                    }
                }
            }
            self.known = Some(known);
        }
        Ok(self.known.get_or_insert_default())
    }

    fn name_of(&self, known: Known) -> Result<String> {
        match known {
            Known::Stored(id) => Ok(self.corpus.entry(id)?.name),
            Known::New(number) => {
                let added = self.known.as_ref().and_then(|k| k.added.get(number as usize));
                Ok(added.cloned().unwrap_or_default())
            }
        }
    }

    /// Adds documents, and says of each what became of it. One whose words are there already is
    /// left out; one whose name is there takes the place of the other with `replace`, and gets a
    /// name of its own without. When memory is full, what was added so far is committed.
    ///
    /// # Errors
    /// If the corpus cannot be read or written.
    pub fn add(&mut self, batch: Vec<Prepared>, replace: bool) -> Result<Vec<Outcome>> {
        let mut outcomes = Vec::with_capacity(batch.len());
        let mut kept = Vec::with_capacity(batch.len());
        for mut document in batch {
            if document.letters == 0 {
                outcomes.push(Outcome::Empty);
                continue;
            }
            let known = self.names()?;
            if let Some(&same) = known.identities.get(&document.identity) {
                outcomes.push(Outcome::Same(self.name_of(same)?));
                continue;
            }
            let number = known.added.len() as u32;
            let mut replaced = None;
            match known.names.get(&document.entry.name) {
                Some(&Known::Stored(id)) if replace => replaced = Some(id),
                Some(_) => document.entry.name = another(&document.entry.name, &known.names),
                None => {}
            }
            known.identities.insert(document.identity, Known::New(number));
            known.names.insert(document.entry.name.clone(), Known::New(number));
            known.added.push(document.entry.name.clone());
            outcomes.push(match replaced {
                Some(id) => {
                    self.remove(&[id])?;
                    Outcome::Replaced
                }
                None => Outcome::Added(document.entry.name.clone()),
            });
            kept.push(document);
        }
        let mut rest = kept.as_slice();
        while !rest.is_empty() {
            if self.builder.is_none() {
                let id = self.next_id();
                self.builder = Some(Builder::begin(&self.folder, id)?);
            }
            let Some(builder) = &mut self.builder else { break };
            let mut letters = 0u32;
            let fits = |d: &&Prepared| {
                letters = letters.saturating_add(d.letters);
                builder.has_room(letters)
            };
            let some = rest.iter().take_while(fits).count().max(usize::from(builder.documents() == 0));
            builder.add(&rest[..some])?;
            rest = &rest[some..];
            if builder.postings() >= self.gathered || !rest.is_empty() {
                self.save()?;
            }
        }
        Ok(outcomes)
    }

    /// The index of a document's segment, and its number there.
    fn place(&self, id: DocumentId) -> (usize, u32) {
        let index = self.corpus.shelves.partition_point(|s| s.base <= id.0).saturating_sub(1);
        (index, id.0 - self.corpus.shelves.get(index).map_or(0, |s| s.base))
    }

    fn change(&mut self, id: DocumentId) -> Result<&mut Changes> {
        self.corpus.shelf(id)?;
        let index = self.place(id).0;
        let stored = &self.corpus.shelves[index].changes;
        Ok(self.changes[index].get_or_insert_with(|| stored.clone()))
    }

    /// Removes documents.
    ///
    /// # Errors
    /// If there is no document of such an id.
    pub fn remove(&mut self, ids: &[DocumentId]) -> Result<()> {
        for &id in ids {
            let document = self.place(id).1;
            self.change(id)?.removed.insert(document);
        }
        Ok(())
    }

    /// Sets what is known of a document.
    ///
    /// # Errors
    /// If there is no document of this id.
    pub fn set(&mut self, id: DocumentId, change: &Change) -> Result<()> {
        let document = self.place(id).1;
        self.change(id)?.set.entry(document).or_default().absorb(change);
        Ok(())
    }

    /// Writes what was gathered and makes it count.
    fn save(&mut self) -> Result<()> {
        let mut manifest = self.manifest.clone();
        for (index, changes) in self.changes.iter().enumerate() {
            let Some(changes) = changes else { continue };
            let listed = &mut manifest.segments[index];
            listed.changes = manifest.next;
            manifest.next += 1;
            changes.write(&self.folder, listed)?;
        }
        if let Some(builder) = self.builder.take()
            && builder.documents() > 0
        {
            manifest.segments.push(builder.finish()?);
        }
        self.switch(manifest)?;
        for (shelf, changes) in self.corpus.shelves.iter_mut().zip(&mut self.changes) {
            if let Some(changes) = changes.take() {
                shelf.changes = changes;
            }
        }
        Ok(())
    }

    /// Makes a manifest count.
    fn switch(&mut self, mut manifest: Manifest) -> Result<()> {
        let same = manifest.segments == self.manifest.segments;
        self.manifest.next = manifest.next;
        if same {
            return Ok(());
        }
        self.is_alone()?;
        manifest.generation += 1;
        manifest.write(&self.folder)?;
        self.manifest = manifest;
        self.sweep();
        Ok(())
    }

    /// Looks once more whether nobody else writes: on a share a writer may have been taken for dead, or its
    /// lock may have held nobody up.
    fn is_alone(&self) -> Result<()> {
        let still = Manifest::read(&*self.reach, &self.folder)?;
        let is_same = still.is_none_or(|still| still.generation == self.manifest.generation);
        if self.lock.is_held() && is_same { Ok(()) } else { Err(crossed(&self.folder.join(MANIFEST))) }
    }

    /// Makes all changes count, and makes small segments one.
    ///
    /// # Errors
    /// If the corpus cannot be written; it is then as it was.
    pub fn commit(mut self) -> Result<()> {
        self.save()?;
        self.reopen()?;
        while let Some(first) = self.crowd() {
            self.merge(first, self.corpus.shelves.len(), &mut |_, _| ())?;
            self.reopen()?;
        }
        Ok(())
    }

    fn reopen(&mut self) -> Result<()> {
        let shelves = shelves(&self.reach, &self.folder, &self.manifest)?;
        self.corpus = DiskCorpus::of(&self.folder, shelves)?;
        self.changes = self.manifest.segments.iter().map(|_| None).collect();
        self.known = None;
        Ok(())
    }

    /// Where the segments at the end begin that are too many of one size.
    fn crowd(&self) -> Option<usize> {
        let sizes: Vec<u64> = self.corpus.shelves.iter().map(|s| s.segment.foot.text_bytes).collect();
        SMALL.iter().find_map(|&small| {
            let tail = sizes.iter().rev().take_while(|&&size| size < small).count();
            (tail >= ALIKE).then(|| sizes.len() - tail)
        })
    }

    fn merge(&mut self, first: usize, end: usize, told: &mut dyn FnMut(u64, u64)) -> Result<()> {
        let id = self.next_id();
        let shelves: Vec<&Shelf> = self.corpus.shelves[first..end].iter().collect();
        let merged = merge(&self.folder, id, &shelves, told)?;
        let mut manifest = self.manifest.clone();
        manifest.segments.splice(first..end, merged);
        self.switch(manifest)
    }

    /// Makes all segments one, without what was removed. Whether there was anything to do is
    /// returned. `told` hears how many of how many documents are done.
    ///
    /// # Errors
    /// If the corpus cannot be read or written; it is then as it was.
    pub fn compact(mut self, told: &mut dyn FnMut(u64, u64)) -> Result<bool> {
        self.save()?;
        self.reopen()?;
        let mut worked = false;
        let mut first = 0;
        while first < self.corpus.shelves.len() {
            // As many as have room in one.
            let mut letters = 0u32;
            let room = |s: &&Shelf| {
                letters = letters.saturating_add(s.segment.foot.letters);
                letters < u32::MAX / 2
            };
            let count = self.corpus.shelves[first..].iter().take_while(room).count().max(1);
            let changed = self.corpus.shelves[first..first + count].iter().any(|s| s.listed.changes != 0);
            if count > 1 || changed {
                let before = self.corpus.shelves.len();
                self.merge(first, first + count, told)?;
                self.reopen()?;
                worked = true;
                // Nothing is left of segments whose documents were all removed.
                first += (self.corpus.shelves.len() + count).saturating_sub(before);
            } else {
                first += 1;
            }
        }
        Ok(worked)
    }
}

/// What comes from a database instead of documents.
#[cfg(feature = "postgres")]
impl Writer {
    /// The folder.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// What counts.
    pub(super) const fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Makes this manifest count, whatever counted before, once all that it names can be opened.
    pub(super) fn adopt(&mut self, manifest: Manifest) -> Result<()> {
        let shelves = shelves(&self.reach, &self.folder, &manifest)?;
        self.is_alone()?;
        manifest.write(&self.folder)?;
        self.manifest = manifest;
        self.corpus = DiskCorpus::of(&self.folder, shelves)?;
        self.sweep();
        Ok(())
    }
}

/// A name that nobody has: 报告(2).txt where 报告.txt is taken.
fn another(name: &str, taken: &HashMap<String, Known>) -> String {
    let file = name.rfind('/').map_or(0, |slash| slash + 1);
    let dot = name[file..].rfind('.').filter(|&d| d > 0).map_or(name.len(), |d| file + d);
    let (stem, end) = name.split_at(dot);
    let mut number = 2u32;
    loop {
        let new = format!("{stem}({number}){end}");
        if !taken.contains_key(&new) {
            return new;
        }
        number += 1;
    }
}
