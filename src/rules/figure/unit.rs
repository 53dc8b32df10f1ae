//! Figures that lost their unit: 从26.7%提高到52.1，, 分别增长8%和10。, 专项资金32.5，.

use super::hit;
use super::moves::{direction, opened};
use crate::base::clause;
use crate::base::figures::Figure;
use crate::base::lexicon::figure as lexicon;
use crate::model::Finding;
use crate::text;

pub(super) fn find(text: &str, all: &[Figure]) -> Vec<Finding> {
    let mut found = Vec::new();
    for (i, f) in all.iter().enumerate() {
        if !f.unit.is_empty() || f.range.end != f.digits.end || f.value == 0.0 {
            found.extend(first_of_pair(text, all, i));
            if f.unit.is_empty() && f.value > 0.0 {
                found.extend(scale_only(text, i.checked_sub(1).map(|i| &all[i]), f));
            }
            continue;
        }
        let before = i.checked_sub(1).map(|i| &all[i]);
        let lacking = second_of_pair(text, before, f)
            .or_else(|| last_of_row(text, before, f))
            .or_else(|| within_row(text, before?, f, all.get(i + 1)?))
            .or_else(|| amount(text, f, all.get(i + 1)));
        found.extend(lacking);
    }
    found
}

/// Whether a mark that ends or parts clauses follows, at once or behind 左右 or 以上.
pub(super) fn closes(text: &str, f: &Figure) -> bool {
    let rest = &text[f.range.end..];
    let rest = ["左右", "以上", "以下", "以内"].iter().find_map(|w| rest.strip_prefix(w)).unwrap_or(rest);
    let broken =
        rest.starts_with(['。', ',', '，']) && rest.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
    // 301。2亿元: a point.
    !broken
        && rest
            .chars()
            .next()
            .is_none_or(|c| matches!(c, '，' | '。' | '；' | '、' | '\n' | ',' | ';' | '）'))
}

fn lacks(text: &str, f: &Figure, unit: &str) -> Finding {
    let words = &text[f.range.clone()];
    hit(f.range.clone(), text!("“{words}”后面少了单位（“{unit}”？）", "“{words}” lacks its unit ({unit}?)"))
}

/// 从26.7%提高到52.1，, 由27种增加到50，.
fn second_of_pair(text: &str, before: Option<&Figure>, f: &Figure) -> Option<Finding> {
    let a = before?;
    let between = text.get(a.range.end..f.range.start)?;
    let short = between.chars().count() <= 9 && !between.contains(['，', '、', '。', '；']);
    direction(between).filter(|_| {
        short && closes(text, f) && !a.unit.is_empty() && !matches!(a.unit, "年" | "月" | "日")
    })?;
    opened(text, a.range.start)?;
    let sentence = &text[clause::sentence(text, f.range.clone())];
    let index = lexicon::INDICES.iter().any(|w| sentence.contains(w));
    // 由2.1:1缩小到2.0, 从A级升至…: no amounts.
    (!index).then(|| lacks(text, f, a.unit_words(text)))
}

/// 从31提高到35%: the first figure without the sign of the second.
fn first_of_pair(text: &str, all: &[Figure], i: usize) -> Option<Finding> {
    let (a, b) = (&all[i.checked_sub(1)?], &all[i]);
    if !b.is_percent() || a.value == 0.0 || !a.unit.is_empty() || a.range.end != a.digits.end {
        return None;
    }
    let between = text.get(a.range.end..b.range.start)?;
    let (_, verb) = direction(between)?;
    let bare = text[..a.range.start].ends_with(['由', '从', '的']) && opened(text, a.range.start).is_some();
    (between.len() == verb.len() && bare).then(|| lacks(text, a, "%"))
}

/// 分别增长8%和10。
fn last_of_row(text: &str, before: Option<&Figure>, f: &Figure) -> Option<Finding> {
    let a = before.filter(|a| a.is_percent())?;
    let between = text.get(a.range.end..f.range.start)?;
    let ends = text[f.range.end..].chars().next().is_none_or(|c| matches!(c, '。' | '；' | '\n' | '，'));
    (matches!(between, "和" | "、" | "与") && ends).then(|| lacks(text, f, "%"))
}

