//! Ruled tables (有框线的表格): which signs stand in which cell.
//!
//! Strokes that touch each other are one frame. Where it has two rooms or more, it is a table; a frame
//! of one room is a box round a text, and lines without uprights are rules and underlines. Two rooms
//! without a stroke between them are one cell.

use super::lines::lines;
use super::{Cell, Glyph, Stroke, Table};

/// Strokes of a page that are looked at; a drawing of more is no table.
const MOST: usize = 4_000;
/// Edges that a table has at most, either way.
const EDGES: usize = 400;
/// How far apart two edges are that are one, or two strokes that touch.
const NEAR: f32 = 2.5;

/// The tables of a page from top to bottom, and the signs that stand in none.
pub(super) fn tables(strokes: &[Stroke], glyphs: Vec<Glyph>) -> (Vec<Table>, Vec<Glyph>) {
    if strokes.len() > MOST {
        return (Vec::new(), glyphs);
    }
    let straight: Vec<Straight> = strokes.iter().filter_map(Straight::of).collect();
    let mut frames: Vec<Frame> = frames(&straight).into_iter().filter_map(|f| Frame::of(&f)).collect();
    frames.sort_by(|a, b| a.ys[0].total_cmp(&b.ys[0]));
    let mut inside: Vec<Vec<(usize, Glyph)>> = frames.iter().map(|_| Vec::new()).collect();
    let mut rest = Vec::new();
    for glyph in glyphs {
        let (x, y) = (glyph.x + glyph.width / 2.0, glyph.y - 0.35 * glyph.size);
        // Of frames within each other the innermost is meant.
        let mut at: Option<(usize, usize)> = None;
        for (n, frame) in frames.iter().enumerate() {
            if let Some(room) = frame.room(x, y)
                && at.is_none_or(|(before, _)| frames[before].area() > frame.area())
            {
                at = Some((n, room));
            }
        }
        match at {
            Some((frame, room)) => inside[frame].push((room, glyph)),
            None => rest.push(glyph),
        }
    }
    let tables = frames.iter().zip(inside).map(|(frame, glyphs)| frame.table(glyphs)).collect();
    (tables, rest)
}

/// A stroke that is level or upright.
#[derive(Debug, Clone, Copy)]
struct Straight {
    upright: bool,
    /// Where it is: the height of a level one.
    at: f32,
    from: f32,
    to: f32,
}

impl Straight {
    fn of(stroke: &Stroke) -> Option<Self> {
        let Stroke { x0, y0, x1, y1 } = *stroke;
        if ![x0, y0, x1, y1].iter().all(|n| n.is_finite()) {
            return None;
        }
        let (wide, high) = ((x1 - x0).abs(), (y1 - y0).abs());
        if high <= NEAR && wide > NEAR {
            Some(Self { upright: false, at: f32::midpoint(y0, y1), from: x0.min(x1), to: x0.max(x1) })
        } else if wide <= NEAR && high > NEAR {
            Some(Self { upright: true, at: f32::midpoint(x0, x1), from: y0.min(y1), to: y0.max(y1) })
        } else {
            None
        }
    }

    fn touches(self, other: Self) -> bool {
        let within = |n: f32, line: Self| n >= line.from - NEAR && n <= line.to + NEAR;
        if self.upright == other.upright {
            (self.at - other.at).abs() <= NEAR && self.from <= other.to + NEAR && other.from <= self.to + NEAR
        } else {
            within(self.at, other) && within(other.at, self)
        }
    }
}

/// Strokes that touch each other, by groups. Strokes are looked at by the places where they begin, so
/// that those far apart are never compared.
fn frames(strokes: &[Straight]) -> Vec<Vec<Straight>> {
    let mut group: Vec<usize> = (0..strokes.len()).collect();
    fn root(group: &mut [usize], mut n: usize) -> usize {
        while group[n] != n {
            group[n] = group[group[n]];
            n = group[n];
        }
        n
    }
    let top = |s: &Straight| if s.upright { (s.from, s.to) } else { (s.at, s.at) };
    let mut order: Vec<usize> = (0..strokes.len()).collect();
    order.sort_by(|&a, &b| top(&strokes[a]).0.total_cmp(&top(&strokes[b]).0));
    for (n, &a) in order.iter().enumerate() {
        for &b in &order[n + 1..] {
            if top(&strokes[b]).0 > top(&strokes[a]).1 + NEAR {
                break;
            }
            if strokes[a].touches(strokes[b]) {
                let (a, b) = (root(&mut group, a), root(&mut group, b));
                group[a] = b;
            }
        }
    }
    let mut frames: Vec<Vec<Straight>> = strokes.iter().map(|_| Vec::new()).collect();
    for (n, stroke) in strokes.iter().enumerate() {
        frames[root(&mut group, n)].push(*stroke);
    }
    frames.retain(|f| f.len() > 3);
    frames
}

