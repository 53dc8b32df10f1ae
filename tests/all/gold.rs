//! Real drafts, where they are at hand: labelled ones, look-alikes, honest prose.
//!
//! They lie beside the project's repository, in `../shared`, and are no part of it: a fresh clone
//! has none, and these tests then say so and pass. The bars are those that the project was set.

#![expect(clippy::disallowed_methods, reason = "the drafts are files")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use wengao::{Case, Finding, Settings, check, read};

/// The folder of this name beside the repository, or `None` with a word about it.
fn shared(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(name);
    if !path.exists() {
        println!("skipped: ../shared/{name} is not here");
        return None;
    }
    Some(path)
}

fn placeholders(name: &str, bytes: &[u8]) -> Vec<(String, Finding)> {
    let manuscript = read(name, bytes).expect(name);
    let settings = Settings::with(|s| s.only = vec!["placeholder".into()]);
    let findings = check(&Case::new(&manuscript, &settings));
    findings.into_iter().map(|f| (manuscript.text()[f.range.clone()].to_owned(), f)).collect()
}

/// Every file below a folder, sorted.
pub(crate) fn files(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { files(&path, out) } else { out.push(path) }
    }
    out.sort();
}

#[test]
fn placeholder_reaches_its_bar_on_the_labelled_drafts() {
    let (Some(drafts), Some(scorer)) = (shared("drafts"), shared("eval/score_gold.py")) else { return };
    let report = Path::new(env!("CARGO_TARGET_TMPDIR")).join("gold.json");
    let done = Command::new(env!("CARGO_BIN_EXE_wengao"))
        .args(["check", "--only", "placeholder", "--format", "json", "--force", "--output"])
        .arg(&report)
        .arg(drafts.join("docs"))
        .status()
        .expect("wengao runs");
    assert_ne!(done.code(), Some(2));
    let scored = Command::new("python3")
        .arg(scorer)
        .arg(&drafts)
        .arg(&report)
        .args(["--misses", "placeholder", "--extra", "placeholder", "--require", "placeholder=0.99/0.99"])
        .output();
    match scored {
        Ok(scored) => assert!(scored.status.success(), "{}", String::from_utf8_lossy(&scored.stdout)),
        Err(error) => println!("skipped: python3 cannot be run: {error}"),
    }
}

#[test]
fn look_alikes_are_left_alone() {
    let Some(clean) = shared("wild/clean") else { return };
    let contexts = fs::read_to_string(clean.join("lookalike_contexts.tsv")).expect("the contexts");
    let mut told = Vec::new();
    for line in contexts.lines().skip(1) {
        let Some(context) = line.split('\t').nth(1) else { continue };
        let found = placeholders("a.txt", context.as_bytes());
        told.extend(found.into_iter().map(|(words, _)| format!("{words}: {context}")));
    }
    for path in fs::read_dir(&clean).expect("the folder").map(|e| e.expect("an entry").path()) {
        let name = path.to_string_lossy();
        if name.ends_with(".md") {
            let found = placeholders(&name, &fs::read(&path).expect("a file"));
            told.extend(found.into_iter().map(|(words, _)| format!("{words}: {name}")));
        }
    }
    assert!(told.is_empty(), "{}", told.join("\n"));
}

#[test]
fn honest_prose_has_no_placeholders() {
    let Some(corpus) = shared("corpus") else { return };
    let mut all = Vec::new();
    // Older and larger folders lie beside these two; `index.json` says where texts are from.
    for name in ["provincial_2025", "local_regulations"] {
        files(&corpus.join(name), &mut all);
    }
    all.retain(|path| path.extension().is_some_and(|e| e == "txt"));
    let mut told = Vec::new();
    for path in &all {
        let name = path.to_string_lossy();
        let found = placeholders(&name, &fs::read(path).expect("a file"));
        told.extend(found.into_iter().map(|(_, f)| f.message.zh.to_string()));
    }
    assert!(told.len() <= 5, "{} in {} documents:\n{}", told.len(), all.len(), told.join("\n"));
}
