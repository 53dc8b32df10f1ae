//! Prepares what would cost time whenever the program starts: an index of the gazetteer, and the
//! words without which a pattern of the lexicon need not be compiled.

#![expect(
    clippy::disallowed_methods,
    reason = "a build script reads the phrase bank and writes what cargo asks for"
)]

mod anchors;
#[path = "../src/rules/places/hash.rs"]
mod hash;
mod places;

use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    // The library is built in: without this a new file of it is noticed only when code changes.
    println!("cargo::rerun-if-changed=templates");
    println!("cargo::rerun-if-changed=phrasebank/phrases");
    println!("cargo::rerun-if-changed=phrasebank/topics");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=src/rules/places/hash.rs");
    for name in ["divisions.tsv", "short.tsv", "townships.tsv", "former.tsv", "words.txt"] {
        let table = read(&Path::new("phrasebank/places").join(name));
        write(&format!("{name}.index"), &places::index(&table));
        if name == "divisions.tsv" {
            write("divisions.codes", &places::codes(&table));
        }
        if name == "short.tsv" {
            write("short.starts", &places::starts(&table));
        }
    }
    // Patterns, their sets and the words of these are parted by separators of ASCII.
    let scars = read(Path::new("phrasebank/lexicon/scars.tsv"));
    let scars = scars.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split('\t').nth(1));
    let scars = anchors(scars.map(str::to_owned));
    write("scars.anchors", scars.as_bytes());
    let residue = read(Path::new("phrasebank/lexicon/web_residue.txt"));
    let residue = residue.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#'));
    let residue = residue.filter(|l| !matches!(*l, "[sure]" | "[edge]")).map(|l| format!("^(?:{l})$"));
    write("web_residue.anchors", anchors(residue).as_bytes());
}

fn anchors(patterns: impl Iterator<Item = String>) -> String {
    let lines: Vec<String> = patterns
        .map(|pattern| {
            let sets = anchors::of(&pattern);
            assert!((1..=8).contains(&sets.len()), "no words without which it cannot match: {pattern}");
            sets.iter().map(|words| words.join("\u{1F}")).collect::<Vec<_>>().join("\u{1E}")
        })
        .collect();
    lines.join("\u{1D}")
}

fn read(path: &Path) -> String {
    println!("cargo::rerun-if-changed={}", path.display());
    fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn write(name: &str, bytes: &[u8]) {
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    fs::write(out.join(name), bytes).expect("OUT_DIR can be written");
}
