//! Stand-in characters (替代字符): `x` `×` `*` `_` `○` `□` in place of a name, number or date.
//!
//! The same characters are letters, multiplication signs, footnote marks, list bullets and boxes
//! to tick. What decides is the company that they keep: a measure word or an office after them, a
//! 第 before them, Chinese on both sides. A single sign between punctuation is only believed in a
//! document that has shown what it uses the sign for.
//!
//! Here the company is looked at and what all signs have in common is judged; `by_sign` has what
//! tells a blank for each sign, `itself` how it is seen that a sign means itself.

mod by_sign;
mod itself;

use std::ops::Range;

use super::page::Page;
use super::{Judged, Notation, Suspect, Verdict, is_han};
use crate::base::blank::{self, Lack, Sign};
use crate::base::lexicon::placeholder as lexicon;

/// Characters that may open a run.
pub(super) const TRIGGERS: &[&str] = &[
    "x", "X", "х", "Х", "ⅹ", "×", "✕", "✖", "╳", "⨯", "✗", "✘", "*", "∗", "﹡", "✱", "_", "﹍", "﹏", "○",
    "◯", "●", "□", "■", "△", "▲", "◇", "◆", "▢", "※", "☆", "█", "▇", "◎",
];

/// A run of stand-ins and its company.
struct Signs<'p> {
    page: &'p Page<'p>,
    sign: Sign,
    range: Range<usize>,
    /// Signs in the run; a decimal point does not count.
    count: usize,
    /// The clause before and after, past a blank or two.
    left: &'p str,
    right: &'p str,
    /// The characters right beside the run.
    prev: Option<char>,
    next: Option<char>,
    /// What follows, seen past `、*、*` and `-x`: the unit that the whole row shares.
    unit: Option<Lack>,
    /// The same, only where no common word opens like the unit.
    strict_unit: Option<Lack>,
}

/// Looks at the run that starts at `at`.
pub(super) fn find(page: &Page<'_>, at: usize) -> Judged {
    let Some(sign) = page.text[at..].chars().next().and_then(Sign::of) else { return Judged::none(at + 1) };
    let mut range = page.run(at, sign);
    // `xx.x`, `**.*`: one number.
    while let Some(rest) = page.text[range.end..].strip_prefix('.')
        && rest.chars().next().and_then(Sign::of) == Some(sign)
    {
        range.end = page.run(range.end + 1, sign).end;
    }
    let resume = range.end;
    let Some(range) = without_markup(page, range) else { return Judged::none(resume) };
    let (before, after) = (page.before(range.start), page.after(range.end));
    let (left, right) = (page.left(range.start), page.right(range.end));
    let company = past_row(after, right, sign);
    let signs = Signs {
        page,
        sign,
        count: page.text[range.clone()].chars().filter(|&c| Sign::of(c).is_some()).count(),
        // The backslash of an escape is not beside the sign, what stands before it is.
        prev: before
            .chars()
            .nth_back(usize::from(before.ends_with('\\') && page.mask(range.start - 1).is_some())),
        next: after.chars().next().filter(|&c| c != '\\' || page.mask(range.end).is_none()),
        unit: blank::before(company).map(|u| u.0),
        strict_unit: blank::unit(company).map(|u| u.0),
        left,
        right,
        range,
    };
    let Some((verdict, range)) = signs.judge() else { return Judged::none(resume) };
    let lack = signs.lack(&range);
    Judged { suspect: Some(Suspect { range, verdict, lack, notation: Notation::StandIn(sign) }), resume }
}

/// What is left of a run when the signs at its ends that are markup are taken off.
fn without_markup(page: &Page<'_>, mut range: Range<usize>) -> Option<Range<usize>> {
    if !page.text[range.clone()].starts_with(['*', '_']) {
        return Some(range);
    }
    while !range.is_empty() && page.is_markup(range.start) {
        range.start += 1;
    }
    while !range.is_empty() && page.is_markup(range.end - 1) {
        range.end -= 1;
    }
    (!range.is_empty()).then_some(range)
}

