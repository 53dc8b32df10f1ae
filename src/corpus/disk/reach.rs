//! Reading files at places, on a disk or a share of a network.
//!
//! On a share nothing is sure between two steps. A file that the manifest names may be gone when it is
//! opened, one that is open may be gone when it is read (a "stale handle": NFS keeps no file for whoever has
//! it open elsewhere), and a folder that was read a second ago may be shown again as it was then. So what is
//! gone is told apart from what is damaged, and whoever reads rests a moment and looks again.
//!
//! Nothing is mapped into memory: a damaged disk is then an error that can be told, not a signal.

#![expect(clippy::disallowed_methods, reason = "the corpus on disk is read here")]

use std::fmt;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::files::{cannot_read, damaged, vanished};
use crate::base::{Result, Text};

/// What reading a corpus asks of the place where it lies. Nothing of it writes.
pub(super) trait Reach: fmt::Debug + Send + Sync {
    /// All of a small file.
    fn whole(&self, path: &Path) -> io::Result<Vec<u8>>;

    /// A file for reading at places, with its length in bytes.
    fn open(&self, path: &Path) -> io::Result<(Box<dyn ReadAt>, u64)>;

    /// Rests before something is looked at again for the `turn`th time, from 0 on.
    fn rest(&self, turn: u32);
}

/// An open file.
pub(super) trait ReadAt: fmt::Debug + Send + Sync {
    /// Fills `into` with the bytes at `at`.
    fn read_at(&self, into: &mut [u8], at: u64) -> io::Result<()>;
}

/// What the operating system calls files, whatever lies behind it.
#[derive(Debug)]
pub(super) struct Disk;

impl Disk {
    /// For whoever opens a corpus.
    pub fn reach() -> Arc<dyn Reach> {
        Arc::new(Self)
    }
}

impl Reach for Disk {
    fn whole(&self, path: &Path) -> io::Result<Vec<u8>> {
        fs::read(path)
    }

    fn open(&self, path: &Path) -> io::Result<(Box<dyn ReadAt>, u64)> {
        let file = File::open(path)?;
        let len = file.metadata()?.len();
        Ok((Box::new(file), len))
    }

    fn rest(&self, turn: u32) {
        std::thread::sleep(Duration::from_millis(50 << turn.min(6)));
    }
}

impl ReadAt for File {
    #[cfg(unix)]
    fn read_at(&self, into: &mut [u8], at: u64) -> io::Result<()> {
        std::os::unix::fs::FileExt::read_exact_at(self, into, at)
    }

    #[cfg(windows)]
    fn read_at(&self, mut into: &mut [u8], mut at: u64) -> io::Result<()> {
        while !into.is_empty() {
            match std::os::windows::fs::FileExt::seek_read(self, into, at) {
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(n) => {
                    into = &mut into[n..];
                    at += n as u64;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Elsewhere a file has one position. Threads that read one file would move it under each other's
    /// hands, but such a target (WebAssembly) has one thread.
    #[cfg(not(any(unix, windows)))]
    fn read_at(&self, into: &mut [u8], at: u64) -> io::Result<()> {
        use std::io::{Read, Seek, SeekFrom};
        let mut file = self;
        file.seek(SeekFrom::Start(at))?;
        file.read_exact(into)
    }
}

/// Whether a file is gone that was there, or its server is: looking again may help.
pub(super) fn is_gone(error: &io::Error) -> bool {
    // Of Windows: the connection broke, the file is being deleted, the handle is stale.
    const OF_WINDOWS: [i32; 4] = [59, 64, 303, 1006];
    let of_windows = cfg!(windows) && error.raw_os_error().is_some_and(|code| OF_WINDOWS.contains(&code));
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::StaleNetworkFileHandle) || of_windows
}

/// A file that is read at places.
#[derive(Debug)]
pub(super) struct OpenFile {
    reach: Arc<dyn Reach>,
    path: PathBuf,
    file: Box<dyn ReadAt>,
    /// Its bytes.
    pub len: u64,
}

impl OpenFile {
    /// Opens a file.
    pub fn open(reach: &Arc<dyn Reach>, path: PathBuf) -> Result<Self> {
        let (file, len) = reach.open(&path).map_err(|e| told(&path, &e))?;
        Ok(Self { reach: Arc::clone(reach), path, file, len })
    }

    /// The path, for messages.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Fills `into` with the bytes at `at`.
    pub fn read(&self, at: u64, into: &mut [u8]) -> Result<()> {
        if at.checked_add(into.len() as u64).is_none_or(|end| end > self.len) {
            return Err(damaged(
                &self.path,
                &Text::fixed("文件比应有的短", "it is shorter than it should be"),
            ));
        }
        match self.file.read_at(into, at) {
            Err(error) if is_gone(&error) => self.read_anew(at, into),
            done => done.map_err(|e| cannot_read(&self.path, &e)),
        }
    }

    /// Reads by another handle: the server may only have forgotten this one. A name is never given to
    /// another file, so one of this name is the same.
    fn read_anew(&self, at: u64, into: &mut [u8]) -> Result<()> {
        let again = self.reach.open(&self.path).map_err(|e| told(&self.path, &e))?;
        let (file, _) =
            Some(again).filter(|(_, len)| *len == self.len).ok_or_else(|| vanished(&self.path))?;
        file.read_at(into, at).map_err(|e| told(&self.path, &e))
    }
}

/// All of a small file; `None` if there is none.
pub(super) fn read_whole(reach: &dyn Reach, path: &Path) -> Result<Option<Vec<u8>>> {
    match reach.whole(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(told(path, &error)),
    }
}

fn told(path: &Path, error: &io::Error) -> crate::base::Error {
    if is_gone(error) { vanished(path) } else { cannot_read(path, error) }
}
