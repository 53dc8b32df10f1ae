//! The paper's own number (发文字号): its year is that of the day on which the paper was written.

use super::hit;
use crate::base::Text;
use crate::base::han::{Date, parse_numeral};
use crate::model::{BlockKind, Finding, Severity};
use crate::rules::Case;
use crate::rules::reading::day;
use crate::text;

/// Blocks at the top among which it stands.
const TOP: usize = 8;

pub(super) fn find(case: &Case<'_>) -> Option<Finding> {
    let text = case.manuscript.text();
    let lines = case.manuscript.blocks().iter().filter(|b| !case.manuscript.block_text(b).trim().is_empty());
    let line = lines
        .take(TOP)
        .find(|b| b.kind == BlockKind::DocumentNumber || is_number(case.manuscript.block_text(b)))?;
    let words = case.manuscript.block_text(line);
    let open = words.find(['〔', '[', '［', '【']).or_else(|| words.find(['（', '(']))?;
    let mark = words[open..].chars().next()?;
    let year = words.get(open + mark.len_utf8()..open + mark.len_utf8() + 4)?;
    let close = words[open + mark.len_utf8() + 4..].chars().next()?;
    let said: u16 = year.parse().ok()?;
    let date = beside(&words[open..]).or_else(|| day::told(case)).or_else(|| foot(case, line.range.end));
    let date = date.filter(|d| d.month.is_some())?;
    let start = line.range.start + open;
    let range = start..start + mark.len_utf8() + 4 + close.len_utf8();
    // A paper that is signed on the last days of a year is numbered and sent out in the next.
    let late = said == date.year + 1 && date.month == Some(12) && date.day.is_some_and(|d| d >= 20);
    if said == date.year || late {
        return None;
    }
    let words = &text[range.clone()];
    let message = text!(
        "本文成文于{date}，发文字号却是“{words}”",
        "the paper is of {date}, and its number says “{words}”"
    );
    let help = Text::fixed("核对发文字号的年份和成文日期", "check the year of the number and the date");
    // A number of December may be on a paper of January.
    let turn = said + 1 == date.year && date.month == Some(1);
    Some(hit(range, message, help).severity(if turn { Severity::Info } else { Severity::Warning }))
}

/// The day in the same line: （青办发〔2026〕8号 2026年3月5日）.
fn beside(words: &str) -> Option<Date> {
    let (_, rest) = words.split_once('号')?;
    Date::parse(rest.trim_matches([' ', '　', '）', ')', '，']))
}

/// The day of a line that is a day and no more, in either numerals, of which there is but one.
fn foot(case: &Case<'_>, from: usize) -> Option<Date> {
    let blocks = case.manuscript.blocks().iter().filter(|b| b.range.start >= from);
    let lines = blocks.map(|b| case.manuscript.block_text(b).trim());
    let mut days = lines
        .filter(|l| l.ends_with('日') && l.chars().count() <= 13)
        .filter_map(|l| Date::parse(l).or_else(|| han_date(l)));
    let first = days.next()?;
    days.next().is_none().then_some(first)
}

/// 二〇〇六年十月二十日.
fn han_date(line: &str) -> Option<Date> {
    let (year, rest) = line.split_once('年')?;
    let (month, day) = rest.strip_suffix('日')?.split_once('月')?;
    let year = parse_numeral(&year.replace(['○', 'O', '零'], "〇")).filter(|y| (1900..2100).contains(y))?;
    Date::parse(&format!("{year}-{}-{}", parse_numeral(month)?, parse_numeral(day)?))
}

/// A line that is a number and no more: 青政办发〔2026〕8号; with its day in brackets too.
fn is_number(line: &str) -> bool {
    let line = line.trim();
    if let Some(inner) = line.strip_prefix(['（', '(']).and_then(|l| l.strip_suffix(['）', ')'])) {
        let number = inner.split_once('号').is_some_and(|(head, _)| is_number(&format!("{head}号")));
        return number && beside(inner).is_some();
    }
    let short =
        line.chars().count() <= 24 && line.ends_with('号') && !line.contains(['《', '》', '（', '，', '。']);
    short && line.contains(['〔', '[', '［', '【'])
}
