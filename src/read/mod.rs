//! Floor 3: bytes → manuscript. One file a format, one line in [`READERS`].
//!
//! A reader is chosen by what a file is, which its bytes tell (`office/make.rs`), and only where they
//! do not by its name. It never refuses what it can half read: what was left out or lost is told in the
//! manuscript's notes. `paper` is what readers without parts of a .docx fill, `printed` makes paragraphs
//! of pages; a file that holds several papers is a [`bundle`].

pub mod bundle;
mod doc;
mod docx;
#[cfg(not(target_family = "wasm"))]
mod eml;
mod html;
mod md;
mod odt;
mod ofd;
mod paper;
#[cfg(not(target_family = "wasm"))]
mod pdf;
mod printed;
mod rows;
mod rtf;
mod stranger;
mod txt;
mod xlsx;

use crate::base::{ErrorKind, Problem, Result, Text};
use crate::model::{LINES, Manuscript};
use crate::office::make::Make;
use crate::text;

/// Reads one format.
pub trait Reader: Sync {
    /// The format's name, as in help texts: `docx`.
    fn name(&self) -> &'static str;
    /// By which extensions people know its files, the usual one first.
    fn extensions(&self) -> &'static [&'static str] {
        &[]
    }
    /// Whether a file of this name with these first bytes (64 or all) is for this reader.
    fn knows(&self, name: &str, head: &[u8]) -> bool;
    /// The makes of files (`office/make.rs`) that it reads, whatever they are called.
    fn makes(&self) -> &'static [&'static str] {
        &[]
    }
    /// Reads a whole file. `name` is what the person called it, for places and messages.
    ///
    /// # Errors
    /// If nothing can be read: another format under this name, a damaged or encrypted container.
    fn read(&self, name: &str, bytes: &[u8]) -> Result<Manuscript>;
}

pub(crate) use crate::base::has_extension;
pub use stranger::stranger;

/// What a folder of papers may hold for another purpose: facts, and reports of this program. They are read
/// where somebody names them, and not sought.
const NOT_SOUGHT: &[&str] = &["xlsx", "xlsm", "csv"];

/// Whether a file of this name, met in a folder, is a document, or holds some, be it one that no reader can
/// read.
#[must_use]
pub fn is_document(name: &str) -> bool {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let known = READERS.iter().any(|r| r.knows(name, &[])) || bundle::is_bundle(name);
    file.contains('.') && (known || stranger(name).is_some()) && !has_extension(name, NOT_SOUGHT)
}

/// The extensions of all files that can be read in a sentence: `.docx、.doc`.
#[must_use]
pub fn listed() -> Text {
    let dotted: Vec<String> = extensions().map(|extension| format!(".{extension}")).collect();
    Text::new(dotted.join("、"), dotted.join(", "))
}

/// All readers, the more particular first.
pub static READERS: &[&dyn Reader] = &[
    &docx::Docx,
    &doc::Doc,
    &rtf::Rtf,
    &xlsx::Xlsx,
    #[cfg(not(target_family = "wasm"))]
    &pdf::Pdf,
    &odt::Odt,
    &ofd::Ofd,
    &html::Html,
    #[cfg(not(target_family = "wasm"))]
    &eml::Eml,
    &md::Md,
    &txt::Txt,
];

/// The extensions of all files that can be read, bundles of papers among them.
pub fn extensions() -> impl Iterator<Item = &'static str> {
    READERS.iter().flat_map(|r| r.extensions()).chain(bundle::EXTENSIONS).copied()
}

/// Reads a document of any known format.
///
/// # Errors
/// If no reader knows it, or the one that does cannot read it.
pub fn read(name: &str, bytes: &[u8]) -> Result<Manuscript> {
    let head = &bytes[..bytes.len().min(64)];
    let by_name = READERS.iter().find(|r| r.knows(name, head));
    // What opens with a wide character is text; looking for the end of a zip would take longer than reading.
    let text = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    let is_text = text.first().is_some_and(|&b| b > 0xE0) && by_name.is_some_and(|r| r.makes().is_empty());
    let make = if is_text { "other" } else { Make::of(bytes).name };
    // Markdown may hold a page's tags, or what looks like the head of a mail, from its first line on.
    let is_markdown = by_name.is_some_and(|r| r.name() == "md") && matches!(make, "html" | "eml" | "xml");
    if let Some(reader) = READERS.iter().find(|r| r.makes().contains(&make) && !is_markdown) {
        return bounded(*reader, name, bytes);
    }
    if make == "zip" {
        return Err(bundle::unopened().into());
    }
    // What has nothing in it has no format either.
    if make == "empty" && by_name.is_some_and(|r| !r.makes().is_empty()) {
        return Err(Make::of(bytes).refusal().into());
    }
    // Of a container that is torn only its name says what it was.
    if make == "broken-zip"
        && by_name.is_some_and(|r| r.name() == "docx" && !has_extension(name, r.extensions()))
    {
        return Err(torn().into());
    }
    if make == "compound"
        && let Some(reader) =
            READERS.iter().find(|r| matches!(r.name(), "doc" | "xlsx") && has_extension(name, r.extensions()))
    {
        return bounded(*reader, name, bytes);
    }
    // What was renamed to .docx is told apart by its reader.
    let stranger = stranger(name).or_else(|| stranger::by_bytes(head));
    match (by_name, stranger) {
        (Some(reader), problem) if problem.is_none() || reader.name() == "docx" => {
            bounded(*reader, name, bytes)
        }
        (_, Some(problem)) => Err(problem.into()),
        (_, None) => {
            let known: Vec<_> = READERS.iter().map(|r| r.name()).collect();
            let known = known.join("、");
            Err(Problem::new(Text::fixed("不认识这种文件", "a file of no known format"))
                .help(text!("能读的格式：{known}", "formats that can be read: {known}"))
                .kind(ErrorKind::Format)
                .into())
        }
    }
}

