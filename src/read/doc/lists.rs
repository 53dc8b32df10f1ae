//! The lists of a Word 97 document (MS-DOC 2.4.6.3): kinds of lists with their levels, and what paragraphs
//! name, the lists of a kind with what each sets for itself.

use std::collections::HashMap;

use super::fib::{Fib, Table};
use crate::office::list::{LEVELS, Level, Lists, Signs, shown_of};
use crate::office::little::{part, size_at, u16_at, u32_at};

/// Bytes of what is said of a kind, of a list, and of what a list sets of a level.
const KIND: usize = 28;
const LIST: usize = 16;
const OWN: usize = 8;

/// The lists, by the numbers that paragraphs name. A table that is torn is read as far as it goes.
pub fn read(fib: &Fib) -> Lists {
    let mut lists = Lists::default();
    kinds(fib, &mut lists);
    named(fib.table(Table::Lists), &mut lists);
    lists
}

/// The kinds. Their levels lie behind the table, where its length does not tell of them.
fn kinds(fib: &Fib, lists: &mut Lists) -> Option<()> {
    let table = fib.table_and_on(Table::Kinds);
    let count = usize::from(u16_at(table, 0)?);
    let mut rest = table.get(2 + KIND * count..)?;
    for said in table.get(2..)?.chunks_exact(KIND).take(count) {
        let is_simple = said.get(26)? & 1 == 1;
        let mut levels = Vec::new();
        for depth in 0..if is_simple { 1 } else { LEVELS } {
            let (mut level, length) = level(rest)?;
            let style = u16_at(said, 8 + 2 * depth)?;
            level.style = (style != 0xFFF).then(|| style.to_string());
            levels.push(level);
            rest = rest.get(length..)?;
        }
        lists.add_kind(u32_at(said, 0)?, levels);
    }
    Some(())
}

/// The lists that paragraphs name, from 1.
fn named(table: &[u8], lists: &mut Lists) -> Option<()> {
    let count = size_at(table, 0)?.min(table.len() / LIST);
    let mut rest = table.get(4 + LIST * count..)?;
    for (number, said) in (1..).zip(table.get(4..)?.chunks_exact(LIST).take(count)) {
        let (mut levels, mut starts) = (HashMap::new(), HashMap::new());
        let whole = own(&mut rest, usize::from(*said.get(12)?), &mut levels, &mut starts);
        lists.add(number, u32_at(said, 0)?, levels, starts);
        // Of the lists behind one that is torn nothing is known but their kind.
        if whole.is_none() {
            rest = &[];
        }
    }
    Some(())
}

/// What a list sets for itself of so many levels, behind four bytes that mean nothing here.
fn own(
    rest: &mut &[u8],
    count: usize,
    levels: &mut HashMap<u8, Level>,
    starts: &mut HashMap<u8, u32>,
) -> Option<()> {
    *rest = rest.get(4..)?;
    for _ in 0..count {
        let (start, flags) = (u32_at(rest, 0)?, rest.get(4)?);
        let (depth, starts_anew, is_other) = (flags & 0xF, flags & 0x10 != 0, flags & 0x20 != 0);
        *rest = rest.get(OWN..)?;
        let mut first = start;
        if is_other {
            let (level, length) = level(rest)?;
            first = level.start;
            levels.insert(depth, level);
            *rest = rest.get(length..)?;
        }
        if starts_anew {
            starts.insert(depth, first);
        }
    }
    Some(())
}

/// A level, and how many bytes it has.
fn level(bytes: &[u8]) -> Option<(Level, usize)> {
    /// Bytes before its properties.
    const HEAD: usize = 28;
    let head = part(bytes, 0, HEAD)?;
    let text = HEAD + usize::from(head[24]) + usize::from(head[25]);
    let letters = usize::from(u16_at(bytes, text)?);
    let signs = part(bytes, text + 2, 2 * letters)?;
    let units = signs.chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]]));
    let signs = char::decode_utf16(units).map(|sign| sign.unwrap_or(char::REPLACEMENT_CHARACTER));
    let level = Level {
        start: u32_at(head, 0)?,
        signs: Signs::coded(head[4].into()),
        text: shown_of(signs),
        parted: head[15] != 2,
        // The first level after which it goes on, where it does not begin anew after every higher one.
        restart: (head[5] & 8 != 0).then_some(head[26]),
        legal: head[5] & 4 != 0,
        style: None,
    };
    Some((level, text + 2 + 2 * letters))
}
