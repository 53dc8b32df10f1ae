//! What stands beside the text of a Word 97 document: where its headers, footers, footnotes and endnotes
//! lie, and where the notes are called.

use std::collections::HashMap;
use std::ops::Range;

use super::fib::{Fib, Part, Table};
use crate::model::Beside;
use crate::office::little::size_at;

/// A story: where it stands, its number among those of its kind, its characters.
pub type Story = (Beside, usize, Range<usize>);

/// All stories that lie within so many characters. They follow on each other; what does not would be read again
/// and again.
pub fn stories(fib: &Fib, end: usize) -> Vec<Story> {
    let mut stories = headers(fib, end);
    for (beside, part, table) in [
        (Beside::Footnote, Part::Footnotes, Table::Footnotes),
        (Beside::Endnote, Part::Endnotes, Table::Endnotes),
    ] {
        let story = fib.part(part);
        let table = fib.table(table);
        let at = |index: usize| size_at(table, 4 * index).and_then(|at| story.start.checked_add(at));
        let mut reached = story.start;
        // Behind the end of the last one stands a number that means nothing.
        for index in 0..(table.len() / 4).saturating_sub(2) {
            let Some((from, to)) = at(index).zip(at(index + 1)) else { break };
            if reached <= from && from <= to && to <= story.end.min(end) {
                reached = to;
                stories.push((beside, index, from..to));
            }
        }
    }
    stories
}

/// The headers and footers. Each section has six: above and below of even pages and of odd ones, above and
/// below of its first page; before them stand six of footnotes, and behind the end of the last one a number
/// that means nothing.
fn headers(fib: &Fib, end: usize) -> Vec<Story> {
    let start = fib.part(Part::Headers).start;
    let table = fib.table(Table::Headers);
    let at = |index: usize| size_at(table, 4 * index).and_then(|at| start.checked_add(at));
    let mut reached = start;
    let mut stories = Vec::new();
    for index in 6..(table.len() / 4).saturating_sub(2) {
        let Some((from, to)) = at(index).zip(at(index + 1)) else { break };
        if reached <= from && from <= to && to <= end {
            reached = to;
            let beside = if matches!(index % 6, 2 | 3 | 5) { Beside::Footer } else { Beside::Header };
            stories.push((beside, index, from..to));
        }
    }
    stories
}

/// The characters that call notes: whether an endnote, and which.
pub fn calls(fib: &Fib) -> HashMap<usize, (bool, usize)> {
    let mut calls = HashMap::new();
    for (is_end, table) in [(false, Table::FootnoteCalls), (true, Table::EndnoteCalls)] {
        let table = fib.table(table);
        let count = table.len().saturating_sub(4) / 6;
        calls.extend((0..count).filter_map(|index| Some((size_at(table, 4 * index)?, (is_end, index)))));
    }
    calls
}

/// How many comments there are.
pub fn comments(fib: &Fib) -> usize {
    /// Bytes of what is said of one, its place included.
    const COMMENT: usize = 34;
    fib.table(Table::CommentCalls).len().saturating_sub(4) / COMMENT
}
