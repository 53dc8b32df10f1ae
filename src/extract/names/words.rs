//! Words around a slot: their ends and beginnings, and what somebody does.

use crate::base::han::is_han;
use crate::base::lexicon::extract as lexicon;

/// What stands between the parts of a sentence.
pub(super) fn is_pause(c: char) -> bool {
    !is_han(c)
}

/// The Chinese characters at the end of a text.
pub(super) fn tail(text: &str) -> &str {
    text.rsplit(is_pause).next().unwrap_or_default()
}

/// The first `n` characters.
pub(super) fn first(text: &str, n: usize) -> &str {
    text.char_indices().nth(n).map_or(text, |(at, _)| &text[..at])
}

/// The last `n` characters.
pub(super) fn last(text: &str, n: usize) -> &str {
    let skip = text.chars().count().saturating_sub(n);
    text.char_indices().nth(skip).map_or("", |(at, _)| &text[at..])
}

/// What somebody does whose name stands before `after`.
pub(super) fn verb(after: &str) -> Option<&'static str> {
    /// Characters within which the verb stands.
    const REACH: usize = 14;
    let clause = after.split(['，', '。', '；', ',', '\n']).next().unwrap_or_default();
    let near: String = clause.chars().take(REACH).collect();
    lexicon::VERBS
        .iter()
        .filter_map(|v| near.find(v).map(|at| (at, *v)))
        .min_by_key(|(at, v)| (*at, usize::MAX - v.len()))
        .map(|(_, v)| v)
}
