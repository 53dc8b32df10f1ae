//! A comment as a person reads it, and as an element of the comments part.

use std::ops::Range;

use crate::base::han::Date;

/// The author of the program's comments, by which it knows them again.
pub(super) const AUTHOR: &str = "文稿 wengao";
/// What Word shows before a comment's number.
const INITIALS: &str = "文稿";

/// A comment that is to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// The words that it is about, in bytes of the manuscript's text.
    pub range: Range<usize>,
    /// What it says, a paragraph each.
    pub lines: Vec<String>,
}

/// The comments as elements of the comments part, for a prefix and its namespace.
pub(super) fn entries(comments: &[Comment], first: u64, date: Option<Date>) -> impl Fn(&str, &str) -> String {
    let date = date.and_then(|d| Some((d.year, d.month?, d.day?)));
    move |prefix, namespace| {
        // Attributes need a prefix even where elements have none.
        let (p, declared) = match prefix {
            "" => ("w", format!(" xmlns:w=\"{namespace}\"")),
            prefix => (prefix, String::new()),
        };
        let date = date.map_or(String::new(), |(year, month, day)| {
            format!(r#" {p}:date="{year:04}-{month:02}-{day:02}T00:00:00Z""#)
        });
        let mut out = String::new();
        for (id, comment) in (first..).zip(comments) {
            out += &format!(
                r#"<{p}:comment{declared} {p}:id="{id}" {p}:author="{AUTHOR}"{date} {p}:initials="{INITIALS}">"#
            );
            for line in &comment.lines {
                let line: String = line
                    .chars()
                    .map(|c| if c < ' ' || matches!(c, '\u{FFFE}' | '\u{FFFF}') { ' ' } else { c })
                    .collect();
                let line = quick_xml::escape::partial_escape(line.as_str());
                out +=
                    &format!(r#"<{p}:p><{p}:r><{p}:t xml:space="preserve">{line}</{p}:t></{p}:r></{p}:p>"#);
            }
            if comment.lines.is_empty() {
                out += &format!("<{p}:p/>");
            }
            out += &format!("</{p}:comment>");
        }
        out
    }
}
