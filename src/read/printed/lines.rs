//! Signs → lines.

use super::signs::{is_blank, is_mark, is_narrow};
use super::{Glyph, Line, Room};

/// Room that may part two columns, in heights of a sign.
const WIDE: f32 = 1.2;

/// The lines of signs that stand upright, from top to bottom.
///
/// Signs are of one line where half the height of the smaller is level with it, so that a raised
/// number of a footnote stays in its line.
pub(super) fn lines(mut glyphs: Vec<Glyph>) -> Vec<Line> {
    glyphs.retain(|g| {
        g.size > 0.0 && !is_mark(g.sign) && [g.x, g.y, g.width, g.size].iter().all(|n| n.is_finite())
    });
    glyphs.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut lines: Vec<Line> = Vec::new();
    let mut open: Vec<Glyph> = Vec::new();
    let (mut top, mut bottom) = (0.0f32, 0.0f32);
    for glyph in glyphs {
        let (head, foot) = (glyph.y - 0.85 * glyph.size, glyph.y + 0.15 * glyph.size);
        let shared = foot.min(bottom) - head.max(top);
        if open.is_empty() || shared < 0.5 * (foot - head).min(bottom - top) {
            lines.extend(line(&mut open));
            (top, bottom) = (head, foot);
        } else {
            // A large sign may reach into the line above; the line is not to grow by it.
            (top, bottom) = (top.min(head), bottom.max(foot));
        }
        open.push(glyph);
    }
    lines.extend(line(&mut open));
    lines
}

/// The line of these signs, which are taken; `None` if it says nothing.
fn line(glyphs: &mut Vec<Glyph>) -> Option<Line> {
    let mut glyphs = std::mem::take(glyphs);
    glyphs.sort_by(|a, b| a.x.total_cmp(&b.x));
    let size = height(&glyphs);
    let mut line = Line { size, column: (0, 1), ..Line::default() };
    let mut last: Option<Glyph> = None;
    let (mut blanks, mut head) = (String::new(), true);
    for glyph in glyphs {
        if is_blank(glyph.sign) {
            blanks.push(if glyph.sign == '\u{3000}' { glyph.sign } else { ' ' });
            head &= last.is_none();
            continue;
        }
        if let Some(before) = last {
            // A sign drawn twice is a heavy one.
            if before.sign == glyph.sign && (glyph.x - before.x).abs() < 0.2 * glyph.size {
                continue;
            }
            let room = glyph.x - (before.x + before.width);
            between(&mut line.text, &blanks, room / glyph.size.max(before.size), before.sign, glyph.sign);
            if room > WIDE * size {
                let (at, from) = (line.text.len(), before.x + before.width);
                line.rooms.push(Room { at, from, to: glyph.x });
            }
        } else {
            line.x0 = glyph.x;
        }
        blanks.clear();
        head &= last.is_none_or(|before| is_glued(before.sign, glyph.sign));
        match glyph.sign {
            // Some fonts have one shape for a Chinese dash (破折号).
            '\u{2E3A}' => line.text.push_str("——"),
            sign => line.text.push(sign),
        }
        line.x1 = line.x1.max(glyph.x + glyph.width);
        if head || last.is_none() {
            line.head = line.x1 - line.x0;
        }
        if (glyph.size - size).abs() < 0.1 * size || line.y == 0.0 {
            line.y = glyph.y;
        }
        last = Some(glyph);
    }
    line.blank = !blanks.is_empty();
    (!line.text.is_empty()).then_some(line)
}

/// What stands between two signs: blanks of the text's own, or those that the room between them shows.
fn between(text: &mut String, blanks: &str, room: f32, before: char, after: char) {
    /// Room that a justified line gives at most, in heights.
    const STRETCHED: f32 = 0.9;
    /// Room between two Latin words at least.
    const WORD: f32 = 0.17;
    if !blanks.is_empty() {
        text.push_str(blanks);
    } else if room > STRETCHED {
        text.push('\u{3000}');
    } else if room > WORD
        && is_narrow(before)
        && is_narrow(after)
        && !(before.is_ascii_punctuation() && after.is_ascii_digit())
    {
        text.push(' ');
    }
}

/// Whether a sign does not begin a line.
pub(super) const fn closes(sign: char) -> bool {
    matches!(
        sign,
        '，' | '。'
            | '、'
            | '；'
            | '：'
            | '？'
            | '！'
            | '）'
            | '》'
            | '〉'
            | '」'
            | '』'
            | '】'
            | '〕'
            | '”'
            | '’'
            | '%'
            | '％'
            | '…'
            | '—'
    )
}

/// Whether no line ends between two signs: within a word or a figure, after what opens, before what
/// closes, beside quotation marks (UAX 14).
fn is_glued(before: char, after: char) -> bool {
    let opens = matches!(before, '（' | '(' | '《' | '〈' | '「' | '『' | '【' | '〔' | '[' | '￥');
    let quotes = |sign: char| matches!(sign, '“' | '”' | '‘' | '’' | '"');
    opens || closes(after) || quotes(before) || quotes(after) || is_narrow(before) && is_narrow(after)
}

/// The height that most signs of a line have.
fn height(glyphs: &[Glyph]) -> f32 {
    let mut sizes: Vec<f32> = glyphs.iter().filter(|g| !is_blank(g.sign)).map(|g| g.size).collect();
    sizes.sort_by(f32::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or(0.0)
}
