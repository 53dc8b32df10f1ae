//! The packed table: a function from n-grams to levels that is looked up where it lies.
//!
//! Slots of 16 bits, three to a key, whose XOR is the key's level in the low four bits and twelve
//! bits of its hash above them (the layout is that of binary fuse filters, Graf and Lemire 2022, with
//! a value beside the fingerprint). So the n-grams themselves are not in the table: one that was not
//! packed passes for one that was once in 4,400 times. Two and a quarter bytes an n-gram, whatever
//! its length; three reads a look-up, and nothing to be made ready.
//!
//! A second function, of slots of eight bits, gives for n-grams that are known to be common how much of
//! what follows them and of what precedes them is *not* in the table, each as a power of one half
//! ([`Rests`]). It needs no fingerprints, since whoever asks has looked the n-gram up.
//!
//! A function cannot be asked what it knows. So behind the slots stand the pairs of letters that are
//! common, by their first letter, for whoever looks for what may have stood in a place.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::{Gram, LONGEST};
use crate::base::{Error, Problem, Result, Text, stable::mix};

const MAGIC: &[u8; 8] = b"WGCOUNT3";
/// Magic, seed, letters counted, keys, segments, length of a segment as a power of two, least count,
/// letters that have followers, followers, segments of the rests, and the length of one of these.
const HEAD: usize = 8 + 8 + 8 + 8 * 4;
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

/// From this level on an n-gram has [`Rests`]: below it they would say little.
pub const COMMON_LEVEL: u8 = 4;

/// How much of what stands beside an n-gram is not in the table: 0 = all, then half as much for each
/// one more, up to 15.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rests {
    /// Of what precedes it.
    pub before: u8,
    /// Of what follows it.
    pub after: u8,
}

/// The table, over bytes that somebody else holds.
#[derive(Debug, Clone, Copy)]
pub struct Table<'b> {
    slots: &'b [u8],
    seed: u64,
    segments: u32,
    shift: u32,
    rests: &'b [u8],
    rest_segments: u32,
    rest_shift: u32,
    /// The letters that have followers, sorted, two bytes each.
    heads: &'b [u8],
    /// Where the followers of each head end, in bytes, as four bytes.
    ends: &'b [u8],
    followers: &'b [u8],
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
        let (head, rest) = bytes.split_at_checked(HEAD).ok_or_else(damaged)?;
        let long = |at: usize| head[at..at + 8].try_into().map(u64::from_le_bytes).unwrap_or_default();
        let short = |at: usize| head[at..at + 4].try_into().map(u32::from_le_bytes).unwrap_or_default();
        let (segments, shift) = (short(28), short(32));
        let (heads, followers) = (short(40) as usize, short(44) as usize);
        let (rest_segments, rest_shift) = (short(48), short(52));
        if !head.starts_with(MAGIC) || shift >= 18 || segments == 0 || rest_shift >= 18 || rest_segments == 0
        {
            return Err(damaged());
        }
        let size = |segments: u32, shift: u32| {
            usize::try_from((u64::from(segments) + 2) << shift).unwrap_or(usize::MAX)
        };
        let (slots, rest) = rest.split_at_checked(size(segments, shift + 1)).ok_or_else(damaged)?;
        let (rests, rest) = rest.split_at_checked(size(rest_segments, rest_shift)).ok_or_else(damaged)?;
        let (heads, rest) = rest.split_at_checked(heads.saturating_mul(2)).ok_or_else(damaged)?;
        let (ends, rest) = rest.split_at_checked(heads.len() * 2).ok_or_else(damaged)?;
        if rest.len() != followers.saturating_mul(2) {
            return Err(damaged());
        }
        let (seed, letters) = (long(8), long(16));
        let (keys, least) = (short(24), short(36).max(1));
        let followers = rest;
        Ok(Self {
            slots,
            seed,
            segments,
            shift,
            rests,
            rest_segments,
            rest_shift,
            heads,
            ends,
            followers,
            letters,
            keys,
            least,
        })
    }

    /// What commonly follows a letter, the most common first.
    pub fn followers(&self, letter: char) -> impl Iterator<Item = char> + use<'b> {
        let (heads, _) = self.heads.as_chunks::<2>();
        let (ends, _) = self.ends.as_chunks::<4>();
        let found = u16::try_from(u32::from(letter)).ok();
        let found =
            found.and_then(|code| heads.binary_search_by_key(&code, |head| u16::from_le_bytes(*head)).ok());
        let end = |at: usize| ends.get(at).map_or(0, |end| u32::from_le_bytes(*end) as usize);
        let of = found.and_then(|at| self.followers.get(at.checked_sub(1).map_or(0, end)..end(at)));
        let (codes, _) = of.unwrap_or_default().as_chunks::<2>();
        codes.iter().filter_map(|code| char::from_u32(u16::from_le_bytes(*code).into()))
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

impl Table<'_> {
    /// What is not in the table of the neighbours of an n-gram, whose level is [`COMMON_LEVEL`] or more;
    /// of any other the answer means nothing.
    #[must_use]
    #[inline]
    pub fn rests(&self, hash: Hash) -> Rests {
        let (places, _) = slots(mix(hash.0), self.rest_segments, self.rest_shift);
        let sum = places.iter().fold(0, |sum, &place| sum ^ self.rests.get(place).copied().unwrap_or(0));
        Rests { before: sum >> 4, after: sum & 15 }
    }
}

/// The level of a count, if counts begin with `least`: one more each time it doubles, 1 to [`TOP`].
#[must_use]
pub fn level(count: u32, least: u32) -> u8 {
    let doubled = (count / least.max(1)).max(1).ilog2();
    (doubled as u8 + 1).min(TOP)
}

