//! Every skeleton, drafted from its own example facts and from the sample localities.

#![expect(clippy::disallowed_methods, reason = "the samples are files")]

use std::collections::BTreeSet;

use crate::library::skeletons;
use wengao::{
    BlockKind, Case, Facts, Lang, Manuscript, Options, Place, Record, Settings, Skeleton, Value, WRITERS,
    check, draft, library, lint, load_facts,
};

/// The invented localities of tests/samples/facts, by file name.
fn samples() -> Vec<(String, Facts)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/samples/facts");
    let mut all: Vec<_> = std::fs::read_dir(folder)
        .expect("the samples")
        .map(|entry| {
            let path = entry.expect("a sample").path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let source = std::fs::read_to_string(&path).expect("a sample reads");
            let facts = load_facts(&name, &source).unwrap_or_else(|e| panic!("{}", e.in_lang(Lang::Zh)));
            (name, facts)
        })
        .collect();
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all
}

fn assert_clean(manuscript: &Manuscript, facts: &Facts, what: &str) {
    let settings = Settings::default();
    let findings = check(&Case::new(manuscript, &settings).with_facts(Some(facts)));
    let told: Vec<_> = findings.iter().map(|f| format!("{}: {}", f.rule, f.message.zh)).collect();
    assert!(told.is_empty(), "{what}: {}", told.join("\n"));
}

/// The facts without what stands at a pattern; `[]` is the second item, else the first, of a list.
fn without(facts: &Facts, pattern: &str) -> (Facts, String) {
    fn remove(record: &mut Record, steps: &[&str], path: &mut String) {
        let (step, rest) = steps.split_first().expect("a path has a step");
        let key = step.trim_end_matches("[]");
        if !path.is_empty() {
            path.push('.');
        }
        path.push_str(key);
        if rest.is_empty() {
            record.shift_remove(key);
            return;
        }
        match record.get_mut(key).map(|f| &mut f.value) {
            Some(Value::Record(below)) => remove(below, rest, path),
            Some(Value::List(items)) => {
                let index = items.len().min(2) - 1;
                path.push_str(&format!("[{index}]"));
                let Value::Record(below) = &mut items[index].value else { panic!("{path} is no record") };
                remove(below, rest, path);
            }
            _ => panic!("the example has no {path}"),
        }
    }
    let mut less = facts.clone();
    let steps: Vec<&str> = pattern.split('.').collect();
    let mut path = String::new();
    remove(&mut less.root, &steps, &mut path);
    (less, path)
}

#[test]
fn a_draft_from_the_example_facts_has_no_finding() {
    for skeleton in skeletons() {
        let manuscript = draft(&skeleton, skeleton.example(), &Options::default()).expect(&skeleton.id);
        assert_clean(&manuscript, skeleton.example(), &skeleton.id);
    }
}

#[test]
fn the_mobilization_speech_has_two_to_five_thousand_han_whatever_the_seed() {
    let skeleton = library::built_in().skeleton("speech/mobilization").expect("it is built in");
    for seed in 0..20 {
        let options = Options::with(|o| o.seed = seed);
        let speech = draft(&skeleton, skeleton.example(), &options).expect("it drafts");
        let han = speech.text().chars().filter(|c| ('\u{4E00}'..='\u{9FFF}').contains(c)).count();
        // Three thousand, when the bank still said what nobody had typed.
        assert!((2_000..=5_000).contains(&han), "seed {seed}: {han}");
        assert_clean(&speech, skeleton.example(), &format!("seed {seed}"));
    }
}

#[test]
fn the_sample_localities_draft_clean() {
    let skeleton = library::built_in().skeleton("speech/mobilization").expect("it is built in");
    for (name, facts) in samples() {
        for seed in 0..5 {
            let options = Options::with(|o| o.seed = seed);
            let manuscript = draft(&skeleton, &facts, &options).unwrap_or_else(|e| panic!("{name}: {e}"));
            assert_clean(&manuscript, &facts, &name);
        }
    }
}

