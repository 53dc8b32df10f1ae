//! The container of .doc, .xls and their kin: an OLE compound file (MS-CFB), which is a small file system:
//! sectors, tables that chain them, and a directory of streams.
//!
//! Read by hand, since a file that Word opens has to open here: the crate `cfb` holds files to the standard
//! and refuses six of 167 that Apache POI keeps as samples, for tables longer than the file or an odd byte
//! in the directory, and every one that was cut short. Here what cannot be followed is left out. No chain is
//! followed longer than the file has sectors, so what is read is bounded by what was given.

use super::little::{part, size_at, u16_at, u32_at};

/// The first bytes of a compound file.
pub(crate) const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0";

/// Sector numbers from here on mean none.
const NONE: usize = 0xFFFF_FFFA;

/// An open compound file.
pub(crate) struct Compound<'b> {
    bytes: &'b [u8],
    /// Bytes of a sector.
    sector: usize,
    /// Bytes of a small sector.
    small: usize,
    /// Streams of fewer bytes lie in small sectors.
    cutoff: usize,
    /// Which sector follows on each.
    next: Vec<u32>,
    /// Which small sector follows on each.
    next_small: Vec<u32>,
    /// The streams and folders at the top.
    entries: Vec<Entry>,
    /// The stream that holds the small sectors.
    smalls: Vec<u8>,
}

/// A stream or a folder.
struct Entry {
    name: String,
    is_stream: bool,
    start: usize,
    size: usize,
}

impl<'b> Compound<'b> {
    /// Opens a compound file; `None` if the bytes are none, or one without a directory.
    pub(crate) fn open(bytes: &'b [u8]) -> Option<Self> {
        bytes.starts_with(COMPOUND).then_some(())?;
        let sector = 1 << u16_at(bytes, 30).filter(|shift| (7..=16).contains(shift))?;
        let small = 1 << u16_at(bytes, 32).filter(|shift| (4..=12).contains(shift))?;
        let mut file = Self {
            bytes,
            sector,
            small,
            cutoff: size_at(bytes, 56)?,
            next: Vec::new(),
            next_small: Vec::new(),
            entries: Vec::new(),
            smalls: Vec::new(),
        };
        file.next = file.table()?;
        let first = |at: usize| size_at(bytes, at);
        file.next_small = numbers(&file.chain(first(60)?, usize::MAX));
        let directory = file.chain(first(48)?, usize::MAX);
        let root = Entry::read(&directory, 0)?;
        file.smalls = file.chain(root.start, root.size);
        file.entries = top(&directory);
        Some(file)
    }

    /// Sectors of the file, a last one that was cut short included.
    fn sectors(&self) -> usize {
        (self.bytes.len() / self.sector).max(1)
    }

