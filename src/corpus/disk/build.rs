//! A segment in the making.
//!
//! Documents come in order; their texts are packed and written at once, while the places of their
//! fingerprints are kept in memory, seven bytes each, thrown into [`PARTS`] heaps by their upper
//! bits. In the end each heap is small enough to be sorted within the processor's cache, so the
//! heaps are sorted and coded side by side and written in order.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::bits;
use super::bucket::{self, Placed, Shape};
use super::files::Draft;
use super::foot::{Foot, SECTIONS, Section, head, which};
use super::letters;
use super::manifest::{Listed, segment_name};
use super::prepared::{Prepared, SCHEME};
use super::segment::{ENTRIES, UNKNOWN};
use super::wire::{checksum, put_varint, put_words, seal};
use crate::base::Result;
use crate::corpus::Entry;

/// Heaps into which places are thrown; by the upper 8 bits of a fingerprint.
pub(super) const PARTS: usize = 256;
/// Bytes before packing that a block of texts aims at. Below 64 KiB, the last document included,
/// the packer uses a small table that stays in the cache; measured, smaller blocks pack worse and
/// larger ones no better. A whole block is unpacked to read one document, in some 20 µs.
const BLOCK: usize = 44 << 10;
/// Bytes of a place in a heap: 24 bits of a fingerprint, 32 of a place.
const KEPT: usize = 7;
/// Bytes of a piece of a heap.
const PIECE: usize = KEPT << 12;

/// The places of one part: sorted keys, a fingerprint above a place, and how many more places
/// some fingerprints have that are not listed.
#[derive(Debug, Default)]
pub(super) struct Partition {
    pub keys: Vec<u64>,
    pub more: Vec<(u32, u32)>,
}

/// A segment in the making.
#[derive(Debug)]
pub(super) struct Builder {
    id: u64,
    folder: PathBuf,
    draft: Draft,
    foot: Foot,
    /// For each block of texts its first document and its length.
    texts_at: Vec<u8>,
    text_blocks: usize,
    entries: Vec<u8>,
    entries_at: Vec<u8>,
    entry_blocks: usize,
    /// Entries that make no block yet.
    open_entries: Vec<u8>,
    starts: Vec<u8>,
    locality: Vec<u8>,
    localities: Vec<u8>,
    locality_numbers: HashMap<String, u32>,
    identity: Vec<u8>,
    heaps: Vec<Heap>,
}

/// Places as they came, in pieces, so that a growing heap is never copied.
#[derive(Debug, Default)]
struct Heap {
    full: Vec<Vec<u8>>,
    open: Vec<u8>,
}

impl Heap {
    #[inline]
    fn push(&mut self, key: u64) {
        if self.open.len() == PIECE {
            self.full.push(std::mem::take(&mut self.open));
        }
        if self.open.capacity() == 0 {
            self.open.reserve_exact(if self.full.is_empty() { PIECE / 16 } else { PIECE });
        }
        self.open.extend_from_slice(&key.to_le_bytes()[..KEPT]);
    }

    /// Its keys by fingerprint and place, each once. Places of one channel rise as they came, and a radix sort
    /// leaves equal fingerprints in their order; but a document hands over its two channels one after the other, and
    /// of a few hundred documents one has a pair whose number is that of a run.
    fn sorted(self, part: usize) -> Vec<u64> {
        const DIGIT: u32 = 12;
        let above = (part as u64) << 56;
        let mut keys: Vec<u64> = Vec::new();
        keys.reserve_exact(self.full.iter().map(Vec::len).sum::<usize>() / KEPT + self.open.len() / KEPT);
        for piece in self.full.into_iter().chain([self.open]) {
            keys.extend(piece.as_chunks::<KEPT>().0.iter().map(|c| {
                let mut bytes = [0; 8];
                bytes[..KEPT].copy_from_slice(c);
                u64::from_le_bytes(bytes) | above
            }));
        }
        let mut other = vec![0; keys.len()];
        for shift in [32, 32 + DIGIT] {
            let digit = |key: u64| (key >> shift) as usize & ((1 << DIGIT) - 1);
            let mut at = [0u32; 1 << DIGIT];
            keys.iter().for_each(|&k| at[digit(k)] += 1);
            let mut sum = 0;
            for a in &mut at {
                sum += std::mem::replace(a, sum);
            }
            for &key in &keys {
                let to = &mut at[digit(key)];
                other[*to as usize] = key;
                *to += 1;
            }
            std::mem::swap(&mut keys, &mut other);
        }
        drop(other);
        if !keys.is_sorted_by(|a, b| a < b) {
            // Nearly sorted, which this sort is quick at.
            keys.sort();
            keys.dedup();
        }
        keys
    }
}

