//! Two versions of a text held against each other (两稿比对): which paragraph became which, and what changed in it.
//!
//! Paragraphs first: those that stand in both once and only once, in the same order, hold the two together;
//! between them each finds the one that is most like it. Then the words of each pair, figures and Latin words as
//! one. What is bounded is the work on stretches where nothing agrees: they are told as gone and come.

mod moved;

use std::collections::HashMap;
use std::ops::Range;

pub use moved::{Move, moves};

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// What became of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// One of the old ones is one of the new ones, with these words in the place of others.
    Kept {
        /// Its number among the old ones.
        old: usize,
        /// Its number among the new ones.
        new: usize,
        /// What changed in it, in order.
        changes: Vec<Change>,
    },
    /// One of the old ones is there no more.
    Gone(usize),
    /// One of the new ones was not there.
    Come(usize),
}

/// Words of a new paragraph that stand in the place of others; either may be none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Bytes of the old paragraph.
    pub old: Range<usize>,
    /// Bytes of the new one.
    pub new: Range<usize>,
}

/// Old times new paragraphs that are all held against each other.
const MOST_PAIRS: usize = 40_000;

/// Old times new signs of a pair that are aligned.
const MOST_SIGNS: usize = 9_000_000;

/// How alike two paragraphs are that are told as one, in hundredths.
const ALIKE: usize = 35;

/// Every old and every new paragraph, in the order of the new ones; what is gone stands where it stood.
#[must_use]
pub fn steps(old: &[&str], new: &[&str]) -> Vec<Step> {
    let mut steps = Vec::new();
    let (mut o, mut n) = (0, 0);
    for (at_old, at_new) in anchors(old, new).into_iter().chain([(old.len(), new.len())]) {
        between(old, new, o..at_old, n..at_new, &mut steps);
        if at_old < old.len() {
            steps.push(Step::Kept { old: at_old, new: at_new, changes: Vec::new() });
        }
        (o, n) = (at_old + 1, at_new + 1);
    }
    steps
}

/// The paragraphs that stand once in each, in the longest order that both have.
fn anchors(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    let once = |all: &[&str]| {
        let mut seen: HashMap<String, Option<usize>> = HashMap::new();
        for (at, words) in all.iter().enumerate() {
            seen.entry((*words).to_owned()).and_modify(|at| *at = None).or_insert(Some(at));
        }
        seen
    };
    let (in_new, in_old) = (once(new), once(old));
    let pairs: Vec<(usize, usize)> = old
        .iter()
        .enumerate()
        .filter(|(at, words)| in_old.get(**words) == Some(&Some(*at)))
        .filter_map(|(at, words)| Some((at, (*in_new.get(*words)?)?)))
        .collect();
    longest_rise(&pairs)
}

/// The longest run of pairs whose second numbers rise.
fn longest_rise(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (index, (_, new)) in pairs.iter().enumerate() {
        let at = ends.partition_point(|&end| pairs[end].1 < *new);
        before.push(at.checked_sub(1).map(|at| ends[at]));
        match ends.get_mut(at) {
            Some(end) => *end = index,
            None => ends.push(index),
        }
    }
    let mut run = Vec::new();
    let mut last = ends.last().copied();
    while let Some(index) = last {
        run.push(pairs[index]);
        last = before[index];
    }
    run.reverse();
    run
}

/// The paragraphs between two that hold the versions together.
fn between(old: &[&str], new: &[&str], o: Range<usize>, n: Range<usize>, steps: &mut Vec<Step>) {
    let mut pairs = if o.len().saturating_mul(n.len()) <= MOST_PAIRS {
        likest(&old[o.clone()], &new[n.clone()])
    } else {
        Vec::new()
    };
    pairs.push((o.len(), n.len()));
    let (mut from_old, mut from_new) = (0, 0);
    for (at_old, at_new) in pairs {
        steps.extend((from_old..at_old).map(|at| Step::Gone(o.start + at)));
        steps.extend((from_new..at_new).map(|at| Step::Come(n.start + at)));
        if at_old < o.len() {
            let (old_at, new_at) = (o.start + at_old, n.start + at_new);
            let changes = changes(old[old_at], new[new_at]);
            steps.push(Step::Kept { old: old_at, new: new_at, changes });
        }
        (from_old, from_new) = (at_old + 1, at_new + 1);
    }
}

