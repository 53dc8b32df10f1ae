//! wengao under random input. `TARGET=docx wengao-fuzz FOLDER…` is libFuzzer on one target, `fuzz/run` all
//! of them in turn. `TARGET=seeds wengao-fuzz FOLDER` writes what they begin with into FOLDER, `TARGET=list`
//! names them with the length of their longest input.
//!
//! | file | what |
//! |---|---|
//! | `targets` | what is called with an input, and what must be true of the outcome |
//! | `shape` | how an input is changed: parts of a container, elements, lines, bytes |
//! | `words` | what is put into texts: marks, numbers and words that the readers and rules look for |
//! | `seeds` | what each target begins with |
#![no_main]

mod chance;
mod seeds;
mod shape;
mod targets;
mod words;
mod xml;

use std::sync::{Mutex, OnceLock};
use std::time::Instant;

use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};
use targets::{TARGETS, Target};

/// The target that the environment names.
fn target() -> &'static Target {
    static CHOSEN: OnceLock<&Target> = OnceLock::new();
    CHOSEN.get_or_init(|| {
        let named = std::env::var("TARGET").unwrap_or_default();
        if named == "seeds" {
            let folder = std::env::args().nth(1).expect("a folder for the seeds");
            let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
            seeds::each(&root, &mut |target, name, bytes| {
                let folder = std::path::Path::new(&folder).join(target);
                std::fs::create_dir_all(&folder).expect("a folder");
                std::fs::write(folder.join(name), bytes).expect("room for a seed");
            });
            std::process::exit(0);
        }
        if named == "list" {
            TARGETS.iter().for_each(|target| println!("{} {}", target.name, target.most));
            std::process::exit(0);
        }
        TARGETS.iter().find(|target| target.name == named).unwrap_or_else(|| {
            let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
            eprintln!("TARGET=… names one of: seeds {}", names.join(" "));
            std::process::exit(2)
        })
    })
}

fuzz_target!(
    init: {
        target();
    },
    |data: &[u8]| {
        counted(data.len());
        (target().run)(data);
    }
);

/// Counts inputs and their bytes, in the file that `COUNTS` names; libFuzzer tells no bytes.
fn counted(bytes: usize) {
    static RUN: Mutex<(u64, u64, Option<Instant>)> = Mutex::new((0, 0, None));
    let Ok(mut run) = RUN.lock() else { return };
    run.0 += 1;
    run.1 += bytes as u64;
    if run.2.is_none_or(|last| last.elapsed().as_millis() > 500) {
        run.2 = Some(Instant::now());
        if let Ok(path) = std::env::var("COUNTS") {
            let _ = std::fs::write(path, format!("{} {}\n", run.0, run.1));
        }
    }
}

fuzz_mutator!(|data: &mut [u8], size: usize, most: usize, seed: u32| {
    shape::changed(target().shape, data, size, most, seed, &fuzzer_mutate)
});
