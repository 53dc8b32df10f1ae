//! Gaps (空格): blanks where a figure is missing before its unit — `增长  %`, `12月 日`, `共　　人`,
//! `第 届`, `〔2026〕 号`, `联系人：　　，`.
//!
//! Blanks also set columns, indent lines and spread the two characters of 日期. So the unit must be
//! one that no word opens with, and the words before must ask for a figure. Forms that follow the
//! text are left alone: their blanks are for others to fill.

use super::page::Page;
use super::{Judged, Notation, Suspect, Verdict, is_han};
use crate::base::blank::{self, Lack};
use crate::base::lexicon::placeholder as lexicon;

/// Characters that may open a gap.
pub(super) const TRIGGERS: &[&str] = &[" ", "　", "\t", "\u{a0}"];

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '　' | '\t' | '\u{a0}')
}

/// Looks at the blanks that start at `at`.
pub(super) fn find(page: &Page<'_>, at: usize) -> Judged {
    let len = page.text[at..].find(|c| !is_blank(c)).unwrap_or(page.text.len() - at);
    let range = at..at + len;
    let suspect = judge(page, &page.text[range.clone()], at, range.end)
        .filter(|_| !page.in_form(at))
        .map(|lack| Suspect { range: range.clone(), verdict: Verdict::Sure, lack, notation: Notation::Gap });
    Judged { suspect, resume: range.end }
}

fn judge(page: &Page<'_>, gap: &str, at: usize, end: usize) -> Option<Lack> {
    let next = page.text[end..].chars().next()?;
    // Most blanks indent a line or stand beside Latin words; they are gone before anything is looked up.
    let prev = page.text[..at].chars().next_back().filter(|&c| c != '\n');
    if prev.is_none() && next != '年'
        || !is_han(next) && !matches!(next, '%' | '％' | '，' | '。' | '；' | '、')
    {
        return None;
    }
    let rest = page.after(end);
    let width: usize = gap.chars().take(8).map(|c| if c == '　' { 2 } else { 1 }).sum();
    let Some(prev) = prev else {
        // 　　年　　月　　日 as a line of its own.
        return dated_row(rest).then_some(Lack::Year);
    };
    if matches!(prev, '：' | ':') && width >= 2 && matches!(next, '，' | '。' | '；') {
        return Some(Lack::Unknown);
    }
    // 由　　　　主持
    if width >= 4 && matches!(prev, '由' | '请') && is_han(next) {
        return Some(Lack::Person);
    }
    before_unit(page.before(at), prev, rest, width >= 2)
}

/// What is missing between `before`, which ends in `prev`, and the unit that `rest` begins with.
fn before_unit(before: &str, prev: char, rest: &str, wide: bool) -> Option<Lack> {
    // 12月 日前 is a date, though 日前 elsewhere is a word.
    let by_day = ["日前", "日后", "日起", "日至"].iter().any(|w| rest.starts_with(w));
    let (lack, word) = if prev == '月' && by_day { (Lack::Day, "日") } else { blank::unit(rest)? };
    // The unit in a column of its own: 增长　　%　　5.2
    let after = &rest[word.len().min(rest.len())..];
    if lack == Lack::Number && after.len() - after.trim_start_matches(is_blank).len() >= 2 {
        return None;
    }
    let head = &before[..before.len() - prev.len_utf8()];
    let asks_for_date = lexicon::BEFORE_DATES.contains(&prev);
    let figure_wanted = || asks_for_figure(before, after);
    match (prev, word) {
        ('年', "月" | "月份") | ('月', "日") if is_dated(head) => Some(lack),
        ('第', _) if lack.is_figure() => Some(Lack::Ordinal),
        ('〕' | ']' | '】' | '）' | '］', "号") => Some(Lack::Number),
        ('0', "年") if wide && is_century(before) => Some(Lack::Year),
        (c, "个百分点") if is_han(c) => Some(Lack::Number),
        (c, "%" | "％") if is_han(c) && figure_wanted() => Some(Lack::Number),
        (c, _) if is_han(c) && wide && lack == Lack::Number && figure_wanted() => Some(Lack::Number),
        (c, "年") if (wide && is_han(c) || asks_for_date) && dated_row(rest) => Some(Lack::Year),
        // 定于　　月　　日
        (_, "月") if asks_for_date && rest['月'.len_utf8()..].starts_with(is_blank) => Some(lack),
        _ => None,
    }
}

/// Whether the 年 or 月 behind `head` is that of 2026年 or of 　　年, not that of 出 生 年 月.
fn is_dated(head: &str) -> bool {
    let near = head.trim_end_matches(is_blank);
    let figure = |c: char| c.is_ascii_digit() || "〇零一二三四五六七八九十年*×xX_".contains(c);
    near.is_empty()
        || near.ends_with(figure)
        || near.len() + 2 <= head.len()
        || near.len() < head.len() && near.ends_with(lexicon::BEFORE_DATES)
}

/// Whether a figure ends here that is 20 and no more: the rest of the year is missing.
fn is_century(before: &str) -> bool {
    let head = before.strip_suffix("20").map(|h| h.trim_end_matches('2'));
    head.is_some_and(|h| !h.ends_with(|c: char| c.is_ascii_digit()))
}

/// Whether the words before ask for a figure. 新增党员　　名， does so without such a word: a unit that closes
/// its clause counts something, and what it counts is not there. Three characters before the gap tell a
/// clause from a label (姓　　名).
fn asks_for_figure(before: &str, after: &str) -> bool {
    let closes = after.starts_with(['，', '。', '；', '、', '）', ',', ';']);
    blank::wants_number(before)
        || before.ends_with(lexicon::BEFORE_FIGURES)
        || closes && before.chars().rev().take(3).filter(|&c| is_han(c)).count() == 3
}

/// `年　月　日`: a date of nothing but blanks.
fn dated_row(rest: &str) -> bool {
    rest.strip_prefix('年')
        .is_some_and(|r| r.starts_with(is_blank) && r.trim_start_matches(is_blank).starts_with('月'))
}
