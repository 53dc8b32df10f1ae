//! Which encoding a text file is in, decided from its bytes.
//!
//! Office machines still save GBK; web pages come in Big5; Notepad writes UTF-16. Detectors made
//! for browsers take Big5 for GBK and miss UTF-16 without a mark, so the order here is: byte-order
//! mark, valid UTF-8, UTF-16 that reads as Chinese, then GB18030 against Big5 by the share of
//! their everyday characters. GBK and GB2312 are subsets of GB18030 and are read as such.

use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use super::{Problem, Result, Text};
use crate::text;

/// A decoded text and how it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, its line ends as they were, without a byte-order mark.
    pub text: String,
    /// The encoding's name: `UTF-8`, `GB18030`, `UTF-16LE`, `UTF-16BE` or `Big5`.
    pub encoding: &'static str,
    /// Bytes of the byte-order mark that was taken off.
    pub mark: usize,
    /// How many places could not be decoded; each became U+FFFD.
    pub lost: usize,
}

impl Decoded {
    /// What a person should know of the way it was read; `None` for sound UTF-8.
    #[must_use]
    pub fn note(&self) -> Option<Problem> {
        let name = self.encoding;
        if self.lost > 0 {
            let lost = self.lost;
            return Some(
                Problem::new(text!(
                    "按 {name} 读取，有{lost}处字节无法识别，已用 \u{FFFD} 代替",
                    "read as {name}; {lost} places could not be decoded and became \u{FFFD}"
                ))
                .help(Text::fixed(
                    "用原来的编辑器另存为 UTF-8 后再试",
                    "save the file as UTF-8 with the editor it came from",
                )),
            );
        }
        (name != "UTF-8").then(|| {
            Problem::new(text!("文件不是 UTF-8，按 {name} 读取", "the file is not UTF-8; read as {name}"))
        })
    }
}

/// Decodes the bytes of a text file. An empty file is an empty text.
///
/// # Errors
/// If the bytes are no text in any encoding known here, such as a picture or an old .doc.
pub fn decode(bytes: &[u8]) -> Result<Decoded> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Ok(finish(encoding, &bytes[mark..], mark));
    }
    let nul = memchr::memchr(0, bytes).is_some();
    if !nul && let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Decoded { text: text.to_owned(), encoding: "UTF-8", mark: 0, lost: 0 });
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return Ok(finish(encoding, bytes, 0));
    }
    if nul {
        return Err(Problem::new(Text::fixed("不是文本文件", "not a text file"))
            .help(Text::fixed(
                "请给 .docx、.pdf、.txt 等文稿",
                "give a .docx, .pdf, .txt or another document",
            ))
            .into());
    }
    let mainland =
        everyday_share(bytes, |lead, trail| trail >= 0xA1 && matches!(lead, 0xA1..=0xA3 | 0xB0..=0xD7));
    let taiwan = everyday_share(bytes, |lead, trail| {
        (0xA4..=0xC6).contains(&lead) && ((0x40..=0x7E).contains(&trail) || trail >= 0xA1)
            || (0xA1..=0xA2).contains(&lead)
    });
    let encoding = if mainland < 0.85 && taiwan > mainland { BIG5 } else { GB18030 };
    let decoded = finish(encoding, bytes, 0);
    // A few broken bytes in a long text are a damaged text; many are no text.
    if decoded.lost * 10 > bytes.len() / 2 + 10 {
        return Err(Problem::new(Text::fixed(
            "不是文本文件，或编码无法识别",
            "not a text file, or in no known encoding",
        ))
        .help(Text::fixed(
            "用原来的编辑器另存为 UTF-8 后再试",
            "save the file as UTF-8 with the editor it came from",
        ))
        .into());
    }
    Ok(decoded)
}

/// `text` in the encoding of a file that was decoded, its byte-order mark put back. `None` if the
/// encoding lacks one of its characters.
#[must_use]
pub fn encode(like: &Decoded, text: &str) -> Option<Vec<u8>> {
    let marked: std::borrow::Cow<'_, str> =
        if like.mark > 0 { format!("\u{FEFF}{text}").into() } else { text.into() };
    let by_encoding = |encoding: &'static Encoding| {
        let (bytes, _, lost) = encoding.encode(&marked);
        (!lost).then(|| bytes.into_owned())
    };
    match like.encoding {
        "UTF-16LE" => Some(marked.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        "UTF-16BE" => Some(marked.encode_utf16().flat_map(u16::to_be_bytes).collect()),
        "Big5" => by_encoding(BIG5),
        "GB18030" => by_encoding(GB18030),
        _ => Some(marked.into_owned().into_bytes()),
    }
}

fn finish(encoding: &'static Encoding, bytes: &[u8], mark: usize) -> Decoded {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    let lost = if broken { text.matches('\u{FFFD}').count() } else { 0 };
    let name = match encoding {
        e if e == UTF_8 => "UTF-8",
        e if e == UTF_16LE => "UTF-16LE",
        e if e == UTF_16BE => "UTF-16BE",
        e if e == BIG5 => "Big5",
        _ => "GB18030",
    };
    Decoded { text: text.into_owned(), encoding: name, mark, lost }
}

