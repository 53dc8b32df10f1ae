//! Chinese numerals and dates as official documents write them.
//!
//! GB/T 15835-2011 keeps Arabic digits for figures and dates (`2026年3月5日`) and Han numerals
//! for headings (`一、`), ordinals (`第三`) and round counts; these are the only ones made here.

use std::fmt;

const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// A number from 0 to 9,999 in Han numerals, as in headings and ordinals: `十`, `十二`, `二十`,
/// `一百零五`. Larger numbers come out in Arabic digits, since no document numbers so far.
#[must_use]
pub fn numeral(n: usize) -> String {
    if n == 0 || n > 9_999 {
        return if n == 0 { "零".into() } else { n.to_string() };
    }
    let mut out = String::new();
    let mut gap = false;
    for (unit, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = n / unit % 10;
        if digit == 0 {
            gap = !out.is_empty();
            continue;
        }
        if gap {
            out.push('零');
            gap = false;
        }
        // Ten to nineteen drop the leading one: 十二, not 一十二.
        if !(unit == 10 && digit == 1 && out.is_empty()) {
            out.push(DIGITS[digit]);
        }
        out.push_str(name);
    }
    out
}

/// A count before a measure word: like [`numeral`], but 2 is `两` (两个方面).
#[must_use]
pub fn count(n: usize) -> String {
    if n == 2 { "两".into() } else { numeral(n) }
}

/// Reads Han numerals up to 九千九百九十九, also `两`, `〇` and plain digit strings (`二〇二六`).
/// `None` if the text is empty or anything else.
#[must_use]
pub fn parse_numeral(text: &str) -> Option<usize> {
    let digit = |c| match c {
        '〇' => Some(0),
        '两' => Some(2),
        _ => DIGITS.iter().position(|&d| d == c),
    };
    if text.is_empty() {
        return None;
    }
    if text.chars().all(|c| digit(c).is_some()) {
        return text.chars().try_fold(0usize, |n, c| n.checked_mul(10)?.checked_add(digit(c)?));
    }
    let (mut total, mut pending) = (0, None);
    for c in text.chars() {
        let unit = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            _ => {
                let d = digit(c)?;
                if pending.replace(d).is_some_and(|p| p != 0) {
                    return None;
                }
                continue;
            }
        };
        total += pending.take().unwrap_or(1) * unit;
    }
    Some(total + pending.unwrap_or(0))
}

/// A calendar date as documents give it; month and day may be left open (`2026年`, `2026年3月`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// The year, four digits.
    pub year: u16,
    /// The month, 1 to 12.
    pub month: Option<u8>,
    /// The day, 1 to 31; only with a month.
    pub day: Option<u8>,
}

