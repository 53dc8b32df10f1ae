//! Files that hold several papers (压缩包、带附件的邮件): what is in them, each by its name.
//!
//! How many are looked at, how large each may be and how deep they lie within each other is bounded; what
//! is left out is told. Names that Windows packed are in GBK, whatever the packer says.

use std::collections::{HashMap, HashSet};
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

#[cfg(not(target_family = "wasm"))]
use super::eml::papers as mailed;
use super::{has_extension, is_document};
use crate::base::{ErrorKind, Problem, Result, Text, encoding};
use crate::office::make::Make;
use crate::text;

/// Files of a bundle that are looked at.
pub const MOST: usize = 2_000;
/// Bundles within each other that are opened.
pub const DEEPEST: usize = 3;
/// Bytes that one file of a bundle may unpack to.
pub const LARGEST: u64 = 64 << 20;

/// What a bundle holds.
#[derive(Debug, Default)]
pub struct Contents {
    /// The papers, by their names within it.
    pub papers: Vec<String>,
    /// What kept others from being read.
    pub problems: Vec<Problem>,
}

/// Extensions of files that are no papers themselves.
pub const EXTENSIONS: &[&str] = &["zip"];

/// Whether a file of this name may hold papers besides itself.
#[must_use]
pub fn is_bundle(name: &str) -> bool {
    is_mere(name) || has_extension(name, &["eml"])
}

/// Whether a file of this name is no paper itself.
#[must_use]
pub fn is_mere(name: &str) -> bool {
    has_extension(name, EXTENSIONS)
}

/// Whether bytes are those of an archive.
#[must_use]
pub fn is_archive(bytes: &[u8]) -> bool {
    Make::of(bytes).name == "zip"
}

/// What a file holds; `None` if it holds nothing but itself.
#[must_use]
pub fn contents(bytes: &[u8]) -> Option<Contents> {
    match Make::of(bytes).name {
        "eml" if bytes.len() > super::LARGEST => Some(Contents::default()),
        "eml" => {
            let papers = unlike(mailed(bytes).into_iter().map(|(name, _)| name));
            Some(Contents { papers, problems: Vec::new() })
        }
        "zip" => Some(packed(bytes)),
        _ => None,
    }
}

/// A file that holds others, opened: each is asked for by its name.
pub struct Bundle<B>(Inside<B>);

enum Inside<B> {
    /// An archive, with the number of each of its files.
    Packed(ZipArchive<Cursor<B>>, HashMap<String, usize>),
    /// What came with a mail.
    Mailed(HashMap<String, Vec<u8>>),
    /// Neither.
    Torn,
}

impl<B: AsRef<[u8]> + Clone> Bundle<B> {
    /// Of these bytes; what is no bundle holds nothing.
    #[must_use]
    pub fn open(bytes: B) -> Self {
        if bytes.as_ref().len() <= super::LARGEST && Make::of(bytes.as_ref()).name == "eml" {
            let (names, all): (Vec<_>, Vec<_>) = mailed(bytes.as_ref()).into_iter().unzip();
            return Self(Inside::Mailed(unlike(names.into_iter()).into_iter().zip(all).collect()));
        }
        let Ok(zip) = ZipArchive::new(Cursor::new(bytes)) else { return Self(Inside::Torn) };
        let mut numbers = HashMap::new();
        for (n, raw) in zip.file_names_raw().take(MOST).enumerate() {
            if let Some(name) = name_of(raw) {
                numbers.entry(name).or_insert(n);
            }
        }
        Self(Inside::Packed(zip, numbers))
    }

    /// One file of it, by its name.
    ///
    /// # Errors
    /// If there is none of this name, or it cannot be unpacked.
    pub fn member(&self, name: &str) -> Result<Vec<u8>> {
        let (zip, numbers) = match &self.0 {
            Inside::Torn => return Err(super::torn().into()),
            Inside::Mailed(all) => return all.get(name).cloned().ok_or_else(|| no_member(name).into()),
            Inside::Packed(zip, numbers) => (zip, numbers),
        };
        let Some(at) = numbers.get(name) else { return Err(no_member(name).into()) };
        // What is known of an archive is shared, and only where its reader stands is its own.
        let mut zip = zip.clone();
        let file = match zip.by_index(*at) {
            Ok(file) => file,
            Err(ZipError::UnsupportedArchive(what)) if what == ZipError::PASSWORD_REQUIRED => {
                return Err(locked().into());
            }
            Err(_) => return Err(damaged().into()),
        };
        let mut out = Vec::new();
        match file.take(LARGEST + 1).read_to_end(&mut out) {
            Ok(_) if out.len() as u64 > LARGEST => Err(too_large().into()),
            Ok(_) => Ok(out),
            Err(_) => Err(damaged().into()),
        }
    }
}

