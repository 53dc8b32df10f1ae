//! Days that stand in the wrong order (先后): approved before it was passed, in force before it was passed, completed
//! before it was begun, a second stage before the first.

use std::ops::Range;

use super::hit;
use super::said::Said;
use crate::base::Text;
use crate::base::lexicon::date as lexicon;
use crate::base::{clause, han::years_said};
use crate::model::Finding;
use crate::text;

const HELP: Text = Text::fixed("查哪个日期写错，改正", "see which of the two days is wrong and correct it");

pub(super) fn find(text: &str, arabic: &[Said], han: &[Said]) -> Vec<Finding> {
    let mut found = passed(text, arabic);
    found.extend(decreed(text, arabic));
    found.extend(passed(text, han));
    found.extend(built(text, arabic));
    found.extend(stages(text, arabic));
    found
}

/// A day as it is compared: year, month, day.
fn key(said: &Said) -> Option<(u32, u32, u32)> {
    (said.year_digits == 4).then_some((said.year?, said.month?, said.day?))
}

/// A day of a regulation's history, which follows on the one before.
struct Step<'t> {
    key: (u32, u32, u32),
    range: Range<usize>,
    /// 通过, 批准, 施行.
    verb: &'t str,
}

/// 2020年4月24日…通过, 2020年3月31日…批准; 自2021年1月1日起施行 of what was passed later.
fn passed(text: &str, dates: &[Said]) -> Vec<Finding> {
    /// Characters in which a verb says what was done on a day.
    const NEAR: usize = 60;
    let mut steps: Vec<Step<'_>> = Vec::new();
    let mut found = Vec::new();
    for (index, said) in dates.iter().enumerate() {
        let Some(key) = key(said) else { continue };
        let next = dates.get(index + 1).map_or(text.len(), |next| next.start);
        let rest = &text[said.end..next.max(said.end)];
        let rest = rest.split(['\n', '。', '；']).next().unwrap_or_default();
        let range = said.range();
        // 自2021年1月1日起施行: of what was passed first.
        if lexicon::IN_FORCE.iter().any(|w| rest.starts_with(w)) && text[..said.start].ends_with('自') {
            let own = clause::behind(text, said.start);
            let own = own.chars().count() <= 22 && own.contains('本');
            if let Some(first) = steps.iter().find(|s| s.verb == "通过").filter(|s| own && key < s.key) {
                found.push(tell(text, range, "施行", &text[first.range.clone()], first.verb));
            }
            continue;
        }
        let line = text[..said.start].rsplit('\n').next().unwrap_or_default();
        // The history stands under the title: each line begins with its day, or one follows on another.
        let heads = line.trim_start_matches(['（', '(', ' ', '　']).is_empty()
            || steps.last().is_some_and(|s| !text[s.range.end..said.start].contains('\n'));
        let verb = lexicon::STEPS.iter().find(|w| {
            rest.chars().count() <= NEAR && rest.trim_end_matches(['）', ')', ' ', '　', '，']).ends_with(**w)
        });
        let Some(verb) = verb.filter(|_| heads && steps.len() < 12) else { continue };
        let last = steps.last().filter(|last| text[last.range.end..range.start].chars().count() <= NEAR * 2);
        if let Some(before) = last.filter(|before| key < before.key && *verb != "通过") {
            found.push(tell(text, range.clone(), verb, &text[before.range.clone()], before.verb));
        }
        steps.push(Step { key, range, verb });
    }
    found
}

/// 已经2025年8月18日常务会议通过，现予公布，自2025年1月1日起施行 of one sentence.
fn decreed(text: &str, dates: &[Said]) -> Vec<Finding> {
    /// Characters between the two days.
    const NEAR: usize = 60;
    let mut found = Vec::new();
    for pair in dates.windows(2) {
        let (one, two) = (&pair[0], &pair[1]);
        let Some((first, second)) = key(one).zip(key(two)) else { continue };
        let Some(between) = text.get(one.end..two.start) else { continue };
        let said = between.chars().count() <= NEAR
            && !between.contains(['。', '\n'])
            && between.ends_with("，自")
            && between.contains("通过")
            && ["公布", "发布", "印发", "颁布"].iter().any(|w| between.contains(w));
        if second < first && said && lexicon::IN_FORCE.iter().any(|w| text[two.end..].starts_with(w)) {
            found.push(tell(text, two.range(), "施行", &text[one.range()], "通过"));
        }
    }
    found
}

