//! The style sheet of an RTF file: what it says of each style while it is read.

use std::collections::HashMap;

use crate::office::look::sheet::{self, Style};

/// A style that is none: the base of a style without one.
const NONE: i32 = 222;

/// The style sheet while it is read.
#[derive(Default)]
pub struct Sheet {
    styles: HashMap<String, Style>,
    /// The style at hand: its number, and whether it is one of paragraphs.
    number: i32,
    other: bool,
    open: Style,
}

impl Sheet {
    /// A control word within a style.
    pub fn word(&mut self, name: &str, number: Option<i32>) {
        let n = number.unwrap_or(0);
        match name {
            "s" => self.number = n,
            "cs" | "ds" | "ts" | "tsrowd" => self.other = true,
            "sbasedon" => self.open.based_on = (n != NONE).then(|| n.to_string()),
            "outlinelevel" => self.open.outline = u8::try_from(n).ok(),
            "ls" => {
                self.open.numbered = Some(n > 0);
                self.open.list.get_or_insert_default().number = u32::try_from(n).ok();
            }
            "ilvl" => self.open.list.get_or_insert_default().level = u8::try_from(n).ok(),
            _ => {}
        }
    }

    /// Its name, or a part of it.
    pub fn name(&mut self, words: &str) {
        self.open.name.push_str(words);
    }

    /// The style ends.
    pub fn end(&mut self) {
        let mut style = std::mem::take(&mut self.open);
        let number = std::mem::take(&mut self.number);
        let name = style.name.trim_end_matches(';').trim().to_owned();
        if !std::mem::take(&mut self.other) && !name.is_empty() {
            style.name = name;
            self.styles.insert(number.to_string(), style);
        }
    }

    /// All styles.
    pub fn finish(self) -> sheet::Sheet {
        sheet::Sheet::of(self.styles, "0")
    }
}
