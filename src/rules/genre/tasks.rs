//! Tasks of a 方案 (任务): one without an owner, or without a deadline, where its siblings have them.
//!
//! Siblings are the items of one run of the outline, or paragraphs that open with a dash. An item is its paragraph
//! and what follows up to the next. What the plan lays down for all of them before the first is nobody's omission.

use std::ops::Range;

use super::sheet::Sheet;
use super::{Basis, Told};
use crate::base::Text;
use crate::base::lexicon::genre as lexicon;
use crate::rules::Case;
use crate::rules::reading::outline::Mark;
use crate::text;

/// Items from which others can be said to have what one lacks.
const SIBLINGS: usize = 3;

/// The tasks that lack an owner, and those that lack a deadline: the first of each.
pub(super) fn find(case: &Case<'_>, sheet: &Sheet) -> Vec<Told> {
    let text = case.manuscript.text();
    let runs = runs(case, sheet);
    let lack = |has: fn(&str) -> bool| runs.iter().find_map(|run| odd_one(text, sheet, run, has));
    let mut found = Vec::new();
    if let Some((at, have)) = lack(has_owner) {
        let words = super::super::excerpt(&text[at.clone()], 16);
        found.push(Told::new(
            at,
            text!(
                "“{words}”没有责任单位，同级的{have}项都有",
                "“{words}” has no owner; {have} beside it have one"
            ),
            Text::fixed("写明谁牵头、谁负责", "say who leads it"),
            Basis::Custom,
        ));
    }
    if let Some((at, have)) = lack(has_deadline) {
        let words = super::super::excerpt(&text[at.clone()], 16);
        found.push(Told::new(
            at,
            text!(
                "“{words}”没有完成时限，同级的{have}项都有",
                "“{words}” has no deadline; {have} beside it have one"
            ),
            Text::fixed("写明什么时候完成", "say by when"),
            Basis::Custom,
        ));
    }
    found
}

/// The runs of items, each item as bytes of the text.
fn runs(case: &Case<'_>, sheet: &Sheet) -> Vec<Vec<Range<usize>>> {
    let (own, text) = (sheet.all(), case.manuscript.text());
    let outline = case.outline();
    let mut all: Vec<Vec<Range<usize>>> = Vec::new();
    for run in &outline.runs {
        let marks: Vec<&Mark> = run.items.iter().filter_map(|&i| outline.marks.get(i)).collect();
        let lead = marks.iter().all(|m| m.lead && own.contains(&m.range.start));
        if !lead || marks.len() < SIBLINGS {
            continue;
        }
        // 一、工作目标 and what else is no task; a task with tasks of its own is a part of the plan, and what
        // stands beneath 保障措施 is how all of it is secured.
        let above = run.parent.and_then(|i| outline.marks.get(i));
        if marks.iter().any(|m| is_section(text, m))
            || above.is_some_and(|m| is_secured(text, m))
            || is_nested(&outline.marks, &run.items)
        {
            continue;
        }
        let ends = marks.iter().skip(1).map(|m| m.range.start);
        let last = end_of_last(text, &outline.marks, &run.items, sheet);
        let starts = marks.iter().map(|m| m.range.start);
        all.push(starts.zip(ends.chain([last])).map(|(from, to)| from..to).collect());
    }
    let dashed: Vec<Range<usize>> =
        sheet.body.iter().filter(|r| text[(*r).clone()].starts_with("——")).cloned().collect();
    all.push(dashed);
    all.retain(|run| run.len() >= SIBLINGS);
    all
}

/// The line that a mark opens, up to a heading's length.
fn heading<'t>(text: &'t str, mark: &Mark) -> Option<&'t str> {
    /// Bytes within which a heading ends.
    const LONGEST: usize = 72;
    let end = text.floor_char_boundary((mark.range.start + LONGEST).min(text.len()));
    let line = &text[mark.range.start..end];
    let whole = end == text.len() || line.contains('\n');
    line.split('\n').next().filter(|_| whole)
}

fn is_section(text: &str, mark: &Mark) -> bool {
    heading(text, mark).is_some_and(|line| lexicon::SECTIONS.iter().any(|w| line.contains(w)))
}

fn is_secured(text: &str, mark: &Mark) -> bool {
    let words = ["保障", "要求", "组织", "步骤", "措施保", "原则", "纪律"];
    heading(text, mark).is_some_and(|line| words.iter().any(|w| line.contains(w)))
}

