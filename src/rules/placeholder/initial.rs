//! Latin letters in place of figures and names (字母代称): `YYYY年MM月DD日`, `aaa亿元`, `b.b%`, `P镇`, `A公司`.
//!
//! `x` is a sign of its own and `N` a figure's; the rest are initials, grades (A级) and names of programs far
//! more often than blanks. A run of one letter before a measure is a blank; a single letter before a place or
//! a firm is one in a document that has shown others.

use super::page::Page;
use super::{Judged, Notation, Suspect, Verdict, is_han};
use crate::base::blank::{self, Lack};
use crate::base::lexicon::placeholder as lexicon;

/// Letters that are no sign and open no other notation.
pub(super) const TRIGGERS: &[&str] = lexicon::INITIALS;

/// Looks at the letters that start at `at`.
pub(super) fn find(page: &Page<'_>, at: usize) -> Judged {
    /// Bytes of the longest run that is looked at.
    const LONGEST: usize = 12;
    let latin = |c: char| c.is_ascii_alphanumeric();
    // Within a word nothing is looked at again.
    if page.text[..at].ends_with(|c: char| latin(c) || matches!(c, '.' | '-' | '_' | '/' | '@' | '+')) {
        return Judged::none(at + 1);
    }
    let text = &page.text[at..page.text.floor_char_boundary(at + LONGEST)];
    let end = at + text.find(|c| !latin(c)).unwrap_or(text.len());
    let Some(first) = text.chars().next() else { return Judged::none(at + 1) };
    let mut word = &page.text[at..end];
    // `b.b` is one figure.
    if let Some(rest) = text[end - at..].strip_prefix('.') {
        let len = rest.find(|c| c != first).unwrap_or(rest.len());
        if len > 0 {
            word = &page.text[at..=end + len];
        }
    }
    let end = at + word.len();
    if !word.chars().all(|c| c == first || c == '.') {
        return Judged::none(at + 1);
    }
    let suspect = judge(page, at, end, word).map(|(verdict, lack)| Suspect {
        range: at..end,
        verdict,
        lack,
        notation: Notation::Initial,
    });
    Judged { suspect, resume: end }
}

fn judge(page: &Page<'_>, at: usize, end: usize, word: &str) -> Option<(Verdict, Lack)> {
    if let Some(found) = person(page, at, end, word) {
        return Some(found);
    }
    // DD日前 after 月: 日前 is a word elsewhere.
    let by_day = page.before(at).ends_with('月') && page.after(end).starts_with('日');
    let (lack, unit) = if by_day { (Lack::Day, "日") } else { blank::unit(page.after(end))? };
    if !unit.starts_with(is_han) && unit != "%" || page.in_form(at) {
        return None;
    }
    let letters = word.trim_end_matches('.').len();
    let dated = match lack {
        Lack::Year => letters == 4 && word.starts_with(['Y', 'y']),
        Lack::Month => letters == 2 && word.starts_with(['M', 'm']),
        Lack::Day => letters == 2 && word.starts_with(['D', 'd']),
        _ => false,
    };
    if dated {
        return Some((Verdict::Sure, lack));
    }
    let measure = lack == Lack::Number && !lexicon::GRADES.contains(&unit);
    let after_han = page.left(at).ends_with(is_han);
    if measure && letters >= 2 && after_han {
        return Some((Verdict::Sure, lack));
    }
    // 每餐收费M元, in a draft that shows others
    if measure && letters == 1 && after_han && word.starts_with(|c: char| c.is_ascii_uppercase()) {
        return Some((Verdict::Among, lack));
    }
    // P镇, A公司; A区 and B座 are addresses.
    let place = lack == Lack::Place && lexicon::NAMED_PLACES.contains(&unit)
        || lack == Lack::Name && lexicon::ANONYMOUS_BODIES.contains(&unit)
        || lack == Lack::Name && unit == "企业";
    (letters == 1 && place && word.starts_with(|c: char| c.is_ascii_uppercase()))
        .then_some((Verdict::Among, lack))
}

/// D先生, 副镇长F、G任副组长, 邀请县领导H出席: one capital letter where a person's name belongs.
fn person(page: &Page<'_>, at: usize, end: usize, word: &str) -> Option<(Verdict, Lack)> {
    if word.len() != 1 || !word.starts_with(|c: char| c.is_ascii_uppercase()) || page.in_form(at) {
        return None;
    }
    let (left, after) = (page.left(at), page.after(end));
    let unit = blank::unit(after).is_some_and(|(lack, w)| lack == Lack::Person && w != "常务");
    let mut head = left;
    while let Some(rest) =
        head.strip_suffix('、').and_then(|h| h.strip_suffix(|c: char| c.is_ascii_uppercase()))
    {
        head = rest;
    }
    let titled = head.ends_with("领导") || lexicon::TITLES.iter().any(|t| head.ends_with(t));
    let goes_on =
        after.is_empty() || after.starts_with(|c: char| is_han(c) || matches!(c, '、' | '，' | '。'));
    (unit || titled && goes_on).then_some((Verdict::Among, Lack::Person))
}
