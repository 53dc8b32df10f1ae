//! Figures that are broken as they stand: 1,23,4, 亿元元, 百分点点, %%, 下降-3.2%.

use super::hit;
use crate::base::clause;
use crate::base::figures::Figure;
use crate::base::han::is_han;
use crate::base::lexicon::figure as lexicon;
use crate::model::{Finding, Severity};
use crate::text;

pub(super) fn find(text: &str, all: &[Figure]) -> Vec<Finding> {
    let mut found: Vec<Finding> = Vec::new();
    found.extend(all.iter().filter_map(|f| grouped(text, f)));
    found.extend(all.iter().filter_map(|f| doubled(text, f)));
    found.extend(signs(text, all));
    found.extend(minus(text, all));
    found
}

/// The bytes of a scale and a unit at the head of words.
pub(super) fn unit_bytes(words: &str) -> usize {
    let scale = ["万亿", "亿", "万"].iter().find(|s| words.starts_with(**s)).map_or(0, |s| s.len());
    let unit = lexicon::MEASURES.iter().find(|u| words[scale..].starts_with(**u)).map_or(0, |u| u.len());
    scale + unit
}

/// 1,23,4万元: groups that are not of three digits.
fn grouped(text: &str, f: &Figure) -> Option<Finding> {
    let rest = &text[f.digits.start..];
    let run = &rest[..rest.bytes().take_while(|b| b.is_ascii_digit() || *b == b',').count()];
    let run = run.trim_end_matches(',');
    let mut groups = run.split(',');
    let first = groups.next()?;
    let groups: Vec<&str> = groups.collect();
    if groups.is_empty() {
        return None;
    }
    let end = f.digits.start + run.len();
    // 5,32.1万吨: the decimals belong to the number.
    let point = text[end..].strip_prefix('.').map_or(0, |d| d.bytes().take_while(u8::is_ascii_digit).count());
    let end = if point > 0 { end + 1 + point } else { end };
    let unit = unit_bytes(&text[end..]);
    let odd = groups.iter().any(|g| g.len() != 3) || first.len() > 3;
    // 3,5,8组: a list by half-width commas. Of a number some group is right, or the last is cut short.
    let number = (groups.len() >= 2 || point > 0)
        && groups.iter().all(|g| (1..=3).contains(&g.len()))
        && first.len() <= 3;
    let line = text[..f.digits.start].rsplit(['。', '；', '\n', '，']).next().unwrap_or_default();
    if !odd || !number || unit == 0 || line.contains("分别") {
        return None;
    }
    let whole = f.digits.start..end + unit;
    let words = &text[whole.clone()];
    Some(hit(
        whole,
        text!("“{words}”的千分撇不是三位一节", "the digits of “{words}” are not grouped by three"),
    ))
}

/// 亿元元, 万万元, 平方公里公里, 亿元亿元, 百分点点, 240个个项目.
fn doubled(text: &str, f: &Figure) -> Option<Finding> {
    let rest = &text[f.digits.end..];
    let rest = rest.strip_prefix(' ').unwrap_or(rest);
    let from = text.len() - rest.len();
    for scale in ["亿", "万"] {
        // 3万万元; 万万 by itself is a word.
        if rest.strip_prefix(scale).is_some_and(|r| r.starts_with(scale)) {
            let end = from + 2 * scale.len() + unit_bytes(&rest[2 * scale.len()..]);
            return Some(twice(text, f.digits.start..end, scale, from..from + scale.len()));
        }
    }
    let scale =
        ["万亿", "亿", "万", "千", "百"].iter().find(|s| rest.starts_with(**s)).map_or(0, |s| s.len());
    let unit = if f.unit == "百分点" && rest.starts_with('个') { "个百分点" } else { f.unit };
    let after = rest[scale..].strip_prefix(unit).filter(|_| !unit.is_empty())?;
    let written = scale + unit.len();
    let end = from + written;
    let after = after.strip_prefix(' ').unwrap_or(after);
    let again = [&rest[..written], unit].into_iter().find(|w| after.starts_with(*w));
    // 平方公里公里, 百分点点, 人次次, 12亿元万元
    let tail = lexicon::TAILS
        .iter()
        .copied()
        .find(|m| unit.len() > m.len() && unit.ends_with(m) && after.starts_with(m) && *m != "元");
    let scaled = lexicon::SCALED.iter().copied().find(|w| unit == "元" && scale > 0 && after.starts_with(w));
    // 公里里。, 平方公里平方。: begun or ended once more, and nothing behind it.
    // 2370平方公里里, within so many: only a length that moved to so much is no place.
    let led = clause::behind(text, f.digits.start).trim_end_matches(['了', '约']);
    let inside = after.starts_with('里') && !led.ends_with(['到', '至', '达', '为']);
    let cut = || cut(unit, after).filter(|_| !inside);
    let again = again.or(tail).or(scaled).or_else(cut)?;
    let next = &after[again.len()..];
    let measure = lexicon::MEASURES.contains(&unit) || f.is_points() || again.len() > '个'.len_utf8();
    // 12个个体户, 3家家庭农场, 5名名师: another word begins with what looks like the unit.
    let ends = !next.starts_with(is_han) || lexicon::BEHIND.iter().any(|w| next.starts_with(w));
    let word = lexicon::BEGINNINGS.iter().any(|w| after.starts_with(w));
    let extra = rest.len() - after.len();
    // Between a number and its noun it may be a name that begins so.
    let sure = ends || measure && again.len() > '个'.len_utf8() || lexicon::MEASURES.contains(&unit);
    (!word && (measure || ends || lexicon::DOUBLED.contains(&unit))).then(|| {
        let whole = f.digits.start..from + extra + again.len();
        let found = twice(text, whole, again, end..from + extra + again.len());
        if sure { found } else { found.severity(Severity::Warning) }
    })
}