/// 分别增长23.9%、16.9、18.6%: one of a row without the sign of those before and behind it.
fn within_row(text: &str, a: &Figure, f: &Figure, b: &Figure) -> Option<Finding> {
    let joined = |p: &Figure, q: &Figure| {
        text.get(p.range.end..q.range.start).is_some_and(|gap| matches!(gap, "、" | "和" | "与" | "及"))
    };
    (a.is_percent() && b.is_percent() && joined(a, f) && joined(f, b)).then(|| lacks(text, f, "%"))
}

/// 用电量从42万千瓦时增至67万，: the scale is there, and the unit of the figure before it is not.
fn scale_only(text: &str, before: Option<&Figure>, f: &Figure) -> Option<Finding> {
    let a = before?;
    let scale = &text[f.digits.end..f.range.end];
    let money =
        a.unit == "元" && text[f.digits.clone()].contains('.') && text[a.digits.clone()].contains('.');
    let long = a.unit.chars().count() >= 2 && !matches!(a.unit, "人次" | "美元" | "百分点") || money;
    if !long || a.unit_words(text).strip_suffix(a.unit) != Some(scale) {
        return None;
    }
    second_of_pair(text, before, f)
}

/// 专项资金32.5，, 非税收入27.9、增长29.8%, 新建线路512。
fn amount(text: &str, f: &Figure, next: Option<&Figure>) -> Option<Finding> {
    if !closes(text, f) {
        return None;
    }
    let gap = next.and_then(|n| text.get(f.range.end..n.range.start)).unwrap_or_default();
    // 4000、2000和500亿元: the unit follows the last.
    if matches!(gap, "、" | "和" | "，" | "与" | "及" | "或") {
        return None;
    }
    let digits = &text[f.digits.clone()];
    let clause = clause::behind(text, f.range.start);
    let verb = [
        '达', '到', '为', '约', '超', '近', '过', '了', '至', '成', '完', '实', '现', '破', '突', '共', '逾',
        ' ',
    ];
    let led = clause.trim_end_matches(verb);
    let led = if led.len() < clause.len() { led.trim_end_matches('、') } else { led };
    let named = led.chars().next_back().is_some_and(crate::base::han::is_han);
    let bare = led.rsplit('、').next().unwrap_or(led);
    let index = lexicon::INDICES.iter().chain(lexicon::RANKS).any(|w| clause.contains(w))
        || clause.contains("分别")
        || lexicon::NUMBERED.iter().any(|w| bare.ends_with(w));
    if !named || index || bare.chars().count() > 40 || clause.contains(['：', ':', '《', '“']) {
        return None;
    }
    // 27.9、增长29.8%: what grew by so much is an amount.
    let by = gap.trim_start_matches(['，', '、', '左', '右', '以', '上']);
    let grows = next.is_some_and(Figure::is_percent)
        && ["增长", "同比增长", "下降", "同比下降", "比上年增长", "较上年增长", "年均增长"].contains(&by);
    let exact = digits.contains('.') && digits.chars().filter(|c| *c == '.').count() == 1;
    let year = digits.len() == 4 && digits.starts_with(['1', '2']) && f.value < 2100.0;
    let code = year || !exact && (digits.starts_with('0') || digits.len() > 4);
    let money = lexicon::MONEY.iter().any(|w| led.ends_with(w));
    let built = lexicon::BUILDS.iter().any(|w| bare.contains(w));
    let line = bare.chars().count() >= 4;
    // 管理平台3.0, 工业4.0: an edition.
    let edition = digits.len() == 3 && digits.ends_with(".0");
    let row = text[f.range.end..].starts_with('、');
    (grows
        || money && !code
        || !row && line && !edition && (exact || built && !code || !code && digits.len() > 2))
        .then(|| {
            let words = &text[f.range.clone()];
            hit(f.range.clone(), text!("“{words}”后面少了单位", "“{words}” lacks its unit"))
        })
}
