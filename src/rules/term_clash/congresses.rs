//! Congresses and plenums with the years, the terms or the resolutions of others.
//!
//! A congress beside the plenum of another term is in `terms`.

use std::ops::Range;

use super::{Page, hit};
use crate::base::clause;
use crate::base::han::{numeral, parse_numeral, years_said};
use crate::base::lexicon::term_clash as lexicon;
use crate::base::{Text, pattern::pattern};
use crate::model::Finding;
use crate::rules::reading::cue;
use crate::text;

pattern! {
    /// 十九届四中全会, 十九届中央委员会第四次全体会议.
    static PLENUM = "(十[六七八九]|二十[一二]?)届(?:中央委员会第)?([一二三四五六七])(?:中全会|次全体会议)";
}

const HELP: Text =
    Text::fixed("核对届次和年份，改成一致", "see which term and year are meant and make them agree");

pub(super) fn find(page: &Page<'_>) -> Vec<Finding> {
    let mut found = congresses(page);
    found.extend(plenums(page));
    found
}

/// Where a text says 十九大 or 十九届 of a congress from the 16th to the 22nd, and its number.
pub(super) fn numbered(text: &str) -> impl Iterator<Item = (Range<usize>, usize)> + '_ {
    memchr::memmem::find_iter(text.as_bytes(), "十").filter_map(move |at| {
        let twenty = text[..at].ends_with('二');
        let start = at - if twenty { '二'.len_utf8() } else { 0 };
        let mut rest = text[at + '十'.len_utf8()..].chars();
        let mut next = rest.next()?;
        let mut end = at + '十'.len_utf8() + next.len_utf8();
        let mut n = if twenty { 20 } else { 10 };
        if !matches!(next, '大' | '届') {
            n += ['一', '二', '三', '四', '五', '六', '七', '八', '九'].iter().position(|c| *c == next)? + 1;
            next = rest.next()?;
            end += next.len_utf8();
        }
        ((16..=22).contains(&n) && matches!(next, '大' | '届')).then_some((start..end, n))
    })
}

/// The year in which a congress is held: the 16th was in 2002, and every five years since.
fn held(page: &Page<'_>, n: usize) -> Option<u16> {
    let own = page.pack.sessions.iter().find(|s| s.plenum.is_none() && usize::from(s.congress) == n);
    own.map(|s| s.closed.year).or_else(|| u16::try_from(2002 + 5 * n.checked_sub(16)?).ok())
}

/// The year in which a plenum was held, where the tables know it.
pub(super) fn plenum_held(page: &Page<'_>, term: usize, n: usize) -> Option<u16> {
    let same = |congress: u8, plenum: u8| (usize::from(congress), usize::from(plenum)) == (term, n);
    let own = page.pack.sessions.iter().find(|s| s.plenum.is_some_and(|plenum| same(s.congress, plenum)));
    let built_in = || lexicon::PLENUM_YEARS.iter().find(|(t, p, _)| (*t as usize, *p as usize) == (term, n));
    own.map(|s| s.closed.year).or_else(|| built_in().map(|(_, _, year)| *year))
}

/// The committee and the plenum that resolved what these words tell of.
fn resolved_by(page: &Page<'_>, words: &str) -> Option<(usize, usize)> {
    let own = page.pack.sessions.iter().find(|s| s.resolved.iter().any(|w| words.contains(&**w)));
    let own = own.and_then(|s| Some((usize::from(s.congress), usize::from(s.plenum?))));
    let built_in =
        || lexicon::RESOLUTIONS.iter().find(|(_, _, known)| known.iter().any(|w| words.contains(w)));
    own.or_else(|| built_in().map(|(t, p, _)| (*t as usize, *p as usize)))
}

fn congresses(page: &Page<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (range, n) in numbered(page.text).filter(|(range, _)| page.text[range.clone()].ends_with('大')) {
        let (start, end) = (range.start, range.end);
        let led = page.text[..start].ends_with("党的");
        let rest = &page.text[end..];
        if page.is_quoted(&range) || rest.starts_with(|c: char| "产业项工举战任类".contains(c)) {
            continue;
        }
        let name = &page.text[range.clone()];
        let Some(held) = held(page, n) else { continue };
        let day = page.day.map(|d| d.year);
        // 迎接党的二十一大 in 2023.
        if let Some(day) = day.filter(|day| led && (day + 2..=day + 5).contains(&held)) {
            let message =
                text!("{day}年说到“{name}”：{held}年才召开", "in {day}, “{name}”: it is held in {held}");
            found.push(hit(range.clone(), message, HELP));
            continue;
        }
        // 贯彻党的二十大精神 in 2021.
        if let Some(day) = day.filter(|day| *day < held && rest.starts_with("精神")) {
            let message = text!(
                "{day}年说到“{name}精神”：{held}年才召开",
                "in {day}, “{name}精神”: it is held in {held}"
            );
            found.push(hit(range.clone(), message, HELP));
            continue;
        }
        let told = year_of(page, start, end, held, name);
        found.extend(
            told.or_else(|| event(page, range.clone(), held, led))
                .or_else(|| happened(page, &range, held, led))
                .or_else(|| studied_before(page, &range, n))
                .or_else(|| past(page, range, held)),
        );
    }
    found
}

