//! Paragraphs that stand elsewhere now (移动): gone at one place and come at another, and surely the same.

use std::collections::HashMap;

use super::{Change, Grams, MOST_PAIRS, Step, changes};
use crate::base::han::heading_number;

/// A paragraph that was moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// Its number among the old ones.
    pub old: usize,
    /// Its number among the new ones.
    pub new: usize,
    /// What changed in it besides, in order: the number of a heading, a figure.
    pub changes: Vec<Change>,
}

/// Letters and figures of which a paragraph has at least so many: a shorter one may be another one of the kind.
const FEWEST: usize = 4;
/// The same of one in which words changed.
const FEWEST_CHANGED: usize = 24;
/// How alike two are that are one in spite of changes, in hundredths, and how alike no other may be.
const ALIKE: usize = 75;
const OTHERS: usize = 50;

/// What of the steps between two versions is a paragraph that was moved, in the order of the new version.
#[must_use]
pub fn moves(steps: &[Step], old: &[&str], new: &[&str]) -> Vec<Move> {
    let gone = steps.iter().filter_map(|step| if let Step::Gone(at) = step { Some(*at) } else { None });
    let come = steps.iter().filter_map(|step| if let Step::Come(at) = step { Some(*at) } else { None });
    let (mut gone, mut come): (Vec<usize>, Vec<usize>) = (gone.collect(), come.collect());
    if gone.is_empty() || come.is_empty() {
        return Vec::new();
    }
    let (olds, news) = (once(old), once(new));
    let mut pairs = Vec::new();
    gone.retain(|&at| {
        let words = said(old[at]);
        let only = olds.get(words).is_some_and(|n| *n == Some(at));
        let there = news.get(words).copied().flatten().filter(|_| only);
        let there = there.and_then(|there| come.iter().position(|&new| new == there));
        there.map(|row| pairs.push((at, come.remove(row)))).is_none()
    });
    pairs.extend(alike(&gone, &come, old, new));
    let one = |(o, n): (usize, usize)| Move { old: o, new: n, changes: changes(old[o], new[n]) };
    let mut moves: Vec<Move> = pairs.into_iter().map(one).collect();
    moves.sort_by_key(|one| one.new);
    moves
}

/// Where words stand that stand once, by what they say without the number of a heading; too few of them are left out.
fn once<'t>(all: &[&'t str]) -> HashMap<&'t str, Option<usize>> {
    let mut seen: HashMap<&str, Option<usize>> = HashMap::new();
    for (at, words) in all.iter().enumerate() {
        let words = said(words);
        if letters(words) >= FEWEST {
            seen.entry(words).and_modify(|at| *at = None).or_insert(Some(at));
        }
    }
    seen
}

/// What a paragraph says without its number and blanks.
fn said(words: &str) -> &str {
    let number = heading_number(words).map_or(0, |(_, _, bytes)| bytes);
    words[number..].trim()
}

fn letters(words: &str) -> usize {
    words.chars().filter(|c| c.is_alphanumeric()).count()
}

/// Pairs of which each is by far the most alike of the other.
fn alike(gone: &[usize], come: &[usize], old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    let long = |all: &[usize], of: &[&str]| -> Vec<(usize, Grams)> {
        let long = all.iter().filter(|&&at| letters(of[at]) >= FEWEST_CHANGED);
        long.map(|&at| (at, Grams::of(of[at]))).collect()
    };
    let (gone, come) = (long(gone, old), long(come, new));
    if gone.len().saturating_mul(come.len()) > MOST_PAIRS {
        return Vec::new();
    }
    let table: Vec<Vec<usize>> =
        gone.iter().map(|(_, a)| come.iter().map(|(_, b)| a.likeness(b)).collect()).collect();
    let apart =
        |all: &mut dyn Iterator<Item = usize>| all.filter(|&likeness| likeness >= OTHERS).count() == 1;
    let mut pairs = Vec::new();
    for (i, row) in table.iter().enumerate() {
        let Some(j) = row.iter().position(|&likeness| likeness >= ALIKE) else { continue };
        if apart(&mut row.iter().copied()) && apart(&mut table.iter().map(|row| row[j])) {
            pairs.push((gone[i].0, come[j].0));
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::super::steps;
    use super::moves;

    fn found(old: &[&str], new: &[&str]) -> Vec<(usize, usize, bool)> {
        let moves = moves(&steps(old, new), old, new);
        moves.into_iter().map(|m| (m.old, m.new, m.changes.is_empty())).collect()
    }

    #[test]
    fn a_section_that_stands_elsewhere_is_moved_with_its_number_and_figures_changed() {
        let old = [
            "一、清好干渠",
            "各镇要在4月10日前把干渠清完，清出来的淤泥不得堆在路边，由镇水管站验收。",
            "二、管好闸门",
            "闸门由专人看守，每天报一次水位，不得私自开关，用水先远后近。",
            "三、排好次序",
            "先灌秧田，后灌旱地，镇与镇之间的先后由县水务局排定并提前三天通知到村。",
            "各镇抓紧办理。",
        ];
        let new = [
            "一、管好闸门",
            "闸门由专人看守，每天报一次水位，不得私自开关，用水先远后近。",
            "二、排好次序",
            "先灌秧田，后灌旱地，镇与镇之间的先后由县水务局排定并提前三天通知到村。",
            "三、清好干渠",
            "各镇要在4月20日前把干渠清完，清出来的淤泥不得堆在路边，由镇水管站验收。",
            "各镇抓紧办理。",
        ];
        assert_eq!(found(&old, &new), [(0, 4, false), (1, 5, false)]);
    }

    #[test]
    fn what_may_be_another_one_is_not_moved() {
        // Two of the same words; too few; two that are alike.
        assert_eq!(
            found(&["由县水务局负责。", "甲乙丙丁", "由县水务局负责。"], &["甲乙丙丁", "由县水务局负责。"]),
            []
        );
        assert_eq!(found(&["附件", "甲乙丙丁戊"], &["甲乙丙丁戊", "附件"]), []);
        assert_eq!(
            found(&["各镇抓紧办理。", "甲乙丙丁戊"], &["甲乙丙丁戊", "各镇抓紧办理。"]),
            [(0, 1, true)]
        );
    }
}
