//! Sets of characters that are asked about for every character of a text.

/// Whether `c` is one of the noncharacters with which drafting marks where words are from, and which no fact
/// may therefore hold.
#[must_use]
pub const fn is_mark(c: char) -> bool {
    matches!(c, '\u{FDD0}'..='\u{FDEF}')
}

/// A set of characters of the basic plane, made when the program is compiled: one look-up a
/// question, however many characters it holds.
#[derive(Debug, Clone)]
pub struct CharSet([u64; 1024]);

impl CharSet {
    /// The characters of a text.
    ///
    /// # Panics
    /// If one of them is outside the basic plane; in a `static`, that stops the compilation.
    #[must_use]
    pub const fn of(chars: &str) -> Self {
        let bytes = chars.as_bytes();
        let mut bits = [0; 1024];
        let mut at = 0;
        while at < bytes.len() {
            let (code, width) = match bytes[at] {
                lead @ 0..=0x7F => (lead as usize, 1),
                lead @ 0xC0..=0xDF => ((lead as usize & 0x1F) << 6 | bytes[at + 1] as usize & 0x3F, 2),
                lead @ 0xE0..=0xEF => (
                    (lead as usize & 0xF) << 12
                        | (bytes[at + 1] as usize & 0x3F) << 6
                        | bytes[at + 2] as usize & 0x3F,
                    3,
                ),
                _ => panic!("a character outside the basic plane"),
            };
            bits[code / 64] |= 1 << (code % 64);
            at += width;
        }
        Self(bits)
    }

    /// Whether the set holds `c`.
    #[must_use]
    #[inline]
    pub const fn holds(&self, c: char) -> bool {
        let code = c as usize;
        code < 0x1_0000 && self.0[code / 64] >> (code % 64) & 1 == 1
    }

    /// Where in a text the characters of the set stand.
    pub fn find_iter<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (usize, char)> + 't {
        text.char_indices().filter(|&(_, c)| self.holds(c))
    }
}

#[cfg(test)]
mod tests {
    use super::CharSet;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_holds_its_characters_and_no_others(chars in "[a-cé，。县-发]{0,9}", c in "[a-cé，。县-发𠮷]") {
            let c = c.chars().next().unwrap_or('a');
            prop_assert_eq!(CharSet::of(&chars).holds(c), chars.contains(c));
        }
    }

    #[test]
    fn char_set_does_as_its_example_says() {
        use crate::base::charset::CharSet;
        static MARKS: CharSet = CharSet::of("，。；");
        assert!(MARKS.holds('。') && !MARKS.holds('、') && !MARKS.holds('𠮷'));
    }
}
