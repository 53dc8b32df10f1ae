//! Signs that stand for a figure only right before its unit: `？万元`, `00个`, `#月#日`, `N%`,
//! `——年——月`, `〇〇县`.
//!
//! Nearly everywhere else they are punctuation, zeros and Latin letters, so each must be followed
//! by a unit that no common word opens with, and must not follow what would make it a number.

use super::page::Page;
use super::{Judged, Notation, Suspect, Verdict, is_han};
use crate::base::blank::{self, Lack};
use crate::base::lexicon::placeholder as lexicon;

/// Characters that may open such a sign.
pub(super) const TRIGGERS: &[&str] =
    &["#", "＃", "?", "？", "——", "--", "－－", "00", "N", "n", "OO", "〇〇", "@@"];

/// A sign and the company that it keeps.
struct Company<'p> {
    page: &'p Page<'p>,
    at: usize,
    /// The sign, and how often it stands in a row.
    first: char,
    count: usize,
    /// The character right before.
    prev: Option<char>,
    /// Whether Chinese stands before, past a blank.
    after_han: bool,
    /// What follows, past a blank, and the unit with which it begins.
    right: &'p str,
    word: &'static str,
    lack: Lack,
    /// Whether that is one of figures, and no Latin letter.
    figure: bool,
}

/// Looks at the sign that starts at `at`.
pub(super) fn find(page: &Page<'_>, at: usize) -> Judged {
    let Some(first) = page.text[at..].chars().next() else { return Judged::none(at + 1) };
    let mut len = page.text[at..].find(|c| c != first).unwrap_or(page.text.len() - at);
    // `N.N%`
    if let Some(rest) = page.text[at + len..].strip_prefix('.')
        && rest.starts_with(first)
    {
        len += 1 + rest.find(|c| c != first).unwrap_or(rest.len());
    }
    let range = at..at + len;
    let (left, right) = (page.left(at), page.right(range.end));
    // 〇〇日前 after 月: 日前 is a word elsewhere.
    let by_day =
        left.ends_with('月') && ["日前", "日后", "日起", "日至"].iter().any(|w| right.starts_with(w));
    let unit = if by_day { Some((Lack::Day, "日")) } else { blank::unit(right) };
    let Some((lack, word)) = unit else { return Judged::none(range.end) };
    let company = Company {
        page,
        at,
        first,
        count: len / first.len_utf8(),
        prev: page.before(at).chars().next_back(),
        after_han: left.chars().next_back().is_some_and(is_han) || left.ends_with(['“', '（']),
        right,
        word,
        lack,
        figure: lack.is_figure() && (!word.is_ascii() || word == "%"),
    };
    let suspect = company.verdict().map(|verdict| Suspect {
        range: range.clone(),
        verdict,
        lack,
        notation: if matches!(first, 'N' | 'n') { Notation::Initial } else { Notation::Figure },
    });
    Judged { suspect, resume: range.end }
}

impl Company<'_> {
    fn verdict(&self) -> Option<Verdict> {
        let Self { count, figure, after_han, .. } = *self;
        let apart = !self.prev.is_some_and(joins);
        match self.first {
            // 00后, 00年代 and 10:00 are times.
            '0' => {
                let time = lexicon::TIMES.contains(&self.word);
                (count <= 4 && figure && !time && after_han && apart).then_some(Verdict::Look)
            }
            // 第N次 and N个 are said of any number, and 1+N is spelled out; N% is neither.
            'N' | 'n' => self.any_number(),
            'O' | '〇' => {
                let numeral = |c: char| "一二三四五六七八九十百千第".contains(c) || joins(c);
                let named = matches!(self.lack, Lack::Place | Lack::Person) || figure && self.is_of_date();
                (count >= 2 && named && !self.prev.is_some_and(numeral)).then_some(Verdict::Sure)
            }
            '?' | '？' => (self.is_no_question() && apart).then_some(Verdict::Sure),
            // 一楼#机组 and 3#楼 carry a number beside the sign.
            '#' | '＃' | '@' => (after_han && apart && (figure || count >= 2)).then_some(Verdict::Sure),
            _ => self.is_no_dash().then_some(Verdict::Sure),
        }
    }

    fn any_number(&self) -> Option<Verdict> {
        let apart = !self.prev.is_some_and(|c| joins(c) && c != '：');
        let named = self.lack == Lack::Place && lexicon::NAMED_PLACES.contains(&self.word);
        if !apart
            || self.left_is_ordinal()
            || !(self.figure || named)
            || self.page.in_formula(self.at, self.first)
        {
            return None;
        }
        let certain = self.figure && (self.count >= 2 || lexicon::SURE_UNITS.contains(&self.word));
        if certain && self.count <= 6 && self.after_han {
            return Some(Verdict::Sure);
        }
        (self.count == 1).then_some(Verdict::Among)
    }

    fn left_is_ordinal(&self) -> bool {
        self.page.left(self.at).ends_with(['第', '前', '近', '后'])
    }

    fn is_of_date(&self) -> bool {
        matches!(self.lack, Lack::Year | Lack::Month | Lack::Day)
    }

    /// 完成投资？万元, and not 来了多少人？人人都问.
    fn is_no_question(&self) -> bool {
        let left = self.page.left(self.at);
        let asked = left.chars().next_back().is_some_and(|c| "么吗呢何谁哪几".contains(c));
        // 10月？日, 〔2026〕？号
        if self.is_of_date() && left.ends_with(['月', '年'])
            || self.word.starts_with('号') && left.ends_with(['〕', ']'])
        {
            return true;
        }
        let long = self.count >= 2
            || self.lack == Lack::Ordinal
            || self.word.len() > '人'.len_utf8()
            || !self.word.starts_with(is_han);
        self.figure && !asked && long && (self.count >= 2 || blank::wants_number(left))
    }

    /// 时间：————年——月——日; a dash before 月底 or 年轻 is a dash.
    fn is_no_dash(&self) -> bool {
        let dated = self.is_of_date() && self.word.chars().count() == 1;
        let next = &self.right[self.word.len()..];
        let row = next.starts_with(self.first)
            || self.page.before(self.at).ends_with(['年', '月'])
            || next.trim().is_empty() && self.lack == Lack::Day;
        let percent = self.word == "%" || self.word == "％";
        let long = self.count >= 4 && self.figure && (self.after_han || self.page.opens_line(self.at));
        dated && row || percent || long
    }
}

/// Whether a sign right behind this is a part of a number or of a Latin word.
fn joins(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | ',' | ':' | '：' | '-' | '+' | '%' | '×' | '/')
}
