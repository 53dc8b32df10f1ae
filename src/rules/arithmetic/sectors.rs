//! The three sectors of an economy (三次产业): their shares make a hundred, their values the 生产总值, and a
//! share that rose from 41 to 43 rose by two points.

use std::ops::Range;

use super::{Wrong, between, scale, shown, speaks, vague};
use crate::base::clause;
use crate::base::figures::Figure;
use crate::base::lexicon::arithmetic as lexicon;
use crate::text;

/// What their proportion is called.
const NAMES: &[&str] = &["三次产业", "三产", "产业结构"];

/// Proportions that do not make a hundred.
pub(super) fn find(text: &str, all: &[Figure]) -> Vec<Wrong> {
    let mut found = values(text, all);
    found.extend(apart(text, all));
    found.extend(within(text, all));
    found.extend(shares(text, all));
    found.extend(growths(text, all));
    let mut settled = 0;
    for (at, _) in text.match_indices("产") {
        let Some(name) = NAMES.iter().find(|n| text[at - back(text, at)..].starts_with(**n)) else {
            continue;
        };
        let start = at - back(text, at) + name.len();
        if start < settled {
            continue;
        }
        let end = clause::sentence(text, start..start).end;
        settled = end;
        let words = &text[start..end];
        let spoken = ["结构", "比", "构成", "调整", "优化"].iter().any(|w| words.contains(w));
        if spoken || name.ends_with("结构") {
            let (wrong, told) = proportions(text, start, end);
            found.extend(wrong);
            found.extend(points(text, all, &told));
        }
    }
    found
}

/// Bytes from the 产 at `at` back to the numeral that may open the name.
fn back(text: &str, at: usize) -> usize {
    ["三次", "三"].iter().find(|w| text[..at].ends_with(**w)).map_or(0, |w| w.len())
}

/// A proportion of three and where it stands.
struct Proportion {
    range: Range<usize>,
    shares: [f64; 3],
}

/// What `a:b:c` between the two positions does not make a hundred, and all proportions there.
fn proportions(text: &str, start: usize, end: usize) -> (Vec<Wrong>, Vec<Proportion>) {
    let (mut found, mut told) = (Vec::new(), Vec::new());
    let mut at = start;
    while let Some(step) = text[at..end].find(|c: char| c.is_ascii_digit()) {
        let from = at + step;
        let number = |c: char| c.is_ascii_digit() || c == '.' || matches!(c, ':' | '∶' | '：');
        let len = text[from..end].find(|c| !number(c)).unwrap_or(end - from);
        at = from + len.max(1);
        let said = text[from..from + len].trim_end_matches([':', '∶', '：', '.']);
        let shares: Vec<&str> = said.split([':', '∶', '：']).collect();
        let values: Option<Vec<f64>> = shares.iter().map(|s| s.parse().ok()).collect();
        let Some([a, b, c]) = values.and_then(|v| <[f64; 3]>::try_from(v).ok()) else { continue };
        told.push(Proportion { range: from..from + said.len(), shares: [a, b, c] });
        let sum = a + b + c;
        // Each of the three is rounded; but whoever rounds to whole numbers makes them a hundred.
        let slack = if shares.iter().any(|s| s.contains('.')) { 0.151 } else { 0.5 };
        if (80.0..=120.0).contains(&sum) && (sum - 100.0).abs() > slack {
            let sum = format!("{sum:.1}");
            let message = text!(
                "三次产业的比重相加是{sum}，不是100",
                "the shares of the three sectors add up to {sum}, not 100"
            );
            found.push(Wrong::new(from..from + said.len(), message));
        }
    }
    (found, told)
}

/// Which sector words end with: 第二产业占比 of 第二产业占比提高.
fn sector(words: &str) -> Option<usize> {
    let bare = lexicon::SECTOR_TAILS.iter().find_map(|w| words.strip_suffix(w)).unwrap_or(words);
    let mut bare = bare;
    while let Some(rest) = ["增加值", "完成", "实现", "总产值"].iter().find_map(|w| bare.strip_suffix(w))
    {
        bare = rest;
    }
    let ends = |list: &[&str]| list.iter().any(|w| bare.ends_with(w));
    [lexicon::FIRST_SECTOR, lexicon::SECOND_SECTOR, lexicon::THIRD_SECTOR].into_iter().position(ends)
}

