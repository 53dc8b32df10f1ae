//! The bytes of an RTF text, as characters: in the code page of the font that is set, two bytes a
//! character or one, and `\u` with what stands in its place for programs that do not know it.

use crate::office::body::sign_of;
use encoding_rs::{BIG5, EUC_KR, Encoding, GB18030, SHIFT_JIS, UTF_8, WINDOWS_1252};

/// Bytes that have not become characters yet.
pub struct Words {
    bytes: Vec<u8>,
    /// The first half of a character beyond U+FFFF.
    high: Option<u16>,
}

impl Words {
    /// No bytes.
    pub const fn new() -> Self {
        Self { bytes: Vec::new(), high: None }
    }

    /// One more byte.
    pub fn push(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    /// The character of a `\u`; `None` for the first half of one, and for what is none.
    pub fn unicode(&mut self, number: i32) -> Option<char> {
        // Numbers above 32767 are written as negative ones.
        let Ok(unit) = u16::try_from(number.rem_euclid(0x1_0000)) else { return None };
        match (self.high.take(), unit) {
            (_, 0xD800..=0xDBFF) => {
                self.high = Some(unit);
                None
            }
            (Some(high), 0xDC00..=0xDFFF) => char::decode_utf16([high, unit]).next()?.ok(),
            _ => char::from_u32(u32::from(unit)),
        }
    }

    /// The characters of the bytes so far, of which none are left.
    pub fn take(&mut self, charset: Charset) -> String {
        let bytes = std::mem::take(&mut self.bytes);
        if !bytes.is_empty() {
            // Half a character with something behind it is none.
            self.high = None;
        }
        match charset {
            Charset::Page(page) => page.decode_without_bom_handling(&bytes).0.into_owned(),
            Charset::Symbols => bytes.iter().filter_map(|byte| sign_of(0xF000 + u32::from(*byte))).collect(),
        }
    }
}

/// The file with its characters beyond ASCII written as RTF wants them, where they were written in UTF-8 as some
/// generators do; `None` of any other file. Bytes of a code page are no UTF-8 once there are more than a few, and
/// hardly ever a Han character in three bytes.
pub fn of_utf8(bytes: &[u8]) -> Option<Vec<u8>> {
    if bytes.is_ascii() {
        return None;
    }
    let text = std::str::from_utf8(bytes).ok()?;
    text.contains(|c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c)).then(|| {
        let mut plain = Vec::with_capacity(bytes.len() * 4);
        for sign in text.chars() {
            if sign.is_ascii() {
                plain.extend(u8::try_from(sign).ok());
                continue;
            }
            plain.extend(b"{\\uc0");
            for unit in sign.encode_utf16(&mut [0; 2]) {
                plain.extend(format!("\\u{} ", unit.cast_signed()).bytes());
            }
            plain.push(b'}');
        }
        plain
    })
}

/// The code page of a number, as `\ansicpg` gives it.
pub fn code_page(number: i32) -> &'static Encoding {
    match number {
        936 | 10_008 | 54_936 => GB18030,
        950 | 10_002 => BIG5,
        932 | 10_001 => SHIFT_JIS,
        949 | 10_003 => EUC_KR,
        65_001 => UTF_8,
        1250..=1258 => Encoding::for_label(format!("windows-{number}").as_bytes()).unwrap_or(WINDOWS_1252),
        _ => WINDOWS_1252,
    }
}

/// What a font says of its bytes.
#[derive(Debug, Clone, Copy)]
pub enum Charset {
    /// Characters of this code page.
    Page(&'static Encoding),
    /// Signs of a symbol font.
    Symbols,
}

/// What the number of `\fcharset` says; `None` if the bytes are in the code page of the document.
pub fn charset(number: i32) -> Option<Charset> {
    Some(Charset::Page(match number {
        2 => return Some(Charset::Symbols),
        134 => GB18030,
        136 => BIG5,
        128 => SHIFT_JIS,
        129 => EUC_KR,
        238 => code_page(1250),
        204 => code_page(1251),
        161 => code_page(1253),
        _ => return None,
    }))
}
