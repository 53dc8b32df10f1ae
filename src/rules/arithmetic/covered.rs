//! Lists without 其中 that leave nothing out (不带“其中”的分项): 864人考核，优秀213人、合格625人、不合格26人; 15个集群包括……等6个……,
//! ……等5个……; 甲引进25个，乙、丙各21个; and ranges of which one lies within the other: 5亿元以上项目40个、10亿元以上项目100个.

use super::{Wrong, between, groups, not_the_sum, shown, vague};
use crate::base::clause;
use crate::base::figures::Figure;
use crate::base::lexicon::arithmetic as lexicon;
use crate::model::Severity;
use crate::text;

/// See the module.
pub(super) fn find(text: &str, all: &[Figure]) -> Vec<Wrong> {
    let mut found = Vec::new();
    for here in groups(all, |first| clause::sentence(text, first.range.clone()).end) {
        found.extend(nested(text, here));
        found.extend(graded(text, here));
        found.extend(comprised(text, here));
        found.extend(shared_out(text, here));
    }
    found.extend(kinds(text, all));
    for here in
        groups(all, |f| text[f.range.start..].find(['。', '\n']).map_or(text.len(), |i| f.range.start + i))
    {
        found.extend(itemised(text, all, here));
    }
    found
}

/// 项目62个，年度投资45亿元。……基础项目14个，年度投资11亿元；产业项目24个，年度投资21亿元；……: where the items of one column make
/// their whole, those of the other must make theirs.
fn itemised(text: &str, all: &[Figure], here: &[Figure]) -> Option<Wrong> {
    /// Bytes above in which the wholes are told.
    const FAR: usize = 500;
    let first = here.first()?;
    let close = here.last()?.range.end;
    let items: Vec<&[Figure]> =
        groups(here, |f| text[f.range.start..close].find('；').map_or(close, |i| f.range.start + i))
            .collect();
    if items.len() < 3 || !text[first.range.start..close].contains('；') {
        return None;
    }
    let name = |f: &Figure| {
        let words = clause::behind(text, f.range.start);
        words.char_indices().rev().nth(1).map_or("", |(at, _)| &words[at..]).to_owned()
    };
    let (one, two) = (&items[0][0], items[0].get(1)?);
    let rows = items.iter().all(|row| {
        row.len() >= 2
            && row[0].unit == one.unit
            && row[1].unit == two.unit
            && name(&row[0]) == name(one)
            && name(&row[1]) == name(two)
            && !vague(text, &row[0])
            && !vague(text, &row[1])
    });
    if !rows || one.unit == two.unit || one.unit.is_empty() || two.unit.is_empty() || name(two).is_empty() {
        return None;
    }
    let sum = |k: usize| items.iter().fold((0.0, 0.0), |(s, e), row| (s + row[k].value, e + row[k].slack));
    let ((counts, _), (amounts, slack)) = (sum(0), sum(1));
    let at = all.partition_point(|f| f.range.start < first.range.start);
    let near = |f: &&Figure| f.range.end + FAR > first.range.start && !vague(text, f);
    let index =
        (0..at).rev().take_while(|&i| near(&&all[i]) || vague(text, &all[i])).take(24).find(|&i| {
            let f = &all[i];
            near(&f)
                && f.unit == two.unit
                && name(f) == name(two)
                && (f.value - amounts).abs() <= slack + f.slack
        })?;
    let start = clause::sentence(text, all[index].range.clone()).start;
    let whole = all[..index]
        .iter()
        .rev()
        .filter(near)
        .find(|f| f.unit == one.unit && f.range.start >= start && name(f) == name(one))?;
    let counted = whole.slack <= 0.5 && (counts - whole.value).abs() > 0.4;
    (counted && (counts - whole.value).abs() < whole.value * 0.3).then(|| not_the_sum(text, whole, counts))
}

