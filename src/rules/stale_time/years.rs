//! Years and deadlines that are past and still spoken of as to come.

use std::ops::Range;

use super::{Hit, Page};
use crate::base::lexicon::stale_time as lexicon;
use crate::base::{
    Text, clause,
    han::{self, years_said},
};
use crate::rules::reading::cue;
use crate::text;

/// A year of the text with what hangs on it.
struct Mention {
    range: Range<usize>,
    year: u16,
    month: Option<u8>,
    day: Option<u8>,
}

pub(super) fn find(page: &Page<'_>) -> Vec<Hit> {
    page.text
        .match_indices('年')
        .filter_map(|(at, _)| mention(page.text, at))
        .filter(|m| is_past(page, m) && !page.is_quoted(&m.range))
        .filter_map(|m| judge(page, &m))
        .collect()
}

/// The year, and the month and day that follow it, round the 年 at `at`: years of this century and
/// the last.
fn mention(text: &str, at: usize) -> Option<Mention> {
    let start = at.checked_sub(4)?;
    let year = text.get(start..at).filter(|y| y.starts_with("19") || y.starts_with("20"))?;
    let word = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    if !year.bytes().all(|b| b.is_ascii_digit()) || text[..start].bytes().next_back().is_some_and(word) {
        return None;
    }
    let mut end = at + '年'.len_utf8();
    let mut part = |unit: char| {
        let digits = text[end..].bytes().take(3).take_while(u8::is_ascii_digit).count();
        let value = text[end..end + digits].parse::<u8>().ok().filter(|_| digits < 3)?;
        text[end + digits..].starts_with(unit).then(|| {
            end += digits + unit.len_utf8();
            value
        })
    };
    let month = part('月');
    let day = month.and_then(|_| part('日'));
    Some(Mention { range: start..end, year: year.parse().ok()?, month, day })
}

/// Whether the time named is over on the document's day.
fn is_past(page: &Page<'_>, m: &Mention) -> bool {
    let day = page.day;
    if m.year != day.year {
        return m.year < day.year;
    }
    match (m.month, day.month) {
        (Some(month), Some(now)) if month == now => matches!((m.day, day.day), (Some(d), Some(n)) if d < n),
        (Some(month), Some(now)) => month < now,
        _ => false,
    }
}

fn judge(page: &Page<'_>, m: &Mention) -> Option<Hit> {
    // A base or a beginning: 比2014年, 自2016年以来; a measure: 恢复至2019年水平.
    let behind = page.behind(&m.range).trim_end();
    let after = page.ahead(&m.range, 1);
    if lexicon::COMPARED.iter().any(|w| behind.ends_with(w)) || after.starts_with("水平") {
        return None;
    }
    let whole_year = m.month.is_none() && m.year < page.day.year;
    let (range, message) = if is_target(page, m, behind) {
        target(page, m)
    } else if starts_a_schedule(page, m, behind) {
        schedule(page, m)
    } else if whole_year && (is_heading_of_plans(page, m) || opens_a_plan(page, m, behind)) {
        planned(page, m)
    } else if is_now(page, m, behind, after) {
        now(page, m)
    } else {
        return None;
    };
    let help = Text::fixed(
        "改成现在的目标和时间；是讲过去的事，写明已经完成",
        "give the present target and time; if it is history, say that it is done",
    );
    Some(Hit::new(range, message, help))
}

fn target(page: &Page<'_>, m: &Mention) -> (Range<usize>, Text) {
    let range = m.range.start..m.range.end + end_mark(&page.text[m.range.end..]);
    let words = &page.text[range.clone()];
    let message = text!(
        "“{words}”已经过去，还当作要达到的目标或期限",
        "“{words}” is past, but still spoken of as a target or deadline"
    );
    (range, message)
}

fn schedule(page: &Page<'_>, m: &Mention) -> (Range<usize>, Text) {
    let words = &page.text[m.range.clone()];
    let message = text!(
        "从“{words}”起算的安排，放到现在已经过时",
        "a schedule that starts in “{words}” is out of date"
    );
    (m.range.start - '从'.len_utf8()..m.range.end, message)
}

