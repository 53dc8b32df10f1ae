//! What of a text counts when it is compared with another, and the way back.
//!
//! Whoever copies a passage changes its punctuation, wraps its lines, takes it off a page in
//! Traditional characters with pinyin between them, or types its digits full-width; none of that
//! makes it her own. So a text is compared by its *comparable letters*: Han characters, letters and
//! digits, with width and case folded and each character replaced by its Simplified form. Folding
//! goes character by character, so that each letter has exactly one place in the original; the
//! table (`phrasebank/lexicon/simplified.txt`) is built in when the program is compiled and costs
//! nothing to load. Phrases (乾坤, 皇后) are not told apart: both sides are folded alike.
//!
//! A letter is a UTF-16 code unit. All but the rarest characters are one; those beyond the basic
//! plane are two, which stand at the same place.

use std::ops::Range;

use super::Letters;

/// What counts as which character; see its head.
const SIMPLIFIED: &str = include_str!("../../phrasebank/lexicon/simplified.txt");

/// Scripts whose characters are letters, with what is added to fold their case.
const SCRIPTS: &[(u16, u16, i16)] = &[
    (0x30, 0x39, 0),
    (0x41, 0x5A, 32),
    (0x61, 0x7A, 0),
    (0xC0, 0xD6, 32),
    (0xD8, 0xDE, 32),
    (0xDF, 0xF6, 0),
    (0xF8, 0x24F, 0),
    (0x391, 0x3A9, 32),
    (0x3AC, 0x3CE, 0),
    (0x400, 0x40F, 80),
    (0x410, 0x42F, 32),
    (0x430, 0x52F, 0),
    (0x620, 0x64A, 0),
    (0x660, 0x669, 0),
    (0x671, 0x6D3, 0),
    (0xF40, 0xF69, 0),
    (0xF71, 0xF84, 0),
    (0xF90, 0xFBC, 0),
    (0x1820, 0x1878, 0),
    (0x1E00, 0x1EFF, 0),
    (0x2160, 0x216B, 16),
    (0x2170, 0x217B, 0),
    (0x3005, 0x3007, 0),
    (0x3041, 0x3096, 0),
    (0x30A1, 0x30FA, 0),
    (0x3105, 0x312F, 0),
    (0x3400, 0x4DBF, 0),
    (0x4E00, 0x9FFF, 0),
    (0xA000, 0xA48C, 0),
    (0xAC00, 0xD7A3, 0),
    (0xF900, 0xFAD9, 0),
    (0xFF10, 0xFF19, -0x1E0),
    (0xFF21, 0xFF3A, -0x1C0),
    (0xFF41, 0xFF5A, -0x1E0),
];

/// What each character of the basic plane counts as; 0 for what is dropped.
///
/// Full-width forms are U+FEE0 above ASCII; as wrapping additions the offsets of [`SCRIPTS`] say so.
static FOLD: [u16; 0x1_0000] = table();

#[expect(clippy::cast_possible_truncation, reason = "every code is checked to be in the basic plane")]
const fn table() -> [u16; 0x1_0000] {
    let mut table = [0u16; 0x1_0000];
    let mut i = 0;
    while i < SCRIPTS.len() {
        let (first, last, add) = SCRIPTS[i];
        let mut c = first;
        while c <= last {
            table[c as usize] = match c {
                0xFF00.. => {
                    c.wrapping_sub(0xFEE0).wrapping_add(if c <= 0xFF3A && c >= 0xFF21 { 32 } else { 0 })
                }
                _ => c.wrapping_add_signed(add),
            };
            c += 1;
        }
        i += 1;
    }
    // Lines of a character and those that count as it.
    let bytes = SIMPLIFIED.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let comment = bytes[at] == b'#';
        let mut target = 0;
        while at < bytes.len() && bytes[at] != b'\n' {
            let (c, len) = decode(bytes, at);
            at += len;
            if comment || c > 0xFFFF {
                continue;
            }
            if target == 0 {
                target = c as u16;
            } else {
                table[c as usize] = target;
            }
        }
        at += 1;
    }
    table
}

