//! Where the cells of tables stand: rows, columns, and what joined cells cover.

use crate::office::body::Cell;
use crate::office::xml::Element;

/// Columns or rows that one cell stands for at most.
const SPAN: usize = 1_024;

/// A table that is open.
#[derive(Default)]
struct Table {
    number: usize,
    rows: usize,
    column: usize,
    /// The column before which the last cell of the row ends.
    beside: usize,
    /// Rows that the cell of each column still reaches down.
    down: Vec<usize>,
    /// The open cell: column, whether it continues the one above, the paragraph with which it begins.
    cell: Option<(usize, bool, usize)>,
}

/// The open tables.
#[derive(Default)]
pub(super) struct Tables {
    open: Vec<Table>,
    count: usize,
}

impl Tables {
    pub(super) const fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    pub(super) fn open(&mut self) {
        self.open.push(Table { number: self.count, ..Table::default() });
        self.count += 1;
    }

    pub(super) fn close(&mut self) {
        self.open.pop();
    }

    pub(super) fn row(&mut self) {
        if let Some(table) = self.open.last_mut() {
            table.rows += 1;
            (table.column, table.beside) = (0, 0);
        }
    }

    /// A cell begins with the paragraph of this index.
    pub(super) fn cell(&mut self, e: Element<'_>, start: usize) {
        let number =
            |name: &str| e.attribute(name).and_then(|n| n.parse().ok()).unwrap_or(1usize).clamp(1, SPAN);
        let covered = e.name() == "covered-table-cell";
        let Some(table) = self.open.last_mut() else { return };
        let (wide, deep) = (number("number-columns-spanned"), number("number-rows-spanned"));
        let repeated = number("number-columns-repeated");
        let end = table.column + wide.max(repeated);
        // What the cell to the left covers is no cell of its own, and knows nothing of the rows above.
        let column = if covered { table.column.max(table.beside).min(end) } else { table.column };
        let continues = covered && table.down.get(column).is_some_and(|&down| down > 0) && column < end;
        if table.down.len() < end {
            table.down.resize(end, 0);
        }
        for down in &mut table.down[column..end] {
            *down = if covered { down.saturating_sub(1) } else { deep - 1 };
        }
        if !covered {
            table.beside = end;
        }
        let own = !covered || continues;
        table.column += repeated;
        table.cell = own.then_some((column, continues, start));
    }

    /// The cell that ends before the paragraph of this index, and whether it has none.
    pub(super) fn close_cell(&mut self, end: usize) -> Option<(Cell, bool)> {
        let table = self.open.last_mut()?;
        let (column, continues, start) = table.cell.take()?;
        let empty = start >= end;
        let paragraphs = start..if empty { start + 1 } else { end };
        let row = table.rows.saturating_sub(1);
        Some((Cell { table: table.number, row, column, continues, paragraphs }, empty))
    }
}
