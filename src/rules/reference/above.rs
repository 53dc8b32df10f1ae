//! `上述四项` after three: what is said to stand above, held against what stands there.
//!
//! A list has many forms. What stands above may be counted by its ordinals, by its 、, by its clauses or
//! sentences, or by a number that is said; where one of these gives the number, nothing is told. Only where a
//! list is plain (ordinals, or a row right before in the same sentence) it is a warning, else a hint.

use std::ops::Range;

use super::{hit, number};
use crate::base::han::{is_counting, is_han};
use crate::base::lexicon::reference as lexicon;
use crate::base::{Text, clause};
use crate::model::{Finding, Severity};
use crate::rules::Case;
use crate::text;

/// Bytes above in which a number may be said.
const REACH: usize = 1200;

pub(super) fn find(case: &Case<'_>) -> Vec<Finding> {
    let text = case.manuscript.text();
    let mut found = Vec::new();
    for (at, word) in lexicon::ABOVE
        .iter()
        .flat_map(|w| memchr::memmem::find_iter(text.as_bytes(), w).map(move |at| (at, *w)))
    {
        let rest = text[at + word.len()..].trim_start_matches(['这', '的']);
        let Some((value, len)) = number(rest).filter(|(n, _)| (2..=30).contains(n)) else { continue };
        let Some(unit) = lexicon::COUNTERS.iter().find(|c| rest[len..].starts_with(**c)) else { continue };
        // 60周岁以上三类人员, 10亿元以上5个
        let before = text[..at].chars().next_back();
        let led = lexicon::LED.iter().any(|w| text[..at].ends_with(w));
        if word.starts_with("以上")
            && !before.is_none_or(|c| {
                !is_han(c) && !c.is_ascii_alphanumeric() && !matches!(c, '%' | '％' | '”' | '）' | ')')
            })
            && !led
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
    found.extend(these(text));
    found.extend(these_built(case, text));
    found
}

/// 一是…；二是…。这三个方面: more than the list has. Fewer may be meant of them.
fn these_built(case: &Case<'_>, text: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    for at in memchr::memmem::find_iter(text.as_bytes(), "这") {
        let rest = &text[at + "这".len()..];
        let Some((value, len)) = number(rest).filter(|(n, _)| (3..=30).contains(n)) else { continue };
        let Some(unit) = lexicon::COUNTERS.iter().find(|c| rest[len..].starts_with(**c)) else { continue };
        let claim = at..at + "这".len() + len + unit.len();
        let start = clause::line_start(text, at);
        let line = text[start..at].trim_end();
        let more =
            built(case, text, start, line, &claim).is_some_and(|counts| counts.iter().all(|n| *n < value));
        let told = || said(line).any(|n| n == value);
        if more && !told() {
            found.push(tell(text, claim, value, Severity::Warning));
        }
    }
    found
}

/// 登记失业率3.7%，人口自然增长率9.5‰，物价涨幅1.9%，这五项指标: what these can be at most stands in the sentence.
fn these(text: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    for at in memchr::memmem::find_iter(text.as_bytes(), "这") {
        let rest = &text[at + "这".len()..];
        let Some((value, len)) = number(rest).filter(|(n, _)| (3..=30).contains(n)) else { continue };
        let Some(unit) = ["项", "个方面", "类", "种", "大"].iter().find(|c| rest[len..].starts_with(**c))
        else {
            continue;
        };
        let start = text[..at]
            .rfind(['。', '\n', '；', '！'])
            .map_or(0, |i| i + text[i..].chars().next().map_or(0, char::len_utf8));
        let sentence = &text[start..at];
        // The row of what is counted stands right before, with figures or marks, and nothing else says the number.
        let Some(row) = sentence.strip_suffix('，') else { continue };
        let clauses: Vec<&str> = row.split('，').collect();
        let tail = clauses.iter().rev().take_while(|c| c.contains(|c: char| c.is_ascii_digit())).count();
        let joined = row.contains(['、', '和', '及', '与', '或']);
        let opens = text[..start].trim_end().ends_with(['。', '\n']) || start == 0;
        if joined || !opens || tail < 2 || said(sentence).any(|n| n == value) || value <= clauses.len() {
            continue;
        }
        let end = at + "这".len() + len + unit.len();
        found.push(tell(text, at..end, value, Severity::Warning));
    }
    found
}

