//! What is left when a command is ended, or the file system fails, at any call: `cargo run --example kills`.
//!
//! `-- kill` ends each command that writes at every call that opens, changes or locks a file of its folder;
//! `-- error` lets each such call, and those that read, fail with a full disk, a broken one, or no right;
//! `-- power` looks at each disk that may be left when the power goes in between (`power.rs` says which);
//! a word more tries those commands alone that hold it. Needs strace. Ends with 1 where there is a fault.

#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    reason = "an example makes files and runs the program"
)]

mod desk;
mod power;
mod scenes;
mod sweep;
mod trace;

use std::path::PathBuf;
use std::process::ExitCode;

use rayon::prelude::*;
use scenes::{SCENES, Scene};
use sweep::{Ground, Tally};

fn program() -> PathBuf {
    let own = std::env::current_exe().expect("this program");
    let folder = own.parent().and_then(|examples| examples.parent()).expect("the folder of the build");
    std::env::var_os("WENGAO").map_or_else(|| folder.join("wengao"), PathBuf::from)
}

fn told(kinds: &std::collections::BTreeMap<String, usize>) -> String {
    let all: Vec<String> = kinds.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
    if all.is_empty() { "-".to_owned() } else { all.join(", ") }
}

/// Sweeps over the scenes and prints a table; whether there was no fault.
fn sweep(of: &str, way: fn(&mut Ground) -> Tally) -> bool {
    let (mut runs, mut faults) = (0, 0);
    println!(
        "| command | runs | not reached | left beside | still there after the next run | wants --force | faults |"
    );
    println!("|---|---|---|---|---|---|---|");
    let scenes: Vec<&'static Scene> = SCENES.iter().filter(|scene| scene.name.contains(of)).collect();
    let tallies: Vec<Tally> =
        scenes.par_iter().map(|scene| way(&mut Ground::of(scene, &program()))).collect();
    for (scene, tally) in scenes.into_iter().zip(tallies) {
        let (left, stayed) = (told(&tally.left), told(&tally.stayed));
        let (name, passed, found) = (scene.name, tally.passed_by, tally.faults.len());
        println!("| {name} | {} | {passed} | {left} | {stayed} | {} | {found} |", tally.runs, tally.forced);
        tally.faults.iter().for_each(|fault| eprintln!("{name}: {fault}"));
        runs += tally.runs;
        faults += found;
    }
    println!("| all | {runs} | | | | | {faults} |");
    faults == 0
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let (way, of) = (words.first().map_or("kill", String::as_str), words.get(1).map_or("", String::as_str));
    if !trace::works() {
        eprintln!("not run: strace is not here or may not look at other processes");
        return ExitCode::from(2);
    }
    let sound = match way {
        "kill" => sweep(of, Ground::kills),
        "error" => sweep(of, Ground::errors),
        "power" => sweep(of, Ground::cuts),
        _ => {
            eprintln!("kill, error or power");
            return ExitCode::from(2);
        }
    };
    if sound { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
