//! Times as clerks write them (时间说法): 2026年9月底, 9月20日前, 年底, 上半年, 汛期前.
//!
//! A plan rarely knows the day by which work is done, and what is written is printed, so such a time
//! is kept as words. What is asked here is only whether words are a time at all; a slip in a date
//! (2月30日) is none.

use super::han::{Date, is_numeral, parse_numeral};

/// The date that words say in full: as [`Date::parse`], and in Han numerals, 二〇二六年三月五日.
#[must_use]
pub fn date(words: &str) -> Option<Date> {
    let words = words.trim();
    if let Some(date) = Date::parse(words) {
        return Some(date);
    }
    let (year, rest) = words.split_once('年')?;
    let (month, rest) = rest.split_once('月')?;
    let number = |han: &str| parse_numeral(han).map(|n| n.to_string());
    let day = rest.strip_suffix(['日', '号']).unwrap_or(rest);
    let day = if day.is_empty() { String::new() } else { format!("-{}", number(day)?) };
    Date::parse(&format!("{}-{}{day}", number(year)?, number(month)?))
}

/// Whether words are a time: a date with or without its year, a part of one, a season or an event that
/// the trade counts by, with 前, 后, 底 and the like. Not words beyond that, and no day that there is not.
#[must_use]
pub fn is_time(words: &str) -> bool {
    /// Nobody needs more characters to name a time.
    const LONGEST: usize = 24;
    let words = words.trim();
    if words.is_empty() || words.chars().count() > LONGEST {
        return false;
    }
    let mut names_one = false;
    let mut rest = words;
    while let Some(first) = rest.chars().next() {
        if let Some(word) = NAMES.iter().find(|w| rest.starts_with(**w)) {
            names_one = true;
            rest = &rest[word.len()..];
        } else if let Some(word) = AROUND.iter().find(|w| rest.starts_with(**w)) {
            rest = &rest[word.len()..];
        } else if first.is_ascii_digit() || parse_numeral(first.encode_utf8(&mut [0; 4])).is_some() {
            rest = &rest[first.len_utf8()..];
        } else {
            return false;
        }
    }
    names_one && is_possible(words)
}

/// What names a time; longer ones first where one begins another.
const NAMES: &[&str] = &[
    "十四五",
    "十五五",
    "工作日",
    "小时",
    "上半年",
    "下半年",
    "半年",
    "季度",
    "上旬",
    "中旬",
    "下旬",
    "年",
    "月",
    "日",
    "号",
    "旬",
    "季",
    "周",
    "星期",
    "天",
    "春节",
    "元旦",
    "元宵",
    "清明",
    "五一",
    "端午",
    "中秋",
    "国庆",
    "除夕",
    "春耕",
    "春播",
    "夏收",
    "秋收",
    "秋种",
    "三夏",
    "三秋",
    "主汛期",
    "汛期",
    "防火期",
    "供热期",
    "供暖期",
    "采暖期",
    "供暖季",
    "采暖季",
    "入汛",
    "入冬",
    "入夏",
    "开学",
    "学期",
    "寒假",
    "暑假",
    "假期",
    "会后",
    "即日",
    "春",
    "夏",
    "秋",
    "冬",
    "时",
    "期",
];

/// What may stand round a name.
const AROUND: &[&str] = &[
    "今", "明", "后", "去", "来", "本", "当", "翌", "次", "同", "全", "第", "上", "下", "初", "中", "底",
    "末", "前", "起", "止", "内", "以", "之", "左右", "间", "个", "到", "至", "约", "大", "从", "自", "始",
    "开", "结束", "完", "—", "–", "-", "－", "~", "～", "、", "“", "”", " ",
];

/// The number in which a text ends, in digits or Han numerals; `None` if it ends in none.
pub fn number_at_end(words: &str) -> Option<usize> {
    let is_digit = |c: char| c.is_ascii_digit() || is_numeral(c);
    let digits = &words[words.trim_end_matches(is_digit).len()..];
    digits.parse().ok().or_else(|| parse_numeral(digits))
}

/// Whether each month and day that is numbered is one of the calendar.
fn is_possible(words: &str) -> bool {
    let number_before = |end: usize| number_at_end(&words[..end]);
    // Counts (3个月, 15日内) have no place in a year, but none of them is as long as a year either.
    let months = words.match_indices('月').map(|(at, _)| number_before(at));
    let mut month = None;
    for number in months {
        if number.is_some_and(|n| n == 0 || n > 12) {
            return false;
        }
        month = number;
    }
    words.match_indices(['日', '号']).map(|(at, _)| number_before(at)).all(|number| {
        // A leap year, since the year need not be said.
        let real = |n: usize| Date::parse(&format!("2024-{}-{n}", month.unwrap_or(1))).is_some();
        number.is_none_or(real)
    })
}

#[cfg(test)]
mod tests {
    use super::{date, is_time};

    #[test]
    fn what_a_deadline_may_say_is_a_time() {
        for words in [
            "2026年9月底",
            "9月20日",
            "9月20日前",
            "年底",
            "2026年12月底",
            "明年5月底",
            "2026年春",
            "三月五日",
            "4月—6月",
            "上半年",
            "第三季度",
            "10月中旬",
            "汛期前",
            "“十五五”末",
            "会后10个工作日内",
            "2027年春节前",
            "即日起",
            "6月1日起",
            "2026年上半年",
            "2026年冬季",
        ] {
            assert!(is_time(words), "{words}");
        }
    }

    #[test]
    fn what_names_no_time_or_no_day_of_the_calendar_is_none() {
        for words in [
            "",
            "尽快",
            "县住建局",
            "2月30日",
            "13月底",
            "9月31日前",
            "2026-02-30",
            "31",
            "年度计划完成",
            "0月",
            "按上级要求的时间",
            "周明达",
            "秋河镇",
        ] {
            assert!(!is_time(words), "{words}");
        }
    }

    #[test]
    fn a_date_is_read_in_han_numerals_too() {
        assert_eq!(date("二〇二六年三月五日").unwrap().to_string(), "2026年3月5日");
        assert_eq!(date("二〇二六年十二月").unwrap().to_string(), "2026年12月");
        assert_eq!(date("2026/9/30").unwrap().to_string(), "2026年9月30日");
        assert_eq!(date("二〇二六年二月三十日"), None);
        assert_eq!(date("三月五日"), None);
    }
}
