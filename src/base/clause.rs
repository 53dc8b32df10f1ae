//! Sentences and clauses (句、分句): how far a word's company reaches.
//!
//! Sentences end at 。！？；, at their half-width forms and at line ends; clauses also at ，、： and
//! their half-width forms between Han characters. Marks are not part of what they end. Searches
//! reach a bounded way, so asking for the sentence of every word of a text without marks stays
//! linear.

use std::ops::Range;

/// Bytes that a sentence reaches to either side at most.
const REACH: usize = 900;

fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '；' | '!' | '?' | ';' | '\n' | '\r')
}

fn ends_clause(c: char) -> bool {
    ends_sentence(c) || matches!(c, '，' | ',' | '：' | ':')
}

/// Where the stretch before `at` begins in which `ends` holds nowhere.
fn begins(text: &str, at: usize, ends: fn(char) -> bool) -> usize {
    let low = text.ceil_char_boundary(at.saturating_sub(REACH));
    let before = text.get(low..at).unwrap_or_default();
    before.char_indices().rev().find(|&(_, c)| ends(c)).map_or(low, |(i, c)| low + i + c.len_utf8())
}

/// The stretch round `range` in which `ends` holds nowhere.
fn around(text: &str, range: Range<usize>, ends: fn(char) -> bool) -> Range<usize> {
    let high = text.floor_char_boundary(range.end.saturating_add(REACH)).max(range.end);
    let after = text.get(range.end..high).unwrap_or_default();
    let end = after.find(ends).map_or(high, |i| range.end + i);
    begins(text, range.start, ends)..end
}

/// Bytes that a line is looked for to either side at most: twice the longest paragraph that anybody wrote.
const LINE: usize = 16 << 10;

/// The line round a range of `text`, without its end; of a longer one as much as [`LINE`] reaches, so that asking
/// for the line of every word of one endless line stays linear.
#[must_use]
pub fn line(text: &str, range: Range<usize>) -> Range<usize> {
    let high = text.floor_char_boundary(range.end.saturating_add(LINE)).max(range.end);
    let after = text.get(range.end..high).unwrap_or_default();
    line_start(text, range.start)..after.find('\n').map_or(high, |i| range.end + i)
}

/// Where the line of `at` begins; the same of a longer one.
#[must_use]
pub fn line_start(text: &str, at: usize) -> usize {
    let low = text.ceil_char_boundary(at.saturating_sub(LINE));
    let before = text.get(low..at).unwrap_or_default();
    before.rfind('\n').map_or(low, |i| low + i + 1)
}

/// The sentence round a range of `text`, without its closing mark.
#[must_use]
pub fn sentence(text: &str, range: Range<usize>) -> Range<usize> {
    around(text, range, ends_sentence)
}

/// The clause round a range of `text`, without the marks at its ends.
#[must_use]
pub fn clause(text: &str, range: Range<usize>) -> Range<usize> {
    around(text, range, ends_clause)
}

/// The words from `at` to the end of the `n`th clause, of the same sentence at most; the clause of
/// `at` is the first.
#[must_use]
pub fn ahead(text: &str, at: usize, n: usize) -> &str {
    let rest = text.get(at..sentence(text, at..at).end).unwrap_or_default();
    let end = rest.match_indices(['，', ',']).nth(n.saturating_sub(1)).map_or(rest.len(), |(i, _)| i);
    &rest[..end]
}

/// The words of the clause before `at`.
#[must_use]
pub fn behind(text: &str, at: usize) -> &str {
    text.get(begins(text, at, ends_clause)..at).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #[test]
    fn sentence_does_as_its_example_says() {
        use crate::base::clause::sentence;
        let text = "先看问题。到9月底，全部完成。再看措施。";
        let at = text.find("全部").unwrap();
        assert_eq!(&text[sentence(text, at..at)], "到9月底，全部完成");
    }

    #[test]
    fn a_line_is_found_and_of_an_endless_one_a_bounded_part() {
        use super::{LINE, line, line_start};
        let text = "一、目标\n到9月底完成。\n二";
        let at = text.find("9月").unwrap();
        assert_eq!(&text[line(text, at..at + 4)], "到9月底完成。");
        assert_eq!(&text[line(text, text.len()..text.len())], "二");
        assert_eq!(line_start(text, 3), 0);
        let long = "县".repeat(LINE);
        for at in (0..long.len()).step_by(300) {
            assert!(line(&long, at..at + 3).len() <= 2 * LINE + 3);
        }
    }

    #[test]
    fn clause_does_as_its_example_says() {
        use crate::base::clause::clause;
        let text = "到9月底，全部完成，不留尾巴。";
        let at = text.find("全部").unwrap();
        assert_eq!(&text[clause(text, at..at)], "全部完成");
    }

    #[test]
    fn ahead_does_as_its_example_says() {
        use crate::base::clause::ahead;
        let text = "到9月底，全部完成，不留尾巴。";
        assert_eq!(ahead(text, 0, 2), "到9月底，全部完成");
    }
}
