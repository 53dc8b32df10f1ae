//! Of what make a file is, told by its bytes and not by its name.
//!
//! Whatever was renamed to .docx ends up here, so most of this file tells people what they have in
//! hand and how to turn it into a .docx. Nobody else looks for `PK`: whether a document is a .docx
//! is asked here, and what can be done to it in its own file, of [`Container`](super::Container).

use super::compound::{COMPOUND, Compound};
use super::little::u16_at;
use super::package::Package;
use crate::base::{Problem, Text};

/// A make of files.
#[derive(Debug)]
pub struct Make {
    /// Its name: `docx`, `odt`, `pdf`.
    pub name: &'static str,
    is: fn(&mut Look<'_>) -> bool,
    /// What it is called where a .docx was wanted.
    what: Text,
    help: Text,
}

/// What is looked at.
struct Look<'b> {
    bytes: &'b [u8],
    package: Option<Package<'b>>,
    compound: Option<Compound<'b>>,
}

impl Look<'_> {
    /// Whether it is a zip with a part of this name.
    fn has(&self, part: &str) -> bool {
        self.package.as_ref().is_some_and(|package| package.has(part))
    }

    fn starts(&self, head: &[u8]) -> bool {
        self.bytes.starts_with(head)
    }

    /// Whether it is a text that opens with this word, upper or lower case.
    fn opens(&self, word: &str) -> bool {
        let text = self.bytes.trim_ascii_start();
        let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
        text.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word.as_bytes()))
    }

    /// Whether it is an OLE compound file with a stream of this name. Of one whose directory is lost, an entry of
    /// it is searched that has this name (UTF-16LE): the words alone may stand in any text.
    fn has_stream(&self, name: &str) -> bool {
        if let Some(compound) = &self.compound {
            return compound.has(name);
        }
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        // An entry has 128 bytes; behind the room for its name stand the bytes of the name with its zero.
        let is_entry = |at: usize| {
            at.is_multiple_of(128) && u16_at(self.bytes, at + 64).map(usize::from) == Some(name.len() + 2)
        };
        self.starts(COMPOUND) && memchr::memmem::find_iter(self.bytes, &name).any(is_entry)
    }
}

/// The first bytes of a zip with anything in it.
const ZIP: &[u8] = b"PK\x03\x04";

/// The first bytes of documents of Word for Windows 1, 2 and 6 without a container.
const OLDER: &[&[u8]] = &[b"\x9B\xA5", b"\xDB\xA5", b"\xDC\xA5"];

/// Whether bytes (the first four or more) begin like those of a zip or an OLE compound file, so that
/// they are no text whatever they are called.
#[must_use]
pub fn is_packed(head: &[u8]) -> bool {
    head.starts_with(ZIP) || head.starts_with(COMPOUND)
}

const SAVE_AS: Text = Text::fixed(
    "用编辑它的软件打开，另存为 .docx 再试",
    "open it in the program it came from, save it as .docx and try again",
);
const AGAIN: Text = Text::fixed("重新复制或下载一份", "copy or download it again");
const NOT_RENAMED: Text = Text::fixed(
    "用 Word 或 WPS 打开，另存为 .docx（不要只改扩展名）",
    "open it in Word or WPS and save it as .docx; renaming it is not enough",
);

const fn row(name: &'static str, is: fn(&mut Look<'_>) -> bool, what: Text, help: Text) -> Make {
    Make { name, is, what, help }
}

