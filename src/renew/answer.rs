//! The rows filled in (填好的行): what is put where, and what is still as it was last year.

use std::ops::Range;

use super::rows::Row;
use crate::base::Text;
use crate::base::figures::figures;
use crate::draft::change_between;
use crate::rules::yearly::Kind;
use crate::text;
use crate::write::fix::Change;

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

/// What the answers come to.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Answered {
    /// What is put in, in order.
    pub changes: Vec<Change>,
    /// What stands as it stood, and what to say of it, in order; in bytes of the old text.
    pub open: Vec<(Range<usize>, Text)>,
    /// How many rows have a value, are confirmed, are open.
    pub counts: (usize, usize, usize),
}

/// Puts answers to their rows: one for each row, in its order.
#[must_use]
pub fn answered(rows: &[Row], answers: &[Answer]) -> Answered {
    let mut out = Answered::default();
    for (index, row) in rows.iter().enumerate() {
        match answers.get(index).unwrap_or(&Answer::Open) {
            Answer::Same => out.counts.1 += 1,
            Answer::New(value) => {
                out.counts.0 += 1;
                // The same words again are no change of the file.
                if *value != row.value {
                    let put = |range: &Range<usize>| Change { range: range.clone(), text: value.clone() };
                    out.changes.extend(row.places.iter().map(put));
                }
            }
            Answer::Open => {
                out.counts.2 += 1;
                let say = said(rows, answers, index);
                out.open.extend(row.places.iter().map(|range| (range.clone(), say.clone())));
            }
        }
    }
    out.changes.sort_by_key(|c| c.range.start);
    out.open.sort_by_key(|(range, _)| range.start);
    out
}

/// What to say of a row that was left open: what follows from other answers, or what was offered.
fn said(rows: &[Row], answers: &[Answer], index: usize) -> Text {
    let row = &rows[index];
    let value = &row.value;
    if let Some(growth) = follows(rows, answers, index) {
        return text!(
            "还是去年的“{value}”；按前一个数的新旧两值算，是{growth}",
            "still last year's “{value}”; by the two values of the figure before it, it would be {growth}"
        );
    }
    if let Some(offer) = &row.offer {
        return text!(
            "还是去年的“{value}”，没有填；按年份推，可能是“{offer}”",
            "still last year's “{value}”, nothing was entered; by the years it may be “{offer}”"
        );
    }
    let Text { zh, en } = row.kind.label();
    Text::new(
        format!("还是去年的{zh}“{value}”，没有填：核实后改，或确认不变"),
        format!("still last year's {en} “{value}”, nothing was entered: check it, then change or confirm it"),
    )
}

/// What a growth comes to, where the figure before it was given a new value: the growth from the old value
/// to the new one, when both papers count the same thing a year apart: 增长26.1%.
#[must_use]
pub fn follows(rows: &[Row], answers: &[Answer], index: usize) -> Option<String> {
    let row = &rows[index];
    let is_growth = |value: &str| figures(value).first().is_some_and(|f| f.is_percent() || f.is_points());
    if row.kind != Kind::Figure || !is_growth(&row.value) {
        return None;
    }
    // 上年 and the like may stand between.
    let before = rows[..index].iter().rposition(|row| row.kind != Kind::Comparison)?;
    let earlier = &rows[before];
    let Answer::New(new) = answers.get(before)? else { return None };
    let near = row.places.first()?.start.checked_sub(earlier.places.last()?.end)? <= 60;
    let is_amount = !figures(&earlier.value).is_empty() && !is_growth(&earlier.value);
    let grew = ["增", "降", "提高", "减"].iter().any(|word| row.sentence.contains(word));
    (near && is_amount && grew)
        .then(|| change_between(new, &earlier.value))
        .filter(|growth| !growth.is_empty())
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
