//! Workbooks as documents (.xlsx, .xls, .et, .csv): the words of their cells, sheet by sheet and row by row.
//!
//! A cell is a paragraph, or one a line where it has several, and its place is that of the cell. Sheets,
//! rows and columns that are hidden are left out and told, as what is printed of a workbook lacks them.

use std::sync::Arc;

use super::{Reader, has_extension};
use crate::base::{Place, Problem, Result};
use crate::model::{Block, BlockKind, CellAt, Manuscript, Piece};
use crate::office::book::{self, Sheet, WORKBOOKS};
use crate::text;

/// The reader of workbooks.
pub struct Xlsx;

impl Reader for Xlsx {
    fn name(&self) -> &'static str {
        "xlsx"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["xlsx", "xls", "et", "csv"]
    }

    fn knows(&self, name: &str, _head: &[u8]) -> bool {
        has_extension(name, WORKBOOKS) || has_extension(name, &["csv"])
    }

    fn makes(&self) -> &'static [&'static str] {
        &["xlsx", "xls"]
    }

    fn read(&self, name: &str, bytes: &[u8]) -> Result<Manuscript> {
        let book = book::read(name, bytes)?;
        let file: Arc<str> = name.into();
        let mut page = Page::default();
        let mut notes = book.notes;
        for (number, sheet) in book.sheets.iter().enumerate() {
            let hidden = page.sheet(number, sheet, &file);
            if hidden > 0 {
                let name = sheet.called(name);
                notes.push(Problem::new(text!(
                    "表“{name}”里有{hidden}格是隐藏的，没有读",
                    "{hidden} cells of sheet “{name}” are hidden and were not read"
                )));
            }
        }
        let Page { text, blocks, pieces, cells } = page;
        Ok(Manuscript::new(text, blocks, pieces, Vec::new()).with_cells(cells).with_notes(notes))
    }
}

/// The text while it is put together.
#[derive(Default)]
struct Page {
    text: String,
    blocks: Vec<Block>,
    pieces: Vec<Piece>,
    cells: Vec<CellAt>,
}

impl Page {
    /// Takes up a sheet; how many of its cells are hidden.
    fn sheet(&mut self, number: usize, sheet: &Sheet, file: &Arc<str>) -> usize {
        let name: Arc<str> = sheet.name.as_str().into();
        let columns = HiddenColumns::of(sheet);
        let mut hidden = 0;
        for (&(row, column), cell) in sheet.cells.iter().filter(|(_, cell)| !cell.text().trim().is_empty()) {
            if sheet.hidden_rows.contains(&row) || columns.has(column) {
                hidden += 1;
                continue;
            }
            let place = Place::Cell { file: Arc::clone(file), sheet: Arc::clone(&name), row, column };
            let start = self.text.len() + usize::from(!self.text.is_empty());
            for line in cell.text().split(['\n', '\r']) {
                self.line(line, &place);
            }
            let range = start..self.text.len();
            let (row, column) = (row as usize - 1, column as usize - 1);
            self.cells.push(CellAt { table: number, row, column, continues: false, range });
        }
        hidden
    }

    fn line(&mut self, line: &str, place: &Place) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let start = self.text.len();
        self.text.push_str(line);
        if !line.trim().is_empty() {
            let range = start..self.text.len();
            self.pieces.push(Piece { range: range.clone(), from: place.clone() });
            self.blocks.push(Block { kind: BlockKind::Cell, range });
        }
    }
}

/// Which columns are hidden: ranges in order that do not touch.
struct HiddenColumns(Vec<(u32, u32)>);

impl HiddenColumns {
    fn of(sheet: &Sheet) -> Self {
        let mut ranges = sheet.hidden_columns.clone();
        ranges.sort_unstable();
        ranges.dedup_by(|next, kept| {
            let touches = next.0 <= kept.1.saturating_add(1);
            kept.1 = if touches { kept.1.max(next.1) } else { kept.1 };
            touches
        });
        Self(ranges)
    }

    fn has(&self, column: u32) -> bool {
        let before = self.0.partition_point(|range| range.0 <= column);
        self.0[..before].last().is_some_and(|range| column <= range.1)
    }
}
