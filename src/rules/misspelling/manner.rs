//! 的 for 地 and for 得: 认真的梳理, 完成的很好.

use std::sync::LazyLock;

use super::{Hit, Sure};
use crate::base::charset::CharSet;
use crate::base::counts::Counts;
use crate::base::han::is_han;
use crate::base::lexicon::misspelling::{ACTS, DEEDS, DEGREES, HEADS, MANNER};

/// The particle that is too common.
const OF: &str = "的";

/// The last characters of what 地 and 得 stand after.
static LAST: LazyLock<CharSet> = LazyLock::new(|| {
    CharSet::of(&MANNER.iter().chain(DEEDS).filter_map(|word| word.chars().next_back()).collect::<String>())
});

/// Bits by which 地 must be likelier after a word of manner.
const MANNERLY: f32 = 4.0;
/// The same where a verb follows with what it is done to: more against 地 than so many bits none of these has.
const VERBAL: f32 = -16.0;
/// Bits by which 得 must be likelier between a deed and how it was done.
const DONE: f32 = -8.0;

/// All of them.
pub(super) fn find(text: &str) -> Vec<Hit> {
    let mut hits = Vec::new();
    for (at, _) in text.match_indices(OF) {
        let (before, after) = (&text[..at], &text[at + OF.len()..]);
        if !before.chars().next_back().is_some_and(|c| LAST.holds(c)) {
            continue;
        }
        let range = at..at + OF.len();
        let odds = |right: &str| Counts::shipped().odds(text, range.clone(), right);
        let ends = |words: &[&str]| words.iter().any(|word| before.ends_with(word));
        let done = ends(DEEDS) && DEGREES.iter().any(|word| after.starts_with(word));
        let right = if done && odds("得") >= DONE {
            "得"
        } else if ends(MANNER) && odds("地") >= if is_deed(after) { VERBAL } else { MANNERLY } {
            "地"
        } else {
            continue;
        };
        hits.push(Hit { range, right: right.to_owned(), sure: Sure::Particle, clear: true });
    }
    hits
}

/// Whether a verb and what it is done to stand here: 总结经验, not 总结。 nor 执行标准.
fn is_deed(text: &str) -> bool {
    ACTS.iter().filter(|act| act.chars().nth(1).is_some()).any(|act| {
        text.strip_prefix(act).is_some_and(|rest| {
            rest.chars().next().is_some_and(is_han) && !HEADS.iter().any(|head| rest.starts_with(head))
        })
    })
}
