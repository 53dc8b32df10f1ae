//! The packed table: a function from n-grams to levels that is looked up where it lies.
//!
//! Slots of 16 bits, three to a key, whose XOR is the key's level in the low four bits and twelve
//! bits of its hash above them (the layout is that of binary fuse filters, Graf and Lemire 2022, with
//! a value beside the fingerprint). So the n-grams themselves are not in the table: one that was not
//! packed passes for one that was once in 4,400 times. Two and a quarter bytes an n-gram, whatever
//! its length; three reads a look-up, and nothing to be made ready.

use super::Gram;
use crate::base::{Error, Problem, Result, Text, stable::mix};

const MAGIC: &[u8; 8] = b"WGCOUNT1";
/// Magic, seed, letters counted, keys, segments, length of a segment as a power of two, least count.
const HEAD: usize = 8 + 8 + 8 + 4 + 4 + 4 + 4;
/// Bits of a slot that hold the level.
const LEVEL_BITS: u32 = 4;
/// The highest level.
pub const TOP: u8 = (1 << LEVEL_BITS) - 1;

/// The hash of the letters so far; of a run of letters all beginnings are hashed in passing.
#[derive(Debug, Clone, Copy)]
pub struct Hash(u64);

impl Hash {
    /// One letter more.
    #[must_use]
    #[inline]
    pub fn then(self, letter: char) -> Self {
        let h = (self.0 ^ u64::from(u32::from(letter))).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        Self(h ^ (h >> 29))
    }
}

/// The table, over bytes that somebody else holds.
#[derive(Debug, Clone, Copy)]
pub struct Table<'b> {
    slots: &'b [u8],
    seed: u64,
    segments: u32,
    shift: u32,
    /// How many letters were counted.
    pub letters: u64,
    /// How many n-grams were packed.
    pub keys: u32,
    /// The least count that was kept: what level 1 begins with.
    pub least: u32,
}

/// The three slots of a key, and what stands above its level.
#[inline]
fn slots(hash: u64, segments: u32, shift: u32) -> ([usize; 3], u16) {
    let mask = (1_u64 << shift) - 1;
    let first = ((u128::from(hash) * u128::from(segments)) >> 64) as usize;
    // The multiplication uses up the upper bits within a segment's choice; mixing gives new ones.
    let more = mix(hash ^ 0xA5A5_5A5A_C3C3_3C3C);
    let place = |n: usize, bits: u64| ((first + n) << shift) + (bits & mask) as usize;
    let high = (more >> 52) as u16;
    ([place(0, more), place(1, more >> 18), place(2, hash)], high << LEVEL_BITS)
}

impl<'b> Table<'b> {
    /// Reads the head; the rest is read by look-ups.
    ///
    /// # Errors
    ///
    /// If these are no counts, or the bytes end before the table does.
    pub fn open(bytes: &'b [u8]) -> Result<Self> {
        let damaged = || {
            Error::from(Problem::new(Text::fixed(
                "字频表已损坏或不是字频表；请重新生成或重新安装",
                "the table of counts is damaged or none; make it again or install again",
            )))
        };
        let (head, slots) = bytes.split_at_checked(HEAD).ok_or_else(damaged)?;
        let long = |at: usize| head[at..at + 8].try_into().map(u64::from_le_bytes).unwrap_or_default();
        let short = |at: usize| head[at..at + 4].try_into().map(u32::from_le_bytes).unwrap_or_default();
        let (segments, shift) = (short(28), short(32));
        let whole = shift < 18 && slots.len() as u64 == (u64::from(segments) + 2) << (shift + 1);
        if !head.starts_with(MAGIC) || !whole || segments == 0 {
            return Err(damaged());
        }
        let (seed, letters) = (long(8), long(16));
        Ok(Self { slots, seed, segments, shift, letters, keys: short(24), least: short(36).max(1) })
    }

    /// The hash of no letters.
    #[must_use]
    #[inline]
    pub fn start(&self) -> Hash {
        Hash(self.seed)
    }

