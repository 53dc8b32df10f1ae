//! The main part of a .docx: found, opened, and refused where a change of it would not be safe.

use super::package::{Package, Part};
use crate::base::{Problem, Result, Text};

/// Opens a .docx: its container, the name of its main part, and that part.
///
/// # Errors
/// If the bytes are no .docx: with what they seem to be instead.
pub(crate) fn open(bytes: &[u8]) -> Result<(Package<'_>, String, Part)> {
    let mut package = Package::open(bytes)?;
    // Word sometimes names the main part document2.xml; the usual name is the last resort.
    let main = package.relationships("").into_iter().find(|r| r.kind == "officeDocument");
    let main = main.map(|r| r.target).filter(|name| package.has(name));
    let main = main.unwrap_or_else(|| "word/document.xml".to_owned());
    match package.part(&main).filter(|_| !is_other_office(&main)) {
        Some(part) => Ok((package, main, part)),
        None => Err(package.foreign().into()),
    }
}

/// Workbooks and presentations name their main part by the same relationship.
fn is_other_office(main: &str) -> bool {
    main.starts_with("xl/") || main.starts_with("ppt/")
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
