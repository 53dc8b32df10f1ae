//! The head of a Word 97 document (FIB, MS-DOC 2.5): what it is, how long its parts are, and where
//! its tables lie.

use std::ops::Range;

use crate::base::{ErrorKind, Problem, Result, Text};
use crate::office::compound::Compound;
use crate::office::little::{size_at, u16_at};

/// A document's streams, and where in them its parts lie.
pub struct Fib {
    /// The stream `WordDocument`: text and runs of properties.
    pub main: Vec<u8>,
    /// The stream of tables, `0Table` or `1Table`.
    pub table: Vec<u8>,
    /// The stream `Data`: large properties; empty if there is none.
    pub data: Vec<u8>,
    /// Characters of the parts that follow on each other: text, footnotes, headers, macros, comments,
    /// endnotes, text boxes, text boxes of headers.
    lengths: [usize; 8],
}

/// A part of the text (MS-DOC 2.4.1), in the order of the file.
#[derive(Debug, Clone, Copy)]
pub enum Part {
    /// 正文.
    Text,
    /// 脚注.
    Footnotes,
    /// 页眉页脚.
    Headers,
    /// 尾注.
    Endnotes = 5,
    /// 文本框.
    Boxes,
}

/// A table of the table stream, by its number among the pairs of the head (MS-DOC 2.5.6).
#[derive(Debug, Clone, Copy)]
pub enum Table {
    /// Styles.
    Styles = 1,
    /// Where footnotes are called, and what they say.
    FootnoteCalls = 2,
    Footnotes = 3,
    /// Where comments are made.
    CommentCalls = 4,
    /// Where headers and footers begin.
    Headers = 11,
    /// Pages of character properties.
    Characters = 12,
    /// Pages of paragraph properties.
    Paragraphs = 13,
    /// The pieces of the text.
    Pieces = 33,
    /// Shapes that are anchored in the text.
    Anchors = 40,
    /// Where endnotes are called, and what they say.
    EndnoteCalls = 46,
    Endnotes = 47,
    /// The shapes themselves.
    Drawings = 50,
    /// Which text box says which stretch.
    Boxes = 56,
    /// Kinds of lists.
    Kinds = 73,
    /// The lists of these kinds, which paragraphs name.
    Lists = 74,
}

impl Fib {
    /// The head of the document in a compound file.
    ///
    /// # Errors
    /// If it is encrypted, older than Word 97, or damaged.
    pub fn read(file: &Compound<'_>) -> Result<Self> {
        let main = file.stream("WordDocument").ok_or_else(damaged)?;
        let (mark, version) = (u16_at(&main, 0).unwrap_or(0), u16_at(&main, 2).unwrap_or(0));
        match (mark, version) {
            // Word 97 writes 0xC1, and 0xC0 or 0xC2 in some languages; Word 95 writes 0x68.
            (0xA5EC, 0xC0..) => {}
            (0xA500..0xA700, 1..0xC0) => return Err(too_old().into()),
            _ => return Err(damaged().into()),
        }
        let flags = u16_at(&main, 10).unwrap_or(0);
        if flags & 0x0100 != 0 {
            return Err(encrypted().into());
        }
        let table = if flags & 0x0200 == 0 { "0Table" } else { "1Table" };
        let table = file.stream(table).ok_or_else(damaged)?;
        let data = file.stream("Data").unwrap_or_default();
        let mut lengths = [0; 8];
        for (length, at) in lengths.iter_mut().zip((76..).step_by(4)) {
            // A length below zero is damage; what follows it cannot be found.
            *length = size_at(&main, at).filter(|n| *n <= 0x7FFF_FFFF).unwrap_or(0);
        }
        Ok(Self { main, table, data, lengths })
    }

    /// Characters of a part, counted through all of them.
    pub fn part(&self, part: Part) -> Range<usize> {
        let (before, from) = self.lengths.split_at(part as usize);
        let start = before.iter().sum::<usize>();
        start..start + from.first().copied().unwrap_or(0)
    }

    /// The bytes of a table and all that follow it.
    pub fn table_and_on(&self, table: Table) -> &[u8] {
        let at = 154 + 8 * table as usize;
        let says = size_at(&self.main, at + 4).is_some_and(|length| length > 0);
        let from = size_at(&self.main, at).filter(|_| says);
        from.and_then(|from| self.table.get(from..)).unwrap_or_default()
    }

    /// The bytes of a table; none if the head does not say where it is, or says something that cannot be.
    pub fn table(&self, table: Table) -> &[u8] {
        let at = 154 + 8 * table as usize;
        let place = size_at(&self.main, at).zip(size_at(&self.main, at + 4));
        place
            .and_then(|(at, length)| crate::office::little::part(&self.table, at, length))
            .unwrap_or_default()
    }
}

fn encrypted() -> Problem {
    Problem::new(Text::fixed("文件加了打开密码", "the file is protected by a password"))
        .help(Text::fixed(
            "用 Word 或 WPS 打开，去掉打开密码，保存后再试",
            "open it in Word or WPS, take the password off, save it and try again",
        ))
        .kind(ErrorKind::Format)
}

fn too_old() -> Problem {
    Problem::new(Text::fixed(
        "是 Word 95 或更早的文稿，没有读取",
        "a document of Word 95 or older; it was not read",
    ))
    .help(Text::fixed(
        "用 Word 或 WPS 打开，另存为 .docx 再试",
        "open it in Word or WPS, save it as .docx and try again",
    ))
    .kind(ErrorKind::Format)
}

/// Why nothing of a document could be read.
pub fn damaged() -> Problem {
    Problem::new(Text::fixed(
        "文稿（.doc、.wps）不完整或有损坏，读不出文字",
        "the document (.doc, .wps) is incomplete or damaged; no text could be read",
    ))
    .help(Text::fixed(
        "重新复制或下载一份；或用 Word 的“打开并修复”另存为 .docx 再试",
        "copy or download it again, or let Word open, repair and save it as .docx",
    ))
    .kind(ErrorKind::Format)
}
