//! A corpus under four who write, four who read, and one who ends them at random: `cargo run --example storm -- 600`
//! (seconds; 60 if none are given).
//!
//! Writers add batches of three papers, remove, correct and tighten; each of them is ended after a moment that
//! chance chooses, three times of four. Readers list, verify and search, and are ended now and then. Whatever
//! happens, no reader meets a fault, a batch is there whole or not at all, and a batch whose writer said so is
//! there. Ends with 1 where there is a fault. Needs no privileges and no strace.

#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    reason = "an example makes files and runs the program, for some time"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Output, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use serde_json::Value as Json;

/// Papers of a batch.
const BATCH: usize = 3;
const WRITERS: u64 = 4;
const READERS: u64 = 4;

/// What was counted, and what is known of the batches.
#[derive(Default)]
struct Counts {
    runs: usize,
    kills: usize,
    reads: usize,
    reads_ended: usize,
    /// Batches that a writer said to have added, or to have removed.
    added: BTreeSet<String>,
    removed: BTreeSet<String>,
    /// Batches of a run that was ended: they may be there or not, or half gone if it was to remove them.
    open: BTreeSet<String>,
    faults: Vec<String>,
}

struct Storm {
    program: PathBuf,
    folder: PathBuf,
    end: Instant,
    counts: Mutex<Counts>,
}

/// A small generator (SplitMix64): what happens differs from run to run anyhow.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % bound
    }
}

impl Storm {
    fn counts(&self) -> std::sync::MutexGuard<'_, Counts> {
        self.counts.lock().expect("counts")
    }

    fn fault(&self, what: String) {
        eprintln!("{what}");
        self.counts().faults.push(what);
    }

    /// Runs the program; `None` if it was ended before it was done.
    fn run(&self, arguments: &[&str], end_after: Option<Duration>) -> Option<Output> {
        let mut child = Command::new(&self.program)
            .args(["--no-config", "--lang", "zh"])
            .args(arguments)
            .current_dir(&self.folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("a run");
        if let Some(moment) = end_after {
            std::thread::sleep(moment);
            // One that is done already is not ended.
            let _ = child.kill();
        }
        let output = child.wait_with_output().expect("its end");
        output.status.code().map(|_| output)
    }

    /// A batch of papers with words of its own; its folder.
    fn batch(&self, name: &str) -> String {
        for paper in 0..BATCH {
            let words = format!(
                "云岭县{name}第{paper}篇工作总结\n{name}这一批里，第{paper}个村把{name}号水渠修好了，{paper}号闸门换成新的。\n"
            );
            let path = self.folder.join("稿").join(name).join(format!("{name}-{paper}.txt"));
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, words).expect("a paper");
        }
        format!("稿/{name}")
    }

    fn write(&self, who: u64) {
        let mut chance = Chance(who);
        for turn in 0.. {
            if Instant::now() > self.end {
                return;
            }
            let name = format!("批{who}x{turn}");
            let after = (chance.below(4) > 0).then(|| Duration::from_millis(chance.below(1_500)));
            match chance.below(10) {
                0 => self.other(&["corpus", "compact", "--corpus", "库"], after),
                1 => self.other(
                    &["corpus", "set", "--corpus", "库", &format!("批{who}x*"), "--year", "2025"],
                    after,
                ),
                2 | 3 => self.remove(who, after, &mut chance),
                _ => self.add(&name, after),
            }
        }
    }

    fn other(&self, arguments: &[&str], after: Option<Duration>) {
        let ended = self.run(arguments, after);
        self.counts().runs += 1;
        match ended {
            None => self.counts().kills += 1,
            // There may be nothing yet to correct.
            Some(output) if output.status.code() == Some(2) && arguments[1] != "set" => {
                self.fault(format!("{arguments:?}: {}", String::from_utf8_lossy(&output.stderr)));
            }
            Some(_) => {}
        }
    }

    fn add(&self, name: &str, after: Option<Duration>) {
        let folder = self.batch(name);
        self.counts().open.insert(name.to_owned());
        let ended = self.run(&["corpus", "add", "--corpus", "库", &folder], after);
        self.settle(name, ended, true);
    }

    fn remove(&self, who: u64, after: Option<Duration>, chance: &mut Chance) {
        let own = format!("批{who}x");
        let names: Vec<String> =
            self.counts().added.iter().filter(|name| name.starts_with(&own)).cloned().collect();
        let Some(name) = names.get(chance.below(names.len().max(1) as u64) as usize) else { return };
        {
            let mut counts = self.counts();
            counts.added.remove(name);
            counts.open.insert(name.clone());
        }
        let ended = self.run(&["corpus", "remove", "--corpus", "库", &format!("{name}-*")], after);
        self.settle(name, ended, false);
    }

    fn settle(&self, name: &str, ended: Option<Output>, is_there: bool) {
        let mut counts = self.counts();
        counts.runs += 1;
        match ended {
            None => counts.kills += 1,
            Some(output) if output.status.code() == Some(0) => {
                counts.open.remove(name);
                let known = if is_there { &mut counts.added } else { &mut counts.removed };
                known.insert(name.to_owned());
            }
            Some(output) => {
                drop(counts);
                self.fault(format!("{name}: {}", String::from_utf8_lossy(&output.stderr)));
            }
        }
    }

    fn read(&self, who: u64) {
        let mut chance = Chance(1000 + who);
        while Instant::now() < self.end {
            let after = (chance.below(8) == 0).then(|| Duration::from_millis(chance.below(200)));
            let arguments: &[&str] = match chance.below(4) {
                0 => &["corpus", "verify", "--corpus", "库"],
                1 => &["check", "稿.txt", "--only", "copied-passage", "--corpus", "库"],
                _ => &["corpus", "list", "--format", "json", "--corpus", "库"],
            };
            let (before, _) = self.known();
            let Some(output) = self.run(arguments, after) else {
                self.counts().reads_ended += 1;
                continue;
            };
            self.counts().reads += 1;
            if output.status.code().is_none_or(|code| code > 1) {
                self.fault(format!("{arguments:?}: {}", String::from_utf8_lossy(&output.stderr)));
            } else if arguments[1] == "list" {
                self.compare(&output.stdout, &before);
            }
        }
    }

    /// Batches that are surely there, and those of which nothing is known.
    fn known(&self) -> (BTreeSet<String>, BTreeSet<String>) {
        let counts = self.counts();
        (counts.added.clone(), counts.open.clone())
    }

    /// Whether a list has each batch whole, and all that were surely there before it was made and still are.
    fn compare(&self, list: &[u8], before: &BTreeSet<String>) {
        let Ok(Json::Array(papers)) = serde_json::from_slice(list) else {
            return self.fault("a list that is none".to_owned());
        };
        let mut batches: BTreeMap<String, usize> = BTreeMap::new();
        for paper in &papers {
            let name = paper["name"].as_str().unwrap_or_default();
            *batches.entry(name.split('-').next().unwrap_or_default().to_owned()).or_default() += 1;
        }
        let (still, _) = self.known();
        for (batch, count) in batches.iter().filter(|(batch, _)| batch.starts_with('批')) {
            if *count != BATCH {
                self.fault(format!("{batch} has {count} papers"));
            }
        }
        for name in before.intersection(&still).filter(|name| !batches.contains_key(*name)) {
            self.fault(format!("{name} is not there any more"));
        }
    }

    /// When all is over: what is surely there or gone is, and nothing is left beside.
    fn last(&self) {
        let listed = self.run(&["corpus", "list", "--format", "json", "--corpus", "库"], None);
        let listed = listed.map(|output| output.stdout).unwrap_or_default();
        let (added, _) = self.known();
        self.compare(&listed, &added);
        let shown = String::from_utf8_lossy(&listed).into_owned();
        let removed = self.counts().removed.clone();
        for name in removed.iter().filter(|name| shown.contains(&format!("\"{name}-"))) {
            self.fault(format!("{name} was removed and is there"));
        }
        for arguments in [["corpus", "compact", "--corpus", "库"], ["corpus", "verify", "--corpus", "库"]] {
            let output = self.run(&arguments, None);
            if output.is_none_or(|output| output.status.code() != Some(0)) {
                self.fault(format!("{arguments:?} at the end"));
            }
        }
        let names = fs::read_dir(self.folder.join("库")).expect("the corpus").flatten();
        for name in names.map(|entry| entry.file_name().to_string_lossy().into_owned()) {
            if name.ends_with(".tmp") || name == "writing" {
                self.fault(format!("{name} is left"));
            }
        }
    }
}

