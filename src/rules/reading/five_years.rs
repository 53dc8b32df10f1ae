//! Five-year plans (五年规划): where a text names one, and the years of which it is.
//!
//! The 11th plan (“十一五”) ran from 2006 to 2010, and each later one follows on the last. “十五” (2001–2005) is
//! left alone: it is too often a number.

use std::ops::Range;

use crate::base::clause;
use crate::base::han::{Date, parse_numeral, years_said};
use crate::base::lexicon::five_years as lexicon;
use crate::rules::reading::cue;

/// The characters for N of 十N五.
const NUMERALS: [char; 6] = ['一', '二', '三', '四', '五', '六'];

/// A plan that is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::rules) struct Plan {
    /// Its name with the marks round it: `“十四五”`, `十四五`, `第十四个五年规划`.
    pub range: Range<usize>,
    /// Whether marks stand round it.
    pub marked: bool,
    /// The character of its number.
    pub numeral: char,
    /// Its first year.
    pub first: u16,
    /// Its last year.
    pub last: u16,
}

impl Plan {
    /// As it is usually named: `“十四五”`.
    pub fn name(&self) -> String {
        format!("“十{}五”", self.numeral)
    }
}

/// What a text says that a year is in the course of a plan: 2026年是“十五五”开局之年.
#[derive(Debug)]
pub(in crate::rules) struct KeyYear<'t> {
    /// The year of which it is said.
    pub year: u16,
    /// What it is said to be: 开局之年.
    pub said: &'t str,
    /// Whether the plan has such a year then.
    pub fits: bool,
    /// Whether the year stands there in digits, and not as 今年.
    pub written: bool,
    /// Whether the plan has but one such year.
    pub one: bool,
}

impl KeyYear<'_> {
    /// Whether it does not fit because it was left over from an old paper: the plan is long over, or over and
    /// nothing but 今年 tells of which year it is. Then it is a time gone by; else terms that clash.
    pub fn is_left_over(&self, plan: &Plan) -> bool {
        /// Years of a plan.
        const LENGTH: u16 = 5;
        !self.fits && (self.year > plan.last + LENGTH || self.year > plan.last && !self.written && !self.one)
    }
}

/// What stands in a year's name that a plan has.
enum Stage {
    /// This year of it, counted from 0.
    One(u16),
    Middle,
    Preparing,
    Any,
}

impl Stage {
    /// What the words between a plan and the end of a year's name say: 规划的开局 of 规划的开局之年.
    fn of(kind: &str, whole: &str) -> Option<Self> {
        let mut said = kind;
        while let Some(rest) = lexicon::FILLERS.iter().find_map(|w| said.strip_prefix(w)) {
            said = rest;
        }
        // 开局、“十六五”谋划之年: what it is said to be ends at the mark.
        let cut = said
            .find('、')
            .or_else(|| said.find('“').map(|at| said[..at].trim_end_matches(['和', '与', '及']).len()));
        let (said, whole) = match cut.filter(|at| *at > 0) {
            Some(at) => (&said[..at], &said[..at]),
            None => (said, &whole[kind.len() - said.len()..]),
        };
        let is = |list: &[&str]| {
            list.iter().any(|w| {
                said.strip_prefix(w).is_some_and(|rest| rest.chars().count() <= 5)
                    || said.strip_suffix(w).is_some_and(|head| head.chars().count() <= 6)
                    || said.is_empty() && whole.starts_with(w)
            })
        };
        let nth = whole.rsplit_once('第').and_then(|(_, rest)| rest.split_once('年'));
        let nth = nth.and_then(|(n, _)| parse_numeral(n)).and_then(|n| u16::try_from(n).ok());
        if (kind.contains('、') || cut.is_some()) && !is(lexicon::OPENING) && !is(lexicon::CLOSING) {
            return None;
        }
        Some(match nth {
            Some(n @ 1..=5) => Self::One(n - 1),
            _ if is(lexicon::OPENING) => Self::One(0),
            _ if is(lexicon::CLOSING) => Self::One(4),
            _ if lexicon::MIDDLE.iter().any(|w| said.contains(w)) => Self::Middle,
            _ if lexicon::PREPARING.iter().any(|w| said.contains(w)) => Self::Preparing,
            _ => Self::Any,
        })
    }
}

/// The year that words say it is, and where: 今年是, 2026年，是, 2026年作为.
pub(in crate::rules) fn year_told(before: &str, day: Option<Date>) -> Option<(usize, u16, bool)> {
    let tells = |rest: &str| {
        let rest = rest.trim_start_matches(['，', ',', ' ']);
        let near = || {
            let near = &rest[..rest.char_indices().nth(14).map_or(rest.len(), |(at, _)| at)];
            let clause = near.split(['，', ',', '、']).next().unwrap_or_default();
            ["迎来", "作为", "正值"].iter().any(|w| clause.contains(w)) || clause.contains("来说是")
        };
        lexicon::TELLS.iter().any(|w| rest.starts_with(w)) || near()
    };
    let spoken = lexicon::SPOKEN.iter().filter_map(|&(w, n)| {
        let at = before.rfind(w).filter(|at| tells(&before[at + w.len()..]))?;
        Some((at, (day?.year + u16::try_from(n).ok()?).checked_sub(10)?, false))
    });
    let written = years_said(before)
        .filter(|&(start, year)| (1980..2100).contains(&year) && tells(&before[start + "2026年".len()..]));
    spoken.chain(written.map(|(at, year)| (at, year, true))).max()
}

