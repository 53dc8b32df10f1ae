//! What is drawn in a Word 97 document (MS-ODRAW): text boxes and where they are anchored, pictures,
//! and letters set as a drawing.

use std::collections::HashMap;
use std::ops::Range;

use super::fib::{Fib, Part, Table};
use crate::office::body::Shapes;
use crate::office::little::{part, size_at, u16_at, u32_at};

/// The text boxes of the body: by the character that anchors each, the characters that it says.
pub fn boxes(fib: &Fib) -> HashMap<usize, Range<usize>> {
    /// Bytes of an anchor.
    const ANCHOR: usize = 26;
    /// Bytes of the entry of a text box.
    const ENTRY: usize = 22;
    let table = fib.table(Table::Boxes);
    let count = table.len().saturating_sub(4) / (4 + ENTRY);
    let story = fib.part(Part::Boxes);
    let mut said: HashMap<u32, Range<usize>> = HashMap::new();
    for index in 0..count {
        let ends = size_at(table, 4 * index).zip(size_at(table, 4 * index + 4));
        let shape = u32_at(table, 4 * (count + 1) + ENTRY * index + 14);
        let (Some((from, to)), Some(shape)) = (ends, shape) else { break };
        let range = story.start.saturating_add(from)..story.start.saturating_add(to);
        if shape != 0 && range.start < range.end && range.end <= story.end {
            said.insert(shape, range);
        }
    }
    let anchors = fib.table(Table::Anchors);
    let count = anchors.len().saturating_sub(4) / (4 + ANCHOR);
    let anchored = (0..count).filter_map(|index| {
        let shape = u32_at(anchors, 4 * (count + 1) + ANCHOR * index)?;
        Some((size_at(anchors, 4 * index)?, said.remove(&shape)?))
    });
    anchored.collect()
}

/// What the drawings of the body show that is no text here.
pub fn drawn(fib: &Fib) -> Shapes {
    const GROUP_OF_ALL: u16 = 0xF000;
    const DRAWING: u16 = 0xF002;
    let mut shapes = Shapes::default();
    let bytes = fib.table(Table::Drawings);
    // First what all drawings share, then each drawing behind a byte that says whose it is.
    let Some((GROUP_OF_ALL, shared)) = head(bytes, 0) else { return shapes };
    let mut at = shared.saturating_add(8);
    while let Some((DRAWING, length)) = head(bytes, at.saturating_add(1)) {
        let of_body = bytes.get(at) == Some(&0);
        if let Some(drawing) = part(bytes, at + 9, length).filter(|_| of_body) {
            within(drawing, &mut shapes);
        }
        at = at.saturating_add(9).saturating_add(length);
    }
    shapes
}

/// Counts what a drawing shows. Groups are entered by going on behind their heads.
fn within(drawing: &[u8], shapes: &mut Shapes) {
    /// The properties of a shape.
    const OPTIONS: u16 = 0xF00B;
    let mut at = 0;
    while let Some((kind, length)) = head(drawing, at) {
        let is_group = drawing.get(at).is_some_and(|first| first & 0xF == 0xF);
        if kind == OPTIONS {
            let count = u16_at(drawing, at).unwrap_or(0) >> 4;
            options(part(drawing, at + 8, length).unwrap_or_default(), usize::from(count), shapes);
        }
        at = at.saturating_add(8).saturating_add(if is_group { 0 } else { length });
    }
}

/// What the properties of a shape say that it shows.
fn options(bytes: &[u8], count: usize, shapes: &mut Shapes) {
    /// The picture that a shape shows.
    const PICTURE: u16 = 0x0104;
    /// The letters that it is made of.
    const LETTERS: u16 = 0x00C0;
    for code in (0..count).map_while(|index| u16_at(bytes, 6 * index)) {
        match code & 0x3FFF {
            PICTURE => shapes.pictures += 1,
            LETTERS => shapes.word_art += 1,
            _ => {}
        }
    }
}

/// The kind of a record and its length.
fn head(bytes: &[u8], at: usize) -> Option<(u16, usize)> {
    Some((u16_at(bytes, at.checked_add(2)?)?, size_at(bytes, at.checked_add(4)?)?))
}
