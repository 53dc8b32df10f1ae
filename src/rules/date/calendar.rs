//! Days that no calendar has: 2月30日, 13月, 203年, 农历1月25日, 公历腊月, 25时, 10:75.

use std::ops::Range;

use super::hit;
use super::said::{JOINTS, Said, last_day};
use crate::base::Text;
use crate::base::han::is_numeral;
use crate::base::lexicon::date as lexicon;
use crate::model::{Finding, Severity};
use crate::text;

const HELP: Text = Text::fixed("核对后改正", "check it and correct it");

/// What is no day, no month, no year.
pub(super) fn find(text: &str, dates: &[Said]) -> Vec<Finding> {
    let mut found: Vec<Finding> = dates
        .iter()
        .enumerate()
        .filter_map(|(i, s)| {
            impossible(text, s, i.checked_sub(1).map(|i| &dates[i])).or_else(|| garbled(text, s))
        })
        .collect();
    found.extend(clock(text));
    found.extend(quarters(text));
    found.extend(years(text));
    found
}

/// The same of days in Han numerals.
pub(super) fn find_han(text: &str, dates: &[Said]) -> Vec<Finding> {
    dates.iter().filter_map(|s| impossible(text, s, None)).collect()
}

/// Whether the words before a date say that it is one of the lunar calendar.
fn is_lunar(text: &str, at: usize) -> bool {
    ["农历", "阴历", "旧历", "夏历", "农历的"].iter().any(|w| text[..at].trim_end().ends_with(w))
}

fn error(range: Range<usize>, message: Text) -> Finding {
    hit(range, message, HELP).severity(Severity::Error)
}

/// A month or a day that there is not. `before` is the date before it, whose month a day alone may share.
fn impossible(text: &str, said: &Said, before: Option<&Said>) -> Option<Finding> {
    let words = &text[said.range()];
    if is_lunar(text, said.start) {
        return lunar(text, said);
    }
    let Some(month) = said.month else {
        // 4月20日至31日
        let (from, day) = (before?, said.day?);
        let span = JOINTS.contains(&text.get(from.end..said.start)?.trim());
        let (month, last) = (from.month?, last_day(from.year, from.month?)?);
        let past = span && said.year.is_none() && from.day.is_some() && day > u32::from(last);
        return past.then(|| {
            error(from.start..said.end, text!("{month}月没有{day}日", "month {month} has no day {day}"))
        });
    };
    if said.year.is_some() && said.year_digits != 4 {
        return None;
    }
    let Some(last) = last_day(said.year, month) else {
        // 18月龄, 24月后: months that are counted.
        let rest = &text[said.end..];
        let sure = said.year.is_some() || said.day.is_some();
        let marked = lexicon::BEHIND_MONTH.iter().any(|w| rest.starts_with(w)) || rest.starts_with('，');
        let spans = JOINTS.iter().any(|j| text[..said.start].ends_with(j))
            && text[..said.start]
                .trim_end_matches(['—', '-', '－', '~', '至'])
                .ends_with(|c: char| c.is_ascii_digit());
        let count = rest.starts_with(['龄', '后', '内', '大']) || said.han;
        if count || !(sure || marked || spans) || month > 99 {
            return None;
        }
        let hit =
            error(said.range(), text!("“{words}”：没有{month}月", "“{words}”: there is no month {month}"));
        return Some(if sure { hit } else { hit.severity(Severity::Warning) });
    };
    let day = said.day.filter(|&d| d == 0 || d > u32::from(last))?;
    let why = match said.year {
        Some(year) if month == 2 && day == 29 => text!("{year}年2月只有28天", "February {year} has 28 days"),
        _ => text!("{month}月没有{day}日", "month {month} has no day {day}"),
    };
    let Text { zh, en } = why;
    Some(error(said.range(), text!("“{words}”：{zh}", "“{words}”: {en}")))
}

