//! Days, months and years as a text says them, whether or not there are such: 2026年2月30日, 13月, 203年,
//! 二月三十日.
//!
//! [`Date`](crate::base::han::Date) holds only what the calendar has; here a slip must be read too.

use std::ops::Range;

use crate::base::han::{Date, is_numeral, parse_numeral};

/// What joins the two ends of a span.
pub(super) const JOINTS: &[&str] = &["至", "到", "—", "–", "─", "―", "-", "－", "~", "～"];

/// A date of a text. At least one of year and month is given, or the day alone, which is read as the end of
/// a span (3月5日至10日).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Said {
    pub start: usize,
    pub end: usize,
    pub year: Option<u32>,
    /// How many digits the year has.
    pub year_digits: usize,
    pub month: Option<u32>,
    pub day: Option<u32>,
    /// Written in Han numerals.
    pub han: bool,
}

impl Said {
    pub const fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    /// The day that it names in full, if there is one.
    pub fn date(&self) -> Option<Date> {
        self.on(u16::try_from(self.year?).ok()?)
    }

    /// Its month and day in this year, if there is such a day.
    pub fn on(&self, year: u16) -> Option<Date> {
        let small = |n: Option<u32>| n.and_then(|n| u8::try_from(n).ok());
        let date = Date { year, month: small(self.month), day: small(self.day) };
        date.day?;
        (date.day <= last_day(Some(u32::from(year)), self.month?)).then_some(date)
    }
}

/// The last day of a month: of February the 29th where the year is not told. `None` for no month.
pub(super) fn last_day(year: Option<u32>, month: u32) -> Option<u8> {
    let year = u16::try_from(year.unwrap_or(2024)).ok()?;
    let month = u8::try_from(month).ok().filter(|m| (1..=12).contains(m))?;
    Date { year, month: Some(month), day: None }.last_day().day
}

/// Digits at `at` and one blank behind them: the value, how many digits, where they end.
fn digits(text: &str, at: usize) -> Option<(u32, usize, usize)> {
    let rest = &text.as_bytes()[at..];
    let len = rest.iter().take_while(|b| b.is_ascii_digit()).count();
    if len == 0 || len > 5 {
        return None;
    }
    let value = text[at..at + len].parse().ok()?;
    let blank = usize::from(rest.get(len) == Some(&b' '));
    Some((value, len, at + len + blank))
}

fn skip_blank(text: &str, at: usize) -> usize {
    at + usize::from(text[at..].starts_with(' '))
}

/// The month and the day at `at`, where a month is written there.
fn month_and_day(text: &str, at: usize) -> Option<(u32, Option<u32>, usize)> {
    let (month, len, end) = digits(text, skip_blank(text, at))?;
    if len > 2 || !text[end..].starts_with('月') {
        return None;
    }
    let end = end + '月'.len_utf8();
    let day = digits(text, skip_blank(text, end))
        .filter(|d| d.1 <= 2 && text[d.2..].starts_with(['日', '号']))
        .map(|d| (d.0, d.2 + '日'.len_utf8()));
    Some((month, day.map(|d| d.0), day.map_or(end, |d| d.1)))
}

/// What is said at a run of digits that begins at `at`.
fn at_digits(text: &str, at: usize) -> Option<Said> {
    let (value, len, end) = digits(text, at)?;
    let none = Said { start: at, end, year: None, year_digits: 0, month: None, day: None, han: false };
    let next = text[end..].chars().next()?;
    match next {
        '年' if (3..=5).contains(&len) => {
            let end = end + next.len_utf8();
            let dated = Said { end, year: Some(value), year_digits: len, ..none };
            Some(match month_and_day(text, end) {
                Some((month, day, end)) => Said { end, month: Some(month), day, ..dated },
                None => dated,
            })
        }
        '月' if len <= 2 => {
            let (month, day, end) = month_and_day(text, at)?;
            Some(Said { end, month: Some(month), day, ..none })
        }
        '日' | '号' if len <= 2 => Some(Said { end: end + next.len_utf8(), day: Some(value), ..none }),
        // 2021—2035, （2021—2020）: years of a span, 年 behind the second or nowhere.
        _ if len == 4 && (1900..=2100).contains(&value) => {
            let joined = JOINTS.iter().any(|j| text[end..].starts_with(j));
            let follows = JOINTS.iter().any(|j| text[..at].ends_with(j));
            let bare = Said { year: Some(value), year_digits: 4, ..none };
            (joined || follows).then_some(bare)
        }
        // 20118—2035年: the first year of a span with a digit too many.
        _ if len == 5 => {
            let rest = JOINTS.iter().find_map(|j| text[end..].strip_prefix(j))?;
            let behind = rest.trim_start_matches(|c: char| c.is_ascii_digit());
            let span = rest.len() == behind.len() + 4 && behind.starts_with('年');
            let year = span && rest.starts_with(['1', '2']) && text[at..].starts_with(&rest[..2]);
            year.then_some(Said { year: Some(value), year_digits: len, ..none })
        }
        _ => None,
    }
}

/// All that is said in Arabic digits, in order.
pub(super) fn all(text: &str) -> Vec<Said> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(step) = bytes.get(at..).and_then(|b| b.iter().position(u8::is_ascii_digit)) {
        at += step;
        let glued = at > 0 && (bytes[at - 1].is_ascii_alphabetic() || bytes[at - 1] == b'.');
        match at_digits(text, at).filter(|_| !glued) {
            Some(said) => {
                at = said.end;
                found.push(said);
            }
            None => {
                at += bytes[at..].iter().position(|b| !b.is_ascii_digit()).unwrap_or(bytes.len() - at);
            }
        }
    }
    found
}

/// All that is said in Han numerals with a month and a day: 二〇二六年二月三十日, 二月三十日.
pub(super) fn han(text: &str) -> Vec<Said> {
    let digit = |c: char| is_numeral(c) || matches!(c, '〇' | '零' | '○');
    let mut found = Vec::new();
    for (at, mark) in text.match_indices('月') {
        let before = text[..at].trim_end_matches(is_numeral);
        let month = parse_ten(&text[before.len()..at]);
        let behind = &text[at + mark.len()..];
        let rest = behind.trim_start_matches(is_numeral);
        let day = parse_ten(&behind[..behind.len() - rest.len()]);
        let (Some(month), Some(day), true) = (month, day, rest.starts_with(['日', '号'])) else { continue };
        let end = text.len() - rest.len() + '日'.len_utf8();
        let (mut start, mut year) = (before.len(), None);
        if let Some(head) = before.strip_suffix('年') {
            let from = head.trim_end_matches(digit).len();
            let said = head[from..].replace('○', "〇");
            year =
                parse_numeral(&said).filter(|y| (1900..2100).contains(y)).and_then(|y| u32::try_from(y).ok());
            start = if year.is_some() { from } else { start };
        }
        let year_digits = if year.is_some() { 4 } else { 0 };
        found.push(Said { start, end, year, year_digits, month: Some(month), day: Some(day), han: true });
    }
    found
}

/// A number below a hundred as it is written in a date: 十三, 三十一; not 二三, which is two or three.
fn parse_ten(words: &str) -> Option<u32> {
    let count = words.chars().count();
    if count == 0 || count > 3 || count > 1 && !words.contains('十') {
        return None;
    }
    parse_numeral(words).and_then(|n| u32::try_from(n).ok())
}
