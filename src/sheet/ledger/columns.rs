//! The columns of a table, each with all that stands over it (各栏的表头): its own head, its group, its unit.

use super::At;
use super::grid::Grid;
use super::heads::{Head, Words, is_year, words};
use super::regions::Region;
use super::value::{is_number, measure};

/// A column of a table.
#[derive(Debug, Clone)]
pub struct Column {
    pub column: u32,
    pub head: Head,
    /// All columns that its head reaches over, or that have none and go on with it: 其中 | 农业.
    pub over: Vec<u32>,
}

/// The cell of a row that a head over these columns has: the last that says something.
pub fn at(grid: &Grid<'_>, row: u32, over: &[u32]) -> At {
    let last = over.iter().rev().map(|column| grid.anchor((row, *column)));
    let first = (row, over.first().copied().unwrap_or(1));
    last.into_iter().find(|at| !grid.text(*at).is_empty()).unwrap_or_else(|| grid.anchor(first))
}

/// The columns of a table with what stands over each.
pub fn of(grid: &Grid<'_>, region: &Region) -> Vec<Column> {
    let one = |&column: &u32| {
        let mut parts: Vec<Words> = Vec::new();
        let mut seen: Vec<At> = Vec::new();
        for &row in &region.heads {
            // A group that is not merged stands over its first column only.
            let at = region.left(grid, grid.anchor((row, column)));
            if seen.contains(&at) {
                continue;
            }
            seen.push(at);
            let text = grid.text(at);
            if text.is_empty() || !parts.is_empty() && is_mark(text) {
                continue;
            }
            let said = words(text);
            match parts.last_mut() {
                // （万元） below its head is the unit of it.
                Some(above) if said.full.starts_with('（') || measure(&said.full).is_some() => {
                    let inner = said.full.trim_matches(['（', '）']);
                    above.unit = measure(inner).or_else(|| above.unit.take());
                }
                _ => parts.push(said),
            }
        }
        Column { column, head: Head { parts }, over: vec![column] }
    };
    // A head over several columns that are not parted below is one column.
    let last = region.heads.last().copied().unwrap_or(0);
    let is_new = |(at, column): (usize, &u32)| {
        let anchor = grid.anchor((last, *column));
        at == 0 || grid.text(anchor).is_empty() || anchor != grid.anchor((last, region.columns[at - 1]))
    };
    let mut columns: Vec<Column> = Vec::new();
    for each in region.columns.iter().enumerate() {
        match columns.last_mut() {
            Some(before) if !is_new(each) => before.over.push(*each.1),
            _ => columns.push(one(each.1)),
        }
    }
    // A column without a head that is filled only where the one before it is not, or says 其中.
    for at in (1..columns.len()).rev() {
        if columns[at].head.parts.is_empty() && goes_on(grid, region, &columns[at - 1], &columns[at]) {
            let over = columns.remove(at).over;
            columns[at - 1].over.extend(over);
        }
    }
    columns
}

/// Whether words below a head only count the columns of a form: 甲, 乙, 1, 2.
fn is_mark(text: &str) -> bool {
    ["甲", "乙", "丙", "丁"].contains(&text) || is_number(text) && !is_year(text)
}

/// Whether a column without a head holds what stands in the one before it for other rows.
fn goes_on(grid: &Grid<'_>, region: &Region, before: &Column, column: &Column) -> bool {
    let mut filled = region.rows.iter().filter(|row| {
        let at = (**row, column.column);
        grid.anchor(at).1 == column.column && !grid.text(at).is_empty()
    });
    let is_other = |row: &u32| {
        let at = grid.anchor((*row, before.column));
        let text = grid.text(at);
        text.is_empty() || text.starts_with("其") || grid.end(at).0 > at.0
    };
    filled.clone().next().is_some() && filled.all(is_other)
}
