//! The tables of long word lists, written out as constants, so that no run of the program makes them.

#[expect(dead_code, reason = "the build makes tables and asks them nothing")]
#[path = "../src/base/words.rs"]
mod table;

use table::Words;

/// The table of a list as the expression that makes it (`Words::ready`).
pub fn ready<'w>(list: impl IntoIterator<Item = &'w str>) -> String {
    let Words { words, groups, shift, pairs, singles, single_bits } = Words::of(list);
    format!("Words::ready(&{words:?}, &{groups:?}, {shift}, &{pairs:?}, &{singles:?}, {single_bits})")
}

/// Fixed phrases with what is left of them, a line each, as the expression that makes the list
/// (`src/rules/damaged_text/worn.rs`).
pub fn worn(lexicon: &str) -> String {
    let (mut words, mut entries) = (Vec::new(), Vec::new());
    for line in lexicon.lines().filter(|line| !line.starts_with('#')) {
        let Some((phrase, remnants)) = line.split_once('\t') else { continue };
        words.push(phrase);
        entries.push(format!("(Where::Whole, {phrase:?})"));
        for remnant in remnants.split(' ') {
            let (word, place) = match (remnant.strip_prefix('^'), remnant.strip_suffix('$')) {
                (Some(word), _) => (word, "Start"),
                (_, Some(word)) => (word, "End"),
                _ => (remnant, "Anywhere"),
            };
            words.push(word);
            entries.push(format!("(Where::{place}, {phrase:?})"));
        }
    }
    format!("Lexicon {{ words: {}, entries: &[{}] }}", ready(words), entries.join(", "))
}

/// Wrong forms with what is right, as the expression that makes the list (`src/rules/misspelling/lists.rs`):
/// `always` (the right form, then the wrong ones), `old` (wrong, right) and `together` (wrong, right, and what it
/// stands beside, `~` in the place of the word).
pub fn forms(lexicon: &str) -> String {
    let (mut written, mut forms) = (Vec::new(), Vec::new());
    let mut form = |why: &str, place: &str, wrong: &str, right: &str| {
        let from = place.find('~').unwrap_or(0);
        let (stands, should) = (place.replacen('~', wrong, 1), place.replacen('~', right, 1));
        forms.push(format!(
            "Form {{ written: {stands:?}, right: {should:?}, why: Why::{why}, at: {from}..{}, meant: {right:?} }}",
            from + wrong.len()
        ));
        written.push(stands);
    };
    for line in lexicon.lines().filter(|line| !line.starts_with('#')) {
        match line.split('\t').collect::<Vec<_>>()[..] {
            ["always", right, all] => all.split(' ').for_each(|wrong| form("Always", "~", wrong, right)),
            ["old", wrong, right] => form("Old", "~", wrong, right),
            ["together", wrong, right, places] => {
                places.split(' ').for_each(|place| form("Beside", place, wrong, right));
            }
            _ => panic!("misspelled.tsv: {line}"),
        }
    }
    let words = ready(written.iter().map(String::as_str));
    format!("Forms {{ words: {words}, all: &[{}] }}", forms.join(", "))
}
