//! Writing, reading and commenting on a speech of about 4,700 characters as .docx.
//!
//! The aim is a write below 0.25 ms, so that drafting hundreds of documents is a matter of the
//! disk. `cargo bench --bench docx`

#[path = "../tests/all/sample.rs"]
#[expect(dead_code, reason = "the tests use the forms too")]
mod sample;

use divan::{Bencher, counter::BytesCount};
use wengao::{Comment, Settings};

fn main() {
    divan::main();
}

#[divan::bench]
fn write(bencher: Bencher<'_, '_>) {
    let speech = sample::speech();
    let settings = Settings::default();
    let writer = wengao::writer("a.docx").expect("the table has .docx");
    bencher.counter(BytesCount::of_str(speech.text())).bench(|| writer.write(&speech, &settings));
}

#[divan::bench]
fn read(bencher: Bencher<'_, '_>) {
    let speech = sample::speech();
    let writer = wengao::writer("a.docx").expect("the table has .docx");
    let bytes = writer.write(&speech, &Settings::default()).expect("the sample is plain text");
    bencher.counter(BytesCount::of_str(speech.text())).bench(|| wengao::read("a.docx", &bytes));
}

/// Thirty comments, as a bad draft gets them.
#[divan::bench]
fn annotate(bencher: Bencher<'_, '_>) {
    let speech = sample::speech();
    let writer = wengao::writer("a.docx").expect("the table has .docx");
    let bytes = writer.write(&speech, &Settings::default()).expect("the sample is plain text");
    let text = speech.text();
    let comments: Vec<Comment> = text
        .match_indices('，')
        .step_by(5)
        .take(30)
        .map(|(at, words)| Comment { range: at..at + words.len(), lines: vec!["核实".to_owned()] })
        .collect();
    bencher.counter(BytesCount::of_str(text)).bench(|| wengao::annotate(&bytes, text, &comments, None));
}
