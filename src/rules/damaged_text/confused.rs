//! Words written with a character of the same look or sound: 布署 for 部署.

use std::sync::LazyLock;

use super::{Harm, Hit};
use crate::base::words::{Found, Words};
use crate::model::Severity;

static LEXICON: &str = include_str!("../../../phrasebank/lexicon/confusions.tsv");

/// The wrong words, and the right ones in the same order.
static PAIRS: LazyLock<(Words<'static>, Vec<&'static str>)> = LazyLock::new(|| {
    let lines = LEXICON.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t'));
    let (wrong, right): (Vec<&str>, Vec<&str>) = lines.unzip();
    (Words::of(wrong), right)
});

pub(super) fn find(text: &str) -> Vec<Hit> {
    let (wrong, right) = &*PAIRS;
    let hit = |found: Found| {
        let was = right[found.word].to_owned();
        Hit {
            range: found.range,
            severity: Severity::Warning,
            harm: Harm::Confused,
            fix: Some(was.clone()),
            was,
            weak: false,
        }
    };
    wrong.find_iter(text).map(hit).collect()
}
