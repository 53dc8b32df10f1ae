//! One row for equal values of one thing (同值一行), and what may be offered for this year.

use std::collections::HashMap;
use std::ops::Range;

use super::bond::{Bond, Sight, with_company};
use crate::base::clause;
use crate::base::han::{numeral, parse_numeral};
use crate::model::Manuscript;
use crate::rules::yearly::{Kind, Stretch, about, base_year, find};

/// A value of last year's text, wherever it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// From 1, in the order of the text.
    pub number: usize,
    /// What it is.
    pub kind: Kind,
    /// What it is said of: 粮食产量; empty where nothing tells.
    pub about: String,
    /// As it stands in the text.
    pub value: String,
    /// Where it stands, in bytes of the text; never empty.
    pub places: Vec<Range<usize>>,
    /// The sentence around the first place, the value between 〖 and 〗.
    pub sentence: String,
    /// What follows from the new year, if anything does. Offered, never put in unasked.
    pub offer: Option<String>,
    /// What it can be computed from.
    pub(crate) bond: Option<Bond>,
}

impl Row {
    /// What stands in the sentence before the value.
    pub(crate) fn before(&self) -> &str {
        self.sentence.split(OPENS).next().unwrap_or_default()
    }
}

/// What marks the value in its sentence.
const OPENS: char = '〖';
const CLOSES: char = '〗';

/// The rows of a text. `years` is how many years lie between it and the new one.
#[must_use]
pub fn rows(manuscript: &Manuscript, years: u16) -> Vec<Row> {
    let text = manuscript.text();
    let mut found = find(manuscript);
    found.retain(|stretch| !manuscript.is_made(&stretch.range));
    let stretches = with_company(manuscript, found);
    let base = base_year(text, &stretches);
    let mut rows: Vec<Row> = Vec::new();
    let mut known: HashMap<(Kind, &str, String), usize> = HashMap::new();
    let mut row_of: Vec<usize> = Vec::new();
    for (index, stretch) in stretches.iter().enumerate() {
        let value = &text[stretch.range.clone()];
        // What is named by itself is one thing wherever it stands; a figure is one of what it is said of.
        let by_itself = stretch.is_by_itself(text);
        let about = if by_itself { String::new() } else { about(manuscript, &stretches, index) };
        let key = (stretch.kind, value, about.clone());
        if let Some(&row) = known.get(&key) {
            rows[row].places.push(stretch.range.clone());
            row_of.push(row);
            continue;
        }
        known.insert(key, rows.len());
        row_of.push(rows.len());
        let offer = base.and_then(|base| offered(text, stretch, base, years));
        rows.push(Row {
            number: rows.len() + 1,
            kind: stretch.kind,
            about,
            value: value.to_owned(),
            places: vec![stretch.range.clone()],
            sentence: around(text, &stretch.range),
            offer,
            bond: None,
        });
    }
    let sight = Sight { text, stretches: &stretches, row_of: &row_of, base, years };
    // Of equal values the first tells what they follow from.
    for (index, &row) in row_of.iter().enumerate().rev() {
        rows[row].bond = sight.bond(index);
    }
    rows
}

/// A row of words that somebody names herself, wherever they stand; `None` where they do not.
#[must_use]
pub fn named(manuscript: &Manuscript, number: usize, words: &str) -> Option<Row> {
    let text = manuscript.text();
    let places: Vec<Range<usize>> = text.match_indices(words).map(|(at, _)| at..at + words.len()).collect();
    Some(Row {
        number,
        kind: Kind::Words,
        about: String::new(),
        value: words.to_owned(),
        sentence: around(text, places.first()?),
        places,
        offer: None,
        bond: None,
    })
}

/// The sentence around a stretch with its marks, cut where it is long.
fn around(text: &str, range: &Range<usize>) -> String {
    /// Characters on either side that are shown.
    const SHOWN: usize = 36;
    let sentence = clause::sentence(text, range.clone());
    let before = &text[sentence.start..range.start];
    let after = &text[range.end..sentence.end];
    let from = before.char_indices().rev().nth(SHOWN - 1).map_or(0, |(at, _)| at);
    let to = after.char_indices().nth(SHOWN).map_or(after.len(), |(at, _)| at);
    let (left, right) = (if from > 0 { "…" } else { "" }, if to < after.len() { "…" } else { "" });
    format!(
        "{left}{}{OPENS}{}{CLOSES}{}{right}",
        before[from..].trim_start(),
        &text[range.clone()],
        &after[..to]
    )
}

/// What follows for a stretch: the years round that of the text move on, and so does a session of a body
/// that meets once a year.
fn offered(text: &str, stretch: &Stretch, base: u16, years: u16) -> Option<String> {
    let value = &text[stretch.range.clone()];
    let after = &text[stretch.range.end..];
    match stretch.kind {
        Kind::Year => {
            let digits = value.get(..4)?;
            let year: u16 = digits.parse().ok()?;
            let single = !value[4..].starts_with(['-', '—', '–', '－', '~', '～', '至', '到']);
            let near = single && year.abs_diff(base) <= 1;
            near.then(|| format!("{}{}", year + years, &value[4..]))
        }
        Kind::Ordinal if value.ends_with('次') && after.starts_with("会议") => {
            let (lead, number) = match value.strip_prefix('第') {
                Some(rest) => ("第", rest),
                None => ("", value),
            };
            let number = number.trim_end_matches('次');
            let next = parse_numeral(number)? + usize::from(years);
            Some(format!("{lead}{}次", numeral(next)))
        }
        _ => None,
    }
}
