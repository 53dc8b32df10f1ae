//! What stands in a finished text and will be another next time (值): figures with their units, days, years,
//! sessions, meetings, papers, people, and the locality's own name.
//!
//! What belongs to its year is what [`yearly`] finds, but for the words that stay right from one year to the
//! next: 去年, 年底, 首次. Where two things lie over each other the one of which more is known counts: a
//! paper's title with the year in it, a day and no three figures.

use std::ops::Range;

use crate::model::{BlockKind, Manuscript, Settings};
use crate::rules::yearly::{self, Stretch};
use crate::rules::{Case, holders, paper};

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// What belongs to its year.
    Of(yearly::Kind),
    /// The meeting at which the text is spoken (本次会议).
    Spoken,
    /// The title of a paper (文件).
    Paper,
    /// The locality's own name (本地): in full, or short.
    Home(bool),
}

/// A value: where it stands in the manuscript, or in a paragraph of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Value {
    pub range: Range<usize>,
    pub kind: Kind,
    /// What it is said of, by which equal values are told to be one thing; empty where a value is one
    /// thing wherever it stands.
    pub about: String,
}

/// The values of a manuscript, in order, none overlapping another; and the year that it is of.
pub(super) fn values(manuscript: &Manuscript) -> (Vec<Value>, Option<u16>) {
    let text = manuscript.text();
    let mut found: Vec<Value> = Vec::new();
    // In order of how much is known of them: what lies over one that was found before is left out.
    let mut take = |range: Range<usize>, kind: Kind, about: String| {
        let at = found.partition_point(|v| v.range.end <= range.start);
        let free = found.get(at).is_none_or(|v| v.range.start >= range.end);
        if free && !range.is_empty() && manuscript.mask(range.start).is_none() {
            found.insert(at, Value { range, kind, about });
        }
    };
    for range in spoken(manuscript) {
        take(range, Kind::Spoken, String::new());
    }
    for block in manuscript.blocks() {
        let at = |range: Range<usize>| block.range.start + range.start..block.range.start + range.end;
        let words = manuscript.block_text(block);
        // A law is the same next year.
        let lasting = |title: &str| ["法", "条例", "宪法", "章程"].iter().any(|end| title.ends_with(end));
        for (title, _) in paper::titles(words).filter(|(title, _)| !lasting(&words[title.clone()])) {
            take(at(title), Kind::Paper, String::new());
        }
    }
    let stretches = yearly::find(manuscript);
    for (index, stretch) in stretches.iter().enumerate().filter(|(_, s)| changes(text, s)) {
        let by_itself = stretch.is_by_itself(text);
        let about = if by_itself { String::new() } else { yearly::about(manuscript, &stretches, index) };
        take(stretch.range.clone(), Kind::Of(stretch.kind), about);
    }
    for range in holders(text) {
        take(range, Kind::Of(yearly::Kind::Person), String::new());
    }
    for (range, full) in Case::new(manuscript, &Settings::default()).own_names() {
        take(range, Kind::Home(full), String::new());
    }
    (found, yearly::base_year(text, &stretches))
}

/// The meeting of a speech, as its title says it, wherever it is named.
fn spoken(manuscript: &Manuscript) -> Vec<Range<usize>> {
    /// Blocks of the head of a text.
    const HEAD: usize = 4;
    let text = manuscript.text();
    let head = manuscript.blocks().iter().take(HEAD);
    let name = head
        .filter(|b| matches!(b.kind, BlockKind::Title | BlockKind::Body))
        .find_map(|b| paper::SPOKEN.captures(manuscript.block_text(b))?.get(1));
    let Some(name) = name else { return Vec::new() };
    text.match_indices(name.as_str()).map(|(at, name)| at..at + name.len()).collect()
}

/// Whether a stretch has to be said anew, and is none of the words that are right in any year.
fn changes(text: &str, stretch: &Stretch) -> bool {
    let Range { start, end } = stretch.range;
    let value = &text[start..end];
    match stretch.kind {
        // 1+6 is the name of a system, PM_2.5 of a dust.
        yearly::Kind::Figure => {
            !text[..start].ends_with(['+', '＋', '_']) && !text[end..].starts_with(['+', '＋'])
        }
        yearly::Kind::Comparison => false,
        yearly::Kind::Date => value.starts_with(is_numeral) && value.contains(['月', '年', '-', '/', '.']),
        yearly::Kind::Ordinal => {
            value.starts_with('第') || value.starts_with(is_numeral) && value.ends_with(['届', '次', '会'])
        }
        _ => true,
    }
}

const fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || crate::base::han::is_numeral(c)
}
