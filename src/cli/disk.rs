//! The disk as [`Files`]: read whole, written whole or not at all, and never over somebody's work
//! unasked.
//!
//! What the run reads it never writes over, under whatever name and whether forced or not; what it
//! replaces because it was told to is kept beside it, unless it is the program's own. Bytes go to a
//! temporary file in the same folder, which is then given its name in one step: a full disk or a
//! pulled plug leaves the old file as it was. `-` is standard input.

#![expect(clippy::disallowed_methods, reason = "this is the edge: the disk")]

use std::fs::File;
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use same_file::Handle;

use super::input::{LARGEST, no_folder, read_all, too_large};
use super::trouble::{cannot_read, file};
use crate::app::tidy::{BESIDE, LOCK, RANDOM};
use crate::app::{Files, Over, Use, backup_name, exists, is_input};
use crate::base::{Problem, Result, Text, encoding, error::reason};
use crate::text;

/// The disk and standard input, and what the run has read of them.
pub struct Disk {
    stdin: Mutex<Box<dyn Read + Send>>,
    /// What was read and for what; a folder stands for all that is in it.
    taken: Mutex<Vec<(String, Use)>>,
}

impl Disk {
    /// The disk, with this as what comes without a name.
    #[must_use]
    pub fn new(stdin: Box<dyn Read + Send>) -> Self {
        Self { stdin: Mutex::new(stdin), taken: Mutex::default() }
    }

    /// The next line of standard input, without its end; no more than a name has.
    ///
    /// # Errors
    /// If it cannot be read or is no text.
    pub(super) fn line(&self) -> Result<String> {
        const MOST: usize = 1_000;
        let mut stdin = self.stdin.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut line, mut byte) = (Vec::new(), [0]);
        while line.len() < MOST
            && stdin.read(&mut byte).map_err(|e| cannot_read("-", &e))? > 0
            && byte[0] != b'\n'
        {
            line.push(byte[0]);
        }
        Ok(encoding::decode(&line)?.text.trim().to_owned())
    }

    /// Notes that this file, or all of this folder, is an input of the run.
    pub(super) fn take(&self, name: &str, to: Use) {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner).push((name.to_owned(), to));
    }

    /// The name under which the file at `target` was read in this run, be it another path to the same
    /// file (a link, a relative path, another case); `None` if it was not. For whoever writes what
    /// became of a file (`changed`), only what is read for something else counts.
    fn taken_as(&self, target: &Path, changed: bool) -> Option<String> {
        // Only files are opened: a named pipe would keep whoever opens it waiting.
        let handle = target.is_file().then(|| Handle::from_path(target).ok())??;
        let real = std::fs::canonicalize(target).ok();
        let inside = |folder: PathBuf| real.as_ref().is_some_and(|real| real.starts_with(folder));
        let is = |name: &str| match name {
            "-" => Handle::stdin().is_ok_and(|stdin| stdin == handle),
            name if Path::new(name).is_dir() => std::fs::canonicalize(name).is_ok_and(inside),
            name => Path::new(name).is_file() && Handle::from_path(name).is_ok_and(|input| input == handle),
        };
        let taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let mut counting = taken.iter().filter(|(_, to)| !changed || *to == Use::Input);
        counting.find(|(name, _)| is(name)).map(|(name, _)| name.clone())
    }
}

/// Standard input, for a door that listens to it.
pub(super) struct Stdin(pub Arc<Disk>);

impl Read for Stdin {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        self.0.stdin.lock().unwrap_or_else(PoisonError::into_inner).read(bytes)
    }
}

impl Files for Disk {
    fn read(&self, name: &str, to: Use) -> Result<Vec<u8>> {
        let bytes = if name == "-" {
            read_all(&mut **self.stdin.lock().unwrap_or_else(PoisonError::into_inner), "-")?
        } else {
            look(name)?
        };
        if to != Use::Look {
            self.take(name, to);
        }
        Ok(bytes)
    }

    fn is_file(&self, name: &str) -> bool {
        Path::new(name).is_file()
    }

    fn is_folder(&self, name: &str) -> bool {
        Path::new(name).is_dir()
    }

    fn below(&self, folder: &str) -> Vec<String> {
        let walk = ignore::WalkBuilder::new(folder).follow_links(true).standard_filters(false).build();
        let files = walk.flatten().map(ignore::DirEntry::into_path).filter(|path| path.is_file());
        let mut files: Vec<String> = files.map(|path| path.to_string_lossy().into_owned()).collect();
        files.sort();
        files
    }

