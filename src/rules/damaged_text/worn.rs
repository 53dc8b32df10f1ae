//! Fixed phrases short of one character: 风俗惯, 见贤思.
//!
//! One list holds every remnant and every whole phrase; the longest counts, so a phrase that
//! stands whole is passed over, and only what is left of one is seen.

use std::ops::Range;

use super::{Harm, Hit};
use crate::base::{counts::Counts, han::is_han, words::Words};
use crate::model::Severity;

/// Where a remnant may stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Where {
    Anywhere,
    /// Where a run of characters begins.
    Start,
    /// Where a run ends.
    End,
    /// A whole phrase, not a remnant.
    Whole,
}

struct Lexicon {
    words: Words<'static>,
    /// Of each word where it may stand, and the whole phrase.
    entries: &'static [(Where, &'static str)],
}

/// What `phrasebank/lexicon/worn_phrases.tsv` holds, made by `build/words.rs`.
static WORN: Lexicon = include!(concat!(env!("OUT_DIR"), "/worn_phrases.words"));

/// By how many bits the whole phrase must be the likelier one; more where the remnant may begin in the
/// midst of a word (罗非鱼|之乡).
const LIKELIER: [f32; 2] = [8.0, 15.0];

/// Whether a remnant was never seen and the whole phrase makes the text likelier. What
/// was lost may stand beside the remnant in another order (滴水石穿).
fn is_worn(text: &str, range: &Range<usize>, place: Where, phrase: &str) -> bool {
    let counts = Counts::shipped();
    let remnant = &text[range.clone()];
    let (before, after) = (&text[..range.start], &text[range.end..]);
    let lost = phrase.chars().find(|c| !remnant.contains(*c));
    // A line may have been broken within the phrase: 安全生⏎产.
    let (before, after) = (before.trim_end(), after.trim_start());
    if lost.is_some_and(|c| before.ends_with(c) || after.starts_with(c)) {
        return false;
    }
    let inside = place == Where::Anywhere && before.chars().next_back().is_some_and(is_han);
    counts.seen(remnant) == 0 && counts.odds(text, range.clone(), phrase) >= LIKELIER[usize::from(inside)]
}

pub(super) fn find(text: &str) -> Vec<Hit> {
    let lexicon = &WORN;
    let mut hits = Vec::new();
    let mut whole_end = 0;
    for found in lexicon.words.find_iter(text) {
        let range = found.range;
        let (place, phrase) = lexicon.entries[found.word];
        let before = text[..range.start].chars().next_back();
        let after = text[range.end..].chars().next();
        let fits = match place {
            Where::Whole => {
                whole_end = range.end;
                false
            }
            Where::Anywhere => true,
            Where::Start => before.is_none_or(|c| !is_han(c) || "的和与及是在对由把将".contains(c)),
            Where::End => after.is_none_or(|c| !is_han(c) || "的中和与及是在等或".contains(c)),
        };
        // The phrase itself may stand across the edge of the remnant: 相互学 + 习.
        let stands = phrase.chars().next().is_some_and(|c| before == Some(c) && place == Where::Start)
            || phrase.chars().next_back().is_some_and(|c| after == Some(c) && place == Where::End);
        // A quoted scrap such as “命运与” may be a slogan cut by marks or blanks on purpose.
        let joined = before == Some('\u{3000}') || after == Some('\u{3000}');
        if fits && !stands && !joined && range.start >= whole_end && is_worn(text, &range, place, phrase) {
            hits.push(Hit { was: phrase.to_owned(), ..Hit::of(range, Severity::Error, Harm::Lost) });
        }
    }
    hits
}
