//! `--format json`: one object for other programs, schema `wengao.check/1`.
//!
//! Positions count Unicode code points of the document's text as read, lines and columns from 1.
//! `sources`, `fix`, `notes` and `unread` are absent where they do not apply. Within a schema
//! version keys may be added, never changed.

use serde::Serialize;

use super::{Checked, Document, Report, View};
use crate::base::{Error, Lang, Place, Problem, Result, lines::Walk};
use crate::model::{Finding, Severity};
use crate::text;

/// The report.
pub struct Json;

#[derive(Serialize)]
struct Run<'c> {
    schema: &'static str,
    documents: Vec<Checkup<'c>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unread: Vec<Unread<'c>>,
    summary: Summary,
}

#[derive(Serialize)]
struct Checkup<'c> {
    path: &'c str,
    characters: usize,
    findings: Vec<Found<'c>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<String>,
}

/// One finding; a line of `jsonl` is one with its path.
#[derive(Serialize)]
pub(super) struct Found<'c> {
    rule: &'static str,
    severity: &'static str,
    start: usize,
    end: usize,
    line: u32,
    column: u32,
    text: &'c str,
    message: &'c str,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'c str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<Change<'c>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<Note<'c>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sources: Vec<From<'c>>,
}

/// A passage of another document; positions are code points of that document's text.
#[derive(Serialize)]
struct From<'c> {
    document: &'c str,
    #[serde(skip_serializing_if = "str::is_empty")]
    title: &'c str,
    locality: &'c str,
    start: usize,
    end: usize,
    text: &'c str,
}

#[derive(Serialize)]
struct Change<'c> {
    text: &'c str,
}

#[derive(Serialize)]
struct Note<'c> {
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    message: &'c str,
}

#[derive(Serialize)]
struct Unread<'c> {
    path: &'c str,
    message: String,
}

#[derive(Serialize)]
struct Summary {
    error: usize,
    warning: usize,
    info: usize,
}

impl Report for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn write(&self, checked: &Checked, view: View) -> Result<Vec<u8>> {
        let counts = checked.summary();
        let count = |severity| counts.get(&severity).copied().unwrap_or_default();
        let run = Run {
            schema: "wengao.check/1",
            documents: checked.documents.iter().map(|d| checkup(d, view.lang)).collect(),
            unread: checked
                .unread
                .iter()
                .map(|(path, error)| Unread { path, message: without_path(error, view.lang) })
                .collect(),
            summary: Summary {
                error: count(Severity::Error),
                warning: count(Severity::Warning),
                info: count(Severity::Info),
            },
        };
        pretty(&run)
    }
}

/// A value as indented JSON with a line end.
pub(super) fn pretty(value: &impl Serialize) -> Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec_pretty(value).map_err(|e| unwritable(&e))?;
    bytes.push(b'\n');
    Ok(bytes)
}

pub(super) fn unwritable(error: &serde_json::Error) -> Error {
    Problem::new(text!("无法写成 JSON：{error}", "cannot be written as JSON: {error}")).into()
}

fn checkup(document: &Document, lang: Lang) -> Checkup<'_> {
    let mut walk = Walk::of(document.manuscript.text());
    Checkup {
        path: &document.path,
        characters: document.characters,
        findings: document
            .findings
            .iter()
            .map(|f| found(f, document.manuscript.text(), &mut walk, lang))
            .collect(),
        notes: document.notes.iter().map(|n| n.in_lang(lang)).collect(),
    }
}

pub(super) fn found<'c>(finding: &'c Finding, text: &'c str, walk: &mut Walk<'_>, lang: Lang) -> Found<'c> {
    let (start, at) = walk.to(finding.range.start);
    let words = &text[finding.range.clone()];
    Found {
        rule: finding.rule,
        severity: finding.severity.name(),
        start,
        end: start + crate::base::lines::code_points(words),
        line: at.line,
        column: at.column,
        text: words,
        message: finding.message.in_lang(lang),
        help: finding.help.as_ref().map(|h| h.in_lang(lang)),
        fix: finding.fix.as_ref().map(|f| Change { text: &f.text }),
        notes: finding
            .notes
            .iter()
            .map(|(place, message)| Note {
                place: place.as_ref().map(|p| p.label().in_lang(lang).to_owned()),
                message: message.in_lang(lang),
            })
            .collect(),
        sources: finding
            .sources
            .iter()
            .map(|s| From {
                document: &s.document,
                title: &s.title,
                locality: &s.locality,
                start: s.range.start,
                end: s.range.end,
                text: &s.text,
            })
            .collect(),
    }
}

/// The error's words; the path stands beside them already.
pub(super) fn without_path(error: &Error, lang: Lang) -> String {
    let is_path = |p: &Problem| matches!(p.at, Some(Place::File(_)));
    error.clone().map(|p| if is_path(&p) { Problem { at: None, ..p } } else { p }).in_lang(lang)
}
