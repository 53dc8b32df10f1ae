//! What happens to files that are made to take a machine's time or memory: `cargo run --release --example bombs`.
//!
//! Makes each in a folder of its own that is taken away again, hands it to the program as somebody would who got it
//! by mail, and prints a Markdown table: what it is, what became of it, seconds of processor time, peak of memory.
//! Ends with 1 where one takes more than [`MOST_MEMORY`] or [`MOST_SECONDS`]. Needs the program beside it
//! (`cargo build --release`) and Linux, whose `/proc` tells both. `-- WORD` makes those alone that hold it.
//!
//! The peak is what was seen every two milliseconds, so a shorter one may be missed.

#![expect(clippy::disallowed_methods, reason = "an example writes its bombs and runs the program on them")]

mod packed;
mod pages;
mod plain;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

/// Megabytes that a bomb may take.
const MOST_MEMORY: u64 = 300;
/// Seconds of processor time that a bomb may take.
const MOST_SECONDS: f64 = 5.0;
/// Seconds and megabytes after which a run is ended: what it would have come to is not known then.
const PATIENCE: (u64, u64) = (120, 4_000);

/// One file that is meant to do harm.
pub struct Bomb {
    /// What it is, in a few words.
    pub what: &'static str,
    /// Its name.
    pub file: &'static str,
    /// By which door it comes.
    pub door: Door,
    /// Its bytes.
    pub make: fn() -> Vec<u8>,
}

/// How a file is handed to the program.
#[derive(Clone, Copy)]
pub enum Door {
    /// As a document to check.
    Check,
    /// As facts beside a document.
    Facts,
    /// As a paper of which the facts are gathered.
    Gather,
    /// As a skeleton to draft by.
    Skeleton,
    /// As the settings of the folder.
    Settings,
    /// As last year's facts.
    Diff,
}

/// A bomb that is checked as a document.
pub const fn check(what: &'static str, file: &'static str, make: fn() -> Vec<u8>) -> Bomb {
    Bomb { what, file, door: Door::Check, make }
}

