//! Which item of last year's list is which of this year's: by their names.
//!
//! Equal names come first, so that a likeness never takes the partner of an equal; of several the earliest. What is
//! left is matched by likeness, each with the most alike. Where little is left, all are held against all; where both
//! lists are long and nearly everything was renamed, each is held against a bounded number that share its rarest
//! pairs of characters, so the time grows with the lists and not with their product.

use std::collections::{BTreeSet, HashMap, VecDeque};

use crate::base::sorted::in_common;

/// How much of two names has to be the same.
const LEAST: f64 = 0.6;
/// Pairs of names that are all looked at: five hundred renamed beside five hundred.
const EXACT: usize = 500 * 500;
/// Names that one is held against where there are more.
const NEAREST: usize = 32;
/// Characters of a name that count for its likeness: an item may be a whole page.
const LONGEST: usize = 400;

/// For each name of `this` the place of its partner in `last`; `None` stands for an item that says nothing.
pub(super) fn partners(last: &[Option<String>], this: &[Option<String>]) -> Vec<Option<usize>> {
    let mut found = equal(last, this);
    let mut taken = vec![false; last.len()];
    found.iter().flatten().for_each(|&index| taken[index] = true);
    let left = last.iter().enumerate().filter(|(index, _)| !taken[*index]);
    let left: Vec<Name> = left.filter_map(|(at, name)| Some(Name::of(at, name.as_deref()?))).collect();
    let open = this.iter().zip(&found).enumerate().filter(|(_, (_, partner))| partner.is_none());
    let open: Vec<Name> = open.filter_map(|(at, (name, _))| Some(Name::of(at, name.as_deref()?))).collect();
    let mut pool = Pool::of(&left, left.len().saturating_mul(open.len()) <= EXACT);
    for name in &open {
        found[name.at] = pool.take(name).map(|index| left[index].at);
    }
    found
}

/// Those of equal names.
fn equal(last: &[Option<String>], this: &[Option<String>]) -> Vec<Option<usize>> {
    let mut places: HashMap<&str, VecDeque<usize>> = HashMap::new();
    for (at, name) in last.iter().enumerate() {
        if let Some(name) = name {
            places.entry(name).or_default().push_back(at);
        }
    }
    this.iter().map(|name| places.get_mut(name.as_deref()?)?.pop_front()).collect()
}

/// A name without an equal.
struct Name {
    /// Its place in its list.
    at: usize,
    /// Its characters, as many as count.
    words: String,
    /// The same in order of the alphabet.
    sorted: Vec<char>,
    /// Each pair of neighbouring characters once.
    pairs: BTreeSet<[char; 2]>,
}

impl Name {
    fn of(at: usize, name: &str) -> Self {
        let words: String = name.chars().take(LONGEST).collect();
        let mut sorted: Vec<char> = words.chars().collect();
        let pairs = sorted.windows(2).filter_map(|pair| <[char; 2]>::try_from(pair).ok()).collect();
        sorted.sort_unstable();
        Self { at, words, sorted, pairs }
    }

    /// How alike two names are, from 0 to 1, if that is more than `bound`.
    fn likeness(&self, older: &Self, bound: f64) -> Option<f64> {
        // What both have in any order is the most that they can have in one order.
        let all = (self.sorted.len() + older.sorted.len()).max(1);
        let most = (2 * in_common(&self.sorted, &older.sorted)) as f64 / all as f64;
        // The ratio is a number of lower precision.
        if most + 1e-6 < bound {
            return None;
        }
        let ratio = similar::TextDiff::from_chars(older.words.as_str(), self.words.as_str()).ratio();
        Some(f64::from(ratio)).filter(|like| *like > bound)
    }
}

/// The older names that have no partner yet.
struct Pool<'n> {
    names: &'n [Name],
    open: BTreeSet<usize>,
    /// Where each pair of characters stands, those of open names alone; `None` where all are held against all.
    index: Option<HashMap<[char; 2], BTreeSet<usize>>>,
}

impl<'n> Pool<'n> {
    fn of(names: &'n [Name], exact: bool) -> Self {
        let index = (!exact).then(|| {
            let mut index: HashMap<[char; 2], BTreeSet<usize>> = HashMap::new();
            for (at, name) in names.iter().enumerate() {
                for pair in &name.pairs {
                    index.entry(*pair).or_default().insert(at);
                }
            }
            index
        });
        Self { names, open: (0..names.len()).collect(), index }
    }

