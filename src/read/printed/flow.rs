//! Lines → paragraphs (段落).
//!
//! A line goes on in the next one where its first word would not have fitted on it any more, and where
//! nothing says that something new begins: an indent, a wider gap, another height of signs, a number.
//! So no line break stays inside a word or a sentence, at the end of a page neither.

use std::collections::HashMap;

use super::lines::closes;
use super::signs::is_narrow;
use super::{Cell, Item, Line, Table};
use crate::base::{Place, han};
use crate::model::{BlockKind, CellAt};
use crate::read::paper::Paper;
use crate::read::txt::line_kind;

/// What holds for all pages.
pub(super) struct Flow {
    /// The height of most signs.
    body: f32,
    /// From line to line within a paragraph.
    pitch: f32,
    /// The edges between which lines stand, by the column.
    edges: HashMap<(u8, u8), (f32, f32)>,
    /// Whether paragraphs are indented.
    indents: bool,
}

/// A paragraph that has not ended.
struct Open {
    lines: Vec<Line>,
}

impl Flow {
    /// What holds for these pages.
    pub fn of(pages: &[Vec<Item>]) -> Self {
        let lines = || {
            pages.iter().flatten().filter_map(|item| match item {
                Item::Line(line) => Some(line),
                Item::Table(_) => None,
            })
        };
        let body = most(lines().map(|l| (l.size, l.text.chars().count())), 0.25).unwrap_or(12.0);
        let is_body = |l: &&Line| (l.size - body).abs() < 0.06 * body;
        let mut edges = HashMap::new();
        for column in [(0, 1), (0, 2), (1, 2)] {
            let of: Vec<&Line> = lines().filter(is_body).filter(|l| l.column == column).collect();
            let left = outermost(of.iter().map(|l| -l.x0), body).map_or(0.0, |x| -x);
            let right = outermost(of.iter().map(|l| l.x1), body).unwrap_or(f32::MAX);
            edges.insert(column, (left, right));
        }
        let pairs = pages.iter().flat_map(|page| page.windows(2)).filter_map(|pair| match pair {
            [Item::Line(a), Item::Line(b)] if is_body(&a) && is_body(&b) && a.column == b.column && b.y > a.y => {
                Some((b.y - a.y, 1))
            }
            _ => None,
        });
        let pitch = most(pairs, 0.25).unwrap_or(f32::MAX);
        let (mut indented, mut flush) = (0usize, 0usize);
        for line in lines().filter(is_body) {
            let (left, _) = edges.get(&line.column).copied().unwrap_or_default();
            match (line.x0 - left) / body {
                0.0..0.5 => flush += 1,
                1.5..2.6 => indented += 1,
                _ => {}
            }
        }
        Self { body, pitch, edges, indents: indented > 1 && indented * 20 > flush }
    }

    /// Puts the pages into the paper.
    pub fn put(&self, mut pages: Vec<Vec<Item>>, paper: &mut Paper) {
        number(&mut pages);
        let mut titled = self.title(&pages).map(|(from, to)| (from, to, false));
        let mut open: Option<Open> = None;
        let mut tables = Tables::default();
        for item in pages.into_iter().flatten() {
            match item {
                Item::Line(line) => {
                    tables.rest();
                    match &mut open {
                        Some(open) if self.goes_on(&open.lines, &line) => open.lines.push(line),
                        _ => {
                            self.close(open.take(), &mut titled, paper);
                            open = Some(Open { lines: vec![line] });
                        }
                    }
                }
                Item::Table(table) => {
                    self.close(open.take(), &mut titled, paper);
                    tables.put(table, paper);
                }
            }
        }
        self.close(open.take(), &mut titled, paper);
    }

    /// Which lines of the first page are the title: page, first and last number of their lines.
    ///
    /// They are the largest that stand in the middle before the first line of body; what is as large
    /// and ends in 文件 is the head of the paper (红头).
    fn title(&self, pages: &[Vec<Item>]) -> Option<(u32, u32)> {
        let mut largest: Option<&Line> = None;
        let lines = pages.first()?.iter().map_while(|item| match item {
            Item::Line(line) => Some(line),
            Item::Table(_) => None,
        });
        let mut head: Vec<&Line> = Vec::new();
        for line in lines {
            let (left, right) = self.edges(line);
            // A full line of the body's height, or one that begins a sentence, is body.
            if line.size < 1.08 * self.body && right - line.x1 < 2.0 * self.body && line.x0 - left < 2.6 * self.body {
                break;
            }
            head.push(line);
        }
        for line in &head {
            let stands = line.size > 1.15 * self.body && !line.text.ends_with("文件") && !line.text.contains('〔');
            if stands && largest.is_none_or(|l| line.size > 1.03 * l.size) {
                largest = Some(line);
            }
        }
        let first = largest?;
        let last = head.iter().rev().find(|l| (l.size - first.size).abs() < 0.04 * first.size)?;
        Some((first.number, last.number))
    }

    fn edges(&self, line: &Line) -> (f32, f32) {
        let known = self.edges.get(&line.column).copied().unwrap_or((line.x0, line.x1));
        (known.0.min(line.x0), known.1.max(line.x1))
    }

