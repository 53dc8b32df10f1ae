//! Papers within other files: 包.zip/讲话.docx is the paper 讲话.docx in the archive 包.zip, and
//! 来信.eml/附件.docx what came with a mail.
//!
//! [`unfold`] names them, and [`Bundles`] reads them by these names, so that no use case has to know.

use std::cell::OnceCell;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use super::files::{Files, Over, Use};
use crate::base::{Problem, Result};
use crate::read::bundle::{self, Bundle, Contents, DEEPEST, MOST};

/// Bytes that bundles within a bundle may have together.
const INNER: usize = 256 << 20;

/// What a file stands for: its papers by their names, itself among them unless it is a mere archive;
/// and what kept others from being read.
#[must_use]
pub fn unfold(name: &str, bytes: &[u8]) -> (Vec<String>, Vec<(String, Problem)>) {
    let mut unfolded = Unfolded { papers: Vec::new(), problems: Vec::new(), left: INNER };
    unfolded.open(name, bytes, 0);
    (unfolded.papers, unfolded.problems)
}

struct Unfolded {
    papers: Vec<String>,
    problems: Vec<(String, Problem)>,
    left: usize,
}

impl Unfolded {
    fn open(&mut self, name: &str, bytes: &[u8], depth: usize) {
        let contents = bundle::contents(bytes);
        // A mail is a paper besides what came with it, whatever it is called.
        if contents.is_none() || !bundle::is_mere(name) || !bundle::is_archive(bytes) {
            self.papers.push(name.to_owned());
        }
        let Some(Contents { papers, problems }) = contents else { return };
        let opened = OnceCell::new();
        self.problems.extend(problems.into_iter().map(|problem| (name.to_owned(), problem)));
        for paper in papers {
            if self.papers.len() >= MOST {
                self.problems.push((name.to_owned(), bundle::too_many()));
                return;
            }
            let within = format!("{name}/{paper}");
            if !bundle::is_bundle(&paper) {
                self.papers.push(within);
                continue;
            }
            if depth + 1 >= DEEPEST || self.left == 0 {
                self.problems.push((within, bundle::too_deep()));
                continue;
            }
            match opened.get_or_init(|| Bundle::open(bytes)).member(&paper) {
                Ok(inner) => {
                    self.left = self.left.saturating_sub(inner.len());
                    self.open(&within, &inner, depth + 1);
                }
                Err(error) => {
                    let told = error.problems().iter().cloned();
                    self.problems.extend(told.map(|problem| (within.clone(), problem)));
                }
            }
        }
    }
}

/// A bundle that may be kept.
type Opened = Bundle<Arc<[u8]>>;

/// Files among which papers within others are read as if they lay in a folder.
pub struct Bundles {
    below: Arc<dyn Files>,
    /// The bundle that was opened last, behind those that it lies in, each by its name: papers of one are asked for
    /// one after the other.
    last: Mutex<Vec<(String, Arc<Opened>)>>,
}

impl Bundles {
    /// Over these files.
    #[must_use]
    pub fn over(below: Arc<dyn Files>) -> Self {
        Self { below, last: Mutex::default() }
    }

    /// The file below in which a paper of this name lies, and its name there.
    fn part<'n>(&self, name: &'n str) -> Option<(&'n str, &'n str)> {
        let (outer, inner) = ways(name).find(|(outer, _)| self.below.is_file(outer))?;
        (!self.below.is_file(name)).then_some((outer, inner))
    }

    /// A bundle opened, and kept until one is asked for that does not lie in it.
    fn bundle(&self, name: &str, read: impl FnOnce() -> Result<Vec<u8>>) -> Result<Arc<Opened>> {
        let kept = || self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, opened)) = kept().iter().find(|(known, _)| known == name) {
            return Ok(Arc::clone(opened));
        }
        let opened = Arc::new(Bundle::open(read()?.into()));
        let mut last = kept();
        last.retain(|(known, _)| name.strip_prefix(&**known).is_some_and(|rest| rest.starts_with('/')));
        last.push((name.to_owned(), Arc::clone(&opened)));
        Ok(opened)
    }

    fn within(&self, opened: &Opened, name: &str, above: &str, depth: usize) -> Result<Vec<u8>> {
        let found = opened.member(name);
        if found.is_ok() || depth + 1 >= DEEPEST {
            return found;
        }
        for (outer, inner) in ways(name) {
            let path = format!("{above}/{outer}");
            if let Ok(inside) = self.bundle(&path, || opened.member(outer)) {
                return self.within(&inside, inner, &path, depth + 1);
            }
        }
        found
    }
}

