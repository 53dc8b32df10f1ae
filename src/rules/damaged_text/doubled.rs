//! Words and characters said twice: 总书记记, 认真认真落实, 的的.
//!
//! Chinese doubles on purpose — 常常, 研究研究, 一步一步 — and by chance where two words meet: 省委委员,
//! 创业创新. So a doubled word is one of the list below, and a doubled character is one that follows
//! a word of the list and does not begin another. Where words end is not known for certain, so what
//! is doubled is told and never fixed.

use std::ops::Range;
use std::sync::LazyLock;

use super::{Harm, Hit};
use crate::base::lexicon::damaged_text as lexicon;
use crate::model::Severity;

static LEXICON: &str = include_str!("../../../phrasebank/lexicon/doubled_words.txt");

/// All of them, as they stand in a text.
pub(super) fn words() -> impl Iterator<Item = &'static str> {
    /// The words of the lexicon, each said twice.
    static TWICE: LazyLock<Vec<String>> = LazyLock::new(|| {
        let lines = LEXICON.lines().filter(|l| !l.starts_with('#'));
        lines.flat_map(str::split_whitespace).map(|word| word.repeat(2)).collect()
    });
    TWICE.iter().map(String::as_str).chain(lexicon::DOUBLED.iter().copied())
}

/// What may follow the doubled end and make another word of it.
fn reads_on(word: &str, after: &str) -> bool {
    lexicon::READS_ON.iter().any(|(w, next)| word.ends_with(w) && next.iter().any(|n| after.starts_with(n)))
}

/// What may stand before the doubled beginning and end a word with it.
fn reads_back(word: &str, before: Option<char>) -> bool {
    before.is_some_and(|c| lexicon::READS_BACK.iter().any(|(w, b)| *w == word && b.contains(c)))
}

/// The word that was meant: without the first character that stands twice in a row, or half of
/// a word said twice.
fn once(word: &str) -> String {
    let chars: Vec<char> = word.chars().collect();
    let half = chars.len() / 2;
    if chars.len().is_multiple_of(2) && half > 1 && chars[..half] == chars[half..] {
        return chars[..half].iter().collect();
    }
    if word == "总书书记" {
        return "总书记".to_owned();
    }
    let mut out = String::new();
    let mut dropped = false;
    for (index, &c) in chars.iter().enumerate() {
        if !dropped && index > 0 && chars[index - 1] == c {
            dropped = true;
        } else {
            out.push(c);
        }
    }
    out
}

/// A doubled word where it stands, unless it reads on or back into other words.
pub(super) fn hit(text: &str, range: Range<usize>) -> Option<Hit> {
    let word = &text[range.clone()];
    let after = &text[range.end..];
    let before = text[..range.start].chars().next_back();
    if reads_on(word, after) || reads_back(word, before) {
        return None;
    }
    Some(Hit {
        range,
        severity: Severity::Error,
        harm: Harm::Doubled,
        was: once(word),
        // Two words that meet look the same (推进|进境, 产业|产业链). Lists of what may follow know many
        // of them and never all, so the words are shown and nothing is changed.
        fix: None,
        weak: false,
    })
}
