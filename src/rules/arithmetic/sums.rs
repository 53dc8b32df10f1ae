//! Sums without 其中 (合计、收支、应到实到): addends and what they make, before them or behind.
//!
//! 甲、乙、丙，合计丁; 共丁：甲、乙、丙; 甲、乙、丙，上述丁; 3个部门共丁 behind three departments; and what belongs together
//! by its words: 应到甲人，实到乙人，请假丙人; 原甲万元，增加乙万元，调整后丙万元; 收支相抵，结余丙万元.

use super::{Wrong, between, groups, not_the_sum, scale, shown, speaks, vague};
use crate::base::clause;
use crate::base::figures::Figure;
use crate::base::lexicon::arithmetic as lexicon;
use crate::model::Severity;
use crate::text;

/// What the figures of one sentence, up to its full stop, say.
pub(super) fn find(text: &str, all: &[Figure]) -> Vec<Wrong> {
    let has =
        |words: &[&str]| words.iter().any(|w| memchr::memmem::find(text.as_bytes(), w.as_bytes()).is_some());
    let told_of = (has(&["实到", "相抵", "出席", "调整后", "调整为", "变更为"]), has(&["反对"]));
    let mut found = Vec::new();
    let up_to = |ends: fn(char) -> bool| {
        move |first: &Figure| {
            text[first.range.start..].find(ends).map_or(text.len(), |i| first.range.start + i)
        }
    };
    for here in groups(all, up_to(|c| matches!(c, '。' | '\n'))) {
        for (i, total) in here.iter().enumerate() {
            found.extend(above(text, here, i).filter(|_| counts(total)));
        }
        found.extend(halves(text, here));
        found.extend(funds(text, here));
        found.extend(done(text, here));
        found.extend(told_of.1.then(|| votes(text, here)).flatten());
    }
    for here in groups(all, up_to(|c| c == '\n')) {
        if told_of.0 {
            found.extend(equations(text, here));
        }
        found.extend((1..here.len()).filter_map(|i| listed(text, here, i, &here[i])));
    }
    found.extend(opened(text, all));
    found
}

fn counts(f: &Figure) -> bool {
    !matches!(f.unit, "" | "%" | "年" | "月" | "日" | "百分点" | "倍" | "时" | "岁" | "天" | "级" | "期")
}

/// 甲、乙、丙，合计丁; 上述丁; 三项共丁.
fn above(text: &str, all: &[Figure], i: usize) -> Option<Wrong> {
    let total = &all[i];
    if all[..i].iter().rev().take(12).filter(|f| f.unit == total.unit).count() < 2 {
        return None;
    }
    let led = clause::behind(text, total.range.start).trim_end_matches(['为', '达', ' ']);
    let said = lexicon::TOTALS.iter().any(|w| led.ends_with(w))
        || lexicon::SURE_TOTALS.iter().any(|w| led.contains(w)) && led.chars().count() <= 14;
    let summed = lexicon::SUMMED.iter().any(|w| led.contains(w)) && led.chars().count() <= 14;
    if !said && !summed || vague(text, total) || led.contains("其中") {
        return None;
    }
    let (list, points) = addends(text, all, i);
    let n = list.len();
    // 三个乡镇共完成造林2800亩: what is made together has the addends' own name.
    // 各类事故, 公厕建设: what they are told of is among its words.
    let named = |f: &Figure| {
        let words = clause::behind(text, f.range.start);
        words.char_indices().rev().nth(1).is_some_and(|(at, _)| led.contains(&words[at..]))
    };
    let all_kinds = led.contains("各类") || led.contains("各项");
    let same = || {
        list.iter().all(|f| all_kinds || alike(text, f, total) || named(f)) && list.iter().any(|f| named(f))
    };
    if n < 2 || !said && !same() {
        return None;
    }
    // A list may begin behind other figures of its unit.
    let mut sum = 0.0;
    let mut slack = total.slack;
    let fits = list.iter().enumerate().any(|(k, f)| {
        sum += f.value;
        slack += f.slack;
        k > 0 && (sum - total.value).abs() <= if is_count(total) { 0.4 } else { slack }
    });
    let sum: f64 = list.iter().map(|f| f.value).sum();
    if fits
        || sum > total.value * 1.6
        || sum < total.value * 0.6
        || list.iter().any(|f| f.value > total.value * 1.5)
    {
        return None;
    }
    let severity = if points || n > 2 { Severity::Warning } else { Severity::Info };
    Some(Wrong { severity, ..not_the_sum(text, total, sum) })
}

