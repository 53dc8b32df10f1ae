//! How big a thing may be: who opens a file or a function should see what it does.

use super::{files, source};

/// Lines of a file.
const FILE: usize = 600;

/// Lines of a function, its signature and its closing brace counted.
const FUNCTION: usize = 60;

/// How many functions may be longer, since a few say one thing that is long.
const LONG_FUNCTIONS: usize = 15;

/// The functions of a source, by name and length. It is rustfmt's: a function ends at the first brace
/// that closes in the column where the function began.
fn functions(text: &str) -> Vec<(&str, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let code = line.trim_start();
        let mut words = code.split(' ').skip_while(|w| w.starts_with("pub") || ["const", "in"].contains(w));
        if words.next() != Some("fn") {
            continue;
        }
        let name = words.next().unwrap_or_default().split(['(', '<']).next().unwrap_or_default();
        let indent = line.len() - code.len();
        let end = lines[at..].iter().position(|l| l.len() == indent + 1 && l.trim_start() == "}");
        if !code.ends_with(';') && !code.ends_with('}') {
            found.push((name, end.unwrap_or(0) + 1));
        }
    }
    found
}

#[test]
fn files_and_functions_are_short() {
    let (mut big, mut long) = (Vec::new(), Vec::new());
    for (path, text) in files(&source()) {
        let inside = path.strip_prefix(source()).unwrap().display().to_string();
        let lines = text.lines().count();
        if lines > FILE {
            big.push((lines, inside.clone()));
        }
        long.extend(
            functions(&text)
                .into_iter()
                .filter(|(_, lines)| *lines > FUNCTION)
                .map(|(name, lines)| (lines, format!("{inside} {name}"))),
        );
    }
    big.sort();
    long.sort();
    assert!(big.is_empty(), "files of more than {FILE} lines: {big:#?}");
    assert!(
        long.len() <= LONG_FUNCTIONS,
        "{} functions of more than {FUNCTION} lines: {long:#?}",
        long.len()
    );
}

#[test]
fn the_length_of_a_function_is_counted_from_its_name_to_its_brace() {
    let text = "impl A {\n    pub(crate) fn one<T>(a: T) {\n        if a {\n        }\n    }\n\n    fn two(\n        a: A,\n    ) {\n    }\n}\npub const fn three() {}\n";
    assert_eq!(functions(text), [("one", 4), ("two", 4)]);
}
