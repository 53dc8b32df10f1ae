//! Formats in which offices keep documents and that no reader reads: what each is, and how to make
//! something of it that can be read. A folder with one in it is not clean, it is not known.
//!
//! Workbooks of the new format, tables as text and pictures are not among them: facts and
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
    #[cfg(target_family = "wasm")]
    PDF,
    #[cfg(target_family = "wasm")]
    Stranger {
        extensions: &["eml", "mht", "mhtml"],
        what: Text::fixed("是邮件，这个网页里没有读取", "a mail; it was not read on this page"),
        help: IN_PROGRAM,
    },
    Stranger {
        extensions: &["ceb", "cebx", "sep", "caj"],
        what: Text::fixed(
            "是版式文件（.ceb 等），没有读取",
            "a fixed-layout document (.ceb or kin); it was not read",
        ),
        help: Text::fixed(
            "查生成它的 .docx 原稿；没有原稿的，用阅读器导出文字再查",
            "check the .docx that it was made from; without one, export its text and check that",
        ),
    },
    Stranger {
        extensions: &["uot", "uof", "pages", "hwp", "xps"],
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
        extensions: &["xlsb", "ods"],
        what: Text::fixed("是表格，没有读取", "a workbook; it was not read"),
        help: Text::fixed(
            "里面有要查的文字，就复制到 .docx 里再查",
            "copy what is to be checked into a .docx and check that",
        ),
    },
    Stranger {
        extensions: &["ppt", "pptx", "pps", "ppsx", "dps", "odp"],
        what: Text::fixed("是演示文稿，没有读取", "a presentation; it was not read"),
        help: Text::fixed("把讲稿文字复制到 .docx 里再查", "copy its words into a .docx and check that"),
    },
    Stranger {
        extensions: &["rar", "7z", "tar", "gz", "tgz", "bz2", "xz"],
        what: Text::fixed("是压缩包，里面的文件没有读取", "an archive; the files in it were not read"),
        help: Text::fixed("解压后再查", "unpack it and check what was in it"),
    },
];

/// The page in one file lacks the readers of .pdf and of mail, for which it has no room.
#[cfg(target_family = "wasm")]
const IN_PROGRAM: Text = Text::fixed(
    "用装在电脑上的 wengao 查，或另存为 .docx 再查",
    "check it with the program installed on a computer, or save it as .docx and check that",
);

#[cfg(target_family = "wasm")]
const PDF: Stranger = Stranger {
    extensions: &["pdf"],
    what: Text::fixed("是 PDF，这个网页里没有读取", "a PDF; it was not read on this page"),
    help: IN_PROGRAM,
};

/// Why a file of this name cannot be read; `None` if its name is not that of a known stranger.
///
/// 汇编.RAR is one; 讲话.docx can be read, and 照片.jpg is no document at all.
#[must_use]
pub fn stranger(name: &str) -> Option<Problem> {
    STRANGERS.iter().find(|s| has_extension(name, s.extensions)).map(Stranger::problem)
}

/// The same by the first bytes, whatever the name is: a PDF that was renamed to .txt.
/// Only the page in one file has such strangers.
#[cfg(target_family = "wasm")]
pub(super) fn by_bytes(head: &[u8]) -> Option<Problem> {
    head.starts_with(b"%PDF-").then(|| PDF.problem())
}

#[cfg(not(target_family = "wasm"))]
pub(super) const fn by_bytes(_head: &[u8]) -> Option<Problem> {
    None
}

impl Stranger {
    fn problem(&self) -> Problem {
        Problem::new(self.what.clone()).help(self.help.clone()).kind(ErrorKind::Format)
    }
}

#[cfg(test)]
mod tests {
    use super::{STRANGERS, stranger};
    use crate::base::Lang;
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
        assert_eq!(read("稿.txt", b"{\\rtf1\\ansi a}").unwrap().text(), "a");
        assert_eq!(read("稿.txt", "{甲}".as_bytes()).unwrap().text(), "{甲}");
        assert!(read("稿.md", b"%PDF-1.7").is_err_and(|e| e.in_lang(Lang::Zh).contains("PDF")));
        assert_eq!(read("稿.md", b"{\\rtf1\\ansi a}").unwrap().text(), "a");
        assert_eq!(read("稿.md", b"<html>a").unwrap().text(), "<html>a");
    }
}
