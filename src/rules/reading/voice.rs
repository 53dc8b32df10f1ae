//! One slip, one finding (一处一报): what two rules see, one of them tells.
//!
//! Rules know nothing of one another. Where a slip may be seen in two ways, the rule that knows more of its kind
//! speaks and the other is silent.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::model::{Finding, Severity};
use crate::rules::{Case, RULES};

/// Rules by id that say no more of words of which others have spoken: what `damaged-text` says of some letters is
/// no misspelling, and what stands of leaders and of lists in `person-title` and `count-claim` is not said again.
const SECOND: [(&str, &[&str]); 2] =
    [("misspelling", &["damaged-text"]), ("post", &["person-title", "count-claim"])];

/// Leaves out what was told already.
pub(in crate::rules) fn one(findings: &mut Vec<Finding>) {
    for (second, firsts) in SECOND {
        let mut said: Vec<Range<usize>> =
            findings.iter().filter(|f| firsts.contains(&f.rule)).map(|f| f.range.clone()).collect();
        // The furthest end of those that begin no later: a search for one that meets.
        said.sort_by_key(|r| r.start);
        let mut end = 0;
        for range in &mut said {
            end = end.max(range.end);
            range.end = end;
        }
        findings.retain(|f| {
            let before = said.partition_point(|r| r.start < f.range.end);
            let met = before.checked_sub(1).is_some_and(|at| said[at].end > f.range.start);
            f.rule != second || !met
        });
    }
}

/// Rules whose fix rewrites or deletes a stretch, whatever else is wrong in it.
const SWEEPING: [&str; 2] = ["scrambled-text", "web-residue"];

/// One spot, one fix (一处一改). Rules know nothing of one another, so two of them may want to change the
/// same comma, one its place in the sentence and the other its shape; who takes both gets neither. A
/// stretch that is rewritten or deleted has no fix of another rule in it, of the rest the rule that comes
/// first in the manual speaks, and what must stand as it stands, or is made by a word processor, has none. What loses its fix is still
/// told, unless it was a hint: a hint says no more than its fix does.
pub(in crate::rules) fn one_fix(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let rank = |f: &Finding| {
        let row = RULES.iter().position(|rule| rule.about().id == f.rule);
        (!SWEEPING.contains(&f.rule), row, f.range.start, std::cmp::Reverse(f.range.end))
    };
    let mut order: Vec<usize> = (0..findings.len()).filter(|&i| findings[i].fix.is_some()).collect();
    if order.is_empty() {
        return;
    }
    order.sort_by_cached_key(|&i| rank(&findings[i]));
    // Those that are offered, by where they begin; they do not meet.
    let mut offered: BTreeMap<usize, usize> = BTreeMap::new();
    let mut lost = vec![false; findings.len()];
    for index in order {
        let range = findings[index].range.clone();
        let meets = offered.range(..range.end).next_back().is_some_and(|(_, end)| *end > range.start);
        if meets || case.manuscript.is_made(&range) || case.verbatim().is_changed(&range) {
            findings[index].fix = None;
            lost[index] = findings[index].severity == Severity::Info;
        } else {
            offered.insert(range.start, range.end);
        }
    }
    let mut lost = lost.into_iter();
    findings.retain(|_| !lost.next().unwrap_or(false));
}

#[cfg(test)]
mod tests {
    use super::one;
    use crate::base::Text;
    use crate::model::{Finding, Severity};

    #[test]
    fn what_one_rule_has_said_the_second_does_not_say_again() {
        let of = |rule, range| Finding::new(rule, Severity::Warning, range, Text::fixed("甲", "a"));
        let mut all = vec![of("person-title", 0..9), of("post", 3..6), of("post", 9..12), of("date", 3..6)];
        one(&mut all);
        assert_eq!(
            all.iter().map(|f| (f.rule, f.range.start)).collect::<Vec<_>>(),
            [("person-title", 0), ("post", 9), ("date", 3)]
        );
    }
}
