//! Above the model and below the readers: what a .docx is made of: container, text with positions, comments, edits.
//!
//! Reading a .docx, commenting on it and correcting it need one and the same look at the XML: the
//! rule that flags a word, the comment that hangs on it and the fix that replaces it must mean the
//! same bytes. So `package` opens the container, `body` walks the text and keeps where each
//! character stands, and [`comment`] and [`edit`] change the XML by ranges of bytes. What they do
//! not mean to change stays as it was, byte for byte: nothing is parsed into a model and written
//! out again, since no model holds all that Word and WPS put into their files.
//!
//! Before a changed document is handed out its text is read once more and compared; a document
//! with unforeseen markup is refused rather than handed back damaged.

pub(crate) mod body;
pub mod comment;
pub mod edit;
pub(crate) mod package;
mod shelter;
mod splice;
#[cfg(test)]
pub(crate) mod tests;

use quick_xml::events::BytesStart;

use self::package::{Package, Part};
use crate::base::{Problem, Result, Text};

pub use comment::{Comment, annotate};
pub use edit::apply;

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

/// The value of an attribute, by its local name.
pub(crate) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let found = attributes.with_checks(false).flatten().find(|a| a.key.local_name().as_ref() == name)?;
    Some(
        quick_xml::escape::unescape(&found.value)
            .map_or_else(|_| found.value.to_string(), |v| v.into_owned()),
    )
}

/// The value of a yes-or-no property: being there means yes, unless it says no.
pub(crate) fn is_on(value: Option<&str>) -> bool {
    !matches!(value, Some("0" | "false" | "off"))
}

/// Opens a .docx that is to be changed: like [`open`], but only if it could be read whole.
fn open_whole(bytes: &[u8]) -> Result<(Package<'_>, String, Part)> {
    let (package, main, part) = open(bytes)?;
    match part.problem {
        // What was lost in reading would be lost for good in writing.
        Some(problem) => Err(problem.into()),
        None => Ok((package, main, part)),
    }
}

/// Why a change was not made.
fn unsafe_change() -> Problem {
    Problem::new(Text::fixed(
        "文稿里有不常见的标记，改动它不能保证其他文字不变，所以没有改",
        "the document holds unusual markup; it was left alone, since a change might not keep the rest of the text",
    ))
    .help(Text::fixed(
        "用 Word 或 WPS 打开，另存为 .docx 再试",
        "open it in Word or WPS, save it as .docx and try again",
    ))
}