/// What became of it.
struct Outcome {
    said: String,
    seconds: f64,
    megabytes: u64,
    is_over: bool,
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let program =
        std::env::current_exe().ok().and_then(|own| own.parent()?.parent().map(|p| p.join("wengao")));
    let Some(program) = program.filter(|p| p.is_file()) else {
        eprintln!("build the program first: cargo build --release");
        return ExitCode::FAILURE;
    };
    println!("| bomb | bytes | outcome | s | peak MB |\n|---|---:|---|---:|---:|");
    let (mut count, mut over) = (0, 0);
    for bomb in [packed::BOMBS, plain::BOMBS, pages::BOMBS].into_iter().flatten() {
        if !words.is_empty() && !words.iter().any(|w| bomb.what.contains(&**w) || bomb.file.ends_with(&**w)) {
            continue;
        }
        match run(&program, bomb) {
            Ok((size, outcome)) => {
                let Outcome { said, seconds, megabytes, is_over } = outcome;
                let mark = if is_over { " **over**" } else { "" };
                println!("| {} | {size} | {said}{mark} | {seconds:.2} | {megabytes} |", bomb.what);
                count += 1;
                over += usize::from(is_over);
            }
            Err(error) => println!("| {} | | not tried: {error} | | |", bomb.what),
        }
    }
    println!("\n{count} bombs, {over} above {MOST_MEMORY} MB or {MOST_SECONDS} s");
    if over == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Makes a bomb and lets it off; how many bytes it has, and what became of it.
fn run(program: &Path, bomb: &Bomb) -> std::io::Result<(usize, Outcome)> {
    let folder = tempfile::tempdir()?;
    let at = |name: &str| folder.path().join(name);
    let bytes = (bomb.make)();
    std::fs::write(at(bomb.file), &bytes)?;
    std::fs::write(at("paper.txt"), "\u{540C}\u{5FD7}\u{4EEC}\u{FF1A}\n")?;
    std::fs::write(at("own.yaml"), "\u{4F1A}\u{8BAE}: {\u{540D}\u{79F0}: \u{63A8}\u{8FDB}\u{4F1A}}\n")?;
    let arguments: &[&str] = match bomb.door {
        Door::Check => &["check", bomb.file],
        Door::Facts => &["check", "paper.txt", "--facts", bomb.file],
        Door::Gather => &["facts", "read", bomb.file, "--output", "out.yaml"],
        Door::Skeleton => &["draft", bomb.file, "--facts", "own.yaml", "--output", "out.md"],
        Door::Settings => &["check", "paper.txt"],
        Door::Diff => &["facts", "diff", bomb.file, "own.yaml"],
    };
    let child = Command::new(program)
        .args(["--lang", "en", "--color", "never"])
        .args(arguments)
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .stdout(File::create(at("said"))?)
        .stderr(File::create(at("told"))?)
        .spawn()?;
    let watched = watch(child)?;
    let text = |name: &str| std::fs::read(at(name)).map(|b| String::from_utf8_lossy(&b).into_owned());
    Ok((bytes.len(), watched.outcome(&text("said")?, &text("told")?, bomb.file)))
}

/// What was seen of a run.
struct Watched {
    seconds: f64,
    megabytes: u64,
    /// `None` where it was ended from outside.
    code: Option<i32>,
    is_stopped: bool,
}

/// Waits for a run to end and looks at it meanwhile.
fn watch(mut child: std::process::Child) -> std::io::Result<Watched> {
    let process = PathBuf::from(format!("/proc/{}", child.id()));
    let begin = Instant::now();
    let (mut seconds, mut megabytes, mut is_stopped) = (0.0f64, 0u64, false);
    loop {
        let peak = std::fs::read_to_string(process.join("status")).ok().and_then(|status| peak(&status));
        megabytes = megabytes.max(peak.unwrap_or(0) >> 10);
        // What has ended and was not waited for yet still says how long it took.
        let stat = std::fs::read_to_string(process.join("stat")).unwrap_or_default();
        let (state, used) = times(&stat);
        seconds = seconds.max(used);
        if state == 'Z' {
            break;
        }
        if !is_stopped && (begin.elapsed() > Duration::from_secs(PATIENCE.0) || megabytes > PATIENCE.1) {
            is_stopped = true;
            child.kill()?;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    Ok(Watched { seconds, megabytes, code: child.wait()?.code(), is_stopped })
}

/// Kilobytes that a process had at most.
fn peak(status: &str) -> Option<u64> {
    status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.trim().parse().ok())
}

/// How a process stands, and its seconds of processor time.
fn times(stat: &str) -> (char, f64) {
    /// Ticks in a second: Linux tells no other number to programs.
    const TICKS: f64 = 100.0;
    let fields: Vec<&str> = stat.rsplit_once(')').map_or("", |(_, rest)| rest).split_whitespace().collect();
    let state = fields.first().and_then(|f| f.chars().next()).unwrap_or('Z');
    let ticks = |at: usize| fields.get(at).and_then(|f| f.parse::<f64>().ok()).unwrap_or(0.0);
    (state, (ticks(11) + ticks(12)) / TICKS)
}

impl Watched {
    fn outcome(self, said: &str, told: &str, file: &str) -> Outcome {
        let Self { seconds, megabytes, code, is_stopped } = self;
        let is_word = |line: &&str| ["error", "warning", "note"].iter().any(|w| line.starts_with(w));
        let first = told.lines().find(is_word);
        let first = first.or_else(|| told.lines().find(|line| !line.trim().is_empty())).unwrap_or_default();
        let short: String = first.replace(file, "…").replace('|', "/").chars().take(140).collect();
        let what = match code {
            Some(0 | 1) => "read",
            Some(2) if said.contains("in part") => "read in part",
            Some(2) => "refused",
            Some(101) => "PANIC",
            _ if is_stopped => "stopped",
            _ => "FELL",
        };
        let is_sound = matches!(code, Some(0..=2));
        let is_over = !is_sound || megabytes > MOST_MEMORY || seconds > MOST_SECONDS;
        let said = if short.is_empty() { what.to_owned() } else { format!("{what}: {short}") };
        Outcome { said, seconds, megabytes, is_over }
    }
}
