//! Portable documents (.pdf) with a layer of text.
//!
//! The library reads objects (`hayro-syntax`); what streams unpack to is counted in [`stream`], [`font`]
//! tells characters, [`page`] carries out what a page draws, and [`printed`](super::printed) makes
//! paragraphs of it. Left out and told: pictures and scans, running heads, signs whose characters the
//! file does not tell. A file that opens without a password is read, whatever it forbids.

mod font;
mod matrix;
mod page;
mod path;
mod stream;
#[cfg(test)]
mod tests;
mod truetype;

use hayro_syntax::{DecryptionError, LoadPdfError, Pdf as Document};
use memchr::memmem;

use self::page::File;
use super::paper::Paper;
use super::{Reader, has_extension, printed};
use crate::base::{Error, ErrorKind, Problem, Result, Text};
use crate::model::{Gap, Manuscript};
use crate::text;

/// The reader of .pdf.
pub struct Pdf;

/// Pages that are read.
const PAGES: usize = 3_000;

impl Reader for Pdf {
    fn name(&self) -> &'static str {
        "pdf"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["pdf"]
    }

    fn knows(&self, name: &str, head: &[u8]) -> bool {
        has_extension(name, self.extensions()) || head.starts_with(b"%PDF")
    }

    fn makes(&self) -> &'static [&'static str] {
        &["pdf"]
    }

    fn read(&self, _name: &str, bytes: &[u8]) -> Result<Manuscript> {
        if stream::is_bomb(bytes) {
            return Err(too_large().into());
        }
        let document = Document::new(bytes.to_vec()).map_err(refusal)?;
        let mut file = File::new();
        let pages = document.pages();
        let sheets: Vec<_> = pages.iter().take(PAGES).map(|page| file.sheet(page)).collect();
        if file.unknown * 3 > file.known {
            return Err(untold().into());
        }
        let mut paper = Paper::default();
        if file.is_over() || pages.len() > PAGES {
            paper.gap(Gap::Rest, too_large());
        } else if !is_whole(bytes) {
            paper.gap(Gap::Rest, unfinished());
        }
        if file.unknown > 0 {
            let unknown = file.unknown;
            paper.gap(
                Gap::Signs,
                Problem::new(text!(
                    "有{unknown}个字，文件里没有写明是什么字，已用 \u{FFFD} 代替",
                    "{unknown} signs, of which the file does not tell the characters, became \u{FFFD}"
                )),
            );
        }
        printed::read(sheets, &mut paper);
        Ok(paper.finish())
    }
}

/// Whether a file comes to its end: a few things may stand behind it.
fn is_whole(bytes: &[u8]) -> bool {
    const TAIL: usize = 4_096;
    memmem::rfind(&bytes[bytes.len().saturating_sub(TAIL)..], b"%%EOF").is_some()
}

fn refusal(error: LoadPdfError) -> Error {
    let problem = match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Problem::new(Text::fixed(
            "PDF 加了打开密码",
            "the PDF is protected by a password",
        ))
        .help(Text::fixed(
            "用阅读器输入密码打开，去掉密码另存后再查；或查生成它的原稿",
            "open it with its password, save it without one and check that, or check what it was made from",
        )),
        LoadPdfError::Decryption(_) => {
            Problem::new(Text::fixed("PDF 加了密，方式不认识", "the PDF is encrypted in an unknown way"))
                .help(SOURCE)
        }
        LoadPdfError::Invalid => Problem::new(Text::fixed(
            "PDF 已损坏，或没有下载、复制完",
            "the PDF is damaged, or its download or copy is not finished",
        ))
        .help(Text::fixed("重新复制或下载一份", "copy or download it again")),
    };
    problem.kind(ErrorKind::Format).into()
}

const SOURCE: Text = Text::fixed(
    "查生成它的 .docx 原稿；没有原稿的，用 WPS、Word 识别成文字再查",
    "check what it was made from; without that, have its text recognized by WPS or Word",
);

fn untold() -> Problem {
    Problem::new(Text::fixed(
        "PDF 里的字只有字形，没有写明是什么字，读不出文字",
        "the PDF holds shapes of its signs and does not tell their characters; there is no text to read",
    ))
    .help(SOURCE)
    .kind(ErrorKind::Format)
}

fn too_large() -> Problem {
    let limit = stream::LIMIT >> 20;
    Problem::new(text!(
        "PDF 内容过大（解压后超过 {limit} MB），超出的部分不读",
        "the PDF is too large (more than {limit} MB when unpacked); what lies beyond is not read"
    ))
    .help(Text::fixed(
        "这不像正常的文稿；看看是不是给错了文件",
        "this is no usual document; see whether it is the one you meant",
    ))
}

fn unfinished() -> Problem {
    Problem::new(Text::fixed(
        "PDF 不完整（多是没有下载或复制完），后面的可能没有读到",
        "the PDF is incomplete, mostly by an unfinished download or copy; its end may be missing",
    ))
    .help(Text::fixed("重新复制或下载一份", "copy or download it again"))
}
