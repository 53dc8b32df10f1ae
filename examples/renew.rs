//! What of finished papers may have to change, for measuring.
//!
//! `cargo run --release --example renew -- FILE…` prints one list of [start, end, kind] a file, in characters.
//! With `--trip SEED` before the files, 30 rows of each are given other values: the ranges that differ afterwards
//! must be those and no others, and a table of last year's values must give the file back byte by byte.
#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a measuring tool reads and prints")]

use wengao::renewal::{Answer, answered, find, rows};
use wengao::{Manuscript, fix, read};

fn main() {
    let mut names: Vec<String> = std::env::args().skip(1).collect();
    let seed =
        (names.first().map(String::as_str) == Some("--trip")).then(|| names.drain(..2).nth(1)).flatten();
    let (mut whole, mut places) = (0, 0);
    for name in &names {
        let bytes = std::fs::read(name).expect("the file reads");
        let manuscript = read(name, &bytes).unwrap_or_else(|e| panic!("{e}"));
        match &seed {
            Some(seed) => {
                places += trip(name, &bytes, &manuscript, seed);
                whole += 1;
            }
            None => list(name, &manuscript),
        }
    }
    if seed.is_some() {
        println!(
            "{whole} papers, {places} places given other values: each outcome differs there and nowhere else"
        );
    }
}

fn list(name: &str, manuscript: &Manuscript) {
    let text = manuscript.text();
    let at = |byte: usize| text[..byte].chars().count();
    let all = find(manuscript);
    let list: Vec<String> = all
        .iter()
        .map(|s| format!("[{}, {}, \"{}\"]", at(s.range.start), at(s.range.end), s.kind.label().en))
        .collect();
    println!("{name}\t[{}]", list.join(", "));
}

/// Gives 30 rows other values and looks at what came of it; how many places that were.
fn trip(name: &str, bytes: &[u8], manuscript: &Manuscript, seed: &str) -> usize {
    let rows = rows(manuscript, 1);
    let same: Vec<Answer> = rows.iter().map(|row| Answer::New(row.value.clone())).collect();
    assert!(answered(&rows, &same).changes.is_empty(), "{name}: last year's values change something");
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by_key(|i| wengao::counts::stable_hash(&[seed, name, &i.to_string()]));
    let mut answers = vec![Answer::Same; rows.len()];
    for &i in order.iter().take(30) {
        answers[i] = Answer::New(format!("改{i}"));
    }
    let done = answered(&rows, &answers);
    let changed = match fix(bytes, manuscript, &done.changes) {
        Ok(changed) => changed,
        Err(error) => panic!("{name}: {error}"),
    };
    let after = read(name, &changed).unwrap_or_else(|e| panic!("{name}: {e}"));
    let mut expected = String::new();
    let mut from = 0;
    for change in &done.changes {
        expected.push_str(&manuscript.text()[from..change.range.start]);
        expected.push_str(&change.text);
        from = change.range.end;
    }
    expected.push_str(&manuscript.text()[from..]);
    assert!(after.text() == expected, "{name}: something else differs");
    done.changes.len()
}
