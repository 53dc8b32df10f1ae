//! Five-year plans (五年规划) that are over and still spoken of as the current or coming one.
//!
//! The 13th plan ran from 2016 to 2020, the 14th to 2025, the 15th (“十五五”) runs to 2030. “十五” alone (2001–2005) is left alone: it is too often a number.

use std::ops::Range;

use super::{Hit, Page};
use crate::base::Text;
use crate::base::lexicon::stale_time as lexicon;
use crate::rules::reading::cue;
use crate::text;

const NUMERALS: &str = "一二三四五六";

/// The first and the last year of the plan `十N五`, by the character for N.
pub(super) fn years(n: &str) -> Option<(u16, u16)> {
    let n = NUMERALS.find(n)? / '一'.len_utf8();
    let first = 2006 + 5 * u16::try_from(n).ok()?;
    Some((first, first + 4))
}

pub(super) fn find(page: &Page<'_>) -> Vec<Hit> {
    page.text
        .match_indices('十')
        .filter_map(|(at, ten)| {
            let n = page.text[at + ten.len()..].chars().next().filter(|&c| NUMERALS.contains(c))?;
            let rest = page.text[at + ten.len() + n.len_utf8()..].strip_prefix('五')?;
            let n = n.to_string();
            let (first, last) = years(&n)?;
            let marked = |c: char, mark: char| c == mark || c == '"';
            let before = page.text[..at].chars().next_back().filter(|&c| marked(c, '“'));
            let after = rest.chars().next().filter(|&c| marked(c, '”'));
            let start = at - before.map_or(0, char::len_utf8);
            let range = start..page.text.len() - rest.len() + after.map_or(0, char::len_utf8);
            if page.is_quoted(&range) {
                return None;
            }
            let name = format!("“十{n}五”");
            if let Some(message) = year_of(page, &range, &name, first, last) {
                return Some(hit(range, message));
            }
            (last < page.day.year && is_ahead(page, &range)).then(|| {
                hit(
                    range,
                    text!(
                        "{name}（{first}—{last}年）已经过去，还当作当前或今后的规划",
                        "the plan {name} ({first}–{last}) is over, but still spoken of as the current one"
                    ),
                )
            })
        })
        .collect()
}

fn hit(range: Range<usize>, message: Text) -> Hit {
    Hit {
        range,
        message,
        help: Text::fixed(
            "改成现行规划，或写明是回顾",
            "name the plan now in force, or say that this is history",
        ),
    }
}

/// 今年是“十三五”开局之年, where it cannot be.
fn year_of(page: &Page<'_>, range: &Range<usize>, name: &str, first: u16, last: u16) -> Option<Text> {
    let before = page.before(range);
    let (at, year) = [("今年是", page.day.year), ("明年是", page.day.year + 1)]
        .iter()
        .filter_map(|(w, y)| before.rfind(w).map(|at| (at, *y)))
        .max()?;
    let after = page.ahead(range, 1);
    let of = after.find("之年")?;
    let kind = &after[..of];
    if before[at..].chars().count() > 40 || kind.chars().count() > 16 {
        return None;
    }
    let said = kind.trim_start_matches("规划").trim_start_matches("实施").trim_start_matches('的');
    // The year before a plan is the year of drawing it up, of laying its ground and so on; only
    // what a plan has one year for is sure.
    let fits = if said.starts_with("开局") || said.starts_with("起步") {
        year == first
    } else if said.starts_with("收官") || said.starts_with("最后一年") {
        year == last
    } else {
        year <= last
    };
    (!fits).then(|| {
        text!(
            "{name}是{first}—{last}年，{year}年不是它的{said}之年",
            "{name} runs from {first} to {last}; {year} is not the year of it that this says"
        )
    })
}

/// Whether the plan is still ahead of the writer or under way.
fn is_ahead(page: &Page<'_>, range: &Range<usize>) -> bool {
    let behind = page.behind(range).trim_end();
    let own = page.ahead(range, 1);
    let near = page.ahead(range, 2);
    // 2024年是实现“十四五”规划目标的关键一年: the sentence names its own year.
    if page.before(range).contains("年是") && !page.before(range).contains("今年是") {
        return false;
    }
    if cue::reports(near) || cue::reports(behind) || cue::remembers(page.before(range)) {
        return false;
    }
    if ["末", "期末", "以来", "期间"].iter().any(|w| own.starts_with(w)) && cue::must(near).is_none() {
        return false;
    }
    let doing = lexicon::PLAN_VERBS.iter().any(|w| behind.ends_with(w));
    let opens = |words: &str| {
        let words = words.trim_start_matches([',', '，']);
        lexicon::PLAN_SUBJECTS
            .iter()
            .filter_map(|s| words.strip_prefix(s))
            .next()
            .unwrap_or(words)
            .starts_with('要')
            || ["力争", "确保", "必须", "将"].iter().any(|w| words.starts_with(w))
    };
    let rest = own.trim_start_matches("规划").trim_start_matches("时期").trim_start_matches("期间");
    let later = near.get(own.len()..).unwrap_or_default();
    let period = own.starts_with("时期") || own.starts_with("期间") || own.starts_with("规划");
    doing
        && (own.starts_with("规划")
            || own.starts_with("发展")
            || own.starts_with("各项")
            || own.starts_with("目标"))
        || period && (opens(rest) || rest.is_empty() && opens(later))
        || own.starts_with("时期是") && !own.contains("五年")
        || (cue::plans(behind) || behind.ends_with("和") && cue::plans(page.before(range)))
            && (own.contains("收官") || own.contains("目标任务") || own.contains("开好局"))
        || (behind.ends_with("当前") || behind.ends_with("现行"))
}