/// Some documents' texts, packed.
struct Packed {
    documents: u32,
    raw: u32,
    bytes: Vec<u8>,
}

fn pack(texts: &[&str]) -> Packed {
    let (mut body, mut raw) = (Vec::new(), Vec::new());
    for text in texts {
        let before = body.len();
        letters::encode(text, &mut body);
        put_varint(&mut raw, (body.len() - before) as u64);
    }
    raw.append(&mut body);
    Packed { documents: texts.len() as u32, raw: raw.len() as u32, bytes: lz4_flex::block::compress(&raw) }
}

impl Builder {
    /// Begins the segment with this number.
    pub fn begin(folder: &Path, id: u64) -> Result<Self> {
        let mut draft = Draft::begin(&folder.join(segment_name(id)))?;
        draft.write(&head(id))?;
        let mut heaps = Vec::new();
        heaps.resize_with(PARTS, Heap::default);
        Ok(Self {
            id,
            folder: folder.to_owned(),
            draft,
            foot: Foot { id, scheme: SCHEME, ..Foot::default() },
            texts_at: Vec::new(),
            text_blocks: 0,
            entries: Vec::new(),
            entries_at: Vec::new(),
            entry_blocks: 0,
            open_entries: Vec::new(),
            starts: Vec::new(),
            locality: Vec::new(),
            localities: Vec::new(),
            locality_numbers: HashMap::new(),
            identity: Vec::new(),
            heaps,
        })
    }

    /// Documents so far.
    pub fn documents(&self) -> u32 {
        self.foot.documents
    }

    /// Places so far that are kept in memory.
    pub fn postings(&self) -> u64 {
        self.foot.postings
    }

    /// Whether a document of so many letters may come into this segment.
    pub fn has_room(&self, letters: u32) -> bool {
        self.foot.letters.checked_add(letters).is_some_and(|l| l < u32::MAX / 2)
    }

    /// Appends documents; their texts are packed on all cores.
    pub fn add(&mut self, batch: &[Prepared]) -> Result<()> {
        let mut groups: Vec<Vec<&str>> = Vec::new();
        let mut size = BLOCK;
        for document in batch {
            if size >= BLOCK {
                groups.push(Vec::new());
                size = 0;
            }
            if let Some(group) = groups.last_mut() {
                group.push(&document.text);
                size += document.text.len() * 2 / 3;
            }
        }
        let first = self.foot.documents;
        let (packed, ()) = rayon::join(
            || groups.par_iter().map(|group| pack(group)).collect::<Vec<_>>(),
            || {
                for document in batch {
                    let start = self.foot.letters;
                    self.document(&document.entry, document.identity, document.letters);
                    self.count_text(document.text.len() as u64);
                    for &(print, at) in &document.prints {
                        let heap = &mut self.heaps[(print >> 24) as usize];
                        heap.push(u64::from(print & 0xFF_FFFF) << 32 | u64::from(start + at));
                    }
                    self.foot.postings += document.prints.len() as u64;
                }
            },
        );
        let mut document = first;
        for block in packed {
            self.texts(document, block.raw, &block.bytes)?;
            document += block.documents;
        }
        Ok(())
    }