/// What a zip holds, its folders gone through.
fn packed(bytes: &[u8]) -> Contents {
    let mut found = Contents::default();
    let Ok(zip) = ZipArchive::new(Cursor::new(bytes)) else {
        found.problems.push(super::torn());
        return found;
    };
    if zip.len() > MOST {
        let count = zip.len();
        found.problems.push(
            Problem::new(text!(
                "压缩包里有{count}个文件，只看了前{MOST}个",
                "the archive holds {count} files; only the first {MOST} were looked at"
            ))
            .help(Text::fixed("解压后分开查", "unpack it and check its parts")),
        );
    }
    found.papers =
        zip.file_names_raw().take(MOST).filter_map(name_of).filter(|name| is_paper(name)).collect();
    found.papers.sort();
    found.papers.dedup();
    if found.papers.is_empty() && found.problems.is_empty() {
        found.problems.push(
            Problem::new(Text::fixed("压缩包里没有文稿", "the archive holds no papers"))
                .help(Text::fixed("看看是不是给错了文件", "see whether this is the file that you meant")),
        );
    }
    found
}

/// Whether a file of an archive is a paper: not the lock file of an office program, not what a Mac adds.
fn is_paper(name: &str) -> bool {
    let hidden = |part: &str| part.starts_with(['.', '~']) || part == "__MACOSX";
    !name.ends_with('/') && !name.split('/').any(hidden) && is_document(name)
}

/// The name of a file of an archive, with slashes.
fn name_of(raw: &[u8]) -> Option<String> {
    let name = match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => encoding::decode(raw).ok()?.text,
    };
    // A name leads nowhere else than into the archive.
    let parts = name.replace('\\', "/");
    let parts: Vec<&str> = parts.split('/').filter(|p| !p.is_empty() && *p != "." && *p != "..").collect();
    let folder = name.ends_with(['/', '\\']);
    (!parts.is_empty() && !folder).then(|| parts.join("/"))
}

/// On the page in one file mails are not read.
#[cfg(target_family = "wasm")]
fn mailed(_: &[u8]) -> Vec<(String, Vec<u8>)> {
    Vec::new()
}

/// Names of which each is another: the second 稿.docx is 稿-2.docx.
fn unlike(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut met: HashSet<String> = HashSet::new();
    // The number from which on none was given yet: those below it stay taken.
    let mut free: HashMap<String, u32> = HashMap::new();
    for name in names {
        let name = name.replace(['/', '\\'], "_");
        let own = if met.contains(&name) {
            let (stem, extension) = name.rsplit_once('.').unwrap_or((&name, ""));
            let next = free.entry(name.clone()).or_insert(2);
            loop {
                let own = format!("{stem}-{next}.{extension}");
                *next += 1;
                if !met.contains(&own) {
                    break own;
                }
            }
        } else {
            name
        };
        met.insert(own.clone());
        all.push(own);
    }
    all
}

/// Why an archive was not read as one paper.
pub(super) fn unopened() -> Problem {
    Problem::new(Text::fixed("是压缩包，不是一份文稿", "an archive, not one document"))
        .help(Text::fixed(
            "给其中一份的名字，如 包.zip/讲话.docx；或解压后再用",
            "name one that is in it, such as pack.zip/speech.docx, or unpack it",
        ))
        .kind(ErrorKind::Format)
}

/// Why further papers of an archive were not looked at.
#[must_use]
pub fn too_many() -> Problem {
    Problem::new(text!(
        "里面的文稿超过{MOST}份，其余没有读取",
        "it holds more than {MOST} papers; the others were not read"
    ))
    .help(Text::fixed("解压后分开查", "unpack it and check its parts"))
}

/// Why an archive within others was not opened.
#[must_use]
pub fn too_deep() -> Problem {
    Problem::new(Text::fixed(
        "压缩包套得太深或太大，没有打开",
        "an archive too deep within others, or too large; it was not opened",
    ))
    .help(Text::fixed("解压后再查", "unpack it and check what was in it"))
    .kind(ErrorKind::Format)
}

fn no_member(name: &str) -> Problem {
    Problem::new(text!("里面没有 {name}", "there is no {name} in it")).kind(ErrorKind::Format)
}

fn locked() -> Problem {
    Problem::new(Text::fixed("压缩包加了密码", "the archive is protected by a password"))
        .help(Text::fixed("解压后再查", "unpack it and check what was in it"))
        .kind(ErrorKind::Format)
}

fn too_large() -> Problem {
    let limit = LARGEST >> 20;
    Problem::new(text!("解压后超过 {limit} MB，没有读取", "unpacks to more than {limit} MB; it was not read"))
        .help(Text::fixed("看看是不是给错了文件", "see whether this is the file that you meant"))
        .kind(ErrorKind::Format)
}

fn damaged() -> Problem {
    Problem::new(Text::fixed("压缩数据已损坏", "the packed data are damaged"))
        .help(Text::fixed("重新复制或下载一份", "copy or download it again"))
        .kind(ErrorKind::Format)
}
