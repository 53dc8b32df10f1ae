//! One name spelled in two ways (同名异写): 蒋文斌 in the list, 蒋文彬同志 below it.
//!
//! Two persons may bear names that are alike, so both ways must be of one post, or one of them of none, and the
//! two must not stand in one row of names.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::Told;
use super::name::{self, End};
use super::office::{Post, Relation};
use super::people::Mention;
use crate::base::charset::CharSet;
use crate::base::han::is_han;
use crate::base::lexicon::post as lexicon;
use crate::text;

/// A name as it stands at one place, with or without a post.
struct Written {
    at: Range<usize>,
    name: String,
    mention: Option<usize>,
    /// The name with a post that it is like, where it has none itself.
    like: Option<String>,
}

/// Mentions of a person whose posts are compared.
const MENTIONS: usize = 8;

/// Names that are those of others but for one character.
pub(super) fn find(text: &str, people: &[Mention<'_>]) -> Vec<Told> {
    let mut names: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, m) in people.iter().enumerate() {
        names.entry(m.name.as_str()).or_default().push(index);
    }
    let mut found = Vec::new();
    let mut told: BTreeSet<String> = BTreeSet::new();
    let with_post = people.iter().enumerate().map(|(i, m)| Written {
        at: m.name_at.clone(),
        name: m.name.clone(),
        mention: Some(i),
        like: None,
    });
    let mut known = names.clone();
    let untitled = untitled(text);
    known.extend(
        untitled.iter().filter(|n| !names.contains_key(n.as_str())).map(|n| (n.as_str(), Vec::new())),
    );
    let mut all: Vec<Written> = with_post.chain(bare(text, people, &known)).collect();
    all.sort_by_key(|w| w.at.start);
    let near = neighbours(&names);
    for written in &all {
        let Some(others) = near.get(written.name.as_str()) else {
            continue;
        };
        let first = others.iter().find(|other| is_same_person(text, people, &names, written, other));
        let Some(other) = first.filter(|o| !told.contains(**o)) else { continue };
        told.insert(written.name.clone());
        let name = &written.name;
        found.push(Told::warning(
            written.at.clone(),
            text!(
                "同一个人，另一处写“{other}”，这里写“{name}”",
                "one person is “{other}” elsewhere and “{name}” here"
            ),
        ));
    }
    found.extend(strays(text, &known, &names, &all, &mut told));
    found
}

/// Names that stand more than once without a post, before 同志 or behind a word for one party of a case: 李晓明同志,
/// 信访人王桂珍.
fn untitled(text: &str) -> BTreeSet<String> {
    /// Of names of two letters what is alike may be a word.
    const LETTERS: usize = 3;
    /// Names of one paper: more is a list.
    const MOST: usize = 40;
    let mut found = BTreeSet::new();
    for (at, _) in text.match_indices("同志") {
        let starts: Vec<usize> = text[..at].char_indices().rev().take(4).map(|(i, _)| i).collect();
        let name = [4, 3].iter().filter_map(|n| starts.get(n - 1)).map(|&from| &text[from..at]);
        found.extend(name.filter(|n| name::is_whole_name(n)).take(1).map(str::to_owned));
    }
    for label in lexicon::LABELS {
        for (at, _) in text.match_indices(label) {
            let rest = text[at + label.len()..].trim_start_matches(['：', ':', ' ', '　']);
            let near: Vec<usize> = rest.char_indices().take(5).map(|(i, _)| i).collect();
            let whole = [4, 3].iter().filter_map(|&n| near.get(n)).map(|&end| &rest[..end]);
            let behind = |n: &&str| !rest[n.len()..].starts_with(is_han);
            let set = whole.filter(behind).find(|n| name::is_whole_name(n)).map(str::to_owned);
            found.extend(set.or_else(|| name::at_head(rest, &|_| false).map(|n| n.text)));
        }
    }
    if found.len() > MOST {
        return BTreeSet::new();
    }
    found.retain(|n| n.chars().count() >= LETTERS && text.matches(n.as_str()).nth(1).is_some());
    found
}

