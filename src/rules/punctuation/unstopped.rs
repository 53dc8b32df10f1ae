//! Paragraphs of prose that end without a stop (段末缺句号) while those around them have theirs.

use std::ops::Range;

use super::finding;
use crate::base::han::is_han;
use crate::model::{BlockKind, Finding, Manuscript};
use crate::text;

/// The ends of such paragraphs.
pub(super) fn find(manuscript: &Manuscript) -> Vec<Finding> {
    /// Characters of a paragraph that is surely prose.
    const LONG: usize = 60;
    let text = manuscript.text();
    let prose: Vec<(bool, Range<usize>)> = manuscript
        .blocks()
        .iter()
        .filter(|b| b.kind == BlockKind::Body)
        .map(|b| (b, manuscript.block_text(b).trim_end()))
        .filter(|(_, w)| w.contains(['，', ',']) && w.contains(['。', '；']) && w.chars().count() >= LONG)
        .map(|(b, w)| {
            let end = b.range.start + w.len();
            let last = w.chars().next_back().unwrap_or('。');
            (!(is_han(last) || last.is_ascii_digit()), end - last.len_utf8()..end)
        })
        .collect();
    let stopped = prose.iter().filter(|(s, _)| *s).count();
    // A text with line ends inside its paragraphs has many lines without a stop.
    if prose.len() < 4 || stopped * 10 < prose.len() * 8 {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (index, (ends, range)) in prose.iter().enumerate() {
        let neighbours = [index.checked_sub(1), Some(index + 1)];
        let calm = neighbours.iter().flatten().filter_map(|&i| prose.get(i)).all(|(s, _)| *s);
        let next = text[range.end..].trim_start();
        let broken = next.starts_with(['，', '。', '、', '；', '…', '.']);
        if !ends && calm && !broken {
            found.push(finding(
                range.clone(),
                {
                    let tail: String = text[..range.end]
                        .chars()
                        .rev()
                        .take(8)
                        .collect::<Vec<_>>()
                        .into_iter()
                        .rev()
                        .collect();
                    text!("段末没有句号：“…{tail}”", "the paragraph ends without a stop: “…{tail}”")
                },
                None,
            ));
        }
    }
    found
}
