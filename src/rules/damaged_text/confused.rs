//! Words written with a character of the same look or sound: 布署 for 部署.

use std::ops::Range;

use super::{Harm, Hit};
use crate::model::Severity;

static LEXICON: &str = include_str!("../../../phrasebank/lexicon/confusions.tsv");

/// The wrong words with the right ones.
pub(super) fn pairs() -> impl Iterator<Item = (&'static str, &'static str)> {
    LEXICON.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t'))
}

/// A wrong word where it stands. A short one may be the end of a word and the beginning of the next
/// (上传|宣传, 公布|署名), so only one of four characters or more is changed without asking.
pub(super) fn hit(range: Range<usize>, right: &str) -> Hit {
    let whole = right.chars().count() >= 4;
    Hit {
        range,
        severity: Severity::Warning,
        harm: Harm::Confused,
        fix: whole.then(|| right.to_owned()),
        was: right.to_owned(),
        weak: false,
    }
}
