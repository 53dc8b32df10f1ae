//! Numbers and words as bytes, and back with every length checked.

/// Appends a number, seven bits a byte.
pub(super) fn put_varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Appends words with their length.
pub(super) fn put_words(out: &mut Vec<u8>, words: &str) {
    put_varint(out, words.len() as u64);
    out.extend(words.as_bytes());
}

/// Bytes in the reading; every step is `None` where they end too soon.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bytes<'b>(pub &'b [u8]);

impl<'b> Bytes<'b> {
    pub fn take(&mut self, count: usize) -> Option<&'b [u8]> {
        let (head, tail) = self.0.split_at_checked(count)?;
        self.0 = tail;
        Some(head)
    }

    pub fn u32(&mut self) -> Option<u32> {
        self.take(4)?.try_into().ok().map(u32::from_le_bytes)
    }

    pub fn u64(&mut self) -> Option<u64> {
        self.take(8)?.try_into().ok().map(u64::from_le_bytes)
    }

    pub fn varint(&mut self) -> Option<u64> {
        let mut value = 0u64;
        for shift in (0..63).step_by(7) {
            let byte = *self.take(1)?.first()?;
            value |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }

    pub fn words(&mut self) -> Option<&'b str> {
        let length = usize::try_from(self.varint()?).ok()?;
        std::str::from_utf8(self.take(length)?).ok()
    }

    pub fn is_empty(self) -> bool {
        self.0.is_empty()
    }
}

/// The CRC-32 of some bytes, begun with a number that says which bytes they ought to be, so that
/// a block read from the wrong place does not pass.
pub(super) fn checksum(which: u32, bytes: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&which.to_le_bytes());
    hasher.update(bytes);
    hasher.finalize()
}

/// Appends the checksum of all that is there.
pub(super) fn seal(which: u32, bytes: &mut Vec<u8>) {
    let sum = checksum(which, bytes);
    bytes.extend(sum.to_le_bytes());
}

/// The bytes without the checksum at their end; `None` if it is not theirs.
pub(super) fn unseal(which: u32, bytes: &[u8]) -> Option<&[u8]> {
    let (body, sum) = bytes.split_last_chunk()?;
    is_right(checksum(which, body), u32::from_le_bytes(*sum)).then_some(body)
}

/// Whether a checksum is that which is written. The fuzzer (`fuzz/`) sees none that is wrong: what it
/// changes would else never come past them, and what lies behind must stand bytes of any kind.
pub(super) fn is_right(sum: u32, written: u32) -> bool {
    cfg!(fuzzing) || sum == written
}

/// Numbers of four bytes, one after the other.
pub(super) fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.as_chunks::<4>().0.iter().map(|c| u32::from_le_bytes(*c)).collect()
}