/// Names with posts that are alike, each with those that come before it.
fn neighbours<'n>(names: &BTreeMap<&'n str, Vec<usize>>) -> BTreeMap<&'n str, Vec<&'n str>> {
    let mut by_shape: BTreeMap<(usize, usize, char), Vec<&str>> = BTreeMap::new();
    let mut near: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut order: Vec<(&str, usize)> = names.iter().map(|(n, at)| (*n, at[0])).collect();
    order.sort_by_key(|o| o.1);
    for (name, _) in order {
        let letters: Vec<char> = name.chars().collect();
        for (at, &letter) in letters.iter().enumerate() {
            let shelf = by_shape.entry((letters.len(), at, letter)).or_default();
            // A paper of thousands of one surname is none that this is for.
            for other in shelf.iter().rev().take(60) {
                if name::are_alike(other, name) || name::differ_in_one(other, name) {
                    let list = near.entry(name).or_default();
                    if !list.contains(other) {
                        list.push(other);
                    }
                }
            }
            shelf.push(name);
        }
    }
    near
}

/// Whether this way of writing means the person of the other name: a post of one is a post of the other.
fn is_same_person(
    text: &str,
    people: &[Mention<'_>],
    names: &BTreeMap<&str, Vec<usize>>,
    written: &Written,
    other: &str,
) -> bool {
    let Some(m) = written.mention.and_then(|i| people.get(i)) else { return false };
    let Some(theirs) = names.get(other) else { return false };
    let posts = || theirs.iter().take(MENTIONS).filter_map(|&i| people.get(i)).flat_map(|p| p.posts.iter());
    let own = || {
        let mine =
            names.get(m.name.as_str()).into_iter().flatten().take(MENTIONS).filter_map(|&i| people.get(i));
        mine.flat_map(|p| p.posts.iter())
    };
    // Names that neither sound nor look alike are one person's only where one person holds the post.
    let alike = name::are_alike(&m.name, other);
    let fits = |a: &Post<'_>| alike || a.is_single() && (!a.org.is_empty() || a.is_of_place());
    let same = own().any(|a| fits(a) && posts().any(|b| a.relation(b) == Relation::Same && !a.is_member()));
    let apart = own().any(|a| posts().any(|b| a.relation(b) == Relation::Apart));
    same && !apart && !in_one_row(text, &m.name_at, other)
}

/// Whether the other name stands in the same row, where two persons are named: nothing between them but names.
fn in_one_row(text: &str, at: &Range<usize>, other: &str) -> bool {
    /// Bytes of a row to either side.
    const REACH: usize = 120;
    let low = text.ceil_char_boundary(at.start.saturating_sub(REACH));
    let high = text.floor_char_boundary((at.end + REACH).min(text.len()));
    let row = |between: &str| between.contains('、') && between.chars().all(|c| is_han(c) || c == '、');
    let before = &text[low..at.start];
    let after = &text[at.end..high];
    before.rfind(other).is_some_and(|i| row(&before[i + other.len()..]))
        || after.find(other).is_some_and(|i| row(&after[..i]))
}

/// The first and the last of the letters but for the one at `hole`.
fn ends<T: Copy>(letters: &[T], hole: usize) -> Option<(T, T)> {
    let first = *letters.get(usize::from(hole == 0))?;
    let last = *letters.get(letters.len().checked_sub(if hole + 1 == letters.len() { 2 } else { 1 })?)?;
    Some((first, last))
}

/// The places at which a name without a post may stand that is like one of the names with posts.
fn bare(text: &str, people: &[Mention<'_>], names: &BTreeMap<&str, Vec<usize>>) -> Vec<Written> {
    let mut pairs: BTreeMap<(usize, usize, char, char), Vec<&str>> = BTreeMap::new();
    for name in names.keys() {
        let c: Vec<char> = name.chars().collect();
        for hole in 0..c.len() {
            if let Some((a, b)) = ends(&c, hole) {
                pairs.entry((c.len(), hole, a, b)).or_default().push(name);
            }
        }
    }
    let mut found = Vec::new();
    if pairs.is_empty() {
        return found;
    }
    let turned: BTreeMap<String, &str> = names.keys().filter_map(|n| Some((name::turned(n)?, *n))).collect();
    // Most letters are in no name. The set holds none outside the basic plane.
    let set = names.keys().flat_map(|name| name.chars()).filter(|&c| c <= '\u{FFFF}').collect::<String>();
    let set = CharSet::of(&set);
    let in_name = |c: char| c > '\u{FFFF}' || set.holds(c);
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    for start in 0..letters.len() {
        // Whichever letter is another, one of the first two is the name's.
        if !letters[start..].iter().take(2).any(|&(_, c)| in_name(c)) {
            continue;
        }
        for length in [4, 3, 2] {
            let Some(window) = letters.get(start..start + length) else { continue };
            let end = letters.get(start + length).map_or(text.len(), |l| l.0);
            let at = window[0].0..end;
            let like = (0..length).find_map(|hole| {
                let ((_, a), (_, b)) = ends(window, hole)?;
                if !in_name(a) || !in_name(b) || !window.iter().all(|&(_, c)| is_han(c)) {
                    return None;
                }
                let (likes, name) = (pairs.get(&(length, hole, a, b))?, &text[at.clone()]);
                likes.iter().take(MENTIONS).find(|like| **like != name && name::are_alike(like, name))
            });
            let like = like.or_else(|| turned.get(&text[at.clone()]));
            if let Some(like) = like {
                let (name, like) = (text[at.clone()].to_owned(), Some((*like).to_owned()));
                found.push(Written { at, name, mention: None, like });
            }
        }
    }
    let named: BTreeSet<(usize, usize)> = people.iter().map(|m| (m.name_at.start, m.name_at.end)).collect();
    found.retain(|w| !named.contains(&(w.at.start, w.at.end)));
    found
}

/// Names without a post that are a known one but for a character, where a name may stand.
fn strays(
    text: &str,
    known: &BTreeMap<&str, Vec<usize>>,
    names: &BTreeMap<&str, Vec<usize>>,
    all: &[Written],
    told: &mut BTreeSet<String>,
) -> Vec<Told> {
    let mut found = Vec::new();
    for w in all.iter().filter(|w| w.mention.is_none() && !known.contains_key(w.name.as_str())) {
        let Some(like) = w.like.as_deref().filter(|_| !told.contains(&w.name) && may_stand(text, w)) else {
            continue;
        };
        // Without a post two persons may well have names that are alike: what stands once only is a slip.
        let once = || names.contains_key(like) || text.matches(w.name.as_str()).nth(1).is_none();
        if in_one_row(text, &w.at, like) || !once() {
            continue;
        }
        told.insert(w.name.clone());
        let name = &w.name;
        found.push(Told::warning(
            w.at.clone(),
            text!(
                "“{name}”与“{like}”只差一个字，像是同一个人",
                "“{name}” is “{like}” but for a character, and seems to be the same person"
            ),
        ));
    }
    found
}

/// Whether a name may stand here: it ends surely, and for two characters it begins surely too.
fn may_stand(text: &str, w: &Written) -> bool {
    let letters: Vec<char> = w.name.chars().collect();
    let (before, after) = (&text[..w.at.start], &text[w.at.end..]);
    let end = name::end_before(after).max(if name::opens_post(after) { End::Firm } else { End::Open });
    let begins = before.chars().next_back().is_none_or(|c| !is_han(c))
        || before.ends_with(['由', '与', '和', '及', '请', '对', '给', '让']);
    if letters.len() == 2 {
        return begins && end > End::Open && !name::is_common_word(&letters);
    }
    // 张建国 is a name that papers write; before 同志 or a post it is one here.
    end == End::Firm || end > End::Open && !name::is_common_word(&letters)
}