    /// Whether the paragraph of these lines goes on in `next`.
    fn goes_on(&self, lines: &[Line], next: &Line) -> bool {
        let (Some(last), Some(first)) = (lines.last(), lines.first()) else { return false };
        let size = last.size.max(next.size);
        if (last.size - next.size).abs() > 0.08 * size {
            return false;
        }
        let (left, right) = self.edges(last);
        let here = self.edges(next).0;
        let same_page = last.page == next.page && last.column == next.column;
        let far = same_page && (next.y - last.y > 1.3 * self.pitch.max(1.25 * size) || next.y <= last.y);
        if far && self.pitch < f32::MAX {
            return false;
        }
        let middle = |l: &Line, (left, right): (f32, f32)| {
            (l.x0 - left - (right - l.x1)).abs() < 1.5 * size && l.x0 - left > 1.5 * size
        };
        // A large line in the middle of the page goes on in another: a title of two lines.
        if size > 1.15 * self.body && middle(last, (left, right)) && middle(next, self.edges(next)) {
            return same_page && lines.len() < 4 && !last.text.ends_with("文件") && !next.text.starts_with(['—', '（', '(']);
        }
        if right - last.x1 > next.head.max(size) + 0.7 * size {
            return false;
        }
        let ends = ends_sentence(&last.text);
        if ends && opens_item(&next.text) {
            return false;
        }
        let indent = (next.x0 - here) / size;
        if indent > 0.8 {
            // Lines that are set in as a whole, or hang below the words of a numbered first one.
            let hangs = lines.len() > 1 && (next.x0 - last.x0).abs() < 0.3 * size && (first.x0 - last.x0).abs() > 0.8 * size;
            let set_in = (next.x0 - last.x0).abs() < 0.3 * size || opens_item(&first.text) && next.x0 > first.x0;
            return hangs || set_in && !ends && !opens_item(&next.text);
        }
        // Without an indent a sentence that ends with its line may end the paragraph too; where
        // paragraphs are indented or set apart, it does not.
        let _ = self.indents;
        true
    }

    /// Puts a paragraph that has ended into the paper.
    fn close(&self, open: Option<Open>, titled: &mut Option<(u32, u32, bool)>, paper: &mut Paper) {
        let Some(Open { lines }) = open else { return };
        let parts = joined(&lines);
        let text: String = parts.iter().map(|p| p.0.as_str()).collect();
        let first = &lines[0];
        let kind = match titled {
            Some((from, to, done)) if first.page == 1 && (*from..=*to).contains(&first.number) => {
                // Between the first and the last line of a title nothing else stands.
                if *done { BlockKind::Subtitle } else { *done = true; BlockKind::Title }
            }
            _ => self.kind(&lines, &text),
        };
        paper.pieces(kind, parts.iter().map(|(words, place)| (words.as_str(), place.clone())));
    }

    /// A heading by its number, or by its height where that is sure.
    fn kind(&self, lines: &[Line], text: &str) -> BlockKind {
        /// Signs of a heading without a number at most.
        const LONGEST: usize = 30;
        let by_number = line_kind(text);
        let size = lines[0].size;
        let count = text.chars().count();
        let ends = text.ends_with(['。', '；', '，', '：', '！', '？']);
        let (left, right) = self.edges(&lines[0]);
        let middle = (lines[0].x0 - left - (right - lines[0].x1)).abs() < 1.5 * size && lines[0].x0 - left > 3.0 * size;
        let large = size > 1.12 * self.body && count <= LONGEST && !ends && lines.len() == 1;
        match by_number {
            BlockKind::Body if large && !middle && lines[0].page > 0 => {
                if size > 1.4 * self.body { BlockKind::Heading(1) } else { BlockKind::Heading(2) }
            }
            kind => kind,
        }
    }
}

/// The words of lines, each with its place, joined without what a line break needs.
fn joined(lines: &[Line]) -> Vec<(String, Place)> {
    let mut parts: Vec<(String, Place)> = Vec::with_capacity(lines.len());
    for (n, line) in lines.iter().enumerate() {
        let mut words = line.text.clone();
        if let (Some(before), Some(c)) = (words.chars().next_back(), lines.get(n + 1).and_then(|l| l.text.chars().next())) {
            let hyphen = before == '-' && words.chars().nth_back(1).is_some_and(char::is_alphabetic) && c.is_lowercase();
            if hyphen {
                words.pop();
            } else if is_narrow(before) && is_narrow(c) && (line.blank || before.is_alphabetic() || c.is_alphabetic()) {
                words.push(' ');
            }
        }
        parts.push((words, Place::Page { page: line.page, line: line.number }));
    }
    parts
}

/// Whether a sentence ends with this line.
fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(|c: char| closes(c) && !"。！？；：".contains(c));
    text.ends_with(['。', '！', '？', '；', '：'])
}

