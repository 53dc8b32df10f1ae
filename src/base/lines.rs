//! Byte offsets ↔ lines, columns, code points and UTF-16 units of one text.
//!
//! The only place, besides [`fold`](super::fold), that converts between ways of counting. The
//! index holds one entry a line, so building it looks for line ends only, and a look-up counts
//! within its line; code points of the whole text are counted on a [`Walk`].

use std::ops::Range;

/// A position as people and editors count it: both from 1, columns in Unicode code points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: u32,
    /// Column in code points, from 1.
    pub column: u32,
}

/// Where the lines of a text start.
///
/// Lines end at LF; a CR before it belongs to its line, as does a CR alone.
#[derive(Debug, Clone)]
pub struct Lines {
    /// The byte of each line's start; never empty, the first is 0.
    starts: Vec<usize>,
}

impl Lines {
    /// Indexes `text`. An empty text has one empty line.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let ends = memchr::memchr_iter(b'\n', text.as_bytes());
        Self { starts: std::iter::once(0).chain(ends.map(|end| end + 1)).collect() }
    }

    /// How many lines there are; at least 1.
    #[must_use]
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    fn index_of(&self, byte: usize) -> usize {
        self.starts.partition_point(|&start| start <= byte) - 1
    }

    /// Line and column of a byte offset, which must be a character boundary of `text`.
    #[must_use]
    pub fn line_column(&self, text: &str, byte: usize) -> LineColumn {
        let index = self.index_of(byte);
        let column = code_points(&text[self.starts[index]..byte]) + 1;
        LineColumn { line: number(index + 1), column: number(column) }
    }

    /// The line of a byte offset, from 1; [`line_column`](Self::line_column) looks at the text too.
    #[must_use]
    pub fn line_of(&self, byte: usize) -> u32 {
        number(self.index_of(byte) + 1)
    }

    /// UTF-16 units between the start of the line and a byte offset of it, as SARIF and editors
    /// count columns (there from 1, here from 0).
    #[must_use]
    pub fn utf16_in_line(&self, text: &str, byte: usize) -> usize {
        text[self.starts[self.index_of(byte)]..byte].encode_utf16().count()
    }

    /// The text of a line, counted from 1, without its line end. Empty past the last line.
    #[must_use]
    pub fn line<'t>(&self, text: &'t str, line: u32) -> &'t str {
        let index = line as usize;
        let Some(&start) = self.starts.get(index.wrapping_sub(1)) else { return "" };
        let end = self.starts.get(index).map_or(text.len(), |&next| next);
        text[start..end].trim_end_matches(['\n', '\r'])
    }
}

/// How an editor counts within a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Units {
    /// In bytes of UTF-8.
    Utf8,
    /// In units of UTF-16.
    #[default]
    Utf16,
}

impl Lines {
    /// Line and column of a byte offset as an editor counts them, both from 0.
    #[must_use]
    pub fn editor_position(&self, text: &str, byte: usize, units: Units) -> (usize, usize) {
        let line = self.index_of(byte);
        match units {
            Units::Utf8 => (line, byte - self.starts[line]),
            Units::Utf16 => (line, self.utf16_in_line(text, byte)),
        }
    }

    /// The byte offset of an editor's position. A column behind the line's end is its end, one within a
    /// character is the character's start, a line behind the text is the text's end.
    #[must_use]
    pub fn byte_of(&self, text: &str, line: usize, column: usize, units: Units) -> usize {
        let Some(&start) = self.starts.get(line) else { return text.len() };
        let end = self.starts.get(line + 1).map_or(text.len(), |&next| next);
        let line = text[start..end].trim_end_matches(['\n', '\r']);
        let mut passed = 0;
        for (at, c) in line.char_indices() {
            passed += match units {
                Units::Utf8 => c.len_utf8(),
                Units::Utf16 => c.len_utf16(),
            };
            if passed > column {
                return start + at;
            }
        }
        start + line.len()
    }
}

/// The same counts for many positions of one text, each found from the one before: a text that is
/// one line of a million characters with a thousand findings is passed over once.
#[derive(Debug, Clone)]
pub struct Walk<'t> {
    text: &'t str,
    byte: usize,
    point: usize,
    at: LineColumn,
}

impl<'t> Walk<'t> {
    /// At the start of `text`.
    #[must_use]
    pub const fn of(text: &'t str) -> Self {
        Self { text, byte: 0, point: 0, at: LineColumn { line: 1, column: 1 } }
    }

