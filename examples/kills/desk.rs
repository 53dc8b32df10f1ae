//! A folder in which a command is run again and again from the same beginning, and what lies in it then.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use super::trace::{Call, calls};

/// The files of a folder by their path in it; `None` is a folder.
pub type State = BTreeMap<String, Option<Vec<u8>>>;

/// How a run ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// Its exit code; `None` if it was killed.
    pub code: Option<i32>,
    /// Whether a signal ended it.
    pub killed: bool,
    /// What it told: both streams.
    pub said: String,
}

/// What is done to a run.
#[derive(Debug, Clone)]
pub enum Disturb {
    /// Nothing.
    Nothing,
    /// The nth call of this name of a thread ends the process.
    Kill(String, usize),
    /// The nth call of this name of a thread fails like this.
    Fail(String, usize, &'static str),
}

/// The folder, and the program that runs in it.
pub struct Desk {
    program: PathBuf,
    home: TempDir,
}

impl Desk {
    /// An empty one.
    pub fn new(program: &Path) -> Self {
        // In memory where there is such a place: what is asked of a disk counts here, not the disk.
        let home = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir());
        let home = home.expect("a folder for the desk");
        fs::create_dir(home.path().join("desk")).expect("a desk");
        Self { program: program.to_owned(), home }
    }

    /// Where it is.
    pub fn path(&self) -> PathBuf {
        self.home.path().join("desk")
    }

    /// Puts a file there.
    pub fn put(&self, name: &str, bytes: &[u8]) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("its folder");
        fs::write(path, bytes).expect("a file");
    }

    /// What lies there.
    pub fn state(&self) -> State {
        let mut state = State::new();
        gather(&self.path(), "", &mut state);
        state
    }

    /// Clears it, and puts this there.
    pub fn restore(&self, state: &State) {
        fs::remove_dir_all(self.path()).expect("a clear desk");
        fs::create_dir(self.path()).expect("a desk");
        for (name, bytes) in state {
            match bytes {
                Some(bytes) => self.put(name, bytes),
                None => fs::create_dir_all(self.path().join(name)).expect("a folder"),
            }
        }
    }

    fn command(&self, before: &[String], arguments: &str) -> Command {
        let program = self.program.to_string_lossy().into_owned();
        let mut words = before.iter().cloned().chain([program]);
        let mut command = Command::new(words.next().unwrap_or_default());
        command.args(words).args(arguments.split_whitespace());
        command.current_dir(self.path()).stdin(Stdio::null());
        command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("LC_ALL", "zh_CN.UTF-8").env("SOURCE_DATE_EPOCH", "1772668800");
        command
    }

    fn ended(mut command: Command) -> Ended {
        let output = command.output().expect("a run");
        let said = [&*output.stdout, &*output.stderr].concat();
        Ended {
            code: output.status.code(),
            killed: output.status.code().is_none(),
            said: String::from_utf8_lossy(&said).into_owned(),
        }
    }

    /// Runs the program.
    pub fn run(&self, arguments: &str, disturb: &Disturb) -> Ended {
        let (call, how) = match disturb {
            Disturb::Nothing => return Self::ended(self.command(&[], arguments)),
            Disturb::Kill(call, number) => (call, format!("signal=KILL:when={number}")),
            Disturb::Fail(call, number, error) => (call, format!("error={error}:when={number}")),
        };
        let strace = ["strace", "-f", "-qq", "-o", "/dev/null", "-e"].map(str::to_owned);
        let inject = [format!("trace={call}"), "-e".to_owned(), format!("inject={call}:{how}")];
        Self::ended(self.command(&[&strace[..], &inject].concat(), arguments))
    }

    /// Runs the program and says how it ended and which calls of these names it made.
    pub fn traced(&self, arguments: &str, names: &str) -> (Ended, Vec<Call>) {
        let log = self.home.path().join("log");
        let strace = ["strace", "-f", "-qq", "--seccomp-bpf", "-y", "-xx", "-s", "99999999", "-e"];
        let mut before: Vec<String> = strace.map(str::to_owned).into();
        before.extend([format!("trace={names}"), "-o".to_owned(), log.display().to_string()]);
        let ended = Self::ended(self.command(&before, arguments));
        let log = String::from_utf8_lossy(&fs::read(&log).expect("a log")).into_owned();
        (ended, calls(&log))
    }
}

fn gather(folder: &Path, prefix: &str, state: &mut State) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            gather(&entry.path(), &format!("{name}/"), state);
            state.insert(name, None);
        } else {
            state.insert(name, fs::read(entry.path()).ok());
        }
    }
}
