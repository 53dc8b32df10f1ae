//! Five-year plans (五年规划) that are over and still spoken of as the current or coming one.
//!
//! The 13th plan ran from 2016 to 2020, the 14th to 2025, the 15th (“十五五”) runs to 2030. “十五” alone (2001–2005) is left alone: it is too often a number.

use std::ops::Range;

use super::{Hit, Page};
use crate::base::Text;
use crate::base::han::years_said;
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
            let anew = page.ahead(&range, 1).starts_with("新起点") && first + 1 < page.day.year;
            (anew || last < page.day.year && is_ahead(page, &range, last)).then(|| {
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
    Hit::new(
        range,
        message,
        Text::fixed("改成现行规划，或写明是回顾", "name the plan now in force, or say that this is history"),
    )
}

/// The year that a sentence says this is, and where: 今年是, 2026年，是, 2026年作为.
fn year_said(page: &Page<'_>, before: &str) -> Option<(usize, u16)> {
    let spoken = [
        ("今年是", page.day.year),
        ("今年也是", page.day.year),
        ("今年作为", page.day.year),
        ("今年进入", page.day.year),
        ("明年是", page.day.year + 1),
    ];
    let spoken = spoken.iter().filter_map(|(w, y)| before.rfind(w).map(|at| (at, *y)));
    let written = years_said(before).filter(|&(start, year)| {
        let rest = before[start + "2026年".len()..].trim_start_matches(['，', ',']);
        (1980..2100).contains(&year) && ["是", "也是", "作为", "既是"].iter().any(|w| rest.starts_with(w))
    });
    spoken.chain(written).max()
}

/// 今年是“十三五”开局之年, where it cannot be.
fn year_of(page: &Page<'_>, range: &Range<usize>, name: &str, first: u16, last: u16) -> Option<Text> {
    let before = page.before(range);
    let (at, year) = year_said(page, before)?;
    let after = page.ahead(range, 1);
    let of = lexicon::KEY_YEARS.iter().filter_map(|w| after.find(w)).min()?;
    let kind = &after[..of];
    if before[at..].chars().count() > 40 || kind.chars().count() > 16 || kind.contains('、') {
        return None;
    }
    let said = kind.trim_start_matches("规划").trim_start_matches("实施").trim_start_matches('的');
    // 最后一年, 第一年: the words of the year itself.
    let whole = &after[of - said.len()..];
    // The year before a plan is the year of drawing it up, of laying its ground and so on; only
    // what a plan has one year for is sure.
    let fits = if said.starts_with("开局") || said.starts_with("起步") || whole.starts_with("第一年") {
        year == first
    } else if said.starts_with("收官") || whole.starts_with("最后一年") {
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

/// Whether the plan, which ran to `last`, is still ahead of the writer or under way.
fn is_ahead(page: &Page<'_>, range: &Range<usize>, last: u16) -> bool {
    let behind = page.behind(range).trim_end();
    let (before, own, near) = (page.before(range), page.ahead(range, 1), page.ahead(range, 2));
    // 2024年是实现“十四五”规划目标的关键一年: the sentence names its own year.
    if year_said(page, before).is_some_and(|(_, year)| year <= last) {
        return false;
    }
    let ends = |list: &[&str]| list.iter().any(|w| behind.ends_with(w));
    let object = ["规划", "发展", "各项", "目标"].iter().any(|w| own.starts_with(w));
    // What is reported of this year was done under this year's plan.
    let early = page.day.month.is_some_and(|month| month <= 4) && page.day.year == last + 1;
    if page.is_this_year(before)
        && !early
        && object
        && (ends(lexicon::PLAN_VERBS) || ends(lexicon::PLAN_ENDS))
    {
        return true;
    }
    let missed = ["未能", "未完成", "没有", "低于"].iter().any(|w| near.contains(w));
    if missed || cue::reports(near) || cue::reports(behind) || page.remembers(before) {
        return false;
    }
    if ["末", "期末", "以来", "期间"].iter().any(|w| own.starts_with(w)) && cue::must(near).is_none() {
        return false;
    }
    // 胜利完成“十三五”规划 is said of the plan's last year too; 确保完成 is not.
    let planned = cue::plans(behind) || cue::must(before).is_some() || page.is_present(before);
    let doing = ends(lexicon::PLAN_VERBS) || ends(lexicon::PLAN_ENDS) && planned;
    let tasks = own.contains("收官") || own.contains("目标任务") || own.contains("开好局");
    doing && object
        || is_period(own, near)
        // In the year after it a plan's time is looked back on.
        || own.starts_with("时期是") && !own.contains("五年") && page.day.year > last + 1
        || (cue::plans(behind) || behind.ends_with('和') && cue::plans(before)) && tasks
        || ends(&["当前", "现行"])
}

/// “十三五”时期，我们要…: what is to be done in its time.
fn is_period(own: &str, near: &str) -> bool {
    let opens = |words: &str| {
        let words = words.trim_start_matches([',', '，']);
        let said = lexicon::PLAN_SUBJECTS.iter().find_map(|s| words.strip_prefix(s)).unwrap_or(words);
        said.starts_with('要') && !said.starts_with("要求")
            || ["力争", "确保", "必须", "将"].iter().any(|w| words.starts_with(w))
    };
    let rest = own.trim_start_matches("规划").trim_start_matches("时期").trim_start_matches("期间");
    let later = near.get(own.len()..).unwrap_or_default();
    ["时期", "期间", "规划"].iter().any(|w| own.starts_with(w))
        && (opens(rest) || rest.is_empty() && opens(later))
}
