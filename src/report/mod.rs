//! Floor 4: findings → bytes. One file a format, one line in [`REPORTS`].
//!
//! Inside the program a finding is a range of bytes; here it becomes a place that a person or an
//! editor can go to.
//!
//! Damaged names of leaders, of the state and of the party come first ([`Document::ranked`]) where a
//! person reads from top to bottom: terminal, the page, HTML, xlsx, GitHub (which shows ten), and as the first
//! comment of a .docx, whose comments stand on their words. JSON, JSON lines and SARIF keep the order of
//! position, which programs go by, and mark them (`gravest`, in SARIF `rank`).

mod alike;
mod book;
mod context;
mod cut;
mod docx;
mod github;
mod html;
mod json;
mod jsonl;
pub mod package;
mod pair;
mod remedy;
mod sarif;
mod spot;
mod state;
mod terminal;
mod unit;
mod xlsx;

use std::collections::BTreeMap;

use crate::base::{Error, Lang, Problem, Result, Text, han::Date};
use crate::model::pack::Title;
use crate::model::settings::HomeOrigin;
use crate::model::{Finding, Gap, Manuscript, Severity};
use crate::rules::same_batch::Alike;
use crate::text;

pub use context::context;
pub use cut::cut;
pub(crate) use docx::laid_out;
pub(crate) use json::push_line;
pub use json::value as json_value;
pub use pair::sides;
pub use state::{Silenced, Silencer, State, homeless};

/// Findings of one rule in one document that are kept; of a file of nothing but brackets there
/// would be millions, which no reader of a report could hold. Drafts stay far below: sixty thousand
/// characters with every comma half-width have three thousand.
pub const MOST: usize = 10_000;

/// One document that was checked.
#[derive(Debug)]
pub struct Document {
    /// Its path as the person gave it; `-` for standard input.
    pub path: String,
    /// How many characters it has, in code points.
    pub characters: usize,
    /// What a person should know of how it was read.
    pub notes: Vec<Problem>,
    /// What of it was not read; empty if it was checked as a whole.
    pub gaps: Vec<Gap>,
    /// Its own locality and who says so; `None` if nobody does.
    pub home: Option<(String, HomeOrigin)>,
    /// Whether rules about places ran and could not tell what is its own.
    pub homeless: bool,
    /// What it shares with the paper that is most like it, if it was checked as one of a batch.
    pub alike: Option<Alike>,
    /// The office that it is from (单位), as far as it can be told.
    pub unit: Option<String>,
    /// Its text and tables, numbers that are somebody's own veiled (`Finding::private`), so that no report
    /// repeats them; a door that shows no texts empties it where nothing was found, since a
    /// folder may hold thousands of clean documents and no report shows their text.
    pub manuscript: Manuscript,
    /// What was found, in order of position; of each rule the first `MOST`.
    pub findings: Vec<Finding>,
    /// How many more were found, by severity; a note says of which rule.
    pub further: BTreeMap<Severity, usize>,
    /// The file itself, for reports that hand it back; see [`Report::per_document`].
    pub original: Option<Original>,
}

/// A file as it was given.
#[derive(Debug, Clone)]
pub struct Original {
    /// The name by which its format is known; for standard input, the one that was given for it.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Document {
    /// A document and what was found in it.
    #[must_use]
    pub fn new(path: String, manuscript: Manuscript, findings: Vec<Finding>) -> Self {
        let (characters, mut notes) = (manuscript.characters(), manuscript.notes().to_vec());
        let gaps = manuscript.gaps().to_vec();
        let unit = unit::unit_of(&path, &manuscript);
        let manuscript = manuscript.veiled(&findings);
        let (findings, further) = capped(findings, &mut notes);
        let (home, homeless, alike, original) = (None, false, None, None);
        Self {
            path,
            characters,
            notes,
            gaps,
            home,
            homeless,
            alike,
            unit,
            manuscript,
            findings,
            further,
            original,
        }
    }

    /// The findings as a person is told of them, with their places in the order of position: those than
    /// which nothing weighs more, then the others.
    pub fn ranked(&self) -> impl Iterator<Item = (usize, &Finding)> {
        let of = |gravest: bool| self.findings.iter().enumerate().filter(move |(_, f)| f.gravest == gravest);
        of(true).chain(of(false))
    }
}