/// Packs n-grams, of which no two are the same, into bytes that `Table::open` reads. `letters` is
/// how many letters they were counted in; pairs that occur `common` times or more are also kept as
/// followers.
///
/// # Errors
///
/// If no order of the slots was found, which means that an n-gram is there twice.
pub fn pack(grams: &[Gram], letters: u64, common: u32) -> Result<Vec<u8>> {
    let least = grams.iter().map(|g| g.count).min().unwrap_or(1).max(1);
    let rests = rests(grams, least);
    let (segments, shift) = sizes(grams.len());
    let (rest_segments, rest_shift) = sizes(rests.len());
    for attempt in 0..100 {
        let seed = mix(attempt);
        let key =
            |gram: &Gram| mix(gram.letters().iter().fold(Hash(seed), |hash, &letter| hash.then(letter)).0);
        let levels = grams.iter().map(|gram| {
            let (places, high) = slots(key(gram), segments, shift);
            (places, high | u16::from(level(gram.count, least)))
        });
        let Some(filled) = fill(levels.collect(), size(segments, shift)) else { continue };
        let beside = rests.iter().map(|(gram, rests)| {
            let (places, _) = slots(key(gram), rest_segments, rest_shift);
            (places, u16::from(rests.before << 4 | rests.after))
        });
        let Some(beside) = fill(beside.collect(), size(rest_segments, rest_shift)) else { continue };
        let mut bytes = Vec::with_capacity(HEAD + filled.len() * 2);
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&seed.to_le_bytes());
        bytes.extend_from_slice(&letters.to_le_bytes());
        let (heads, ends, followers) = followers(grams, common);
        let sizes = [heads.len() as u32, followers.len() as u32];
        let sizes = sizes.into_iter().chain([rest_segments, rest_shift]);
        for number in [grams.len() as u32, segments, shift, least].into_iter().chain(sizes) {
            bytes.extend_from_slice(&number.to_le_bytes());
        }
        bytes.extend(filled.iter().flat_map(|slot| slot.to_le_bytes()));
        bytes.extend(beside.iter().map(|&slot| slot as u8));
        bytes.extend(heads.iter().flat_map(|code| code.to_le_bytes()));
        bytes.extend(ends.iter().flat_map(|end| end.to_le_bytes()));
        bytes.extend(followers.iter().flat_map(|code| code.to_le_bytes()));
        return Ok(bytes);
    }
    Err(Error::from(Problem::new(Text::fixed(
        "无法生成字频表：有重复的条目",
        "the counts cannot be packed: an entry is there twice",
    ))))
}

/// Segments and their length for so many keys: the sizes that the authors of binary fuse filters found
/// to work. Long segments need few slots over.
fn sizes(keys: usize) -> (u32, u32) {
    let keys = keys.max(2) as f64;
    let shift = ((keys.ln() / 3.33_f64.ln() + 2.25).floor() as u32).clamp(2, 17);
    let spare = (0.875 + 0.25 * 1e6_f64.ln() / keys.ln()).max(1.125);
    let segments = ((keys * spare) as u64).div_ceil(1 << shift).saturating_sub(2).max(1) as u32;
    (segments, shift)
}

/// How many slots there are.
fn size(segments: u32, shift: u32) -> usize {
    (segments as usize + 2) << shift
}

/// The common n-grams that may have neighbours in the table, with what of these is not in it.
fn rests(grams: &[Gram], least: u32) -> Vec<(&Gram, Rests)> {
    let mut beside: HashMap<&[char], (u32, u32)> = HashMap::new();
    for gram in grams {
        let letters = gram.letters();
        if let ([_, after @ ..], [before @ .., _]) = (letters, letters) {
            beside.entry(after).or_default().0 += gram.count;
            beside.entry(before).or_default().1 += gram.count;
        }
    }
    let rest = |of: u32, known: u32| {
        let rest = f64::from(of.saturating_sub(known)).max(0.5) / f64::from(of.max(1));
        (-rest.log2()).round().clamp(0.0, 15.0) as u8
    };
    grams
        .iter()
        .filter(|gram| gram.letters().len() < LONGEST && level(gram.count, least) >= COMMON_LEVEL)
        .map(|gram| {
            let (before, after) = beside.get(gram.letters()).copied().unwrap_or_default();
            (gram, Rests { before: rest(gram.count, before), after: rest(gram.count, after) })
        })
        .collect()
}

/// The first letters of common pairs, sorted; the bytes at which the followers of each end; and these,
/// the most common first. Letters beyond the first plane have none.
fn followers(grams: &[Gram], common: u32) -> (Vec<u16>, Vec<u32>, Vec<u16>) {
    let code = |letter: char| u16::try_from(u32::from(letter)).ok();
    let mut pairs: Vec<(u16, Reverse<u32>, u16)> = grams
        .iter()
        .filter_map(|gram| match *gram.letters() {
            [first, second] if gram.count >= common => {
                Some((code(first)?, Reverse(gram.count), code(second)?))
            }
            _ => None,
        })
        .collect();
    pairs.sort_unstable();
    let mut ends = Vec::new();
    let mut heads = Vec::new();
    let mut end = 0;
    for same in pairs.chunk_by(|a, b| a.0 == b.0) {
        end += same.len() as u32 * 2;
        heads.push(same[0].0);
        ends.push(end);
    }
    (heads, ends, pairs.into_iter().map(|(_, _, second)| second).collect())
}

/// Fills slots so that those of each key have its value for their XOR, or finds that the seed won't do:
/// slots with one key alone are peeled off until none is left, and filled in the opposite order.
fn fill(keys: Vec<([usize; 3], u16)>, size: usize) -> Option<Vec<u16>> {
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
