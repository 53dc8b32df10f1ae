//! What a disk may hold when the power goes: names last once their folder was synced, bytes once their file was.
//!
//! A log of strace is replayed. After each call that changes something there are several disks that a file system
//! may leave: with those names alone that were synced; with all names up to any earlier change besides, in
//! the order in which they came, as a journal keeps them; and of bytes that were not synced nothing, or half.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::desk::State;
use super::trace::Call;

/// The calls that matter.
pub const CALLS: &[&str] = &[
    "openat",
    "creat",
    "open",
    "write",
    "pwrite64",
    "writev",
    "rename",
    "renameat",
    "renameat2",
    "unlink",
    "unlinkat",
    "rmdir",
    "fsync",
    "fdatasync",
    "ftruncate",
    "truncate",
    "fallocate",
    "link",
    "linkat",
    "symlink",
    "symlinkat",
    "mkdir",
    "mkdirat",
    "copy_file_range",
    "sendfile",
    "syncfs",
    "sync",
];

/// The bytes of a file.
#[derive(Debug, Clone, Default)]
struct Inode {
    now: Vec<u8>,
    synced: Vec<u8>,
}

/// What became of a name.
#[derive(Debug, Clone)]
enum Name {
    Is(usize),
    Folder,
    Gone,
}

/// A change of a folder.
#[derive(Debug, Clone)]
struct Change {
    /// Changes of one call have one number.
    number: usize,
    path: PathBuf,
    name: Name,
    synced: bool,
}

#[derive(Default)]
struct Disk {
    inodes: Vec<Inode>,
    /// What was there, on the disk.
    first: BTreeMap<PathBuf, Name>,
    changes: Vec<Change>,
    /// Where the next byte of a file goes.
    at: BTreeMap<PathBuf, usize>,
}

/// What is left of bytes that were not synced.
#[derive(Debug, Clone, Copy)]
enum Unsynced {
    Lost,
    Half,
}

impl Disk {
    fn of(before: &State) -> Self {
        let mut disk = Self::default();
        for (name, bytes) in before {
            let name_is = match bytes {
                Some(bytes) => {
                    disk.inodes.push(Inode { now: bytes.clone(), synced: bytes.clone() });
                    Name::Is(disk.inodes.len() - 1)
                }
                None => Name::Folder,
            };
            disk.first.insert(name.into(), name_is);
        }
        disk
    }

    /// The names with these changes.
    fn names(&self, counts: impl Fn(&Change) -> bool) -> BTreeMap<PathBuf, Name> {
        let mut names = self.first.clone();
        for change in self.changes.iter().filter(|change| counts(change)) {
            names.insert(change.path.clone(), change.name.clone());
        }
        names
    }

    fn inode(&self, path: &Path) -> Option<usize> {
        match self.names(|_| true).get(path) {
            Some(Name::Is(inode)) => Some(*inode),
            _ => None,
        }
    }

    fn change(&mut self, number: usize, path: &Path, name: Name) {
        self.changes.push(Change { number, path: path.to_owned(), name, synced: false });
    }

    /// Does what a call did; whether that changed anything.
    fn take(&mut self, number: usize, call: &Call, paths: &[PathBuf]) -> bool {
        let Some(path) = paths.first() else { return false };
        match &*call.name {
            "openat" | "open" | "creat" => return self.open(number, call, path),
            "write" | "pwrite64" => {
                let Some(inode) = self.inode(path) else { return false };
                let at = match &*call.name {
                    "write" => self.at.get(path).copied().unwrap_or(0),
                    _ => call.last_number(),
                };
                let mut bytes = call.bytes();
                bytes.truncate(usize::try_from(call.outcome).unwrap_or(0));
                let now = &mut self.inodes[inode].now;
                now.resize(now.len().max(at + bytes.len()), 0);
                now[at..at + bytes.len()].copy_from_slice(&bytes);
                self.at.insert(path.clone(), at + bytes.len());
            }
            "rename" | "renameat" | "renameat2" => {
                let Some(to) = paths.get(1) else { return false };
                if let Some(inode) = self.inode(path) {
                    self.change(number, path, Name::Gone);
                    self.change(number, to, Name::Is(inode));
                }
            }
            "unlink" | "unlinkat" | "rmdir" => self.change(number, path, Name::Gone),
            "mkdir" | "mkdirat" => self.change(number, path, Name::Folder),
            "fsync" | "fdatasync" => match self.inode(path) {
                Some(inode) => self.inodes[inode].synced = self.inodes[inode].now.clone(),
                None => {
                    let within = |change: &&mut Change| change.path.parent() == Some(path);
                    self.changes.iter_mut().filter(within).for_each(|change| change.synced = true);
                }
            },
            other => panic!("the disk of this test knows no {other}"),
        }
        true
    }

    fn open(&mut self, number: usize, call: &Call, path: &Path) -> bool {
        self.at.insert(path.to_owned(), 0);
        match self.inode(path) {
            None if call.has("O_CREAT") || call.name == "creat" => {
                self.inodes.push(Inode::default());
                self.change(number, path, Name::Is(self.inodes.len() - 1));
            }
            Some(inode) if call.has("O_TRUNC") => self.inodes[inode].now.clear(),
            _ => return false,
        }
        true
    }

    /// A disk with the names of these changes.
    fn left(&self, unsynced: Unsynced, counts: impl Fn(&Change) -> bool) -> State {
        let names = self.names(counts);
        let is_folder = |path: &Path| matches!(names.get(path), Some(Name::Folder));
        let stands = |path: &Path| path.ancestors().skip(1).all(|f| f.as_os_str().is_empty() || is_folder(f));
        let mut state = State::new();
        for (path, name) in names.iter().filter(|(path, _)| stands(path)) {
            let bytes = match name {
                Name::Gone => continue,
                Name::Folder => None,
                Name::Is(inode) => {
                    let Inode { now, synced } = &self.inodes[*inode];
                    Some(match unsynced {
                        Unsynced::Half if now != synced => now[..now.len() / 2].to_vec(),
                        _ => synced.clone(),
                    })
                }
            };
            state.insert(path.to_string_lossy().into_owned(), bytes);
        }
        state
    }
}

/// The disks that may be left when the power goes during a run, each with when that was, and the one of which
/// all was synced that the run has synced at its end.
pub fn worlds(folder: &Path, before: &State, calls: &[Call]) -> (Vec<(String, State)>, State) {
    let mut disk = Disk::of(before);
    let (mut seen, mut worlds) = (BTreeSet::new(), Vec::new());
    for (number, call) in calls.iter().enumerate().filter(|(_, call)| call.outcome >= 0) {
        let within = |path: PathBuf| path.strip_prefix(folder).map(Path::to_owned).ok();
        let paths: Vec<PathBuf> = call.paths(folder).into_iter().filter_map(within).collect();
        if !disk.take(number, call, &paths) {
            continue;
        }
        let from = disk.changes.iter().find(|change| !change.synced).map_or(number, |change| change.number);
        for unsynced in [Unsynced::Lost, Unsynced::Half] {
            for up_to in from..=number + 1 {
                let state = disk.left(unsynced, |change| change.synced || change.number < up_to);
                if seen.insert(state.clone()) {
                    let told = format!(
                        "power cut after {} {paths:?}, names up to {up_to} of {number}, {unsynced:?}",
                        call.name
                    );
                    worlds.push((told, state));
                }
            }
        }
    }
    (worlds, disk.left(Unsynced::Lost, |change| change.synced))
}
