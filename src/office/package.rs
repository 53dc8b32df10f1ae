//! The container of a .docx (and of an .xlsx): a zip of parts that name each other by relationships.
//!
//! Sizes in a zip's headers are claims; what is unpacked is counted as it comes, and all parts
//! together may take [`LIMIT`].

use std::collections::{BTreeMap, HashMap};
use std::io::{Cursor, Read as _, Write as _};

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipArchive, ZipWriter};

use super::xml::{Element, Token, each};
use crate::base::{Problem, Result, Text};
use crate::text;

/// Bytes that all parts of one document may unpack to. The longest government work report with
/// all its styles stays below 3 MB; a bomb of a few kilobytes asks for gigabytes.
pub const LIMIT: u64 = 64 << 20;

/// Bytes that the part with a document's text may unpack to: what is read of it takes ten times as much.
const TEXT: u64 = 20 << 20;

/// Parts that hold a document's text.
const TEXTS: [&str; 2] = ["word/document.xml", "content.xml"];

/// An open container.
pub struct Package<'b> {
    source: Source<'b>,
    /// Part names without the leading slash, in lower case (part names do not tell case apart)
    /// and with the slashes that some packers turn around, to the index in the zip.
    names: HashMap<String, usize>,
    left: u64,
    /// Small parts that were read: relationships and footers are asked for more than once, and to begin to
    /// unpack one costs more than most of them hold.
    kept: HashMap<usize, Part>,
}

/// Bytes of the largest part that is kept.
const KEPT: usize = 16 << 10;

/// Where parts come from.
enum Source<'b> {
    /// A container with its directory.
    Whole(ZipArchive<Cursor<&'b [u8]>>),
    /// The directory at the end is missing: the parts that could be unpacked from the front.
    Salvaged(Vec<Vec<u8>>),
}

/// The text of a part, and what kept it from being read to its end.
#[derive(Clone)]
pub struct Part {
    /// Decoded, without a byte-order mark.
    pub text: String,
    /// Set if `text` is only the beginning, or was repaired.
    pub problem: Option<Problem>,
    /// How its bytes were to be read.
    pub encoding: Encoding,
}

/// How a part's characters are put into bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// UTF-8 after a byte-order mark.
    Utf8Marked,
    /// UTF-16, low byte first, after a byte-order mark.
    Utf16Le,
    /// UTF-16, high byte first, after a byte-order mark.
    Utf16Be,
}

impl Encoding {
    /// The bytes of a part that reads as `text`.
    pub fn encode(self, text: &str) -> Vec<u8> {
        let units = || std::iter::once(0xFEFF).chain(text.encode_utf16());
        match self {
            Self::Utf8 => text.as_bytes().to_vec(),
            Self::Utf8Marked => ["\u{FEFF}", text].concat().into_bytes(),
            Self::Utf16Le => units().flat_map(u16::to_le_bytes).collect(),
            Self::Utf16Be => units().flat_map(u16::to_be_bytes).collect(),
        }
    }
}

/// One relationship of a part.
pub struct Relationship {
    /// What other parts call it by: `rId3`.
    pub id: String,
    /// The last word of its type: `styles`, `header`. The same in strict and transitional files.
    pub kind: String,
    /// The name of the part that it leads to.
    pub target: String,
}

impl<'b> Package<'b> {
    /// Opens a container; `None` if the bytes are no zip, or one that is damaged beyond reading.
    pub fn open(bytes: &'b [u8]) -> Option<Self> {
        let Ok(zip) = ZipArchive::new(Cursor::new(bytes)) else { return salvage(bytes) };
        let names = (0..zip.len())
            .filter_map(|index| {
                let name = zip.name_for_index(index)?.ok()?;
                Some((key(&name), index))
            })
            .collect();
        Some(Self { source: Source::Whole(zip), names, left: LIMIT, kept: HashMap::new() })
    }

    /// Whether there is a part of this name.
    pub fn has(&self, name: &str) -> bool {
        self.names.contains_key(&key(name))
    }

