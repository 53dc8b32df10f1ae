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
    &["#", "＃", "?", "？", "——", "--", "－－", "00", "N", "n", "OO", "〇", "@@", "&&", "^^"];

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
    if let Some(suspect) = without_unit(page, range.clone(), first, left, right) {
        let resume = suspect.range.end;
        return Judged { suspect: Some(suspect), resume };
    }
    let unit = match first {
        _ if by_day => Some((Lack::Day, "日")),
        // 〇〇县人民政府
        '〇' if len > first.len_utf8() => blank::before(right),
        _ => blank::unit(right),
    };
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
                let numeral = |c: char| "一二三四五六七八九十百千第".contains(c) || joins(c) && c != '.';
                let named = matches!(self.lack, Lack::Place | Lack::Person)
                    || figure && (self.is_of_date() || self.first == '〇');
                let alone = !self.prev.is_some_and(numeral);
                if count == 1 {
                    let dated = matches!(self.word, "月" | "日" | "年") && self.first == '〇';
                    return (dated && alone).then_some(Verdict::Sure);
                }
                (named && alone).then_some(Verdict::Sure)
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
        // 自筹？万元, 控制在？分钟以内, 在？月？日前
        let money = lexicon::SURE_UNITS.contains(&self.word) && self.word.len() > '月'.len_utf8();
        let next = &self.right[self.word.len()..];
        let dated = self.word == "月"
            && next.starts_with(|c: char| "？?日底初上中下份".contains(c) || c.is_ascii_digit());
        let within = ["以内", "之内", "以上", "以下"].iter().any(|w| next.starts_with(w));
        if self.count == 1
            && !asked
            && (money || dated && left.ends_with(['在', '于', '至', '到', '，']) || within)
        {
            return left.ends_with(is_han) || dated;
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
        // 县财政安排——万元。
        let closed = next.chars().next().is_none_or(|c| !is_han(c) && !c.is_alphanumeric());
        if self.count == 2 && closed && self.after_han && lexicon::SURE_UNITS.contains(&self.word) {
            return self.figure && !self.is_of_date();
        }
        let long = self.count >= 4 && self.figure && (self.after_han || self.page.opens_line(self.at));
        dated && row || percent || long
    }
}

/// What is seen without a unit: 电话：—————, 热线###-#######, 局长？？？, 按？：？的比例, 202〇年, 〇政函.
fn without_unit(
    page: &Page<'_>,
    range: std::ops::Range<usize>,
    first: char,
    left: &str,
    right: &str,
) -> Option<Suspect> {
    let count = page.text[range.clone()].chars().count();
    let after_han = left.ends_with(is_han);
    let ends = right.trim().is_empty() || right.starts_with(['）', ')', '，', '。', '；', '　']);
    let titled = || lexicon::TITLES.iter().any(|t| left.ends_with(t));
    let suspect = |range, verdict, lack| Some(Suspect { range, verdict, lack, notation: Notation::Figure });
    match first {
        '#' | '＃' if count >= 3 && after_han => {
            let more = page.text[range.end..].find(|c| !matches!(c, '#' | '＃' | '-' | '—')).unwrap_or(0);
            suspect(range.start..range.end + more, Verdict::Sure, Lack::Number)
        }
        '—' | '-' | '－' if count >= 3 && ends => {
            let label = left.strip_suffix(['：', ':'])?;
            let field = lexicon::FIELD_NAMES.iter().any(|f| label.ends_with(f));
            field.then(|| suspect(range, Verdict::Sure, Lack::Unknown))?
        }
        '?' | '？' if count >= 2 && titled() => suspect(range, Verdict::Sure, Lack::Person),
        '?' | '？' => {
            let both = right.strip_prefix(['：', ':'])?.strip_prefix(first)?.starts_with(is_han);
            let end = range.end + page.text[range.end..].find(first)? + first.len_utf8();
            (both && after_han).then(|| suspect(range.start..end, Verdict::Look, Lack::Number))?
        }
        '〇' => zero(page, range, count),
        // 202N年底
        'N' | 'n' => {
            let before = page.before(range.start);
            let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
            let stem = &before[before.len() - digits..];
            let year = digits + count == 4 && (stem.starts_with("20") || stem.starts_with("19"));
            let dated = year && right.starts_with('年');
            dated.then(|| suspect(range.start - digits..range.end, Verdict::Sure, Lack::Year))?
        }
        _ => None,
    }
}

/// 〇 is the numeral zero where other numerals stand beside it.
fn zero(page: &Page<'_>, range: std::ops::Range<usize>, count: usize) -> Option<Suspect> {
    let (before, after) = (page.before(range.start), page.after(range.end));
    let suspect = |start, verdict, lack| {
        Some(Suspect { range: start..range.end, verdict, lack, notation: Notation::Figure })
    };
    let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    if digits > 0 {
        let stem = &before[before.len() - digits..];
        let year = digits + count == 4 && (stem.starts_with("20") || stem.starts_with("19"));
        let dated = year && after.starts_with(['年', '〕', ']']);
        return dated.then(|| suspect(range.start - digits, Verdict::Sure, Lack::Year))?;
    }
    let numeral = |c: Option<char>| {
        c.is_some_and(|c| {
            "零一二三四五六七八九十百千万亿第○".contains(c) || c.is_alphanumeric() && !is_han(c)
        })
    };
    let (prev, next) = (before.chars().next_back(), after.chars().next());
    let beside =
        next.is_some_and(is_han) || prev.is_some_and(is_han) || matches!(prev, Some('：' | '、' | '“'));
    // The unit decides where there is one.
    if numeral(prev) || numeral(next) || !beside || blank::before(page.right(range.end)).is_some() {
        return None;
    }
    suspect(range.start, Verdict::Among, Lack::Name)
}

/// Whether a sign right behind this is a part of a number or of a Latin word.
fn joins(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | ',' | ':' | '：' | '-' | '+' | '%' | '×' | '/')
}
