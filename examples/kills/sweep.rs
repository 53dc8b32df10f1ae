//! A command ended, or failed, at each of its calls in turn: what is left, and whether it can be run again.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::desk::{Desk, Disturb, Ended, State};
use super::power;
use super::scenes::Scene;
use super::trace::Call;

/// The calls at which a run is ended: those that open, change or lock.
const ENDED_AT: &[&str] = &[
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
    "sync_file_range",
    "ftruncate",
    "fallocate",
    "link",
    "linkat",
    "symlinkat",
    "mkdir",
    "mkdirat",
    "chmod",
    "fchmod",
    "fchmodat",
    "copy_file_range",
    "flock",
    "fcntl",
];

/// The calls that fail, and how.
const FAILING: &[(&str, &[&str])] = &[
    ("openat", &["EACCES", "EIO", "ENOSPC"]),
    ("read", &["EIO"]),
    ("pread64", &["EIO"]),
    ("statx", &["EIO", "EACCES"]),
    ("getdents64", &["EIO"]),
    ("write", &["ENOSPC", "EIO"]),
    ("pwrite64", &["ENOSPC", "EIO"]),
    ("fsync", &["EIO", "ENOSPC"]),
    ("fdatasync", &["EIO"]),
    ("rename", &["EACCES", "EIO", "ENOSPC"]),
    ("renameat", &["EACCES", "EIO", "ENOSPC"]),
    ("renameat2", &["EACCES", "EIO", "ENOSPC"]),
    ("unlink", &["EACCES", "EIO"]),
    ("unlinkat", &["EACCES", "EIO"]),
    ("rmdir", &["EACCES"]),
    ("mkdir", &["EACCES", "EIO", "ENOSPC"]),
    ("fchmod", &["EACCES", "EIO"]),
    ("chmod", &["EACCES", "EIO"]),
    ("flock", &["EIO", "ENOLCK"]),
    ("linkat", &["EACCES", "EIO"]),
];

/// What a sweep over one command came to.
#[derive(Debug, Default)]
pub struct Tally {
    /// Runs that were disturbed.
    pub runs: usize,
    /// Of them, those that the disturbance did not reach (another thread came first).
    pub passed_by: usize,
    /// Runs after which the same command refused since a file is there already, and went on with --force.
    pub forced: usize,
    /// Files that were left beside after a disturbance, by kind.
    pub left: BTreeMap<String, usize>,
    /// Files that were still there when the same command had been run again.
    pub stayed: BTreeMap<String, usize>,
    /// What went wrong.
    pub faults: Vec<String>,
}

/// A command with what it makes of its desk when nobody disturbs it.
pub struct Ground {
    scene: &'static Scene,
    desk: Desk,
    before: State,
    once: (State, Ended),
    /// What running it once more comes to, as it is and where it takes `--force` to do so.
    more: Vec<(State, Ended)>,
    /// What the corpus lists before and after.
    listed: [Option<String>; 2],
    /// Whether calls fail.
    fails: bool,
}

impl Ground {
    /// Runs it twice in peace.
    pub fn of(scene: &'static Scene, program: &Path) -> Self {
        let (desk, before) = scene.set(program);
        let first = list(&desk, scene);
        let ended = desk.run(scene.command, &Disturb::Nothing);
        assert!(ended.code.is_some_and(|code| code < 2), "{}: {}", scene.name, ended.said);
        let once = (desk.state(), ended);
        assert!(once.0 != before, "{} writes nothing", scene.name);
        let last = list(&desk, scene);
        let again = [scene.command.to_owned(), format!("{} --force", scene.command)];
        let more = again.map(|command| (desk.run(&command, &Disturb::Nothing), desk.state()));
        let more = more.into_iter().map(|(ended, state)| (state, ended)).collect();
        Self { scene, desk, before, once, more, listed: [first, last], fails: false }
    }

    /// The folder in which it runs.
    pub fn folder(&self) -> PathBuf {
        self.desk.path()
    }

    /// The calls of these names that have to do with the desk: name and number.
    fn points(&self, names: &[&str]) -> BTreeSet<(String, usize)> {
        self.desk.restore(&self.before);
        let (_, calls) = self.desk.traced(self.scene.command, &names.join(","));
        let folder = self.folder();
        calls.into_iter().filter(|c| c.touches(&folder)).map(|c| (c.name, c.number)).collect()
    }

    /// Ends the run at each call.
    pub fn kills(&mut self) -> Tally {
        let mut tally = Tally::default();
        for (call, number) in self.points(ENDED_AT) {
            let disturb = Disturb::Kill(call, number);
            let ended = self.disturbed(&disturb, &mut tally);
            if !ended.killed {
                tally.passed_by += 1;
            }
        }
        tally
    }

