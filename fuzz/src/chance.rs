//! Chance: numbers from a seed, the same for the same.

/// A row of numbers (SplitMix64).
pub struct Chance(u64);

impl Chance {
    pub fn of(seed: u32) -> Self {
        Self(u64::from(seed) ^ 0x5851_F42D_4C95_7F2D)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `count`; 0 where there is none.
    pub fn below(&mut self, count: usize) -> usize {
        if count == 0 { 0 } else { (self.next() % count as u64) as usize }
    }

    /// Whether it comes to pass, once in `times`.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// One of these.
    pub fn one<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(self.below(of.len()))
    }

    /// How often something is repeated: mostly once or twice, seldom very often.
    pub fn often(&mut self) -> usize {
        match self.below(16) {
            0 => 200 + self.below(800),
            1 | 2 => 8 + self.below(60),
            _ => 1 + self.below(3),
        }
    }
}