#[test]
fn what_one_record_of_a_list_lacks_stops_nothing_and_leaves_no_hole_in_a_sentence() {
    let mut gaps = 0;
    for skeleton in skeletons() {
        // Hardly any of them is needed now, but they are left out as often.
        let all = skeleton.needs.iter().chain(&skeleton.optional);
        let apart = ["owner", "due", "detail", "deed"];
        let known = all.filter(|n| apart.iter().any(|key| n.fact.ends_with(&format!("[].{key}"))));
        for need in known.filter(|need| skeleton.example().missing(&need.fact).is_empty()) {
            let (less, path) = without(skeleton.example(), &need.fact);
            let chosen = skeleton.chosen(&less, &[]).expect("its own sections");
            let found: Vec<String> =
                skeleton.gaps(&less, &chosen).into_iter().map(|(path, _)| path).collect();
            assert!(found.is_empty() || found == [path.as_str()], "{}: {found:?}", skeleton.id);
            gaps += 1;
            for seed in 0..8 {
                let options = Options::with(|o| o.seed = seed);
                let manuscript = draft(&skeleton, &less, &options).unwrap_or_else(|e| panic!("{path}: {e}"));
                assert_clean(&manuscript, &less, &format!("{} without {path}, seed {seed}", skeleton.id));
                for hole in [
                    "：；",
                    "单位：；",
                    "时限：。",
                    "（）",
                    "，，",
                    "、，",
                    "“”",
                    "，。",
                    "：。",
                    "做法是：举",
                ] {
                    let text = manuscript.text();
                    let at = text.find(hole).map(|at| text[..at].chars().rev().take(20).collect::<String>());
                    assert!(at.is_none(), "{} without {path}, seed {seed}: {hole} after {at:?}", skeleton.id);
                }
            }
        }
    }
    assert!(gaps > 20, "{gaps}");
}

#[test]
fn each_needed_fact_that_is_missing_stops_the_draft_and_is_the_one_that_is_named() {
    for skeleton in skeletons() {
        for need in &skeleton.needs {
            let (less, path) = without(skeleton.example(), &need.fact);
            let chosen = skeleton.chosen(&less, &[]).expect("its own sections");
            if !skeleton.gaps(&less, &chosen).is_empty() {
                continue;
            }
            let error = draft(&skeleton, &less, &Options::default()).expect_err(&need.fact);
            let told = error.in_lang(Lang::En);
            assert_eq!(error.problems().len(), 1, "{told}");
            assert!(told.ends_with(&format!("id {path}")), "{path}: {told}");
            assert!(!need.lines.is_empty(), "{} is used nowhere", need.fact);

            // Allowed to be missing, it is written as a blank, and the check finds that blank.
            let options = Options::with(|o| o.allow_missing = true);
            let manuscript = draft(&skeleton, &less, &options).expect("a blank is written");
            let settings = Settings::default();
            let findings = check(&Case::new(&manuscript, &settings));
            // A level only decides words, and a name may stand behind a short name.
            let whole = draft(&skeleton, skeleton.example(), &Options::default()).expect("it drafts");
            let printed = whole.pieces().iter().any(|p| {
                matches!(&p.from, Place::Fact { path: p, .. } if p.starts_with(&path) && path != "locality.level")
            });
            if printed {
                assert!(findings.iter().any(|f| f.rule == "placeholder"), "{path}");
            }
        }
    }
}

#[test]
fn each_optional_fact_can_be_left_out() {
    let mut told = Vec::new();
    let mut tell = |what: String, skeleton: &Skeleton, facts: &Facts| match draft(
        skeleton,
        facts,
        &Options::default(),
    ) {
        Err(error) => told.push(format!("{what}: {error}")),
        Ok(manuscript) => {
            let settings = Settings::default();
            let findings = check(&Case::new(&manuscript, &settings).with_facts(Some(facts)));
            told.extend(findings.iter().map(|f| format!("{what}: {}: {}", f.rule, f.message.zh)));
        }
    };
    for skeleton in skeletons() {
        // What an example does not state is left out already.
        let stated = |need: &&wengao::Need| skeleton.example().missing(&need.fact).is_empty();
        for need in skeleton.optional.iter().filter(stated) {
            let (less, path) = without(skeleton.example(), &need.fact);
            tell(format!("{} without {path}", skeleton.id), &skeleton, &less);
        }
        // And all of them at once.
        let mut least = skeleton.example().clone();
        for need in skeleton.optional.iter().rev() {
            remove_everywhere(&mut least, &need.fact);
        }
        tell(format!("{} with needed facts only", skeleton.id), &skeleton, &least);
    }
    assert!(told.is_empty(), "{}", told.join("\n"));
}

