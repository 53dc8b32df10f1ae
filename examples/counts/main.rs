//! Makes the table of counts from folders of published documents.
//!
//! `cargo run --release --example counts -- FOLDER… --output phrasebank/counts/official.counts`
//!
//! Beside it, under the same name with the endings `.between` and `.alone`, go the list of what stands between two
//! letters, and what characters cost that stand alone.
//!
//! `cargo run --release --example counts -- FOLDER… --trial` measures instead what they are worth
//! (`trial.rs`).
//!
//! A folder has an `index.json`, a list of objects with `file`, `part` and, where there is one,
//! `locality`. Only documents whose part is `learn` are read, so that the others can measure what the
//! counts are worth. `phrasebank/counts/README.md` says from what the table that is built in was made.

#![expect(clippy::disallowed_methods, reason = "a program that reads folders and writes a file")]

mod forest;
mod planted;
mod trial;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

use wengao::counts::{Alone, Between, Counts, LONGEST, Letters, Tally, pack};

/// How often an n-gram must stand, and in how many sources, by its length.
const LEAST: [(u32, u32); LONGEST] = [(3, 3), (3, 3), (3, 3), (6, 3), (12, 4)];

/// How often a pair of letters must stand to be listed among the followers of the first.
const COMMON: u32 = 50;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut folders = Vec::new();
    let mut output = None;
    let mut try_out = false;
    let mut judge = None;
    let mut bars = None;
    let mut part = "measure".to_owned();
    let mut arguments = env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--output" => output = arguments.next().map(PathBuf::from),
            "--trial" => try_out = true,
            "--judge" => judge = arguments.next().map(PathBuf::from),
            "--part" => part = arguments.next().unwrap_or_default(),
            "--planted" => bars = arguments.next(),
            _ => folders.push(PathBuf::from(argument)),
        }
    }
    let of_part = |part: &str| -> Result<Vec<_>, Box<dyn std::error::Error>> {
        Ok(folders.iter().map(|folder| read(folder, part)).collect::<Result<Vec<_>, _>>()?.concat())
    };
    if let Some(judge) = judge {
        return Ok(fs::write(judge, planted::settle(&of_part("learn")?)?)?);
    }
    if let Some(bars) = bars {
        let mut numbers = bars.split(',').map(str::parse);
        let mut next = || numbers.next().unwrap_or(Ok(f32::INFINITY));
        return planted::measure(&of_part(&part)?, [next()?, next()?, next()?, next()?, next()?, next()?]);
    }
    if try_out {
        return trial::run(&of_part("learn")?, &of_part("measure")?);
    }
    let learn = of_part("learn")?;
    let (bytes, between) = table(&learn)?;
    if let Some(output) = output {
        let texts: Vec<Letters> = learn.iter().map(|(_, text)| Letters::of(text)).collect();
        fs::write(output.with_extension("alone"), Alone::pack(&texts, Counts::open(&bytes)?))?;
        fs::write(output.with_extension("between"), between)?;
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

/// Counts documents, each given with its source, and packs what is kept: the table, and what stands
/// between two letters.
fn table<'d>(
    documents: impl IntoIterator<Item = &'d (String, String)>,
) -> Result<(Vec<u8>, Vec<u8>), Box<dyn std::error::Error>> {
    let mut tally = Tally::default();
    let mut sources = HashMap::new();
    let mut number = 0;
    for (source, text) in documents {
        let next = sources.len() as u32;
        tally.add(*sources.entry(source).or_insert(next), &Letters::of(text));
        number += 1;
    }
    println!("{number} documents of {} sources, {} letters", sources.len(), tally.letters());
    let grams = tally.grams(|length, count, sources| {
        let (least, of) = LEAST[length - 1];
        count >= least && sources >= of
    });
    for length in 1..=LONGEST {
        let of_length = grams.iter().filter(|g| g.letters().len() == length);
        println!("{length}-grams: {}", of_length.count());
    }
    let common = grams.iter().filter(|g| g.letters().len() == 2 && g.count >= COMMON).count();
    println!("{common} common pairs");
    let bytes = pack(&grams, tally.letters() as u64, COMMON)?;
    println!("{} n-grams in {} bytes", grams.len(), bytes.len());
    let between = Between::pack(&grams);
    println!("{} bytes of what stands between two letters", between.len());
    Ok((bytes, between))
}
