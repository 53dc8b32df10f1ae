//! Drafts from facts as a clerk types them: short values, some missing, some bad news, most on topics
//! without a pack. What such a draft says must be what she typed.
//!
//! `tests/samples/clerk/` has a file for each set; its first line names the skeletons that it is for. All
//! is invented. `cargo test --test all clerk:: -- --nocapture` prints what each draft is made of.

#![expect(clippy::disallowed_methods, reason = "the samples are files")]

use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;

use wengao::{BlockKind, Facts, Lang, Manuscript, Options, Place, draft, library, load_facts};

/// A draft of the sets.
struct Made {
    /// Set and skeleton.
    name: String,
    facts: Facts,
    manuscript: Manuscript,
}

/// Every set, drafted by each skeleton that it is for.
fn drafts() -> Vec<Made> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples/clerk");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("the sets").flatten().map(|e| e.path()).collect();
    files.sort();
    let library = library::built_in();
    let mut made = Vec::new();
    for file in files.iter().filter(|f| f.extension().is_some_and(|e| e == "yaml")) {
        let source = std::fs::read_to_string(file).expect("a set reads");
        let set = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let facts = load_facts(&set, &source).unwrap_or_else(|e| panic!("{set}: {}", e.in_lang(Lang::Zh)));
        let genres = source.lines().next().unwrap_or_default().trim_start_matches('#');
        for id in genres.split_whitespace() {
            let skeleton = library.skeleton(id).unwrap_or_else(|e| panic!("{}", e.in_lang(Lang::Zh)));
            let options = Options::with(|o| o.allow_missing = true);
            let manuscript = draft(&skeleton, &facts, &options)
                .unwrap_or_else(|e| panic!("{set} {id}: {}", e.in_lang(Lang::Zh)));
            made.push(Made { name: format!("{set} {id}"), facts: facts.clone(), manuscript });
        }
    }
    made
}

impl Made {
    fn text(&self, range: &Range<usize>) -> &str {
        &self.manuscript.text()[range.clone()]
    }

    /// The sentences of its prose: no title, no heading, no table, no line of a form.
    fn sentences(&self) -> Vec<Range<usize>> {
        let mut all = Vec::new();
        for block in self.manuscript.blocks().iter().filter(|b| b.kind == BlockKind::Body) {
            let mut start = block.range.start;
            for (at, c) in self.text(&block.range).char_indices() {
                let end = block.range.start + at + c.len_utf8();
                if matches!(c, '。' | '！' | '？') || end == block.range.end {
                    all.push(start..end);
                    start = end;
                }
            }
        }
        all
    }

    /// Where the words of a stretch are from.
    fn sources(&self, range: &Range<usize>) -> Vec<(&Place, &str)> {
        let within = |p: &&wengao::Piece| p.range.start < range.end && range.start < p.range.end;
        let cut = |p: &Range<usize>| p.start.max(range.start)..p.end.min(range.end);
        self.manuscript.pieces().iter().filter(within).map(|p| (&p.from, self.text(&cut(&p.range)))).collect()
    }
}

