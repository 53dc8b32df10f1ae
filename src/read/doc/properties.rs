//! Properties of characters and paragraphs (MS-DOC 2.4.6): pages of runs, each with a list of
//! modifications (sprm), of which a few matter to the text.

use std::collections::HashSet;

use super::fib::{Fib, Table};
use crate::office::little::{part, size_at, u16_at, u32_at};

/// A modification: its code and its operand.
pub type Change<'f> = (u16, &'f [u8]);

/// What a piece that was saved fast changes of its characters and paragraphs.
#[derive(Clone, Copy, Default)]
pub struct Changes<'f> {
    /// A list of modifications.
    pub list: &'f [u8],
    /// Whether the piece is marked as deleted, or as put in, in the short form.
    pub deleted: Option<bool>,
}

impl<'f> Changes<'f> {
    /// What the two bytes of a piece say, with the lists that they may name.
    pub fn of(says: u16, lists: &[&'f [u8]]) -> Self {
        if says & 1 == 1 {
            let list = lists.get(usize::from(says >> 1)).copied().unwrap_or_default();
            return Self { list, deleted: None };
        }
        let (code, on) = (says >> 1 & 0x7F, says >> 8 != 0);
        Self { list: &[], deleted: (on && matches!(code, 0x41 | 0x42)).then_some(code == 0x41) }
    }
}

/// A stretch of the file whose characters have the same properties.
#[derive(Debug, Clone, Copy)]
pub struct Run<'f> {
    start: usize,
    end: usize,
    /// For a paragraph, the number of its style.
    pub style: u16,
    /// Its modifications.
    pub list: &'f [u8],
}

impl Run<'_> {
    /// How many characters of so many bytes it has from a byte on.
    pub fn length_from(&self, byte: usize, width: usize) -> usize {
        self.end.saturating_sub(byte).div_ceil(width)
    }
}

/// All stretches of one kind, by position.
pub struct Runs<'f> {
    runs: Vec<Run<'f>>,
    /// The one that was asked for last: the next character mostly has it too.
    last: usize,
}

impl<'f> Runs<'f> {
    /// The stretches of characters.
    pub fn of_characters(fib: &'f Fib) -> Self {
        Self::read(fib, Table::Characters, 1, |page, entry| {
            let at = 2 * usize::from(*page.get(entry)?);
            let length = usize::from(*page.get(at)?);
            // No offset: the properties of the style, none of its own.
            Some((0, if at == 0 { &[] } else { part(page, at + 1, length)? }))
        })
    }

    /// The stretches of paragraphs.
    pub fn of_paragraphs(fib: &'f Fib) -> Self {
        Self::read(fib, Table::Paragraphs, 13, |page, entry| {
            let at = 2 * usize::from(*page.get(entry)?);
            if at == 0 {
                return Some((0, &[]));
            }
            let (at, length) = match usize::from(*page.get(at)?) {
                0 => (at + 2, 2 * usize::from(*page.get(at + 1)?)),
                half => (at + 1, 2 * half - 1),
            };
            let list = part(page, at, length)?;
            Some((u16_at(list, 0)?, list.get(2..)?))
        })
    }

    /// Reads the pages that a table names; `entry` reads the entry of a page, of so many bytes, that
    /// stands at a byte of it.
    fn read(
        fib: &'f Fib,
        table: Table,
        bytes: usize,
        entry: impl Fn(&'f [u8], usize) -> Option<(u16, &'f [u8])>,
    ) -> Self {
        /// Bytes of a page.
        const PAGE: usize = 512;
        let table = fib.table(table);
        let count = table.len().saturating_sub(4) / 8;
        let mut runs = Vec::new();
        // Each page is named once; one that is named again and again would fill the memory.
        let mut met = HashSet::new();
        for number in (0..count).filter_map(|index| u32_at(table, 4 * (count + 1) + 4 * index)) {
            let at = usize::try_from(number & 0x3F_FFFF).unwrap_or(0) * PAGE;
            let Some(page) = part(&fib.main, at, PAGE).filter(|_| met.insert(at)) else { continue };
            let of_page = usize::from(page[PAGE - 1]);
            for index in 0..of_page {
                let ends = size_at(page, 4 * index).zip(size_at(page, 4 * index + 4));
                let Some((start, end)) = ends.filter(|(start, end)| start < end) else { continue };
                if let Some((style, list)) = entry(page, 4 * (of_page + 1) + bytes * index) {
                    runs.push(Run { start, end, style, list });
                }
            }
        }
        runs.sort_by_key(|run| run.start);
        Self { runs, last: 0 }
    }

    /// How many there are.
    #[cfg(test)]
    pub fn len(&self) -> usize {
        self.runs.len()
    }

    /// The stretch that a byte of the file lies in.
    pub fn at(&mut self, byte: usize) -> Option<Run<'f>> {
        let here = |run: &&Run<'_>| (run.start..run.end).contains(&byte);
        if let Some(run) = self.runs.get(self.last).filter(here) {
            return Some(*run);
        }
        let after = self.runs.partition_point(|run| run.start <= byte);
        let run = self.runs[..after].last().filter(here)?;
        self.last = after - 1;
        Some(*run)
    }

    /// Whether a stretch ends behind a character that lies in these bytes.
    pub fn ends_at(&mut self, byte: usize, width: usize) -> bool {
        self.at(byte).is_some_and(|run| run.end == byte + width)
    }
}

/// The modifications of a list, in order, as far as it is sound.
pub fn changes<'f>(list: &'f [u8]) -> impl Iterator<Item = Change<'f>> {
    let mut rest = list;
    std::iter::from_fn(move || {
        let code = u16_at(rest, 0)?;
        let (skip, length) = operand(code, rest.get(2..)?)?;
        let operand = part(rest, 2 + skip, length)?;
        rest = &rest[2 + skip + length..];
        Some((code, operand))
    })
}

/// How many bytes stand before the operand of a modification, and how many it has.
fn operand(code: u16, rest: &[u8]) -> Option<(usize, usize)> {
    /// Columns of a table: the one whose length has two bytes, and counts one of them.
    const COLUMNS: u16 = 0xD608;
    /// Tab stops: a length of 255 says that it is to be counted.
    const TABS: u16 = 0xC615;
    Some(match code >> 13 {
        0 | 1 => (0, 1),
        2 | 4 | 5 => (0, 2),
        3 => (0, 4),
        7 => (0, 3),
        _ if code == COLUMNS => (2, usize::from(u16_at(rest, 0)?).saturating_sub(1)),
        _ => match usize::from(*rest.first()?) {
            255 if code == TABS => {
                let gone = 4 * usize::from(*rest.get(1)?);
                (1, 2 + gone + 3 * usize::from(*rest.get(2 + gone)?))
            }
            length => (1, length),
        },
    })
}
