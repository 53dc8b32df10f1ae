//! What stands beside the text (页眉、页脚、脚注、尾注): what is wrong there is told at the words that it belongs to.
//!
//! Headers and notes are no part of the text, so no outline and no count goes on in them, and few rules have
//! anything to say of a line that names the paper and its office. Those few read it as a text of its own that has
//! the day and the locality of the document.

use super::day;
use super::places::own::own;
use crate::base::{Place, Text};
use crate::model::{Block, BlockKind, Finding, Manuscript, MarginLine, Mask, MaskKind, Piece};
use crate::rules::{Case, RULES, ask, excerpt};

/// Rules that read what stands beside the text.
const BESIDE: [&str; 6] =
    ["placeholder", "foreign-place", "stale-time", "stale-body", "sensitive", "damaged-text"];

/// Characters of a line that are quoted.
const QUOTED: usize = 24;

/// What they find there, each at the place of the text that its line belongs to.
pub(in crate::rules) fn findings(case: &Case<'_>) -> Vec<Finding> {
    let lines = case.manuscript.margin();
    if lines.is_empty() {
        return Vec::new();
    }
    let beside = manuscript(lines);
    let mut other = Case::new(&beside, case.settings).with_facts(case.facts);
    // What the document is, its text tells.
    let _ = other.day.set(day::of(case));
    let _ = other.own.set(own(case).cloned());
    other.others = case.others;
    let rules = RULES.iter().filter(|rule| BESIDE.contains(&rule.about().id));
    let found = rules.filter(|rule| case.settings.runs(rule.about().id)).flat_map(|rule| ask(*rule, &other));
    let allowed = |f: &Finding| case.settings.allows(f.rule, &beside.text()[f.range.clone()]);
    found.filter(|f| !allowed(f)).filter_map(|f| told(&beside, lines, f)).map(|f| severe(case, f)).collect()
}

fn severe(case: &Case<'_>, finding: Finding) -> Finding {
    let severity = *case.settings.severity.get(finding.rule).unwrap_or(&finding.severity);
    finding.severity(severity)
}

/// The lines as a text, each a block whose place is its number.
fn manuscript(lines: &[MarginLine]) -> Manuscript {
    let (mut text, mut blocks, mut pieces, mut masks) = (String::new(), Vec::new(), Vec::new(), Vec::new());
    for (number, line) in (0..).zip(lines) {
        let start = text.len();
        text.push_str(&line.text);
        let range = start..text.len();
        text.push('\n');
        let shown = |r: &std::ops::Range<usize>| start + r.start..start + r.end;
        masks.extend(line.prompts.iter().map(|r| Mask { range: shown(r), kind: MaskKind::Prompt }));
        pieces.push(Piece { range: range.clone(), from: Place::Paragraph(number) });
        blocks.push(Block { kind: BlockKind::Body, range });
    }
    Manuscript::new(text, blocks, pieces, masks)
}

/// A finding of such a line, told where the line belongs.
fn told(beside: &Manuscript, lines: &[MarginLine], finding: Finding) -> Option<Finding> {
    let Some(Place::Paragraph(number)) = beside.place(finding.range.start) else { return None };
    let line = lines.get(usize::try_from(*number).ok()?)?;
    let (label, Text { zh, en }) = (line.beside.label(), &finding.message);
    let message = Text::new(format!("{}里：{zh}", label.zh), format!("in a {}: {en}", label.en));
    let said = excerpt(line.text.trim(), QUOTED);
    let note = Text::new(format!("{}：{said}", label.zh), format!("{}: {said}", label.en));
    // Of a number that is somebody's own the message says as much as may be said.
    let note = (!finding.private).then_some((None, note));
    let range = line.at.clone();
    Some(Finding { range, message, fix: None, private: false, ..finding }.notes(note))
}
