//! Fingerprints of a text: hashes of its runs of [`K`] letters, thinned out by winnowing.
//!
//! Winnowing (Schleimer, Wilkerson, Aiken 2003) keeps the smallest hash of every [`WINDOW`] runs in
//! a row, the last one where several are smallest. A run of [`GUARANTEED`] letters that two texts
//! share holds a whole window in both, in which both keep the same hash at the same place; so every
//! such run is found, with two hashes kept in seven. Shorter shared runs are found now and then.

/// Letters that one hash covers.
pub const K: usize = 8;

/// Hashes in a row of which one is kept.
pub const WINDOW: usize = 6;

/// Every run of so many letters that two texts share has a fingerprint in common.
pub const GUARANTEED: usize = K + WINDOW - 1;

/// A hash and where its first letter stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint {
    /// The hash of [`K`] letters.
    pub hash: u32,
    /// The index of the first of them.
    pub at: u32,
}

/// The fingerprints of a text's letters, in order. A text of fewer than `K` letters has none.
#[must_use]
pub fn fingerprints(letters: &[u16]) -> Vec<Fingerprint> {
    let mut out = Vec::with_capacity(letters.len() * 2 / (WINDOW + 1) + 2);
    winnow(letters, |f| out.push(f));
    out
}

/// Hands over the fingerprints of a text's letters, in order.
///
/// Hashes are made some hundreds at a time, each as the upper half of a key whose lower half falls
/// with its place, so that the smallest key of a window is its smallest hash, the last one of them;
/// and the smallest of six are found by three comparisons, without a jump for the processor to
/// guess wrong at every third letter.
pub fn winnow(letters: &[u16], mut keep: impl FnMut(Fingerprint)) {
    /// Windows at a time.
    const AT_ONCE: usize = 512;
    const AHEAD: usize = WINDOW - 1;
    let Some(hashes) = (letters.len() + 1).checked_sub(K).filter(|&n| n > 0) else { return };
    // Texts shorter than a window are one window.
    let windows = hashes.saturating_sub(AHEAD).max(1);
    let mut keys = [u64::MAX; AT_ONCE + AHEAD];
    let mut out = [0u64; AT_ONCE + 1];
    let mut kept = u64::MAX;
    let mut start = 0;
    while start < windows {
        let some = (windows - start).min(AT_ONCE);
        let of = (some + AHEAD).min(hashes - start);
        let mut run = letters[start..start + K - 1].iter().fold(0, |run, &l| run << 16 | u128::from(l));
        for ((key, &letter), at) in keys[..of].iter_mut().zip(&letters[start + K - 1..]).zip(start..) {
            run = run << 16 | u128::from(letter);
            *key = u64::from(mix(run)) << 32 | u64::from(!low_half(at));
        }
        keys[of..].fill(u64::MAX);
        // The first slot holds what was kept last, so that each is compared with the one before.
        out[0] = kept;
        let mut count = 0;
        for window in keys.windows(WINDOW).take(some) {
            let [a, b, c, d, e, f] = *window else { continue };
            let least = a.min(b).min(c.min(d)).min(e.min(f));
            count += usize::from(least != out[count]);
            out[count] = least;
        }
        for &key in &out[1..=count] {
            keep(Fingerprint {
                hash: low_half((key >> 32) as usize),
                at: !low_half((key & 0xFFFF_FFFF) as usize),
            });
        }
        kept = out[count];
        start += some;
    }
}

/// The hash of a run of [`K`] letters, kept or not.
#[must_use]
pub fn run_hash(run: &[u16]) -> u32 {
    mix(run.iter().fold(0, |run, &letter| run << 16 | u128::from(letter)))
}

#[expect(clippy::cast_possible_truncation, reason = "places beyond 2^32 letters are not reached")]
#[inline]
const fn low_half(n: usize) -> u32 {
    n as u32
}

/// A run of eight letters as a number, well mixed: a long product folded upon itself.
#[inline]
fn mix(run: u128) -> u32 {
    let fold = |a: u64, b: u64| {
        let product = u128::from(a) * u128::from(b);
        low(product) ^ low(product >> 64)
    };
    let once = fold(low(run) ^ 0xA076_1D64_78BD_642F, low(run >> 64) ^ 0xE703_7ED1_A0B4_28DB);
    (fold(once, 0x9E37_79B9_7F4A_7C15) >> 32) as u32
}

#[expect(clippy::cast_possible_truncation, reason = "the low half is what is meant")]
#[inline]
const fn low(wide: u128) -> u64 {
    wide as u64
}

