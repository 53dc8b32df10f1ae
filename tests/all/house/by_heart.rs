//! What a rule knows by heart: a list that grows with reading belongs in `phrasebank/lexicon/`, where
//! it is said whence its words come and a test sees that none stands twice.

use super::{files, source};

/// Words that may stand where they are read.
const FEW: usize = 8;

/// The lists of a source that hold words in Chinese, tests and examples left out: how many words, and
/// where.
fn word_lists(text: &str) -> Vec<(usize, usize)> {
    let text = text.split("#[cfg(test)]").next().unwrap();
    let mut lists = Vec::new();
    // Where each open bracket stands, and how many words were seen right in it.
    let mut open: Vec<(usize, usize)> = Vec::new();
    for (at, line) in text.lines().enumerate().filter(|(_, l)| !l.trim_start().starts_with("//")) {
        let mut quoted: Option<String> = None;
        let mut escaped = false;
        for c in line.chars() {
            match (&mut quoted, c) {
                (Some(_), _) if escaped => escaped = false,
                (Some(_), '\\') => escaped = true,
                (Some(word), '"') => {
                    let han = word.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
                    // A sentence is an example or a message, no word.
                    if let Some(list) = open.last_mut().filter(|_| han && word.chars().count() <= 10) {
                        list.1 += 1;
                    }
                    quoted = None;
                }
                (Some(word), c) => word.push(c),
                (None, '"') => quoted = Some(String::new()),
                (None, '[') => open.push((at + 1, 0)),
                (None, ']') => lists.extend(open.pop()),
                (None, _) => {}
            }
        }
    }
    lists
}

#[test]
fn what_a_rule_knows_by_heart_stands_in_the_lexicon() {
    let counted = word_lists("const A: &[&str] = &[\"县\", \"市\"];\n// [\"区\"]\nlet b = [\"x\"];\n");
    assert_eq!(counted, [(1, 0), (1, 2), (3, 0)]);
    let mut wrong = Vec::new();
    for (path, text) in files(&source().join("rules")) {
        let name = path.file_name().unwrap();
        if name == "examples.rs" || name == "tests.rs" {
            continue;
        }
        let long = word_lists(&text).into_iter().filter(|&(_, words)| words > FEW);
        wrong.extend(long.map(|(line, words)| format!("{}:{line}: {words} words", path.display())));
    }
    assert!(wrong.is_empty(), "to phrasebank/lexicon/ with them: {wrong:#?}");
}
