//! Two columns of a page (分栏), as gazettes have them.

use super::{Line, Room};

/// Heights of signs that a column is narrower than nowhere.
const NARROWEST: f32 = 9.0;
/// Lines that a page of columns has at least.
const FEWEST: usize = 8;

/// The lines of a page in the order in which they are read.
///
/// There are two columns only where a strip in the middle stays free of signs, most lines reach the
/// strip on its left, and most begin beside it on its right: a list of names in two rows does neither.
pub(super) fn part(lines: Vec<Line>, width: f32) -> Vec<Line> {
    match strip(&lines, width) {
        Some(strip) => read(lines, strip),
        None => lines,
    }
}

/// The middle of the free strip, if there are two columns.
fn strip(lines: &[Line], width: f32) -> Option<f32> {
    if lines.len() < FEWEST {
        return None;
    }
    let middle = 0.4 * width..0.6 * width;
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for line in lines {
        let room = line.rooms.iter().find(|r| middle.contains(&f32::midpoint(r.from, r.to)));
        match room {
            Some(room) => {
                left.push((line.x0, room.from));
                right.push((room.to, line.x1));
            }
            None if line.x1 < middle.end => left.push((line.x0, line.x1)),
            None if line.x0 > middle.start => right.push((line.x0, line.x1)),
            None => {}
        }
    }
    if left.len() < FEWEST / 2 || right.len() < FEWEST / 2 {
        return None;
    }
    let edge = left.iter().map(|l| l.1).fold(0.0, f32::max);
    let begin = right.iter().map(|l| l.0).fold(f32::MAX, f32::min);
    let size = lines[lines.len() / 2].size;
    let wide = |l: &(f32, f32)| l.1 - l.0 > NARROWEST * size;
    let full = left.iter().filter(|l| edge - l.1 < 2.5 * size && wide(l)).count();
    let flush = right.iter().filter(|l| l.0 - begin < 2.5 * size && wide(l)).count();
    let crossing =
        lines.iter().filter(|l| l.x0 < begin && l.x1 > edge && l.room(begin, edge).is_none()).count();
    let few = crossing * 10 <= lines.len() * 3;
    let both = full * 10 >= left.len() * 6 && flush * 10 >= right.len() * 6;
    (few && both && begin > edge).then_some(f32::midpoint(edge, begin))
}

/// Between two lines that go through, the left ones come before the right ones.
fn read(lines: Vec<Line>, strip: f32) -> Vec<Line> {
    let (mut out, mut right) = (Vec::with_capacity(lines.len()), Vec::new());
    for mut line in lines {
        if let Some(rest) = line.part(strip) {
            line.column = (0, 2);
            out.push(line);
            right.push(Line { column: (1, 2), ..rest });
        } else if line.x1 <= strip {
            out.push(Line { column: (0, 2), ..line });
        } else if line.x0 >= strip {
            right.push(Line { column: (1, 2), ..line });
        } else {
            out.append(&mut right);
            out.push(line);
        }
    }
    out.append(&mut right);
    out
}

impl Line {
    /// The wide blank between these edges.
    fn room(&self, from: f32, to: f32) -> Option<Room> {
        self.rooms.iter().copied().find(|r| r.from <= from.max(to) && r.to >= to.min(from))
    }

    /// Takes off what stands beyond the strip, if a wide blank lies there.
    pub(super) fn part(&mut self, strip: f32) -> Option<Self> {
        let room = self.room(strip, strip)?;
        let text = self.text.split_off(room.at);
        let rest = Self { text, x0: room.to, rooms: Vec::new(), head: self.size, ..self.clone() };
        let left = self.text.trim_end().len();
        self.text.truncate(left);
        self.x1 = room.from;
        Some(rest)
    }
}
