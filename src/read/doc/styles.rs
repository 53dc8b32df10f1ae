//! The styles of a Word 97 document (MS-DOC 2.9.271), as far as they tell what a paragraph is.

use std::collections::HashMap;

use super::fib::{Fib, Table};
use super::properties::changes;
use crate::office::little::{part, u16_at};
use crate::office::look::sheet::{Sheet, Style};

/// A paragraph style that is none: the base of a style without one.
const NONE: u16 = 0xFFF;

/// The styles, by their numbers.
pub fn read(fib: &Fib) -> Sheet {
    let table = fib.table(Table::Styles);
    let mut styles = HashMap::new();
    // The head of the table has its own length; in it stands that of the fixed part of a style.
    let head = usize::from(u16_at(table, 0).unwrap_or(0));
    let fixed = usize::from(u16_at(table, 4).unwrap_or(0));
    let (mut at, mut number) = (2 + head, 0u16);
    while let Some(length) = u16_at(table, at) {
        let length = usize::from(length);
        if let Some(style) = part(table, at + 2, length).and_then(|bytes| style(bytes, fixed)) {
            styles.insert(number.to_string(), style);
        }
        at += 2 + length;
        number = number.saturating_add(1);
    }
    Sheet::of(styles, "0")
}

/// A style, if it is one of paragraphs.
fn style(bytes: &[u8], fixed: usize) -> Option<Style> {
    let (known, kind) = (u16_at(bytes, 0)? & 0xFFF, u16_at(bytes, 2)?);
    if kind & 0xF != 1 {
        return None;
    }
    let base = kind >> 4;
    let letters = usize::from(u16_at(bytes, fixed)?);
    let name = part(bytes, fixed + 2, 2 * letters)?;
    let units: Vec<u16> = name.chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]])).collect();
    let name = built_in(known).unwrap_or_else(|| String::from_utf16_lossy(&units));
    let mut style = Style { name, based_on: (base != NONE).then(|| base.to_string()), ..Style::default() };
    // Behind the name, its zero and a byte to make it even: the length of its properties, its number, they.
    let at = fixed + 2 + 2 * letters + 2;
    let at = at + at % 2;
    let list = u16_at(bytes, at).and_then(|length| part(bytes, at + 2, usize::from(length)));
    for (code, operand) in changes(list.and_then(|list| list.get(2..)).unwrap_or_default()) {
        match code {
            super::OUTLINE => style.outline = operand.first().copied(),
            super::LIST => {
                let list = u16_at(operand, 0).unwrap_or(0);
                style.numbered = Some(super::is_listed(list));
                style.list.get_or_insert_default().number = Some(super::list_of(list));
            }
            super::LEVEL => style.list.get_or_insert_default().level = operand.first().copied(),
            _ => {}
        }
    }
    Some(style)
}

/// The name of a style that Word knows by a number, whatever the file calls it.
fn built_in(number: u16) -> Option<String> {
    Some(match number {
        1..=9 => format!("heading {number}"),
        19..=27 => format!("toc {}", number - 18),
        62 => "Title".to_owned(),
        74 => "Subtitle".to_owned(),
        _ => return None,
    })
}
