//! The form of the tables of likeness, on which the build that writes them (`build/alike.rs`, which reads this
//! file) and `alike.rs` agree.

/// Set in the syllable of a character that the counts do not know.
pub const RARE: u16 = 1 << 15;

/// What stands for any character of a word.
pub const ANY: char = '\u{FFFF}';

/// Bits of a Bloom filter that are set for a word.
const BITS: u32 = 4;

/// The bits of a word in a filter of so many.
pub fn bits(letters: impl Iterator<Item = char>, of: usize) -> impl Iterator<Item = usize> {
    let hash = letters.fold(0_u64, |hash, c| {
        let h = (hash ^ u64::from(u32::from(c))).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        h ^ (h >> 29)
    });
    let (one, two) = (hash as u32, (hash >> 32) as u32 | 1);
    (0..BITS).map(move |n| one.wrapping_add(n.wrapping_mul(two)) as usize % of)
}
