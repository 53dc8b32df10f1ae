//! Words that somebody marked by colour (突出显示、标红): mostly what is to be checked once more.
//!
//! Colour says no more than that, so this is a hint. A red head, a paragraph that is red from end to end and a
//! paper with red in many of its paragraphs are set so and not marked; what stands in tables is not looked at.

use std::ops::Range;

use super::{ABOUT, LONGEST_QUOTE, context};
use crate::base::Text;
use crate::model::layout::Face;
use crate::model::{BlockKind, Finding, Layout, Manuscript, Severity};
use crate::rules::excerpt;
use crate::text;

/// How words are marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// As with a pen (突出显示, 底纹).
    Pen,
    /// In red.
    Red,
}

/// What is marked in a document that has a look.
pub(super) fn find(manuscript: &Manuscript) -> Vec<Finding> {
    let Some(layout) = manuscript.layout() else { return Vec::new() };
    if !layout.faces.iter().any(|face| mark(face).is_some()) {
        return Vec::new();
    }
    let (mut found, mut paragraphs, mut with_red) = (Vec::new(), 0usize, 0usize);
    for look in &layout.paragraphs {
        let kind = manuscript.block(look.range.start).map(|block| block.kind);
        if !matches!(kind, Some(BlockKind::Body | BlockKind::Item | BlockKind::Heading(_))) || look.boxed {
            continue;
        }
        paragraphs += 1;
        let here = stretches(manuscript, layout, look);
        with_red += usize::from(here.iter().any(|(_, mark)| *mark == Mark::Red));
        found.extend(here);
    }
    // So many are set in red by somebody's taste.
    let by_taste = with_red * 3 > paragraphs;
    found.retain(|(_, mark)| *mark == Mark::Pen || !by_taste);
    found.into_iter().map(|(range, mark)| finding(manuscript, range, mark)).collect()
}

/// How letters of this look are marked.
fn mark(face: &Face) -> Option<Mark> {
    let red = |[red, green, blue]: [u8; 3]| red >= 0xC0 && green <= 0x40 && blue <= 0x40;
    if face.marked { Some(Mark::Pen) } else { face.colour.is_some_and(red).then_some(Mark::Red) }
}

/// The marked stretches of a paragraph; none in red where all of it is.
fn stretches(
    manuscript: &Manuscript,
    layout: &Layout,
    look: &crate::model::layout::Look,
) -> Vec<(Range<usize>, Mark)> {
    let text = manuscript.text();
    let (mut found, mut plain): (Vec<(Range<usize>, Mark)>, bool) = (Vec::new(), false);
    for (range, face) in layout.faces(look) {
        let says = text.get(range.clone()).is_some_and(|words| words.contains(char::is_alphanumeric));
        match (mark(face), found.last_mut()) {
            (Some(mark), Some((last, same))) if *same == mark && last.end == range.start => {
                last.end = range.end
            }
            (Some(mark), _) => found.push((range, mark)),
            (None, _) => plain |= says,
        }
    }
    let says =
        |range: &Range<usize>| text.get(range.clone()).is_some_and(|w| w.contains(char::is_alphanumeric));
    found.retain(|(range, mark)| says(range) && (*mark == Mark::Pen || plain));
    found
}

fn finding(manuscript: &Manuscript, range: Range<usize>, mark: Mark) -> Finding {
    let words = excerpt(&manuscript.text()[range.clone()], LONGEST_QUOTE);
    let context = context(manuscript.text(), &range);
    let message = match mark {
        Mark::Pen => text!(
            "“{words}”标了底色，像是还要再核：“{context}”",
            "“{words}” is highlighted, as if to be checked once more: “{context}”"
        ),
        Mark::Red => text!(
            "“{words}”标成红字，像是还要再核：“{context}”",
            "“{words}” is set in red, as if to be checked once more: “{context}”"
        ),
    };
    ABOUT.finding(range, message).severity(Severity::Info).help(Text::fixed(
        "核过的去掉颜色；没有核的核实后再定",
        "take the colour off what was checked; check the rest",
    ))
}