/// The character at a byte where one begins, and its length.
const fn decode(bytes: &[u8], at: usize) -> (u32, usize) {
    let first = bytes[at] as u32;
    if first < 0x80 {
        return (first, 1);
    }
    let two = bytes[at + 1] as u32 & 0x3F;
    if first < 0xE0 {
        return ((first & 0x1F) << 6 | two, 2);
    }
    let three = bytes[at + 2] as u32 & 0x3F;
    if first < 0xF0 {
        return ((first & 0xF) << 12 | two << 6 | three, 3);
    }
    let four = bytes[at + 3] as u32 & 0x3F;
    ((first & 7) << 18 | two << 12 | three << 6 | four, 4)
}

/// Bytes of the longest gloss, its brackets included: （zhuāng） has 14, two syllables 20.
const LONGEST_GLOSS: usize = 28;

/// Where an inline pinyin gloss that opens at `at` ends: right after its closing bracket. `None` if
/// there is none: `(GDP)` and `（一）` are what they say.
pub(super) fn gloss(bytes: &[u8], at: usize) -> Option<usize> {
    let open = match bytes.get(at)? {
        b'(' => 1,
        0xEF if bytes.get(at..at + 3)? == "（".as_bytes() => 3,
        _ => return None,
    };
    let mut i = at + open;
    let mut letters = 0;
    while i < bytes.len() && i - at <= LONGEST_GLOSS {
        match bytes[i] {
            b'a'..=b'z' => letters += 1,
            b' ' | b'\'' => {}
            b')' if letters > 0 => return Some(i + 1),
            0xEF if letters > 0 && bytes.get(i..i + 3) == Some("）".as_bytes()) => return Some(i + 3),
            // ā, é, ǔ, ü, ɡ and loose tone marks.
            0xC3..=0xC9 | 0xCC | 0xCD => {
                letters += 1;
                i += 1;
            }
            _ => return None,
        }
        i += 1;
    }
    None
}

/// Hands over each comparable letter with the byte at which its character begins.
#[inline]
fn fold(text: &str, mut keep: impl FnMut(u16, usize)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    // Whether a character that a gloss may stand behind was just met.
    let mut behind = false;
    while at < bytes.len() {
        let (c, len) = decode(bytes, at);
        if let Ok(basic) = u16::try_from(c) {
            let letter = FOLD[usize::from(basic)];
            if letter != 0 {
                keep(letter, at);
                behind = basic >= 0x3400;
            } else {
                if behind
                    && (c == 0x28 || c == 0xFF08)
                    && let Some(end) = gloss(bytes, at)
                {
                    at = end;
                    continue;
                }
                // 团 结 (jié): a blank between them, not a mark.
                behind = behind && (c == 0x20 || c == 0x3000);
            }
        } else if matches!(c, 0x2_0000..=0x3_FFFF) {
            let mut units = [0; 2];
            if let Some(c) = char::from_u32(c) {
                c.encode_utf16(&mut units).iter().for_each(|&u| keep(u, at));
            }
            behind = true;
        } else {
            behind = false;
        }
        at += len;
    }
}

/// Appends the comparable letters of a text, without the way back: for indexing.
///
/// The same as `fold`, without a jump at every sign that is dropped: a letter is written where
/// the next one goes, and stays only if it is one.
pub fn letters(text: &str, out: &mut Vec<u16>) {
    let bytes = text.as_bytes();
    let mut count = out.len();
    // No character has more letters than bytes.
    out.resize(count + bytes.len(), 0);
    let (mut at, mut behind) = (0, false);
    while at < bytes.len() {
        let (c, len) = match bytes[at..] {
            [a @ 0xE0..0xF0, b, c, ..] => {
                (u16::from(a) << 12 | (u16::from(b) & 0x3F) << 6 | u16::from(c) & 0x3F, 3)
            }
            [a @ 0..0x80, ..] => (u16::from(a), 1),
            [a @ 0x80..0xE0, b, ..] => ((u16::from(a) & 0x1F) << 6 | u16::from(b) & 0x3F, 2),
            _ => {
                let (c, len) = decode(bytes, at);
                if let Some(c) = char::from_u32(c).filter(|&c| matches!(c, '\u{20000}'..='\u{3FFFF}')) {
                    for &mut unit in c.encode_utf16(&mut [0; 2]) {
                        out[count] = unit;
                        count += 1;
                    }
                    behind = true;
                } else {
                    behind = false;
                }
                at += len;
                continue;
            }
        };
        let letter = FOLD[usize::from(c)];
        if behind
            && (c == 0x28 || c == 0xFF08)
            && let Some(end) = gloss(bytes, at)
        {
            at = end;
            continue;
        }
        out[count] = letter;
        count += usize::from(letter != 0);
        behind = letter != 0 && c >= 0x3400 || letter == 0 && behind && (c == 0x20 || c == 0x3000);
        at += len;
    }
    out.truncate(count);
}

