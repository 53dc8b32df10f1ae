//! Fonts of a .pdf: from the bytes of a string to characters and their widths.
//!
//! A font's own table (`ToUnicode`) counts first. Where it is missing, the codes are characters of an
//! encoding that their name tells (GBK-EUC-H, UniGB-UCS2-H: fonts that are not embedded), or numbers of
//! glyphs, which an embedded TrueType font tells (`truetype`).

use std::collections::HashMap;

use encoding_rs::{BIG5, EUC_KR, Encoding, GB18030, MACINTOSH, SHIFT_JIS, WINDOWS_1252};
use hayro_cmap::{BfString, CMap};
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};

use super::stream::Budget;
use super::truetype;
use crate::base::lexicon::glyphs as lexicon;

/// A font.
pub struct Font {
    codes: Codes,
    table: Option<CMap>,
    /// Characters by glyph, of an embedded font that alone tells them.
    own: HashMap<u16, char>,
    widths: Widths,
}

/// How the bytes of a string are parted into codes, and what these mean by themselves.
enum Codes {
    /// A byte each.
    Bytes(Box<[Option<char>; 256]>),
    /// Two bytes each, numbers of glyphs.
    Glyphs,
    /// Two bytes each, or four for characters beyond the first plane.
    Utf16,
    /// One, two or four bytes each, characters of an encoding.
    Charset(&'static Encoding),
    /// By a table of the file.
    Table(Box<CMap>),
}

/// Widths in thousandths of the height.
#[derive(Default)]
struct Widths {
    each: HashMap<u32, f32>,
    /// First, last, width.
    runs: Vec<(u32, u32, f32)>,
    other: f32,
    /// Of a font whose glyphs are drawings: what its own unit is in thousandths.
    unit: f32,
}

/// What one code of a string is.
pub struct Shown<'t> {
    /// What it says; `None` if nobody tells.
    pub said: Said<'t>,
    /// Its width in heights of the font.
    pub width: f32,
    /// Whether it is the blank between words, which can be widened.
    pub blank: bool,
}

/// What a code says.
pub enum Said<'t> {
    One(char),
    Several(&'t str),
    Unknown,
}

