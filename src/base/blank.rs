//! What stands where a word is still missing (占位).
//!
//! The characters and words that writers put for a name, number or date they do not know yet, and
//! the words beside them that tell what is missing. The facts loader asks whether a whole value is
//! such a blank; the rule `placeholder` finds them inside running text, where the same characters
//! may also mean something; the Markdown reader asks whether a pair of stars is emphasis or two
//! names removed. All of them use these lists.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Text;
use super::lexicon::blank as lexicon;
use super::pattern::pattern;

/// Whether a run of `c` may stand for missing characters: `x`, `X`, `×`, `*`, `○`, `_` and their
/// kin. `〇` is not among them: it is the numeral zero (二〇二六).
#[must_use]
pub fn is_stand_in(c: char) -> bool {
    Sign::of(c).is_some()
}

/// A family of stand-in characters that look alike; a run is made of one family.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sign {
    /// `x` `X`, also the Cyrillic letters that input methods give for them.
    Letter,
    /// `×` and other crosses.
    Cross,
    /// `*` and other stars made of strokes.
    Star,
    /// `_`.
    Line,
    /// `○` `◯` `●`.
    Circle,
    /// `□` `△` and other geometric shapes, filled or not.
    Shape,
}

impl Sign {
    /// The family of a character, in full or half width; `None` if it is no stand-in.
    #[must_use]
    pub const fn of(c: char) -> Option<Self> {
        Some(match c {
            'x' | 'X' | 'ｘ' | 'Ｘ' | 'х' | 'Х' | 'ⅹ' => Self::Letter,
            '×' | '✕' | '✖' | '╳' | '⨯' | '✗' | '✘' => Self::Cross,
            '*' | '＊' | '∗' | '﹡' | '✱' => Self::Star,
            '_' | '＿' | '﹍' | '﹏' => Self::Line,
            '○' | '◯' | '●' => Self::Circle,
            '□' | '■' | '△' | '▲' | '◇' | '◆' | '▢' | '※' | '☆' | '█' | '▇' | '◎' => {
                Self::Shape
            }
            _ => return None,
        })
    }
}

/// What a blank stands for, as its neighbours tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lack {
    /// 年份, before 年.
    Year,
    /// 月份, before 月.
    Month,
    /// 日期, before 日.
    Day,
    /// 数字, before a measure word or unit.
    Number,
    /// 序数, after 第 or before 届.
    Ordinal,
    /// 人名, before or after an office.
    Person,
    /// 地名, before 县, 镇, 江 …
    Place,
    /// 名称 of an office, enterprise, meeting, project.
    Name,
    /// A passage.
    Passage,
    /// Nothing tells.
    Unknown,
}

impl Lack {
    /// The words for it after “缺” and “missing:”.
    #[must_use]
    pub const fn label(self) -> Text {
        match self {
            Self::Year => Text::fixed("年份", "a year"),
            Self::Month => Text::fixed("月份", "a month"),
            Self::Day => Text::fixed("日期", "a day of the month"),
            Self::Number => Text::fixed("数字", "a number"),
            Self::Ordinal => Text::fixed("序数", "an ordinal number"),
            Self::Person => Text::fixed("人名", "a person's name"),
            Self::Place => Text::fixed("地名", "a place name"),
            Self::Name => Text::fixed("名称", "a name"),
            Self::Passage => Text::fixed("一段内容", "a passage"),
            Self::Unknown => Text::fixed("名称、数字或日期", "a name, number or date"),
        }
    }

    /// Whether it is a count or a date, which only a figure can fill.
    #[must_use]
    pub const fn is_figure(self) -> bool {
        matches!(self, Self::Year | Self::Month | Self::Day | Self::Number | Self::Ordinal)
    }
}

/// Words that stand right after a blank, and what it then lacks.
const AFTER: &[(Lack, &[&str])] = &[
    (Lack::Year, lexicon::YEARS),
    (Lack::Month, lexicon::MONTHS),
    (Lack::Day, lexicon::DAYS),
    (Lack::Ordinal, lexicon::ORDINALS),
    (Lack::Number, lexicon::NUMBERS),
    (Lack::Place, lexicon::PLACES),
    (Lack::Person, lexicon::PEOPLE),
    (Lack::Name, lexicon::NAMES),
];

/// The units that only figures stand before, and 日 and 月份 of a date.
pub fn counted() -> impl Iterator<Item = &'static str> {
    let units = [lexicon::NUMBERS, lexicon::DAYS, lexicon::MONTHS].into_iter().flatten().copied();
    units.filter(|unit| !unit.starts_with(|c: char| c.is_ascii_alphabetic()))
}

/// What a blank lacks that stands right before `rest`, and the words that tell it; the longest
/// word of the lists wins.
#[must_use]
pub fn before(rest: &str) -> Option<(Lack, &'static str)> {
    let words = BY_FIRST.get(&rest.chars().next()?)?;
    words.after.iter().copied().find(|(_, w)| {
        rest.strip_prefix(w).is_some_and(|after| {
            // `x km` is a unit, `x kind` is none.
            !w.ends_with(|c: char| c.is_ascii_alphabetic())
                || !after.starts_with(|c: char| c.is_ascii_alphanumeric())
        })
    })
}

