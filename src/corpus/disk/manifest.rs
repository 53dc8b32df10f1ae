//! Which files are the corpus: `manifest`, and one file of later changes for a segment.
//!
//! Segments never change. What happens to a document afterwards (removed, its locality set) is
//! kept in a small file of its own beside the segment, which is replaced whole under a new name. The
//! manifest names the segments and their changes with the checksums by which they are known; giving
//! a new manifest its name is the one step that makes a change count.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::files::{self, damaged, foreign};
use super::reach::{Reach, read_whole};
use super::wire::{Bytes, put_varint, put_words, seal, unseal};
use crate::base::{Error, Result, Text};

/// The manifest's file name.
pub(super) const MANIFEST: &str = "manifest";
/// The file that a writer locks.
pub(super) const LOCK: &str = "lock";
/// The file that a writer makes and takes away.
pub(super) const WRITING: &str = "writing";
/// The file of a folder that goes to a database or comes from one.
pub(super) const PUSHED: &str = "pushed";

const MAGIC: &[u8; 8] = b"wengaoM\n";
const CHANGES_MAGIC: &[u8; 8] = b"wengaoC\n";
/// Of the manifest, the segments and the changes together.
pub(super) const VERSION: u32 = 1;

/// Which files are the corpus.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Manifest {
    /// Rises with every change.
    pub generation: u64,
    /// The number of the next file.
    pub next: u64,
    /// The segments, oldest first.
    pub segments: Vec<Listed>,
}

/// A segment as the manifest lists it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::corpus) struct Listed {
    /// Its number, which is its name.
    pub id: u64,
    /// Bytes of its file.
    pub len: u64,
    /// The checksum of its foot.
    pub foot: u32,
    /// The number of the file of its changes; 0 if there are none.
    pub changes: u64,
}

impl Listed {
    pub fn path(&self, folder: &Path) -> PathBuf {
        folder.join(segment_name(self.id))
    }

    pub fn changes_path(&self, folder: &Path) -> PathBuf {
        folder.join(changes_name(self.changes))
    }
}

pub(super) fn segment_name(id: u64) -> String {
    format!("{id:08}.segment")
}

pub(super) fn changes_name(id: u64) -> String {
    format!("{id:08}.changes")
}

/// Whether a file of this name is one of a corpus.
pub(super) fn is_ours(name: &str) -> bool {
    let name = name.strip_suffix(files::UNFINISHED).unwrap_or(name);
    let numbered = name.split_once('.').is_some_and(|(number, kind)| {
        number.len() >= 8
            && number.bytes().all(|b| b.is_ascii_digit())
            && matches!(kind, "segment" | "changes")
    });
    // What was taken away from a writer that is gone has a number behind its name.
    let aside = name.strip_prefix(WRITING).is_some_and(|end| end.is_empty() || end.starts_with('.'));
    numbered || aside || [MANIFEST, LOCK, PUSHED].contains(&name)
}

impl Manifest {
    /// Reads the manifest of a folder; `None` if there is none.
    pub fn read(reach: &dyn Reach, folder: &Path) -> Result<Option<Self>> {
        let path = folder.join(MANIFEST);
        match read_whole(reach, &path)? {
            Some(bytes) => Self::decode(&path, &bytes).map(Some),
            None => Ok(None),
        }
    }

    fn decode(path: &Path, bytes: &[u8]) -> Result<Self> {
        let broken = || damaged(path, &Text::fixed("目录校验不符", "the manifest's checksum does not match"));
        let body = body(path, bytes, MAGIC)?;
        let mut body = Bytes(body);
        let mut read = || {
            let mut manifest = Self { generation: body.u64()?, next: body.u64()?, segments: Vec::new() };
            for _ in 0..body.u32()? {
                manifest.segments.push(Listed {
                    id: body.u64()?,
                    len: body.u64()?,
                    foot: body.u32()?,
                    changes: body.u64()?,
                });
            }
            body.is_empty().then_some(manifest)
        };
        read().ok_or_else(broken)
    }

    fn encode(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        out.extend(VERSION.to_le_bytes());
        out.extend(self.generation.to_le_bytes());
        out.extend(self.next.to_le_bytes());
        out.extend((self.segments.len() as u32).to_le_bytes());
        for segment in &self.segments {
            out.extend(segment.id.to_le_bytes());
            out.extend(segment.len.to_le_bytes());
            out.extend(segment.foot.to_le_bytes());
            out.extend(segment.changes.to_le_bytes());
        }
        seal(VERSION, &mut out);
        out
    }

    /// Makes this the folder's manifest. All files that it names are on the disk by now.
    pub fn write(&self, folder: &Path) -> Result<()> {
        files::sync_folder(folder)?;
        files::write_whole(&folder.join(MANIFEST), &self.encode())?;
        files::sync_folder(folder)
    }

    /// The names of the files that it needs.
    pub fn names(&self) -> BTreeSet<String> {
        let mut names = BTreeSet::from([MANIFEST, LOCK, WRITING, PUSHED].map(str::to_owned));
        for segment in &self.segments {
            names.insert(segment_name(segment.id));
            if segment.changes != 0 {
                names.insert(changes_name(segment.changes));
            }
        }
        names
    }
}