/// What may be counted in a row or a sentence: its items by 、, with and without what 和 joins.
fn items(words: &str, counts: &mut Vec<usize>) {
    let mut all = 0;
    for clause in words.split('，').filter(|c| !c.trim().is_empty()) {
        let points = clause.matches('、').count() + 1;
        let joints = clause.matches(['和', '及', '与', '或', '以']).count();
        if points > 1 || !words.contains('、') {
            counts.extend(points..=points + joints);
            all += points;
        }
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
    let start = clause::line_start(text, claim.start);
    let line = text[start..claim.start].trim_end();
    let sentence = line.rsplit(['。', '；', '！']).next().unwrap_or_default();
    let row =
        sentence.strip_suffix('，').and_then(|s| s.rsplit('，').next()).filter(|row| row.contains('、'));
    if let Some(count) = built(case, text, start, line, &claim) {
        return (!count.contains(&value)).then(|| tell(text, claim, value, Severity::Warning));
    }
    if let Some(other) = said_of(text, &claim, value) {
        let (words, before) = (&text[claim.clone()], &text[other]);
        let message = text!("“{words}”：前面说的是“{before}”", "“{words}”, but above it is “{before}”");
        return Some(hit(claim, message, HELP).severity(Severity::Info));
    }
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
        match ended(case, text, &claim) {
            Some(runs) => {
                counts.extend(runs);
                false
            }
            None => above(case, text, claim.start, &mut counts),
        }
    } else if let Some(other) = same_unit(line, &text[claim.clone()], value) {
        // 分为三类：…。上述四类: the line says how many there are, and in no other way as many.
        for words in line.split(['。', '；', '！', '：']) {
            items(words, &mut counts);
        }
        counts.extend(said(line));
        counts.retain(|n| *n != 0 && (*n == value || *n == other));
        false
    } else {
        loose(case, text, start..claim.start, &mut counts);
        false
    };
    if counts.contains(&value) {
        return None;
    }
    Some(tell(text, claim, value, if sure { Severity::Warning } else { Severity::Info }))
}

/// What may be counted in the line before the claim, in whatever way.
fn loose(case: &Case<'_>, text: &str, before: Range<usize>, counts: &mut Vec<usize>) {
    let start = before.start;
    let line = text[before].trim_end();
    // Where a row by 、 stands in the line, what is counted stands there, and not in its clauses.
    let rows = line.split(['，', '。', '；', '！']).any(|c| c.matches('、').count() >= 2);
    for words in line.split(['。', '；', '！']).chain([line]) {
        items(words, counts);
        if !rows {
            counts.push(words.matches('，').count() + usize::from(!words.ends_with('，')));
        }
    }
    if !rows {
        counts.extend(["。", "；", "《", "“"].map(|mark| line.matches(mark).count()));
        counts.push(line.matches('；').count() + 1);
    }
    counts.extend(said(line));
    let mut lines = Vec::new();
    above(case, text, start, &mut lines);
    // 上述四个问题: of a short line of its own two sentences at most can be meant.
    if line.chars().count() > 60 || line.matches('。').count() > 1 {
        counts.extend(lines);
    }
}

const HELP: Text =
    Text::fixed("数一数前面列了几项，改正数目", "count what stands above and correct the number");

fn tell(text: &str, claim: Range<usize>, value: usize, severity: Severity) -> Finding {
    let words = &text[claim.clone()];
    let message =
        text!("“{words}”：前面列的不是{value}项", "“{words}”, but what stands above is not {value}");
    hit(claim, message, HELP).severity(severity)
}

/// How many there are where the lines right above, or the sentences of the same line, are plainly a list: dashes,
/// or ordinals of one run that ends there. The numbers that the line before the list says count too.
fn built(case: &Case<'_>, text: &str, start: usize, line: &str, claim: &Range<usize>) -> Option<Vec<usize>> {
    /// Bytes that the last item has at most.
    const LAST: usize = 3000;
    let outline = case.outline();
    let lead = |at: usize| -> Vec<usize> {
        let before = text[..at].trim_end();
        let last = before.rsplit(['\n', '。']).find(|l| !l.trim().is_empty()).unwrap_or_default();
        said_with(last, &text[claim.clone()]).collect()
    };
    if line.is_empty() {
        let mut dashes = 0;
        let mut first = start;
        for above in text[..start].trim_end().rsplit('\n').take(40) {
            let words = above.trim_start();
            let dash = words.starts_with(['—', '●', '■', '◆', '▲', '★', '·', '•', '–']);
            if !(dash || words.is_empty() && dashes > 0) {
                break;
            }
            dashes += usize::from(dash);
            first = above.as_ptr() as usize - text.as_ptr() as usize;
        }
        if dashes >= 2 {
            let mut counts = lead(first);
            counts.push(dashes);
            return Some(counts);
        }
    }
    let last = outline.marks.partition_point(|m| m.range.start < claim.start).checked_sub(1)?;
    let run = &outline.runs[*outline.run_of.get(last)?];
    let before: Vec<_> =
        run.items.iter().map(|&i| &outline.marks[i]).filter(|m| m.range.start < claim.start).collect();
    let (head, end) = (before.first()?, before.last()?);
    let lines = text[end.range.start..claim.start].matches('\n').count();
    // A list of lines ends in the line above; one within a line, in the same line.
    let here = if end.lead { line.is_empty() && lines <= 2 } else { lines == 0 };
    let whole = before.len() == end.value && before.len() >= 2 && end.range.start + LAST > claim.start;
    // 一是…；二是… within each item of another run may be meant as well.
    let nested =
        run.parent.is_some() && run.parent.is_some_and(|p| outline.marks[p].lead == end.lead && !end.lead);
    // Items of a line each: nothing but the next item stands between two of them.
    let lined = || {
        before.windows(2).all(|p| text[p[0].range.start..p[1].range.start].matches('\n').count() <= 2)
            && lines <= 2
            && !text[end.range.start..claim.start].trim_end().contains('\n')
    };
    if !here || !whole || nested || end.lead && !end.shape.is_prose() && !lined() {
        return None;
    }
    let mut counts = lead(head.range.start);
    counts.push(before.len());
    Some(counts)
}