/// Bytes of text that a document may have, some three and a half million characters, which is several yearbooks:
/// what is read and found of it takes twelve times as much memory, and four seconds.
pub const LONGEST: usize = 10 << 20;

/// Reads a document, if it is not longer than [`LONGEST`].
fn bounded(reader: &dyn Reader, name: &str, bytes: &[u8]) -> Result<Manuscript> {
    // Of what is text and nothing else the bytes tell it before they are read.
    if matches!(reader.name(), "txt" | "md") {
        within(bytes)?;
    }
    if bytes.len() > LARGEST && matches!(reader.name(), "html" | "eml") {
        return Err(too_large().into());
    }
    let manuscript = reader.read(name, bytes)?;
    within(manuscript.text().as_bytes())?;
    Ok(manuscript)
}

/// Bytes that a page or a mail may have, pictures and other files within it included.
const LARGEST: usize = 64 << 20;

/// Whether a text is no longer than it may be.
fn within(text: &[u8]) -> Result<()> {
    if text.len() > LONGEST {
        return Err(too_long().into());
    }
    if memchr::memchr_iter(b'\n', text).count() >= LINES { Err(too_many_lines().into()) } else { Ok(()) }
}

/// What a person does about a text that is too long.
const DIVIDE: Text = Text::fixed("分成几份文稿，分别检查", "divide it into several papers and check each");

/// The text of one document is longer than it may be.
fn too_long() -> Problem {
    let limit = LONGEST >> 20;
    Problem::new(text!("正文超过 {limit} MB，没有读取", "its text has more than {limit} MB; it was not read"))
        .help(DIVIDE)
        .kind(ErrorKind::Format)
}

/// It has more lines than it may have.
fn too_many_lines() -> Problem {
    Problem::new(text!(
        "超过{LINES}行（段、格），没有读取",
        "it has more than {LINES} lines, paragraphs or cells; it was not read"
    ))
    .help(DIVIDE)
    .kind(ErrorKind::Format)
}

/// A page or a mail is larger than it may be.
fn too_large() -> Problem {
    let limit = LARGEST >> 20;
    Problem::new(text!("文件超过 {limit} MB，没有读取", "the file has more than {limit} MB; it was not read"))
        .help(Text::fixed(
            "把正文和附件分别另存，再检查",
            "save its text and what came with it as files of their own and check these",
        ))
        .kind(ErrorKind::Format)
}

/// Whether bytes begin as a zip does, of which no end was found.
fn is_torn_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK")
}

/// Why a container that is not whole was not read.
fn torn() -> Problem {
    Problem::new(Text::fixed(
        "文件不完整：压缩包的目录缺失或损坏，多是没有下载或复制完",
        "the file is incomplete: its container's directory is missing or damaged, mostly by an unfinished download or copy",
    ))
    .help(Text::fixed("重新复制或下载一份", "copy or download it again"))
    .kind(ErrorKind::Format)
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_torn_container_is_told_to_be_a_docx_only_where_it_is_called_one() {
        let told = |name: &str| {
            super::read(name, b"PK\x03\x04\x14\0\0\0").unwrap_err().in_lang(crate::base::Lang::Zh)
        };
        assert!(told("稿.docx").starts_with(".docx 不完整"), "{}", told("稿.docx"));
        assert!(told("稿.odt").starts_with("文件不完整"), "{}", told("稿.odt"));
    }

    #[test]
    fn what_has_no_extension_is_no_paper_that_is_sought() {
        use super::is_document;
        assert!(is_document("2026.3/讲话.docx") && is_document("讲话.TXT"));
        assert!(!is_document("README") && !is_document("2026.3/签名") && !is_document("2026.3\\签名"));
    }

    #[test]
    fn a_text_of_more_than_ten_megabytes_is_refused_with_what_to_do() {
        let line = "全县春耕备耕。\n";
        let read = |name: &str, text: String| super::read(name, text.as_bytes());
        let told = read("稿.txt", line.repeat(super::LONGEST / line.len() + 1)).unwrap_err();
        assert!(told.in_lang(crate::base::Lang::En).contains("more than 10 MB; it was not read"), "{told}");
        assert!(told.in_lang(crate::base::Lang::Zh).contains("分成几份文稿"), "{told}");
    }

    #[test]
    fn lines_beyond_counting_are_refused_whatever_holds_them() {
        let most = crate::model::LINES;
        let told = |name: &str, text: String| {
            super::read(name, text.as_bytes())
                .err()
                .map(|e| e.in_lang(crate::base::Lang::En))
                .unwrap_or_default()
        };
        for (name, head, line) in [
            ("稿.txt", "", "\n"),
            ("稿.md", "", "a\n"),
            ("稿.rtf", "{\\rtf1 ", "a\\par "),
            ("稿.html", "<html>", "<p>a"),
            ("稿.eml", "Subject: a\n\n", "a\n"),
        ] {
            let text = |lines: usize| [head, &line.repeat(lines)].concat();
            assert!(told(name, text(most + 9)).contains("more than 300000 lines"), "{name}");
        }
        assert!(told("稿.txt", "\n".repeat(most - 1)).is_empty());
    }

    #[test]
    fn read_does_as_its_example_says() {
        let m = crate::read::read("讲话稿.txt", "同志们：\n今天开会。\n".as_bytes()).unwrap();
        assert_eq!(m.blocks().len(), 2);
    }
}
