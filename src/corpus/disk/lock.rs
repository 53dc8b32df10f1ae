//! One writer at a time, also on shares where the operating system's locks reach nobody.
//!
//! Two things are held. `lock` is locked as the operating system locks files: whoever is killed lets go of
//! it, but on a share such a lock may bind the programs of one machine alone (SMB with `nobrl`, NFS with
//! `local_lock`), or there may be none. `writing` is a file that only one can make, which every file system
//! knows, SMB and NFS included; it says who made it, and a number in it is raised every other second, so
//! that one that stays as it is belongs to nobody any more. And before a change is made to count, the writer
//! looks whether `writing` is still its own: a machine that slept through its turn finds out then.
//!
//! Times of files are not asked, since the clocks of machines differ.

#![expect(clippy::disallowed_methods, reason = "the writer's lock is held here")]

use std::fs::{self, File};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use super::files::{cannot_write, remove, rename};
use super::manifest::{LOCK, WRITING};
use crate::base::Result;

/// How a writer waits for another.
#[derive(Debug, Clone, Copy)]
pub(super) struct Way {
    /// Whether the operating system's lock is asked for as well.
    pub of_system: bool,
    /// How long one rests between two looks.
    pub rest: Duration,
    /// Looks without a change after which nobody is there any more.
    pub patience: u32,
    /// How often whoever writes raises its number.
    pub beat: Duration,
}

impl Way {
    /// Twenty seconds without a sign are ten signs that did not come.
    pub const USUAL: Self = Self {
        of_system: true,
        rest: Duration::from_millis(250),
        patience: 80,
        beat: Duration::from_secs(2),
    };
}

/// A corpus that is this writer's, until it is dropped.
#[derive(Debug)]
pub(super) struct Lock {
    _of_system: File,
    claim: PathBuf,
    /// What stands in the claim before the number.
    token: String,
    /// Raises the number until it is told to stop.
    beating: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Lock {
    /// Waits until nobody else writes; calls `waiting` once if somebody does.
    pub fn acquire(folder: &Path, way: Way, waiting: &mut dyn FnMut()) -> Result<Self> {
        let mut told = false;
        let mut waiting = || {
            if !std::mem::replace(&mut told, true) {
                waiting();
            }
        };
        let path = folder.join(LOCK);
        let failed = |e: &io::Error| cannot_write(&path, e);
        let file =
            File::options().create(true).truncate(false).write(true).open(&path).map_err(|e| failed(&e))?;
        let alone = way.of_system && locked(&file, &mut waiting);
        let token = token();
        let claim = folder.join(WRITING);
        let mut unchanged = (Vec::new(), 0);
        loop {
            match File::create_new(&claim) {
                Ok(mut made) => {
                    let said = said(&token, 0);
                    made.write_all(said.as_bytes()).and_then(|()| made.sync_all()).map_err(|e| failed(&e))?;
                    break;
                }
                Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {}
                Err(e) => return Err(failed(&e)),
            }
            let seen = fs::read(&claim).unwrap_or_default();
            if seen != unchanged.0 {
                unchanged = (seen, 0);
            }
            // On this machine whoever holds it would hold the system's lock too.
            let is_here = alone && machine().is_some_and(|here| unchanged.0.starts_with(here.as_bytes()));
            if is_here || unchanged.1 >= way.patience {
                take_over(folder, &claim, &unchanged.0);
                unchanged = (Vec::new(), 0);
                continue;
            }
            waiting();
            unchanged.1 += 1;
            std::thread::sleep(way.rest);
        }
        let beating = beat(claim.clone(), token.clone(), way.beat);
        Ok(Self { _of_system: file, claim, token, beating })
    }

    /// Whether it is still held.
    pub fn is_held(&self) -> bool {
        fs::read(&self.claim).is_ok_and(|said| said.starts_with(self.token.as_bytes()))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        if let Some((stop, beating)) = self.beating.take() {
            drop(stop);
            // It has no outcome.
            let _ = beating.join();
        }
        if self.is_held() {
            remove(&self.claim);
        }
    }
}

/// Locks a file as the operating system does; whether it could. Some shares have no such locks.
fn locked(file: &File, waiting: &mut dyn FnMut()) -> bool {
    match file.try_lock() {
        Ok(()) => true,
        Err(fs::TryLockError::WouldBlock) => {
            waiting();
            file.lock().is_ok()
        }
        Err(fs::TryLockError::Error(_)) => false,
    }
}

/// Takes away what nobody holds any more. It is moved aside and looked at again: somebody else may have
/// taken it away and written a new one in between, which goes back to its place.
fn take_over(folder: &Path, claim: &Path, seen: &[u8]) {
    let aside = folder.join(format!("{WRITING}.{:016x}{}", random(), super::files::UNFINISHED));
    if rename(claim, &aside).is_err() {
        return;
    }
    if fs::read(&aside).is_ok_and(|said| said != seen) {
        let _ = rename(&aside, claim);
    } else {
        remove(&aside);
    }
}

/// Raises the number in the claim from time to time, as long as it is one's own.
fn beat(claim: PathBuf, token: String, every: Duration) -> Option<(Sender<()>, JoinHandle<()>)> {
    let (stop, stopped) = channel();
    let run = move || {
        let mut number = 0u64;
        while stopped.recv_timeout(every) == Err(RecvTimeoutError::Timeout) {
            number += 1;
            let is_own = fs::read(&claim).is_ok_and(|said| said.starts_with(token.as_bytes()));
            if !is_own {
                return;
            }
            // As long as the last one, and written over it: nobody reads half of it.
            let file = File::options().write(true).open(&claim);
            let _ = file.and_then(|mut file| file.write_all(said(&token, number).as_bytes()));
        }
    };
    let beating = std::thread::Builder::new().spawn(run).ok()?;
    Some((stop, beating))
}

fn said(token: &str, number: u64) -> String {
    format!("{token} {number:010}\n")
}

/// What tells this writer from all others; it begins with the machine.
fn token() -> String {
    let machine = machine().unwrap_or_else(|| "?".to_owned());
    format!("{machine} {} {:016x}", std::process::id(), random())
}

/// A number that differs from writer to writer.
fn random() -> u64 {
    RandomState::new().build_hasher().finish()
}

/// What tells this machine, as it runs since it was started, from others; `None` where nothing does.
fn machine() -> Option<String> {
    let boot = fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
    Some(boot.trim().to_owned()).filter(|boot| !boot.is_empty())
}
