//! The text of a Word 97 document, put together from its pieces (MS-DOC 2.4.1).
//!
//! A document that was saved fast is a chain of stretches that lie anywhere in the file, each in two
//! bytes a character or in one; others mostly are one piece. Characters are UTF-16 units, and each
//! knows its byte, by which its properties are found.

use super::fib::{Fib, Table, damaged};
use super::properties::Changes;
use crate::base::Result;
use crate::office::little::{part, size_at, u16_at};

/// The characters of all parts of a document, as far as its pieces can be read.
pub struct Pieces<'f> {
    /// UTF-16 units.
    pub units: Vec<u16>,
    runs: Vec<Run<'f>>,
    /// Whether something lies beyond what could be read.
    pub broken: bool,
}

/// A stretch of characters that lie beside each other in the file.
#[derive(Clone, Copy)]
struct Run<'f> {
    /// Its first character.
    start: usize,
    /// The byte of that character.
    byte: usize,
    /// Bytes of a character.
    width: usize,
    /// What was changed of it after it was saved first.
    changes: Changes<'f>,
}

/// Where a character lies.
#[derive(Clone, Copy)]
pub struct At<'f> {
    /// Its byte in the stream `WordDocument`.
    pub byte: usize,
    /// Its bytes.
    pub width: usize,
    /// Characters of its piece from it on.
    pub left: usize,
    /// What was changed of the piece that it is in.
    pub changes: Changes<'f>,
}

impl<'f> Pieces<'f> {
    /// The pieces of a document.
    ///
    /// # Errors
    /// If there are none.
    pub fn read(fib: &'f Fib) -> Result<Self> {
        let (changes, table) = parts(fib.table(Table::Pieces)).ok_or_else(damaged)?;
        let mut pieces = Self { units: Vec::new(), runs: Vec::new(), broken: false };
        // Four bytes a boundary, of which there is one more than pieces, and eight a piece.
        let count = table.len().saturating_sub(4) / 12;
        for index in 0..count {
            let ends = size_at(table, 4 * index).zip(size_at(table, 4 * index + 4));
            let entry = 4 * (count + 1) + 8 * index;
            let (Some((start, end)), Some(place)) = (ends, size_at(table, entry + 2)) else { break };
            let changes = Changes::of(u16_at(table, entry + 6).unwrap_or(0), &changes);
            if start != pieces.units.len() || !pieces.take(fib, end.saturating_sub(start), place, changes) {
                pieces.broken = true;
                break;
            }
        }
        if pieces.units.is_empty() && pieces.broken {
            return Err(damaged().into());
        }
        Ok(pieces)
    }

    /// Takes up a piece of so many characters; whether all of it was there.
    fn take(&mut self, fib: &Fib, length: usize, place: usize, changes: Changes<'f>) -> bool {
        const NARROW: usize = 0x4000_0000;
        let is_narrow = place & NARROW != 0;
        let (byte, width) = if is_narrow { ((place & !NARROW) / 2, 1) } else { (place & !NARROW, 2) };
        let there = fib.main.len().saturating_sub(byte) / width;
        // Pieces never share their text, so a chain that asks for more than the file has is damage.
        let left = fib.main.len().saturating_sub(self.units.len());
        let taken = length.min(there).min(left);
        let Some(bytes) = part(&fib.main, byte, taken * width) else { return false };
        self.runs.push(Run { start: self.units.len(), byte, width, changes });
        if is_narrow {
            self.units.extend(bytes.iter().map(|b| narrow(*b)));
        } else {
            self.units.extend(bytes.chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]])));
        }
        taken == length
    }

    /// Where a character lies.
    pub fn at(&self, character: usize) -> Option<At<'f>> {
        let after = self.runs.partition_point(|run| run.start <= character);
        let Run { start, byte, width, changes } = *self.runs[..after].last()?;
        let end = self.runs.get(after).map_or(self.units.len(), |next| next.start);
        let left = end.saturating_sub(character);
        Some(At { byte: byte + (character - start) * width, width, left, changes })
    }
}

/// What the table of pieces holds: lists of changed properties, and the pieces.
fn parts(table: &[u8]) -> Option<(Vec<&[u8]>, &[u8])> {
    let (mut changes, mut at) = (Vec::new(), 0);
    loop {
        match table.get(at)? {
            1 => {
                let length = usize::from(u16_at(table, at + 1)?);
                changes.push(part(table, at + 3, length)?);
                at += 3 + length;
            }
            2 => {
                let rest = &table[at + 1..];
                let length = size_at(rest, 0)?;
                // A table that was cut short is read as far as it goes.
                return Some((changes, part(rest, 4, length).or_else(|| rest.get(4..))?));
            }
            _ => return None,
        }
    }
}

/// A character in one byte: Windows-1252, but for the signs of control that both have.
fn narrow(byte: u8) -> u16 {
    /// What stands at 0x80 to 0x9F (MS-DOC 2.9.73).
    const HIGH: [u16; 32] = [
        0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152,
        0x8D, 0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122,
        0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
    ];
    match byte {
        0x80..=0x9F => HIGH[usize::from(byte - 0x80)],
        _ => u16::from(byte),
    }
}
