//! A folder as a database takes it and gives it back (feature `postgres`): held by one writer, with the
//! tokens of the pushes that it knows.
//!
//! `pushed` has a line for each push and pull: a token, and the generation of the manifest that went or came
//! with it. The token alone stands there before a push counts, so that the folder knows it whatever happens
//! then.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::path::Path;

use super::files::{Draft, damaged, write_whole};
use super::foot::{Foot, Section, head, which};
use super::manifest::{Changes, Listed, Manifest, PUSHED};
use super::reach::{Disk, Reach, read_whole};
use super::wire::unseal;
use super::writer::Writer;
use super::{DiskCorpus, open};
use crate::base::{Error, Place, Problem, Result, Text};
use crate::text;

/// Lines of `pushed` that are kept.
const KNOWN: usize = 32;

/// A folder that nobody else writes to.
pub(in crate::corpus) struct Folder {
    writer: Writer,
    lines: Vec<String>,
}

impl Folder {
    /// Holds a folder that has a corpus.
    pub fn hold(path: &Path, waiting: &mut dyn FnMut()) -> Result<Self> {
        open(path)?;
        Self::of(Writer::open(path, waiting)?)
    }

    /// Holds a folder for what is to come: one that is empty or missing, or that has nothing but what came
    /// from a database or went to it.
    pub fn hold_for_pull(path: &Path, waiting: &mut dyn FnMut()) -> Result<Self> {
        let folder = Self::of(Writer::open(path, waiting)?)?;
        let generation = folder.manifest().generation.to_string();
        let mut confirmed = folder.lines.iter().filter_map(|line| line.split_once(' '));
        let is_clean = confirmed.next_back().is_some_and(|(_, at)| at == generation);
        if is_clean || folder.manifest().segments.is_empty() {
            return Ok(folder);
        }
        Err(refused(
            path,
            Text::fixed(
                "这个文件夹里有没推上去的材料，不能用数据库里的换掉",
                "this folder holds documents that were not pushed; what is in the database cannot take their place",
            ),
        ))
    }

    fn of(writer: Writer) -> Result<Self> {
        let bytes = read_whole(&Disk as &dyn Reach, &writer.folder().join(PUSHED))?.unwrap_or_default();
        let lines = String::from_utf8_lossy(&bytes).lines().map(str::to_owned).collect();
        Ok(Self { writer, lines })
    }

    fn manifest(&self) -> &Manifest {
        self.writer.manifest()
    }

    /// What it holds.
    pub fn corpus(&self) -> &DiskCorpus {
        self.writer.corpus()
    }

    /// The generation of its manifest, and the number of its next file.
    pub fn numbers(&self) -> (u64, u64) {
        (self.manifest().generation, self.manifest().next)
    }

    /// Whether it knows the push of this token.
    pub fn knows(&self, token: &str) -> bool {
        self.lines.iter().any(|line| line.split(' ').next() == Some(token))
    }

    /// A token for the push that comes, known from now on.
    pub fn new_token(&self) -> Result<String> {
        let half = || RandomState::new().build_hasher().finish();
        let token = format!("{:016x}{:016x}", half(), half());
        self.write_lines(token.clone())?;
        Ok(token)
    }

    /// Notes that what it holds is what the database has.
    pub fn keep_token(&self, token: &str) -> Result<()> {
        self.write_lines(format!("{token} {}", self.manifest().generation))
    }

    fn write_lines(&self, last: String) -> Result<()> {
        let mut lines: Vec<&str> = self.lines.iter().map(String::as_str).chain([&*last]).collect();
        let first = lines.len().saturating_sub(KNOWN);
        let text = format!("{}\n", lines.split_off(first).join("\n"));
        write_whole(&self.writer.folder().join(PUSHED), text.as_bytes())
    }

    /// Whether it has this segment already.
    pub fn has(&self, listed: &Listed) -> bool {
        let same = |own: &&Listed| (own.id, own.len, own.foot) == (listed.id, listed.len, listed.foot);
        self.manifest().segments.iter().any(|own| same(&own))
    }

    /// The file of a segment that is to come.
    pub fn incoming(&self, listed: Listed, foot: Foot) -> Result<Incoming> {
        if self.manifest().segments.iter().any(|own| own.id == listed.id) {
            return Err(refused(
                self.writer.folder(),
                Text::fixed(
                    "数据库里换了另一个语料库，与这个文件夹里的对不上",
                    "another corpus is in the database now, which does not go with the one in this folder",
                ),
            ));
        }
        let mut draft = Draft::begin(&listed.path(self.writer.folder()))?;
        draft.write(&head(listed.id))?;
        Ok(Incoming { draft, listed, foot })
    }

    /// Writes the changes of a segment.
    pub fn put_changes(&self, listed: &Listed, changes: &Changes) -> Result<()> {
        let is_there = self.manifest().segments.iter().any(|own| own.changes == listed.changes);
        if is_there { Ok(()) } else { changes.write(self.writer.folder(), listed) }
    }

    /// Makes these segments count; how many documents that are.
    pub fn count(
        mut self,
        segments: Vec<Listed>,
        (generation, next): (u64, u64),
        token: &str,
    ) -> Result<u32> {
        self.writer.adopt(Manifest { generation, next, segments })?;
        self.keep_token(token)?;
        Ok(self.corpus().figures().documents)
    }
}

fn refused(path: &Path, what: Text) -> Error {
    Problem::new(what)
        .help(Text::fixed(
            "给 --corpus 一个新的文件夹；要推上去就用 wengao corpus push",
            "give --corpus a new folder; wengao corpus push brings documents to the database",
        ))
        .at(Place::File(path.display().to_string().into()))
        .into()
}

/// The file of a segment in the making.
pub(in crate::corpus) struct Incoming {
    draft: Draft,
    listed: Listed,
    foot: Foot,
}

impl Incoming {
    fn broken(&self, section: Section, number: usize) -> Error {
        let section = section as usize;
        damaged(
            &self.listed.path(Path::new("")),
            &text!(
                "数据库里第{section}部分第{number}块校验不符",
                "the checksum of block {number} of part {section} in the database does not match"
            ),
        )
    }

    /// Appends a block or a bucket, compared with its checksum.
    pub fn sealed(&mut self, section: Section, number: usize, bytes: &[u8]) -> Result<()> {
        if unseal(which(section, number), bytes).is_none() {
            return Err(self.broken(section, number));
        }
        self.draft.write(bytes)
    }

    /// Appends a section that is read whole, compared with its checksum.
    pub fn whole(&mut self, section: Section, bytes: &[u8]) -> Result<()> {
        self.foot.check(&self.listed.path(Path::new("")), section, bytes)?;
        self.draft.write(bytes)
    }

    /// Ends the file with its foot.
    pub fn finish(mut self) -> Result<()> {
        self.draft.write(&self.foot.encode())?;
        if self.draft.at != self.listed.len {
            return Err(damaged(
                &self.listed.path(Path::new("")),
                &Text::fixed("文件长度与目录不符", "its length is not the one in the manifest"),
            ));
        }
        self.draft.finish()
    }
}
