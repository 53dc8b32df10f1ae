//! Rich Text Format (.rtf, and many a .doc that an old system exported): RTF 1.9.1.
//!
//! The text is what the reader of .docx makes of the same document. Headings are told by styles and outline
//! levels, tables by their rows, automatic numbers by the tables of lists. Headers, footers and notes stand beside
//! the text. [`scan`] knows the signs, [`words`] the characters, [`walk`] what they mean.

mod lists;
mod scan;
mod styles;
#[cfg(test)]
mod tests;
mod walk;
mod words;

use super::docx::margin::lines_of;
use super::docx::styles::Styles;
use super::docx::{manuscript, open_comments};
use super::{Reader, has_extension};
use crate::base::{ErrorKind, Problem, Result, Text};
use crate::model::{Gap, Layout, Manuscript};
use crate::office::list;
use crate::text;

/// The reader of .rtf.
pub struct Rtf;

impl Reader for Rtf {
    fn name(&self) -> &'static str {
        "rtf"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["rtf"]
    }

    fn knows(&self, name: &str, _head: &[u8]) -> bool {
        has_extension(name, self.extensions())
    }

    fn makes(&self) -> &'static [&'static str] {
        &["rtf"]
    }

    fn read(&self, _name: &str, bytes: &[u8]) -> Result<Manuscript> {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
        if !bytes.starts_with(b"{\\rtf") {
            return Err(no_rtf(bytes.is_empty()).into());
        }
        let unicode = words::of_utf8(bytes);
        let walk::Read { mut body, styles, lists, beside, comments, broken } =
            walk::read(unicode.as_deref().unwrap_or(bytes));
        list::number_by(&lists, &styles, &mut body);
        let mut left_out = Vec::new();
        if broken {
            if body.paragraphs.iter().all(|p| p.text.trim().is_empty()) {
                return Err(broken_off(0).into());
            }
            left_out.push((Gap::Rest, broken_off(body.paragraphs.len())));
        }
        let styles = Styles::of(&styles);
        let manuscript = manuscript(&body, |p| styles.role(p.style.as_deref()), &Layout::default(), left_out);
        let open = open_comments(comments);
        Ok(manuscript.with_notes(open.into_iter().collect()).with_margin(lines_of(&body, beside)))
    }
}

fn no_rtf(empty: bool) -> Problem {
    let what = if empty {
        Text::fixed("文件是空的（0 字节）", "the file is empty (0 bytes)")
    } else {
        Text::fixed("不是 RTF：文件开头不是 {\\rtf", "not RTF: the file does not begin with {\\rtf")
    };
    let help = Text::fixed(
        "用 Word 或 WPS 打开，另存为 .docx 再试",
        "open it in Word or WPS, save it as .docx and try again",
    );
    Problem::new(what).help(help).kind(ErrorKind::Format)
}

fn broken_off(paragraphs: usize) -> Problem {
    Problem::new(text!(
        "文件不完整（RTF 的括号没有配齐），读到第{paragraphs}段为止，后面的没有检查",
        "the file is incomplete (its braces do not close); read up to paragraph {paragraphs}, the rest was not checked"
    ))
    .help(Text::fixed("重新复制或下载一份", "copy or download it again"))
}
