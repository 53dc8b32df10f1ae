//! What one fact fills: the three blanks of `20xx年x月x日`, the whole of `x.5万元`, `x县` with its 县; and a
//! value of a finished text as it stands.
//!
//! A writer is asked for the date, not for a year, a month and a day; for the figure, not for what
//! lies left and right of its point; for the name of the county as it is said.

use std::ops::Range;

use super::page::{BLANK, Paragraph, Shadow};
use super::value::{self, Value};
use crate::base::blank::{self, Lack};
use crate::base::lexicon::extract as lexicon;
use crate::base::pattern::pattern;
use crate::rules::placeholder::{Blank, Notation};
use crate::rules::yearly;

/// A stretch of a paragraph that one fact replaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Slot {
    /// Its bytes in the paragraph.
    pub range: Range<usize>,
    /// What it is.
    pub what: What,
    /// The first of its blanks; `None` for a value.
    pub blank: Option<Blank>,
    /// How many blanks it holds.
    pub blanks: usize,
    /// The slots before it and after it in a row (`x、x、x同志`), by distance: how many of each.
    pub row: (usize, usize),
}

/// What a slot is, as far as its shape tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// A date with its year; `true` if it has a day.
    Date(bool),
    /// A month and a day.
    Day,
    /// A time of day: `x:xx`.
    Time,
    /// The name of a meeting (会议), from its first word to 会.
    Meeting,
    /// A place with the word that says what it is: `县`, `自治县`, `镇`, `江`.
    Place(&'static str),
    /// A blank by itself.
    Single,
    /// A value that stands there.
    Value(value::Kind),
}

impl Slot {
    /// What its blank lacks; a value lacks nothing.
    pub fn lack(&self) -> Option<Lack> {
        self.blank.as_ref().map(|b| b.lack)
    }

    /// The blank, where it stands for itself.
    pub fn single(&self) -> Option<&Blank> {
        self.blank.as_ref().filter(|_| self.what == What::Single)
    }

    /// Whether a figure goes there, or stands there.
    pub fn is_figure(&self) -> bool {
        self.lack() == Some(Lack::Number) || self.what == What::Value(value::Kind::Of(yearly::Kind::Figure))
    }
}

/// A pattern in which B is a digit or a blank, ◌ a blank.
fn spelled(words: &str) -> String {
    words.replace('B', "[\u{E000}\\d]").replace('◌', "\u{E000}")
}

pattern! {
    static DATE = spelled(r"B{1,4}年B{1,2}月(?:(B{1,2})日)?");
    static DAY = spelled(r"B{1,2}月B{1,2}[日号]");
    static TIME = spelled(r"B{1,2}[：:]B{1,2}");
    /// The group is the name.
    static MEETING = spelled(
        r"(?:在|召开的?|出席|参加)([\p{Han}“”]{0,12}◌[\p{Han}“”]{0,14}?(?:会议|大会|动员会|推进会|座谈会|部署会|现场会|启动会|例会|全会))(?:上|，|。|、|时|召开|举行|$)",
    );
}

/// The slots of a paragraph, in order.
pub(super) fn slots(paragraph: &Paragraph) -> Vec<Slot> {
    let mut found = if paragraph.blanks.is_empty() { Vec::new() } else { of_blanks(paragraph) };
    for value in &paragraph.values {
        let Value { range, kind, .. } = value;
        if !found.iter().any(|s| s.range.start < range.end && range.start < s.range.end) {
            found.push(Slot {
                range: range.clone(),
                what: What::Value(*kind),
                blank: None,
                blanks: 0,
                row: (0, 0),
            });
        }
    }
    found.sort_by_key(|s| s.range.start);
    tell_rows(paragraph, &mut found);
    found
}

/// Those of the blanks; every blank is in one.
fn of_blanks(paragraph: &Paragraph) -> Vec<Slot> {
    let shadow = paragraph.shadow();
    let mut found: Vec<Slot> = Vec::new();
    let mut take = |range: Range<usize>, what: What| {
        let held = held(paragraph, &range);
        let Some(blank) = paragraph.blanks[held.clone()].first() else { return };
        if !found.iter().any(|s| s.range.start < range.end && range.start < s.range.end) {
            found.push(Slot { range, what, blank: Some(blank.clone()), blanks: held.len(), row: (0, 0) });
        }
    };
    for m in DATE.captures_iter(&shadow.text) {
        let Some(all) = m.get(0) else { continue };
        // Of 二〇xx年 the figure is asked for by itself: no date of facts is written in Han numerals.
        if shadow.text[..all.start()].ends_with(HAN_DIGITS) {
            continue;
        }
        take(shadow.range(all.range()), What::Date(m.get(1).is_some()));
    }
    for m in DAY.find_iter(&shadow.text) {
        take(shadow.range(m.range()), What::Day);
    }
    for m in TIME.find_iter(&shadow.text).filter(|m| is_time(paragraph, &shadow, m.range())) {
        take(shadow.range(m.range()), What::Time);
    }
    for m in MEETING.captures_iter(&shadow.text) {
        let Some(name) = m.get(1) else { continue };
        let range = shadow.range(name.range());
        let within = &paragraph.blanks[held(paragraph, &range)];
        let named = |b: &Blank| matches!(b.lack, Lack::Name | Lack::Unknown) && !is_labelled(b);
        if within.iter().all(named) {
            take(range, What::Meeting);
        }
    }
    for blank in &paragraph.blanks {
        let (range, what) = single(&paragraph.text, blank);
        take(range, what);
    }
    found
}