/// What stands between magic, version and checksum, all three being right.
fn body<'b>(path: &Path, bytes: &'b [u8], magic: &[u8; 8]) -> Result<&'b [u8]> {
    let Some(rest) = bytes.strip_prefix(magic) else { return Err(not_ours(path)) };
    let whole = unseal(VERSION, bytes).and_then(|sealed| sealed.get(magic.len() + 4..));
    match (rest.first_chunk().map(|v| u32::from_le_bytes(*v)), whole) {
        (Some(VERSION), Some(body)) => Ok(body),
        (Some(version), _) if version != VERSION => Err(other_version(path, version)),
        _ => Err(damaged(path, &Text::fixed("校验不符", "its checksum does not match"))),
    }
}

/// The file is none of this program's, or its beginning is gone.
pub(super) fn not_ours(path: &Path) -> Error {
    foreign(
        path,
        Text::fixed(
            "这不是语料库文件，或文件头已损坏",
            "this is no file of a corpus, or its head is damaged",
        ),
        Text::fixed(
            "检查 --corpus 写的是不是语料库文件夹；是的话从备份恢复这个文件，或换一个文件夹重建",
            "see whether --corpus names a corpus; if it does, restore the file from a backup or build the corpus anew in another folder",
        ),
    )
}

/// The file was written by another version of the program, or the version's digits are damaged.
pub(super) fn other_version(path: &Path, version: u32) -> Error {
    foreign(
        path,
        crate::text!(
            "语料库文件是另一版格式（{version}），本程序认识的是 {VERSION}",
            "this file of the corpus is of format {version}; this program knows {VERSION}"
        ),
        Text::fixed(
            "用写出它的那一版程序打开，或用原稿重建语料库",
            "open it with the version that wrote it, or build the corpus anew from the documents",
        ),
    )
}

/// What happened to documents of a segment after it was written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::corpus) struct Changes {
    /// Documents that are gone, by their numbers in the segment.
    pub removed: BTreeSet<u32>,
    /// What was set.
    pub set: BTreeMap<u32, Change>,
}

/// What is set anew of a document; `None` leaves it as it was.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Change {
    /// Its title (标题).
    pub title: Option<String>,
    /// Its locality (地区); empty for none.
    pub locality: Option<String>,
    /// Its year (年份); 0 for none.
    pub year: Option<u16>,
    /// Its genre (文种); empty for none.
    pub genre: Option<String>,
}

impl Change {
    /// Takes over what `later` sets.
    pub(super) fn absorb(&mut self, later: &Self) {
        self.title = later.title.clone().or(self.title.take());
        self.locality = later.locality.clone().or(self.locality.take());
        self.year = later.year.or(self.year);
        self.genre = later.genre.clone().or(self.genre.take());
    }
}

impl Changes {
    /// Reads the changes of a segment; none if it has none.
    pub(super) fn read(reach: &dyn Reach, folder: &Path, listed: &Listed) -> Result<Self> {
        if listed.changes == 0 {
            return Ok(Self::default());
        }
        let path = listed.changes_path(folder);
        let bytes = read_whole(reach, &path)?.ok_or_else(|| files::vanished(&path))?;
        Self::decode(&path, &bytes, listed)
    }

    /// The changes that these bytes are, of the segment that `listed` says.
    pub fn decode(path: &Path, bytes: &[u8], listed: &Listed) -> Result<Self> {
        let mut body = Bytes(body(path, bytes, CHANGES_MAGIC)?);
        let mut read = || {
            (body.u64()? == listed.id && body.u64()? == listed.changes).then_some(())?;
            let mut changes = Self::default();
            for _ in 0..body.varint()? {
                changes.removed.insert(body.varint()?.try_into().ok()?);
            }
            for _ in 0..body.varint()? {
                let document = body.varint()?.try_into().ok()?;
                let has = body.varint()?;
                let mut words = |bit: u64| match has & bit {
                    0 => Some(None),
                    _ => body.words().map(|w| Some(w.to_owned())),
                };
                let (title, locality, genre) = (words(1)?, words(2)?, words(4)?);
                let year = if has & 8 == 0 { None } else { Some(body.varint()?.try_into().ok()?) };
                changes.set.insert(document, Change { title, locality, year, genre });
            }
            body.is_empty().then_some(changes)
        };
        read().ok_or_else(|| damaged(path, &Text::fixed("内容不符", "its contents do not fit")))
    }

    /// Writes them under the number that `listed` gives them.
    pub fn write(&self, folder: &Path, listed: &Listed) -> Result<()> {
        files::write_whole(&listed.changes_path(folder), &self.encode(listed))
    }

    /// Their bytes, with the numbers of their segment and their own.
    pub fn encode(&self, listed: &Listed) -> Vec<u8> {
        let mut out = CHANGES_MAGIC.to_vec();
        out.extend(VERSION.to_le_bytes());
        out.extend(listed.id.to_le_bytes());
        out.extend(listed.changes.to_le_bytes());
        put_varint(&mut out, self.removed.len() as u64);
        self.removed.iter().for_each(|&d| put_varint(&mut out, d.into()));
        put_varint(&mut out, self.set.len() as u64);
        for (&document, change) in &self.set {
            put_varint(&mut out, document.into());
            let words = [&change.title, &change.locality, &change.genre];
            let bits = words.iter().enumerate().map(|(i, w)| u64::from(w.is_some()) << i).sum::<u64>();
            put_varint(&mut out, bits | u64::from(change.year.is_some()) << 3);
            words.into_iter().flatten().for_each(|w| put_words(&mut out, w));
            change.year.into_iter().for_each(|y| put_varint(&mut out, y.into()));
        }
        seal(VERSION, &mut out);
        out
    }
}