    /// Lets each call fail.
    pub fn errors(&mut self) -> Tally {
        self.fails = true;
        let mut tally = Tally::default();
        let names: Vec<&str> = FAILING.iter().map(|(name, _)| *name).collect();
        for (call, number) in self.points(&names) {
            let how = FAILING.iter().find(|(name, _)| *name == call).map_or(&[][..], |(_, how)| how);
            for error in how {
                let disturb = Disturb::Fail(call.clone(), number, error);
                let ended = self.disturbed(&disturb, &mut tally);
                if ended.code == Some(127) {
                    // A thread had been meant, and the loader came first.
                    tally.passed_by += 1;
                } else if let Some(fault) = self.fault_of(&ended) {
                    tally.faults.push(format!("{disturb:?}: {fault}"));
                }
            }
        }
        tally
    }

    /// What is wrong with how a run ended at which a call had failed.
    fn fault_of(&self, ended: &Ended) -> Option<String> {
        let said = &ended.said;
        if ended.code.is_none_or(|code| code > 2) || said.contains("panicked") {
            return Some(format!("ended with {:?}: {said}", ended.code));
        }
        let failed = ended.code == Some(2);
        (failed && !said.contains("错误")).then(|| format!("says no reason: {said}"))
    }

    /// One disturbed run, and the same command once more.
    fn disturbed(&self, disturb: &Disturb, tally: &mut Tally) -> Ended {
        self.desk.restore(&self.before);
        let ended = self.desk.run(self.scene.command, disturb);
        // What says of itself that it could not read everything may hold less.
        let is_told = matches!(disturb, Disturb::Fail(..)) && ended.code == Some(2);
        let all_well = ended.code == self.once.1.code && !ended.killed && !self.scene.leaves;
        let left = self.desk.state();
        if all_well && !self.same(&left, &self.once.0) {
            let what = self.differences(&left);
            tally.faults.push(format!("{disturb:?}: ends as if all was well: {what}"));
        }
        self.judge(&format!("{disturb:?}"), is_told, tally);
        ended
    }

    /// What lies on the desk after a disturbance of this name, and what the same command makes of it.
    fn judge(&self, disturb: &str, is_told: bool, tally: &mut Tally) {
        tally.runs += 1;
        let left = self.desk.state();
        let faults = &mut tally.faults;
        let mut fault = |what: String| faults.push(format!("{disturb}: {what}"));
        if let Err(what) = self.whole(&left, is_told) {
            fault(what);
        }
        if let Some(what) = self.corpus_fault(is_told) {
            fault(what);
        }
        let mut again = self.desk.run(self.scene.command, &Disturb::Nothing);
        let mut after = self.desk.state();
        if again.code == Some(2) && !self.fits(&again, &after) && again.said.contains("--force") {
            tally.forced += 1;
            again = self.desk.run(&format!("{} --force", self.scene.command), &Disturb::Nothing);
            after = self.desk.state();
        }
        if !self.fits(&again, &after) {
            let (code, said) = (again.code, &again.said);
            fault(format!("run again: {code:?}, {}\n{said}", self.differences(&after)));
        }
        if self.scene.corpus.is_some() && list(&self.desk, self.scene) != self.listed[1] {
            fault("run again, the corpus lists something else".to_owned());
        }
        for (state, count) in [(&left, &mut tally.left), (&after, &mut tally.stayed)] {
            for name in state.keys().filter(|name| self.is_new(name)) {
                *count.entry(kind(name)).or_default() += 1;
            }
        }
    }

    /// Cuts the power after each call that changes something, and looks at each disk that may be left.
    pub fn cuts(&mut self) -> Tally {
        self.cuts_of(|_| true)
    }

    /// The same on a disk to which some calls never come: a model that lets everything pass is none.
    pub fn cuts_of(&mut self, comes: impl Fn(&Call) -> bool) -> Tally {
        let mut tally = Tally::default();
        self.desk.restore(&self.before);
        let (_, mut calls) = self.desk.traced(self.scene.command, &power::CALLS.join(","));
        calls.retain(comes);
        let (worlds, last) = power::worlds(&self.folder(), &self.before, &calls);
        for (name, state) in worlds {
            self.desk.restore(&state);
            self.judge(&name, false, &mut tally);
        }
        // What was said to be written is there whatever happens next.
        self.desk.restore(&last);
        if !self.scene.leaves && !self.same(&last, &self.once.0) {
            tally.faults.push(format!("at the end, not synced: {}", self.differences(&last)));
        }
        if self.scene.corpus.is_some() && list(&self.desk, self.scene) != self.listed[1] {
            tally.faults.push("at the end, the change of the corpus is not synced".to_owned());
        }
        tally
    }

    /// Whether a run in peace after a disturbed one came to what one or two runs in peace come to.
    fn fits(&self, ended: &Ended, after: &State) -> bool {
        // What it makes stands in a folder of its own, and what was made before stays; or the last run could not
        // read all, and its output is kept as a backup of this one's.
        let has_more = self.scene.anew || self.fails && self.scene.reports.is_some();
        if has_more && ended.code == self.once.1.code {
            return true;
        }
        let (folder, others): (Vec<&String>, Vec<&String>) =
            after.keys().partition(|name| name.starts_with(".wengao"));
        if self.scene.leaves && !folder.is_empty() {
            // The folder goes last, with the list of what git leaves out; alone it does no harm.
            let is_bare = folder.iter().all(|name| [".wengao", ".wengao/.gitignore"].contains(&&***name));
            return is_bare && others.into_iter().eq(self.once.0.keys());
        }
        [&self.once]
            .into_iter()
            .chain(&self.more)
            .any(|(state, how)| how.code == ended.code && self.same(after, state))
    }

