//! 依据: the papers that this one rests on or is, with their numbers.

use std::collections::HashMap;
use std::ops::Range;

use super::page::Page;
use super::{Found, Kind};
use crate::base::pattern::pattern;
use crate::rules::paper;

pattern! {
    /// 云政办发〔2026〕3号 as a line.
    static NUMBER = r"^[\p{Han}]{1,10}[〔\[［（(﹝][12][0-9]{3}[〕\]］）)﹞]第?[0-9]{1,4}号$";
    /// 关于…的通知.
    static ABOUT = r"关于.{4,60}?的?(?:通知|意见|方案|规定|办法|决定|通报|批复|函|公告|措施|计划|规划|细则|要点)(?:[（(](?:试行|修订|暂行|征求意见稿)[)）])?$";
}

/// The papers that a paper names.
pub(super) fn find(page: &Page<'_>) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut known = HashMap::new();
    for line in &page.lines {
        let words = page.said(&line.range);
        for (title, number) in paper::titles(words) {
            let at = |r: Range<usize>| line.range.start + r.start..line.range.start + r.end;
            let mut one = Found::named(Kind::Policy, page, &at(title));
            if let Some(number) = number {
                one.say(page, "number", &at(number));
            }
            put(&mut found, &mut known, one);
        }
    }
    if let Some(own) = own(page) {
        put(&mut found, &mut known, own);
    }
    found
}

/// Adds a paper, or its number to what is known of it; `known` is where each title stands.
fn put(found: &mut Vec<Found>, known: &mut HashMap<String, usize>, one: Found) {
    let at = *known.entry(one.title().to_owned()).or_insert(found.len());
    match found.get_mut(at) {
        Some(known) if known.get("number").is_none() => known.said.extend(one.said.into_iter().skip(1)),
        Some(_) => {}
        None => found.push(one),
    }
}

/// The paper itself, where its head says that it is one: 关于…的意见, 云政发〔2026〕3号.
fn own(page: &Page<'_>) -> Option<Found> {
    /// Lines of the head of a paper.
    const HEAD: usize = 8;
    let head = &page.lines[..page.lines.len().min(HEAD)];
    let plain = |at: usize| head.get(at).is_some_and(|l| !l.cell && l.level.is_none());
    // A title may be set on two lines.
    let title = (0..head.len()).filter(|&at| plain(at)).find_map(|at| {
        [at, at + 1].into_iter().filter(|&to| plain(to)).find_map(|to| {
            let range = head[at].range.start..head[to].range.end;
            let words = page.words(&range).replace(['\n', '\r'], "");
            let called =
                ["召开", "举办", "举行"].iter().any(|w| words.contains(w)) && words.ends_with("通知");
            let named = ABOUT.is_match(&words) && !called && !words.contains(['。', '，', '：', '《', '；']);
            named.then_some(range)
        })
    })?;
    let number = head.iter().find(|l| NUMBER.is_match(page.said(&l.range)));
    let mut own = Found::named(Kind::Policy, page, &title);
    if let Some(number) = number {
        own.say(page, "number", &number.range);
    }
    Some(own)
}
