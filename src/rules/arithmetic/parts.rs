//! Parts and their total: `甲、乙、丙，合计丁`, `共甲，其中乙、丙`.

use std::ops::Range;

use super::{Wrong, between, differs, direction, not_the_sum, scale, shown, vague};
use crate::base::clause;
use crate::base::figures::Figure;
use crate::base::lexicon::arithmetic as lexicon;
use crate::model::Severity;
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
    off.then(|| not_the_sum(text, total, sum))
}

/// Characters from the word 其中 to the first part, and from a whole to 其中.
const NEAR: usize = 30;

/// `甲，其中乙、丙`: no part is larger than its whole, nor are parts that exclude each other together. The
/// whole is the last figure of the unit before 其中: 项目596个、总投资2269亿元，其中10亿元以上项目65个.
pub(super) fn of_which(text: &str, all: &[Figure], i: usize) -> Option<Wrong> {
    let part = &all[i];
    let before = i.checked_sub(1).map(|last| &all[last]);
    let class =
        |f: &Figure| ["以上", "以下", "及以上", "级"].iter().any(|w| text[f.range.end..].starts_with(w));
    // 其中10亿元以上项目65个: the first figure says which ones.
    let last = before.filter(|f| !class(f)).or_else(|| i.checked_sub(2).map(|last| &all[last]))?;
    let gap = text.get(last.range.end..part.range.start)?;
    let at = gap.find("其中")?;
    let (led, said) = (&gap[..at], &gap[at + "其中".len()..]);
    let plain =
        led.chars().count() <= NEAR && said.chars().count() <= NEAR && !led.contains(['。', '；', '：']);
    let moves = said.ends_with(['从', '由', '自']) || text[part.range.end..].starts_with('目');
    if !plain || moves || class(part) || said.contains(['，', '；', '、']) {
        return None;
    }
    let start = clause::sentence(text, part.range.clone()).start;
    let index =
        all[..i].iter().rposition(|f| f.unit == part.unit && f.range.end <= last.range.end && !class(f))?;
    let total = &all[index];
    let between = text.get(total.range.end..last.range.end)?;
    // A few figures of other units may stand between, and no other clause but one.
    let near = total.range.start >= start && between.chars().count() <= 45 && !between.contains("其中");
    let behind = clause::behind(text, total.range.start);
    let each = ["人均", "平均", "每", "日均", "年均"].iter().any(|w| behind.contains(w));
    let other =
        each || gap.contains("人均") || gap.contains("累计") || gap.contains("总量") || total.unit == "倍";
    if !near || other || is_increase(text, total) || vague(text, part) {
        return None;
    }
    let whole = text[total.range.clone()].to_owned();
    let most = at_most(text, total);
    // 余额120亿元，比年初增加12亿元，其中人民币存款115亿元: the whole stands before the increase.
    let larger = index > 0
        && all[..index].iter().any(|f| {
            f.range.start >= start
                && f.unit == total.unit
                && f.value + f.slack >= part.value
                && (total.unit == "元" || f.range.end + 60 > total.range.start)
        });
    if part.value - part.slack > most {
        let said = &text[part.range.clone()];
        let message =
            text!("总数是{whole}，其中一项却是“{said}”", "the whole is {whole}, and a part of it “{said}”");
        return (!larger || sure_whole(text, total, last)).then(|| Wrong::new(part.range.clone(), message));
    }
    if vague(text, total) || larger {
        return None;
    }
    together(text, all, (i, last.range.end), total)
}

/// Whether the whole is the last figure before 其中, with no more than its noun between.
fn sure_whole(text: &str, total: &Figure, last: &Figure) -> bool {
    let behind = clause::behind(text, total.range.start);
    let own = behind.rsplit('、').next().unwrap_or_default();
    total.range == last.range
        && total.unit != "元"
        && own.len() == behind.len()
        && own.chars().count() >= 5
        && !behind.contains(['比', '较', '增'])
}

/// What a whole may be at most: below 500 for 400余.
pub(super) fn at_most(text: &str, total: &Figure) -> f64 {
    let rest = &text[total.digits.end..];
    let behind = &text[total.range.end..];
    let before = clause::behind(text, total.range.start);
    let more = rest.starts_with(['余', '多'])
        || ["万余", "万多"].iter().any(|w| rest.starts_with(w))
        || before.ends_with(['超', '过', '破', '逾'])
        || ["以上", "多", "余"].iter().any(|w| behind.starts_with(w));
    let about = before.ends_with(['近', '约']) || behind.starts_with("左右");
    total.value
        * if more {
            1.4
        } else if about {
            1.08
        } else {
            1.0
        }
        + total.slack
}

