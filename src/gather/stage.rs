//! 步骤: the stages of the work and when they are.

use std::ops::Range;

use super::page::Page;
use super::sense::Sense;
use super::split::{bare, points, sentences};
use super::{Found, Kind};
use crate::base::lexicon::gather as lexicon;
use crate::base::lines::tight;
use crate::base::pattern::pattern;
use crate::base::when::is_time;

pattern! {
    /// 3月1日至4月15日, 2026年3月—12月, at the start of words or in a bracket.
    static SPAN = r"(?:[12][0-9]{3}年)?[0-9]{1,2}月(?:[0-9]{1,2}日|底|初|中旬|上旬|下旬|份)?(?:(?:至|到|—{1,2}|–|-|~|～|－)(?:[12][0-9]{3}年)?(?:次年)?(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日|底|初|中旬|上旬|下旬|份)?)?(?:前|起|底前)?";
}

fn spans(words: &str) -> impl Iterator<Item = regex::Match<'_>> {
    SPAN.on_lines(words, |line| line.contains('月')).filter_map(|c| c.get(0))
}

/// The stages of a paper.
pub(super) fn find(page: &Page<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for (index, line) in page.lines.iter().enumerate() {
        if line.cell || line.title || line.by == Some(index) {
            continue;
        }
        let here = line.sense == Some(Sense::Stages) && line.above == line.by;
        let head = page.said(&line.head);
        let named = lexicon::STAGE_WORDS.iter().any(|w| head.contains(w));
        if line.level.is_some()
            && !head.is_empty()
            && (here && (named || time_in(page, &line.head).is_some())
                || named && time_in(page, &line.head).is_some())
        {
            let rest = if line.body.is_empty() { below(page, index) } else { vec![line.body.clone()] };
            found.push(stage(page, &line.head, &rest));
        } else if here && line.level.is_none() {
            for point in points(page.text, &line.body) {
                let (head, rest) = super::split::head_of(page.text, &point);
                if time_in(page, &head).is_some()
                    || lexicon::STAGE_WORDS.iter().any(|w| page.said(&head).contains(w))
                {
                    found.push(stage(page, &head, &[rest]));
                }
            }
        }
    }
    found
}

fn below(page: &Page<'_>, index: usize) -> Vec<Range<usize>> {
    page.under(index).map(|l| l.range.clone()).collect()
}

/// The time that a heading names, in the bracket at its end or as a part of it.
fn time_in(page: &Page<'_>, head: &Range<usize>) -> Option<Range<usize>> {
    let words = page.said(head);
    if let Some((before, inner)) = words.rsplit_once(['（', '(']) {
        let inner = inner.trim_end_matches(['）', ')', '。']);
        if is_time(inner) || spans(inner).next().is_some() {
            let open = words[before.len()..].chars().next().map_or(0, char::len_utf8);
            let start = head.start + before.len() + open;
            return Some(tight(page.text, start..start + inner.len()));
        }
    }
    let found = spans(words).next()?;
    Some(head.start + found.start()..head.start + found.end())
}

fn stage(page: &Page<'_>, head: &Range<usize>, rest: &[Range<usize>]) -> Found {
    let words = page.said(head);
    let time = time_in(page, head);
    let name = match words.find(['（', '(']).filter(|&at| at > 0) {
        Some(at) => tight(page.text, head.start..head.start + at),
        None => bare(page.text, head),
    };
    let mut found = Found::named(Kind::Stage, page, &name);
    let first = rest.first().and_then(|r| {
        // The time may open what is done: 3月底前，各乡镇….
        let words = page.said(r);
        spans(words).next().filter(|m| m.start() < 6).map(|m| r.start + m.start()..r.start + m.end())
    });
    if let Some(time) = time.or(first) {
        found.say(page, "time", &time);
    }
    for sentence in rest.iter().flat_map(|r| sentences(page.text, r)) {
        found.say(page, "detail", &sentence);
    }
    found
}