/// 收回有效票205张，赞成198票、反对4票、弃权5票.
fn votes(text: &str, all: &[Figure]) -> Option<Wrong> {
    let lead = |f: &Figure| clause::behind(text, f.range.start).to_owned();
    let of = |words: &[&str]| {
        all.iter().find(|f| words.iter().any(|w| lead(f).rsplit('、').next().is_some_and(|l| l.contains(w))))
    };
    let (yes, no) = (of(lexicon::FOR_VOTES)?, of(&["反对", "不同意"])?);
    let kept = of(&["弃权"]);
    let valid = all.iter().find(|f| lead(f).contains("有效"));
    let whole = valid.or_else(|| of(lexicon::VALID_VOTES))?;
    let sum = yes.value + no.value + kept.map_or(0.0, |f| f.value);
    let same =
        yes.unit == no.unit && kept.is_none_or(|k| k.unit == yes.unit) && whole.range.end <= yes.range.start;
    let off = sum > whole.value + 0.4 || valid.is_some() && kept.is_some() && sum + 0.4 < whole.value;
    (same && off).then(|| {
        let (said, n) = (&text[whole.range.clone()], shown(sum, 0.5));
        let message = text!("各种票相加是{n}票，与“{said}”不符", "the votes add up to {n}, not “{said}”");
        Wrong::new(yes.range.start..kept.unwrap_or(no).range.end.max(no.range.end), message)
    })
}

/// The figures of the unit of figure `i` that stand before it in one list, the last first, each with its name and
/// nothing of that unit left out; whether they are parted by 、.
fn addends<'f>(text: &str, all: &'f [Figure], i: usize) -> (Vec<&'f Figure>, bool) {
    let total = &all[i];
    let unit = |f: &&Figure| f.unit == total.unit;
    // One list: of one unit, each with its name, and nothing of that unit left out.
    let mut list: Vec<&'f Figure> = Vec::new();
    let mut points = true;
    let mut next = total;
    for f in all[..i].iter().rev().filter(unit) {
        let gap = text.get(f.range.end..next.range.start).unwrap_or_default();
        let lead = clause::behind(text, f.range.start);
        let rates = gap.contains(['%', '；']) || lexicon::TOTALS.iter().any(|w| lead.ends_with(w));
        let part =
            gap.contains(['，', '、', '；', '：']) && gap.chars().count() <= 40 && !gap.contains("其中");
        let moves = super::direction(lead.trim_end_matches('了')).is_some() && !lead.ends_with("新增");
        if !part || rates || moves || vague(text, f) || lead.contains("每") || lead.contains("其中") {
            break;
        }
        points &= next.range == total.range || gap.contains('、');
        list.push(f);
        next = f;
    }
    (list, points)
}

/// Whether two figures count the same: their names end alike, or so do the nouns behind.
fn alike(text: &str, a: &Figure, b: &Figure) -> bool {
    let name = |f: &Figure| {
        let words = clause::behind(text, f.range.start);
        words.rsplit('、').next().unwrap_or(words).trim_end_matches(['为', '达', '了']).to_owned()
    };
    let (x, y) = (name(a), name(b));
    let n = x.chars().rev().zip(y.chars().rev()).take_while(|(c, d)| c == d).count();
    n >= 2
}

/// 上半年甲，下半年乙，全年丙; 一季度……四季度，全年.
fn halves(text: &str, all: &[Figure]) -> Vec<Wrong> {
    let mut found = Vec::new();
    for (i, year) in all.iter().enumerate().skip(2) {
        let near = text.floor_char_boundary(year.range.start.saturating_sub(60));
        if !text[near..year.range.start].contains("全年") {
            continue;
        }
        if !clause::behind(text, year.range.start).contains("全年") || vague(text, year) || !counts(year) {
            continue;
        }
        let told = |w: &str| {
            let mut here = all[i.saturating_sub(8)..i].iter().filter(|f| f.unit == year.unit);
            here.find(|f| clause::behind(text, f.range.start).contains(w))
        };
        let parts = ["上半年", "下半年"].map(told);
        let quarters = ["一季度", "二季度", "三季度", "四季度"].map(told);
        let list: Vec<&Figure> =
            match (parts.iter().all(Option::is_some), quarters.iter().all(Option::is_some)) {
                (true, _) => parts.into_iter().flatten().collect(),
                (_, true) => quarters.into_iter().flatten().collect(),
                _ => continue,
            };
        found.extend(sum(text, year, &list));
    }
    found
}