    /// Appends what is known of a document, but for its text and its places.
    pub fn document(&mut self, entry: &Entry, identity: u64, letters: u32) {
        self.foot.documents += 1;
        self.starts.extend(self.foot.letters.to_le_bytes());
        self.foot.letters += letters;
        self.identity.extend(identity.to_le_bytes());
        let number = if entry.locality.is_empty() {
            UNKNOWN
        } else if let Some(&number) = self.locality_numbers.get(&entry.locality) {
            number
        } else {
            let number = self.locality_numbers.len() as u32;
            self.locality_numbers.insert(entry.locality.clone(), number);
            put_words(&mut self.localities, &entry.locality);
            number
        };
        self.locality.extend(number.to_le_bytes());
        for words in [&entry.name, &entry.title, &entry.genre] {
            put_words(&mut self.open_entries, words);
        }
        put_varint(&mut self.open_entries, entry.year.into());
        if self.foot.documents.is_multiple_of(ENTRIES as u32) {
            self.close_entries();
        }
    }

    /// Counts bytes of texts.
    pub fn count_text(&mut self, bytes: u64) {
        self.foot.text_bytes += bytes;
    }

    fn close_entries(&mut self) {
        let mut block = (self.open_entries.len() as u32).to_le_bytes().to_vec();
        block.extend(lz4_flex::block::compress(&self.open_entries));
        seal(which(Section::Entries, self.entry_blocks), &mut block);
        self.entries_at.extend((block.len() as u32).to_le_bytes());
        self.entries.extend(block);
        self.entry_blocks += 1;
        self.open_entries.clear();
    }

    /// Appends a packed block of texts, whose first document is given.
    pub fn texts(&mut self, first: u32, raw: u32, packed: &[u8]) -> Result<()> {
        let mut block = Vec::with_capacity(packed.len() + 8);
        block.extend(raw.to_le_bytes());
        block.extend(packed);
        seal(which(Section::Texts, self.text_blocks), &mut block);
        self.texts_at.extend(first.to_le_bytes());
        self.texts_at.extend((block.len() as u32).to_le_bytes());
        self.text_blocks += 1;
        self.draft.write(&block)
    }

    /// Packs texts and appends them as one block.
    pub fn pack_texts(&mut self, first: u32, texts: &[&str]) -> Result<()> {
        let packed = pack(texts);
        self.texts(first, packed.raw, &packed.bytes)
    }

    /// Ends the segment with the places that were added.
    pub fn finish(mut self) -> Result<Listed> {
        let heaps: Vec<_> = std::mem::take(&mut self.heaps).into_iter().map(std::sync::Mutex::new).collect();
        let postings = self.foot.postings;
        self.finish_with(postings, &|part| {
            let heap = heaps[part].lock().map(|mut h| std::mem::take(&mut *h)).unwrap_or_default();
            Ok(Partition { keys: heap.sorted(part), more: Vec::new() })
        })
    }

