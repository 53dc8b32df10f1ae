//! The tree of a text that the build has read (`build/trees.rs`), in a few bytes a node.
//!
//! Parsing YAML costs some hundred steps a byte, which nobody has to wait for where the text is part
//! of the program. A node is one byte for what it is, its line and its column, then what it holds:
//! nothing; words; or a count and so many nodes, each after its key in a mapping. Words are their
//! length, doubled, and where they stand in the text; or, plus one, themselves, where the text says
//! them otherwise, as with an escape. A key is line, column and words. All numbers are seven bits a
//! byte, the lowest first, the eighth bit set if more follow.

use super::{Entry, LineColumn, Node, Value};

/// The tree of `text` that was packed into `bytes`. Bytes of another text give a tree of no meaning.
#[must_use]
pub fn unpack(bytes: &[u8], text: &str) -> Node {
    Unpacking { bytes, text }.node()
}

struct Unpacking<'b> {
    bytes: &'b [u8],
    text: &'b str,
}

impl Unpacking<'_> {
    fn node(&mut self) -> Node {
        let kind = self.number();
        let at = self.position();
        let value = match kind {
            1 => Value::Scalar(self.words()),
            2 => {
                let count = self.number();
                Value::List((0..count).map(|_| self.node()).collect())
            }
            3 => {
                let count = self.number();
                Value::Map((0..count).map(|_| self.entry()).collect())
            }
            _ => Value::Empty,
        };
        Node { at, value }
    }

    fn entry(&mut self) -> Entry {
        let key_at = self.position();
        Entry { key_at, key: self.words(), value: self.node() }
    }

    fn position(&mut self) -> LineColumn {
        let mut part = || u32::try_from(self.number()).unwrap_or(u32::MAX);
        LineColumn { line: part(), column: part() }
    }

    fn words(&mut self) -> String {
        let number = self.number();
        let length = number >> 1;
        let words = if number & 1 == 0 {
            let start = self.number();
            self.text.get(start..start + length)
        } else {
            let (words, rest) = self.bytes.split_at_checked(length).unwrap_or_default();
            self.bytes = rest;
            std::str::from_utf8(words).ok()
        };
        words.unwrap_or_default().to_owned()
    }

    /// 0 at the end.
    fn number(&mut self) -> usize {
        let mut number = 0;
        let mut shift = 0;
        while let Some((&byte, rest)) = self.bytes.split_first() {
            self.bytes = rest;
            number |= usize::from(byte & 0x7F) << shift;
            shift += 7;
            if byte < 0x80 || shift > 28 {
                break;
            }
        }
        number
    }
}
