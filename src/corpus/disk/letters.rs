//! Chinese text in two bytes a character, before it is packed.
//!
//! UTF-8 takes three, and a packer that looks for repeated bytes pays for the third: on speeches
//! the blocks come out a sixth smaller this way. ASCII is one byte, the Han of the basic block and
//! the signs around them two, anything else four.

/// First and last code points of each stretch that is written in two bytes, in order.
const STRETCHES: [(u32, u32); 4] =
    [(0x4E00, 0x9FFF), (0x2000, 0x33FF), (0xFF00, 0xFFFF), (0x0080, 0x07FF)];

/// The byte before a code point in three bytes.
const OTHER: u8 = 0xFF;

/// Appends the bytes of `text`.
pub(super) fn encode(text: &str, out: &mut Vec<u8>) {
    out.reserve(text.len());
    for c in text.chars() {
        let c = c as u32;
        if c < 0x80 {
            out.push(c as u8);
            continue;
        }
        let mut below = 0;
        let number = STRETCHES.iter().find_map(|&(first, last)| {
            let at = below;
            below += last - first + 1;
            (first..=last).contains(&c).then(|| at + c - first)
        });
        match number {
            Some(n) => out.extend([0x80 | (n >> 8) as u8, n as u8]),
            None => out.extend([OTHER, (c >> 16) as u8, (c >> 8) as u8, c as u8]),
        }
    }
}

/// The text of bytes; `None` if they are no text.
pub(super) fn decode(bytes: &[u8]) -> Option<String> {
    let mut out = String::with_capacity(bytes.len() * 3 / 2);
    let mut rest = bytes.iter();
    while let Some(&first) = rest.next() {
        let c = match first {
            0..0x80 => u32::from(first),
            OTHER => rest.by_ref().take(3).fold(0, |c, &b| c << 8 | u32::from(b)),
            _ => {
                let mut number = u32::from(first & 0x7F) << 8 | u32::from(*rest.next()?);
                STRETCHES.iter().find_map(|&(first, last)| {
                    let length = last - first + 1;
                    if number < length {
                        return Some(first + number);
                    }
                    number -= length;
                    None
                })?
            }
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
