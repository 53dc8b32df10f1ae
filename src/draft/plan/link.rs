//! What belongs together by its words (勾连): a problem and the task that answers it.
//!
//! Two records belong together where they share words that others of the list do not have. A word is a
//! pair of characters that official prose writes together; a word of a name weighs twice one of the
//! text below it, one that several records have less by their number. The bounds were set on the facts
//! of `templates/` and `tests/samples/`, by what a reader would link: silence is better than a guess,
//! since a clerk can write 针对 or 对应, which always count first.

use std::sync::LazyLock;

use crate::base::counts::Counts;
use crate::base::han::is_han;
use crate::base::lexicon::plan as lexicon;
use crate::base::words::Words;

/// A word of two characters.
type Pair = [char; 2];

/// A thousand is what a word weighs that stands in one name and in one text.
pub(super) type Weight = u32;

/// From which weight on two records belong together.
const ENOUGH: Weight = 2_000;

/// The part of it that must come from names: details tell of the same scene without being its answer.
const OF_NAMES: Weight = 1_000;

/// What the same unit in charge weighs.
pub(super) const SAME_OWNER: Weight = 1_000;

/// Bits of cohesion below which two characters stand side by side by chance.
const BY_CHANCE: f32 = 2.0;

/// The words of one record.
#[derive(Debug, Default)]
pub(super) struct Subject {
    name: Said,
    text: Said,
}

impl Subject {
    /// The words of a name and of the text below it.
    pub fn of(name: &str, text: &str) -> Self {
        Self { name: Said::of(name), text: Said::of(text) }
    }

    /// Its words, each once.
    fn all(&self) -> impl Iterator<Item = Pair> + '_ {
        let only_text = self.text.sorted.iter().filter(|pair| !self.name.has(pair));
        self.name.sorted.iter().chain(only_text).copied()
    }
}

/// The words of a text.
#[derive(Debug, Default)]
struct Said {
    /// With their places, in the order of the text.
    placed: Vec<(usize, Pair)>,
    /// Each once, in the order of characters: a record is held against all of another list.
    sorted: Vec<Pair>,
}

impl Said {
    fn of(text: &str) -> Self {
        let placed = pairs(text);
        let mut sorted: Vec<Pair> = placed.iter().map(|(_, pair)| *pair).collect();
        sorted.sort_unstable();
        sorted.dedup();
        Self { placed, sorted }
    }

    fn has(&self, pair: &Pair) -> bool {
        self.sorted.binary_search(pair).is_ok()
    }
}

/// The words of a text, each with its place; neighbours in the text have neighbouring places.
fn pairs(text: &str) -> Vec<(usize, Pair)> {
    static EMPTY: LazyLock<Words<'static>> =
        LazyLock::new(|| Words::of(lexicon::EMPTY_WORDS.iter().copied()));
    // What lies within empty words, 村生 of 农村生活 too, is no word.
    let mut empty = EMPTY.every(text).map(|found| found.range).peekable();
    let mut covered = 0;
    let mut out = Vec::new();
    let mut before: Option<(char, bool)> = None;
    for (place, (at, c)) in text.char_indices().enumerate() {
        while let Some(word) = empty.next_if(|word| word.start <= at) {
            covered = covered.max(word.end);
        }
        let here = (is_han(c) && !lexicon::EMPTY_CHARACTERS.contains(&c)).then_some((c, at < covered));
        if let (Some((first, one)), Some((second, other))) = (before, here)
            && !(one && other)
        {
            out.push((place - 1, [first, second]));
        }
        before = here;
    }
    out
}

/// Whether two characters are written together more often than by chance. 中心园保育 holds 园保, which
/// is no word.
fn holds_together([one, other]: Pair) -> bool {
    Counts::shipped().cohesion(&[one], &[other]).is_none_or(|bits| bits >= BY_CHANCE)
}

/// What of a word's weight remains, in quarters, by how common it is in official prose: 产业 tells little
/// and 护栏 much.
fn quarters(pair: Pair) -> Weight {
    match Counts::shipped().level(&pair) {
        15.. => 0,
        13.. => 2,
        10.. => 3,
        _ => 4,
    }
}

