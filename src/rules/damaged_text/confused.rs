//! Words written with a character of the same look or sound: 布署 for 部署.

use std::ops::Range;

use super::{Harm, Hit};
use crate::base::counts::Counts;
use crate::model::Severity;

static LEXICON: &str = include_str!("../../../phrasebank/lexicon/confusions.tsv");

/// The wrong words with the right ones.
pub(super) fn pairs() -> impl Iterator<Item = (&'static str, &'static str)> {
    LEXICON.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t'))
}

/// A wrong word where it stands; `None` where official prose says so (上传|宣传), or where the right
/// one makes the text no likelier.
pub(super) fn hit(text: &str, range: Range<usize>, right: &str) -> Option<Hit> {
    let counts = Counts::shipped();
    let short = right.chars().count() < 4;
    if short && (counts.seen(&text[range.clone()]) > 0 || counts.odds(text, range.clone(), right) < 12.0) {
        return None;
    }
    Some(Hit {
        was: right.to_owned(),
        // A short one may be the end of a word and the beginning of the next (庄严|历史).
        fix: (!short).then(|| right.to_owned()),
        ..Hit::of(range, Severity::Warning, Harm::Confused)
    })
}
