//! Claims whose items stand in the same sentence: `分为三类，即甲、乙、丙`, `“甲、乙、丙”三大工程`.
//!
//! A list is counted only where it is one: items of a few letters, or items that all end in the noun of
//! the claim (`“三项制度”，即：……制度、……制度`). What opens with an ordinal is counted by its ordinals, and
//! what holds figures, goes on behind a semicolon or ends in 等 is not counted at all.

use std::ops::{Range, RangeInclusive};

use super::{ABOUT, HELP, is_prose, number, numbers};
use crate::base::han;
use crate::base::lexicon::count_claim as lexicon;
use crate::model::{Finding, Manuscript, Severity};
use crate::text;

/// Claims whose items stand in the same sentence and are more or fewer.
pub(super) fn find(manuscript: &Manuscript) -> Vec<Finding> {
    /// Bytes of a sentence that is looked at.
    const LONGEST: usize = 1500;
    let text = manuscript.text();
    let mut findings = Vec::new();
    for block in manuscript.blocks() {
        if !is_prose(block.kind) {
            continue;
        }
        let mut start = block.range.start;
        for sentence in text[block.range.clone()].split_inclusive(['。', '！', '？']) {
            let range = start..start + sentence.len();
            start = range.end;
            if sentence.contains(['、', '，', '；']) && sentence.len() < LONGEST {
                findings.extend(listed(manuscript, &range));
            }
        }
    }
    findings
}

/// A number of a sentence, and where it stands.
struct Number {
    at: usize,
    len: usize,
    value: usize,
}

/// How many items a claim has: its bytes, and the counts that its list may be read as.
type Listed = (Range<usize>, RangeInclusive<usize>);

/// A claim of one sentence whose list does not match.
fn listed(manuscript: &Manuscript, sentence: &Range<usize>) -> Option<Finding> {
    let text = manuscript.text();
    let (range, count) = numbers(text, sentence.clone()).find_map(|(at, value, len)| {
        let number = Number { at, len, value };
        let list = after_list(text, sentence, &number)
            .or_else(|| named_list(text, sentence, &number))
            .or_else(|| verbs_list(text, sentence, &number))
            .or_else(|| before_list(text, sentence, &number));
        list.filter(|(_, count)| !count.contains(&value))
    })?;
    let (words, most) = (&text[range.clone()], count.end());
    let message = text!("“{words}”与句中列举的{most}项不符", "“{words}”, but the sentence lists {most}");
    Some(ABOUT.finding(range, message).severity(Severity::Warning).help(HELP))
}

/// Whether another number stands right before this one: 三地两点, 四个十大工程.
fn follows_number(before: &str) -> bool {
    before.chars().rev().take(2).any(|c| han::is_counting(c) || c.is_ascii_digit())
}

/// What stands behind 即 or a colon; `None` if neither opens it.
fn opened(rest: &str) -> Option<(&str, bool)> {
    let rest = rest.trim_start_matches(['，', ',']);
    let (list, named) = match ["即", "分别是", "分别为"].into_iter().find_map(|w| rest.strip_prefix(w))
    {
        Some(list) => (list, true),
        None => (rest.strip_prefix(['：', ':'])?, false),
    };
    let list = list.trim_start_matches(['，', ',', '：', ':']);
    // 一是, 第一, （一）, 1.: the ordinals say how many there are.
    let mut head = list.trim_start_matches(['（', '(', '第', '其']).chars();
    let ordinal = match (head.next(), head.next()) {
        (Some(n), Some(next)) if han::is_counting(n) || n.is_ascii_digit() => {
            !list.starts_with(han::is_counting) || "是要、个来方则".contains(next)
        }
        (Some('首'), Some('先')) | (Some('①'), _) => true,
        _ => false,
    };
    (!ordinal).then_some((list, named))
}

