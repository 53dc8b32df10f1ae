//! What the house promises of its tables: a file for each name, examples that are true, a help that
//! names all.

#![expect(clippy::disallowed_methods, reason = "a test reads the sources")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, OnceLock};

use clap::builder::StyledStr;

use crate::base::{Lang, han::Date};
use crate::cli::{COMMANDS, command};
use crate::corpus::{Corpus, Entry, MemoryStore, Stock};
use crate::model::{Finding, KINDS, Manuscript, Mask, MaskKind, Settings, facts};
use crate::read::{READERS, read};
use crate::report::REPORTS;
use crate::rules::{self, Case, Example, RULES, Reads, Rule, check, same_batch};
use crate::write::WRITERS;

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
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
    for entry in ignore::Walk::new(source().join("rules/reading")) {
        let path = entry.unwrap().into_path();
        let text = if path.is_file() { fs::read_to_string(&path).unwrap() } else { String::new() };
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
    /// Made once: it takes longer than most examples do.
    static STOCK: LazyLock<Stock> = LazyLock::new(Stock::known);
    let failure = OnceLock::new();
    let as_of = Date::parse(example.as_of);
    assert!(as_of.is_some() || example.as_of.is_empty(), "{}: {}", rule.about().id, example.as_of);
    let settings = Settings { only: vec![rule.about().id.to_owned()], as_of, ..Settings::default() };
    let set;
    let manuscript = if example.layout.is_empty() {
        manuscript
    } else {
        set = rules::set_as(manuscript, example.layout);
        &set
    };
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
    let corpus = Corpus { store: &store, stock: &STOCK, failure: &failure };
    let last =
        (!example.last_year.is_empty()).then(|| read("last.txt", example.last_year.as_bytes()).unwrap());
    let case = Case::new(manuscript, &settings).with_facts(facts.as_ref()).beside(&others);
    let batch: Vec<_> =
        example.batch.iter().map(|&(name, text)| (name, read(name, text.as_bytes()).unwrap())).collect();
    let others = batch.iter().map(|(name, manuscript)| (*name, manuscript));
    let papers: Vec<_> = std::iter::once((example.name, manuscript)).chain(others).collect();
    let alike = (!batch.is_empty()).then(|| same_batch::alike(&papers).remove(0));
    check(&case.against(Some(corpus)).after(last.as_ref()).among(alike.as_ref()))
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
fn every_tool_of_an_assistant_is_a_subcommand_whose_title_it_has() {
    let command = command(Lang::Zh);
    for path in crate::mcp::commands() {
        let found = path.split(' ').try_fold(&command, |command, name| command.find_subcommand(name));
        assert!(found.is_some_and(|found| found.get_about().is_some()), "{path}");
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
        let more = ["head", "row", "section", "end", "part"];
        let known = KINDS.iter().any(|k| k.sign.strip_prefix('@') == Some(&sign));
        assert!(sign.is_empty() || known || more.contains(&sign.as_str()), "@{sign} is no sign");
    }
}
