//! A statement that a paper makes twice, with another figure the second time: 安排资金23.462亿元，其中县级8.214亿元 here
//! and 23.642亿元，其中8.214亿元 there.
//!
//! What a paper tells of one thing may differ by year and place; a figure that stands beside it both times tells
//! that it is one statement. So this is told in papers of any length.

use std::collections::HashMap;

use super::hit;
use super::twice::is_near;
use crate::base::figures::Figure;
use crate::base::han::is_han;
use crate::model::Finding;
use crate::rules::reading::told::{self, Time, Told};
use crate::text;

/// With how many earlier statements one is held together.
const COMPARED: usize = 6;

/// Bytes of a paper that tells of one time.
const SHORT: usize = 12_000;

/// See the module.
pub(super) fn find(text: &str, all: &[Figure]) -> Vec<Finding> {
    let mut found = beside(text, all);
    let told: Vec<Told> = told::told(text, all);
    found.extend(passages(text, all, &told));
    found.extend(rates(text, all, &told));
    found
}

/// 加工转化率提高到57%以上, and 实现加工转化率75%以上 behind it: one rate of one time, with two digits turned round.
fn rates(text: &str, all: &[Figure], told: &[Told]) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut named: HashMap<&str, Vec<&Told>> = HashMap::new();
    for one in told.iter().filter(|t| all[t.index].is_percent()) {
        let name = &text[one.name.clone()];
        if !name.ends_with('率') || !(5..=16).contains(&name.chars().count()) {
            continue;
        }
        let f = &all[one.index];
        let bound =
            |f: &Figure| ["以上", "以内", "左右"].into_iter().find(|w| text[f.range.end..].starts_with(w));
        let list = named.entry(name).or_default();
        let other = list.iter().rev().take(COMPARED).find(|o| {
            let was = &all[o.index];
            o.time == one.time
                && o.year == one.year
                && o.sentence != one.sentence
                && bound(was) == bound(f)
                && bound(f).is_some()
                && is_near(&text[was.digits.clone()], &text[f.digits.clone()], true)
        });
        found.extend(other.map(|o| tell(text, &all[o.index], f)));
        list.push(one);
    }
    found
}

/// Digits of a figure that hardly stands twice by chance.
fn telling(text: &str, f: &Figure) -> usize {
    let plain = !f.unit.is_empty() && !matches!(f.unit, "年" | "月" | "日");
    if plain { text[f.digits.clone()].bytes().filter(u8::is_ascii_digit).count() } else { 0 }
}

/// Whether both figures stand in one sentence, shortly one behind the other.
fn joined(text: &str, a: &Figure, b: &Figure) -> bool {
    let gap = text.get(a.range.end..b.range.start).unwrap_or_default();
    gap.chars().take(21).count() <= 20 && !gap.contains("。")
}

/// The last two characters of the name before a figure: 家庭农场: 16.5万个.
fn name<'t>(text: &'t str, f: &Figure) -> &'t str {
    let head = text[..f.range.start]
        .trim_end_matches(|c: char| !is_han(c) && c != '\n' || matches!(c, '为' | '达' | '到'));
    head.char_indices().rev().nth(1).map_or("", |(at, _)| &head[at..])
}

/// Figures that are a slip of one another, with the same figure behind both, or before both.
fn beside(text: &str, all: &[Figure]) -> Vec<Finding> {
    let mut found = Vec::new();
    // 比2023年底净增120名: years are no company.
    let all: Vec<&Figure> = all.iter().filter(|f| !matches!(f.unit, "年" | "月" | "日")).collect();
    let mut behind: HashMap<(&str, &str), Vec<usize>> = HashMap::new();
    let mut before: HashMap<(&str, &str), Vec<usize>> = HashMap::new();
    for (i, f) in all.iter().enumerate() {
        if telling(text, f) < 3 {
            continue;
        }
        let near = |other: usize, digits: usize| {
            let o = all[other];
            let (x, y) = (&text[o.digits.clone()], &text[f.digits.clone()]);
            o.unit_words(text) == f.unit_words(text)
                && telling(text, o) >= digits
                && is_near(x, y, true)
                && o.range.end + 60 < f.range.start
        };
        let key = |c: &Figure| (&text[c.digits.clone()], c.unit);
        if let Some(next) = all.get(i + 1).copied().filter(|n| telling(text, n) >= 4 && joined(text, f, n)) {
            let list = behind.entry(key(next)).or_default();
            if let Some(other) = list.iter().rev().take(COMPARED).find(|o| near(**o, 4)) {
                found.push(tell(text, all[*other], f));
            }
            list.push(i);
        }
        let led = i.checked_sub(1).map(|last| all[last]);
        if let Some(last) = led.filter(|l| telling(text, l) >= 3 && joined(text, l, f)) {
            let list = before.entry(key(last)).or_default();
            let own = name(text, f);
            let slip = |o: usize| {
                let (x, y) = (&text[all[o].digits.clone()], &text[f.digits.clone()]);
                name(text, all[o]) == own
                    && !own.is_empty()
                    && all[o].unit_words(text) == f.unit_words(text)
                    && all[o].range.end + 60 < f.range.start
                    && x.split('.').map(str::len).eq(y.split('.').map(str::len))
                    && x.bytes().zip(y.bytes()).filter(|(p, q)| p != q).count() == 1
                    && x.contains('.')
                    && text[last.digits.clone()].contains('.')
                    && !f.is_percent()
            };
            if let Some(other) = list.iter().rev().take(COMPARED).find(|o| slip(**o)) {
                found.push(tell(text, all[*other], f));
            }
            list.push(i);
        }
    }
    found
}

