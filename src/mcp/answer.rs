//! What a tool answers.

use serde_json::Value as Json;

/// Words and objects that say the same.
pub(super) struct Answer {
    /// To be read.
    pub text: String,
    /// To be read beside it, and no part of it; nothing if empty.
    pub aside: String,
    /// To be worked with.
    pub structured: Json,
    /// Whether it is the answer that something could not be done.
    pub failed: bool,
}

/// Bytes of a file in Base64 (RFC 4648), as JSON can hold them.
pub(super) fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut said = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let byte = |at: usize| u32::from(three.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4 {
            let sign = SIGNS[(bits >> (18 - 6 * at) & 0x3F) as usize];
            said.push(if at <= three.len() { char::from(sign) } else { '=' });
        }
    }
    said
}

impl Answer {
    pub const fn of(text: String, structured: Json) -> Self {
        Self { text, aside: String::new(), structured, failed: false }
    }

    /// The answer that something could not be done.
    pub const fn failed(text: String, structured: Json) -> Self {
        Self { text, aside: String::new(), structured, failed: true }
    }
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn bytes_are_written_as_the_standard_has_it() {
        let said = ["", "f", "fo", "foo", "foob"].map(|words| base64(words.as_bytes()));
        assert_eq!(said, ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg=="]);
        assert_eq!(base64(&[0xFB, 0xFF, 0xFE]), "+//+");
    }
}
