//! What follows from what (连带): values that are computed from other values of the same sentence.
//!
//! A weekday hangs on its date, a growth on its amount, a share on part and whole, a move on its ranks, a count
//! on the list that it counts. A bond is seen only where the words say so and, wherever last year's paper has
//! all of its terms, where last year's values obey it: silence beats a guess. What follows is offered and
//! never put in.

use std::ops::Range;

use crate::base::clause;
use crate::base::figures::{Figure, figures};
use crate::base::han::{Date, is_han, parse_numeral};
use crate::base::pattern::pattern;
use crate::base::when;
use crate::model::Manuscript;
use crate::rules::listed_items;
use crate::rules::yearly::{Kind, Stretch};

/// What a value is computed from; rows are counted from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Bond {
    /// 增长26.1%: from last year's value of a row to this year's.
    Growth { of: usize },
    /// 占比48.3%: the share of one row in another.
    Share { part: usize, whole: usize },
    /// 上升2位: from one rank to another; from last year's value of the row where only one is said.
    Moved { from: Option<usize>, to: usize },
    /// 星期四: of a date, in this year where the date names none.
    Weekday { date: usize, year: u16 },
    /// 3个: how many members a list has; whether 和 joins two of them.
    Count { list: usize, joined: bool },
}

/// A text with its stretches, each with the row that it belongs to so far.
pub(super) struct Sight<'s> {
    pub text: &'s str,
    pub stretches: &'s [Stretch],
    pub row_of: &'s [usize],
    /// The year of the text.
    pub base: Option<u16>,
    /// How many years lie between it and the new one.
    pub years: u16,
}

/// Ups and downs in a rank, by pairs.
pub(super) const MOVES: [(&str, &str); 5] =
    [("上升", "下降"), ("前移", "后移"), ("提升", "下滑"), ("前进", "后退"), ("进", "退")];

pattern! {
    /// （星期四） behind a date: the group is the weekday. 周四 only in brackets, since 周 is a name too.
    static WEEKDAY = r"^[ 　]*(?:[（(，,]?[ 　]*((?:星期|礼拜)[一二三四五六日天])|[（(][ 　]*(周[一二三四五六日])[ 　]*[）)，,])";
}

/// The stretches with those that are of this year only by what stands beside them: weekdays, and lists whose
/// members are counted.
pub(super) fn with_company(manuscript: &Manuscript, mut stretches: Vec<Stretch>) -> Vec<Stretch> {
    let text = manuscript.text();
    let mut more = Vec::new();
    for stretch in &stretches {
        let company = match stretch.kind {
            Kind::Date => weekday_behind(text, &stretch.range).map(|range| (range, Kind::Date)),
            Kind::Figure => list_of(text, &stretch.range).map(|(range, _)| (range, Kind::List)),
            _ => None,
        };
        more.extend(company.map(|(range, kind)| Stretch { range, kind }));
    }
    more.retain(|new| {
        let at = stretches.partition_point(|s| s.range.end <= new.range.start);
        stretches.get(at).is_none_or(|s| new.range.end <= s.range.start)
    });
    stretches.extend(more);
    stretches.sort_by_key(|s| s.range.start);
    stretches.dedup_by(|later, earlier| later.range.start < earlier.range.end);
    stretches
}

fn weekday_behind(text: &str, date: &Range<usize>) -> Option<Range<usize>> {
    let found = WEEKDAY.captures(&text[date.end..])?;
    let said = found.get(1).or_else(|| found.get(2))?;
    Some(date.end + said.start()..date.end + said.end())
}

/// A number and what is behind it: 3 and 个, 三 and 位.
pub(super) fn counted(value: &str) -> Option<(usize, &str)> {
    let numeral = |c: char| c.is_ascii_digit() || parse_numeral(c.encode_utf8(&mut [0; 4])).is_some();
    let (number, unit) = value.split_at(value.find(|c| !numeral(c)).unwrap_or(value.len()));
    Some((number.parse().ok().or_else(|| parse_numeral(number))?, unit))
}

/// The list whose members a figure counts, and whether 和 joins two of them: 甲、乙、丙3个, 3个村（甲、乙、丙）.
/// `None` where the figure is another one than the list has members.
fn list_of(text: &str, figure: &Range<usize>) -> Option<(Range<usize>, bool)> {
    let (number, unit) = counted(&text[figure.clone()])?;
    // A phase, a rank and a turn count nothing: 厂房、宿舍二期.
    let counts = unit.starts_with(is_han)
        && !unit.starts_with(['万', '亿', '元', '年', '月', '期', '次', '位', '届', '轮', '分']);
    if !(2..=30).contains(&number) || !counts {
        return None;
    }
    // Of two before it the second is as often no member: 抓住一条主线、办好两件大事.
    let before = list_before(text, figure.start).filter(|_| number > 2);
    [list_behind(text, figure.end), before].into_iter().flatten().find_map(|range| {
        let (least, most) = listed_items(&text[range.clone()])?;
        let is_all = number == least || number == most;
        is_all.then_some((range, number == most))
    })
}

