//! Sessions and editions: of the meeting at hand, of plenary sessions that are cited, of fairs.

use std::collections::HashMap;
use std::ops::Range;

use super::Old;
use crate::base::han::parse_numeral;
use crate::base::lexicon::last_year as lexicon;
use crate::base::pattern::pattern;
use crate::rules::yearly::{Kind, Stretch};

pattern! {
    /// 县委十四届五次全会, 十九届三中、四中全会: body, term, the last session.
    static PLENARY = r"^(.*?)第?([一二三四五六七八九十]{1,3})届.*?([一二三四五六七八九十]{1,2})(?:次全会|次全体会议|次全委会议|中全会)$";
}

/// Bytes of the head of a paper, in which its own meeting is named.
const HEAD: usize = 400;

/// The latest plenary session (全会) of each body that a paper names, as term and session.
pub(super) struct Plenums<'t>(HashMap<&'t str, (usize, usize)>);

impl<'t> Plenums<'t> {
    /// Those of a text.
    pub(super) fn of(text: &'t str, stretches: &[Stretch]) -> Self {
        let mut latest = HashMap::new();
        for stretch in stretches.iter().filter(|s| s.kind == Kind::Meeting) {
            let Some((body, session)) = plenum(&text[stretch.range.clone()]) else { continue };
            let known = latest.entry(body).or_insert(session);
            *known = session.max(*known);
        }
        Self(latest)
    }

    /// Whether a session is the latest of its body here, and was so in another paper: bodies meet at least once
    /// a year.
    pub(super) fn is_latest_of(&self, value: &str, other: &Plenums<'_>) -> bool {
        plenum(value).is_some_and(|(body, session)| {
            [self.0.get(body), other.0.get(body)].iter().all(|latest| *latest == Some(&session))
        })
    }
}

fn plenum(value: &str) -> Option<(&str, (usize, usize))> {
    let parts = PLENARY.captures(value)?;
    let number = |group| parse_numeral(parts.get(group)?.as_str());
    let body = parts.get(1)?.range();
    Some((&value[body], (number(2)?, number(3)?)))
}

/// Whether the edition of a fair, a festival or a contest is named: 第三届文化节.
pub(super) fn is_event(text: &str, stretch: &Stretch) -> bool {
    /// Bytes of its longest name.
    const LONGEST: usize = 60;
    let after = &text[stretch.range.end..];
    let name = after.split(['，', '。', '、', '；', '”', '\n']).next().unwrap_or_default();
    text[stretch.range.clone()].ends_with('届')
        && lexicon::EVENTS.iter().any(|event| name.find(event).is_some_and(|at| at <= LONGEST))
}

/// The number of a session, of the same body: 第八届人民代表大会第五次会议 twice.
pub(super) fn same(
    text: &str,
    stretches: &[Stretch],
    index: usize,
    old: &Old<'_>,
    there: &[(usize, String)],
) -> Option<usize> {
    let stretch = &stretches[index];
    let meets = |text: &str, range: &Range<usize>| {
        let after = &text[range.end..];
        text[range.clone()].ends_with('次') && (after.starts_with("会议") || after.starts_with("全体会议"))
            || text[range.clone()].ends_with("次会议")
    };
    if !meets(text, &stretch.range) {
        return None;
    }
    let term = |text: &str, stretches: &[Stretch], index: usize| {
        let before = index.checked_sub(1).map(|i| &stretches[i])?;
        let near = stretches[index].range.start - before.range.end < 60;
        (near && before.kind == Kind::Ordinal)
            .then(|| text[before.range.clone()].trim_start_matches('第').to_owned())
    };
    let own = term(text, stretches, index);
    // The session that heard last year's report is named in this year's too: what stands in the head of one
    // and in the body of the other is no slip. Of the first one a body speaks for years.
    let in_head = |range: &Range<usize>| range.start < HEAD;
    let first = text[stretch.range.clone()].trim_start_matches('第').starts_with("一次");
    there.iter().map(|(at, _)| *at).find(|&at| {
        let other = &old.stretches[at].range;
        in_head(&stretch.range) == in_head(other)
            && (in_head(other) || !first)
            && term(old.text, &old.stretches, at) == own
    })
}