/// `right` past further members of a row of blanks: of `、*、*位同志` the unit is 位.
fn past_row<'t>(after: &'t str, right: &'t str, sign: Sign) -> &'t str {
    let mut rest = if after.len() > right.len() && right.chars().next().and_then(Sign::of) == Some(sign) {
        after
    } else {
        right
    };
    for _ in 0..16 {
        let next = rest.trim_start_matches([
            '、', '，', ',', '/', '-', '—', '－', '~', '～', '至', '到', '和', '或', '与', '及', '.', ' ',
        ]);
        let stripped = next.trim_start_matches(|c| Sign::of(c) == Some(sign));
        if next.len() == rest.len() || stripped.len() == next.len() {
            break;
        }
        rest = stripped;
    }
    rest
}

impl Signs<'_> {
    /// How sure, and the words that are meant; `None` where the signs mean themselves.
    fn judge(&self) -> Option<(Verdict, Range<usize>)> {
        let at = self.range.start;
        if self.page.in_annex(at) || self.sign == Sign::Line && self.count == 1 && self.page.in_form(at) {
            return None;
        }
        if self.prev.is_some_and(|c| c.is_ascii_digit()) {
            return self.after_digits();
        }
        if self.is_latin() || self.is_name_of_file() || self.is_mentioned() {
            return None;
        }
        let verdict = if self.next.is_some_and(|c| c.is_ascii_digit()) {
            self.before_digits()
        } else if self.is_operator() {
            None
        } else if self.left.ends_with('第') && (self.unit.is_some() || self.right_is_han()) {
            Some(Verdict::Sure)
        } else {
            match self.sign {
                Sign::Letter => self.letter(),
                Sign::Cross => self.cross(),
                Sign::Star => self.star(),
                Sign::Line => self.line(),
                Sign::Circle => self.circle(),
                Sign::Shape => self.shape(),
            }
        }?;
        Some((verdict, self.range.clone()))
    }

    /// `20xx年`, `202x`, `1xx家`: the digits belong to the blank. `415X`, `3×4` and `138****5678`
    /// are no blanks.
    fn after_digits(&self) -> Option<(Verdict, Range<usize>)> {
        let before = self.page.before(self.range.start);
        let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let range = self.range.start - digits..self.range.end;
        let words = &self.page.text[range.start..self.range.start];
        let head = &before[..before.len() - digits];
        let latin = |c: char| c.is_ascii_alphanumeric();
        if self.next.is_some_and(|c| latin(c) || matches!(c, '×' | '(' | '=' | '+' | '^' | '*'))
            || head.ends_with(latin)
        {
            return None;
        }
        let year = match digits {
            1 => matches!(words, "1" | "2") && self.count == 3,
            2 => matches!(words, "19" | "20") && self.count == 2,
            3 => (words.starts_with("19") || words.starts_with("20")) && self.count == 1,
            _ => false,
        };
        let dated = ["年", "学年", "级", "届"].iter().any(|w| self.right.starts_with(w));
        if year && (dated || self.sign == Sign::Letter || digits < 3 && self.next != Some('/')) {
            return Some((Verdict::Sure, range));
        }
        // `20*年`, `20×年`: too few signs, and still a year.
        let stub = matches!(words, "19" | "20") && self.right.starts_with('年');
        let counted = self.strict_unit.is_some_and(Lack::is_figure)
            && !self.right.starts_with(|c: char| c.is_ascii_alphabetic());
        // 电话：0871-62xxxxxx
        let dialled = self.count >= 2 && digits <= 2 && words.starts_with('0') && self.next == Some('-');
        let number = dialled
            || self.count >= 3 && digits <= 4 && matches!(self.sign, Sign::Letter | Sign::Cross | Sign::Star);
        (stub || counted && self.sign != Sign::Shape || number).then_some((Verdict::Sure, range))
    }

    /// `××2026年政府工作报告`: the name of the place is missing before the year.
    fn before_digits(&self) -> Option<Verdict> {
        let after = self.page.after(self.range.end);
        let digits = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let year = digits == 4
            && after[4..].starts_with('年')
            && (after.starts_with("19") || after.starts_with("20"));
        let bullet = matches!(self.sign, Sign::Circle | Sign::Shape | Sign::Line) && self.count == 1;
        // 投资xx458万元
        let unit = blank::unit(&after[digits..]).is_some_and(|u| u.0 == Lack::Number);
        if self.count >= 2 && unit && digits > 0 && self.left_is_han() && self.sign != Sign::Shape {
            return Some(Verdict::Sure);
        }
        let named = self.count >= 2 || self.prev.is_some_and(is_han);
        (year && named && !bullet && self.left.chars().next_back().is_none_or(|c| is_han(c) || !c.is_ascii()))
            .then_some(Verdict::Sure)
    }

    /// What the words around a single sign allow.
    fn by_company(&self) -> Option<Verdict> {
        if self.unit.is_some() || ends_in_office(self.left) && self.next.is_none_or(|c| c != '”') {
            return Some(Verdict::Sure);
        }
        let (left, right) = (self.left_is_han(), self.right_is_han());
        let wanted = blank::wants_number(self.left);
        match (left, right) {
            (true, true) => Some(Verdict::Sure),
            (true, false) if wanted && self.next.is_none_or(|c| !matches!(c, '”' | '"')) => {
                Some(Verdict::Sure)
            }
            (false, true) => Some(if self.prev.is_none_or(is_mark) { Verdict::Look } else { Verdict::Among }),
            // Alone in its cell or on its line.
            _ if self.prev.is_none() && (self.right.is_empty() || self.next == Some('\t')) => None,
            _ => Some(Verdict::Among),
        }
    }

    /// Whether years are counted and none is named.
    fn is_span(&self) -> bool {
        let after = self.right.strip_prefix('年').unwrap_or(self.right);
        lexicon::SPANS.iter().any(|w| after.starts_with(w))
            || lexicon::BEFORE_SPANS.iter().any(|w| self.left.ends_with(w))
    }

    /// Whether places are counted: 现辖x镇x乡.
    fn is_counted(&self) -> bool {
        let mut left = self.left;
        for _ in 0..8 {
            if lexicon::GOVERNS.iter().any(|w| left.ends_with(w)) {
                return true;
            }
            let Some(at) = left.rfind(|c| Sign::of(c) == Some(self.sign)) else { return false };
            let behind = &left[at + left[at..].chars().next().map_or(1, char::len_utf8)..];
            let unit = blank::before(behind.trim_end_matches(['、', '，', '和', '及']));
            if !unit.is_some_and(|(lack, _)| lack == Lack::Place) {
                return false;
            }
            left = left[..at].trim_end_matches(|c| Sign::of(c) == Some(self.sign));
        }
        false
    }

    fn left_is_han(&self) -> bool {
        self.left.chars().next_back().is_some_and(is_han)
    }

    fn right_is_han(&self) -> bool {
        self.right.chars().next().is_some_and(is_han)
    }

    /// What is missing, from the nearest words that tell.
    fn lack(&self, range: &Range<usize>) -> Lack {
        if range.start < self.range.start {
            return if self.right.starts_with('年')
                || self.page.text[range.clone()].len() <= 4 && self.unit.is_none()
            {
                Lack::Year
            } else {
                Lack::Number
            };
        }
        if self.left.ends_with('第') && self.unit.is_none_or(Lack::is_figure) {
            return Lack::Ordinal;
        }
        match self.unit {
            // 通过xx年左右的努力, 现辖x镇x乡
            Some(Lack::Year) if self.is_span() => Lack::Number,
            Some(Lack::Place) if self.is_counted() => Lack::Number,
            Some(lack) => lack,
            None if ends_in_office(self.left) => Lack::Person,
            None if blank::wants_number(self.left) && !self.right_is_han() => Lack::Number,
            None if self.left_is_han() || self.right_is_han() => Lack::Name,
            None => Lack::Unknown,
        }
    }
}

/// Whether an office ends here, whose holder's name would follow: 县委书记×同志.
fn ends_in_office(left: &str) -> bool {
    lexicon::TITLES.iter().any(|o| left.trim_end_matches(['：', ':']).ends_with(o))
}

/// Punctuation of Chinese prose.
fn is_mark(c: char) -> bool {
    "，。、；：？！“”（）《》,;:()\"…—".contains(c)
}
