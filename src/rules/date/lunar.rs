//! Days of the lunar calendar (农历): days that it has not, festivals on other days, days beside a solar one that is
//! another day, and words of one calendar under the name of the other.
//!
//! Which day a lunar one is, the table of the lexicon `lunar.txt` says for the years from 1990 to 2050; beyond them
//! nothing is told.

use std::ops::Range;

use super::hit;
use super::said::Said;
use crate::base::Text;
use crate::base::han::{Date, is_numeral, parse_numeral};
use crate::base::lexicon::lunar as lexicon;
use crate::model::{Finding, Severity};
use crate::text;

/// A lunar day as a text says it: 农历二月十五, 腊月廿三.
struct Lunar {
    range: Range<usize>,
    /// Whether 农历 stands before it.
    named: bool,
    leap: bool,
    month: u32,
    day: Option<u32>,
}

pub(super) fn find(text: &str, dates: &[Said], now: Option<Date>) -> Vec<Finding> {
    let days = lunar(text);
    let mut found: Vec<Finding> = days.iter().filter_map(|day| impossible(text, day)).collect();
    found.extend(days.iter().filter_map(|day| festival(text, day)));
    found.extend(days.iter().filter_map(|day| solar_festival(text, day)));
    found.extend(crossed(text));
    for (i, said) in dates.iter().enumerate() {
        if !said.han && said.month.is_some() && said.day.is_some() {
            found.extend(beside(text, (i.checked_sub(1).map(|i| &dates[i]), said), &days, now));
        }
    }
    found
}

/// The number of a lunar day at the head of words, and its bytes: 初五, 十五, 廿三, 三十.
fn day(words: &str) -> Option<(u32, usize)> {
    let small = |rest: &str| -> Option<(u32, usize)> {
        let c = rest.chars().next().filter(|c| is_numeral(*c))?;
        Some((u32::try_from(parse_numeral(c.encode_utf8(&mut [0; 4]))?).ok()?, c.len_utf8()))
    };
    if let Some(rest) = words.strip_prefix('初') {
        return small(rest).map(|(n, len)| (n, '初'.len_utf8() + len));
    }
    if let Some(rest) = words.strip_prefix('廿') {
        let (n, len) = small(rest).filter(|(n, _)| *n < 10).unwrap_or((0, 0));
        return Some((20 + n, '廿'.len_utf8() + len));
    }
    let len = words.find(|c| !is_numeral(c)).unwrap_or(words.len());
    let numeral = &words[..len];
    let whole = (2..=3).contains(&numeral.chars().count()) && numeral.contains('十');
    let value = parse_numeral(numeral).filter(|_| whole)?;
    Some((u32::try_from(value).ok()?, len))
}

/// All lunar days of a text, in order.
fn lunar(text: &str) -> Vec<Lunar> {
    let mut found = Vec::new();
    for at in memchr::memmem::find_iter(text.as_bytes(), "月") {
        let head = &text[..at];
        let (mut start, month) = match head.chars().next_back() {
            Some('正') => (at - '正'.len_utf8(), 1),
            Some('冬') => (at - '冬'.len_utf8(), 11),
            Some('腊') => (at - '腊'.len_utf8(), 12),
            Some(c) if is_numeral(c) => {
                let from = head.trim_end_matches(is_numeral).len();
                let Some(month) = parse_numeral(&head[from..]).and_then(|m| u32::try_from(m).ok()) else {
                    continue;
                };
                (from, month)
            }
            _ => continue,
        };
        let own = matches!(head.chars().next_back(), Some('正' | '冬' | '腊'));
        let rest = &text[at + '月'.len_utf8()..];
        let day = day(rest);
        let end = at + '月'.len_utf8() + day.map_or(0, |(_, len)| len);
        let leap = text[..start].ends_with('闰');
        start -= if leap { '闰'.len_utf8() } else { 0 };
        let before = text[..start].trim_end_matches('的');
        let named = lexicon::LUNAR.iter().find(|w| before.ends_with(**w));
        let marked = rest.starts_with(['初', '廿']);
        // 三月十五 by itself may be a solar day that was written in numerals.
        if named.is_some() || (own || marked || leap) && day.is_some() {
            let from = named.map_or(start, |w| before.len() - w.len());
            found.push(Lunar {
                range: from..end,
                named: named.is_some(),
                leap,
                month,
                day: day.map(|d| d.0),
            });
        }
    }
    found
}

/// 农历腊月三十二, 正月三十一, 农历十三月.
fn impossible(text: &str, lunar: &Lunar) -> Option<Finding> {
    let none = lunar.month > 12 || lunar.month == 0 || lunar.day.is_some_and(|d| d == 0 || d > 30);
    let words = &text[lunar.range.clone()];
    none.then(|| {
        let message = text!("“{words}”：农历没有这一天", "“{words}”: the lunar calendar has no such day");
        hit(lunar.range.clone(), message, HELP).severity(Severity::Error)
    })
}

const HELP: Text = Text::fixed("查历书，改正日期", "look it up and correct it");

