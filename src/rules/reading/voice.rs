//! One slip, one finding (一处一报): what two rules see, one of them tells.
//!
//! Rules know nothing of one another. Where a slip may be seen in two ways, the rule that knows more of its kind
//! speaks and the other is silent.

use std::ops::Range;

use crate::model::Finding;

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
