//! Chinese text in two bytes a character, before it is packed.
//!
//! UTF-8 takes three, and a packer that looks for repeated bytes pays for the third: on speeches
//! the blocks come out a sixth smaller this way. ASCII is one byte, the Han of the basic block and
//! the signs around them two, anything else as many as in UTF-8.

/// The byte before a code point in three bytes.
const OTHER: u8 = 0xFF;
/// The byte before a code point in two.
const UNIT: u8 = 0xFE;

/// Where each stretch begins among the numbers that are written in two bytes.
const SIGNS: u32 = 0xA000 - 0x4E00;
const WIDE: u32 = SIGNS + 0x3400 - 0x2000;
const LATIN: u32 = WIDE + 0x100;
const END: u32 = LATIN + 0x800 - 0x80;
const _: () = assert!(END <= (UNIT as u32 - 0x80) << 8);

/// The number of a character that is written in two bytes.
const fn number(c: u32) -> Option<u32> {
    Some(match c {
        0x4E00..0xA000 => c - 0x4E00,
        0x2000..0x3400 => SIGNS + c - 0x2000,
        0xFF00..0x1_0000 => WIDE + c - 0xFF00,
        0x80..0x800 => LATIN + c - 0x80,
        _ => return None,
    })
}

/// The character of a number.
const fn character(number: u32) -> Option<u32> {
    Some(match number {
        0..SIGNS => 0x4E00 + number,
        SIGNS..WIDE => 0x2000 + number - SIGNS,
        WIDE..LATIN => 0xFF00 + number - WIDE,
        LATIN..END => 0x80 + number - LATIN,
        _ => return None,
    })
}

/// Appends the bytes of `text`.
pub(super) fn encode(text: &str, out: &mut Vec<u8>) {
    let mut at = out.len();
    // No character takes more bytes than in UTF-8; two more, so that two can be written at once.
    out.resize(at + text.len() + 2, 0);
    for c in text.chars() {
        let c = c as u32;
        if c < 0x80 {
            out[at] = c as u8;
            at += 1;
        } else if let Some(n) = number(c) {
            out[at..at + 2].copy_from_slice(&[0x80 | (n >> 8) as u8, n as u8]);
            at += 2;
        } else if c < 0x1_0000 {
            // Three bytes in UTF-8, so it has to be three here: the mark and a code unit.
            out[at..at + 3].copy_from_slice(&[UNIT, (c >> 8) as u8, c as u8]);
            at += 3;
        } else {
            out[at..at + 4].copy_from_slice(&[OTHER, (c >> 16) as u8, (c >> 8) as u8, c as u8]);
            at += 4;
        }
    }
    out.truncate(at);
}

/// The text of bytes; `None` if they are no text.
pub(super) fn decode(bytes: &[u8]) -> Option<String> {
    let mut out = String::with_capacity(bytes.len() * 3 / 2);
    let mut rest = bytes.iter();
    while let Some(&first) = rest.next() {
        let c = match first {
            0..0x80 => u32::from(first),
            OTHER => {
                let mut byte = || rest.next().map(|&b| u32::from(b));
                byte()? << 16 | byte()? << 8 | byte()?
            }
            UNIT => {
                let mut byte = || rest.next().map(|&b| u32::from(b));
                byte()? << 8 | byte()?
            }
            _ => character(u32::from(first & 0x7F) << 8 | u32::from(*rest.next()?))?,
        };
        out.push(char::from_u32(c)?);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::{decode, encode};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_text_comes_back(text in "[一-龥，。（）“”　０-９a-z0-9\n𠮷é\u{200b}\u{feff}€가\u{e000}]{0,60}|\\PC{0,40}") {
            let mut bytes = Vec::new();
            encode(&text, &mut bytes);
            prop_assert_eq!(decode(&bytes), Some(text));
        }

        #[test]
        fn any_bytes_are_text_or_none(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            let _ = decode(&bytes);
        }
    }
}
