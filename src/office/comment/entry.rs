//! A comment as a person reads it, and as an element of the comments part.

use std::ops::Range;

use crate::base::han::Date;
use crate::office::own::{declaration, signed};

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
    move |prefix, namespace| {
        let (p, declared) = match prefix {
            "" => ("w", declaration(namespace)),
            prefix => (prefix, String::new()),
        };
        let signed = signed(p, date);
        let mut out = String::new();
        for (id, comment) in (first..).zip(comments) {
            out += &format!(r#"<{p}:comment{declared} {p}:id="{id}"{signed} {p}:initials="{INITIALS}">"#);
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
