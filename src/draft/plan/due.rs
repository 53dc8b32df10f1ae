//! Deadlines as clerks write them (9月底前, 到年底, 2027年4月20日前) as days.
//!
//! A deadline without a year is the first such day from the beginning of the work on. What cannot be
//! told to the day (月初, 汛期前, 春节前) is no day, and no days are counted to it.

use crate::base::han::Date;
use crate::base::when::number_at_end;

/// Days from 1970-01-01.
pub type Day = i64;

/// The last day of a deadline; `from` is the first day on which it may lie where it names no year.
#[must_use]
pub fn due(text: &str, from: Option<Day>) -> Option<Day> {
    let text = text.trim();
    let (year, rest) = match text.split_once('年') {
        // 年底 and 全年 have no year before 年.
        Some((before, rest)) => {
            match before.get(before.len().saturating_sub(4)..).and_then(|y| y.parse::<u16>().ok()) {
                Some(year) if year >= 1900 => (Some(year), rest),
                _ => (None, text),
            }
        }
        None => (None, text),
    };
    let from = from.and_then(Date::of_day);
    let next = text.contains("明年") || text.contains("来年");
    let years = match (year, from) {
        (Some(year), _) => vec![year],
        (None, Some(from)) if next => vec![from.year + 1],
        (None, Some(from)) => vec![from.year, from.year + 1],
        (None, None) => return None,
    };
    let days = years.into_iter().filter_map(|year| in_year(rest, year)?.day_number());
    match (year, from.and_then(Date::day_number)) {
        (None, Some(from)) => days.into_iter().find(|day| *day >= from),
        _ => days.into_iter().next(),
    }
}

/// The day that the rest of a deadline names in a year.
fn in_year(rest: &str, year: u16) -> Option<Date> {
    let month = |month: u8| Date { year, month: Some(month), day: None };
    let Some((before, after)) = rest.split_once('月') else {
        return quarter(rest).map(|m| month(m).last_day()).or_else(|| {
            let whole = ["年底", "年末", "年终", "年内", "全年", "底", "末"];
            let bare = rest.trim_end_matches(['前', '以']);
            whole.iter().any(|w| bare.ends_with(w)).then(|| month(12).last_day())
        });
    };
    let number = |text: &str| number_at_end(text).and_then(|n| u8::try_from(n).ok());
    let m = number(before).filter(|m| (1..=12).contains(m))?;
    let on = |day: u8| Date::parse(&format!("{year}-{m}-{day}"));
    if let Some((day, _)) = after.split_once(['日', '号']) {
        return on(number(day)?);
    }
    match after {
        after if after.starts_with("上旬") => on(10),
        after if after.starts_with("中旬") => on(20),
        after if after.starts_with("初") => None,
        // 9月前 ends with August.
        after if after.starts_with('前') || after.starts_with("以前") => {
            Date::of_day(on(1)?.day_number()? - 1)
        }
        _ => Some(month(m).last_day()),
    }
}

/// The month with which a quarter or half of a year ends.
fn quarter(text: &str) -> Option<u8> {
    let ends = [("一季度", 3), ("二季度", 6), ("上半年", 6), ("三季度", 9), ("四季度", 12), ("下半年", 12)];
    ends.into_iter().find(|(word, _)| text.contains(word)).map(|(_, month)| month)
}

#[cfg(test)]
mod tests {
    use super::due;
    use crate::base::han::Date;

    fn told(text: &str, from: &str) -> String {
        let from = Date::parse(from).and_then(Date::day_number);
        due(text, from).and_then(Date::of_day).map_or_else(|| "-".to_owned(), |d| d.to_string())
    }

    #[test]
    fn deadlines_are_read_as_clerks_write_them() {
        for (text, day) in [
            ("9月底前", "2026年9月30日"),
            ("到年底", "2026年12月31日"),
            ("9月10日前", "2026年9月10日"),
            ("12月中旬前", "2026年12月20日"),
            ("2027年4月底前", "2027年4月30日"),
            ("2027年底前", "2027年12月31日"),
            ("到2027年10月", "2027年10月31日"),
            ("全年", "2026年12月31日"),
            ("2月底前", "2027年2月28日"),
            ("9月前", "2026年8月31日"),
            ("十一月底前", "2026年11月30日"),
            ("三季度末", "2026年9月30日"),
            ("明年6月底前", "2027年6月30日"),
        ] {
            assert_eq!(told(text, "2026-03-05"), day, "{text}");
        }
    }

    #[test]
    fn what_names_no_day_is_none() {
        for text in ["汛期前", "接羔季结束时", "春节前", "9月初", "", "长期坚持"] {
            assert_eq!(told(text, "2026-03-05"), "-", "{text}");
        }
        assert_eq!(told("9月底前", ""), "-");
    }
}
