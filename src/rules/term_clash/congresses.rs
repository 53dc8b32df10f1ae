//! Congresses and plenums with the years, the terms or the resolutions of others.
//!
//! 党的十九大和二十届三中全会 is `stale-time`'s; here the further forms.

use super::{Page, hit};
use crate::base::clause;
use crate::base::han::{numeral, parse_numeral, years_said};
use crate::base::lexicon::term_clash as lexicon;
use crate::base::{Text, pattern::pattern};
use crate::model::Finding;
use crate::rules::reading::cue;
use crate::text;

pattern! {
    /// 十九大, 二十一大.
    static CONGRESS = "(?:党的)?(十[六七八九]|二十[一二]?)大";
    /// 十九届四中全会.
    static PLENUM = "(十[六七八九]|二十[一二]?)届([一二三四五六七])中全会";
}

const HELP: Text =
    Text::fixed("核对届次和年份，改成一致", "see which term and year are meant and make them agree");

pub(super) fn find(page: &Page<'_>) -> Vec<Finding> {
    let mut found = congresses(page);
    found.extend(plenums(page));
    found
}

/// The year in which a congress is held: the 16th was in 2002, and every five years since.
fn held(page: &Page<'_>, n: usize) -> Option<u16> {
    let own = page.pack.sessions.iter().find(|s| s.plenum.is_none() && usize::from(s.congress) == n);
    own.map(|s| s.closed.year).or_else(|| u16::try_from(2002 + 5 * n.checked_sub(16)?).ok())
}

/// The year in which a plenum was held, where the tables know it.
fn plenum_held(page: &Page<'_>, term: usize, n: usize) -> Option<u16> {
    let same = |congress: u8, plenum: u8| (usize::from(congress), usize::from(plenum)) == (term, n);
    let own = page.pack.sessions.iter().find(|s| s.plenum.is_some_and(|plenum| same(s.congress, plenum)));
    let built_in = || lexicon::PLENUM_YEARS.iter().find(|(t, p, _)| (*t as usize, *p as usize) == (term, n));
    own.map(|s| s.closed.year).or_else(|| built_in().map(|(_, _, year)| *year))
}

/// The committee and the plenum that resolved what these words tell of.
fn resolved_by(page: &Page<'_>, words: &str) -> Option<(usize, usize)> {
    let own = page.pack.sessions.iter().find(|s| s.resolved.iter().any(|w| words.contains(&**w)));
    let own = own.and_then(|s| Some((usize::from(s.congress), usize::from(s.plenum?))));
    let built_in =
        || lexicon::RESOLUTIONS.iter().find(|(_, _, known)| known.iter().any(|w| words.contains(w)));
    own.or_else(|| built_in().map(|(t, p, _)| (*t as usize, *p as usize)))
}

fn congresses(page: &Page<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let told = |line: &str| {
        ["六大", "七大", "八大", "九大", "十大", "一大", "二大"].iter().any(|n| line.contains(n))
    };
    for c in CONGRESS.on_lines(page.text, told) {
        let (Some(whole), Some(n)) = (c.get(0), c.get(1).and_then(|m| parse_numeral(m.as_str()))) else {
            continue;
        };
        let rest = &page.text[whole.end()..];
        if page.is_quoted(&whole.range()) || rest.starts_with(|c: char| "产业项工举战任类".contains(c))
        {
            continue;
        }
        let name = whole.as_str().trim_start_matches("党的");
        let start = whole.end() - name.len();
        found.extend(with_plenums(page, start, whole.end(), n));
        let Some(held) = held(page, n) else { continue };
        let led = whole.as_str().len() > name.len();
        let day = page.day.map(|d| d.year);
        // 迎接党的二十一大 in 2023.
        if let Some(day) = day.filter(|day| led && (day + 2..=day + 5).contains(&held)) {
            let message =
                text!("{day}年说到“{name}”：{held}年才召开", "in {day}, “{name}”: it is held in {held}");
            found.push(hit(start..whole.end(), message, HELP));
            continue;
        }
        found.extend(year_of(page, start, whole.end(), held, name));
    }
    found
}