/// The ways to take a name for that of a paper within another file: the file's and its own.
pub fn ways(name: &str) -> impl Iterator<Item = (&str, &str)> {
    name.match_indices(['/', '\\'])
        .map(|(at, _)| (&name[..at], &name[at + 1..]))
        .filter(|(outer, _)| bundle::is_bundle(outer))
}

impl Files for Bundles {
    fn read(&self, name: &str, to: Use) -> Result<Vec<u8>> {
        let Some((outer, inner)) = self.part(name) else { return self.below.read(name, to) };
        let opened = self.bundle(outer, || self.below.read(outer, to))?;
        self.within(&opened, inner, outer, 0)
    }

    fn is_file(&self, name: &str) -> bool {
        self.below.is_file(name)
    }

    fn is_folder(&self, name: &str) -> bool {
        self.below.is_folder(name)
    }

    fn below(&self, folder: &str) -> Vec<String> {
        self.below.below(folder)
    }

    fn real(&self, name: &str) -> PathBuf {
        self.below.real(name)
    }

    fn may_write(&self, name: &str, over: Over) -> Result<()> {
        self.below.may_write(name, over)
    }

    fn write(&self, name: &str, bytes: &[u8], over: Over) -> Result<Option<String>> {
        self.below.write(name, bytes, over)
    }

    fn hold(&self, name: &str) -> Result<Box<dyn Send>> {
        self.below.hold(name)
    }

    fn make_folder(&self, name: &str) -> Result<()> {
        self.below.make_folder(name)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Bundles, unfold};
    use crate::app::{Files, InMemory, Use};
    use crate::office::tests::zip;

    #[test]
    fn papers_of_an_archive_are_read_by_names_that_begin_with_its_own() {
        let inner = zip(&[("三/丙.txt", "丙镇总结。".as_bytes())]);
        let pack = zip(&[
            ("甲.txt", "甲镇总结。".as_bytes()),
            ("二/乙.md", "乙镇总结。".as_bytes()),
            ("二/里层.zip", &inner),
            ("__MACOSX/甲.txt", b"x"),
            ("~$甲.docx", b"x"),
            ("照片.jpg", b"x"),
        ]);
        let (names, problems) = unfold("收/包.zip", &pack);
        assert_eq!(names, ["收/包.zip/二/乙.md", "收/包.zip/二/里层.zip/三/丙.txt", "收/包.zip/甲.txt"]);
        assert!(problems.is_empty(), "{problems:?}");
        let files = Bundles::over(Arc::new(InMemory::of([("收/包.zip".to_owned(), pack)])));
        let read = |name: &str| files.read(name, Use::Input).map(|bytes| String::from_utf8(bytes).unwrap());
        for (name, text) in names.iter().zip(["乙镇总结。", "丙镇总结。", "甲镇总结。"]) {
            assert_eq!(read(name).unwrap(), text);
        }
        let kept = |files: &Bundles| {
            files.last.lock().unwrap().iter().map(|(name, _)| name.clone()).collect::<Vec<_>>()
        };
        assert_eq!(
            kept(&files),
            ["收/包.zip", "收/包.zip/二/里层.zip"],
            "neither is opened anew for the next"
        );
        assert!(read("收/包.zip/丁.txt").is_err() && read("收/没有.zip/甲.txt").is_err());
    }

    #[test]
    fn archives_within_archives_end_somewhere() {
        let mut pack = zip(&[("甲.txt", "甲。".as_bytes())]);
        for _ in 0..6 {
            pack = zip(&[("里.zip", &pack)]);
        }
        let (names, problems) = unfold("包.zip", &pack);
        assert!(names.is_empty() && problems.len() == 1, "{names:?} {problems:?}");
        assert_eq!(problems[0].0, "包.zip/里.zip/里.zip/里.zip");
    }
}
