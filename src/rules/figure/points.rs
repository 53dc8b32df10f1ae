//! Decimal points that are wrong: 12..5, 7.2.9公里, 232.4.亿元, 852,.1万, 下降.56.6%, 301。2亿元, and a letter for a
//! digit: 45l6项.

use std::ops::Range;

use super::hit;
use super::written::unit_bytes;
use crate::base::clause;
use crate::base::figures::{self, Figure};
use crate::base::lexicon::figure as lexicon;
use crate::model::{Finding, Severity};
use crate::text;

/// See the module.
pub(super) fn find(text: &str, all: &[Figure]) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut from = 0;
    for (at, _) in text.match_indices('.') {
        if at < from {
            continue;
        }
        let slip = doubled(text, at).or_else(|| thrice(text, at)).or_else(|| stray(text, at));
        let Some((range, severity)) = slip.or_else(|| leading(text, at)) else { continue };
        from = range.end;
        let words = &text[range.clone()];
        let message = text!("“{words}”的小数点有误", "the decimal point of “{words}” is wrong");
        found.push(hit(range, message).severity(severity));
    }
    // A mark of a sentence stands where the figure before it ends.
    found.extend(all.iter().filter_map(|f| stop(text, f)));
    found.extend(all.iter().filter_map(|f| grouped(text, f)));
    found.extend(letters(text));
    found
}

/// 收入18，623元: a comma of a sentence that parts the thousands of a number.
fn grouped(text: &str, f: &Figure) -> Option<Finding> {
    let head = &text[f.digits.clone()];
    let mut rest = text[f.digits.end..].strip_prefix('，')?;
    let mut end = f.digits.end;
    loop {
        let len = digits(rest);
        if len != 3 {
            return None;
        }
        end += '，'.len_utf8() + len;
        rest = &rest[len..];
        match rest.strip_prefix('，').filter(|next| digits(next) == 3) {
            Some(next) => rest = next,
            None => break,
        }
    }
    let unit = unit_bytes(rest).max(count_bytes(rest));
    let led =
        text[..f.digits.start].chars().next_back().is_some_and(|c| crate::base::han::is_han(c) && c != '第');
    let line = clause::behind(text, f.digits.start);
    // 文件12，320人: a number of a paper ends its clause.
    let number = lexicon::NUMBERED.iter().any(|w| line.ends_with(w));
    if head.len() > 3 || head.contains('.') || head.starts_with('0') || unit == 0 || !led || number {
        return None;
    }
    let whole = f.digits.start..end + unit;
    let words = &text[whole.clone()];
    let message =
        text!("“{words}”的数字中间插了逗号", "a comma of a sentence stands within the number “{words}”");
    Some(hit(whole, message))
}

/// Bytes of digits at the head of words.
fn digits(words: &str) -> usize {
    words.bytes().take_while(u8::is_ascii_digit).count()
}

/// Where the digits begin that end at `at`.
fn start_of(text: &str, at: usize) -> usize {
    text[..at].trim_end_matches(|c: char| c.is_ascii_digit()).len()
}

/// 12..5, 12.。3, 852,.1: two marks between digits.
fn doubled(text: &str, at: usize) -> Option<(Range<usize>, Severity)> {
    let before = text[..at].strip_suffix([',', '，', '。', '、']);
    let end = before.map_or(at, str::len);
    let start = start_of(text, end);
    // 2.3..5 and the like: all of the number is shown.
    let start = match text[..start].strip_suffix('.') {
        Some(head) if start_of(text, head.len()) < head.len() => start_of(text, head.len()),
        _ => start,
    };
    // Dots by themselves lead to a page.
    if start == end {
        return None;
    }
    let rest = &text[at + 1..];
    let marks = rest.len() - rest.trim_start_matches(['.', '。', ',', '，']).len();
    let after = &rest[marks..];
    let len = digits(after);
    let pair = match before {
        // 第3章，.5 is none; a comma before the point needs a unit behind the number.
        Some(_) => marks == 0 && unit_bytes(&after[len..]) > 0,
        // 12.， is a list number; 1...5 an ellipsis.
        None => marks > 0 && (rest.starts_with('.') && marks == 1 || rest.starts_with('。')),
    };
    (pair && len > 0).then(|| (start..at + 1 + marks + len + unit_bytes(&after[len..]), Severity::Error))
}