/// 农历1月25日, 农历十三月: a lunar month is 正月 to 腊月 and has thirty days at most.
fn lunar(text: &str, said: &Said) -> Option<Finding> {
    let from = text[..said.start].trim_end().len() - "农历".len();
    let whole = from..said.end;
    let words = &text[whole.clone()];
    let none = said.month.is_some_and(|m| m == 0 || m > 12) || said.day.is_some_and(|d| d == 0 || d > 30);
    if none {
        return Some(error(
            whole,
            text!("“{words}”：农历没有这一天", "“{words}”: the lunar calendar has no such day"),
        ));
    }
    if said.han || said.month.is_none() || said.year.is_some() && said.day.is_none() {
        return None;
    }
    let message = text!(
        "“{words}”：农历月日用汉字（正月、初五），用阿拉伯数字写的多是公历",
        "“{words}”: lunar days are written in Han numerals (正月, 初五); digits are for the solar calendar"
    );
    let help = Text::fixed("核对是农历还是公历", "see which calendar is meant");
    Some(hit(whole, message, help))
}

/// 202年7月, 20225年, 0218年, 2109年.
fn garbled(text: &str, said: &Said) -> Option<Finding> {
    let year = said.year?;
    let words = &text[said.range()];
    let (before, rest) = (&text[..said.start], &text[said.end..]);
    let message = match said.year_digits {
        5 if (19_000..23_000).contains(&year) => {
            text!("“{words}”的年份多了一位", "the year of “{words}” has a digit too many")
        }
        4 if (1..1000).contains(&year) => {
            text!("“{words}”的年份不对", "the year of “{words}” cannot be right")
        }
        // 上下5000年, 2200年历史 count years.
        4 if (2101..2300).contains(&year)
            && !rest.starts_with(['来', '前', '历', '文', '的', '悠', '间']) =>
        {
            text!("“{words}”的年份太远，多半是写错了", "the year of “{words}” is too far off to be meant")
        }
        3 if is_short(before, rest, said, year) => {
            text!("“{words}”的年份少了一位", "the year of “{words}” lacks a digit")
        }
        _ => return None,
    };
    Some(hit(
        said.range(),
        message,
        Text::fixed("年份写四位，核对后补正", "a year takes four digits; check and correct it"),
    ))
}

/// 二〇二年, 二〇二〇五年, 202五年, 2O26年: years with a digit too many or too few, or of mixed signs.
fn years(text: &str) -> Vec<Finding> {
    let sign = |c: char| {
        is_numeral(c) && c != '十' || c.is_ascii_digit() || matches!(c, '〇' | '零' | '○' | 'O' | 'o' | 'l')
    };
    let mut found = Vec::new();
    for at in memchr::memmem::find_iter(text.as_bytes(), "年") {
        let start = text[..at].trim_end_matches(sign).len();
        let words = &text[start..at];
        let count = words.chars().count();
        let plain = words.bytes().all(|b| b.is_ascii_digit());
        let han = words.chars().all(|c| !c.is_ascii());
        if plain || !(3..=5).contains(&count) {
            continue;
        }
        let century = ["二〇", "二零", "二○", "20", "2O", "一九", "19", "二0"];
        let dated = century.iter().any(|c| words.starts_with(c));
        let next = text[at + '年'.len_utf8()..].chars().next();
        let goes_on = next.is_none_or(|c| !matches!(c, '级' | '制' | '期' | '租'));
        // 二0二0 is another way to write 二〇二〇.
        let noughts = words.chars().all(|c| !c.is_ascii() || c == '0') || count == 4 && words.contains('〇');
        let wrong = if han { count != 4 } else { !noughts && (count == 4 || count == 3) };
        if !dated || !wrong || !goes_on || text[..start].ends_with(|c: char| c.is_ascii_alphanumeric()) {
            continue;
        }
        let whole = start..at + '年'.len_utf8();
        let words = &text[whole.clone()];
        let message = text!("“{words}”的年份写错了", "the year of “{words}” is written wrongly");
        found.push(hit(whole, message, HELP));
    }
    found
}

