//! RTF token by token: groups, control words, bytes of text. What they mean is none of its business.

/// What stands in an RTF file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token<'b> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// A control word, `\par` or `\u-123`, and its number.
    Word(&'b str, Option<i32>),
    /// A control symbol, such as `\~`; line ends behind a backslash are `\n`.
    Symbol(u8),
    /// A byte of text, written as such or as `\'b9`.
    Byte(u8),
}

/// The bytes that are left.
pub struct Scan<'b> {
    rest: &'b [u8],
}

/// How long a control word may be; the longest known ones have some twenty letters.
const LONGEST: usize = 32;

impl<'b> Scan<'b> {
    /// Begins at the beginning.
    pub const fn of(bytes: &'b [u8]) -> Self {
        Self { rest: bytes }
    }

    fn skip(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }

    /// What a backslash begins, which was taken off.
    fn control(&mut self) -> Option<Token<'b>> {
        let first = *self.rest.first()?;
        if first.is_ascii_alphabetic() {
            return Some(self.word());
        }
        self.skip(1);
        Some(match first {
            b'\'' => {
                let digits = self.rest.get(..2).and_then(|two| std::str::from_utf8(two).ok());
                match digits.and_then(|two| u8::from_str_radix(two, 16).ok()) {
                    Some(byte) => {
                        self.skip(2);
                        Token::Byte(byte)
                    }
                    None => Token::Symbol(first),
                }
            }
            // A sign of the format itself, said as text.
            b'\\' | b'{' | b'}' => Token::Byte(first),
            b'\r' | b'\n' => Token::Symbol(b'\n'),
            _ => Token::Symbol(first),
        })
    }

    fn word(&mut self) -> Token<'b> {
        let letters = self.rest.iter().take(LONGEST).take_while(|b| b.is_ascii_alphabetic()).count();
        let name = std::str::from_utf8(&self.rest[..letters]).unwrap_or_default();
        self.skip(letters);
        let minus = usize::from(self.rest.first() == Some(&b'-'));
        let digits = self.rest[minus..].iter().take(10).take_while(|b| b.is_ascii_digit()).count();
        let mut number = None;
        if digits > 0 {
            let written = std::str::from_utf8(&self.rest[..minus + digits]).unwrap_or_default();
            number = Some(written.parse().unwrap_or(0));
            self.skip(minus + digits);
        }
        if self.rest.first() == Some(&b' ') {
            self.skip(1);
        }
        if name == "bin" {
            self.skip(number.and_then(|n| usize::try_from(n).ok()).unwrap_or(0));
        }
        Token::Word(name, number)
    }
}

impl<'b> Iterator for Scan<'b> {
    type Item = Token<'b>;

    fn next(&mut self) -> Option<Token<'b>> {
        loop {
            let first = *self.rest.first()?;
            self.skip(1);
            return Some(match first {
                b'{' => Token::Open,
                b'}' => Token::Close,
                b'\\' => return self.control(),
                // Line ends only keep the file legible.
                b'\r' | b'\n' | 0 => continue,
                byte => Token::Byte(byte),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Scan, Token};

    #[test]
    fn words_symbols_and_bytes_are_told_apart() {
        let all: Vec<_> = Scan::of(b"{\\rtf1\\u-123 a\\'b9\r\n\\~\\\\\\bin3 {}}\\par\\").collect();
        use Token::{Byte, Close, Open, Symbol, Word};
        let expected = [
            Open,
            Word("rtf", Some(1)),
            Word("u", Some(-123)),
            Byte(b'a'),
            Byte(0xB9),
            Symbol(b'~'),
            Byte(b'\\'),
            Word("bin", Some(3)),
            Word("par", None),
        ];
        assert_eq!(all, expected);
        assert_eq!(Scan::of(b"\\'zz}").last(), Some(Close));
    }
}
