//! Makes the index of the gazetteer: when the program is built, or, in the page in one file, where
//! an index would be a quarter of a megabyte to pass on, when a text first asks.
//!
//! For each table an index of open addressing: slots of four bytes, little end first, a power of
//! two and at least twice the lines; a slot holds in its lower 20 bits one more than the byte at
//! which its line starts, in the others the tag of its name, and is 0 if it is free.

use super::hash::NameHash;

/// Names with the bytes at which their lines start.
pub fn names(table: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    table.split_inclusive('\n').filter_map(move |line| {
        let start = at;
        at += line.len();
        let name = line.trim_end().split('\t').next().unwrap_or_default();
        (!line.starts_with('#') && !name.is_empty()).then_some((start, name))
    })
}

/// Where each name's line starts.
pub fn of(table: &str) -> Vec<u8> {
    slots(&names(table).collect::<Vec<_>>())
}

/// The index of keys with the bytes that they stand for. Of equal keys the first one is found.
fn slots(keys: &[(usize, &str)]) -> Vec<u8> {
    let slots = (keys.len() * 2).next_power_of_two();
    let mut taken = vec![0_u32; slots];
    for (start, name) in keys {
        let mut slot = NameHash::of(name).slot(slots);
        while taken[slot] != 0 {
            slot = (slot + 1) % slots;
        }
        let line = u32::try_from(start + 1).ok().filter(|line| line >> 20 == 0);
        taken[slot] = line.expect("a table is smaller than a megabyte") | NameHash::of(name).tag() << 20;
    }
    taken.into_iter().flat_map(u32::to_le_bytes).collect()
}

/// Where the line of each code starts, by its decimal digits.
pub fn codes(table: &str) -> Vec<u8> {
    let codes: Vec<(usize, &str)> = names(table)
        .flat_map(|(start, _)| {
            let line = table[start..].lines().next().unwrap_or_default();
            let codes = line.split('\t').nth(1).unwrap_or_default();
            codes.split(',').map(move |code| (start, code))
        })
        .collect();
    slots(&codes)
}