    /// The text of a part; `None` if there is no such part.
    pub fn part(&mut self, name: &str) -> Option<Part> {
        let index = *self.names.get(&key(name))?;
        if let Some(kept) = self.kept.get(&index) {
            return Some(kept.clone());
        }
        let most = if TEXTS.contains(&key(name).as_str()) { TEXT } else { LIMIT };
        let part = self.unpack(index, most)?;
        if part.text.len() <= KEPT {
            self.kept.insert(index, part.clone());
        }
        Some(part)
    }

    /// The bytes of a part; `None` if there is no such part, or it is damaged or larger than any document has.
    pub fn bytes(&mut self, name: &str) -> Option<Vec<u8>> {
        let index = *self.names.get(&key(name))?;
        let Source::Whole(zip) = &mut self.source else { return None };
        let mut bytes = Vec::new();
        zip.by_index(index).ok()?.take(self.left + 1).read_to_end(&mut bytes).ok()?;
        let length = bytes.len() as u64;
        let whole = length <= self.left;
        self.left = self.left.saturating_sub(length);
        whole.then_some(bytes)
    }

    /// Unpacks and decodes a part, of which so many bytes count.
    fn unpack(&mut self, index: usize, most: u64) -> Option<Part> {
        let zip = match &mut self.source {
            Source::Whole(zip) => zip,
            Source::Salvaged(parts) => {
                let (text, encoding, _) = decode(parts.get(index)?.clone());
                return Some(Part { text, problem: Some(unfinished()), encoding });
            }
        };
        let mut bytes = Vec::new();
        let limit = if self.left < most { LIMIT } else { most } >> 20;
        let most = most.min(self.left);
        let problem = match zip.by_index(index) {
            Ok(file) => match file.take(most + 1).read_to_end(&mut bytes) {
                Ok(_) if bytes.len() as u64 > most => {
                    bytes.truncate(usize::try_from(most).unwrap_or(0));
                    Some(too_large(limit))
                }
                Ok(_) => None,
                Err(_) => Some(damaged()),
            },
            Err(ZipError::UnsupportedArchive(what)) if what == ZipError::PASSWORD_REQUIRED => Some(
                Problem::new(Text::fixed("压缩包加了密码", "the container is protected by a password"))
                    .help(Text::fixed("去掉密码后再试", "take the password off and try again")),
            ),
            Err(_) => Some(damaged()),
        };
        self.left = self.left.saturating_sub(bytes.len() as u64);
        let (text, encoding, repaired) = decode(bytes);
        let problem = problem.or(repaired).or_else(|| has_entities(&text).then(unfolded));
        Some(Part { text, problem, encoding })
    }

    /// The relationships of a part (`""` for the container itself) that lead to other parts.
    pub fn relationships(&mut self, of: &str) -> Vec<Relationship> {
        let folder = of.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut out = Vec::new();
        self.each_relationship(of, |element, target, outside| {
            if let (Some(kind), false) = (element.attribute("Type"), outside) {
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                let id = element.attribute("Id").unwrap_or_default();
                out.push(Relationship { id, kind, target: resolve(folder, &target) });
            }
        });
        out
    }

    /// Where the relationships of a part lead that leave the container.
    pub fn outside(&mut self, of: &str) -> Vec<String> {
        let mut out = Vec::new();
        self.each_relationship(of, |_, target, outside| out.extend(outside.then_some(target)));
        out
    }

