//! Places, and names between other words.

use super::around::Around;
use super::call::{Call, own, stated};
use super::words::{first_words, is_pause, last_words, tail, verb};
use crate::base::blank::{self, Lack};
use crate::base::han::is_han;
use crate::base::lexicon::extract as lexicon;
use crate::extract::slot::{Slot, What};

impl Around<'_> {
    pub(super) fn place(&self, suffix: &'static str) -> Call {
        let others = self.in_row() || lexicon::ELSEWHERE.iter().any(|w| self.left().ends_with(w));
        if self.document.level == Some(suffix) && !others {
            return stated("locality.name", Some(self.surface()));
        }
        own(
            &format!("{suffix}名"),
            (!others && lexicon::ONLY_ONE.contains(&suffix)).then(|| suffix.to_owned()),
        )
    }

    /// How the slot is written, whatever sign stands for its name.
    pub(super) fn surface(&self) -> String {
        let words = &self.paragraph.text[self.slot().range.clone()];
        words.chars().filter(|c| is_han(*c) && *c != '某').collect()
    }

    /// A name between other words. Before 特色 and 经验 it is the locality's; else the words on both
    /// sides are the key, with 某 in the middle.
    pub(super) fn named(&self) -> Call {
        let (left, right) = (self.left(), self.after_row());
        let of = right.strip_prefix('的').unwrap_or(right);
        if !self.in_row() && lexicon::OURS.iter().any(|w| of.starts_with(w)) {
            return stated("locality.short", Some(String::new()));
        }
        if left.ends_with(['由', '请']) && verb(right).is_some() {
            return self.doer();
        }
        let (before, after) = (near_left(left), near_right(right));
        if before.is_empty() && after.is_empty() {
            return own("名称", None);
        }
        // 作出新 of 作出新的贡献 is no end of anything.
        let broken = right.strip_prefix(after).is_some_and(|rest| rest.starts_with('的'));
        let after = if broken && !before.is_empty() { "" } else { after };
        own(&format!("{before}某{after}"), None)
    }
}

/// Characters on either side of 某 in a key; a run that is a little longer is kept whole.
const SIDE: usize = 4;

/// The last words before a name.
fn near_left(left: &str) -> &str {
    let run = tail(left);
    let at = lexicon::NAME_BEGINS
        .iter()
        .filter_map(|b| run.rfind(b).map(|at| at + b.len()))
        .filter(|&at| at < run.len())
        .max();
    let run = at.map_or(run, |at| &run[at..]);
    if run.chars().count() <= SIDE + 1 { run } else { last_words(run, SIDE) }
}

/// The first words after a name.
fn near_right(right: &str) -> &str {
    let run = right.split(is_pause).next().unwrap_or_default();
    let of = if run.starts_with('的') { '的'.len_utf8() } else { 0 };
    let end = lexicon::NAME_ENDS.iter().filter_map(|b| run[of..].find(b)).filter(|&at| at > 0).min();
    let run = &run[..end.map_or(run.len(), |at| of + at)];
    if run.chars().count() <= SIDE + 2 { run } else { first_words(run, SIDE + usize::from(of > 0)) }
}

/// The word for the places of a row, which stands after its last member: `x、x县`.
pub(super) fn suffix_of_row(after: &str, slots: &[Slot], index: usize) -> Option<&'static str> {
    let last = slots.get(index + slots.get(index)?.row.1)?;
    match last.what {
        What::Place(suffix) => Some(suffix),
        _ => blank::unit(after).filter(|(lack, _)| *lack == Lack::Place).map(|(_, word)| word),
    }
}
