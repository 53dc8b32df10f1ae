//! Days that contradict the day of the paper or each other: a meeting told as held that is still to come,
//! answers due before the paper was written, names due after the meeting they are for.

use super::hit;
use super::said::Said;
use crate::base::han::{Date, years_said};
use crate::base::lexicon::date as lexicon;
use crate::base::{Text, clause};
use crate::model::Finding;
use crate::rules::reading::cue;
use crate::text;

/// Days beyond which month and day without a year are of another year.
const NEAR: i64 = 120;

/// Bytes of a paragraph that are read before a day.
const PARAGRAPH: usize = 4000;

/// The days that may be held against the paper's.
pub(super) struct Days {
    /// The paper's day by its own words or by facts.
    pub own: Option<Date>,
    /// The same, or else the day of the check: nothing can be told before it happens.
    pub now: Option<Date>,
}

pub(super) fn find(text: &str, dates: &[Said], days: &Days) -> Vec<Finding> {
    let mut found = Vec::new();
    if let Some(now) = days.now {
        found.extend(dates.iter().filter_map(|s| told_too_soon(text, s, now)));
    }
    if let Some(own) = days.own.filter(|d| d.day.is_some()) {
        found.extend(dates.iter().filter_map(|s| due_too_soon(text, s, own)));
        found.extend(dates.iter().filter_map(|s| called_too_late(text, s, own)));
    }
    found.extend(due_after(text, dates));
    found
}

/// The day that is meant, by the year that is written, by 今年 and 去年, or near the paper's day.
fn meant(text: &str, said: &Said, now: Date) -> Option<Date> {
    if said.year.is_some() {
        return said.date();
    }
    // 去年是…的一年。3月5日，…: what the line began with holds on.
    let low = text.ceil_char_boundary(said.start.saturating_sub(PARAGRAPH));
    let line = text[low..said.start].rfind('\n').map_or(low, |at| low + at + 1);
    let before = &text[line..said.start];
    if before.ends_with("今年") || before.ends_with("本年") {
        return said.on(now.year);
    }
    let other = years_said(before).next_back().is_some_and(|(_, year)| year != now.year);
    if lexicon::ELSEWHEN.iter().any(|w| before.contains(w)) || other {
        return None;
    }
    if is_history(text, said, now) {
        return None;
    }
    let date = said.on(now.year)?;
    let apart = date.day_number()? - now.last_day().day_number()?;
    (apart.abs() <= NEAR).then_some(date)
}

/// Whether the last year named above is one long past: 1927年4月…, and 7月12日 in the paragraph behind.
fn is_history(text: &str, said: &Said, now: Date) -> bool {
    /// Bytes above in which the year stands.
    const FAR: usize = 1500;
    let low = text.ceil_char_boundary(said.start.saturating_sub(FAR));
    years_said(&text[low..said.start]).next_back().is_some_and(|(_, year)| year + 1 < now.year)
}

/// 2026年10月20日，大会成功举办 in a paper of January.
fn told_too_soon(text: &str, said: &Said, now: Date) -> Option<Finding> {
    if said.han {
        return None;
    }
    let behind = clause::behind(text, said.start);
    let year_only = said.month.is_none();
    if !is_to_come(text, said, behind, now)? {
        return None;
    }
    let clauses = usize::from(text[said.end..].starts_with(['，', ','])) + 1;
    let ahead = clause::ahead(text, said.end, clauses);
    let words = &text[said.range()];
    let own = text[said.end..].trim_start_matches(['，', ',', '底', '末']);
    let plain = !year_only || text[said.end..].starts_with(['，', '已']);
    let held = plain && (lexicon::HELD.iter().any(|w| ahead.contains(w)) || own.starts_with('已'));
    // 于9月19日至20日召开。会议应到代表62名: what follows tells that it was held.
    let rest = past_span(&text[said.end..]);
    let end = text.len() - rest.len();
    // A report of January that says 2月3日 may mean the year before.
    let clear = said.year.is_some() || now.month.is_some_and(|m| (3..=11).contains(&m));
    let told = said.day.is_some() && clear && (is_told_of(text, end) || is_answered(text, said));
    let held = held || told;
    let next = rest.chars().next();
    let planned = !told
        && (cue::plans(ahead)
            || cue::plans(behind)
            || lexicon::AHEAD.iter().any(|w| ahead.contains(w) || behind.contains(w)));
    let quoted =
        next.is_some_and(|c| matches!(c, '前' | '起' | '至' | '—' | '-' | '以' | '）' | ')' | '》' | '”'));
    (held && !planned && !quoted).then(|| {
        let day = now;
        hit(
            said.range(),
            text!(
                "文稿成文于{day}，“{words}”还没有到，却写成已经办过的事",
                "the paper is of {day}; “{words}” is still to come, and what happens then is told as done"
            ),
            Text::fixed(
                "核对日期；没有办的，改成计划的口气",
                "check the date; what is still to come is a plan",
            ),
        )
    })
}

