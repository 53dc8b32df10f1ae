//! Rare pairs of letters (少见的字对): the second channel of seeds, for what was reworded.
//!
//! Whoever rewords a sentence clause by clause keeps what it is about: two letters that stand together
//! in few texts (茶农, 渠长) stay together, where no run of eight letters does. So of each run of
//! [`WINDOW`] pairs one is kept that official prose does not use everywhere, by winnowing: the same
//! pair is kept in every text that has the same stretch. A draft is asked with the rarest of all
//! its pairs, so a stretch is met by each pair that was kept of the source and that rewording left.

use std::sync::LazyLock;

use super::Fingerprint;
use crate::base::counts::Counts;

/// Pairs in a row of which one is kept.
pub const WINDOW: usize = 16;

/// From this level of the counts on a pair is said everywhere: some 400 times in 22 million letters.
const COMMON: u8 = 8;

/// Keeps a pair's number apart from the hash of a run of letters.
const TAG: u32 = 0x5EED_0002;

/// No seed.
const NONE: u64 = u64::MAX;

/// The number of a pair, as the index has it. Two pairs never have the same.
#[must_use]
#[inline]
pub const fn pair(first: u16, second: u16) -> u32 {
    let both = (((first as u32) << 16) | second as u32) ^ TAG;
    let mixed = both.wrapping_mul(0x85EB_CA6B);
    mixed ^ (mixed >> 15)
}

/// Pairs that official prose uses everywhere, as bits by some bits of their numbers. A few rare pairs
/// share a bit with one of them and are no seeds.
struct Common(Vec<u64>);

const BITS: u32 = 20;

static EVERYWHERE: LazyLock<Common> = LazyLock::new(|| {
    let counts = Counts::shipped();
    let mut bits = vec![0u64; 1 << (BITS - 6)];
    for first in 0x4E00..=0x9FFFu16 {
        let Some(letter) = char::from_u32(first.into()) else { continue };
        for next in counts.followers(letter).filter(|&next| counts.level(&[letter, next]) >= COMMON) {
            let Ok(second) = u16::try_from(u32::from(next)) else { continue };
            let (word, bit) = Common::place(pair(first, second));
            bits[word] |= bit;
        }
    }
    Common(bits)
});

impl Common {
    #[inline]
    const fn place(pair: u32) -> (usize, u64) {
        let at = pair >> (u32::BITS - BITS);
        ((at >> 6) as usize, 1 << (at & 63))
    }

    #[inline]
    fn has(&self, pair: u32) -> bool {
        let (word, bit) = Self::place(pair);
        self.0[word] & bit != 0
    }
}

/// Whether official prose uses a pair with this number everywhere, so that the index never keeps it.
#[must_use]
pub fn is_everywhere(pair: u32) -> bool {
    EVERYWHERE.has(pair)
}

#[inline]
const fn is_letter(letter: u16) -> bool {
    matches!(letter, 0x3400..=0x4DBF | 0x4E00..=0x9FFF)
}

/// Hands over the rare pairs that the index keeps of a text's letters, in order.
pub fn winnow_pairs(letters: &[u16], mut keep: impl FnMut(Fingerprint)) {
    /// Windows at a time.
    const AT_ONCE: usize = 512;
    const AHEAD: usize = WINDOW - 1;
    let everywhere = &*EVERYWHERE;
    let Some(pairs) = letters.len().checked_sub(1).filter(|&n| n > 0) else { return };
    // Texts shorter than a window are one window.
    let windows = pairs.saturating_sub(AHEAD).max(1);
    let mut keys = [NONE; AT_ONCE + AHEAD];
    let (mut kept, mut start) = (NONE, 0);
    while start < windows {
        let some = (windows - start).min(AT_ONCE);
        let of = (some + AHEAD).min(pairs - start);
        for ((key, both), at) in keys[..of].iter_mut().zip(letters[start..].windows(2)).zip(start as u32..) {
            let hash = pair(both[0], both[1]);
            let rare = is_letter(both[0]) && is_letter(both[1]) && !everywhere.has(hash);
            *key = if rare { u64::from(hash) << 32 | u64::from(at) } else { NONE };
        }
        keys[of..].fill(NONE);
        // The least of 16 in a row, by doubling: of 2, of 4, of 8, of 16.
        let mut least = keys;
        let mut width = 1;
        while width < WINDOW {
            for i in 0..least.len() - width {
                least[i] = least[i].min(least[i + width]);
            }
            width *= 2;
        }
        for &key in &least[..some] {
            if key != kept && key != NONE {
                keep(Fingerprint { hash: (key >> 32) as u32, at: key as u32 });
            }
            kept = key;
        }
        start += some;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::letters;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn is_seed(first: u16, second: u16) -> bool {
        is_letter(first) && is_letter(second) && !EVERYWHERE.has(pair(first, second))
    }

    /// What the definition says, window by window.
    fn by_definition(letters: &[u16]) -> Vec<(u32, u32)> {
        let key = |(at, both): (usize, &[u16])| {
            is_seed(both[0], both[1]).then(|| (pair(both[0], both[1]), u32::try_from(at).unwrap()))
        };
        let keys: Vec<Option<(u32, u32)>> = letters.windows(2).enumerate().map(key).collect();
        let windows = keys.windows(WINDOW.min(keys.len()).max(1));
        let kept: BTreeSet<(u32, u32)> =
            windows.filter_map(|w| w.iter().flatten().min().map(|&(hash, at)| (at, hash))).collect();
        kept.into_iter().map(|(at, hash)| (hash, at)).collect()
    }

    fn kept(letters: &[u16]) -> Vec<(u32, u32)> {
        let mut kept = Vec::new();
        winnow_pairs(letters, |f| kept.push((f.hash, f.at)));
        kept
    }

    fn of(text: &str) -> Vec<u16> {
        let mut out = Vec::new();
        letters(text, &mut out);
        out
    }

    #[test]
    fn what_is_said_everywhere_is_no_seed() {
        let has = |pair: &str| {
            let pair = of(pair);
            is_seed(pair[0], pair[1])
        };
        assert!(!has("发展") && !has("建设") && !has("12"));
        assert!(has("茶农") && has("渠长"));
    }

    #[test]
    fn no_two_pairs_have_the_same_number() {
        let seen: BTreeSet<u32> = (0..300u16).flat_map(|a| (0..300u16).map(move |b| pair(a, b))).collect();
        assert_eq!(seen.len(), 90_000);
    }

    proptest! {
        #[test]
        fn winnowing_is_what_its_definition_says(
            letters in prop::collection::vec((0x4E00u16..0x4E40).prop_union(0x30u16..0x32), 0..1200),
        ) {
            prop_assert_eq!(kept(&letters), by_definition(&letters));
        }

        #[test]
        fn a_stretch_keeps_its_pairs_wherever_it_stands(
            stretch in prop::collection::vec(0x4E00u16..0x9FFF, 40..80),
            before in prop::collection::vec(0x4E00u16..0x9FFF, 0..40),
            after in prop::collection::vec(0x4E00u16..0x9FFF, 0..40),
        ) {
            let alone: BTreeSet<u32> = kept(&stretch).into_iter().map(|k| k.0).collect();
            let within: BTreeSet<u32> =
                kept(&[before, stretch, after].concat()).into_iter().map(|k| k.0).collect();
            prop_assert!(alone.is_subset(&within));
        }
    }
}
