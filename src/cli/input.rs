//! Which documents are meant.
//!
//! An argument may be a file, a folder (searched with .gitignore respected, for documents by their
//! names), a pattern such as `'drafts/*.txt'` that the shell has not expanded, or `-` for standard
//! input. What is named more than once is read once. What cannot be read is told of, not passed over.

#![expect(clippy::disallowed_methods, reason = "this is the edge: files are read here")]

use std::collections::HashSet;
use std::io::Read;
use std::path::{Path, PathBuf};

use ignore::{WalkBuilder, overrides::OverrideBuilder};

use super::trouble::{self, cannot_read, file};
use super::walk::Walked;
use crate::app::{unfold, ways};
use crate::base::{Error, Problem, Result, Text};
use crate::read::{self, READERS, bundle, stranger};
use crate::text;

/// Bytes that one input may have: 256 MiB. A document of a million characters has three.
pub const LARGEST: u64 = 256 << 20;

/// Reads all that `from` gives, but no more than [`LARGEST`]; `name` is for messages.
pub(super) fn read_all(from: &mut dyn Read, name: &str) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|e| cannot_read(name, &e))?;
    if bytes.len() as u64 > LARGEST { Err(too_large(name).into()) } else { Ok(bytes) }
}

/// Whether there is anything in a folder; a folder that does not exist has nothing.
///
/// # Errors
/// If it is a file, or cannot be looked into.
pub fn has_entries(folder: &Path) -> Result<bool> {
    match std::fs::read_dir(folder) {
        Ok(mut entries) => Ok(entries.next().is_some()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(false),
        Err(_) if folder.is_file() => Err(no_folder(folder).into()),
        Err(error) => Err(cannot_read(&folder.display().to_string(), &error).into()),
    }
}

/// The documents that `arguments` mean, in the order of the arguments; those of a folder or
/// pattern sorted by path. The second value tells of arguments that mean none, and of what was met on
/// the way and cannot be read.
#[must_use]
pub fn documents(arguments: &[String]) -> (Vec<String>, Vec<(String, Error)>) {
    let mut meant = Meant { several: arguments.len() > 1, ..Meant::default() };
    for argument in arguments {
        let path = Path::new(argument);
        if argument == "-" || path.is_file() {
            meant.add(argument.clone());
        } else if path.is_dir() {
            let mut walk = WalkBuilder::new(path);
            let walked = Walked::through(path, walk.require_git(false), is_document);
            if walked.found.is_empty() && walked.missed.is_empty() {
                meant.missed.push((argument.clone(), nothing_inside(argument).into()));
            }
            meant.take(walked);
        } else if ways(argument).any(|(outer, _)| Path::new(outer).is_file()) {
            // A paper within another file.
            meant.found.push(argument.clone());
        } else if argument.contains(['*', '?', '[', '{']) {
            match pattern(argument) {
                Ok(walked) if walked.found.is_empty() && walked.missed.is_empty() => meant.missed.push((
                    argument.clone(),
                    Problem::new(Text::fixed("没有符合的文件", "no file matches")).at(file(argument)).into(),
                )),
                Ok(walked) => meant.take(walked),
                Err(error) => meant.missed.push((argument.clone(), error)),
            }
        } else {
            match neither(argument) {
                Some(problem) => meant.missed.push((argument.clone(), problem.at(file(argument)).into())),
                None => meant.add(argument.clone()),
            }
        }
    }
    (meant.found, meant.missed)
}

/// What arguments turned out to mean.
#[derive(Default)]
struct Meant {
    found: Vec<String>,
    missed: Vec<(String, Error)>,
    seen: HashSet<PathBuf>,
    /// Whether one file may be met twice. One argument alone names none twice unless there are links
    /// in it, and asking takes as long as reading.
    several: bool,
}

impl Meant {
    /// A file, unless it was met before: the same file by another name (`./a.txt`, a link) is the
    /// same file.
    fn add(&mut self, path: String) {
        let real = || std::fs::canonicalize(&path).unwrap_or_else(|_| path.clone().into());
        if self.several && !self.seen.insert(real()) {
            return;
        }
        if bundle::is_bundle(&path) {
            return self.unfold(path);
        }
        // A recording of a gigabyte need not be read to know that it cannot be.
        match stranger(&path).filter(|_| !READERS.iter().any(|r| r.knows(&path, &[]))) {
            Some(problem) => self.missed.push((path.clone(), problem.at(file(&path)).into())),
            None => self.found.push(path),
        }
    }

    /// The papers within a file.
    fn unfold(&mut self, path: String) {
        let bytes = std::fs::File::open(&path)
            .map_err(|e| cannot_read(&path, &e).into())
            .and_then(|mut opened| read_all(&mut opened, &path));
        match bytes {
            Ok(bytes) => {
                let (papers, problems) = unfold(&path, &bytes);
                self.found.extend(papers);
                for (path, problem) in problems {
                    let problem = problem.at(file(&path));
                    self.missed.push((path, problem.into()));
                }
            }
            Err(error) => self.missed.push((path, error)),
        }
    }

    fn take(&mut self, walked: Walked) {
        self.several |= walked.linked;
        self.missed.extend(walked.missed);
        walked.found.into_iter().for_each(|path| self.add(path));
    }
}

/// Why an argument that is neither a file nor a folder means nothing; `None` if it can be read all the
/// same.
fn neither(argument: &str) -> Option<Problem> {
    /// What a shell hands over open (`<(…)`) keeps nobody waiting.
    const OPEN: &[&str] = &["/dev/fd/", "/dev/stdin", "/proc/self/fd/"];
    let path = Path::new(argument);
    match std::fs::metadata(path) {
        Ok(_) if OPEN.iter().any(|open| argument.starts_with(open)) => None,
        Ok(_) => Some(trouble::no_file()),
        Err(error) if path.is_symlink() => Some(trouble::broken_link(&error)),
        Err(error) => Some(cannot_read(argument, &error)),
    }
}

/// Whether a file found in a folder is a document by its name: it has an extension of one, and is
/// not the lock file that an office program leaves beside an open one.
fn is_document(path: &str) -> bool {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    !name.starts_with(['~', '.']) && read::is_document(name)
}

/// The files that match a pattern. The walk starts at the last folder named without wildcards.
fn pattern(pattern: &str) -> Result<Walked> {
    let wild = pattern.find(['*', '?', '[', '{']).unwrap_or(pattern.len());
    let (root, rest) = match pattern[..wild].rfind('/') {
        Some(slash) => pattern.split_at(slash + 1),
        None => ("./", pattern),
    };
    let bad = |error: ignore::Error| -> Error {
        Problem::new(Text::new(
            "文件名里的通配符写法有误，方括号、花括号要成对",
            format!("not a sound pattern: {error}"),
        ))
        .at(file(pattern))
        .into()
    };
    // The leading slash ties the pattern to the root, as in .gitignore.
    let mut globs = OverrideBuilder::new(root);
    globs.add(&format!("/{rest}")).map_err(bad)?;
    let globs = globs.build().map_err(bad)?;
    let mut walk = WalkBuilder::new(root);
    Ok(Walked::through(Path::new(root), walk.require_git(false).overrides(globs), |_| true))
}

fn nothing_inside(folder: &str) -> Problem {
    let Text { zh, en } = read::listed();
    Problem::new(Text::new(
        format!("文件夹里没有能检查的文件（{zh}）"),
        format!("no documents ({en}) in this folder"),
    ))
    .at(file(folder))
}

/// Why `folder` is none: it does not exist, or is a file.
pub(super) fn no_folder(folder: &Path) -> Problem {
    let shown = folder.display();
    if folder.exists() {
        return Problem::new(text!("{shown} 是文件，不是文件夹", "{shown} is a file, not a folder"))
            .help(Text::fixed("换一个位置", "choose another place"));
    }
    Problem::new(text!("文件夹 {shown} 不存在", "there is no folder {shown}"))
        .help(Text::fixed("先建好文件夹，或写到别处", "make it first, or write elsewhere"))
}

pub(super) fn too_large(path: &str) -> Problem {
    let limit = LARGEST >> 20;
    Problem::new(text!("超过 {limit} MB，没有读取", "larger than {limit} MB; it was not read"))
        .help(Text::fixed("看看是不是给错了文件", "see whether this is the file that you meant"))
        .at(file(path))
}
