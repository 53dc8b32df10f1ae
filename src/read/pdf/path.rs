//! Lines that a page draws: those along which a table is ruled.

use super::matrix::Matrix;
use crate::read::printed::Stroke;

/// How thick a filled box is at most to be a line.
const THICK: f32 = 2.5;
/// Points of a path that are kept; a drawing has more.
const MOST: usize = 2_000;
/// Strokes of a page that are kept.
const STROKES: usize = 20_000;

/// A path that is being laid.
#[derive(Default)]
pub struct Path {
    /// Its lines, point by point; curves leave a line of their own that is none.
    lines: Vec<Vec<(f32, f32)>>,
    points: usize,
    curved: bool,
}

impl Path {
    pub fn begin(&mut self, at: (f32, f32)) {
        if self.points < MOST {
            self.points += 1;
            self.lines.push(vec![at]);
        }
    }

    pub fn line(&mut self, to: (f32, f32)) {
        if self.points < MOST {
            self.points += 1;
            match self.lines.last_mut() {
                Some(line) => line.push(to),
                None => self.lines.push(vec![to]),
            }
        }
    }

    pub fn curve(&mut self, to: (f32, f32)) {
        self.curved = true;
        self.line(to);
    }

    pub fn close(&mut self) {
        if let Some(line) = self.lines.last_mut()
            && let Some(&first) = line.first()
        {
            line.push(first);
        }
    }

    pub fn rectangle(&mut self, matrix: Matrix, [x, y, wide, high]: [f32; 4]) {
        self.begin(matrix.point(x, y));
        for (x, y) in [(x + wide, y), (x + wide, y + high), (x, y + high), (x, y)] {
            self.line(matrix.point(x, y));
        }
    }

    /// Draws its lines.
    pub fn stroke(&mut self, strokes: &mut Vec<Stroke>) {
        if !self.curved {
            for line in &self.lines {
                for pair in line.windows(2).take(STROKES.saturating_sub(strokes.len())) {
                    let [(x0, y0), (x1, y1)] = [pair[0], pair[1]];
                    strokes.push(Stroke { x0, y0, x1, y1 });
                }
            }
        }
        self.forget();
    }

    /// Fills it; a thin box is a line.
    pub fn fill(&mut self, strokes: &mut Vec<Stroke>) {
        let room = if self.curved { 0 } else { STROKES.saturating_sub(strokes.len()) };
        for line in self.lines.iter().take(room) {
            let side = |of: fn(&(f32, f32)) -> f32| {
                let (least, most) =
                    line.iter().map(of).fold((f32::MAX, f32::MIN), |(a, b), n| (a.min(n), b.max(n)));
                (least, most)
            };
            let ((x0, x1), (y0, y1)) = (side(|p| p.0), side(|p| p.1));
            if line.len() > 2 && (x1 - x0 <= THICK || y1 - y0 <= THICK) {
                let level = y1 - y0 <= x1 - x0;
                let middle = (f32::midpoint(x0, x1), f32::midpoint(y0, y1));
                strokes.push(if level {
                    Stroke { x0, x1, y0: middle.1, y1: middle.1 }
                } else {
                    Stroke { x0: middle.0, x1: middle.0, y0, y1 }
                });
            }
        }
        self.forget();
    }

    pub fn forget(&mut self) {
        *self = Self::default();
    }
}
