//! The corpus on disk: immutable segments and a manifest that names them.
//!
//! ```text
//! DIR/manifest            which of the others count; replacing it is what makes a change count
//! DIR/00000001.segment    some documents with the index of their fingerprints, never changed
//! DIR/00000004.changes    what was removed from a segment or set in it later
//! DIR/lock, DIR/writing   held by whoever writes
//! ```
//!
//! A change writes new files under new numbers, syncs them, and gives a new manifest its name. A
//! process that is killed at any moment leaves the old manifest or the new one; files that neither
//! names are swept away by the next writer. Readers take no lock and write nothing, so a folder that
//! they may only read is enough; one who comes between manifest and segments looks again. On a disk
//! what they opened stays readable after it was replaced; on a share it may not, and then they say
//! that the corpus changed ([`ErrorKind::Changed`](crate::base::ErrorKind)), and never half of an answer.
//!
//! | file | what |
//! |---|---|
//! | `reach` | reading at a place, on a disk or a share; what is gone told from what is damaged |
//! | `files` | writing whole or not at all, and what to say |
//! | `lock` | one writer at a time |
//! | `wire`, `bits`, `letters` | numbers, words and Chinese text as bytes |
//! | `manifest` | the manifest and the later changes |
//! | `segment`, `foot`, `bucket`, `source` | the format of a segment, reading it, and where its bytes are |
//! | `prepared` | a document with its fingerprints, made without a disk |
//! | `build`, `merge` | writing a segment, from documents or from others |
//! | `verify` | reading everything and comparing it with its checksums |
//! | `writer` | adding, removing, setting, compacting |
//!
//! Nothing is mapped into memory and nothing is kept that was read once, so checking a draft
//! against a gigabyte takes a few megabytes.

mod bits;
mod bucket;
mod build;
mod files;
#[cfg(feature = "postgres")]
mod folder;
mod foot;
mod letters;
mod lock;
mod manifest;
mod merge;
mod prepared;
mod reach;
mod segment;
#[cfg(test)]
mod share_tests;
mod source;
mod verify;
mod wire;
mod writer;

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::{DocumentId, Entry, Posting, PostingStore, Postings};
use crate::base::{Error, ErrorKind, Problem, Result, Text};
use crate::text;
use files::{damaged, vanished};
#[cfg(feature = "postgres")]
pub(in crate::corpus) use folder::{Folder, Incoming};
pub(in crate::corpus) use foot::Section;
pub use manifest::Change;
pub(in crate::corpus) use manifest::{Changes, Listed};
use manifest::{MANIFEST, Manifest, is_ours};
pub use prepared::Prepared;
use prepared::spread;
use reach::{Disk, Reach};
pub(in crate::corpus) use segment::Segment;
use segment::UNKNOWN;
pub use writer::{Outcome, Writer};
#[cfg(feature = "postgres")]
pub(in crate::corpus) use {foot::Foot, source::Heard, source::Source};

/// A corpus of segments, open for reading: on disk, or in a database that has the same bytes. What others
/// write to it in the meantime is not seen.
#[derive(Debug)]
pub struct DiskCorpus {
    folder: PathBuf,
    /// Who fetches what will be read, where that is worth while.
    ahead: Option<Arc<dyn Ahead>>,
    shelves: Vec<Shelf>,
    /// The number of each document's locality.
    localities: Vec<u32>,
    /// The localities that are known, by these numbers.
    names: Vec<(u32, String)>,
}

/// Fetches what will be read, all of it in one go.
pub(in crate::corpus) trait Ahead: std::fmt::Debug + Send + Sync {
    /// Buckets of segments, by their numbers.
    fn buckets(&self, wanted: &[(u64, Vec<usize>)]) -> Result<()>;

    /// Blocks of texts or of entries, each of the segment of this number.
    fn blocks(&self, section: Section, wanted: &[(u64, usize)]) -> Result<()>;
}

/// A segment in its place among the others.
#[derive(Debug)]
pub(in crate::corpus) struct Shelf {
    pub(in crate::corpus) listed: Listed,
    pub(in crate::corpus) segment: Segment,
    pub(in crate::corpus) changes: Changes,
    /// The id of its first document.
    base: u32,
}

