//! A rate that lost its sign: 增长12.5；, for 增长12.5%. Filters and conversions take `%` out of a
//! whole text at once.
//!
//! Figures without a unit are right where indices, scores and coordinates are told, so only a growth
//! or a fall is flagged, by a figure with a decimal point, right before the end of a clause. Of figures
//! in a row the unit follows the last (增长12.5、8.3和6.2个百分点).

use std::ops::Range;

use crate::base::lexicon::figure::{INDICES, RATES};

/// How many characters before the verb are heard for an index.
const HEARD: usize = 14;

/// The verb and the figure of each.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (at, word) in RATES.iter().flat_map(|word| text.match_indices(word)) {
        let rest = &text[at + word.len()..];
        let figure = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let written = rest[..figure].trim_end_matches('.');
        let after = rest[written.len()..].chars().next();
        if written
            .split_once('.')
            .is_none_or(|(whole, part)| whole.is_empty() || part.is_empty() || part.contains('.'))
            || !matches!(after, Some('，' | '；' | '。' | ';' | '\n'))
        {
            continue;
        }
        let clause = text[..at].rfind(['。', '；', '\n']).map_or(0, |end| end);
        let heard =
            text[clause..at].char_indices().rev().nth(HEARD).map_or(clause, |(back, _)| clause + back);
        let sentence = rest.find(['。', '；', '\n']).map_or(rest, |end| &rest[..end]);
        if INDICES.iter().any(|index| text[heard..at].contains(index))
            || text[heard..at].contains("分别")
            || sentence.contains("百分点")
            || sentence.contains("分别")
        {
            continue;
        }
        found.push(at..at + word.len() + written.len());
    }
    found.sort_by_key(|range| range.start);
    found
}
