//! 会议: which meeting, when, where, who chairs it, who comes, what is on the agenda.
//!
//! A notice says so behind words with a colon or in one sentence (会议定于…在…召开), a speech in its first
//! (今天，县委、县政府召开…会). A paper that tells of several meetings names each, and none is taken.

use std::ops::Range;

use super::page::{Page, tight};
use super::split::{between, points};
use super::{Found, Kind};
use crate::base::lexicon::gather as lexicon;
use crate::base::pattern::pattern;
use crate::base::when;
use crate::rules::paper::SPOKEN;

pattern! {
    /// 关于召开全县…会的通知.
    static CALLED = r"关于(?:召开|举办|举行)(.{3,50}?(?:会|会议|仪式|论坛|活动))的(?:预备)?通知";
    /// 定于3月5日上午9时在县会议中心召开全县…会: day, place, name.
    static SET = r"(?:定于|拟于|将于|兹定于)((?:[12][0-9]{3}年)?[0-9]{1,2}月[0-9]{1,2}[日号])[^，。；]{0,30}?(?:在([\p{Han}0-9（）]{3,30}?))?(?:召开|举行|举办)([\p{Han}0-9“”]{0,40})";
    /// 3月5日，全县…会在县会议中心召开: day, name, place.
    static HELD = r"((?:[12][0-9]{3}年)?[0-9]{1,2}月[0-9]{1,2}[日号])(?:上午|下午|晚)?，?([\p{Han}0-9“”]{4,40}?(?:会|会议|仪式))(?:在([\p{Han}0-9]{3,24}?))?(?:召开|举行)";
    /// 县委书记林知远主持会议, 会议由县长周明达主持.
    static CHAIRED = r"会议由([\p{Han}、]{4,40}?)(?:同志)?主持";
    /// 今天，县委、县政府（决定）召开全县…会.
    static TODAY = r"今天[^。；]{0,24}?(?:召开|举行)(?:的)?(?:这次)?([\p{Han}0-9“”]{4,44}?(?:动员大会|动员会|部署会|推进会|座谈会|现场会|调度会|总结大会|表彰大会|工作会议|会议|大会))";
    /// A day in words.
    static DAY = r"(?:[12][0-9]{3}年)?[0-9]{1,2}月[0-9]{1,2}[日号]";
}

/// The meeting of the paper.
pub(super) fn find(page: &Page<'_>) -> Option<Found> {
    /// Lines among which a paper says which meeting it is of, and those of its head.
    const EARLY: usize = 20;
    const HEAD: usize = 8;
    let mut found = Found { kind: Kind::Meeting, said: Vec::new() };
    for (index, line) in page.lines.iter().enumerate().filter(|(_, l)| !l.cell) {
        let words = page.said(&line.range);
        let mut told: Vec<(&'static str, Option<regex::Match<'_>>)> = Vec::new();
        if let Some(today) = TODAY.captures(words).filter(|_| index < 2 * EARLY) {
            told.push(("name", today.get(1).filter(|m| is_meeting(m.as_str()))));
        }
        if index < HEAD && none_today(page, index) {
            let called = CALLED.captures(words).or_else(|| SPOKEN.captures(words));
            told.push(("name", called.and_then(|c| c.get(1))));
        }
        if let Some(set) = SET.captures(words) {
            let name = set.get(3).filter(|n| is_meeting(n.as_str()) && n.as_str().chars().count() > 5);
            told.extend([("name", name), ("date", set.get(1)), ("place", set.get(2))]);
        }
        if let Some(held) = HELD.captures(words).filter(|_| index < EARLY) {
            let name = held.get(2).filter(|n| is_meeting(n.as_str()) && !n.as_str().contains("召开"));
            told.extend([("name", name), ("date", held.get(1)), ("place", held.get(3))]);
        }
        told.push(("chair", CHAIRED.captures(words).and_then(|c| c.get(1))));
        for (key, said) in told {
            if let Some(said) = said.filter(|_| found.get(key).is_none()) {
                found.say(page, key, &(line.range.start + said.start()..line.range.start + said.end()));
            }
        }
        labelled(page, index, &mut found);
    }
    // A day or a place of a meeting that nobody names may be of anything.
    let named = found.get("name").is_some() || found.said.len() > 2;
    Some(found).filter(|f| named && !f.said.is_empty())
}

