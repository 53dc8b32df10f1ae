//! What many write (通用说法), whether the corpus at hand has it often or not.

use std::ops::Range;

use crate::base::counts::{Counts, LONGEST, Letters};

/// The bytes of every run of five letters of a text that official prose has again and again, in order; they overlap.
pub fn runs(text: &str) -> Vec<Range<usize>> {
    let counts = Counts::shipped();
    let read = Letters::of(text);
    let is_worn = |&(_, five): &(usize, &[char])| counts.level(five) > 0;
    let worn = read.all().windows(LONGEST).enumerate().filter(is_worn);
    worn.map(|(at, _)| read.bytes(at..at + LONGEST)).collect()
}

/// Letters and digits of a text that stand in no such run.
#[must_use]
pub fn fresh(text: &str) -> usize {
    let mut worn = runs(text).into_iter().peekable();
    let mut is_worn = |at: usize| {
        while worn.next_if(|run| run.end <= at).is_some() {}
        worn.peek().is_some_and(|run| run.start <= at)
    };
    text.char_indices().filter(|&(at, c)| c.is_alphanumeric() && !is_worn(at)).count()
}

#[cfg(test)]
mod tests {
    use super::fresh;

    #[test]
    fn what_every_report_says_is_worn_and_figures_count_by_their_digits() {
        let formula = "坚持稳中求进工作总基调，完整、准确、全面贯彻新发展理念，加快构建新发展格局";
        let own = "渠长打钟轮灌，毛渠从未红过脸";
        assert!(fresh(formula) * 3 < formula.chars().count(), "{}", fresh(formula));
        assert!(fresh(own) + 1 >= own.chars().count(), "{}", fresh(own));
        assert_eq!(fresh("毛渠12345条"), 8);
        assert_eq!(fresh(""), 0);
    }
}
