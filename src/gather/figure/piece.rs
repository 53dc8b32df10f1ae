//! A clause cut into pieces of a figure each: 新建学校90所、医院3所, 引进100名教师和20名医生.

use std::ops::Range;

use super::BOUNDS;
use crate::base::lines::tight;

/// Words that join two things of a list.
const JOINS: &[&str] = &["以及", "和", "及", "与", "并", "或"];

/// The pieces of a clause with their figures. What two figures have between them and no sign parts stays one
/// piece.
pub(super) fn pieces(
    text: &str,
    clause: &Range<usize>,
    figures: &[Range<usize>],
) -> Vec<(Range<usize>, Vec<Range<usize>>)> {
    let mut all = Vec::new();
    let (mut from, mut own) = (clause.start, Vec::new());
    for (index, figure) in figures.iter().enumerate() {
        own.push(figure.clone());
        let next = figures.get(index + 1);
        let cut = match next {
            Some(next) => cut(text, figure.end..next.start),
            // What a list has behind its last figure is said of something else.
            None => signs(text, figure.end..clause.end)
                .next()
                .filter(|sign| unbounded(&text[figure.end..sign.start]).is_empty()),
        };
        if let Some(cut) = cut {
            all.push((tight(text, from..cut.start), std::mem::take(&mut own)));
            from = cut.end;
        }
    }
    all.push((tight(text, from..clause.end.max(from)), own));
    all
}

/// The sign or word by which a list goes on between two figures: what stands right behind the first belongs to
/// it, and so does what stands before the last sign.
fn cut(text: &str, gap: Range<usize>) -> Option<Range<usize>> {
    let mut all = signs(text, gap.clone());
    if let Some(first) = all.next() {
        let behind = unbounded(&text[gap.start..first.start]);
        return if behind.is_empty() { Some(first) } else { all.last().or(Some(first)) };
    }
    let words = text[gap.clone()].trim_end();
    let behind = unbounded(words);
    let at = |start: usize, join: &str| start..start + join.len();
    if let Some(join) = JOINS.iter().find(|join| behind.starts_with(**join)) {
        return Some(at(gap.start + words.len() - behind.len(), join));
    }
    let join = JOINS.iter().find(|join| words.ends_with(**join))?;
    Some(at(gap.start + words.len() - join.len(), join))
}

/// The 、 of a range that stand outside of brackets.
pub(super) fn signs(text: &str, range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let all = outer(text, range).filter(|&(_, c)| c == '、');
    all.map(|(at, c)| at..at + c.len_utf8())
}

/// What stands behind a figure, without what bounds it.
pub(super) fn unbounded(words: &str) -> &str {
    let words = words.trim();
    BOUNDS.iter().find_map(|bound| words.strip_prefix(bound)).unwrap_or(words).trim_start()
}

/// The characters of a range that stand outside of brackets.
fn outer(text: &str, range: Range<usize>) -> impl Iterator<Item = (usize, char)> {
    let mut deep = 0usize;
    let start = range.start;
    let chars = text.get(range).unwrap_or_default().char_indices();
    chars.filter_map(move |(at, c)| {
        match c {
            '（' | '(' | '《' | '“' => deep += 1,
            '）' | ')' | '》' | '”' => deep = deep.saturating_sub(1),
            _ => {}
        }
        (deep == 0).then_some((start + at, c))
    })
}

/// What brackets and quotation marks hold in a range, where it has figures.
pub(super) fn nested(text: &str, range: &Range<usize>) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let (mut deep, mut from) = (0usize, range.start);
    for (at, c) in text.get(range.clone()).unwrap_or_default().char_indices() {
        let at = range.start + at;
        match c {
            '（' | '(' | '“' => {
                deep += 1;
                from = if deep == 1 { at + c.len_utf8() } else { from };
            }
            '）' | ')' | '”' if deep > 0 => {
                deep -= 1;
                let inner = from..at;
                if deep == 0 && text[inner.clone()].contains(|c: char| c.is_ascii_digit()) {
                    all.push(inner);
                }
            }
            _ => {}
        }
    }
    all
}
