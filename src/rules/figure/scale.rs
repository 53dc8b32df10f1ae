//! 万 for 亿 and 亿 for 万 (量级), where the figure by itself cannot be: 地区生产总值86.4万元, 人均可支配收入3.2亿元, 新建公路
//! 120亿公里; or where its neighbours tell: 总投资5.2亿元，其中……3.5亿元、……1.2万元, 3万元以上10亿元以下.

use super::hit;
use super::moves::slipped;
use crate::base::clause;
use crate::base::figures::Figure;
use crate::base::lexicon::figure as lexicon;
use crate::model::{Finding, Severity};
use crate::text;

/// See the module.
pub(super) fn find(text: &str, all: &[Figure]) -> Vec<Finding> {
    let mut found = Vec::new();
    for (i, f) in all.iter().enumerate() {
        let Some(scale) = scale(text, f) else { continue };
        let own = name(text, f);
        if too_much(text, f, scale, own) || too_little(text, f, scale, own) || alone(text, all, i, scale, own)
        {
            let words = &text[f.range.clone()];
            let message = text!("“{words}”不合常理，核对“万”“亿”", "“{words}” cannot be; check 万 and 亿");
            found.push(hit(f.range.clone(), message));
        } else if let Some(other) = i.checked_sub(1).and_then(|last| odd(text, &all[last], f)) {
            found.push(other);
        }
    }
    found
}

/// 万 or 亿 as written behind the digits.
fn scale(text: &str, f: &Figure) -> Option<char> {
    text[f.digits.end..].trim_start().chars().next().filter(|c| matches!(c, '万' | '亿'))
}

/// What is told of: the words before a figure without the verb.
fn name<'t>(text: &'t str, f: &Figure) -> &'t str {
    let clause = clause::behind(text, f.range.start);
    let from = f.range.start - clause.rsplit('、').next().unwrap_or(clause).len();
    bare(&text[from..f.range.start])
}

/// Words without the verb at their end.
fn bare(words: &str) -> &str {
    let mut words = words.trim_end_matches(['了', '的', ' ']);
    while let Some(rest) = lexicon::REACHED.iter().find_map(|v| words.strip_suffix(v)) {
        words = rest;
    }
    words
}

/// More than there is anywhere but in a whole country.
fn too_much(text: &str, f: &Figure, scale: char, own: &str) -> bool {
    let most = match f.unit {
        "户" | "家" | "所" | "座" | "处" | "辆" | "名" | "项" | "栋" | "间" => 1e8,
        "亩" => 5e9,
        "平方米" => 5e9,
        "公里" | "千米" if lexicon::ROADS.iter().any(|w| own.contains(w)) => 6e5,
        "人" => 1.6e9,
        "人次" => 3e9,
        "套" => 1e8,
        "吨" if lexicon::CROPS.iter().any(|w| own.contains(w)) => 1.5e9,
        "吨" => 1e11,
        "元" if scale == '亿' && lexicon::PER_HEAD.iter().any(|w| own.ends_with(w)) => 1e6,
        _ => return false,
    };
    if f.value < most {
        return false;
    }
    let sentence = &text[clause::sentence(text, f.range.clone())];
    if text[f.range.end..].starts_with("公里")
        || sentence.contains("周转量")
        || clause::behind(text, f.range.start).contains("分别")
    {
        return false;
    }
    !lexicon::NATIONAL.iter().any(|w| sentence.contains(w))
}

/// Less than any county has.
fn too_little(text: &str, f: &Figure, scale: char, own: &str) -> bool {
    if !matches!(f.unit, "元" | "斤" | "美元") || scale != '万' || f.value >= 1e7 {
        return false;
    }
    // 突破千亿、达到1023万元: of what its sentence is.
    let from = clause::sentence(text, f.range.clone()).start;
    let head = text[from..f.range.start].split(['，', '、', '：']).next().unwrap_or_default();
    let reached = own.is_empty() && text[..f.range.start].ends_with(['到', '达', '为']);
    let name = if reached { bare(head) } else { own };
    if f.unit == "美元" {
        return f.value < 1e6 && ["外资", "进出口", "出口", "进出口总额"].iter().any(|w| name.ends_with(w));
    }
    if f.unit == "斤" {
        return name.ends_with("粮食产量") || name.ends_with("粮食总产量") || name.ends_with("粮食总产");
    }
    let ends = |list: &[&str]| list.iter().any(|w| name.ends_with(w));
    let clause = clause::behind(text, f.range.start);
    let part = lexicon::SMALL.iter().any(|w| clause.contains(w));
    // 年主营业务收入500万元以上的企业: which ones.
    let class = ["以上", "以下", " 元以上", "及以上"].iter().any(|w| text[f.range.end..].starts_with(w));
    !part && !class && ends(lexicon::LARGE)
}

/// 38.5万元 among amounts that are all told in 亿元.
fn alone(text: &str, all: &[Figure], i: usize, scale: char, own: &str) -> bool {
    let f = &all[i];
    if f.unit != "元" || scale != '万' || f.value >= 5e6 || !text[f.digits.clone()].contains('.') {
        return false;
    }
    let sentence = clause::sentence(text, f.range.clone());
    let low = text.ceil_char_boundary(f.range.start.saturating_sub(400));
    let from = text[low..f.range.start].rfind(['。', '\n']).map_or(low, |at| low + at);
    let near = |o: &&Figure| o.range.start >= from && o.range.end <= sentence.end + 200;
    let others: Vec<&Figure> = all[i.saturating_sub(8)..(i + 8).min(all.len())]
        .iter()
        .filter(|o| o.unit == "元" && o.range != f.range)
        .filter(near)
        .collect();
    let total = lexicon::TOTALS.iter().any(|w| own.ends_with(w));
    let clause = clause::behind(text, f.range.start);
    let small = lexicon::SMALL.iter().any(|w| clause.contains(w));
    total && !small && others.len() >= 2 && others.iter().all(|o| o.value >= 1e8)
}

/// 3万元以上10亿元以下; 3.5亿元、……1.2万元: one of two that belong together is thousands of times the other.
fn odd(text: &str, a: &Figure, f: &Figure) -> Option<Finding> {
    let gap = text.get(a.range.end..f.range.start)?;
    // 增加到28460元、13900万元
    if a.unit == "元" && matches!(gap, "、" | "和") && slipped(text, a, f) {
        return Some(thousands(text, a, f));
    }
    let (first, second) = (scale(text, a)?, scale(text, f)?);
    let ratio = (a.value / f.value).max(f.value / a.value);
    if a.unit != f.unit || first == second || ratio < 1000.0 {
        return None;
    }
    let fine = gap == "以上" && text[f.range.end..].starts_with("以下");
    // Both of one list, and written alike but for the scale.
    let (p, q) = (&text[a.digits.clone()], &text[f.digits.clone()]);
    let alike = p.split('.').nth(1).map(str::len) == q.split('.').nth(1).map(str::len) && p.contains('.');
    let list = gap.starts_with('、') && gap.chars().count() <= 14 && !gap.contains(['，', '；']) && alike;
    if !fine && !list {
        return None;
    }
    Some(thousands(text, a, f).severity(if fine { Severity::Warning } else { Severity::Info }))
}

fn thousands(text: &str, a: &Figure, f: &Figure) -> Finding {
    let words = &text[a.range.start..f.range.end];
    let message = text!(
        "“{words}”：前后相差几千倍，核对“万”“亿”",
        "“{words}”: thousands of times as much; check 万 and 亿"
    );
    hit(a.range.start..f.range.end, message)
}