fn planned(page: &Page<'_>, m: &Mention) -> (Range<usize>, Text) {
    let words = &page.text[m.range.clone()];
    let message =
        text!("“{words}”已经过去，这里还在作当年的安排", "“{words}” is past, but this still plans for it");
    (m.range.clone(), message)
}

fn now(page: &Page<'_>, m: &Mention) -> (Range<usize>, Text) {
    let words = &page.text[m.range.clone()];
    let message = text!(
        "“{words}”同“今天”“今年”连在一起，放到现在对不上",
        "“{words}” is tied to today or this year, which it is not"
    );
    (m.range.clone(), message)
}

/// 从2016年开始，每年……: a schedule that is laid down and does not reach the document's year.
fn starts_a_schedule(page: &Page<'_>, m: &Mention, behind: &str) -> bool {
    if m.year >= page.day.year || !behind.ends_with('从') {
        return false;
    }
    let start = page.text[m.range.end..].trim_start_matches('份');
    let plan = page.ahead(&m.range, 3);
    let led = page.before(&m.range);
    let opens = start.starts_with("开始") || start.starts_with('起');
    let aims =
        cue::plans(plan) || plan.contains("稳步") || led.contains("按照这一目标") || led.contains("按照计划");
    let runs_on = years_said(plan).any(|(_, year)| (page.day.year..2100).contains(&year));
    opens && aims && !runs_on && !cue::reports(plan) && !cue::remembers(led)
}

/// Bytes of the end mark that follows a year: 底, 之前.
fn end_mark(rest: &str) -> usize {
    lexicon::ENDS.iter().filter(|e| rest.starts_with(**e)).map(|e| e.len()).max().unwrap_or(0)
}

/// 力争到2019年之前……, 2020年实现同步小康的目标.
fn is_target(page: &Page<'_>, m: &Mention, behind: &str) -> bool {
    let own = page.ahead(&m.range, 1);
    let near = page.ahead(&m.range, 2);
    let mark = end_mark(own);
    let rest = &own[mark..];
    // 今年以来，……紧扣2020年全面小康目标: bound to the aim of another year.
    let bound = ["紧扣", "锚定", "瞄准", "围绕", "聚焦"].iter().any(|w| behind.ends_with(w));
    if bound && page.is_this_year(page.before(&m.range)) && m.month.is_none() && own.contains("目标") {
        return true;
    }
    if cue::reports(near) || page.remembers(page.before(&m.range)) || cue::reports(behind) {
        return false;
    }
    // 2005年底前注册营运的黄标车, 2008年至2010年争取到投资: it says which, or what was had.
    if mark > 0 && is_attribute(rest) || rest.starts_with("争取到") {
        return false;
    }
    // 2020年实现同步小康的目标
    let aim = lexicon::AIMS.iter().any(|v| rest.starts_with(v));
    if aim && own.contains("的目标") && !own.contains("目标任务") {
        return true;
    }
    if aim && bound && own.contains("目标") {
        return true;
    }
    let into = lexicon::INTO.iter().any(|w| behind.ends_with(w));
    let led = cue::plans(behind);
    if !(into || mark > 0 || led) {
        return false;
    }
    let deadline = mark > 0 && page.text[m.range.end..].get(..mark).is_some_and(|w| w.contains('前'));
    let led_close = ["力争", "确保", "争取", "努力", "务必", "必须"].iter().any(|w| behind.contains(w));
    let opens = |words: &str| lexicon::STRIVING.iter().any(|w| predicate(words).starts_with(w));
    if behind.ends_with('到') || behind.ends_with('至') || deadline {
        let later = rest.trim_start_matches([',', '，']);
        return led_close
            || opens(rest)
            || opens(later)
            || opens(near.get(own.len()..).unwrap_or_default())
            || deadline
                && (cue::must(behind).is_some()
                    || cue::must(rest).is_some()
                    || behind.contains("安排到")
                    || near.contains('报'))
            || near.contains("的目标") && aim;
    }
    led_close && behind.chars().count() <= 8 && (aim || mark > 0)
}

