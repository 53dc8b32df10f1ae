//! The one way by which files come in and go out.
//!
//! A name is what a person would write: a path from where she stands, or that of something dropped
//! on a page. `-` is the text that came without a name.

use std::collections::{BTreeMap, HashSet};
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::base::{Error, Place, Problem, Result, Text, encoding};
use crate::text;

/// What a file is read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// It is read, and stays as it is: nothing may be written over it from then on.
    Input,
    /// What becomes of it takes its place.
    Change,
    /// Only to see what is there.
    Look,
}

/// What may be written over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// Nothing: what exists is left alone.
    Nothing,
    /// Anything but an input, and what was there is kept beside it.
    Others,
    /// A file that was read to be changed; it is kept beside its change.
    Original,
    /// What the program made itself and can make again.
    Own,
}

/// Files as a use case sees them. All errors name the file and say what to do.
pub trait Files: Send + Sync {
    /// The bytes of a file.
    ///
    /// # Errors
    /// If there is none, or it cannot be read.
    fn read(&self, name: &str, to: Use) -> Result<Vec<u8>>;

    /// Whether there is a file of this name.
    fn is_file(&self, name: &str) -> bool;

    /// Whether there is a folder of this name.
    fn is_folder(&self, name: &str) -> bool;

    /// All files below a folder, sorted; none if there is no such folder.
    fn below(&self, folder: &str) -> Vec<String>;

    /// Where a file of this name is or would be, from the root; the empty name is where one stands.
    /// Two names of one file have one such path.
    fn real(&self, name: &str) -> PathBuf;

    /// Whether a file may be written as far as can be told beforehand: for whoever writes several
    /// and wants all or none.
    ///
    /// # Errors
    /// If it is an input, exists and may not be replaced, or has no folder.
    fn may_write(&self, name: &str, over: Over) -> Result<()>;

    /// Writes a file, whole or not at all. The name under which what was there is kept is returned,
    /// where something is.
    ///
    /// # Errors
    /// As [`may_write`](Self::may_write), and if it cannot be written.
    fn write(&self, name: &str, bytes: &[u8], over: Over) -> Result<Option<String>>;

    /// Keeps other runs of the program from changing a file until what is returned is dropped: for whoever
    /// reads it, thinks, and writes it anew. Waits while another run has it.
    ///
    /// # Errors
    /// If the disk does not let anybody have it.
    fn hold(&self, _name: &str) -> Result<Box<dyn Send>> {
        Ok(Box::new(()))
    }

    /// Makes a folder, with those above it.
    ///
    /// # Errors
    /// If it cannot be made.
    fn make_folder(&self, name: &str) -> Result<()>;
}

/// `error` with the name of the file that it is about, where no place is known.
#[must_use]
pub fn placed(error: Error, name: &str) -> Error {
    error.map(|problem| in_file(problem, name))
}

/// `problem` with the name of the file that it is about, where no place is known.
#[must_use]
pub fn in_file(problem: Problem, name: &str) -> Problem {
    if problem.at.is_some() { problem } else { problem.at(Place::File(name.into())) }
}

/// The text of a file, decoded.
///
/// # Errors
/// If it cannot be read or is no text.
pub fn read_text(files: &dyn Files, name: &str, to: Use) -> Result<String> {
    let bytes = files.read(name, to)?;
    Ok(encoding::decode(&bytes).map_err(|e| placed(e, name))?.text)
}

/// Writes a file and gives the sentence that says so.
///
/// # Errors
/// See [`Files::write`].
pub fn written(files: &dyn Files, name: &str, bytes: &[u8], over: Over) -> Result<Text> {
    Ok(match files.write(name, bytes, over)? {
        Some(kept) => {
            text!("已写出 {name}；原来的留在 {kept}", "wrote {name}; what was there is kept in {kept}")
        }
        None => text!("已写出 {name}", "wrote {name}"),
    })
}

/// Two outputs that are one file, of which the second would replace the first.
///
/// # Errors
/// If there are such.
pub(super) fn all_different(files: &dyn Files, names: &[&str]) -> Result<()> {
    let Some(name) = twice(files, names.iter().copied()) else { return Ok(()) };
    Err(Problem::new(text!(
        "{name} 要写两样东西，只放得下一样",
        "two outputs are to go into {name}, which holds one"
    ))
    .help(Text::fixed("其中一个换个名字", "give one of them another name"))
    .into())
}

/// The first name of a file that was named before.
pub(super) fn twice<'n>(files: &dyn Files, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let mut seen = HashSet::new();
    names.into_iter().find(|name| *name != "-" && !seen.insert(files.real(name)))
}

/// Why what exists was left alone.
#[must_use]
pub fn exists(name: &str) -> Problem {
    Problem::new(text!("{name} 已经存在，没有覆盖", "{name} exists; it was not overwritten")).help(
        Text::fixed("换一个名字，或加 --force 覆盖", "choose another name, or add --force to overwrite"),
    )
}

/// Why an input was not written over; `input` is the name by which it was read.
#[must_use]
pub fn is_input(name: &str, input: &str) -> Problem {
    let what = match input {
        "-" => text!(
            "{name} 是从标准输入读进来的文件，没有覆盖",
            "{name} is the file that was read from standard input; it was not overwritten"
        ),
        _ if input == name => {
            text!(
                "{name} 是这次要读的文件，没有覆盖",
                "{name} is an input of this run; it was not overwritten"
            )
        }
        _ => text!(
            "{name} 就是这次要读的 {input}，没有覆盖",
            "{name} is {input}, an input of this run; it was not overwritten"
        ),
    };
    Problem::new(what).help(Text::fixed(
        "换一个名字；读进来的文件，加 --force 也不覆盖",
        "choose another name; --force does not overwrite an input either",
    ))
}

