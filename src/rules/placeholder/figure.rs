//! Signs that stand for a figure only right before its unit: `？万元`, `00个`, `#月#日`, `N%`,
//! `——年——月`, `〇〇县`.
//!
//! Nearly everywhere else they are punctuation, zeros and Latin letters, so each must be followed
//! by a unit that no common word opens with, and must not follow what would make it a number.

use super::page::Page;
use super::{Found, Hit, Notation, Verdict, is_han};
use crate::base::blank::{self, Lack};
use crate::base::lexicon::placeholder as lexicon;

/// Characters that may open such a sign.
pub(super) const TRIGGERS: &[&str] =
    &["#", "＃", "?", "？", "——", "--", "－－", "00", "N", "n", "OO", "〇〇", "@@"];

/// Looks at the sign that starts at `at`.
pub(super) fn find(page: &Page<'_>, at: usize) -> Found {
    let Some(first) = page.text[at..].chars().next() else { return Found::none(at + 1) };
    let len = page.text[at..].find(|c| c != first).unwrap_or(page.text.len() - at);
    let range = at..at + len;
    let count = len / first.len_utf8();
    let before = page.before(at);
    let prev = before.chars().next_back();
    let right = page.right(range.end);
    let after_han =
        page.left(at).chars().next_back().is_some_and(is_han) || page.left(at).ends_with(['“', '（']);
    let Some((lack, word)) = blank::unit(right) else { return Found::none(range.end) };
    let ascii = |c: char| {
        c.is_ascii_alphanumeric() || matches!(c, '.' | ',' | ':' | '：' | '-' | '+' | '%' | '×' | '/')
    };
    let figure = lack.is_figure() && (!word.is_ascii() || word == "%");
    let verdict = match first {
        // 00后, 00年代 and 10:00 are times.
        '0' => {
            let time = lexicon::TIMES.contains(&word);
            (count <= 4 && figure && !time && after_han && !prev.is_some_and(ascii)).then_some(Verdict::Look)
        }
        // 第N次 and N个 are said of any number; N% is not.
        'N' | 'n' => {
            let certain = lexicon::SURE_UNITS.contains(&word);
            (count <= 3 && certain && after_han && !prev.is_some_and(ascii)).then_some(Verdict::Sure)
        }
        'O' | '〇' => {
            let numeral =
                |c: Option<char>| c.is_some_and(|c| "一二三四五六七八九十百千第".contains(c) || ascii(c));
            let named = matches!(lack, Lack::Place | Lack::Person)
                || figure && matches!(lack, Lack::Year | Lack::Month | Lack::Day);
            (count >= 2 && named && !numeral(prev)).then_some(Verdict::Sure)
        }
        '?' | '？' => {
            let asked = page.left(at).chars().next_back().is_some_and(|c| "么吗呢何谁哪几".contains(c));
            let sure = figure
                && !asked
                && (count >= 2
                    || lack == Lack::Ordinal
                    || word.len() > '人'.len_utf8()
                    || !word.starts_with(is_han))
                && (count >= 2 || blank::wants_number(page.left(at)))
                && !prev.is_some_and(ascii);
            sure.then_some(Verdict::Sure)
        }
        // 一楼#机组 and 3#楼 carry a number beside the sign.
        '#' | '＃' | '@' => {
            let sure = after_han && !prev.is_some_and(ascii) && (figure || count >= 2);
            sure.then_some(Verdict::Sure)
        }
        // 时间：————年——月——日; a dash before 月底 or 年轻 is a dash.
        _ => {
            let dated = matches!(lack, Lack::Year | Lack::Month | Lack::Day) && word.chars().count() == 1;
            let next = &right[word.len()..];
            let row = next.starts_with(first)
                || before.ends_with(['年', '月'])
                || next.trim().is_empty() && lack == Lack::Day;
            let percent = word == "%" || word == "％";
            (dated && row || percent || count >= 4 && figure && (after_han || page.opens_line(at)))
                .then_some(Verdict::Sure)
        }
    };
    let hit = verdict.map(|verdict| Hit { range: range.clone(), verdict, lack, notation: Notation::Figure });
    Found { hit, resume: range.end }
}
