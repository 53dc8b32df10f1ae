//! The characters of a Word 97 document, one after the other: text, signs of control and what they
//! mean, ends of paragraphs, cells and rows.

use std::collections::HashMap;
use std::ops::Range;

use super::beside;
use super::fib::{Fib, Part};
use super::pieces::{At, Pieces};
use super::properties::{Runs, changes};
use super::shapes;
use super::{LEVEL, LIST, OUTLINE, is_listed, list_of};
use crate::office::body::{Body, InList, Paragraph, sign_of};
use crate::office::little::{part, size_at, u16_at};
use crate::read::docx::margin::Story;
use crate::read::rows::{Columns, DEEPEST, Merge, Tables};

/// How deep fields may be nested; they are all looked at whenever text comes.
const DEEPEST_FIELD: usize = 64;

/// What is true of a character.
#[derive(Debug, Clone, Copy, Default)]
struct Look {
    /// Its deletion is tracked.
    deleted: bool,
    /// It was put in and is tracked.
    inserted: bool,
    hidden: bool,
    /// It is a sign of control and stands for something else.
    special: bool,
    /// The sign of a symbol font that it stands for.
    symbol: Option<u16>,
    /// It stands for an object of another program.
    object: bool,
    /// It stands for data that show nothing.
    data: bool,
}

/// What is true of a paragraph.
#[derive(Default)]
struct Kept {
    style: u16,
    outline: Option<u8>,
    numbered: Option<bool>,
    list: Option<InList>,
    /// How many tables it stands in.
    depth: usize,
    /// It ends a cell of a table within a table.
    ends_cell: bool,
    /// It is no paragraph but the end of a row.
    ends_row: bool,
    columns: Columns,
}

/// What a document says.
pub struct Read {
    pub body: Body,
    /// What stands beside it.
    pub stories: Vec<Story>,
}

/// Reads a document.
pub fn read(fib: &Fib, pieces: &Pieces<'_>) -> Read {
    let mut walk = Walk {
        fib,
        pieces,
        characters: Runs::of_characters(fib),
        paragraphs: Runs::of_paragraphs(fib),
        boxes: shapes::boxes(fib),
        tables: Tables::default(),
        body: Body { shapes: shapes::drawn(fib), ..Body::default() },
        open: Paragraph::default(),
        fields: Vec::new(),
        page_break: false,
        anchored: Vec::new(),
        calls: beside::calls(fib),
        aside: false,
        in_box: false,
    };
    walk.through(fib.part(Part::Text));
    // A box that no character anchors is read all the same.
    let mut left: Vec<_> = walk.boxes.anchored.drain().collect();
    left.sort_by_key(|(anchor, _)| *anchor);
    let adrift = std::mem::take(&mut walk.boxes.adrift);
    walk.boxed(left.into_iter().flat_map(|(_, said)| said).chain(adrift).collect());
    let stories = walk.stories();
    walk.body.cells = walk.tables.finish();
    Read { body: walk.body, stories }
}

struct Walk<'f> {
    fib: &'f Fib,
    pieces: &'f Pieces<'f>,
    characters: Runs<'f>,
    paragraphs: Runs<'f>,
    boxes: shapes::Boxes,
    tables: Tables,
    body: Body,
    /// The paragraph that has not ended.
    open: Paragraph,
    /// Open fields, and whether their result has begun.
    fields: Vec<bool>,
    /// A page break was met; it becomes a line break once text follows.
    page_break: bool,
    /// Text boxes that the open paragraph anchors.
    anchored: Vec<Range<usize>>,
    in_box: bool,
    /// Characters that call notes: whether an endnote, and which.
    calls: HashMap<usize, (bool, usize)>,
    /// Whether what stands beside the body is read.
    aside: bool,
}

impl<'f> Walk<'f> {
    /// Reads a stretch of characters to its end.
    fn through(&mut self, range: Range<usize>) {
        let end = range.end.min(self.pieces.units.len());
        let mut next = range.start;
        while next < end {
            let Some(at) = self.pieces.at(next) else { break };
            let run = self.characters.at(at.byte);
            let look = self.look(run.map_or(&[], |run| run.list), &at);
            let same = run.map_or(1, |run| run.length_from(at.byte, at.width)).min(at.left);
            let stop = next.saturating_add(same.max(1)).min(end);
            while next < stop {
                next += self.character(next, end, look);
            }
        }
        if !self.open.text.is_empty() {
            self.end_paragraph(Kept::default(), false);
        }
    }

