//! Findings (发现的问题): what a rule has to say about a stretch of a manuscript.

use std::ops::Range;

use crate::base::{Place, Text};

/// How sure and how grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// 提示: shown only on request.
    Info,
    /// 警告: a writer should look.
    Warning,
    /// 错误: surely wrong.
    Error,
}

impl Severity {
    /// All severities with their names in reports and on the command line, gravest first.
    pub const ALL: [(&'static str, Self); 3] =
        [("error", Self::Error), ("warning", Self::Warning), ("info", Self::Info)];

    /// The name in reports: `error`, `warning`, `info`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }

    /// The severity as a person reads it.
    #[must_use]
    pub const fn label(self) -> Text {
        match self {
            Self::Error => Text::fixed("错误", "error"),
            Self::Warning => Text::fixed("警告", "warning"),
            Self::Info => Text::fixed("提示", "info"),
        }
    }
}

/// One thing that a rule found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule's id, kebab-case.
    pub rule: &'static str,
    /// How sure and how grave.
    pub severity: Severity,
    /// The bytes of the manuscript's text that are meant; never empty.
    pub range: Range<usize>,
    /// What is wrong, with the words quoted.
    pub message: Text,
    /// What to do now.
    pub help: Option<Text>,
    /// Evidence: the fact or the other place that the words were held against.
    pub notes: Vec<(Option<Place>, Text)>,
    /// A change that is safe to make without reading on.
    pub fix: Option<Fix>,
    /// Passages of other documents that the words were taken from, the likeliest first.
    pub sources: Vec<Source>,
}

/// A passage of another document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Source {
    /// The document's name in the corpus.
    pub document: String,
    /// Its title; empty if it has none.
    pub title: String,
    /// The locality that it speaks for; empty if unknown.
    pub locality: String,
    /// Where the passage stands in the document's text, in Unicode code points.
    pub range: Range<usize>,
    /// The passage.
    pub text: String,
}

/// A safe change: the finding's range becomes this text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// The new text; empty to delete.
    pub text: String,
}
