//! What lies below a folder or matches a pattern, with nothing dropped in silence: a name that cannot
//! be said, a folder that does not open, a link that leads nowhere are told of like a file that
//! cannot be read.
//!
//! Left out by rule, and by the help of `check`: hidden files and folders, what .gitignore names, the
//! lock files of office programs, and files that are no documents by their names.

#![expect(clippy::disallowed_methods, reason = "this is the edge: folders are looked into here")]

use std::fs::FileType;
use std::path::Path;

use ignore::{DirEntry, WalkBuilder};

use super::trouble::{broken_link, cannot_read, file, no_file};
use crate::base::{Error, Problem, Text};
use crate::text;

/// What a walk came to.
#[derive(Default)]
pub(super) struct Walked {
    /// The files that are meant, sorted; links behind the files, so that a file that is met by its
    /// own name is called by it.
    pub found: Vec<String>,
    /// What was met and could not be looked at, and why; sorted.
    pub missed: Vec<(String, Error)>,
    /// Whether a link was among the files, so that one of them may be met twice.
    pub linked: bool,
}

impl Walked {
    /// Goes through all that `builder` finds below `root`; `means` says whether a file of this path is
    /// meant.
    pub(super) fn through(root: &Path, builder: &WalkBuilder, means: impl Fn(&str) -> bool) -> Self {
        let mut walked = Self::default();
        let real = std::fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
        for entry in builder.build() {
            match entry {
                Ok(entry) => walked.meet(&entry, &real, &means),
                Err(error) => walked.missed.push(unopened(root, &error)),
            }
        }
        let is_link = |path: &String| walked.linked && Path::new(path).is_symlink();
        walked.found.sort_by_cached_key(|path| (is_link(path), path.clone()));
        walked.missed.sort_by(|a, b| a.0.cmp(&b.0));
        walked
    }

    fn miss(&mut self, path: &str, problem: Problem) {
        self.missed.push((path.to_owned(), problem.at(file(path)).into()));
    }

    fn meet(&mut self, entry: &DirEntry, root: &Path, means: &impl Fn(&str) -> bool) {
        let Some(kind) = entry.file_type().filter(|kind| !kind.is_dir()) else { return };
        let shown = entry.path().to_string_lossy();
        let name = shown.strip_prefix("./").unwrap_or(&shown);
        let Some(kind) = self.behind(entry.path(), name, kind, root) else { return };
        if !means(name) {
            return;
        }
        if entry.path().to_str().is_none() {
            self.miss(name, unsayable());
        } else if kind.is_file() {
            self.found.push(name.to_owned());
        } else {
            self.miss(name, no_file());
        }
    }

    /// What a link leads to; of what is none its own kind. `None` for a link that leads nowhere or to
    /// a folder, which is told.
    fn behind(&mut self, path: &Path, name: &str, kind: FileType, root: &Path) -> Option<FileType> {
        if !kind.is_symlink() {
            return Some(kind);
        }
        self.linked = true;
        match std::fs::metadata(path) {
            Err(error) => {
                self.miss(name, broken_link(&error));
                None
            }
            Ok(about) if about.is_dir() => {
                // What lies in the folder itself is met without the link.
                if !std::fs::canonicalize(path).is_ok_and(|target| target.starts_with(root)) {
                    self.miss(name, link_to_folder(name));
                }
                None
            }
            Ok(about) => Some(about.file_type()),
        }
    }
}

/// A folder or file that the walk could not look at.
fn unopened(root: &Path, error: &ignore::Error) -> (String, Error) {
    let path = path_of(error).unwrap_or(root).to_string_lossy().into_owned();
    let problem = match error.io_error() {
        Some(error) => cannot_read(&path, error),
        None => Problem::new(text!("没有读成：{error}", "could not be read: {error}")).at(file(&path)),
    };
    (path, problem.into())
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        ignore::Error::Loop { child, .. } => Some(child),
        _ => None,
    }
}

fn unsayable() -> Problem {
    Problem::new(Text::fixed("文件名不是 UTF-8，没有读取", "the file's name is not UTF-8; it was not read"))
        .help(Text::fixed("改个名字再查", "rename it and check it then"))
}

fn link_to_folder(name: &str) -> Problem {
    Problem::new(Text::fixed(
        "是指向别处文件夹的链接，没有进去",
        "a link to a folder elsewhere; it was not followed",
    ))
    .help(text!(
        "要查里面的文稿，在命令里写上 {name}",
        "name {name} on the command line to check what is in it"
    ))
}