/// What may stand between a day and what it is called.
fn past_mark(words: &str) -> &str {
    words.trim_start_matches(['（', '(', '，', '、', '）', ')', '是', '为', '即', '日', ' '])
}

/// 农历二月十五元宵节, 元宵节（农历二月十五）.
fn festival(text: &str, lunar: &Lunar) -> Option<Finding> {
    let day = lunar.day.filter(|_| !lunar.leap)?;
    let rest = past_mark(&text[lunar.range.end..]);
    let head = text[..lunar.range.start].trim_end_matches(['（', '(', '，', '是', '为', '即']);
    let opened = text[..lunar.range.start].ends_with(['（', '(']);
    let behind = lexicon::FESTIVALS.iter().find(|(name, _)| rest.starts_with(name));
    let before = lexicon::FESTIVALS.iter().find(|(name, _)| head.ends_with(name)).filter(|_| opened);
    let (name, due) = behind.or(before)?;
    let (month, due_day) = (due / 100, due % 100);
    ((month, due_day) != (lunar.month, day)).then(|| {
        let words = &text[lunar.range.clone()];
        let right = format!("{}{}", lexicon::MONTHS[(month as usize + 11) % 12], spelled(due_day));
        hit(
            lunar.range.clone(),
            text!("“{words}”不是{name}，{name}是{right}", "“{words}” is not {name}, which is on {right}"),
            HELP,
        )
    })
}

/// A lunar day in words: 初五, 十五.
fn spelled(day: u32) -> String {
    let words = crate::base::han::numeral(day as usize);
    if day <= 10 { format!("初{words}") } else { words }
}

/// 农历十月一日国庆节.
fn solar_festival(text: &str, lunar: &Lunar) -> Option<Finding> {
    let rest = past_mark(&text[lunar.range.end..]);
    let name =
        lexicon::SOLAR_FESTIVALS.iter().find(|name| rest.starts_with(**name)).filter(|_| lunar.named)?;
    let words = &text[lunar.range.clone()];
    Some(hit(
        lunar.range.clone(),
        text!("“{words}”：{name}按公历算", "“{words}”: {name} goes by the solar calendar"),
        HELP,
    ))
}

/// 公历正月初八, 阳历八月十五中秋节.
fn crossed(text: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    for last in memchr::memmem::find_iter(text.as_bytes(), "历") {
        let from = last + '历'.len_utf8();
        let Some(at) = lexicon::SOLAR.iter().find(|w| text[..from].ends_with(**w)).map(|w| from - w.len())
        else {
            continue;
        };
        let rest = text[from..].trim_start_matches('的');
        let start = text.len() - rest.len();
        let len =
            rest.find(|c| !is_numeral(c) && !matches!(c, '正' | '冬' | '腊' | '闰')).unwrap_or(rest.len());
        let Some(behind) = rest[len..].strip_prefix('月').filter(|_| len > 0) else { continue };
        let own = rest[..len].contains(['正', '冬', '腊', '闰']);
        let day = day(behind);
        let end = text.len() - behind.len() + day.map_or(0, |(_, len)| len);
        let feast = lexicon::FESTIVALS.iter().any(|(name, _)| past_mark(&text[end..]).starts_with(name));
        if !(own || behind.starts_with(['初', '廿']) || day.is_some() && feast) {
            continue;
        }
        let (words, lunar) = (&text[at..end], &text[start..end]);
        let message =
            text!("“{words}”：“{lunar}”是农历的说法", "“{words}”: {lunar} is a day of the lunar calendar");
        found.push(hit(at..end, message, HELP).severity(Severity::Error));
    }
    found
}

/// The solar days of a lunar day in the lunar years that meet a solar year.
fn solar(lunar: (u32, u32), leap: bool, year: u16) -> impl Iterator<Item = i64> {
    let (month, day) = lunar;
    let rows = lexicon::YEARS.iter().filter(move |(y, ..)| *y == year || *y + 1 == year);
    rows.filter_map(move |&(year, begins, leap_after, months)| {
        let (m, d) = (u8::try_from(begins / 100).ok(), u8::try_from(begins % 100).ok());
        let first = Date { year, month: m, day: d }.day_number()?;
        // The leap month stands behind the one whose number it has.
        let behind = u32::from(leap_after > 0 && (month > leap_after || leap && month == leap_after));
        let index = usize::try_from(month.checked_sub(1)? + behind).ok()?;
        if leap && leap_after != month || index >= months.chars().count() {
            return None;
        }
        let days: i64 = months.chars().take(index).map(|c| if c == '大' { 30 } else { 29 }).sum();
        Some(first + days + i64::from(day) - 1)
    })
}

