//! A segment (段): some documents and the index of their fingerprints, in one file that never
//! changes.
//!
//! ```text
//! head      magic, version, number
//! texts     blocks of some documents' texts: [length][lz4 of letters][checksum]
//! texts at  where each block is, and the first document in it
//! entries   blocks of ENTRIES documents' names, titles, years, genres, packed alike
//! entries at
//! starts    for each document, how many letters those before it have; and all
//! locality  for each document, the number of its locality's name
//! localities
//! identity  for each document, the hash of its letters
//! buckets   see `bucket`, each with its checksum
//! buckets at
//! foot      where each of these is, with the checksums of those that are read whole
//! ```
//!
//! Opening reads the foot, `starts`, `locality` and `localities`; the rest is read where it is
//! asked for. Every byte is under some checksum.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use super::bits::PADDING;
use super::bucket::{self, Decoder, Listing, Shape};
use super::files::damaged;
use super::foot::{Foot, HEAD, MAGIC, Section, broken, head, which};
use super::letters;
use super::manifest::{Listed, VERSION, not_ours, other_version};
use super::reach::{OpenFile, Reach};
use super::source::{FileSource, Source, unfit};
use super::wire::{Bytes, numbers, unseal};
use crate::base::{Error, Result, Text};
use crate::corpus::Entry;

/// Documents whose entries are packed together.
pub(super) const ENTRIES: usize = 64;
/// The number of a locality that is not known.
pub(super) const UNKNOWN: u32 = u32::MAX;
/// Bytes that a block may have unpacked: a document may be as large as the program reads.
const LARGEST_BLOCK: usize = 1 << 30;

/// A block's place in its section.
#[derive(Debug, Clone, Copy)]
struct BlockAt {
    /// The first document whose text is in it.
    first: u32,
    at: u64,
    len: usize,
}

/// A segment, open for reading.
#[derive(Debug)]
pub(in crate::corpus) struct Segment {
    source: Box<dyn Source>,
    pub foot: Foot,
    pub(super) shape: Shape,
    /// Letters before each document, and of all.
    pub starts: Vec<u32>,
    /// The last document that starts at or before each `1 << jump_bits` letters.
    jump: Vec<u32>,
    jump_bits: u32,
    /// Numbers of the localities, [`UNKNOWN`] for none.
    pub locality: Vec<u32>,
    pub localities: Vec<String>,
    texts_at: OnceLock<Vec<BlockAt>>,
    entries_at: OnceLock<Vec<u64>>,
}

/// A block of texts, unpacked.
pub(super) struct Texts {
    /// The first document in it.
    pub first: u32,
    /// For each document the bytes of its text.
    ranges: Vec<std::ops::Range<usize>>,
    raw: Vec<u8>,
}

impl Texts {
    /// How many documents are in it.
    pub fn len(&self) -> u32 {
        self.ranges.len() as u32
    }
}

impl Segment {
    /// Opens the segment that the manifest lists.
    pub(super) fn open(reach: &Arc<dyn Reach>, folder: &Path, listed: &Listed) -> Result<Self> {
        Self::read(OpenFile::open(reach, listed.path(folder))?, listed)
    }

    fn read(source: OpenFile, listed: &Listed) -> Result<Self> {
        let broken = |zh, en| damaged(source.path(), &Text::fixed(zh, en));
        if source.len < (HEAD + Foot::LEN) as u64 || source.len != listed.len {
            return Err(broken("文件长度与目录不符", "its length is not the one in the manifest"));
        }
        let mut bytes = [0; HEAD];
        source.read(0, &mut bytes)?;
        if !bytes.starts_with(MAGIC) {
            return Err(not_ours(source.path()));
        }
        if bytes[..] != head(listed.id) {
            let version = Bytes(&bytes[8..]).u32().unwrap_or_default();
            return Err(match version {
                VERSION => broken("文件头不符", "its head does not fit"),
                _ => other_version(source.path(), version),
            });
        }
        let mut bytes = [0; Foot::LEN];
        source.read(source.len - Foot::LEN as u64, &mut bytes)?;
        let foot = Foot::of(source.path(), listed, &bytes)?;
        Self::of(Box::new(FileSource::new(source, foot.clone())), foot)
    }

    /// The segment whose bytes `source` brings.
    ///
    /// # Errors
    /// If they are damaged or cannot be read.
    pub fn of(source: Box<dyn Source>, foot: Foot) -> Result<Self> {
        let shape = Shape { bucket_bits: foot.bucket_bits, letters: foot.letters };
        let mut segment = Self {
            source,
            shape,
            starts: Vec::new(),
            jump: Vec::new(),
            jump_bits: 0,
            locality: Vec::new(),
            localities: Vec::new(),
            texts_at: OnceLock::new(),
            entries_at: OnceLock::new(),
            foot,
        };
        segment.load()?;
        Ok(segment)
    }