    fn look(&self, list: &'f [u8], at: &At<'f>) -> Look {
        let mut look = Look::default();
        for (code, operand) in changes(list).chain(changes(at.changes.list)) {
            let on = operand.first().is_some_and(|value| value & 1 == 1);
            match code {
                0x0800 => look.deleted = on,
                0x0801 => look.inserted = on,
                0x083C => look.hidden = on,
                0x0855 => look.special = on,
                0x0856 | 0x080A => look.object |= on,
                0x0806 => look.data = on,
                0x6A09 => (look.symbol, look.special) = (u16_at(operand, 2), true),
                _ => {}
            }
        }
        match at.changes.deleted {
            Some(true) => look.deleted = true,
            Some(false) => look.inserted = true,
            None => {}
        }
        look
    }

    /// Takes up the character of this number; how many units it has.
    fn character(&mut self, number: usize, end: usize, look: Look) -> usize {
        let unit = self.pieces.units[number];
        self.body.tracked |= !self.aside && (look.deleted || look.inserted);
        if look.deleted {
            return 1;
        }
        if let Some((is_end, note)) = self.calls.get(&number).copied() {
            self.open.calls.push((self.open.text.len(), is_end, note.to_string()));
        }
        match unit {
            0x0D | 0x07 => self.end_at(number, unit == 0x07),
            0x0C if self.ends_paragraph(number) => self.end_at(number, false),
            0x0C | 0x0E => self.page_break = !self.open.text.is_empty(),
            0x0B => self.put('\n', look),
            0x09 => self.put('\t', look),
            0x1E => self.put('-', look),
            0x13 if self.fields.len() < DEEPEST_FIELD => self.fields.push(false),
            0x14 => {
                if let Some(result) = self.fields.last_mut() {
                    *result = true;
                }
            }
            0x15 => drop(self.fields.pop()),
            0x01 if self.aside => {}
            0x01 if look.object => self.body.shapes.objects += 1,
            0x01 if look.special && !look.data => self.body.shapes.pictures += 1,
            0x08 if !self.in_box => {
                self.anchored.extend(self.boxes.anchored.remove(&number).unwrap_or_default());
            }
            0x00..=0x1F => {}
            0x28 if look.special => {
                if let Some(sign) = look.symbol.and_then(|code| sign_of(code.into())) {
                    self.put(sign, look);
                }
            }
            0xD800..=0xDBFF => {
                let low = self.pieces.units.get(number + 1).filter(|_| number + 1 < end);
                let pair = low.and_then(|low| char::decode_utf16([unit, *low]).next()?.ok());
                self.put(pair.unwrap_or(char::REPLACEMENT_CHARACTER), look);
                return if pair.is_some() { 2 } else { 1 };
            }
            0xE000..=0xF8FF => {
                let raw = char::from_u32(unit.into());
                if let Some(sign) = sign_of(unit.into()).or(raw) {
                    self.put(sign, look);
                }
            }
            _ => self.put(char::from_u32(unit.into()).unwrap_or(char::REPLACEMENT_CHARACTER), look),
        }
        1
    }

    fn put(&mut self, sign: char, look: Look) {
        if self.fields.contains(&false) {
            return;
        }
        if std::mem::take(&mut self.page_break) {
            self.open.text.push('\n');
        }
        self.open.text.push(sign);
        self.body.hidden |= look.hidden && !self.aside;
    }

    /// Whether a paragraph ends with a character that may also stand within one.
    fn ends_paragraph(&mut self, number: usize) -> bool {
        self.pieces.at(number).is_some_and(|at| self.paragraphs.ends_at(at.byte, at.width))
    }

    /// A paragraph ends with the character of this number, and maybe a cell.
    fn end_at(&mut self, number: usize, ends_cell: bool) {
        let kept = self.pieces.at(number).map_or_else(Kept::default, |at| self.kept(&at));
        self.end_paragraph(kept, ends_cell);
    }

    /// What is true of the paragraph whose last character lies here.
    fn kept(&mut self, at: &At<'f>) -> Kept {
        let run = self.paragraphs.at(at.byte);
        let mut kept = Kept { style: run.map_or(0, |run| run.style), ..Kept::default() };
        self.keep(run.map_or(&[], |run| run.list), &mut kept, true);
        self.keep(at.changes.list, &mut kept, false);
        kept
    }