/// 由19.8:41:39.2优化为17.9:43:39.1，第二产业占比提高2个百分点.
fn points(text: &str, all: &[Figure], told: &[Proportion]) -> Option<Wrong> {
    let [from, to] = told else { return None };
    let next = all.partition_point(|f| f.range.start < to.range.end);
    let c = all.get(next).filter(|c| c.is_points())?;
    let gap = text.get(to.range.end..c.range.start)?;
    let words = gap.trim_end_matches(['了', '约']);
    let verb = ["提高", "上升", "提升", "增加", "下降", "降低"].into_iter().find(|v| words.ends_with(v))?;
    let near = gap.chars().count() <= 24 && !gap.contains(['。', '；']);
    let name = words[..words.len() - verb.len()].trim_end_matches("五年").trim_end_matches("分别");
    let index = sector(name).filter(|_| near && !name.ends_with("工业"))?;
    let change = (to.shares[index] - from.shares[index]).abs();
    ((change - c.value).abs() > c.slack + 0.051).then(|| {
        let (right, said) = (shown(change, 0.05), &text[c.range.clone()]);
        let message = text!(
            "按前面的比例算，是{right}个百分点，不是“{said}”",
            "by the proportions before it is {right} percentage points, not “{said}”"
        );
        Wrong::new(c.range.clone(), message)
    })
}

/// 生产总值908亿元……第一产业178亿元、第二产业233亿元、第三产业497亿元.
fn values(text: &str, all: &[Figure]) -> Vec<Wrong> {
    /// Bytes from the whole to the last of the three.
    const FAR: usize = 700;
    let mut found = Vec::new();
    let amount = |f: &Figure| f.unit == "元" && !vague(text, f);
    let named = |f: &Figure| sector(clause_name(text, f));
    let mut i = 0;
    while i < all.len() {
        // 一、二、三产业增加值分别为61.1亿元、414.6亿元和234.3亿元.
        if let Some([a, b, c]) = all.get(i..i + 3)
            && [a, b, c].iter().all(|f| amount(f))
            && speaks(text, a, lexicon::SECTORS)
        {
            let whole = before(text, all, i).filter(|_| joined(text, a, b) && joined(text, b, c));
            found.extend(whole.and_then(|whole| sum(text, whole, [a, b, c])));
            i += 3;
            continue;
        }
        if !amount(&all[i]) || named(&all[i]) != Some(0) {
            i += 1;
            continue;
        }
        let mut parts = vec![&all[i]];
        let far = all[i].range.start + FAR;
        for f in all[i + 1..].iter().take_while(|f| f.range.start < far).filter(|f| amount(f)) {
            if named(f) == Some(parts.len()) {
                parts.push(f);
            }
        }
        // 三次产业增加值分别为178亿元、233亿元和497亿元 is told by one name.
        if let [a, b, c] = parts[..] {
            let whole = before(text, all, i);
            found.extend(whole.and_then(|whole| sum(text, whole, [a, b, c])));
        }
        i += parts.len();
    }
    found
}

/// 一产占比14.1%、二产占比40.6%、三产占比55.3%, 三次产业占比分别为……: what makes no hundred.
fn shares(text: &str, all: &[Figure]) -> Vec<Wrong> {
    let mut found = Vec::new();
    for (i, triple) in all.windows(3).enumerate() {
        let [a, b, c] = triple else { continue };
        if ![a, b, c].iter().all(|f| f.is_percent() && !vague(text, f)) || c.range.end - a.range.start > 200 {
            continue;
        }
        let words = clause::behind(text, a.range.start);
        let share = |f: &Figure| speaks(text, f, lexicon::SECTOR_SHARES);
        let named =
            [a, b, c].iter().enumerate().all(|(n, f)| sector(clause_name(text, f)) == Some(n) && share(f));
        let sentence = &text[clause::sentence(text, a.range.clone()).start..a.range.start];
        let row = joined(text, a, b)
            && joined(text, b, c)
            && share(a)
            && (lexicon::SECTORS.iter().chain(NAMES).any(|w| sentence.contains(w)))
            && !words.contains(['增', '升', '降']);
        let last = !all.get(i + 3).is_some_and(|d| joined(text, c, d));
        let sum = a.value + b.value + c.value;
        if (named || row && last) && (sum - 100.0).abs() > 0.25 && (70.0..=130.0).contains(&sum) {
            let sum = format!("{sum:.1}");
            let message = text!("各项占比相加是{sum}%，不是100%", "the shares add up to {sum}%, not 100%");
            found.push(Wrong::new(a.range.start..c.range.end, message));
        }
    }
    found
}