/// The digits of a year in Han numerals.
const HAN_DIGITS: [char; 11] = ['〇', '零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// Indices of the blanks that lie within a range.
fn held(paragraph: &Paragraph, range: &Range<usize>) -> Range<usize> {
    let first = paragraph.blanks.partition_point(|b| b.range.start < range.start);
    let last = paragraph.blanks.partition_point(|b| b.range.end <= range.end);
    first..last.max(first)
}

/// A blank that says itself what belongs there.
pub(super) fn is_labelled(blank: &Blank) -> bool {
    matches!(blank.notation, Notation::Bracket(_) | Notation::Template | Notation::Prompt | Notation::Note)
}

/// `*：*`, not the `1：x` of a list nor `地点：x`.
fn is_time(paragraph: &Paragraph, shadow: &Shadow, range: Range<usize>) -> bool {
    let words = &shadow.text[range.clone()];
    let blanks = &paragraph.blanks[held(paragraph, &shadow.range(range))];
    let sides = words.split(['：', ':']).all(|side| side.contains(BLANK) || side.len() == 2);
    sides
        && blanks
            .iter()
            .all(|b| !matches!(b.lack, Lack::Place | Lack::Person | Lack::Passage) && !is_labelled(b))
}

/// A blank by itself, with what belongs to its figure or name.
fn single(text: &str, blank: &Blank) -> (Range<usize>, What) {
    let range = blank.range.clone();
    let (before, after) = (&text[..range.start], &text[range.end..]);
    let sign = matches!(blank.notation, Notation::StandIn(_) | Notation::Figure | Notation::Anonymous);
    if sign && blank.lack.is_figure() {
        let digit = |c: char| c.is_ascii_digit();
        let left = before.trim_end_matches(|c: char| digit(c) || matches!(c, '.' | ','));
        let left = before[left.len()..].trim_start_matches(['.', ',']);
        let years = before.trim_end_matches(HAN_DIGITS);
        let left = if blank.lack == Lack::Year && left.is_empty() { &before[years.len()..] } else { left };
        let right =
            after.len() - after.trim_start_matches(|c: char| digit(c) || matches!(c, '.' | ',')).len();
        let right = after[..right].trim_end_matches(['.', ',']);
        return (range.start - left.len()..range.end + right.len(), What::Single);
    }
    if blank.lack == Lack::Place
        && (sign || blank.notation == Notation::Gap)
        && let Some(suffix) = suffix(after)
    {
        return (range.start..range.end + suffix.len(), What::Place(suffix));
    }
    (range, What::Single)
}

/// The word that says what kind of place a name is of, right after it: 县 of 县委.
fn suffix(after: &str) -> Option<&'static str> {
    let (Lack::Place, word) = blank::unit(after)? else { return None };
    // Of 县委, 县城, 镇党委 only the first character belongs to the name; 县人民政府 is not in the list.
    let whole = ["省道", "国道", "区", "省", "市", "县"].contains(&word) || word.starts_with("自治");
    if whole {
        return Some(word);
    }
    let longer = ["委", "党委", "城", "区", "域", "级"];
    match lexicon::SHORT_LEVELS
        .iter()
        .find(|l| word.strip_prefix(**l).is_some_and(|rest| longer.contains(&rest)))
    {
        Some(level) => Some(level),
        None => Some(word),
    }
}

/// Tells of each slot how many of its row stand before and after it.
fn tell_rows(paragraph: &Paragraph, slots: &mut [Slot]) {
    let joined = |a: &Slot, b: &Slot| {
        let between = paragraph.text[a.range.end..b.range.start].trim();
        let alike = a.what == b.what || matches!((a.what, b.what), (What::Single, What::Place(_)));
        alike && ["、", "和", "与", "及", "以及", "，", ","].contains(&between)
    };
    let mut at = 0;
    while at < slots.len() {
        let mut end = at + 1;
        while end < slots.len() && joined(&slots[end - 1], &slots[end]) {
            end += 1;
        }
        for (i, slot) in slots[at..end].iter_mut().enumerate() {
            slot.row = (i, end - at - 1 - i);
        }
        at = end;
    }
}
