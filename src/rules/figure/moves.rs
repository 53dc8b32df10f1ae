//! Figures that move the other way than the verb between them says: 由35%提高到32%, and leaps of 万 to 亿.

use super::hit;
use crate::base::clause;
use crate::base::figures::Figure;
use crate::base::han::is_han;
use crate::base::lexicon::figure as lexicon;
use crate::model::Finding;
use crate::text;

pub(super) fn find(text: &str, all: &[Figure]) -> Vec<Finding> {
    let mut found = Vec::new();
    for (i, b) in all.iter().enumerate().skip(1) {
        found.extend(moved(text, all, i, b).or_else(|| ranked(text, all, i)).or_else(|| than(text, all, i)));
    }
    found
}

/// Which way a verb before a figure goes: 1 up, -1 down.
pub(super) fn direction(words: &str) -> Option<(f64, &'static str)> {
    let words = words.trim_end_matches(['了', '约', '近', '的', ' ']);
    // All of them end so.
    if !words.ends_with(['到', '至', '为', '成']) {
        return None;
    }
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

/// The figure before one and what stands between them, past the year that the second may have: 增加到2020年的.
fn before<'t, 'f>(text: &'t str, all: &'f [Figure], i: usize) -> Option<(&'f Figure, &'t str)> {
    let a = all.get(i.checked_sub(1)?)?;
    let b = &all[i];
    let gap = text.get(a.range.end..b.range.start)?;
    let year = a.unit == "年" && (1900.0..2100.0).contains(&a.value);
    if year && matches!(gap.trim_end_matches('第'), "的" | "底的" | "末的" | "") {
        let first = all.get(i.checked_sub(2)?)?;
        return Some((first, text.get(first.range.end..a.range.start)?));
    }
    Some((a, gap))
}

fn moved(text: &str, all: &[Figure], i: usize, b: &Figure) -> Option<Finding> {
    let (a, between) = before(text, all, i)?;
    let (way, verb) = direction(between)?;
    let bare = between.trim_end_matches(['了', '约', '近', '的', ' ']);
    let told = bare[..bare.len() - verb.len()].trim_start_matches('‰');
    // 由85%（2020年）逐年提高到92%
    let (far, pause) = (told.chars().count(), told.starts_with('，') && told.matches('，').count() == 1);
    if far > 8 + usize::from(pause)
        || !pause && told.contains('，')
        || told.contains(['。', '；', '、', '\n'])
    {
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
        || text[..b.range.start].ends_with('第')
        || text[b.range.end..].starts_with(['位', '名']);
    let indices = indices(text, a, b);
    let counts = a.unit == b.unit && !matches!(a.unit, "年" | "月" | "日" | "级" | "届" | "期" | "类" | "位");
    // 1：3, 2.86：1, 5G
    let ratio = |f: &Figure| {
        text[f.range.end..].starts_with([':', '∶', '：', '/', 'A', '+'])
            || text[..f.range.start].ends_with([':', '∶', '：', '+'])
    };
    if ranked
        || !counts
        || ratio(a)
        || ratio(b)
        || a.value <= 0.0
        || b.value <= 0.0
        || a.unit.is_empty() && !indices
    {
        return None;
    }
    judged(text, start, (a, b), way, verb)
}

/// Whether both are of one index that has no unit: 由0.07下降到0.33, 8‰, 17微克.
fn indices(text: &str, a: &Figure, b: &Figure) -> bool {
    let bare = |f: &Figure| f.unit.is_empty() && f.range == f.digits && text[f.digits.clone()].contains('.');
    let sign = |f: &Figure| f.unit.is_empty() && f.range == f.digits && text[f.range.end..].starts_with('‰');
    let measured = |f: &Figure| f.unit.is_empty() && f.range == f.digits;
    let fine =
        measured(a) && measured(b) && ["微克", "毫克"].iter().any(|u| text[b.range.end..].starts_with(u));
    bare(a) && bare(b) && !text[b.range.end..].starts_with(is_han)
        || sign(b) && (sign(a) || measured(a))
        || fine
}

/// What is wrong with a move from one figure to another by a verb.
fn judged(text: &str, start: usize, (a, b): (&Figure, &Figure), way: f64, verb: &str) -> Option<Finding> {
    let vague =
        text[a.digits.end..].starts_with(['多', '余']) || text[b.digits.end..].starts_with(['多', '余']);
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
    let scaled = |f: &Figure| f.unit_words(text).trim_start().starts_with(['万', '亿']);
    (ratio > 2000.0 && scaled(a) && scaled(b) || slipped(text, a, b) || per_head(text, start, ratio)).then(
        || {
            hit(
                whole,
                text!(
                    "“{words}”：前后相差几千倍，核对“万”“亿”",
                    "“{words}”: thousands of times as much; check 万 and 亿"
                ),
            )
        },
    )
}

/// 人均可支配收入由18562元提高到21亿元: nobody's income is a hundred times that of before.
fn per_head(text: &str, start: usize, ratio: f64) -> bool {
    let name = clause::behind(text, start);
    ratio > 100.0 && lexicon::PER_HEAD.iter().any(|w| name.ends_with(w))
}

/// 收入从16072元增加到28071万元: the numbers are near each other, and one of them has a scale that the other has not.
pub(super) fn slipped(text: &str, a: &Figure, b: &Figure) -> bool {
    let scale =
        |f: &Figure| text[f.digits.end..].trim_start().chars().next().filter(|c| matches!(c, '万' | '亿'));
    let number = |f: &Figure| text[f.digits.clone()].replace(',', "").parse::<f64>().unwrap_or(0.0);
    let (p, q) = (number(a), number(b));
    let near = p >= 100.0 && q >= 100.0 && (0.2..5.0).contains(&(p / q));
    let one = scale(a).is_some() != scale(b).is_some();
    let ratio = (a.value / b.value).max(b.value / a.value);
    a.unit == b.unit && near && one && ratio > 1000.0
}

/// 由第3位上升到第8位: a place in a ranking is the higher the lower its number.
fn ranked(text: &str, all: &[Figure], i: usize) -> Option<Finding> {
    let b = &all[i];
    let (a, between) = before(text, all, i)?;
    let place = |f: &Figure| text[..f.range.start].ends_with('第') && matches!(f.unit, "位" | "名");
    if !place(a) || !place(b) || between.chars().count() > 16 || between.contains(['，', '。', '；', '、'])
    {
        return None;
    }
    let verb = between.strip_suffix('第').unwrap_or(between);
    // 上升到全省第8位: whose ranking it is may stand before it.
    let verb = lexicon::AMONG.iter().find_map(|w| verb.strip_suffix(w)).unwrap_or(verb);
    let up = lexicon::RANK_UP.iter().copied().find(|w| verb.ends_with(w));
    let down = lexicon::RANK_DOWN.iter().copied().find(|w| verb.ends_with(w));
    let start = opened(text, a.range.start)?;
    let (wrong, said) = match (up, down) {
        (Some(up), _) => (b.value > a.value, up),
        (None, Some(down)) => (b.value < a.value, down),
        _ => return None,
    };
    let whole = start..b.range.end;
    let words = &text[whole.clone()];
    wrong.then(|| {
        hit(
            whole,
            text!(
                "“{words}”：说“{said}”，名次却是反的",
                "“{words}”: {said}, but the place in the ranking moved the other way"
            ),
        )
    })
}

/// 完成86亿元，比上年的92亿元增长7%: what grew is above what it is held against.
fn than(text: &str, all: &[Figure], i: usize) -> Option<Finding> {
    let (a, b) = (&all[i - 1], &all[i]);
    let ab = text.get(a.range.end..b.range.start)?;
    let led = ab.strip_prefix(['，', '、', '（'])?;
    let compared = led.starts_with(['比', '较'])
        && led.chars().count() <= 14
        && led.trim_end_matches('的').ends_with(['年', '期', '底', '初', '末', '月']);
    let counts = a.unit == b.unit && !matches!(a.unit, "" | "年" | "月" | "日" | "位" | "名" | "岁" | "天");
    if !compared || !counts || a.same(b) {
        return None;
    }
    let rest = text[b.range.end..].trim_start_matches(['的', '，', '净', '大', '幅', '）']);
    let verb = |list: &[&'static str]| list.iter().copied().find(|w| rest.starts_with(w));
    let grew = verb(&["增加", "增长", "提高", "上升", "提升", "扩大"]).filter(|_| b.value > a.value);
    let fell = verb(&["减少", "下降", "降低", "缩小", "回落"]).filter(|_| b.value < a.value);
    let said = grew.or(fell)?;
    let whole = a.range.start..b.range.end + text[b.range.end..].find(said)? + said.len();
    let words = &text[whole.clone()];
    Some(hit(
        whole,
        text!("“{words}”：说“{said}”，两个数却是反的", "“{words}”: {said}, but the figures say otherwise"),
    ))
}
