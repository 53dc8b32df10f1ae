//! Findings (发现的问题): what a rule has to say about a stretch of a manuscript.
//!
//! A finding is made of what it cannot be without, and told more by name: most need one or two of
//! the other parts, none needs all. Rules make theirs with `ABOUT.finding(range, message)`, which
//! knows id and severity.

use std::borrow::Cow;
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
    /// Whether the words are somebody's number, which nothing that is told of them repeats in full: they are
    /// quoted as `veiled`.
    pub private: bool,
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
            private: false,
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

    /// The same of a number that is not to be repeated in full, or not.
    #[must_use]
    pub const fn private(mut self, private: bool) -> Self {
        self.private = private;
        self
    }

    /// Its words in the text that it is of, as they may be quoted.
    #[must_use]
    pub fn words<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let words = &text[self.range.clone()];
        if self.private { Cow::Owned(veiled(words)) } else { Cow::Borrowed(words) }
    }

    /// The same with the passages of other documents that the words were taken from.
    #[must_use]
    pub fn sources(mut self, sources: Vec<Source>) -> Self {
        self.sources = sources;
        self
    }
}

/// A number of which the first three and the last two signs are left and the others are stars, in as many
/// bytes, so that places in a text stay what they are. Full-width digits become full-width stars.
#[must_use]
pub fn veiled(words: &str) -> String {
    let sign = |c: char| c.is_ascii_alphanumeric() || matches!(c, '０'..='９' | 'Ｘ' | 'ｘ');
    let signs = words.chars().filter(|&c| sign(c)).count();
    let mut nth = 0;
    let veil = |c: char| {
        nth += usize::from(sign(c));
        match sign(c) && nth > 3 && nth + 2 <= signs {
            true if c.is_ascii() => '*',
            true => '＊',
            false => c,
        }
    };
    words.chars().map(veil).collect()
}

/// A text with the numbers in these findings veiled that are somebody's own. Places stay what they are.
#[must_use]
pub fn veil<'t>(text: &'t str, findings: &[Finding]) -> Cow<'t, str> {
    let mut text = Cow::Borrowed(text);
    for finding in findings.iter().filter(|f| f.private) {
        let words = finding.words(&text).into_owned();
        text.to_mut().replace_range(finding.range.clone(), &words);
    }
    text
}

/// A passage of another document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Source {
    /// The corpus that holds the document; empty where there is only one.
    pub corpus: String,
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
    fn veiled_does_as_its_example_says() {
        use crate::model::finding::veiled;
        assert_eq!(veiled("138-1234-5678"), "138-****-**78");
        assert_eq!(veiled("１３８1234５６７８"), "１３８****＊＊７８");
    }

    #[test]
    fn words_does_as_its_example_says() {
        use crate::base::Text;
        use crate::model::{Finding, Severity};
        let found = Finding::new("sensitive", Severity::Warning, 6..17, Text::fixed("手机号码", "a number"));
        assert_eq!(found.words("电话13800001234"), "13800001234");
        assert_eq!(found.private(true).words("电话13800001234"), "138******34");
    }

    #[test]
    fn veil_does_as_its_example_says() {
        use crate::base::Text;
        use crate::model::{Finding, Severity, finding::veil};
        let of = |range| Finding::new("sensitive", Severity::Warning, range, Text::fixed("号码", "a number"));
        assert_eq!(veil("电话13800001234", &[of(0..6), of(6..17).private(true)]), "电话138******34");
    }

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