fn tell(text: &str, range: Range<usize>, verb: &str, before: &str, first: &str) -> Finding {
    let words = &text[range.clone()];
    let message = text!(
        "“{words}”{verb}，早于“{before}”{first}",
        "{verb} on “{words}”, which is before “{before}” ({first})"
    );
    hit(range, message, HELP)
}

/// 2025年5月开工，2024年12月竣工 of one sentence.
fn built(text: &str, dates: &[Said]) -> Vec<Finding> {
    let mut found = Vec::new();
    for pair in dates.windows(2) {
        let (one, two) = (&pair[0], &pair[1]);
        // Of two days without a year, of the same one.
        let Some((from, to)) =
            one.year.zip(two.year.or(one.year)).or((one.year == two.year).then_some((0, 0)))
        else {
            continue;
        };
        let Some(between) = text.get(one.end..two.start) else { continue };
        if one.year.is_some() && one.year_digits != 4
            || between.contains(['。', '；', '\n'])
            || between.chars().count() > 40
        {
            continue;
        }
        if !lexicon::BEGUN.iter().any(|w| between.contains(w)) {
            continue;
        }
        let ahead = clause::ahead(text, two.end, 1);
        let ended = lexicon::ENDED.iter().find(|w| ahead.chars().count() <= 30 && ahead.contains(**w));
        let ended = ended.or_else(|| lexicon::UNTIL.iter().find(|w| between.ends_with(**w)));
        let order = (from, one.month.unwrap_or(0), one.day.unwrap_or(0))
            > (to, two.month.unwrap_or(99), two.day.unwrap_or(99));
        // 11月开工，次年3月竣工 says so; what does not may still run into the next year.
        let far = one.year.is_none() && one.month.unwrap_or(0) >= two.month.unwrap_or(0) + 5
            || between.contains("年");
        let order = order && !(far && two.year.is_none());
        let other = ["比", "较", "完成", "累计", "获", "其中"].iter().any(|w| between.contains(w));
        let Some(ended) = ended.filter(|_| order && !other && two.month.is_some() == one.month.is_some())
        else {
            continue;
        };
        let (words, before) = (&text[two.range()], &text[one.range()]);
        let message = text!(
            "“{words}”{ended}，早于“{before}”开工",
            "{ended} on “{words}”, which is before “{before}”, when it was begun"
        );
        found.push(hit(two.range(), message, HELP));
    }
    found
}

/// 第一阶段（3月1日至3月31日）, 第二阶段（2月1日至2月28日): a stage that begins before the one before it.
fn stages(text: &str, dates: &[Said]) -> Vec<Finding> {
    /// Characters between the words and the days.
    const NEAR: usize = 20;
    let mut found = Vec::new();
    let mut last: Option<(usize, usize)> = None;
    for at in memchr::memmem::find_iter(text.as_bytes(), "阶段") {
        let head = &text[..at];
        let nth = head.trim_end_matches(|c: char| crate::base::han::is_numeral(c));
        let n = crate::base::han::parse_numeral(&head[nth.len()..]).filter(|_| nth.ends_with('第'));
        let Some(n) = n else { continue };
        let index = dates.partition_point(|d| d.start < at);
        let near = dates.get(index).filter(|d| {
            let gap = &text[at..d.start];
            gap.chars().count() <= NEAR && !gap.contains(['。', '；']) && d.month.is_some()
        });
        if near.is_none() {
            last = None;
            continue;
        }
        let before = last.filter(|(m, _)| m + 1 == n);
        last = Some((n, index));
        let Some((_, first)) = before else { continue };
        let (one, two) = (&dates[first], &dates[index]);
        let told = years_said(&text[one.start..two.start]).count();
        // 11月, then 1月 of the next year.
        let same = one.year == two.year && told <= usize::from(one.year.is_some());
        let day = |d: &Said| (d.month.unwrap_or(0), d.day.unwrap_or(0));
        let earlier = same
            && day(one) > day(two)
            && one.day.is_some() == two.day.is_some()
            && day(one).0 < day(two).0 + 6;
        if earlier {
            let (words, other) = (&text[two.range()], &text[one.range()]);
            let message = text!(
                "这一阶段从“{words}”开始，早于前一阶段的“{other}”",
                "this stage begins on “{words}”, before “{other}” of the stage before it"
            );
            found.push(hit(two.range(), message, HELP));
        }
    }
    found
}
