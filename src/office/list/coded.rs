//! Lists as .doc and .rtf tell them: numbers for the ways of writing numbers (MSONFC, MS-OSHARED 2.2.1.3), and
//! kinds and lists made one by one.

use std::collections::HashMap;

use super::definition::{Kind, LEVELS, Level, List, Lists};
use super::signs::Signs;

impl Signs {
    /// Those that a number names, `nfc` of a .doc and `\levelnfc` of an .rtf.
    pub fn coded(number: u16) -> Self {
        Self::named(match number {
            1 => "upperRoman",
            2 => "lowerRoman",
            3 => "upperLetter",
            4 => "lowerLetter",
            10 | 17 | 40 => "ideographDigital",
            11 => "japaneseCounting",
            14 | 19 => "decimalFullWidth",
            16 | 34 => "ideographLegalTraditional",
            18 | 28 => "decimalEnclosedCircle",
            22 => "decimalZero",
            23 => "bullet",
            26 => "decimalEnclosedFullstop",
            27 => "decimalEnclosedParen",
            29 => "ideographEnclosedCircle",
            30 => "ideographTraditional",
            31 => "ideographZodiac",
            32 => "ideographZodiacTraditional",
            33 => "taiwaneseCounting",
            35 => "taiwaneseCountingThousand",
            36 => "taiwaneseDigital",
            37 => "chineseCounting",
            38 => "chineseLegalSimplified",
            39 => "chineseCountingThousand",
            57 => "numberInDash",
            255 => "none",
            _ => "decimal",
        })
    }
}

/// What a level shows, as [`Level::text`] has it, of characters in which 0 to 8 stand for the numbers of levels.
pub fn shown_of(signs: impl Iterator<Item = char>) -> String {
    let mut text = String::new();
    for sign in signs {
        match u8::try_from(sign) {
            Ok(level @ 0..=8) => text.extend(['%', char::from(b'1' + level)]),
            _ => text.push(sign),
        }
    }
    text
}

impl Lists {
    /// Adds a kind of list, the levels from the highest.
    pub fn add_kind(&mut self, id: u32, levels: impl IntoIterator<Item = Level>) {
        let mut kind = Kind::default();
        for (place, level) in kind.levels.iter_mut().zip(levels) {
            *place = Some(level);
        }
        self.kinds.insert(id, kind);
    }

    /// Adds a list of a kind, with the levels and the first numbers that it sets for itself.
    pub fn add(&mut self, number: u32, kind: u32, levels: HashMap<u8, Level>, starts: HashMap<u8, u32>) {
        let is_level = |level: &u8| usize::from(*level) < LEVELS;
        let levels = levels.into_iter().filter(|(level, _)| is_level(level)).collect();
        self.lists.insert(number, List { kind, levels, starts });
    }
}
