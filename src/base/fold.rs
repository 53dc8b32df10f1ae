//! Comparable text, and the way back to the words as written.
//!
//! `２０ＸＸ年` and `20XX年` are the same to a reader, and a zero-width space between two
//! characters is nothing to her; rules that look for words look in the folded text and report in
//! the original. Every folding step maps one character to one character or to none, so the way
//! back is a short list of places where the two texts drift apart.

use std::borrow::Cow;
use std::ops::Range;

/// A folded text with the way back to its original.
///
/// Folded are the width of letters, digits and the signs `＊ ＿ ％ ＋ ． ／ ～` (full to half),
/// and dropped are zero-width characters, the byte-order mark and soft hyphens. Chinese
/// punctuation stays: `，` is not `,`.
#[derive(Debug, Clone)]
pub struct Folded<'t> {
    text: Cow<'t, str>,
    /// The characters that changed, in order; between two of them both texts run byte for byte.
    changed: Vec<Changed>,
}

/// One character that folding changed or dropped.
#[derive(Debug, Clone, Copy)]
struct Changed {
    original: usize,
    original_len: usize,
    folded: usize,
    /// 0 where it was dropped.
    folded_len: usize,
}

/// What one character folds to; `None` if it is dropped.
#[must_use]
pub fn fold_char(c: char) -> Option<char> {
    match c {
        'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '０'..='９' | '＊' | '＿' | '％' | '＋' | '．' | '／' | '～' =>
        {
            // The full-width forms U+FF01–U+FF5E are ASCII U+0021–U+007E in the same order.
            char::from_u32(c as u32 - 0xFEE0)
        }
        '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{00AD}' => None,
        _ => Some(c),
    }
}

impl<'t> Folded<'t> {
    /// Folds `text`. Nothing is copied where nothing folds.
    #[must_use]
    pub fn of(text: &'t str) -> Self {
        let mut out = String::new();
        let mut changed = Vec::new();
        let mut copied = 0;
        for original in candidates(text) {
            let Some(c) = text[original..].chars().next() else { continue };
            let fold = fold_char(c);
            if fold == Some(c) {
                continue;
            }
            out.push_str(&text[copied..original]);
            copied = original + c.len_utf8();
            let folded = out.len();
            out.extend(fold);
            let folded_len = out.len() - folded;
            changed.push(Changed { original, original_len: c.len_utf8(), folded, folded_len });
        }
        if changed.is_empty() {
            return Self { text: Cow::Borrowed(text), changed };
        }
        out.push_str(&text[copied..]);
        Self { text: Cow::Owned(out), changed }
    }

    /// The folded text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The original byte at which the character at `folded` stands; dropped characters before it
    /// are passed over.
    #[must_use]
    pub fn back(&self, folded: usize) -> usize {
        let before = self.changed.partition_point(|c| c.folded + c.folded_len <= folded);
        match before.checked_sub(1).map(|i| self.changed[i]) {
            Some(c) => c.original + c.original_len + (folded - c.folded - c.folded_len),
            None => folded,
        }
    }

    /// The folded byte of the character at `original`; of one that was dropped, that of the next.
    #[must_use]
    pub fn forward(&self, original: usize) -> usize {
        let before = self.changed.partition_point(|c| c.original + c.original_len <= original);
        match before.checked_sub(1).map(|i| self.changed[i]) {
            Some(c) => c.folded + c.folded_len + (original - c.original - c.original_len),
            None => original,
        }
    }

    /// The original range of a folded one: from its first character to right after its last, so
    /// dropped characters are inside only where they stand between those two.
    #[must_use]
    pub fn range_back(&self, folded: Range<usize>) -> Range<usize> {
        let start = self.back(folded.start);
        let Some(last) = self.text[folded.clone()].chars().next_back() else { return start..start };
        let last_at = folded.end - last.len_utf8();
        let at = self.changed.partition_point(|c| c.folded + c.folded_len <= last_at);
        let len = match self.changed.get(at) {
            Some(c) if c.folded == last_at && c.folded_len > 0 => c.original_len,
            _ => last.len_utf8(),
        };
        start..self.back(last_at) + len
    }
}

/// Starts of the characters that might fold, by their first byte.
fn candidates(text: &str) -> impl Iterator<Item = usize> + '_ {
    memchr::memchr3_iter(0xEF, 0xE2, 0xC2, text.as_bytes()).filter(|&at| text.is_char_boundary(at))
}

#[cfg(test)]
mod tests {
    use super::Folded;
    use proptest::prelude::*;

    #[test]
    fn text_that_folds_to_itself_is_not_copied() {
        let text = "全县上下“一盘棋”，抓落实。";
        assert!(matches!(Folded::of(text).text, std::borrow::Cow::Borrowed(_)));
    }

    proptest! {
        #[test]
        fn every_character_finds_its_way_back(text in "[a１％，。\u{200b}\u{feff}\u{ad}一“é𠮷]{0,30}") {
            let folded = Folded::of(&text);
            let kept: Vec<(usize, char)> =
                text.char_indices().filter(|&(_, c)| super::fold_char(c).is_some()).collect();
            let chars: Vec<(usize, char)> = folded.text().char_indices().collect();
            prop_assert_eq!(kept.len(), chars.len());
            for (&(original, c), &(at, f)) in kept.iter().zip(&chars) {
                prop_assert_eq!(folded.back(at), original);
                prop_assert_eq!(folded.forward(original), at);
                prop_assert_eq!(folded.range_back(at..at + f.len_utf8()), original..original + c.len_utf8());
            }
        }
    }

    #[test]
    fn folded_does_as_its_example_says() {
        use crate::base::fold::Folded;
        let text = "　　２０ＸＸ\u{200b}年，完成％";
        let folded = Folded::of(text);
        assert_eq!(folded.text(), "　　20XX年，完成%");
        let at = folded.text().find("20XX年").unwrap();
        let back = folded.range_back(at..at + "20XX年".len());
        assert_eq!(&text[back], "２０ＸＸ\u{200b}年");
    }
}