/// 7.2.9公里: two points in one number.
fn thrice(text: &str, at: usize) -> Option<(Range<usize>, Severity)> {
    let start = start_of(text, at);
    let rest = &text[at + 1..];
    let first = digits(rest);
    let tail = rest[first..].strip_prefix('.')?;
    let second = digits(tail);
    let unit = unit_bytes(&tail[second..]);
    let number = first > 0 && second > 0 && unit > 0 && !tail[second..].starts_with('.');
    let coded = text[..start]
        .ends_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '.' | '第' | '-' | '/' | '\n'));
    (number && start < at && at - start < 4 && start > 0 && !coded)
        .then(|| (start..at + 1 + first + 1 + second + unit, Severity::Warning))
}

/// 232.4.亿元, 9.3.%: a second point before the unit.
fn stray(text: &str, at: usize) -> Option<(Range<usize>, Severity)> {
    let start = start_of(text, at);
    if start == at {
        return None;
    }
    let unit = unit_bytes(&text[at + 1..]);
    if unit == 0 {
        return None;
    }
    let whole = text[..start].strip_suffix('.').map(|head| start_of(text, head.len()));
    let whole = whole.filter(|&from| from < start - 1);
    // 3.亩均论英雄 is the third item; 增长12.% is not.
    let surely = text[at + 1..].starts_with('%') || text[at + 1..].starts_with("亿元");
    let from = whole.or_else(|| surely.then_some(start))?;
    let led = text[..from].chars().next_back().is_some_and(crate::base::han::is_han);
    led.then(|| (from..at + 1 + unit, Severity::Warning))
}

/// 下降.56.6%: a point before the number.
fn leading(text: &str, at: usize) -> Option<(Range<usize>, Severity)> {
    let before = &text[..at];
    let verb = lexicon::RATES.iter().chain(lexicon::FALLS).find(|v| before.ends_with(**v))?;
    let rest = &text[at + 1..];
    let len = rest.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
    let unit = unit_bytes(&rest[len..]);
    (rest.starts_with(|c: char| c.is_ascii_digit()) && unit > 0)
        .then(|| (at - verb.len()..at + 1 + len + unit, Severity::Warning))
}

/// 301。2亿元, 12,5亿元: another mark for the point.
fn stop(text: &str, f: &Figure) -> Option<Finding> {
    let rest = &text[f.digits.end..];
    let mark = ["。", ",", "·"].into_iter().find(|m| rest.starts_with(*m))?;
    let after = &rest[mark.len()..];
    let len = digits(after);
    let unit = unit_bytes(&after[len..]);
    let digits = &text[f.digits.clone()];
    let point = (1..=2).contains(&len) && unit > 0 && !digits.contains(['.', ',']);
    if !point || text[..f.digits.start].ends_with(['.', '第', '-', ',']) {
        return None;
    }
    // 3,5组 and 3,5个百分点 may be a list; 3,5亿元 is none.
    let scaled = after[len..].starts_with(['亿', '万', '%']);
    let line = text[..f.digits.start].rsplit(['。', '；', '\n', '，']).next().unwrap_or_default();
    if mark != "。" && (!scaled || line.contains("分别") || line.contains(',')) {
        return None;
    }
    let whole = f.digits.start..f.digits.end + mark.len() + len + unit;
    let words = &text[whole.clone()];
    let message = match mark {
        "。" => text!("“{words}”的小数点写成了句号", "the decimal point of “{words}” is a full stop"),
        _ => text!("“{words}”的小数点写成了“{mark}”", "the decimal point of “{words}” is “{mark}”"),
    };
    Some(hit(whole, message))
}

/// 45l6项, 5I8个, 1O0家: a letter among the digits of a number.
fn letters(text: &str) -> Vec<Finding> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    for at in memchr::memchr3_iter(b'l', b'I', b'O', bytes) {
        let start = start_of(text, at);
        let rest = &text[at + 1..];
        let len = digits(rest);
        let unit = unit_bytes(&rest[len..]).max(count_bytes(&rest[len..]));
        let alone = !text[..start].ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '/'));
        if start == at || unit == 0 || !alone {
            continue;
        }
        let digit = if bytes[at] == b'O' { '0' } else { '1' };
        let end = at + 1 + len;
        let words = &text[start..end + unit];
        let right = format!("{}{digit}{}", &text[start..at], &text[at + 1..end]);
        let letter = &text[at..=at];
        let message = text!(
            "“{words}”里的“{letter}”是字母，应为数字{digit}",
            "“{letter}” in “{words}” is a letter for {digit}"
        );
        found.push(hit(start..end, message).fix(right));
    }
    found
}

/// The bytes of a scale and a unit of counting at the head of words: 项, 万人.
fn count_bytes(words: &str) -> usize {
    let scale = ["亿", "万"].iter().find(|s| words.starts_with(**s)).map_or(0, |s| s.len());
    let unit = figures::unit(&words[scale..]).len();
    if unit == 0 { 0 } else { scale + unit }
}
