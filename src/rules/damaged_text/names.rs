//! Names of leaders, of the state and of the party with one character lost, added, wrong or in the
//! wrong place: 以习近同志为核心, 中国人民共和国, 学习近平总书记.
//!
//! No slip in a document is worse, so they are an error of their own kind and are found where a slip
//! of another word would not yet be believed. A list holds the names with what stands beside them; a
//! stretch of which all but one character is such a name is damaged, unless it was seen before.

use std::ops::Range;
use std::sync::LazyLock;

use crate::base::charset::CharSet;
use crate::base::counts::{Counts, EDGE, Letters};
use crate::base::han::is_han;
use crate::base::lexicon::damaged_text::{FREE, NAMES};

/// A damaged name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    /// Its letters.
    pub(super) at: Range<usize>,
    /// As it should be.
    pub(super) right: &'static str,
}

/// The names with their letters.
static ALL: LazyLock<Vec<(&'static str, Vec<char>)>> =
    LazyLock::new(|| NAMES.iter().map(|name| (*name, Letters::of(name).as_written().to_vec())).collect());

/// The letters with which a name begins, or goes on after two, each with the names of which it is one,
/// by their places in [`ALL`]: at most places of a text nothing need be compared.
static HEADS: LazyLock<Vec<(char, Vec<usize>)>> = LazyLock::new(|| {
    let mut heads: Vec<(char, Vec<usize>)> = Vec::new();
    for (index, (_, name)) in ALL.iter().enumerate() {
        for head in [name.first(), name.get(2)].into_iter().flatten() {
            match heads.iter_mut().find(|(letter, _)| letter == head) {
                Some((_, of)) if of.last() == Some(&index) => {}
                Some((_, of)) => of.push(index),
                None => heads.push((*head, vec![index])),
            }
        }
    }
    heads.sort_unstable();
    heads
});

/// The same letters, and that of [`LEARNT`].
static FIRST: LazyLock<CharSet> = LazyLock::new(|| {
    let heads = HEADS.iter().map(|(letter, _)| letter);
    CharSet::of(&heads.chain(&LEARNT[..1]).collect::<String>())
});

/// More letters than any name has.
pub(super) const LONGEST: usize = 20;

/// The name of the General Secretary behind a 学 that lost its 习. Sound prose has no such stretch.
const LEARNT: [char; 4] = ['学', '习', '近', '平'];

/// All damaged names, of overlapping ones the longest.
pub(super) fn find(letters: &[char], counts: Counts<'_>) -> Vec<Named> {
    let mut found = Vec::new();
    let mut seen = |at: Range<usize>, right: &'static str| found.push(Named { at, right });
    let first = &*FIRST;
    for at in (1..letters.len()).filter(|&at| first.holds(letters[at])) {
        let rest = &letters[at..];
        if rest.starts_with(&LEARNT) {
            seen(at..at + LEARNT.len(), "学习习近平");
        }
        let heads = HEADS.binary_search_by_key(&letters[at], |(letter, _)| *letter);
        let of = heads.map_or(&[][..], |found| &HEADS[found].1);
        for (right, name) in of.iter().map(|&index| &ALL[index]) {
            // What follows the first two letters, or what precedes all but the first two, is damaged.
            if rest.starts_with(&name[..2]) {
                let whole = rest.iter().zip(name).take_while(|(a, b)| a == b).count();
                if let Some(length) = behind(rest, name, whole) {
                    let range = at..at + length;
                    if is_new(letters, &range, at + whole, counts) {
                        seen(range, right);
                    }
                }
            } else if name.len() > 5
                && rest.starts_with(&name[2..])
                && let Some(length) = before(&letters[..at], name, counts)
            {
                let range = at - length..at + name.len() - 2;
                if is_new(letters, &range, at, counts) {
                    seen(range, right);
                }
            }
        }
    }
    found.sort_by_key(|named| (named.at.start, std::cmp::Reverse(named.at.end)));
    let mut end = 0;
    found.retain(|named| {
        let free = named.at.start >= end;
        end = end.max(named.at.end);
        free
    });
    found
}

/// The name that stands in a text over all of `site`.
pub(super) fn over(letters: &[char], site: &Range<usize>) -> Option<&'static str> {
    let holds = |name: &[char]| {
        (site.end.saturating_sub(name.len())..=site.start).any(|from| letters[from..].starts_with(name))
    };
    ALL.iter().find(|(_, name)| holds(name)).map(|(right, _)| *right)
}

/// How many letters a name takes whose first `whole` are sound and the next is not; `None` if it is
/// whole, or another word.
fn behind(rest: &[char], name: &[char], whole: usize) -> Option<usize> {
    let (text, left) = (rest.get(whole..)?, name.get(whole..)?);
    let (&wrong, &right) = (text.first()?, left.first()?);
    if !is_han(right) {
        return None;
    }
    let more = &left[1..];
    if more.is_empty() {
        // Where a title or a name ends so, nothing else begins so: 习近平总书, 中华人民共和.
        return matches!(right, '记' | '国' | '党').then_some(whole);
    }
    // A quotation or a break in the midst of it is none of its letters.
    if !is_han(wrong) {
        return None;
    }
    let lost = text.starts_with(more);
    // 中华民族的伟大复兴 is sound.
    let added = text[1..].starts_with(left) && !FREE.contains(&wrong);
    // 习近平总书记作出 and 发出 are other words than 指出.
    let other = text[1..].starts_with(more) && !matches!(more, ['出' | '调']);
    let turned = text.get(1) == Some(&right) && more[0] == wrong && text[2..].starts_with(&more[1..]);
    match (lost, added, other, turned) {
        (true, ..) => Some(name.len() - 1),
        (_, true, ..) => Some(name.len() + 1),
        (_, _, true, _) | (.., true) => Some(name.len()),
        _ => None,
    }
}

/// How many letters before all but the first two of a name are what became of those two.
fn before(text: &[char], name: &[char], counts: Counts<'_>) -> Option<usize> {
    let (first, second) = (name[0], name[1]);
    let last = text.last().copied().unwrap_or(EDGE);
    let earlier = text.iter().rev().nth(1).copied().unwrap_or(EDGE);
    match (earlier, last) {
        (a, b) if a == first && b == second => None,
        (a, b) if a == second && b == first => Some(2),
        // The second letter is gone (军人|代表大会 is whole), or another one.
        (a, b) if b == first && (a == EDGE || counts.level(&[a, b]) == 0) => Some(1),
        (a, b) if a == first && is_han(b) => Some(2),
        // 法国共产党: what precedes the second letter may make another name with it.
        (a, b) if b == second && (first == '习' || a == EDGE || counts.level(&[a, b]) == 0) => Some(1),
        _ => None,
    }
}

/// Whether four letters that hold this place were never seen together, or five within the name. Of
/// what stands outside the name one letter on either side is heard.
fn is_new(letters: &[char], name: &Range<usize>, at: usize, counts: Counts<'_>) -> bool {
    let unseen = |within: Range<usize>, length: usize| {
        (within.start.max((at + 1).saturating_sub(length))..=at)
            .filter(|from| from + length <= within.end)
            .filter_map(|from| letters.get(from..from + length))
            .any(|window| !window[1..length - 1].contains(&EDGE) && counts.level(window) == 0)
    };
    let from = name.start.saturating_sub(usize::from(at <= name.start + 1));
    let to = name.end + usize::from(at + 1 >= name.end);
    unseen(from..to, 4) || unseen(name.clone(), 5)
}
