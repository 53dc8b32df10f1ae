//! The corpus on disk: immutable segments and a manifest that names them.
//!
//! ```text
//! DIR/manifest            which of the others count; replacing it is what makes a change count
//! DIR/00000001.segment    some documents with the index of their fingerprints, never changed
//! DIR/00000004.changes    what was removed from a segment or set in it later
//! DIR/lock                held by whoever writes
//! ```
//!
//! A change writes new files under new numbers, syncs them, and gives a new manifest its name. A
//! process that is killed at any moment leaves the old manifest or the new one; files that neither
//! names are swept away by the next writer. Readers take no lock: what they opened stays readable
//! after it was replaced, and one who comes between manifest and segments looks again.
//!
//! | file | what |
//! |---|---|
//! | `files` | the disk: reading at a place, writing whole or not at all, the lock, what to say |
//! | `wire`, `bits`, `letters` | numbers, words and Chinese text as bytes |
//! | `manifest` | the manifest and the later changes |
//! | `segment`, `bucket` | the format of a segment and reading it |
//! | `prepared` | a document with its fingerprints, made without a disk |
//! | `build`, `merge` | writing a segment, from documents or from others |
//! | `writer` | adding, removing, setting, compacting |
//!
//! Nothing is mapped into memory and nothing is kept that was read once, so checking a draft
//! against a gigabyte takes a few megabytes.

mod bits;
mod bucket;
mod build;
mod files;
mod letters;
mod manifest;
mod merge;
mod prepared;
mod segment;
mod wire;
mod writer;

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{DocumentId, Entry, Posting, PostingStore, Postings};
use crate::base::{Problem, Result, Text};
use crate::text;
use files::{cannot_read, damaged};
pub use manifest::Change;
use manifest::{Changes, Listed, Manifest};
pub use prepared::Prepared;
use prepared::spread;
use segment::{Section, Segment, UNKNOWN};
pub use writer::{Outcome, Writer};

/// A corpus on disk, open for reading. What others write to it in the meantime is not seen.
#[derive(Debug)]
pub struct DiskCorpus {
    folder: PathBuf,
    shelves: Vec<Shelf>,
    /// The number of each document's locality.
    localities: Vec<u32>,
}

/// A segment in its place among the others.
#[derive(Debug)]
struct Shelf {
    listed: Listed,
    segment: Segment,
    changes: Changes,
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
    /// How often a corpus that changes under the reader's eyes is looked at again.
    const PATIENCE: usize = 100;
    let mut manifest = Manifest::read(folder)?.ok_or_else(|| none(folder))?;
    for _ in 0..PATIENCE {
        match shelves(folder, &manifest) {
            Ok(shelves) => return DiskCorpus::of(folder, shelves),
            Err(error) => {
                // Somebody may have replaced what the manifest named when it was read.
                let again = Manifest::read(folder)?.ok_or_else(|| none(folder))?;
                if again == manifest {
                    return Err(error);
                }
                manifest = again;
            }
        }
    }
    Err(Problem::new(Text::fixed(
        "语料库一直在变动，没有读成",
        "the corpus keeps changing and could not be read",
    ))
    .help(Text::fixed("等别的 wengao 写完再试", "try again when the other wengao is done"))
    .into())
}

/// There is no corpus in this folder.
fn none(folder: &Path) -> crate::base::Error {
    let shown = folder.display();
    Problem::new(text!("文件夹 {shown} 里没有语料库", "there is no corpus in the folder {shown}"))
        .help(text!(
            "先建一个：wengao corpus add --corpus {shown} 放着各地材料的文件夹",
            "make one first: wengao corpus add --corpus {shown} FOLDER-OF-DOCUMENTS"
        ))
        .into()
}

fn shelves(folder: &Path, manifest: &Manifest) -> Result<Vec<Shelf>> {
    let mut base = 0u32;
    let mut shelves = Vec::new();
    for &listed in &manifest.segments {
        let path = listed.path(folder);
        let segment = Segment::open(folder, &listed).map_err(|e| match e.kind() {
            std::io::ErrorKind::NotFound => damaged(&path, &Text::fixed("文件不见了", "the file is missing")),
            _ => cannot_read(&path, &e),
        })??;
        let changes = Changes::read(folder, &listed)?;
        let documents = segment.foot.documents;
        let known = changes.removed.last().max(changes.set.keys().last()).is_none_or(|&d| d < documents);
        let next = base.checked_add(documents).filter(|_| known);
        let next = next.ok_or_else(|| damaged(&path, &Text::fixed("内容不符", "its contents do not fit")))?;
        shelves.push(Shelf { listed, segment, changes, base });
        base = next;
    }
    Ok(shelves)
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
        Ok(Self { folder: folder.to_owned(), shelves, localities })
    }

    /// The folder that it is in.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
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
        let mut bytes = sum(&|s| s.listed.len) + small(manifest::MANIFEST.to_owned());
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
        crate::base::Error::unless_empty(problems, ())
    }
}

impl Shelf {
    fn verify(&self, told: &mut dyn FnMut(u64)) -> Result<()> {
        /// Blocks of texts that are read at once.
        const AT_ONCE: usize = 256;
        let segment = &self.segment;
        let unfit = |zh, en| damaged(&self.listed.path(Path::new("")), &Text::fixed(zh, en));
        let identities = segment.identities()?;
        for section in [Section::Starts, Section::Locality, Section::Localities] {
            segment.section(section)?;
        }
        let blocks: Vec<usize> = (0..segment.text_blocks()?).collect();
        let mut bytes = 0;
        for some in blocks.chunks(AT_ONCE) {
            let read: Vec<Result<(u32, u64)>> = some
                .par_iter()
                .map(|&block| {
                    let texts = segment.texts(block)?;
                    let mut bytes = 0;
                    for document in texts.first..texts.first + texts.len() {
                        let text = segment.text_in(&texts, document)?;
                        bytes += text.len() as u64;
                        let prepared = Prepared::new(Entry::default(), text);
                        let at = document as usize;
                        let letters = segment.starts[at + 1] - segment.starts[at];
                        if prepared.identity != identities[at] || prepared.letters != letters {
                            return Err(unfit("文稿与索引不符", "a text does not fit the index"));
                        }
                    }
                    Ok((texts.first + texts.len(), bytes))
                })
                .collect();
            for read in read {
                let (document, of_block) = read?;
                bytes += of_block;
                told(document.into());
            }
        }
        if bytes != segment.foot.text_bytes {
            return Err(unfit("文稿总长不符", "the texts are not as long as they should be"));
        }
        for block in 0..(segment.foot.documents as usize).div_ceil(segment::ENTRIES) {
            segment.entries(block)?;
        }
        let listed: Result<Vec<u64>> = (0..build::PARTS)
            .into_par_iter()
            .map(|part| {
                let mut listed = 0;
                segment.partition(part, |_, places| listed += places.len() as u64)?;
                Ok(listed)
            })
            .collect();
        if listed?.into_iter().sum::<u64>() != segment.foot.postings {
            return Err(unfit("索引条数不符", "the index does not have as many places as it should"));
        }
        Ok(())
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