/// 今年是党的十九大召开之年 in 2022, 2023年是全面贯彻党的十八大精神的开局之年.
fn year_of(page: &Page<'_>, start: usize, end: usize, held: u16, name: &str) -> Option<Finding> {
    let sentence = clause::sentence(page.text, start..end);
    let before = &page.text[sentence.start..start];
    let rest = clause::ahead(page.text, end, 1);
    let bare = rest.trim_start_matches('的').trim_start_matches("胜利");
    let spirit = rest.strip_prefix("精神").unwrap_or(rest).trim_start_matches('的');
    let off = if ["召开之年", "召开的一年", "召开年"].iter().any(|w| bare.starts_with(w)) {
        0
    } else if lexicon::FIRST_YEARS.iter().any(|w| spirit.starts_with(w)) {
        1
    } else {
        return None;
    };
    let spoken = before.rfind("今年是").or_else(|| before.rfind("今年")).and(page.day).map(|d| d.year);
    let year = years_said(before).next_back().map(|(_, y)| y).or(spoken)?;
    // The year in which it is held may begin the work too.
    (year != held + off && year != held).then(|| {
        let message = text!(
            "“{name}”是{held}年召开的，{year}年对不上",
            "“{name}” was held in {held}; {year} does not fit"
        );
        hit(start..end, message, HELP)
    })
}

/// 迎接党的二十大胜利召开 in 2024, 将召开党的二十届三中全会 in 2025.
fn past(page: &Page<'_>, range: Range<usize>, held: u16) -> Option<Finding> {
    let sentence = clause::sentence(page.text, range.clone());
    let before = &page.text[sentence.start..range.start];
    let verb = before.trim_end_matches("党的").trim_end_matches('的');
    let ahead =
        ["迎接", "喜迎", "即将召开", "将召开", "将要召开", "将举行", "迎"].iter().any(|w| verb.ends_with(w));
    let now = page.day?.year;
    if !ahead || held >= now {
        return None;
    }
    let told = years_said(before).next().is_some()
        || cue::remembers(before)
        || ["去年", "过去", "五年来", "全力", "圆满", "做好", "了"].iter().any(|w| before.contains(w));
    // A report of January tells how it was greeted the year before.
    let early = page.day?.month.is_none_or(|m| m <= 4) && held + 1 == now;
    (!told && !early).then(|| {
        let name = &page.text[range.clone()];
        let message = text!(
            "{now}年还说迎接“{name}”：{held}年已经召开",
            "in {now}, “{name}” is awaited; it was held in {held}"
        );
        hit(range, message, HELP)
    })
}

/// 2022年将要召开党的十九大, 2022年，…党的十九大胜利召开.
fn event(page: &Page<'_>, range: Range<usize>, held: u16, led: bool) -> Option<Finding> {
    /// Characters between the year and the congress.
    const NEAR: usize = 45;
    let (text, rest) = (page.text, &page.text[range.end..]);
    let sentence = clause::sentence(text, range.clone());
    let before = &text[sentence.start..range.start];
    let verb = before.trim_end_matches("党的").trim_end_matches(['了', '的']);
    let greeted = lexicon::GREETED.iter().any(|w| verb.ends_with(w));
    let held_then = ["召开", "举行", "迎来"].iter().any(|w| verb.ends_with(w));
    let happens = lexicon::HAPPENS.iter().find_map(|w| rest.strip_prefix(w));
    let since = |rest: &str| {
        lexicon::SINCE.iter().any(|w| rest.starts_with(w)) || rest.starts_with(['的', '时', '前', '后'])
    };
    if !led || !(held_then || happens.is_some_and(|rest| !since(rest))) || since(rest) {
        return None;
    }
    let now = page.day.map(|d| d.year);
    let written = years_said(before).next_back();
    let spoken = [("今年", 0), ("去年", 1)]
        .iter()
        .filter_map(|&(w, n)| Some((before.rfind(w)?, now?.checked_sub(n)?)));
    let (at, year) = written.into_iter().chain(spoken).max()?;
    let told = &before[at..];
    let spans = told.contains("以来")
        || told.starts_with(|c: char| c.is_ascii_digit()) && told[4..].starts_with("年至");
    let far = told.chars().count() > NEAR || told.contains("回顾") || told.contains("曾") || spans;
    let wrong = if greeted { year > held } else { year != held };
    (wrong && !far && (1990..2100).contains(&year)).then(|| {
        let name = &text[range.clone()];
        let message = text!(
            "“{name}”是{held}年召开的，{year}年对不上",
            "“{name}” is held in {held}; {year} does not fit"
        );
        hit(range, message, HELP)
    })
}