/// 项目总投资甲，申请中央资金乙，自筹丙; in either order.
fn funds(text: &str, all: &[Figure]) -> Vec<Wrong> {
    let mut found = Vec::new();
    let money = all.iter().filter(|f| f.unit == "元").count();
    for whole in all.iter().filter(|f| money >= 3 && f.unit == "元") {
        let lead = clause::behind(text, whole.range.start).trim_end_matches(['为', '约', '达', '共', '计']);
        if vague(text, whole) || !lexicon::INVESTED.iter().any(|w| lead.ends_with(w)) || lead.contains("动")
        {
            continue;
        }
        let parts: Vec<&Figure> = all
            .iter()
            .filter(|f| f.range != whole.range && f.unit == "元")
            .filter(|f| speaks(text, f, lexicon::FUNDS))
            .collect();
        let rest = parts.last().is_some_and(|f| speaks(text, f, lexicon::ALL_FUNDS));
        let others = all.iter().filter(|f| f.unit == "元").count() == parts.len() + 1;
        if parts.len() >= 2 && rest && others {
            found.extend(sum(text, whole, &parts));
        }
    }
    found
}

/// What parts make that is not their whole.
fn sum(text: &str, whole: &Figure, parts: &[&Figure]) -> Option<Wrong> {
    let (sum, slack) = parts.iter().fold((0.0, whole.slack), |(s, e), f| (s + f.value, e + f.slack));
    let exact = parts.iter().all(|f| !vague(text, f));
    let slack = if is_count(whole) { 0.4 } else { slack };
    let near = sum > whole.value * 0.5 && sum < whole.value * 1.7;
    (exact && near && (sum - whole.value).abs() > slack).then(|| not_the_sum(text, whole, sum))
}

/// 新建学校12所，已有15所建成; 收到提案126件，立案132件: no more is done than there is.
fn done(text: &str, all: &[Figure]) -> Vec<Wrong> {
    let mut found = Vec::new();
    for pair in all.windows(2) {
        let [total, done] = pair else { continue };
        if total.unit != done.unit || !counts(total) || total.unit == "元" {
            continue;
        }
        let gap = between(text, total, done);
        let said = gap.rsplit('，').next().unwrap_or_default().trim_start_matches('已');
        let near = gap.contains('，') && gap.chars().count() <= 14 && !gap.contains(['。', '；', '：', '、']);
        let acted = lexicon::ACTED.iter().any(|w| said == w.trim_start_matches('已'));
        let other = lexicon::NOT_ALL.iter().any(|w| gap.contains(w)) || speaks(text, total, lexicon::NOT_ALL);
        let more =
            done.value - done.slack > total.value + total.slack && !vague(text, total) && !vague(text, done);
        if near && acted && !other && more {
            let (whole, said) = (&text[total.range.clone()], &text[done.range.clone()]);
            let message = text!(
                "总数是{whole}，办了的却是“{said}”",
                "the whole is {whole}, and what is done of it “{said}”"
            );
            found.push(Wrong::new(done.range.clone(), message));
        }
    }
    found
}

/// Whether it is counted one by one.
fn is_count(f: &Figure) -> bool {
    f.slack <= 0.5 && f.value.fract() == 0.0 && f.unit != "元"
}

/// 共丁：甲、乙、丙; 丁（甲、乙、丙）.
fn opened(text: &str, all: &[Figure]) -> Vec<Wrong> {
    /// Bytes of a list.
    const LONGEST: usize = 600;
    let mut found = Vec::new();
    for total in all.iter().filter(|f| counts(f)) {
        let rest = &text[total.range.end..];
        let noun = rest.len() - rest.trim_start_matches(crate::base::han::is_han).len();
        let mark = if rest[noun..].starts_with('：') { '：' } else { '（' };
        if !rest[noun..].starts_with(mark) || noun > 36 || vague(text, total) {
            continue;
        }
        let from = total.range.end + noun + mark.len_utf8();
        let high = text.floor_char_boundary((from + LONGEST).min(text.len()));
        let end = text[from..high].find(|c: char| matches!(c, '。' | '\n') || mark == '（' && c == '）');
        let Some(list) = end.map(|len| from..from + len) else { continue };
        let first = all.partition_point(|f| f.range.start < from);
        let here: Vec<&Figure> = all[first..].iter().take_while(|f| f.range.end <= list.end).collect();
        let items = text[list.clone()].split(['、', '；', '，']).count();
        let plain = here.len() == items
            && here.iter().all(|f| {
                f.unit == total.unit
                    && !vague(text, f)
                    && !clause::behind(text, f.range.start).contains("其中")
            })
            && !text[list.clone()].contains("等");
        let sum: f64 = here.iter().map(|f| f.value).sum();
        let slack =
            if is_count(total) { 0.4 } else { here.iter().map(|f| f.slack).sum::<f64>() + total.slack };
        let near = sum > total.value * 0.6 && sum < total.value * 1.6;
        if here.len() < 2 || !plain || !near || (sum - total.value).abs() <= slack {
            continue;
        }
        let number = shown(sum / scale(text, total), total.slack / scale(text, total));
        let (unit, said) = (total.unit_words(text), &text[total.range.clone()]);
        let message = text!(
            "总数是{said}，所列各项相加却是{number}{unit}",
            "the whole is {said}, and what is listed adds up to {number}{unit}"
        );
        found.push(Wrong::new(total.range.start..list.end, message));
    }
    found
}

