//! A parcel (包裹): some JSON and any number of files in one stretch of bytes.
//!
//! Four bytes say how many parts there are, four bytes for each how long it is (little end first),
//! then the parts follow. The first is JSON in UTF-8. Nothing is escaped and nothing is copied twice,
//! which counts where a paper of some megabytes goes to a worker and back.

use crate::base::{Problem, Result, Text};

/// Bytes of one number.
const NUMBER: usize = 4;

/// The parts of a parcel.
///
/// # Errors
/// If it is cut short or has no part.
pub fn open(bytes: &[u8]) -> Result<Vec<&[u8]>> {
    let broken = || Problem::new(Text::fixed("数据不完整", "the data is cut short"));
    let number = |at: usize| -> Option<usize> {
        let four = bytes.get(at..at.checked_add(NUMBER)?)?;
        usize::try_from(u32::from_le_bytes(four.try_into().ok()?)).ok()
    };
    let count = number(0).ok_or_else(broken)?;
    let mut at = count.checked_add(1).and_then(|n| n.checked_mul(NUMBER)).ok_or_else(broken)?;
    if count == 0 || at > bytes.len() {
        return Err(broken().into());
    }
    let mut parts = Vec::with_capacity(count);
    for part in 1..=count {
        let end = number(part * NUMBER).and_then(|length| at.checked_add(length)).ok_or_else(broken)?;
        parts.push(bytes.get(at..end).ok_or_else(broken)?);
        at = end;
    }
    Ok(parts)
}

/// Parts as a parcel. A part of four gigabytes or more is cut, which no page could hold.
#[must_use]
pub fn pack(parts: &[&[u8]]) -> Vec<u8> {
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX).to_le_bytes();
    let whole = parts.iter().map(|part| part.len() + NUMBER).sum::<usize>() + NUMBER;
    let mut out = Vec::with_capacity(whole);
    out.extend(number(parts.len()));
    parts.iter().for_each(|part| out.extend(number(part.len())));
    parts.iter().for_each(|part| out.extend(*part));
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{open, pack};

    proptest! {
        #[test]
        fn what_is_packed_comes_out(parts in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..9), 1..5)) {
            let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
            let packed = pack(&parts);
            prop_assert_eq!(open(&packed).unwrap(), parts);
        }

        #[test]
        fn no_bytes_make_it_fall(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            let _ = open(&bytes);
        }
    }

    #[test]
    fn a_parcel_cut_short_is_told() {
        let whole = pack(&[b"{}", b"abc"]);
        assert!((0..whole.len()).all(|end| open(&whole[..end]).is_err()));
    }
}