impl Shelf {
    fn removed(&self, document: u32) -> bool {
        !self.changes.removed.is_empty() && self.changes.removed.contains(&document)
    }

    /// The entries of a block, with what was set later.
    fn entries(&self, block: usize) -> Result<Vec<Entry>> {
        let mut entries = self.segment.entries(block)?;
        let first = (block * segment::ENTRIES) as u32;
        for (&document, change) in self.changes.set.range(first..first + entries.len() as u32) {
            apply(change, &mut entries[(document - first) as usize]);
        }
        Ok(entries)
    }
}

fn apply(change: &Change, entry: &mut Entry) {
    let words = |new: &Option<String>, old: &mut String| {
        if let Some(new) = new {
            old.clone_from(new);
        }
    };
    words(&change.title, &mut entry.title);
    words(&change.locality, &mut entry.locality);
    words(&change.genre, &mut entry.genre);
    entry.year = change.year.unwrap_or(entry.year);
}

/// Figures of a corpus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Figures {
    /// Documents that are there.
    pub documents: u32,
    /// Documents that were removed and still take room.
    pub removed: u32,
    /// Segments.
    pub segments: usize,
    /// Localities that are known.
    pub localities: usize,
    /// Bytes of the texts as UTF-8, those of removed ones included.
    pub text_bytes: u64,
    /// Places of fingerprints that are listed.
    pub postings: u64,
    /// Bytes on the disk.
    pub bytes: u64,
}

/// Opens a corpus.
///
/// # Errors
/// If there is none in this folder, it is damaged or of another version, or it cannot be read.
pub fn open(folder: &Path) -> Result<DiskCorpus> {
    open_on(&Disk::reach(), folder)
}

fn open_on(reach: &Arc<dyn Reach>, folder: &Path) -> Result<DiskCorpus> {
    /// How often a corpus that changes under the reader's eyes is looked at again.
    const PATIENCE: usize = 100;
    /// How often one rests for what the manifest still names and that is gone: some six seconds, for so
    /// long a share may show a folder as it was.
    const RESTS: u32 = 7;
    let (mut last, mut rests) = (None, 0);
    for _ in 0..PATIENCE {
        let manifest = named(reach, folder);
        let error = match &manifest {
            Ok(manifest) => match shelves(reach, folder, manifest) {
                Ok(shelves) => return DiskCorpus::of(folder, shelves),
                Err(error) => error,
            },
            Err(error) => error.clone(),
        };
        let manifest = manifest.ok();
        // Somebody may have replaced what the manifest named when it was read.
        let is_same = last.as_ref() == Some(&manifest);
        match error.kind() {
            ErrorKind::Changed if rests == RESTS => return Err(missing(error)),
            ErrorKind::Changed if is_same => {
                reach.rest(rests);
                rests += 1;
            }
            ErrorKind::Changed => {}
            _ if is_same || manifest.is_none() => return Err(error),
            _ => {}
        }
        last = Some(manifest);
    }
    Err(Problem::new(Text::fixed(
        "语料库一直在变动，没有读成",
        "the corpus keeps changing and could not be read",
    ))
    .help(Text::fixed("等别的 wengao 写完再试", "try again when the other wengao is done"))
    .into())
}

/// The manifest of a folder. A share may show none for the moment in which it is replaced.
fn named(reach: &Arc<dyn Reach>, folder: &Path) -> Result<Manifest> {
    match Manifest::read(&**reach, folder)? {
        Some(manifest) => Ok(manifest),
        None if files::names_in(folder)?.iter().any(|name| is_ours(name)) => {
            Err(vanished(&folder.join(MANIFEST)))
        }
        None => Err(none(folder)),
    }
}

/// What was gone and did not come back is missing.
fn missing(error: Error) -> Error {
    error.map(|problem| {
        let at = problem.at.clone();
        let what = damaged(Path::new(""), &Text::fixed("文件不见了", "the file is missing"));
        let missing = what.problems().first().cloned().unwrap_or(problem);
        Problem { at, ..missing }
    })
}

