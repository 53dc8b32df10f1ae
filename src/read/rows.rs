//! Tables of .doc and .rtf: what columns a row has is told for each row by itself, so cells wait for the end
//! of their row, and for the columns of the other rows for the end of their table.

use std::ops::Range;

use crate::office::body::Cell;

/// How deep tables may be nested; word processors stop far above.
pub const DEEPEST: usize = 32;

/// The columns of a row.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    /// Where its cells begin, in twentieths of a point; one more is where the last one ends.
    pub edges: Vec<i32>,
    /// How each cell is merged.
    pub merges: Vec<Merge>,
}

/// How a cell is merged with others.
#[derive(Debug, Clone, Copy, Default)]
pub struct Merge {
    /// It is part of the cell before it, and nothing by itself.
    pub beside: bool,
    /// It continues the cell above it.
    pub below: bool,
}

/// The tables that are open, the innermost last, and the cells of those that ended.
#[derive(Default)]
pub struct Tables {
    open: Vec<Open>,
    count: usize,
    cells: Vec<Cell>,
}

/// A table that has not ended.
struct Open {
    table: usize,
    /// The first paragraph of the open cell.
    from: usize,
    /// The cells of the open row.
    row: Vec<Range<usize>>,
    rows: Vec<(Columns, Vec<Range<usize>>)>,
}

impl Tables {
    /// A paragraph comes, the one of this number, in so many tables.
    pub fn enter(&mut self, depth: usize, paragraph: usize) {
        while self.open.len() > depth {
            self.close();
        }
        while self.open.len() < depth {
            let (table, row, rows) = (self.count, Vec::new(), Vec::new());
            self.open.push(Open { table, from: paragraph, row, rows });
            self.count += 1;
        }
    }

    /// A cell of the innermost table ends before the paragraph of this number.
    pub fn end_cell(&mut self, paragraph: usize) {
        if let Some(open) = self.open.last_mut() {
            open.row.push(open.from..paragraph);
            open.from = paragraph;
        }
    }

    /// A row of the innermost table ends before the paragraph of this number.
    pub fn end_row(&mut self, columns: Columns, paragraph: usize) {
        if let Some(open) = self.open.last_mut() {
            open.rows.push((columns, std::mem::take(&mut open.row)));
            open.from = paragraph;
        }
    }

    /// The innermost table ends.
    fn close(&mut self) {
        let Some(mut open) = self.open.pop() else { return };
        if !open.row.is_empty() {
            open.rows.push((Columns::default(), open.row));
        }
        let edges = edges(&open.rows);
        for (row, (columns, cells)) in open.rows.into_iter().enumerate() {
            for (index, paragraphs) in cells.into_iter().enumerate() {
                let merge = columns.merges.get(index).copied().unwrap_or_default();
                if merge.beside {
                    continue;
                }
                let edge = columns.edges.get(index);
                // The columns before an edge; of a row that does not tell, cells are counted.
                let column =
                    edge.map_or(index, |edge| edges.partition_point(|e| *e < edge.saturating_sub(NEAR)));
                let (table, continues) = (open.table, merge.below);
                self.cells.push(Cell { table, row, column, continues, paragraphs });
            }
        }
    }

    /// All cells, once the text has ended.
    pub fn finish(mut self) -> Vec<Cell> {
        self.enter(0, 0);
        self.cells
    }
}

/// Edges this near are one: rows that were drawn by hand miss each other by a hair.
const NEAR: i32 = 20;

/// Where columns begin, over all rows.
fn edges(rows: &[(Columns, Vec<Range<usize>>)]) -> Vec<i32> {
    let mut all: Vec<i32> = rows.iter().flat_map(|(columns, _)| columns.edges.iter().copied()).collect();
    all.sort_unstable();
    all.dedup_by(|next, kept| next.saturating_sub(*kept) <= NEAR);
    all
}
