//! The head and the foot of a segment's file: which sections it has, and where they are.

use std::path::Path;

use super::files::damaged;
use super::manifest::{Listed, VERSION};
use super::wire::{Bytes, checksum, is_right, unseal};
use crate::base::{Error, Result, Text};
use crate::text;

pub(super) const MAGIC: &[u8; 8] = b"wengaoS\n";
/// Magic, version, number, checksum.
pub(super) const HEAD: usize = 8 + 4 + 8 + 4;

/// The sections of a file, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub(in crate::corpus) enum Section {
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
pub(in crate::corpus) struct Foot {
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

    /// Where a section is in the file.
    pub fn range(&self, section: Section) -> std::ops::Range<u64> {
        let index = section as usize;
        let start = index.checked_sub(1).map_or(HEAD as u64, |i| self.sections[i].0);
        start..self.sections[index].0
    }

    /// Compares a section that is read whole with its checksum.
    pub fn check(&self, path: &Path, section: Section, bytes: &[u8]) -> Result<()> {
        if is_right(checksum(which(section, 0), bytes), self.sections[section as usize].1) {
            Ok(())
        } else {
            Err(broken(path, section, 0))
        }
    }

    /// The foot that these bytes are, if it is the one that the manifest lists.
    ///
    /// # Errors
    /// If it is not, or the segment was made with another way of comparing.
    pub fn of(path: &Path, listed: &Listed, bytes: &[u8]) -> Result<Self> {
        let foot = Self::decode(bytes)
            .filter(|f| f.id == listed.id && is_right(last(bytes), listed.foot))
            .filter(|f| f.sections[SECTIONS - 1].0 + Self::LEN as u64 == listed.len);
        let foot = foot.ok_or_else(|| {
            damaged(path, &Text::fixed("文件尾校验不符", "the checksum of its foot does not match"))
        })?;
        if foot.scheme == super::prepared::SCHEME { Ok(foot) } else { Err(other_scheme(path)) }
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

/// The checksum at the end of some bytes; 0 if they are too few.
fn last(bytes: &[u8]) -> u32 {
    bytes.last_chunk().map_or(0, |sum| u32::from_le_bytes(*sum))
}

/// The segment's fingerprints would meet none of ours.
fn other_scheme(path: &Path) -> Error {
    super::files::foreign(
        path,
        Text::fixed("语料库是按另一版比对方法建立的", "the corpus was built with another way of comparing"),
        Text::fixed(
            "用原稿重建语料库：wengao corpus add",
            "build it anew from the documents: wengao corpus add",
        ),
    )
}

/// A block is not what its checksum says.
pub(super) fn broken(path: &Path, section: Section, block: usize) -> Error {
    let section = section as usize;
    damaged(
        path,
        &text!(
            "第{section}部分第{block}块校验不符",
            "the checksum of block {block} of part {section} does not match"
        ),
    )
}

/// The head of the file.
pub(in crate::corpus) fn head(id: u64) -> Vec<u8> {
    let mut head = MAGIC.to_vec();
    head.extend(VERSION.to_le_bytes());
    head.extend(id.to_le_bytes());
    super::wire::seal(VERSION, &mut head);
    head
}