    fn is_new(&self, name: &str) -> bool {
        let peaceful =
            [&self.before, &self.once.0].into_iter().chain(self.more.iter().map(|(state, _)| state));
        !peaceful.into_iter().any(|state| state.contains_key(name))
    }

    fn in_corpus(&self, name: &str) -> bool {
        self.scene.corpus.is_some_and(|corpus| name.starts_with(corpus))
    }

    /// Whether everything that was there is there, as it was or as it was to become, and nothing is half.
    fn whole(&self, left: &State, is_told: bool) -> Result<(), String> {
        let after = &self.once.0;
        let may_differ = |name: &str| is_told && self.scene.reports == Some(name);
        for (name, old) in self.before.iter().filter(|(name, _)| !self.in_corpus(name)) {
            let to_be = after.get(name);
            match left.get(name) {
                None if to_be.is_some() => return Err(format!("{name} is gone")),
                Some(now) if now != old && Some(now) != to_be && !may_differ(name) => {
                    return Err(format!("{name} is neither as it was nor as it was to be"));
                }
                _ => {}
            }
            let held = |state: &State| state.values().any(|bytes| bytes == old);
            if held(after) && !held(left) {
                return Err(format!("what was in {name} is nowhere"));
            }
        }
        for (name, now) in left.iter().filter(|(name, _)| !self.in_corpus(name)) {
            let fits = self.before.contains_key(name)
                || after.get(name) == Some(now)
                || is_leftover(name)
                || may_differ(name)
                || self.is_backup(name, now);
            if !fits {
                return Err(format!("{name} is not what it was to be"));
            }
        }
        Ok(())
    }

    /// Whether this is what a document was, under the name of a backup.
    fn is_backup(&self, name: &str, now: &Option<Vec<u8>>) -> bool {
        let of = name.rsplit_once(".bak").map(|(of, _)| of);
        of.is_some_and(|of| [&self.before, &self.once.0].iter().any(|state| state.get(of) == Some(now)))
    }

    /// Whether two states are the same but for what is left beside.
    fn same(&self, state: &State, other: &State) -> bool {
        let kept = |state: &State| -> State {
            // One backup more than there had to be is none too few: a copy could not be read, so it was made.
            let is_more = |name: &str, bytes: &Option<Vec<u8>>| {
                !self.once.0.contains_key(name) && self.fails && self.is_backup(name, bytes)
            };
            let all = state
                .iter()
                .filter(|(name, bytes)| !is_leftover(name) && !self.in_corpus(name) && !is_more(name, bytes));
            all.map(|(name, bytes)| (name.clone(), bytes.clone())).collect()
        };
        kept(state) == kept(other)
    }

    fn differences(&self, state: &State) -> String {
        let names: BTreeSet<&String> = state.keys().chain(self.once.0.keys()).collect();
        let other = names.into_iter().filter(|name| state.get(*name) != self.once.0.get(*name));
        other.cloned().collect::<Vec<_>>().join(", ")
    }

    /// What is wrong with the corpus: it must be sound, and have all of a change or nothing of it.
    fn corpus_fault(&self, is_told: bool) -> Option<String> {
        let corpus = self.scene.corpus?;
        let listed = list(&self.desk, self.scene);
        // One that is new begins with none.
        let is_begun = self.listed[0].is_none() && listed.as_deref() == Some("");
        if !self.listed.contains(&listed) && !is_begun && !is_told {
            return Some(format!("the corpus lists {listed:?}"));
        }
        listed?;
        let verified = self.desk.run(&format!("corpus verify --corpus {corpus}"), &Disturb::Nothing);
        (verified.code != Some(0)).then(|| format!("the corpus is not sound: {}", verified.said))
    }
}

/// What the corpus of a scene lists; `None` if there is none.
fn list(desk: &Desk, scene: &Scene) -> Option<String> {
    let ended = desk.run(&format!("corpus list --format json --corpus {}", scene.corpus?), &Disturb::Nothing);
    // Their order is that in which they came.
    let mut lines: Vec<&str> = ended.said.lines().filter(|line| line.contains(": \"")).collect();
    lines.sort_unstable();
    (ended.code == Some(0)).then(|| lines.concat())
}

/// Whether a file is only in the making, or a lock: nobody's words.
fn is_leftover(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or(name);
    last.starts_with(".wengao-") || last.ends_with(".tmp")
}

/// A name without what differs from run to run.
fn kind(name: &str) -> String {
    let last = name.rsplit('/').next().unwrap_or(name);
    let beside = last.starts_with(".wengao-");
    match last {
        _ if beside && last.ends_with(".lock") => ".wengao-NAME.lock",
        _ if beside => ".wengao-XXXXXX",
        _ if last.ends_with(".tmp") => "corpus: *.tmp",
        "writing" => "corpus: writing",
        other => other,
    }
    .to_owned()
}
