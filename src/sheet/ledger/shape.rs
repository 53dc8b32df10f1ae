//! Whether what stands in a column looks like what its head says (像不像).
//!
//! A head alone may mean two things: 进度 is a percentage or a sentence, 单位 a town or a measure. So each
//! field says what its values look like, and a column of others is not read into it.

use super::heads::{is_year, says_a_head};
use super::value::{is_number, measure, narrow};
use crate::base::lexicon::ledger as lexicon;
use crate::model::facts::table::{Field, Kind};

/// A column that is looked at: its values, and what its head says of them.
pub struct Looked<'a> {
    /// The values of the column, without those that say nothing.
    pub values: &'a [&'a str],
    /// The unit of the head.
    pub unit: Option<&'a str>,
    /// The words of the head.
    pub head: &'a str,
    /// What the corner of the table says of units.
    pub corner: Option<&'a str>,
}

/// Whether a column may hold a field of a list. One without values may hold any.
pub fn fits(list: &str, field: &Field, looked: &Looked<'_>) -> bool {
    let values = looked.values;
    if values.is_empty() {
        return true;
    }
    let most =
        |test: &dyn Fn(&str) -> bool| values.iter().filter(|v| test(v)).count() * 5 >= values.len() * 3;
    let has_digit = |v: &str| narrow(v).contains(|c: char| c.is_ascii_digit());
    match (list, field.id) {
        ("people", "name") => most(&|v| is_person(v)),
        ("units", "name") => {
            most(&|v| lexicon::BODIES.iter().any(|end| v.ends_with(end))) && !most(&|v| measure(v).is_some())
        }
        ("units", "figure") => is_share(looked) || is_score(looked.head) && most(&|v| is_points(v)),
        // Towns and offices are no projects, whatever their head says: 项目乡镇.
        ("projects" | "tasks" | "indicators" | "honours", "name") => {
            !most(&|v| is_number(v)) && !most(&is_office) && (list == "indicators" || !most(&says_a_head))
        }
        ("people", "body") => !most(&|v| is_number(v)),
        (_, "rank" | "rank_prev") => most(&|v| has_digit(v) || v.contains(['第', '并', '一', '末', '首'])),
        (_, "yoy") => most(&has_digit),
        (_, "year") => most(&|v| {
            let narrow = narrow(v);
            let digits = narrow.strip_suffix('年').or(narrow.strip_suffix("年度")).unwrap_or(&narrow);
            digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit())
        }),
        (_, "due") => most(&|v| {
            has_digit(v) && (!is_number(v) || narrow(v).starts_with("20"))
                || v.contains(['年', '月', '季', '底', '前', '长', '常', '持', '已', '定', '期'])
        }),
        (_, "owner" | "unit" | "giver" | "partners") => {
            !values.iter().any(|v| is_number(v)) && !most(&|v| has_surname(v) && !is_of_office(v))
        }
        (_, "progress") => true,
        _ if matches!(field.kind, Kind::Figure) => {
            values.iter().filter(|v| has_digit(v) && !is_time(v)).count() * 2 >= values.len()
        }
        _ => !most(&|v| is_number(v)),
    }
}

/// Whether a column holds shares of a whole: percentages, or bare numbers under a head that says so.
fn is_share(looked: &Looked<'_>) -> bool {
    let percent = |v: &&&str| narrow(v).ends_with('%') && is_number(v);
    let number = |v: &&&str| is_number(v);
    let count = |test: &dyn Fn(&&&str) -> bool| looked.values.iter().filter(|v| test(v)).count() * 5;
    let enough = looked.values.len() * 3;
    if count(&percent) >= enough {
        return true;
    }
    let of_whole = looked.unit == Some("%")
        || looked.unit.is_none()
            && ["率", "比例", "占比", "百分比"].iter().any(|end| looked.head.ends_with(end))
        || looked.unit.is_none()
            && looked.head.ends_with("进度")
            && looked.corner.is_some_and(|corner| corner.contains('%'));
    // 0.92 without a format is a share that nobody reads as 0.92%.
    let is_fraction = looked.unit.is_none()
        && looked.values.iter().filter_map(|v| narrow(v).parse::<f64>().ok()).all(|share| share <= 1.0);
    of_whole && !is_fraction && count(&number) >= enough
}

/// Whether a head speaks of points that were given.
pub fn is_score(head: &str) -> bool {
    lexicon::SCORES.iter().any(|word| head.contains(word))
}

/// Whether words are points: a number, with 分 or without.
fn is_points(words: &str) -> bool {
    is_number(words.trim_end_matches('分'))
}

/// Whether words are a time and no amount: 2026年12月, 2026-11-30, 10月底前.
pub fn is_time(words: &str) -> bool {
    let narrow = narrow(words);
    let from = narrow.trim_end_matches(['前', '底', '末', '初', '份', '日']);
    let is_dated = |rest: &str| {
        let all = |c: char| c.is_ascii_digit() || matches!(c, '年' | '月' | '日' | '-' | '.' | '/');
        rest.starts_with(['年', '-', '.', '/']) && rest.chars().all(all)
    };
    narrow.get(..4).is_some_and(is_year) && is_dated(&from[4.min(from.len())..])
        || from.strip_suffix('月').is_some_and(|month| month.bytes().all(|b| b.is_ascii_digit()))
}

/// Whether words end as offices do, though they may begin like a name: 安全股, 金融办.
fn is_of_office(words: &str) -> bool {
    lexicon::OFFICES.iter().any(|end| words.trim_end().ends_with(end))
}

/// Whether words are the name of a town or an office, as far as their end tells without a doubt.
pub fn is_office(words: &str) -> bool {
    let words: String = words.split_whitespace().collect();
    let ends = ["镇", "乡", "街道", "办事处", "局", "委员会", "管委会", "农场", "开发区"];
    words.chars().count() <= 14 && ends.iter().any(|end| words.ends_with(end))
}

/// Whether words are the name of a person and begin with one of the surnames that most have.
pub fn has_surname(words: &str) -> bool {
    let is_one = |c| crate::base::lexicon::person_title::SURNAMES.contains(&c);
    is_person(words) && words.chars().next().is_some_and(is_one)
}

/// Whether words are the name of a person: two to four characters, apart from blanks, or with a dot.
pub fn is_person(words: &str) -> bool {
    let name: String = words.split_whitespace().collect();
    let name = name.split(['（', '(']).next().unwrap_or_default();
    let characters = name.chars().count();
    (2..=4).contains(&characters)
        && name.chars().all(crate::base::han::is_han)
        && !lexicon::BODIES.iter().any(|end| end.chars().count() > 1 && name.ends_with(end))
        || name.contains('·')
}