/// The comparable letters of a text and where each stands in it.
#[derive(Debug, Clone)]
pub struct Comparable<'t> {
    text: &'t str,
    letters: Vec<u16>,
    /// The byte of each letter's character.
    at: Vec<u32>,
}

impl<'t> Comparable<'t> {
    /// Folds `text`. What stands beyond 4 GB is left out.
    #[must_use]
    pub fn of(text: &'t str) -> Self {
        let mut letters = Vec::with_capacity(text.len() / 3 + 8);
        let mut at = Vec::with_capacity(text.len() / 3 + 8);
        fold(text, |letter, byte| {
            if let Ok(byte) = u32::try_from(byte) {
                letters.push(letter);
                at.push(byte);
            }
        });
        Self { text, letters, at }
    }

    /// The text as it was.
    #[must_use]
    pub const fn text(&self) -> &'t str {
        self.text
    }

    /// The letters.
    #[must_use]
    pub fn letters(&self) -> &[u16] {
        &self.letters
    }

    /// How many letters there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.letters.len()
    }

    /// Whether there is no letter in the text.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.letters.is_empty()
    }

    /// The byte at which the character of letter `i` begins; the text's end for the end.
    #[must_use]
    pub fn byte(&self, i: usize) -> usize {
        self.at.get(i).map_or(self.text.len(), |&b| b as usize)
    }

    /// The bytes of the original from the first to right after the last character of these
    /// letters: what was dropped is inside only where it stands between two of them. Empty for no
    /// letters.
    #[must_use]
    pub fn bytes(&self, letters: Letters) -> Range<usize> {
        let start = self.byte(letters.start);
        if letters.is_empty() {
            return start..start;
        }
        let last = self.byte(letters.end - 1);
        start..last + self.text[last..].chars().next().map_or(0, char::len_utf8)
    }

    /// The letters whose characters begin within these bytes.
    #[must_use]
    pub fn within(&self, bytes: &Range<usize>) -> Letters {
        let before = |byte: usize| self.at.partition_point(|&b| (b as usize) < byte);
        Letters { start: before(bytes.start), end: before(bytes.end) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ferrous_opencc::{OpenCC, config::BuiltinConfig};
    use proptest::prelude::*;

    fn folded(text: &str) -> String {
        String::from_utf16(Comparable::of(text).letters()).unwrap()
    }

    #[test]
    fn disguises_fold_away() {
        let plain = folded("全县各族群众团结一心，共完成投资3.5亿元，GDP增长6%");
        for disguised in [
            "全縣各族羣眾團結一心,共完成投資３.５億元,ＧＤＰ增長６％",
            "全縣(xiàn)各族群眾團(tuán)結(jié)一心，共完成投資(zī)3.5億（yì）元，gdp增長6%",
            "　　全县各族群众\n团结一心，\u{200b}共完成 投资3.5亿元，GDP增长6%。",
            "⼀".replace('⼀', "全县各族群众团结⼀心，共完成投资3.5亿元，GDP增长6%").as_str(),
        ] {
            assert_eq!(folded(disguised), plain);
        }
    }

    #[test]
    fn brackets_that_are_no_pinyin_stay() {
        assert_eq!(folded("（一）总体要求(GDP)见附件（2）"), "一总体要求gdp见附件2");
        assert_eq!(folded("项目(a"), "项目a");
        assert_eq!(folded("项目（"), "项目");
    }

    #[test]
    fn the_table_is_that_of_opencc_and_leads_nowhere_twice() {
        let opencc = OpenCC::from_config(BuiltinConfig::T2s).unwrap();
        let (ours, tables): (Vec<&str>, Vec<&str>) = {
            let mut parts = SIMPLIFIED.split("# == ").skip(1);
            let tables = parts.next().unwrap().lines().skip(1).collect();
            (parts.flat_map(|p| p.lines().skip(1)).collect(), tables)
        };
        assert!(tables.len() > 2000 && ours.len() > 100);
        for line in tables.iter().chain(&ours) {
            let mut chars = line.chars();
            let target = chars.next().unwrap();
            assert_eq!(FOLD[target as usize], u16::try_from(target as u32).unwrap(), "{target} folds on");
            for c in chars {
                assert_ne!(c, target);
                if tables.contains(line) {
                    let simple = opencc.convert(&c.to_string()).chars().next().unwrap();
                    assert_eq!(FOLD[simple as usize], FOLD[c as usize], "{c} → {simple}");
                }
            }
        }
        for c in ('\u{4E00}'..='\u{9FFF}').filter(|&c| FOLD[c as usize] == u16::try_from(c as u32).unwrap()) {
            let simple = opencc.convert(&c.to_string()).chars().next().unwrap();
            assert!(simple == c || simple as u32 > 0xFFFF, "{c} → {simple} is missing");
        }
    }

    #[test]
    fn letters_are_folded_once_for_all() {
        for (c, &letter) in FOLD.iter().enumerate() {
            assert_eq!(FOLD[usize::from(letter)], letter, "{c:04X}");
        }
    }

    #[test]
    fn every_han_character_and_digit_is_a_letter() {
        for c in (0..=0xFFFFu32).filter_map(char::from_u32) {
            if crate::base::han::is_han(c) && !('\u{2E80}'..'\u{2FE0}').contains(&c)
                || c.is_ascii_alphanumeric()
            {
                assert_ne!(FOLD[c as usize], 0, "{c}");
            }
        }
    }

    proptest! {
        #[test]
        fn every_letter_finds_its_way_back(text in "([a１％，。\u{200b}\u{feff}一團县𠮷é\n]|\\(jié\\)|（tuan）|[（(]ab){0,40}") {
            let comparable = Comparable::of(&text);
            let mut plain = Vec::new();
            letters(&text, &mut plain);
            prop_assert_eq!(&plain, comparable.letters());
            for i in 0..comparable.len() {
                let bytes = comparable.bytes(Letters::of(i..i + 1));
                let c = text[bytes.clone()].chars().next().unwrap();
                prop_assert_eq!(bytes.len(), c.len_utf8());
                let alone: Vec<u16> = Comparable::of(&text[bytes]).letters().to_vec();
                prop_assert!(alone.contains(&comparable.letters()[i]), "{} {:?}", c, alone);
            }
            for start in 0..comparable.len() {
                for end in start + 1..=comparable.len() {
                    let bytes = comparable.bytes(Letters::of(start..end));
                    let (first, last) = (comparable.byte(start), comparable.byte(end - 1));
                    prop_assert_eq!(bytes.start, first);
                    prop_assert!(bytes.end > last);
                    let within = comparable.within(&bytes);
                    prop_assert!(within.start <= start && within.end >= end);
                }
            }
        }

        #[test]
        fn any_text_folds_without_a_fault(text in "\\PC{0,60}") {
            let comparable = Comparable::of(&text);
            let whole = comparable.bytes(Letters::of(0..comparable.len()));
            prop_assert!(text.get(whole).is_some());
        }
    }

    #[test]
    fn letters_does_as_its_example_says() {
        let mut letters = Vec::new();
        crate::corpus::letters("２０２４年，團(tuán)結(jié)一心", &mut letters);
        assert_eq!(String::from_utf16(&letters).unwrap(), "2024年团结一心");
    }

    #[test]
    fn comparable_does_as_its_example_says() {
        use crate::corpus::{Comparable, Letters};
        let text = "全县團(tuán)結(jié)，一心";
        let comparable = Comparable::of(text);
        assert_eq!(String::from_utf16(comparable.letters()).unwrap(), "全县团结一心");
        assert_eq!(&text[comparable.bytes(Letters::of(2..5))], "團(tuán)結(jié)，一");
    }
}