/// 2026年3月3日（农历二月十五）, 农历正月初一（2月18日）, 2026年2月17日（除夕）.
///
/// `from` is the day before it, which may be the other end of a span.
fn beside(
    text: &str,
    (from, said): (Option<&Said>, &Said),
    days: &[Lunar],
    now: Option<Date>,
) -> Option<Finding> {
    let years: Vec<u16> = match said.year {
        Some(year) => vec![u16::try_from(year).ok()?],
        None => (now?.year.checked_sub(1)?..=now?.year + 1).collect(),
    };
    let covered = |year: &u16| lexicon::YEARS.iter().any(|(y, ..)| y == year);
    // The end of a span may be named with its beginning: 1月28日至2月4日（除夕至初七）.
    let joint = ['至', '到', '—', '-', '～', '~', '－', '–'];
    let ends = text[..said.start].ends_with(joint);
    if !years.iter().all(covered) || text[said.end..].starts_with(joint) {
        return None;
    }
    let behind = past_weekday(&text[said.end..]);
    let start = text.len() - behind.len();
    let next = days.get(days.partition_point(|l| l.range.start < start)).filter(|l| l.range.start == start);
    let before = right_before(text, said, days);
    let (range, spots, name) = if let Some(lunar) = next.or(before) {
        let day = lunar.day?;
        if text[lunar.range.end..].starts_with(joint) || text[..lunar.range.start].ends_with(joint) {
            return None;
        }
        let spots: Vec<i64> = years.iter().flat_map(|y| solar((lunar.month, day), lunar.leap, *y)).collect();
        let range = said.start.min(lunar.range.start)..said.end.max(lunar.range.end);
        // 自1月21日起至2月14日（农历腊月初七）结束: of the end alone, where it is closed.
        let closed = lunar.range.start > said.end && text[lunar.range.end..].starts_with(['）', ')']);
        if ends && !closed {
            return None;
        }
        (range, spots, text[lunar.range.clone()].to_owned())
    } else if ends {
        return None;
    } else {
        let (name, spots) = feast(behind, &years)?;
        let end = start + name.len();
        if text[end..].starts_with(joint) || text[end..].starts_with(['前', '后']) || start == said.end {
            return None;
        }
        (said.start..end, spots, name.to_owned())
    };
    let meant =
        years.iter().flat_map(|y| [Some(said), from.filter(|_| ends)].map(|s| s?.on(*y)?.day_number()));
    let meant: Vec<i64> = meant.flatten().collect();
    if meant.is_empty() || spots.is_empty() || meant.iter().any(|d| spots.contains(d)) {
        return None;
    }
    let near = spots.into_iter().min_by_key(|s| meant.iter().map(|m| (s - m).abs()).min())?;
    let (right, words) = (Date::of_day(near)?, &text[range.clone()]);
    let message = text!("“{words}”对不上：{name}是{right}", "“{words}” do not fit: {name} is {right}");
    Some(hit(range, message, HELP))
}

/// The lunar day that stands right before a solar one: 正月初一（2月17日）.
fn right_before<'d>(text: &str, said: &Said, days: &'d [Lunar]) -> Option<&'d Lunar> {
    days[..days.partition_point(|l| l.range.end <= said.start)].last().filter(|l| {
        let gap = &text[l.range.end..said.start];
        matches!(
            gap,
            "（" | "("
                | "（公历"
                | "(公历"
                | "（阳历"
                | "，公历"
                | "即公历"
                | "，即公历"
                | "，即"
                | "（即"
                | "（公历为"
        )
    })
}

/// The words behind a day without bracket, weekday and comma: （星期二，除夕）.
fn past_weekday(words: &str) -> &str {
    let bare = |words: &str| -> usize {
        words.len() - words.trim_start_matches(['（', '(', '，', '、', '即', ' ']).len()
    };
    let rest = &words[bare(words)..];
    let Some(day) = ["星期", "周"].iter().find_map(|w| rest.strip_prefix(w)) else { return rest };
    let rest = day.get(day.chars().next().map_or(0, char::len_utf8)..).unwrap_or_default();
    let rest = rest.trim_start_matches(['）', ')']);
    &rest[bare(rest)..]
}

/// A festival at the head of words, and its days in these years.
fn feast<'t>(words: &'t str, years: &[u16]) -> Option<(&'t str, Vec<i64>)> {
    let days =
        |month: u32, day: u32| years.iter().flat_map(|y| solar((month, day), false, *y)).collect::<Vec<_>>();
    if words.starts_with("除夕") {
        let eves = days(1, 1).into_iter().map(|d| d - 1).collect();
        return Some((&words[.."除夕".len()], eves));
    }
    let (name, due) = lexicon::FESTIVALS.iter().find(|(name, _)| words.starts_with(name))?;
    let (month, day) = (due / 100, due % 100);
    Some((&words[..name.len()], days(month, day)))
}

#[cfg(test)]
mod tests {
    use super::solar;
    use crate::base::han::Date;

    #[test]
    fn a_lunar_day_is_the_day_that_the_almanac_says() {
        let days = |lunar, leap, year| -> Vec<String> {
            solar(lunar, leap, year).filter_map(Date::of_day).map(Date::iso).collect()
        };
        assert!(days((1, 15), false, 2026).contains(&"2026-03-03".to_owned()));
        assert!(days((8, 15), false, 2025).contains(&"2025-10-06".to_owned()));
        assert!(days((6, 1), true, 2025).contains(&"2025-07-25".to_owned()));
        assert!(days((6, 1), true, 2026).iter().all(|d| d.starts_with("2025")));
    }
}
