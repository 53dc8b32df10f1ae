//! Parts and their total: `甲、乙、丙，合计丁`, `共甲，其中乙、丙`.

use std::ops::Range;

use super::{Wrong, between, differs, direction, scale, shown, unit_words, vague};
use crate::base::clause;
use crate::base::figures::Figure;
use crate::base::lexicon::arithmetic as lexicon;
use crate::text;

/// `甲、乙、丙，合计丁` where `total` is the figure that should be their sum.
pub(super) fn total(text: &str, all: &[Figure], i: usize) -> Option<Wrong> {
    const TOTALS: &[&str] = &["合计", "共计", "总计", "一共", "总共"];
    let total = &all[i];
    let before = clause::behind(text, total.range.start).trim_end().trim_end_matches(['为', '有']);
    let said = TOTALS.iter().any(|w| before.ends_with(w)) && before.chars().count() <= 4;
    if !said && !matches!(before, "共" | "全部共") {
        return None;
    }
    // Parts: figures of the same unit in one list right before it.
    let mut start = i;
    while start > 0 {
        let f = &all[start - 1];
        let gap = between(text, f, &all[start]);
        let list = if start == i {
            gap.chars().count() <= 9
        } else {
            gap.contains('、') && gap.chars().count() <= 12 && !gap.contains(['，', ','])
        };
        if !list || f.unit != total.unit || vague(text, f) || gap.contains('等') {
            break;
        }
        start -= 1;
    }
    let list = &all[start..i];
    let led = list.first().map(|f| clause::behind(text, f.range.start)).unwrap_or_default();
    if list.len() < 2 || led.contains("其中") || led.contains('等') {
        return None;
    }
    let sum: f64 = list.iter().map(|f| f.value).sum();
    let slack: f64 = list.iter().map(|f| f.slack).sum::<f64>()
        * f64::from(u8::from(list.iter().any(|f| f.slack < 0.4 || f.slack > 0.6)));
    // Villages and towns are counted and not rounded.
    let counted = total.slack <= 0.5 && list.iter().all(|f| f.slack <= 0.5 && f.value.fract() == 0.0);
    let apart = (total.value - sum).abs();
    let off = counted && total.value.fract() == 0.0 && apart > 0.5
        || differs(total, sum - slack, sum + slack) && apart > 0.5 * total.slack;
    off.then(|| {
        let scale = scale(text, total);
        let (n, unit) = (shown(sum / scale, total.slack / scale), unit_words(text, total));
        let said = &text[total.range.clone()];
        Wrong {
            range: total.range.clone(),
            message: text!(
                "各项相加是{n}{unit}，不是“{said}”",
                "the parts add up to {n}{unit}, not “{said}”"
            ),
        }
    })
}

/// `甲，其中乙、丙`: no part is larger than its whole, nor are parts that exclude each other together.
pub(super) fn of_which(text: &str, all: &[Figure], i: usize) -> Option<Wrong> {
    let total = &all[i];
    let part = all.get(i + 1)?;
    let gap = between(text, total, part);
    let opens = gap.trim_start_matches(['，', ',', '（', '(']).starts_with("其中");
    let other = gap.contains("人均") || gap.contains("累计") || total.unit == "倍";
    if !opens || part.unit != total.unit || gap.chars().count() > 16 || other {
        return None;
    }
    let parts = list(text, &all[i + 1..], total.value);
    let sum: f64 = parts.iter().map(|f| f.value).sum();
    // What is rounded on its own errs to both sides.
    let slack = parts.iter().map(|f| f.slack * f.slack).sum::<f64>().sqrt();
    // 余额120亿元，比年初增加12亿元，其中人民币存款115亿元: the whole stands before the increase.
    let larger = all[..i].iter().any(|f| f.unit == total.unit && f.value + f.slack >= part.value);
    if larger || is_increase(text, total) || vague(text, part) {
        return None;
    }
    let whole = &text[total.range.clone()];
    if part.value - part.slack > total.value + total.slack {
        let said = &text[part.range.clone()];
        return Some(Wrong {
            range: part.range.clone(),
            message: text!(
                "总数是{whole}，其中一项却是“{said}”",
                "the whole is {whole}, and a part of it “{said}”"
            ),
        });
    }
    let stretch = part.range.start..parts.last().map_or(part.range.end, |f| f.range.end);
    let over = parts.len() > 1 && sum - slack > total.value + total.slack && !overlap(text, &stretch);
    over.then(|| {
        let scale = scale(text, total);
        let (n, unit) = (shown(sum / scale, total.slack / scale), unit_words(text, total));
        Wrong {
            range: stretch,
            message: text!(
                "总数是{whole}，其中各项相加却是{n}{unit}",
                "the whole is {whole}, and its parts add up to {n}{unit}"
            ),
        }
    })
}

/// Whether a figure says by how much another has grown.
fn is_increase(text: &str, f: &Figure) -> bool {
    let behind = clause::behind(text, f.range.start).trim_end();
    let verb = direction(behind).is_some() && behind.chars().count() <= 4;
    behind.contains(['比', '较']) || verb && !behind.starts_with("新增")
}

/// The figures of one list that begins with the first: of its unit, a few letters apart, none above `most`.
fn list<'f>(text: &str, all: &'f [Figure], most: f64) -> &'f [Figure] {
    /// Characters between two figures.
    const GAP: usize = 12;
    let unit = all.first().map_or("", |f| f.unit);
    let joined = |pair: &[Figure], mark: &str| {
        let gap = between(text, &pair[0], &pair[1]);
        pair[1].unit == unit
            && pair[1].value <= most
            && gap.chars().count() <= GAP
            && gap.strip_prefix(mark).is_some_and(|rest| !rest.contains(['，', ',', '、', '；']))
            && !gap.contains(['共', '含', '另', '比', '较'])
            && !gap.contains("其中")
    };
    let count = |mark: &str| 1 + all.windows(2).take_while(|pair| joined(pair, mark)).count();
    // Commas part remarks as well; three of one kind are a list.
    let (points, commas) = (count("、"), count("，"));
    let end = if points == 1 && commas >= 3 { commas } else { points };
    &all[..end.min(all.len())]
}

/// Whether parts may hold the same things: women and members of minorities among the members.
fn overlap(text: &str, stretch: &Range<usize>) -> bool {
    let from = text[..stretch.start].rfind("其中").unwrap_or(stretch.start);
    let words = &text[from..stretch.end];
    lexicon::OVERLAPPING.iter().any(|w| words.contains(w))
}