/// There is no corpus in this folder.
fn none(folder: &Path) -> Error {
    let shown = folder.display();
    Problem::new(text!("文件夹 {shown} 里没有语料库", "there is no corpus in the folder {shown}"))
        .help(text!(
            "先建一个：wengao corpus add --corpus {shown} 放着各地材料的文件夹",
            "make one first: wengao corpus add --corpus {shown} FOLDER-OF-DOCUMENTS"
        ))
        .into()
}

fn shelves(reach: &Arc<dyn Reach>, folder: &Path, manifest: &Manifest) -> Result<Vec<Shelf>> {
    let mut shelves = Vec::new();
    for &listed in &manifest.segments {
        let segment = Segment::open(reach, folder, &listed)?;
        let changes = Changes::read(&**reach, folder, &listed)?;
        put(&mut shelves, &listed.path(folder), listed, segment, changes)?;
    }
    Ok(shelves)
}

/// Puts a segment behind the others.
fn put(
    shelves: &mut Vec<Shelf>,
    path: &Path,
    listed: Listed,
    segment: Segment,
    changes: Changes,
) -> Result<()> {
    let base = shelves.last().map_or(0, |last| last.base + last.segment.foot.documents);
    let documents = segment.foot.documents;
    let known = changes.removed.last().max(changes.set.keys().last()).is_none_or(|&d| d < documents);
    let next = base.checked_add(documents).filter(|_| known);
    next.ok_or_else(|| damaged(path, &Text::fixed("内容不符", "its contents do not fit")))?;
    shelves.push(Shelf { listed, segment, changes, base });
    Ok(())
}

impl DiskCorpus {
    fn of(folder: &Path, shelves: Vec<Shelf>) -> Result<Self> {
        let mut numbers: HashMap<&str, u32> = HashMap::new();
        let mut localities = Vec::new();
        // Localities are numbered from 0; a document without one has its own number from above.
        let own = |id: u32| u32::MAX - id;
        for shelf in &shelves {
            let mut number = |name| {
                let next = numbers.len() as u32;
                *numbers.entry(name).or_insert(next)
            };
            let of_segment: Vec<u32> = shelf.segment.localities.iter().map(|n| number(n)).collect();
            let first = localities.len();
            localities.extend(shelf.segment.locality.iter().zip(shelf.base..).map(|(&l, id)| match l {
                UNKNOWN => own(id),
                l => of_segment[l as usize],
            }));
            for (&document, change) in &shelf.changes.set {
                if let Some(name) = &change.locality {
                    let id = shelf.base + document;
                    localities[first + document as usize] =
                        if name.is_empty() { own(id) } else { number(name) };
                }
            }
        }
        let names = numbers.into_iter().map(|(name, number)| (number, name.to_owned())).collect();
        Ok(Self { folder: folder.to_owned(), ahead: None, shelves, localities, names })
    }

    /// The folder that it is in.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// A corpus whose segments are elsewhere; `label` is what messages call it.
    #[cfg(feature = "postgres")]
    pub(in crate::corpus) fn of_rows(
        label: &Path,
        segments: Vec<(Listed, Segment, Changes)>,
        ahead: Arc<dyn Ahead>,
    ) -> Result<Self> {
        let mut shelves = Vec::new();
        for (listed, segment, changes) in segments {
            put(&mut shelves, label, listed, segment, changes)?;
        }
        Ok(Self { ahead: Some(ahead), ..Self::of(label, shelves)? })
    }

    /// Its segments.
    #[cfg(feature = "postgres")]
    pub(in crate::corpus) fn shelves(&self) -> &[Shelf] {
        &self.shelves
    }

    /// Lets the buckets of these fingerprints, which rise, be fetched together.
    fn buckets_ahead(&self, fingerprints: &[u32]) -> Result<()> {
        let Some(ahead) = &self.ahead else { return Ok(()) };
        let of = |shelf: &Shelf| (shelf.listed.id, shelf.segment.buckets_of(fingerprints));
        ahead.buckets(&self.shelves.iter().map(of).collect::<Vec<_>>())
    }