/// The first name of the kind `甲.bak`, `甲.bak2` that will do: one that is free, or holds these very bytes
/// already, as after a run that was ended between the backup and the change.
#[must_use]
pub fn backup_name(name: &str, will_do: impl Fn(&str) -> bool) -> String {
    let mut n = 1;
    loop {
        let kept = if n == 1 { format!("{name}.bak") } else { format!("{name}.bak{n}") };
        if will_do(&kept) {
            return kept;
        }
        n += 1;
    }
}

impl Over {
    /// Whether `old` is kept beside when `new` takes its place.
    pub(crate) fn keeps(self, old: &[u8], new: &[u8]) -> bool {
        match self {
            Self::Nothing | Self::Own => false,
            Self::Others => old != new && !is_report(old),
            Self::Original => true,
        }
    }
}

/// Whether these are the bytes of a report for machines, which nobody goes on with and which is made
/// again at any time.
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

/// Files that are all in memory: what was dropped on a page, or what a test made up. Names are paths
/// from one root; a folder is there if something is in it.
#[derive(Debug, Default)]
pub struct InMemory {
    files: Mutex<BTreeMap<PathBuf, Vec<u8>>>,
    inputs: Mutex<Vec<String>>,
}

impl InMemory {
    /// These files, each a name with its bytes.
    #[must_use]
    pub fn of(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        let files = files.into_iter().map(|(name, bytes)| (root(&name), bytes)).collect();
        Self { files: Mutex::new(files), inputs: Mutex::default() }
    }

    /// Puts a file there, or another in its place, from outside of any run: what was read before is an
    /// input no more.
    pub fn put(&self, name: &str, bytes: &[u8]) {
        self.all().insert(root(name), bytes.to_owned());
        self.inputs.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn all(&self) -> MutexGuard<'_, BTreeMap<PathBuf, Vec<u8>>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The path from the root that a name means.
fn root(name: &str) -> PathBuf {
    let mut path = PathBuf::from("/");
    for part in Path::new(name).components() {
        match part {
            Component::ParentDir => drop(path.pop()),
            Component::Normal(part) => path.push(part),
            _ => {}
        }
    }
    path
}

impl Files for InMemory {
    fn read(&self, name: &str, to: Use) -> Result<Vec<u8>> {
        let bytes = self.all().get(&root(name)).cloned().ok_or_else(|| {
            Problem::new(Text::fixed("读不了，没有这个文件", "cannot be read: no such file"))
                .at(Place::File(name.into()))
        })?;
        if to == Use::Input {
            self.inputs.lock().unwrap_or_else(PoisonError::into_inner).push(name.to_owned());
        }
        Ok(bytes)
    }

    fn is_file(&self, name: &str) -> bool {
        self.all().contains_key(&root(name))
    }

    fn is_folder(&self, name: &str) -> bool {
        let folder = root(name);
        self.all().keys().any(|path| *path != folder && path.starts_with(&folder))
    }

    fn below(&self, folder: &str) -> Vec<String> {
        let real = root(folder);
        let below = |path: &PathBuf| Some(Path::new(folder).join(path.strip_prefix(&real).ok()?));
        self.all().keys().filter_map(below).map(|path| path.to_string_lossy().into_owned()).collect()
    }

    fn real(&self, name: &str) -> PathBuf {
        root(name)
    }

    fn may_write(&self, name: &str, over: Over) -> Result<()> {
        let inputs = self.inputs.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(input) = inputs.iter().find(|input| root(input) == root(name)) {
            return Err(is_input(name, input).into());
        }
        if over == Over::Nothing && self.is_file(name) { Err(exists(name).into()) } else { Ok(()) }
    }

    fn write(&self, name: &str, bytes: &[u8], over: Over) -> Result<Option<String>> {
        self.may_write(name, over)?;
        let old = self.all().get(&root(name)).cloned();
        let old = old.filter(|old| over.keeps(old, bytes));
        let kept = old.map(|old| {
            let kept =
                backup_name(name, |name| self.all().get(&root(name)).is_none_or(|there| *there == old));
            self.all().insert(root(&kept), old);
            kept
        });
        self.all().insert(root(name), bytes.to_owned());
        Ok(kept)
    }

    fn make_folder(&self, _: &str) -> Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Files, InMemory, Over, Use};

    #[test]
    fn what_is_read_is_not_written_over_and_what_is_replaced_is_kept() {
        let files = InMemory::of([("稿/甲.txt".to_owned(), b"old".to_vec())]);
        assert!(files.write("稿/甲.txt", b"new", Over::Nothing).is_err());
        assert_eq!(files.write("稿/甲.txt", b"new", Over::Others).unwrap().as_deref(), Some("稿/甲.txt.bak"));
        assert_eq!(files.write("./稿/甲.txt", b"newer", Over::Own).unwrap(), None);
        assert_eq!(files.read("稿/../稿/甲.txt", Use::Input).unwrap(), b"newer");
        assert!(files.write("稿/甲.txt", b"", Over::Own).is_err());
        assert_eq!(files.below("稿"), ["稿/甲.txt", "稿/甲.txt.bak"]);
    }

    #[test]
    fn what_is_kept_already_is_not_kept_twice() {
        let files = InMemory::of([("甲.txt".to_owned(), b"old".to_vec())]);
        files.put("甲.txt.bak", b"hers");
        files.put("甲.txt.bak2", b"old");
        assert_eq!(files.write("甲.txt", b"new", Over::Others).unwrap().as_deref(), Some("甲.txt.bak2"));
        assert_eq!(files.write("甲.txt", b"newer", Over::Others).unwrap().as_deref(), Some("甲.txt.bak3"));
        assert_eq!(files.read("甲.txt.bak", Use::Look).unwrap(), b"hers");
    }
}