    /// Shows `see` the relationships of a part: where each leads, and whether it leaves the container.
    fn each_relationship(&mut self, of: &str, mut see: impl FnMut(Element<'_>, String, bool)) {
        let Some(part) = self.part(&relationships_of(of)) else { return };
        // Of a damaged part as many count as can be read.
        let _ = each(&part.text, |token, _| {
            let Token::Start(element) = token else { return };
            let outside = element.attribute("TargetMode").is_some_and(|m| m.eq_ignore_ascii_case("external"));
            if let Some(target) = element.attribute("Target") {
                see(element, target, outside);
            }
        });
    }

    /// The name of the part that holds the text of a Word document, if there is one.
    pub fn main_part(&mut self) -> Option<String> {
        // Word sometimes names the main part document2.xml; the usual name is the last resort.
        let main = self.relationships("").into_iter().find(|r| r.kind == "officeDocument");
        let main = main.map(|r| r.target).filter(|name| self.has(name));
        let main = main.unwrap_or_else(|| "word/document.xml".to_owned());
        // Workbooks and presentations name their main part by the same relationship.
        let other = main.starts_with("xl/") || main.starts_with("ppt/");
        (self.has(&main) && !other).then_some(main)
    }

    /// The same container with these parts instead, or besides: by their names, all others byte
    /// for byte as they were and in their places, new ones at the end.
    ///
    /// # Errors
    /// If the container was damaged, or cannot be packed.
    pub fn with(&mut self, mut parts: BTreeMap<String, Vec<u8>>) -> Result<Vec<u8>> {
        let Source::Whole(zip) = &mut self.source else { return Err(unfinished().into()) };
        let mut names: HashMap<usize, String> = HashMap::new();
        for name in parts.keys() {
            if let Some(&index) = self.names.get(&key(name)) {
                names.insert(index, name.clone());
            }
        }
        let mut out = ZipWriter::new(Cursor::new(Vec::new()));
        if !zip.comment().is_empty() {
            out.set_raw_comment(zip.comment().into()).map_err(unpacked)?;
        }
        for index in 0..zip.len() {
            let file = zip.by_index_raw(index).map_err(unpacked)?;
            let Some(bytes) = names.get(&index).and_then(|name| parts.remove(name)) else {
                out.raw_copy_file(file).map_err(unpacked)?;
                continue;
            };
            let name = file.name().map_err(unpacked)?.into_owned();
            let time = file.last_modified().unwrap_or_default();
            drop(file);
            add(&mut out, &name, &bytes, time)?;
        }
        for (name, bytes) in parts {
            add(&mut out, &name, &bytes, DateTime::default())?;
        }
        Ok(out.finish().map_err(unpacked)?.into_inner())
    }
}

/// Adds a part; neither the clock nor the machine leaves a trace.
fn add(zip: &mut ZipWriter<Cursor<Vec<u8>>>, name: &str, bytes: &[u8], time: DateTime) -> Result<()> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(1))
        .last_modified_time(time)
        .system(System::Dos);
    zip.start_file(name, options).map_err(unpacked)?;
    zip.write_all(bytes).map_err(|e| unpacked(e.into()))
}

fn unpacked(error: ZipError) -> crate::base::Error {
    Problem::new(text!("打包 .docx 时出错：{error}", "the .docx could not be packed: {error}"))
        .help(Text::fixed(
            "用 Word 或 WPS 打开，另存为 .docx 再试",
            "open it in Word or WPS, save it as .docx and try again",
        ))
        .into()
}

/// The name of the part with the relationships of `part`.
pub fn relationships_of(part: &str) -> String {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let slash = if folder.is_empty() { "" } else { "/" };
    format!("{folder}{slash}_rels/{file}.rels")
}

/// Whether an XML declares words of its own before its root, which no office program does.
fn has_entities(xml: &str) -> bool {
    let root = xml.match_indices('<').find(|(at, _)| xml[at + 1..].starts_with(|c: char| c.is_alphabetic()));
    xml[..root.map_or(xml.len(), |(at, _)| at)].contains("<!ENTITY")
}

fn unfolded() -> Problem {
    Problem::new(Text::fixed(
        "文件里有自行声明的实体（<!ENTITY>），它们代表的文字没有展开，也没有检查",
        "the file declares entities of its own (<!ENTITY>); what they stand for was neither unfolded nor checked",
    ))
    .help(Text::fixed(
        "这不是办公软件存的文件，请核对来源；确需检查的，用 Word 或 WPS 打开，另存后再试",
        "no office program saves such a file; see where it came from, or open it in Word or WPS and save it anew",
    ))
}