    fn load(&mut self) -> Result<()> {
        let documents = self.foot.documents as usize;
        self.starts = numbers(&self.section(Section::Starts)?);
        self.locality = numbers(&self.section(Section::Locality)?);
        let localities = self.section(Section::Localities)?;
        let mut names = Bytes(&localities);
        let mut read = || {
            while !names.is_empty() {
                self.localities.push(names.words()?.to_owned());
            }
            Some(())
        };
        read().ok_or_else(|| self.unfit())?;
        let known = self.localities.len() as u32;
        let fits = self.starts.len() == documents + 1
            && self.starts.is_sorted()
            && self.starts.first() == Some(&0)
            && self.starts.last() == Some(&self.foot.letters)
            && self.locality.len() == documents
            && self.locality.iter().all(|&l| l < known || l == UNKNOWN);
        if !fits {
            return Err(self.unfit());
        }
        // A step for every two documents; from it the search goes on one by one.
        let steps = (documents as u32 / 2).max(1);
        self.jump_bits = (self.foot.letters / steps).max(1).ilog2();
        let mut document = 0;
        self.jump = (0..=self.foot.letters >> self.jump_bits)
            .map(|step| {
                while self.starts.get(document + 1).is_some_and(|&s| s <= step << self.jump_bits) {
                    document += 1;
                }
                document as u32
            })
            .collect();
        Ok(())
    }

    /// What it says of itself is not so, though its checksums are right.
    pub fn unfit(&self) -> Error {
        unfit(self.source.path())
    }

    fn broken(&self, section: Section, block: usize) -> Error {
        broken(self.source.path(), section, block)
    }

    /// The bytes of a section that is read whole.
    pub fn section(&self, section: Section) -> Result<Vec<u8>> {
        let bytes = self.source.section(section)?;
        self.foot.check(self.source.path(), section, &bytes)?;
        Ok(bytes)
    }

    /// The hashes by which the same document is known.
    pub fn identities(&self) -> Result<Vec<u64>> {
        let bytes = self.section(Section::Identity)?;
        let all: Vec<u64> = bytes.as_chunks::<8>().0.iter().map(|c| u64::from_le_bytes(*c)).collect();
        if all.len() == self.foot.documents as usize { Ok(all) } else { Err(self.unfit()) }
    }

    fn texts_at(&self) -> Result<&[BlockAt]> {
        loaded(&self.texts_at, || {
            let bytes = self.section(Section::TextsAt)?;
            let mut rest = Bytes(&bytes);
            let mut blocks: Vec<BlockAt> = Vec::with_capacity(bytes.len() / 8);
            let Range { mut at, end } = self.foot.range(Section::Texts).into();
            while let (Some(first), Some(len)) = (rest.u32(), rest.u32()) {
                blocks.push(BlockAt { first, at, len: len as usize });
                at += u64::from(len);
            }
            let rising = blocks.is_sorted_by(|a, b| a.first < b.first);
            let fits = rising && at == end && blocks.first().is_none_or(|b| b.first == 0);
            if fits { Ok(blocks) } else { Err(self.unfit()) }
        })
        .map(Vec::as_slice)
    }

    /// How many blocks of texts there are.
    pub fn text_blocks(&self) -> Result<usize> {
        Ok(self.texts_at()?.len())
    }

    /// The first document of a block, and how many are in it.
    pub fn documents_of(&self, block: usize) -> Result<(u32, u32)> {
        let blocks = self.texts_at()?;
        let first = blocks.get(block).ok_or_else(|| self.unfit())?.first;
        let next = blocks.get(block + 1).map_or(self.foot.documents, |b| b.first);
        Ok((first, next.checked_sub(first).ok_or_else(|| self.unfit())?))
    }

    /// A block as it is in the file, checked: its length unpacked and its packed bytes.
    pub fn packed_texts(&self, block: usize) -> Result<(u32, Vec<u8>)> {
        let at = *self.texts_at()?.get(block).ok_or_else(|| self.unfit())?;
        let mut bytes = self.source.block(Section::Texts, block, at.at..at.at + at.len as u64)?;
        let body = unseal(which(Section::Texts, block), &bytes).map(<[u8]>::len);
        let body = body.filter(|&l| l >= 4).ok_or_else(|| self.broken(Section::Texts, block))?;
        bytes.truncate(body);
        let raw = Bytes(&bytes).u32().ok_or_else(|| self.unfit())?;
        bytes.drain(..4);
        Ok((raw, bytes))
    }

