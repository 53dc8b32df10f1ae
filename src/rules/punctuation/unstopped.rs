//! Paragraphs of prose that end without a stop (段末缺句号) while those around them have theirs.

use std::ops::Range;

use super::finding;
use crate::base::counts::Counts;
use crate::base::han::{is_han, is_numeral};
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
        if !ends && calm && !broken && !is_heading(text, range.end) {
            let tail: Vec<char> = text[..range.end].chars().rev().take(8).collect();
            let tail: String = tail.into_iter().rev().collect();
            let message = if goes_on(&text[..range.end], next) {
                text!(
                    "段落在“…{tail}”处断开，下一段接着说",
                    "the paragraph breaks off at “…{tail}” and goes on in the next"
                )
            } else {
                text!("段末没有句号：“…{tail}”", "the paragraph ends without a stop: “…{tail}”")
            };
            found.push(finding(range.clone(), message, None));
        }
    }
    found
}

/// Whether the last words of a paragraph are a heading that was glued to it: 。二、工作安排, 。附件2.
fn is_heading(text: &str, end: usize) -> bool {
    let tail = text[..end].rsplit(['。', '；', '！', '\n']).next().unwrap_or_default().trim_start();
    let numeral = tail.trim_start_matches(['（', '(']).trim_start_matches(is_numeral);
    tail.starts_with("附件") || numeral.len() < tail.len() && numeral.starts_with(['、', '）', ')'])
}

/// Whether the last word of a paragraph goes on in the next: 切实|抓好.
fn goes_on(before: &str, next: &str) -> bool {
    let mut seam: Vec<char> = before.chars().rev().take(2).collect();
    seam.reverse();
    seam.extend(next.chars().take(2));
    let known = |gram: &[char]| Counts::shipped().level(gram) > 0;
    seam.len() == 4 && (known(&seam) || known(&seam[..3]) && known(&seam[1..]))
}
