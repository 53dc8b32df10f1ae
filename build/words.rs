//! The tables of long word lists, written out as constants, so that no run of the program makes them.

#[allow(dead_code, reason = "the build makes tables and asks them nothing")]
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