fn program() -> PathBuf {
    let own = std::env::current_exe().expect("this program");
    let folder = own.parent().and_then(Path::parent).expect("the folder of the build");
    std::env::var_os("WENGAO").map_or_else(|| folder.join("wengao"), PathBuf::from)
}

fn main() -> ExitCode {
    let seconds = std::env::args().nth(1).and_then(|word| word.parse().ok()).unwrap_or(60);
    let home = tempfile::tempdir().expect("a folder");
    let storm = Storm {
        program: program(),
        folder: home.path().to_owned(),
        end: Instant::now() + Duration::from_secs(seconds),
        counts: Mutex::default(),
    };
    fs::write(home.path().join("稿.txt"), "云岭县2025年工作总结\n今年把水渠都修好了，闸门也换成新的。\n")
        .expect("a paper");
    storm.batch("先");
    storm.run(&["corpus", "add", "--corpus", "库", "稿/先"], None);
    std::thread::scope(|all| {
        let storm = &storm;
        (1..=WRITERS).for_each(|who| drop(all.spawn(move || storm.write(who))));
        (1..=READERS).for_each(|who| drop(all.spawn(move || storm.read(who))));
    });
    storm.last();
    let counts = storm.counts();
    println!(
        "{seconds} s: {} runs of writers, {} of them ended; {} batches added, {} removed, {} open; {} reads, {} ended; {} faults",
        counts.runs,
        counts.kills,
        counts.added.len(),
        counts.removed.len(),
        counts.open.len(),
        counts.reads,
        counts.reads_ended,
        counts.faults.len()
    );
    if counts.faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