    /// The bytes of a sector as far as the file goes.
    fn sector(&self, number: usize) -> Option<&'b [u8]> {
        let start = number.checked_add(1)?.checked_mul(self.sector)?;
        let rest = self.bytes.get(start..).filter(|rest| !rest.is_empty())?;
        Some(&rest[..rest.len().min(self.sector)])
    }

    /// The table of what follows on what, from its sectors, which a list in the header and in sectors of
    /// its own names.
    fn table(&self) -> Option<Vec<u32>> {
        let entries = self.sector / 4;
        // A list that names one sector again and again is not followed.
        let most = self.sectors().div_ceil(entries) + 1;
        let mut list = numbers(part(self.bytes, 76, 4 * 109)?);
        let mut more = size_at(self.bytes, 68)?;
        while list.len() < most + 109 {
            let Some(sector) = self.sector(more).filter(|sector| sector.len() == self.sector) else { break };
            let mut named = numbers(sector);
            more = named.pop().map_or(NONE, |next| next as usize);
            list.extend(named);
        }
        let named = list.into_iter().map(|number| number as usize).filter(|number| *number < NONE);
        Some(named.take(most).filter_map(|number| self.sector(number)).flat_map(numbers).collect())
    }

    /// The bytes of a chain of sectors, so many at most.
    fn chain(&self, start: usize, size: usize) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut at = start;
        for _ in 0..self.sectors() {
            let Some(sector) = self.sector(at).filter(|_| bytes.len() < size) else { break };
            bytes.extend_from_slice(sector);
            at = self.next.get(at).map_or(NONE, |next| *next as usize);
        }
        bytes.truncate(size);
        bytes
    }

    /// The same of small sectors.
    fn small_chain(&self, start: usize, size: usize) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut at = start;
        while bytes.len() < size.min(self.smalls.len()) {
            let from = at.saturating_mul(self.small);
            let Some(rest) = self.smalls.get(from..).filter(|rest| !rest.is_empty()) else { break };
            bytes.extend_from_slice(&rest[..rest.len().min(self.small)]);
            at = self.next_small.get(at).map_or(NONE, |next| *next as usize);
        }
        bytes.truncate(size);
        bytes
    }

    fn entry(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// The bytes of a stream as far as they can be read; `None` if there is no such stream.
    pub(crate) fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let Entry { start, size, .. } = *self.entry(name).filter(|entry| entry.is_stream)?;
        Some(if size < self.cutoff { self.small_chain(start, size) } else { self.chain(start, size) })
    }

    /// Whether there is a stream or a folder of this name at the top.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.entry(name).is_some()
    }
}

/// Bytes of an entry of the directory.
const ENTRY: usize = 128;

impl Entry {
    /// The entry of this number, unless it is an empty one.
    fn read(directory: &[u8], number: usize) -> Option<Self> {
        let entry = part(directory, number.checked_mul(ENTRY)?, ENTRY)?;
        let kind = entry[66];
        let length = usize::from(u16_at(entry, 64)?).min(64).saturating_sub(2);
        let units: Vec<u16> =
            entry[..length].chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]])).collect();
        let name = String::from_utf16_lossy(&units);
        let (start, size) = (size_at(entry, 116)?, size_at(entry, 120)?);
        (kind != 0).then_some(Self { name, is_stream: kind == 2, start, size })
    }
}