/// The facts that a stretch says.
fn facts_of(place: &Place) -> Vec<&str> {
    match place {
        Place::Fact { path, .. } => vec![path],
        Place::Computed(from) => from.iter().flat_map(facts_of).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn every_set_drafts() {
    let made = drafts();
    assert!(made.len() >= 24, "{}", made.len());
    for draft in &made {
        assert!(draft.sentences().len() > 3, "{}: {}", draft.name, draft.manuscript.text());
    }
}

#[test]
fn a_figure_is_always_a_fact() {
    let mut told = Vec::new();
    for made in drafts() {
        for sentence in made.sentences() {
            for (place, words) in made.sources(&sentence) {
                let figures = words.chars().any(|c| c.is_ascii_digit());
                // The program numbers what it lists.
                if figures && facts_of(place).is_empty() && *place != Place::Program {
                    told.push(format!("{}: {words}（{}）", made.name, place.label().zh));
                }
            }
        }
    }
    assert!(told.is_empty(), "{}", told.join("\n"));
}

#[test]
fn no_figure_is_told_twice() {
    let mut told = Vec::new();
    for made in drafts() {
        let mut seen: HashMap<String, String> = HashMap::new();
        for sentence in made.sentences() {
            let mut here = Vec::new();
            for (place, words) in made.sources(&sentence) {
                let Place::Fact { path, .. } = place else { continue };
                let whole = made.facts.text(path).unwrap_or_default();
                // Days are said where they are needed, a list is told apart by its numbers, and
                // 12345供热投诉 is a name.
                let figure = words.chars().any(|c| c.is_ascii_digit()) && !is_day(&whole);
                let is_name = path.starts_with("indicators[") && path.ends_with("].name");
                let is_time =
                    path.contains("date") || path.contains("due") || path.as_ref() == "document.year";
                if figure && !is_name && !is_time {
                    here.push((path.to_string(), words.to_owned()));
                }
            }
            for (path, words) in here {
                if let Some(before) = seen.get(&path) {
                    if *before != made.text(&sentence) {
                        told.push(format!("{}: {path} {words}", made.name));
                    }
                } else {
                    seen.insert(path, made.text(&sentence).to_owned());
                }
            }
        }
    }
    assert!(told.is_empty(), "{} twice\n{}", told.len(), told.join("\n"));
}

fn is_day(words: &str) -> bool {
    let rest =
        words.trim_start_matches(|c: char| c.is_ascii_digit() || "年月日前底至—-、上中下旬".contains(c));
    rest.is_empty()
}

/// What a sentence without a fact may be: signpost and appeal are the work of a text; the rest is filler.
#[test]
fn little_is_said_that_is_no_fact() {
    let library = library::built_in();
    let mut all = 0;
    let mut filler = Vec::new();
    for made in drafts() {
        let (mut sentences, mut idle) = (0, 0);
        for sentence in made.sentences() {
            sentences += 1;
            let sources = made.sources(&sentence);
            let says = |(place, _): &(&Place, &str)| {
                facts_of(place).iter().any(|f| {
                    !f.starts_with("work.name") && !f.starts_with("work.short") && !f.starts_with("locality")
                })
            };
            if sources.iter().any(says) {
                continue;
            }
            let of_bank = |(place, _): &(&Place, &str)| match place {
                Place::Phrase { id, .. } => {
                    let family = id.split('.').next().unwrap_or_default();
                    let phrases = library.phrases(family).unwrap_or_default();
                    let found = phrases.iter().find(|p| p.id == *id).and_then(|p| p.asserts);
                    found.is_none_or(|a| matches!(a.name().en.as_ref(), "reason" | "judgement"))
                }
                _ => false,
            };
            if sources.iter().any(of_bank) {
                idle += 1;
                filler.push(format!("{}: {}", made.name, made.text(&sentence)));
            }
        }
        println!("{}: {sentences} sentences, {idle} of them reasons or judgements without a fact", made.name);
        all += sentences;
    }
    assert!(filler.len() * 100 <= all * 8, "{} of {all}\n{}", filler.len(), filler.join("\n"));
}

#[test]
fn the_work_is_named_at_most_four_times_in_a_thousand_characters() {
    let mut told = Vec::new();
    for made in drafts() {
        let name = made.facts.text("work.short").or_else(|| made.facts.text("work.name")).unwrap_or_default();
        let prose: String = made.sentences().iter().map(|s| made.text(s)).collect();
        // A prize and a task are called as they were typed: 无偿献血先进集体.
        let typed = |at: usize| match made.manuscript.place(at) {
            Some(Place::Fact { path, .. }) => !path.starts_with("work.") && !path.starts_with("meeting."),
            _ => false,
        };
        let of = |s: &Range<usize>| {
            made.text(s).match_indices(&*name).filter(|(at, _)| !typed(s.start + at)).count()
        };
        let (times, length) = (made.sentences().iter().map(of).sum::<usize>(), prose.chars().count());
        // A page may name it three times.
        if times > 3.max(length * 4 / 1000) {
            told.push(format!("{}: {name} {times} times in {length}", made.name));
        }
    }
    assert!(told.is_empty(), "{}", told.join("\n"));
}

#[test]
fn no_sentence_is_doubled_or_broken() {
    let mut told = Vec::new();
    for made in drafts() {
        for sentence in made.sentences() {
            let text = made.text(&sentence);
            for bad in [
                "。。",
                "，，",
                "；；",
                "，。",
                "；。",
                "工作工作",
                "同志同志",
                "““",
                "””",
                "年年",
                "：。",
                // 于是， and 结果是， may stand before a clause; a number may not.
                "一是，",
                "二是，",
                "三是，",
            ] {
                if text.contains(bad) {
                    told.push(format!("{}: {bad}: {text}", made.name));
                }
            }
        }
    }
    assert!(told.is_empty(), "{}", told.join("\n"));
}
