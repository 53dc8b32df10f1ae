//! A stream of records (MS-XLS 2.1.4): a kind, a length, bytes. What has no room in one goes on in others.

use crate::office::little::{part, u16_at};

/// The kind of the record that begins a sheet or the workbook itself.
pub const BEGIN: u16 = 0x0809;
/// The kind of the one that ends it.
pub const END: u16 = 0x000A;
/// The kind of one that goes on with the one before.
const MORE: u16 = 0x003C;

/// A record.
pub struct Record<'s> {
    pub kind: u16,
    /// Its bytes, and those of the records that go on with it.
    pub parts: Vec<&'s [u8]>,
}

impl<'s> Record<'s> {
    /// The bytes of the record itself.
    pub fn bytes(&self) -> &'s [u8] {
        self.parts.first().copied().unwrap_or_default()
    }
}

/// The records from a byte on.
pub struct Records<'s> {
    stream: &'s [u8],
    /// The byte at which the next one begins.
    pub at: usize,
    /// Whether the stream ended within a record, or without the one that ends it.
    pub broken: bool,
}

impl<'s> Records<'s> {
    /// Those from a byte on.
    pub const fn of(stream: &'s [u8], at: usize) -> Self {
        Self { stream, at, broken: false }
    }

    fn one(&mut self) -> Option<(u16, &'s [u8])> {
        let kind = u16_at(self.stream, self.at)?;
        let length = usize::from(u16_at(self.stream, self.at + 2)?);
        let bytes = part(self.stream, self.at + 4, length)?;
        self.at += 4 + length;
        Some((kind, bytes))
    }
}

impl<'s> Iterator for Records<'s> {
    type Item = Record<'s>;

    fn next(&mut self) -> Option<Record<'s>> {
        let Some((kind, bytes)) = self.one() else {
            self.broken = true;
            return None;
        };
        let mut parts = vec![bytes];
        while u16_at(self.stream, self.at) == Some(MORE) {
            let Some((_, bytes)) = self.one() else { break };
            parts.push(bytes);
        }
        Some(Record { kind, parts })
    }
}
