//! What each figure of a text is of (数之所指): its name, its time, whether it is aimed at, and of what part of the
//! paper it is, so that two figures of one thing can be held against each other.
//!
//! The name is what stands before the figure without when, where and the verb (全县新改建农村公路186公里), or, where
//! the noun stands behind it (新改建的168公里农村公路), both together. A paper tells a thing of the year, of five years
//! and as an aim; a heading or the sentence says which, and figures of different times are of different things.
//! Which year a sentence means, and whether it says that it is of a part, an average or another time, is read from its
//! own words.

use std::ops::Range;

use super::counted;
use crate::base::clause;
use crate::base::figures::Figure;
use crate::base::han::{is_han, years_said};
use crate::base::lexicon::told as lexicon;

/// Which stretch of time a part of a paper is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::rules) enum Time {
    /// The year or the half year that the paper tells of.
    Past,
    /// Several years.
    Years,
    /// What is to be done.
    Ahead,
}

/// A figure and what it is of.
#[derive(Debug, Clone)]
pub(in crate::rules) struct Told {
    /// Of all figures of the text.
    pub index: usize,
    /// Its name as it stands before it, without time, place and verb; may be empty.
    pub name: Range<usize>,
    /// The noun behind its unit; may be empty.
    pub noun: Range<usize>,
    /// The year that its sentence names last before it.
    pub year: Option<u16>,
    /// The time of its part of the paper.
    pub time: Time,
    /// The words of its sentence that say of which part, time or measure it is, as bits.
    pub marks: u64,
    /// Its sentence.
    pub sentence: Range<usize>,
}

impl Told {
    /// What it is called: its name, or where that says too little, name and noun as one; `None` where they
    /// name nothing.
    pub(in crate::rules) fn key(&self, text: &str) -> Option<String> {
        let name = text[self.name.clone()].trim_end_matches(['的', '了']);
        let han = |words: &str| words.chars().filter(|c| is_han(*c)).count();
        let noun = text[self.noun.clone()].trim_end_matches(['中', '里', '的']);
        let bound = lexicon::BOUNDS.iter().any(|w| noun.starts_with(w));
        let noun = if han(name) >= 4 || bound { "" } else { noun };
        let plain = name.chars().chain(noun.chars());
        let key: String = plain.filter(|c| is_han(*c) || c.is_ascii_alphanumeric()).collect();
        // 青石镇15项: of a place is told many a thing.
        let place = key.ends_with(['镇', '乡', '村', '县', '区', '市', '旗'])
            || lexicon::PLACES.iter().any(|w| key.ends_with(w));
        let long = !place && han(&key) >= 4 && !lexicon::NO_KEYS.iter().any(|w| key.contains(w));
        (long && counted::is_name(&key)).then_some(key)
    }
}

/// Characters of a name.
const LONGEST: usize = 26;

/// Each word has a bit of its own.
const _: () = assert!(lexicon::MARKS.len() <= u64::BITS as usize);

/// What the figures of a text are of, in order; those that name nothing are left out.
pub(in crate::rules) fn told(text: &str, all: &[Figure]) -> Vec<Told> {
    let mut found = Vec::new();
    let mut next = 0;
    let mut time = Time::Past;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        let short = line.chars().take(46).count() < 46 && !line.contains(['。', '；']);
        let of = self::time(line, short);
        // A heading speaks for what stands under it, a paragraph for itself.
        let here = of.unwrap_or(time);
        if short && of.is_some() || of == Some(Time::Ahead) {
            time = here;
        }
        while let Some(figure) = all.get(next).filter(|f| f.range.start < end) {
            found.extend(one(text, all, next, figure, here, start));
            next += 1;
        }
        start = end;
    }
    found
}

/// Which time a line says that it is of.
fn time(line: &str, heading: bool) -> Option<Time> {
    let head = &line[..line.floor_char_boundary(line.len().min(if heading { 400 } else { 240 }))];
    let says = |list: &[&str]| list.iter().any(|w| head.contains(w));
    match () {
        () if says(lexicon::YEARS) => Some(Time::Years),
        () if says(lexicon::AHEAD) && heading || says(lexicon::SURELY_AHEAD) => Some(Time::Ahead),
        () if heading && says(lexicon::BACK) => Some(Time::Past),
        () => None,
    }
}

fn one(text: &str, all: &[Figure], index: usize, figure: &Figure, time: Time, line: usize) -> Option<Told> {
    if figure.unit.is_empty() || matches!(figure.unit, "年" | "月" | "日" | "时" | "位" | "期" | "届" | "级")
    {
        return None;
    }
    // 第3批 is which one, not how many.
    if text[..figure.range.start].ends_with('第') {
        return None;
    }
    let before = index.checked_sub(1).map_or(line, |i| all[i].range.end.max(line));
    let piece = text.get(before..figure.range.start)?;
    let from = before
        + piece
            .rfind(['，', '、', '；', '。', '：', '（', '！', '\n', ','])
            .map_or(0, |i| i + piece[i..].chars().next().map_or(0, char::len_utf8));
    let name = counted::without_verb(text, counted::without_lead(text, from..figure.range.start));
    let rest = &text[figure.range.end..];
    let len: usize = rest.chars().take(12).take_while(|c| is_han(*c)).map(char::len_utf8).sum();
    let behind = figure.range.end..figure.range.end + len;
    let short = text[name.clone()].chars().count() <= LONGEST;
    let sentence = clause::sentence(text, figure.range.clone());
    let sentence = sentence.start.max(line)..sentence.end;
    let led = &text[sentence.start..figure.range.start];
    let year = years_said(led).next_back().map(|(_, y)| y);
    let marks = lexicon::MARKS.iter().enumerate().filter(|(_, w)| led.contains(*w));
    let marks = marks.fold(0_u64, |bits, (i, _)| bits | 1 << i);
    let ahead = lexicon::AIMS.iter().any(|w| led.contains(w));
    let time = if ahead { Time::Ahead } else { time };
    short.then_some(Told { index, name, noun: behind, year, time, marks, sentence })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{lexicon, told};
    use crate::base::figures::figures;

    #[test]
    fn each_word_that_says_which_part_is_meant_has_a_bit_of_its_own() {
        let marks = |word: &&str| {
            let text = format!("{word}新改建公路186公里。");
            told(&text, &figures(&text))[0].marks
        };
        let all: HashSet<u64> = lexicon::MARKS.iter().map(marks).collect();
        assert_eq!(all.len(), lexicon::MARKS.len());
    }
}