impl Date {
    /// Reads `2026-03-05`, `2026/3/5`, `2026.3.5`, `2026年3月5日`, `2026年3月`, `2026-03` and
    /// `2026年`. `None` for anything else, also for a day that the month does not have.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text.strip_suffix('日').or(text.strip_suffix('号')).unwrap_or(text);
        let text = text.strip_suffix('月').or(text.strip_suffix('年')).unwrap_or(text);
        let mut parts = text.split(['-', '/', '.', '年', '月']);
        let year = parts.next()?;
        if year.len() != 4 || !year.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let small = |part: Option<&str>| match part {
            None => Some(None),
            Some(p) if p.len() <= 2 && p.bytes().all(|b| b.is_ascii_digit()) => {
                p.parse::<u8>().ok().map(Some)
            }
            Some(_) => None,
        };
        let date = Self { year: year.parse().ok()?, month: small(parts.next())?, day: small(parts.next())? };
        (parts.next().is_none() && date.is_real()).then_some(date)
    }

    /// The date of a day counted from 1970-01-01 as 0, after Hinnant's `civil_from_days`. `None` if
    /// it lies before March of the year 0 or after the year 65535.
    #[must_use]
    pub fn of_day(day: i64) -> Option<Self> {
        // Years begin in March here, so that a leap day ends its year.
        let since_march_0 = u64::try_from(day.checked_add(719_468)?).ok()?;
        let (era, of_era) = (since_march_0 / 146_097, since_march_0 % 146_097);
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * march + 2) / 5 + 1;
        let month = if march < 10 { march + 3 } else { march - 9 };
        let year = year_of_era + era * 400 + u64::from(month <= 2);
        Some(Self {
            year: u16::try_from(year).ok()?,
            month: u8::try_from(month).ok(),
            day: u8::try_from(day).ok(),
        })
    }

    /// The day counted from 1970-01-01 as 0, the other way round of [`of_day`](Self::of_day). `None` where
    /// month or day are left open.
    #[must_use]
    pub fn day_number(self) -> Option<i64> {
        let (month, day) = (i64::from(self.month?), i64::from(self.day?));
        let year = i64::from(self.year) - i64::from(month <= 2);
        let march = (month + 9) % 12;
        let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let of_year = (153 * march + 2) / 5 + day - 1;
        Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
    }

    /// Its weekday (星期), 一 to 六 or 日. `None` where month or day are left open.
    #[must_use]
    pub fn weekday(self) -> Option<char> {
        const DAYS: [char; 7] = ['日', '一', '二', '三', '四', '五', '六'];
        // Day 0 was a Thursday.
        let of_week = usize::try_from((self.day_number()? + 4).rem_euclid(7)).ok()?;
        DAYS.get(of_week).copied()
    }

    /// The day that it names; else the last one of the month that it names, or of the year.
    #[must_use]
    pub fn last_day(self) -> Self {
        if self.day.is_some() {
            return self;
        }
        let month = self.month.unwrap_or(12);
        let ends = (28..=31).rev().map(|day| Self { year: self.year, month: Some(month), day: Some(day) });
        ends.into_iter().find(|date| date.is_real()).unwrap_or(self)
    }

    /// As programs and English readers write it: `2026-03-05`, `2026-03`, `2026`.
    #[must_use]
    pub fn iso(self) -> String {
        let two = |n: Option<u8>| n.map_or(String::new(), |n| format!("-{n:02}"));
        format!("{}{}{}", self.year, two(self.month), two(self.day))
    }

    fn is_real(self) -> bool {
        let leap =
            self.year.is_multiple_of(4) && (!self.year.is_multiple_of(100) || self.year.is_multiple_of(400));
        match (self.month, self.day) {
            (None, None) => true,
            (Some(m), None) => (1..=12).contains(&m),
            (Some(m), Some(d)) => {
                let last = match m {
                    1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
                    4 | 6 | 9 | 11 => 30,
                    2 if leap => 29,
                    2 => 28,
                    _ => 0,
                };
                (1..=last).contains(&d)
            }
            (None, Some(_)) => false,
        }
    }
}

/// As GB/T 9704 writes dates: `2026年3月5日`, no leading zeros.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}年", self.year)?;
        if let Some(month) = self.month {
            write!(f, "{month}月")?;
        }
        if let Some(day) = self.day {
            write!(f, "{day}日")?;
        }
        Ok(())
    }
}

/// The years of four digits that words write before 年, each with its first byte.
pub fn years_said(words: &str) -> impl DoubleEndedIterator<Item = (usize, u16)> + '_ {
    words.match_indices('年').filter_map(|(at, _)| {
        let from = at.checked_sub(4)?;
        Some((from, words.get(from..at)?.parse().ok()?))
    })
}

/// Whether `c` is a Han numeral from 一 to 十.
#[must_use]
#[inline]
pub const fn is_numeral(c: char) -> bool {
    matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
}

/// Whether `c` begins to count things: a numeral, or 两.
#[must_use]
pub const fn is_counting(c: char) -> bool {
    is_numeral(c) || c == '两'
}

/// Whether `c` is a Han character of the blocks that documents use (also 〇).
#[must_use]
#[inline]
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{20000}'..='\u{323AF}' | '〇')
}