/// A number that texts with the same letters share, and others do not. Part of the format on disk.
pub(super) fn identity(letters: &[u16]) -> u64 {
    let mix = |state: u64, word: u64| {
        let product = u128::from(state ^ word) * 0x9E37_79B9_7F4A_7C15;
        (product as u64) ^ ((product >> 64) as u64).rotate_left(17)
    };
    let (chunks, rest) = letters.as_chunks::<4>();
    let word = |w: &[u16]| w.iter().fold(0, |word, &l| word << 16 | u64::from(l));
    let state = chunks.iter().fold(letters.len() as u64, |state, w| mix(state, word(w)));
    mix(mix(state, word(rest)), 0xE703_7ED1_A0B4_28DB)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// What the definition says, window by window.
    fn by_definition(letters: &[u16]) -> Vec<(u32, u32)> {
        let hashes: Vec<u32> =
            letters.windows(K).map(|w| mix(w.iter().fold(0, |run, &l| run << 16 | u128::from(l)))).collect();
        let window = WINDOW.min(hashes.len()).max(1);
        let mut kept = BTreeSet::new();
        for (start, w) in hashes.windows(window).enumerate() {
            let least = w.iter().min().unwrap();
            kept.insert(start + w.iter().rposition(|h| h == least).unwrap());
        }
        kept.into_iter().map(|at| (hashes[at], u32::try_from(at).unwrap())).collect()
    }

    fn pairs(letters: &[u16]) -> Vec<(u32, u32)> {
        fingerprints(letters).iter().map(|f| (f.hash, f.at)).collect()
    }

    /// Every maximal run that both texts share, by looking at every pair of places.
    fn shared_runs(a: &[u16], b: &[u16], least: usize) -> Vec<(usize, usize, usize)> {
        let mut runs = Vec::new();
        for i in 0..a.len() {
            for j in 0..b.len() {
                if i > 0 && j > 0 && a[i - 1] == b[j - 1] {
                    continue;
                }
                let length = a[i..].iter().zip(&b[j..]).take_while(|(x, y)| x == y).count();
                if length >= least {
                    runs.push((i, j, length));
                }
            }
        }
        runs
    }

    #[test]
    fn hashes_of_like_runs_are_far_apart() {
        let mut seen = BTreeSet::new();
        for a in 0..200u128 {
            for place in 0..8 {
                seen.insert(mix(0x4E00_4E01_4E02_4E03_4E04_4E05_4E06_4E07 + (a << (16 * place))));
            }
        }
        assert!(seen.len() >= 200 * 8 - 7 - 2);
    }

    #[test]
    fn two_in_seven_are_kept() {
        let mut state = 7u64;
        let letters: Vec<u16> = (0..70_000)
            .map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                u16::try_from(0x4E00 + (state >> 50) % 3000).unwrap()
            })
            .collect();
        let kept = fingerprints(&letters).len();
        assert!((19_500..20_500).contains(&kept), "{kept}");
    }

    proptest! {
        #[test]
        fn winnowing_is_what_its_definition_says(letters in prop::collection::vec(0u16..3, 0..80)) {
            prop_assert_eq!(pairs(&letters), by_definition(&letters));
        }

        #[test]
        fn every_shared_run_of_the_guaranteed_length_has_a_fingerprint_in_common(
            alphabet in 1u16..400,
            a in prop::collection::vec(any::<u16>(), 0..90),
            mut b in prop::collection::vec(any::<u16>(), 0..90),
            at in any::<prop::sample::Index>(), from in any::<prop::sample::Index>(), length in 0usize..40,
        ) {
            let a: Vec<u16> = a.iter().map(|l| l % alphabet).collect();
            b.iter_mut().for_each(|l| *l %= alphabet);
            // Most random texts share nothing, so a stretch of the one is put into the other.
            if !a.is_empty() && !b.is_empty() {
                let (from, at) = (from.index(a.len()), at.index(b.len()));
                let stretch = a[from..a.len().min(from + length)].to_vec();
                b.splice(at..at, stretch);
            }
            let (fa, fb) = (pairs(&a), pairs(&b));
            for (i, j, length) in shared_runs(&a, &b, GUARANTEED) {
                let inside = fa.iter().any(|&(hash, x)| {
                    let x = x as usize;
                    x >= i && x + K <= i + length
                        && fb.iter().any(|&(other, y)| other == hash && y as usize == j + (x - i))
                });
                prop_assert!(inside, "run of {} at {} and {}", length, i, j);
            }
        }
    }

    #[test]
    fn fingerprints_does_as_its_example_says() {
        use crate::corpus::{Comparable, fingerprints};
        let one = Comparable::of("会议指出，要把河道清淤摆上重要位置，汛前完工。");
        let other = Comparable::of("各乡镇要把河道清淤摆上重要位置汛前完工");
        let (one, other) = (fingerprints(one.letters()), fingerprints(other.letters()));
        assert!(one.iter().any(|f| other.iter().any(|o| o.hash == f.hash)));
    }
}