    /// Code points before `byte`, and its line and column; `byte` must be a character boundary of
    /// the text. Going back starts anew.
    pub fn to(&mut self, byte: usize) -> (usize, LineColumn) {
        if byte < self.byte {
            *self = Self::of(self.text);
        }
        let passed = &self.text[self.byte..byte];
        let points = code_points(passed);
        match memchr::memrchr(b'\n', passed.as_bytes()) {
            Some(last) => {
                let ends = memchr::memchr_iter(b'\n', passed.as_bytes()).count();
                self.at.line = self.at.line.saturating_add(number(ends));
                self.at.column = number(code_points(&passed[last + 1..]) + 1);
            }
            None => self.at.column = self.at.column.saturating_add(number(points)),
        }
        self.byte = byte;
        self.point += points;
        (self.point, self.at)
    }
}

/// Code points of `text`: bytes that do not continue a character.
#[must_use]
pub fn code_points(text: &str) -> usize {
    text.as_bytes().iter().filter(|&&b| b & 0xC0 != 0x80).count()
}

/// A range of a text without the blanks at its ends; where there is nothing else it is empty.
#[must_use]
pub fn tight(text: &str, range: Range<usize>) -> Range<usize> {
    let words = text.get(range.clone()).unwrap_or_default();
    let start = range.start + words.len() - words.trim_start().len();
    start..start.max(range.start + words.trim_end().len())
}

/// A count that a person reads; texts past four billion lines are clamped.
fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::{Lines, Units, Walk};
    use proptest::prelude::*;

    #[test]
    fn crlf_belongs_to_the_line_that_it_ends() {
        let text = "一\r\n二";
        let lines = Lines::of(text);
        assert_eq!(lines.line(text, 1), "一");
        assert_eq!(lines.line_column(text, text.find('二').unwrap()).line, 2);
        assert_eq!(lines.count(), 2);
    }

    #[test]
    fn an_empty_text_has_one_empty_line() {
        assert_eq!(Lines::of("").line("", 1), "");
        assert_eq!(Lines::of("").line("", 2), "");
    }

    proptest! {
        #[test]
        fn every_offset_agrees_with_plain_counting(text in "[a\n\r一二𠮷　x]{0,40}") {
            let lines = Lines::of(&text);
            let mut walk = Walk::of(&text);
            for (byte, _) in text.char_indices() {
                let before = &text[..byte];
                let place = lines.line_column(&text, byte);
                prop_assert_eq!(place.line as usize, before.matches('\n').count() + 1);
                let line_start = before.rfind('\n').map_or(0, |i| i + 1);
                prop_assert_eq!(place.column as usize, before[line_start..].chars().count() + 1);
                prop_assert_eq!(walk.to(byte), (before.chars().count(), place));
                prop_assert_eq!(lines.utf16_in_line(&text, byte), before[line_start..].encode_utf16().count());
                let ends_line = text[byte..].trim_start_matches('\r').starts_with('\n');
                for units in [Units::Utf8, Units::Utf16].into_iter().filter(|_| !ends_line) {
                    let (line, column) = lines.editor_position(&text, byte, units);
                    let back = lines.byte_of(&text, line, column, units);
                    prop_assert!(back == byte || text[back..byte].chars().all(|c| c == '\r'));
                }
            }
        }
    }

    #[test]
    fn an_editor_may_point_behind_a_line_or_into_a_character() {
        let text = "𠮷县\r\n二";
        let lines = Lines::of(text);
        assert_eq!(lines.editor_position(text, 4, Units::Utf16), (0, 2));
        assert_eq!(lines.editor_position(text, 4, Units::Utf8), (0, 4));
        assert_eq!(lines.byte_of(text, 0, 1, Units::Utf16), 0);
        assert_eq!(lines.byte_of(text, 0, 99, Units::Utf16), "𠮷县".len());
        assert_eq!(lines.byte_of(text, 7, 0, Units::Utf8), text.len());
    }

    #[test]
    fn lines_does_as_its_example_says() {
        use crate::base::lines::Lines;
        let text = "同志们：\n　　２０２４年，全县完成投资3亿元";
        let lines = Lines::of(text);
        let at = text.find('3').unwrap();
        let place = lines.line_column(text, at);
        assert_eq!((place.line, place.column), (2, 15));
        assert_eq!(lines.line(text, 2), "　　２０２４年，全县完成投资3亿元");
    }

    #[test]
    fn to_does_as_its_example_says() {
        use crate::base::lines::Walk;
        let text = "同志们：\n　　全县完成投资3亿元";
        let (point, at) = Walk::of(text).to(text.find('3').unwrap());
        assert_eq!((point, at.line, at.column), (13, 2, 9));
    }
}