/// The pairs, in order, whose likeness comes to the most.
fn likest(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    if old.is_empty() || new.is_empty() {
        return Vec::new();
    }
    let (olds, news): (Vec<_>, Vec<_>) = (
        old.iter().map(|words| Grams::of(words)).collect(),
        new.iter().map(|words| Grams::of(words)).collect(),
    );
    let width = new.len() + 1;
    let mut best = vec![0usize; (old.len() + 1) * width];
    let mut alike = vec![0usize; old.len() * new.len()];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            let likeness = olds[i].likeness(&news[j]);
            alike[i * new.len() + j] = likeness;
            let paired = if likeness >= ALIKE { likeness + best[(i + 1) * width + j + 1] } else { 0 };
            best[i * width + j] = paired.max(best[(i + 1) * width + j]).max(best[i * width + j + 1]);
        }
    }
    let (mut pairs, mut i, mut j) = (Vec::new(), 0, 0);
    while i < old.len() && j < new.len() {
        let likeness = alike[i * new.len() + j];
        let here = best[i * width + j];
        if likeness >= ALIKE && here == likeness + best[(i + 1) * width + j + 1] {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if here == best[(i + 1) * width + j] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

/// Pairs of neighbouring signs of a paragraph, sorted; of a long one those of its beginning.
struct Grams(Vec<u64>);

impl Grams {
    fn of(words: &str) -> Self {
        const MOST: usize = 1_000;
        let signs: Vec<char> = words.chars().filter(|c| !c.is_whitespace()).take(MOST).collect();
        let mut grams: Vec<u64> = signs
            .windows(2)
            .map(|two| u64::from(u32::from(two[0])) << 32 | u64::from(u32::from(two[1])))
            .collect();
        // A paragraph of a single sign.
        if let ([only], true) = (&*signs, grams.is_empty()) {
            grams.push(u64::from(u32::from(*only)));
        }
        grams.sort_unstable();
        Self(grams)
    }

    /// How much of both is the same, in hundredths.
    fn likeness(&self, other: &Self) -> usize {
        let (mut i, mut j, mut same) = (0, 0, 0);
        while let (Some(a), Some(b)) = (self.0.get(i), other.0.get(j)) {
            match a.cmp(b) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => (i, j, same) = (i + 1, j + 1, same + 1),
            }
        }
        200 * same / (self.0.len() + other.0.len()).max(1)
    }
}

/// What changed from one paragraph to the other, in order.
#[must_use]
pub fn changes(old: &str, new: &str) -> Vec<Change> {
    if old == new {
        return Vec::new();
    }
    let (a, b) = (tokens(old), tokens(new));
    let (olds, news): (Vec<&str>, Vec<&str>) =
        (a.iter().map(|r| &old[r.clone()]).collect(), b.iter().map(|r| &new[r.clone()]).collect());
    let head = olds.iter().zip(&news).take_while(|(a, b)| a == b).count();
    let tail = olds[head..].iter().rev().zip(news[head..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (left_old, left_new) = (a.len() - head - tail, b.len() - head - tail);
    if left_old.saturating_mul(left_new) > MOST_SIGNS {
        let start: usize = olds[..head].iter().map(|token| token.len()).sum();
        let end: usize = olds[a.len() - tail..].iter().map(|token| token.len()).sum();
        return vec![Change { old: start..old.len() - end, new: start..new.len() - end }];
    }
    let bytes = |tokens: &[Range<usize>], range: &Range<usize>, end: usize| {
        let place = |at: usize| tokens.get(at).map_or(end, |token| token.start);
        place(range.start)..place(range.end)
    };
    let mut found: Vec<Change> = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &olds, &news) {
        if matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        let here =
            Change { old: bytes(&a, &op.old_range(), old.len()), new: bytes(&b, &op.new_range(), new.len()) };
        match found.last_mut() {
            // A sign or two between two changes are no reason to tell two.
            Some(last) if is_little(&old[last.old.end..here.old.start]) => {
                (last.old.end, last.new.end) = (here.old.end, here.new.end);
            }
            _ => found.push(here),
        }
    }
    found
}

/// Whether what stayed between two changes is not worth its place: a sign that is no mark.
fn is_little(between: &str) -> bool {
    let mut signs = between.chars();
    signs.next().is_none_or(|c| c.is_alphanumeric() && signs.next().is_none())
}

/// The signs of a paragraph; figures and Latin words are one.
fn tokens(words: &str) -> Vec<Range<usize>> {
    let kind = |c: char| match c {
        '0'..='9' | '.' | '%' => 1,
        c if c.is_ascii_alphabetic() => 2,
        _ => 0,
    };
    let mut tokens: Vec<Range<usize>> = Vec::new();
    let mut last = 0;
    for (at, c) in words.char_indices() {
        let (end, of) = (at + c.len_utf8(), kind(c));
        match tokens.last_mut() {
            Some(token) if of != 0 && of == last => token.end = end,
            _ => tokens.push(at..end),
        }
        last = of;
    }
    tokens
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Change, Step, changes, steps};

    fn told(old: &str, new: &str) -> Vec<(String, String)> {
        changes(old, new).iter().map(|c| (old[c.old.clone()].into(), new[c.new.clone()].into())).collect()
    }

    #[test]
    fn a_figure_is_one_thing_and_what_stays_is_left_alone() {
        let pair = |a: &str, b: &str| vec![(a.to_owned(), b.to_owned())];
        assert_eq!(told("投入资金3.2亿元，完成率95%。", "投入资金3.5亿元，完成率95%。"), pair("3.2", "3.5"));
        assert_eq!(told("全县要抓好落实。", "全县上下要抓好落实。"), pair("", "上下"));
        assert_eq!(told("同上", "同上"), []);
    }

    #[test]
    fn each_paragraph_finds_its_own() {
        let old = ["标题", "一、抓好春耕生产，确保粮食丰收", "二、修好水渠", "三、办好学校", "落款"];
        let new = ["标题", "一、抓好春耕备耕，确保粮食丰收", "三、办好学校", "四、建好卫生室", "落款"];
        let kept = |old, new| Step::Kept { old, new, changes: Vec::new() };
        let change =
            Change { old: "一、抓好春耕".len().."一、抓好春耕生产".len(), new: 18..24 };
        assert_eq!(
            steps(&old, &new),
            [
                kept(0, 0),
                Step::Kept { old: 1, new: 1, changes: vec![change] },
                Step::Gone(2),
                kept(3, 2),
                Step::Come(3),
                kept(4, 4)
            ]
        );
    }

    #[test]
    fn what_has_nothing_in_common_is_gone_and_come_however_much_it_is() {
        let old: Vec<String> = (0..3000).map(|n| format!("旧{n}")).collect();
        let new: Vec<String> = (0..3000).map(|n| format!("新{n}")).collect();
        let (old, new): (Vec<&str>, Vec<&str>) =
            (old.iter().map(String::as_str).collect(), new.iter().map(String::as_str).collect());
        assert_eq!(steps(&old, &new).len(), 6000);
        let (a, b) = ("甲".repeat(200_000), "乙".repeat(200_000));
        assert_eq!(changes(&a, &b).len(), 1);
    }

    proptest! {
        /// Whatever the two are, the steps hold each paragraph once and lead from one to the other.
        #[test]
        fn steps_lead_from_one_to_the_other(
            old in proptest::collection::vec("[甲乙丙1.%a]{0,6}", 0..12),
            new in proptest::collection::vec("[甲乙丙1.%a]{0,6}", 0..12),
        ) {
            let (a, b): (Vec<&str>, Vec<&str>) =
                (old.iter().map(String::as_str).collect(), new.iter().map(String::as_str).collect());
            let (mut was, mut is) = (Vec::new(), Vec::new());
            for step in steps(&a, &b) {
                match step {
                    Step::Gone(at) => was.push(at),
                    Step::Come(at) => is.push(at),
                    Step::Kept { old, new, changes } => {
                        was.push(old);
                        is.push(new);
                        let mut made = String::new();
                        let mut from = 0;
                        for change in &changes {
                            made += &a[old][from..change.old.start];
                            made += &b[new][change.new.clone()];
                            from = change.old.end;
                        }
                        made += &a[old][from..];
                        prop_assert_eq!(&made, b[new]);
                    }
                }
            }
            prop_assert_eq!(was, (0..a.len()).collect::<Vec<_>>());
            prop_assert_eq!(is, (0..b.len()).collect::<Vec<_>>());
        }
    }
}
