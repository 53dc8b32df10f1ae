//! A rate that lost its sign: 增长12.5；, for 增长12.5%; 覆盖率达到65.3。; and 提高2.1个， for 个百分点.
//!
//! Figures without a unit are right where indices, scores and coordinates are told, so only a growth, a
//! fall or a rate is flagged, by a figure right before the end of a clause. Of figures in a row the unit
//! follows the last (增长12.5、8.3和6.2个百分点).

use std::ops::Range;

use super::hit;
use super::unit::closes;
use crate::base::clause;
use crate::base::figures::Figure;
use crate::base::lexicon::figure as lexicon;
use crate::model::Finding;
use crate::text;

/// How many characters before the verb are heard for an index.
const HEARD: usize = 14;

/// See the module.
pub(super) fn find(text: &str, all: &[Figure]) -> Vec<Finding> {
    let mut found = Vec::new();
    for (i, f) in all.iter().enumerate() {
        let broken = points(text, f);
        let lost =
            || lost(text, f).filter(|_| !in_row(text, all, i)).map(|range| (range, "百分号", "percent sign"));
        let Some((range, zh, en)) = broken.map(|range| (range, "“百分点”", "百分点")).or_else(lost)
        else {
            continue;
        };
        let words = &text[range.clone()];
        found.push(hit(range.clone(), text!("“{words}”后面少了{zh}", "“{words}” lacks its {en}")));
    }
    found
}

/// The words before a figure, up to the verb or noun that makes it a rate, and the bare figure.
fn lost(text: &str, f: &Figure) -> Option<Range<usize>> {
    if !f.unit.is_empty() || f.range.end != f.digits.end || !closes(text, f) {
        return None;
    }
    let digits = &text[f.digits.clone()];
    let before = clause::behind(text, f.range.start);
    let bare = before.trim_end_matches(['了', '约', '近', ' ']);
    let longest =
        |list: &[&'static str]| list.iter().copied().filter(|w| bare.ends_with(*w)).max_by_key(|w| w.len());
    let near = |words: &str| {
        let from = words.char_indices().rev().nth(HEARD).map_or(0, |(at, _)| at);
        lexicon::INDICES.iter().any(|w| words[from..].contains(w))
    };
    let start = |word: &str| f.range.start - before.len() + bare.len() - word.len();
    if let Some(verb) = longest(lexicon::RATES) {
        let led = &bare[..bare.len() - verb.len()];
        let moved = lexicon::MOVED.contains(&verb);
        // Concentrations fall by a rate and reach a value.
        let index = near(led) && !(moved && lexicon::CONCENTRATIONS.iter().any(|w| led.contains(w)));
        let exact = digits.contains('.') && !digits.contains(',');
        let whole = moved && verb.ends_with(['长', '降']) && digits.len() <= 2 && f.value > 0.0;
        return ((exact || whole) && !index).then(|| start(verb)..f.range.end);
    }
    // 森林覆盖率达到65.3。
    let name = lexicon::RATE_REACHED.iter().find_map(|v| bare.strip_suffix(v)).unwrap_or(bare);
    let rate = lexicon::SHARES.iter().copied().find(|w| name.ends_with(*w))?;
    let other = lexicon::NO_SHARES.iter().any(|w| name.ends_with(w)) || near(name);
    (digits.contains('.') && !other && f.value <= 100.0)
        .then(|| f.range.start - before.len() + name.len() - rate.len()..f.range.end)
}

/// Whether it is one of a row, of which the last has the unit or all share what is told before.
fn in_row(text: &str, all: &[Figure], i: usize) -> bool {
    let joined = |a: Option<&Figure>, b: Option<&Figure>| {
        let gap = a.zip(b).and_then(|(a, b)| text.get(a.range.end..b.range.start));
        gap.is_some_and(|gap| matches!(gap, "、" | "和" | "，" | "与" | "及"))
    };
    let before = i.checked_sub(1).and_then(|last| all.get(last));
    joined(all.get(i), all.get(i + 1)) || joined(before, all.get(i))
}

/// 提高2.1个分点, 提高2.1个，: what is left of 个百分点.
fn points(text: &str, f: &Figure) -> Option<Range<usize>> {
    if f.unit != "个" || !text[f.digits.clone()].contains('.') || f.range.end != f.digits.end + f.unit.len()
    {
        return None;
    }
    let rest = &text[f.range.end..];
    let broken = ["分点", "百分", "百点"].into_iter().find(|w| rest.starts_with(w));
    let before = clause::behind(text, f.range.start).trim_end_matches('了');
    let moved = lexicon::MOVED.iter().any(|v| before.ends_with(v))
        || ["提高", "高于", "低于", "回落"].iter().any(|v| before.ends_with(v));
    let cut = broken.is_none() && moved && rest.starts_with(['，', '。', '；', '\n']);
    (broken.is_some() || cut).then(|| f.range.start..f.range.end + broken.map_or(0, str::len))
}
