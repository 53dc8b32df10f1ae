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
use super::update::FOLDER;

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
    /// Whether nothing that counts is left without them.
    pub all: bool,
}

/// Copies of documents that are gone, below a folder.
#[must_use]
pub fn leftovers(files: &dyn Files, folder: &str) -> Vec<Leftover> {
    let mut of: BTreeMap<PathBuf, Vec<String>> = BTreeMap::new();
    for name in files.below(folder) {
        let parent = Path::new(&name).parent().unwrap_or(Path::new(""));
        if parent.file_name().is_some_and(|last| last == FOLDER) {
            of.entry(parent.to_owned()).or_default().push(name);
        }
    }
    let mut found = Vec::new();
    for (folder, names) in of {
        let kept = names.iter().filter(|name| !name.ends_with(".gitignore") && !is_stray(name)).count();
        let mut gone: Vec<String> = names.into_iter().filter(|name| is_gone(files, &folder, name)).collect();
        // What belongs to a copy goes with it, never before it.
        let copies: BTreeSet<String> = gone.iter().cloned().collect();
        gone.retain(|name| {
            let copy = ENDS.iter().find_map(|end| name.strip_suffix(end));
            copy.is_none_or(|copy| copies.contains(copy) || !files.is_file(copy))
        });
        if !gone.is_empty() {
            found.push(Leftover { all: gone.len() == kept, folder, files: gone });
        }
    }
    found
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

/// Where the document of a kept file would be.
#[must_use]
pub fn document_of(kept: &str) -> PathBuf {
    let kept = Path::new(kept);
    let beside = kept.parent().and_then(Path::parent).unwrap_or(Path::new(""));
    let name = kept.file_name().unwrap_or_default().to_string_lossy();
    let of = ENDS.iter().find_map(|end| name.strip_suffix(end)).unwrap_or(&name);
    beside.join(of)
}

/// Whether the document of a kept file is there no more. A file of no form that is kept here is nobody's
/// to take away.
fn is_gone(files: &dyn Files, folder: &Path, name: &str) -> bool {
    let Some(file) = Path::new(name).file_name().and_then(|file| file.to_str()) else { return false };
    if file == ".gitignore" {
        return false;
    }
    let beside = folder.parent().unwrap_or(Path::new(""));
    let is_there = |document: &str| files.is_file(&beside.join(document).to_string_lossy());
    let of = ENDS.iter().find_map(|end| file.strip_suffix(end));
    // A copy has its list and its name beside it; what has neither was put here by somebody else.
    let ours = |document: &str| {
        ENDS.iter().any(|end| files.is_file(&folder.join(format!("{document}{end}")).to_string_lossy()))
    };
    !is_there(file) && of.is_none_or(|document| !is_there(document)) && (of.is_some() || ours(file))
}

#[cfg(test)]
mod tests {
    use super::{leftovers, strays};
    use crate::app::InMemory;

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
        let found = leftovers(&files, "");
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