/// The first [`MOST`] findings of each rule, and how many more there are; of each rule that has
/// more, a note.
fn capped(findings: Vec<Finding>, notes: &mut Vec<Problem>) -> (Vec<Finding>, BTreeMap<Severity, usize>) {
    let mut further = BTreeMap::new();
    if findings.len() <= MOST {
        return (findings, further);
    }
    let mut of_rule: BTreeMap<&str, usize> = BTreeMap::new();
    let mut kept = findings;
    kept.retain(|finding| {
        if finding.gravest {
            return true;
        }
        let seen = of_rule.entry(finding.rule).or_default();
        *seen += 1;
        if *seen > MOST {
            *further.entry(finding.severity).or_default() += 1;
        }
        *seen <= MOST
    });
    for (rule, seen) in of_rule.into_iter().filter(|&(_, seen)| seen > MOST) {
        let more = seen - MOST;
        let what = text!(
            "{rule} 的问题只列出前{MOST}处，另有{more}处",
            "of {rule} the first {MOST} findings are listed; there are {more} more"
        );
        notes.push(Problem::new(what).help(Text::fixed(
            "这样多的多半是同一个毛病：先改掉一批再检查，或用 --skip 关掉这条规则",
            "so many are mostly one and the same fault: mend some and check again, or use --skip",
        )));
    }
    (kept, further)
}

/// The outcome of one run of `check`.
#[derive(Debug, Default)]
pub struct Checked {
    /// The documents, in the order in which they were given.
    pub documents: Vec<Document>,
    /// Paths that could not be read, with why.
    pub unread: Vec<(String, Error)>,
    /// Whether somebody said that what was not read need not be (`--accept-unread`).
    pub accepted: bool,
    /// Rules that did not run on all of the documents, and who turned them off.
    pub silenced: Vec<Silenced>,
    /// The office's own packs (词库) that counted for one of the documents or more.
    pub packs: Vec<Title>,
}

impl Checked {
    /// How many findings there are of each severity.
    #[must_use]
    pub fn summary(&self) -> BTreeMap<Severity, usize> {
        let mut counts: BTreeMap<_, _> = Severity::ALL.iter().map(|&(_, s)| (s, 0)).collect();
        for (severity, count) in self.documents.iter().flat_map(Document::counts) {
            *counts.entry(severity).or_default() += count;
        }
        counts
    }
}

/// How a report is to be shown. Formats for programs heed only the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct View {
    /// The language of its sentences.
    pub lang: Lang,
    /// Whether to colour, by ANSI escapes.
    pub color: bool,
    /// Whether to show every finding where many are alike.
    pub all: bool,
    /// Whether to show findings of severity info.
    pub info: bool,
    /// Whether to leave out notes and the summary.
    pub quiet: bool,
    /// Whether safe changes are put into a document that is handed back, as tracked ones (修订).
    pub track: bool,
    /// Whether a document is laid out as a .docx though its own file could hold comments.
    pub anew: bool,
    /// The day of the report, where a format dates what it writes.
    pub date: Option<Date>,
}

/// Writes one format.
pub trait Report: Sync {
    /// The name after `--format`.
    fn name(&self) -> &'static str;
    /// The extensions (lower case, without the dot) of files that it makes; of several reports with one
    /// extension the first in [`REPORTS`] is meant by it.
    fn extensions(&self) -> &'static [&'static str] {
        &[]
    }
    /// Whether its bytes are no text, so that they must not go to a terminal.
    fn is_binary(&self) -> bool {
        false
    }
    /// The whole report.
    ///
    /// # Errors
    /// If the findings cannot be put into the format.
    fn write(&self, checked: &Checked, view: View) -> Result<Vec<u8>>;
    /// The extension of the files that it makes, one a document, each written with
    /// [`Document::original`]; `None` if one report tells of all documents.
    fn per_document(&self) -> Option<&'static str> {
        None
    }
}

/// All reports; the first is the default.
pub static REPORTS: &[&dyn Report] = &[
    &terminal::Terminal,
    &json::Json,
    &jsonl::Jsonl,
    &sarif::Sarif,
    &github::Github,
    &html::Html,
    &docx::Docx,
    &xlsx::Xlsx,
];

/// The report that a file of this name is meant to be; `None` if its extension is no report's.
#[must_use]
pub fn report_of(name: &str) -> Option<&'static dyn Report> {
    let (_, extension) = name.rsplit_once('.')?;
    let extension = extension.to_ascii_lowercase();
    REPORTS.iter().copied().find(|report| report.extensions().contains(&&*extension))
}

#[cfg(test)]
mod tests;
