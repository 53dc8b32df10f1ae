//! `--format jsonl`: one finding a line, as in the JSON report and with its document's path, for
//! programs that read while the run goes on, and for `grep`.
//!
//! A run without findings is empty. Documents that could not be read are told on standard error
//! and by the exit code, as always.

use serde::Serialize;

use super::json::{Found, found, unwritable};
use super::{Checked, Report, View};
use crate::base::{Result, lines::Walk};

/// The report.
pub struct Jsonl;

#[derive(Serialize)]
struct Line<'c> {
    path: &'c str,
    #[serde(flatten)]
    found: Found<'c>,
}

impl Report for Jsonl {
    fn name(&self) -> &'static str {
        "jsonl"
    }

    fn write(&self, checked: &Checked, view: View) -> Result<Vec<u8>> {
        let mut out = Vec::new();
        for document in &checked.documents {
            let text = document.manuscript.text();
            let mut walk = Walk::of(text);
            for finding in &document.findings {
                let found = found(finding, text, &mut walk, view.lang);
                let line = Line { path: &document.path, found };
                serde_json::to_writer(&mut out, &line).map_err(|e| unwritable(&e))?;
                out.push(b'\n');
            }
        }
        Ok(out)
    }
}