/// Whether the day that is meant is later than the paper's; `None` where it cannot be told.
fn is_to_come(text: &str, said: &Said, behind: &str, now: Date) -> Option<bool> {
    let year = || u16::try_from(said.year?).ok();
    let date = if said.month.is_none() {
        // The year itself is still to come: 2027年，预算支出已完成.
        let date = Date { year: year()?, month: None, day: None };
        let clear = date.year > now.year && said.year_digits == 4 && !behind.ends_with(['到', '至']);
        Some(date).filter(|_| clear)?
    } else if said.day.is_none() {
        // 2026年12月底，已全部整改到位
        Date { year: year()?, month: u8::try_from(said.month?).ok(), day: None }
    } else {
        meant(text, said, now)?
    };
    let own = now.last_day().day_number()?;
    let first = Date { day: date.day.or(Some(1)), month: date.month.or(Some(1)), ..date };
    Some(date.last_day().day_number()? > own && first.day_number()? > own)
}

/// The words behind a day without the end of the span that it opens: 至20日.
fn past_span(words: &str) -> &str {
    let Some(rest) = words.strip_prefix(['至', '到', '—', '-', '～']) else { return words };
    let day = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '月');
    day.strip_prefix('日').unwrap_or(words)
}

/// 经3月20日县政府常务会议审议通过, 3月20日来函收悉: what the paper goes by is of a day before it.
fn is_answered(text: &str, said: &Said) -> bool {
    let behind = clause::behind(text, said.start);
    let ahead = clause::ahead(text, said.end, 1);
    let passed = behind.ends_with('经') && ["通过", "同意", "批准"].iter().any(|w| ahead.contains(w));
    passed || ["来函", "来文", "收悉"].iter().any(|w| ahead.contains(w))
}

/// Whether the words from here on hold something and then tell of it: 召开。会议听取了…
fn is_told_of(text: &str, at: usize) -> bool {
    /// Characters in which it is told.
    const NEAR: usize = 130;
    let rest = &text[at..];
    let end = rest.char_indices().nth(NEAR).map_or(rest.len(), |(i, _)| i);
    let near = rest[..end].split('\n').next().unwrap_or_default();
    // 现将会议情况通报如下: what was held is told of.
    let near = near.replace("现将", "现把");
    let own = clause::ahead(text, at, 2);
    let Some(verb) = lexicon::HELD_PLAINLY.iter().filter_map(|w| own.find(w).map(|i| i + w.len())).min()
    else {
        return false;
    };
    let told = near.get(verb..).unwrap_or_default();
    let ahead = own.get(..verb).unwrap_or(own);
    if ["计划", "预计", "之前", "前完成", "适时", "确保", "力争"].iter().any(|w| ahead.contains(w))
    {
        return false;
    }
    !lexicon::ASKS.iter().any(|w| near.contains(w))
        && lexicon::TELLS_OF_IT.iter().any(|w| told.contains(w) || own.contains(w))
}

