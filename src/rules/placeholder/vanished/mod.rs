//! Values that vanished (空缺): deleted, and no sign left in their place — `距县城公里`, `增长%，`, `脱贫户户人`,
//! `、路开工仪式`, `还有等部门`.
//!
//! Nothing stands there that could be seen, so what stands round it is held against official prose
//! ([`Counts`]): the words that meet were never seen side by side, and with a figure between them they are
//! common. How much likelier the text is with the figure says how sure it is. What one place alone does not
//! tell, another one near by may: values are deleted by the dozen.
//!
//! `figures` looks before every unit. Where grammar alone says that something is missing, `cues` lists the
//! words that tell it, and `days`, `ordinals`, `names` and `rows` judge by their neighbours. 万 and 亿 are
//! figures themselves (突破亿元), so that their units need more.
//!
//! A draft that shows blanks elsewhere is an unfinished one. There more is believed, and `doubtful` looks at
//! the units once more that were passed over.

mod cues;
mod days;
mod doubtful;
mod figures;
mod names;
mod ordinals;
mod rows;

use std::ops::Range;

use super::page::Page;
use super::{Notation, Suspect, Verdict};
use crate::base::blank::Lack;
use crate::base::counts::{Counts, Letters};

/// How much a place is believed by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    /// Only beside two others.
    Faint,
    /// Only in an unfinished draft.
    Draft,
    /// Only beside another one.
    Beside,
    /// By itself.
    Alone,
    /// By itself, and nothing honest was ever seen that looked like it.
    Certain,
}

/// A place where a value may be missing: the words on both sides of it.
struct Joint {
    range: Range<usize>,
    lack: Lack,
    weight: Weight,
}

/// Bytes within which one place vouches for another.
const NEAR: usize = 600;

/// So many sure blanks make a draft an unfinished one.
const UNFINISHED: usize = 2;

/// The places where a value vanished, without those that another family has found.
pub(super) fn find(page: &Page<'_>, others: &[Suspect]) -> Vec<Suspect> {
    let counts = Counts::shipped();
    let mut joints = figures::find(page, counts);
    joints.extend(cues::find(page, counts));
    joints.extend(names::roles(page));
    keep(page, &mut joints, others);
    let alone: Vec<usize> =
        joints.iter().filter(|j| j.weight > Weight::Beside).map(|j| j.range.start).collect();
    let sure = others.iter().filter(|s| s.verdict == Verdict::Sure).count();
    let unfinished = sure + alone.len() >= UNFINISHED;
    let mut more: Vec<Joint> = Vec::new();
    let near = |joint: &Joint| {
        let upto = |at: usize| alone.partition_point(|&a| a <= at);
        upto(joint.range.start + NEAR) - alone.partition_point(|&a| a + NEAR < joint.range.start)
    };
    if !alone.is_empty() {
        // For these an unfinished draft is too weak a word: 香洲区、高新区 are rows as well.
        more.extend(names::rows(page, counts).filter(|j| near(j) >= 1));
    }
    if unfinished {
        more.extend(doubtful::find(page, counts));
        more.extend(rows::unfilled(page));
    }
    keep(page, &mut more, others);
    joints.extend(more);
    // Of two that overlap the surer one stays.
    joints.sort_by_key(|j| (j.range.start, std::cmp::Reverse(j.weight)));
    joints.retain(|j| match j.weight {
        Weight::Faint => near(j) >= 2,
        Weight::Draft => unfinished,
        Weight::Beside => unfinished || near(j) >= 1,
        Weight::Alone | Weight::Certain => true,
    });
    joints
        .into_iter()
        .map(|Joint { range, lack, weight }| Suspect {
            range,
            lack,
            verdict: if weight == Weight::Certain { Verdict::Sure } else { Verdict::Look },
            notation: Notation::Vanished,
        })
        .collect()
}

/// Without the places that another family has found, and in order. Where forms begin is only looked for
/// where something was found.
fn keep(page: &Page<'_>, joints: &mut Vec<Joint>, others: &[Suspect]) {
    joints.retain(|j| {
        !overlaps(others, &j.range) && page.mask(j.range.start).is_none() && !page.in_form(j.range.start)
    });
    joints.sort_by_key(|j| j.range.start);
}

/// Whether one of the suspects, which are in order, lies on these bytes.
fn overlaps(suspects: &[Suspect], range: &Range<usize>) -> bool {
    let next = suspects.partition_point(|s| s.range.end <= range.start);
    suspects.get(next).is_some_and(|s| s.range.start < range.end)
}

/// The letters before `at`, on its line; the edge at the end of a text that was cut there is none of them.
fn before(page: &Page<'_>, at: usize) -> Vec<char> {
    /// Bytes that are read: figures shrink to one letter.
    const READ: usize = 48;
    /// Letters that counts hear.
    const HEARD: usize = 4;
    let from = page.text.floor_char_boundary(at.saturating_sub(READ));
    let text = &page.text[from..at];
    let letters = Letters::of(text);
    let mut letters = letters.all();
    if !text.ends_with(is_mark) {
        letters = &letters[..letters.len() - 1];
    }
    letters[letters.len().saturating_sub(HEARD)..].to_vec()
}

/// The letters from `at` on, on its line.
fn after(page: &Page<'_>, at: usize) -> Vec<char> {
    /// Bytes that are read: a unit and what counts hear after it.
    const READ: usize = 40;
    let text = &page.text[at..page.text.floor_char_boundary(at + READ)];
    Letters::of(text).all()[1..].to_vec()
}

/// Whether a character parts clauses or words.
fn is_mark(c: char) -> bool {
    !super::is_han(c) && !c.is_alphanumeric() && !matches!(c, '%' | '％')
}

/// `at`, so many Chinese characters further left on the line.
fn left(text: &str, at: usize, characters: usize) -> usize {
    let before = text[..at].char_indices().rev().take(characters);
    before.take_while(|&(_, c)| super::is_han(c)).last().map_or(at, |(i, _)| i)
}
