//! What the program puts into a part as its own: elements by the part's own prefix, signed and dated.

use super::xml;
use crate::base::han::Date;

/// The author of the program's comments and tracked changes, by which it knows them again.
pub(crate) const AUTHOR: &str = "文稿 wengao";

pub(crate) const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// The same in strict files (ISO/IEC 29500 Strict).
pub(crate) const STRICT_W: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";

/// A part that is made for a document, or an element of one: of a strict one by the namespaces that such have.
pub(crate) fn spoken_as(strict: bool, xml: String) -> String {
    const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    if strict {
        xml.replace(W, STRICT_W).replace(R, "http://purl.oclc.org/ooxml/officeDocument/relationships")
    } else {
        xml
    }
}

/// The name of the root, with its prefix, and its namespace.
pub(crate) fn root(xml: &str) -> Option<(String, String)> {
    xml::root(xml, |e| (e.qualified().to_owned(), e.namespace().unwrap_or_else(|| W.to_owned())))
}

/// The prefix of a part's elements, and the declaration that an element needs where the part has none:
/// attributes need a prefix even where elements have none.
pub(crate) fn prefix(xml: &str) -> Option<(String, String)> {
    let (name, namespace) = root(xml)?;
    Some(match name.split_once(':') {
        Some((prefix, _)) => (prefix.to_owned(), String::new()),
        None => ("w".to_owned(), declaration(&namespace)),
    })
}

/// What declares the prefix `w`.
pub(crate) fn declaration(namespace: &str) -> String {
    format!(" xmlns:w=\"{namespace}\"")
}

/// The number (`w:id`) of a mark or a comment. One so large that there is no going on from it, which no
/// word processor gives, is none that another has to keep clear of.
pub(crate) fn mark_number(id: &str) -> Option<u64> {
    id.parse().ok().filter(|&number| number < u64::MAX / 2)
}

/// Who says so, and on which day, as attributes.
pub(crate) fn signed(prefix: &str, date: Option<Date>) -> String {
    let date = date.and_then(|d| Some((d.year, d.month?, d.day?)));
    let date = date.map_or(String::new(), |(year, month, day)| {
        format!(r#" {prefix}:date="{year:04}-{month:02}-{day:02}T00:00:00Z""#)
    });
    format!(r#" {prefix}:author="{AUTHOR}"{date}"#)
}
