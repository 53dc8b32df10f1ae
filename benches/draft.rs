//! Drafting: from loaded facts to a manuscript, and on to the bytes of each format.
//!
//! `cargo bench --bench draft`. A mobilization speech of some four thousand Han characters from
//! the skeleton's own example facts.

use divan::{Bencher, black_box};
use wengao::{Options, Settings, Skeleton, draft, library, load_facts, writer};

fn main() {
    divan::main();
}

fn speech() -> Skeleton {
    library::built_in().skeleton("speech/mobilization").expect("a built-in skeleton loads")
}

#[divan::bench]
fn load_the_skeleton() -> Skeleton {
    speech()
}

#[divan::bench]
fn load_the_facts(bencher: Bencher<'_, '_>) {
    let example = include_str!("../tests/samples/library/芷岭县/教育.yaml");
    bencher.bench(|| load_facts("facts.yaml", black_box(example)));
}

#[divan::bench]
fn draft_a_manuscript(bencher: Bencher<'_, '_>) {
    let skeleton = speech();
    bencher.bench(|| draft(black_box(&skeleton), skeleton.example(), &Options::default()));
}

#[divan::bench(args = ["a.docx", "a.md", "a.txt"])]
fn draft_a_file(bencher: Bencher<'_, '_>, name: &str) {
    let skeleton = speech();
    let writer = writer(name).expect("a known format");
    let settings = Settings::default();
    bencher.bench(|| {
        let manuscript = draft(black_box(&skeleton), skeleton.example(), &Options::default());
        manuscript.and_then(|m| writer.write(&m, &settings))
    });
}

/// A plan with 红头, two tables, two attachments and 版记, from the skeleton of the render test.
#[divan::bench(args = ["a.docx", "a.md", "a.txt"])]
fn draft_a_plan(bencher: Bencher<'_, '_>, name: &str) {
    let source = include_str!("../tests/render/plan.tera");
    let skeleton = library::built_in().skeleton_from("plan", source).expect("a sound skeleton");
    let writer = writer(name).expect("a known format");
    let settings = Settings::default();
    bencher.bench(|| {
        let manuscript = draft(black_box(&skeleton), skeleton.example(), &Options::default());
        manuscript.and_then(|m| writer.write(&m, &settings))
    });
}
