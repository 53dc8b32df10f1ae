//! A short run of the sweeps of `examples/kills`, where strace is: three commands ended at every call, and one
//! of them with every call failing.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    dead_code,
    reason = "a test makes files and runs the program"
)]

#[path = "../../examples/kills/desk.rs"]
pub mod desk;
#[path = "../../examples/kills/power.rs"]
mod power;
#[path = "../../examples/kills/scenes.rs"]
pub mod scenes;
#[path = "../../examples/kills/sweep.rs"]
mod sweep;
#[path = "../../examples/kills/trace.rs"]
pub mod trace;

use std::path::Path;

use scenes::{SCENES, Scene};
use sweep::{Ground, Tally};

const PROGRAM: &str = env!("CARGO_BIN_EXE_wengao");

pub fn works() -> bool {
    let works = trace::works();
    if !works {
        eprintln!("skipped: strace is not here or may not look at other processes");
    }
    works
}

fn scene(name: &str) -> &'static Scene {
    SCENES.iter().find(|scene| scene.name == name).expect("a scene of this name")
}

/// Sweeps, and says how often the run was disturbed.
fn swept(name: &str, way: fn(&mut Ground) -> Tally) -> usize {
    let tally = way(&mut Ground::of(scene(name), Path::new(PROGRAM)));
    assert!(tally.faults.is_empty(), "{name}: {:#?}", tally.faults);
    tally.runs - tally.passed_by
}

#[test]
fn whoever_ends_a_run_at_any_call_finds_the_old_or_the_new_and_can_run_it_again() {
    if !works() {
        return;
    }
    for name in ["fix --track --write", "check --update-baseline, more", "corpus add, more"] {
        let ended = swept(name, Ground::kills);
        assert!(ended > 15, "{name}: {ended} runs were ended");
    }
}

#[test]
fn a_disk_that_fails_at_any_call_is_told_and_leaves_nothing_half() {
    if !works() {
        return;
    }
    let failed = swept("fix --track --write", Ground::errors);
    assert!(failed > 50, "{failed} calls failed");
}

#[test]
fn when_the_power_goes_the_old_or_the_new_is_there_and_what_was_said_to_be_written_lasts() {
    if !works() {
        return;
    }
    // Of a corpus only the long run: a claim that was cut short is waited for as that of another machine.
    for name in ["fix --write", "draft --update .docx", "check --update-baseline"] {
        let disks = swept(name, Ground::cuts);
        assert!(disks > 5, "{name}: {disks} disks");
    }
    // On a disk that is never told to sync a file, or a folder, the same run is no good.
    for is_file in [true, false] {
        let mut ground = Ground::of(scene("fix --track --write"), Path::new(PROGRAM));
        let here = ground.folder();
        let tally = ground.cuts_of(|call| {
            let on_folder = call.paths(&here).first().is_some_and(|path| *path == here);
            call.name != "fsync" || on_folder == is_file
        });
        assert!(!tally.faults.is_empty());
    }
}