    fn keep(&self, list: &[u8], kept: &mut Kept, may_be_huge: bool) {
        for (code, operand) in changes(list) {
            let first = operand.first().copied();
            match code {
                0x4600 => kept.style = u16_at(operand, 0).unwrap_or(kept.style),
                OUTLINE => kept.outline = first,
                LIST => {
                    let list = u16_at(operand, 0).unwrap_or(0);
                    kept.numbered = Some(is_listed(list));
                    kept.list.get_or_insert_default().number = Some(list_of(list));
                }
                LEVEL => kept.list.get_or_insert_default().level = first,
                0x2416 if first == Some(1) => kept.depth = kept.depth.max(1),
                0x6649 => kept.depth = size_at(operand, 0).unwrap_or(0).min(DEEPEST),
                0x244B => kept.ends_cell = first == Some(1),
                0x2417 | 0x244C => kept.ends_row |= first == Some(1),
                0xD608 => kept.columns = columns(operand),
                0xD62B => merge(&mut kept.columns, operand),
                // What has no room on a page of properties lies elsewhere.
                0x6645 | 0x6646 if may_be_huge => {
                    let there = size_at(operand, 0).and_then(|at| {
                        part(&self.fib.data, at.checked_add(2)?, u16_at(&self.fib.data, at)?.into())
                    });
                    self.keep(there.unwrap_or_default(), kept, false);
                }
                _ => {}
            }
        }
    }

    fn end_paragraph(&mut self, kept: Kept, ends_cell: bool) {
        let Kept { style, outline, numbered, list, depth, .. } = kept;
        self.page_break = false;
        // A field that was never given its separator would swallow the rest of the text.
        self.fields.retain(|&result| result);
        let mut paragraph = std::mem::take(&mut self.open);
        paragraph.style = Some(style.to_string());
        (paragraph.outline, paragraph.numbered, paragraph.cell) = (outline, numbered, depth > 0);
        (paragraph.list, paragraph.boxed) = (list, self.in_box);
        if !self.in_box {
            self.tables.enter(depth, self.body.paragraphs.len());
        }
        if !kept.ends_row || !paragraph.text.is_empty() {
            self.body.push(paragraph);
        }
        if self.in_box {
            return;
        }
        let anchored = std::mem::take(&mut self.anchored);
        self.boxed(anchored);
        let after = self.body.paragraphs.len();
        if kept.ends_row {
            self.tables.end_row(kept.columns, after);
        } else if depth > 0 && (ends_cell || kept.ends_cell) {
            self.tables.end_cell(after);
        }
    }

    /// Reads what stands beside the body, as boxes are read.
    fn stories(&mut self) -> Vec<Story> {
        let body = std::mem::take(&mut self.body.paragraphs);
        self.calls.clear();
        (self.aside, self.in_box) = (true, true);
        let mut stories = Vec::new();
        for (beside, note, said) in beside::stories(self.fib, self.pieces.units.len()) {
            self.fields.clear();
            self.through(said);
            let paragraphs = std::mem::take(&mut self.body.paragraphs);
            stories.push(Story { beside, call: note.to_string(), paragraphs });
        }
        (self.aside, self.in_box) = (false, false);
        self.body.paragraphs = body;
        stories
    }

    /// Reads text boxes.
    fn boxed(&mut self, boxes: Vec<Range<usize>>) {
        for said in boxes {
            let fields = std::mem::take(&mut self.fields);
            self.in_box = true;
            self.through(said);
            self.in_box = false;
            self.fields = fields;
        }
    }
}

/// The columns of a row (MS-DOC 2.9.318).
fn columns(operand: &[u8]) -> Columns {
    /// Bytes of what is said of a cell.
    const CELL: usize = 20;
    let count = operand.first().map_or(0, |n| usize::from(*n));
    let edges = (0..=count).map_while(|n| u16_at(operand, 1 + 2 * n));
    let cells = 1 + 2 * (count + 1);
    let merges = (0..count).map(|n| u16_at(operand, cells + CELL * n).unwrap_or(0));
    Columns {
        edges: edges.map(|edge| i32::from(edge.cast_signed())).collect(),
        // Bits of the cell: first of several beside each other, another of them; one of several below each
        // other, the first of them.
        merges: merges.map(|bits| Merge { beside: bits & 3 == 2, below: bits & 0x60 == 0x20 }).collect(),
    }
}

/// What a later modification says of how a cell is merged with the one above it.
fn merge(columns: &mut Columns, operand: &[u8]) {
    if let [cell, how, ..] = *operand
        && let Some(merge) = columns.merges.get_mut(usize::from(cell))
    {
        merge.below = how & 3 == 1;
    }
}