    fn real(&self, name: &str) -> PathBuf {
        let here = || std::env::current_dir().and_then(std::fs::canonicalize).unwrap_or_default();
        if name.is_empty() {
            here()
        } else {
            std::fs::canonicalize(name).unwrap_or_else(|_| real_folder(name, here))
        }
    }

    fn may_write(&self, name: &str, over: Over) -> Result<()> {
        if name == "-" {
            return Ok(());
        }
        let target = Path::new(name);
        if target.is_dir() {
            return Err(Problem::new(text!("{name} 是文件夹", "{name} is a folder"))
                .help(text!("写上文件名，如 {name}/结果.docx", "add a file name, such as {name}/result.docx"))
                .into());
        }
        if let Some(input) = self.taken_as(target, matches!(over, Over::Original | Over::Own)) {
            return Err(is_input(name, &input).into());
        }
        if target.exists() && over == Over::Nothing {
            return Err(exists(name).into());
        }
        let folder = folder_of(target);
        if folder.is_dir() { Ok(()) } else { Err(no_folder(folder).into()) }
    }

    fn write(&self, name: &str, bytes: &[u8], over: Over) -> Result<Option<String>> {
        self.may_write(name, over)?;
        let old = match over {
            Over::Others | Over::Original if is_there(name)? => Some(look(name)?),
            _ => None,
        };
        let kept = match old.filter(|old| over.keeps(old, bytes)) {
            Some(old) => Some(keep(name, &old)?),
            None => None,
        };
        put(name, bytes, over != Over::Nothing, None)?;
        Ok(kept)
    }

    fn hold(&self, name: &str) -> Result<Box<dyn Send>> {
        Held::of(Path::new(name))
            .map(|held| Box::new(held) as Box<dyn Send>)
            .map_err(|e| cannot_write(name, &e).into())
    }

    fn make_folder(&self, name: &str) -> Result<()> {
        let is_missing = |path: &&Path| !path.as_os_str().is_empty() && !path.is_dir();
        let missing: Vec<&Path> = Path::new(name).ancestors().take_while(is_missing).collect();
        let made = std::fs::create_dir_all(name)
            .and_then(|()| missing.iter().try_for_each(|made| sync_folder(folder_of(made))));
        made.map_err(|e| cannot_write(name, &e).into())
    }
}

/// Whether there is something of this name. Where the disk does not say, nothing is taken to be free.
fn is_there(name: &str) -> Result<bool> {
    Path::new(name).try_exists().map_err(|e| cannot_read(name, &e).into())
}

/// Keeps what a file was beside it, and says under which name.
fn keep(name: &str, old: &[u8]) -> Result<String> {
    let is_same = |kept: &str| {
        // A link would lead to what is about to be replaced.
        let plain = std::fs::symlink_metadata(kept).is_ok_and(|about| about.is_file());
        plain && look(kept).is_ok_and(|there| there == old)
    };
    let is_free = |kept: &str| std::fs::symlink_metadata(kept).is_err();
    let kept = backup_name(name, |kept| is_free(kept) || is_same(kept));
    if !is_same(&kept) {
        put(&kept, old, false, Some(Path::new(name)))?;
    }
    Ok(kept)
}

/// A file that other runs wait for: the lock lies beside it while it is held, and goes with it.
struct Held {
    lock: PathBuf,
    _file: File,
}

impl Held {
    fn of(path: &Path) -> io::Result<Self> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let lock = folder_of(path).join(format!("{BESIDE}{name}{LOCK}"));
        loop {
            let file = File::options().create(true).truncate(false).write(true).open(&lock)?;
            file.lock()?;
            // Whoever had it took it away at the end: then this one is of no name, and holds nothing.
            let same = Handle::from_path(&lock).ok().zip(file.try_clone().and_then(Handle::from_file).ok());
            if same.is_some_and(|(there, here)| there == here) {
                return Ok(Self { lock, _file: file });
            }
        }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        // One that stays behind is taken by the next run.
        let _ = std::fs::remove_file(&self.lock);
    }
}

/// Where a file that is not there yet would be: its folder may be there under another name.
fn real_folder(name: &str, here: impl Fn() -> PathBuf) -> PathBuf {
    let path = Path::new(name);
    match (std::fs::canonicalize(folder_of(path)), path.file_name()) {
        (Ok(folder), Some(file)) => folder.join(file),
        _ => here().join(name),
    }
}

