//! Changes to documents of containers, such as a .docx: within paragraphs, formats and all other parts
//! as they were; see [`Container`].

use std::ops::Range;

use super::{Change, Fixer};
use crate::base::han::Date;
use crate::base::{Problem, Result, Text};
use crate::model::Manuscript;
use crate::office::Container;

/// The fixer of whatever container can be changed.
pub struct InContainer;

impl Fixer for InContainer {
    fn fix(&self, bytes: &[u8], manuscript: &Manuscript, changes: &[Change]) -> Option<Result<Vec<u8>>> {
        let change = Container::of(bytes)?.change?;
        Some(edits(manuscript, changes).and_then(|edits| change(bytes, &edits)))
    }
}

/// Whether a change leaves alone what a word processor makes of the text.
#[must_use]
pub fn can_put(manuscript: &Manuscript, change: &Change) -> bool {
    edit(manuscript, change).is_some()
}

/// A change in the text as the file says it; `None` where it would change what a word processor makes.
fn edit(manuscript: &Manuscript, change: &Change) -> Option<(Range<usize>, String)> {
    let (mut range, mut text) = (change.range.clone(), change.text.as_str());
    if manuscript.is_made(&range) {
        // The words of a paragraph with its number may be given anew with the number as it is.
        let made = manuscript.made().iter().find(|made| made.contains(&range.start))?;
        let end = made.end.min(range.end);
        text = text.strip_prefix(manuscript.text().get(range.start..end)?)?;
        range.start = end;
    }
    (!manuscript.is_made(&range)).then(|| (manuscript.in_file(&range), text.to_owned()))
}

fn edits(manuscript: &Manuscript, changes: &[Change]) -> Result<Vec<(Range<usize>, String)>> {
    let all: Option<Vec<_>> = changes.iter().map(|change| edit(manuscript, change)).collect();
    all.ok_or_else(|| {
        Problem::new(Text::fixed(
            "要改的是自动编号，编号不在文字里，不能这样改",
            "an automatic number would have to change, and the file does not hold it as text",
        ))
        .help(Text::fixed("在 Word 或 WPS 里调整编号", "adjust the numbering in Word or WPS"))
        .into()
    })
}

/// Puts changes into a container as tracked changes (修订), made on this day: whoever gets the file sees what
/// moved, and accepts or rejects it. The changes are in order and do not overlap.
///
/// # Errors
/// If files of this format hold no tracked changes, or one cannot be made.
pub fn track(
    bytes: &[u8],
    manuscript: &Manuscript,
    changes: &[Change],
    date: Option<Date>,
) -> Result<Vec<u8>> {
    let Some(track) = Container::of(bytes).and_then(|container| container.track) else {
        return Err(Problem::new(Text::fixed(
            "只有 .docx、.odt 能标修订，这份文稿不是",
            "only a .docx or an .odt holds tracked changes, and this is neither",
        ))
        .help(Text::fixed(
            "用 Word 或 WPS 把它另存为 .docx 再来，或者不标修订",
            "save it as .docx in Word or WPS first, or do without tracked changes",
        ))
        .into());
    };
    track(bytes, &edits(manuscript, changes)?, date)
}
