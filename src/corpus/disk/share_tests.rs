//! The corpus on a share: files that go between two steps, handles that go stale, locks that hold nobody up.

#![expect(clippy::disallowed_methods, reason = "a test swaps files")]

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tempfile::TempDir;

use super::lock::Way;
use super::reach::{Disk, Reach, ReadAt};
use super::{Outcome, Prepared, Writer, open, open_on};
use crate::base::ErrorKind;
use crate::corpus::{DocumentId, Entry, PostingStore};

/// What happens to a file before it is opened.
type Step = dyn Fn(&Path) -> io::Result<()> + Send + Sync;

/// A folder behind a share: what `step` makes of each file before it is opened.
struct Share {
    step: Box<Step>,
    /// Whether files that are open are forgotten.
    forgets: Arc<AtomicBool>,
    rests: AtomicUsize,
    /// What happens while the reader rests.
    resting: Box<dyn Fn() + Send + Sync>,
}

impl std::fmt::Debug for Share {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Share")
    }
}

impl Share {
    fn new(step: impl Fn(&Path) -> io::Result<()> + Send + Sync + 'static) -> Self {
        Self {
            step: Box::new(step),
            forgets: Arc::default(),
            rests: AtomicUsize::new(0),
            resting: Box::new(|| ()),
        }
    }
}

#[derive(Debug)]
struct Handle {
    file: Box<dyn ReadAt>,
    forgotten: Arc<AtomicBool>,
}

fn stale() -> io::Error {
    io::ErrorKind::StaleNetworkFileHandle.into()
}

impl ReadAt for Handle {
    fn read_at(&self, into: &mut [u8], at: u64) -> io::Result<()> {
        if self.forgotten.load(Ordering::Relaxed) { Err(stale()) } else { self.file.read_at(into, at) }
    }
}

impl Reach for Share {
    fn whole(&self, path: &Path) -> io::Result<Vec<u8>> {
        (self.step)(path)?;
        Disk.whole(path)
    }

    fn open(&self, path: &Path) -> io::Result<(Box<dyn ReadAt>, u64)> {
        (self.step)(path)?;
        let (file, len) = Disk.open(path)?;
        Ok((Box::new(Handle { file, forgotten: Arc::clone(&self.forgets) }), len))
    }

    fn rest(&self, _turn: u32) {
        self.rests.fetch_add(1, Ordering::Relaxed);
        (self.resting)();
    }
}

fn text(n: u64) -> String {
    format!("第{n}村把旧磨盘铺成晒谷场边的步道，{n}户人家轮流守夜，渠长打钟放水{n}回，大家都说好。")
}

fn add(folder: &Path, numbers: std::ops::Range<u64>) {
    let mut writer = Writer::open(folder, &mut || ()).unwrap();
    let batch =
        numbers.map(|n| Prepared::new(Entry { name: format!("{n}.txt"), ..Entry::default() }, text(n)));
    assert!(writer.add(batch.collect(), false).unwrap().iter().all(|o| matches!(o, Outcome::Added(_))));
    writer.commit().unwrap();
}

fn compact(folder: &Path) {
    assert!(Writer::open(folder, &mut || ()).unwrap().compact(&mut |_, _| ()).unwrap());
}

fn segments(folder: &Path) -> Vec<PathBuf> {
    let all = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path());
    all.filter(|p| p.extension().is_some_and(|e| e == "segment")).collect()
}

fn is_segment(path: &Path) -> bool {
    path.extension().is_some_and(|e| e == "segment")
}

fn all_texts(corpus: &dyn PostingStore) -> crate::base::Result<Vec<String>> {
    let ids: Vec<DocumentId> = corpus.ids().collect();
    ids.into_iter().map(|id| corpus.text(id)).collect()
}

#[test]
fn a_segment_that_was_replaced_between_the_manifest_and_the_opening_is_looked_for_again() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().to_owned();
    add(&path, 0..3);
    add(&path, 3..5);
    // Whoever has read the manifest finds the folder tightened when she opens the first segment.
    let (here, done) = (path.clone(), AtomicBool::new(false));
    let share = Arc::new(Share::new(move |file| {
        if is_segment(file) && !done.swap(true, Ordering::Relaxed) {
            compact(&here);
        }
        Ok(())
    }));
    let reach: Arc<dyn Reach> = share.clone();
    let corpus = open_on(&reach, &path).unwrap();
    assert_eq!((corpus.figures().segments, corpus.figures().documents), (1, 5));
    assert_eq!(all_texts(&corpus).unwrap(), (0..5).map(text).collect::<Vec<_>>());
}

