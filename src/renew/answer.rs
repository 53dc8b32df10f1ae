//! What was entered for a row (回答), and the words of a cell that say it.

/// What confirms a value.
pub const SAME: &str = "不变";

/// What somebody entered for a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Nothing.
    Open,
    /// It is the same this year.
    Same,
    /// This year's value.
    New(String),
}

impl Answer {
    /// What the words of a cell say.
    pub(crate) fn of(words: &str) -> Self {
        match words.trim() {
            "" => Self::Open,
            SAME | "同" | "=" | "same" => Self::Same,
            words => Self::New(words.to_owned()),
        }
    }

    /// The words of a cell that say it.
    pub(crate) fn words(&self) -> &str {
        match self {
            Self::Open => "",
            Self::Same => SAME,
            Self::New(words) => words,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Answer, SAME};

    #[test]
    fn a_cell_says_what_was_entered_and_is_written_as_it_was_read() {
        let new = Answer::New("91%".to_owned());
        for (words, answer) in [("", &Answer::Open), (SAME, &Answer::Same), ("91%", &new)] {
            assert_eq!((&Answer::of(words), answer.words()), (answer, words));
        }
        assert_eq!((Answer::of(" = "), Answer::of(" 91% ")), (Answer::Same, new));
    }
}
