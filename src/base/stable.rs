//! A hash that is the same on every machine, in every release: which variant of a phrase a
//! locality gets must not change because a compiler or a library did.
//!
//! FNV-1a over the bytes (<http://www.isthe.com/chongo/tech/comp/fnv/>), then the finalizer of
//! `SplitMix64`, so that texts which differ in one character end far apart. Not for secrets.

/// The stable hash of several texts in order; `["ab", "c"]` and `["a", "bc"]` differ.
#[must_use]
pub fn hash(parts: &[&str]) -> u64 {
    let mut h: u64 = 0xcbf2_9ce4_8422_2325;
    for part in parts {
        // 0xFF occurs in no UTF-8 text, so it separates without ambiguity.
        for byte in part.bytes().chain([0xff]) {
            h = (h ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    mix(h)
}

/// Spreads a number over all of its bits: the finalizer of `SplitMix64`.
#[must_use]
pub fn mix(mut h: u64) -> u64 {
    h = (h ^ (h >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    h = (h ^ (h >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    h ^ (h >> 31)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_hash_never_changes_between_releases() {
        assert_eq!(super::hash(&["云岭县", "动员讲话", "0"]), super::hash(&["云岭县", "动员讲话", "0"]));
        assert_eq!(super::hash(&[]), 0xf52a_15e9_a9b5_e89b);
    }

    #[test]
    fn hash_does_as_its_example_says() {
        use crate::base::stable::hash;
        assert_eq!(hash(&["云岭县", "动员讲话"]), hash(&["云岭县", "动员讲话"]));
        assert_ne!(hash(&["ab", "c"]), hash(&["a", "bc"]));
    }
}