    fn shelf(&self, id: DocumentId) -> Result<(&Shelf, u32)> {
        let index = self.shelves.partition_point(|s| s.base <= id.0);
        let shelf = index.checked_sub(1).and_then(|i| self.shelves.get(i));
        let found = shelf.map(|s| (s, id.0 - s.base)).filter(|(s, d)| *d < s.segment.foot.documents);
        found.ok_or_else(|| {
            damaged(&self.folder, &Text::fixed("没有这个编号的文稿", "there is no document of this number"))
        })
    }

    /// All documents with what is known about them, in order.
    ///
    /// # Errors
    /// If the corpus is damaged or cannot be read.
    pub fn entries(&self) -> Result<Vec<(DocumentId, Entry)>> {
        let mut all = Vec::new();
        for shelf in &self.shelves {
            let blocks = (shelf.segment.foot.documents as usize).div_ceil(segment::ENTRIES);
            if let Some(ahead) = &self.ahead {
                let all: Vec<_> = (0..blocks).map(|block| (shelf.listed.id, block)).collect();
                ahead.blocks(Section::Entries, &all)?;
            }
            let blocks: Vec<Result<Vec<Entry>>> =
                (0..blocks).into_par_iter().map(|block| shelf.entries(block)).collect();
            let mut document = 0;
            for block in blocks {
                for entry in block? {
                    if !shelf.removed(document) {
                        all.push((DocumentId(shelf.base + document), entry));
                    }
                    document += 1;
                }
            }
        }
        Ok(all)
    }

    /// Its figures.
    #[must_use]
    pub fn figures(&self) -> Figures {
        let sum = |of: &dyn Fn(&Shelf) -> u64| self.shelves.iter().map(of).sum::<u64>();
        let removed = sum(&|s| s.changes.removed.len() as u64) as u32;
        let mut known: Vec<u32> =
            self.ids().map(|id| self.localities[id.0 as usize]).filter(|&l| l < u32::MAX / 2).collect();
        known.sort_unstable();
        known.dedup();
        let small = |name: String| files::length(&self.folder.join(name));
        let mut bytes = sum(&|s| s.listed.len) + small(MANIFEST.to_owned());
        bytes +=
            sum(&|s| if s.listed.changes == 0 { 0 } else { small(manifest::changes_name(s.listed.changes)) });
        Figures {
            documents: self.len() - removed,
            removed,
            segments: self.shelves.len(),
            localities: known.len(),
            text_bytes: sum(&|s| s.segment.foot.text_bytes),
            postings: sum(&|s| s.segment.foot.postings),
            bytes,
        }
    }

    /// Reads everything there is and compares it with its checksums and with itself. `told` hears
    /// how many of how many documents are done.
    ///
    /// # Errors
    /// What is damaged, all of it.
    pub fn verify(&self, told: &mut dyn FnMut(u64, u64)) -> Result<()> {
        let mut problems = Vec::new();
        let all = u64::from(self.len());
        for shelf in &self.shelves {
            let base = u64::from(shelf.base);
            if let Err(error) = shelf.verify(&mut |done| told(base + done, all)) {
                problems.extend(error.problems().iter().cloned());
            }
        }
        Error::unless_empty(problems, ())
    }
}

/// What one segment has of some fingerprints, in their order.
struct Held {
    /// Of each that is there: its index, how many places have it, and which postings they are.
    runs: std::iter::Peekable<std::vec::IntoIter<(usize, u32, std::ops::Range<usize>)>>,
    postings: Vec<Posting>,
}

impl Shelf {
    /// What it has of these fingerprints, which rise; without what was removed.
    fn held(&self, fingerprints: &[u32]) -> Result<Held> {
        let (mut runs, mut postings) = (Vec::new(), Vec::new());
        self.segment.lookup(fingerprints, |index, hit, places| {
            let start = postings.len();
            for &place in places {
                let (document, at) = self.segment.document(place);
                if !self.removed(document) {
                    postings.push(Posting { document: DocumentId(self.base + document), at });
                }
            }
            let gone = places.len() - (postings.len() - start);
            let total = hit.listed.saturating_add(hit.more).saturating_sub(gone as u32);
            if postings.len() > start {
                runs.push((index, total, start..postings.len()));
            }
        })?;
        Ok(Held { runs: runs.into_iter().peekable(), postings })
    }
}

