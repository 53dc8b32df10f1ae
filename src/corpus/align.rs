//! Alignment: how a stretch of a draft and one of a document run side by side.
//!
//! Seed, extend, chain. Seeds are equal runs of [`SEED`] letters, extended to the longest equal
//! runs. Runs that follow each other in both texts with a few letters between them are chained:
//! what stands between is what was edited, a place that was renamed, a figure that was changed. A
//! chain is worth its equal letters less what its gaps cost, and ends where going on costs more
//! than it brings. What was put into another order gives several chains.

use super::Letters;

/// Letters of a seed.
const SEED: usize = 4;

/// Places of a document that one seed of the draft is followed to. A text that repeats itself more
/// often than this gives enough of them.
const PLACES: usize = 24;

/// How often, on average, each letter may be part of a run that is followed to its end.
const EFFORT: usize = 16;

/// Letters that may stand between two runs of a chain, on either side.
const GAP: usize = 30;

/// Runs back to which a run may be chained.
const BACK: usize = 48;

/// Least worth of a chain, in letters times [`UNIT`].
const WORTH: i32 = 6 * UNIT;

/// What one equal letter is worth.
const UNIT: i32 = 10;

/// What any gap costs, and each of its letters.
const OPEN: i32 = 12;
const EACH: i32 = 4;

/// An equal run: where it stands in the draft and in the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct EqualRun {
    /// Its first letter in the draft.
    pub draft: usize,
    /// Its first letter in the document.
    pub source: usize,
    /// How many letters it has.
    pub length: usize,
}

impl EqualRun {
    const fn ends(&self) -> (usize, usize) {
        (self.draft + self.length, self.source + self.length)
    }
}

/// Runs that follow each other in both texts; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// The runs, in order; they do not overlap.
    pub runs: Vec<EqualRun>,
}

impl Chain {
    /// The letters of the draft from its first run to its last.
    #[must_use]
    pub fn draft(&self) -> Letters {
        Letters { start: self.runs[0].draft, end: self.runs[self.runs.len() - 1].ends().0 }
    }

    /// The letters of the document from its first run to its last.
    #[must_use]
    pub fn source(&self) -> Letters {
        Letters { start: self.runs[0].source, end: self.runs[self.runs.len() - 1].ends().1 }
    }

    /// How many letters are equal.
    #[must_use]
    pub fn same(&self) -> usize {
        self.runs.iter().map(|r| r.length).sum()
    }
}

/// What is aligned of a text.
#[derive(Debug, Clone, Copy)]
pub struct Window<'a> {
    /// All its letters.
    pub letters: &'a [u16],
    /// Those that are looked at.
    pub within: Letters,
}

/// The chains between a draft and a document, in the order of the draft; no two of them overlap there.
#[must_use]
pub fn align(draft: Window<'_>, source: Window<'_>) -> Vec<Chain> {
    let mut chains = chain(runs(draft, source));
    for chain in &mut chains {
        stretch(chain, draft, source);
    }
    chains.sort_by_key(|c| c.runs[0]);
    chains
}

fn key(letters: &[u16], at: usize) -> u64 {
    letters[at..at + SEED].iter().fold(0, |key, &l| key << 16 | u64::from(l))
}