#[test]
fn a_share_that_shows_the_old_manifest_for_a_while_is_waited_for() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().to_owned();
    add(&path, 0..3);
    add(&path, 3..5);
    let old = fs::read(path.join("manifest")).unwrap();
    compact(&path);
    // The share still shows the old manifest, whose segments are gone; it comes round while one rests.
    let new = fs::read(path.join("manifest")).unwrap();
    fs::write(path.join("manifest"), &old).unwrap();
    let mut share = Share::new(|_| Ok(()));
    let (here, turns) = (path.clone(), AtomicUsize::new(0));
    share.resting = Box::new(move || {
        if turns.fetch_add(1, Ordering::Relaxed) == 2 {
            fs::write(here.join("manifest"), &new).unwrap();
        }
    });
    let share = Arc::new(share);
    let reach: Arc<dyn Reach> = share.clone();
    assert_eq!(open_on(&reach, &path).unwrap().figures().documents, 5);
    assert_eq!(share.rests.load(Ordering::Relaxed), 3);
}

#[test]
fn a_manifest_that_is_missing_for_the_moment_of_its_replacement_is_waited_for() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().to_owned();
    add(&path, 0..2);
    let times = AtomicUsize::new(0);
    for error in [io::ErrorKind::NotFound, io::ErrorKind::StaleNetworkFileHandle] {
        times.store(0, Ordering::Relaxed);
        let times = Arc::new(AtomicUsize::new(0));
        let reach: Arc<dyn Reach> = Arc::new(Share::new(move |file| {
            let is_first = file.ends_with("manifest") && times.fetch_add(1, Ordering::Relaxed) < 3;
            if is_first { Err(error.into()) } else { Ok(()) }
        }));
        assert_eq!(open_on(&reach, &path).unwrap().figures().documents, 2);
    }
}

#[test]
fn a_segment_that_does_not_come_back_is_told_as_missing() {
    let folder = TempDir::new().unwrap();
    add(folder.path(), 0..2);
    let share = Arc::new(Share::new(|file| if is_segment(file) { Err(stale()) } else { Ok(()) }));
    let reach: Arc<dyn Reach> = share.clone();
    let error = open_on(&reach, folder.path()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Faulty);
    assert!(error.to_string().contains("the file is missing"), "{error}");
    assert!(share.rests.load(Ordering::Relaxed) > 1);
}

#[test]
fn a_handle_that_went_stale_is_opened_anew_and_a_file_that_is_gone_is_no_answer() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().to_owned();
    add(&path, 0..3);
    add(&path, 3..5);
    let share = Arc::new(Share::new(|_| Ok(())));
    let reach: Arc<dyn Reach> = share.clone();
    let corpus = open_on(&reach, &path).unwrap();
    // The server forgot the handles, but the files are there: a new handle of the same file would be
    // forgotten as well while the server is away, and is good when it is back.
    share.forgets.store(true, Ordering::Relaxed);
    assert_eq!(all_texts(&corpus).unwrap_err().kind(), ErrorKind::Changed);
    share.forgets.store(false, Ordering::Relaxed);
    assert_eq!(all_texts(&corpus).unwrap().len(), 5);
    // Now they were replaced by others.
    compact(&path);
    share.forgets.store(true, Ordering::Relaxed);
    let error = all_texts(&corpus).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Changed, "{error}");
    let found = corpus.lookup(&[1, 2, 3], &mut |_, _| ());
    assert_eq!(found.unwrap_err().kind(), ErrorKind::Changed);
    share.forgets.store(false, Ordering::Relaxed);
    assert_eq!(all_texts(&open_on(&reach, &path).unwrap()).unwrap().len(), 5);
}

