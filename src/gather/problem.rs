//! 问题: what is wrong, as a part about problems lists it, or a sentence names it (存在…问题).

use std::ops::Range;

use super::page::{Line, POINT, Page};
use super::sense::Sense;
use super::split::{between, clauses, points, points_of, sentences};
use super::task::point;
use super::{Found, Kind};
use crate::base::lexicon::gather as lexicon;
use crate::base::pattern::pattern;

pattern! {
    /// 还存在管护不到位、经费不足等问题: the group is what.
    static THERE_IS = r"(?:存在|仍有|还有)(?:着)?([^，,。；：]{4,60}?)(?:等)?(?:的)?(?:突出|主要|一些|共性|薄弱)?(?:问题|不足|短板|现象)(?:$|[，,。；])";
    /// 一些单位…的问题日益突出.
    static GROWS = r"([^，,。；]{6,60}?)(?:等)?问题(?:(?:仍然|依然|日益|比较|较为|还比较|十分)(?:突出|严重|存在)|亟待解决|亟需解决|有待解决)";
}

pattern! {
    /// 最大的问题是示范点不多: the group is what.
    static IS = r"(?:主要|最大|突出|存在|现在|当前|面临)的?[^，,。；：“”]{0,6}问题[，,]?(?:就是|还是|是|在于)[，,：:]?([^，,。；：]{4,40}(?:[，,](?:不|没)[^，,。；：]{2,20})?)";
}

/// The problems of a paper.
pub(super) fn find(page: &Page<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for (index, line) in page.lines.iter().enumerate() {
        if line.cell || line.title {
            continue;
        }
        let listed = points_of(page.text, line);
        if line.sense == Some(Sense::Problems) {
            let own = line.by == Some(index);
            if !listed.is_empty() {
                found.extend(listed.iter().map(|p| pointed(page, p)));
            } else if !own && line.level.is_some() && line.above == line.by {
                let mut whole = line.range.clone();
                whole.start = if line.head.is_empty() { line.body.start } else { line.head.start };
                found.push(pointed(page, &whole));
            } else if !own && line.level == Some(POINT) {
                found.push(pointed(page, &line.body));
            }
            continue;
        }
        if let Some(first) = listed.first()
            && announces(&page.text[line.range.start..first.start])
        {
            found.extend(listed.iter().map(|p| pointed(page, p)));
            continue;
        }
        if let Some(listed) = confessed(page, &line.range) {
            found.extend(listed.iter().map(|r| Found::named(Kind::Problem, page, r)));
            continue;
        }
        found.extend(named(page, line));
    }
    found
}

/// The problems that a sentence names: 存在…问题.
fn named(page: &Page<'_>, line: &Line) -> Vec<Found> {
    let words = page.said(&line.body);
    let mut found = Vec::new();
    // 着力解决…存在的问题 names none that is left.
    let told = |c: &regex::Captures<'_>| {
        let at = c.get(0).map_or(0, |m| m.start());
        let clause = crate::base::clause::behind(words, at);
        !lexicon::DEALS_WITH.iter().any(|w| clause.contains(w))
            && !lexicon::DEALS_WITH.iter().any(|w| c.get(1).is_some_and(|m| m.as_str().contains(w)))
    };
    let exists = |line: &str| ["存在", "仍有", "还有"].iter().any(|w| line.contains(w));
    let problem = |line: &str| line.contains("问题");
    for named in THERE_IS
        .on_lines(words, exists)
        .chain(GROWS.on_lines(words, problem))
        .chain(IS.on_lines(words, problem))
        .filter(told)
        .filter_map(|c| c.get(1))
    {
        let range = line.body.start + named.start()..line.body.start + named.end();
        if !is_named(named.as_str()) {
            continue;
        }
        // Each of a list that is wanting by itself is a problem of its own.
        let each = between(page.text, &range, |c| c == '、');
        let lacks = |r: &Range<usize>| lexicon::LACKS.iter().any(|w| page.said(r).contains(w));
        if each.len() > 1 && each.iter().all(lacks) {
            found.extend(each.iter().map(|r| Found::named(Kind::Problem, page, r)));
        } else {
            found.push(Found::named(Kind::Problem, page, &range));
        }
    }
    found
}

