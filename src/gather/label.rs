//! Words with a colon (标签): 牵头单位：…；配合单位：…；完成时限：….

use std::ops::Range;

use crate::base::lexicon::gather as lexicon;
use crate::base::lines::tight;
use crate::model::facts::units::parted;

/// What a label asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// 牵头单位.
    Lead,
    /// 责任单位: it leads where none does.
    Owner,
    /// 配合单位.
    Partners,
    /// 完成时限.
    Due,
    /// 工作目标.
    Aim,
    /// Something else.
    Aside,
}

const LABELS: &[(Label, &[&str])] = &[
    (Label::Lead, lexicon::LEADS),
    (Label::Owner, lexicon::OWNERS),
    (Label::Partners, lexicon::PARTNERS),
    (Label::Due, lexicon::DUES),
    (Label::Aim, lexicon::AIMS),
    (Label::Aside, lexicon::ASIDE),
    (Label::Aside, lexicon::DETAILS),
];

/// The label at the start of words and its bytes, colon included.
fn at(words: &str) -> Option<(Label, usize)> {
    let all = LABELS.iter().flat_map(|(label, words)| words.iter().map(move |w| (*label, *w)));
    let fits = all.filter(|(_, word)| words.starts_with(word));
    // 牵头单位 is in two lists, and the first says more.
    let (label, word) = fits.fold(None::<(Label, &str)>, |best, one| match best {
        Some(best) if best.1.len() >= one.1.len() => Some(best),
        _ => Some(one),
    })?;
    let behind = words[word.len()..].trim_start();
    let colon = behind.chars().next().filter(|c| matches!(c, '：' | ':'))?;
    Some((label, words.len() - behind.len() + colon.len_utf8()))
}

/// Whether words begin with a label.
pub(super) fn opens(words: &str) -> bool {
    words.starts_with(char::is_alphanumeric) && at(words).is_some()
}

/// A label and the bytes of what is said behind it.
pub(super) type Labelled = (Label, Range<usize>);

/// The labels within a range of the text, and where the first begins.
pub(super) fn labelled(text: &str, range: &Range<usize>) -> Option<(usize, Vec<Labelled>)> {
    let words = text.get(range.clone())?;
    let mut found: Vec<(usize, Label, usize)> = Vec::new();
    let mut end = 0;
    for (start, c) in words.char_indices() {
        // A label stands at the start, or behind a mark or blank.
        let before = words[..start].chars().next_back();
        let free = before.is_none_or(|b| !b.is_alphanumeric());
        if start < end || !free || !c.is_alphanumeric() {
            continue;
        }
        if let Some((label, len)) = at(&words[start..]) {
            end = start + len;
            found.push((start, label, end));
        }
    }
    let first = found.first()?.0;
    let mut all = Vec::new();
    for (index, (_, label, from)) in found.iter().enumerate() {
        let to = found.get(index + 1).map_or(words.len(), |next| next.0);
        let value = value_end(&words[*from..to]);
        let value = tight(text, range.start + from..range.start + from + value);
        all.push((*label, value));
    }
    Some((range.start + first, all))
}

/// Where the value of a label ends: at a stop or at the bracket that closes round it.
fn value_end(words: &str) -> usize {
    let mut deep = 0usize;
    for (at, c) in words.char_indices() {
        match c {
            '（' | '(' | '【' | '[' | '〔' | '《' | '“' => deep += 1,
            '）' | ')' | '】' | ']' | '〕' | '》' | '”' if deep == 0 => return at,
            '）' | ')' | '】' | ']' | '〕' | '》' | '”' => deep -= 1,
            '。' | '；' | ';' | '\n' | '\t' if deep == 0 => return at,
            _ => {}
        }
    }
    words.trim_end_matches(['，', ',', '、', ' ', '　']).len()
}

/// Whether words are the name of a unit, or of several of a kind.
pub(super) fn is_unit(words: &str) -> bool {
    /// Characters of the longest name.
    const LONGEST: usize = 32;
    let words = words.trim();
    let bare = words.split(['（', '(']).next().unwrap_or(words);
    let count = words.chars().count();
    (2..=LONGEST).contains(&count)
        && !words.contains(['。', '；', '，', '：'])
        && lexicon::UNIT_ENDS.iter().any(|end| bare.ends_with(end) || words.ends_with(end))
}

/// Whether words are a list of units and nothing else.
pub(super) fn are_units(words: &str) -> bool {
    let mut all = each_unit(words).peekable();
    all.peek().is_some()
        && all.all(|unit| is_unit(unit) || unit.chars().count() <= 8 && unit.starts_with('各'))
}

/// The units of a list, without what adds unnamed others.
fn each_unit(words: &str) -> impl Iterator<Item = &str> {
    parted(without_also(words)).flat_map(|unit| unit.split([' ', '\n', '　'])).filter(|unit| !unit.is_empty())
}

/// A list of units without 等有关部门 behind it.
pub(super) fn without_also(words: &str) -> &str {
    let words = words.trim().trim_end_matches(['。', '，', '；', ';']);
    let also = lexicon::ALSO.iter().filter(|also| words.ends_with(**also)).max_by_key(|also| also.len());
    let cut = also.map_or(words, |also| &words[..words.len() - also.len()]);
    cut.trim_end_matches(['、', '，', ' '])
}
