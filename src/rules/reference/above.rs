//! `上述四项` after three: what is said to stand above, held against what stands there.
//!
//! A list has many forms. What stands above may be counted by its ordinals, by its 、, by its clauses or
//! sentences, or by a number that is said; where one of these gives the number, nothing is told. Only where a
//! list is plain (ordinals, or a row right before in the same sentence) it is a warning, else a hint.

use std::ops::Range;

use super::{hit, number};
use crate::base::Text;
use crate::base::han::{is_counting, is_han};
use crate::base::lexicon::reference as lexicon;
use crate::model::{Finding, Severity};
use crate::rules::Case;
use crate::text;

/// Bytes above in which a number may be said.
const REACH: usize = 1200;

pub(super) fn find(case: &Case<'_>) -> Vec<Finding> {
    let text = case.manuscript.text();
    let mut found = Vec::new();
    for (at, word) in lexicon::ABOVE.iter().flat_map(|w| text.match_indices(*w)) {
        let rest = text[at + word.len()..].trim_start_matches(['这', '的']);
        let Some((value, len)) = number(rest).filter(|(n, _)| (2..=30).contains(n)) else { continue };
        let Some(unit) = lexicon::COUNTERS.iter().find(|c| rest[len..].starts_with(**c)) else { continue };
        // 60周岁以上三类人员, 10亿元以上5个
        let before = text[..at].chars().next_back();
        let led = lexicon::LED.iter().any(|w| text[..at].ends_with(w));
        if !before.is_none_or(|c| {
            !is_han(c) && !c.is_ascii_alphanumeric() && !matches!(c, '%' | '％' | '”' | '）' | ')')
        }) && !led
        {
            continue;
        }
        let end = text.len() - rest.len() + len + unit.len();
        // 以上四项指标…：甲、乙、丙、丁: they follow.
        let line = text[end..].split(['。', '\n']).next().unwrap_or_default();
        if line.contains(['：', ':']) || line.contains("分别") || line.starts_with('月') {
            continue;
        }
        found.extend(judge(case, text, at..end, value));
    }
    found
}

/// What may be counted in a row or a sentence: its items by 、, with and without what 和 joins.
fn items(words: &str, counts: &mut Vec<usize>) {
    let mut all = 0;
    for clause in words.split('，').filter(|c| !c.trim().is_empty()) {
        let points = clause.matches('、').count() + 1;
        let joints = clause.matches(['和', '及', '与', '或', '以']).count();
        counts.extend(points..=points + joints);
        all += points;
    }
    counts.push(all);
}

/// The numbers that words say: 两类, 8个.
fn said(words: &str) -> impl Iterator<Item = usize> + '_ {
    let numeral = |c: char| is_counting(c) || c.is_ascii_digit();
    words
        .char_indices()
        .filter(move |(_, c)| numeral(*c))
        .filter_map(|(at, _)| number(&words[at..]))
        .map(|(n, _)| n)
}

fn judge(case: &Case<'_>, text: &str, claim: Range<usize>, value: usize) -> Option<Finding> {
    let start = text[..claim.start].rfind('\n').map_or(0, |at| at + 1);
    let line = text[start..claim.start].trim_end();
    let sentence = line.rsplit(['。', '；', '！']).next().unwrap_or_default();
    let row =
        sentence.strip_suffix('，').and_then(|s| s.rsplit('，').next()).filter(|row| row.contains('、'));
    // Ordinals that are counted within the line: 一要…，二要…，三要….
    let outline = case.outline();
    let within = outline.runs.iter().filter_map(|run| {
        let marks = run.items.iter().map(|&i| &outline.marks[i]);
        let here =
            marks.filter(|m| (start..claim.start).contains(&m.range.start) && m.shape.is_prose()).count();
        (here >= 2).then_some(here)
    });
    let within: Vec<usize> = within.collect();
    let mut counts = within.clone();
    let sure = if !within.is_empty() && row.is_none() {
        true
    } else if let Some(row) = row.filter(|row| row.chars().count() <= 50) {
        items(row, &mut counts);
        items(sentence, &mut counts);
        counts.extend(said(sentence));
        true
    } else if line.is_empty() {
        above(case, text, claim.start, &mut counts)
    } else {
        for words in line.split(['。', '；', '！']).chain([line]) {
            items(words, &mut counts);
            counts.push(words.matches('，').count() + usize::from(!words.ends_with('，')));
        }
        counts.extend(["。", "；", "《", "“"].map(|mark| line.matches(mark).count()));
        counts.push(line.matches('；').count() + 1);
        counts.extend(said(line));
        let mut lines = Vec::new();
        above(case, text, start, &mut lines);
        // 上述四个问题: of a short line of its own two sentences at most can be meant.
        if line.chars().count() > 60 || line.matches('。').count() > 1 {
            counts.extend(lines);
        }
        false
    };
    if counts.contains(&value) {
        return None;
    }
    let words = &text[claim.clone()];
    let message =
        text!("“{words}”：前面列的不是{value}项", "“{words}”, but what stands above is not {value}");
    let help = Text::fixed("数一数前面列了几项，改正数目", "count what stands above and correct the number");
    let severity = if sure { Severity::Warning } else { Severity::Info };
    Some(hit(claim, message, help).severity(severity))
}

/// What may be counted in the lines above; whether it is ordinals, which leave no doubt.
fn above(case: &Case<'_>, text: &str, at: usize, counts: &mut Vec<usize>) -> bool {
    let from = text.floor_char_boundary(at.saturating_sub(REACH));
    let above = text[from..at].trim_end();
    let outline = case.outline();
    let mut sure = false;
    for run in &outline.runs {
        let marks: Vec<_> =
            run.items.iter().map(|&i| &outline.marks[i]).filter(|m| m.range.start < at).collect();
        let Some(last) = marks.last() else { continue };
        if last.range.start + 6 * REACH > at {
            counts.extend([marks.len(), last.value]);
            sure |= last.range.start + REACH > at && marks.len() == last.value && marks.len() >= 2;
        }
    }
    for words in above
        .rsplit('\n')
        .filter(|l| !l.trim().is_empty())
        .take(2)
        .flat_map(|l| l.split(['。', '；']).chain([l]))
    {
        items(words, counts);
        counts.extend(
            ["，", "；", "。", "《", "“"].map(|mark| words.matches(mark).count() + usize::from(mark == "；")),
        );
    }
    counts.push(
        above.lines().rev().filter(|l| !l.trim().is_empty()).take_while(|l| l.chars().count() < 60).count(),
    );
    counts.extend(said(above));
    sure
}
