//! Tables of dated words (按时间变的词): built in, and what an office's own packs (词库) put beside or over them.

use std::ops::Range;

use crate::base::words::Words;
use crate::model::pack::Named;

/// A built-in table.
pub(in crate::rules) struct Dated<T> {
    rows: Vec<T>,
    words: Words<'static>,
}

impl<T: Named> Dated<T> {
    /// The table of these rows, each by its name.
    pub fn of(rows: impl Iterator<Item = (&'static str, T)>) -> Self {
        let (names, rows): (Vec<_>, Vec<_>) = rows.unzip();
        Self { rows, words: Words::of(names) }
    }

    /// Where a text says one of its rows, or one of the office's own, which count in the place of what
    /// stands at the same words; in order.
    pub fn said<'a>(&'a self, own: &'a [T], text: &str) -> Vec<(&'a T, Range<usize>)> {
        let built_in = self.words.find_iter(text);
        let mut found: Vec<_> = built_in.filter_map(|m| Some((self.rows.get(m.word)?, m.range))).collect();
        if own.is_empty() {
            return found;
        }
        let words = Words::of(own.iter().map(Named::name));
        let own: Vec<_> = words.find_iter(text).filter_map(|m| Some((own.get(m.word)?, m.range))).collect();
        // Both are in order and neither overlaps itself.
        found.retain(|(_, range)| {
            let next = own.partition_point(|(_, own)| own.end <= range.start);
            own.get(next).is_none_or(|(_, own)| own.start >= range.end)
        });
        found.extend(own);
        found.sort_by_key(|(_, range)| range.start);
        found
    }
}
