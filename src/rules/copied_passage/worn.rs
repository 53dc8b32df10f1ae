//! What many write (通用说法), whether the corpus at hand has it often or not.

use crate::base::counts::{Counts, EDGE, LONGEST, Letters};

/// Characters of these words that stand in no run of five letters which official prose has again and again. A
/// passage is grave by them alone.
pub(super) fn fresh(words: &str) -> usize {
    let counts = Counts::shipped();
    let all = Letters::of(words);
    let (numbers, letters): (Vec<usize>, Vec<char>) =
        all.all().iter().copied().enumerate().filter(|&(_, letter)| letter != EDGE).unzip();
    let mut worn = vec![false; letters.len()];
    for (at, five) in letters.windows(LONGEST).enumerate() {
        if counts.level(five) > 0 {
            worn[at..at + LONGEST].fill(true);
        }
    }
    let fresh = numbers.iter().zip(worn).filter(|&(_, worn)| !worn);
    let written =
        |number: usize| words[all.bytes(number..number + 1)].chars().filter(|c| c.is_alphanumeric());
    fresh.map(|(&number, _)| written(number).count()).sum()
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