/// The longest equal runs of at least [`SEED`] letters, in order.
fn runs(draft: Window<'_>, source: Window<'_>) -> Vec<EqualRun> {
    let Window { letters: draft, within } = draft;
    let Window { letters: source, within: Letters { start: from, end: to } } = source;
    let to = to.min(source.len());
    if to < from + SEED || within.end < within.start + SEED {
        return Vec::new();
    }
    // Seeds of the document: the first place of each, and from each place the next one.
    let places = to - from - SEED + 1;
    let bits = usize::BITS - (2 * places).leading_zeros();
    let slot = |key: u64| (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - bits)) as usize;
    let mut first = vec![u32::MAX; 1 << bits];
    let mut next = vec![u32::MAX; places];
    for at in (0..places).rev() {
        let slot = slot(key(source, from + at));
        next[at] = first[slot];
        first[slot] = u32::try_from(at).unwrap_or(u32::MAX);
    }
    let mut found = Vec::new();
    // A text that repeats one letter has runs that overlap each other all along; enough is enough.
    let mut effort = EFFORT * (within.len() + to - from);
    for i in within.start..=within.end - SEED {
        if effort == 0 {
            break;
        }
        let wanted = key(draft, i);
        let mut at = first[slot(wanted)];
        let mut seen = 0;
        while let Some(&after) = next.get(at as usize) {
            let j = from + at as usize;
            at = after;
            if key(source, j) != wanted {
                continue;
            }
            seen += 1;
            if seen > PLACES {
                break;
            }
            if i > within.start && j > from && draft[i - 1] == source[j - 1] {
                continue;
            }
            let length = draft[i..within.end].iter().zip(&source[j..to]).take_while(|(a, b)| a == b).count();
            effort = effort.saturating_sub(length);
            found.push(EqualRun { draft: i, source: j, length });
        }
    }
    found
}

/// Chains of the best worth first, then of what they leave.
fn chain(mut runs: Vec<EqualRun>) -> Vec<Chain> {
    let mut chains = Vec::new();
    // Each round takes at least one run away; what is left after these is chance.
    const ROUNDS: usize = 64;
    for _ in 0..ROUNDS {
        let Some(chain) = best(&runs) else { break };
        let taken = chain.draft();
        runs = runs.iter().filter_map(|run| outside(*run, taken)).flatten().collect();
        runs.sort_unstable();
        chains.push(chain);
    }
    chains
}

/// What of a run lies outside a stretch of the draft, where it is long enough.
fn outside(run: EqualRun, taken: Letters) -> Option<[EqualRun; 1]> {
    let end = run.draft + run.length;
    if end <= taken.start || run.draft >= taken.end {
        return Some([run]);
    }
    let before = taken.start.saturating_sub(run.draft);
    let after = end.saturating_sub(taken.end);
    if before >= after && before >= SEED {
        return Some([EqualRun { length: before, ..run }]);
    }
    let skip = run.length - after;
    (after >= SEED).then_some([EqualRun {
        draft: run.draft + skip,
        source: run.source + skip,
        length: after,
    }])
}

/// The chain of the greatest worth; `None` if none is worth enough.
fn best(runs: &[EqualRun]) -> Option<Chain> {
    let letters = |n: usize| i32::try_from(n).unwrap_or(i32::MAX / 64).min(i32::MAX / 64);
    // For each run: worth of the best chain that ends in it, the run before it, letters cut off its head.
    let mut ending: Vec<(i32, usize, usize)> = Vec::with_capacity(runs.len());
    for (r, run) in runs.iter().enumerate() {
        let mut mine = (letters(run.length) * UNIT, usize::MAX, 0);
        for p in (r.saturating_sub(BACK)..r).rev() {
            let (draft_end, source_end) = runs[p].ends();
            // Two runs may claim the same letters, where one was doubled or dropped.
            let cut = draft_end.saturating_sub(run.draft).max(source_end.saturating_sub(run.source));
            if cut + 1 >= run.length || runs[p].source >= run.source {
                continue;
            }
            let gaps = (run.draft + cut - draft_end, run.source + cut - source_end);
            let (wide, narrow) = (gaps.0.max(gaps.1), gaps.0.min(gaps.1));
            if wide > GAP {
                continue;
            }
            let cost = OPEN + EACH * letters(wide) + EACH / 2 * letters(wide - narrow);
            let worth = ending[p].0 - cost + letters(run.length - cut) * UNIT;
            if worth > mine.0 {
                mine = (worth, p, cut);
            }
        }
        ending.push(mine);
    }
    let (last, &(worth, ..)) =
        ending.iter().enumerate().max_by_key(|&(r, &(worth, ..))| (worth, std::cmp::Reverse(r)))?;
    if worth < WORTH {
        return None;
    }
    let mut chain = Vec::new();
    let mut r = last;
    while let (Some(run), Some(&(_, before, cut))) = (runs.get(r), ending.get(r)) {
        chain.push(EqualRun { draft: run.draft + cut, source: run.source + cut, length: run.length - cut });
        r = before;
    }
    chain.reverse();
    Some(Chain { runs: chain })
}

