//! Documents of LibreOffice and other programs that keep to `OpenDocument` (.odt, .ott, .fodt).
//!
//! The text is the paragraphs of the body in their order, cells as a .docx has them, text boxes after
//! the paragraph that anchors them; tracked changes are read as accepted. What the body does not hold
//! (running heads, notes, comments, the numbers of automatic lists, pictures) is left out and told.

mod styles;
#[cfg(test)]
mod tests;
mod walk;

use self::styles::Styles;
use super::{Reader, has_extension};
use crate::base::{ErrorKind, Problem, Result, Text, encoding};
use crate::model::Manuscript;
use crate::office::package::Package;

/// The reader of .odt.
pub struct Odt;

impl Reader for Odt {
    fn name(&self) -> &'static str {
        "odt"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["odt", "ott", "fodt"]
    }

    fn knows(&self, name: &str, _head: &[u8]) -> bool {
        has_extension(name, self.extensions())
    }

    fn makes(&self) -> &'static [&'static str] {
        &["odt"]
    }

    fn read(&self, _name: &str, bytes: &[u8]) -> Result<Manuscript> {
        let mut styles = Styles::default();
        if let Some(mut package) = Package::open(bytes) {
            if is_encrypted(&mut package) {
                return Err(encrypted().into());
            }
            let Some(content) = package.part("content.xml") else { return Err(no_text().into()) };
            let beside = package.part("styles.xml").map(|part| part.text).unwrap_or_default();
            styles.read(&beside);
            styles.read(&content.text);
            return walk::read(&content.text, &beside, &styles, content.problem);
        }
        if super::is_torn_zip(bytes) {
            return Err(super::torn().into());
        }
        // The same in one file of XML.
        let text = encoding::decode(bytes)?.text;
        if !text.trim_start().starts_with('<') {
            return Err(no_odt().into());
        }
        styles.read(&text);
        walk::read(&text, &text, &styles, None)
    }
}

fn is_encrypted(package: &mut Package<'_>) -> bool {
    package.has("encrypted-package")
        || package.part("META-INF/manifest.xml").is_some_and(|part| part.text.contains("encryption-data"))
}

fn encrypted() -> Problem {
    Problem::new(Text::fixed("文件加了打开密码", "the file is protected by a password"))
        .help(Text::fixed(
            "用编辑它的软件打开，去掉密码，保存后再试",
            "open it in the program it came from, take the password off, save it and try again",
        ))
        .kind(ErrorKind::Format)
}

fn no_odt() -> Problem {
    Problem::new(Text::fixed(
        "不是 .odt：里面既不是压缩包，也不是 XML",
        "no .odt: it is neither a container nor XML",
    ))
    .help(Text::fixed(
        "用编辑它的软件打开，另存为 .docx 或 .odt 再试；纯文字的，把扩展名改成 .txt",
        "open it in the program it came from and save it as .docx or .odt; if it is plain text, call it .txt",
    ))
    .kind(ErrorKind::Format)
}

fn no_text() -> Problem {
    Problem::new(Text::fixed(
        "这是 OpenDocument 文件，里面没有文稿正文（可能是表格或演示文稿）",
        "an OpenDocument file that holds no text document; it may be a workbook or a presentation",
    ))
    .help(Text::fixed("把要查的文字存成文稿再查", "save what is to be checked as a text document"))
    .kind(ErrorKind::Format)
}