impl Font {
    /// The font of a dictionary.
    pub fn of(dict: &Dict<'_>, budget: &mut Budget) -> Self {
        let table = dict.get::<Stream<'_>>("ToUnicode").and_then(|stream| budget.unpack(&stream));
        let table = table.and_then(|bytes| CMap::parse(&bytes, |_| None));
        let kind: Option<Name<'_>> = dict.get("Subtype");
        if kind.as_deref() == Some(b"Type0") {
            return Self::composite(dict, table, budget);
        }
        let mut widths = Widths { unit: 1.0, other: 550.0, ..Widths::default() };
        if kind.as_deref() == Some(b"Type3") {
            let matrix = dict.get::<Array<'_>>("FontMatrix").and_then(|m| m.iter::<f32>().next());
            widths.unit = matrix.unwrap_or(0.001) * 1000.0;
        }
        let descriptor: Option<Dict<'_>> = dict.get("FontDescriptor");
        if let Some(missing) = descriptor.as_ref().and_then(|d| d.get::<f32>("MissingWidth")) {
            widths.other = missing;
        }
        let first = dict.get::<i32>("FirstChar").and_then(|n| u32::try_from(n).ok()).unwrap_or(0);
        if let Some(list) = dict.get::<Array<'_>>("Widths") {
            widths.each.extend((first..).zip(list.iter::<f32>()).take(256));
        }
        Self { codes: Codes::Bytes(Box::new(bytes(dict))), table, own: HashMap::new(), widths }
    }

    fn composite(dict: &Dict<'_>, table: Option<CMap>, budget: &mut Budget) -> Self {
        let below = dict.get::<Array<'_>>("DescendantFonts").and_then(|d| d.iter::<Dict<'_>>().next());
        let below = below.unwrap_or_default();
        let codes = match dict.get::<Object<'_>>("Encoding") {
            Some(Object::Stream(stream)) => budget
                .unpack(&stream)
                .and_then(|bytes| CMap::parse(&bytes, |_| None))
                .map_or(Codes::Glyphs, |table| Codes::Table(Box::new(table))),
            Some(Object::Name(name)) => by_name(name.as_str()),
            _ => Codes::Glyphs,
        };
        let mut own = HashMap::new();
        if table.is_none() && matches!(codes, Codes::Glyphs) {
            let file = below.get::<Dict<'_>>("FontDescriptor").and_then(|d| d.get::<Stream<'_>>("FontFile2"));
            if let Some(bytes) = file.and_then(|stream| budget.unpack(&stream)) {
                own = truetype::characters(&bytes);
            }
        }
        Self { codes, table, own, widths: wide(&below) }
    }

    /// Shows `see` each code of a string.
    pub fn each(&self, mut bytes: &[u8], mut see: impl FnMut(&Shown<'_>)) {
        while !bytes.is_empty() {
            let (length, code, own) = self.next(bytes);
            let blank = length == 1 && bytes[0] == b' ';
            bytes = &bytes[length.min(bytes.len())..];
            // Codes of an encoding are no numbers of glyphs, by which widths are given.
            let width = match (&self.codes, own) {
                (Codes::Utf16 | Codes::Charset(_), Some(sign)) if sign < '\u{100}' => 0.5,
                (Codes::Utf16 | Codes::Charset(_), _) => 1.0,
                (Codes::Table(table), _) => {
                    let length = u8::try_from(length).unwrap_or(2);
                    self.widths.of(table.lookup_cid_code(code, length).unwrap_or(code))
                }
                _ => self.widths.of(code),
            };
            let told = self.table.as_ref().and_then(|table| table.lookup_bf_string(code));
            // A table of zeros says that nobody knows.
            let said = match &told {
                Some(BfString::Char(sign)) if *sign != '\0' && *sign != '\u{FFFD}' => Said::One(*sign),
                Some(BfString::String(words)) if !words.is_empty() => Said::Several(words),
                _ => own.map_or(Said::Unknown, Said::One),
            };
            see(&Shown { said, width, blank });
        }
    }

    /// The length of the first code, the code, and what it means by itself.
    fn next(&self, bytes: &[u8]) -> (usize, u32, Option<char>) {
        let two = || (u32::from(bytes[0]) << 8) | u32::from(bytes.get(1).copied().unwrap_or(0));
        match &self.codes {
            Codes::Bytes(signs) => (1, u32::from(bytes[0]), signs[usize::from(bytes[0])]),
            Codes::Glyphs => {
                let code = two();
                (2, code, u16::try_from(code).ok().and_then(|glyph| self.own.get(&glyph).copied()))
            }
            Codes::Utf16 => {
                let high = two();
                if (0xD800..0xDC00).contains(&high) && bytes.len() >= 4 {
                    let low = (u32::from(bytes[2]) << 8) | u32::from(bytes[3]);
                    let code = 0x1_0000 + ((high - 0xD800) << 10) + (low.wrapping_sub(0xDC00) & 0x3FF);
                    return (4, (high << 16) | low, char::from_u32(code));
                }
                (2, high, char::from_u32(high))
            }
            Codes::Charset(encoding) => {
                let four = bytes.get(1).is_some_and(u8::is_ascii_digit) && *encoding == GB18030;
                let length = if bytes[0] < 0x80 {
                    1
                } else if four {
                    4
                } else {
                    2
                }
                .min(bytes.len());
                let (text, _) = encoding.decode_without_bom_handling(&bytes[..length]);
                let code = bytes[..length].iter().fold(0u32, |code, &b| (code << 8) | u32::from(b));
                (length, code, text.chars().next().filter(|&c| c != '\u{FFFD}'))
            }
            Codes::Table(table) => {
                let mut code = 0;
                for (length, &byte) in (1u8..=4).zip(bytes) {
                    code = (code << 8) | u32::from(byte);
                    if table.lookup_cid_code(code, length).is_some() {
                        return (usize::from(length), code, None);
                    }
                }
                (2.min(bytes.len()), two(), None)
            }
        }
    }
}

/// What codes are by the name of their encoding. Those that count in Adobe's own order of glyphs are
/// codes of an encoding first.
fn by_name(name: &str) -> Codes {
    if name.contains("UTF16") || name.contains("UCS2") {
        return Codes::Utf16;
    }
    let starts = |some: &[&str]| some.iter().any(|s| name.starts_with(s));
    if starts(&["GB", "GBK"]) {
        Codes::Charset(GB18030)
    } else if starts(&["B5", "ETen", "HKscs", "CNS"]) {
        Codes::Charset(BIG5)
    } else if starts(&["90ms", "90pv", "83pv", "Add-RKSJ", "Ext-RKSJ"]) {
        Codes::Charset(SHIFT_JIS)
    } else if starts(&["KSC"]) {
        Codes::Charset(EUC_KR)
    } else {
        Codes::Glyphs
    }
}

