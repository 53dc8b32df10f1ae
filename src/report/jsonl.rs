//! `--format jsonl`: one finding a line, as in the JSON report and with its document's path, for
//! programs that read while the run goes on, and for `grep`.
//!
//! A path that was checked in part has a line with `state` and `left_out` before its findings, one that
//! was not read a line with `state` and `message` at the end; both have no `rule`. A path that has no
//! line was checked and is clean, so a run without findings over sound files is empty.

use serde::Serialize;

use super::json::{Found, found, push_line, without_path};
use super::{Checked, Report, State, View};
use crate::base::{Result, lines::Walk};

/// The report.
pub struct Jsonl;

#[derive(Serialize)]
struct Line<'c> {
    path: &'c str,
    #[serde(flatten)]
    found: Found<'c>,
}

/// What became of a path that was not checked as a whole.
#[derive(Serialize)]
struct Became<'c> {
    path: &'c str,
    state: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    left_out: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
}

impl Report for Jsonl {
    fn name(&self) -> &'static str {
        "jsonl"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["jsonl", "ndjson"]
    }

    fn write(&self, checked: &Checked, view: View) -> Result<Vec<u8>> {
        let mut out = Vec::new();
        for document in &checked.documents {
            let text = document.manuscript.text();
            let mut walk = Walk::of(text);
            if document.state() == State::Part {
                let left_out = document.gaps.iter().map(|gap| gap.name()).collect();
                let state = document.state().name();
                push_line(&mut out, &Became { path: &document.path, state, left_out, message: None })?;
            }
            for finding in &document.findings {
                let found = found(finding, &document.manuscript, &mut walk, view.lang);
                let line = Line { path: &document.path, found };
                push_line(&mut out, &line)?;
            }
        }
        for (path, error) in &checked.unread {
            let message = Some(without_path(error, view.lang));
            push_line(
                &mut out,
                &Became { path, state: State::Unread.name(), left_out: Vec::new(), message },
            )?;
        }
        Ok(out)
    }
}
