//! Writing files: whole or not at all, and never over somebody's work unasked.
//!
//! What the run reads it never writes over, under whatever name and whether forced or not; what it
//! replaces because it was told to is kept beside it, unless it is a report of the program's own. Bytes go to a temporary file in the same folder, which is then given its name in one step: a
//! full disk or a pulled plug leaves the old file as it was. `-` is standard output.

use std::io::{self, Write};
use std::path::Path;

use super::input::Use;
use super::{World, input};
pub(super) use crate::base::error::reason;
use crate::base::{Problem, Result, Text};
use crate::text;

/// Writes a result to `path`, or to standard output if it is `-`. Without `force` a file that
/// exists is left alone; with it the file as it was is kept. What to say of a file is returned.
///
/// # Errors
/// If the file exists and `force` is off, it is an input, the folder is missing or cannot be
/// written to, or the disk is full.
pub fn write(world: &mut World, path: &str, bytes: &[u8], force: bool) -> Result<Option<Text>> {
    if path == "-" { world.print(bytes).map(|()| None) } else { write_file(path, bytes, force).map(Some) }
}

/// Writes a file; see [`write`](write()).
///
/// # Errors
/// See [`write`](write()).
pub fn write_file(path: &str, bytes: &[u8], force: bool) -> Result<Text> {
    may_write(path, force)?;
    let kept = if force { keep_other(path, bytes)? } else { None };
    put(path, bytes, force)?;
    Ok(match kept {
        Some(kept) => {
            text!("已写出 {path}；原来的留在 {kept}", "wrote {path}; what was there is kept in {kept}")
        }
        None => written(path),
    })
}

/// Writes what becomes of a file, or what is the program's own, over what is there.
///
/// # Errors
/// If the file is an input of something else, or cannot be written.
pub(super) fn replace(path: &str, bytes: &[u8]) -> Result<()> {
    may_be_at(path, true, Use::Change)?;
    put(path, bytes, true)
}

/// Keeps what is about to be replaced by `bytes`, unless it is the same, or a report, which the
/// program makes again at any time. The name under which it is kept is returned.
fn keep_other(path: &str, bytes: &[u8]) -> Result<Option<String>> {
    if !Path::new(path).exists() {
        return Ok(None);
    }
    let old = input::look(path)?;
    if old == bytes || is_report(&old) { Ok(None) } else { backup(path, &old).map(Some) }
}

/// Whether these are the bytes of a report for machines, which nobody goes on with.
fn is_report(bytes: &[u8]) -> bool {
    const HEAD: usize = 512;
    const SIGNS: &[&[&str]] = &[
        &["{\n  \"schema\": \"wengao."],
        &["{\n  \"$schema\": ", "\"name\": \"wengao\""],
        &["{\"path\":", "\"rule\":"],
        &["::", " file=", ",title="],
        &["<!doctype html>", "data-title-zh=\"文稿检查结果\""],
    ];
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]);
    SIGNS.iter().any(|signs| head.starts_with(signs[0]) && signs[1..].iter().all(|s| head.contains(s)))
}

fn put(path: &str, bytes: &[u8], force: bool) -> Result<()> {
    let target = Path::new(path);
    let folder = folder_of(target);
    let failed = |error: &io::Error| cannot_write(path, error);
    let mut file = tempfile::Builder::new().prefix(".wengao-").tempfile_in(folder).map_err(|e| failed(&e))?;
    file.write_all(bytes).and_then(|()| file.flush()).map_err(|e| failed(&e))?;
    share(file.as_file(), target);
    let kept = if force {
        file.persist(target).map(drop).map_err(|e| e.error)
    } else {
        // Somebody else may have made the file in the meantime.
        file.persist_noclobber(target).map(drop).map_err(|e| e.error)
    };
    kept.map_err(|e| if e.kind() == io::ErrorKind::AlreadyExists { exists(path) } else { failed(&e) }.into())
}

/// Whether a file may be written as far as can be told beforehand: for whoever writes several and
/// wants all or none.
///
/// # Errors
/// If the file is an input, exists and `force` is off, is a folder, or its folder is missing.
pub fn may_write(path: &str, force: bool) -> Result<()> {
    may_be_at(path, force, Use::Input)
}

