//! Workbooks of Excel 5 to 2003 and of WPS (.xls, .et) → cells: MS-XLS, a stream of records.
//!
//! Read are the list of sheets, the shared words, the formats, the cells, what is merged and what is hidden.
//! A formula has its outcome beside it.

mod records;
#[cfg(test)]
mod tests;
mod words;

use std::collections::HashMap;

use self::records::Records;
use self::words::{Version, shared, words};
use super::cells::{Book, Cell, Merged, Sheet};
use super::format::Format;
use super::{Room, damaged, encrypted, hidden};
use crate::base::Result;
use crate::office::compound::Compound;
use crate::office::little::{u16_at, u32_at};

/// Reads a workbook.
///
/// # Errors
/// If it is encrypted or damaged, or holds more than there is room for.
pub(super) fn read(bytes: &[u8], room: Room) -> Result<Book> {
    let file = Compound::open(bytes).ok_or_else(damaged)?;
    let stream = file.stream("Workbook").or_else(|| file.stream("Book")).ok_or_else(damaged)?;
    let mut globals = Globals::read(&stream, room)?;
    let mut book = Book::default();
    // Sheets lie one after the other: where the list names one again and again, it is damaged.
    let mut left = 2 * stream.len();
    for tab in std::mem::take(&mut globals.tabs) {
        let (mut sheet, taken) = globals.sheet(&stream, tab.at)?;
        left = left.checked_sub(taken).ok_or_else(damaged)?;
        if !tab.hidden {
            sheet.name = tab.name;
            book.sheets.push(sheet);
        } else if sheet.cells.values().any(|cell| !cell.is_empty()) {
            book.notes.push(hidden(&tab.name));
        }
    }
    Ok(book)
}

/// A sheet as the workbook lists it.
struct Tab {
    name: String,
    /// The byte at which its records begin.
    at: usize,
    hidden: bool,
}

/// What holds for all sheets.
struct Globals {
    version: Version,
    tabs: Vec<Tab>,
    shared: Vec<String>,
    /// The formats of the styles, which cells give by number.
    formats: Vec<Format>,
    since_1904: bool,
    room: Room,
}

impl Globals {
    fn read(stream: &[u8], room: Room) -> Result<Self> {
        let mut records = Records::of(stream, 0);
        let first = records.next().filter(|r| r.kind == records::BEGIN).ok_or_else(damaged)?;
        let mut globals = Self {
            version: Version::of(u16_at(first.bytes(), 0).unwrap_or(0)),
            tabs: Vec::new(),
            shared: Vec::new(),
            formats: Vec::new(),
            since_1904: false,
            room,
        };
        let (mut codes, mut styles) = (HashMap::new(), Vec::new());
        for record in records.by_ref() {
            let bytes = record.bytes();
            match record.kind {
                records::END => break,
                0x002F => return Err(encrypted().into()),
                0x0022 => globals.since_1904 = u16_at(bytes, 0) == Some(1),
                0x0042 => globals.version.set_page(u16_at(bytes, 0).unwrap_or(0)),
                0x0085 => globals.tabs.extend(tab(bytes, globals.version)),
                0x00E0 => styles.push(u16_at(bytes, 2).unwrap_or(0)),
                0x041E => {
                    let wide = globals.version.is_unicode();
                    let code = words(bytes, 2, if wide { 2 } else { 1 }, globals.version);
                    codes.extend(u16_at(bytes, 0).zip(code));
                }
                0x00FC => globals.shared = shared(&record).ok_or_else(damaged)?,
                _ => {}
            }
        }
        let mut made: HashMap<u16, Format> = HashMap::new();
        let formats = styles.into_iter().map(|id| {
            let make =
                || codes.get(&id).map_or_else(|| Format::built_in(id.into()), |code| Format::new(code));
            made.entry(id).or_insert_with(make).clone()
        });
        globals.formats = formats.collect();
        if records.broken { Err(damaged().into()) } else { Ok(globals) }
    }

    /// The cells of the sheet whose records begin at a byte, and how many bytes they take.
    fn sheet(&mut self, stream: &[u8], at: usize) -> Result<(Sheet, usize)> {
        let mut sheet = Sheet::default();
        let mut records = Records::of(stream, at);
        // Charts within a sheet begin and end like sheets.
        let mut depth = 0usize;
        // The cell whose formula gives words, which come in the next record.
        let mut awaited = None;
        while let Some(record) = records.next() {
            match record.kind {
                records::BEGIN => depth += 1,
                records::END if depth <= 1 => return Ok((sheet, records.at - at)),
                records::END => depth -= 1,
                _ if depth > 1 => {}
                0x0207 => {
                    let said = words(record.bytes(), 0, 2, self.version);
                    if let Some((at, said)) = awaited.take().zip(said) {
                        self.put(&mut sheet, at, Cell::Words(said))?;
                    }
                }
                0x0006 => awaited = self.formula(record.bytes(), &mut sheet)?,
                kind => {
                    self.cell(kind, record.bytes(), &mut sheet)?;
                    shape(kind, record.bytes(), &mut sheet);
                }
            }
        }
        Err(damaged().into())
    }

    /// Takes up a cell, if the workbook may hold it.
    fn put(&mut self, sheet: &mut Sheet, at: (u32, u32), cell: Cell) -> Result<()> {
        self.room.take(&cell)?;
        sheet.cells.insert(at, cell);
        Ok(())
    }

