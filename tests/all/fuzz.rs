//! The fuzzer's targets, seeds and changes (`fuzz/`) as an ordinary test: each seed, and some changes of it.
//! No search by coverage, and no watch on time and memory; that is `fuzz/run`, whose build takes long.
//!
//! `WENGAO_FUZZ=2000` tries so many changes for each target. A fault names its target and number, and is
//! the same the next time.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::unwrap_used,
    dead_code,
    reason = "a test reads samples and makes files"
)]

#[path = "../../fuzz/src/chance.rs"]
mod chance;
#[path = "../../fuzz/src/seeds.rs"]
mod seeds;
#[path = "../../fuzz/src/shape.rs"]
mod shape;
#[path = "../../fuzz/src/targets.rs"]
mod targets;
#[path = "../../fuzz/src/words.rs"]
mod words;
#[path = "../../fuzz/src/xml.rs"]
mod xml;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use targets::{TARGETS, Target};

/// Changes that are tried for each target.
const CHANGES: u32 = 12;

/// A bit here and a byte there, where the fuzzer has libFuzzer's own changes.
fn bytes(data: &mut [u8], size: usize, most: usize, seed: u32) -> usize {
    let mut chance = chance::Chance::of(seed ^ 0xB175);
    let mut size = size.min(most);
    for _ in 0..1 + chance.below(4) {
        match (chance.below(4), size) {
            (0, 1..) => data[chance.below(size)] ^= 1 << chance.below(8),
            (1, 2..) => size = chance.below(size) + 1,
            (2, _) if size < most => {
                let at = chance.below(size + 1);
                data.copy_within(at..size, at + 1);
                data[at] = chance.below(256) as u8;
                size += 1;
            }
            (_, 1..) => data[chance.below(size)] = chance.below(256) as u8,
            _ => {}
        }
    }
    size
}

/// What came of an input; the fault names it.
fn tried(target: &Target, input: &[u8], which: &str) -> Option<String> {
    catch_unwind(AssertUnwindSafe(|| (target.run)(input))).err().map(|_| format!("{}: {which}", target.name))
}

fn all(target: &Target, seeds: &[(String, Vec<u8>)], changes: u32) -> Vec<String> {
    let whole = seeds.iter().filter_map(|(name, seed)| tried(target, seed, name));
    let mut faults: Vec<String> = whole.collect();
    for number in 0..changes {
        let (name, seed) = &seeds[number as usize % seeds.len()];
        let mut data = seed.clone();
        let most = target.most.max(seed.len());
        data.resize(most, 0);
        let mut size = seed.len();
        for step in 0..1 + number % 3 {
            let seed = number * 8 + step;
            let native = |data: &mut [u8], size: usize, most: usize| bytes(data, size, most, seed);
            size = shape::changed(target.shape, &mut data, size, most, seed, &native);
        }
        faults.extend(tried(target, &data[..size], &format!("{name}, change {number}")));
    }
    faults
}

#[test]
fn the_fuzzers_targets_stand_their_seeds_and_some_changes_of_them() {
    let mut seeds: BTreeMap<String, Vec<(String, Vec<u8>)>> = BTreeMap::new();
    seeds::each(Path::new(env!("CARGO_MANIFEST_DIR")), &mut |target, name, bytes| {
        seeds.entry(target.to_owned()).or_default().push((name.to_owned(), bytes.to_vec()));
    });
    let changes = std::env::var("WENGAO_FUZZ").ok().and_then(|n| n.parse().ok()).unwrap_or(CHANGES);
    let faults: Vec<String> = TARGETS
        .iter()
        .flat_map(|target| all(target, seeds.get(target.name).map_or(&[], Vec::as_slice), changes))
        .collect();
    drop(std::fs::remove_dir_all(&targets::corpus().folder));
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(TARGETS.iter().all(|target| seeds.contains_key(target.name)), "a target without a seed");
}