/// Lengthens a chain at both ends past single edits, where what follows is equal again but too
/// short to be a seed.
fn stretch(chain: &mut Chain, draft: Window<'_>, source: Window<'_>) {
    // Letters skipped on each side, the cheapest first; and how many equal ones pay for them.
    const SKIPS: [(usize, usize, usize); 8] =
        [(1, 1, 2), (0, 1, 2), (1, 0, 2), (2, 2, 3), (0, 2, 3), (2, 0, 3), (1, 2, 3), (2, 1, 3)];
    let Window { letters: draft, within } = draft;
    let Window { letters: source, within: source_within } = source;
    let to = source_within.end.min(source.len());
    loop {
        let (i, j) = chain.runs[chain.runs.len() - 1].ends();
        let next = SKIPS.iter().find_map(|&(skip, source_skip, least)| {
            let (i, j) = (i + skip, j + source_skip);
            let (here, there) = (draft.get(i..within.end)?, source.get(j..to)?);
            let length = here.iter().zip(there).take_while(|(a, b)| a == b).count();
            (length >= least).then_some(EqualRun { draft: i, source: j, length })
        });
        let Some(run) = next else { break };
        chain.runs.push(run);
    }
    loop {
        let EqualRun { draft: i, source: j, .. } = chain.runs[0];
        let next = SKIPS.iter().find_map(|&(skip, source_skip, least)| {
            let (i, j) = (i.checked_sub(skip)?, j.checked_sub(source_skip)?);
            let (here, there) = (draft.get(within.start..i)?, source.get(source_within.start..j)?);
            let length = here.iter().rev().zip(there.iter().rev()).take_while(|(a, b)| a == b).count();
            (length >= least).then(|| EqualRun { draft: i - length, source: j - length, length })
        });
        let Some(run) = next else { break };
        chain.runs.insert(0, run);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Comparable;

    /// The chains between two texts as the words of the draft.
    fn chains(draft: &str, source: &str) -> Vec<String> {
        let (a, b) = (Comparable::of(draft), Comparable::of(source));
        fn window<'a>(text: &'a Comparable<'_>) -> Window<'a> {
            Window { letters: text.letters(), within: Letters::of(0..text.len()) }
        }
        align(window(&a), window(&b)).iter().map(|c| draft[a.bytes(c.draft())].to_owned()).collect()
    }

    const SOURCE: &str = "茶农半夜排队等水的日子过去了，新修的塘坝把山泉留到了秋后，合作社又添了六台揉捻机。";

    #[test]
    fn edits_do_not_part_a_chain() {
        let edited = "茶农深夜排队等水的苦日子过去了，新修的塘坝将山泉留到秋后，合作社又添了十六台揉捻机。";
        assert_eq!(chains(edited, SOURCE), [edited.trim_end_matches('。')]);
    }

    #[test]
    fn another_order_gives_a_chain_for_each_piece() {
        let turned = "合作社又添了六台揉捻机，新修的塘坝把山泉留到了秋后。";
        assert_eq!(chains(turned, SOURCE), ["合作社又添了六台揉捻机", "新修的塘坝把山泉留到了秋后"]);
    }

    #[test]
    fn nothing_in_common_gives_none_and_so_do_empty_stretches() {
        assert_eq!(chains("各村要备足物料，看完每一块撂荒地。", SOURCE), [""; 0]);
        assert_eq!(chains("", SOURCE), [""; 0]);
        assert_eq!(chains(SOURCE, ""), [""; 0]);
    }
}
