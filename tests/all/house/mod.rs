//! The house rules that a compiler does not check: floors, circles, sizes, openings. Tables and their files, which
//! only the inside sees, are in `src/tests.rs`.

#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test reads the sources")]

mod by_heart;
mod circles;
mod sizes;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The floors, lowest first; what stands together never meets, but for the pairs in [`MAY_MEET`].
const FLOORS: &[&[&str]] = &[
    &["base"],
    &["model"],
    &["office"],
    &["read", "draft", "write", "sheet", "corpus", "rules"],
    &["report", "extract", "gather", "renew"],
    &["app"],
    &["cli", "lsp", "mcp", "page"],
];

/// Siblings of which the first may use the second.
const MAY_MEET: &[(&str, &str)] = &[("rules", "corpus"), ("cli", "lsp"), ("cli", "mcp"), ("cli", "page")];

pub(crate) fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// All .rs files of a folder with their text, sorted.
pub(crate) fn files(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            found.push((path, text));
        }
    }
    found.sort();
    found
}

fn floor(name: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&name))
}

/// The modules that a text names after `crate::`, tests left out: `use crate::{a, b::c}` names a
/// and b.
fn named(text: &str) -> BTreeSet<String> {
    let text = text.split("#[cfg(test)]").next().unwrap();
    let mut found = BTreeSet::new();
    for (_, line) in text.lines().enumerate().filter(|(_, l)| !l.trim_start().starts_with("//")) {
        for rest in line.split("crate::").skip(1) {
            match rest.strip_prefix('{') {
                Some(group) => {
                    // The names at depth 0 of a group on one line; rustfmt breaks none this short.
                    let mut depth = 0;
                    let mut word = String::new();
                    for c in group.chars() {
                        match c {
                            '{' => depth += 1,
                            '}' if depth > 0 => depth -= 1,
                            ',' | '}' if depth == 0 => {
                                found.insert(word.trim().split("::").next().unwrap().to_owned());
                                word.clear();
                            }
                            c if depth == 0 => word.push(c),
                            _ => {}
                        }
                    }
                }
                None => {
                    found.insert(rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
                }
            }
        }
    }
    found
}

#[test]
fn imports_go_down_only_and_siblings_never_meet() {
    let mut wrong = Vec::new();
    for (path, text) in files(&source()) {
        let inside = path.strip_prefix(source()).unwrap();
        let module = inside.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs");
        let Some(here) = floor(module) else { continue };
        if inside.ends_with("tests.rs") {
            continue;
        }
        for other in named(&text) {
            let Some(there) = floor(&other) else { continue };
            let allowed = there < here || other == module || MAY_MEET.contains(&(module, other.as_str()));
            if !allowed {
                wrong.push(format!("{} uses {other}", inside.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "a room uses what stands above or beside it (FLOORS): {wrong:#?}");
}

#[test]
fn every_room_has_a_floor_and_says_which() {
    for entry in fs::read_dir(source()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        assert!(
            ["lib", "main", "tests"].contains(&name.as_str()) || floor(&name).is_some(),
            "{name} is on no floor: FLOORS in tests/all/house/mod.rs, and the table of ARCHITECTURE.md"
        );
        if let (Some(floor), Ok(text)) = (floor(&name), fs::read_to_string(path.join("mod.rs"))) {
            assert!(
                text.starts_with(&format!("//! Floor {floor}: ")),
                "{name}/mod.rs: this is floor {floor}"
            );
        }
    }
}

#[test]
fn a_file_opens_by_saying_what_it_is() {
    for (path, text) in files(&source()) {
        assert!(text.starts_with("//! "), "{} does not open with //!", path.display());
    }
}

/// `Regex::new(..).ok()` made a rule with a slip in its pattern look like one that finds nothing.
#[test]
fn a_pattern_is_compiled_where_a_slip_is_said_aloud() {
    for (path, text) in files(&source()) {
        let free = path.ends_with("base/pattern.rs") || !text.contains("Regex::new(");
        assert!(free, "{} compiles a pattern without `pattern!` or `compile`", path.display());
    }
}
