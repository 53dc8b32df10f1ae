//! Figures that are broken as they stand: 12..5, 1,23,4, 亿元元, %%, 下降-3.2%.

use super::hit;
use crate::base::figures::Figure;
use crate::base::han::is_han;
use crate::base::lexicon::figure as lexicon;
use crate::model::{Finding, Severity};
use crate::text;

pub(super) fn find(text: &str, all: &[Figure]) -> Vec<Finding> {
    let mut found = points(text);
    found.extend(all.iter().filter_map(|f| grouped(text, f)));
    found.extend(all.iter().filter_map(|f| doubled(text, f)));
    found.extend(signs(text));
    found.extend(minus(text));
    found
}

/// 12..5, 12.。3, 7.2.9公里.
fn points(text: &str) -> Vec<Finding> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut from = 0;
    for (at, _) in text.match_indices('.') {
        let before = at.checked_sub(1).and_then(|i| bytes.get(i));
        if at < from || !before.is_some_and(u8::is_ascii_digit) {
            continue;
        }
        let rest = &text[at + 1..];
        let marks = rest.len() - rest.trim_start_matches(['.', '。', ',', '，']).len();
        let after = &rest[marks..];
        let digits = after.bytes().take_while(u8::is_ascii_digit).count();
        let tail = &after[digits..];
        let start = text[..at].trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let unit = unit_bytes(tail);
        // 12.， is a list number; 1...5 an ellipsis.
        let double =
            marks > 0 && digits > 0 && (rest.starts_with('.') && marks == 1 || rest.starts_with('。'));
        let twice = marks == 0
            && tail.strip_prefix('.').is_some_and(|t| {
                let len = t.bytes().take_while(u8::is_ascii_digit).count();
                len > 0 && !t[len..].starts_with('.') && unit_bytes(&t[len..]) > 0 && at - start < 4
            })
            && !text[..start]
                .ends_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '.' | '第' | '-' | '/'));
        let end = if double {
            at + 1 + marks + digits + unit
        } else if twice {
            let rest = &tail[1..];
            let len = rest.bytes().take_while(u8::is_ascii_digit).count();
            at + 1 + digits + 1 + len + unit_bytes(&rest[len..])
        } else {
            continue;
        };
        from = end;
        let words = &text[start..end];
        let message = text!("“{words}”的小数点有误", "the decimal point of “{words}” is wrong");
        found.push(hit(start..end, message).severity(if double {
            Severity::Error
        } else {
            Severity::Warning
        }));
    }
    // 301。2亿元: a stop for the point.
    for (at, stop) in text.match_indices('。') {
        let start = text[..at].trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let rest = &text[at + stop.len()..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let unit = unit_bytes(&rest[digits..]);
        if start == at || !(1..=2).contains(&digits) || unit == 0 || text[..start].ends_with(['.', '第', '-'])
        {
            continue;
        }
        let end = at + stop.len() + digits + unit;
        let words = &text[start..end];
        let message = text!("“{words}”的小数点写成了句号", "the decimal point of “{words}” is a full stop");
        found.push(hit(start..end, message));
    }
    found
}

/// The bytes of a scale and a unit at the head of words.
fn unit_bytes(words: &str) -> usize {
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
    let end = f.digits.start + run.len();
    let unit = unit_bytes(&text[end..]);
    let odd = groups.iter().any(|g| g.len() != 3) || first.len() > 3;
    // 3,5,8组: a list by half-width commas. Of a number some group is right, or the last is cut short.
    let number = groups.len() >= 2 && groups.iter().all(|g| (1..=3).contains(&g.len())) && first.len() <= 3;
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

/// 亿元元, 万万元, 平方公里公里, 亿元亿元.
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
    let unit = if f.unit == "百分点" { "个百分点" } else { f.unit };
    let after = rest[scale..].strip_prefix(unit).filter(|_| !unit.is_empty())?;
    let written = scale + unit.len();
    let end = from + written;
    let again = [&rest[..written], unit].into_iter().find(|w| after.starts_with(*w));
    // 平方公里公里
    let tail = lexicon::MEASURES
        .iter()
        .copied()
        .find(|m| unit.len() > m.len() && unit.ends_with(m) && after.starts_with(m) && *m != "元");
    let again = again.or(tail)?;
    let next = after[again.len()..].chars().next();
    let measure = lexicon::MEASURES.contains(&unit);
    // 12个个体户, 3家家庭农场, 5名名师: another word begins.
    let ends = next.is_none_or(|c| !is_han(c))
        || ["以上", "以下", "左右", "以内"].iter().any(|w| after[again.len()..].starts_with(w));
    let money = unit == "元" && next.is_some_and(|c| matches!(c, '旦' | '宵' | '素' | '件' | '器' | '月'));
    (measure && !money || ends)
        .then(|| twice(text, f.digits.start..end + again.len(), again, end..end + again.len()))
}

fn twice(text: &str, whole: std::ops::Range<usize>, unit: &str, extra: std::ops::Range<usize>) -> Finding {
    let words = &text[whole.clone()];
    let right = format!("{}{}", &text[whole.start..extra.start], &text[extra.end..whole.end]);
    let message = text!("“{words}”的“{unit}”重复了", "“{unit}” stands twice in “{words}”");
    hit(whole, message).severity(Severity::Error).fix(right)
}

/// 5.6%%.
fn signs(text: &str) -> Vec<Finding> {
    let mut found: Vec<Finding> = Vec::new();
    for (at, marks) in text.match_indices("%%") {
        let digit = text[..at].ends_with(|c: char| c.is_ascii_digit());
        if !digit || text[at + marks.len()..].starts_with('%') {
            continue;
        }
        let start = text[..at].trim_end_matches(|c: char| c.is_ascii_digit() || c == '.').len();
        let words = &text[start..at + 2];
        let message = text!("“{words}”的百分号重复了", "the percent sign of “{words}” stands twice");
        found.push(hit(start..at + 2, message).severity(Severity::Error).fix(text[start..=at].to_owned()));
    }
    found
}

/// 下降-3.2%.
fn minus(text: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    for (at, sign) in text.match_indices(['-', '－', '−']) {
        let rest = &text[at + sign.len()..];
        let digits = rest.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
        let before = text[..at].trim_end_matches(['了', '约', '为', ' ']);
        let verb = lexicon::FALLS.iter().find(|v| before.ends_with(**v));
        let (Some(verb), true) = (verb, digits > 0) else { continue };
        let start = before.len() - verb.len();
        let unit = if rest[digits..].starts_with('%') { 1 } else { 0 };
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
