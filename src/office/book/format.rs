//! What a person sees of a number: the value under its number format (数字格式).
//!
//! A cell that shows `5.60` holds 5.6 and the format `0.00`. The figure of a report is what was
//! shown, so formats are carried out: by `ssfmt`, with what Chinese workbooks have besides put
//! right here: `!` before a literal character, `G/通用格式`, the formats that Chinese Excel numbers
//! without spelling them out, and rounding, which Excel does on decimal digits.

use ssfmt::{DateSystem, FormatOptions, NumberFormat};

use super::cells::Cell;
use crate::base::han::Date;

/// A number format, ready for many cells.
#[derive(Debug, Clone)]
pub struct Format {
    kind: Kind,
    /// Characters of its code: what a number under it costs to show.
    signs: usize,
}

#[derive(Debug, Clone)]
enum Kind {
    /// No format: the digits of the number.
    General,
    /// A date; which of year, month and day it shows.
    Date { parsed: Option<NumberFormat>, year: bool, month: bool, day: bool, verbatim: bool },
    /// Any other.
    Number(NumberFormat),
}

/// The formats whose codes a Chinese Excel leaves out of the file (ECMA-376 Part 1, 18.8.30, zh-cn).
const CHINESE: &[(u32, &str)] = &[
    (27, "yyyy\"年\"m\"月\""),
    (28, "m\"月\"d\"日\""),
    (29, "m\"月\"d\"日\""),
    (30, "m-d-yy"),
    (31, "yyyy\"年\"m\"月\"d\"日\""),
    (32, "h\"时\"mm\"分\""),
    (33, "h\"时\"mm\"分\"ss\"秒\""),
    (34, "h\"时\"mm\"分\""),
    (35, "h\"时\"mm\"分\"ss\"秒\""),
    (36, "yyyy\"年\"m\"月\""),
    (50, "yyyy\"年\"m\"月\""),
    (51, "m\"月\"d\"日\""),
    (52, "yyyy\"年\"m\"月\""),
    (53, "m\"月\"d\"日\""),
    (54, "m\"月\"d\"日\""),
    (55, "h\"时\"mm\"分\""),
    (56, "h\"时\"mm\"分\"ss\"秒\""),
    (57, "yyyy\"年\"m\"月\""),
    (58, "m\"月\"d\"日\""),
];

/// Characters of a format at most: no Excel makes a longer one, and what carries it out takes a time that
/// doubles with every few signs.
const LONGEST: usize = 255;

impl Format {
    /// No format at all.
    pub const GENERAL: Self = Self { kind: Kind::General, signs: 0 };

    /// A format that the file only numbers.
    pub fn built_in(id: u32) -> Self {
        let chinese = CHINESE.iter().find(|(known, _)| *known == id).map(|(_, code)| *code);
        match chinese.or_else(|| ssfmt::format_code_from_id(id)) {
            // 14 is “the short date”, whatever that is in a country.
            Some(_) if id == 14 => Self::new("yyyy-m-d"),
            Some(code) => Self::new(code),
            None => Self::GENERAL,
        }
    }

    /// A format by its code. One that cannot be read, or is longer than Excel lets it be, shows plain digits.
    pub fn new(code: &str) -> Self {
        let signs = code.chars().take(LONGEST + 1).count();
        if signs > LONGEST {
            return Self::GENERAL;
        }
        let bare = bare(code);
        if is_general(code) {
            return Self::GENERAL;
        }
        let parsed = NumberFormat::parse(&mended(code)).ok();
        // Only the first part of `yyyy-mm-dd;@` is about numbers above zero.
        let first = bare.split(';').next().unwrap_or_default();
        let has = |c: char| first.contains(c);
        let time = has('h') || has('s');
        let (year, day) = (has('y') || has('e'), has('d'));
        let numeric = has('0') || has('#') || has('?');
        // `m` is the month unless hours or seconds stand beside it; `0.00E+00` is no year.
        let date = !numeric && (year || day || (has('m') && !time) || first.contains("aaa"));
        if date {
            // What speaks in 年, 月 and 时 is said as it stands; bare numbers become 2026年3月5日.
            let verbatim = (time || code.contains('月') || code.contains('年')) && !first.contains("aaa");
            return Self { kind: Kind::Date { parsed, year, month: has('m'), day, verbatim }, signs };
        }
        match parsed {
            Some(parsed) => Self { kind: Kind::Number(parsed), signs },
            None => Self::GENERAL,
        }
    }

