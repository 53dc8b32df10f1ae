//! What a sign of a page means (字).

use crate::base::lexicon::radicals as lexicon;

/// The character that is meant by one that a font's table gives for its shape; see the word list.
pub fn settle(sign: char) -> char {
    let among = |words: &[&str]| {
        let at = words.binary_search_by_key(&Some(sign), |word| word.chars().next()).ok()?;
        words[at].chars().nth(1)
    };
    match sign {
        '\u{2E80}'..='\u{2FDF}' => among(lexicon::RADICALS),
        '\u{31C0}'..='\u{31EF}' | '\u{F900}'..='\u{FAFF}' => among(lexicon::COMPATIBLE),
        // Hyphens that fonts have the same shape for.
        '\u{2010}' | '\u{2011}' => Some('-'),
        // Blanks that only layout knows, and marks of order.
        '\u{00A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\t' | '\n' | '\r' => Some(' '),
        _ => None,
    }
    .unwrap_or(sign)
}

/// Whether a sign says nothing.
pub(super) fn is_blank(sign: char) -> bool {
    sign.is_whitespace() || is_mark(sign)
}

/// Whether a sign is neither seen nor takes room: marks of joining and of direction, a soft hyphen.
pub(super) const fn is_mark(sign: char) -> bool {
    matches!(sign, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}' | '\0'..='\u{1F}')
}

/// Whether a sign stands in a word or a figure that a line does not end within.
pub(super) fn is_narrow(sign: char) -> bool {
    sign.is_ascii_graphic() || matches!(sign, '\u{C0}'..='\u{24F}')
}

#[cfg(test)]
mod tests {
    use super::settle;
    use crate::base::lexicon::radicals as lexicon;

    #[test]
    fn a_radical_is_the_character_of_its_shape() {
        let settled: String = "⼯作⻓⻘⾯，福県1\u{2011}2".chars().map(settle).collect();
        assert_eq!(settled, "工作长青面，福県1-2");
    }

    #[test]
    fn the_lists_are_in_order_and_in_pairs() {
        for words in [lexicon::RADICALS, lexicon::COMPATIBLE] {
            assert!(words.windows(2).all(|w| w[0].chars().next() < w[1].chars().next()));
            assert!(words.iter().all(|w| w.chars().count() == 2));
        }
    }
}
