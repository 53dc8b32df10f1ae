//! The disk as the corpus writes it: whole or not at all; and what to say when it fails.
//!
//! A file gets its name only when all of it has reached the disk, and the folder is synced after
//! that: what has a name is whole. Nothing is mapped into memory: a damaged disk is then an error
//! that can be told, not a signal, and what was read once does not count as the program's memory.

#![expect(clippy::disallowed_methods, reason = "the corpus on disk is read and written here")]

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{SyncSender, sync_channel};

use crate::base::error::reason;
use crate::base::{Error, ErrorKind, Place, Problem, Result, Text};
use crate::text;

/// The end of the name of a file in the making.
pub(super) const UNFINISHED: &str = ".tmp";

/// A file in the making. Dropped before [`finish`](Self::finish), it leaves nothing behind.
#[derive(Debug)]
pub(super) struct Draft {
    path: PathBuf,
    out: Option<BufWriter<File>>,
    /// Bytes written so far.
    pub at: u64,
    /// Bytes that were there when the disk was last told to take them.
    told: u64,
    /// Tells the disk.
    teller: Option<SyncSender<()>>,
}

/// Bytes that wait for the disk while more are made. Without this a large file would begin to reach
/// the disk only when it is finished, and everybody would wait for it.
const WAITING: u64 = 32 << 20;

impl Draft {
    /// Begins the file that shall have this path.
    pub fn begin(path: &Path) -> Result<Self> {
        // Whoever writes has swept away what others left; a file that is there is somebody's who writes now.
        let file = File::create_new(unfinished(path)).map_err(|e| match e.kind() {
            io::ErrorKind::AlreadyExists => crossed(path),
            _ => cannot_write(path, &e),
        })?;
        Ok(Self {
            path: path.to_owned(),
            out: Some(BufWriter::with_capacity(1 << 18, file)),
            at: 0,
            told: 0,
            teller: None,
        })
    }

    /// Appends bytes.
    pub fn write(&mut self, bytes: &[u8]) -> Result<()> {
        let Some(out) = &mut self.out else { return Ok(()) };
        out.write_all(bytes).map_err(|e| cannot_write(&self.path, &e))?;
        self.at += bytes.len() as u64;
        if self.at - self.told > WAITING {
            self.told = self.at;
            self.tell();
        }
        Ok(())
    }

    /// Lets the disk take what was written so far, without waiting for it. A failure shows when
    /// the file is finished.
    fn tell(&mut self) {
        if self.teller.is_none()
            && let Some(file) = self.out.as_ref().and_then(|out| out.get_ref().try_clone().ok())
        {
            let (teller, told) = sync_channel(1);
            std::thread::spawn(move || {
                while told.recv().is_ok() {
                    let _ = file.sync_data();
                }
            });
            self.teller = Some(teller);
        }
        if let Some(teller) = &self.teller {
            // One that is still busy will be told again.
            let _ = teller.try_send(());
        }
    }

    /// Brings all to the disk and gives the file its name. The folder is synced by
    /// [`sync_folder`], once for all files of a change.
    pub fn finish(mut self) -> Result<()> {
        let Some(out) = self.out.take() else { return Ok(()) };
        let named = out
            .into_inner()
            .map_err(io::IntoInnerError::into_error)
            .and_then(|file| file.sync_all())
            .and_then(|()| rename(&unfinished(&self.path), &self.path));
        named.map_err(|e| {
            remove(&unfinished(&self.path));
            cannot_write(&self.path, &e)
        })
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if let Some(out) = self.out.take() {
            // What was not written yet need not be.
            drop(out.into_parts());
            remove(&unfinished(&self.path));
        }
    }
}

fn unfinished(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(UNFINISHED);
    name.into()
}

/// Writes a small file whole or not at all.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut draft = Draft::begin(path)?;
    draft.write(bytes)?;
    draft.finish()
}

/// Bytes of a file; 0 if there is none.
pub(super) fn length(path: &Path) -> u64 {
    path.metadata().map_or(0, |m| m.len())
}

/// Removes a file that nobody needs; where that fails the next writer tries again.
pub(super) fn remove(path: &Path) {
    let _ = fs::remove_file(path);
}

/// Gives a file its name, in the place of what had it. A share of Windows refuses that while somebody
/// has the other one open, who will be done in a moment.
pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    const TURNS: u32 = 40;
    let mut turn = 0;
    loop {
        match fs::rename(from, to) {
            Err(error)
                if cfg!(windows) && turn < TURNS && error.kind() == io::ErrorKind::PermissionDenied =>
            {
                turn += 1;
                std::thread::sleep(std::time::Duration::from_millis(50));
            }
            done => return done,
        }
    }
}

