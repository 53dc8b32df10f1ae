//! A sheet as it is seen (看到的表): merged cells are one cell that counts wherever it reaches, and what is
//! hidden is not there.

use std::collections::{BTreeSet, HashMap};

use super::At;
use crate::office::book::{Cell, Merged, Sheet};

/// Places under merged cells that are remembered; sheets of records have far fewer.
const MOST: usize = 400_000;

/// A sheet with its merged cells looked up and its hidden parts left out.
pub struct Grid<'s> {
    sheet: &'s Sheet,
    /// The range that covers a place, where it is not its upper left corner.
    covered: HashMap<At, Merged>,
    /// The range that begins at a place.
    spans: HashMap<At, Merged>,
    /// The rows that hold something and are seen.
    rows: Vec<u32>,
    /// The columns that hold something in those rows and are seen.
    columns: Vec<u32>,
}

impl<'s> Grid<'s> {
    pub fn of(sheet: &'s Sheet) -> Self {
        let held = sheet.rows();
        let rows: Vec<u32> = held.iter().copied().filter(|row| !sheet.hidden_rows.contains(row)).collect();
        let all: BTreeSet<u32> =
            rows.iter().flat_map(|row| sheet.row(*row)).map(|(column, _)| column).collect();
        let (last, right) = (held.last().copied().unwrap_or(0), all.last().copied().unwrap_or(0));
        let columns = all.into_iter().filter(|column| !sheet.hides_column(*column)).collect();
        let (mut covered, mut spans) = (HashMap::new(), HashMap::new());
        for range in &sheet.merged {
            // One that reaches beyond all cells, as whole columns do, covers nothing there.
            let to = (range.to.0.min(last), range.to.1.min(right.max(range.from.1)));
            let clipped = Merged { from: range.from, to };
            for row in range.from.0..=to.0 {
                for column in range.from.1..=to.1 {
                    if covered.len() < MOST && (row, column) != range.from {
                        covered.insert((row, column), clipped);
                    }
                }
            }
            spans.insert(range.from, clipped);
        }
        Self { sheet, covered, spans, rows, columns }
    }

    pub fn rows(&self) -> &[u32] {
        &self.rows
    }

    pub fn columns(&self) -> &[u32] {
        &self.columns
    }

    pub const fn sheet(&self) -> &'s Sheet {
        self.sheet
    }

    /// The cell that is seen at a place: itself, or the upper left one of the range that covers it.
    pub fn anchor(&self, (row, column): At) -> At {
        self.covered.get(&(row, column)).map_or((row, column), |range| range.from)
    }

    /// The last row and column that the cell at a place reaches.
    pub fn end(&self, at: At) -> At {
        let anchor = self.anchor(at);
        self.spans.get(&anchor).map_or(anchor, |range| range.to)
    }

    /// What is seen at a place.
    pub fn cell(&self, at: At) -> Option<&'s Cell> {
        let (row, column) = self.anchor(at);
        self.sheet.cell(row, column)
    }

    /// The words seen at a place; empty if there are none.
    pub fn text(&self, at: At) -> &'s str {
        self.cell(at).map_or("", |cell| cell.text().trim())
    }

    /// The cells that begin on a row within these columns, each with its words.
    pub fn own(&self, row: u32, columns: &[u32]) -> Vec<(u32, &'s str)> {
        let mut found = Vec::new();
        for &column in columns {
            let anchor = self.anchor((row, column));
            let is_first = found.last().is_none_or(|(before, _)| *before != anchor.1);
            let text = self.text(anchor);
            if anchor.0 == row && is_first && !text.is_empty() {
                found.push((anchor.1, text));
            }
        }
        found
    }

    /// How many of these columns a cell reaches over.
    pub fn width(&self, at: At, columns: &[u32]) -> usize {
        let (from, to) = (self.anchor(at).1, self.end(at).1);
        columns.iter().filter(|c| (from..=to).contains(*c)).count()
    }
}
