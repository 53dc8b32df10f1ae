//! Findings (发现的问题): what a rule has to say about a stretch of a manuscript.
//!
//! A finding is made of what it cannot be without, and told more by name: most need one or two of
//! the other parts, none needs all. Rules make theirs with `ABOUT.finding(range, message)`, which
//! knows id and severity.

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
#[non_exhaustive]
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
    /// Whether nothing in the document weighs more, as a damaged name of a leader, the state or the
    /// party: reports for people begin with it.
    pub gravest: bool,
}

impl Finding {
    /// What a rule found in `range`, bytes of the manuscript's text, without help or evidence.
    #[must_use]
    pub const fn new(rule: &'static str, severity: Severity, range: Range<usize>, message: Text) -> Self {
        Self {
            rule,
            severity,
            range,
            message,
            help: None,
            notes: Vec::new(),
            fix: None,
            sources: Vec::new(),
            gravest: false,
        }
    }

    /// The same of this severity.
    #[must_use]
    pub const fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// The same with what to do now, if that can be said.
    #[must_use]
    pub fn help(mut self, help: impl Into<Option<Text>>) -> Self {
        self.help = help.into();
        self
    }

    /// The same with one more piece of evidence, and where that is written if it is somewhere.
    #[must_use]
    pub fn note(mut self, at: Option<Place>, text: Text) -> Self {
        self.notes.push((at, text));
        self
    }

    /// The same with more pieces of evidence.
    #[must_use]
    pub fn notes(mut self, notes: impl IntoIterator<Item = (Option<Place>, Text)>) -> Self {
        self.notes.extend(notes);
        self
    }

    /// The same with the text that is safe to put in the place of the range, if one is.
    #[must_use]
    pub fn fix(mut self, text: impl Into<Option<String>>) -> Self {
        self.fix = text.into().map(|text| Fix { text });
        self
    }

    /// The same, told to weigh more than anything else or not.
    #[must_use]
    pub const fn gravest(mut self, gravest: bool) -> Self {
        self.gravest = gravest;
        self
    }

    /// The same with the passages of other documents that the words were taken from.
    #[must_use]
    pub fn sources(mut self, sources: Vec<Source>) -> Self {
        self.sources = sources;
        self
    }
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

#[cfg(test)]
mod tests {
    #[test]
    fn finding_does_as_its_example_says() {
        use crate::base::Text;
        use crate::model::{Finding, Severity};
        let draft = "春灌推进推进顺利。";
        let words = "推进推进";
        let start = draft.find(words).unwrap();
        let message = Text::fixed("“推进”说了两遍", "“推进” stands twice");
        let found = Finding::new("damaged-text", Severity::Error, start..start + words.len(), message)
            .help(Text::fixed("删去一个", "delete one of the two"))
            .fix("推进".to_owned());
        assert_eq!(&draft[found.range], words);
    }
}