/// What the text says that a year is in the course of the plan, if it says so.
pub(in crate::rules) fn key_year<'t>(text: &'t str, plan: &Plan, day: Option<Date>) -> Option<KeyYear<'t>> {
    /// Characters between the year and the plan.
    const NEAR: usize = 40;
    /// The same where the clause of the plan goes on saying what the year is: 也是“十五五”开局之年.
    const FAR: usize = 90;
    /// Characters between the plan and the end of what it is said to be.
    const KIND: usize = 22;
    let (start, end) = (plan.range.start, plan.range.end);
    let near = &text[end..text.floor_char_boundary(end + 100)];
    if !near.contains('年') {
        return None;
    }
    let after = clause::ahead(text, end, 1);
    let of = lexicon::KEY_YEARS.iter().filter_map(|w| Some((after.find(w)?, w))).min()?;
    let (kind, whole) = (&after[..of.0], &after[..of.0 + of.1.len()]);
    if kind.chars().count() > KIND {
        return None;
    }
    let stage = Stage::of(kind, whole)?;
    let before = &text[clause::sentence(text, plan.range.clone()).start..start];
    let behind = clause::behind(text, start);
    let goes_on = ["是", "也是", "更是", "又是", "既是", "还是"].iter().any(|w| behind.starts_with(w));
    let told = year_told(before, day);
    let (year, written) = match told {
        Some((at, year, written)) => {
            let most = if goes_on { FAR } else { NEAR };
            if before[at..].chars().count() > most {
                return None;
            }
            (year, written)
        }
        // 站在“十五五”开局之年的起点上: where no year is told, one near the paper's own.
        None => {
            let Stage::One(nth) = stage else { return None };
            let (own, due) = (day?.year, plan.first + nth);
            let elsewhen = years_said(before).next().is_some() || cue::remembers(before);
            let aims = ["到", "至", "自", "从", "在"].iter().any(|w| behind.ends_with(w));
            if elsewhen || aims || own.abs_diff(due) <= 1 {
                return None;
            }
            (own, false)
        }
    };
    let carried = ["实施", "落实", "推进", "执行"].iter().any(|w| behind.ends_with(w));
    let prepared = lexicon::PREPARING.iter().any(|w| behind.contains(w));
    let fits = match stage {
        Stage::One(_) if prepared && kind.contains('的') => year <= plan.last,
        Stage::One(nth) => year == plan.first + nth,
        Stage::Middle => plan.first <= year + 1 && year < plan.last,
        Stage::Preparing => (plan.first - 2..=plan.first).contains(&year),
        Stage::Any => year <= plan.last && year + if carried { 0 } else { 2 } >= plan.first,
    };
    Some(KeyYear { year, said: whole, fits, written, one: matches!(stage, Stage::One(_)) })
}

/// The first and the last year of the plan of this numeral.
fn years(numeral: char) -> Option<(u16, u16)> {
    let index = NUMERALS.iter().position(|&n| n == numeral)?;
    let first = 2006 + 5 * u16::try_from(index).ok()?;
    Some((first, first + 4))
}

/// All plans that a text names, in order.
pub(in crate::rules) fn plans(text: &str) -> Vec<Plan> {
    memchr::memmem::find_iter(text.as_bytes(), "十").filter_map(|at| plan(text, at)).collect()
}

fn plan(text: &str, ten: usize) -> Option<Plan> {
    let behind = &text[ten + '十'.len_utf8()..];
    let numeral = behind.chars().next()?;
    let (first, last) = years(numeral)?;
    let rest = &behind[numeral.len_utf8()..];
    let named = |range: Range<usize>, marked| Plan { range, marked, numeral, first, last };
    if let Some(rest) = rest.strip_prefix('五') {
        let mark = |c: &char, mark: char| *c == mark || *c == '"';
        let before = text[..ten].chars().next_back();
        let open = before.filter(|c| mark(c, '“'));
        let close = rest.chars().next().filter(|c| mark(c, '”'));
        // 二十一五 and 十五五十 are numbers.
        let counted = |c: char| NUMERALS.contains(&c) || matches!(c, '十' | '百' | '第' | '七' | '八' | '九');
        if open.is_none() && (before.is_some_and(counted) || rest.starts_with(counted)) {
            return None;
        }
        let end = text.len() - rest.len() + close.map_or(0, char::len_utf8);
        let start = ten - open.map_or(0, char::len_utf8);
        return Some(named(start..end, open.is_some() && close.is_some()));
    }
    // 第十四个五年规划
    let rest = rest.strip_prefix("个五年").filter(|_| text[..ten].ends_with('第'))?;
    let rest = ["规划", "计划"].iter().find_map(|w| rest.strip_prefix(w))?;
    Some(named(ten - '第'.len_utf8()..text.len() - rest.len(), false))
}

#[cfg(test)]
mod tests {
    use super::plans;

    #[test]
    fn a_plan_is_known_by_its_short_and_by_its_full_name() {
        let text = "完成“十四五”规划，编制十五五规划，对照第十三个五年规划，建房十五间，共二十一五人。";
        let found: Vec<_> =
            plans(text).into_iter().map(|p| (text[p.range].to_owned(), p.first, p.last)).collect();
        let all = [("“十四五”", 2021, 2025), ("十五五", 2026, 2030), ("第十三个五年规划", 2016, 2020)];
        assert_eq!(found, all.map(|(name, first, last)| (name.to_owned(), first, last)));
    }
}
