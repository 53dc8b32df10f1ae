//! `--format json`: one object for other programs, schema `wengao.check/1`.
//!
//! Positions count Unicode code points of the document's text as read, lines and columns from 1.
//! `sources`, `fix`, `notes`, `gravest`, `left_out`, `home`, `alike`, `rules`, `silenced`, `packs` and `unread` are absent where
//! they do not apply. Findings are in order of position; one with `"gravest": true` is to be told first. Within a schema version keys may be added, never changed.

use serde::Serialize;

use super::{Checked, Document, Report, State, View, homeless};
use crate::base::lines::{Walk, code_points};
use crate::base::{Error, Lang, Place, Problem, Result};
use crate::model::pack::Title;
use crate::model::{Finding, Manuscript, Severity};
use crate::rules::same_batch::Alike;
use crate::rules::{About, RULES};
use crate::text;

/// The report.
pub struct Json;

#[derive(Serialize)]
struct Run<'c> {
    schema: &'static str,
    documents: Vec<Checkup<'c>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unread: Vec<Unread<'c>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rules: Vec<Rule>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    silenced: Vec<Off>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    packs: Vec<PackTitle>,
    summary: Summary,
}

/// A pack of dated words that counted.
#[derive(Serialize)]
struct PackTitle {
    name: String,
    date: String,
    file: String,
}

/// A rule that found something.
#[derive(Serialize)]
struct Rule {
    id: &'static str,
    title: &'static str,
    authority: &'static str,
    cited: String,
}

/// Rules that did not run on so many documents.
#[derive(Serialize)]
struct Off {
    by: &'static str,
    documents: usize,
    rules: Vec<&'static str>,
}

#[derive(Serialize)]
struct Checkup<'c> {
    path: &'c str,
    state: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    left_out: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    home: Option<Home<'c>>,
    characters: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    alike: Option<Nearest<'c>>,
    findings: Vec<Found<'c>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<String>,
}

/// The paper of its batch that is most like it; shares in hundredths, by characters.
#[derive(Serialize)]
struct Nearest<'c> {
    #[serde(skip_serializing_if = "str::is_empty")]
    document: &'c str,
    percent: usize,
    percent_of_any: usize,
    sentences: usize,
    same: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    longest: Option<Stretch<'c>>,
}

#[derive(Serialize)]
struct Stretch<'c> {
    start: usize,
    end: usize,
    text: &'c str,
}

/// Whose document it is.
#[derive(Serialize)]
struct Home<'c> {
    name: &'c str,
    origin: &'static str,
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
    /// In a workbook, the cell: `任务!C4`.
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    gravest: bool,
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
    #[serde(skip_serializing_if = "str::is_empty")]
    corpus: &'c str,
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
    state: &'static str,
    message: String,
}

#[derive(Serialize)]
struct Summary {
    error: usize,
    warning: usize,
    info: usize,
    documents: Documents,
}

/// How many paths there are of each state.
#[derive(Serialize)]
struct Documents {
    checked: usize,
    part: usize,
    unread: usize,
}

impl Report for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["json"]
    }

    fn write(&self, checked: &Checked, view: View) -> Result<Vec<u8>> {
        pretty(&run(checked, view))
    }
}

/// The same object for a door that puts it into one of its own.
///
/// # Errors
/// If it cannot be made.
pub fn value(checked: &Checked, view: View) -> Result<serde_json::Value> {
    serde_json::to_value(run(checked, view)).map_err(|e| unwritable(&e))
}

fn run(checked: &Checked, view: View) -> Run<'_> {
    let (counts, states) = (checked.summary(), checked.states());
    let count = |severity| counts.get(&severity).copied().unwrap_or_default();
    Run {
        schema: "wengao.check/1",
        documents: checked.documents.iter().map(|d| checkup(d, view.lang)).collect(),
        unread: checked
            .unread
            .iter()
            .map(|(path, error)| Unread {
                path,
                state: State::Unread.name(),
                message: without_path(error, view.lang),
            })
            .collect(),
        rules: rules(checked, view.lang),
        silenced: silenced(checked),
        packs: packs(checked),
        summary: Summary {
            error: count(Severity::Error),
            warning: count(Severity::Warning),
            info: count(Severity::Info),
            documents: Documents {
                checked: states[&State::Checked],
                part: states[&State::Part],
                unread: states[&State::Unread],
            },
        },
    }
}

