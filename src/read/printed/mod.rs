//! Pages that are laid out for good (版式文件): signs at places → paragraphs, headings, cells.
//!
//! A .pdf and an .ofd say where each sign stands and no more. `lines` puts signs into lines, `columns`
//! tells two columns apart, `grid` finds the cells between ruled lines, `bare` those of tables without rules, `furniture` takes page numbers
//! and running heads away, `flow` joins lines to paragraphs. What decides is geometry: whether the first
//! word of a line would still have stood on the line before.
//!
//! Places count from the upper left corner of the page, in whatever unit; all that is asked of them is
//! put in heights of signs.

mod bare;
mod columns;
mod flow;
mod furniture;
mod grid;
mod lines;
mod signs;
#[cfg(test)]
mod tests;

use self::flow::Flow;
use self::furniture::Furniture;
pub(super) use self::signs::settle;
use super::paper::Paper;
use crate::base::{Problem, Text};
use crate::model::Gap;
use crate::text;

/// One sign on a page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glyph {
    /// What it says.
    pub sign: char,
    /// Its left edge.
    pub x: f32,
    /// Its baseline, counted downwards.
    pub y: f32,
    /// How far it reaches to the right.
    pub width: f32,
    /// The height of its font.
    pub size: f32,
    /// The quarter turns of the line in which it stands.
    pub turn: u8,
}

/// A ruled line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stroke {
    pub x0: f32,
    pub y0: f32,
    pub x1: f32,
    pub y1: f32,
}

/// A page as its format gives it.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub width: f32,
    pub height: f32,
    pub glyphs: Vec<Glyph>,
    pub strokes: Vec<Stroke>,
    /// Pictures that are large enough to show words.
    pub pictures: usize,
    /// Whether its running head, or foot, which its file tells apart from the page, says something.
    pub running: [bool; 2],
    /// Signs that are there to be searched and not seen: what was recognized in a scan.
    pub unseen: usize,
}

/// What stands on a page, from top to bottom.
enum Item {
    Line(Line),
    Table(Table),
}

/// A line of signs.
#[derive(Debug, Clone, Default)]
struct Line {
    text: String,
    x0: f32,
    x1: f32,
    y: f32,
    size: f32,
    /// Whether it ends with a blank of its own.
    blank: bool,
    /// The width of what cannot be parted from its first sign.
    head: f32,
    /// The column of the page in which it stands, and how many there are.
    column: (u8, u8),
    /// Wide blanks within it.
    rooms: Vec<Room>,
    page: u32,
    number: u32,
}

/// A wide blank within a line.
#[derive(Debug, Clone, Copy)]
struct Room {
    /// The byte at which the line goes on.
    at: usize,
    from: f32,
    to: f32,
}

/// A ruled table, or the part of one that is on a page.
struct Table {
    /// Its vertical lines.
    edges: Vec<f32>,
    rows: Vec<Vec<Cell>>,
    top: f32,
}

/// A cell of a ruled table.
#[derive(Debug, Default)]
struct Cell {
    column: usize,
    /// Whether it continues the cell above it.
    continues: bool,
    left: f32,
    right: f32,
    lines: Vec<Line>,
}

/// The pages as paragraphs.
pub(super) fn read(sheets: Vec<Sheet>, paper: &mut Paper) {
    tell_pictures(&sheets, paper);
    let running = |foot: usize| sheets.iter().any(|sheet| sheet.running[foot]);
    let running = [running(0), running(1)];
    let mut pages: Vec<Vec<Item>> = Vec::new();
    for (index, mut sheet) in sheets.into_iter().enumerate() {
        upright(&mut sheet);
        let page = u32::try_from(index + 1).unwrap_or(u32::MAX);
        pages.push(items(sheet, page));
    }
    let Furniture { heads, feet } = furniture::take(&mut pages);
    for (gap, words, note) in [
        (
            Gap::Headers,
            heads || running[0],
            Text::fixed("页眉里的文字没有读取", "the text of the page headers was not read"),
        ),
        (
            Gap::Footers,
            feet || running[1],
            Text::fixed("页脚里的文字没有读取", "the text of the page footers was not read"),
        ),
    ] {
        if words {
            paper.gap(gap, Problem::new(note));
        }
    }
    Flow::of(&pages).put(pages, paper);
}

