//! Counts what the rules say of honest prose: published documents, in which nearly every error told is a
//! false alarm. It decides severities (`docs/severities.md` is made by it).
//!
//! `cargo run --release --example honest -- FOLDER… --part learn [--locality] [--rule ID] [--table TITLE]`
//!
//! A folder has an `index.json`, a list of objects with `file`, `date`, `part` and, where there is one,
//! `locality`. Each document is read on its own day; with `--locality` its home is told too. A kind of
//! finding is its message with what stands between quotation marks and the figures taken out, so a rule
//! needs no list of its kinds. `--table` prints Markdown, which begins with that title.

#![expect(clippy::disallowed_methods, reason = "a program that reads folders")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

use wengao::{Case, Date, Settings, Severity, check, read};

/// A rule, a severity and a kind of finding.
type Kind = (&'static str, Severity, String);

/// What was asked for.
#[derive(Default)]
struct Asked {
    folders: Vec<PathBuf>,
    part: Option<String>,
    locality: bool,
    only: Vec<String>,
    table: Option<String>,
}

/// What was counted.
#[derive(Default)]
struct Counted {
    documents: usize,
    characters: usize,
    /// How often each kind was told, and in how many documents.
    kinds: BTreeMap<Kind, (usize, usize)>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut asked = Asked::default();
    let mut arguments = env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--part" => asked.part = arguments.next(),
            "--locality" => asked.locality = true,
            "--rule" => asked.only.extend(arguments.next()),
            "--table" => asked.table = arguments.next(),
            _ => asked.folders.push(PathBuf::from(argument)),
        }
    }
    let mut counted = Counted::default();
    for folder in &asked.folders {
        count(folder, &asked, &mut counted)?;
    }
    match &asked.table {
        Some(title) => table(title, &asked, &counted),
        None => lines(&counted),
    }
    Ok(())
}

/// Counts the findings of a folder's documents.
fn count(folder: &Path, asked: &Asked, counted: &mut Counted) -> Result<(), Box<dyn std::error::Error>> {
    let index: serde_json::Value = serde_json::from_str(&fs::read_to_string(folder.join("index.json"))?)?;
    for entry in index.as_array().into_iter().flatten() {
        if asked.part.as_deref().is_some_and(|part| entry["part"] != part) {
            continue;
        }
        let Some(file) = entry["file"].as_str() else { continue };
        let path = [file.to_owned(), format!("{file}.txt")].map(|name| folder.join(name));
        let Some(bytes) = path.iter().find_map(|path| fs::read(path).ok()) else { continue };
        let settings = Settings::with(|settings| {
            settings.as_of = entry["date"].as_str().and_then(Date::parse);
            settings.home = entry["locality"].as_str().filter(|_| asked.locality).map(str::to_owned);
            settings.only.clone_from(&asked.only);
        });
        let manuscript = read(&path[0].to_string_lossy(), &bytes)?;
        let findings = check(&Case::new(&manuscript, &settings));
        counted.documents += 1;
        counted.characters += manuscript.characters();
        let mut told: BTreeMap<Kind, usize> = BTreeMap::new();
        for finding in &findings {
            *told.entry((finding.rule, finding.severity, kind(&finding.message.zh))).or_default() += 1;
        }
        for (kind, times) in told {
            let (all, documents) = counted.kinds.entry(kind).or_default();
            (*all, *documents) = (*all + times, *documents + 1);
        }
    }
    Ok(())
}

/// A message without what it quotes and counts.
fn kind(message: &str) -> String {
    let mut out = String::new();
    let mut depth = 0usize;
    for c in message.chars() {
        match c {
            '“' => {
                depth += 1;
                if depth == 1 {
                    out.push_str("“…");
                }
            }
            '”' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    out.push(c);
                }
            }
            _ if depth > 0 => {}
            _ if c.is_ascii_digit() || c == '.' => {
                if !out.ends_with('n') {
                    out.push('n');
                }
            }
            _ => out.push(c),
        }
    }
    // What a message goes on with behind a quotation that holds marks of its own is no kind.
    out.chars().take(40).collect()
}

fn rate(times: usize, counted: &Counted) -> f64 {
    times as f64 * 1e4 / counted.characters.max(1) as f64
}

/// How often this severity was told.
fn total(counted: &Counted, severity: Severity) -> usize {
    counted.kinds.iter().filter(|((_, s, _), _)| *s == severity).map(|(_, (times, _))| times).sum()
}

fn lines(counted: &Counted) {
    println!("{} documents, {} characters", counted.documents, counted.characters);
    for ((rule, severity, kind), (times, documents)) in &counted.kinds {
        let (name, rate) = (severity.name(), rate(*times, counted));
        println!("{name:8} {rule:18} {times:6} {rate:.4} in {documents}  {kind}");
    }
    for (name, severity) in Severity::ALL {
        let times = total(counted, severity);
        println!("{name}: {times}, {:.4} per 10,000 characters", rate(times, counted));
    }
}

fn table(title: &str, asked: &Asked, counted: &Counted) {
    let folders: Vec<String> =
        asked.folders.iter().filter_map(|f| Some(f.file_name()?.to_string_lossy().into_owned())).collect();
    let (folders, part) = (folders.join(", "), asked.part.as_deref().unwrap_or("all"));
    let (documents, characters) = (counted.documents, counted.characters);
    println!("# {title}\n");
    println!("{documents} documents, {characters} characters; folders {folders}; part {part}.");
    println!("共{documents}篇、{characters}字；语料：{folders}；部分：{part}。\n");
    println!(
        "| rule 规则 | severity 级别 | kind 种类 | findings 条数 | per 10,000 每万字 | documents 篇数 |"
    );
    println!("|---|---|---|---|---|---|");
    for ((rule, severity, kind), (times, documents)) in &counted.kinds {
        let (label, rate) = (severity.label(), rate(*times, counted));
        let (en, zh) = (label.en, label.zh);
        println!("| `{rule}` | {en} {zh} | {kind} | {times} | {rate:.4} | {documents} |");
    }
    println!();
    for (name, severity) in Severity::ALL {
        let times = total(counted, severity);
        println!("* {name} {}: {times}, {:.4}", severity.label().zh, rate(times, counted));
    }
}