/// 今年是极不平凡的一年。党的十九大胜利召开 in 2022: the sentence before says the year.
fn happened(page: &Page<'_>, range: &Range<usize>, held: u16, led: bool) -> Option<Finding> {
    /// Bytes of the sentence before.
    const BEFORE: usize = 240;
    let (text, rest) = (page.text, &page.text[range.end..]);
    let opened =
        ["胜利召开", "隆重召开", "顺利召开", "成功召开"].iter().find_map(|w| rest.strip_prefix(w))?;
    let sentence = clause::sentence(text, range.clone());
    let own = &text[sentence.start..range.start];
    // 自党的十九大胜利召开以来, and 党的十九大胜利召开后.
    let since = opened.starts_with(['以', '之', '后', '的', '时', '前']) || own.chars().count() > 12;
    if since {
        return None;
    }
    let low = text.ceil_char_boundary(sentence.start.saturating_sub(BEFORE));
    let line = text[low..sentence.start].rfind('\n').map_or(low, |at| low + at + 1);
    let head = text[line..sentence.start].trim_end_matches('。');
    let last = head.rfind('。').map_or(head, |at| &head[at + '。'.len_utf8()..]).trim_start();
    let year = if last.starts_with("今年是") {
        page.day?.year
    } else {
        years_said(last).next().filter(|(at, _)| *at == 0 && last["2022年".len()..].starts_with('是'))?.1
    };
    let told = last.ends_with("一年") && led && years_said(own).next().is_none();
    (told && year != held).then(|| {
        let name = &text[range.clone()];
        let message = text!(
            "“{name}”是{held}年召开的，{year}年对不上",
            "“{name}” was held in {held}; {year} does not fit"
        );
        hit(range.clone(), message, HELP)
    })
}

/// 以迎接党的二十大、学习宣传贯彻党的十九大精神为主线: what is greeted is what is to be studied.
fn studied_before(page: &Page<'_>, range: &Range<usize>, n: usize) -> Option<Finding> {
    let text = page.text;
    let head = text[..range.start].strip_suffix("党的")?;
    let verb = ["学习宣传贯彻", "学习贯彻", "宣传贯彻", "学习宣传", "贯彻"]
        .iter()
        .find_map(|w| head.strip_suffix(w))?;
    let row = verb.strip_suffix(['、', '和', '，'])?;
    let row = row.trim_end_matches("胜利召开").trim_end_matches("召开");
    let from = text.floor_char_boundary(row.len().saturating_sub("迎接党的二十二大".len()));
    let (greeted, other) = numbered(&text[from..row.len()]).last()?;
    let met = from + greeted.end == row.len() && row.ends_with('大');
    let led = text[..from + greeted.start].strip_suffix("党的").is_some_and(|w| w.ends_with("迎接"));
    let spirit =
        text[range.end..].starts_with("精神") && text[range.end..]["精神".len()..].starts_with("为主线");
    (met && led && spirit && other > n).then(|| {
        let (name, greeted) = (&text[range.clone()], &text[from + greeted.start..row.len()]);
        let message = text!(
            "前面迎接的是“{greeted}”，后面贯彻的却是“{name}”精神",
            "“{greeted}” is greeted, and the spirit of “{name}” is studied"
        );
        hit(range.clone(), message, HELP)
    })
}

/// 2025年，党的十九届四中全会召开; 十八届六中全会通过了第三个历史决议.
fn plenums(page: &Page<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for c in PLENUM.on_lines(page.text, |line| line.contains("中全会") || line.contains("次全体会议"))
    {
        let (Some(whole), Some(term), Some(n)) = (c.get(0), c.get(1), c.get(2)) else { continue };
        let (Some(term), Some(n)) = (parse_numeral(term.as_str()), parse_numeral(n.as_str())) else {
            continue;
        };
        let range = whole.range();
        if page.is_quoted(&range) {
            continue;
        }
        let name = whole.as_str();
        let ahead = clause::ahead(page.text, range.end, 1);
        let right = resolved_by(page, ahead).filter(|&right| right != (term, n));
        // 三中全会精神和“十五五”规划 names two things.
        let right = right.filter(|_| !ahead.starts_with("精神") && !ahead.starts_with(['和', '、']));
        if let Some((right_term, right)) = right {
            let right = format!("{}届{}中全会", numeral(right_term), numeral(right));
            let message = text!("“{name}”：这是{right}通过的", "“{name}”: that was resolved by {right}");
            found.push(hit(range, message, HELP));
            continue;
        }
        let Some(held) = plenum_held(page, term, n) else { continue };
        if let Some(hit) = past(page, range.clone(), held) {
            found.push(hit);
            continue;
        }
        let sentence = clause::sentence(page.text, range.clone());
        let before = &page.text[sentence.start..range.start];
        let Some((at, said)) = years_said(before).next_back() else { continue };
        let opened = before.trim_end_matches("党的").trim_end_matches('的').ends_with("召开");
        let happens = opened || lexicon::HAPPENS.iter().any(|w| ahead.starts_with(w));
        let plain = !before[at..].contains(['》', '；'])
            && !cue::remembers(&before[at..])
            && before[at..].chars().count() <= 60;
        if said != held && happens && plain {
            let message = text!(
                "“{name}”是{held}年召开的，{said}年对不上",
                "“{name}” was held in {held}; {said} does not fit"
            );
            found.push(hit(range, message, HELP));
        }
    }
    found
}
