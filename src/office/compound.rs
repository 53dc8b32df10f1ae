//! The container of .doc, .xls and their kin: an OLE compound file, which holds streams by name.
//!
//! Its chains of sectors are followed by `cfb`. No stream can hold more than the file does, so what
//! is read is bounded by what was given.

use std::io::{Cursor, Read as _};

use cfb::CompoundFile;

use super::little::{size_at, u16_at};

/// An open compound file.
pub(crate) struct Compound<'b> {
    file: CompoundFile<Cursor<&'b [u8]>>,
    /// Bytes of the whole file.
    size: u64,
}

impl<'b> Compound<'b> {
    /// Opens a compound file; `None` if the bytes are none, or one whose directory cannot be read.
    pub(crate) fn open(bytes: &'b [u8]) -> Option<Self> {
        if !is_plausible(bytes) {
            return None;
        }
        let file = CompoundFile::open(Cursor::new(bytes)).ok()?;
        Some(Self { file, size: bytes.len() as u64 })
    }

    /// The bytes of a stream as far as they can be read; `None` if there is no such stream.
    pub(crate) fn stream(&mut self, name: &str) -> Option<Vec<u8>> {
        let stream = self.file.open_stream(format!("/{name}")).ok()?;
        let mut bytes = Vec::new();
        // What comes before the place where a chain breaks is whole.
        let _ = stream.take(self.size).read_to_end(&mut bytes);
        Some(bytes)
    }

    /// Whether there is a stream or a folder of this name at the top.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.file.exists(format!("/{name}"))
    }
}

/// Whether the list of the tables of sectors is no longer than a file of this size needs: a list that
/// names one table again and again would be unpacked to a hundred times the file.
fn is_plausible(bytes: &[u8]) -> bool {
    /// Entries of the list that stand in the header.
    const IN_HEADER: usize = 109;
    let Some(shift) = u16_at(bytes, 30).filter(|shift| (9..=12).contains(shift)) else { return false };
    let sector = 1usize << shift;
    let entries = sector / 4;
    let tables = (bytes.len() / sector).div_ceil(entries);
    let needed = tables.saturating_sub(IN_HEADER).div_ceil(entries - 1);
    let mut next = size_at(bytes, 68);
    for _ in 0..=needed {
        // What is no sector ends the list.
        let start = next.and_then(|n| n.checked_add(1)?.checked_mul(sector));
        match start.and_then(|start| size_at(bytes, start.checked_add(sector - 4)?)) {
            Some(following) => next = Some(following),
            None => return true,
        }
    }
    false
}
