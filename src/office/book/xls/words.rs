//! Words of a workbook: UTF-16 in one byte or two a character, in older ones the bytes of a code page.

use encoding_rs::{BIG5, EUC_KR, Encoding, GB18030, SHIFT_JIS, WINDOWS_1252};

use super::records::Record;
use crate::office::little::{part, u16_at, u32_at};

/// How a workbook writes words.
#[derive(Clone, Copy)]
pub struct Version {
    is_unicode: bool,
    page: &'static Encoding,
}

impl Version {
    /// That of a workbook whose first record says this.
    pub const fn of(version: u16) -> Self {
        Self { is_unicode: version >= 0x0600, page: GB18030 }
    }

    /// The code page of words in bytes.
    pub fn set_page(&mut self, number: u16) {
        self.page = match number {
            950 => BIG5,
            932 => SHIFT_JIS,
            949 => EUC_KR,
            1250..=1258 => {
                Encoding::for_label(format!("windows-{number}").as_bytes()).unwrap_or(WINDOWS_1252)
            }
            _ => GB18030,
        };
    }

    /// Whether words are UTF-16.
    pub const fn is_unicode(self) -> bool {
        self.is_unicode
    }
}

/// The words that begin at a byte with their length, which takes one or two bytes.
pub fn words(bytes: &[u8], at: usize, length: usize, version: Version) -> Option<String> {
    let count = match length {
        1 => usize::from(*bytes.get(at)?),
        _ => usize::from(u16_at(bytes, at)?),
    };
    let at = at + length;
    if !version.is_unicode {
        return Some(plain(version.page.decode_without_bom_handling(part(bytes, at, count)?).0.into_owned()));
    }
    let is_wide = bytes.get(at)? & 1 == 1;
    let letters = part(bytes, at + 1, if is_wide { 2 * count } else { count })?;
    let mut units = Vec::with_capacity(count);
    push(&mut units, letters, is_wide);
    Some(plain(String::from_utf16_lossy(&units)))
}

fn push(units: &mut Vec<u16>, letters: &[u8], is_wide: bool) {
    if is_wide {
        units.extend(letters.chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]])));
    } else {
        units.extend(letters.iter().map(|b| u16::from(*b)));
    }
}

/// With one kind of line end.
fn plain(words: String) -> String {
    if words.contains('\r') { words.replace("\r\n", "\n").replace('\r', "\n") } else { words }
}

/// The words that cells share (MS-XLS 2.4.265); `None` if they break off. Words may go on in the next record, which then
/// says anew how wide characters are.
pub fn shared(record: &Record<'_>) -> Option<Vec<String>> {
    let count = usize::try_from(u32_at(record.bytes(), 4)?).ok()?;
    let mut rest = Rest { parts: &record.parts, at: 8 };
    let mut all = Vec::new();
    for _ in 0..count {
        let Some(words) = rest.words() else { break };
        all.push(words);
    }
    // A count that promises more than there is, and cells that do not ask for it, hurt nobody.
    Some(all)
}

/// What is left of a record that goes on in others.
struct Rest<'r, 's> {
    parts: &'r [&'s [u8]],
    at: usize,
}

impl<'s> Rest<'_, 's> {
    /// So many bytes, or fewer where the record ends.
    fn some(&mut self, count: usize) -> &'s [u8] {
        let Some(bytes) = self.parts.first() else { return &[] };
        let taken = &bytes[self.at.min(bytes.len())..self.at.saturating_add(count).min(bytes.len())];
        self.at += taken.len();
        taken
    }

    /// Goes on with the next record, if this one has ended.
    fn turn(&mut self) -> bool {
        let ended = self.parts.first().is_some_and(|bytes| self.at >= bytes.len());
        if ended {
            (self.parts, self.at) = (&self.parts[1..], 0);
        }
        ended
    }

    fn all(&mut self, count: usize) -> Option<Vec<u8>> {
        let mut taken = Vec::new();
        while taken.len() < count {
            let some = self.some(count - taken.len());
            taken.extend_from_slice(some);
            if some.is_empty() && !self.turn() {
                return None;
            }
        }
        Some(taken)
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            let some = self.some(count).len();
            count -= some;
            if some == 0 && !self.turn() {
                return None;
            }
        }
        Some(())
    }

    fn words(&mut self) -> Option<String> {
        const WIDE: u8 = 1;
        const EXTENDED: u8 = 4;
        const RICH: u8 = 8;
        let head = self.all(3)?;
        let (mut left, flags) = (usize::from(u16_at(&head, 0)?), head[2]);
        let runs = if flags & RICH == 0 { 0 } else { usize::from(u16_at(&self.all(2)?, 0)?) };
        let beside = if flags & EXTENDED == 0 { 0 } else { u32_at(&self.all(4)?, 0)? };
        let mut is_wide = flags & WIDE != 0;
        let mut units = Vec::new();
        while left > 0 {
            let letters = self.some(if is_wide { 2 * left } else { left });
            push(&mut units, letters, is_wide);
            left -= if is_wide { letters.len() / 2 } else { letters.len() };
            if left > 0 {
                if !self.turn() {
                    return None;
                }
                is_wide = self.some(1).first()? & WIDE != 0;
            }
        }
        self.skip(4 * runs)?;
        self.skip(usize::try_from(beside).ok()?)?;
        Some(plain(String::from_utf16_lossy(&units)))
    }
}