/// 3个示范村（甲村、乙村、丙村）, 3个示范村：甲村、乙村、丙村。
fn list_behind(text: &str, end: usize) -> Option<Range<usize>> {
    /// Characters of what is counted.
    const NOUN: usize = 10;
    const OPENS: [&str; 7] = ["（", "(", "：", ":", "，即", "，分别是", "，分别为"];
    let rest = &text[end..];
    let noun: usize = rest.chars().take(NOUN).take_while(|c| is_han(*c)).map(char::len_utf8).sum();
    let opens = OPENS.into_iter().find(|open| rest[noun..].starts_with(open))?;
    let from = end + noun + opens.len();
    let ends: &[char] = if matches!(opens, "（" | "(") { &['）', ')'] } else { &['。', '；', '\n'] };
    let list = &text[from..from + text[from..].find(ends)?];
    (!list.contains(['。', '；', '，', ',', '\n'])).then_some(from..from + list.len())
}

/// 甲村、乙村、丙村3个示范村; not what stands before the first member.
fn list_before(text: &str, start: usize) -> Option<Range<usize>> {
    const DOES: [&str; 8] = ["建成", "新建", "实施", "完成", "打造", "推进", "开展", "涉及"];
    let clause = clause::behind(text, start);
    let end = start - clause.len() + clause.trim_end_matches(['等', '共', '这', '”', ' ']).len();
    let list = text[start - clause.len()..end].rsplit(['“', '（', '(']).next()?;
    let first = list.split('、').next()?;
    let verb = DOES.iter().filter_map(|verb| Some(first.rfind(verb)? + verb.len())).max().unwrap_or(0);
    list[verb..].contains('、').then_some(end - list.len() + verb..end)
}