impl PostingStore for DiskCorpus {
    fn len(&self) -> u32 {
        self.localities.len() as u32
    }

    fn is_empty(&self) -> bool {
        self.ids().next().is_none()
    }

    fn ids(&self) -> Box<dyn Iterator<Item = DocumentId> + '_> {
        Box::new(self.shelves.iter().flat_map(|shelf| {
            let documents = 0..shelf.segment.foot.documents;
            documents.filter(|&d| !shelf.removed(d)).map(|d| DocumentId(shelf.base + d))
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
        for shelf in &self.shelves {
            let of_segment = shelf.segment.identities()?.into_iter().zip(0u32..);
            let there = of_segment.filter(|&(_, document)| !shelf.removed(document));
            all.extend(there.map(|(identity, document)| (DocumentId(shelf.base + document), identity)));
        }
        Ok(all)
    }

    fn ahead(&self, documents: &[DocumentId]) -> Result<()> {
        let Some(ahead) = &self.ahead else { return Ok(()) };
        let (mut texts, mut entries) = (Vec::new(), Vec::new());
        for &id in documents {
            let (shelf, document) = self.shelf(id)?;
            texts.push((shelf.listed.id, shelf.segment.block_of(document)?));
            entries.push((shelf.listed.id, document as usize / segment::ENTRIES));
        }
        ahead.blocks(Section::Texts, &texts)?;
        ahead.blocks(Section::Entries, &entries)
    }

    fn entry(&self, id: DocumentId) -> Result<Entry> {
        let (shelf, document) = self.shelf(id)?;
        let mut block = shelf.entries(document as usize / segment::ENTRIES)?;
        Ok(block.swap_remove(document as usize % segment::ENTRIES))
    }

    fn text(&self, id: DocumentId) -> Result<String> {
        let (shelf, document) = self.shelf(id)?;
        shelf.segment.text(document)
    }

    fn lookup(&self, fingerprints: &[u32], found: &mut dyn FnMut(usize, Postings<'_>)) -> Result<()> {
        /// Fingerprints that one task looks up.
        const TASK: usize = 1024;
        // Buckets are read in the order in which they lie.
        let mut order: Vec<(u32, usize)> = fingerprints.iter().map(|&f| spread(f)).zip(0..).collect();
        order.sort_unstable();
        let mut wanted: Vec<u32> = order.iter().map(|&(f, _)| f).collect();
        wanted.dedup();
        self.buckets_ahead(&wanted)?;
        let tasks: Vec<(&[u32], &Shelf)> = wanted
            .chunks(TASK)
            .flat_map(|some| self.shelves.iter().map(move |shelf| (some, shelf)))
            .collect();
        let read = |&(some, shelf): &(&[u32], &Shelf)| shelf.held(some);
        let read: Vec<Result<Held>> = match tasks.as_slice() {
            [one] => vec![read(one)],
            all => all.par_iter().map(read).collect(),
        };
        let mut read = read.into_iter();
        let mut order = order.as_slice();
        let mut joined = Vec::new();
        for some in wanted.chunks(TASK) {
            let mut of_segments: Vec<Held> = read.by_ref().take(self.shelves.len()).collect::<Result<_>>()?;
            for (index, &fingerprint) in some.iter().enumerate() {
                joined.clear();
                let mut total = 0u32;
                for Held { runs, postings } in &mut of_segments {
                    if let Some((_, here, range)) = runs.next_if(|(i, _, _)| *i == index) {
                        total = total.saturating_add(here);
                        joined.extend_from_slice(&postings[range]);
                    }
                }
                let asked = order.iter().take_while(|(f, _)| *f == fingerprint).count();
                let (these, rest) = order.split_at(asked);
                order = rest;
                if total > 0 {
                    these.iter().for_each(|&(_, i)| found(i, Postings { total, list: &joined }));
                }
            }
        }
        Ok(())
    }
}