/// What belongs together by its words: the first is the second and the third together.
fn equations(text: &str, all: &[Figure]) -> Vec<Wrong> {
    let mut found = Vec::new();
    for (i, last) in all.iter().enumerate().skip(2) {
        let of = |list: &[&str]| {
            all[..i].iter().rev().take(8).find(|f| f.unit == last.unit && speaks(text, f, list))
        };
        let terms = if speaks(text, last, lexicon::ABSENT) {
            of(lexicon::PRESENT).zip(of(lexicon::DUE)).map(|(present, due)| (due, present, last))
        } else if speaks(text, last, lexicon::ADJUSTED) && !speaks(text, last, lexicon::ADDED) {
            let (cut, added) = (of(lexicon::CUT), of(lexicon::ADDED));
            match (of(lexicon::ORIGINAL), added, cut) {
                (Some(first), Some(by), None) => Some((last, first, by)),
                (Some(first), None, Some(by)) => Some((first, last, by)),
                _ => None,
            }
        } else if text.get(all[i - 1].range.end..last.range.start).is_some_and(|gap| gap.contains("相抵")) {
            of(&["收入"]).zip(of(&["支出"])).map(|(income, spent)| (income, spent, last))
        } else {
            None
        };
        let Some((whole, one, other)) = terms.filter(|(a, b, c)| a.range != b.range && b.range != c.range)
        else {
            continue;
        };
        let exact = [whole, one, other].iter().all(|f| !vague(text, f) && counts(f));
        let apart = (one.value + other.value - whole.value).abs();
        let slack = if is_count(whole) { 0.4 } else { whole.slack + one.slack + other.slack };
        if !exact || apart <= slack || apart > whole.value * 0.5 {
            continue;
        }
        let (a, b, c) = (&text[whole.range.clone()], &text[one.range.clone()], &text[other.range.clone()]);
        let message = text!("{b}与{c}相加不是{a}", "{b} and {c} do not make {a}");
        found.push(Wrong::new(last.range.clone(), message));
    }
    found
}

/// 县农业农村局620万元、县水利局410万元、县林业局330万元，3个部门共1360万元: as many addends as are counted.
fn listed(text: &str, all: &[Figure], i: usize, total: &Figure) -> Option<Wrong> {
    /// Addends that are counted.
    const MOST: u8 = 12;
    let count = all.get(i.checked_sub(1)?).filter(|c| matches!(c.unit, "个" | "家" | "项" | "名" | "户"))?;
    let gap = between(text, count, total);
    let n = count.value;
    let close = gap.chars().take(15).count() <= 14 && !gap.contains(['，', '、', '。']);
    if !close || !(2.0..=f64::from(MOST)).contains(&n) {
        return None;
    }
    let before = all[..i - 1].iter().rev().take(usize::from(MOST) + 1);
    let list: Vec<&Figure> = before.take_while(|f| f.unit == total.unit).collect();
    let row = list.windows(2).all(|w| {
        between(text, w[1], w[0]).contains(['、', '，', '；'])
            && between(text, w[1], w[0]).chars().count() <= 30
    });
    let same = f64::from(u32::try_from(list.len()).ok()?) - n;
    if !row || same.abs() > 0.1 || total.unit != "元" && !counts(total) || vague(text, total) {
        return None;
    }
    let (sum, slack) = list.iter().fold((0.0, total.slack), |(s, e), f| (s + f.value, e + f.slack));
    let near = sum > total.value * 0.6 && sum < total.value * 1.6;
    ((sum - total.value).abs() > slack && near).then(|| not_the_sum(text, total, sum))
}
