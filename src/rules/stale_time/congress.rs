//! Party congresses and plenums (党代会、中央全会) spoken of as the latest when another has followed.

use std::ops::Range;

use super::{Hit, Page};
use crate::base::Text;
use crate::base::han::{Date, numeral, parse_numeral};
use crate::base::lexicon::stale_time as lexicon;
use crate::base::pattern::pattern;
use crate::model::Severity;
use crate::rules::reading::cue;
use crate::text;

pattern! {
    static NAME = "(?:党的)?(十[六七八九]|二十[一二]?)(大|届)([一二三四五六七、中]*中全会)?";
}

/// The latest congress of which a text of the day must know: a month after the one in which it closed.
fn latest_congress(page: &Page<'_>) -> Option<usize> {
    let day = page.day;
    let known = |year: u16, month: u8| {
        year < day.year || year == day.year && day.month.is_some_and(|m| m > month + 1)
    };
    let built_in = lexicon::CONGRESSES.iter().filter(|c| known(c.1.0, c.1.1)).map(|c| c.0 as usize);
    let own =
        page.pack.sessions.iter().filter(|s| s.plenum.is_none() && known(s.closed.year, month(s.closed)));
    built_in.chain(own.map(|s| usize::from(s.congress))).max()
}

/// The latest plenum of the committee of which a text of the day must know.
fn latest_plenum(committee: usize, page: &Page<'_>) -> Option<usize> {
    let day = page.day;
    let known = |year: u16, month: u8| {
        (year, month + 1) < (day.year, day.month.unwrap_or(if year < day.year { 12 } else { 1 }))
    };
    let own = || page.pack.sessions.iter().filter(|s| usize::from(s.congress) == committee);
    // A pack's own day of a plenum counts instead.
    let renewed = |plenum: usize| own().any(|s| s.plenum.is_some_and(|p| usize::from(p) == plenum));
    let built_in = lexicon::PLENUMS.iter().filter(|p| p.0 as usize == committee && known(p.2.0, p.2.1));
    let built_in = built_in.map(|p| p.1 as usize).filter(|&plenum| !renewed(plenum));
    let own = own().filter(|s| known(s.closed.year, month(s.closed))).filter_map(|s| s.plenum);
    built_in.chain(own.map(usize::from)).max()
}

/// The month of a day; the last of a year alone.
fn month(day: Date) -> u8 {
    day.month.unwrap_or(12)
}

/// Whether the words name a congress or its committee.
fn names(words: &str, congress: usize) -> bool {
    let n = numeral(congress);
    words.contains(&format!("{n}大")) || words.contains(&format!("{n}届"))
}

pub(super) fn find(page: &Page<'_>) -> Vec<Hit> {
    let Some(latest) = latest_congress(page) else { return Vec::new() };
    let document_knows = names(page.text, latest);
    let mut found = Vec::new();
    let mut plenum_told = false;
    let told = |line: &str| ["十六", "十七", "十八", "十九", "二十"].iter().any(|n| line.contains(n));
    for c in NAME.on_lines(page.text, told) {
        let (Some(whole), Some(n), plenums) =
            (c.get(0), c.get(1).and_then(|m| parse_numeral(m.as_str())), c.get(3))
        else {
            continue;
        };
        if page.is_quoted(&whole.range()) {
            continue;
        }
        if n < latest {
            found.extend(past_congress(page, whole.range(), (n, latest), document_knows));
        } else if let (Some(plenums), false) = (plenums, plenum_told) {
            let hit = past_plenum(page, whole.range(), n, plenums.as_str());
            plenum_told |= hit.is_some();
            found.extend(hit);
        }
    }
    found
}

/// A congress that was followed by others, spoken of as the latest.
fn past_congress(
    page: &Page<'_>,
    range: Range<usize>,
    (n, latest): (usize, usize),
    document_knows: bool,
) -> Option<Hit> {
    let (behind, after) = (page.behind(&range), page.ahead(&range, 1));
    let before = page.before(&range);
    let alone = || before_a_later(page, &range, n) || !names(page.sentence(&range), latest);
    let follows = || follows(behind, after) && alone() && !page.remembers(before);
    let says = || after.starts_with("精神") && !document_knows && !cue::reports(before);
    // What a report of its time said may be cited later; a reader may still want to see it.
    let cites = || {
        ["报告强调", "报告指出", "报告提出", "报告中", "报告明确"].iter().any(|w| after.starts_with(w))
            && !document_knows
            && !cue::reports(before)
    };
    let severity = if after.starts_with("以来") {
        return None;
    } else if follows() || says() {
        Severity::Warning
    } else if cites() {
        Severity::Info
    } else {
        return None;
    };
    let (name, newest) = (&page.text[range.clone()], numeral(latest));
    let message = text!(
        "“{name}”之后已经召开过党的{newest}大，这里还当作最近一次",
        "“{name}” is spoken of as the latest congress; the latest is the {latest}th"
    );
    let help = Text::fixed(
        "改成最近一次大会和全会；引用当年的论述，写明年份",
        "name the latest congress and plenum; if an old text is quoted, say of which year",
    );
    Some(Hit { severity, ..Hit::new(range, message, help) })
}

/// Whether a plenum of a later committee stands right behind the congress: 党的十九大和二十届三中全会. That the two
/// are of two terms is `term-clash`'s to say; here, that the congress is not the latest.
fn before_a_later(page: &Page<'_>, range: &Range<usize>, n: usize) -> bool {
    let rest = &page.text[range.end..];
    let rest = rest.strip_prefix("精神").unwrap_or(rest);
    let next = rest.strip_prefix(['、', '和', '及', '与']).map(|next| next.trim_start_matches("党的"));
    // 二十一届 is as long as any of them.
    let near = next.map(|next| &next[..next.floor_char_boundary(next.len().min("二十一届".len()))]);
    let term = near.and_then(|near| near.split_once('届')).and_then(|(term, _)| parse_numeral(term));
    page.text[range.clone()].ends_with('大') && term.is_some_and(|term| n < term && term <= 30)
}

/// A list of plenums of the `n`th committee that lacks the latest.
fn past_plenum(page: &Page<'_>, range: Range<usize>, n: usize, plenums: &str) -> Option<Hit> {
    let newest = latest_plenum(n, page)?;
    let named = plenums.chars().filter_map(|c| parse_numeral(&c.to_string())).max().unwrap_or(9);
    let (committee, ordinal) = (numeral(n), numeral(newest));
    let known = || page.text.contains(&format!("{ordinal}中全会")) || page.text.contains("历次全会");
    let lacks = named < newest && plenums.contains('、');
    if !lacks || !follows(page.behind(&range), page.ahead(&range, 1)) || known() {
        return None;
    }
    let name = &page.text[range.clone()];
    let message = text!(
        "“{name}”之后已经召开过{committee}届{ordinal}中全会，文中没有提到",
        "the {newest}th plenum has been held since “{name}”, and the text does not name it"
    );
    let help = Text::fixed("看一看是否补上最近一次全会", "see whether the latest plenum should be named");
    // A document of a season leaves out what came while it was drafted.
    Some(Hit { severity: Severity::Info, ..Hit::new(range, message, help) })
}

/// Whether the sentence asks to carry it out.
fn follows(behind: &str, after: &str) -> bool {
    lexicon::CARRYING_OUT.iter().any(|w| behind.contains(w))
        && (after.contains("精神")
            || after.contains("部署")
            || after.contains("要求")
            || after.is_empty()
            || after.starts_with('和')
            || after.starts_with('、'))
        && !behind.contains("以来")
}
