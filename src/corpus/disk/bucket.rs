//! A bucket: the fingerprints that share their upper bits, with the places of each.
//!
//! `count · low · (remainder · listed · unlisted? · first place · steps)*`, all as [bits](super::bits).
//! Remainders rise and are told by their distance, Rice coded with `low`; places rise too. A place
//! is the number of a letter counted through all documents of the segment, which takes fewer bits
//! than a document and a place in it, and whose document a table tells.
//!
//! A fingerprint that stands in more than [`LISTED`] places keeps the first of them and the count
//! of the others: what everybody says need not be found everywhere.

use super::bits::{Reader, Writer};

/// Places that are kept of one fingerprint.
pub(super) const LISTED: usize = 128;

/// What both sides must know of a segment.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    /// Upper bits of a fingerprint that choose its bucket.
    pub bucket_bits: u32,
    /// Letters of all its documents.
    pub letters: u32,
}

impl Shape {
    /// A shape with about a hundred places a bucket.
    pub fn for_postings(postings: u64, letters: u32) -> Self {
        let buckets = (postings / 96).max(1);
        Self { bucket_bits: buckets.ilog2().clamp(8, 24), letters }
    }

    fn remainder_bits(self) -> u32 {
        32 - self.bucket_bits
    }

    fn place_bits(self) -> u32 {
        32 - self.letters.leading_zeros()
    }

    /// The Rice parameter of the steps between `listed` places.
    fn step_bits(self, listed: usize) -> u32 {
        (self.letters / (listed as u32 + 1)).max(1).ilog2()
    }

    /// The bucket of a fingerprint.
    pub fn bucket(self, fingerprint: u32) -> usize {
        (fingerprint >> self.remainder_bits()) as usize
    }
}

/// A fingerprint with its places, as an encoder takes it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placed<'p> {
    pub fingerprint: u32,
    /// All places that are known, rising; low 32 bits.
    pub places: &'p [u64],
    /// How many more there are.
    pub more: u32,
}

/// Writes one bucket; nothing for no runs.
pub(super) fn encode(shape: Shape, runs: &[Placed<'_>], bits: &mut Writer, out: &mut Vec<u8>) {
    if runs.is_empty() {
        return;
    }
    let span = 1u64 << shape.remainder_bits();
    let low = ((span / (runs.len() as u64 + 1)).max(1)).ilog2();
    bits.gamma(runs.len() as u32);
    bits.plain(low, 5);
    let mut next = 0;
    for run in runs {
        let remainder = (u64::from(run.fingerprint) & (span - 1)) as u32;
        bits.rice(remainder - next, low);
        next = remainder.wrapping_add(1);
        let listed = run.places.len().min(LISTED);
        let more = run.more.saturating_add((run.places.len() - listed) as u32);
        bits.gamma(listed as u32 + u32::from(more > 0) * LISTED as u32);
        if more > 0 {
            bits.gamma(more);
        }
        let step_bits = shape.step_bits(listed);
        let mut before = None;
        for place in run.places[..listed].iter().map(|&p| p as u32) {
            match before {
                None => bits.plain(place, shape.place_bits()),
                Some(before) => bits.rice(place - before - 1, step_bits),
            }
            before = Some(place);
        }
    }
    bits.finish(out);
}

/// One fingerprint of a bucket, read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Listing {
    pub fingerprint: u32,
    /// How many places are listed.
    pub listed: u32,
    /// How many more there are.
    pub more: u32,
}

/// A bucket in the reading, from its bytes followed by [`PADDING`](super::bits::PADDING).
pub(super) struct Decoder<'b> {
    shape: Shape,
    bits: Reader<'b>,
    left: u32,
    low: u32,
    base: u32,
    next: u32,
    /// Places of the last fingerprint that were not read.
    unread: u32,
}

/// The bucket's bits make no sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Damaged;

impl<'b> Decoder<'b> {
    /// Of the bucket with this number.
    pub fn new(shape: Shape, bucket: usize, padded: &'b [u8]) -> Self {
        let mut bits = Reader::new(padded);
        let empty = padded.len() <= super::bits::PADDING;
        let left = if empty { 0 } else { bits.gamma() };
        let low = if empty { 0 } else { bits.plain(5) };
        let base = (bucket as u32) << shape.remainder_bits();
        Self { shape, bits, left, low, base, next: 0, unread: 0 }
    }