/// The number that opens a heading line (层次序数), if there is one: its level, its value, and the
/// bytes it takes with the blanks before it. Levels are those of GB/T 9704: 1 `一、` · 2 `（一）` ·
/// 3 `1.` · 4 `（1）`. Half-width parentheses and `1、` count as well; `1.5亿元` is no number of a
/// heading.
#[must_use]
pub fn heading_number(line: &str) -> Option<(u8, usize, usize)> {
    let rest = line.trim_start();
    let blank = line.len() - rest.len();
    let value_of = |s: &str| parse_numeral(s).filter(|_| !s.contains(['〇', '零']));
    let digits = |s: &str| (s.len() <= 3).then(|| s.parse::<usize>().ok()).flatten();
    if let Some(inner) = rest.strip_prefix(['（', '(']) {
        let (number, after) = inner.split_at(inner.find(['）', ')'])?);
        let len = rest.len() - after.len() + after.chars().next()?.len_utf8();
        let (level, value) = match value_of(number) {
            Some(value) => (2, value),
            None => (4, digits(number)?),
        };
        return Some((level, value, blank + len));
    }
    let end =
        rest.find(|c: char| !(c.is_ascii_digit() || c == '十' || c == '百' || DIGITS[1..].contains(&c)))?;
    let (number, after) = rest.split_at(end);
    let mark = after.chars().next()?;
    let level = match mark {
        '、' if value_of(number).is_some() => 1,
        '、' | '．' | '.' if !after[mark.len_utf8()..].starts_with(|c: char| c.is_ascii_digit()) => 3,
        _ => return None,
    };
    let value = if level == 1 { value_of(number)? } else { digits(number)? };
    Some((level, value, blank + end + mark.len_utf8()))
}

#[cfg(test)]
mod tests {
    use super::{Date, numeral, parse_numeral};

    #[test]
    fn days_become_dates_across_leap_years() {
        for (day, date) in [
            (-1, "1969年12月31日"),
            (0, "1970年1月1日"),
            (59, "1970年3月1日"),
            (11_016, "2000年2月29日"),
            (20_517, "2026年3月5日"),
            (20_518, "2026年3月6日"),
        ] {
            assert_eq!(Date::of_day(day).unwrap().to_string(), date);
        }
        assert_eq!([i64::MIN, i64::MAX].map(Date::of_day), [None, None]);
    }

    #[test]
    fn numerals_read_back_as_written() {
        for n in 0..=9_999 {
            assert_eq!(parse_numeral(&numeral(n)), Some(n), "{}", numeral(n));
        }
    }

    #[test]
    fn numeral_does_as_its_example_says() {
        use crate::base::han::numeral;
        assert_eq!(numeral(3), "三");
        assert_eq!(numeral(12), "十二");
        assert_eq!(numeral(105), "一百零五");
    }

    #[test]
    fn parse_numeral_does_as_its_example_says() {
        use crate::base::han::parse_numeral;
        assert_eq!(parse_numeral("十二"), Some(12));
        assert_eq!(parse_numeral("两"), Some(2));
        assert_eq!(parse_numeral("一百零五"), Some(105));
        assert_eq!(parse_numeral("二〇二六"), Some(2026));
        assert_eq!(parse_numeral("若干"), None);
    }

    #[test]
    fn parse_does_as_its_example_says() {
        use crate::base::han::Date;
        assert_eq!(Date::parse("2026-03-05").unwrap().to_string(), "2026年3月5日");
        assert_eq!(Date::parse("2026年3月").unwrap().to_string(), "2026年3月");
        assert_eq!(Date::parse("2026-02-30"), None);
        assert_eq!(Date::parse("3月5日"), None);
    }

    #[test]
    fn a_day_has_its_number_and_a_month_its_end() {
        for day in [-25_509, -1, 0, 59, 20_517, 47_540] {
            assert_eq!(Date::of_day(day).unwrap().day_number(), Some(day));
        }
        let end = |text: &str| Date::parse(text).unwrap().last_day().to_string();
        assert_eq!(end("2028-02"), "2028年2月29日");
        assert_eq!(end("2026年"), "2026年12月31日");
        assert_eq!(Date::parse("2026-03").unwrap().day_number(), None);
    }

    #[test]
    fn of_day_does_as_its_example_says() {
        use crate::base::han::Date;
        assert_eq!(Date::of_day(20_517).unwrap().to_string(), "2026年3月5日");
        assert_eq!(Date::of_day(-25_509).unwrap().to_string(), "1900年2月28日");
    }

    #[test]
    fn heading_number_does_as_its_example_says() {
        use crate::base::han::heading_number;
        assert_eq!(heading_number("一、提高认识"), Some((1, 1, "一、".len())));
        assert_eq!(heading_number("（十二）抓好落实"), Some((2, 12, "（十二）".len())));
        assert_eq!(heading_number("3．治理污水"), Some((3, 3, "3．".len())));
        assert_eq!(heading_number("1.5亿元投资"), None);
        assert_eq!(heading_number("一是抓好落实"), None);
    }
}
