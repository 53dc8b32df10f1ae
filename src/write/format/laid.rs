//! A text of another format than .docx as a manuscript of the form: blocks of the kinds that were recognised, tables
//! of the cells that its reader found, the signs of its own format left out.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Form;
use super::line::Line;
use super::recognise::recognise;
use super::told::Doubt;
use crate::model::{Block, BlockKind, Manuscript, MaskKind, Row, Table};

/// A text laid out as a manuscript.
#[derive(Debug)]
pub struct Laid {
    /// The manuscript.
    pub manuscript: Manuscript,
    /// What of its blocks is in doubt: by which of those that say something.
    pub doubts: Vec<(usize, Doubt)>,
    /// Lines of front matter that are no part of the paper.
    pub front: usize,
}

/// Lays out a text.
#[must_use]
pub fn laid(read: &Manuscript, form: Form) -> Laid {
    let front = front(read);
    let (parts, tables) = parts(read, front);
    let lines: Vec<Line<'_>> =
        parts.iter().map(|(kind, words, cell)| Line::plain(words, *kind, *cell)).collect();
    let said: Vec<usize> = (0..lines.len()).filter(|&i| !lines[i].text.is_empty()).collect();
    let spoken: Vec<Line<'_>> = said.iter().map(|&i| lines[i].clone()).collect();
    let told = recognise(&spoken, form);
    let mut kinds: Vec<BlockKind> = lines.iter().map(|line| line.kind).collect();
    let doubts = told.iter().enumerate().filter_map(|(n, told)| Some((n, told.doubt?))).collect();
    for (&i, told) in said.iter().zip(&told) {
        // A cell of a table that will be one stays a cell.
        if !lines[i].cell {
            kinds[i] = told.kind;
        }
    }
    let mut text = String::new();
    let mut blocks = Vec::new();
    for ((_, words, _), kind) in parts.iter().zip(kinds) {
        if !text.is_empty() {
            text.push('\n');
        }
        let start = text.len();
        match two_parts(words).filter(|_| kind.has_two_parts()) {
            Some((left, right)) => text.extend([left, "\t", right]),
            None => text.push_str(words),
        }
        blocks.push(Block { kind, range: start..text.len() });
    }
    let manuscript = Manuscript::new(text, blocks, Vec::new(), Vec::new()).with_tables(tables);
    Laid { manuscript, doubts, front }
}

/// Blocks of front matter, from one `---` to the next.
fn front(read: &Manuscript) -> usize {
    let code = read.blocks().iter().take_while(|block| block.kind == BlockKind::Code);
    let lines: Vec<&str> = code.map(|block| read.block_text(block).trim()).collect();
    match lines.split_first() {
        Some((&"---", rest)) => rest.iter().position(|line| *line == "---").map_or(0, |end| end + 2),
        _ => 0,
    }
}

/// A line of two parts with blanks between.
pub fn two_parts(words: &str) -> Option<(&str, &str)> {
    let gap = words.find(char::is_whitespace)?;
    let rest = words[gap..].trim_start();
    // 云溪县人民政府办公室 2026年3月5日印发: the day is one part.
    (!rest.is_empty()).then(|| (&words[..gap], rest))
}

/// A kind, words, and whether they are a cell of a table that is to be one.
type Part = (BlockKind, String, bool);

/// What the blocks say, and the tables that they form.
fn parts(read: &Manuscript, front: usize) -> (Vec<Part>, Vec<Table>) {
    let mut parts: Vec<Part> = Vec::new();
    let mut tables = Vec::new();
    let grids = grids(read);
    let mut end = 0;
    for block in &read.blocks()[front..] {
        if block.range.start < end {
            continue;
        }
        let next = grids.partition_point(|g| g.range.end <= block.range.start);
        let grid = grids.get(next).filter(|g| g.range.contains(&block.range.start));
        if let Some(grid) = grid.filter(|_| block.kind == BlockKind::Cell) {
            end = grid.range.end;
            tables.push(grid.push(read, &mut parts));
            continue;
        }
        let words = words(read, &block.range);
        // Front matter and hidden signs say nothing.
        if !words.is_empty() {
            parts.push((block.kind, words, false));
        }
    }
    (parts, tables)
}