    /// The cells of a record, if it is one of cells.
    fn cell(&mut self, kind: u16, bytes: &[u8], sheet: &mut Sheet) -> Result<()> {
        let Some((at, style)) = place(bytes) else { return Ok(()) };
        let cell = match kind {
            0x00FD => {
                let index = u32_at(bytes, 6).and_then(|n| usize::try_from(n).ok());
                let words = index.and_then(|index| self.shared.get(index)).ok_or_else(damaged)?.clone();
                Some(Cell::Words(words))
            }
            0x0204 | 0x00D6 => words(bytes, 6, 2, self.version).map(Cell::Words),
            0x0203 => number(bytes, 6).map(|value| self.shown(style, value)).transpose()?,
            0x027E => u32_at(bytes, 6).map(|packed| self.shown(style, unpacked(packed))).transpose()?,
            0x00BD => {
                // Cells beside each other, each with its style; behind them the last column.
                for (n, cell) in bytes.get(4..bytes.len() - 2).unwrap_or_default().chunks_exact(6).enumerate()
                {
                    let column = at.1.saturating_add(u32::try_from(n).unwrap_or(u32::MAX));
                    if let Some((style, packed)) = u16_at(cell, 0).zip(u32_at(cell, 2)) {
                        let shown = self.shown(style, unpacked(packed))?;
                        self.put(sheet, (at.0, column), shown)?;
                    }
                }
                None
            }
            0x0205 => bytes
                .get(6..8)
                .map(|said| if said[1] == 0 { Cell::Flag(said[0] != 0) } else { error(said[0]) }),
            _ => None,
        };
        cell.map_or(Ok(()), |cell| self.put(sheet, at, cell))
    }

    /// Takes up what a formula came to; its place, if the words come in the next record.
    fn formula(&mut self, bytes: &[u8], sheet: &mut Sheet) -> Result<Option<(u32, u32)>> {
        let Some(((at, style), outcome)) = place(bytes).zip(bytes.get(6..14)) else { return Ok(None) };
        let cell = match outcome {
            [0, .., 0xFF, 0xFF] => return Ok(Some(at)),
            [1, _, value, .., 0xFF, 0xFF] => Cell::Flag(*value != 0),
            [2, _, code, .., 0xFF, 0xFF] => error(*code),
            [.., 0xFF, 0xFF] => Cell::Words(String::new()),
            _ => match number(bytes, 6) {
                Some(value) => self.shown(style, value)?,
                None => return Ok(None),
            },
        };
        self.put(sheet, at, cell)?;
        Ok(None)
    }

    /// A number under the format of a style.
    fn shown(&mut self, style: u16, value: f64) -> Result<Cell> {
        let format = self.formats.get(usize::from(style)).unwrap_or(&Format::GENERAL);
        self.room.shown(format, value, self.since_1904)
    }
}

fn tab(bytes: &[u8], version: Version) -> Option<Tab> {
    let at = u32_at(bytes, 0).and_then(|at| usize::try_from(at).ok())?;
    // Only sheets hold cells: no charts, no macros.
    let (state, kind) = (bytes.get(4)?, bytes.get(5)?);
    let name = words(bytes, 6, 1, version)?;
    (*kind == 0).then_some(Tab { name, at, hidden: state & 3 != 0 })
}

/// Row and column, from 1, and the style of a cell.
fn place(bytes: &[u8]) -> Option<((u32, u32), u16)> {
    let (row, column) = u16_at(bytes, 0).zip(u16_at(bytes, 2))?;
    Some(((u32::from(row) + 1, u32::from(column) + 1), u16_at(bytes, 4)?))
}

fn number(bytes: &[u8], at: usize) -> Option<f64> {
    bytes.get(at..at + 8)?.try_into().ok().map(f64::from_le_bytes)
}

/// A number in four bytes: whole or the upper half of a float, and maybe in hundredths (MS-XLS 2.5.218).
fn unpacked(packed: u32) -> f64 {
    let value = if packed & 2 == 0 {
        f64::from_bits(u64::from(packed & !3) << 32)
    } else {
        f64::from(packed.cast_signed() >> 2)
    };
    if packed & 1 == 0 { value } else { value / 100.0 }
}

fn error(code: u8) -> Cell {
    Cell::Error(
        match code {
            0x00 => "#NULL!",
            0x07 => "#DIV/0!",
            0x0F => "#VALUE!",
            0x17 => "#REF!",
            0x1D => "#NAME?",
            0x24 => "#NUM!",
            _ => "#N/A",
        }
        .to_owned(),
    )
}

/// What a record says of rows, columns and merged cells.
fn shape(kind: u16, bytes: &[u8], sheet: &mut Sheet) {
    let at = |n: usize| u16_at(bytes, n).map(|n| u32::from(n) + 1);
    match kind {
        0x0208 if u16_at(bytes, 12).is_some_and(|flags| flags & 0x20 != 0) => {
            sheet.hidden_rows.extend(at(0));
        }
        0x007D if u16_at(bytes, 8).is_some_and(|flags| flags & 1 != 0) => {
            sheet.hidden_columns.extend(at(0).zip(at(2)));
        }
        0x00E5 => {
            for merged in bytes.get(2..).unwrap_or_default().chunks_exact(8) {
                let at = |n: usize| u16_at(merged, n).map_or(1, |n| u32::from(n) + 1);
                sheet.merged.push(Merged { from: (at(0), at(4)), to: (at(2), at(6)) });
            }
        }
        _ => {}
    }
}
