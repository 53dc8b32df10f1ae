//! Weekdays that do not fit their date: 2026年3月5日（星期一）, which is a Thursday.

use super::hit;
use super::said::{JOINTS, Said};
use crate::base::Text;
use crate::base::han::Date;
use crate::model::{Finding, Severity};
use crate::text;

/// A weekday at the head of these words, in brackets or without: which one, as [`Date::weekday`] has it, and
/// the bytes up to its end.
fn said(words: &str) -> Option<(char, usize)> {
    let blanks = words.len() - words.trim_start_matches([' ', '　']).len();
    let rest = &words[blanks..];
    let opened = rest.strip_prefix(['（', '(', '，', ',']).unwrap_or(rest);
    let rest = ["星期", "礼拜", "周"].iter().find_map(|w| opened.strip_prefix(w))?;
    let day = rest.chars().next()?;
    let named = if day == '天' { '日' } else { day };
    // 周三村 is a place and 周一至周五 a week.
    let after = rest[day.len_utf8()..].chars().next();
    let bracket = opened.len() < words.len() - blanks;
    let closes = after.is_none_or(|c| !"至到、和".contains(c));
    let end = words.len() - rest.len() + day.len_utf8();
    let end = end + after.filter(|c| bracket && "）)".contains(*c)).map_or(0, char::len_utf8);
    (closes && "一二三四五六日".contains(named)).then_some((named, end))
}

pub(super) fn find(text: &str, dates: &[Said], day: Option<Date>) -> Vec<Finding> {
    let mut found: Vec<Finding> = dates
        .iter()
        .filter(|s| s.day.is_some() && s.month.is_some())
        .filter_map(|s| misfit(text, s, day))
        .collect();
    // Where one of the two days is wrong by itself, it is told.
    let own = |s: &Said| s.month.is_some() && s.day.is_some() && misfit(text, s, day).is_some();
    let pairs = dates.windows(2).filter(|pair| !own(&pair[0]) && !own(&pair[1]));
    found.extend(pairs.filter_map(|pair| beside(text, &pair[0], &pair[1])));
    found
}

/// 9月20日（星期六）、21日（星期一）: two days of one month whose weekdays do not follow from each other.
fn beside(text: &str, one: &Said, two: &Said) -> Option<Finding> {
    const WEEK: &str = "一二三四五六日";
    let (month, a, b) = (one.month?, one.day?, two.day?);
    let same = two.month.is_none_or(|m| m == month) && (two.year.is_none() || two.year == one.year);
    let (first, len) = said(&text[one.end..])?;
    let (second, more) = said(&text[two.end..])?;
    let gap = text.get(one.end + len..two.start)?.trim_start_matches(['上', '下', '午', '全', '天']).trim();
    let joined = JOINTS.contains(&gap) || matches!(gap, "、" | "和" | "及" | "与" | "，" | "或");
    let place = |c: char| WEEK.chars().position(|w| w == c).and_then(|n| i64::try_from(n).ok());
    let days = i64::from(b) - i64::from(a);
    let right = (place(first)? + days).rem_euclid(7);
    if !same || !joined || days <= 0 || b > 31 || place(second)? == right {
        return None;
    }
    let (right, whole) = (WEEK.chars().nth(usize::try_from(right).ok()?)?, one.start..two.end + more);
    let words = &text[whole.clone()];
    let help = Text::fixed(
        "核对日期和星期，改正其中一个",
        "check the dates and the weekdays and correct one of them",
    );
    Some(hit(
        whole,
        text!(
            "“{words}”：前一天是星期{first}，{b}日就是星期{right}",
            "“{words}”: if the first day is 星期{first}, day {b} is 星期{right}"
        ),
        help,
    ))
}

fn misfit(text: &str, date: &Said, day: Option<Date>) -> Option<Finding> {
    let (said, len) = said(&text[date.end..])?;
    let whole = date.start..date.end + len;
    let words = &text[whole.clone()];
    let help =
        Text::fixed("核对日期和星期，改正其中一个", "check the date and the weekday and correct one of them");
    if let Some(date) = date.date() {
        let right = date.weekday()?;
        return (right != said).then(|| {
            hit(
                whole,
                text!("{date}是星期{right}，不是“{words}”", "{date} is 星期{right}, not “{words}”"),
                help,
            )
            .severity(Severity::Error)
        });
    }
    if date.year.is_some() {
        return None;
    }
    // Of the year that the paper speaks in, the one before and the one after, the nearest; where one of
    // these fits, the day may be of that year.
    let today = day?;
    let near = (today.year.saturating_sub(1)..=today.year + 1).filter_map(|year| date.on(year));
    if near.clone().any(|date| date.weekday() == Some(said)) && today.day.is_none() {
        return None;
    }
    let now = today.last_day().day_number()?;
    let date = near.min_by_key(|date| date.day_number().map_or(i64::MAX, |n| (n - now).abs()))?;
    let right = date.weekday()?;
    (right != said).then(|| {
        hit(
            whole,
            text!(
                "{date}是星期{right}，与“{words}”不合",
                "{date} is 星期{right}, which “{words}” does not fit"
            ),
            help,
        )
    })
}
