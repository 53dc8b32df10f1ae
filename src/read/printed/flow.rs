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

/// Where the title stands: lines of the first page.
#[derive(Clone, Copy)]
struct Title {
    from: u32,
    to: u32,
    /// The last line before the body.
    end: u32,
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
            // A mark that may not begin a line may hang beyond the edge.
            let inner = of.iter().filter(|l| !l.text.ends_with(closes)).map(|l| l.x1);
            let right = if inner.clone().count() < 4 {
                outermost(of.iter().map(|l| l.x1), body)
            } else {
                outermost(inner, body)
            };
            let right = right.unwrap_or(f32::MAX);
            edges.insert(column, (left, right));
        }
        let pairs = pages.iter().flat_map(|page| page.windows(2)).filter_map(|pair| match pair {
            [Item::Line(a), Item::Line(b)]
                if is_body(&a) && is_body(&b) && a.column == b.column && b.y > a.y =>
            {
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
        let title = self.title(&pages);
        let mut titled = false;
        let mut open: Option<Open> = None;
        let mut tables = Tables::default();
        for item in pages.into_iter().flatten() {
            match item {
                Item::Line(line) => {
                    tables.rest(paper);
                    match &mut open {
                        Some(open) if self.goes_on(&open.lines, &line) => open.lines.push(line),
                        _ => {
                            self.close(open.take(), (title, &mut titled), paper);
                            open = Some(Open { lines: vec![line] });
                        }
                    }
                }
                Item::Table(table) => {
                    self.close(open.take(), (title, &mut titled), paper);
                    tables.put(table, paper);
                }
            }
        }
        self.close(open.take(), (title, &mut titled), paper);
        tables.rest(paper);
    }

    /// Which lines of the first page are the title: the largest before the first line of body, but for
    /// the head of the paper.
    fn title(&self, pages: &[Vec<Item>]) -> Option<Title> {
        let mut largest: Option<&Line> = None;
        let lines = pages.first()?.iter().map_while(|item| match item {
            Item::Line(line) => Some(line),
            Item::Table(_) => None,
        });
        let mut head: Vec<&Line> = Vec::new();
        for line in lines {
            let (left, right) = self.edges(line);
            // A full line of the body's height, or one that begins a sentence, is body.
            if line.size < 1.08 * self.body
                && right - line.x1 < 2.0 * self.body
                && line.x0 - left < 2.6 * self.body
            {
                break;
            }
            head.push(line);
        }
        let large = |line: &&&Line| line.size > 1.15 * self.body && !line.text.contains('〔');
        let alike = |a: &Line, b: &Line| (a.size - b.size).abs() < 0.04 * a.size;
        for &line in head.iter().filter(large) {
            if largest.is_none_or(|l| line.size > 1.03 * l.size) {
                largest = Some(line);
            }
        }
        let mut first = largest?;
        let last =
            |first: &Line| head.iter().rev().find(|l| alike(l, first)).map_or(first.number, |l| l.number);
        // Below the head of the paper (发文机关标志) stands its title, less large than that.
        if is_masthead(&first.text) {
            let below = head.iter().filter(large).find(|l| l.number > last(first) && !alike(l, first));
            first = below.copied().or_else(|| (!first.text.ends_with("文件")).then_some(first))?;
        }
        let end = head.last().map_or(0, |l| l.number);
        Some(Title { from: first.number, to: last(first), end })
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
        // Lines of larger signs are farther apart.
        let pitch = self.pitch.max(1.25 * size).max(self.pitch * size / self.body);
        let far = same_page && (next.y - last.y > 1.3 * pitch || next.y <= last.y);
        if far && self.pitch < f32::MAX {
            return false;
        }
        let even = |l: &Line, (left, right): (f32, f32)| (l.x0 - left - (right - l.x1)).abs() < 1.5 * size;
        let set_in = |l: &Line, (left, _): (f32, f32)| l.x0 - left > 1.5 * size;
        // A large line in the middle of the page goes on in another: a title of two lines, of which one
        // may be as wide as the page.
        let edges = [(left, right), self.edges(next)];
        let middle = even(last, edges[0]) && even(next, edges[1]);
        if size > 1.15 * self.body && middle && (set_in(last, edges[0]) || set_in(next, edges[1])) {
            return same_page
                && lines.len() < 4
                && !last.text.ends_with("文件")
                && !next.text.starts_with(['—', '（', '(']);
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
            // Far to the right stand who signs and when.
            const FAR: f32 = 8.0;
            if indent > FAR {
                return false;
            }
            // Where paragraphs begin with an indent, this is one.
            if self.indents && (1.5..2.6).contains(&indent) && lines.len() == 1 {
                return false;
            }
            // Lines that are set in as a whole, or hang below the words of a numbered first one.
            let hangs = lines.len() > 1
                && (next.x0 - last.x0).abs() < 0.3 * size
                && (first.x0 - last.x0).abs() > 0.8 * size;
            let set_in =
                (next.x0 - last.x0).abs() < 0.3 * size || opens_item(&first.text) && next.x0 > first.x0;
            return hangs || set_in && !ends && !opens_item(&next.text);
        }
        // Where nothing shows paragraphs, a sentence that ends with its line does not end one for sure.
        true
    }

    /// Puts a paragraph that has ended into the paper.
    fn close(&self, open: Option<Open>, (title, titled): (Option<Title>, &mut bool), paper: &mut Paper) {
        let Some(Open { lines }) = open else { return };
        let parts = joined(&lines);
        let text: String = parts.iter().map(|p| p.0.as_str()).collect();
        let first = &lines[0];
        let kind = match title.filter(|_| first.page == 1) {
            // Between the first and the last line of a title nothing else stands.
            Some(title) if (title.from..=title.to).contains(&first.number) => {
                let again = std::mem::replace(titled, true);
                if again { BlockKind::Subtitle } else { BlockKind::Title }
            }
            // What else is large above the body is the head of the paper, or says who speaks and when.
            Some(title) if first.number <= title.end => line_kind(&text),
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
        let middle = (lines[0].x0 - left - (right - lines[0].x1)).abs() < 1.5 * size
            && lines[0].x0 - left > 3.0 * size;
        let large = size > 1.12 * self.body && count <= LONGEST && !ends && lines.len() == 1;
        match by_number {
            BlockKind::Body if large && !middle && lines[0].page > 0 => {
                if size > 1.4 * self.body {
                    BlockKind::Heading(1)
                } else {
                    BlockKind::Heading(2)
                }
            }
            kind => kind,
        }
    }
}

/// Whether a line is the name of an office, or of one of its series, and no title.
fn is_masthead(text: &str) -> bool {
    const ENDS: [&str; 8] = ["文件", "命令", "令", "纪要", "公报", "办公室", "政府", "委员会"];
    ENDS.iter().any(|end| text.ends_with(end)) && !text.contains("关于")
}

/// The words of lines, each with its place, joined without what a line break needs.
fn joined(lines: &[Line]) -> Vec<(String, Place)> {
    let mut parts: Vec<(String, Place)> = Vec::with_capacity(lines.len());
    for (n, line) in lines.iter().enumerate() {
        let mut words = line.text.clone();
        if let (Some(before), Some(c)) =
            (words.chars().next_back(), lines.get(n + 1).and_then(|l| l.text.chars().next()))
        {
            let hyphen = before == '-'
                && words.chars().nth_back(1).is_some_and(char::is_alphabetic)
                && c.is_lowercase();
            if hyphen {
                words.pop();
            } else if is_narrow(before)
                && is_narrow(c)
                && (line.blank || before.is_alphabetic() || c.is_alphabetic())
            {
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
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a measure of a page; what is out of range is cut"
        )]
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
    /// The last one, if nothing came after it: its edges and the words of its first row.
    last: Option<(Vec<f32>, Vec<String>)>,
    /// Its last row, which may go on on the next page, and the number of that.
    held: Option<(Vec<Cell>, usize)>,
}

impl Tables {
    /// Something else than a table came, or nothing.
    fn rest(&mut self, paper: &mut Paper) {
        self.release(paper);
        self.last = None;
    }

    /// Puts the row that was held back.
    fn release(&mut self, paper: &mut Paper) {
        let Some((cells, row)) = self.held.take() else { return };
        for cell in cells {
            put_cell(cell, self.count.saturating_sub(1), row, paper);
        }
    }

    /// Puts a table, or what follows of one on the next page.
    fn put(&mut self, table: Table, paper: &mut Paper) {
        let same = |edges: &[f32]| {
            edges.len() == table.edges.len()
                && edges.iter().zip(&table.edges).all(|(a, b)| (a - b).abs() < 3.0)
        };
        let said = |row: &[Cell]| row.iter().map(cell_text).collect::<Vec<String>>();
        let first = table.rows.first().map(|row| said(row)).unwrap_or_default();
        let head = self.last.take().filter(|(edges, _)| same(edges)).map(|(_, head)| head);
        let mut rows = table.rows.into_iter();
        let mut row = 0;
        if let Some(head) = &head {
            row = self.held.as_ref().map_or(0, |(_, row)| row + 1);
            let again = first == *head && first.iter().any(|words| !words.is_empty());
            if again {
                rows.next();
            } else if let (Some((held, _)), Some(cells)) = (&mut self.held, rows.as_slice().first())
                && splits(held, cells)
            {
                for (held, cell) in held.iter_mut().zip(rows.next().unwrap_or_default()) {
                    held.lines.extend(cell.lines);
                }
            }
        } else {
            self.release(paper);
            self.count += 1;
        }
        for cells in rows {
            self.release(paper);
            self.held = Some((cells, row));
            row += 1;
        }
        self.last = Some((table.edges, head.unwrap_or(first)));
    }
}

/// Whether a row at the head of a page is the rest of the last one of the page before: it fills few
/// cells, and only such of which the last line was full.
fn splits(held: &[Cell], cells: &[Cell]) -> bool {
    let full = |held: &Cell, next: &Line| {
        held.lines
            .last()
            .is_some_and(|last| held.right - last.x1 < next.head.max(next.size) + 0.9 * next.size)
    };
    let mut filled = held.iter().zip(cells).filter_map(|(held, cell)| Some((held, cell.lines.first()?)));
    let count = cells.iter().filter(|cell| !cell.lines.is_empty()).count();
    held.len() == cells.len()
        && count > 0
        && count * 2 <= cells.len()
        && filled.all(|(held, next)| full(held, next))
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
            let short =
                right - last.x1 > (0.3 * (right - left)).max(2.0 * size) && left + 2.0 * size > last.x0;
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