/// A frame with its rooms.
struct Frame {
    xs: Vec<f32>,
    ys: Vec<f32>,
    /// For each room, row by row, the first room of the cell that it belongs to.
    cell: Vec<usize>,
}

impl Frame {
    fn of(strokes: &[Straight]) -> Option<Self> {
        let edges = |upright: bool| {
            let mut at: Vec<f32> = strokes.iter().filter(|s| s.upright == upright).map(|s| s.at).collect();
            at.sort_by(f32::total_cmp);
            at.dedup_by(|b, a| *b - *a <= NEAR);
            at
        };
        let (xs, ys) = (edges(true), edges(false));
        if xs.len() < 2 || ys.len() < 2 || xs.len().max(ys.len()) > EDGES || xs.len() + ys.len() < 5 {
            return None;
        }
        let (columns, rows) = (xs.len() - 1, ys.len() - 1);
        // Which edges have a stroke along which rooms.
        let mut right = vec![false; columns * rows];
        let mut below = vec![false; columns * rows];
        let near = |edges: &[f32], at: f32| edges.iter().position(|e| (e - at).abs() <= 2.0 * NEAR);
        for stroke in strokes {
            let along = if stroke.upright { &ys } else { &xs };
            let Some(edge) = near(if stroke.upright { &xs } else { &ys }, stroke.at) else { continue };
            for (n, pair) in along.windows(2).enumerate() {
                let middle = f32::midpoint(pair[0], pair[1]);
                if edge == 0 || stroke.from > middle || stroke.to < middle {
                    continue;
                }
                if stroke.upright && edge <= columns {
                    right[n * columns + edge - 1] = true;
                } else if !stroke.upright && edge <= rows {
                    below[(edge - 1) * columns + n] = true;
                }
            }
        }
        let mut cell: Vec<usize> = (0..columns * rows).collect();
        for room in 0..columns * rows {
            let column = room % columns;
            if column > 0 && !right[room - 1] {
                cell[room] = cell[room - 1];
            } else if room >= columns && !below[room - columns] {
                cell[room] = cell[room - columns];
            }
        }
        let cells = cell.iter().enumerate().filter(|&(n, &first)| n == first).count();
        (cells > 1).then_some(Self { xs, ys, cell })
    }

    fn area(&self) -> f32 {
        (self.xs[self.xs.len() - 1] - self.xs[0]) * (self.ys[self.ys.len() - 1] - self.ys[0])
    }

    /// The room in which a point lies.
    fn room(&self, x: f32, y: f32) -> Option<usize> {
        let column = self.xs.partition_point(|&e| e <= x).checked_sub(1)?;
        let row = self.ys.partition_point(|&e| e <= y).checked_sub(1)?;
        let columns = self.xs.len() - 1;
        (column < columns && row < self.ys.len() - 1).then_some(row * columns + column)
    }

    /// The table with these signs, each with its room.
    fn table(&self, glyphs: Vec<(usize, Glyph)>) -> Table {
        let columns = self.xs.len() - 1;
        let mut inside: Vec<Vec<Glyph>> = self.cell.iter().map(|_| Vec::new()).collect();
        for (room, glyph) in glyphs {
            inside[self.cell[room]].push(glyph);
        }
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        for row in 0..self.ys.len() - 1 {
            let mut cells: Vec<Cell> = Vec::new();
            for column in 0..columns {
                let room = row * columns + column;
                let first = self.cell[room];
                // What goes on from the left is of the cell there.
                if column > 0 && self.cell[room - 1] == first {
                    if let Some(cell) = cells.last_mut() {
                        cell.right = self.xs[column + 1];
                    }
                    continue;
                }
                let continues = first / columns < row;
                let lines = if continues { Vec::new() } else { lines(std::mem::take(&mut inside[first])) };
                let (left, right) = (self.xs[column], self.xs[column + 1]);
                cells.push(Cell { column, continues, left, right, lines });
            }
            rows.push(cells);
        }
        Table { edges: self.xs.clone(), rows, top: self.ys[0] }
    }
}
