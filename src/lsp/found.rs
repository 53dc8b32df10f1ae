//! Findings and faults as an editor shows them: diagnostics.

use serde_json::{Value as Json, json};

use super::desk::{Open, shown};
use super::uri::uri_of;
use super::ways::Ways;
use crate::app::Files;
use crate::base::lines::Lines;
use crate::base::{Place, Problem};
use crate::model::{Finding, Severity};
use crate::report::context;

/// The scheme of the pages that the editor asks for by `wengao/explain`.
const EXPLAIN: &str = "wengao:";

/// Errors and warnings as such; what the command line shows on request alone, as a hint.
const fn grave(severity: Severity) -> u8 {
    match severity {
        Severity::Error => 1,
        Severity::Warning => 2,
        Severity::Info => 4,
    }
}

/// A finding, with what to do and with its evidence: where that stands in a file, as a place to go to.
pub(super) fn finding(open: &Open, finding: &Finding, ways: &Ways, files: &dyn Files) -> Json {
    let lang = ways.lang;
    let mut message = finding.message.in_lang(lang).to_owned();
    if let Some(help) = &finding.help {
        message.push_str(&format!("\n{}{}", lang.either("办法：", "help: "), help.in_lang(lang)));
    }
    let mut related = Vec::new();
    for (place, note) in &finding.notes {
        let note = note.in_lang(lang);
        match place.as_ref().and_then(|place| location(place, files)) {
            Some(location) => related.push(json!({ "location": location, "message": note })),
            None => {
                let place =
                    place.as_ref().map(|p| format!("{}{}", p.label().in_lang(lang), lang.either("：", ": ")));
                message.push_str(&format!("\n{}{note}", place.unwrap_or_default()));
            }
        }
    }
    for source in &finding.sources {
        message.push_str(&format!("\n{}{} {}", lang.either("见 ", "in "), source.document, source.text));
    }
    let mut one = json!({
        "range": open.shown(&finding.range, ways.units),
        "severity": grave(finding.severity),
        "code": finding.rule,
        "source": "wengao",
        "message": message,
        "data": { "rule": finding.rule, "fix": finding.fix.as_ref().map(|fix| &fix.text) },
    });
    if !related.is_empty() {
        one["relatedInformation"] = json!(related);
    }
    if ways.explains {
        one["codeDescription"] = json!({ "href": format!("{EXPLAIN}{}.md", finding.rule) });
    }
    one
}

/// What a finding is known by while its text is gone on with: its rule, its words and what stands
/// beside them.
pub(super) fn signature(text: &str, finding: &Finding) -> String {
    let (before, after) = context(text, &finding.range);
    [finding.rule, &text[finding.range.clone()], &before, &after].join("\u{1F}")
}

/// A place in a text file, as the editor's own links lead to it. Only the line is known without
/// reading the file, and is enough to look at.
fn location(place: &Place, files: &dyn Files) -> Option<Json> {
    let (file, line) = match place {
        Place::Line { file, line, .. } => (file, *line),
        Place::Fact { at: Some(at), .. } => return location(at, files),
        _ => return None,
    };
    let line = line.saturating_sub(1);
    let start = json!({ "line": line, "character": 0 });
    Some(json!({ "uri": uri_of(&files.real(file)), "range": { "start": start, "end": start } }))
}

/// A fault of the text itself; what is at fault elsewhere stands at its head, with its place.
pub(super) fn problem(
    open: &Open,
    severity: Severity,
    problem: &Problem,
    ways: &Ways,
    files: &dyn Files,
) -> Json {
    let own = match &problem.at {
        Some(Place::Line { file, line, column }) if is_same(files, file, &open.name) => {
            Some((*line, *column))
        }
        _ => None,
    };
    let (range, problem) = match own {
        Some((line, column)) => {
            let text = open.lines.line(&open.text, line);
            let (line, column) = (line.saturating_sub(1) as usize, column.saturating_sub(1) as usize);
            let start = text.char_indices().nth(column).map_or(text.len(), |(at, _)| at);
            let words = &text[start..];
            let end = start
                + words.find([' ', ':', '：', ',', ']', '}']).filter(|&at| at > 0).unwrap_or(words.len());
            // The place is one of the text's own line, so it is counted there.
            let place = |byte| {
                let (_, column) = Lines::of(text).editor_position(text, byte, ways.units);
                json!({ "line": line, "character": column })
            };
            (json!({ "start": place(start), "end": place(end) }), Problem { at: None, ..problem.clone() })
        }
        None => (shown(&open.text, &open.lines, &(0..0), ways.units), problem.clone()),
    };
    json!({
        "range": range,
        "severity": if severity == Severity::Info { 3 } else { grave(severity) },
        "source": "wengao",
        "message": problem.in_lang(ways.lang),
    })
}

fn is_same(files: &dyn Files, one: &str, other: &str) -> bool {
    one == other || files.real(one) == files.real(other)
}

/// A path as the editor's name of it.
pub(super) fn uri_of_name(files: &dyn Files, name: &str) -> String {
    uri_of(&files.real(name))
}