/// Whether a line opens something of its own: a heading, an item.
fn opens_item(text: &str) -> bool {
    let mut signs = text.chars();
    let first = signs.next().unwrap_or(' ');
    let bullet = matches!(first, '•' | '●' | '○' | '■' | '□' | '◆' | '▪' | '·' | '①'..='⑳' | '⑴'..='⒇');
    bullet
        || han::heading_number(text).is_some()
        || first == '第' && text.chars().take(8).any(|c| matches!(c, '条' | '章' | '节'))
        || (text.starts_with("附件") || text.starts_with("抄送")) && text.contains('：')
}

/// Numbers the lines of each page.
fn number(pages: &mut [Vec<Item>]) {
    for page in pages {
        let mut number = 0;
        for item in page {
            match item {
                Item::Line(line) => {
                    number += 1;
                    line.number = number;
                }
                Item::Table(table) => {
                    for row in &mut table.rows {
                        let deep = row.iter().map(|c| c.lines.len()).max().unwrap_or(0);
                        for cell in row {
                            for (line, n) in cell.lines.iter_mut().zip(1..) {
                                line.number = number + n;
                            }
                        }
                        number += u32::try_from(deep).unwrap_or(0);
                    }
                }
            }
        }
    }
}

/// The value that weighs most, values being alike within a step.
fn most(values: impl Iterator<Item = (f32, usize)>, step: f32) -> Option<f32> {
    let mut weights: HashMap<i64, (usize, f32)> = HashMap::new();
    for (value, weight) in values {
        #[expect(clippy::cast_possible_truncation, reason = "a measure of a page; what is out of range is cut")]
        let entry = weights.entry((value / step).round() as i64).or_insert((0, value));
        entry.0 += weight;
    }
    let best = weights.iter().max_by(|a, b| (a.1.0, b.0).cmp(&(b.1.0, a.0)))?;
    Some(best.1.1)
}

/// The largest value that several share, or the largest.
fn outermost(values: impl Iterator<Item = f32>, body: f32) -> Option<f32> {
    let mut values: Vec<f32> = values.collect();
    values.sort_by(|a, b| b.total_cmp(a));
    let shared = (values.len() / 20).clamp(1, 6);
    let mut found = values.windows(shared + 1).filter(|w| w[0] - w[shared] < 0.6 * body).map(|w| w[0]);
    found.next().or_else(|| values.first().copied())
}

/// The tables that have been read.
#[derive(Default)]
struct Tables {
    count: usize,
    /// The last one, if nothing came after it: its edges, its rows, the words of its first row.
    last: Option<(Vec<f32>, usize, Vec<String>)>,
}

impl Tables {
    /// Something else than a table came.
    fn rest(&mut self) {
        self.last = None;
    }

    /// Puts a table, or what follows of one on the next page.
    fn put(&mut self, table: Table, paper: &mut Paper) {
        let same = |edges: &[f32]| {
            edges.len() == table.edges.len() && edges.iter().zip(&table.edges).all(|(a, b)| (a - b).abs() < 3.0)
        };
        let said = |row: &[Cell]| row.iter().map(cell_text).collect::<Vec<String>>();
        let (mut row, head, index) = match self.last.take().filter(|(edges, ..)| same(edges)) {
            Some((_, row, head)) => (row, head, self.count - 1),
            None => {
                self.count += 1;
                (0, Vec::new(), self.count - 1)
            }
        };
        let first = table.rows.first().map(|row| said(row)).unwrap_or_default();
        let again = row > 0 && first == head && first.iter().any(|w| !w.is_empty());
        for cells in table.rows.into_iter().skip(usize::from(again)) {
            for cell in cells {
                put_cell(cell, index, row, paper);
            }
            row += 1;
        }
        self.last = Some((table.edges, row, if head.is_empty() { first } else { head }));
    }
}

fn cell_text(cell: &Cell) -> String {
    cell.lines.iter().map(|l| l.text.as_str()).collect()
}

/// Puts a cell with its paragraphs; an empty one is an empty paragraph, as in a .docx.
fn put_cell(cell: Cell, table: usize, row: usize, paper: &mut Paper) {
    let start = paper.next();
    let Cell { column, continues, left, right, lines } = cell;
    if lines.is_empty() {
        paper.paragraph(BlockKind::Cell, "");
    }
    let mut open: Vec<Line> = Vec::new();
    for line in lines {
        if let Some(last) = open.last() {
            let size = last.size.max(line.size);
            let short = right - last.x1 > (0.3 * (right - left)).max(2.0 * size) && left + 2.0 * size > last.x0;
            if ends_sentence(&last.text) && short || opens_item(&line.text) {
                close_cell(&mut open, paper);
            }
        }
        open.push(line);
    }
    close_cell(&mut open, paper);
    paper.cell(CellAt { table, row, column, continues, range: start..paper.end().max(start) });
}

fn close_cell(lines: &mut Vec<Line>, paper: &mut Paper) {
    if lines.is_empty() {
        return;
    }
    let parts = joined(lines);
    paper.pieces(BlockKind::Cell, parts.iter().map(|(words, place)| (words.as_str(), place.clone())));
    lines.clear();
}