    /// The level of what was hashed: 0 = not packed.
    #[must_use]
    #[inline]
    pub fn level(&self, hash: Hash) -> u8 {
        let (places, high) = slots(mix(hash.0), self.segments, self.shift);
        let mut sum = 0;
        for place in places {
            if let Some(&[low, high]) = self.slots.get(place * 2..place * 2 + 2) {
                sum ^= u16::from_le_bytes([low, high]);
            }
        }
        if (sum ^ high) >> LEVEL_BITS == 0 { (sum & u16::from(TOP)) as u8 } else { 0 }
    }
}

/// The level of a count, if counts begin with `least`: one more each time it doubles, 1 to [`TOP`].
#[must_use]
pub fn level(count: u32, least: u32) -> u8 {
    let doubled = (count / least.max(1)).max(1).ilog2();
    (doubled as u8 + 1).min(TOP)
}

/// Packs n-grams, of which no two are the same, into bytes that [`Table::open`] reads. `letters` is
/// how many letters they were counted in.
///
/// # Errors
///
/// If no order of the slots was found, which means that an n-gram is there twice.
pub fn pack(grams: &[Gram], letters: u64) -> Result<Vec<u8>> {
    let least = grams.iter().map(|g| g.count).min().unwrap_or(1).max(1);
    let keys = grams.len().max(1) as f64;
    // The sizes that the authors found to work: long segments need few slots over.
    let shift = ((keys.ln() / 3.33_f64.ln() + 2.25).floor() as u32).clamp(2, 17);
    let spare = (0.875 + 0.25 * 1e6_f64.ln() / keys.max(2.0).ln()).max(1.125);
    let segments = ((keys * spare) as u64).div_ceil(1 << shift).saturating_sub(2).max(1) as u32;
    for attempt in 0..100 {
        let seed = mix(attempt);
        let Some(filled) = fill(grams, seed, segments, shift, least) else { continue };
        let mut bytes = Vec::with_capacity(HEAD + filled.len() * 2);
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&seed.to_le_bytes());
        bytes.extend_from_slice(&letters.to_le_bytes());
        for number in [grams.len() as u32, segments, shift, least] {
            bytes.extend_from_slice(&number.to_le_bytes());
        }
        bytes.extend(filled.iter().flat_map(|slot| slot.to_le_bytes()));
        return Ok(bytes);
    }
    Err(Error::from(Problem::new(Text::fixed(
        "无法生成字频表：有重复的条目",
        "the counts cannot be packed: an entry is there twice",
    ))))
}

/// Fills the slots, or finds that the seed won't do: slots with one key alone are peeled off until
/// none is left, and filled in the opposite order.
fn fill(grams: &[Gram], seed: u64, segments: u32, shift: u32, least: u32) -> Option<Vec<u16>> {
    let keys: Vec<([usize; 3], u16)> = grams
        .iter()
        .map(|gram| {
            let hash = gram.letters().iter().fold(Hash(seed), |hash, &letter| hash.then(letter));
            let (places, high) = slots(mix(hash.0), segments, shift);
            (places, high | u16::from(level(gram.count, least)))
        })
        .collect();
    let size = (segments as usize + 2) << shift;
    // For each slot the number of keys that need it, and the XOR of their indices.
    let mut needed = vec![(0_u32, 0_usize); size];
    for (index, (places, _)) in keys.iter().enumerate() {
        for &place in places {
            needed[place].0 += 1;
            needed[place].1 ^= index;
        }
    }
    let mut alone: Vec<usize> = (0..size).filter(|&slot| needed[slot].0 == 1).collect();
    let mut peeled = Vec::with_capacity(keys.len());
    while let Some(slot) = alone.pop() {
        let (1, index) = needed[slot] else { continue };
        peeled.push((slot, index));
        for &place in &keys[index].0 {
            needed[place].0 -= 1;
            needed[place].1 ^= index;
            if needed[place].0 == 1 {
                alone.push(place);
            }
        }
    }
    if peeled.len() < keys.len() {
        return None;
    }
    let mut filled = vec![0_u16; size];
    for (slot, index) in peeled.into_iter().rev() {
        let (places, value) = keys[index];
        let rest = places.iter().filter(|&&p| p != slot).fold(value, |sum, &p| sum ^ filled[p]);
        filled[slot] = rest;
    }
    Some(filled)
}