/// Removes what stands at a pattern from every item of every list.
fn remove_everywhere(facts: &mut Facts, pattern: &str) {
    fn remove(record: &mut Record, steps: &[&str]) {
        let Some((step, rest)) = steps.split_first() else { return };
        let key = step.trim_end_matches("[]");
        if rest.is_empty() {
            record.shift_remove(key);
            return;
        }
        match record.get_mut(key).map(|f| &mut f.value) {
            Some(Value::Record(below)) => remove(below, rest),
            Some(Value::List(items)) => {
                for item in items {
                    if let Value::Record(below) = &mut item.value {
                        remove(below, rest);
                    }
                }
            }
            _ => {}
        }
    }
    remove(&mut facts.root, &pattern.split('.').collect::<Vec<_>>());
}

#[test]
fn no_skeleton_uses_a_fact_that_it_does_not_declare_or_declares_one_that_it_does_not_use() {
    for skeleton in skeletons() {
        let (undeclared, unused) = skeleton.undeclared_and_unused();
        assert_eq!((undeclared, unused), (Vec::new(), Vec::new()), "{}", skeleton.id);
    }
}

#[test]
fn the_lint_has_nothing_to_say_of_the_built_in_library() {
    let library = library::built_in();
    let mut problems = lint::phrases(&library).unwrap_or_else(|e| panic!("{e}"));
    for skeleton in skeletons() {
        problems.extend(lint::skeleton(&skeleton).unwrap_or_else(|e| panic!("{e}")));
    }
    let told: Vec<_> = problems.iter().map(|p| p.in_lang(Lang::Zh)).collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
}

/// What nobody asks for is read by nobody and grows old. A topic's three phrases may be asked for by an
/// office's own skeletons.
#[test]
fn every_phrase_is_asked_for_by_a_skeleton() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/templates");
    let mut bodies = String::new();
    for family in std::fs::read_dir(folder).expect("the skeletons").flatten() {
        for file in std::fs::read_dir(family.path()).into_iter().flatten().flatten() {
            bodies.push_str(&std::fs::read_to_string(file.path()).expect("it reads"));
        }
    }
    let all = lint::all_phrases(&library::built_in()).unwrap_or_else(|e| panic!("{e}"));
    let idle: Vec<_> = all
        .iter()
        .filter(|phrase| !phrase.id.starts_with("topic.") && !bodies.contains(&format!("\"{}\"", phrase.id)))
        .map(|phrase| phrase.id.to_string())
        .collect();
    assert!(idle.is_empty(), "nobody asks for {idle:?}");
}

#[test]
fn every_phrase_is_sound_and_lies_in_the_file_of_its_family() {
    let mut ids = BTreeSet::new();
    for family in library::built_in().phrase_families() {
        for phrase in library::built_in().phrases(&family).unwrap_or_else(|e| panic!("{e}")) {
            assert_eq!(phrase.id.split('.').next(), Some(family.as_str()), "{}", phrase.id);
            assert!(ids.insert(phrase.id.clone()), "{} is there twice", phrase.id);
            assert!(!phrase.function.zh.is_empty() && !phrase.function.en.is_empty(), "{}", phrase.id);
            let variants: BTreeSet<_> = phrase.variants.iter().map(|v| &v.text).collect();
            assert_eq!(variants.len(), phrase.variants.len(), "{} says the same twice", phrase.id);
        }
    }
}

#[test]
fn the_same_facts_give_the_same_bytes_in_every_format() {
    for skeleton in skeletons() {
        let make = || draft(&skeleton, skeleton.example(), &Options::default()).expect("it drafts");
        for writer in WRITERS {
            let (a, b) =
                (writer.write(&make(), &Settings::default()), writer.write(&make(), &Settings::default()));
            assert_eq!(a.expect("it writes"), b.expect("it writes"), "{}", writer.name());
        }
    }
}

#[test]
fn every_figure_of_a_draft_comes_from_a_fact_or_stands_in_the_facts() {
    // Digits may come from a fact alone: none is typed in a skeleton or a phrase.
    for skeleton in skeletons() {
        let manuscript = draft(&skeleton, skeleton.example(), &Options::default()).expect("it drafts");
        for (at, c) in manuscript.text().char_indices() {
            if c.is_ascii_digit() {
                let place = manuscript.place(at);
                // The skeleton counts the rows of a table.
                let cell = manuscript.blocks().iter().find(|b| b.range.contains(&at));
                let row = cell.is_some_and(|b| {
                    b.kind == BlockKind::Cell
                        && manuscript.text()[b.range.clone()].chars().all(|c| c.is_ascii_digit())
                });
                let known =
                    row || matches!(place, Some(Place::Fact { .. } | Place::Computed(_) | Place::Program));
                assert!(
                    known,
                    "{:?}: {}",
                    place,
                    &manuscript.text()[at..].chars().take(12).collect::<String>()
                );
            }
        }
    }
}
