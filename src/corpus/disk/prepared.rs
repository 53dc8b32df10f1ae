//! A document made ready to be stored: all that takes time and needs no disk.

use super::super::Entry;

/// How documents are folded and fingerprinted. A corpus whose number is another one has to be
/// built anew, since its fingerprints would meet none of ours.
pub(super) const SCHEME: u32 = 1;

/// A document with its fingerprints.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// What is known about it.
    pub entry: Entry,
    /// Its text as it was read.
    pub text: String,
    /// How many comparable letters it has.
    pub(super) letters: u32,
    /// Fingerprints and where they stand, by place.
    pub(super) prints: Vec<(u32, u32)>,
    /// Documents with the same letters have the same number here.
    pub(super) identity: u64,
}

impl Prepared {
    /// Folds and fingerprints a text.
    #[must_use]
    pub fn new(entry: Entry, text: String) -> Self {
        let letters: Vec<u32> = text.chars().filter(|c| c.is_alphanumeric()).map(|c| c as u32).collect();
        let prints = stand_in(&letters);
        let mut identity = 0xcbf2_9ce4_8422_2325;
        for &c in &letters {
            identity = (identity ^ u64::from(c)).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29);
        }
        let count = u32::try_from(letters.len()).unwrap_or(u32::MAX);
        Self { entry, text, letters: count, prints, identity }
    }

    /// How many comparable letters it has.
    #[must_use]
    pub fn letters(&self) -> u32 {
        self.letters
    }
}

fn stand_in(letters: &[u32]) -> Vec<(u32, u32)> {
    const K: usize = 8;
    const W: usize = 6;
    let hashes: Vec<u32> = letters
        .windows(K)
        .map(|w| {
            let h = w.iter().fold(0u64, |h, &c| {
                (h ^ u64::from(c)).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(23)
            });
            (h >> 32) as u32
        })
        .collect();
    let mut prints: Vec<(u32, u32)> = Vec::with_capacity(hashes.len() / 3);
    for (start, window) in hashes.windows(W.min(hashes.len()).max(1)).enumerate() {
        let Some((at, &least)) = window.iter().enumerate().rev().min_by_key(|&(_, h)| h) else { continue };
        let at = (start + at) as u32;
        if prints.last().is_none_or(|&(_, last)| last != at) {
            prints.push((least, at));
        }
    }
    prints
}