/// What stands on one page.
fn items(mut sheet: Sheet, page: u32) -> Vec<Item> {
    let (tables, rest) = grid::tables(&sheet.strokes, std::mem::take(&mut sheet.glyphs));
    let lines = columns::part(lines::lines(rest), sheet.width);
    let mut items: Vec<Item> = Vec::new();
    let mut tables = tables.into_iter().peekable();
    for item in bare::tables(lines) {
        let (y, whole) = match &item {
            Item::Line(line) => (line.y, line.column.1 == 1),
            Item::Table(table) => (table.top, true),
        };
        // A table stands before the first line below it, unless the page has columns.
        while let Some(table) = tables.next_if(|t| t.top < y && whole) {
            items.push(Item::Table(table));
        }
        items.push(item);
    }
    items.extend(tables.map(Item::Table));
    for item in &mut items {
        match item {
            Item::Line(line) => line.page = page,
            Item::Table(table) => {
                table.rows.iter_mut().flatten().flat_map(|c| &mut c.lines).for_each(|l| l.page = page);
            }
        }
    }
    items
}

/// Turns a page on which most signs stand on their side.
fn upright(sheet: &mut Sheet) {
    let mut counts = [0usize; 4];
    sheet.glyphs.iter().for_each(|g| counts[usize::from(g.turn & 3)] += 1);
    let most = (0..4).max_by_key(|&turn| (counts[turn], 4 - turn)).unwrap_or(0);
    let Sheet { width, height, .. } = *sheet;
    let turned = |x: f32, y: f32| match most {
        1 => (height - y, x),
        2 => (width - x, height - y),
        3 => (y, width - x),
        _ => (x, y),
    };
    if most != 0 {
        for glyph in &mut sheet.glyphs {
            (glyph.x, glyph.y) = turned(glyph.x, glyph.y);
        }
        for stroke in &mut sheet.strokes {
            (stroke.x0, stroke.y0) = turned(stroke.x0, stroke.y0);
            (stroke.x1, stroke.y1) = turned(stroke.x1, stroke.y1);
        }
        if most != 2 {
            (sheet.width, sheet.height) = (height, width);
        }
    }
    // What stands across the others is a mark in the margin (装订线) or a stamp's words.
    sheet.glyphs.retain(|g| usize::from(g.turn & 3) == most);
}

/// What pictures hold, a person is told of.
fn tell_pictures(sheets: &[Sheet], paper: &mut Paper) {
    let bare: Vec<String> = (1..)
        .zip(sheets)
        .filter(|(_, s)| s.glyphs.is_empty() && s.pictures > 0)
        .map(|(n, _): (usize, _)| n.to_string())
        .collect();
    let pictures: usize = sheets.iter().map(|s| s.pictures).sum();
    let (signs, unseen): (usize, usize) =
        sheets.iter().map(|s| (s.glyphs.len(), s.unseen)).fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
    if unseen * 2 > signs {
        paper.note(
            Problem::new(Text::fixed(
                "是扫描件，文字是识别出来的，可能有错字",
                "a scan; its text was recognized and may have wrong characters",
            ))
            .help(Text::fixed("对照图像核一遍", "hold it against the picture")),
        );
    } else if !bare.is_empty() {
        const MOST: usize = 10;
        let more = if bare.len() > MOST { ("等", " and more") } else { ("", "") };
        let some = &bare[..bare.len().min(MOST)];
        let (zh, en) = (some.join("、"), some.join(", "));
        let note = Text::new(
            format!("第{zh}页{}只有图像（多是扫描的），上面的字没有读取", more.0),
            format!("pages without text, mostly scans, were not read: {en}{}", more.1),
        );
        paper.gap(
            Gap::Pictures,
            Problem::new(note).help(Text::fixed(
                "扫描件先识别成文字（WPS、Word 都能做），核对后再查",
                "have the text of a scan recognized (Word and WPS can), look it over and check that",
            )),
        );
    } else if pictures > 0 {
        paper.gap(
            Gap::Pictures,
            Problem::new(text!(
                "有{pictures}张图片，图片里的字没有读取",
                "text in pictures ({pictures} of them) was not read"
            )),
        );
    }
}