/// A value as indented JSON with a line end.
pub(super) fn pretty(value: &impl Serialize) -> Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec_pretty(value).map_err(|e| unwritable(&e))?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Appends a value as JSON on a line of its own.
pub(crate) fn push_line(out: &mut Vec<u8>, value: &impl Serialize) -> Result<()> {
    serde_json::to_writer(&mut *out, value).map_err(|e| unwritable(&e))?;
    out.push(b'\n');
    Ok(())
}

fn unwritable(error: &serde_json::Error) -> Error {
    Problem::new(text!("无法写成 JSON：{error}", "cannot be written as JSON: {error}")).into()
}

/// The rules that found something, in the order of the table.
fn rules(checked: &Checked, lang: Lang) -> Vec<Rule> {
    let found = |id: &str| checked.documents.iter().flat_map(|d| &d.findings).any(|f| f.rule == id);
    let rule = |about: &'static About| Rule {
        id: about.id,
        title: about.title.in_lang(lang),
        authority: about.authority.name(),
        cited: about.authority.cited().in_lang(lang).to_owned(),
    };
    RULES.iter().map(|r| r.about()).filter(|about| found(about.id)).map(rule).collect()
}

fn packs(checked: &Checked) -> Vec<PackTitle> {
    let one = |title: &Title| PackTitle {
        name: title.name.clone(),
        date: title.day.iso(),
        file: title.file.to_string(),
    };
    checked.packs.iter().map(one).collect()
}

/// The rules that did not run, together where they have one reason.
fn silenced(checked: &Checked) -> Vec<Off> {
    let mut all: Vec<Off> = Vec::new();
    for one in &checked.silenced {
        let (by, documents) = (one.by.name(), one.documents);
        match all.iter_mut().find(|off| (off.by, off.documents) == (by, documents)) {
            Some(off) => off.rules.push(one.rule),
            None => all.push(Off { by, documents, rules: vec![one.rule] }),
        }
    }
    all
}

fn checkup(document: &Document, lang: Lang) -> Checkup<'_> {
    let mut walk = Walk::of(document.manuscript.text());
    Checkup {
        path: &document.path,
        state: document.state().name(),
        left_out: document.gaps.iter().map(|gap| gap.name()).collect(),
        home: document.home.as_ref().map(|(name, origin)| Home { name, origin: origin.name() }),
        characters: document.characters,
        alike: document.alike.as_ref().map(|alike| nearest(alike, document)),
        findings: document.findings.iter().map(|f| found(f, &document.manuscript, &mut walk, lang)).collect(),
        notes: document
            .notes
            .iter()
            .map(|n| n.in_lang(lang))
            .chain(document.homeless.then(|| homeless(1, 1).in_lang(lang)))
            .collect(),
    }
}

fn nearest<'c>(alike: &'c Alike, document: &'c Document) -> Nearest<'c> {
    let text = document.manuscript.text();
    let longest = alike.passage(text).map(|words| {
        let start = code_points(&text[..alike.longest.start]);
        Stretch { start, end: start + code_points(words), text: words }
    });
    let ((sentences, same), percent) = (alike.sentences, alike.percent());
    Nearest {
        document: &alike.nearest,
        percent,
        percent_of_any: alike.percent_of_any(),
        sentences,
        same,
        longest,
    }
}

pub(super) fn found<'c>(
    finding: &'c Finding,
    manuscript: &'c Manuscript,
    walk: &mut Walk<'_>,
    lang: Lang,
) -> Found<'c> {
    let text = manuscript.text();
    let (start, at) = walk.to(finding.range.start);
    let words = &text[finding.range.clone()];
    Found {
        rule: finding.rule,
        severity: finding.severity.name(),
        start,
        end: start + code_points(words),
        line: at.line,
        column: at.column,
        cell: manuscript.place(finding.range.start).and_then(Place::cell),
        gravest: finding.gravest,
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
                corpus: &s.corpus,
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