fn may_be_at(path: &str, force: bool, to: Use) -> Result<()> {
    if path == "-" {
        return Ok(());
    }
    let target = Path::new(path);
    if target.is_dir() {
        return Err(Problem::new(text!("{path} 是文件夹", "{path} is a folder"))
            .help(text!("写上文件名，如 {path}/结果.docx", "add a file name, such as {path}/result.docx"))
            .into());
    }
    if let Some(input) = input::taken_as(target, to) {
        return Err(is_input(path, &input).into());
    }
    if target.exists() && !force {
        return Err(exists(path).into());
    }
    let folder = folder_of(target);
    if folder.is_dir() { Ok(()) } else { Err(no_folder(folder).into()) }
}

fn folder_of(target: &Path) -> &Path {
    target.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn exists(path: &str) -> Problem {
    Problem::new(text!("{path} 已经存在，没有覆盖", "{path} exists; it was not overwritten")).help(
        Text::fixed("换一个名字，或加 --force 覆盖", "choose another name, or add --force to overwrite"),
    )
}

fn is_input(path: &str, input: &str) -> Problem {
    let what = match input {
        "-" => text!(
            "{path} 是从标准输入读进来的文件，没有覆盖",
            "{path} is the file that was read from standard input; it was not overwritten"
        ),
        _ if input == path => {
            text!(
                "{path} 是这次要读的文件，没有覆盖",
                "{path} is an input of this run; it was not overwritten"
            )
        }
        _ => text!(
            "{path} 就是这次要读的 {input}，没有覆盖",
            "{path} is {input}, an input of this run; it was not overwritten"
        ),
    };
    Problem::new(what).help(Text::fixed(
        "换一个名字；读进来的文件，加 --force 也不覆盖",
        "choose another name; --force does not overwrite an input either",
    ))
}

/// Two outputs that are one file, of which the second would replace the first.
///
/// # Errors
/// If there are such.
pub(super) fn all_different(paths: &[&str]) -> Result<()> {
    let real = |path: &str| {
        let target = Path::new(path);
        let folder = folder_of(target);
        let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        target.canonicalize().unwrap_or_else(|_| folder.join(target.file_name().unwrap_or_default()))
    };
    let all: Vec<_> = paths.iter().filter(|p| **p != "-").map(|p| (real(p), *p)).collect();
    for (n, (file, path)) in all.iter().enumerate() {
        if all[..n].iter().any(|(other, _)| other == file) {
            return Err(Problem::new(text!(
                "{path} 要写两样东西，只放得下一样",
                "two outputs are to go into {path}, which holds one"
            ))
            .help(Text::fixed("其中一个换个名字", "give one of them another name"))
            .into());
        }
    }
    Ok(())
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

/// Makes a folder, with those above it.
///
/// # Errors
/// If it cannot be made.
pub fn make_folder(path: &Path) -> Result<()> {
    std::fs::create_dir_all(path).map_err(|e| cannot_write(&path.display().to_string(), &e).into())
}

/// A temporary file is for its owner only; the finished one is like any other file she makes, or
/// like the one that it replaces.
#[cfg(unix)]
fn share(file: &std::fs::File, target: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let mode = target.metadata().map_or(0o644, |m| m.permissions().mode() & 0o777);
    // A file system without permissions keeps what it has.
    let _ = file.set_permissions(std::fs::Permissions::from_mode(mode));
}

#[cfg(not(unix))]
fn share(_file: &std::fs::File, _target: &Path) {}

fn cannot_write(path: &str, error: &io::Error) -> Problem {
    let why = reason(error);
    let problem = Problem::new(Text::new(
        format!("写不了 {path}：{}", why.zh),
        format!("cannot write {path}: {}", why.en),
    ));
    match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            problem.help(Text::fixed("改写到自己有权限的文件夹", "write to a folder of your own"))
        }
        io::ErrorKind::StorageFull => problem.help(Text::fixed("先腾出空间", "free some space first")),
        _ => problem,
    }
}

/// Keeps the original beside the file, under a name that is free, and gives that name.
///
/// # Errors
/// If it cannot be written.
pub(super) fn backup(path: &str, original: &[u8]) -> Result<String> {
    let mut n = 1;
    loop {
        let name = if n == 1 { format!("{path}.bak") } else { format!("{path}.bak{n}") };
        if !Path::new(&name).exists() {
            put(&name, original, false)?;
            return Ok(name);
        }
        n += 1;
    }
}

/// What to say after a file was written.
#[must_use]
pub fn written(path: &str) -> Text {
    text!("已写出 {path}", "wrote {path}")
}
