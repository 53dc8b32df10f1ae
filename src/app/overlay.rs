//! Files that are only read, with texts laid over them: what an editor has open, what an assistant
//! hands over.
//!
//! A text in memory counts in the place of the file of its name, and what is written nowhere cannot be
//! overwritten, so inputs need no memory of them either. Where somebody else than the person chooses
//! what is read, it is kept to the files and folders that she named.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::files::{Files, Over, Use};
use crate::base::{Place, Problem, Result, Text};

/// Files below, texts above. See the module.
pub struct Overlay {
    below: Arc<dyn Files>,
    /// The texts by the place where a file of their name is or would be.
    texts: Mutex<BTreeMap<PathBuf, Vec<u8>>>,
    /// What alone may be read of the files below, as paths from the root; `None` if all may.
    within: Option<Vec<PathBuf>>,
}

impl Overlay {
    /// Over all files.
    #[must_use]
    pub fn over(below: Arc<dyn Files>) -> Self {
        Self { below, texts: Mutex::default(), within: None }
    }

    /// Over these files and what is in these folders; others are as if they were not there.
    #[must_use]
    pub fn within(below: Arc<dyn Files>, named: &[String]) -> Self {
        let within = Some(named.iter().map(|name| below.real(name)).collect());
        Self { below, texts: Mutex::default(), within }
    }

    /// Lays a text over the file of this name, be there one or not.
    pub fn put(&self, name: &str, text: &str) {
        let real = self.below.real(name);
        self.texts().insert(real, text.as_bytes().to_owned());
    }

    /// Takes away what was laid over the file of this name.
    pub fn take(&self, name: &str) {
        let real = self.below.real(name);
        self.texts().remove(&real);
    }

    /// Takes away all that was laid over files.
    pub fn clear(&self) {
        self.texts().clear();
    }

    fn texts(&self) -> MutexGuard<'_, BTreeMap<PathBuf, Vec<u8>>> {
        self.texts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the file or folder below may be looked at.
    fn is_open(&self, name: &str) -> bool {
        self.within.as_ref().is_none_or(|within| {
            let real = self.below.real(name);
            within.iter().any(|named| real.starts_with(named))
        })
    }

    fn closed(name: &str) -> Problem {
        Problem::new(Text::fixed(
            "不在可以读的文件之内，没有读",
            "not among what may be read; it was not read",
        ))
        .help(Text::fixed(
            "启动时在 wengao mcp 后面写上这个文件或它的文件夹；或把文字直接传过来",
            "name the file or its folder after `wengao mcp` when it is started; or hand the text over",
        ))
        .at(Place::File(name.into()))
    }

    fn read_only() -> Problem {
        Problem::new(Text::fixed("这里只读不写", "nothing is written here"))
    }
}

impl Files for Overlay {
    fn read(&self, name: &str, _: Use) -> Result<Vec<u8>> {
        if let Some(text) = self.texts().get(&self.below.real(name)) {
            return Ok(text.clone());
        }
        // The unnamed text is the door's own stream.
        if name == "-" || !self.is_open(name) {
            return Err(Self::closed(name).into());
        }
        self.below.read(name, Use::Look)
    }

    fn is_file(&self, name: &str) -> bool {
        self.texts().contains_key(&self.below.real(name)) || self.is_open(name) && self.below.is_file(name)
    }

    fn is_folder(&self, name: &str) -> bool {
        self.is_open(name) && self.below.is_folder(name)
    }

    fn below(&self, folder: &str) -> Vec<String> {
        if self.is_open(folder) { self.below.below(folder) } else { Vec::new() }
    }

    fn real(&self, name: &str) -> PathBuf {
        self.below.real(name)
    }

    fn may_write(&self, _: &str, _: Over) -> Result<()> {
        Err(Self::read_only().into())
    }

    fn write(&self, _: &str, _: &[u8], _: Over) -> Result<Option<String>> {
        Err(Self::read_only().into())
    }

    fn make_folder(&self, _: &str) -> Result<()> {
        Err(Self::read_only().into())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::Overlay;
    use crate::app::{Files, InMemory, Over, Use};

    fn files() -> Arc<InMemory> {
        Arc::new(InMemory::of([
            ("稿/甲.txt".to_owned(), b"old".to_vec()),
            ("私/乙.txt".to_owned(), b"secret".to_vec()),
        ]))
    }

    #[test]
    fn a_text_counts_in_the_place_of_its_file_and_nothing_is_written() {
        let overlay = Overlay::over(files());
        overlay.put("./稿/甲.txt", "new");
        assert_eq!(overlay.read("稿/甲.txt", Use::Input).unwrap(), b"new");
        overlay.take("稿/甲.txt");
        assert_eq!(overlay.read("稿/甲.txt", Use::Input).unwrap(), b"old");
        assert!(overlay.write("稿/丙.txt", b"", Over::Own).is_err());
        assert!(overlay.read("-", Use::Input).is_err());
    }

    #[test]
    fn what_was_not_named_is_as_if_it_were_not_there_by_any_way_to_it() {
        let overlay = Overlay::within(files(), &["稿".to_owned()]);
        assert_eq!(overlay.read("稿/甲.txt", Use::Input).unwrap(), b"old");
        for name in ["私/乙.txt", "稿/../私/乙.txt", "/私/乙.txt"] {
            assert!(overlay.read(name, Use::Input).is_err() && !overlay.is_file(name), "{name}");
        }
        assert!(overlay.below("私").is_empty() && !overlay.is_folder("私"));
        overlay.put("私/乙.txt", "mine");
        assert_eq!(overlay.read("私/乙.txt", Use::Input).unwrap(), b"mine");
    }
}
