//! Floor 3: bytes → manuscript. One file a format, one line in [`READERS`].
//!
//! A reader is chosen by what the file's bytes say it is, and by its name where they say nothing: a .doc
//! may be a .docx, RTF or text inside. It never refuses what it can half read:
//! what was left out or lost is told in the manuscript's notes.

mod doc;
mod docx;
mod md;
mod rows;
mod rtf;
mod stranger;
mod txt;
mod xlsx;

use crate::base::{ErrorKind, Problem, Result, Text};
use crate::model::Manuscript;
use crate::office::Make;
use crate::text;

/// Reads one format.
pub trait Reader: Sync {
    /// The format's name, as in help texts: `docx`.
    fn name(&self) -> &'static str;
    /// Whether a file of this name with these first bytes (64 or all) is for this reader.
    fn knows(&self, name: &str, head: &[u8]) -> bool;
    /// The makes of files that it reads whatever they are called, by the names of [`Make`].
    fn makes(&self) -> &'static [&'static str] {
        &[]
    }
    /// Reads a whole file. `name` is what the person called it, for places and messages.
    ///
    /// # Errors
    /// If nothing can be read: another format under this name, a damaged or encrypted container.
    fn read(&self, name: &str, bytes: &[u8]) -> Result<Manuscript>;
}

pub(crate) use crate::base::has_extension;
pub use stranger::stranger;

/// Extensions of the documents that can be read, as help texts and file choosers list them.
pub static LISTED: &[&str] =
    &["docx", "docm", "doc", "wps", "rtf", "xls", "et", "xlsx", "csv", "md", "markdown", "txt"];

/// Of those, what a folder of papers may hold for another purpose: facts, and reports of this program. They
/// are read where somebody names them, and not sought.
const NOT_SOUGHT: &[&str] = &["xlsx", "xlsm", "csv"];

/// The listed extensions in a sentence: `.docx、.doc`.
#[must_use]
pub fn listed() -> Text {
    let dotted: Vec<String> = LISTED.iter().map(|extension| format!(".{extension}")).collect();
    Text::new(dotted.join("、"), dotted.join(", "))
}

/// Whether a file of this name, met in a folder, is a document, be it one that no reader can read.
#[must_use]
pub fn is_document(name: &str) -> bool {
    let known = READERS.iter().any(|r| r.knows(name, &[])) || stranger(name).is_some();
    known && !has_extension(name, NOT_SOUGHT)
}

/// All readers, the more particular first.
pub static READERS: &[&dyn Reader] = &[&docx::Docx, &doc::Doc, &rtf::Rtf, &xlsx::Xlsx, &md::Md, &txt::Txt];

/// Reads a document of any known format.
///
/// # Errors
/// If no reader knows it, or the one that does cannot read it.
pub fn read(name: &str, bytes: &[u8]) -> Result<Manuscript> {
    let head = &bytes[..bytes.len().min(64)];
    let make = Make::of(bytes).name;
    if let Some(reader) = READERS.iter().find(|r| r.makes().contains(&make)) {
        return reader.read(name, bytes);
    }
    let reader = READERS.iter().find(|r| r.knows(name, head));
    // What was renamed to .docx is told apart by its reader.
    let stranger = stranger(name).or_else(|| stranger::by_bytes(head));
    match (reader, stranger) {
        (Some(reader), problem) if problem.is_none() || reader.name() == "docx" => reader.read(name, bytes),
        (_, Some(problem)) => Err(problem.into()),
        (_, None) => {
            let Text { zh, en } = listed();
            Err(Problem::new(Text::fixed("不认识这种文件", "a file of no known format"))
                .help(text!("能读的格式：{zh}", "formats that can be read: {en}"))
                .kind(ErrorKind::Format)
                .into())
        }
    }
}

#[cfg(test)]
mod tests {
    /// Whoever adds a reader adds its extensions to the list that people see.
    #[test]
    fn what_is_listed_is_read_and_every_reader_is_listed() {
        use super::{LISTED, READERS};
        for extension in LISTED {
            let name = format!("a.{extension}");
            assert!(READERS.iter().any(|r| r.knows(&name, &[])), "{extension} has no reader");
        }
        for reader in READERS {
            let listed = LISTED.iter().any(|extension| reader.knows(&format!("a.{extension}"), &[]));
            assert!(listed, "{} is not listed", reader.name());
        }
    }

    #[test]
    fn read_does_as_its_example_says() {
        let m = crate::read::read("讲话稿.txt", "同志们：\n今天开会。\n".as_bytes()).unwrap();
        assert_eq!(m.blocks().len(), 2);
    }
}