    /// How many characters its code has.
    pub const fn signs(&self) -> usize {
        self.signs
    }

    /// The cell of a number under this format. `since_1904`: dates are counted from 1904.
    pub fn cell(&self, value: f64, since_1904: bool) -> Cell {
        let options = FormatOptions {
            date_system: if since_1904 { DateSystem::Date1904 } else { DateSystem::Date1900 },
            ..FormatOptions::default()
        };
        match &self.kind {
            Kind::General => Cell::Number(plain(value)),
            Kind::Number(format) => {
                // 1.005 is 1.00499999999999989… in the file and 1.01 on Excel's page.
                let nudged = value + value * 1e-15;
                Cell::Number(format.format(nudged, &options).trim().to_owned())
            }
            Kind::Date { parsed, year, month, day, verbatim } => {
                let Some(full) = date_of_serial(value, since_1904) else {
                    return Cell::Number(plain(value));
                };
                let date = Date {
                    month: full.month.filter(|_| *month || *day || !*year),
                    day: full.day.filter(|_| *day || !*year),
                    ..full
                };
                let shown = match parsed {
                    Some(format) if *verbatim => format.format(value, &options).trim().to_owned(),
                    _ if *year => date.to_string(),
                    _ => date.to_string().split_once('年').map_or(String::new(), |(_, rest)| rest.to_owned()),
                };
                Cell::Date { date, shown, year_hidden: !*year }
            }
        }
    }
}

/// Whether a code says no more than “as it is”, locale and colour aside.
fn is_general(code: &str) -> bool {
    let first = mended(code.split(';').next().unwrap_or_default());
    let mut rest = first.trim();
    while let Some((_, after)) = rest.strip_prefix('[').and_then(|r| r.split_once(']')) {
        rest = after.trim();
    }
    rest.is_empty() || rest == "@" || rest.eq_ignore_ascii_case("general")
}

/// The signs of a code that say something, in lower case: literals, colours and locales left out.
fn bare(code: &str) -> String {
    let mut out = String::new();
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => drop(chars.by_ref().find(|&c| c == '"')),
            '[' => drop(chars.by_ref().find(|&c| c == ']')),
            '\\' | '!' | '_' | '*' => drop(chars.next()),
            c => out.extend(c.to_lowercase()),
        }
    }
    out
}

/// The code as `ssfmt` reads it: Chinese Excel writes `0!.0,"万"` where others write `0\.0,"万"`.
fn mended(code: &str) -> String {
    let mut out = String::new();
    let mut quoted = false;
    for c in code.replace("G/通用格式", "General").chars() {
        quoted ^= c == '"';
        out.push(if c == '!' && !quoted { '\\' } else { c });
    }
    out
}

/// The digits of a number that has no format: fifteen at most, which is all that Excel keeps, and
/// no exponent.
fn plain(value: f64) -> String {
    if !value.is_finite() {
        return value.to_string();
    }
    // Through the exponent form to fifteen digits, and back to the shortest that says the same.
    let rounded: f64 = format!("{value:.14e}").parse().unwrap_or(value);
    let digits = rounded.to_string();
    if digits == "-0" { "0".to_owned() } else { digits }
}

/// The date that a workbook counts as this day. Excel's 1900 had a 29 February, so its days before
/// March 1900 are not dates of any document; they are none.
fn date_of_serial(serial: f64, since_1904: bool) -> Option<Date> {
    let day = serial.floor();
    let first = if since_1904 { 0.0 } else { 61.0 };
    if !(first..=2_958_465.0).contains(&day) {
        return None;
    }
    // From the workbook's first day to 1970-01-01.
    let epoch = if since_1904 { 24_107 } else { 25_569 };
    Date::of_day(day as i64 - epoch)
}

#[cfg(test)]
mod tests {
    use super::{Cell, Format};
    use proptest::prelude::*;

    fn shown(value: f64, code: &str) -> String {
        Format::new(code).cell(value, false).text().to_owned()
    }