/// 今年是党的十九大召开之年 in 2022, 2023年是全面贯彻党的十八大精神的开局之年.
fn year_of(page: &Page<'_>, start: usize, end: usize, held: u16, name: &str) -> Option<Finding> {
    let sentence = clause::sentence(page.text, start..end);
    let before = &page.text[sentence.start..start];
    let rest = clause::ahead(page.text, end, 1);
    let off = if ["召开之年", "召开的一年", "胜利召开之年", "的召开之年"].iter().any(|w| rest.starts_with(w))
    {
        0
    } else if rest.starts_with("精神的开局之年")
        || rest.starts_with("精神开局之年")
        || rest.starts_with("精神的第一年")
    {
        1
    } else {
        return None;
    };
    let spoken = before.rfind("今年是").or_else(|| before.rfind("今年")).and(page.day).map(|d| d.year);
    let year = years_said(before).next_back().map(|(_, y)| y).or(spoken)?;
    // The year in which it is held may begin the work too.
    (year != held + off && year != held).then(|| {
        let message = text!(
            "“{name}”是{held}年召开的，{year}年对不上",
            "“{name}” was held in {held}; {year} does not fit"
        );
        hit(start..end, message, HELP)
    })
}

/// 党的十九大和二十届历次全会.
fn with_plenums(page: &Page<'_>, start: usize, end: usize, n: usize) -> Option<Finding> {
    let rest = &page.text[end..];
    let rest = rest.strip_prefix("精神").unwrap_or(rest).strip_prefix(['和', '及', '与', '、'])?;
    let next = rest.trim_start_matches("党的");
    let (term, tail) = next.split_once('届')?;
    let committee = parse_numeral(term).filter(|t| (16..=21).contains(t))?;
    let plenums = tail.strip_prefix("历次全会").or_else(|| tail.strip_prefix("历次中央全会"))?;
    (committee != n).then(|| {
        let whole = start..page.text.len() - plenums.len();
        let words = &page.text[whole.clone()];
        let right = numeral(committee);
        let message = text!(
            "“{words}”不是同一届：{term}届中央委员会是党的{right}大选出的",
            "“{words}” are of two terms"
        );
        hit(whole, message, HELP)
    })
}

/// 2025年，党的十九届四中全会召开; 十八届六中全会通过了第三个历史决议.
fn plenums(page: &Page<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for c in PLENUM.on_lines(page.text, |line| line.contains("中全会")) {
        let (Some(whole), Some(term), Some(n)) = (c.get(0), c.get(1), c.get(2)) else { continue };
        let (Some(term), Some(n)) = (parse_numeral(term.as_str()), parse_numeral(n.as_str())) else {
            continue;
        };
        let range = whole.range();
        if page.is_quoted(&range) {
            continue;
        }
        let name = whole.as_str();
        let ahead = clause::ahead(page.text, range.end, 1);
        if let Some((right_term, right)) = resolved_by(page, ahead).filter(|&right| right != (term, n)) {
            let right = format!("{}届{}中全会", numeral(right_term), numeral(right));
            let message = text!("“{name}”：这是{right}通过的", "“{name}”: that was resolved by {right}");
            found.push(hit(range, message, HELP));
            continue;
        }
        let Some(held) = plenum_held(page, term, n) else { continue };
        let sentence = clause::sentence(page.text, range.clone());
        let before = &page.text[sentence.start..range.start];
        let Some((at, said)) = years_said(before).next_back() else { continue };
        let events = ["召开", "胜利召开", "擘画", "胜利闭幕", "隆重召开", "举行", "描绘"];
        let happens = events.iter().any(|w| ahead.starts_with(w));
        let plain = !before[at..].contains(['》', '；'])
            && !cue::remembers(&before[at..])
            && before[at..].chars().count() <= 60;
        if said != held && happens && plain {
            let message = text!(
                "“{name}”是{held}年召开的，{said}年对不上",
                "“{name}” was held in {held}; {said} does not fit"
            );
            found.push(hit(range, message, HELP));
        }
    }
    found
}
