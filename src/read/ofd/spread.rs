//! Texts of which only the box is known (平均分布的文字): some converters give all signs of an object the
//! box's width divided by their number, whatever the signs are, and one box to several objects that stand
//! side by side in it. Their places are laid out anew by how wide signs of their kind are.

use super::POINTS;
use crate::read::printed::{Glyph, Sheet, settle};

/// An object whose signs fill its box.
pub(super) struct Spread {
    /// Its left edge and its width, in millimetres, as all here.
    x: f32,
    wide: f32,
    /// Its baseline.
    y: f32,
    signs: Vec<(char, f32)>,
}

/// The width of a sign, in heights.
pub(super) const fn usual(sign: char) -> f32 {
    if (sign as u32) < 0x2000 { 0.5 } else { 1.0 }
}

impl Spread {
    /// The object, if its steps are all the same and fill its box.
    pub(super) fn of(
        (x, y): (f32, f32),
        wide: f32,
        size: f32,
        signs: &[char],
        steps: &[f32],
    ) -> Option<Self> {
        #[expect(clippy::cast_precision_loss, reason = "the signs of a line")]
        let count = signs.len() as f32;
        let fills = match steps {
            _ if size <= 0.0 || wide <= 0.0 || signs.is_empty() => false,
            [] => signs.len() == 1 && (0.4 * size..1.2 * size).contains(&wide),
            [first, rest @ ..] => {
                steps.len() + 1 == signs.len()
                    && (first * count - wide).abs() < 0.005 * wide
                    && rest.iter().all(|step| (step - first).abs() < 0.001 * first.abs())
            }
        };
        let signs = || signs.iter().map(|&sign| (sign, size)).collect();
        fills.then(|| Self { x, wide, y, signs: signs() })
    }

    /// Whether another stands in the same box.
    fn shares(&self, other: &Self) -> bool {
        let near = |a: f32, b: f32| (a - b).abs() < 0.01;
        near(self.x, other.x) && near(self.wide, other.wide) && near(self.y, other.y)
    }

    /// Where another stands within the box of this one: from and to.
    fn hole(&self, other: &Self) -> Option<(f32, f32)> {
        let size = self.signs.first()?.1;
        let inside = other.x > self.x + 0.2 * size && other.x + other.wide <= self.x + self.wide + 0.2 * size;
        ((self.y - other.y).abs() < 0.3 * size && inside).then_some((other.x, other.x + other.wide))
    }
}

/// Whether a blank between these signs is the room that a program leaves between a figure and a character,
/// and none of the text.
fn is_room([before, after]: [char; 2]) -> bool {
    let (narrow, wide) = (|c: char| c.is_ascii_graphic(), |c: char| c >= '\u{2E80}');
    narrow(before) && wide(after) || wide(before) && narrow(after)
}

/// Objects of a line that are looked at to either side: those that share a box stand near each other.
const NEAR: usize = 40;

/// Puts the signs of these objects on the page.
pub(super) fn lay(spreads: Vec<Spread>, sheet: &mut Sheet) {
    let mut boxes: Vec<Spread> = Vec::new();
    for spread in spreads {
        match boxes.last_mut() {
            Some(last) if last.shares(&spread) => last.signs.extend(spread.signs),
            _ => boxes.push(spread),
        }
    }
    for (n, own) in boxes.iter().enumerate() {
        let around = &boxes[n.saturating_sub(NEAR)..boxes.len().min(n + NEAR)];
        let mut holes: Vec<(f32, f32)> = around.iter().filter_map(|other| own.hole(other)).collect();
        holes.sort_by(|a, b| a.0.total_cmp(&b.0));
        let taken: f32 = holes.iter().map(|(from, to)| to - from).sum();
        let needed: f32 = own.signs.iter().map(|&(sign, size)| usual(sign) * size).sum();
        let scale = (own.wide - taken).max(0.3 * needed) / needed;
        let mut holes = holes.into_iter().peekable();
        let mut x = own.x;
        for (n, &(sign, size)) in own.signs.iter().enumerate() {
            let width = usual(sign) * size * scale;
            while let Some((_, to)) = holes.next_if(|&(from, _)| from < x + 0.5 * width) {
                x = x.max(to);
            }
            let beside = [n.checked_sub(1), Some(n + 1)].map(|n| n.and_then(|n| own.signs.get(n)));
            if sign == ' ' && is_room(beside.map(|s| s.map_or(' ', |s| s.0))) {
                x += width;
                continue;
            }
            sheet.glyphs.push(Glyph {
                sign: settle(sign),
                x: x * POINTS,
                y: own.y * POINTS,
                width: width * POINTS,
                size: size * POINTS,
                turn: 0,
            });
            x += width;
        }
    }
}