/// The characters of a font of single bytes.
fn bytes(dict: &Dict<'_>) -> [Option<char>; 256] {
    let encoding = dict.get::<Object<'_>>("Encoding");
    let base = match &encoding {
        Some(Object::Name(name)) => Some(name.clone()),
        Some(Object::Dict(own)) => own.get::<Name<'_>>("BaseEncoding"),
        _ => None,
    };
    let mac = base.is_some_and(|name| name.as_str() == "MacRomanEncoding");
    let charset = if mac { MACINTOSH } else { WINDOWS_1252 };
    let mut signs = [None; 256];
    for (sign, code) in signs.iter_mut().zip(0u8..=255) {
        let (text, _) = charset.decode_without_bom_handling(std::slice::from_ref(&code));
        *sign = text.chars().next().filter(|c| !c.is_control());
    }
    if let Some(Object::Dict(own)) = encoding
        && let Some(differences) = own.get::<Array<'_>>("Differences")
    {
        let mut at = 0usize;
        for object in differences.iter::<Object<'_>>().take(1_024) {
            match object {
                Object::Number(number) => at = usize::try_from(number.as_i64()).unwrap_or(256),
                Object::Name(name) => {
                    if let Some(sign) = signs.get_mut(at) {
                        *sign = glyph(name.as_str());
                    }
                    at += 1;
                }
                _ => {}
            }
        }
    }
    signs
}

/// The character that a glyph's name means.
fn glyph(name: &str) -> Option<char> {
    let name = name.split('.').next().unwrap_or(name);
    match name {
        "space" | "nbspace" => return Some(' '),
        "hyphen" | "minus" | "sfthyphen" => return Some('-'),
        "underscore" => return Some('_'),
        "numbersign" => return Some('#'),
        _ => {}
    }
    let mut signs = name.chars();
    if let (Some(sign), None) = (signs.next(), signs.next()) {
        return Some(sign);
    }
    let hex = name.strip_prefix("uni").or_else(|| name.strip_prefix('u'));
    if let Some(code) = hex.and_then(|hex| u32::from_str_radix(hex, 16).ok()) {
        return char::from_u32(code);
    }
    let at = lexicon::NAMES.binary_search_by(|(known, _)| (*known).cmp(name)).ok()?;
    Some(lexicon::NAMES[at].1)
}

/// The widths of a font of many glyphs.
fn wide(dict: &Dict<'_>) -> Widths {
    /// Entries that are looked at.
    const MOST: usize = 200_000;
    let other = dict.get::<f32>("DW").unwrap_or(1000.0);
    let mut widths = Widths { unit: 1.0, other, ..Widths::default() };
    let Some(list) = dict.get::<Array<'_>>("W") else { return widths };
    let mut numbers: Vec<f32> = Vec::new();
    for object in list.iter::<Object<'_>>().take(MOST) {
        match object {
            Object::Number(number) => numbers.push(number.as_f32()),
            Object::Array(each) => {
                if let Some(first) = numbers.pop().and_then(whole) {
                    widths.each.extend((first..).zip(each.iter::<f32>().take(0x1_0000)));
                }
                numbers.clear();
            }
            _ => {}
        }
        if let [first, last, width] = numbers[..] {
            if let (Some(first), Some(last)) = (whole(first), whole(last)) {
                widths.runs.push((first, last, width));
            }
            numbers.clear();
        }
    }
    widths.runs.sort_by_key(|run| run.0);
    widths
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the number of a glyph, seen to be one"
)]
fn whole(number: f32) -> Option<u32> {
    (0.0..1.0e6).contains(&number).then_some(number as u32)
}

impl Widths {
    /// The width of a code in heights of the font.
    fn of(&self, code: u32) -> f32 {
        let run = || {
            let at = self.runs.partition_point(|run| run.0 <= code).checked_sub(1)?;
            let (_, last, width) = *self.runs.get(at)?;
            (code <= last).then_some(width)
        };
        let width = self.each.get(&code).copied().or_else(run).unwrap_or(self.other);
        width * self.unit / 1000.0
    }
}
