//! The house rules that a compiler does not check: floors, names, tables, openings.

#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test reads the sources")]

#[path = "house/circles.rs"]
mod circles;
#[path = "house/sizes.rs"]
mod sizes;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use clap::builder::StyledStr;
use wengao::base::{Lang, han::Date};
use wengao::cli::{COMMANDS, command};
use wengao::corpus::{Corpus, Entry, MemoryStore, Stock};
use wengao::model::{Finding, KINDS, Manuscript, Mask, MaskKind, Settings, facts};
use wengao::read::{READERS, read};
use wengao::report::REPORTS;
use wengao::rules::{Case, Example, RULES, Reads, Rule, check};
use wengao::write::WRITERS;

/// The floors, lowest first; what stands together never meets, but for the pairs in [`MAY_MEET`].
const FLOORS: &[&[&str]] = &[
    &["base"],
    &["model"],
    &["office"],
    &["read", "draft", "write", "sheet", "corpus", "rules"],
    &["report", "extract"],
    &["app"],
    &["cli", "lsp", "web"],
];

/// Siblings of which the first may use the second.
const MAY_MEET: &[(&str, &str)] =
    &[("rules", "corpus"), ("lsp", "cli"), ("web", "cli"), ("cli", "lsp"), ("cli", "web")];

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// All .rs files of a folder with their text, sorted.
fn files(folder: &Path) -> Vec<(PathBuf, String)> {
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
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_module_of_the_crate_has_a_floor() {
    for entry in fs::read_dir(source()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        assert!(["lib", "main"].contains(&name.as_str()) || floor(&name).is_some(), "{name} is on no floor");
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

/// The modules of a folder of `src`, `mod` and what is below it left out.
fn modules(folder: &str) -> BTreeSet<String> {
    fs::read_dir(source().join(folder))
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.is_dir() && p.join("mod.rs").exists() || p.extension().is_some_and(|e| e == "rs"))
        .map(|p| p.file_stem().unwrap().to_str().unwrap().to_owned())
        .filter(|name| name != "mod" && name != "tests")
        .collect()
}

#[test]
fn a_rules_file_is_named_after_its_id_and_stands_in_the_table() {
    let ids: BTreeSet<String> = RULES.iter().map(|r| r.about().id.replace('-', "_")).collect();
    assert_eq!(ids.len(), RULES.len(), "two rules have one id");
    let mut files = modules("rules");
    assert!(files.remove("reading"), "what rules ask of a text is in rules/reading");
    assert_eq!(files, ids, "rules/ holds a file for each rule of the table, and reading/");
    for (path, text) in self::files(&source().join("rules/reading")) {
        assert!(!text.contains("impl Rule for"), "{} holds a rule", path.display());
    }
}

#[test]
fn formats_are_named_after_their_files() {
    for (folder, names) in [
        ("read", READERS.iter().map(|r| r.name()).collect::<BTreeSet<_>>()),
        ("write", WRITERS.iter().map(|w| w.name()).collect()),
        ("report", REPORTS.iter().map(|r| r.name()).collect()),
    ] {
        let files = modules(folder);
        for name in names {
            assert!(files.contains(name), "{folder}: no file for {name}");
        }
    }
    for subcommand in COMMANDS {
        assert!(modules("cli").contains(subcommand.name), "no file for the subcommand {}", subcommand.name);
    }
}

#[test]
fn every_rule_shows_five_texts_that_it_flags_and_five_that_it_leaves_alone() {
    for rule in RULES {
        let about = rule.about();
        let flagging = about.examples.iter().filter(|e| !e.flags.is_empty()).count();
        let silent = about.examples.len() - flagging;
        assert!(flagging >= 5 && silent >= 5, "{}: {flagging} must flag, {silent} must not", about.id);
        for text in [&about.title, &about.why] {
            assert!(
                !text.zh.is_empty() && !text.en.is_empty(),
                "{} is not explained in both languages",
                about.id
            );
        }
    }
}

/// What a rule finds in a manuscript that is checked as the example says.
fn found(rule: &dyn Rule, example: &Example, manuscript: &Manuscript) -> Vec<Finding> {
    let (stock, failure) = (Stock::known(), std::sync::OnceLock::new());
    let as_of = Date::parse(example.as_of);
    assert!(as_of.is_some() || example.as_of.is_empty(), "{}: {}", rule.about().id, example.as_of);
    let settings = Settings { only: vec![rule.about().id.to_owned()], as_of, ..Settings::default() };
    let facts = (!example.facts.is_empty()).then(|| facts::load("facts.yaml", example.facts).unwrap());
    let others = match example.others {
        "" => Vec::new(),
        yaml => vec![facts::load("others.yaml", yaml).unwrap()],
    };
    let documents = example.corpus.iter().map(|&(name, locality, text)| {
        let entry = Entry { name: name.into(), locality: locality.into(), ..Entry::default() };
        (entry, text.to_owned())
    });
    let store = MemoryStore::of(documents.collect());
    let corpus = Corpus { store: &store, stock: &stock, failure: &failure };
    let case = Case::new(manuscript, &settings).with_facts(facts.as_ref()).beside(&others);
    check(&case.against(Some(corpus)))
}

/// The words that the findings are about.
fn words<'t>(findings: &[Finding], text: &'t str) -> Vec<&'t str> {
    findings.iter().map(|f| &text[f.range.clone()]).collect()
}