    /// A block of texts, unpacked.
    pub(super) fn texts(&self, block: usize) -> Result<Texts> {
        let first = self.texts_at()?.get(block).ok_or_else(|| self.unfit())?.first;
        let (raw, packed) = self.packed_texts(block)?;
        let raw = unpack(raw, &packed).ok_or_else(|| self.unfit())?;
        let next = self.texts_at()?.get(block + 1).map_or(self.foot.documents, |b| b.first);
        let mut rest = Bytes(&raw);
        let mut lengths = Vec::new();
        let mut read = || {
            for _ in first..next {
                lengths.push(usize::try_from(rest.varint()?).ok()?);
            }
            let mut at = raw.len() - rest.0.len();
            let ranges: Option<Vec<_>> = lengths
                .iter()
                .map(|&len| {
                    let range = at..at.checked_add(len)?;
                    at = range.end;
                    Some(range)
                })
                .collect();
            (at == raw.len()).then_some(ranges?)
        };
        let ranges = read().ok_or_else(|| self.unfit())?;
        Ok(Texts { first, ranges, raw })
    }

    /// The text of a document of a block.
    pub(super) fn text_in(&self, texts: &Texts, document: u32) -> Result<String> {
        let range = document.checked_sub(texts.first).and_then(|i| texts.ranges.get(i as usize));
        let bytes = range.and_then(|r| texts.raw.get(r.clone()));
        bytes.and_then(letters::decode).ok_or_else(|| self.unfit())
    }

    /// The text of a document.
    pub fn text(&self, document: u32) -> Result<String> {
        self.text_in(&self.texts(self.block_of(document)?)?, document)
    }

    /// The block of texts that a document is in.
    pub fn block_of(&self, document: u32) -> Result<usize> {
        let block = self.texts_at()?.partition_point(|b| b.first <= document);
        block.checked_sub(1).ok_or_else(|| self.unfit())
    }

    fn entries_at(&self) -> Result<&[u64]> {
        loaded(&self.entries_at, || {
            let bytes = self.section(Section::EntriesAt)?;
            let Range { mut at, end } = self.foot.range(Section::Entries).into();
            let mut places = vec![at];
            for length in numbers(&bytes) {
                at += u64::from(length);
                places.push(at);
            }
            let count = (self.foot.documents as usize).div_ceil(ENTRIES);
            if places.len() == count + 1 && at == end { Ok(places) } else { Err(self.unfit()) }
        })
        .map(Vec::as_slice)
    }

    /// The entries of a block of [`ENTRIES`] documents.
    pub fn entries(&self, block: usize) -> Result<Vec<Entry>> {
        let places = self.entries_at()?;
        let (Some(&at), Some(&end)) = (places.get(block), places.get(block + 1)) else {
            return Err(self.unfit());
        };
        let bytes = self.source.block(Section::Entries, block, at..end)?;
        let body = unseal(which(Section::Entries, block), &bytes);
        let mut body = Bytes(body.ok_or_else(|| self.broken(Section::Entries, block))?);
        let mut read = || {
            let raw = unpack(body.u32()?, body.0)?;
            let mut rest = Bytes(&raw);
            let mut entries = Vec::new();
            let first = block * ENTRIES;
            for &locality in self.locality.get(first..)?.iter().take(ENTRIES) {
                entries.push(Entry {
                    name: rest.words()?.to_owned(),
                    title: rest.words()?.to_owned(),
                    genre: rest.words()?.to_owned(),
                    year: rest.varint()?.try_into().ok()?,
                    locality: self.localities.get(locality as usize).cloned().unwrap_or_default(),
                    corpus: String::new(),
                });
            }
            rest.is_empty().then_some(entries)
        };
        read().ok_or_else(|| self.unfit())
    }

    /// The document in which a letter stands, and its place there.
    pub fn document(&self, place: u32) -> (u32, u32) {
        let jumped = self.jump.get((place >> self.jump_bits) as usize).copied().unwrap_or_default();
        let mut document = jumped as usize;
        while self.starts.get(document + 1).is_some_and(|&s| s <= place) {
            document += 1;
        }
        (document as u32, place - self.starts[document])
    }

    /// The buckets that hold these fingerprints, which rise; each once.
    pub fn buckets_of(&self, wanted: &[u32]) -> Vec<usize> {
        let mut buckets: Vec<usize> = wanted.iter().map(|&w| self.shape.bucket(w)).collect();
        buckets.dedup();
        buckets
    }