/// UTF-16 shows itself by units that are everyday Han, CJK punctuation or ASCII, nearly all of
/// them, in one byte order and not in the other.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    if bytes.len() < 2 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let sample = &bytes[..bytes.len().min(4096)];
    let plausible = |unit: u16| matches!(unit, 0x4E00..=0x9FA5 | 0x3000..=0x3020 | 0xFF00..=0xFF5E | 0x2014..=0x2026 | 0x20..=0x7E | 9 | 10 | 13);
    // A two-byte code of a Han text in GBK may fall among the Han of UTF-16, but never does it
    // hold ASCII or full-width punctuation as units of its own: one of them must be there.
    let anchored = |unit: u16| matches!(unit, 0x20..=0x7E | 9 | 10 | 13 | 0x3001 | 0x3002 | 0xFF0C | 0xFF1A);
    let share = |order: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = sample.chunks_exact(2).map(|c| order([c[0], c[1]])).collect();
        let good = units.iter().filter(|&&u| plausible(u)).count();
        let anchors = units.iter().filter(|&&u| anchored(u)).count();
        (good * 100 / units.len(), anchors)
    };
    let (le, le_anchors) = share(u16::from_le_bytes);
    let (be, be_anchors) = share(u16::from_be_bytes);
    if le >= 95 && le > be && le_anchors > 0 {
        Some(UTF_16LE)
    } else if be >= 95 && be > le && be_anchors > 0 {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Among the two-byte codes, the share that `everyday` accepts; 0 if there are none.
fn everyday_share(bytes: &[u8], everyday: impl Fn(u8, u8) -> bool) -> f64 {
    let (mut all, mut good) = (0u32, 0u32);
    let mut at = 0;
    while at + 1 < bytes.len() {
        if bytes[at] < 0x80 {
            at += 1;
            continue;
        }
        all += 1;
        good += u32::from(everyday(bytes[at], bytes[at + 1]));
        at += 2;
    }
    if all == 0 { 0.0 } else { f64::from(good) / f64::from(all) }
}

#[cfg(test)]
mod tests {
    use super::decode;
    use encoding_rs::{BIG5, GB18030};

    const SIMPLIFIED: &str = "同志们：今天召开全县农村人居环境整治动员会，任务很重。\r\n";
    const TRADITIONAL: &str = "各位鄉親：今天召開全縣農村環境整治動員會，任務很重。\r\n";

    fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn each_encoding_reads_back_and_is_named() {
        let cases: [(Vec<u8>, &str, &str); 7] = [
            (SIMPLIFIED.as_bytes().to_vec(), SIMPLIFIED, "UTF-8"),
            ([b"\xEF\xBB\xBF", SIMPLIFIED.as_bytes()].concat(), SIMPLIFIED, "UTF-8"),
            (GB18030.encode(SIMPLIFIED).0.into_owned(), SIMPLIFIED, "GB18030"),
            (BIG5.encode(TRADITIONAL).0.into_owned(), TRADITIONAL, "Big5"),
            (utf16(SIMPLIFIED, u16::to_le_bytes), SIMPLIFIED, "UTF-16LE"),
            (utf16(SIMPLIFIED, u16::to_be_bytes), SIMPLIFIED, "UTF-16BE"),
            ([vec![0xFF, 0xFE], utf16(SIMPLIFIED, u16::to_le_bytes)].concat(), SIMPLIFIED, "UTF-16LE"),
        ];
        for (bytes, text, encoding) in cases {
            let decoded = decode(&bytes).unwrap();
            assert_eq!((decoded.text.as_str(), decoded.encoding, decoded.lost), (text, encoding, 0));
        }
    }

    #[test]
    fn a_few_characters_of_gbk_are_enough() {
        for text in ["讲话", "会议纪要", "全县农村公路", "x县委办公室"] {
            assert_eq!(decode(&GB18030.encode(text).0).unwrap().text, text);
        }
    }

    #[test]
    fn a_picture_is_refused_and_an_empty_file_is_empty() {
        assert!(decode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0").is_err());
        assert_eq!(decode(b"").unwrap().text, "");
    }

    #[test]
    fn a_broken_byte_in_a_long_text_is_counted_not_refused() {
        let mut bytes = SIMPLIFIED.repeat(20).into_bytes();
        let middle = SIMPLIFIED.find("任务").unwrap();
        bytes[middle] = 0xFF;
        let decoded = decode(&GB18030.encode(&SIMPLIFIED.repeat(20)).0).unwrap();
        assert_eq!(decoded.lost, 0);
        let broken = decode(&bytes);
        assert!(broken.is_err() || broken.unwrap().lost > 0);
    }

    #[test]
    fn decode_does_as_its_example_says() {
        use crate::base::encoding::decode;
        let gbk = [0xC8, 0xAB, 0xCF, 0xD8]; // 全县
        let decoded = decode(&gbk).unwrap();
        assert_eq!((decoded.text.as_str(), decoded.encoding), ("全县", "GB18030"));
    }

    #[test]
    fn encode_does_as_its_example_says() {
        use crate::base::encoding::{decode, encode};
        let gbk = [0xC8, 0xAB, 0xCF, 0xD8]; // 全县
        let decoded = decode(&gbk).unwrap();
        assert_eq!(encode(&decoded, "全市").unwrap(), [0xC8, 0xAB, 0xCA, 0xD0]);
    }
}