#[test]
fn what_a_rule_claims_in_its_examples_is_what_it_finds() {
    for &rule in RULES {
        let id = rule.about().id;
        for example in rule.about().examples {
            let manuscript = read(example.name, example.text.as_bytes()).unwrap();
            let found = found(rule, example, &manuscript);
            assert_eq!(words(&found, manuscript.text()), example.flags, "{id}: {:?}", example.text);
            assert!(found.iter().all(|f| f.rule == id), "{id} speaks for another rule");
        }
    }
}

/// A character that nobody sees, before everything else, parts the folded text from the written one:
/// a rule that says the wrong one in `About::reads` points three bytes beside the words. (It may find
/// less, since the first line may now be no title.)
#[test]
fn a_rule_points_into_the_text_that_it_says_it_reads() {
    for &rule in RULES {
        let id = rule.about().id;
        let mut told = 0;
        for example in rule.about().examples.iter().filter(|e| e.name.ends_with(".txt")) {
            let text = format!("\u{200b}{}", example.text);
            let manuscript = read(example.name, text.as_bytes()).unwrap();
            let found = found(rule, example, &manuscript);
            for words in words(&found, manuscript.text()) {
                let words = words.trim_start_matches('\u{200b}');
                assert!(
                    example.flags.is_empty() || example.flags.contains(&words),
                    "{id}: {words} in {text:?}"
                );
                told += usize::from(!example.flags.is_empty());
            }
        }
        assert!(told > 0, "{id} finds nothing");
    }
}

#[test]
fn what_lies_under_a_mask_is_told_by_no_rule_that_reads_prose() {
    for &rule in RULES.iter().filter(|r| r.about().reads != Reads::All) {
        let id = rule.about().id;
        for example in rule.about().examples.iter().filter(|e| !e.flags.is_empty()) {
            let plain = read(example.name, example.text.as_bytes()).unwrap();
            let mut masks = plain.masks().to_vec();
            let told = found(rule, example, &plain).into_iter();
            masks.extend(told.map(|f| Mask { range: f.range, kind: MaskKind::Code }));
            masks.sort_by_key(|m| m.range.start);
            let (text, blocks) = (plain.text().to_owned(), plain.blocks().to_vec());
            let masked = Manuscript::new(text, blocks, plain.pieces().to_vec(), masks);
            for finding in found(rule, example, &masked) {
                let at = finding.range.start;
                assert_eq!(masked.mask(at), None, "{id}: {:?}", example.text);
            }
        }
    }
}

#[test]
fn the_help_names_every_reader_writer_report_and_subcommand() {
    for lang in [Lang::Zh, Lang::En] {
        let help: StyledStr = command(lang).render_long_help();
        let help = help.to_string();
        let names = READERS
            .iter()
            .map(|r| r.name())
            .chain(WRITERS.iter().map(|w| w.name()))
            .chain(REPORTS.iter().map(|r| r.name()))
            .chain(COMMANDS.iter().map(|c| c.name));
        for name in names {
            assert!(help.contains(name), "the help in {lang:?} does not name {name}");
        }
    }
}

#[test]
fn the_manual_of_skeletons_names_every_sign_once_with_its_word() {
    let manual = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("CONTRIBUTING.md")).unwrap();
    let manual = manual.split_whitespace().collect::<Vec<_>>().join(" ");
    for kind in KINDS.iter().filter(|k| !k.sign.is_empty()) {
        let entry = format!("`{}` {}", kind.sign, kind.zh);
        assert_eq!(manual.matches(&entry).count(), 1, "CONTRIBUTING.md does not say {entry} once");
    }
    for sign in manual.split("`@").skip(1) {
        let sign: String = sign.chars().take_while(char::is_ascii_lowercase).collect();
        let more = ["head", "row", "section", "end"];
        let known = KINDS.iter().any(|k| k.sign.strip_prefix('@') == Some(&sign));
        assert!(sign.is_empty() || known || more.contains(&sign.as_str()), "@{sign} is no sign");
    }
}