    /// Looks up fingerprints, which rise: for each one that is there its index, how often it is
    /// there, and its places.
    pub(super) fn lookup(&self, wanted: &[u32], mut each: impl FnMut(usize, Listing, &[u32])) -> Result<()> {
        let (mut padded, mut places) = (Vec::new(), Vec::new());
        let mut index = 0;
        self.source.buckets(&self.buckets_of(wanted), &mut |bucket, body| {
            let group = wanted[index..].iter().take_while(|&&w| self.shape.bucket(w) == bucket);
            let until = index + group.count();
            let mut decoder = self.bucket(bucket, body, &mut padded)?;
            let damaged = |_: bucket::Damaged| self.broken(Section::Buckets, bucket);
            while index < until
                && let Some(found) = decoder.next().map_err(damaged)?
            {
                while index < until && wanted[index] < found.fingerprint {
                    index += 1;
                }
                if index < until && wanted[index] == found.fingerprint {
                    places.clear();
                    decoder.places(|p| places.push(p)).map_err(damaged)?;
                    each(index, found, &places);
                    index += 1;
                }
            }
            index = until;
            Ok(())
        })
    }

    fn bucket<'p>(&self, bucket: usize, body: &[u8], padded: &'p mut Vec<u8>) -> Result<Decoder<'p>> {
        padded.clear();
        if !body.is_empty() {
            let bits = unseal(which(Section::Buckets, bucket), body);
            padded.extend_from_slice(bits.ok_or_else(|| self.broken(Section::Buckets, bucket))?);
        }
        padded.extend([0; PADDING]);
        Ok(Decoder::new(self.shape, bucket, padded))
    }

    /// All fingerprints whose upper 8 bits are `upper`, rising, each with its places.
    pub(super) fn partition(&self, upper: usize, mut each: impl FnMut(Listing, &[u32])) -> Result<()> {
        let per = 1 << (self.foot.bucket_bits - 8);
        let buckets: Vec<usize> = (upper * per..(upper + 1) * per).collect();
        let (mut padded, mut places) = (Vec::new(), Vec::new());
        self.source.buckets(&buckets, &mut |bucket, body| {
            let mut decoder = self.bucket(bucket, body, &mut padded)?;
            let damaged = |_: bucket::Damaged| self.broken(Section::Buckets, bucket);
            while let Some(found) = decoder.next().map_err(damaged)? {
                places.clear();
                decoder.places(|p| places.push(p)).map_err(damaged)?;
                each(found, &places);
            }
            Ok(())
        })
    }
}

/// What goes to a database.
#[cfg(feature = "postgres")]
impl Segment {
    /// How many blocks of entries there are.
    pub fn entry_blocks(&self) -> usize {
        (self.foot.documents as usize).div_ceil(ENTRIES)
    }

    /// A block of texts or of entries as it is in the file, compared with its checksum.
    pub fn sealed(&self, section: Section, block: usize) -> Result<Vec<u8>> {
        let at = match section {
            Section::Texts => self.texts_at()?.get(block).map(|b| b.at..b.at + b.len as u64),
            _ => {
                let places = self.entries_at()?;
                places.get(block).zip(places.get(block + 1)).map(|(&at, &end)| at..end)
            }
        };
        let bytes = self.source.block(section, block, at.ok_or_else(|| self.unfit())?)?;
        let is_right = unseal(which(section, block), &bytes).is_some();
        if is_right { Ok(bytes) } else { Err(self.broken(section, block)) }
    }

    /// Hands over all buckets as they are in the file, compared with their checksums.
    pub fn each_bucket(&self, each: &mut super::source::Heard<'_>) -> Result<()> {
        let all: Vec<usize> = (0..1 << self.foot.bucket_bits).collect();
        self.source.buckets(&all, &mut |bucket, body| {
            let is_right = body.is_empty() || unseal(which(Section::Buckets, bucket), body).is_some();
            if is_right { each(bucket, body) } else { Err(self.broken(Section::Buckets, bucket)) }
        })
    }
}

/// A range that can be taken apart.
struct Range {
    at: u64,
    end: u64,
}

impl From<std::ops::Range<u64>> for Range {
    fn from(range: std::ops::Range<u64>) -> Self {
        Self { at: range.start, end: range.end }
    }
}

/// What is in the cell, put there first if need be.
fn loaded<T>(cell: &OnceLock<T>, load: impl FnOnce() -> Result<T>) -> Result<&T> {
    if let Some(value) = cell.get() {
        return Ok(value);
    }
    let value = load()?;
    Ok(cell.get_or_init(|| value))
}

/// Unpacks a block. LZ4 makes at most 255 bytes of one, so no more is set aside than that.
fn unpack(raw: u32, packed: &[u8]) -> Option<Vec<u8>> {
    let raw = raw as usize;
    if raw > LARGEST_BLOCK || raw > packed.len().saturating_mul(256) {
        return None;
    }
    lz4_flex::block::decompress(packed, raw).ok().filter(|bytes| bytes.len() == raw)
}
