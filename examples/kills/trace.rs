//! What a run asked of the file system, as strace tells it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// One call that has returned.
#[derive(Debug, Clone)]
pub struct Call {
    /// Its name, such as `renameat`.
    pub name: String,
    /// Which of the calls of this name by its thread it was, from 1: how strace counts when it is told to
    /// disturb one.
    pub number: usize,
    /// What stands between its brackets, with all bytes of strings and paths as `\xNN`.
    arguments: String,
    /// What came back; negative or `?` for failure.
    pub outcome: i64,
}

/// A string or a path of the arguments, with its bytes as they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// In quotation marks.
    Words(Vec<u8>),
    /// In angle brackets, behind a descriptor.
    Behind(Vec<u8>),
}

impl Call {
    /// The strings and paths of the arguments, in order.
    pub fn said(&self) -> Vec<Said> {
        let mut found = Vec::new();
        let mut rest = &*self.arguments;
        while let Some(at) = rest.find(['"', '<']) {
            let quoted = rest[at..].starts_with('"');
            let inside = &rest[at + 1..];
            let Some(end) = inside.find(if quoted { '"' } else { '>' }) else { break };
            let bytes = plain(&inside[..end]);
            found.push(if quoted { Said::Words(bytes) } else { Said::Behind(bytes) });
            rest = &inside[end + 1..];
        }
        found
    }

    /// The files that it names, seen from the folder in which the program runs: each a path from the root. A
    /// descriptor counts where no name follows it.
    pub fn paths(&self, here: &Path) -> Vec<PathBuf> {
        let said = self.said();
        let path = |bytes: &[u8]| PathBuf::from(String::from_utf8_lossy(bytes).into_owned());
        let mut paths = Vec::new();
        let mut at = 0;
        // What is read or written is no name.
        let takes_bytes = ["read", "write", "pread64", "pwrite64", "getdents64"].contains(&&*self.name);
        while at < said.len() {
            match (&said[at], said.get(at + 1)) {
                (Said::Behind(_), Some(Said::Words(name))) if !takes_bytes && name.starts_with(b"/") => {
                    paths.push(path(name));
                    at += 1;
                }
                (Said::Behind(folder), Some(Said::Words(name))) if !takes_bytes && !name.is_empty() => {
                    paths.push(path(folder).join(path(name)));
                    at += 1;
                }
                (Said::Behind(file), _) => paths.push(path(file)),
                (Said::Words(name), _) if !takes_bytes => paths.push(path(name)),
                (Said::Words(_), _) => {}
            }
            at += 1;
        }
        let plain = |path: PathBuf| here.join(path).components().filter(|c| c.as_os_str() != ".").collect();
        paths.into_iter().filter(|path| !path.as_os_str().is_empty()).map(plain).collect()
    }

    /// Whether it names a file below this folder, in which the program runs, or the folder.
    pub fn touches(&self, folder: &Path) -> bool {
        self.paths(folder).iter().any(|path| path.starts_with(folder))
    }

    /// Whether a flag of this name is among its arguments.
    pub fn has(&self, flag: &str) -> bool {
        self.arguments.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').any(|word| word == flag)
    }

    /// The bytes that it writes.
    pub fn bytes(&self) -> Vec<u8> {
        let words = self.said().into_iter().find_map(|said| match said {
            Said::Words(bytes) => Some(bytes),
            Said::Behind(_) => None,
        });
        words.unwrap_or_default()
    }

    /// The last number among its arguments.
    pub fn last_number(&self) -> usize {
        let last = self.arguments.rsplit([',', ' ']).next().unwrap_or_default();
        last.parse().unwrap_or(0)
    }
}

/// `\x2f\x74` and `\60` as bytes.
fn plain(shown: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(shown.len() / 4);
    let mut rest = shown;
    while let Some(first) = rest.chars().next() {
        let hex = rest.strip_prefix("\\x").and_then(|hex| hex.get(..2));
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &rest[4..];
            }
            None => {
                bytes.extend_from_slice(&rest.as_bytes()[..first.len_utf8()]);
                rest = &rest[first.len_utf8()..];
            }
        }
    }
    bytes
}

/// The calls of a log, in the order in which they returned.
pub fn calls(log: &str) -> Vec<Call> {
    let mut begun: Vec<(String, Call)> = Vec::new();
    let mut numbers = std::collections::HashMap::new();
    let mut all = Vec::new();
    for line in log.lines() {
        let Some((pid, rest)) = line.split_once(' ') else { continue };
        let rest = rest.trim_start();
        if let Some(resumed) = rest.strip_prefix("<... ") {
            let at = begun.iter().position(|(of, call)| of == pid && resumed.starts_with(&*call.name));
            if let Some(at) = at {
                let (_, mut call) = begun.remove(at);
                let tail = resumed.split_once('>').map_or("", |(_, tail)| tail);
                let (more, outcome) = tail.rsplit_once(" = ").unwrap_or((tail, "-1"));
                call.arguments.push_str(more.trim_end().strip_suffix(')').unwrap_or(more));
                call.outcome = number(outcome);
                all.push(call);
            }
            continue;
        }
        let Some((name, tail)) = rest.split_once('(') else { continue };
        if !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
            continue;
        }
        let count = numbers.entry((pid.to_owned(), name.to_owned())).or_insert(0);
        *count += 1;
        let mut call = Call { name: name.to_owned(), number: *count, arguments: String::new(), outcome: -1 };
        if let Some((arguments, _)) = tail.split_once(" <unfinished ...>") {
            arguments.clone_into(&mut call.arguments);
            begun.push((pid.to_owned(), call));
        } else if let Some((arguments, outcome)) = tail.rsplit_once(" = ") {
            let arguments = arguments.trim_end();
            arguments.strip_suffix(')').unwrap_or(arguments).clone_into(&mut call.arguments);
            call.outcome = number(outcome);
            all.push(call);
        }
    }
    all
}

/// `3</tmp/a>` and `-1 ENOENT (…)` as numbers.
fn number(outcome: &str) -> i64 {
    let end = outcome.find(|c: char| !c.is_ascii_digit() && c != '-').unwrap_or(outcome.len());
    outcome[..end].parse().unwrap_or(-1)
}

/// Whether strace is there, may look at other processes, and can disturb them.
pub fn works() -> bool {
    let disturb = ["-e", "trace=fsync", "-e", "inject=fsync:signal=KILL:when=9"];
    let mut strace = Command::new("strace");
    strace.args(["-f", "-qq", "-o", "/dev/null"]).args(disturb).arg("true");
    strace.stdout(Stdio::null()).stderr(Stdio::null());
    strace.status().is_ok_and(|status| status.success())
}
