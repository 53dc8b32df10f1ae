//! 会议: which meeting, when, where, who chairs it, who comes, what is on the agenda.
//!
//! A notice says so behind words with a colon or in one sentence (会议定于…在…召开), a speech in its first
//! (今天，县委、县政府召开…会). A paper that tells of several meetings names each, and none is taken.

use std::ops::Range;

use super::habit::LONGEST_TITLE;
use super::page::Page;
use super::split::{bare, between, points, squeezed, unnumbered};
use super::{Found, Kind};
use crate::base::lexicon::gather as lexicon;
use crate::base::lines::tight;
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
    /// 县委、县政府召开全县…大会, as the first words of a speech say.
    static OPENED = r"[省市县区州旗镇乡](?:委|政府)(?:、[\p{Han}]{1,2}政府)?(?:决定|隆重|在这里|在此)*(?:召开|举行)(?:的)?(?:这次)?([\p{Han}0-9“”]{4,44}?(?:动员大会|动员会|部署会|推进会|座谈会|现场会|调度会|总结大会|表彰大会|工作会议|会议|大会))";
    /// A day in words.
    static DAY = r"(?:[12][0-9]{3}年)?[0-9]{1,2}月[0-9]{1,2}[日号]";
}

/// The meeting of the paper.
pub(super) fn find(page: &Page<'_>) -> Option<Found> {
    /// Lines among which a paper says which meeting it is of, those of its head, and those in which what is held
    /// today is told.
    const EARLY: usize = 20;
    const HEAD: usize = 8;
    const REACH: usize = 40;
    let mut found = Found { kind: Kind::Meeting, said: Vec::new() };
    let spoken = page.lines.iter().take(HEAD).any(|l| {
        let words = page.said(&l.range);
        words.chars().count() <= LONGEST_TITLE && words.contains("讲话") && !words.contains('。')
    });
    // What is said of today is surer than a title above it.
    let today: Vec<_> = page
        .lines
        .iter()
        .take(HEAD + REACH)
        .enumerate()
        .map(|(index, l)| today(page.said(&l.range), index < HEAD && spoken))
        .collect();
    let none_today = |index: usize| today.iter().skip(index).take(REACH).all(Option::is_none);
    let called = page.lines.iter().take(HEAD).any(|l| calls(page.said(&l.range)));
    for (index, line) in page.lines.iter().enumerate().filter(|(_, l)| !l.cell) {
        let words = page.said(&line.range);
        let mut told: Vec<(&'static str, Option<regex::Match<'_>>)> = Vec::new();
        if let Some(today) = today.get(index).filter(|_| index < REACH) {
            told.push(("name", *today));
        }
        if index < HEAD && none_today(index) {
            let called = CALLED.captures(words).or_else(|| SPOKEN.captures(words));
            told.push(("name", called.and_then(|c| c.get(1))));
        }
        let sets = |line: &str| ["定于", "拟于", "将于"].iter().any(|w| line.contains(w));
        if let Some(set) = SET.on_lines(words, sets).next() {
            let name = set.get(3).filter(|n| is_meeting(n.as_str()) && n.as_str().chars().count() > 5);
            told.extend([("name", name), ("date", set.get(1)), ("place", set.get(2))]);
        }
        if index < EARLY
            && let Some(held) = HELD.captures(words)
        {
            let name = held.get(2).filter(|n| is_meeting(n.as_str()) && !n.as_str().contains("召开"));
            told.extend([("name", name), ("date", held.get(1)), ("place", held.get(3))]);
        }
        let chaired = CHAIRED.on_lines(words, |line| line.contains("会议由")).next();
        told.push(("chair", chaired.and_then(|c| c.get(1))));
        for (key, said) in told {
            if let Some(said) = said.filter(|_| found.get(key).is_none()) {
                found.say(page, key, &(line.range.start + said.start()..line.range.start + said.end()));
            }
        }
        labelled(page, index, called, &mut found);
    }
    // A day or a place of a meeting that nobody names may be of anything.
    let named = found.get("name").is_some() || found.said.len() > 2;
    Some(found).filter(|f| named && !f.said.is_empty())
}

/// The meeting that a line says is held today; of the first lines of a speech, that is held at all.
fn today(words: &str, spoken: bool) -> Option<regex::Match<'_>> {
    let mut said = TODAY.on_lines(words, |line| line.contains("今天")).next();
    if said.is_none() && spoken {
        let past = |line: &str| lexicon::BEHIND.iter().any(|word| line.contains(word));
        said = OPENED.on_lines(words, |line| line.contains('召') && !past(line)).next();
    }
    let said = said?.get(1)?;
    is_meeting(said.as_str()).then_some(said)
}

fn is_meeting(words: &str) -> bool {
    let vague = ["一次", "这次", "本次", "这个", "的"];
    if vague.iter().any(|v| words.starts_with(v)) {
        return false;
    }
    lexicon::MEETINGS.iter().any(|end| words.ends_with(end))
}

/// 一、会议时间：3月5日, 参会人员：…, with the lines below where nothing stands behind the colon.
fn labelled(page: &Page<'_>, index: usize, called: bool, found: &mut Found) {
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
    let label = squeezed(page.said(&head));
    let is = |list: &[&str]| list.iter().any(|w| **w == label);
    let body = if body.is_empty() && line.level.is_some() {
        let (first, last) = (page.under(index).next(), page.under(index).last());
        first.zip(last).map_or(body, |(a, b)| a.range.start..b.range.end)
    } else {
        body
    };
    if body.is_empty() {
        return;
    }
    let told = is(lexicon::MEETING_DATES) && (label.contains("会") || label.contains("召开") || called);
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
    if is(lexicon::MEETING_PLACES) && called && found.get("place").is_none() {
        found.say(page, "place", &one(&body));
    }
    if is(lexicon::CHAIRS) && found.get("chair").is_none() {
        found.say(page, "chair", &one(&body));
    }
    if called {
        people_and_items(page, &label, &body, found);
    }
}

/// Who comes, and what is on the agenda, an item a part.
fn people_and_items(page: &Page<'_>, label: &str, body: &Range<usize>, found: &mut Found) {
    let is = |list: &[&str]| list.contains(&label);
    if is(lexicon::MEETING_PEOPLE) && found.get("attendees").is_none() {
        let listed = points(page.text, body);
        let parts = if listed.is_empty() {
            between(page.text, body, |c| matches!(c, '；' | ';' | '。'))
        } else {
            listed
        };
        for part in parts {
            found.say(page, "attendees", &bare(page.text, &unnumbered(page.text, &part)));
        }
    }
    if is(lexicon::MEETING_ITEMS) && found.get("agenda").is_none() {
        for part in between(page.text, body, |c| matches!(c, '；' | ';' | '。')) {
            found.say(page, "agenda", &bare(page.text, &unnumbered(page.text, &part)));
        }
    }
}

/// Whether a line of the head of a paper calls a meeting.
fn calls(words: &str) -> bool {
    CALLED.is_match(words) || words.contains("会议通知") || SPOKEN.is_match(words)
}