/// Whether other ordinals stand at the head of a line between the items of a run.
fn is_nested(marks: &[Mark], items: &[usize]) -> bool {
    let (Some(&first), Some(&last)) = (items.first(), items.last()) else { return false };
    marks.get(first..last).is_some_and(|within| within.iter().filter(|m| m.lead).count() > items.len() - 1)
}

/// Where the last item of a run ends: at the next ordinal at the head of a line; where there is none, with its
/// paragraph, or some lines below it where that is a heading.
fn end_of_last(text: &str, marks: &[Mark], items: &[usize], sheet: &Sheet) -> usize {
    /// Lines beneath a heading that has no ordinal behind it.
    const LINES: usize = 3;
    let Some((last, from)) = items.last().and_then(|&i| Some((i, marks.get(i)?.range.start))) else {
        return 0;
    };
    let at = sheet.body.partition_point(|r| r.end <= from);
    let block = sheet.body.get(at).map_or(from, |r| r.end.max(from));
    let next = marks.get(last + 1..).and_then(|rest| rest.iter().find(|m| m.lead)).map(|m| m.range.start);
    if let Some(next) = next {
        return next.max(block);
    }
    let bare = text[from..block].chars().count() < 30;
    let below = sheet.body[at.min(sheet.body.len())..].iter().take(LINES + 1).next_back();
    below.filter(|_| bare).map_or(block, |r| r.end.max(block))
}

/// The one item that lacks what all others have, and how many these are.
fn odd_one(
    text: &str,
    sheet: &Sheet,
    run: &[Range<usize>],
    has: fn(&str) -> bool,
) -> Option<(Range<usize>, usize)> {
    let lacking: Vec<&Range<usize>> = run.iter().filter(|r| !has(&text[(*r).clone()])).collect();
    let have = run.len() - lacking.len();
    let [one] = lacking[..] else { return None };
    // The preamble, or the paragraph before the first: what holds for all.
    let first = run.first()?.start;
    let at = sheet.body.partition_point(|r| r.end <= first);
    let near = sheet.body.iter().take(3).chain(sheet.body.get(at.wrapping_sub(1)));
    let common = near
        .filter(|r| r.start < first)
        .any(|r| lexicon::COMMON_TO_ALL.iter().any(|w| text[r.start..r.end.min(first)].contains(w)));
    let line = text[one.clone()].find('\n').map_or(one.end, |at| one.start + at);
    (have >= 2 && !common).then(|| (one.start..line.max(one.start + 1), have))
}

/// Whether a task says who does it.
fn has_owner(task: &str) -> bool {
    let charged = lexicon::OWNERS.iter().any(|w| task.contains(w));
    let by = task.match_indices('由').any(|(at, w)| {
        let near: String = task[at + w.len()..].chars().take(14).collect();
        near.contains(|c: char| "局委办镇乡村站院所部会队组县厅区府".contains(c))
            || near.contains("中心")
            || near.contains("单位")
            || near.contains("公司")
    });
    charged
        || by
        || has_subject(task)
        || cells(task).any(|cell| {
            (3..=16).contains(&cell.chars().count())
                && cell.ends_with(|c: char| "局委办镇乡村站院所部会队组府心".contains(c))
        })
}

/// What stands between blanks, as the cells of a table that became lines.
fn cells(task: &str) -> impl Iterator<Item = &str> {
    task.split([' ', '　', '\t', '|', '｜', '\n']).filter(|cell| !cell.is_empty())
}

/// 县财政局要…, 各乡镇…: an office opens a clause.
fn has_subject(task: &str) -> bool {
    task.split(['。', '，', '；', '：', '（', ' ', '　', '\t', '|', '｜', '\n']).any(|clause| {
        let near: Vec<char> = clause.chars().take(12).collect();
        let level = near.first().is_some_and(|c| "县市区镇乡各".contains(*c));
        let organ = near.iter().skip(1).any(|c| "局委办镇乡村站院所部会队府".contains(*c));
        level && organ
    })
}

/// Whether a task says by when.
fn has_deadline(task: &str) -> bool {
    let day = |cell: &str| {
        cell.len() >= 3
            && cell.contains(['.', '-', '/'])
            && cell.chars().all(|c| c.is_ascii_digit() || ".-/".contains(c))
    };
    lexicon::DEADLINES.iter().any(|w| task.contains(w))
        || cells(task).skip(1).any(day)
        || task
            .match_indices(['月', '日', '年'])
            .any(|(at, _)| task[..at].ends_with(|c: char| c.is_ascii_digit()))
}
