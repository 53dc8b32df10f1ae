//! Where the bytes of a segment are: a file, or rows of a database that hold the same bytes.
//!
//! What a segment's bytes mean is said once, in `segment`; so whatever brings them, the answers are the same.

use std::fmt;
use std::ops::Range;
use std::path::Path;
use std::sync::OnceLock;

use super::files::damaged;
use super::foot::{Foot, Section};
use super::reach::OpenFile;
use super::wire::numbers;
use crate::base::{Error, Result, Text};

/// Hears a bucket's number and its bytes; none are an empty bucket.
pub(in crate::corpus) type Heard<'h> = dyn FnMut(usize, &[u8]) -> Result<()> + 'h;

/// Brings the bytes of one segment. What they are is compared with its checksum by whoever asks.
pub(in crate::corpus) trait Source: fmt::Debug + Send + Sync {
    /// What messages call it.
    fn path(&self) -> &Path;

    /// The bytes of a section that is read whole.
    fn section(&self, section: Section) -> Result<Vec<u8>>;

    /// A block of texts or of entries, which are `at` these bytes of a segment's file.
    fn block(&self, section: Section, block: usize, at: Range<u64>) -> Result<Vec<u8>>;

    /// Hands over the buckets of these numbers, which rise.
    fn buckets(&self, wanted: &[usize], each: &mut Heard<'_>) -> Result<()>;
}

/// A segment's file.
#[derive(Debug)]
pub(super) struct FileSource {
    file: OpenFile,
    foot: Foot,
    /// Where each bucket ends.
    ends: OnceLock<Vec<u32>>,
}

impl FileSource {
    pub fn new(file: OpenFile, foot: Foot) -> Self {
        Self { file, foot, ends: OnceLock::new() }
    }

    fn read(&self, at: Range<u64>) -> Result<Vec<u8>> {
        let mut bytes = vec![0; (at.end - at.start) as usize];
        self.file.read(at.start, &mut bytes)?;
        Ok(bytes)
    }

    fn ends(&self) -> Result<&[u32]> {
        if let Some(ends) = self.ends.get() {
            return Ok(ends);
        }
        let bytes = self.section(Section::BucketsAt)?;
        self.foot.check(self.path(), Section::BucketsAt, &bytes)?;
        let ends = numbers(&bytes);
        let range = self.foot.range(Section::Buckets);
        let fits = ends.len() == (1 << self.foot.bucket_bits) + 1
            && ends.is_sorted()
            && ends.first() == Some(&0)
            && ends.last().is_some_and(|&e| u64::from(e) == range.end - range.start);
        if !fits {
            return Err(unfit(self.path()));
        }
        Ok(self.ends.get_or_init(|| ends))
    }
}

/// Contents that are whole and make no sense.
pub(super) fn unfit(path: &Path) -> Error {
    damaged(path, &Text::fixed("内容不符", "its contents do not fit"))
}

impl Source for FileSource {
    fn path(&self) -> &Path {
        self.file.path()
    }

    fn section(&self, section: Section) -> Result<Vec<u8>> {
        self.read(self.foot.range(section))
    }

    fn block(&self, _section: Section, _block: usize, at: Range<u64>) -> Result<Vec<u8>> {
        self.read(at)
    }

    fn buckets(&self, wanted: &[usize], each: &mut Heard<'_>) -> Result<()> {
        /// Bytes between two buckets that are read along rather than asked for again.
        const GAP: u32 = 2048;
        /// Bytes that are read at once at most, but for a single bucket.
        const AT_ONCE: u32 = 1 << 18;
        let ends = self.ends()?;
        let base = self.foot.range(Section::Buckets).start;
        let mut bytes = Vec::new();
        let mut index = 0;
        while let Some(&bucket) = wanted.get(index) {
            let (start, mut end) = (ends[bucket], ends[bucket + 1]);
            let mut behind = index + 1;
            while let Some(&next) = wanted.get(behind) {
                if ends[next].saturating_sub(end) > GAP || ends[next + 1] - start > AT_ONCE {
                    break;
                }
                end = end.max(ends[next + 1]);
                behind += 1;
            }
            bytes.resize((end - start) as usize, 0);
            self.file.read(base + u64::from(start), &mut bytes)?;
            for &bucket in &wanted[index..behind] {
                each(bucket, &bytes[(ends[bucket] - start) as usize..(ends[bucket + 1] - start) as usize])?;
            }
            index = behind;
        }
        Ok(())
    }
}
