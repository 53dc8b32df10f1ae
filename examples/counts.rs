//! Makes the table of counts from folders of published documents.
//!
//! `cargo run --release --example counts -- FOLDER… --output phrasebank/counts/official.counts`
//!
//! A folder has an `index.json`, a list of objects with `file`, `part` and, where there is one,
//! `locality`. Only documents whose part is `learn` are read, so that the others can measure what the
//! counts are worth. `phrasebank/counts/README.md` says from what the table that is built in was made.

#![expect(clippy::disallowed_methods, reason = "a program that reads folders and writes a file")]

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

use wengao::base::counts::{LONGEST, Letters, Tally, pack};

/// How often an n-gram must stand, and in how many sources, by its length.
const LEAST: [(u32, u32); LONGEST] = [(3, 3), (3, 3), (3, 3), (5, 3), (8, 4)];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut folders = Vec::new();
    let mut output = None;
    let mut arguments = env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--output" => output = arguments.next().map(PathBuf::from),
            _ => folders.push(PathBuf::from(argument)),
        }
    }
    let mut tally = Tally::default();
    let mut sources = HashMap::new();
    let mut documents = 0;
    for folder in &folders {
        for (source, text) in read(folder, "learn")? {
            let next = sources.len() as u32;
            tally.add(*sources.entry(source).or_insert(next), &Letters::of(&text));
            documents += 1;
        }
    }
    println!("{documents} documents of {} sources, {} letters", sources.len(), tally.letters());
    let grams = tally.grams(|length, count, sources| {
        let (least, of) = LEAST[length - 1];
        count >= least && sources >= of
    });
    for length in 1..=LONGEST {
        let of_length = grams.iter().filter(|g| g.letters().len() == length);
        println!("{length}-grams: {}", of_length.count());
    }
    let bytes = pack(&grams, tally.letters() as u64)?;
    println!("{} n-grams in {} bytes", grams.len(), bytes.len());
    if let Some(output) = output {
        fs::write(output, bytes)?;
    }
    Ok(())
}

/// The documents of a folder that are in this part, each with its source: its locality, else the
/// folder in which it lies, else itself.
fn read(folder: &Path, part: &str) -> Result<Vec<(String, String)>, Box<dyn std::error::Error>> {
    let index: serde_json::Value = serde_json::from_str(&fs::read_to_string(folder.join("index.json"))?)?;
    let mut found = Vec::new();
    for entry in index.as_array().into_iter().flatten().filter(|e| e["part"] == part) {
        let Some(file) = entry["file"].as_str() else { continue };
        let source = entry["locality"].as_str().or_else(|| file.split_once('/').map(|(under, _)| under));
        let source = source.unwrap_or(file).trim_end_matches(['市', '省']);
        found.push((source.to_owned(), fs::read_to_string(folder.join(file))?));
    }
    Ok(found)
}
