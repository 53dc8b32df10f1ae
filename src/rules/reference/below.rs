//! `下列六种情形之一的，不得批准：` before five items: a number that is announced within its sentence. A number at the end of
//! the sentence right before a list (以下四个方面：) is `count-claim`'s.

use super::{hit, number};
use crate::base::han::is_han;
use crate::base::lexicon::reference as lexicon;
use crate::base::{Text, clause};
use crate::model::Finding;
use crate::rules::count_claim::CountClaim;
use crate::rules::reading::outline::Shape;
use crate::rules::{Case, Rule};
use crate::text;

/// Bytes of what is counted: 情形, 申请条件.
const NOUN: usize = 18;

/// See the module.
pub(super) fn find(case: &Case<'_>) -> Vec<Finding> {
    let text = case.manuscript.text();
    let outline = case.outline();
    let mut found = Vec::new();
    for run in &outline.runs {
        let Some(first) = run.items.first().map(|&i| &outline.marks[i]) else { continue };
        let lines = matches!(first.shape, Shape::HanParen | Shape::Digit | Shape::DigitParen);
        let listed = first.lead && first.value == 1 && lines && run.items.len() >= 2;
        let in_order = run.items.iter().enumerate().all(|(n, &i)| {
            let mark = &outline.marks[i];
            mark.lead && mark.value == n + 1
        });
        if !listed || !in_order {
            continue;
        }
        // The line right above the first item.
        let above = text[..first.range.start].trim_end();
        let start = clause::line_start(text, above.len());
        let line = &above[start..];
        let Some((at, word)) = ["下列", "以下"].iter().filter_map(|w| Some((line.rfind(w)?, *w))).max()
        else {
            continue;
        };
        let rest = &line[at + word.len()..];
        let Some((value, len)) = number(rest).filter(|(n, _)| (2..=30).contains(n)) else { continue };
        let Some(unit) = lexicon::COUNTERS.iter().find(|c| rest[len..].starts_with(**c)) else { continue };
        let tail = &rest[len + unit.len()..];
        let ends = line.ends_with(['：', ':', '。']);
        let count = run.items.len();
        // 下列三类单位应当做到：: the number may be of something else.
        let noun = tail.trim_start_matches(|c| is_han(c) && c != '的' && c != '之');
        let counted = &tail[..tail.len() - noun.len()];
        let own = counted.len() <= NOUN && !["应", "须", "不得"].iter().any(|w| counted.contains(w));
        let sure =
            own && (noun.starts_with(['：', ':']) || noun.starts_with("之一") || noun.starts_with("的，"));
        if !ends || !sure || value == count {
            continue;
        }
        let range = start + at..start + at + word.len() + len + unit.len();
        let words = &text[range.clone()];
        let message = text!("“{words}”：下面列出的是{count}项", "“{words}”, but {count} follow");
        let help = Text::fixed("数一数下面列了几项，改正数目", "count what follows and correct the number");
        found.push(hit(range, message, help));
    }
    if !found.is_empty() {
        let told = CountClaim.check(case);
        found.retain(|f| !told.iter().any(|t| t.range.start < f.range.end && f.range.start < t.range.end));
    }
    found
}
