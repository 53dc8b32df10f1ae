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
use std::sync::OnceLock;

use super::bits::PADDING;
use super::bucket::{self, Decoder, Listing, Shape};
use super::files::{OpenFile, damaged};
use super::letters;
use super::manifest::{Listed, VERSION, not_ours, other_version};
use super::wire::{Bytes, checksum, is_right, unseal};
use crate::base::{Result, Text};
use crate::corpus::Entry;
use crate::text;

pub(super) const MAGIC: &[u8; 8] = b"wengaoS\n";
/// Magic, version, number, checksum.
pub(super) const HEAD: usize = 8 + 4 + 8 + 4;
/// Documents whose entries are packed together.
pub(super) const ENTRIES: usize = 64;
/// The number of a locality that is not known.
pub(super) const UNKNOWN: u32 = u32::MAX;
/// Bytes that a block may have unpacked: a document may be as large as the program reads.
const LARGEST_BLOCK: usize = 1 << 30;

/// The sections of a file, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub(super) enum Section {
    Texts,
    TextsAt,
    Entries,
    EntriesAt,
    Starts,
    Locality,
    Localities,
    Identity,
    Buckets,
    BucketsAt,
}

/// How many sections there are.
pub(super) const SECTIONS: usize = Section::BucketsAt as usize + 1;

/// Which bytes a checksum is for; see [`checksum`].
pub(super) const fn which(section: Section, block: usize) -> u32 {
    (section as u32 + 1) << 27 ^ block as u32
}

/// The foot of the file.
#[derive(Debug, Clone, Default)]
pub(super) struct Foot {
    pub id: u64,
    pub scheme: u32,
    pub documents: u32,
    pub bucket_bits: u32,
    pub letters: u32,
    /// Places that are listed.
    pub postings: u64,
    /// Bytes of the texts as UTF-8.
    pub text_bytes: u64,
    /// The end and the checksum of each section; it begins where the one before ends. Sections of
    /// blocks have 0 here.
    pub sections: [(u64, u32); SECTIONS],
}

impl Foot {
    /// Its bytes in the file.
    pub const LEN: usize = 8 + 4 * 4 + 4 + 8 + 8 + SECTIONS * 12 + 4;

    pub fn encode(&self) -> Vec<u8> {
        let mut out = self.id.to_le_bytes().to_vec();
        for n in [VERSION, self.scheme, self.documents, self.bucket_bits, self.letters] {
            out.extend(n.to_le_bytes());
        }
        out.extend(self.postings.to_le_bytes());
        out.extend(self.text_bytes.to_le_bytes());
        for (end, sum) in self.sections {
            out.extend(end.to_le_bytes());
            out.extend(sum.to_le_bytes());
        }
        super::wire::seal(VERSION, &mut out);
        out
    }

    fn decode(bytes: &[u8]) -> Option<Self> {
        let mut body = Bytes(unseal(VERSION, bytes)?);
        let id = body.u64()?;
        (body.u32()? == VERSION).then_some(())?;
        let mut foot = Self { id, scheme: body.u32()?, documents: body.u32()?, ..Self::default() };
        (foot.bucket_bits, foot.letters) = (body.u32()?, body.u32()?);
        (foot.postings, foot.text_bytes) = (body.u64()?, body.u64()?);
        for section in &mut foot.sections {
            *section = (body.u64()?, body.u32()?);
        }
        let rising = foot.sections.is_sorted_by_key(|s| s.0) && foot.sections[0].0 >= HEAD as u64;
        (rising && (8..=24).contains(&foot.bucket_bits) && body.is_empty()).then_some(foot)
    }
}