/// Whether three digits before 年 are a year of now that lost one, and neither history nor a count of years.
fn is_short(before: &str, rest: &str, said: &Said, year: u32) -> bool {
    // 2021年至203年: the end of a span.
    let span = JOINTS.iter().find_map(|j| before.strip_suffix(j)).and_then(|head| {
        let head = head.strip_suffix('年').unwrap_or(head);
        let from: u32 = head.get(head.len().checked_sub(4)?..)?.parse().ok()?;
        (1900..2100).contains(&from).then_some(())
    });
    if span.is_some() && !rest.starts_with(['前', '后', '间']) {
        return true;
    }
    let counted = ['前', '元', '第', '近', '有', '了', '约', '达', '逾', '过', '共', '历', '.'];
    let line = before.rsplit('\n').next().unwrap_or_default();
    // ——2026年1月18日在…: the line of a speech's day.
    let dashed =
        before.ends_with(['（', '(', '—', '-', '～']) && !line.trim_matches(['—', '（', '(', ' ']).is_empty();
    if before.ends_with(counted) || before.ends_with("距今") || dashed {
        return false;
    }
    // 196年3月 of 建安 stands in history too, but hardly with a day and never in 19 or 20.
    if said.month.is_some() {
        return year / 10 == 20 || year / 10 == 19 || said.day.is_some() || year / 100 == 2;
    }
    let opens =
        before.is_empty() || before.ends_with(['，', '。', '；', '\n', '到', '至', '在', '于', '　', '：']);
    let goes_on = rest.starts_with(['，', '底', '末', '全', '我', '度', '初', '实', '以']);
    (200..=209).contains(&year) && opens && goes_on
}

/// 25时30分, 上午10:75.
fn clock(text: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    for (at, mark) in text.match_indices(['时', '点', ':', '：']) {
        let head = &text[..at];
        let hour_at = head.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let (hour, before) = (&head[hour_at..], &head[..hour_at]);
        if hour.is_empty() || hour.len() > 2 {
            continue;
        }
        let behind = &text[at + mark.len()..];
        let len = behind.bytes().take_while(u8::is_ascii_digit).count();
        let minute = &behind[..len];
        let colon = matches!(mark, ":" | "：");
        let after = &behind[len..];
        let led =
            before.trim_end_matches([' ', '午', '上', '下', '早', '晚']).ends_with(['日', '号', '）', ')'])
                || before.ends_with("午")
                || ["凌晨", "早上", "晚上", "晚", "每日", "每天", "当日", "当天"]
                    .iter()
                    .any(|w| before.ends_with(w));
        let (Ok(h), m) = (hour.parse::<u32>(), minute.parse::<u32>().ok()) else { continue };
        let timed = colon
            && len == 2
            && (led || after.starts_with(['前', '开', '至', '—', '召']))
            && !after.starts_with([':', '：', '%', '.']);
        let spelled =
            !colon && (led || len > 0 && after.starts_with('分')) && (len == 0 || after.starts_with('分'));
        let afternoon = before.ends_with("上午") && h > 12;
        let wrong = h > 24 || m.is_some_and(|m| m > 59) || h == 24 && m.is_some_and(|m| m > 0) || afternoon;
        if !(timed || spelled && !before.ends_with(['第', '前', '近']))
            || !wrong
            || spelled && len == 0 && mark == "点" && !led
        {
            continue;
        }
        let end = at + mark.len() + len + if !colon && len > 0 { '分'.len_utf8() } else { 0 };
        let words = &text[hour_at..end];
        let message = if afternoon {
            text!("“上午{words}”自相矛盾", "“上午{words}” contradicts itself")
        } else {
            text!("“{words}”：没有这个时刻", "“{words}”: there is no such time")
        };
        found.push(hit(hour_at..end, message, HELP));
    }
    found
}

/// 第五季度.
fn quarters(text: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    for (at, word) in text.match_indices("季度") {
        let before = &text[..at];
        let Some(n) = ["五", "六", "5", "6"].iter().find(|n| before.ends_with(**n)) else { continue };
        let head = &before[..before.len() - n.len()];
        let start = at - n.len() - if head.ends_with('第') { '第'.len_utf8() } else { 0 };
        // 十五个季度, 连续5季度: a count.
        if !head.ends_with(['第', '，', '。', '年', '\n']) {
            continue;
        }
        let words = &text[start..at + word.len()];
        found.push(error(
            start..at + word.len(),
            text!("“{words}”：一年只有四个季度", "“{words}”: a year has four quarters"),
        ));
    }
    found
}
