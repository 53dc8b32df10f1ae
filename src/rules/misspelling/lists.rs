//! Forms that are never right, old forms, and words by what they go with (`phrasebank/lexicon/misspelled.tsv`).

use std::ops::Range;

use super::{Hit, Sure};
use crate::base::counts::{Alike, Counts};
use crate::base::han::is_han;
use crate::base::words::Words;

/// Why a form is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Why {
    /// It is no word.
    Always,
    /// It was once.
    Old,
    /// It is a word, but not beside this one.
    Beside,
}

/// A form as it may stand in a text.
#[derive(Debug)]
struct Form {
    written: &'static str,
    right: &'static str,
    why: Why,
    /// Which bytes of it are wrong.
    at: Range<usize>,
    /// What should stand there.
    meant: &'static str,
}

struct Forms {
    words: Words<'static>,
    /// What each word is, in the order of the list.
    all: &'static [Form],
}

/// What the lexicon holds, made by `build/words.rs`.
static FORMS: Forms = include!(concat!(env!("OUT_DIR"), "/misspelling.words"));

/// Bits by which the right form must be the likelier one where the wrong one was never seen.
const LIKELY: f32 = 0.0;
/// The same where it was, since words meet so.
const LIKELIER: f32 = 12.0;
/// The same where the form may be the end of one word and the beginning of the next (公布|署名).
const BY_FAR: f32 = 24.0;
/// And where it is a word by itself, beside what it does not go with.
const BESIDE: f32 = 4.0;
/// Characters of a form that no two words make by chance.
const LONG: usize = 4;

/// All that stand in a text.
pub(super) fn find(text: &str) -> Vec<Hit> {
    let counts = Counts::shipped();
    let mut hits = Vec::new();
    for found in FORMS.words.every(text) {
        let Some(form) = FORMS.all.get(found.word) else { continue };
        let range = found.range;
        let long = form.written.chars().count() >= LONG;
        let across = is_across(text, &range);
        let odds = || counts.odds(text, range.clone(), form.right);
        let sure = match form.why {
            Why::Always if long => true,
            Why::Always if across => counts.seen(form.written) == 0 && odds() >= BY_FAR,
            Why::Always => odds() >= if counts.seen(form.written) == 0 { LIKELY } else { LIKELIER },
            Why::Old => !across,
            Why::Beside => !across && odds() >= BESIDE,
        };
        if sure {
            let at = range.start + form.at.start..range.start + form.at.end;
            let fixed = form.why == Why::Always && !across;
            hits.push(Hit {
                right: form.meant.to_owned(),
                sure: match form.why {
                    Why::Always => Sure::Never { fixed },
                    Why::Old => Sure::Old,
                    Why::Beside => Sure::Beside,
                },
                range: at,
                clear: true,
            });
        }
    }
    hits
}

/// Whether a form may lie across two words: its first character ends one, or its last one begins one.
fn is_across(text: &str, range: &Range<usize>) -> bool {
    let alike = Alike::shipped();
    let joined = |one: Option<char>, other: Option<char>| match (one, other) {
        (Some(one), Some(other)) => is_han(one) && is_han(other) && alike.is_word(&[one, other]),
        _ => false,
    };
    let form = &text[range.clone()];
    let (first, last) = (form.chars().next(), form.chars().next_back());
    joined(text[..range.start].chars().next_back(), first) || joined(last, text[range.end..].chars().next())
}

#[cfg(test)]
mod tests {
    use super::FORMS;
    use std::collections::BTreeSet;

    #[test]
    fn no_form_is_said_to_be_right_and_wrong() {
        let right: BTreeSet<&str> = FORMS.all.iter().map(|form| form.right).collect();
        for form in FORMS.all {
            assert!(!right.contains(form.written), "{} is right elsewhere", form.written);
            assert!(!form.right.contains(form.written), "{} is a part of {}", form.written, form.right);
            assert_eq!(&form.written[form.at.clone()].len(), &form.at.len());
        }
    }
}
