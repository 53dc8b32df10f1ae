//! Formats in which offices keep documents and that no reader reads: what each is, and how to make
//! something of it that can be read. A folder with one in it is not clean, it is not known.
//!
//! Workbooks of the new format, tables as text, web pages and pictures are not among them: facts and
//! reports of this program are such files, and a folder of drafts may hold both.

use super::has_extension;
use crate::base::{ErrorKind, Problem, Text};

/// One kind of such files.
struct Stranger {
    extensions: &'static [&'static str],
    what: Text,
    help: Text,
}

static STRANGERS: &[Stranger] = &[
    PDF,
    Stranger {
        extensions: &["ofd", "ceb", "cebx", "sep"],
        what: Text::fixed(
            "是版式文件（.ofd 等），没有读取",
            "a fixed-layout document (.ofd or kin); it was not read",
        ),
        help: Text::fixed(
            "查生成它的 .docx 原稿；没有原稿的，用阅读器导出文字再查",
            "check the .docx that it was made from; without one, export its text and check that",
        ),
    },
    Stranger {
        extensions: &["odt", "ott", "fodt", "uot", "uof", "pages", "hwp", "xps"],
        what: Text::fixed(
            "是别的办公软件的文稿，没有读取",
            "a document of another word processor; it was not read",
        ),
        help: Text::fixed(
            "用编辑它的软件打开，另存为 .docx 再查",
            "open it with the program that it came from, save it as .docx and check that",
        ),
    },
    Stranger {
        extensions: &["ods", "xlsb"],
        what: Text::fixed("是表格，没有读取", "a workbook; it was not read"),
        help: Text::fixed(
            "用 Excel 或 WPS 打开，另存为 .xlsx 再查",
            "open it in Excel or WPS, save it as .xlsx and check that",
        ),
    },
    Stranger {
        extensions: &["ppt", "pptx", "pps", "ppsx", "dps", "odp"],
        what: Text::fixed("是演示文稿，没有读取", "a presentation; it was not read"),
        help: Text::fixed("把讲稿文字复制到 .docx 里再查", "copy its words into a .docx and check that"),
    },
    Stranger {
        extensions: &["zip", "rar", "7z", "tar", "gz", "tgz", "bz2", "xz"],
        what: Text::fixed("是压缩包，里面的文件没有读取", "an archive; the files in it were not read"),
        help: Text::fixed("解压后再查", "unpack it and check what was in it"),
    },
];

const PDF: Stranger = Stranger {
    extensions: &["pdf"],
    what: Text::fixed("是 PDF，没有读取", "a PDF; it was not read"),
    help: Text::fixed(
        "查生成它的 .docx 原稿；没有原稿的，用 Word 或 WPS 转成 .docx 再查",
        "check the .docx that it was made from; without one, convert it to .docx and check that",
    ),
};

/// Why a file of this name cannot be read; `None` if its name is not that of a known stranger.
///
/// 扫描件.PDF is one; 讲话.docx can be read, and 照片.jpg is no document at all.
#[must_use]
pub fn stranger(name: &str) -> Option<Problem> {
    STRANGERS.iter().find(|s| has_extension(name, s.extensions)).map(Stranger::problem)
}

/// The same by the first bytes, whatever the name is: a PDF that was renamed to .txt.
pub(super) fn by_bytes(head: &[u8]) -> Option<Problem> {
    head.starts_with(b"%PDF-").then(|| PDF.problem())
}

impl Stranger {
    fn problem(&self) -> Problem {
        Problem::new(self.what.clone()).help(self.help.clone()).kind(ErrorKind::Format)
    }
}

#[cfg(test)]
mod tests {
    use super::{STRANGERS, by_bytes, stranger};
    use crate::read::{READERS, is_document, read};

    #[test]
    fn an_extension_belongs_to_one_kind_and_to_no_reader_that_could_read_it() {
        let all: Vec<_> = STRANGERS.iter().flat_map(|s| s.extensions).collect();
        for (n, extension) in all.iter().enumerate() {
            assert!(!all[..n].contains(extension), "{extension}");
            let name = format!("a.{extension}");
            let readers = READERS.iter().filter(|r| r.knows(&name, &[])).map(|r| r.name());
            assert!(readers.into_iter().all(|r| r == "docx"), "{extension}");
            assert!(is_document(&name));
        }
        assert!(!is_document("照片.jpg") && !is_document("表.xlsx") && stranger("无扩展名").is_none());
    }

    #[test]
    fn what_was_renamed_to_txt_is_known_by_its_bytes() {
        assert!(by_bytes(b"%PDF-1.7").is_some() && by_bytes("全县".as_bytes()).is_none());
        assert!(read("稿.txt", b"%PDF-1.7").unwrap_err().problems()[0].what.en.contains("PDF"));
        assert_eq!(read("稿.txt", "{甲}".as_bytes()).unwrap().text(), "{甲}");
    }
}