/// The head of the file.
pub(super) fn head(id: u64) -> Vec<u8> {
    let mut head = MAGIC.to_vec();
    head.extend(VERSION.to_le_bytes());
    head.extend(id.to_le_bytes());
    super::wire::seal(VERSION, &mut head);
    head
}

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
pub(super) struct Segment {
    source: OpenFile,
    pub foot: Foot,
    pub shape: Shape,
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
    buckets_at: OnceLock<Vec<u32>>,
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
    /// Opens the segment that the manifest lists. The outer error is the operating system's, for
    /// a file that may have been replaced in the meantime.
    pub fn open(folder: &Path, listed: &Listed) -> std::io::Result<Result<Self>> {
        let source = OpenFile::open(listed.path(folder))?;
        Ok(Self::read(source, listed))
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
        let foot = Foot::decode(&bytes)
            .filter(|f| f.id == listed.id && is_right(last(&bytes), listed.foot))
            .filter(|f| f.sections[SECTIONS - 1].0 == source.len - Foot::LEN as u64)
            .ok_or_else(|| broken("文件尾校验不符", "the checksum of its foot does not match"))?;
        if foot.scheme != super::prepared::SCHEME {
            return Err(super::files::foreign(
                source.path(),
                Text::fixed(
                    "语料库是按另一版比对方法建立的",
                    "the corpus was built with another way of comparing",
                ),
                Text::fixed(
                    "用原稿重建语料库：wengao corpus add",
                    "build it anew from the documents: wengao corpus add",
                ),
            ));
        }
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
            buckets_at: OnceLock::new(),
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
    pub fn unfit(&self) -> crate::base::Error {
        damaged(self.source.path(), &Text::fixed("内容不符", "its contents do not fit"))
    }

    fn broken(&self, section: Section, block: usize) -> crate::base::Error {
        let section = section as usize;
        damaged(
            self.source.path(),
            &text!(
                "第{section}部分第{block}块校验不符",
                "the checksum of block {block} of part {section} does not match"
            ),
        )
    }

    fn range(&self, section: Section) -> std::ops::Range<u64> {
        let index = section as usize;
        let start = index.checked_sub(1).map_or(HEAD as u64, |i| self.foot.sections[i].0);
        start..self.foot.sections[index].0
    }

    /// The bytes of a section that is read whole.
    pub fn section(&self, section: Section) -> Result<Vec<u8>> {
        let range = self.range(section);
        let mut bytes = vec![0; (range.end - range.start) as usize];
        self.source.read(range.start, &mut bytes)?;
        if !is_right(checksum(which(section, 0), &bytes), self.foot.sections[section as usize].1) {
            return Err(self.broken(section, 0));
        }
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
            let Range { mut at, end } = self.range(Section::Texts).into();
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
        let mut bytes = vec![0; at.len];
        self.source.read(at.at, &mut bytes)?;
        let body = unseal(which(Section::Texts, block), &bytes).map(<[u8]>::len);
        let body = body.filter(|&l| l >= 4).ok_or_else(|| self.broken(Section::Texts, block))?;
        bytes.truncate(body);
        let raw = Bytes(&bytes).u32().ok_or_else(|| self.unfit())?;
        bytes.drain(..4);
        Ok((raw, bytes))
    }

    /// A block of texts, unpacked.
    pub fn texts(&self, block: usize) -> Result<Texts> {
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
    pub fn text_in(&self, texts: &Texts, document: u32) -> Result<String> {
        let range = document.checked_sub(texts.first).and_then(|i| texts.ranges.get(i as usize));
        let bytes = range.and_then(|r| texts.raw.get(r.clone()));
        bytes.and_then(letters::decode).ok_or_else(|| self.unfit())
    }

    /// The text of a document.
    pub fn text(&self, document: u32) -> Result<String> {
        let block = self.texts_at()?.partition_point(|b| b.first <= document);
        let block = block.checked_sub(1).ok_or_else(|| self.unfit())?;
        self.text_in(&self.texts(block)?, document)
    }

    fn entries_at(&self) -> Result<&[u64]> {
        loaded(&self.entries_at, || {
            let bytes = self.section(Section::EntriesAt)?;
            let Range { mut at, end } = self.range(Section::Entries).into();
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
        let mut bytes = vec![0; (end - at) as usize];
        self.source.read(at, &mut bytes)?;
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

    fn buckets_at(&self) -> Result<&[u32]> {
        loaded(&self.buckets_at, || {
            let ends = numbers(&self.section(Section::BucketsAt)?);
            let range = self.range(Section::Buckets);
            let fits = ends.len() == (1 << self.foot.bucket_bits) + 1
                && ends.is_sorted()
                && ends.first() == Some(&0)
                && ends.last().is_some_and(|&e| u64::from(e) == range.end - range.start);
            if fits { Ok(ends) } else { Err(self.unfit()) }
        })
        .map(Vec::as_slice)
    }

    /// Looks up fingerprints, which rise: for each one that is there its index, how often it is
    /// there, and its places.
    pub fn lookup(&self, wanted: &[u32], mut each: impl FnMut(usize, Listing, &[u32])) -> Result<()> {
        /// Bytes between two buckets that are read along rather than asked for again.
        const GAP: u32 = 2048;
        /// Bytes that are read at once at most, but for a single bucket.
        const AT_ONCE: u32 = 1 << 18;
        let ends = self.buckets_at()?;
        let base = self.range(Section::Buckets).start;
        let (mut bytes, mut padded, mut places) = (Vec::new(), Vec::new(), Vec::new());
        let mut index = 0;
        while index < wanted.len() {
            let bucket = self.shape.bucket(wanted[index]);
            let (start, mut end) = (ends[bucket], ends[bucket + 1]);
            let mut behind = index + 1;
            while let Some(&next) = wanted.get(behind) {
                let next = self.shape.bucket(next);
                if ends[next].saturating_sub(end) > GAP || ends[next + 1] - start > AT_ONCE {
                    break;
                }
                end = end.max(ends[next + 1]);
                behind += 1;
            }
            bytes.resize((end - start) as usize, 0);
            self.source.read(base + u64::from(start), &mut bytes)?;
            while index < behind {
                let bucket = self.shape.bucket(wanted[index]);
                let group = wanted[index..behind].iter().take_while(|&&w| self.shape.bucket(w) == bucket);
                let until = index + group.count();
                let body = &bytes[(ends[bucket] - start) as usize..(ends[bucket + 1] - start) as usize];
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
            }
        }
        Ok(())
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
    pub fn partition(&self, upper: usize, mut each: impl FnMut(Listing, &[u32])) -> Result<()> {
        let ends = self.buckets_at()?;
        let per = 1 << (self.foot.bucket_bits - 8);
        let buckets = upper * per..(upper + 1) * per;
        let (start, end) = (ends[buckets.start], ends[buckets.end]);
        let mut bytes = vec![0; (end - start) as usize];
        self.source.read(self.range(Section::Buckets).start + u64::from(start), &mut bytes)?;
        let (mut padded, mut places) = (Vec::new(), Vec::new());
        for bucket in buckets {
            let body = &bytes[(ends[bucket] - start) as usize..(ends[bucket + 1] - start) as usize];
            let mut decoder = self.bucket(bucket, body, &mut padded)?;
            let damaged = |_: bucket::Damaged| self.broken(Section::Buckets, bucket);
            while let Some(found) = decoder.next().map_err(damaged)? {
                places.clear();
                decoder.places(|p| places.push(p)).map_err(damaged)?;
                each(found, &places);
            }
        }
        Ok(())
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

/// The checksum at the end of some bytes; 0 if they are too few.
fn last(bytes: &[u8]) -> u32 {
    bytes.last_chunk().map_or(0, |sum| u32::from_le_bytes(*sum))
}

/// What is in the cell, put there first if need be.
fn loaded<T>(cell: &OnceLock<T>, load: impl FnOnce() -> Result<T>) -> Result<&T> {
    if let Some(value) = cell.get() {
        return Ok(value);
    }
    let value = load()?;
    Ok(cell.get_or_init(|| value))
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.as_chunks::<4>().0.iter().map(|c| u32::from_le_bytes(*c)).collect()
}

/// Unpacks a block. LZ4 makes at most 255 bytes of one, so no more is set aside than that.
fn unpack(raw: u32, packed: &[u8]) -> Option<Vec<u8>> {
    let raw = raw as usize;
    if raw > LARGEST_BLOCK || raw > packed.len().saturating_mul(256) {
        return None;
    }
    lz4_flex::block::decompress(packed, raw).ok().filter(|bytes| bytes.len() == raw)
}