fn tell(text: &str, before: &Figure, f: &Figure) -> Finding {
    let (p, q) = (&text[before.range.clone()], &text[f.range.clone()]);
    hit(
        f.range.clone(),
        text!(
            "同一件事前面是“{p}”，这里是“{q}”，核对哪个对",
            "one thing is “{p}” above and “{q}” here; see which is right"
        ),
    )
}

/// Of one name and unit, with two of the figures about it the same both times: a task of the report, and of the
/// list of projects behind it.
fn passages(text: &str, all: &[Figure], told: &[Told]) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut named: HashMap<(String, &str), Vec<usize>> = HashMap::new();
    let Some((first, last)) = projects(text) else { return found };
    let time = |index: usize| {
        let at = told.binary_search_by_key(&index, |t| t.index).ok()?;
        Some(told[at].time)
    };
    for one in told {
        let f = &all[one.index];
        let Some(key) = one.key(text).filter(|k| k.chars().count() >= 6) else { continue };
        let list = named.entry((key, f.unit)).or_default();
        let listed = f.range.start >= last;
        let other = list.last().filter(|&&o| {
            let was = &all[o];
            let apart = was.range.end <= first;
            let written = |f: &Figure| text[f.digits.clone()].len();
            // A long report tells the same of the year that is over.
            let ahead = text.len() < SHORT || time(o) == Some(Time::Ahead);
            listed
                && ahead
                && apart
                && written(was) == written(f)
                && !was.agrees(f.value, f.slack)
                && company(text, all, o, one.index) >= 2
        });
        if let Some(&other) =
            other.filter(|_| !list.iter().rev().take(COMPARED).any(|&o| all[o].agrees(f.value, f.slack)))
        {
            found.push(tell(text, &all[other], f));
        }
        list.push(one.index);
    }
    found
}

/// Where the first and the last list of the projects begin that a report promises (民生实事); the last is that of the year.
fn projects(text: &str) -> Option<(usize, usize)> {
    /// Characters of a heading.
    const LONGEST: usize = 30;
    let mut found: Option<(usize, usize)> = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        let heading = words.contains("实事")
            && words.chars().count() <= LONGEST
            && !words.contains(['。', '，', '；'])
            && !["完成", "办理", "落实情况"].iter().any(|w| words.contains(w));
        start += line.len();
        if heading {
            found = Some((found.map_or(start, |(first, _)| first), start));
        }
    }
    found
}

/// How many figures about the one are figures about the other too.
fn company(text: &str, all: &[Figure], a: usize, b: usize) -> usize {
    /// Figures to either side.
    const NEAR: usize = 8;
    // Of two passages that meet, one figure would be held against itself.
    let middle = usize::midpoint(a, b) + 1;
    let about = |i: usize| {
        let (low, high) = (i.saturating_sub(NEAR), (i + NEAR + 1).min(all.len()));
        let own = if i < middle { low..high.min(middle) } else { low.max(middle)..high };
        all[own].iter().filter(move |f| f.range != all[i].range)
    };
    about(a)
        .filter(|f| {
            telling(text, f) > 0 && about(b).any(|o| o.unit == f.unit && o.value.total_cmp(&f.value).is_eq())
        })
        .count()
}
