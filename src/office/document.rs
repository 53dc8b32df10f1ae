//! The main part of a .docx: found, opened, and refused where a change of it would not be safe.

use super::make::Make;
use super::package::{Package, Part};
use crate::base::{Problem, Result, Text};

/// Opens a .docx: its container, the name of its main part, and that part.
///
/// # Errors
/// If the bytes are no .docx: with what they seem to be instead.
pub(crate) fn open(bytes: &[u8]) -> Result<(Package<'_>, String, Part)> {
    let opened = Package::open(bytes).and_then(|mut package| {
        let main = package.main_part()?;
        let part = package.part(&main)?;
        Some((package, main, part))
    });
    opened.ok_or_else(|| Make::of(bytes).refusal().into())
}

/// Opens a .docx that is to be changed: like [`open`], but only if it could be read whole.
pub(crate) fn open_whole(bytes: &[u8]) -> Result<(Package<'_>, String, Part)> {
    let (package, main, part) = open(bytes)?;
    match part.problem {
        // What was lost in reading would be lost for good in writing.
        Some(problem) => Err(problem.into()),
        None => Ok((package, main, part)),
    }
}

/// Why a change was not made.
pub(crate) fn unsafe_change() -> Problem {
    Problem::new(Text::fixed(
        "文稿里有不常见的标记，改动它不能保证其他文字不变，所以没有改",
        "the document holds unusual markup; it was left alone, since a change might not keep the rest of the text",
    ))
    .help(Text::fixed(
        "用 Word 或 WPS 打开，另存为 .docx 再试",
        "open it in Word or WPS, save it as .docx and try again",
    ))
}