/// 生产总值增长8.5%，其中一、二、三产业分别增长3%、6%、7%: what all grew by lies between what its parts did.
fn growths(text: &str, all: &[Figure]) -> Vec<Wrong> {
    let mut found = Vec::new();
    for (i, triple) in all.windows(3).enumerate().skip(1) {
        let [a, b, c] = triple else { continue };
        if ![a, b, c].iter().all(|f| f.is_percent() && !vague(text, f)) || c.range.end - a.range.start > 160 {
            continue;
        }
        let grew = |f: &Figure| clause::behind(text, f.range.start).trim_end_matches('了').ends_with("增长");
        let row = joined(text, a, b) && joined(text, b, c) && speaks(text, a, lexicon::SECTORS);
        let each = [a, b, c].iter().enumerate().all(|(n, f)| {
            let words = clause::behind(text, f.range.start).trim_end_matches("增长").trim_end_matches("同比");
            let words = words.rsplit('、').next().unwrap_or(words);
            sector(words) == Some(n)
        });
        let whole = &all[i - 1];
        let start = clause::sentence(text, whole.range.clone()).start;
        let near =
            a.range.start - whole.range.end < 90 && whole.is_percent() && grew(whole) && !vague(text, whole);
        let economy = lexicon::WHOLE_ECONOMY.iter().any(|w| text[start..whole.range.start].contains(w));
        let low = a.value.min(b.value).min(c.value) - 0.11;
        let high = a.value.max(b.value).max(c.value) + 0.11;
        if near && economy && grew(a) && (row || each) && !(low..=high).contains(&whole.value) {
            let said = &text[whole.range.clone()];
            let message = text!(
                "总的增长“{said}”，不在三次产业增速之间",
                "“{said}” for all does not lie between the growth of the three sectors"
            );
            found.push(Wrong::new(whole.range.start..c.range.end, message));
        }
    }
    found
}

/// The whole economy that is told before figure `i`.
fn before<'f>(text: &str, all: &'f [Figure], i: usize) -> Option<&'f Figure> {
    /// Bytes between.
    const NEAR: usize = 350;
    let named = |f: &&Figure| {
        f.unit == "元"
            && !vague(text, f)
            && lexicon::WHOLE_ECONOMY.iter().any(|w| clause_name(text, f).ends_with(w))
    };
    let mut before = all[..i].iter().rev().take(8).filter(|f| all[i].range.start - f.range.end < NEAR);
    let mut behind =
        all[i..].iter().skip(3).take(3).take_while(|f| f.range.start - all[i].range.end < NEAR / 2);
    before.find(named).or_else(|| reached(text, all, i)).or_else(|| behind.find(named))
}

/// 经济总量迈上5000亿元台阶，达5120.94亿元: what is told of the name before.
fn reached<'f>(text: &str, all: &'f [Figure], i: usize) -> Option<&'f Figure> {
    let start = clause::line_start(text, all[i].range.start).saturating_sub(1);
    let start = text.ceil_char_boundary(start.max(all[i].range.start.saturating_sub(400)));
    let whole = all[..i].iter().rev().find(|f| f.unit == "元" && f.range.start > start)?;
    let words = &text[start..whole.range.start];
    let clause = clause::behind(text, whole.range.start);
    let bare = ["达", "达到", "为", "实现"].contains(&clause);
    (bare && !vague(text, whole) && lexicon::WHOLE_ECONOMY.iter().any(|w| words.contains(w))).then_some(whole)
}

/// Whether nothing but a mark or 和 stands between two figures.
fn joined(text: &str, a: &Figure, b: &Figure) -> bool {
    matches!(between(text, a, b), "、" | "和" | "，")
}

/// The words before a figure without the verb between: 第一产业增加值.
fn clause_name<'t>(text: &'t str, f: &Figure) -> &'t str {
    let words = clause::behind(text, f.range.start);
    let words = words.rsplit(['、', '（']).next().unwrap_or(words);
    let mut bare = words.trim();
    while let Some(rest) = lexicon::REACHES.iter().find_map(|v| bare.strip_suffix(v)) {
        bare = rest;
    }
    bare
}

