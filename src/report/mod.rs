//! Floor 3: findings → bytes. One file a format, one line in [`REPORTS`].

use std::collections::BTreeMap;

use crate::base::{Lang, Problem, Result};
use crate::model::{Finding, Manuscript, Severity};

/// One document that was checked.
#[derive(Debug)]
pub struct Document {
    /// Its path as the person gave it; `-` for standard input.
    pub path: String,
    /// Its text and tables.
    pub manuscript: Manuscript,
    /// What was found, in order of position.
    pub findings: Vec<Finding>,
}

/// The outcome of one run of `check`.
#[derive(Debug, Default)]
pub struct Checked {
    /// The documents, in the order in which they were given.
    pub documents: Vec<Document>,
    /// Documents that could not be read, with why.
    pub unread: Vec<(String, Problem)>,
}

impl Checked {
    /// How many findings there are of each severity.
    #[must_use]
    pub fn summary(&self) -> BTreeMap<Severity, usize> {
        let mut counts: BTreeMap<_, _> = Severity::ALL.iter().map(|&(_, s)| (s, 0)).collect();
        for finding in self.documents.iter().flat_map(|d| &d.findings) {
            *counts.entry(finding.severity).or_default() += 1;
        }
        counts
    }
}

/// Writes one format.
pub trait Report: Sync {
    /// The name after `--format`.
    fn name(&self) -> &'static str;
    /// The whole report.
    ///
    /// # Errors
    /// If the findings cannot be put into the format.
    fn write(&self, checked: &Checked, lang: Lang) -> Result<Vec<u8>>;
}

/// All reports.
pub static REPORTS: &[&dyn Report] = &[];
