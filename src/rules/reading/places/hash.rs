//! The hash of the gazetteer's index; `build.rs` shares this file, so both always agree.

/// The hash of a name, taken from its last character to its first: names that end in one place are
/// tried longest or shortest without hashing anything twice.
#[derive(Debug, Clone, Copy)]
pub struct NameHash(u32);

impl NameHash {
    /// Of the empty name.
    #[must_use]
    pub const fn new() -> Self {
        Self(0x811C_9DC5)
    }

    /// Of the name with `c` before it.
    #[must_use]
    #[inline]
    pub const fn after(self, c: char) -> Self {
        let mixed = (self.0 ^ c as u32).wrapping_mul(0x9E37_79B1);
        Self(mixed ^ (mixed >> 15))
    }

    /// Of a whole name.
    #[must_use]
    pub fn of(name: &str) -> Self {
        name.chars().rev().fold(Self::new(), Self::after)
    }

    /// Twelve bits that tell most other names apart before they are read.
    #[must_use]
    pub const fn tag(self) -> u32 {
        self.0.wrapping_mul(0x85EB_CA6B) >> 20
    }

    /// The first of `slots` places, a power of two, at which the name may stand.
    #[must_use]
    #[inline]
    pub const fn slot(self, slots: usize) -> usize {
        self.0 as usize & (slots - 1)
    }
}
