//! What is missing, in words (缺什么): the number before “公里”, the name of the 镇, whose surname.
//!
//! [`Lack`] says of what kind it is; the words right beside the blank say which one.

use std::ops::Range;

use crate::base::Text;
use crate::base::blank::{self, Lack};
use crate::base::lexicon::placeholder as lexicon;
use crate::text;

/// Bytes that are looked at on either side.
const REACH: usize = 60;

/// What is missing at `range` of `text`, of which it is known that it is a `lack`.
pub(super) fn of(text: &str, range: &Range<usize>, lack: Lack) -> Text {
    let (before, after) = sides(text, range);
    let unit = blank::before(after).filter(|(of, _)| *of == lack).map(|(_, word)| word);
    match (lack, unit) {
        (Lack::Number, Some("%" | "％")) => Text::fixed("百分比", "a percentage"),
        (Lack::Number, Some(unit)) => text!("“{unit}”前的数字", "the number before “{unit}”"),
        (Lack::Place, Some(unit)) if unit.chars().count() <= 2 => {
            text!("{unit}名", "the name of the “{unit}”")
        }
        (Lack::Person, Some(office)) if !office.ends_with("同志") => {
            text!("“{office}”的姓名", "the name of the “{office}”")
        }
        (Lack::Name, Some(body)) => text!("“{body}”的名称", "the name of the “{body}”"),
        (Lack::Name | Lack::Unknown, _) => of_name(before, after).unwrap_or_else(|| lack.label()),
        _ => lack.label(),
    }
}

/// What the words beside a name without a generic word tell of it.
fn of_name(before: &str, after: &str) -> Option<Text> {
    let ends = |list: &[&str]| list.iter().any(|w| before.ends_with(w));
    let starts = |list: &[&str]| list.iter().any(|w| after.starts_with(w));
    if starts(lexicon::DONE_BY_PEOPLE) || ends(lexicon::TITLES) {
        return Some(Text::fixed("人名", "a person's name"));
    }
    if starts(lexicon::SAID) || ends(lexicon::STUDIED) {
        return Some(Text::fixed("会议、文件或者讲话的名称", "the name of a meeting, document or speech"));
    }
    if starts(lexicon::OF_PLACES) || ends(lexicon::AT_PLACES) {
        return Some(Text::fixed("地名或者单位名称", "the name of a place or an office"));
    }
    if starts(lexicon::CALLED) {
        return Some(Text::fixed("工作或者活动的名称", "the name of the work or the event"));
    }
    if ends(lexicon::WORKED_ON) {
        return Some(Text::fixed("工作内容", "what was done"));
    }
    None
}

/// The line on both sides of a range, as far as it is looked at, past blanks.
fn sides<'t>(text: &'t str, range: &Range<usize>) -> (&'t str, &'t str) {
    let from = text.floor_char_boundary(range.start.saturating_sub(REACH));
    let before = text[from..range.start].rsplit('\n').next().unwrap_or_default();
    let to = text.floor_char_boundary(range.end + REACH);
    let after = text[range.end..to].split('\n').next().unwrap_or_default();
    (before.trim_end(), after.trim_start())
}
