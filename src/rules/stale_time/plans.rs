//! Five-year plans (五年规划) that are over and still spoken of as the current or coming one.
//!
//! Which years a plan has is read by `rules/reading/five_years.rs`; a year that the plan has not is `term-clash`'s,
//! unless the plan was left over from an old paper.

use std::ops::Range;

use super::{Hit, Page};
use crate::base::Text;
use crate::base::lexicon::stale_time as lexicon;
use crate::rules::reading::cue;
use crate::rules::reading::five_years::{Plan, key_year, plans, year_told};
use crate::text;

pub(super) fn find(page: &Page<'_>) -> Vec<Hit> {
    let told = |plan: &Plan| {
        if page.is_quoted(&plan.range) {
            return None;
        }
        let (name, first, last) = (plan.name(), plan.first, plan.last);
        let over = || {
            text!(
                "{name}（{first}—{last}年）已经过去，还当作当前或今后的规划",
                "the plan {name} ({first}–{last}) is over, but still spoken of as the current one"
            )
        };
        // What clashes with the year that is told is `term-clash`'s.
        if let Some(told) = key_year(page.text, plan, Some(page.day)).filter(|told| !told.fits) {
            return told.is_left_over(plan).then(|| hit(plan.range.clone(), over()));
        }
        let anew = page.ahead(&plan.range, 1).starts_with("新起点") && first + 1 < page.day.year;
        (anew || last < page.day.year && is_ahead(page, &plan.range, last))
            .then(|| hit(plan.range.clone(), over()))
    };
    plans(page.text).iter().filter_map(told).collect()
}

fn hit(range: Range<usize>, message: Text) -> Hit {
    Hit::new(
        range,
        message,
        Text::fixed("改成现行规划，或写明是回顾", "name the plan now in force, or say that this is history"),
    )
}

/// Whether the plan, which ran to `last`, is still ahead of the writer or under way.
fn is_ahead(page: &Page<'_>, range: &Range<usize>, last: u16) -> bool {
    let behind = page.behind(range).trim_end();
    let (before, own, near) = (page.before(range), page.ahead(range, 1), page.ahead(range, 2));
    // 2024年是实现“十四五”规划目标的关键一年: the sentence names its own year.
    if year_told(before, Some(page.day)).is_some_and(|(_, year, _)| year <= last) {
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
