//! Quotations and titles (引文、书名): stretches in which somebody else speaks.
//!
//! What a leader said, a law's title or the name of a document is not the writer's own: rules about
//! places, times and words look past it. Marks pair up within a line; one that never closes quotes
//! nothing.

use std::ops::Range;

/// A stretch between marks, the marks included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quoted {
    /// Its bytes, from the opening mark to the closing one.
    pub range: Range<usize>,
    /// The opening mark: `“`, `‘`, `《`, `「` or `『`.
    pub mark: char,
}

/// The closing mark of an opening one.
#[must_use]
pub const fn closing(open: char) -> Option<char> {
    Some(match open {
        '“' => '”',
        '‘' => '’',
        '《' => '》',
        '「' => '」',
        '『' => '』',
        _ => return None,
    })
}

/// All quotations and titles of a text, in order of their opening marks; nested ones too.
#[must_use]
pub fn quoted(text: &str) -> Vec<Quoted> {
    let mut found = Vec::new();
    let mut open: Vec<(char, usize)> = Vec::new();
    // Marks begin with one of two bytes that begin few other characters.
    for at in memchr::memchr3_iter(0xE2, 0xE3, b'\n', text.as_bytes()) {
        let Some(c) = text[at..].chars().next() else { continue };
        if c == '\n' {
            open.clear();
        } else if closing(c).is_some() {
            open.push((c, at));
        } else if matches!(c, '”' | '’' | '》' | '」' | '』')
            && let Some(depth) = open.iter().rposition(|&(mark, _)| closing(mark) == Some(c))
        {
            // Marks opened inside and never closed are the writer's slips, not quotations.
            let (mark, start) = open[depth];
            open.truncate(depth);
            found.push(Quoted { range: start..at + c.len_utf8(), mark });
        }
    }
    found.sort_by_key(|q| q.range.start);
    found
}

/// Whether `at` lies inside one of `spans`, which come from [`quoted`].
#[must_use]
pub fn inside(spans: &[Quoted], at: usize) -> bool {
    // Nested quotations end before the outer one, so the nearest start before `at` need not hold it.
    let before = spans.partition_point(|q| q.range.start <= at);
    spans[..before].iter().rev().take(16).any(|q| q.range.contains(&at))
}

/// Whether the range lies in a title in 《》, or in a quotation of more than `name` characters: one that says more
/// than a name is somebody's words.
#[must_use]
pub fn are_others(spans: &[Quoted], text: &str, range: &Range<usize>, name: usize) -> bool {
    let before = spans.partition_point(|q| q.range.start <= range.start);
    let said = |q: &Quoted| q.mark == '《' || text[q.range.clone()].chars().count() > name;
    spans[..before].iter().rev().take(16).any(|q| q.range.end >= range.end && said(q))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_mark_that_never_closes_quotes_nothing() {
        let text = "学习《乡村振兴促进法》，做到“四个到位”。“没有收尾";
        let found: Vec<_> = quoted(text).into_iter().map(|q| &text[q.range]).collect();
        assert_eq!(found, ["《乡村振兴促进法》", "“四个到位”"]);
    }
}
