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
    held(before, after) < HOLD
}

/// How strongly the two characters that meet hold together, in bits.
fn held(before: &str, after: &str) -> f32 {
    let (Some(left), Some(right)) = (before.chars().next_back(), after.chars().next()) else { return 0.0 };
    Counts::shipped().cohesion(&[left], &[right]).unwrap_or(0.0)
}

/// Characters short of the most at which a text may be cut.
const PLAY: usize = 5;

/// As many of the first words as are no more than `most` characters, cut where two words meet.
pub(super) fn first_words(text: &str, most: usize) -> &str {
    let ends: Vec<usize> = text.char_indices().map(|(at, c)| at + c.len_utf8()).collect();
    if ends.len() <= most {
        return text;
    }
    let at = weakest(text, &ends[most.saturating_sub(PLAY).max(1)..most]);
    &text[..at]
}

/// As many of the last words as are no more than `most` characters, cut where two words meet.
pub(super) fn last_words(text: &str, most: usize) -> &str {
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let Some(from) = starts.len().checked_sub(most).filter(|&from| from > 0) else { return text };
    let at = weakest(text, &starts[from..(from + PLAY).min(starts.len() - 1)]);
    &text[at..]
}

/// Of some places of a text that at which the characters hold together least.
fn weakest(text: &str, places: &[usize]) -> usize {
    let held = |at: &usize| held(&text[..*at], &text[*at..]);
    places.iter().copied().min_by(|a, b| held(a).total_cmp(&held(b))).unwrap_or(0)
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