/// The words of the lists that begin with one character.
#[derive(Default)]
struct Words {
    /// Of [`AFTER`], the longest first.
    after: Vec<(Lack, &'static str)>,
    /// Of [`lexicon::NO_UNIT`].
    no_unit: Vec<&'static str>,
}

/// Both lists by first character: a dirty draft asks them thousands of times.
static BY_FIRST: LazyLock<HashMap<char, Words>> = LazyLock::new(|| {
    let mut index: HashMap<char, Words> = HashMap::new();
    for &(lack, words) in AFTER {
        for &word in words {
            index.entry(first(word)).or_default().after.push((lack, word));
        }
    }
    for &word in lexicon::NO_UNIT {
        index.entry(first(word)).or_default().no_unit.push(word);
    }
    for words in index.values_mut() {
        words.after.sort_by_key(|(_, w)| std::cmp::Reverse(w.len()));
    }
    index
});

fn first(word: &str) -> char {
    word.chars().next().unwrap_or_default()
}

/// As [`before`], where the blank itself is in doubt: `年轻` does not count as `年`.
#[must_use]
pub fn unit(rest: &str) -> Option<(Lack, &'static str)> {
    let found = before(rest)?;
    let words = BY_FIRST.get(&rest.chars().next()?)?;
    (!words.no_unit.iter().any(|w| rest.starts_with(w) && w.len() > found.1.len())).then_some(found)
}

/// Whether a number must follow these words: they end in 第, 达到, 约, 增长 …
#[must_use]
pub fn wants_number(words: &str) -> bool {
    lexicon::WANTS_NUMBER.iter().any(|w| words.ends_with(w))
}

/// Words that say a value is still to come. As a whole value or in brackets they are always
/// blanks; in running text `待定` may be said of a plan.
pub const PENDING: &[&str] = lexicon::PENDING;

/// A value that says nothing: only strokes and dots, or 某某 and what follows it on its line. Asked of
/// every value of a facts file, so it is no pattern.
fn says_nothing(value: &str) -> bool {
    value.strip_prefix("某某").is_some_and(|rest| !rest.contains('\n'))
        || value.chars().all(|c| matches!(c, '/' | '\\' | '-' | '—' | '－' | '?' | '？' | '…' | '.' | '、'))
}

pattern! {
    /// What brackets hold where they tell the writer to fill them: 待补：人口, 此处填写, 填写人口.
    static ORDER = r"^(?:待(?:定|补|填|核|确|完善|更新|查|落实|统计|提供)|此处|填写)";
}

/// Whether a whole value is a blank: `x万人`, `待定`, `/`, `某某`, `20xx年`, `【待补：人口】`, `（  ）`.
#[must_use]
pub fn is_blank_value(value: &str) -> bool {
    /// Brackets in brackets that are looked into; nobody writes more.
    const DEEPEST: usize = 8;
    let mut value = value;
    for _ in 0..DEEPEST {
        value = value.trim().trim_matches(['。', '；', '，', ' ', '　']);
        if value.is_empty() || PENDING.contains(&value) || says_nothing(value) || is_run(value) {
            return true;
        }
        let Some(inner) = value.strip_prefix(['【', '（', '(', '[', '{', '〔', '「', '<', '《', '“'])
        else {
            return false;
        };
        value = inner.trim_end_matches(['】', '）', ')', ']', '}', '〕', '」', '>', '》', '”']);
        if value.starts_with(['待', '此', '填']) && ORDER.is_match(value) {
            return true;
        }
    }
    false
}

/// `x万人`, `20xx年`, `**个`: a run of stand-ins, and around it only digits and a short unit.
fn is_run(value: &str) -> bool {
    let Some(run) = value.find(is_stand_in) else { return false };
    let digits = &value[..run];
    let after = value[run..].trim_start_matches(|c: char| {
        is_stand_in(c) || matches!(c, '.' | '月' | '日' | '年' | '-' | '、' | ' ')
    });
    let is_unit = |s: &str| s.is_empty() || before(s).is_some_and(|(_, word)| word == s);
    digits.chars().all(|c| c.is_ascii_digit() || c == '第') && is_unit(after)
}

#[cfg(test)]
mod tests {
    use super::is_blank_value;

    /// Each bracket took a level of the stack.
    #[test]
    fn a_value_of_nothing_but_brackets_is_looked_into_so_far_and_no_further() {
        assert!(is_blank_value("【（待补）】"));
        assert!(!is_blank_value(&"（".repeat(1_000_000)));
    }

    #[test]
    fn before_does_as_its_example_says() {
        use crate::base::blank::{Lack, before};
        assert_eq!(before("万人次，增长"), Some((Lack::Number, "万人次")));
        assert_eq!(before("同志主持"), Some((Lack::Person, "同志")));
        assert_eq!(before("，全县"), None);
    }

    #[test]
    fn unit_does_as_its_example_says() {
        use crate::base::blank::unit;
        assert!(unit("年，").is_some());
        assert!(unit("年轻干部").is_none());
    }

    #[test]
    fn is_blank_value_does_as_its_example_says() {
        use crate::base::blank::is_blank_value;
        for blank in
            ["x万人", "待定", "/", "—", "XX", "某某", "20xx年", "【待补：人口】", "（ ）", "**个", "？"]
        {
            assert!(is_blank_value(blank), "{blank}");
        }
        for value in ["5.60", "X光室", "12.6万人", "3×4", "某项工作", "5G基站", "0", "无"] {
            assert!(!is_blank_value(value), "{value}");
        }
    }
}