/// `分为三类，即甲、乙、丙`.
fn after_list(text: &str, sentence: &Range<usize>, n: &Number) -> Option<Listed> {
    let before = &text[sentence.start..n.at];
    if n.value == 0
        || before.ends_with(['第', '这', '前', '其', '近', '年', '.', '多', '“'])
        || follows_number(before)
    {
        return None;
    }
    let rest = &text[n.at + n.len..sentence.end];
    let classifier = lexicon::LIST_CLASSIFIERS.iter().copied().find(|c| rest.starts_with(c))?;
    let noun = &rest[classifier.len()..];
    let length = noun.find(|c: char| !han::is_han(c))?;
    // 即 may follow without a pause.
    let size = noun[..length].find("即").filter(|&i| i > 0).unwrap_or(length);
    if size > "十个字".len() * 3 {
        return None;
    }
    let (list, named) = opened(&noun[size..])?;
    let plain = list.ends_with('。') && !list.contains(['，', ',', '：', ':', '；', '“', '（', '(']);
    // 三个重点：甲、乙、丙。 Without 即 the list must be the rest of the sentence.
    if !(named || plain) || list.contains(['；', ';']) {
        return None;
    }
    let (least, most) = items(list)?;
    // What follows a comma may be remarks or more items.
    let pieces = list.split(['、', '，', ',']).count();
    let most = if list.contains(['，', ',']) && goes_on_alike(list) { pieces.max(most) } else { most };
    Some((n.at..n.at + n.len + classifier.len() + size, least..=most))
}

/// Whether what follows the first comma of a list opens as its first item does: 加大…、加大…，加大….
fn goes_on_alike(list: &str) -> bool {
    let head = list.chars().next();
    list.split(['，', ',']).skip(1).any(|piece| piece.chars().next() == head)
}

/// `“三项制度”，即：……制度、……制度`: items of any length that end in the noun of the claim.
fn named_list(text: &str, sentence: &Range<usize>, n: &Number) -> Option<Listed> {
    /// Characters of the noun.
    const NOUN: RangeInclusive<usize> = 2..=4;
    if n.value == 0 || !text[..n.at].ends_with('“') {
        return None;
    }
    let rest = &text[n.at + n.len..sentence.end];
    let close = rest.find('”')?;
    let inner = &rest[..close];
    let noun = lexicon::LIST_CLASSIFIERS.iter().find_map(|c| inner.strip_prefix(c)).unwrap_or(inner);
    let noun = noun.strip_prefix('大').unwrap_or(noun);
    if !NOUN.contains(&noun.chars().count()) || !noun.chars().all(han::is_han) {
        return None;
    }
    let (list, _) = opened(&rest[close + '”'.len_utf8()..])?;
    let list = list.strip_suffix('。')?;
    let parts: Vec<&str> = list.split(['、', '，', ',', '；', ';']).collect();
    let range = n.at - '“'.len_utf8()..n.at + n.len + close + '”'.len_utf8();
    // 三个坚持：坚持……，坚持……: each begins with it, and may hold marks of its own.
    let begun = parts.iter().filter(|part| part.starts_with(noun)).count();
    if begun >= 2 && parts.first().is_some_and(|part| part.starts_with(noun)) {
        return Some((range, begun..=begun));
    }
    // Another list, of fewer, by commas: 合法的要管、非法的也要管，….
    let groups = list.split(['，', ',', '；', ';']).count();
    // The last two may be joined: 产业体系、生产体系和经营体系.
    let joints = list.matches(['和', '与', '及', '或']).count();
    let whole = parts.len() >= 2 && parts.iter().all(|part| part.ends_with(noun));
    // 十大行动，即联手推进的十大行动，包括…: it names itself again.
    let itself = &text[n.at..n.at + n.len + inner.len()];
    (whole && !list.contains(itself) && groups != n.value)
        .then(|| (range, parts.len()..=parts.len() + joints))
}