impl Sight<'_> {
    fn words(&self, index: usize) -> &str {
        &self.text[self.stretches[index].range.clone()]
    }

    /// The figure of a stretch, if it is one.
    fn figure(&self, index: usize) -> Option<Figure> {
        figures(self.words(index)).into_iter().next().filter(|_| self.stretches[index].kind == Kind::Figure)
    }

    /// The stretches of the sentence round a stretch.
    fn sentence(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        let sentence = clause::sentence(self.text, self.stretches[index].range.clone());
        let from = self.stretches.partition_point(|s| s.range.start < sentence.start);
        (from..self.stretches.len()).take_while(move |&i| self.stretches[i].range.end <= sentence.end)
    }

    /// What the stretch follows from.
    pub(super) fn bond(&self, index: usize) -> Option<Bond> {
        match self.stretches[index].kind {
            Kind::Date => self.weekday(index),
            Kind::Figure if self.says_share(index) => self.share(index),
            Kind::Figure => self.moved(index).or_else(|| self.growth(index)).or_else(|| self.count(index)),
            _ => None,
        }
    }

    fn weekday(&self, index: usize) -> Option<Bond> {
        let before = index.checked_sub(1)?;
        let range = weekday_behind(self.text, &self.stretches[before].range)?;
        let base = self.base?;
        let is_so = range == self.stretches[index].range
            && weekday(self.words(before), base).is_some_and(|day| self.words(index).ends_with(day));
        is_so.then(|| Bond::Weekday { date: self.row_of[before], year: base + self.years })
    }

    /// 上年 and the like may stand between a growth and its amount.
    fn growth(&self, index: usize) -> Option<Bond> {
        /// Bytes between the two.
        const FARTHEST: usize = 60;
        let is_growth = |figure: &Figure| figure.is_percent() || figure.is_points();
        let range = &self.stretches[index].range;
        self.figure(index).filter(is_growth)?;
        let before = (0..index).rev().find(|&i| self.stretches[i].kind != Kind::Comparison)?;
        let near = range.start.checked_sub(self.stretches[before].range.end)? <= FARTHEST;
        // What is called 增加值 need not have grown.
        let sentence = self.text[clause::sentence(self.text, range.clone())].replace("增加值", "");
        let grew = ["增", "降", "提高", "减"].iter().any(|word| sentence.contains(word));
        let is_amount = self.figure(before).is_some_and(|figure| !is_growth(&figure));
        (self.years == 1 && near && grew && is_amount).then(|| Bond::Growth { of: self.row_of[before] })
    }

    fn says_share(&self, index: usize) -> bool {
        let clause = &self.text[clause::clause(self.text, self.stretches[index].range.clone())];
        self.figure(index).is_some_and(|f| f.is_percent())
            && (clause.contains('占') || clause.contains("比重"))
    }

    /// Of a whole of the sentence, the one that comes to the share: 93.6亿元，其中工业45.2亿元，占48.3%;
    /// 45.2亿元，占全县93.6亿元的48.3%.
    fn share(&self, index: usize) -> Option<Bond> {
        let share = self.figure(index)?;
        let gap = |one: usize, two: usize| {
            &self.text[self.stretches[one].range.end..self.stretches[two].range.start]
        };
        let of = |gap: &str| gap.trim_start_matches(['，', ',', '、', '（', '(', ' ']).starts_with('占');
        let amounts: Vec<(usize, Figure)> = self
            .sentence(index)
            .take_while(|i| *i < index)
            .filter_map(|i| Some((i, self.figure(i)?)))
            .filter(|(_, figure)| !figure.unit.is_empty() && !figure.is_percent() && !figure.is_points())
            .collect();
        let (last, before) = amounts.split_last().filter(|((last, _), _)| last + 1 == index)?;
        let (part, wholes) = match before.last() {
            Some(part) if gap(last.0, index) == "的" && of(gap(part.0, last.0)) => {
                (part, std::slice::from_ref(last))
            }
            _ if of(gap(last.0, index)) => (last, before),
            _ => return None,
        };
        let comes = |(_, whole): &&(usize, Figure)| {
            part.1.unit == whole.unit && part.1.value < whole.value && is_share(&part.1, whole, &share)
        };
        let mut found: Vec<usize> =
            wholes.iter().filter(comes).map(|(whole, _)| self.row_of[*whole]).collect();
        found.dedup();
        let [whole] = *found else { return None };
        Some(Bond::Share { part: self.row_of[part.0], whole })
    }

    /// Two ranks of the sentence that lie so far apart, or one that is compared with last year's.
    fn moved(&self, index: usize) -> Option<Bond> {
        let (steps, unit) = counted(self.words(index))?;
        let range = &self.stretches[index].range;
        let places =
            matches!(unit, "位" | "名") || unit == "个" && self.text[range.end..].starts_with("位次");
        let (up, _) = move_word(&self.text[..range.start]).filter(|_| places)?;
        let ranks: Vec<(usize, usize)> =
            self.sentence(index).filter_map(|i| Some((i, rank(self.words(i))?))).collect();
        match *ranks {
            [(rank, _)] => {
                let words = &self.text[clause::clause(self.text, range.clone())];
                let compared = ["上年", "去年", "同比"].iter().any(|year| words.contains(year));
                (compared && self.years == 1).then(|| Bond::Moved { from: None, to: self.row_of[rank] })
            }
            [one, two] => {
                // The better rank is the smaller number.
                let (from, to) = if (one.1 > two.1) == up { (one, two) } else { (two, one) };
                let is_so = from.1.abs_diff(to.1) == steps && steps > 0;
                is_so.then(|| Bond::Moved { from: Some(self.row_of[from.0]), to: self.row_of[to.0] })
            }
            _ => None,
        }
    }

    fn count(&self, index: usize) -> Option<Bond> {
        let (range, joined) = list_of(self.text, &self.stretches[index].range)?;
        let list = self.stretches.iter().position(|s| s.kind == Kind::List && s.range == range)?;
        Some(Bond::Count { list: self.row_of[list], joined })
    }
}

/// Whether a share is that of a part in a whole, given how each was rounded.
fn is_share(part: &Figure, whole: &Figure, share: &Figure) -> bool {
    let low = (part.value - part.slack) / (whole.value + whole.slack) * 100.0;
    let high = (part.value + part.slack) / (whole.value - whole.slack).max(f64::MIN_POSITIVE) * 100.0;
    (low - share.slack..=high + share.slack).contains(&share.value)
}

/// The number of a rank: 第3位, 第三名.
pub(super) fn rank(value: &str) -> Option<usize> {
    let (number, unit) = counted(value.strip_prefix('第')?)?;
    matches!(unit, "位" | "名" | "位次").then_some(number)
}

/// The word right before a move: whether it is an up, and its place in [`MOVES`].
pub(super) fn move_word(before: &str) -> Option<(bool, usize)> {
    let before = before.trim_end_matches('了');
    MOVES.iter().enumerate().find_map(|(index, (up, down))| {
        let is_up = before.ends_with(up);
        (is_up || before.ends_with(down)).then_some((is_up, index))
    })
}

/// The weekday of a date, in a year where it names none: 四.
pub(super) fn weekday(date: &str, year: u16) -> Option<char> {
    when::date(date).or_else(|| Date::parse(&format!("{year}年{date}")))?.weekday()
}