/// The lengths of the lists of headings or lines that end above, with the numbers that are said with the same unit;
/// `None` where no list ends there.
fn ended(case: &Case<'_>, text: &str, claim: &Range<usize>) -> Option<Vec<usize>> {
    let outline = case.outline();
    let mut counts = Vec::new();
    for run in &outline.runs {
        let marks: Vec<_> = run
            .items
            .iter()
            .map(|&i| &outline.marks[i])
            .filter(|m| m.lead && m.range.start < claim.start)
            .collect();
        let Some(last) = marks.last().filter(|_| marks.len() >= 2) else { continue };
        if last.range.start + 6 * REACH > claim.start {
            counts.extend([marks.len(), last.value]);
        }
    }
    if counts.is_empty() {
        return None;
    }
    let from = text.floor_char_boundary(claim.start.saturating_sub(3 * REACH));
    counts.extend(said_with(&text[from..claim.start], &text[claim.clone()]));
    let last = text[..claim.start].trim_end().rsplit('\n').next().unwrap_or_default();
    items(last, &mut counts);
    counts.push(last.matches('；').count() + 1);
    Some(counts)
}

/// The numbers that words say with the unit of the claim.
fn said_with<'t>(words: &'t str, claim: &str) -> impl Iterator<Item = usize> + 't {
    let unit = lexicon::COUNTERS.iter().find(|c| claim.ends_with(**c)).copied().unwrap_or("个");
    words.match_indices(unit).filter_map(move |(at, _)| {
        let digits =
            words[..at].trim_end_matches(|c: char| is_counting(c) || c.is_ascii_digit() || c == '大').len();
        number(&words[digits..at]).map(|(n, _)| n)
    })
}

/// The one number that a line says with the unit of the claim, where it is another.
fn same_unit(line: &str, claim: &str, value: usize) -> Option<usize> {
    let unit = lexicon::COUNTERS.iter().find(|c| claim.ends_with(**c))?;
    let mut other = None;
    for (at, _) in line.match_indices(unit) {
        let digits = line[..at].trim_end_matches(|c: char| is_counting(c) || c.is_ascii_digit()).len();
        let Some((n, _)) = number(&line[digits..at]).filter(|(n, len)| digits + len == at && *n >= 2) else {
            continue;
        };
        if n == value || other.is_some_and(|o| o != n) {
            return None;
        }
        other = Some(n);
    }
    other
}

/// What was said of the same thing above with another number: 六大重点产业集群 before 以上七个重点产业集群.
fn said_of(text: &str, claim: &Range<usize>, value: usize) -> Option<Range<usize>> {
    /// Bytes above.
    const FAR: usize = 6000;
    let noun: String = text[claim.end..].chars().take_while(|c| is_han(*c)).take(8).collect();
    let start = text.floor_char_boundary(claim.start.saturating_sub(FAR));
    let mut other = None;
    for c in lexicon::COUNTERS.iter().filter(|c| c.chars().count() <= 1) {
        for (at, _) in text[start..claim.start].match_indices(c) {
            let at = start + at;
            let digits = text[..at].trim_end_matches(|c: char| is_counting(c) || c.is_ascii_digit()).len();
            let Some((n, len)) = number(&text[digits..]).filter(|(n, _)| (2..=30).contains(n)) else {
                continue;
            };
            let behind: String = text[at + c.len()..].chars().take_while(|c| is_han(*c)).take(12).collect();
            if digits + len != at || !shares(&noun, &behind) {
                continue;
            }
            if n == value {
                return None;
            }
            other = Some(digits..at + c.len());
        }
    }
    other
}

/// Whether the nouns share four letters in a row, or begin with the same two before anything else.
fn shares(noun: &str, other: &str) -> bool {
    let letters: Vec<char> = noun.chars().collect();
    letters.windows(4).any(|w| other.contains(&w.iter().collect::<String>()))
        || letters.len() >= 2 && other.starts_with(&letters[..2].iter().collect::<String>())
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