/// Makes new names last. Shares that know no such thing (SMB) bring names to the server at once.
#[cfg(unix)]
pub(super) fn sync_folder(folder: &Path) -> Result<()> {
    let synced = File::open(folder).and_then(|f| f.sync_all());
    match synced {
        Err(e) if matches!(e.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
        done => done.map_err(|e| cannot_write(folder, &e)),
    }
}

/// Windows syncs names by itself and lets nobody open a folder.
#[cfg(not(unix))]
pub(super) fn sync_folder(_folder: &Path) -> Result<()> {
    Ok(())
}

/// Makes a folder, with those above it.
pub(super) fn make_folder(folder: &Path) -> Result<()> {
    let is_missing = |path: &&Path| !path.as_os_str().is_empty() && !path.is_dir();
    let missing: Vec<&Path> = folder.ancestors().take_while(is_missing).collect();
    fs::create_dir_all(folder).map_err(|e| cannot_write(folder, &e))?;
    // A folder whose name does not last takes with it what is in it.
    missing.iter().try_for_each(|made| {
        let above = made.parent().filter(|above| !above.as_os_str().is_empty());
        sync_folder(above.unwrap_or(Path::new(".")))
    })
}

/// The names of the files in a folder; none if there is no such folder.
pub(super) fn names_in(folder: &Path) -> Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(cannot_read(folder, &error)),
    };
    let mut names: Vec<String> =
        entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
    names.sort();
    Ok(names)
}

fn at(path: &Path) -> Place {
    Place::File(path.display().to_string().into())
}

/// A file of the corpus does not hold what it should.
pub(super) fn damaged(path: &Path, what: &Text) -> Error {
    let (zh, en) = (&what.zh, &what.en);
    Problem::new(text!("语料库文件已损坏：{zh}", "this file of the corpus is damaged: {en}"))
        .help(Text::fixed(
            "用 wengao corpus verify 查全库；从备份恢复这个文件，或换一个文件夹用原稿重建（wengao corpus add）",
            "see the whole corpus with wengao corpus verify; restore the file from a backup, or build the corpus anew in another folder (wengao corpus add)",
        ))
        .at(at(path))
        .into()
}

/// A file that the corpus had a moment ago can no longer be read: somebody replaced it, or the share that
/// it lies on went away and came back.
pub(super) fn vanished(path: &Path) -> Error {
    Problem::new(Text::fixed("语料库在读的时候变了", "the corpus changed while it was read"))
        .kind(ErrorKind::Changed)
        .help(Text::fixed("再做一次", "do it once more"))
        .at(at(path))
        .into()
}

/// Somebody else writes as well, whom no lock held up.
pub(super) fn crossed(path: &Path) -> Error {
    Problem::new(Text::fixed(
        "另一台机器上的 wengao 同时在写这个语料库",
        "another wengao, on another machine, writes to this corpus at the same time",
    ))
    .help(Text::fixed(
        "语料库是好的，这次的改动没有算数；等那边写完，再做一次",
        "the corpus is sound and this change does not count; do it once more when the other is done",
    ))
    .at(at(path))
    .into()
}

/// A file is there that this program did not write, or a later one did.
pub(super) fn foreign(path: &Path, what: Text, help: Text) -> Error {
    Problem::new(what).help(help).at(at(path)).into()
}

pub(super) fn cannot_read(path: &Path, error: &io::Error) -> Error {
    let why = reason(error);
    let (zh, en) = (&why.zh, &why.en);
    Problem::new(text!("读不了语料库：{zh}", "the corpus cannot be read: {en}"))
        .help(Text::fixed(
            "检查 --corpus 写的文件夹和读取权限",
            "check the folder given with --corpus and who may read it",
        ))
        .at(at(path))
        .into()
}

pub(super) fn cannot_write(path: &Path, error: &io::Error) -> Error {
    let why = reason(error);
    let (zh, en) = (&why.zh, &why.en);
    let help = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            Text::fixed(
                "语料库还是原来的样子；腾出空间再试",
                "the corpus is as it was; free some space and try again",
            )
        }
        _ => Text::fixed(
            "语料库还是原来的样子；检查这个文件夹的写权限，或用 --corpus 换一个文件夹",
            "the corpus is as it was; check who may write to this folder, or choose another with --corpus",
        ),
    };
    Problem::new(text!("写不了语料库：{zh}", "the corpus cannot be written: {en}"))
        .help(help)
        .at(at(path))
        .into()
}