/// Whether nothing below the head says which meeting is held today: what is said there is surer than a title.
fn none_today(page: &Page<'_>, index: usize) -> bool {
    !page.lines.iter().skip(index).take(40).any(|l| {
        let today = TODAY.captures(page.said(&l.range)).and_then(|c| c.get(1));
        today.is_some_and(|m| is_meeting(m.as_str()))
    })
}

fn is_meeting(words: &str) -> bool {
    let vague = ["一次", "这次", "本次", "这个", "的"];
    if vague.iter().any(|v| words.starts_with(v)) {
        return false;
    }
    lexicon::MEETINGS.iter().any(|end| words.ends_with(end))
}

/// 一、会议时间：3月5日, 参会人员：…, with the lines below where nothing stands behind the colon.
fn labelled(page: &Page<'_>, index: usize, found: &mut Found) {
    let line = &page.lines[index];
    let (head, body) = match line.level {
        Some(_) => (line.head.clone(), line.body.clone()),
        None => {
            let words = page.said(&line.range);
            let Some(colon) = words.find(['：', ':']).filter(|&at| words[..at].chars().count() <= 8) else {
                return;
            };
            let mark = words[colon..].chars().next().map_or(1, char::len_utf8);
            (
                line.range.start..line.range.start + colon,
                tight(page.text, line.range.start + colon + mark..line.range.end),
            )
        }
    };
    let label: String = page.said(&head).chars().filter(|c| !c.is_whitespace()).collect();
    let is = |list: &[&str]| list.iter().any(|w| **w == label);
    let body = if body.is_empty() && line.level.is_some() {
        let next = page.lines.iter().skip(index + 1).take_while(|l| l.above == Some(index));
        let (first, last) = (next.clone().next(), next.last());
        first.zip(last).map_or(body, |(a, b)| a.range.start..b.range.end)
    } else {
        body
    };
    if body.is_empty() {
        return;
    }
    let told =
        is(lexicon::MEETING_DATES) && (label.contains("会") || label.contains("召开") || near_meeting(page));
    if told
        && found.get("date").is_none()
        && let Some(day) = DAY
            .find(page.said(&body))
            .filter(|m| when::is_time(m.as_str()) || when::date(m.as_str()).is_some())
    {
        found.say(page, "date", &(body.start + day.start()..body.start + day.end()));
    }
    let one = |range: &Range<usize>| {
        let words = page.said(range);
        let end = words.find(['。', '；', '\n']).unwrap_or(words.len());
        tight(page.text, range.start..range.start + end)
    };
    if is(lexicon::MEETING_PLACES) && near_meeting(page) && found.get("place").is_none() {
        found.say(page, "place", &one(&body));
    }
    if is(lexicon::CHAIRS) && found.get("chair").is_none() {
        found.say(page, "chair", &one(&body));
    }
    people_and_items(page, &label, &body, found);
}

/// Who comes, and what is on the agenda, an item a part.
fn people_and_items(page: &Page<'_>, label: &str, body: &Range<usize>, found: &mut Found) {
    let is = |list: &[&str]| list.contains(&label);
    if is(lexicon::MEETING_PEOPLE) && near_meeting(page) && found.get("attendees").is_none() {
        let listed = points(page.text, body);
        let parts = if listed.is_empty() {
            between(page.text, body, |c| matches!(c, '；' | ';' | '。'))
        } else {
            listed
        };
        for part in parts {
            found.say(page, "attendees", &super::split::bare(page.text, &unnumbered(page, &part)));
        }
    }
    if is(lexicon::MEETING_ITEMS) && near_meeting(page) && found.get("agenda").is_none() {
        for part in between(page.text, body, |c| matches!(c, '；' | ';' | '。')) {
            found.say(page, "agenda", &super::split::bare(page.text, &unnumbered(page, &part)));
        }
    }
}

/// A line of a list without its number.
fn unnumbered(page: &Page<'_>, range: &Range<usize>) -> Range<usize> {
    let words = page.said(range);
    match crate::base::han::heading_number(words) {
        Some((_, _, len)) => tight(page.text, range.start + len..range.end),
        None => range.clone(),
    }
}

/// Whether the paper calls a meeting at its head.
fn near_meeting(page: &Page<'_>) -> bool {
    page.lines.iter().take(8).any(|l| {
        CALLED.is_match(page.said(&l.range))
            || page.said(&l.range).contains("会议通知")
            || SPOKEN.is_match(page.said(&l.range))
    })
}
