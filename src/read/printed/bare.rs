//! Tables without rules (无框线的表格): lines of three columns or more that stand below each other.
//!
//! A table is taken for one only where nothing is left to guess: three full rows at least, columns with
//! free room between them from top to bottom, and lines without a first cell that follow at the distance
//! of a line, below cells that were full. Cells set to the middle of their row are no such lines.

use super::{Cell, Item, Line, Table};

/// Columns that a table has at least.
const COLUMNS: usize = 3;
/// Full rows that it has at least.
const ROWS: usize = 3;
/// Lines of one table on a page at most.
const MOST: usize = 400;

/// The lines of a page, those of tables as tables.
pub(super) fn tables(lines: Vec<Line>) -> Vec<Item> {
    if lines.iter().any(|line| line.column.1 != 1) {
        return lines.into_iter().map(Item::Line).collect();
    }
    let mut items = Vec::with_capacity(lines.len());
    let mut lines = lines;
    while !lines.is_empty() {
        let begins = lines.iter().position(|line| line.rooms.len() + 1 >= COLUMNS);
        let rest = lines.split_off(begins.unwrap_or(lines.len()));
        items.extend(std::mem::replace(&mut lines, rest).into_iter().map(Item::Line));
        let Some(found) = Found::of(&lines) else {
            let rest = lines.split_off(lines.len().min(1));
            items.extend(std::mem::replace(&mut lines, rest).into_iter().map(Item::Line));
            continue;
        };
        let rest = lines.split_off(found.lines);
        items.push(Item::Table(found.table(std::mem::replace(&mut lines, rest))));
    }
    items
}

/// From where to where the words of a line stand between its wide blanks.
fn parts(line: &Line) -> Vec<(f32, f32)> {
    let from = std::iter::once(line.x0).chain(line.rooms.iter().map(|room| room.to));
    let to = line.rooms.iter().map(|room| room.from).chain([line.x1]);
    from.zip(to).collect()
}

/// A table at the head of lines.
struct Found {
    /// The edges of its columns.
    edges: Vec<f32>,
    /// The lines with which its rows begin.
    starts: Vec<usize>,
    lines: usize,
}

impl Found {
    fn of(lines: &[Line]) -> Option<Self> {
        let first = lines.first()?;
        let near = |pair: &[Line]| {
            let step = pair[1].y - pair[0].y;
            step > 0.0 && step <= 3.0 * first.size && (pair[1].size - first.size).abs() < 0.2 * first.size
        };
        let run = 1 + lines.windows(2).take(MOST).take_while(|pair| near(pair)).count();
        let spans = columns(&lines[..run])?;
        let mut edges = vec![spans[0].0 - first.size];
        edges.extend(spans.windows(2).map(|pair| f32::midpoint(pair[0].1, pair[1].0)));
        edges.push(spans[spans.len() - 1].1 + first.size);
        let mut found = Self { edges, starts: Vec::new(), lines: 0 };
        let mut full = 0;
        let mut row: Vec<Option<(f32, f32)>> = vec![None; spans.len()];
        for (n, line) in lines[..run].iter().enumerate() {
            let Some(cells) = found.cells(line) else { break };
            let step = n.checked_sub(1).map(|before| line.y - lines[before].y);
            if step.is_some_and(|step| step < 0.9 * first.size) {
                return None;
            }
            if cells[0].is_some() && cells.iter().flatten().count() > 1 {
                found.starts.push(n);
                full += usize::from(cells.iter().all(Option::is_some));
                row = cells;
            } else if step.is_some_and(|step| step <= 1.7 * first.size) && cells[0].is_none() {
                // The cell above must have been full for its words to go on.
                let wide = |(from, to): (f32, f32)| to - from;
                let goes_on = cells.iter().zip(&row).zip(&spans).all(|((cell, above), &span)| {
                    cell.is_none() || above.is_some_and(|above| wide(above) >= wide(span) - 1.6 * first.size)
                });
                if !goes_on {
                    return None;
                }
                for (above, cell) in row.iter_mut().zip(cells) {
                    *above = cell;
                }
            } else {
                break;
            }
            found.lines = n + 1;
        }
        (full >= ROWS).then_some(found)
    }

    /// What of a line stands in each column; `None` if it is no line of the table.
    fn cells(&self, line: &Line) -> Option<Vec<Option<(f32, f32)>>> {
        let mut cells = vec![None; self.edges.len() - 1];
        for part in parts(line) {
            let column = self.edges.windows(2).position(|edge| edge[0] <= part.0 && part.1 <= edge[1])?;
            if cells[column].replace(part).is_some() {
                return None;
            }
        }
        Some(cells)
    }

    /// The table of these lines.
    fn table(self, lines: Vec<Line>) -> Table {
        let Self { edges, starts, .. } = self;
        let top = lines.first().map_or(0.0, |line| line.y - line.size);
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        for (n, mut line) in lines.into_iter().enumerate() {
            if starts.contains(&n) {
                let cell = |(column, edge): (usize, &[f32])| Cell {
                    column,
                    left: edge[0],
                    right: edge[1],
                    ..Cell::default()
                };
                rows.push(edges.windows(2).enumerate().map(cell).collect());
            }
            let Some(row) = rows.last_mut() else { continue };
            // From the right on, each cell is taken off.
            for cell in row.iter_mut().rev() {
                if cell.column == 0 || line.x0 >= cell.left {
                    cell.lines.push(line);
                    break;
                }
                // A blank may reach over several empty cells.
                if line.x1 > cell.left {
                    cell.lines.extend(line.part(cell.left));
                }
            }
        }
        Table { edges, rows, top }
    }
}

/// From where to where the words of each column stand, if there is a table at the head of these lines.
fn columns(lines: &[Line]) -> Option<Vec<(f32, f32)>> {
    let mut spans = parts(lines.first()?);
    let mut rows = 0;
    for line in lines {
        let own = parts(line);
        if own.len() != spans.len() {
            continue;
        }
        let both: Vec<(f32, f32)> =
            spans.iter().zip(&own).map(|(a, b)| (a.0.min(b.0), a.1.max(b.1))).collect();
        if both.windows(2).any(|pair| pair[0].1 >= pair[1].0) {
            break;
        }
        spans = both;
        rows += 1;
    }
    (spans.len() >= COLUMNS && rows >= ROWS).then_some(spans)
}
