//! The gazetteer (地名表): provinces, prefectures, counties, towns; short and former names.
//!
//! `phrasebank/places/*.tsv` are inside the binary as they are, and beside each an index that
//! the build made (the page in one file makes it when first asked), so a look-up is one probe and one comparison, and nothing is parsed, indexed or
//! allocated when the program starts. An automaton over forty thousand names would find them in
//! one pass, but takes longer to build than a document takes to check. Lines that begin with `#`
//! say where a table comes from.
//!
//! Codes are those of GB/T 2260: two digits of a province, two of a prefecture, two of a county.

use super::hash::NameHash;

/// A table of the phrase bank with its index.
struct Table {
    text: &'static str,
    index: Index,
}

/// Slots of four bytes, as [`index`](super::index) makes them.
#[cfg(not(target_family = "wasm"))]
type Index = &'static [u8];
#[cfg(target_family = "wasm")]
type Index = std::sync::LazyLock<Vec<u8>>;

/// The text of a table of the phrase bank.
macro_rules! text {
    ($name:literal) => {
        include_str!(concat!("../../../../phrasebank/places/", $name))
    };
}

/// An index of a table: built in by its file's name, or made from the text.
#[cfg(not(target_family = "wasm"))]
macro_rules! index {
    ($name:literal, $file:expr, $of:ident) => {
        include_bytes!(concat!(env!("OUT_DIR"), "/", $file))
    };
}
#[cfg(target_family = "wasm")]
macro_rules! index {
    ($name:literal, $file:expr, $of:ident) => {
        std::sync::LazyLock::new(|| super::index::$of(text!($name)))
    };
}

macro_rules! table {
    ($name:literal) => {
        Table { text: text!($name), index: index!($name, concat!($name, ".index"), of) }
    };
}

/// Full names of provinces, prefectures and counties: name, codes, class.
static DIVISIONS: Table = table!("divisions.tsv");
/// Short names: name, codes, class.
static SHORT: Table = table!("short.tsv");
/// Towns: name, codes of their counties.
static TOWNSHIPS: Table = table!("townships.tsv");
/// Former names: name, codes of what they are now, year.
static FORMER: Table = table!("former.tsv");
/// Words across which short names are mistaken.
static WORDS: Table = table!("words.txt");

/// Where in [`DIVISIONS`] the line of each code starts, as in a table's index.
static CODES: Index = index!("divisions.tsv", "divisions.codes", codes);

/// The first two characters of short names, as bits by their hash.
static STARTS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/short.starts"));

impl Table {
    /// The line whose first column is `name`.
    fn look_up(&self, hash: NameHash, name: &str) -> Option<Entry> {
        let (slots, _) = self.index.as_chunks::<4>();
        let mut slot = hash.slot(slots.len());
        loop {
            let entry = u32::from_le_bytes(*slots.get(slot)?);
            let start = (entry as usize & 0xF_FFFF).checked_sub(1)?;
            let rest = &self.text.as_bytes()[start..];
            if entry >> 20 == hash.tag()
                && rest.starts_with(name.as_bytes())
                && matches!(rest.get(name.len()), Some(b'\t' | b'\n'))
            {
                let line = self.text[start + name.len()..].lines().next().unwrap_or_default();
                let mut columns = line.split('\t').skip(1);
                let codes = columns.next().unwrap_or("");
                return Some(Entry { codes, class: columns.next().unwrap_or("") });
            }
            slot = (slot + 1) & (slots.len() - 1);
        }
    }

    /// Its lines, those about its source left out.
    fn lines(&self) -> impl Iterator<Item = &'static str> {
        self.text.lines().filter(|l| !l.starts_with('#'))
    }
}

/// A code of GB/T 2260.
pub(in crate::rules) type Code = u32;

/// What the tables say of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::rules) struct Entry {
    codes: &'static str,
    /// Class letters or a year; see the headers of the tables.
    pub class: &'static str,
}

impl Entry {
    /// The codes of the divisions of this name.
    pub fn codes(self) -> impl Iterator<Item = Code> {
        self.codes.split(',').filter_map(|c| c.parse().ok())
    }
}

/// A name that is looked up in several tables: hashed once, and hashed on when a character comes
/// before it.
#[derive(Debug, Clone, Copy)]
pub(in crate::rules) struct Name<'t> {
    text: &'t str,
    hash: NameHash,
}

impl<'t> Name<'t> {
    /// A name by itself.
    pub fn of(text: &'t str) -> Self {
        Self { text, hash: NameHash::of(text) }
    }

    /// Every name that ends at `end` of `text`, from one character to `longest`, as long as its
    /// characters fit.
    pub fn ending_at(
        text: &'t str,
        end: usize,
        longest: usize,
        fits: fn(char) -> bool,
    ) -> impl Iterator<Item = Name<'t>> {
        let before = text[..end].char_indices().rev().take(longest).take_while(move |&(_, c)| fits(c));
        before.scan(NameHash::new(), move |hash, (at, c)| {
            *hash = hash.after(c);
            Some(Name { text: &text[at..end], hash: *hash })
        })
    }

    /// As a division's full name.
    pub fn division(self) -> Option<Entry> {
        DIVISIONS.look_up(self.hash, self.text)
    }

    /// As a town's full name; the codes are those of the counties that have a town of this name.
    pub fn town(self) -> Option<Entry> {
        TOWNSHIPS.look_up(self.hash, self.text)
    }

    /// As a former name; the class is the year in which it was given up.
    pub fn former(self) -> Option<Entry> {
        FORMER.look_up(self.hash, self.text)
    }
}

/// A division's full name.
pub(in crate::rules) fn division(name: &str) -> Option<Entry> {
    Name::of(name).division()
}

