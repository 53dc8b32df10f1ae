//! Sentences that stand word for word: how many, and under which heading most.

use std::collections::HashSet;
use std::ops::Range;

use crate::base::Text;
use crate::model::Manuscript;
use crate::rules::reading::sentences::{Sentence, sentences};
use crate::text;

/// Sentences from which their share is worth telling.
const SOME: usize = 3;

/// Where to tell it, and what share of the sentences stands as it stood; `None` where hardly any does.
pub(super) fn share(new: &Manuscript, old: &Manuscript) -> Option<(Range<usize>, Text)> {
    let known: HashSet<String> = sentences(old).iter().map(|s| bare(old, s)).collect();
    let (mut all, mut same) = (0, 0);
    let mut first: Option<Range<usize>> = None;
    let mut by_heading: Vec<(String, usize, usize)> = Vec::new();
    for sentence in sentences(new) {
        all += 1;
        let stands = known.contains(&bare(new, &sentence));
        let Sentence { range, heading } = sentence;
        match by_heading.iter_mut().find(|(name, ..)| *name == heading) {
            Some((_, total, kept)) => {
                *total += 1;
                *kept += usize::from(stands);
            }
            None => by_heading.push((heading, 1, usize::from(stands))),
        }
        if stands {
            same += 1;
            first.get_or_insert(range);
        }
    }
    let percent = same * 100 / all.max(1);
    let range = first.filter(|_| same >= SOME && percent > 0)?;
    let most = by_heading
        .iter()
        .filter(|(name, ..)| !name.is_empty())
        .max_by_key(|(_, total, kept)| (kept * 100 / total, *kept));
    let (zh, en) = match most.filter(|(_, _, kept)| *kept > 0) {
        Some((name, total, kept)) => (
            format!("；最多的一节“{name}”{total}句里有{kept}句"),
            format!("; most of them under “{name}”, {kept} of {total}"),
        ),
        None => (String::new(), String::new()),
    };
    Some((
        range,
        text!(
            "全文{all}句里有{same}句（{percent}%）同去年一字不差，这是第一句{zh}",
            "{same} of {all} sentences ({percent}%) stand word for word as last year; this is the first{en}"
        ),
    ))
}

/// The words of a sentence without blanks.
fn bare(manuscript: &Manuscript, sentence: &Sentence) -> String {
    manuscript.text()[sentence.range.clone()].chars().filter(|c| !c.is_whitespace()).collect()
}
