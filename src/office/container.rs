//! What can be done to a document in its own file, by the make of the file.
//!
//! Reports, fixes and updates ask here and nowhere else. A document of a make without a row is
//! neither commented nor changed in place: a report lays its text out as a .docx of its own.

use std::ops::Range;

use super::comment::{Comment, annotate_read};
use super::edit::{apply, between, track};
use super::make::Make;
use super::odf;
use super::sweep::sweep;
use crate::base::{Result, han::Date};
use crate::model::Manuscript;

/// A make of documents that hold their text in paragraphs with formats.
#[derive(Debug)]
#[non_exhaustive]
pub struct Container {
    /// The name of its [`Make`].
    pub make: &'static str,
    /// The extensions (lower case, without the dot) of its files, the usual one first.
    pub extensions: &'static [&'static str],
    /// Puts comments on the words that they are about; see [`annotate_read`].
    pub comment: Option<PutComments>,
    /// Changes words within paragraphs; see [`apply`].
    pub change: Option<ChangeWords>,
    /// The same as tracked changes; see [`track`].
    pub track: Option<TrackWords>,
    /// Marks what changed from an older text; see [`between`].
    pub compare: Option<Compare>,
    /// Takes away paragraphs of which changes left nothing; see [`sweep`].
    pub sweep: Option<Sweep>,
}

/// The file's bytes, what was read of it, the comments and their date → the file with the comments.
pub type PutComments = fn(&[u8], &Manuscript, &[Comment], Option<Date>) -> Result<Vec<u8>>;
/// The file's bytes and ranges of its text with their new words → the file with these.
pub type ChangeWords = fn(&[u8], &[(Range<usize>, String)]) -> Result<Vec<u8>>;
/// The file's bytes, ranges of its text with their new words, the day of the changes → the file with these tracked.
pub type TrackWords = fn(&[u8], &[(Range<usize>, String)], Option<Date>) -> Result<Vec<u8>>;
/// The file's bytes, the paragraphs of an older version, the day → the file with what changed tracked.
pub type Compare = fn(&[u8], &[String], Option<Date>) -> Result<Vec<u8>>;

/// The file's bytes before and after its words were changed → the latter without emptied paragraphs.
pub type Sweep = fn(&[u8], Vec<u8>) -> Result<Vec<u8>>;

/// All containers.
pub static CONTAINERS: &[Container] = &[
    Container {
        make: "docx",
        extensions: &["docx", "docm", "dotx", "dotm"],
        comment: Some(annotate_read),
        change: Some(apply),
        track: Some(track),
        compare: Some(between),
        sweep: Some(sweep),
    },
    in_odf("odt", &["odt", "ott"]),
    in_odf("fodt", &["fodt"]),
];

/// What can be done to an .odt, be it a zip or one file of XML.
const fn in_odf(make: &'static str, extensions: &'static [&'static str]) -> Container {
    Container {
        make,
        extensions,
        comment: Some(odf::annotate),
        change: Some(odf::apply),
        track: Some(odf::track),
        compare: None,
        sweep: None,
    }
}

impl Container {
    /// That of a whole file, whatever the file is called; `None` for text and for what nothing can be
    /// done to.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<&'static Self> {
        let make = Make::of(bytes);
        CONTAINERS.iter().find(|container| container.make == make.name)
    }

    /// Whether a file of this name is one of its.
    #[must_use]
    pub fn is_named(&self, name: &str) -> bool {
        let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
        extension.is_some_and(|extension| self.extensions.contains(&&*extension))
    }

    /// Its usual extension, with the dot: `.docx`.
    #[must_use]
    pub fn usual(&self) -> String {
        format!(".{}", self.extensions.first().copied().unwrap_or(self.make))
    }
}

#[cfg(test)]
mod tests {
    use super::{CONTAINERS, Container};
    use crate::base::Lang;
    use crate::office::make::{Make, is_packed};
    use crate::office::tests::{docx, p, zip};

    #[test]
    fn a_document_is_known_by_its_bytes_not_by_what_it_begins_with() {
        let odt: &[(&str, &[u8])] = &[
            ("mimetype", b"application/vnd.oasis.opendocument.text"),
            ("content.xml", b"<office:document-content/>"),
        ];
        let whole = docx(&p("\u{6B63}\u{6587}"));
        // Cut short behind its text, it is still a .docx, and refused as one that is incomplete.
        let files: [(&[u8], &str, bool); 9] = [
            (&whole, "docx", true),
            (&whole[..whole.len() - 30], "docx", true),
            (&zip(odt), "odt", true),
            (&zip(&[("xl/workbook.xml", b"<workbook/>")]), "xlsx", false),
            (&zip(&[("photo.txt", b"1")]), "zip", false),
            (b"PK\x03\x04", "broken-zip", false),
            (b"%PDF-1.7", "pdf", false),
            ("\u{540C}\u{5FD7}\u{4EEC}\u{FF1A}".as_bytes(), "other", false),
            (b"", "empty", false),
        ];
        for (bytes, name, can) in files {
            assert_eq!(Make::of(bytes).name, name);
            let container = Container::of(bytes);
            assert_eq!(container.is_some_and(|c| c.comment.is_some() && c.change.is_some()), can, "{name}");
        }
        assert!(is_packed(&zip(odt)) && is_packed(&whole) && !is_packed(b"%PDF"));
    }

    #[test]
    fn what_is_no_docx_is_told_what_it_is() {
        let odt = zip(&[("content.xml", b"<office:document-content/>")]);
        let told = crate::office::annotate(&odt, "", &[], None);
        let told = told.unwrap_err().in_lang(Lang::En);
        assert!(told.contains("OpenDocument"), "{told}");
    }

    #[test]
    fn every_container_is_a_make() {
        // A row whose make is misspelt would never be found.
        for container in CONTAINERS {
            assert!(Make::is_known(container.make), "{}", container.make);
        }
    }
}