/// All makes; the first that a file is counts.
static MAKES: &[Make] = &[
    row(
        "docx",
        |look| look.package.as_mut().is_some_and(|package| package.main_part().is_some()),
        Text::fixed("这是 Word 文稿（.docx）", "this is a Word document (.docx)"),
        SAVE_AS,
    ),
    row(
        "xlsx",
        |look| look.has("xl/workbook.xml"),
        Text::fixed("这是 Excel 表格（.xlsx）", "this is an Excel workbook (.xlsx)"),
        SAVE_AS,
    ),
    row(
        "xlsb",
        |look| look.has("xl/workbook.bin"),
        Text::fixed("这是 Excel 表格（.xlsb）", "this is an Excel workbook (.xlsb)"),
        SAVE_AS,
    ),
    row(
        "pptx",
        |look| look.has("ppt/presentation.xml"),
        Text::fixed("这是演示文稿（.pptx）", "this is a PowerPoint presentation (.pptx)"),
        SAVE_AS,
    ),
    row(
        "ofd",
        |look| look.has("OFD.xml"),
        Text::fixed("这是版式文件（.ofd）", "this is a fixed-layout document (.ofd)"),
        SAVE_AS,
    ),
    row(
        "odt",
        |look| look.has("content.xml"),
        Text::fixed("这是 OpenDocument 文件（.odt 等）", "this is an OpenDocument file (.odt or kin)"),
        SAVE_AS,
    ),
    row(
        "epub",
        |look| look.has("META-INF/container.xml"),
        Text::fixed("这是电子书（.epub）", "this is an e-book (.epub)"),
        SAVE_AS,
    ),
    row(
        "pages",
        |look| look.has("Index/Document.iwa"),
        Text::fixed("这是 Pages 文稿（.pages）", "this is a Pages document (.pages)"),
        SAVE_AS,
    ),
    row(
        "zip",
        |look| look.package.is_some(),
        Text::fixed("压缩包里没有 Word 正文，不是 .docx", "the container holds no Word text: not a .docx"),
        SAVE_AS,
    ),
    row(
        "empty",
        |look| look.bytes.is_empty(),
        Text::fixed("文件是空的（0 字节）", "the file is empty (0 bytes)"),
        AGAIN,
    ),
    row(
        "encrypted",
        |look| look.has_stream("EncryptedPackage"),
        Text::fixed("文件加了打开密码", "the file is protected by a password"),
        Text::fixed(
            "用 Word 或 WPS 打开，去掉打开密码（文件 → 信息 → 保护文档），保存后再试",
            "open it in Word or WPS, take the password off (File, Info, Protect Document), save it and try again",
        ),
    ),
    row(
        "doc",
        |look| look.has_stream("WordDocument"),
        Text::fixed("这是旧格式文稿（.doc 或 .wps）", "this is a document of the old format (.doc or .wps)"),
        NOT_RENAMED,
    ),
    row(
        "xls",
        |look| look.has_stream("Workbook") || look.has_stream("Book"),
        Text::fixed("这是旧格式表格（.xls 或 .et）", "this is a workbook of the old format (.xls or .et)"),
        NOT_RENAMED,
    ),
    row(
        "ppt",
        |look| look.has_stream("PowerPoint Document"),
        Text::fixed(
            "这是旧格式演示文稿（.ppt 或 .dps）",
            "this is a presentation of the old format (.ppt or .dps)",
        ),
        NOT_RENAMED,
    ),
    row(
        "works",
        |look| look.has_stream("MatOST") || look.has_stream("CONTENTS") || look.has_stream("MN0"),
        Text::fixed(
            "这是微软 Works 的文稿（.wps），不是金山 WPS 的",
            "this is a document of Microsoft Works (.wps), not of Kingsoft WPS",
        ),
        Text::fixed(
            "用 LibreOffice 打开，另存为 .docx 再试",
            "open it in LibreOffice, save it as .docx and try again",
        ),
    ),
    row(
        "compound",
        |look| look.starts(COMPOUND),
        Text::fixed("这是旧的复合文档，不是 .docx", "this is an old compound file, not a .docx"),
        NOT_RENAMED,
    ),
    row(
        "old-doc",
        |look| OLDER.iter().any(|head| look.starts(head)),
        Text::fixed("这是 Word 95 以前的文稿", "this is a document of a Word before Word 95"),
        NOT_RENAMED,
    ),
    row(
        "broken-zip",
        |look| look.starts(b"PK"),
        Text::fixed(
            ".docx 不完整：压缩包的目录缺失或损坏，多是没有下载或复制完",
            "the .docx is incomplete: the container's directory is missing or damaged, mostly by an unfinished download or copy",
        ),
        AGAIN,
    ),
    row(
        "pdf",
        |look| look.starts(b"%PDF"),
        Text::fixed("这是 PDF，不是 .docx", "this is a PDF, not a .docx"),
        SAVE_AS,
    ),
    row(
        "rtf",
        |look| look.opens("{\\rtf"),
        Text::fixed("这是 RTF，不是 .docx", "this is RTF, not a .docx"),
        SAVE_AS,
    ),
    row(
        "eml",
        |look| is_mail(look.bytes),
        Text::fixed("这是邮件，不是 .docx", "this is a mail, not a .docx"),
        SAVE_AS,
    ),
    row(
        "html",
        |look| look.opens("<html") || look.opens("<!doctype html"),
        Text::fixed("这是网页，不是 .docx", "this is a web page, not a .docx"),
        SAVE_AS,
    ),
    row(
        "fodt",
        |look| is_flat_odt(look.bytes),
        Text::fixed("这是 OpenDocument 文件（.fodt）", "this is an OpenDocument file (.fodt)"),
        SAVE_AS,
    ),
    row(
        "xml",
        |look| look.opens("<?xml"),
        Text::fixed("这是单个 XML 文件，不是 .docx", "this is a single XML file, not a .docx"),
        SAVE_AS,
    ),
    row(
        "other",
        |_| true,
        Text::fixed("不是 .docx：文件开头不是压缩包", "not a .docx: the file is no zip container"),
        SAVE_AS,
    ),
];

