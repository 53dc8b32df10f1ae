//! Paragraphs taken apart: sentences, clauses, points.

use std::ops::Range;

use crate::base::han::{heading_number, is_numeral};
use crate::base::lexicon::gather as lexicon;
use crate::base::lines::tight;
use crate::base::pattern::pattern;

pattern! {
    /// 一是, 二要, 第一，, （1）, ①, 1. within a paragraph; the groups are the numeral.
    static MARKS = r"([一二三四五六七八九十]{1,2})(?:是|要)|第([一二三四五六七八九十]{1,2})[，,、]|[（(]([0-9]{1,2})[）)]|([①-⑳])";
}

/// The stretches of a range that stand between characters for which `ends` holds, outside of brackets
/// and quotation marks; blanks at their ends are left out, and so are empty ones.
pub(super) fn between(text: &str, range: &Range<usize>, ends: impl Fn(char) -> bool) -> Vec<Range<usize>> {
    let words = text.get(range.clone()).unwrap_or_default();
    let mut all = Vec::new();
    let (mut from, mut deep) = (0, 0usize);
    for (at, c) in words.char_indices() {
        match c {
            '（' | '(' | '《' | '“' | '【' | '〔' => deep += 1,
            '）' | ')' | '》' | '”' | '】' | '〕' => deep = deep.saturating_sub(1),
            _ => {}
        }
        // 1,234 and 9:30 are one.
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let amid = matches!(c, ',' | ':')
            && digit(words[..at].chars().next_back())
            && digit(words[at + 1..].chars().next());
        if c == '\n' || deep == 0 && ends(c) && !amid {
            all.push(from..at);
            from = at + c.len_utf8();
            deep = 0;
        }
    }
    all.push(from..words.len());
    let at = |r: Range<usize>| tight(text, range.start + r.start..range.start + r.end);
    all.into_iter().map(at).filter(|r| !r.is_empty()).collect()
}

/// The sentences of a range, without their closing marks. A ； ends none.
pub(super) fn sentences(text: &str, range: &Range<usize>) -> Vec<Range<usize>> {
    between(text, range, |c| matches!(c, '。' | '！' | '？' | '!' | '?'))
}

/// The clauses of a range.
pub(super) fn clauses(text: &str, range: &Range<usize>) -> Vec<Range<usize>> {
    between(text, range, |c| matches!(c, '。' | '！' | '？' | '；' | ';' | '，' | ',' | '：' | ':'))
}

/// A sentence without the clauses at its head that only say how or by what, and not what is done: 按照职责分工，.
fn without_lead(text: &str, sentence: Range<usize>) -> Range<usize> {
    /// Characters of such a clause.
    const LONGEST: usize = 24;
    let mut rest = sentence;
    while let Some((lead, _)) = text[rest.clone()].split_once(['，', ',']) {
        let leads = lexicon::ADVERBIAL.iter().any(|word| lead.starts_with(word));
        let ends = lexicon::ADVERBIAL_ENDS.iter().any(|word| lead.ends_with(word));
        if !(leads && ends) || lead.chars().count() > LONGEST {
            break;
        }
        rest.start += lead.len() + text[rest.start + lead.len()..].chars().next().map_or(0, char::len_utf8);
    }
    rest
}

/// The first sentence of a range; where it is longer than a name may be, its first clauses.
pub(super) fn opening(text: &str, range: &Range<usize>) -> Range<usize> {
    /// Characters of a name that a clause alone may have at least, and a sentence at most.
    const SHORTEST: usize = 6;
    const LONGEST: usize = 30;
    let Some(sentence) = sentences(text, range).into_iter().next() else { return range.start..range.start };
    let sentence = without_lead(text, sentence);
    if text[sentence.clone()].chars().count() <= LONGEST {
        return sentence;
    }
    let clauses = clauses(text, &sentence);
    let start = clauses.first().map_or(sentence.start, |c| c.start);
    let end = clauses.iter().map(|c| c.end).find(|&end| text[start..end].chars().count() >= SHORTEST);
    start..end.unwrap_or(sentence.end)
}

/// The points of a range: what stands behind 一是, 二是, to the next; empty unless there are two at
/// least that count on.
pub(super) fn points(text: &str, range: &Range<usize>) -> Vec<Range<usize>> {
    let words = text.get(range.clone()).unwrap_or_default();
    let mut marks: Vec<Range<usize>> = Vec::new();
    let mut next = [1; 4];
    for found in MARKS.captures_iter(words) {
        let Some(whole) = found.get(0) else { continue };
        let before = words[..whole.start()].trim_end().chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '、' | '“')) {
            continue;
        }
        let sort = (1..5).find(|&n| found.get(n).is_some()).unwrap_or(1);
        let numeral = found.get(sort).map_or("", |m| m.as_str());
        let number = match sort {
            4 => numeral.chars().next().map(|c| c as usize - '①' as usize + 1),
            3 => numeral.parse().ok(),
            _ => crate::base::han::parse_numeral(numeral),
        };
        if number == Some(next[sort - 1]) && next.iter().skip(sort).all(|&n| n == 1) {
            next[sort - 1] += 1;
            marks.push(whole.range());
        }
    }
    if marks.len() < 2 {
        return Vec::new();
    }
    let ends = marks.iter().skip(1).map(|m| m.start).chain([words.len()]);
    let all = marks.iter().zip(ends).map(|(mark, end)| {
        let point = words[mark.end..end].trim_end_matches(['。', '；', ';', '，', ' ', '\n']);
        tight(text, range.start + mark.end..range.start + mark.end + point.len())
    });
    all.filter(|r| !r.is_empty()).collect()
}

/// The points of a line, its own number counted as one.
pub(super) fn points_of(text: &str, line: &super::page::Line) -> Vec<Range<usize>> {
    let whole = points(text, &line.range);
    if whole.is_empty() { points(text, &line.body) } else { whole }
}

/// A point's heading and what it says: 加强领导。成立… and 加强领导，成立….
pub(super) fn head_of(text: &str, point: &Range<usize>) -> (Range<usize>, Range<usize>) {
    let words = &text[point.clone()];
    let end = words.find(['。', '：', ':', '；']).unwrap_or(words.len());
    let head = point.start..point.start + end;
    let rest = words[end..].trim_start_matches(['。', '：', ':', '；']);
    (tight(text, head), tight(text, point.end - rest.len()..point.end))
}

/// A range without the last mark of its sentence and without an opening numeral.
pub(super) fn bare(text: &str, range: &Range<usize>) -> Range<usize> {
    let words = text.get(range.clone()).unwrap_or_default();
    let kept = words.trim_end_matches(['。', '；', ';', '，', ',', '：', ':', '、', ' ', '　', '！', '.']);
    let first = kept.trim_start_matches(is_numeral);
    let lead = if first.starts_with(['是', '要']) && first.len() < kept.len() {
        kept.len() - first.len() + '是'.len_utf8()
    } else {
        0
    };
    tight(text, range.start + lead..range.start + kept.len())
}

/// Words without the blanks that are set for the eye: 组　长.
pub(super) fn squeezed(words: &str) -> String {
    words.chars().filter(|c| !c.is_whitespace()).collect()
}

/// A line of a list, or a cell, without the number before it.
pub(super) fn unnumbered(text: &str, range: &Range<usize>) -> Range<usize> {
    match heading_number(text.get(range.clone()).unwrap_or_default()) {
        Some((_, _, len)) => tight(text, range.start + len..range.end),
        None => range.clone(),
    }
}
