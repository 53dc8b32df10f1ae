//! What is drawn in a Word 97 document (MS-ODRAW): text boxes and where they are anchored, pictures,
//! and letters set as a drawing.

use std::collections::HashMap;
use std::ops::Range;

use super::fib::{Fib, Part, Table};
use crate::office::body::Shapes;
use crate::office::little::{part, size_at, u16_at, u32_at};

/// The text boxes of the body.
#[derive(Default)]
pub struct Boxes {
    /// By the character that anchors them, the characters that they say.
    pub anchored: HashMap<usize, Vec<Range<usize>>>,
    /// Those of which no anchor is known.
    pub adrift: Vec<Range<usize>>,
}

/// The text boxes of the body. One in a group is anchored where the group is.
pub fn boxes(fib: &Fib) -> Boxes {
    /// Bytes of an anchor.
    const ANCHOR: usize = 26;
    /// Bytes of the entry of a text box.
    const ENTRY: usize = 22;
    let anchors = fib.table(Table::Anchors);
    let count = anchors.len().saturating_sub(4) / (4 + ANCHOR);
    let anchor = |index: usize| {
        Some((u32_at(anchors, 4 * (count + 1) + ANCHOR * index)?, size_at(anchors, 4 * index)?))
    };
    let anchors: HashMap<u32, usize> = (0..count).filter_map(anchor).collect();
    let groups = groups(fib);
    let table = fib.table(Table::Boxes);
    let count = table.len().saturating_sub(4) / (4 + ENTRY);
    let story = fib.part(Part::Boxes);
    let (mut boxes, mut end) = (Boxes::default(), 0);
    for index in 0..count {
        let ends = size_at(table, 4 * index).zip(size_at(table, 4 * index + 4));
        let shape = u32_at(table, 4 * (count + 1) + ENTRY * index + 14);
        let (Some((from, to)), Some(shape)) = (ends, shape) else { break };
        let range = story.start.saturating_add(from)..story.start.saturating_add(to);
        // They follow on each other; what does not would be read again and again.
        if shape == 0 || from < end || from >= to || range.end > story.end {
            continue;
        }
        end = to;
        match anchors.get(groups.get(&shape).unwrap_or(&shape)) {
            Some(anchor) => boxes.anchored.entry(*anchor).or_default().push(range),
            None => boxes.adrift.push(range),
        }
    }
    boxes
}

/// The drawings of the body.
fn drawings(fib: &Fib) -> Vec<&[u8]> {
    const GROUP_OF_ALL: u16 = 0xF000;
    const DRAWING: u16 = 0xF002;
    let mut found = Vec::new();
    let bytes = fib.table(Table::Drawings);
    // First what all drawings share, then each drawing behind a byte that says whose it is.
    let Some((GROUP_OF_ALL, shared)) = head(bytes, 0) else { return found };
    let mut at = shared.saturating_add(8);
    while let Some((DRAWING, length)) = head(bytes, at.saturating_add(1)) {
        let of_body = bytes.get(at) == Some(&0);
        found.extend(part(bytes, at.saturating_add(9), length).filter(|_| of_body));
        at = at.saturating_add(9).saturating_add(length);
    }
    found
}

/// By the number of each shape in a group that of the outermost group.
fn groups(fib: &Fib) -> HashMap<u32, u32> {
    const GROUP: u16 = 0xF003;
    const SHAPE: u16 = 0xF00A;
    let mut all = HashMap::new();
    for drawing in drawings(fib) {
        // Where open groups end; the first one holds all shapes of the drawing and is none itself.
        let (mut open, mut outermost) = (Vec::new(), None);
        for (at, kind, length) in records(drawing) {
            while open.pop_if(|end| *end <= at).is_some() {}
            if open.len() < 2 {
                outermost = None;
            }
            match kind {
                GROUP => open.push(at.saturating_add(8).saturating_add(length)),
                // The first shape of a group stands for the group.
                SHAPE if open.len() >= 2 => {
                    if let Some(number) = u32_at(drawing, at + 8) {
                        all.insert(number, *outermost.get_or_insert(number));
                    }
                }
                _ => {}
            }
        }
    }
    all
}

/// The records of a drawing, as their byte, kind and length; those within others too.
fn records(drawing: &[u8]) -> impl Iterator<Item = (usize, u16, usize)> {
    let mut at = 0usize;
    std::iter::from_fn(move || {
        let (kind, length) = head(drawing, at)?;
        let here = at;
        let is_group = drawing.get(at).is_some_and(|first| first & 0xF == 0xF);
        at = at.saturating_add(8).saturating_add(if is_group { 0 } else { length });
        Some((here, kind, length))
    })
}

/// What the drawings of the body show that is no text here.
pub fn drawn(fib: &Fib) -> Shapes {
    /// The properties of a shape.
    const OPTIONS: u16 = 0xF00B;
    let mut shapes = Shapes::default();
    for drawing in drawings(fib) {
        for (at, _, length) in records(drawing).filter(|(_, kind, _)| *kind == OPTIONS) {
            let count = u16_at(drawing, at).unwrap_or(0) >> 4;
            options(part(drawing, at + 8, length).unwrap_or_default(), usize::from(count), &mut shapes);
        }
    }
    shapes
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
