//! Whether what stands in a column looks like what its head says (像不像).
//!
//! A head alone may mean two things: 进度 is a percentage or a sentence, 单位 a town or a measure. So each
//! field says what its values look like, and a column of others is not read into it.

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
        ("units", "figure") => is_share(looked),
        ("people", "body") => !most(&|v| is_number(v)),
        (_, "rank" | "rank_prev") => most(&|v| has_digit(v) || v.contains(['第', '并', '一', '末', '首'])),
        (_, "yoy") => most(&has_digit),
        (_, "year") => most(&|v| {
            let narrow = narrow(v);
            let digits = narrow.strip_suffix('年').or(narrow.strip_suffix("年度")).unwrap_or(&narrow);
            digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit())
        }),
        (_, "due") => most(&|v| {
            has_digit(v) || v.contains(['年', '月', '季', '底', '前', '长', '常', '持', '已', '定', '期'])
        }),
        (_, "owner" | "unit" | "giver" | "partners") => !values.iter().any(|v| is_number(v)),
        (_, "progress") => true,
        _ if matches!(field.kind, Kind::Figure) => {
            values.iter().filter(|v| has_digit(v)).count() * 2 >= values.len()
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
            && ["率", "比例", "占比", "百分比"].iter().any(|end| looked.head.ends_with(end));
    // 0.92 without a format is a share that nobody reads as 0.92%.
    let is_fraction = looked.unit.is_none()
        && looked.values.iter().filter_map(|v| narrow(v).parse::<f64>().ok()).all(|share| share <= 1.0);
    of_whole && !is_fraction && count(&number) >= enough
}

/// Whether words are the name of a person: two to four characters, apart from blanks, or with a dot.
fn is_person(words: &str) -> bool {
    let name: String = words.split_whitespace().collect();
    let name = name.split(['（', '(']).next().unwrap_or_default();
    let characters = name.chars().count();
    (2..=4).contains(&characters)
        && name.chars().all(crate::base::han::is_han)
        && !lexicon::BODIES.iter().any(|end| end.chars().count() > 1 && name.ends_with(end))
        || name.contains('·')
}