fn too_large(limit: u64) -> Problem {
    Problem::new(text!(
        "文件解压后超过 {limit} MB，超出的部分不读",
        "the file unpacks to more than {limit} MB; what lies beyond is not read"
    ))
    .help(Text::fixed(
        "这不像正常的文稿；如确需检查，请用 Word 或 WPS 打开，把正文另存为新的 .docx",
        "this is no usual document; if it has to be checked, open it in Word or WPS and save its text as a new .docx",
    ))
}

fn damaged() -> Problem {
    Problem::new(Text::fixed("压缩数据已损坏", "the packed data are damaged")).help(Text::fixed(
        "重新复制或下载一份；或用 Word 的“打开并修复”另存后再试",
        "copy or download the file again, or let Word open, repair and save it",
    ))
}

fn unfinished() -> Problem {
    Problem::new(Text::fixed(
        "文件不完整（多是没有下载或复制完），只读出了一部分，后面的没有检查",
        "the file is incomplete (mostly by an unfinished download or copy); only a part could be read, the rest was not checked",
    ))
    .help(Text::fixed("重新复制或下载一份", "copy or download it again"))
}

/// The parts of a container without directory, one after the other from its front, as long as
/// they unpack; the last one may be cut short. `None` if the text is not among them.
fn salvage(bytes: &[u8]) -> Option<Package<'static>> {
    let (mut names, mut parts, mut left) = (HashMap::new(), Vec::new(), LIMIT);
    let mut rest = Cursor::new(bytes);
    while let Ok(Some(file)) = zip::read::read_zipfile_from_stream(&mut rest) {
        let Ok(name) = file.name().map(|n| key(&n)) else { break };
        let mut part = Vec::new();
        // An error leaves what came before it.
        let _ = file.take(left).read_to_end(&mut part);
        left -= part.len() as u64;
        names.insert(name, parts.len());
        parts.push(part);
    }
    let text = names.iter().any(|(n, &i)| n.starts_with("word/document") && !parts[i].is_empty());
    text.then_some(Package { source: Source::Salvaged(parts), names, left, kept: HashMap::new() })
}

fn key(name: &str) -> String {
    name.trim_start_matches(['/', '\\']).replace('\\', "/").to_lowercase()
}

/// A relationship's target as a part name: relative to the folder, or from the root with a slash.
pub fn resolve(folder: &str, target: &str) -> String {
    if let Some(rooted) = target.strip_prefix('/') {
        return rooted.to_owned();
    }
    let mut steps: Vec<&str> = folder.split('/').filter(|s| !s.is_empty()).collect();
    for step in target.split('/') {
        match step {
            ".." => drop(steps.pop()),
            "." | "" => {}
            _ => steps.push(step),
        }
    }
    steps.join("/")
}

/// Parts are UTF-8 or UTF-16 (ECMA-376 Part 2); anything else is damage.
fn decode(bytes: Vec<u8>) -> (String, Encoding, Option<Problem>) {
    if let [0xFE, 0xFF, ..] | [0xFF, 0xFE, ..] = bytes[..] {
        let (text, _, _) = encoding_rs::UTF_16LE.decode(&bytes);
        let encoding = if bytes[0] == 0xFF { Encoding::Utf16Le } else { Encoding::Utf16Be };
        return (text.into_owned(), encoding, None);
    }
    match String::from_utf8(bytes) {
        Ok(text) => match text.strip_prefix('\u{FEFF}') {
            Some(rest) => (rest.to_owned(), Encoding::Utf8Marked, None),
            None => (text, Encoding::Utf8, None),
        },
        // The end of a part that broke off may lie inside a character; that is told already.
        Err(error) if error.utf8_error().error_len().is_none() => {
            let end = error.utf8_error().valid_up_to();
            let mut bytes = error.into_bytes();
            bytes.truncate(end);
            (String::from_utf8(bytes).unwrap_or_default(), Encoding::Utf8, Some(damaged()))
        }
        Err(error) => {
            (String::from_utf8_lossy(error.as_bytes()).into_owned(), Encoding::Utf8, Some(damaged()))
        }
    }
}