    #[test]
    fn a_number_is_what_its_format_shows() {
        for (value, code, seen) in [
            (5.6, "0.00", "5.60"),
            (0.92, "0%", "92%"),
            (0.056, "0.0%", "5.6%"),
            (1_234_567.0, "#,##0", "1,234,567"),
            (1234.5, "#,##0.00_ ", "1,234.50"),
            (5.6, "0.00\"亿元\"", "5.60亿元"),
            (-5.6, "0.00_);(0.00)", "(5.60)"),
            (5.6, "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", "5.60"),
            (3.0, "000", "003"),
            (12_345.0, "0!.0,\"万\"", "1.2万"),
            (123_456.0, "[>=10000]0!.0,\"万\";0", "12.3万"),
            (5.6, "General", "5.6"),
            (5.0, "G/通用格式", "5"),
            (5.0, "G/通用格式\"个\"", "5个"),
            (5.6, "@", "5.6"),
            (0.1 + 0.2, "General", "0.3"),
            (12_345_678_901.5, "General", "12345678901.5"),
            (1.005, "0.00", "1.01"),
            (0.285, "0.00", "0.29"),
            (2.5, "0", "3"),
        ] {
            assert_eq!(shown(value, code), seen, "{value} under {code}");
        }
    }

    #[test]
    fn a_format_longer_than_excels_is_not_carried_out() {
        let unit = "元".repeat(249);
        assert_eq!(shown(5.6, &format!("0.00\"{unit}\"")), format!("5.60{unit}"));
        assert_eq!(shown(5.6, &format!("0.00\"{unit}元\"")), "5.6");
        // This one took longer than anybody waits.
        assert_eq!(shown(5.6, &"#,##0.00?/".repeat(150)), "5.6");
    }

    #[test]
    fn a_date_is_as_exact_as_its_format() {
        let day = 46_086.0;
        for (code, seen, written) in [
            ("yyyy-mm-dd", "2026年3月5日", "2026年3月5日"),
            ("yyyy/m/d;@", "2026年3月5日", "2026年3月5日"),
            ("yyyy\"年\"m\"月\"d\"日\"", "2026年3月5日", "2026年3月5日"),
            ("[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\";@", "2026年3月5日", "2026年3月5日"),
            ("yyyy\"年\"m\"月\"", "2026年3月", "2026年3月"),
            ("m\"月\"d\"日\"", "3月5日", "2026年3月5日"),
            ("m-d", "3月5日", "2026年3月5日"),
            ("yyyy", "2026年", "2026年"),
            ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "2026年3月5日", "2026年3月5日"),
        ] {
            let Cell::Date { date, shown, year_hidden } = Format::new(code).cell(day, false) else {
                panic!("{code}")
            };
            assert_eq!((shown.as_str(), date.to_string().as_str()), (seen, written), "{code}");
            assert_eq!(year_hidden, !code.contains("yy"), "{code}");
        }
        assert_eq!(Format::built_in(14).cell(day, false).text(), "2026年3月5日");
        assert_eq!(Format::built_in(31).cell(day, false).text(), "2026年3月5日");
        assert_eq!(Format::built_in(57).cell(day, false).text(), "2026年3月");
        assert_eq!(Format::built_in(14).cell(day - 1462.0, true).text(), "2026年3月5日");
        assert_eq!(Format::built_in(14).cell(60.0, false), Cell::Number("60".into()));
    }

    #[test]
    fn a_time_is_no_date() {
        assert_eq!(shown(0.375, "h:mm"), "9:00");
        assert_eq!(Format::built_in(32).cell(0.375, false).text(), "9时00分");
        assert_eq!(shown(46_086.375, "m\"月\"d\"日\" h:mm"), "3月5日 9:00");
    }

    proptest! {
        #[test]
        fn any_code_shows_something_and_none_panics(code in "\\PC{0,24}", value in any::<f64>()) {
            let _ = Format::new(&code).cell(value, false);
        }

        #[test]
        fn codes_made_of_their_own_signs_do_not_panic(
            code in "[0#?,.%;@yYmMdDhHsSeEgGaA/\\[\\]\"\\\\*_!$<>=+\\- 年月]{0,20}",
            value in -1e18f64..1e18,
        ) {
            let _ = Format::new(&code).cell(value, true);
        }
    }
}
