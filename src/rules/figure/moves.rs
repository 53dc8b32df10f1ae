//! Figures that move the other way than the verb between them says: 由35%提高到32%, and leaps of 万 to 亿.

use super::hit;
use crate::base::clause;
use crate::base::figures::Figure;
use crate::base::lexicon::figure as lexicon;
use crate::model::Finding;
use crate::text;

pub(super) fn find(text: &str, all: &[Figure]) -> Vec<Finding> {
    let mut found = Vec::new();
    for (i, b) in all.iter().enumerate().skip(1) {
        found.extend(moved(text, all, i, b));
    }
    found
}

/// Which way a verb before a figure goes: 1 up, -1 down.
pub(super) fn direction(words: &str) -> Option<(f64, &'static str)> {
    let words = words.trim_end_matches(['了', '约', '近', '的', ' ']);
    let of =
        |list: &[&'static str]| list.iter().copied().filter(|w| words.ends_with(*w)).max_by_key(|w| w.len());
    match (of(lexicon::UP), of(lexicon::DOWN)) {
        (Some(up), _) => Some((1.0, up)),
        (None, Some(down)) => Some((-1.0, down)),
        _ => None,
    }
}

/// Whether 由 or 从 stands shortly before a figure, with no more than its year between.
pub(super) fn opened(text: &str, at: usize) -> Option<usize> {
    /// Characters between it and the figure.
    const FAR: usize = 14;
    let clause = clause::behind(text, at);
    let opener = clause.rfind(['由', '从'])?;
    let between = &clause[opener + '由'.len_utf8()..];
    (between.chars().count() <= FAR).then_some(at - clause.len() + opener)
}

fn moved(text: &str, all: &[Figure], i: usize, b: &Figure) -> Option<Finding> {
    let a = &all[i - 1];
    let between = text.get(a.range.end..b.range.start)?;
    let (way, verb) = direction(between)?;
    let bare = between.trim_end_matches(['了', '约', '近', '的', ' ']);
    let told = &bare[..bare.len() - verb.len()];
    // 由85%（2020年）逐年提高到92%
    if told.chars().count() > 8 || told.contains(['，', '。', '；', '、', '\n']) {
        return None;
    }
    let start = opened(text, a.range.start)?;
    let led = &text[start..a.range.start];
    // 从37.8%和50.1%提高到39.2%: of two that are told together, the first goes with the first.
    let ages = a.unit == "岁" && !clause::behind(text, start).contains("寿命");
    if led.contains(['、', '和', '与', '及']) || ages {
        return None;
    }
    let line = clause::behind(text, start);
    let near = &line[line.char_indices().rev().nth(13).map_or(0, |(at, _)| at)..];
    let ranked = lexicon::RANKS.iter().any(|w| near.contains(w) || led.contains(w) || told.contains(w))
        || between.contains('第')
        || text[b.range.end..].starts_with(['位', '名']);
    let counts = a.unit == b.unit && !matches!(a.unit, "年" | "月" | "日" | "级" | "届" | "期" | "类" | "位");
    // 1：3, 2.86：1, 5G
    let ratio = |f: &Figure| {
        text[f.range.end..].starts_with([':', '∶', '：', '/', 'A', '+'])
            || text[..f.range.start].ends_with([':', '∶', '：', '+'])
    };
    let vague =
        text[a.digits.end..].starts_with(['多', '余']) || text[b.digits.end..].starts_with(['多', '余']);
    if ranked || !counts || ratio(a) || ratio(b) || a.value <= 0.0 || b.value <= 0.0 || a.unit.is_empty() {
        return None;
    }
    let whole = start..b.range.end;
    let words = &text[whole.clone()];
    let wrong = (b.value - a.value) * way < 0.0 && !vague && !a.same(b);
    if wrong {
        return Some(hit(
            whole,
            if way > 0.0 {
                text!("“{words}”：说“{verb}”，数却小了", "“{words}”: {verb}, but the figure fell")
            } else {
                text!("“{words}”：说“{verb}”，数却大了", "“{words}”: {verb}, but the figure grew")
            },
        ));
    }
    // 由2.57万户增加到5.33亿户: one of the scales is wrong.
    let ratio = if way > 0.0 { b.value / a.value } else { a.value / b.value };
    let scaled = |f: &Figure| text[f.digits.end..f.range.end].trim_start().starts_with(['万', '亿']);
    (ratio > 2000.0 && scaled(a) && scaled(b)).then(|| {
        hit(
            whole,
            text!(
                "“{words}”：前后相差几千倍，核对“万”“亿”",
                "“{words}”: thousands of times as much; check 万 and 亿"
            ),
        )
    })
}
