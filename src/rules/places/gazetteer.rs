//! The gazetteer (地名表): provinces, prefectures, counties, towns; short and former names.
//!
//! `phrasebank/places/*.tsv` are inside the binary as they are, each sorted by name in byte order,
//! so a look-up is a binary search over the text of the table: nothing is parsed, indexed or
//! allocated when the program starts. An automaton over forty thousand names would find them in
//! one pass, but takes longer to build than a document takes to check. Lines that begin with `#`
//! say where the table comes from; `#` sorts before every name, so they do not disturb the search.
//!
//! Codes are those of GB/T 2260: two digits of a province, two of a prefecture, two of a county.

/// Full names of provinces, prefectures and counties: name, codes, class.
static DIVISIONS: &str = include_str!("../../../phrasebank/places/divisions.tsv");
/// Short names: name, codes, class.
static SHORT: &str = include_str!("../../../phrasebank/places/short.tsv");
/// Towns: name, codes of their counties.
static TOWNSHIPS: &str = include_str!("../../../phrasebank/places/townships.tsv");
/// Former names: name, codes of what they are now, year.
static FORMER: &str = include_str!("../../../phrasebank/places/former.tsv");

/// Words across which short names are mistaken.
static WORDS: &str = include_str!("../../../phrasebank/places/words.txt");

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

/// A division's full name.
pub(in crate::rules) fn division(name: &str) -> Option<Entry> {
    look_up(DIVISIONS, name)
}

/// A short name.
pub(in crate::rules) fn short(name: &str) -> Option<Entry> {
    look_up(SHORT, name)
}

/// A town's full name; the codes are those of the counties that have a town of this name.
pub(in crate::rules) fn town(name: &str) -> Option<Entry> {
    look_up(TOWNSHIPS, name)
}

/// A former name; the class is the year in which it was given up.
pub(in crate::rules) fn former(name: &str) -> Option<Entry> {
    look_up(FORMER, name)
}

/// Whether two characters are a common word, so that no place name begins or ends between them.
pub(in crate::rules) fn is_word(pair: &str) -> bool {
    look_up(WORDS, pair).is_some()
}

/// All short names, for a first look at a text.
pub(in crate::rules) fn short_names() -> impl Iterator<Item = &'static str> {
    SHORT.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split('\t').next())
}

/// The towns of a county, by their full names. Reads the whole table.
pub(in crate::rules) fn towns_of(county: Code) -> impl Iterator<Item = &'static str> {
    let code = county.to_string();
    TOWNSHIPS.lines().filter_map(move |line| {
        let (name, codes) = line.split_once('\t')?;
        codes.split(',').any(|c| c == code).then_some(name)
    })
}

/// The full name of a division. Reads the table up to it.
pub(in crate::rules) fn name_of(code: Code) -> Option<&'static str> {
    let code = code.to_string();
    DIVISIONS.lines().filter(|l| !l.starts_with('#')).find_map(|line| {
        let (name, rest) = line.split_once('\t')?;
        rest.split('\t').next()?.split(',').any(|c| c == code).then_some(name)
    })
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

/// Binary search for the line of `table` whose first column is `name`.
fn look_up(table: &'static str, name: &str) -> Option<Entry> {
    let bytes = table.as_bytes();
    let (mut low, mut high) = (0, bytes.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let start = memchr::memrchr(b'\n', &bytes[low..middle]).map_or(low, |i| low + i + 1);
        let end = memchr::memchr(b'\n', &bytes[middle..high]).map_or(high, |i| middle + i);
        let line = &bytes[start..end];
        let key = memchr::memchr(b'\t', line).map_or(line, |i| &line[..i]);
        match key.cmp(name.as_bytes()) {
            std::cmp::Ordering::Equal => {
                let mut columns = table.get(start..end)?.split('\t').skip(1);
                let codes = columns.next().unwrap_or("");
                return Some(Entry { codes, class: columns.next().unwrap_or("") });
            }
            std::cmp::Ordering::Less => low = (end + 1).min(high),
            std::cmp::Ordering::Greater => high = start,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{DIVISIONS, FORMER, SHORT, TOWNSHIPS, division, look_up, path_of, towns_of};

    #[test]
    fn every_line_of_every_table_is_found() {
        for table in [DIVISIONS, SHORT, TOWNSHIPS, FORMER] {
            for line in table.lines().filter(|l| !l.starts_with('#')) {
                let name = line.split('\t').next().unwrap_or_default();
                assert!(look_up(table, name).is_some(), "{name}");
                assert!(look_up(table, &format!("{name}甲")).is_none());
            }
        }
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
