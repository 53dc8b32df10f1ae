//! Numbers as runs of bits: plain, Rice and Elias gamma codes, least significant bit first.
//!
//! A fingerprint's place in a bucket takes about seven bits and its place in the corpus about
//! thirty; in whole bytes an index would be as large as the text that it is of.

/// Bytes that a [`Reader`] may look at beyond the end of its bits.
pub(super) const PADDING: usize = 8;

/// Bits in the writing.
#[derive(Debug, Default)]
pub(super) struct Writer {
    bytes: Vec<u8>,
    open: u64,
    used: u32,
}

impl Writer {
    /// The lowest `count` bits of `value`; at most 32 at once.
    #[inline]
    pub fn plain(&mut self, value: u32, count: u32) {
        debug_assert!(count <= 32 && (count == 32 || value >> count == 0));
        self.open |= u64::from(value) << self.used;
        self.used += count;
        while self.used >= 8 {
            self.bytes.push((self.open & 0xFF) as u8);
            self.open >>= 8;
            self.used -= 8;
        }
    }

    /// `count` zeros and a one.
    #[inline]
    fn unary(&mut self, mut count: u32) {
        while count >= 16 {
            self.plain(0, 16);
            count -= 16;
        }
        self.plain(1 << count, count + 1);
    }

    /// A number that is about `2^low` on average.
    #[inline]
    pub fn rice(&mut self, value: u32, low: u32) {
        self.unary(value >> low);
        self.plain(value & ((1 << low) - 1), low);
    }

    /// A number from 1 that is nearly always small.
    #[inline]
    pub fn gamma(&mut self, value: u32) {
        debug_assert!(value > 0);
        let low = value.ilog2();
        self.unary(low);
        self.plain(value & ((1 << low) - 1), low);
    }

    /// Fills the last byte with zeros and appends all to `out`.
    pub fn finish(&mut self, out: &mut Vec<u8>) {
        if self.used > 0 {
            self.bytes.push((self.open & 0xFF) as u8);
        }
        out.append(&mut self.bytes);
        (self.open, self.used) = (0, 0);
    }
}

/// Bits in the reading. What lies beyond the end reads as zeros; [`Reader::is_sound`] tells
/// afterwards, so that the way there needs no check at every bit.
#[derive(Debug, Clone)]
pub(super) struct Reader<'b> {
    bytes: &'b [u8],
    /// In bits.
    at: usize,
    end: usize,
}

impl<'b> Reader<'b> {
    /// The bits of all but the last [`PADDING`] of `bytes`.
    pub fn new(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 0, end: bytes.len().saturating_sub(PADDING) * 8 }
    }

    /// Whether no more was read than was there.
    pub fn is_sound(&self) -> bool {
        self.at <= self.end
    }

    /// The next 57 bits at least.
    #[inline]
    fn peek(&self) -> u64 {
        match self.bytes.get(self.at / 8..).and_then(<[u8]>::first_chunk) {
            Some(chunk) => u64::from_le_bytes(*chunk) >> (self.at % 8),
            None => 0,
        }
    }

    /// `count` bits, at most 32.
    #[inline]
    pub fn plain(&mut self, count: u32) -> u32 {
        let value = self.peek() & ((1 << count) - 1);
        self.at += count as usize;
        value as u32
    }

    #[inline]
    fn unary(&mut self) -> u32 {
        let mut count = 0;
        loop {
            let ahead = self.peek().trailing_zeros().min(56);
            if ahead < 56 {
                self.at += ahead as usize + 1;
                return count + ahead;
            }
            self.at += 56;
            count += 56;
            if self.at > self.end {
                return count;
            }
        }
    }

    /// What [`Writer::rice`] wrote.
    #[inline]
    pub fn rice(&mut self, low: u32) -> u32 {
        let high = self.unary();
        let low_bits = self.plain(low);
        high.wrapping_shl(low) | low_bits
    }

    /// What [`Writer::gamma`] wrote; 0 from damaged bits.
    #[inline]
    pub fn gamma(&mut self) -> u32 {
        let low = self.unary();
        if low > 31 {
            self.at = self.end + 1;
            return 0;
        }
        1 << low | self.plain(low)
    }
}

#[cfg(test)]
mod tests {
    use super::{PADDING, Reader, Writer};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_was_written_is_read(numbers in prop::collection::vec((any::<u32>(), 0u32..32), 0..200)) {
            let mut writer = Writer::default();
            for &(value, low) in &numbers {
                writer.plain(value, 32);
                writer.rice(value >> low.max(20), low.min(10));
                writer.gamma(value | 1);
            }
            let mut bytes = Vec::new();
            writer.finish(&mut bytes);
            bytes.extend([0; PADDING]);
            let mut reader = Reader::new(&bytes);
            for &(value, low) in &numbers {
                prop_assert_eq!(reader.plain(32), value);
                prop_assert_eq!(reader.rice(low.min(10)), value >> low.max(20));
                prop_assert_eq!(reader.gamma(), value | 1);
            }
            prop_assert!(reader.is_sound());
        }

        #[test]
        fn any_bytes_are_read_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
            let mut reader = Reader::new(&bytes);
            for low in 0..40 {
                let _ = (reader.gamma(), reader.rice(low % 32), reader.plain(low % 33));
            }
        }
    }
}
