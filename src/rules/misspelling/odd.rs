//! What the counts have never seen, where something common sounds or looks alike.

use std::ops::Range;
use std::sync::LazyLock;

use super::{Hit, Sure};
use crate::base::counts::{
    Alike, Between, Counts, EDGE, FAMILIES, Judge, Letters, SlipKind, Speller, Suspect,
};
use crate::base::han::is_han;
use crate::base::lexicon::misspelling::{ABBREVIATIONS, COINED};
use crate::base::lexicon::person_title::SURNAMES;
use crate::base::words::Words;
use crate::rules::Case;
use crate::rules::reading::letters::{is_broken, is_own, stand_twice};
use crate::rules::reading::quote;

/// How sure a suspect must be to be hinted at, by families: another character, another word, turned, missing, too
/// many, in an idiom. Settled within `learn` (`phrasebank/counts/README.md`).
const BARS: [f32; FAMILIES] = [2.9, 2.6, 2.0, 1.3, 1.1, 1.5];
/// And how sure to be warned of.
const SURE: [f32; FAMILIES] = [4.1, 3.0, 4.2, 2.7, 2.4, 2.4];
/// So much surer where the same letters stand in the text once more: what is written twice is meant, or a name.
const TWICE: f32 = 3.0;
/// So much surer where two characters are a word both ways (罪犯 and 犯罪).
const EITHER: f32 = 2.0;
/// So much surer between marks of quotation: names, slogans, the speech of others.
const QUOTED: f32 = 1.5;

static WORDS: LazyLock<Words<'static>> = LazyLock::new(|| Words::of(COINED.iter().copied()));

/// All suspects that are sure enough, from left to right, none near another.
pub(super) fn find(case: &Case<'_>) -> Vec<Hit> {
    let text = case.manuscript.text();
    let read = Letters::of(text);
    let letters = read.all();
    let (judge, alike) = (Judge::shipped(), Alike::shipped());
    let speller = Speller::of(letters, Counts::shipped(), Between::shipped());
    let mut found: Vec<(f32, bool, Suspect)> = Vec::new();
    let coined = || -> Vec<Range<usize>> { WORDS.every(text).map(|found| found.range).collect() };
    let mut coined_words: Option<Vec<Range<usize>>> = None;
    for suspect in speller.suspects() {
        let family = suspect.kind.family();
        let mut sure = judge.says(&suspect) - BARS[family];
        if sure < 0.0 || is_name(letters, &suspect.at) || is_abbreviation(letters, &suspect) {
            continue;
        }
        if suspect.kind == SlipKind::Turned && alike.is_word(&letters[suspect.at.clone()]) {
            sure -= EITHER;
        }
        let near = suspect.at.start.saturating_sub(1)..(suspect.at.end + 1).min(letters.len());
        let bytes = read.bytes(near);
        if quote::inside(case.quotes(), bytes.start) {
            sure -= QUOTED;
        }
        if sure >= 0.0 && recurs(letters, &suspect.at) {
            sure -= TWICE;
        }
        let own = read.bytes(site(letters, &suspect));
        let coined_words = coined_words.get_or_insert_with(coined);
        if coined_words.iter().any(|word| word.start < own.end && own.start < word.end) {
            continue;
        }
        if sure >= 0.0 && !is_own(case, &own) && !is_broken(case, &read, &suspect.at) {
            found.push((sure, sure >= SURE[family] - BARS[family], suspect));
        }
    }
    // What is wrong with a place can often be explained in several ways; the likeliest counts.
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.2.at.start.cmp(&b.2.at.start)));
    let mut kept: Vec<(bool, Suspect)> = Vec::new();
    for (_, clear, suspect) in found {
        if kept.iter().all(|(_, k)| suspect.at.start > k.at.end + 2 || k.at.start > suspect.at.end + 2) {
            kept.push((clear, suspect));
        }
    }
    kept.iter().map(|(clear, suspect)| Hit { clear: *clear, ..hit(&read, suspect) }).collect()
}

/// The letters of a suspect; of one where something is missing those on both sides.
fn site(letters: &[char], suspect: &Suspect) -> Range<usize> {
    if suspect.at.is_empty() {
        suspect.at.start.saturating_sub(1)..(suspect.at.end + 1).min(letters.len())
    } else {
        suspect.at.clone()
    }
}

/// The word that a suspect is in, as it stands there and as it should.
fn hit(read: &Letters, suspect: &Suspect) -> Hit {
    let letters = read.all();
    let counts = Counts::shipped();
    let Range { start, end } = suspect.at;
    let before = letters[start - 1];
    let after = letters.get(end).copied().unwrap_or(EDGE);
    let level = |word: &[&[char]]| counts.level(&word.concat());
    let (left, right) = (is_han(before), is_han(after));
    let (mut from, mut to) = (start, end);
    if suspect.right.len() < 2 {
        let ahead = if left { level(&[&[before], &suspect.right]) } else { 0 };
        let behind = if right { level(&[&suspect.right, &[after]]) } else { 0 };
        // Where letters go or come, both neighbours show the place.
        let both = suspect.right.len() != suspect.at.len();
        from -= usize::from(left && (both || ahead >= behind));
        to += usize::from(right && (both || behind > ahead));
    }
    let meant = [&letters[from..start], &suspect.right, &letters[end..to]].concat();
    let sure = match suspect.kind {
        SlipKind::Turned => Sure::Turned,
        SlipKind::Missing => Sure::Missing,
        SlipKind::Extra => Sure::Extra,
        _ => Sure::Odd,
    };
    Hit { range: read.bytes(from..to), right: meant.into_iter().collect(), sure, clear: true }
}

/// Whether these letters with what stands beside them are in the text once more.
fn recurs(letters: &[char], at: &Range<usize>) -> bool {
    let around = |left: usize, right: usize| {
        let window = at.start.saturating_sub(left)..(at.end + right).min(letters.len());
        window.len() > 1 && stand_twice(letters, window)
    };
    around(1, 1) || at.len() < 2 && (around(2, 0) || around(0, 2))
}

/// Whether a suspect lies in what may be the name of a person: two or three characters between marks, or before
/// a form of address, a surname first.
fn is_name(letters: &[char], at: &Range<usize>) -> bool {
    const NAME: Range<usize> = 2..4;
    let from = letters[..at.start].iter().rposition(|&c| !is_han(c)).map_or(0, |edge| edge + 1);
    let to = letters[at.end..].iter().position(|&c| !is_han(c)).map_or(letters.len(), |edge| at.end + edge);
    let surname = |at: usize| letters.get(at).is_some_and(|c| SURNAMES.contains(c));
    if NAME.contains(&(to - from)) && surname(from) {
        return true;
    }
    let called = |end: usize| {
        letters
            .get(end..end + 2)
            .is_some_and(|word| matches!(word, ['同', '志'] | ['先', '生'] | ['女', '士']))
    };
    NAME.into_iter().any(|length| {
        (at.start.saturating_sub(2)..=at.start)
            .any(|from| from + length >= at.end && surname(from) && called(from + length))
    })
}

/// Whether it turns on a character by which a place is called for short.
fn is_abbreviation(letters: &[char], suspect: &Suspect) -> bool {
    letters[suspect.at.clone()].iter().any(|c| ABBREVIATIONS.contains(c))
}
