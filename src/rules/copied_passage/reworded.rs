//! Passages that say in other words what another document says (换了说法的照抄).

use std::ops::Range;

use super::home::{Home, Standing};
use super::{ABOUT, EXCERPT, label, on_one_line, place, source};
use crate::base::Result;
use crate::corpus::{Corpus, Reworded};
use crate::model::{Finding, Severity};
use crate::rules::{Case, excerpt};
use crate::text;

/// Tenths of a reworded passage that lie in copied ones, from which it is told with them already.
const TOLD: usize = 5;

/// Tenths of it that lie in one passage which was copied as it is, however grave, from which that says what it is:
/// nothing was reworded.
const ONE: usize = 8;

/// The finding of a reworded passage. It is never an error: two offices may have heard the same speech.
pub(super) fn finding(
    case: &Case<'_>,
    corpus: Corpus<'_>,
    passage: &Reworded,
    home: &Home<'_>,
) -> Result<Finding> {
    let entry = corpus.store.entry(passage.document)?;
    let standing = home.standing(&entry.locality);
    let named = label(&entry);
    let shown = excerpt(&on_one_line(&case.manuscript.text()[passage.bytes.clone()]), EXCERPT);
    let message = match standing {
        Standing::Own => text!(
            "“{shown}”与本地以往材料{named}内容、次序相同，只是换了说法",
            "“{shown}” says in other words what {named}, one's own earlier material, says in the same order"
        ),
        Standing::Upper => text!(
            "“{shown}”与上级文件{named}内容、次序相同，只是换了说法",
            "“{shown}” says in other words what {named}, of an upper level, says in the same order"
        ),
        Standing::Lower => text!(
            "“{shown}”与下级材料{named}内容、次序相同，只是换了说法",
            "“{shown}” says in other words what {named}, of a level below, says in the same order"
        ),
        Standing::Other => text!(
            "“{shown}”与{named}内容、次序相同，只是换了说法",
            "“{shown}” says in other words what {named} says in the same order"
        ),
    };
    let source = source(&entry, passage.points.start..passage.points.end, &passage.words);
    let place = place(&named, &source);
    let (zh, en) = (passage.common.join("、"), passage.common.join(", "));
    let kept = text!("两处都有的少见字眼：{zh}", "rare words that both have: {en}");
    Ok(ABOUT
        .finding(passage.bytes.clone(), message)
        .severity(if standing == Standing::Other { Severity::Warning } else { Severity::Info })
        .help(super::help(standing))
        .notes([place, kept].map(|note| (None, note)))
        .sources(vec![source]))
}

/// Puts it among the copied passages: one that lies in copied ones for the greater part is told with them,
/// and the hints that lie within it are told with it; so is one that lies in one of those that are `alike`, which
/// stand in a document letter by letter.
pub(super) fn settle(found: &mut Vec<Finding>, finding: Finding, alike: &[Range<usize>]) {
    let both = |a: &Range<usize>, b: &Range<usize>| a.end.min(b.end).saturating_sub(a.start.max(b.start));
    let overlap = |other: &Finding| both(&finding.range, &other.range);
    let as_grave = |other: &&Finding| other.severity >= finding.severity;
    let told: usize = found.iter().filter(as_grave).map(overlap).sum();
    let in_one = alike.iter().map(|range| both(&finding.range, range)).max().unwrap_or(0);
    if told * 10 >= finding.range.len() * TOLD || in_one * 10 >= finding.range.len() * ONE {
        return;
    }
    found
        .retain(|other| other.severity >= finding.severity || overlap(other) * 10 < other.range.len() * TOLD);
    found.push(finding);
}
