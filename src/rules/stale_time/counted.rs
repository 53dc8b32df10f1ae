//! Years that are counted from an event: 改革开放三十多年, 今年是第31个教师节.

use std::ops::Range;
use std::sync::LazyLock;

use super::{Hit, Page};
use crate::base::Text;
use crate::base::han::parse_numeral;
use crate::base::lexicon::stale_time as lexicon;
use crate::base::pattern::pattern;
use crate::base::words::Words;
use crate::text;

pattern! {
    static SINCE = {
        let events: Vec<&str> = lexicon::EVENTS.iter().map(|e| e.0).collect();
        format!(
            "({})(?:以来|至今)?的?(?:已经?|有)?的?([0-9]{{2,3}}|[一二三四五六七八九十百零]{{1,5}})(多|余|几)?(年来|年的|年，|年,|年间|周年)",
            events.join("|")
        )
    };
}

pattern! {
    static ORDINAL = {
        let days: Vec<&str> = lexicon::ANNIVERSARIES.iter().map(|d| d.0).collect();
        format!(
            "第([0-9]{{1,2}}|[一二三四五六七八九十]{{1,4}})[个届次][^。；，,\n]{{0,6}}?({})",
            days.join("|")
        )
    };
}

static EVENTS: LazyLock<Words<'static>> = LazyLock::new(|| Words::of(lexicon::EVENTS.iter().map(|e| e.0)));

fn number(words: &str) -> Option<u16> {
    words.parse().ok().or_else(|| parse_numeral(words).and_then(|n| u16::try_from(n).ok()))
}

pub(super) fn find(page: &Page<'_>) -> Vec<Hit> {
    let mut found = Vec::new();
    let year = page.day.year;
    let told = |line: &str| EVENTS.find_iter(line).next().is_some();
    for c in SINCE.on_lines(page.text, told) {
        let (Some(whole), Some(event), Some(n), Some(tail)) = (c.get(0), c.get(1), c.get(2), c.get(4)) else {
            continue;
        };
        let Some(&(_, base)) = lexicon::EVENTS.iter().find(|e| e.0 == event.as_str()) else { continue };
        let Some(n) = number(n.as_str()) else { continue };
        let Some(now) = page.day.year.checked_sub(base) else { continue };
        let round = c.get(3).is_some();
        let range = whole.range();
        let wrong = if tail.as_str() == "周年" {
            n != now && says_which(page, &range)
        } else if round {
            now >= n / 10 * 10 + 11
        } else {
            now >= n + 4
        };
        if !wrong || page.is_quoted(&range) || page.remembers(page.behind(&range)) {
            continue;
        }
        let words = whole.as_str().trim_end_matches(['，', ',']);
        let range = range.start..range.start + words.len();
        found.push(hit(
            range,
            text!(
                "“{words}”对不上：到{year}年是{now}年",
                "“{words}” does not fit: in {year} it is {now} years"
            ),
        ));
    }
    let told = |line: &str| line.contains('第') && lexicon::ANNIVERSARIES.iter().any(|d| line.contains(d.0));
    for c in ORDINAL.on_lines(page.text, told) {
        let (Some(whole), Some(n), Some(name)) =
            (c.get(0), c.get(1).and_then(|n| number(n.as_str())), c.get(2))
        else {
            continue;
        };
        let Some(&(_, first)) = lexicon::ANNIVERSARIES.iter().find(|d| d.0 == name.as_str()) else {
            continue;
        };
        let Some(now) = (page.day.year + 1).checked_sub(first) else { continue };
        let (before, after) = (page.before(&whole.range()), page.ahead(&whole.range(), 1));
        let told = lexicon::JUBILEE.iter().any(|w| before.contains(w)) || is_near(after);
        if n != now && told && !page.remembers(before) && !page.is_quoted(&whole.range()) {
            let name = name.as_str();
            found.push(hit(
                whole.range(),
                text!(
                    "{year}年是第{now}个{name}，不是第{n}个",
                    "in {year} it is the {name} number {now}, not {n}"
                ),
            ));
        }
    }
    found
}

/// Whether a jubilee is said to be now: 今年是…, …至今已91周年, 庆祝…70周年之际.
fn says_which(page: &Page<'_>, range: &Range<usize>) -> bool {
    let (words, after) = (&page.text[range.clone()], page.ahead(range, 2));
    page.behind(range).trim_end().ends_with("今年是")
        || words.contains("至今")
        || is_near(after)
        || ["喜迎", "值此"].iter().any(|w| page.behind(range).contains(w))
        || ["今天，", "今天,"].iter().any(|w| after.contains(w))
}

/// …之际, …到来之际.
fn is_near(after: &str) -> bool {
    ["之际", "到来之际", "来临之际", "即将到来"].iter().any(|w| after.starts_with(w))
}

fn hit(range: Range<usize>, message: Text) -> Hit {
    Hit::new(range, message, Text::fixed("按今年重新算", "count again for this year"))
}