/// The head or the tail of a long unit that words begin with, where a clause ends behind it.
fn cut<'t>(unit: &'static str, words: &'t str) -> Option<&'t str> {
    let bounds = unit.char_indices().skip(1).map(|(at, _)| at);
    let parts = bounds.flat_map(|at| [&unit[..at], &unit[at..]]);
    let part = parts.filter(|p| words.starts_with(*p)).max_by_key(|p| p.len())?;
    let ends = words[part.len()..].chars().next().is_none_or(|c| matches!(c, '，' | '。' | '；' | '\n'));
    ends.then(|| &words[..part.len()])
}

fn twice(text: &str, whole: std::ops::Range<usize>, unit: &str, extra: std::ops::Range<usize>) -> Finding {
    let words = &text[whole.clone()];
    let right = format!("{}{}", &text[whole.start..extra.start], &text[extra.end..whole.end]);
    let message = text!("“{words}”的“{unit}”重复了", "“{unit}” stands twice in “{words}”");
    hit(whole, message).severity(Severity::Error).fix(right)
}

/// 5.6%%, 5.6%个百分点, 5.6%百分点, 百分之5.6%.
fn signs(text: &str, all: &[Figure]) -> Vec<Finding> {
    let mut found: Vec<Finding> = Vec::new();
    let percents = all.iter().filter(|f| f.is_percent() || f.is_points());
    for f in percents {
        let (start, end) = (f.digits.start, f.range.end);
        let rest = &text[end..];
        let again =
            ["%", " %", "个百分点", "百分点", "‰", "个百分"].into_iter().find(|w| rest.starts_with(*w));
        let led = f.is_percent() && text[..start].ends_with("百分之");
        if f.is_percent() && other_unit(rest) > 0 {
            let whole = start..end + other_unit(rest);
            let words = &text[whole.clone()];
            let message = text!(
                "“{words}”：“%”后面又带单位，多了一个",
                "“{words}”: another unit stands behind the percent sign"
            );
            found.push(hit(whole, message));
            continue;
        }
        let whole = match again {
            Some(again) if f.is_percent() && !rest.starts_with("%%") => start..end + again.len(),
            None if led => start - "百分之".len()..end,
            _ if f.is_points() && rest.starts_with('%') => start..end + 1,
            _ => continue,
        };
        let words = &text[whole.clone()];
        let plain = again.is_some_and(|w| w.ends_with('%')) && f.is_percent();
        let message = match plain {
            true => text!("“{words}”的百分号重复了", "the percent sign of “{words}” stands twice"),
            false => text!(
                "“{words}”：“%”“百分之”“百分点”只能用一个",
                "“{words}”: only one of %, 百分之 and 百分点 may stand"
            ),
        };
        let fix = plain.then(|| text[start..end].to_owned());
        found.push(hit(whole, message).severity(Severity::Error).fix(fix));
    }
    found
}

/// The bytes of a unit of measure at the head of words behind a percent sign: 微克, 万元.
fn other_unit(words: &str) -> usize {
    if lexicon::BEGINNINGS.iter().any(|w| *w != "%" && words.starts_with(w)) {
        return 0;
    }
    let scale = ["万亿", "亿", "万"].iter().find(|s| words.starts_with(**s)).map_or(0, |s| s.len());
    let units = lexicon::MEASURES.iter().copied().filter(|u| *u != "%").chain(["微克", "毫克"]);
    let unit = units.filter(|u| words[scale..].starts_with(u)).map(str::len).max().unwrap_or(0);
    if unit == 0 { 0 } else { scale + unit }
}

/// 下降-3.2%, 分别减少-5户, 下降负3.2%.
fn minus(text: &str, all: &[Figure]) -> Vec<Finding> {
    let mut found = Vec::new();
    let plain = memchr::memchr_iter(b'-', text.as_bytes()).map(|at| (at, "-"));
    // Figures behind other signs are read as figures.
    let signs = ["－", "−", "–", "—", "负"];
    let others = all.iter().filter_map(|f| {
        let sign = signs.into_iter().find(|s| text[..f.range.start].ends_with(s))?;
        Some((f.range.start - sign.len(), sign))
    });
    for (at, sign) in plain.chain(others) {
        let rest = &text[at + sign.len()..];
        let digits = rest.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
        if digits == 0 {
            continue;
        }
        let before = text[..at].trim_end_matches(['了', '约', '为', ' ']);
        let verb = lexicon::FALLS.iter().find(|v| before.ends_with(**v));
        // 一升一降-, 增减-: a word of its own.
        let bare = ["降", "减"].into_iter().find(|v| {
            lexicon::COMPARED.iter().any(|c| before.strip_suffix(v).is_some_and(|led| led.ends_with(c)))
        });
        let Some(verb) = verb.copied().or(bare) else { continue };
        let start = before.len() - verb.len();
        let unit = unit_bytes(&rest[digits..]);
        let end = at + sign.len() + digits + unit;
        let words = &text[start..end];
        let figure = &text[at + sign.len()..end];
        let message = text!(
            "“{words}”：“{verb}”已经说明是减，不再带负号",
            "“{words}”: {verb} says that it fell; a minus sign says it twice ({figure})"
        );
        found.push(hit(start..end, message));
    }
    found
}
