//! Lists by 、 that name one thing twice: 教育、医疗、养老、教育.
//!
//! Where the first item begins and the last one ends, the marks do not say: 统筹教育、…、教育等. So the first is
//! compared by its end, where a known verb stands before it, and the last by its beginning, where a known word
//! stands behind it.

use std::ops::Range;
use std::sync::LazyLock;

use super::{Page, hit};
use crate::base::Text;
use crate::base::han::{is_counting, is_han};
use crate::base::lexicon::term_clash as lexicon;
use crate::base::words::Words;
use crate::model::Finding;
use crate::text;

/// Characters of an item.
const LONGEST: usize = 6;

/// The item of a stretch between two marks: its bytes.
type Item = Range<usize>;

pub(super) fn find(page: &Page<'_>) -> Vec<Finding> {
    let text = page.text;
    let mut found = Vec::new();
    let mut settled = 0;
    for at in memchr::memmem::find_iter(text.as_bytes(), "、".as_bytes()) {
        if at < settled {
            continue;
        }
        let items = row(text, at);
        settled = items.last().map_or(at + 1, |last| last.end.max(at + 1));
        if items.len() >= 3 {
            found.extend(repeated(page, &items));
        }
    }
    found.extend(clauses(page));
    found
}

/// 信访接待下基层，信访接待下基层: a clause twice on end, where the list had another.
fn clauses(page: &Page<'_>) -> Vec<Finding> {
    /// Characters from which a clause is no exclamation.
    const LEAST: usize = 6;
    let text = page.text;
    let mut found = Vec::new();
    let mut from = 0;
    for at in memchr::memmem::find_iter(text.as_bytes(), "，".as_bytes()) {
        let head = &text[from..at];
        let start = head
            .char_indices()
            .rev()
            .find(|(_, c)| !is_han(*c))
            .map_or(from, |(i, c)| from + i + c.len_utf8());
        from = at + '，'.len_utf8();
        let (clause, rest) = (&text[start..at], &text[from..]);
        let range = start..from + clause.len();
        let closes = rest.strip_prefix(clause).is_some_and(|r| r.starts_with(['。', '；', '，', '\n']));
        if !closes || clause.chars().count() < LEAST || page.is_quoted(&range) {
            continue;
        }
        let message = text!("“{clause}”连写了两遍", "“{clause}” stands twice on end");
        let help = Text::fixed("删去一遍，或改成漏了的一项", "take one out, or put in what was meant");
        found.push(hit(range, message, help));
    }
    found
}

/// What parts items from one another or ends a row.
fn ends(c: char) -> bool {
    !is_han(c)
}

/// The row in which the mark at `at` is the first. A long stretch between two marks ends one row and opens
/// another: 登记、转送、交办而未按规定登记、转送、交办.
fn row(text: &str, at: usize) -> Vec<Item> {
    let mark = '、'.len_utf8();
    let head = &text[..at];
    let near = head.char_indices().rev().take(LONGEST * 2);
    let start = near.take_while(|(_, c)| !ends(*c)).last().map_or(at, |(i, _)| i);
    let mut items = vec![first(text, start..at)];
    let mut from = at + mark;
    loop {
        let rest = &text[from..];
        let end = rest.find(ends).unwrap_or(rest.len());
        let whole = from..from + end;
        let words = &text[whole.clone()];
        if rest[end..].starts_with('、') && words.chars().count() <= LONGEST && !words.contains('等') {
            items.push(whole);
            from += end + mark;
            continue;
        }
        items.extend(last(text, whole));
        return items;
    }
}

/// The first item without the verb before it: 教育 of 统筹教育.
fn first(text: &str, range: Item) -> Item {
    let words = &text[range.clone()];
    static LEADS: LazyLock<Words<'static>> = LazyLock::new(|| Words::of(lexicon::LEADS.iter().copied()));
    let lead = LEADS.every(words).map(|found| found.range.end).filter(|end| *end < words.len()).max();
    range.start + lead.unwrap_or(0)..range.end
}

/// The last items without what stands behind them: 教育 of 教育等, 甲 and 乙 of 甲和乙.
fn last(text: &str, range: Item) -> Vec<Item> {
    let words = &text[range.clone()];
    static TAILS: LazyLock<Words<'static>> = LazyLock::new(|| Words::of(lexicon::TAILS.iter().copied()));
    let tail = TAILS.every(words).map(|found| found.range.start).find(|at| *at > 0);
    let words = &words[..tail.unwrap_or(words.len())];
    let range = range.start..range.start + words.len();
    let joint = words.find('和').filter(|at| *at > 0 && words[..*at].chars().count() <= LONGEST);
    match joint {
        Some(at) => vec![range.start..range.start + at, range.start + at + '和'.len_utf8()..range.end],
        None => vec![range],
    }
}

/// An item that the row names before it, and no figure of speech.
fn repeated(page: &Page<'_>, items: &[Item]) -> Option<Finding> {
    let text = page.text;
    let words: Vec<&str> = items.iter().map(|i| &text[i.clone()]).collect();
    let single = words[1..words.len() - 1].iter().all(|w| w.chars().count() == 1);
    let least = if single && words.len() >= 4 { 1 } else { 2 };
    // 办好教育、医疗、养老、教育: where no known verb tells, the first item is heard by its end.
    let opens = |w: &str| w.chars().count() >= 2 && words[0].ends_with(w);
    let (index, first) = words.iter().enumerate().skip(1).find_map(|(i, w)| {
        let fits = (least..=LONGEST).contains(&w.chars().count());
        let inner = i >= 2 && i + 1 < words.len() && opens(w);
        let before = words[..i].iter().position(|before| before == w).or(inner.then_some(0))?;
        fits.then_some((i, before))
    })?;
    let word = words[index];
    // 加油、加油、加油; 一、二、一; 第一、第二、第二: no list of things.
    let alike = words.iter().filter(|w| **w == word).count();
    let numeral = word.starts_with('第') || word.chars().all(|c| is_counting(c) || matches!(c, '零' | '〇'));
    if alike == words.len() || numeral || page.is_quoted(&items[index]) {
        return None;
    }
    let message = text!("列举里“{word}”出现了两次", "the list names “{word}” twice");
    let help = Text::fixed("删去重复的一项，或改成漏了的一项", "take one out, or put in what was meant");
    let start = items[first].end - word.len();
    Some(hit(start..items[index].end, message, help))
}
