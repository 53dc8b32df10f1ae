//! What drafting leaves beside documents (底稿), when the document is gone.
//!
//! `.wengao` holds, for each NAME beside it, NAME as it was drafted, `NAME.name` and `NAME.trace`. They hold
//! the words of the document, so they go when she is done with it; whoever moved a document elsewhere takes them along
//! or loses `draft --update`, so nothing goes unasked.
//!
//! Besides: what lies beside documents while a run goes on (`.wengao-` and six letters, `.wengao-NAME.lock`), where the
//! run was ended.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::files::Files;
use super::kept::{FOLDER, shelf_of_folder};
use super::office::Office;
use crate::base::Result;

/// What is kept beside a document besides its copy.
const ENDS: [&str; 2] = [".name", ".trace"];

/// How the name of a file begins that is beside others for a moment only.
pub const BESIDE: &str = ".wengao-";

/// How many letters follow in the name of a file in the making.
pub const RANDOM: usize = 6;

/// How the name of a lock ends.
pub const LOCK: &str = ".lock";

/// A folder of kept copies, and what in it belongs to no document any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leftover {
    /// The folder `.wengao`.
    pub folder: PathBuf,
    /// The files of documents that are gone, sorted.
    pub files: Vec<String>,
    /// Where the document of each was.
    pub documents: Vec<PathBuf>,
    /// Whether nothing that counts is left without them.
    pub all: bool,
}

/// Copies of documents that are gone, below a folder or where those of its documents are kept.
///
/// # Errors
/// If the settings that say where have faults.
pub fn leftovers(office: &Office, folder: &str) -> Result<Vec<Leftover>> {
    let files = &*office.files;
    let shelf = shelf_of_folder(office, folder)?;
    let at = shelf.as_ref().map(|shelf| files.real(&shelf.root.to_string_lossy()));
    let mut names = files.below(folder);
    if let (Some(shelf), Some(at)) = (&shelf, &at)
        && !at.starts_with(files.real(folder))
    {
        names.extend(files.below(&shelf.root.to_string_lossy()));
    }
    let mut of: BTreeMap<PathBuf, Vec<(String, PathBuf)>> = BTreeMap::new();
    let here = files.real(folder);
    for name in names {
        let path = Path::new(&name);
        let is_root = |above: &&Path| above.file_name().is_some_and(|last| last == FOLDER);
        let Some(root) = path.ancestors().skip(1).find(is_root) else { continue };
        let below = path.strip_prefix(root).unwrap_or(path);
        let is_shelf = at.as_ref().is_some_and(|at| files.real(&root.to_string_lossy()) == *at);
        let document = match &shelf {
            Some(shelf) if is_shelf => shelf.document(below),
            // Beside a document there are no folders within.
            _ if below.components().count() == 1 => root.parent().unwrap_or(Path::new("")).join(below),
            _ => continue,
        };
        // Of a place for many folders, what belongs to this one.
        if !is_shelf || document.starts_with(&here) {
            of.entry(root.to_owned()).or_default().push((name, document));
        }
    }
    Ok(of.into_iter().filter_map(|(root, kept)| leftover(files, root, kept)).collect())
}

/// What of the files in one folder belongs to no document; `None` if all does.
fn leftover(files: &dyn Files, folder: PathBuf, kept: Vec<(String, PathBuf)>) -> Option<Leftover> {
    let counts = |name: &str| !name.ends_with(".gitignore") && !is_stray(name);
    let count = kept.iter().filter(|(name, _)| counts(name)).count();
    let mut gone: Vec<(String, PathBuf)> =
        kept.into_iter().filter(|(name, document)| is_gone(files, name, document)).collect();
    // What belongs to a copy goes with it, never before it.
    let copies: BTreeSet<String> = gone.iter().map(|(name, _)| name.clone()).collect();
    gone.retain(|(name, _)| {
        let copy = ENDS.iter().find_map(|end| name.strip_suffix(end));
        copy.is_none_or(|copy| copies.contains(copy) || !files.is_file(copy))
    });
    let (names, documents): (Vec<_>, Vec<_>) =
        gone.into_iter().map(|(name, of)| (name, document(&of))).unzip();
    let all = names.len() == count;
    (!names.is_empty()).then_some(Leftover { folder, files: names, documents, all })
}

