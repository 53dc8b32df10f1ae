//! Which documents are meant.
//!
//! An argument may be a file, a folder (searched with .gitignore respected, for files whose names
//! a reader knows), a pattern such as `'drafts/*.txt'` that the shell has not expanded, or `-` for
//! standard input. What is named more than once is read once.

#![expect(clippy::disallowed_methods, reason = "this is the edge: files are read here")]

use std::collections::HashSet;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use ignore::{WalkBuilder, overrides::OverrideBuilder};

use crate::base::{Error, Place, Problem, Result, Text, error::reason};
use crate::read::READERS;
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
/// pattern sorted by path. The second value tells of arguments that mean none.
#[must_use]
pub fn documents(arguments: &[String]) -> (Vec<String>, Vec<(String, Error)>) {
    let (mut found, mut missed) = (Vec::new(), Vec::new());
    let mut seen = HashSet::new();
    for argument in arguments {
        let mut add = |path: String| {
            // The same file by another name (`./a.txt`, a link) is the same file. One argument alone
            // names none twice, and asking takes as long as reading.
            let real = || std::fs::canonicalize(&path).unwrap_or_else(|_| path.clone().into());
            if arguments.len() == 1 || seen.insert(real()) {
                found.push(path);
            }
        };
        let path = Path::new(argument);
        if argument == "-" || path.is_file() {
            add(argument.clone());
        } else if path.is_dir() {
            let inside = folder(path);
            if inside.is_empty() {
                missed.push((argument.clone(), nothing_inside(argument).into()));
            }
            inside.into_iter().for_each(add);
        } else if argument.contains(['*', '?', '[', '{']) {
            match pattern(argument) {
                Ok(matching) if matching.is_empty() => missed.push((
                    argument.clone(),
                    Problem::new(Text::fixed("没有符合的文件", "no file matches")).at(file(argument)).into(),
                )),
                Ok(matching) => matching.into_iter().for_each(add),
                Err(error) => missed.push((argument.clone(), error)),
            }
        } else {
            // Let the operating system say why it is neither.
            match File::open(path) {
                Err(error) => missed.push((argument.clone(), cannot_read(argument, &error).into())),
                Ok(_) => add(argument.clone()),
            }
        }
    }
    (found, missed)
}

/// The files below a folder whose names a reader knows, sorted.
fn folder(root: &Path) -> Vec<String> {
    let mut found: Vec<String> = WalkBuilder::new(root)
        .require_git(false)
        .build()
        .filter_map(std::result::Result::ok)
        .filter(|entry| entry.file_type().is_some_and(|t| t.is_file()))
        .filter_map(|entry| entry.into_path().into_os_string().into_string().ok())
        .filter(|path| is_document(path))
        .collect();
    found.sort();
    found
}

/// Whether a file found in a folder is a document by its name: it has an extension that a reader
/// knows, and is not the lock file that an office program leaves beside an open one.
fn is_document(path: &str) -> bool {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    name.contains('.') && !name.starts_with(['~', '.']) && READERS.iter().any(|r| r.knows(name, &[]))
}

/// The files that match a pattern, sorted. The walk starts at the last folder named without
/// wildcards.
fn pattern(pattern: &str) -> Result<Vec<String>> {
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
    let mut found: Vec<String> = WalkBuilder::new(root)
        .require_git(false)
        .overrides(globs)
        .build()
        .filter_map(std::result::Result::ok)
        .filter(|entry| entry.file_type().is_some_and(|t| t.is_file()))
        .filter_map(|entry| entry.into_path().into_os_string().into_string().ok())
        .map(|path| path.strip_prefix("./").map_or(path.clone(), str::to_owned))
        .collect();
    found.sort();
    Ok(found)
}

fn nothing_inside(folder: &str) -> Problem {
    let known: Vec<_> = READERS.iter().map(|r| r.name()).collect();
    let (zh, en) = (known.join("、"), known.join(", "));
    Problem::new(Text::new(
        format!("文件夹里没有能检查的文件（{zh}）"),
        format!("no documents ({en}) in this folder"),
    ))
    .at(file(folder))
}

pub(super) fn cannot_read(path: &str, error: &std::io::Error) -> Problem {
    let why = reason(error);
    let problem =
        Problem::new(Text::new(format!("读不了，{}", why.zh), format!("cannot be read: {}", why.en)))
            .at(file(path));
    match error.kind() {
        std::io::ErrorKind::NotFound => problem.help(Text::fixed(
            "检查文件名和所在文件夹；名字里有空格时要加引号",
            "check the name and the folder; put quotes round a name with spaces",
        )),
        _ => problem,
    }
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

pub(super) fn file(path: &str) -> Place {
    Place::File(path.into())
}
