//! The file of an .odt: a zip of parts, or one file of XML (.fodt).

use std::collections::BTreeMap;

use crate::base::{ErrorKind, Problem, Result, Text};
use crate::office::package::{Encoding, Package, Part};

/// The part that holds the text.
const CONTENT: &str = "content.xml";

/// An open file.
pub struct File<'b> {
    package: Option<Package<'b>>,
    /// The part that holds the text; of one file of XML the whole.
    pub content: Part,
    /// The styles and running heads; of one file of XML the same again.
    pub styles: String,
}

impl<'b> File<'b> {
    /// Opens a file that may be damaged.
    ///
    /// # Errors
    /// If it is encrypted, or holds no part with a text.
    pub fn open(bytes: &'b [u8]) -> Result<Self> {
        let Some(mut package) = Package::open(bytes) else {
            let marked = bytes.strip_prefix(b"\xEF\xBB\xBF");
            let encoding = if marked.is_some() { Encoding::Utf8Marked } else { Encoding::Utf8 };
            let text = crate::base::encoding::decode(bytes)?.text;
            if !text.trim_start().starts_with('<') {
                return Err(no_odt().into());
            }
            let styles = text.clone();
            return Ok(Self { package: None, content: Part { text, problem: None, encoding }, styles });
        };
        if is_encrypted(&mut package) {
            return Err(encrypted().into());
        }
        let Some(content) = package.part(CONTENT) else { return Err(no_text().into()) };
        let styles = package.part("styles.xml").map(|part| part.text).unwrap_or_default();
        Ok(Self { package: Some(package), content, styles })
    }

    /// Opens a file that is to be changed.
    ///
    /// # Errors
    /// As [`Self::open`]; if it could not be read whole, is signed, or is one file of XML that is not UTF-8.
    pub fn open_whole(bytes: &'b [u8]) -> Result<Self> {
        let file = Self::open(bytes)?;
        if let Some(problem) = file.content.problem {
            // What was lost in reading would be lost for good in writing.
            return Err(problem.into());
        }
        let signed = |package: &Package<'_>| {
            package.has("META-INF/documentsignatures.xml") || package.has("META-INF/packagesignatures.xml")
        };
        if file.package.as_ref().is_some_and(signed) {
            return Err(is_signed().into());
        }
        if file.package.is_none() && std::str::from_utf8(bytes).is_err() {
            return Err(unsafe_change().into());
        }
        Ok(file)
    }

    /// The text of another part.
    pub fn part(&mut self, name: &str) -> Option<String> {
        Some(self.package.as_mut()?.part(name)?.text)
    }

    /// The file with this text of its part instead, and all else as it was.
    ///
    /// # Errors
    /// If it cannot be packed.
    pub fn with(mut self, xml: &str) -> Result<Vec<u8>> {
        let bytes = self.content.encoding.encode(xml);
        match &mut self.package {
            Some(package) => package.with(BTreeMap::from([(CONTENT.to_owned(), bytes)])),
            None => Ok(bytes),
        }
    }
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

fn is_signed() -> Problem {
    Problem::new(Text::fixed(
        "文稿有数字签名，一改签名就失效，所以没有改",
        "the document is signed; it was left alone, since any change would make the signature invalid",
    ))
    .help(Text::fixed(
        "在 LibreOffice 里去掉签名（文件 → 数字签名），保存后再试，定稿后重新签",
        "remove the signature in LibreOffice (File, Digital Signatures), save, try again, and sign anew at the end",
    ))
}

/// Why a file without a text is not read.
pub fn no_text() -> Problem {
    Problem::new(Text::fixed(
        "这是 OpenDocument 文件，里面没有文稿正文（可能是表格或演示文稿）",
        "an OpenDocument file that holds no text document; it may be a workbook or a presentation",
    ))
    .help(Text::fixed("把要查的文字存成文稿再查", "save what is to be checked as a text document"))
    .kind(ErrorKind::Format)
}

/// Why a change was not made.
pub(super) fn unsafe_change() -> Problem {
    Problem::new(Text::fixed(
        "文稿里有不常见的标记，改动它不能保证其他文字不变，所以没有改",
        "the document holds unusual markup; it was left alone, since a change might not keep the rest of the text",
    ))
    .help(Text::fixed(
        "用 LibreOffice 打开，另存为 .odt 再试",
        "open it in LibreOffice, save it as .odt and try again",
    ))
}