    /// Takes the name that is most like this one, of several the earliest.
    fn take(&mut self, name: &Name) -> Option<usize> {
        let candidates = match &self.index {
            None => self.open.iter().copied().collect(),
            Some(index) => nearest(index, name),
        };
        let mut best = None;
        // A likeness of just the least is enough for the first.
        let mut bound = LEAST - 1e-9;
        for at in candidates {
            if let Some(like) = name.likeness(&self.names[at], bound) {
                (best, bound) = (Some(at), like);
            }
        }
        self.open.remove(&best?);
        if let (Some(index), Some(at)) = (&mut self.index, best) {
            for pair in &self.names[at].pairs {
                index.get_mut(pair).map(|places| places.remove(&at));
            }
        }
        best
    }
}

/// The first that share the rarest pairs of a name, in their order.
fn nearest(index: &HashMap<[char; 2], BTreeSet<usize>>, name: &Name) -> BTreeSet<usize> {
    let mut places: Vec<&BTreeSet<usize>> = name.pairs.iter().filter_map(|pair| index.get(pair)).collect();
    places.sort_by_key(|places| places.len());
    let mut found = BTreeSet::new();
    for at in places.into_iter().flat_map(|places| places.iter().take(NEAREST)) {
        if found.len() >= NEAREST {
            break;
        }
        found.insert(*at);
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{LEAST, NEAREST, Name, Pool, nearest, partners};

    fn names(list: &[String]) -> Vec<Option<String>> {
        list.iter().cloned().map(Some).collect()
    }

    /// As it is said at the head, without any shortcut.
    fn plain(last: &[String], this: &[String]) -> Vec<Option<usize>> {
        let mut left: Vec<Option<&String>> = last.iter().map(Some).collect();
        let mut found = vec![None; this.len()];
        for least in [1.0, LEAST] {
            for (name, partner) in this.iter().zip(&mut found).filter(|(_, partner)| partner.is_none()) {
                let like = |other: &str| match (other == name, least < 1.0) {
                    (true, _) => 1.0,
                    (_, true) => f64::from(similar::TextDiff::from_chars(other, name.as_str()).ratio()),
                    _ => 0.0,
                };
                let likes = left.iter().enumerate().filter_map(|(at, other)| Some((at, like((*other)?))));
                let best = likes.filter(|(_, like)| *like >= least);
                let best = best.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
                *partner = best.map(|(at, _)| at);
                if let Some((at, _)) = best {
                    left[at] = None;
                }
            }
        }
        found
    }

    proptest! {
        #[test]
        fn shortcuts_change_no_partner(
            last in prop::collection::vec("[粮产量食财政收入水利]{0,5}", 0..12),
            this in prop::collection::vec("[粮产量食财政收入水利]{0,5}", 0..12),
        ) {
            prop_assert_eq!(partners(&names(&last), &names(&this)), plain(&last, &this));
        }
    }

    #[test]
    fn an_item_that_says_nothing_has_no_partner() {
        let some = |name: &str| Some(name.to_owned());
        assert_eq!(partners(&[None, some("粮食产量")], &[some("粮食总产量"), None]), [Some(1), None]);
    }

    #[test]
    fn of_long_lists_that_were_renamed_each_is_held_against_a_bounded_number() {
        // All of them alike, so that nothing is ruled out by its characters.
        let last: Vec<String> = (0..2_000).map(|n| format!("第{n:04}号堤段加固工程")).collect();
        let this: Vec<String> = (0..2_000).map(|n| format!("第{n:04}号堤段加固项目")).collect();
        let left: Vec<Name> = last.iter().enumerate().map(|(at, name)| Name::of(at, name)).collect();
        let pool = Pool::of(&left, false);
        let index = pool.index.as_ref().unwrap();
        for name in this.iter().map(|name| Name::of(0, name)) {
            assert!(nearest(index, &name).len() <= NEAREST);
        }
        let found = partners(&names(&last), &names(&this));
        // None is lost and none is given twice; nearly all are the right ones.
        let mut all: Vec<usize> = found.iter().flatten().copied().collect();
        let right = found.iter().enumerate().filter(|(at, partner)| **partner == Some(*at)).count();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), 2_000);
        assert!(right > 1_900, "{right}");
    }
}
