//! Changes to text files (.txt, .md): in the file's own encoding, every other byte as it was.

use super::{Change, Fixer, apply};
use crate::base::{Problem, Result, Text, encoding};
use crate::model::Manuscript;
use crate::office::make::is_packed;
use crate::text;

/// The fixer of text files.
pub struct PlainText;

impl Fixer for PlainText {
    fn fix(&self, bytes: &[u8], manuscript: &Manuscript, changes: &[Change]) -> Option<Result<Vec<u8>>> {
        is_text(bytes, manuscript).then(|| put_in(bytes, manuscript, changes))
    }
}

/// Whether a file is the text of its manuscript and nothing else; a page or a mail is more.
pub(super) fn is_text(bytes: &[u8], manuscript: &Manuscript) -> bool {
    !is_packed(bytes) && encoding::decode(bytes).is_ok_and(|decoded| decoded.text == manuscript.text())
}

fn put_in(bytes: &[u8], manuscript: &Manuscript, changes: &[Change]) -> Result<Vec<u8>> {
    let decoded = encoding::decode(bytes)?;
    debug_assert_eq!(decoded.text, manuscript.text(), "the ranges would mean something else");
    if encoding::encode(&decoded, &decoded.text).as_deref() != Some(bytes) {
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
    encoding::encode(&decoded, &apply(&decoded.text, changes)).ok_or_else(|| {
        Problem::new(text!("改后的字 {name} 里没有", "the new words cannot be written in {name}"))
            .help(Text::fixed("另存为 UTF-8 后再试", "save the file as UTF-8 and try again"))
            .into()
    })
}