/// 5亿元以上项目40个、10亿元以上项目100个: what is above the higher bound is above the lower too.
fn nested(text: &str, all: &[Figure]) -> Vec<Wrong> {
    let mut found = Vec::new();
    for four in all.windows(4) {
        let [low, few, high, many] = four else { continue };
        let noun = |bound: &Figure, count: &Figure| {
            between(text, bound, count).strip_prefix("以上").filter(|n| (2..=8).contains(&n.chars().count()))
        };
        let one = noun(low, few).zip(noun(high, many)).is_some_and(|(a, b)| {
            // 5亿元以上项目, 10亿元以上工业项目: of another kind.
            a == b && !a.contains(['，', '、', '。'])
        });
        let bounds = low.unit == "元" && high.unit == "元" && few.unit == many.unit && few.unit != "元";
        let gap = between(text, few, high);
        let list = matches!(gap, "、" | "，" | "，其中" | "、其中" | "和") || gap == "（其中";
        // The rows of a table go either way.
        let (inner, outer) = if high.value > low.value { (many, few) } else { (few, many) };
        let more = inner.value > outer.value && !vague(text, inner) && !vague(text, outer);
        // 新引进50亿元以上项目3个、100亿元以上项目4个: of each stretch by itself.
        let led = text[clause::sentence(text, low.range.clone()).start..few.range.end].contains("其中");
        if led && one && bounds && list && more && low.value.total_cmp(&high.value).is_ne() {
            let (a, b) = (&text[inner.range.clone()], &text[outer.range.clone()]);
            let message = text!(
                "起点高的有{a}，比起点低的{b}还多",
                "{a} are above the higher bound, more than the {b} above the lower one"
            );
            found.push(Wrong::new(inner.range.clone(), message));
        }
    }
    found
}

/// 对864名人员考核，优秀213名、合格625名、不合格26名: grades are given to all.
fn graded(text: &str, all: &[Figure]) -> Option<Wrong> {
    let name = |f: &Figure| {
        let words = clause::behind(text, f.range.start);
        words.rsplit('、').next().unwrap_or(words).to_owned()
    };
    let at = all.iter().position(|f| lexicon::GRADES.iter().any(|g| name(f).ends_with(g)))?;
    let list: Vec<&Figure> = all[at..]
        .iter()
        .take_while(|f| f.unit == all[at].unit && lexicon::GRADES.iter().any(|g| name(f).ends_with(g)))
        .collect();
    let ends = |w: &str| list.iter().any(|f| name(f).ends_with(w));
    let failed = lexicon::FAILED.iter().any(|w| ends(w));
    let whole = all[..at].iter().rev().find(|f| f.unit == all[at].unit)?;
    let exact = !vague(text, whole) && list.iter().all(|f| !vague(text, f));
    let sum: f64 = list.iter().map(|f| f.value).sum();
    let near = sum > whole.value * 0.8 && sum < whole.value * 1.25;
    (list.len() >= 3 && failed && exact && near && (sum - whole.value).abs() > 0.4)
        .then(|| not_the_sum(text, whole, sum))
}

/// 15个集群包括甲、乙等6个新兴产业，丙、丁等5个先导产业，戊等2个特色产业: as many as are told of each kind.
fn comprised(text: &str, all: &[Figure]) -> Option<Wrong> {
    let i = all.iter().position(|f| {
        let rest = text[f.range.end..].trim_start_matches(crate::base::han::is_han);
        let noun = &text[f.range.end..text.len() - rest.len()];
        f.unit == "个" && noun.chars().take(24).count() < 24 && noun.contains("包括")
    })?;
    let whole = &all[i];
    let mut kinds: Vec<&Figure> = Vec::new();
    let mut last = whole.range.end;
    for f in &all[i + 1..] {
        let gap = text.get(last..f.range.start)?;
        // One figure to a clause, which names what it counts.
        let own = if kinds.is_empty() { !gap.contains('，') } else { gap.matches('，').count() == 1 };
        if f.unit != "个" || !own || !gap.contains('、') || vague(text, f) {
            return None;
        }
        kinds.push(f);
        last = f.range.end;
    }
    let sum: f64 = kinds.iter().map(|f| f.value).sum();
    let off =
        kinds.len() >= 2 && (sum - whole.value).abs() > 0.4 && (sum - whole.value).abs() < whole.value * 0.5;
    (off && !vague(text, whole)).then(|| not_the_sum(text, whole, sum))
}

