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
    fn fix(&self, bytes: &[u8], _: &Manuscript, changes: &[Change]) -> Option<Result<Vec<u8>>> {
        let change = Container::of(bytes)?.change?;
        Some(change(bytes, &edits(changes)))
    }
}

fn edits(changes: &[Change]) -> Vec<(Range<usize>, String)> {
    changes.iter().map(|c| (c.range.clone(), c.text.clone())).collect()
}

/// Puts changes into a container as tracked changes (修订), made on this day: whoever gets the file sees what
/// moved, and accepts or rejects it. The changes are in order and do not overlap.
///
/// # Errors
/// If files of this format hold no tracked changes, or one cannot be made.
pub fn track(bytes: &[u8], changes: &[Change], date: Option<Date>) -> Result<Vec<u8>> {
    let Some(track) = Container::of(bytes).and_then(|container| container.track) else {
        return Err(Problem::new(Text::fixed(
            "只有 .docx 能标修订，这份文稿不是",
            "only a .docx holds tracked changes, and this is none",
        ))
        .help(Text::fixed(
            "用 Word 或 WPS 把它另存为 .docx 再来，或者不标修订",
            "save it as .docx in Word or WPS first, or do without tracked changes",
        ))
        .into());
    };
    track(bytes, &edits(changes), date)
}