/// Whether bytes are an `OpenDocument` text in one file of XML: its root says so, with its kind.
fn is_flat_odt(bytes: &[u8]) -> bool {
    /// Bytes that are looked at; the root declares dozens of namespaces.
    const HEAD: usize = 16_384;
    let head = &bytes[..bytes.len().min(HEAD)];
    let has = |words: &[u8]| memchr::memmem::find(head, words).is_some();
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    text.trim_ascii_start().starts_with(b"<")
        && has(b"<office:document")
        && has(b"application/vnd.oasis.opendocument.text")
}

/// Whether bytes begin with the head of a mail: lines of names and values, of which two or more are
/// such as only mails have.
fn is_mail(bytes: &[u8]) -> bool {
    /// Bytes that are looked at.
    const HEAD: usize = 8_192;
    const OWN: [&[u8]; 8] = [
        b"received",
        b"return-path",
        b"message-id",
        b"mime-version",
        b"content-transfer-encoding",
        b"x-mailer",
        b"delivered-to",
        b"content-type",
    ];
    let mut own = 0;
    for line in bytes[..bytes.len().min(HEAD)].split(|&b| b == b'\n') {
        // A value goes on in lines that are set in.
        if line.first().is_some_and(u8::is_ascii_whitespace) && line != b"\r" {
            continue;
        }
        let Some(colon) = line.iter().position(|&b| b == b':') else { break };
        let name = &line[..colon];
        if name.is_empty() || !name.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-') {
            break;
        }
        own += usize::from(OWN.iter().any(|known| known.eq_ignore_ascii_case(name)));
    }
    own > 1
}

impl Make {
    /// The make of a whole file.
    #[must_use]
    pub fn of(bytes: &[u8]) -> &'static Self {
        // The last row takes whatever the others leave.
        // Word puts zips into its .doc (themes, embedded documents), and a zip may have anything before it.
        let package = if bytes.starts_with(COMPOUND) { None } else { Package::open(bytes) };
        let mut look = Look { bytes, package, compound: Compound::open(bytes) };
        MAKES.iter().find(|make| (make.is)(&mut look)).unwrap_or(&MAKES[MAKES.len() - 1])
    }

    /// Whether there is a make of this name.
    #[cfg(test)]
    pub(super) fn is_known(name: &str) -> bool {
        MAKES.iter().any(|make| make.name == name)
    }

    /// Why it is not read as a .docx, and what to do about it.
    #[must_use]
    pub fn refusal(&self) -> Problem {
        Problem::new(self.what.clone()).help(self.help.clone())
    }
}
