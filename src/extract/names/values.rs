//! Values of a finished text: by what they are said of, or by what they are.

use super::around::Around;
use super::call::{Call, own, stated};
use super::words::{first_words, last_words};
use crate::base::han::{is_han, is_numeral, numeral};
use crate::extract::value::Kind;
use crate::model::BlockKind;
use crate::rules::yearly;

impl Around<'_> {
    /// A value: the fact of the table that it is, or a key of its own.
    pub(super) fn value(&self, kind: Kind) -> Call {
        let words = self.words();
        let same = Some(self.identity());
        let key = match kind {
            Kind::Home(true) => return stated("locality.name", same),
            Kind::Home(false) => return stated("locality.short", same),
            Kind::Spoken => return stated("meeting.name", same),
            Kind::Paper => paper(words),
            Kind::Of(yearly::Kind::Figure) => self.figure(),
            Kind::Of(yearly::Kind::Date) if self.is_dated() => return stated("document.date", same),
            Kind::Of(yearly::Kind::Date) => self.day(),
            Kind::Of(yearly::Kind::Year) => self.year(words),
            Kind::Of(yearly::Kind::Ordinal) => self.edition(words),
            Kind::Of(yearly::Kind::Person) => {
                if self.document.speaker == Some(words) {
                    return stated("document.speaker", same);
                }
                return Call { same, ..self.holder().unwrap_or_else(|| own("姓名", None)) };
            }
            Kind::Of(yearly::Kind::Meeting) if words.ends_with('大') => "党代会".to_owned(),
            Kind::Of(yearly::Kind::Meeting) => unnumbered(words, "会议"),
            Kind::Of(yearly::Kind::Policy) => "文号".to_owned(),
            Kind::Of(yearly::Kind::Slogan) => "年度主题".to_owned(),
            Kind::Of(_) => unnumbered(words, "规划期"),
        };
        own(&key, same)
    }

    /// The words of the slot.
    fn words(&self) -> &str {
        &self.paragraph.text[self.slot().range.clone()]
    }

    /// The value, and what it is said of where the value alone does not tell that it is one thing: a figure of
    /// many digits is one by its name.
    fn identity(&self) -> String {
        /// Digits that two things do not share by chance.
        const TELLING: usize = 3;
        let words = self.words();
        let digits: String = words.chars().filter(char::is_ascii_digit).collect();
        if digits.trim_end_matches('0').len() >= TELLING {
            return words.to_owned();
        }
        let here = self.paragraph.values.iter().find(|v| v.range.start == self.slot().range.start);
        format!("{words} {}", here.map_or("", |value| &value.about))
    }

    /// Whether it is the date of the text, written as the program writes it.
    fn is_dated(&self) -> bool {
        let dated = matches!(self.paragraph.kind, BlockKind::DateLine | BlockKind::DateOfIssue);
        let words = self.words();
        let plain = words.chars().all(|c| c.is_ascii_digit() || matches!(c, '年' | '月' | '日'));
        dated && plain && words.ends_with('日') && !words.contains("年0") && !words.contains("月0")
    }

    /// A day or a deadline: by what is to be done by then.
    fn day(&self) -> String {
        let behind = self.right().trim_start_matches(['前', '底', '起', '，', '之', '以']);
        let run = head(behind);
        let deed = first_words(run, 8);
        if deed.chars().count() >= 2 { format!("{deed}时间") } else { "日期".to_owned() }
    }

    /// A year: by how far it is from the year of the text.
    fn year(&self, words: &str) -> String {
        let rest = words.trim_start_matches(|c: char| c.is_ascii_digit());
        let end = rest.strip_prefix("年度").or(rest.strip_prefix('年')).unwrap_or(rest);
        let year = words.get(..4).and_then(|y| y.parse::<i32>().ok());
        match (year, self.document.year) {
            (Some(year), Some(base)) if end.chars().count() <= 3 => {
                format!("{}年份{end}", distance(year - i32::from(base)))
            }
            (Some(_), _) => "起止年份".to_owned(),
            // 过去五年, 五年来.
            _ => format!("{}年数", words.split(is_numeral).next().unwrap_or_default()),
        }
    }

    /// 第3位 of 居全市第3位, 第五次 of 第五次会议: by what is counted off.
    fn edition(&self, words: &str) -> String {
        let unit: String =
            words.chars().filter(|c| !is_numeral(*c) && !c.is_ascii_digit() && *c != '第').collect();
        if matches!(&*unit, "位" | "名" | "位次" | "方阵") {
            return self.rank();
        }
        let noun = first_words(head(self.right()).trim_end_matches('上'), 8);
        // 第五次会议确定的目标 is the number of a meeting.
        let noun =
            if noun.is_empty() && unit == "次" || noun.starts_with("会议") { "会议" } else { noun };
        format!("{noun}{unit}数")
    }
}

/// The characters before the first that is no Chinese one.
fn head(text: &str) -> &str {
    text.split(|c| !is_han(c)).next().unwrap_or_default()
}

/// 本年, 上年, 五年前.
fn distance(years: i32) -> String {
    let count = |n: i32| numeral(usize::try_from(n.unsigned_abs()).unwrap_or(1));
    match years {
        0 => "本年".to_owned(),
        -1 => "上年".to_owned(),
        1 => "下年".to_owned(),
        n if n < 0 => format!("{}年前", count(n)),
        n => format!("{}年后", count(n)),
    }
}

/// A name without its numerals: 党代会 of nothing but them.
fn unnumbered(words: &str, none: &str) -> String {
    let mut counted = false;
    let mut bare = String::new();
    for c in words.chars().filter(|c| is_han(*c) && *c != '第') {
        // 县委十三届八次全会 is 县委全会.
        let drops = is_numeral(c) || counted && matches!(c, '届' | '次' | '中');
        counted = is_numeral(c);
        bare.extend((!drops).then_some(c));
    }
    if bare.chars().count() >= 2 { bare } else { none.to_owned() }
}

/// 实施方案 of the title of a plan.
fn paper(title: &str) -> String {
    let bare = title.split(['（', '(']).next().unwrap_or(title);
    let run = bare.rsplit(|c| !is_han(c)).next().unwrap_or_default();
    format!("{}名称", last_words(run, 6))
}
