//! `上述四项` after three: what is said to stand above, held against what stands there.
//!
//! A list has many forms. What stands above may be counted by its ordinals, by its 、, by its clauses or
//! sentences, or by a number that is said; where one of these gives the number, nothing is told. Only where a
//! list is plain (ordinals, or a row right before in the same sentence) it is a warning, else a hint.

use super::{Hit, number};
use crate::base::Text;
use crate::base::han::{is_counting, is_han};
use crate::base::lexicon::reference as lexicon;
use crate::model::Severity;
use crate::rules::Case;
use crate::text;

/// Bytes above in which a number may be said.
const REACH: usize = 1200;

pub(super) fn find(case: &Case<'_>) -> Vec<Hit> {
    let text = case.manuscript.text();
    let mut found = Vec::new();
    for (at, word) in lexicon::ABOVE.iter().flat_map(|w| text.match_indices(*w)) {
        let rest = text[at + word.len()..].trim_start_matches(['这', '的']);
        let Some((value, len)) = number(rest).filter(|(n, _)| (2..=30).contains(n)) else { continue };
        let Some(unit) = lexicon::COUNTERS.iter().find(|c| rest[len..].starts_with(**c)) else { continue };
        // 60周岁以上三类人员, 10亿元以上5个
        let before = text[..at].chars().next_back();
        let led =
            ["对", "将", "把", "除", "按", "照", "绕", "对于", "据"].iter().any(|w| text[..at].ends_with(w));
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

fn judge(case: &Case<'_>, text: &str, claim: std::ops::Range<usize>, value: usize) -> Option<Hit> {
    let from = text.floor_char_boundary(claim.start.saturating_sub(REACH));
    let above = &text[from..claim.start];
    let line = above.rsplit('\n').next().unwrap_or_default().trim();
    let mut counts = Vec::new();
    // Ordinals: of this line, or of the runs that ended above.
    let outline = case.outline();
    let runs = outline.runs.iter().filter_map(|run| {
        let marks: Vec<_> =
            run.items.iter().map(|&i| &outline.marks[i]).filter(|m| m.range.start < claim.start).collect();
        let last = marks.last()?;
        (last.range.start + 6 * REACH > claim.start).then(|| (last.range.start, marks.len(), last.value))
    });
    let runs: Vec<(usize, usize, usize)> = runs.collect();
    counts.extend(runs.iter().flat_map(|run| [run.1, run.2]));
    // Rows of 、, clauses and sentences of this line and of the one before it.
    let mut lines = above.trim_end().rsplit('\n').filter(|l| !l.trim().is_empty());
    let near: Vec<&str> = lines.by_ref().take(2).collect();
    for words in near.iter().flat_map(|l| l.split(['。', '；']).chain([*l])) {
        counts.push(words.matches('、').count() + 1);
        counts.push(words.matches('，').count() + usize::from(!words.trim_end().ends_with('，')));
        counts.push(words.matches('；').count() + 1);
        counts.push(words.matches('。').count());
        counts.push(words.matches('《').count());
        counts.push(words.matches('“').count());
        for clause in words.split('，') {
            let points = clause.matches('、').count() + 1;
            let joints = clause.matches(['和', '及', '与', '或']).count();
            counts.extend(points..=points + joints);
        }
    }
    let lines_above = text[..claim.start]
        .trim_end()
        .lines()
        .rev()
        .filter(|l| !l.trim().is_empty())
        .take_while(|l| l.chars().count() < 60)
        .count();
    counts.push(lines_above);
    // A number that is said above: 八个方面.
    let said = above
        .char_indices()
        .filter(|(_, c)| is_counting(*c) || c.is_ascii_digit())
        .filter_map(|(at, _)| number(&above[at..]));
    counts.extend(said.map(|(n, _)| n));
    if counts.contains(&value) {
        return None;
    }
    let words = &text[claim.clone()];
    let row = line.strip_suffix('，').map(|l| l.rsplit(['。', '；', '，']).next().unwrap_or_default());
    let plain = row.is_some_and(|row| row.contains('、') && row.chars().count() < 50);
    let ordinals = runs.iter().any(|run| run.0 + REACH > claim.start && run.1 >= 2 && run.1 == run.2);
    let message =
        text!("“{words}”：前面列的不是{value}项", "“{words}”, but what stands above is not {value}");
    let help = Text::fixed("数一数前面列了几项，改正数目", "count what stands above and correct the number");
    let severity = if plain || ordinals { Severity::Warning } else { Severity::Info };
    Some(Hit { severity, ..Hit::new(claim, message, help) })
}
