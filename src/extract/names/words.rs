//! Words around a slot: their ends and beginnings, and what somebody does.

use crate::base::counts::Counts;
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

/// Whether a word may end where another begins: nobody writes the two characters that meet as one.
pub(super) fn is_joint(before: &str, after: &str) -> bool {
    /// Bits from which two characters hold together.
    const HOLD: f32 = 4.0;
    let (Some(left), Some(right)) = (before.chars().next_back(), after.chars().next()) else { return true };
    Counts::shipped().cohesion(&[left], &[right]).is_none_or(|bits| bits < HOLD)
}

/// As many of the first words as are no more than `most` characters; of a word too long for that, all of it.
pub(super) fn first_words(text: &str, most: usize) -> &str {
    let ends: Vec<usize> = text.char_indices().map(|(at, c)| at + c.len_utf8()).collect();
    if ends.len() <= most {
        return text;
    }
    let fits = ends[1..most].iter().rev().copied().find(|&end| is_joint(&text[..end], &text[end..]));
    &text[..fits.unwrap_or(ends[most - 1])]
}

/// As many of the last words as are no more than `most` characters.
pub(super) fn last_words(text: &str, most: usize) -> &str {
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let Some(from) = starts.len().checked_sub(most).filter(|&from| from > 0) else { return text };
    let fits = starts[from..starts.len() - 1].iter().copied().find(|&at| is_joint(&text[..at], &text[at..]));
    &text[fits.unwrap_or(starts[from])..]
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
