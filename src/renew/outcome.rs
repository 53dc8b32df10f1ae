//! The rows filled in (填好的行): what is put where, and what is still as it was last year.

use std::ops::Range;

use super::answer::Answer;
use super::follow::follows;
use super::rows::Row;
use crate::base::Text;
use crate::text;
use crate::write::fix::Change;

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
    // What stands within another change is that one's to say.
    out.changes.sort_by_key(|c| (c.range.start, std::cmp::Reverse(c.range.end)));
    out.changes.dedup_by(|later, earlier| later.range.start < earlier.range.end);
    out.open.sort_by_key(|(range, _)| range.start);
    out
}

/// What to say of a row that was left open: what follows from other answers, or what was offered.
fn said(rows: &[Row], answers: &[Answer], index: usize) -> Text {
    let row = &rows[index];
    let value = &row.value;
    if let Some(follow) = follows(rows, answers, index) {
        let Text { zh, en } = follow.told();
        return Text::new(format!("还是去年的“{value}”；{zh}"), format!("still last year's “{value}”; {en}"));
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