/// The entries of the root, which hang on each other as a tree.
fn top(directory: &[u8]) -> Vec<Entry> {
    let link = |number: usize, at: usize| size_at(directory, number * ENTRY + at).unwrap_or(NONE);
    let mut met = vec![false; directory.len() / ENTRY];
    let (mut open, mut found) = (vec![link(0, 76)], Vec::new());
    while let Some(number) = open.pop() {
        let Some(is_met) = met.get_mut(number) else { continue };
        if !std::mem::replace(is_met, true) {
            found.extend(Entry::read(directory, number));
            open.extend([link(number, 68), link(number, 72)]);
        }
    }
    found
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).filter_map(|four| u32_at(four, 0)).collect()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::{COMPOUND, Compound};

    const SECTOR: usize = 512;
    const END: u32 = 0xFFFF_FFFE;
    const FREE: u32 = 0xFFFF_FFFF;

    /// A compound file of these streams, each in its own sectors, behind a table and a directory.
    pub(crate) fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
        let directory = (streams.len() + 1).div_ceil(4);
        let sectors = 1 + directory + streams.iter().map(|s| s.1.len().div_ceil(SECTOR)).sum::<usize>();
        let tables = sectors.div_ceil(127);
        let mut table: Vec<u32> = vec![0xFFFF_FFFD; tables];
        let mut chain = |sectors: usize| {
            let start = table.len() as u32;
            table.extend((1..sectors as u32).map(|n| start + n));
            table.extend((sectors > 0).then_some(END));
            if sectors > 0 { start } else { END }
        };
        let first = chain(directory);
        let starts: Vec<u32> = streams.iter().map(|s| chain(s.1.len().div_ceil(SECTOR))).collect();
        table.resize(tables * 128, FREE);
        let mut file = vec![0; SECTOR];
        file[..8].copy_from_slice(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
        (file[30], file[32]) = (9, 6);
        for (at, value) in [(44, tables as u32), (48, first), (56, 0), (60, END), (68, END)] {
            file[at..at + 4].copy_from_slice(&u32::to_le_bytes(value));
        }
        for n in 0..109 {
            let named = if n < tables { n as u32 } else { FREE };
            file[76 + 4 * n..80 + 4 * n].copy_from_slice(&named.to_le_bytes());
        }
        file.extend(table.iter().flat_map(|n| n.to_le_bytes()));
        let mut entry = |name: &str, kind: u8, links: [u32; 3], start: u32, size: usize| {
            let mut entry = [0; 128];
            for (n, unit) in name.encode_utf16().enumerate() {
                entry[2 * n..2 * n + 2].copy_from_slice(&unit.to_le_bytes());
            }
            (entry[64], entry[66]) = (2 * name.encode_utf16().count() as u8 + 2, kind);
            for (n, link) in links.into_iter().chain([0; 9]).take(3).enumerate() {
                entry[68 + 4 * n..72 + 4 * n].copy_from_slice(&link.to_le_bytes());
            }
            entry[116..120].copy_from_slice(&start.to_le_bytes());
            entry[120..124].copy_from_slice(&(size as u32).to_le_bytes());
            file.extend(entry);
        };
        entry("Root Entry", 5, [FREE, FREE, if streams.is_empty() { FREE } else { 1 }], END, 0);
        for (n, (name, bytes)) in streams.iter().enumerate() {
            let right = if n + 1 < streams.len() { n as u32 + 2 } else { FREE };
            entry(name, 2, [FREE, right, FREE], starts[n], bytes.len());
        }
        for _ in streams.len() + 1..4 * directory {
            entry("", 0, [FREE, FREE, FREE], END, 0);
        }
        for (_, bytes) in streams {
            file.extend_from_slice(bytes);
            file.resize(file.len().next_multiple_of(SECTOR), 0);
        }
        file
    }

    #[test]
    fn streams_are_found_by_name_whatever_the_case_and_are_whole() {
        let long: Vec<u8> = (0..200_000u32).map(|n| (n % 251) as u8).collect();
        let file = compound(&[("Long", &long), ("Short", b"abc"), ("Empty", b"")]);
        let open = Compound::open(&file).unwrap();
        assert_eq!(open.stream("LONG").unwrap(), long);
        assert_eq!(open.stream("Short").unwrap(), b"abc");
        assert_eq!(open.stream("Empty").unwrap(), b"");
        assert!(open.has("short") && !open.has("Other") && open.stream("Other").is_none());
        assert!(Compound::open(b"").is_none() && Compound::open(COMPOUND).is_none());
    }

    #[test]
    fn a_chain_that_turns_back_ends_and_what_is_cut_off_is_left_out() {
        let mut file = compound(&[("A", &[7; 5 * SECTOR])]);
        // The table stands first; the last sector of the stream leads back to its first.
        file[SECTOR + 4 * 6..SECTOR + 4 * 7].copy_from_slice(&2u32.to_le_bytes());
        file[2 * SECTOR + 128 + 120..2 * SECTOR + 128 + 124].copy_from_slice(&u32::MAX.to_le_bytes());
        let read = Compound::open(&file).unwrap().stream("A").unwrap();
        assert!(read.len() <= file.len() && read.iter().all(|b| *b == 7));
        let cut = &file[..file.len() - 700];
        assert!(Compound::open(cut).unwrap().stream("A").unwrap().len() >= 3 * SECTOR);
    }

    #[test]
    fn any_bytes_are_opened_or_not() {
        let whole = compound(&[("A", b"abc"), ("B", &[1; 900])]);
        for at in 0..whole.len() {
            for value in [0, 1, 0x7F, 0xFF] {
                let mut bytes = whole.clone();
                bytes[at] = value;
                if let Some(file) = Compound::open(&bytes) {
                    assert!(file.stream("B").is_none_or(|b| b.len() <= bytes.len()));
                }
            }
            let _ = Compound::open(&whole[..at]).and_then(|file| file.stream("A"));
        }
    }
}