pattern! {
    /// 我们也清醒看到，…还面临不少困难和问题：
    static CONFESSED = r"(?:清醒地?(?:看到|认识到?)|也要看到|同时看到|仍?面临|还?存在)[^。]{0,60}?(?:问题|困难|不足|短板|挑战|差距|艰巨性)[^。：，；]{0,16}(?:[：:。]|，?主要(?:是|有|表现在|表现为|体现在)[：:，]?)";
}

/// What a paragraph of a report owns up to, a clause each; `None` unless it announces it.
fn confessed(page: &Page<'_>, line: &Range<usize>) -> Option<Vec<Range<usize>>> {
    let words = page.said(line);
    let owns_up = |line: &str| ["看到", "认识", "面临", "存在"].iter().any(|w| line.contains(w));
    let announced = CONFESSED.on_lines(words, owns_up).next()?.get(0)?;
    let from = line.start + announced.end();
    let lacks = |r: &Range<usize>| {
        let words = page.said(r);
        let asks = ["要", "我们", "必须", "虽然", "由于", "随着", "使", "目的", "特别是"]
            .iter()
            .any(|w| words.starts_with(w));
        !asks && (6..=40).contains(&words.chars().count()) && lexicon::LACKS.iter().any(|w| words.contains(w))
    };
    // Points behind it are all of it, else the next sentence is.
    let rest = from..line.end;
    let listed = points(page.text, &rest);
    let told =
        if listed.is_empty() { sentences(page.text, &rest).into_iter().take(1).collect() } else { listed };
    let clauses = told.iter().flat_map(|part| clauses(page.text, part));
    let all: Vec<_> = clauses.filter(lacks).collect();
    (all.len() > 1).then_some(all)
}

/// Whether the words before a list say that problems follow: 需要解决的问题有三个。一是….
fn announces(before: &str) -> bool {
    /// Characters of the announcement.
    const LONGEST: usize = 40;
    let before = before.trim_end_matches(['一', '是', '第', '，', '（', '1', '(']);
    let last =
        before.trim_end_matches(['。', '：', ':', ' ']).rsplit(['。', '；', '\n']).next().unwrap_or_default();
    let said = [
        "问题有",
        "问题：",
        "问题是",
        "存在的问题",
        "主要问题",
        "存在以下",
        "不足：",
        "短板：",
        "问题主要",
        "个问题",
        "些问题",
        "方面问题",
        "困难和问题",
    ];
    last.chars().count() <= LONGEST
        && said.iter().any(|w| {
            last.contains(w.trim_end_matches('：'))
                && (!w.ends_with('：') || before.ends_with('：') || last.ends_with(w.trim_end_matches('：')))
        })
}

/// Whether words say what the problem is, and not only that there is one.
fn is_named(words: &str) -> bool {
    let vague = [
        "一些",
        "不少",
        "哪些",
        "什么",
        "这些",
        "以下",
        "的突出",
        "诸多",
        "许多",
        "很多",
        "各种",
        "如下",
        "的",
        "尤其",
        "无论",
    ];
    words.chars().count() >= 5 && !vague.iter().any(|v| words.starts_with(v)) && !words.contains(['“', '《'])
}

fn pointed(page: &Page<'_>, range: &Range<usize>) -> Found {
    let (name, detail) = point(page, range);
    let mut found = Found::named(Kind::Problem, page, &name);
    // 管护不到位，有11座公厕无人保洁: what follows the first clause shows how.
    let told = if detail.is_empty() { clauses(page.text, &(name.end..range.end)) } else { detail };
    if let (Some(first), Some(last)) = (told.first(), told.last()) {
        found.say(page, "detail", &(first.start..last.end));
    }
    found
}