    /// The next fingerprint; its places may be read with [`places`](Self::places) before the
    /// next call.
    pub fn next(&mut self) -> Result<Option<Listing>, Damaged> {
        if self.unread > 0 {
            self.places(|_| ())?;
        }
        if self.left == 0 {
            return if self.bits.is_sound() { Ok(None) } else { Err(Damaged) };
        }
        self.left -= 1;
        let remainder = u64::from(self.next) + u64::from(self.bits.rice(self.low));
        let mut listed = self.bits.gamma();
        let mut more = 0;
        if listed > LISTED as u32 {
            listed -= LISTED as u32;
            more = self.bits.gamma();
        }
        let in_range = remainder >> self.shape.remainder_bits() == 0;
        if !self.bits.is_sound() || !in_range || listed == 0 || listed > LISTED as u32 {
            return Err(Damaged);
        }
        self.next = remainder as u32 + 1;
        self.unread = listed;
        Ok(Some(Listing { fingerprint: self.base | remainder as u32, listed, more }))
    }

    /// Hands over the places of the fingerprint that was read last, rising.
    pub fn places(&mut self, mut each: impl FnMut(u32)) -> Result<(), Damaged> {
        let listed = std::mem::take(&mut self.unread);
        let step_bits = self.shape.step_bits(listed as usize);
        let mut place = 0;
        for i in 0..listed {
            let read = match i {
                0 => u64::from(self.bits.plain(self.shape.place_bits())),
                _ => u64::from(place) + 1 + u64::from(self.bits.rice(step_bits)),
            };
            if read >= u64::from(self.shape.letters) || !self.bits.is_sound() {
                return Err(Damaged);
            }
            place = read as u32;
            each(place);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Decoder, LISTED, Placed, Shape, encode};
    use crate::corpus::disk::bits::{PADDING, Writer};
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    type Runs = BTreeMap<u32, (BTreeSet<u64>, u32)>;

    fn written(shape: Shape, runs: &Runs) -> Vec<u8> {
        let places: Vec<Vec<u64>> = runs.values().map(|(p, _)| p.iter().copied().collect()).collect();
        let runs: Vec<Placed<'_>> = runs
            .iter()
            .zip(&places)
            .map(|((&fingerprint, &(_, more)), places)| Placed { fingerprint, places, more })
            .collect();
        let mut out = Vec::new();
        encode(shape, &runs, &mut Writer::default(), &mut out);
        out.extend([0; PADDING]);
        out
    }

    proptest! {
        #[test]
        fn a_bucket_comes_back(
            runs in prop::collection::btree_map(
                0u32..1 << 20,
                (prop::collection::btree_set(0u64..1_000_000, 1..200), prop_oneof![Just(0u32), 1u32..9]),
                0..60,
            )
        ) {
            let shape = Shape { bucket_bits: 12, letters: 1_000_000 };
            let runs: Runs = runs.into_iter().map(|(r, v)| (5 << 20 | r, v)).collect();
            let bytes = written(shape, &runs);
            let mut decoder = Decoder::new(shape, 5, &bytes);
            for (&fingerprint, (places, more)) in &runs {
                let found = decoder.next().unwrap().unwrap();
                prop_assert_eq!(found.fingerprint, fingerprint);
                prop_assert_eq!((found.listed + found.more) as usize, places.len() + *more as usize);
                let mut read = Vec::new();
                decoder.places(|p| read.push(u64::from(p))).unwrap();
                prop_assert!(read.iter().eq(places.iter().take(LISTED)));
            }
            prop_assert_eq!(decoder.next(), Ok(None));
            // Unread places are passed over.
            let mut decoder = Decoder::new(shape, 5, &bytes);
            let mut seen = 0;
            while decoder.next().unwrap().is_some() { seen += 1; }
            prop_assert_eq!(seen, runs.len());
        }

        #[test]
        fn any_bytes_are_read_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            let mut decoder = Decoder::new(Shape { bucket_bits: 9, letters: 5000 }, 511, &bytes);
            while let Ok(Some(_)) = decoder.next() {
                if decoder.places(|_| ()).is_err() { break; }
            }
        }
    }
}
