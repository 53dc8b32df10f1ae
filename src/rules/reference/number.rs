//! The paper's own number (发文字号): its year is that of the day on which the paper was written.

use super::hit;
use crate::base::Text;
use crate::model::{BlockKind, Finding, Severity};
use crate::rules::Case;
use crate::rules::reading::day;
use crate::text;

/// Blocks at the top among which it stands.
const TOP: usize = 8;

pub(super) fn find(case: &Case<'_>) -> Option<Finding> {
    let date = day::told(case).filter(|d| d.month.is_some())?;
    let text = case.manuscript.text();
    let lines = case.manuscript.blocks().iter().filter(|b| !case.manuscript.block_text(b).trim().is_empty());
    let line = lines
        .take(TOP)
        .find(|b| b.kind == BlockKind::DocumentNumber || is_number(case.manuscript.block_text(b)))?;
    let words = case.manuscript.block_text(line);
    let open = words.find(['〔', '[', '［', '【', '（', '('])?;
    let mark = words[open..].chars().next()?;
    let year = words.get(open + mark.len_utf8()..open + mark.len_utf8() + 4)?;
    let close = words[open + mark.len_utf8() + 4..].chars().next()?;
    let said: u16 = year.parse().ok()?;
    let start = line.range.start + open;
    let range = start..start + mark.len_utf8() + 4 + close.len_utf8();
    if said == date.year {
        return None;
    }
    let words = &text[range.clone()];
    let message = text!(
        "本文成文于{date}，发文字号却是“{words}”",
        "the paper is of {date}, and its number says “{words}”"
    );
    let help = Text::fixed("核对发文字号的年份和成文日期", "check the year of the number and the date");
    // A number of December may be on a paper of January.
    let turn = said + 1 == date.year && date.month == Some(1);
    Some(hit(range, message, help).severity(if turn { Severity::Info } else { Severity::Warning }))
}

/// A line that is a number and no more: 青政办发〔2026〕8号.
fn is_number(line: &str) -> bool {
    let line = line.trim();
    let short =
        line.chars().count() <= 24 && line.ends_with('号') && !line.contains(['《', '》', '（', '，', '。']);
    short && line.contains(['〔', '[', '［', '【'])
}
