//! What rules that ask the counts leave alone, where letters are not what they seem.

use std::ops::Range;

use crate::base::counts::{EDGE, Letters};
use crate::rules::Case;

/// Whether a line may have been broken, or a blank or a mark of format have come in, near these
/// letters: then what stands on either side may be one word (安全生⏎产). Between a heading and what follows it
/// no word goes on.
pub fn is_broken(case: &Case<'_>, read: &Letters, at: &Range<usize>) -> bool {
    let text = case.manuscript.text();
    let kind = |byte: usize| case.manuscript.block(byte).map(|block| block.kind);
    (at.start.saturating_sub(2)..(at.end + 2).min(read.all().len())).any(|index| {
        let bytes = read.bytes(index..index + 1);
        let Some(gap) = text.get(bytes.clone()).filter(|gap| !gap.is_empty()) else { return false };
        read.all()[index] == EDGE
            && gap.chars().all(|c| c.is_whitespace() || "*_`~#>-".contains(c))
            && kind(bytes.start.saturating_sub(1)) == kind(bytes.end)
    })
}

/// Whether the letters of this window stand in the text once more: what is written twice is meant. Ends at the second
/// place, so a text of nothing but one word is not gone through for each of them.
pub fn stand_twice(letters: &[char], window: Range<usize>) -> bool {
    let meant = &letters[window];
    letters.windows(meant.len()).filter(|other| *other == meant).nth(1).is_some()
}

/// Whether these bytes lie in a word that the facts give, or in the name of a place.
pub fn is_own(case: &Case<'_>, range: &Range<usize>) -> bool {
    let text = case.manuscript.text();
    let meets = |other: Range<usize>| other.start < range.end && range.start < other.end;
    let stands = |word: &str| text.match_indices(word).any(|(at, _)| meets(at..at + word.len()));
    let given = case.facts.is_some_and(|facts| {
        facts
            .leaves()
            .iter()
            .filter_map(|(_, fact)| fact.value.text())
            .any(|value| value.chars().nth(1).is_some() && stands(&value))
    });
    given
        || case.settings.home.as_deref().is_some_and(|home| !home.is_empty() && stands(home))
        || case.mentions().iter().any(|mention| meets(mention.range.clone()))
}
