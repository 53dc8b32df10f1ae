//! Quotations that run over several lines: what a speaker reads out numbers nothing of the document.

use std::ops::Range;

use crate::rules::reading::quote::Quoted;

/// Quotations, also those that run over several lines after a colon or from the head of a line.
pub(super) struct Spans(Vec<Range<usize>>);

impl Spans {
    /// Lines that a quotation spans at most.
    const LONGEST: usize = 80;

    pub fn of(text: &str, quoted: &[Quoted]) -> Self {
        let mut spans: Vec<Range<usize>> = Vec::new();
        let mut add = |range: Range<usize>| match spans.last_mut() {
            Some(s) if range.start < s.end => s.end = s.end.max(range.end),
            _ => spans.push(range),
        };
        let mut all: Vec<Range<usize>> = quoted.iter().map(|q| q.range.clone()).collect();
        // “ that its line does not close, and the line that does.
        let mut open: Option<(usize, usize)> = None;
        let mut start = 0;
        for (number, line) in text.split_inclusive('\n').enumerate() {
            if !line.contains(['“', '”']) {
                start += line.len();
                continue;
            }
            let mut depth: Vec<usize> = Vec::new();
            for (at, c) in line.char_indices().filter(|(_, c)| matches!(c, '“' | '”')) {
                if c == '“' {
                    depth.push(at);
                } else if depth.pop().is_none()
                    && let Some((from, first)) = open.take()
                    && number - first <= Self::LONGEST
                {
                    all.push(from..start + at);
                }
            }
            if let Some(&at) = depth.first() {
                let before = line[..at].trim_end();
                open = (before.is_empty() || before.ends_with(['：', ':']))
                    .then_some((start + at, number))
                    .or(open);
            }
            start += line.len();
        }
        all.sort_by_key(|r| (r.start, r.end));
        all.into_iter().for_each(&mut add);
        Self(spans)
    }

    /// Whether the byte lies in one.
    pub fn hold(&self, at: usize) -> bool {
        let next = self.0.partition_point(|s| s.end <= at);
        self.0.get(next).is_some_and(|s| s.contains(&at))
    }
}
