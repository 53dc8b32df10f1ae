//! Rows and columns (表格): where the cells of a part's tables stand.

use super::paragraph::Cell;

/// The tables that are open, the innermost last, and how many there have been.
#[derive(Debug, Default)]
pub(super) struct Grid {
    open: Vec<Open>,
    count: usize,
}

/// A table that has not ended.
#[derive(Debug)]
struct Open {
    table: usize,
    /// Rows that have begun.
    rows: usize,
    /// The column of the next cell.
    column: usize,
    /// Columns that the open cell takes.
    span: usize,
    /// The open cell.
    cell: Option<Cell>,
}

impl Grid {
    pub fn open_table(&mut self) {
        self.open.push(Open { table: self.count, rows: 0, column: 0, span: 1, cell: None });
        self.count += 1;
    }

    pub fn close_table(&mut self) {
        self.open.pop();
    }

    pub fn open_row(&mut self) {
        if let Some(open) = self.open.last_mut() {
            open.rows += 1;
            open.column = 0;
        }
    }

    /// A cell begins, and its first paragraph will be the one of this number.
    pub fn open_cell(&mut self, paragraph: usize) {
        if let Some(open) = self.open.last_mut() {
            let row = open.rows.saturating_sub(1);
            let paragraphs = paragraph..paragraph;
            open.span = 1;
            open.cell =
                Some(Cell { table: open.table, row, column: open.column, continues: false, paragraphs });
        }
    }

    /// What the properties of the open cell say: how wide it is, whether it continues the one above.
    pub fn property(&mut self, name: &str, value: Option<&str>) {
        /// Columns of the widest cell that a word processor makes.
        const WIDEST: usize = 63;
        let Some(open) = self.open.last_mut() else { return };
        match name {
            "gridSpan" => {
                open.span = value.and_then(|v| v.parse().ok()).map_or(1, |n: usize| n.clamp(1, WIDEST));
            }
            _ => {
                if let Some(cell) = &mut open.cell {
                    cell.continues = value != Some("restart");
                }
            }
        }
    }

    /// The open cell ends before the paragraph of this number.
    pub fn close_cell(&mut self, paragraph: usize) -> Option<Cell> {
        let open = self.open.last_mut()?;
        let mut cell = open.cell.take()?;
        open.column += open.span;
        cell.paragraphs.end = paragraph.max(cell.paragraphs.start);
        Some(cell)
    }
}