/// 一产增加值从……增加到18.3亿元 in one sentence, 二产 and 三产 in others, and a product that is a slip of their sum.
fn apart(text: &str, all: &[Figure]) -> Option<Wrong> {
    let mut parts: [Option<&Figure>; 3] = [None; 3];
    let mut wholes: Vec<&Figure> = Vec::new();
    for (i, f) in all.iter().enumerate().filter(|(_, f)| f.unit == "元" && !vague(text, f)) {
        let name = clause_name(text, f);
        if lexicon::WHOLE_ECONOMY.iter().any(|w| name.ends_with(w)) {
            wholes.push(f);
            continue;
        }
        // 由甲增加到乙: the second is of now.
        let bare = name.trim_end_matches(['由', '从']);
        let Some(index) = sector(bare).filter(|_| bare.ends_with("增加值")) else { continue };
        let to = all.get(i + 1).filter(|n| {
            let gap = between(text, f, n);
            n.unit == f.unit && gap.ends_with('到') && gap.chars().count() <= 6
        });
        let value = if bare.len() < name.len() { to? } else { f };
        // Told of two times, which of them is meant is not known.
        if parts[index].is_some_and(|p| !p.same(value)) {
            return None;
        }
        parts[index] = Some(value);
    }
    let [Some(a), Some(b), Some(c)] = parts else { return None };
    let sum = a.value + b.value + c.value;
    let slack = a.slack + b.slack + c.slack;
    let fits = |f: &&&Figure| (f.value - sum).abs() <= slack + f.slack + f.value * 0.004;
    if wholes.iter().any(|f| fits(&f)) || wholes.len() > 4 {
        return None;
    }
    let written = |f: &Figure| {
        let decimals = text[f.digits.clone()].split_once('.').map_or(0, |(_, d)| d.len());
        format!("{:.decimals$}", sum / scale(text, f))
    };
    let whole = wholes.into_iter().find(|f| turned(&text[f.digits.clone()], &written(f)))?;
    let (n, unit, said) = (written(whole), whole.unit_words(text), &text[whole.range.clone()]);
    let message = text!(
        "三次产业相加是{n}{unit}，与总值“{said}”不符",
        "the three sectors add up to {n}{unit}, not to the whole, “{said}”"
    );
    Some(Wrong::new(whole.range.clone(), message))
}

/// Whether one number is the other with two digits turned round or one digit changed, of four digits and more.
fn turned(x: &str, y: &str) -> bool {
    let odd: Vec<usize> = (0..x.len().min(y.len())).filter(|&i| x.as_bytes()[i] != y.as_bytes()[i]).collect();
    let digits = x.bytes().filter(u8::is_ascii_digit).count();
    x.len() == y.len()
        && digits >= 4
        && match odd[..] {
            [_] => true,
            [i, j] => x.as_bytes()[i] == y.as_bytes()[j] && x.as_bytes()[j] == y.as_bytes()[i],
            _ => false,
        }
}

/// 二产增加值从甲增加到乙，工业增加值从丙增加到丁: industry is a part of the second sector.
fn within(text: &str, all: &[Figure]) -> Vec<Wrong> {
    let mut found = Vec::new();
    let value = |i: usize| -> Option<(&str, &Figure, usize)> {
        let f = all.get(i).filter(|f| f.unit == "元" && !vague(text, f))?;
        let name = clause_name(text, f);
        let bare = name.trim_end_matches(['由', '从']).strip_suffix("增加值")?;
        if bare.len() + "增加值".len() == name.len() {
            return Some((bare, f, i));
        }
        let to = all.get(i + 1).filter(|n| n.unit == f.unit && between(text, f, n).ends_with('到'))?;
        Some((bare, to, i + 1))
    };
    for i in 0..all.len() {
        let Some((name, second, last)) = value(i).filter(|(n, ..)| lexicon::SECOND_SECTOR.contains(n)) else {
            continue;
        };
        let _ = name;
        let next = (last + 1..last + 4).find_map(value).filter(|(n, ..)| matches!(*n, "工业" | "全部工业"));
        let Some((_, part, _)) = next.filter(|(_, p, _)| {
            let gap = between(text, second, p);
            !gap.contains(['。', '\n', '；']) && p.value - p.slack > second.value + second.slack
        }) else {
            continue;
        };
        let (whole, said) = (&text[second.range.clone()], &text[part.range.clone()]);
        let message = text!(
            "第二产业是{whole}，其中的工业却是“{said}”",
            "the second sector is {whole}, and industry, a part of it, “{said}”"
        );
        found.push(Wrong::new(part.range.clone(), message));
    }
    found
}

fn sum(text: &str, whole: &Figure, parts: [&Figure; 3]) -> Option<Wrong> {
    let sum: f64 = parts.iter().map(|f| f.value).sum();
    let slack: f64 = parts.iter().map(|f| f.slack).sum::<f64>() + whole.slack;
    // Sums of accounts differ in the last digit.
    let apart = (sum - whole.value).abs();
    let far = apart > slack + whole.value * 0.004;
    let part = parts.iter().any(|f| f.value > whole.value);
    if !far || apart > whole.value * 0.5 && !part {
        return None;
    }
    let (n, unit) = (shown(sum / scale(text, whole), 0.05), whole.unit_words(text));
    let said = &text[whole.range.clone()];
    let message = text!(
        "三次产业相加是{n}{unit}，与总值“{said}”不符",
        "the three sectors add up to {n}{unit}, not to the whole, “{said}”"
    );
    Some(Wrong::new(parts[0].range.start..parts[2].range.end, message))
}