/// The words of a range: without the signs of Markdown, without blanks at either end, line ends being one LF each.
fn words(read: &Manuscript, range: &Range<usize>) -> String {
    let mut out = String::new();
    let mut at = range.start;
    let masks = read.masks();
    let first = masks.partition_point(|m| m.range.end <= range.start);
    let within = masks[first..].iter().take_while(|m| m.range.start < range.end);
    for mask in within.filter(|m| matches!(m.kind, MaskKind::Markup | MaskKind::Link)) {
        out.push_str(read.text().get(at..mask.range.start.max(at)).unwrap_or_default());
        at = mask.range.end.clamp(at, range.end);
    }
    out.push_str(read.text().get(at..range.end).unwrap_or_default());
    let lines: Vec<&str> = out.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join("\n").chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

/// A table by its cells.
struct Grid {
    range: Range<usize>,
    /// The bytes of each cell that says something of its own, by row and column.
    cells: BTreeMap<(usize, usize), Vec<Range<usize>>>,
    rows: usize,
    columns: usize,
}

/// The tables of a manuscript with more than one cell; those within others belong to them.
fn grids(read: &Manuscript) -> Vec<Grid> {
    let mut grids: BTreeMap<usize, Grid> = BTreeMap::new();
    for cell in read.cells() {
        let grid = grids.entry(cell.table).or_insert_with(|| Grid {
            range: cell.range.clone(),
            cells: BTreeMap::new(),
            rows: 0,
            columns: 0,
        });
        grid.range = grid.range.start.min(cell.range.start)..grid.range.end.max(cell.range.end);
        (grid.rows, grid.columns) = (grid.rows.max(cell.row + 1), grid.columns.max(cell.column + 1));
        if !cell.continues {
            grid.cells.entry((cell.row, cell.column)).or_default().push(cell.range.clone());
        }
    }
    let mut grids: Vec<Grid> = grids.into_values().collect();
    grids.sort_by_key(|g| (g.range.start, std::cmp::Reverse(g.range.end)));
    let mut found: Vec<Grid> = Vec::new();
    for grid in grids {
        // A table broader than any page is none.
        let fits = grid.columns <= 63 && grid.rows.saturating_mul(grid.columns) <= 100_000;
        let apart = found.last().is_none_or(|last| last.range.end <= grid.range.start);
        if grid.cells.len() > 1 && fits && apart {
            found.push(grid);
        }
    }
    found
}

impl Grid {
    /// Appends its cells, and gives its rows.
    fn push(&self, read: &Manuscript, parts: &mut Vec<Part>) -> Table {
        let mut rows = Vec::new();
        for row in 0..self.rows {
            let start = parts.len();
            for column in 0..self.columns {
                let ranges = self.cells.get(&(row, column)).map_or(&[][..], Vec::as_slice);
                let said: Vec<String> = ranges.iter().map(|range| words(read, range)).collect();
                parts.push((BlockKind::Cell, said.join("\n").trim().to_owned(), true));
            }
            rows.push(Row { cells: start..parts.len(), header: false });
        }
        // Short words in every column of the first row are the heads of the columns.
        if let [first, _, ..] = &mut rows[..] {
            let heads = &parts[first.cells.clone()];
            first.header = self.columns > 1
                && heads.iter().all(|(_, words, _)| !words.is_empty() && words.chars().count() <= 12);
        }
        Table { rows }
    }
}

#[cfg(test)]
mod tests {
    use super::{laid, two_parts};
    use crate::model::BlockKind;
    use crate::read::read;
    use crate::write::format::Form;

    #[test]
    fn markdown_loses_its_signs_and_keeps_its_table() {
        let text = "# 关于做好春灌工作的通知\n\n各镇：\n\n**今年**春灌早，请各镇抓紧把干渠清一遍，排好用水的先后。\n\n| 镇 | 干渠 |\n|---|---|\n| 清河镇 | 3条 |\n\n## 一、清好干渠\n";
        let read = read("a.md", text.as_bytes()).unwrap();
        let m = laid(&read, Form::Document).manuscript;
        let kinds: Vec<_> = m.blocks().iter().map(|b| (b.kind, m.block_text(b))).collect();
        assert_eq!(kinds[0], (BlockKind::Title, "关于做好春灌工作的通知"));
        assert_eq!(kinds[1], (BlockKind::Salutation, "各镇："));
        assert!(kinds[2].1.starts_with("今年春灌早"));
        assert_eq!(m.tables().len(), 1);
        assert!(m.tables()[0].rows[0].header);
        assert_eq!(kinds.last().unwrap(), &(BlockKind::Heading(1), "一、清好干渠"));
    }

    #[test]
    fn two_parts_are_told_by_the_blanks_between() {
        assert_eq!(two_parts("县政府办公室　　2026年3月5日印发"), Some(("县政府办公室", "2026年3月5日印发")));
        assert_eq!(two_parts("县政府办公室"), None);
    }
}