/// Whether words behind a deadline say of a thing which one it is: 注册营运的黄标车.
fn is_attribute(rest: &str) -> bool {
    /// Characters of the attribute.
    const LONGEST: usize = 12;
    let Some((verb, thing)) = rest.split_once('的') else { return false };
    let verbs = verb.chars().count();
    let aims = verbs > 2 && lexicon::AIMS.iter().chain(lexicon::STRIVING).any(|w| verb.starts_with(w));
    (2..=LONGEST).contains(&verbs)
        && !aims
        && !verb.contains(['，', ','])
        && cue::must(verb).is_none()
        && thing.chars().next().is_some_and(han::is_han)
}

/// A heading, or a line of its own, that announces plans: 2021年工作安排.
fn is_heading_of_plans(page: &Page<'_>, m: &Mention) -> bool {
    const LONGEST: usize = 26;
    let whole = clause::line(page.text, m.range.clone());
    let start = whole.start;
    let line = page.text[whole].trim();
    // The first line is the title, by which the document dates itself.
    if page.text[..start].trim().is_empty()
        || line.chars().count() > LONGEST
        || line.contains(['。', '，', ',', '：'])
    {
        return false;
    }
    lexicon::PLAN_HEADINGS.iter().any(|w| line.ends_with(w))
        && !["完成", "情况", "回顾", "总结", "落实", "至", "—"].iter().any(|w| line.contains(w))
}

/// 2021年，全县要……
fn opens_a_plan(page: &Page<'_>, m: &Mention, behind: &str) -> bool {
    if !behind.is_empty() || m.year + 1 > page.day.year {
        return false;
    }
    let rest = &page.text[m.range.end..];
    let Some(rest) = rest.strip_prefix(['，', ',']) else { return false };
    let words = clause::ahead(rest, 0, 1);
    if cue::reports(page.ahead(&m.range, 4)) {
        return false;
    }
    let verb = predicate(words);
    lexicon::TO_DO.iter().any(|w| verb.starts_with(w)) && !verb.starts_with("要求")
}

/// What a clause says, without the mark before it and its usual subjects.
fn predicate(words: &str) -> &str {
    let words = words.trim_start_matches([',', '，']);
    lexicon::SUBJECTS.iter().find_map(|s| words.strip_prefix(s)).unwrap_or(words)
}

/// 今天，我们召开2023年第二季度……; 今年（2021年）
fn is_now(page: &Page<'_>, m: &Mention, behind: &str, after: &str) -> bool {
    if m.year >= page.day.year {
        return false;
    }
    if behind.ends_with("今年")
        || behind.ends_with("今年(")
        || behind.ends_with("今年（")
        || behind.ends_with("今年是")
        || behind.ends_with("现在是")
    {
        return true;
    }
    let before = page.before(&m.range);
    let Some(at) = ["今天", "此次会议", "这次会议", "本次会议"].iter().filter_map(|w| before.rfind(w)).max()
    else {
        return false;
    };
    let between = &before[at..];
    let acts =
        ["举行", "召开", "组织", "进行", "开展"].iter().any(|w| behind.ends_with(w) || between.contains(w));
    // A meeting of January or February sums up the year before.
    let early = page.day.month.is_none_or(|month| month <= 4);
    let sums_up =
        after.contains("总结") || after.contains("表彰") || after.contains("述职") || after.contains("考核");
    acts && between.chars().count() <= 34
        && !(m.year + 1 == page.day.year && (early || sums_up))
        && !lexicon::LOOKING_BACK.iter().any(|w| behind.ends_with(w))
        && !after.starts_with("以来")
        && m.day.is_none()
        && !cue::remembers(between)
}