/// The bytes of a file. `-` is not special here.
fn look(path: &str) -> Result<Vec<u8>> {
    let failed = |error: &io::Error| cannot_read(path, error);
    let folder = || {
        Problem::new(Text::fixed("这是文件夹", "this is a folder"))
            .help(Text::fixed("这里要写文件", "a file is needed here"))
            .at(file(path))
    };
    let mut opened =
        File::open(path).map_err(|e| if Path::new(path).is_dir() { folder() } else { failed(&e) })?;
    let about = opened.metadata().map_err(|e| failed(&e))?;
    if about.is_dir() {
        return Err(folder().into());
    }
    if about.len() > LARGEST {
        return Err(too_large(path).into());
    }
    // One read where the size is known; what is no plain file says 0.
    let mut bytes = vec![0; about.len() as usize];
    if !bytes.is_empty() {
        if opened.read_exact(&mut bytes).is_ok() {
            return Ok(bytes);
        }
        // It has become shorter in the meantime.
        opened.rewind().map_err(|e| failed(&e))?;
    }
    // Not opened again: what came through a pipe comes once.
    read_all(&mut opened, path)
}

fn folder_of(target: &Path) -> &Path {
    target.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Writes a file whole or not at all: beside it first, on the disk, then under its name. A link leads to the
/// file behind it; a file that may only be read is left alone. A new file is as open to others as she lets
/// new files be (umask), or as the one that it is a copy of.
fn put(path: &str, bytes: &[u8], force: bool, like: Option<&Path>) -> Result<()> {
    let behind = std::fs::read_link(path).ok().and_then(|_| std::fs::canonicalize(path).ok());
    let target = behind.as_deref().unwrap_or(Path::new(path));
    let folder = folder_of(target);
    let failed = |error: &io::Error| cannot_write(path, error);
    let before = target.metadata().ok();
    if force && before.as_ref().is_some_and(|m| m.is_file() && m.permissions().readonly()) {
        return Err(only_to_read(path).into());
    }
    let before = before.or_else(|| like.and_then(|like| like.metadata().ok()));
    let mut file = temporary(folder).map_err(|e| failed(&e))?;
    if cfg!(unix) {
        // By this `tidy` knows it from what a run left that was ended; where there are no locks, it stays.
        let _ = file.as_file().try_lock();
    }
    file.write_all(bytes).and_then(|()| file.flush()).map_err(|e| failed(&e))?;
    if let Some(before) = before {
        // A file system without permissions keeps what it has.
        let _ = file.as_file().set_permissions(before.permissions());
    }
    file.as_file().sync_all().map_err(|e| failed(&e))?;
    let kept = if force {
        file.persist(target).map(drop).map_err(|e| e.error)
    } else {
        // Somebody else may have made the file in the meantime.
        file.persist_noclobber(target).map(drop).map_err(|e| e.error)
    };
    kept.map_err(|e| if e.kind() == io::ErrorKind::AlreadyExists { exists(path) } else { failed(&e) })?;
    sync_folder(folder).map_err(|e| unconfirmed(path, &e).into())
}

/// Makes names last. Where a folder cannot be opened or synced as a file, its file system sees to that.
fn sync_folder(folder: &Path) -> io::Result<()> {
    let Ok(opened) = File::open(folder) else { return Ok(()) };
    match opened.sync_all() {
        Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => {
            Ok(())
        }
        synced => synced,
    }
}

/// A file beside others, as open to others as new files are.
fn temporary(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(BESIDE).rand_bytes(RANDOM);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

fn unconfirmed(path: &str, error: &io::Error) -> Problem {
    let why = reason(error);
    Problem::new(Text::new(
        format!("{path} 写好了，但磁盘没有确认收妥：{}", why.zh),
        format!("{path} was written, but the disk does not confirm that it will last: {}", why.en),
    ))
    .help(Text::fixed("检查磁盘；再写一次，或者写到别处", "see to the disk; write it again, or elsewhere"))
}

fn only_to_read(path: &str) -> Problem {
    Problem::new(text!("{path} 是只读文件，没有覆盖", "{path} may only be read; it was not replaced")).help(
        Text::fixed("换一个名字，或者先去掉它的只读属性", "choose another name, or make it writable first"),
    )
}

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
