//! Changes to a document that somebody else made: its own bytes, with the safe changes of findings
//! put in and everything else as it was. One file a format, one line in [`FIXERS`].
//!
//! A writer makes a file anew from a manuscript; a fixer touches nothing but the ranges that it is
//! told. So a GBK file stays GBK, with its line ends and its byte-order mark, and a .docx will keep
//! its styles.

mod container;
mod lines;
mod text;

use std::ops::Range;

pub use container::{can_put, track};

use crate::base::{Problem, Result, Text};
use crate::model::{Finding, Manuscript};
use crate::office::{Container, make::is_packed};

/// A range of the manuscript's text that becomes another text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The bytes of the manuscript's text; empty to put something in.
    pub range: Range<usize>,
    /// What stands there afterwards; empty to delete.
    pub text: String,
}

/// Puts changes into files of one format.
pub trait Fixer: Sync {
    /// The file's bytes with `changes` put in; `None` if the file is for another fixer. `manuscript`
    /// was read from `bytes`; the changes are in order and do not overlap.
    ///
    /// # Errors
    /// If a change cannot be written in the format.
    fn fix(&self, bytes: &[u8], manuscript: &Manuscript, changes: &[Change]) -> Option<Result<Vec<u8>>>;
}

/// All fixers, the more particular first.
pub static FIXERS: &[&dyn Fixer] = &[&container::InContainer, &text::PlainText];

/// Puts changes into a file of any format that can be changed.
///
/// # Errors
/// If the file is for no fixer, or the one that it is for cannot put them in.
pub fn fix(bytes: &[u8], manuscript: &Manuscript, changes: &[Change]) -> Result<Vec<u8>> {
    FIXERS.iter().find_map(|fixer| fixer.fix(bytes, manuscript, changes)).unwrap_or_else(|| {
        Err(Problem::new(Text::fixed("这种文件不能自动修改", "files of this format cannot be fixed"))
            .help(Text::fixed(
                "按检查结果手工修改，或用 Word、WPS 另存为 .docx 再改",
                "make the changes by hand, or save it as .docx in Word or WPS and fix that",
            ))
            .into())
    })
}

/// Whether changes can be put into a file of this format at all.
#[must_use]
pub fn can_change(bytes: &[u8], manuscript: &Manuscript) -> bool {
    FIXERS.iter().any(|fixer| fixer.fix(bytes, manuscript, &[]).is_some())
}

/// Makes the changes of findings: as [`fix`], but a line or paragraph of which nothing is left goes as well.
///
/// # Errors
/// As [`fix`].
pub fn mend(bytes: &[u8], manuscript: &Manuscript, changes: &[Change]) -> Result<Vec<u8>> {
    let container = Container::of(bytes);
    if is_packed(bytes) || container.is_some() {
        let changed = fix(bytes, manuscript, changes)?;
        // A paragraph is emptied by a change that leaves nothing.
        if changes.iter().all(|change| !change.text.trim().is_empty()) {
            return Ok(changed);
        }
        return match container.and_then(|container| container.sweep) {
            Some(sweep) => sweep(bytes, changed),
            None => Ok(changed),
        };
    }
    fix(bytes, manuscript, &lines::with_line_ends(manuscript.text(), changes))
}

/// The changes that findings carry, in order and without overlaps: of two that meet, the one that
/// begins first counts, then the shorter one, then the one of the rule that comes first by name.
/// What would change nothing is left out.
#[must_use]
pub fn changes(text: &str, findings: &[Finding]) -> Vec<Change> {
    let mut all: Vec<_> = findings
        .iter()
        .filter_map(|f| Some((f.range.start, f.range.end, f.rule, f.fix.as_ref()?)))
        .filter(|(start, end, _, fix)| start < end && text.get(*start..*end).is_some_and(|t| t != fix.text))
        .collect();
    all.sort_by(|a, b| (a.0, a.1, a.2, &a.3.text).cmp(&(b.0, b.1, b.2, &b.3.text)));
    let mut chosen: Vec<Change> = Vec::new();
    for (start, end, _, fix) in all {
        if chosen.last().is_none_or(|c| c.range.end <= start) {
            chosen.push(Change { range: start..end, text: fix.text.clone() });
        }
    }
    chosen
}

/// A text with changes put in.
#[must_use]
pub fn apply(text: &str, changes: &[Change]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for change in changes {
        out.push_str(&text[from..change.range.start]);
        out.push_str(&change.text);
        from = change.range.end;
    }
    out.push_str(&text[from..]);
    out
}

#[cfg(test)]
mod tests;