/// What the parts of a list that begins with figure `i` make together, held against their whole; 其中 stands behind
/// `told`.
fn together(text: &str, all: &[Figure], (i, told): (usize, usize), total: &Figure) -> Option<Wrong> {
    let listed = list(text, &all[i..], total.value);
    // 开工95个、续建125个、竣工50个: what is finished was begun.
    let done = |f: &&Figure| {
        !lexicon::AGAIN
            .iter()
            .any(|w| clause::behind(text, f.range.start).rsplit('、').next().unwrap_or_default().contains(w))
    };
    let parts: Vec<&Figure> = listed.iter().filter(done).collect();
    let sum: f64 = parts.iter().map(|f| f.value).sum();
    // What is rounded on its own errs to both sides.
    let slack = parts.iter().map(|f| f.slack * f.slack).sum::<f64>().sqrt();
    let stretch = all[i].range.start..listed.last().map_or(all[i].range.end, |f| f.range.end);
    let rest = listed.last().is_some_and(|f| {
        ["其他", "其它", "其余"].iter().any(|w| text[stretch.start..f.range.start].contains(w))
    });
    let counted = total.slack <= 0.5 && total.value.fract() == 0.0;
    let slack = if counted { 0.0 } else { slack };
    let over = sum - slack > total.value + if counted { 0.0 } else { total.slack };
    let under = sum + slack < total.value - if counted { 0.0 } else { total.slack };
    let (close, overlapping) = (sum > total.value * 0.85, overlap(text, told, &stretch));
    let severity = match () {
        () if parts.len() < 2 => return None,
        () if (over || under) && rest => Severity::Warning,
        () if over && !overlapping => Severity::Warning,
        // Members of overlapping kinds, or a part that is not told: worth a look.
        () if over && sum < total.value * 1.3 && parts.len() >= 3 => Severity::Info,
        () if under
            && close
            && parts.len() >= 3
            && !overlapping
            && !text[stretch.end..].starts_with(['等', '，', '以']) =>
        {
            Severity::Info
        }
        () => return None,
    };
    let scale = scale(text, total);
    let (n, unit) = (shown(sum / scale, total.slack / scale), total.unit_words(text));
    let whole = &text[total.range.clone()];
    let message = text!(
        "总数是{whole}，其中各项相加却是{n}{unit}",
        "the whole is {whole}, and its parts add up to {n}{unit}"
    );
    Some(Wrong { severity, ..Wrong::new(stretch, message) })
}

/// `甲，已办乙，其余丙`: what is done and what is left make the whole.
pub(super) fn done_and_left(text: &str, all: &[Figure], i: usize) -> Option<Wrong> {
    let [total, done, left] = all.get(i..i + 3)? else { return None };
    if total.unit != done.unit
        || done.unit != left.unit
        || total.unit == "元"
        || [total, done, left].iter().any(|f| vague(text, f))
    {
        return None;
    }
    let (first, second) = (between(text, total, done), between(text, done, left));
    let rest = second.trim_start_matches(['，', '、', '；']);
    let short = first.chars().count() <= 14 && second.chars().count() <= 10 && rest.len() < second.len();
    let is_left = lexicon::LEFT.iter().any(|w| rest.starts_with(w));
    let is_done = lexicon::DONE.iter().any(|w| first.contains(w));
    let sum = done.value + left.value;
    (short && is_left && is_done && (sum - total.value).abs() > total.slack + done.slack + left.slack - 1.0)
        .then(|| {
            let scale = scale(text, total);
            let (n, unit) = (shown(sum / scale, total.slack / scale), total.unit_words(text));
            let whole = &text[total.range.clone()];
            let message = text!(
                "总数是{whole}，办了的和没办的相加却是{n}{unit}",
                "the whole is {whole}, and what is done and what is left make {n}{unit}"
            );
            Wrong::new(done.range.start..left.range.end, message)
        })
}

/// Whether a figure says by how much another has grown.
pub(super) fn is_increase(text: &str, f: &Figure) -> bool {
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

/// Whether parts may hold the same things: women and members of minorities among the members. What leads them begins
/// with 其中, not before `told`.
pub(super) fn overlap(text: &str, told: usize, stretch: &Range<usize>) -> bool {
    let words = &text[led_from(text, told, stretch.start)..stretch.end];
    // 552亿元 is an amount, 亿元企业 a kind.
    let kind = |at: usize| !words[..at].ends_with(|c: char| c.is_ascii_digit());
    lexicon::OVERLAPPING.iter().any(|w| words.match_indices(w).any(|(at, _)| kind(at)))
}

/// Where the last 其中 between `told` and the first part stands, else the first part.
pub(super) fn led_from(text: &str, told: usize, first: usize) -> usize {
    text[told..first].rfind("其中").map_or(first, |at| told + at)
}