/// A short name.
pub(in crate::rules) fn short(name: &str) -> Option<Entry> {
    SHORT.look_up(NameHash::of(name), name)
}

/// A town's full name; the codes are those of the counties that have a town of this name.
pub(in crate::rules) fn town(name: &str) -> Option<Entry> {
    Name::of(name).town()
}

/// Whether two characters are a common word, so that no place name begins or ends between them.
pub(in crate::rules) fn is_word(pair: &str) -> bool {
    WORDS.look_up(NameHash::of(pair), pair).is_some()
}

/// Whether a short name may begin with these two characters: surely not if false.
#[inline]
pub(in crate::rules) fn may_start_short(first: char, second: char) -> bool {
    let bit = NameHash::new().after(second).after(first).slot(STARTS.len() * 8);
    STARTS[bit / 8] >> (bit % 8) & 1 == 1
}

/// The towns of a county, by their full names. Reads the whole table.
pub(in crate::rules) fn towns_of(county: Code) -> impl Iterator<Item = &'static str> {
    let code = county.to_string();
    TOWNSHIPS.lines().filter_map(move |line| {
        let (name, codes) = line.split_once('\t')?;
        codes.split(',').any(|c| c == code).then_some(name)
    })
}

/// The full name of a division.
pub(in crate::rules) fn name_of(code: Code) -> Option<&'static str> {
    let code = code.to_string();
    let (slots, _) = CODES.as_chunks::<4>();
    let mut slot = NameHash::of(&code).slot(slots.len());
    loop {
        let start = (u32::from_le_bytes(*slots.get(slot)?) as usize & 0xF_FFFF).checked_sub(1)?;
        let mut columns = DIVISIONS.text[start..].lines().next()?.split('\t');
        let (name, codes) = (columns.next()?, columns.next()?);
        if codes.split(',').any(|c| c == code) {
            return Some(name);
        }
        slot = (slot + 1) & (slots.len() - 1);
    }
}

/// All divisions with a code of their own and their full names.
pub(in crate::rules) fn names() -> impl Iterator<Item = (Code, &'static str)> {
    let lines = DIVISIONS.lines().filter(|l| !l.starts_with('#'));
    lines.flat_map(|line| {
        let (name, rest) = line.split_once('\t').unwrap_or((line, ""));
        let codes = rest.split('\t').next().unwrap_or("").split(',');
        codes.filter_map(move |c| Some((c.parse().ok()?, name)))
    })
}

/// The full name with its upper levels: 甘肃省兰州市红古区.
pub(in crate::rules) fn path_of(code: Code) -> String {
    let mut levels = vec![province(code), prefecture(code), code];
    levels.dedup();
    levels.into_iter().filter_map(name_of).collect()
}

/// The province of a code.
pub(in crate::rules) const fn province(code: Code) -> Code {
    code / 10_000 * 10_000
}

/// The prefecture of a code; a province is its own. Counties that a province runs itself share one
/// that has no name.
pub(in crate::rules) const fn prefecture(code: Code) -> Code {
    code / 100 * 100
}

/// Whether `upper` is `lower` or one of its upper levels.
pub(in crate::rules) const fn covers(upper: Code, lower: Code) -> bool {
    upper == lower || upper == prefecture(lower) || upper == province(lower)
}

/// 0 for a province, 1 for a prefecture, 2 for a county.
pub(in crate::rules) const fn rank(code: Code) -> u8 {
    if code.is_multiple_of(10_000) {
        0
    } else if code.is_multiple_of(100) {
        1
    } else {
        2
    }
}

#[cfg(test)]
mod tests {
    use super::{
        DIVISIONS, FORMER, Name, NameHash, SHORT, TOWNSHIPS, WORDS, division, may_start_short, path_of,
        towns_of,
    };
    use crate::base::han::is_han;

    #[test]
    fn an_index_made_when_first_asked_is_the_one_that_is_built_in() {
        for table in [&DIVISIONS, &SHORT, &TOWNSHIPS, &FORMER, &WORDS] {
            assert!(super::super::index::of(table.text) == *table.index);
        }
        assert!(super::super::index::codes(DIVISIONS.text) == *super::CODES);
    }

    #[test]
    fn every_line_of_every_table_is_found() {
        for table in [&DIVISIONS, &SHORT, &TOWNSHIPS, &FORMER, &WORDS] {
            for line in table.lines() {
                let name = line.split('\t').next().unwrap_or_default();
                assert!(table.look_up(NameHash::of(name), name).is_some(), "{name}");
                let longer = format!("{name}甲");
                assert!(table.look_up(NameHash::of(&longer), &longer).is_none());
            }
        }
    }

    #[test]
    fn every_short_name_passes_the_first_look() {
        for line in SHORT.lines() {
            let mut chars = line.chars();
            assert!(may_start_short(chars.next().unwrap(), chars.next().unwrap()), "{line}");
        }
    }

    #[test]
    fn names_are_read_back_from_their_end() {
        let text = "来自兰州市红古区";
        let found: Vec<&str> = Name::ending_at(text, text.len(), 16, is_han)
            .filter(|n| n.division().is_some())
            .map(|n| n.text)
            .collect();
        assert_eq!(found, ["红古区"]);
    }

    #[test]
    fn a_division_is_named_with_its_upper_levels() {
        let codes: Vec<_> = division("红古区").into_iter().flat_map(super::Entry::codes).collect();
        assert_eq!(codes, [620_111]);
        assert_eq!(path_of(620_111), "甘肃省兰州市红古区");
        assert_eq!(path_of(469_001), "海南省五指山市");
        assert!(towns_of(620_111).any(|t| t == "华龙街道"));
    }
}