/// Whether words ask that something is handed in by the day before them: 前报送, 前反馈.
fn is_deadline(text: &str, said: &Said) -> bool {
    let rest = &text[said.end..];
    let rest = lexicon::BY.iter().find_map(|w| {
        let rest = rest.trim_start_matches(' ');
        let (head, tail) = rest.split_at(rest.find(w)?);
        (head.is_empty() || head.chars().count() <= 6 && head.ends_with(['）', '午']))
            .then(|| &tail[w.len()..])
    });
    let Some(rest) = rest else { return false };
    let words = clause::ahead(text, text.len() - rest.len(), 1);
    lexicon::HAND_IN.iter().any(|w| words.contains(w))
}

/// 请于2月20日前报送 in a paper of 5 March.
fn due_too_soon(text: &str, said: &Said, own: Date) -> Option<Finding> {
    let behind = clause::behind(text, said.start);
    let asked = lexicon::ASKED.iter().any(|w| behind.ends_with(w));
    if said.han || !asked || !is_deadline(text, said) {
        return None;
    }
    let date = meant(text, said, own)?;
    // A deadline of an earlier year is an old draft's, of which `stale-time` tells.
    let before = date.year == own.year && date.day_number()? < own.day_number()?;
    let words = &text[said.range()];
    before.then(|| {
        hit(
            said.range(),
            text!(
                "文稿成文于{own}，要求在“{words}”前办的期限已经过了",
                "the paper is of {own}; the deadline “{words}” that it sets has passed"
            ),
            Text::fixed("核对期限和成文日期", "check the deadline and the date of the paper"),
        )
    })
}

/// Whether something is called for this day: 定于2月20日召开.
fn is_called(text: &str, said: &Said) -> bool {
    let behind = clause::behind(text, said.start);
    said.day.is_some()
        && lexicon::CALLED.iter().any(|w| behind.ends_with(w))
        && lexicon::HOLDS.iter().any(|w| clause::ahead(text, said.end, 2).contains(w))
}

/// 定于2月20日召开 in a paper of 5 March.
fn called_too_late(text: &str, said: &Said, own: Date) -> Option<Finding> {
    if said.han || !is_called(text, said) {
        return None;
    }
    let date = meant(text, said, own)?;
    let passed = date.year == own.year && date.day_number()? < own.day_number()?;
    let words = &text[said.range()];
    passed.then(|| {
        hit(
            said.range(),
            text!(
                "文稿成文于{own}，“{words}”已经过去，不能再“定于”那天",
                "the paper is of {own}; “{words}” has passed and can no longer be appointed"
            ),
            Text::fixed("核对会期和成文日期", "check the day of the meeting and the date of the paper"),
        )
    })
}

/// 会议定于3月5日召开，请于3月8日前报送参会名单.
fn due_after(text: &str, dates: &[Said]) -> Vec<Finding> {
    let mut found = Vec::new();
    let Some(event) = dates.iter().find(|s| s.month.is_some() && is_called(text, s)) else { return found };
    for said in dates.iter().filter(|s| s.start != event.start && s.day.is_some() && s.month.is_some()) {
        let same_year = said.year.is_none() || event.year.is_none() || said.year == event.year;
        let later = (said.month, said.day) > (event.month, event.day);
        if !same_year || !later || !is_deadline(text, said) {
            continue;
        }
        let sentence = &text[clause::sentence(text, said.range())];
        let for_meeting =
            lexicon::FOR_MEETING.iter().any(|w| sentence.contains(w)) && !sentence.contains("会后");
        if for_meeting {
            let (words, held) = (&text[said.range()], &text[event.range()]);
            found.push(hit(
                said.start..said.end,
                text!(
                    "会在“{held}”开，“{words}”才报，晚于会期",
                    "the meeting is on “{held}”; what is due by “{words}” comes after it"
                ),
                Text::fixed("核对会期和报送期限", "check the day of the meeting and the deadline"),
            ));
        }
    }
    found
}
