//! Changes to text files (.txt, .md): in the file's own encoding, every other byte as it was.

use super::{Change, Fixer, apply};
use crate::base::encoding::{self, Decoded};
use crate::base::{Problem, Result, Text};
use crate::model::Manuscript;
use crate::text;

/// The fixer of text files.
pub struct PlainText;

impl Fixer for PlainText {
    fn fix(&self, bytes: &[u8], manuscript: &Manuscript, changes: &[Change]) -> Option<Result<Vec<u8>>> {
        // The manuscript of a text file is its decoded text. That of RTF, of a web page or of a table is
        // not, and the ranges mean something else.
        let decoded = encoding::decode(bytes).ok().filter(|decoded| decoded.text == manuscript.text())?;
        Some(put_in(bytes, &decoded, changes))
    }
}

fn put_in(bytes: &[u8], decoded: &Decoded, changes: &[Change]) -> Result<Vec<u8>> {
    if encoding::encode(decoded, &decoded.text).as_deref() != Some(bytes) {
        return Err(Problem::new(Text::fixed(
            "文件里有无法识别的字节，不能原样写回",
            "the file has bytes that cannot be written back as they are",
        ))
        .help(Text::fixed(
            "用原来的编辑器另存为 UTF-8 后再试",
            "save the file as UTF-8 with the editor it came from",
        ))
        .into());
    }
    let name = decoded.encoding;
    encoding::encode(decoded, &apply(&decoded.text, changes)).ok_or_else(|| {
        Problem::new(text!("改后的字 {name} 里没有", "the new words cannot be written in {name}"))
            .help(Text::fixed("另存为 UTF-8 后再试", "save the file as UTF-8 and try again"))
            .into()
    })
}
