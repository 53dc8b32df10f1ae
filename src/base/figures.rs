//! Figures in running text (数值): digits, scale and unit, and how exact they are.
//!
//! `86.4亿元` says a value between 86.35 and 86.45 hundred million yuan; sums and growth that are
//! checked against it must allow for that, so every figure carries its own rounding. Only Arabic
//! digits are read, as GB/T 15835-2011 asks for in figures.

use std::ops::Range;

use super::lexicon::figures as lexicon;

/// A figure of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Its bytes, from the first digit to the end of the unit.
    pub range: Range<usize>,
    /// The bytes of the digits alone.
    pub digits: Range<usize>,
    /// The value with its scale: `31.6万人` is 316,000.
    pub value: f64,
    /// Half a unit of the last digit as written, with its scale: 500 for `31.6万人`.
    pub slack: f64,
    /// The unit without scale: `人`, `元`, `%`; empty where none is known.
    pub unit: &'static str,
}

const SCALES: &[(&str, f64)] = &[("万亿", 1e12), ("亿", 1e8), ("万", 1e4), ("千", 1e3), ("百", 1e2)];

impl Figure {
    /// Whether this figure and `value` may be the same number, given how each was rounded.
    #[must_use]
    pub fn agrees(&self, value: f64, slack: f64) -> bool {
        (self.value - value).abs() <= self.slack + slack + 1e-9 * value.abs().max(1.0)
    }

    /// Whether two figures have one unit and may be the same number.
    #[must_use]
    pub fn same(&self, other: &Self) -> bool {
        self.unit == other.unit && self.agrees(other.value, other.slack)
    }

    /// Whether two figures say the very same value of one unit, however its scale was written.
    #[must_use]
    pub fn equals(&self, other: &Self) -> bool {
        let near = (self.value - other.value).abs() <= 1e-9 * self.value.abs().max(1.0);
        near && self.unit == other.unit
    }

    /// Its scale and unit as written.
    #[must_use]
    pub fn unit_words<'t>(&self, text: &'t str) -> &'t str {
        &text[self.digits.end..self.range.end]
    }

    /// Whether it is a share or a rate.
    #[must_use]
    pub fn is_percent(&self) -> bool {
        self.unit == "%"
    }

    /// Whether it counts percentage points.
    #[must_use]
    pub fn is_points(&self) -> bool {
        self.unit == "百分点"
    }
}

/// The unit that words begin with. Its first three bytes are a character, by which nearly all are ruled out.
pub(crate) fn unit(words: &str) -> &'static str {
    let head = words.as_bytes();
    let (Some(first), second, third) = (head.first(), head.get(1), head.get(2)) else { return "" };
    let found = lexicon::UNITS.iter().find(|unit| {
        let bytes = unit.as_bytes();
        bytes.first() == Some(first)
            && (bytes.len() < 3 || bytes.get(2) == third && bytes.get(1) == second)
            && words.starts_with(**unit)
    });
    found.copied().unwrap_or("")
}

/// Bytes of the longest figure: what goes on further is a line of dots or a column of digits.
const LONGEST: usize = 64;

/// The figure whose first digit is at `at`.
fn figure(text: &str, at: usize) -> Option<Figure> {
    let rest = text.get(at..)?;
    let of_number = |b: &u8| b.is_ascii_digit() || matches!(b, b'.' | b',');
    let mut end = rest.as_bytes().iter().take(LONGEST + 1).take_while(|b| of_number(b)).count();
    if end > LONGEST {
        return None;
    }
    // `1.` before a text and `3,` before a clause: marks belong to a number only before a digit.
    while rest[..end].ends_with(['.', ',']) {
        end -= 1;
    }
    let digits = &rest[..end];
    let commas = digits.contains(',');
    if commas && !digits.split('.').next().unwrap_or_default().split(',').skip(1).all(|g| g.len() == 3) {
        end = digits.find(',')?;
    }
    let digits = &rest[..end];
    let plain: String = digits.chars().filter(|&c| c != ',').collect();
    let number: f64 = plain.parse().ok()?;
    let decimals = plain.split_once('.').map_or(0, |(_, d)| d.len());
    // 60 %, 200 家: one blank before the unit is none.
    let blank =
        [' ', '\u{a0}', '　'].iter().find(|b| rest[end..].starts_with(**b)).map_or(0, |b| b.len_utf8());
    let after = &rest[end + blank..];
    let (scale, len) = SCALES
        .iter()
        .find(|(name, _)| after.starts_with(name))
        .map_or((1.0, 0), |(name, s)| (*s, name.len()));
    let after = &after[len..];
    let unit = unit(after);
    let decimals = i32::try_from(decimals).unwrap_or(0);
    let told = len + unit.len();
    Some(Figure {
        range: at..at + end + told + if told > 0 { blank } else { 0 },
        digits: at..at + end,
        value: number * scale,
        slack: 0.5 * 10f64.powi(-decimals) * scale,
        unit: if unit == "个百分点" { "百分点" } else { unit },
    })
}

/// All figures of a text, in order. Digits that belong to a word (`G317`, `1-6月` has its second
/// only) or to a longer number are no figures.
#[must_use]
pub fn figures(text: &str) -> Vec<Figure> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(step) = bytes.get(at..).and_then(|b| b.iter().position(u8::is_ascii_digit)) {
        at += step;
        let glued =
            at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || matches!(bytes[at - 1], b'.' | b'-' | b'+'));
        match figure(text, at) {
            Some(figure) => {
                let after = bytes.get(figure.digits.end).copied().unwrap_or(b' ');
                at = figure.digits.end;
                if !glued && !after.is_ascii_alphabetic() && !matches!(after, b'-' | b'+' | b'~') {
                    found.push(figure);
                }
            }
            None => at += bytes[at..].iter().position(|b| !b.is_ascii_digit()).unwrap_or(bytes.len() - at),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_is_longer_than_any_number_is_none() {
        use crate::base::figures::figures;
        assert!(figures(&"1.".repeat(40)).iter().all(|f| f.digits.len() <= super::LONGEST));
        assert_eq!(figures(&format!("投资{}元", "9".repeat(70))).len(), 0);
        assert_eq!(figures(&format!("投资{}元", "9".repeat(20))).len(), 1);
    }

    #[test]
    fn figures_does_as_its_example_says() {
        use crate::base::figures::figures;
        let found = figures("全县常住人口31.6万人，同比增长5.60%");
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].value, found[0].slack, found[0].unit), (316_000.0, 500.0, "人"));
        assert_eq!((found[1].value, found[1].unit), (5.6, "%"));
    }
}