    /// Ends the segment with places that come from elsewhere, about so many.
    pub fn finish_with(
        mut self,
        postings: u64,
        part: &(dyn Fn(usize) -> Result<Partition> + Sync),
    ) -> Result<Listed> {
        /// Parts that are coded before the first of them is written.
        const AHEAD: usize = 8;
        if !self.foot.documents.is_multiple_of(ENTRIES as u32) {
            self.close_entries();
        }
        self.starts.extend(self.foot.letters.to_le_bytes());
        let shape = Shape::for_postings(postings, self.foot.letters);
        self.foot.bucket_bits = shape.bucket_bits;
        self.foot.postings = 0;
        self.end(Section::Texts, 0);
        for (section, bytes) in [
            (Section::TextsAt, std::mem::take(&mut self.texts_at)),
            (Section::Entries, std::mem::take(&mut self.entries)),
            (Section::EntriesAt, std::mem::take(&mut self.entries_at)),
            (Section::Starts, std::mem::take(&mut self.starts)),
            (Section::Locality, std::mem::take(&mut self.locality)),
            (Section::Localities, std::mem::take(&mut self.localities)),
            (Section::Identity, std::mem::take(&mut self.identity)),
        ] {
            self.draft.write(&bytes)?;
            self.end(
                section,
                if section == Section::Entries { 0 } else { checksum(which(section, 0), &bytes) },
            );
        }
        let mut ends = 0u32.to_le_bytes().to_vec();
        let mut end = 0u32;
        for parts in (0..PARTS).collect::<Vec<_>>().chunks(AHEAD) {
            let coded: Vec<Result<Coded>> =
                parts.par_iter().map(|&p| part(p).map(|part_of| code(shape, p, &part_of))).collect();
            for coded in coded {
                let coded = coded?;
                self.draft.write(&coded.bytes)?;
                self.foot.postings += coded.listed;
                for length in coded.lengths {
                    end += length;
                    ends.extend(end.to_le_bytes());
                }
            }
        }
        self.end(Section::Buckets, 0);
        self.draft.write(&ends)?;
        self.end(Section::BucketsAt, checksum(which(Section::BucketsAt, 0), &ends));
        let foot = self.foot.encode();
        self.draft.write(&foot)?;
        let sum = foot.last_chunk().map_or(0, |sum| u32::from_le_bytes(*sum));
        let listed = Listed { id: self.id, len: self.draft.at, foot: sum, changes: 0 };
        self.draft.finish()?;
        super::files::sync_folder(&self.folder)?;
        Ok(listed)
    }

    fn end(&mut self, section: Section, sum: u32) {
        debug_assert!((section as usize) < SECTIONS);
        self.foot.sections[section as usize] = (self.draft.at, sum);
    }
}

/// The buckets of one part, coded.
struct Coded {
    bytes: Vec<u8>,
    lengths: Vec<u32>,
    listed: u64,
}

fn code(shape: Shape, number: usize, part: &Partition) -> Coded {
    let per = 1usize << (shape.bucket_bits - 8);
    let mut coded =
        Coded { bytes: Vec::with_capacity(part.keys.len() * 5), lengths: Vec::with_capacity(per), listed: 0 };
    let mut writer = bits::Writer::default();
    let (mut keys, mut more) = (part.keys.as_slice(), part.more.as_slice());
    let mut runs = Vec::new();
    for bucket in number * per..(number + 1) * per {
        runs.clear();
        while let Some(&key) = keys.first() {
            let fingerprint = (key >> 32) as u32;
            if shape.bucket(fingerprint) != bucket {
                break;
            }
            let count = keys.iter().take_while(|&&k| k >> 32 == key >> 32).count();
            let (places, rest) = keys.split_at(count);
            keys = rest;
            more = &more[more.partition_point(|m| m.0 < fingerprint)..];
            let unlisted = more.first().filter(|m| m.0 == fingerprint).map_or(0, |m| m.1);
            coded.listed += count.min(bucket::LISTED) as u64;
            runs.push(Placed { fingerprint, places, more: unlisted });
        }
        let before = coded.bytes.len();
        bucket::encode(shape, &runs, &mut writer, &mut coded.bytes);
        if coded.bytes.len() > before {
            let sum = checksum(which(Section::Buckets, bucket), &coded.bytes[before..]);
            coded.bytes.extend(sum.to_le_bytes());
        }
        coded.lengths.push((coded.bytes.len() - before) as u32);
    }
    coded
}

#[cfg(test)]
mod tests {
    use super::Heap;

    #[test]
    fn equal_numbers_of_the_two_channels_are_put_in_order_and_kept_once() {
        let key = |fingerprint: u64, place: u64| fingerprint << 32 | place;
        let mut heap = Heap::default();
        // A document's runs, then its pairs.
        for (fingerprint, place) in [(7, 1), (9, 500), (7, 800), (9, 300), (7, 800), (5, 20)] {
            heap.push(key(fingerprint, place));
        }
        let wanted = [key(5, 20), key(7, 1), key(7, 800), key(9, 300), key(9, 500)];
        assert_eq!(heap.sorted(0), wanted);
    }
}
