//! Which letters stand between two others: the question of whoever restores a lost character.
//!
//! The table of counts answers how often an n-gram occurs, but not which ones begin and end so, since
//! it holds hashes. This list answers that for the common ones: n-grams of three letters, sorted, six
//! bytes each, found by halving where they lie. Made by `examples/counts.rs` together with the table.

use super::{EDGE, Gram};

/// The letters of an n-gram of three, as they are sorted: the outer two, then the one between them.
const RECORD: usize = 6;

/// How often an n-gram of three letters must stand, and in how many sources, to be listed.
const LEAST: (u32, u32) = (50, 10);

static SHIPPED: &[u8] = include_bytes!("../../../phrasebank/counts/official.between");

/// Which letters often stand between two others.
#[derive(Debug, Clone, Copy)]
pub struct Between<'b> {
    records: &'b [u8],
}

impl Between<'static> {
    /// The list that the program brings along (`phrasebank/counts/`).
    #[must_use]
    pub fn shipped() -> Self {
        Self::open(SHIPPED)
    }
}

impl<'b> Between<'b> {
    /// Reads what [`Between::pack`] wrote. A record that is cut off is left out.
    #[must_use]
    pub const fn open(records: &'b [u8]) -> Self {
        Self { records }
    }

    /// What often stands between these two letters, the commonest first; one of them may be an edge.
    ///
    /// ```
    /// # use wengao::counts::Between;
    /// assert!(Between::shipped().of('乡', '振').any(|letter| letter == '村'));
    /// ```
    pub fn of(&self, left: char, right: char) -> impl Iterator<Item = char> + use<'b> {
        let key = u32::from(unit(left)) << 16 | u32::from(unit(right));
        let (records, _) = self.records.as_chunks::<RECORD>();
        let from = records.partition_point(|record| outer(record) < key);
        let same = records[from..].iter().take_while(move |record| outer(record) == key);
        same.filter_map(|record| char::from_u32(u16::from_le_bytes([record[4], record[5]]).into()))
    }

    /// Writes the list of the n-grams that are common enough.
    #[must_use]
    pub fn pack(grams: &[Gram]) -> Vec<u8> {
        let mut found: Vec<([u16; 2], std::cmp::Reverse<u32>, u16)> = grams
            .iter()
            .filter_map(|gram| match gram.letters() {
                &[left, middle, right]
                    if gram.count >= LEAST.0
                        && gram.sources >= LEAST.1
                        && crate::base::han::is_han(middle)
                        && (left, right) != (EDGE, EDGE) =>
                {
                    Some(([unit(left), unit(right)], std::cmp::Reverse(gram.count), unit(middle)))
                }
                _ => None,
            })
            .collect();
        found.sort_unstable();
        found
            .iter()
            .flat_map(|([left, right], _, middle)| [*left, *right, *middle])
            .flat_map(u16::to_le_bytes)
            .collect()
    }
}

/// The outer letters of a record, as they are sorted.
const fn outer(record: &[u8; RECORD]) -> u32 {
    u32::from_le_bytes([record[2], record[3], record[0], record[1]])
}

/// A letter in two bytes; what needs more is none that is listed.
fn unit(letter: char) -> u16 {
    u16::try_from(u32::from(letter)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::super::{Letters, Tally};
    use super::Between;

    #[test]
    fn what_stands_between_is_found_and_nothing_else_is() {
        let mut tally = Tally::default();
        for source in 0..20 {
            tally.add(source, &Letters::of(&"乡村振兴，乡里振兴，乡村振兴。".repeat(5)));
        }
        let bytes = Between::pack(&tally.grams(|_, _, _| true));
        let between = Between::open(&bytes);
        assert_eq!(between.of('乡', '振').collect::<String>(), "村里");
        assert_eq!(between.of('振', '|').collect::<String>(), "兴");
        assert_eq!(between.of('兴', '乡').count(), 0);
        assert_eq!(Between::open(&bytes[..bytes.len() - 1]).of('龥', '龥').count(), 0);
        assert_eq!(Between::open(&[]).of('乡', '振').count(), 0);
    }
}