#[test]
fn reading_leaves_a_folder_as_it_was() {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    add(path, 0..3);
    let state = || {
        let mut all: Vec<_> = fs::read_dir(path)
            .unwrap()
            .map(|e| e.unwrap())
            .map(|e| (e.file_name(), e.metadata().unwrap().modified().unwrap()))
            .collect();
        all.sort();
        all
    };
    let before = state();
    let mut rights = fs::metadata(path).unwrap().permissions();
    rights.set_readonly(true);
    fs::set_permissions(path, rights.clone()).unwrap();
    let corpus = open(path).unwrap();
    assert_eq!(all_texts(&corpus).unwrap().len(), 3);
    corpus.verify(&mut |_, _| ()).unwrap();
    assert_eq!((corpus.entries().unwrap().len(), corpus.figures().documents), (3, 3));
    assert_eq!(state(), before);
    #[expect(clippy::permissions_set_readonly_false, reason = "the folder of a test, which is swept away")]
    rights.set_readonly(false);
    fs::set_permissions(path, rights).unwrap();
}

/// A share whose locks hold nobody up, on which one waits only moments.
const SHARE: Way =
    Way { of_system: false, rest: Duration::from_millis(5), patience: 200, beat: Duration::from_millis(20) };

#[test]
fn where_locks_hold_nobody_up_writers_still_come_one_after_the_other() {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    let outcomes = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for who in 0..3u64 {
            let outcomes = &outcomes;
            scope.spawn(move || {
                for n in 0..4 {
                    let mut writer = Writer::open_by(path, SHARE, &mut || ()).unwrap();
                    let number = who * 100 + n;
                    let entry = Entry { name: format!("{number}.txt"), ..Entry::default() };
                    writer.add(vec![Prepared::new(entry, text(number))], false).unwrap();
                    writer.commit().unwrap();
                    outcomes.lock().unwrap().push(number);
                }
            });
        }
    });
    let corpus = open(path).unwrap();
    corpus.verify(&mut |_, _| ()).unwrap();
    assert_eq!(outcomes.into_inner().unwrap().len(), corpus.figures().documents as usize);
    assert!(!path.join("writing").exists());
}

#[test]
fn what_a_killed_writer_on_another_machine_left_is_taken_over_when_it_gives_no_sign() {
    let folder = TempDir::new().unwrap();
    add(folder.path(), 0..2);
    fs::write(folder.path().join("writing"), "another-machine 7 00 0000000003\n").unwrap();
    let waited = AtomicUsize::new(0);
    let way = Way { patience: 5, ..SHARE };
    let writer = Writer::open_by(folder.path(), way, &mut || {
        waited.fetch_add(1, Ordering::Relaxed);
    });
    assert_eq!((writer.unwrap().corpus().len(), waited.into_inner()), (2, 1));
    let left: Vec<String> = super::files::names_in(folder.path()).unwrap();
    assert!(left.iter().all(|name| !name.starts_with("writing")), "{left:?}");
}

#[test]
fn a_writer_whose_place_was_taken_makes_nothing_count() {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    add(path, 0..2);
    let mut sleeper = Writer::open_by(path, SHARE, &mut || ()).unwrap();
    let entry = Entry { name: "8.txt".to_owned(), ..Entry::default() };
    sleeper.add(vec![Prepared::new(entry, text(8))], false).unwrap();
    // Her machine sleeps; another takes her for gone.
    fs::write(path.join("writing"), "another-machine 7 00 0000000003\n").unwrap();
    let error = sleeper.commit().unwrap_err();
    assert!(error.to_string().contains("does not count"), "{error}");
    // Nor where the other is done already.
    fs::remove_file(path.join("writing")).unwrap();
    let mut sleeper = Writer::open_by(path, SHARE, &mut || ()).unwrap();
    let held = fs::read(path.join("writing")).unwrap();
    fs::remove_file(path.join("writing")).unwrap();
    add(path, 5..6);
    fs::write(path.join("writing"), held).unwrap();
    sleeper.remove(&[DocumentId(0)]).unwrap();
    assert!(sleeper.commit().is_err());
    let corpus = open(path).unwrap();
    corpus.verify(&mut |_, _| ()).unwrap();
    assert_eq!(all_texts(&corpus).unwrap(), [text(0), text(1), text(5)]);
    assert!(!segments(path).is_empty());
}
