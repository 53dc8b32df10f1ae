//! Prepares what would cost time whenever the program starts: an index of the gazetteer, the word
//! lists of the rules as constants, the words without which a pattern of the lexicon need not be
//! compiled, and the trees of the library's YAML.

#![expect(
    clippy::disallowed_methods,
    reason = "a build script reads the phrase bank and writes what cargo asks for"
)]

mod alike;
mod anchors;
#[path = "../src/rules/reading/places/hash.rs"]
mod hash;
#[path = "../src/rules/reading/places/index.rs"]
mod index;
mod lexicon;
mod trees;
mod words;

use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    // The library is built in: without this a new file of it is noticed only when code changes.
    println!("cargo::rerun-if-changed=templates");
    println!("cargo::rerun-if-changed=phrasebank/phrases");
    println!("cargo::rerun-if-changed=phrasebank/topics");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=src/base/counts/form.rs");
    println!("cargo::rerun-if-changed=src/base/words.rs");
    println!("cargo::rerun-if-changed=src/rules/reading/places/hash.rs");
    println!("cargo::rerun-if-changed=src/rules/reading/places/index.rs");
    for name in ["divisions.tsv", "short.tsv", "townships.tsv", "former.tsv", "words.txt"] {
        let table = read(&Path::new("phrasebank/places").join(name));
        write(&format!("{name}.index"), &index::of(&table));
        if name == "divisions.tsv" {
            write("divisions.codes", &index::codes(&table));
        }
        if name == "short.tsv" {
            write("short.starts", &starts(&table));
        }
    }
    let list = |name: &str| read(&Path::new("phrasebank/alike").join(name));
    write("alike.bin", &alike::table(&list("sound.txt"), &list("shape.txt")));
    let words = list("words.txt");
    write("words.bloom", &alike::words(&words));
    write("idioms.bloom", &alike::idioms(&words));
    write("lexicon.rs", lexicon(Path::new("phrasebank/lexicon")).as_bytes());
    let scars = read(Path::new("phrasebank/lexicon/scars.tsv"));
    let scars = scars.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split('\t').nth(1));
    let scars = anchors(scars.map(str::to_owned));
    write("scars.anchors", scars.as_bytes());
    let residue = read(Path::new("phrasebank/lexicon/web_residue.txt"));
    let residue = residue.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#'));
    let residue = residue.filter(|l| !lexicon::is_heading(l)).map(|l| format!("^(?:{l})$"));
    write("web_residue.anchors", anchors(residue).as_bytes());
    let worn = read(Path::new("phrasebank/lexicon/worn_phrases.tsv"));
    write("worn_phrases.words", words::worn(&worn).as_bytes());
    let forms = read(Path::new("phrasebank/lexicon/misspelled.tsv"));
    write("misspelling.words", words::forms(&forms).as_bytes());
    let mut library = Vec::new();
    for (folder, as_named) in
        [("phrasebank/phrases", "phrases"), ("phrasebank/topics", "topics"), ("templates", "templates")]
    {
        collect(Path::new(folder), as_named, &mut library);
    }
    write("trees.rs", trees::table(library).as_bytes());
}

/// Bits by the hash of the first two characters of the names, by which most places of a text are ruled out.
fn starts(table: &str) -> Vec<u8> {
    let mut bits = vec![0_u8; 1 << 13];
    for (_, name) in index::names(table) {
        let first: String = name.chars().take(2).collect();
        let bit = hash::NameHash::of(&first).slot(bits.len() * 8);
        bits[bit / 8] |= 1 << (bit % 8);
    }
    bits
}

/// The files below a folder with their names in the library.
fn collect(folder: &Path, name: &str, out: &mut Vec<(String, String)>) {
    let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    for path in entries.flatten().map(|e| e.path()) {
        let name = format!("{name}/{}", path.file_name().unwrap_or_default().to_string_lossy());
        if path.is_dir() {
            collect(&path, &name, out);
        } else if name.starts_with("templates/parts/") || name.ends_with(".example.yaml") {
            // A part has no front matter, and examples are read when somebody asks for them.
        } else if path.extension().is_some_and(|e| e == "yaml" || e == "tera") {
            out.push((name, read(&path)));
        }
    }
}

/// The word lists, a module for each file that has sections. What is wrong with one ends the build
/// and is told with its place.
fn lexicon(folder: &Path) -> String {
    println!("cargo::rerun-if-changed={}", folder.display());
    let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.flatten().map(|e| e.path()).collect();
    paths.sort();
    let mut modules = String::new();
    for path in paths {
        let text = read(&path);
        if !lexicon::has_sections(&text) {
            continue;
        }
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        match lexicon::module(&name, &text) {
            Ok(module) => modules.push_str(&module),
            Err(slips) => {
                slips.iter().for_each(|s| println!("cargo::error={}:{}: {}", path.display(), s.line, s.what))
            }
        }
    }
    modules
}

/// The anchors of some patterns as the expression that makes them (`Anchors::ready`): their words, of each
/// the pattern and the bit of its set, and the bits of all sets of each pattern.
fn anchors(patterns: impl Iterator<Item = String>) -> String {
    let (mut all, mut of_word, mut whole) = (Vec::new(), Vec::new(), Vec::new());
    for (index, pattern) in patterns.enumerate() {
        let sets = anchors::of(&pattern);
        assert!((1..=8).contains(&sets.len()), "no words without which it cannot match: {pattern}");
        whole.push(u8::MAX >> (8 - sets.len()));
        for (set, words) in sets.into_iter().enumerate() {
            of_word.extend(words.iter().map(|_| (index, 1_u8 << set)));
            all.extend(words);
        }
    }
    let words = words::ready(all.iter().map(String::as_str));
    format!("Anchors::ready({words}, &{of_word:?}, &{whole:?})")
}

fn read(path: &Path) -> String {
    println!("cargo::rerun-if-changed={}", path.display());
    fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn write(name: &str, bytes: &[u8]) {
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    fs::write(out.join(name), bytes).expect("OUT_DIR can be written");
}
