//! Changes of a text by ranges of bytes, collected in any order and made in one go.

use std::collections::HashSet;
use std::ops::Range;

/// Changes that do not overlap.
#[derive(Debug, Default)]
pub struct Splices {
    changes: Vec<(Range<usize>, String)>,
    /// The ranges of these.
    asked: HashSet<Range<usize>>,
}

impl Splices {
    /// `range` is to become `text`; an empty range is a place. Insertions at one place stand in the
    /// order in which they are given.
    pub fn replace(&mut self, range: Range<usize>, text: impl Into<String>) {
        self.asked.insert(range.clone());
        self.changes.push((range, text.into()));
    }

    /// `range` is to become `text`, which may be asked for more than once.
    pub fn keep(&mut self, range: Range<usize>, text: String) {
        if self.asked.insert(range.clone()) {
            self.changes.push((range, text));
        }
    }

    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// `old` with the changes made; `None` if they overlap, or lie outside or within characters.
    pub fn apply(mut self, old: &str) -> Option<String> {
        self.changes.sort_by_key(|(range, _)| (range.start, range.end));
        let added: usize = self.changes.iter().map(|(_, text)| text.len()).sum();
        let mut out = String::with_capacity(old.len() + added);
        let mut copied = 0;
        for (range, text) in self.changes {
            out.push_str(old.get(copied..range.start)?);
            out.push_str(&text);
            copied = range.end.max(range.start);
        }
        out.push_str(old.get(copied..)?);
        Some(out)
    }
}

/// The start tag of a `w:t`, with its order to keep spaces at the edges.
pub fn keeping_spaces(open: &str) -> String {
    if open.contains("xml:space") {
        return open.to_owned();
    }
    format!("{} xml:space=\"preserve\">", open.trim_end_matches('>'))
}