/// `三件事：一抓夏收；二抓夏种。`
fn verbs_list(text: &str, sentence: &Range<usize>, n: &Number) -> Option<Listed> {
    let rest = &text[n.at + n.len..sentence.end];
    let classifier = lexicon::CLASSIFIERS.iter().copied().find(|c| rest.starts_with(c))?;
    let noun = &rest[classifier.len()..];
    let length = noun.find(|c: char| !han::is_han(c)).filter(|&l| l <= "四个字了".len())?;
    let list = noun[length..].strip_prefix(['：', ':'])?.strip_suffix('。')?;
    let mut verbs = Vec::new();
    for (index, part) in list.split(['；', ';']).enumerate() {
        let (value, len) = number(part).or_else(|| part.starts_with('一').then_some((1, '一'.len_utf8())))?;
        let value = if value == 0 { usize::from(part.starts_with('一')) } else { value };
        let verb = part[len..].chars().next().filter(|&c| han::is_han(c) && !"是要、个".contains(c))?;
        if value != index + 1 {
            return None;
        }
        verbs.push(verb);
    }
    let same = verbs.len() >= 2 && verbs.windows(2).all(|v| v[0] == v[1]) && n.value > 1;
    same.then(|| (n.at..n.at + n.len + classifier.len() + length, verbs.len()..=verbs.len()))
}

/// `“甲、乙、丙”三大行动`.
fn before_list(text: &str, sentence: &Range<usize>, n: &Number) -> Option<Listed> {
    let before = &text[sentence.start..n.at];
    // Unquoted lists (县、乡、村三级) are left alone: in 甲8家、乙10家、丙14家 the number is the list's own.
    let quoted = before.strip_suffix('”').or_else(|| before.strip_suffix("”“"))?;
    let open = quoted.rfind('“')?;
    let list = &quoted[open + '“'.len_utf8()..];
    // “甲、乙”和“丙、丁”四个: more of the list stands before.
    let more = quoted[..open].ends_with("”和") || quoted[..open].ends_with(['”', '、', '和', '及', '与']);
    let rest = &text[n.at + n.len..sentence.end];
    let classifier = ["大", "个", "项", "点", "种", "类", "字"].into_iter().find(|c| rest.starts_with(c))?;
    let noun = &rest[classifier.len()..];
    let length = noun.find(|c: char| !han::is_han(c)).unwrap_or(noun.len());
    let noun: String = noun[..length].chars().take(2).collect();
    let counts_itself = list.contains(|c: char| han::is_counting(c) || c.is_ascii_digit());
    if n.value == 0
        || more
        || counts_itself
        || list.matches('、').count() < 2
        || list.contains(['，', ',', '。', '；', '等'])
    {
        return None;
    }
    let (least, most) = items(list)?;
    // “巩固、增强、提升、畅通”八个字, “菜食住行购、教科文卫体”十类: each letter counts.
    let letters = list.chars().filter(|&c| han::is_han(c)).count();
    let each = classifier == "字" || noun.starts_with('字') || matches!(classifier, "类" | "种");
    let count = if each && letters == n.value { n.value..=n.value } else { least..=most };
    Some((n.at..n.at + n.len + classifier.len() + noun.len(), count))
}

/// How many items a list has, at least and at most: 和 and 与 may join the last two or stand within
/// one. `None` if it is no plain list of short items.
pub(crate) fn items(list: &str) -> Option<(usize, usize)> {
    /// Characters of an item.
    const LONGEST: usize = 14;
    let mut depth = 0usize;
    let (mut marks, mut joints, mut length) = (0, 0, 0);
    let mut before = ' ';
    for (at, c) in list.char_indices() {
        match c {
            '（' | '(' | '“' | '《' => depth += 1,
            '）' | ')' | '”' | '》' if depth == 0 => break,
            '）' | ')' | '”' | '》' => depth -= 1,
            _ if depth > 0 => {}
            '、' => {
                marks += 1;
                length = 0;
            }
            '和' | '与' | '及' | '或' => {
                joints += usize::from(before != '以' || c != '及');
                length = 0;
            }
            '等' if !list[at..].starts_with("等级") => return None,
            '，' | ',' | '。' | '；' | ';' | '：' | ':' | '\n' => break,
            // 东盟十国, 12个镇: an item that is several.
            _ if han::is_counting(c) && c != '一' || c.is_ascii_digit() => return None,
            _ => length += 1,
        }
        if length > LONGEST {
            return None;
        }
        before = c;
    }
    (marks > 0).then_some((marks + 1, marks + 1 + joints))
}
