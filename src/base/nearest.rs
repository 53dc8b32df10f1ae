//! "Did you mean …?": the known name nearest to one that is not known.

/// The one of `known` most like `word`, if any is like enough to be worth suggesting.
///
/// Likeness is the share of matching characters that [`similar`] computes. Chinese keys are two
/// to four characters long, so one wrong character in two must still be found: a share of 0.5.
#[must_use]
pub fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let known: Vec<&str> = known.into_iter().collect();
    similar::get_close_matches(word, &known, 1, 0.5).first().copied()
}

#[cfg(test)]
mod tests {
    #[test]
    fn nearest_does_as_its_example_says() {
        use crate::base::nearest::nearest;
        assert_eq!(nearest("会仪", ["会议", "地区", "指标"]), Some("会议"));
        assert_eq!(nearest("meeting.palce", ["meeting.place", "people"]), Some("meeting.place"));
        assert_eq!(nearest("天气", ["会议", "地区"]), None);
    }
}
