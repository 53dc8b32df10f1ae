//! The columns of a table, each with all that stands over it (各栏的表头): its own head, its group, its unit.

use super::At;
use super::grid::Grid;
use super::heads::{Head, Words, words};
use super::regions::Region;
use super::value::measure;

/// A column of a table.
#[derive(Debug, Clone)]
pub struct Column {
    pub column: u32,
    pub head: Head,
}

/// The columns of a table with what stands over each.
pub fn of(grid: &Grid<'_>, region: &Region) -> Vec<Column> {
    let one = |&column: &u32| {
        let mut parts: Vec<Words> = Vec::new();
        let mut seen: Vec<At> = Vec::new();
        for &row in &region.heads {
            // A group that is not merged stands over its first column only.
            let at = grid.anchor((region.group(grid, row, column), column));
            let at = region.left(grid, at);
            if seen.contains(&at) {
                continue;
            }
            seen.push(at);
            let text = grid.text(at);
            if text.is_empty() {
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
        Column { column, head: Head { parts } }
    };
    // A head over several columns that are not parted below is one column.
    let last = region.heads.last().copied().unwrap_or(0);
    let is_new = |(at, column): (usize, &u32)| {
        let anchor = grid.anchor((last, *column));
        at == 0 || grid.text(anchor).is_empty() || anchor != grid.anchor((last, region.columns[at - 1]))
    };
    let each = region.columns.iter().enumerate().filter(|each| is_new(*each));
    each.map(|(_, column)| one(column)).collect()
}
