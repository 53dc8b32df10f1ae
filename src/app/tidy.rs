//! What drafting leaves beside documents (底稿), when the document is gone.
//!
//! `.wengao` holds, for each NAME beside it, NAME as it was drafted, `NAME.name` and `NAME.trace`. They hold
//! the words of the document, so they go when she is done with it; whoever moved a document elsewhere takes them along
//! or loses `draft --update`, so nothing goes unasked.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::files::Files;
use super::update::FOLDER;

/// What is kept beside a document besides its copy.
const BESIDE: [&str; 2] = [".name", ".trace"];

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
        let kept = names.iter().filter(|name| !name.ends_with(".gitignore")).count();
        let gone: Vec<String> = names.into_iter().filter(|name| is_gone(files, &folder, name)).collect();
        if !gone.is_empty() {
            found.push(Leftover { all: gone.len() == kept, folder, files: gone });
        }
    }
    found
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
    let of = BESIDE.iter().find_map(|end| file.strip_suffix(end));
    // A copy has its list and its name beside it; what has neither was put here by somebody else.
    let ours = |document: &str| {
        BESIDE.iter().any(|end| files.is_file(&folder.join(format!("{document}{end}")).to_string_lossy()))
    };
    !is_there(file) && of.is_none_or(|document| !is_there(document)) && (of.is_some() || ours(file))
}

#[cfg(test)]
mod tests {
    use super::leftovers;
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
}
