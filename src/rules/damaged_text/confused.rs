//! Words written with a character of the same look or sound: 布署 for 部署.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::{Harm, Hit};
use crate::model::Severity;

static LEXICON: &str = include_str!("../../../phrasebank/lexicon/confusions.tsv");

/// The automaton of the wrong words, and the right ones in the same order.
static PAIRS: LazyLock<Option<(AhoCorasick, Vec<&'static str>)>> = LazyLock::new(|| {
    let lines = LEXICON.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t'));
    let (wrong, right): (Vec<&str>, Vec<&str>) = lines.unzip();
    let automaton = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(wrong).ok()?;
    Some((automaton, right))
});

pub(super) fn find(text: &str) -> Vec<Hit> {
    let Some((automaton, right)) = PAIRS.as_ref() else { return Vec::new() };
    let hit = |found: aho_corasick::Match| {
        let was = right[found.pattern().as_usize()].to_owned();
        Hit {
            range: found.range(),
            severity: Severity::Warning,
            harm: Harm::Confused,
            fix: Some(was.clone()),
            was,
            weak: false,
        }
    };
    automaton.find_iter(text).map(hit).collect()
}