/// Files in the making and locks, below a folder: of a run that goes on, or of one that was ended.
#[must_use]
pub fn strays(files: &dyn Files, folder: &str) -> Vec<String> {
    files.below(folder).into_iter().filter(|name| is_stray(name)).collect()
}

fn is_stray(name: &str) -> bool {
    let file = Path::new(name).file_name().and_then(|file| file.to_str());
    let Some(rest) = file.and_then(|file| file.strip_prefix(BESIDE)) else { return false };
    rest.ends_with(LOCK) || (rest.len() == RANDOM && rest.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// The document of what is kept under its name, or under that and one of the ends.
fn document(of: &Path) -> PathBuf {
    let of = of.to_string_lossy();
    ENDS.iter().find_map(|end| of.strip_suffix(end)).unwrap_or(&of).into()
}

/// Whether the document of a kept file is there no more. A file of no form that is kept here is nobody's
/// to take away.
fn is_gone(files: &dyn Files, name: &str, document: &Path) -> bool {
    if name.ends_with(".gitignore") || is_stray(name) {
        return false;
    }
    let there = |path: &str| files.is_file(path);
    let document = document.to_string_lossy();
    let end = ENDS.iter().find(|end| name.ends_with(*end));
    // A copy has its list and its name beside it; what has neither was put here by somebody else.
    let ours = ENDS.iter().any(|end| there(&format!("{name}{end}")));
    let of = end.and_then(|end| document.strip_suffix(end));
    !there(&document) && of.is_none_or(|document| !there(document)) && (of.is_some() || ours)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{leftovers, strays};
    use crate::app::{InMemory, Office};
    use crate::base::{Lang, han::Date};

    #[test]
    fn copies_of_documents_that_are_gone_are_told_and_nothing_else() {
        let files = InMemory::default();
        for name in [
            "稿/讲话.docx",
            "稿/.wengao/讲话.docx",
            "稿/.wengao/讲话.docx.name",
            "稿/.wengao/讲话.docx.trace",
            "稿/.wengao/旧.docx",
            "稿/.wengao/旧.docx.name",
            "稿/.wengao/旧.docx.trace",
            "稿/.wengao/别人的.txt",
            "稿/.wengao/.gitignore",
            "完/.wengao/甲.txt",
            "完/.wengao/甲.txt.name",
            "完/.wengao/.gitignore",
        ] {
            files.put(name, b"");
        }
        let office = Office::with(Arc::new(files), Lang::Zh, Date { year: 2026, month: None, day: None });
        let found = leftovers(&office, "").unwrap();
        let told: Vec<_> = found.iter().map(|l| (l.files.join(" "), l.all)).collect();
        assert_eq!(
            told,
            [
                ("完/.wengao/甲.txt 完/.wengao/甲.txt.name".to_owned(), true),
                ("稿/.wengao/旧.docx 稿/.wengao/旧.docx.name 稿/.wengao/旧.docx.trace".to_owned(), false),
            ]
        );
    }

    #[test]
    fn what_a_run_left_that_was_ended_is_known_by_its_name() {
        let files = InMemory::default();
        for name in [
            "稿/.wengao-讲话.docx.lock",
            "稿/.wengao-a1B2c3",
            "稿/.wengao/.wengao-Zz9aBc",
            "稿/.wengao-笔记.txt",
            "稿/.wengao-abcdefg",
            "稿/.别人的.lock",
            "稿/.wengao/讲话.docx",
        ] {
            files.put(name, b"");
        }
        let names = ["稿/.wengao-a1B2c3", "稿/.wengao-讲话.docx.lock", "稿/.wengao/.wengao-Zz9aBc"];
        let mut found = strays(&files, "稿");
        found.sort();
        assert_eq!(found, names);
    }
}
