//! What streams of a .pdf unpack to, counted as it comes.
//!
//! The library unpacks a stream whole, however large it becomes, so that of pages and tables of fonts is
//! done here. Streams that it has to unpack itself to find anything are looked through beforehand
//! ([`is_bomb`]).

use std::io::Read;

use flate2::read::{DeflateDecoder, ZlibDecoder};
use hayro_syntax::Filter;
use hayro_syntax::object::{Dict, Stream};
use memchr::memmem;

/// Bytes that all that is read of a file may unpack to. A page of text has some ten thousand.
pub const LIMIT: usize = 96 << 20;

/// How many times its bytes any of the packings can unpack to.
const RATIO: usize = 2_800;

/// How much may still be unpacked.
pub struct Budget {
    left: usize,
    /// Whether something was not unpacked since it is too large.
    pub over: bool,
}

impl Budget {
    /// All of [`LIMIT`].
    pub const fn new() -> Self {
        Self { left: LIMIT, over: false }
    }

    /// The bytes of a stream, as far as they could be unpacked.
    pub fn unpack(&mut self, stream: &Stream<'_>) -> Option<Vec<u8>> {
        let filters = stream.filters();
        let raw = stream.raw_data();
        let bytes = match filters[..] {
            [] => raw.into_owned(),
            [Filter::FlateDecode] if !has_predictor(stream) => self.inflate(&raw),
            [Filter::Ascii85Decode, Filter::FlateDecode] if !has_predictor(stream) => {
                self.inflate(&ascii_85(&raw))
            }
            _ => {
                let packed = filters.iter().filter(|f| {
                    matches!(f, Filter::FlateDecode | Filter::LzwDecode | Filter::RunLengthDecode)
                });
                // What the library unpacks it does not count, so only what cannot be much is left to it.
                let most = match packed.count() {
                    0 => raw.len(),
                    1 => raw.len().saturating_mul(RATIO),
                    _ => usize::MAX,
                };
                if most > self.left {
                    self.over = true;
                    return None;
                }
                stream.decoded_data().ok()?.into_owned()
            }
        };
        self.over |= bytes.len() >= self.left;
        self.left = self.left.saturating_sub(bytes.len());
        Some(bytes)
    }

    fn inflate(&self, raw: &[u8]) -> Vec<u8> {
        inflate(raw, self.left)
    }
}

/// Unpacks as far as the bytes are sound, and no more than `most`.
fn inflate(raw: &[u8], most: usize) -> Vec<u8> {
    let limit = u64::try_from(most).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    // An error leaves what came before it.
    let _ = ZlibDecoder::new(raw).take(limit).read_to_end(&mut bytes);
    if bytes.is_empty() {
        let _ = DeflateDecoder::new(raw).take(limit).read_to_end(&mut bytes);
    }
    bytes
}

fn has_predictor(stream: &Stream<'_>) -> bool {
    let parameters: Option<Dict<'_>> = stream.dict().get("DecodeParms").or_else(|| stream.dict().get("DP"));
    parameters.and_then(|p| p.get::<i32>("Predictor")).is_some_and(|p| p > 1)
}

/// ASCII base-85, as far as it is sound.
fn ascii_85(raw: &[u8]) -> Vec<u8> {
    let raw = raw.strip_prefix(b"<~").unwrap_or(raw);
    let mut out = Vec::with_capacity(raw.len() / 5 * 4);
    let (mut word, mut count) = (0u32, 0usize);
    for &byte in raw {
        match byte {
            b'z' if count == 0 => out.extend_from_slice(&[0; 4]),
            b'!'..=b'u' => {
                word = word.wrapping_mul(85).wrapping_add(u32::from(byte - b'!'));
                count += 1;
                if count == 5 {
                    out.extend_from_slice(&word.to_be_bytes());
                    (word, count) = (0, 0);
                }
            }
            b'~' => break,
            _ => {}
        }
    }
    if count > 1 {
        for _ in count..5 {
            word = word.wrapping_mul(85).wrapping_add(84);
        }
        out.extend_from_slice(&word.to_be_bytes()[..count - 1]);
    }
    out
}

/// Whether the streams that hold objects or their places unpack to more than any document has.
pub fn is_bomb(file: &[u8]) -> bool {
    /// Bytes between the name of a stream's kind and the stream.
    const NEAR: usize = 1_024;
    /// Bytes of a stream packed in another way than usual.
    const ODD: usize = LIMIT / RATIO;
    let mut left = LIMIT;
    for name in [&b"/ObjStm"[..], b"/XRef"] {
        let mut last = 0;
        for at in memmem::find_iter(file, name) {
            let Some(length) = memmem::find(&file[at..(at + NEAR).min(file.len())], b"stream") else {
                continue;
            };
            let start = at + length + b"stream".len();
            // Two names may stand before one stream.
            if start <= last {
                continue;
            }
            last = start;
            let before = &file[at.saturating_sub(NEAR)..at];
            let from = memmem::rfind(before, b" obj").unwrap_or(0);
            let dict = &file[at - (before.len() - from)..start];
            let raw = file[start..].trim_ascii_start();
            let odd = memmem::find(dict, b"LZW").is_some();
            let ends = || memmem::find(&raw[..raw.len().min(ODD)], b"endstream").is_some();
            if packings(dict) > 1 || odd && !ends() {
                return true;
            }
            let unpacked = inflate(raw, left + 1).len();
            if unpacked > left {
                return true;
            }
            left -= unpacked;
        }
    }
    false
}

/// How many packings lie over each other.
fn packings(dict: &[u8]) -> usize {
    let names: [&[u8]; 3] = [b"/Fl", b"/LZW", b"/RunLength"];
    names.iter().map(|name| memmem::find_iter(dict, name).count()).sum()
}

#[cfg(test)]
mod tests {
    use super::{ascii_85, inflate, is_bomb};

    #[test]
    fn base_85_is_read_to_its_end() {
        assert_eq!(ascii_85(b"<~87cURD]i,\"Ebo80~>"), b"Hello World!");
        assert_eq!(ascii_85(b"z!!"), [0, 0, 0, 0, 0]);
    }

    #[test]
    fn objects_that_unpack_to_gigabytes_are_seen_beforehand() {
        use std::io::Write;
        let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        for _ in 0..120 {
            packed.write_all(&vec![b' '; 1 << 20]).unwrap();
        }
        let packed = packed.finish().unwrap();
        let file = |dict: &str, bytes: &[u8]| {
            [b"%PDF-1.5\n1 0 obj <<", dict.as_bytes(), b">>\nstream\n", bytes, b"\nendstream endobj"].concat()
        };
        assert!(is_bomb(&file("/Type /ObjStm /Filter /FlateDecode", &packed)));
        assert!(is_bomb(&file("/Filter [/FlateDecode /FlateDecode] /Type /ObjStm", b"x")));
        assert!(!is_bomb(&file("/Type /ObjStm /Filter /FlateDecode", &packed[..200])));
        assert!(!is_bomb(&file("/Type /Page", &packed)));
        assert!(inflate(&packed, 100).len() <= 100);
    }
}