/// Lists in which belonging is sought, and what none of it rests on.
#[derive(Debug, Default)]
pub(super) struct Field {
    /// In how many records of its fullest list a word stands, where it is more than one; by words.
    common: Vec<(Pair, Weight)>,
    /// Words of the work and the places, which every record may have.
    of_all: Said,
}

impl Field {
    /// A field of these lists; `of_all` is what all of them speak of.
    pub fn of(lists: &[&[Subject]], of_all: &str) -> Self {
        let mut common: Vec<(Pair, Weight)> = Vec::new();
        for list in lists {
            let mut here: Vec<Pair> = list.iter().flat_map(Subject::all).collect();
            here.sort_unstable();
            let same = here.chunk_by(|one, other| one == other).filter(|same| same.len() > 1);
            common.extend(same.map(|same| (same[0], Weight::try_from(same.len()).unwrap_or(Weight::MAX))));
        }
        // Of a word that several lists have the fullest comes first.
        common.sort_unstable_by_key(|&(pair, count)| (pair, std::cmp::Reverse(count)));
        common.dedup_by_key(|(pair, _)| *pair);
        Self { common, of_all: Said::of(of_all) }
    }

    /// The record of `list` to which `asked` belongs; `more` is what else speaks for one of them, by its
    /// index. `None` if nothing is near enough, or two are.
    pub fn nearest(
        &self,
        asked: &Subject,
        list: &[&Subject],
        more: &dyn Fn(usize) -> Weight,
    ) -> Option<usize> {
        let mut weights: Vec<(Weight, usize)> = Vec::new();
        for (index, one) in list.iter().enumerate() {
            let (words, of_names) = self.shared(asked, one);
            let more = more(index);
            let is_enough = words + more >= ENOUGH && of_names + more >= OF_NAMES;
            weights.push((if is_enough { words + more } else { (words + more).min(ENOUGH - 1) }, index));
        }
        weights.sort_by_key(|&(weight, index)| (std::cmp::Reverse(weight), index));
        let (best, index) = *weights.first()?;
        let second = weights.get(1).map_or(0, |(weight, _)| *weight);
        (best >= ENOUGH && second * 2 <= best).then_some(index)
    }

    /// What two records share, and how much of it stands in a name.
    fn shared(&self, asked: &Subject, one: &Subject) -> (Weight, Weight) {
        let mut seen: Vec<Pair> = Vec::new();
        let (mut all, mut of_names) = (0, 0);
        for (pairs, in_name) in [(&asked.name, true), (&asked.text, false)] {
            let mut runs: Vec<Run> = Vec::new();
            for &(at, pair) in &pairs.placed {
                let in_names = one.name.has(&pair);
                if !in_names && !one.text.has(&pair) || self.of_all.has(&pair) || seen.contains(&pair) {
                    continue;
                }
                seen.push(pair);
                let common = self.common.binary_search_by_key(&pair, |(pair, _)| *pair);
                let common = common.map_or(1, |found| self.common[found].1);
                let sides = (1 + Weight::from(in_name)) * (1 + Weight::from(in_names));
                let weight = 125 * quarters(pair) * sides / common;
                let named = in_name || in_names;
                match runs.last_mut().filter(|run| run.end + 1 == at) {
                    Some(run) => run.add(at, weight, named),
                    None => {
                        runs.push(Run { first: pair, length: 1, end: at, most: weight, sum: weight, named })
                    }
                }
            }
            // Three characters that both have are no chance.
            runs.retain(|run| run.length > 1 || holds_together(run.first));
            all += runs.iter().map(Run::weight).sum::<Weight>();
            of_names += runs.iter().filter(|run| run.named).map(Run::weight).sum::<Weight>();
        }
        (all, of_names)
    }
}

/// Shared words that overlap: they are one word or two, not as many as there are pairs.
struct Run {
    first: Pair,
    length: usize,
    end: usize,
    most: Weight,
    sum: Weight,
    named: bool,
}

impl Run {
    fn add(&mut self, at: usize, weight: Weight, named: bool) {
        self.end = at;
        self.length += 1;
        self.most = self.most.max(weight);
        self.sum += weight;
        self.named |= named;
    }

    fn weight(&self) -> Weight {
        self.most + (self.sum - self.most) / 4
    }
}