/// 项目133个，甲镇引进23个，乙乡、丙镇各19个，丁、戊和己各16个: each of several has as many.
fn shared_out(text: &str, all: &[Figure]) -> Option<Wrong> {
    let mut i = 1;
    while i < all.len() {
        let whole = &all[i - 1];
        let mut list: Vec<f64> = Vec::new();
        let (mut each, mut last) = (false, whole);
        for f in all[i..].iter().take_while(|f| f.unit == whole.unit) {
            let gap = between(text, last, f);
            let Some(words) = gap
                .strip_prefix('，')
                .filter(|w| !w.contains(['，', '：', '（', '“']) && !w.contains("其中"))
            else {
                break;
            };
            let names = words.strip_suffix('各').or_else(|| words.split_once('各').map(|(n, _)| n));
            let joints = |n: &str| n.matches(['、', '和']).count();
            if vague(text, f) || names.is_none() && joints(words) > 0 {
                break;
            }
            let times = names.map_or(1, |n| joints(n) + 1);
            each |= times > 1;
            list.push(f.value * f64::from(u32::try_from(times).unwrap_or(1)));
            last = f;
        }
        let sum: f64 = list.iter().sum();
        let own = clause::behind(text, whole.range.start);
        let exact =
            whole.slack <= 0.5 && !vague(text, whole) && !own.contains(['各', '比']) && whole.unit != "元";
        let near = sum > whole.value * 0.7 && sum < whole.value * 1.4 && (sum - whole.value).abs() > 0.4;
        let part = list.iter().all(|v| *v < whole.value);
        if list.len() >= 3 && each && exact && near && part && !whole.unit.is_empty() {
            let found = not_the_sum(text, whole, sum);
            // Some of them may be left out.
            let severity = if sum > whole.value { Severity::Warning } else { Severity::Info };
            return Some(Wrong { severity, ..found });
        }
        i += list.len() + 1;
    }
    None
}

/// 新增社员1131名。……新增社员的来源。茶农149名，果农346名……: of a heading that takes the name of a whole
/// up, every kind is told.
fn kinds(text: &str, all: &[Figure]) -> Vec<Wrong> {
    /// Bytes above in which the whole is told.
    const FAR: usize = 2500;
    let mut found = Vec::new();
    for here in groups(all, |first| clause::sentence(text, first.range.clone()).end) {
        let Some(first) =
            here.first().filter(|f| here.len() >= 5 && !matches!(f.unit, "" | "%" | "年" | "元"))
        else {
            continue;
        };
        let range = clause::sentence(text, first.range.clone());
        let one = here.windows(2).all(|p| {
            let gap = between(text, &p[0], &p[1]);
            p[1].unit == first.unit && gap.starts_with('，') && gap.matches('，').count() == 1
        });
        let exact = here.iter().all(|f| !vague(text, f) && text[f.digits.clone()].len() >= 3);
        // The heading right before, a sentence of its own: 新增社员的来源。
        let head = text[..range.start].strip_suffix('。').map(|t| {
            let from =
                t.rfind(['。', '\n']).map_or(0, |i| i + t[i..].chars().next().map_or(1, char::len_utf8));
            &t[from..]
        });
        let Some(head) = head.filter(|h| one && exact && h.chars().count() <= 16) else { continue };
        let Some((name, _)) = head.split_once('的').filter(|(n, _)| n.chars().count() >= 3) else {
            continue;
        };
        let before = all[..all.partition_point(|f| f.range.start < range.start)].iter().rev();
        let whole = before.take_while(|f| f.range.end + FAR > range.start).find(|f| {
            f.unit == first.unit && clause::behind(text, f.range.start).ends_with(name) && !vague(text, f)
        });
        let Some(whole) = whole else { continue };
        let (sum, slack) = here.iter().fold((0.0, whole.slack), |(s, e), f| (s + f.value, e + f.slack));
        let apart = (sum - whole.value).abs();
        if apart > slack && apart < whole.value * 0.5 {
            let n = shown(sum / super::scale(text, whole), whole.slack / super::scale(text, whole));
            let (unit, said) = (whole.unit_words(text), &text[whole.range.clone()]);
            let message = text!(
                "这里各项相加是{n}{unit}，前面的总数是“{said}”",
                "what is told here adds up to {n}{unit}, and the whole above is “{said}”"
            );
            let stretch = first.range.start..here.last().map_or(first.range.end, |f| f.range.end);
            found.push(Wrong { severity: Severity::Info, ..Wrong::new(stretch, message) });
        }
    }
    found
}
