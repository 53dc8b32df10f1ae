//! A text as the counts see it: Han characters as they are, and four classes for all else.
//!
//! 增长8.5%，其中“A”级 is `增长0%|其中|A|级`: a figure with its point and separators is one letter,
//! so is a run of Latin letters, and so is whatever lies between two clauses or round a quotation.
//! Figures and names in Latin letters are endless, and which of them stands in a place says nothing
//! about the words beside it.

use std::ops::Range;

/// A figure, of any length.
pub const FIGURE: char = '0';
/// A run of Latin letters.
pub const LATIN: char = 'A';
/// Where words end in any case: punctuation, spaces, the ends of lines and of the text.
pub const EDGE: char = '|';

/// The letters of a text, each with its bytes. One [`EDGE`] stands before the first and after the
/// last.
#[derive(Debug, Clone, Default)]
pub struct Letters {
    letters: Vec<char>,
    /// Where each letter begins in the text; one more for the end of the text.
    starts: Vec<usize>,
}

/// What a character is to the counts; `None` for one that is not there to be seen.
fn fold(c: char) -> Option<char> {
    match c {
        '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '〇' => Some(c),
        '0'..='9' | '０'..='９' => Some(FIGURE),
        'a'..='z' | 'A'..='Z' | 'ａ'..='ｚ' | 'Ａ'..='Ｚ' => Some(LATIN),
        '%' | '％' => Some('%'),
        '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{00AD}' => None,
        _ => Some(EDGE),
    }
}

impl Letters {
    /// Reads a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        // Most characters are Han, of three bytes each.
        let room = text.len() / 3 + 3;
        let mut found = Self { letters: Vec::with_capacity(room), starts: Vec::with_capacity(room) };
        found.letters.push(EDGE);
        found.starts.push(0);
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let Some(letter) = fold(c) else { continue };
            let last = found.letters.last().copied().unwrap_or(EDGE);
            // A point or a separator belongs to the figure that goes on after it.
            let inside = last == FIGURE
                && matches!(c, '.' | '．' | ',' | '，')
                && matches!(chars.peek(), Some(&(_, next)) if next.is_ascii_digit() || ('０'..='９').contains(&next));
            if inside || letter == last && matches!(letter, FIGURE | LATIN | EDGE) {
                continue;
            }
            found.letters.push(letter);
            found.starts.push(at);
        }
        if found.letters.last() != Some(&EDGE) {
            found.letters.push(EDGE);
            found.starts.push(text.len());
        }
        found.starts.push(text.len());
        found
    }

    /// All letters, an edge at both ends.
    #[must_use]
    pub fn all(&self) -> &[char] {
        &self.letters
    }

    /// The letters without the edges that no character of the text gave: of `，的` the edge before 的
    /// is one, of `的` it is not.
    #[must_use]
    pub fn as_written(&self) -> &[char] {
        let put = |letter: usize| self.bytes(letter..letter + 1).is_empty();
        let last = self.letters.len().saturating_sub(1);
        let from = usize::from(put(0));
        let to = if put(last) { last } else { last + 1 };
        self.letters.get(from..to.min(self.letters.len())).unwrap_or_default()
    }

    /// The bytes of the text from which some letters were read, from the first of them to the
    /// beginning of what follows the last. Empty for an empty range or one that is out of bounds.
    #[must_use]
    pub fn bytes(&self, letters: Range<usize>) -> Range<usize> {
        match (self.starts.get(letters.start), self.starts.get(letters.end)) {
            (Some(&from), Some(&to)) if letters.start < letters.end => from..to,
            _ => 0..0,
        }
    }

    /// The letters that were read from some bytes of the text: the first one that ends after their
    /// beginning to the last one that begins before their end.
    #[must_use]
    pub fn within(&self, bytes: Range<usize>) -> Range<usize> {
        let ends = self.starts.get(1..).unwrap_or_default();
        let from = ends.partition_point(|&end| end <= bytes.start);
        let to = self.starts[..self.letters.len()].partition_point(|&start| start < bytes.end);
        from..to.max(from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn folded(text: &str) -> String {
        Letters::of(text).all().iter().collect()
    }

    #[test]
    fn a_figure_with_its_separators_is_one_letter() {
        assert_eq!(folded("投入1,234.5万元、3项，4个"), "|投入0万元|0项|0个|");
        assert_eq!(folded("增长５．６％。"), "|增长0%|");
        assert_eq!(folded("2026. 5"), "|0|0|");
    }

    #[test]
    fn only_punctuation_of_the_text_is_written() {
        let written = |text: &str| Letters::of(text).as_written().iter().collect::<String>();
        assert_eq!(written("，的"), "|的");
        assert_eq!(written("的"), "的");
        assert_eq!(written("的。"), "的|");
        assert_eq!(written("。"), "|");
        assert_eq!(written(""), "");
    }

    #[test]
    fn an_empty_text_is_one_edge() {
        assert_eq!(folded(""), "|");
        assert_eq!(folded("。\n"), "|");
    }

    proptest! {
        #[test]
        fn every_han_character_is_found_again_by_its_bytes(text in "[一-龥0-9a-c，。 .%]{0,40}") {
            let letters = Letters::of(&text);
            let mut at = 0;
            for (index, &letter) in letters.all().iter().enumerate() {
                if !matches!(letter, FIGURE | LATIN | EDGE | '%') {
                    let bytes = letters.bytes(index..index + 1);
                    prop_assert!(text[bytes.clone()].starts_with(letter));
                    prop_assert!(bytes.start >= at);
                    at = bytes.end;
                    let end = bytes.start + letter.len_utf8();
                    prop_assert_eq!(letters.within(bytes.start..end), index..index + 1);
                }
            }
            let han = text.chars().filter(|c| ('一'..='龥').contains(c)).count();
            let kept = letters.all().iter().filter(|c| ('一'..='龥').contains(*c)).count();
            prop_assert_eq!(han, kept);
        }
    }

    #[test]
    fn of_does_as_its_example_says() {
        use crate::base::counts::Letters;
        let letters = Letters::of("增长8.5％，");
        assert_eq!(letters.all().iter().collect::<String>(), "|增长0%|");
        assert_eq!(letters.bytes(3..4), 6..9);
    }
}
