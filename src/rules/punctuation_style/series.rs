//! `1、` at the head of a paragraph, which is `1.`, and the lists that such numbers form (编号的列举).
//!
//! Of a list either every number is mended or none: one of both kinds looks worse than before. A number
//! before a digit cannot be told by itself (5、6月 is May and June, and 8.9月 would be something else
//! again), but between its neighbours it is one, and takes a blank: `9. 8个重点镇`.

use crate::base::Text;
use crate::base::han::is_han;
use crate::model::{BlockKind, Finding, Manuscript};

use super::finding;

/// A number with 、 at the head of a paragraph.
struct Number {
    /// The byte of its 、.
    at: usize,
    number: usize,
    /// Whether a digit follows.
    figure: bool,
    /// The last number of its list that stands within the same paragraph; those behind the first are not
    /// for the program to mend.
    last: usize,
    /// Whether its digits have full width, which is another matter.
    full: bool,
}

/// All numbers that take a full stop in place of 、.
pub(super) fn find(manuscript: &Manuscript) -> Vec<Finding> {
    let mut lists: Vec<Vec<Number>> = Vec::new();
    for block in manuscript.blocks().iter().filter(|b| b.kind != BlockKind::Code) {
        let Some(number) = number(manuscript.block_text(block), block.range.start) else { continue };
        let goes_on = |list: &&mut Vec<Number>| list.last().is_some_and(|n| n.last + 1 == number.number);
        match lists.iter_mut().rev().take(DEEPEST).find(goes_on) {
            Some(list) => list.push(number),
            None => lists.push(vec![number]),
        }
    }
    let mut found = Vec::new();
    for list in &lists {
        let whole = (0..list.len()).all(|index| is_sure(list, index));
        for number in list.iter().filter(|n| !n.full && (whole || !n.figure)) {
            let message =
                Text::fixed("阿拉伯数字序号后用“.”，不用“、”", "an Arabic number takes . after it, not 、");
            let mut one =
                finding(number.at..number.at + "、".len(), message, if number.figure { ". " } else { "." });
            if !whole {
                one.fix = None;
            }
            found.push(one);
        }
    }
    found
}

/// Lists that are begun and may still go on.
const DEEPEST: usize = 8;

/// The number that a paragraph begins with.
fn number(words: &str, start: usize) -> Option<Number> {
    let body = words.trim_start();
    let digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let rest = body.trim_start_matches(digit);
    let digits = &body[..body.len() - rest.len()];
    let said = rest.strip_prefix('、')?;
    if !(1..=2).contains(&digits.chars().count()) {
        return None;
    }
    let number = digits.chars().try_fold(0, |n, c| Some(10 * n + value(c)?))?;
    let (mut last, mut from) = (number, 0);
    while let Some(end) = inline(said, from, last + 1) {
        (last, from) = (last + 1, end);
    }
    Some(Number {
        at: start + (words.len() - rest.len()),
        number,
        figure: said.starts_with(digit),
        last,
        full: !digits.is_ascii(),
    })
}

/// Where a number with 、 ends that stands at the head of a clause, from `from` on.
fn inline(words: &str, from: usize, number: usize) -> Option<usize> {
    let sign = format!("{number}、");
    words[from..].match_indices(&sign).map(|(at, _)| from + at).find_map(|at| {
        let end = at + sign.len();
        let begins = words[..at].ends_with(['。', '；', '，', '：', ';', ':', ' ', '　']);
        (begins && words[end..].starts_with(is_han)).then_some(end)
    })
}

fn value(c: char) -> Option<usize> {
    c.to_digit(10).or_else(|| (c as u32).checked_sub('０' as u32)).map(|d| d as usize)
}

/// Whether a member of a list is surely a number of it that can be mended.
fn is_sure(list: &[Number], index: usize) -> bool {
    let one = &list[index];
    let plain = |at: Option<usize>| at.and_then(|at| list.get(at)).is_some_and(|n| !n.figure);
    // Of two years or quarters in a row neither proves the other.
    let figure = if index == 0 {
        one.number == 1 && plain(Some(1)) && list.len() > 2
    } else {
        index + 1 < list.len() && (plain(index.checked_sub(1)) || plain(Some(index + 1)))
    };
    one.last == one.number && !one.full && (!one.figure || figure)
}

#[cfg(test)]
mod tests {
    use super::find;
    use crate::read::read;

    /// The text with its numbers mended.
    fn mended(text: &str) -> String {
        let manuscript = read("稿.txt", text.as_bytes()).unwrap();
        let mut found = find(&manuscript);
        found.sort_by_key(|f| std::cmp::Reverse(f.range.start));
        let mut out = text.to_owned();
        for (range, fix) in found.into_iter().filter_map(|f| Some((f.range, f.fix?.text))) {
            out.replace_range(range, &fix);
        }
        out
    }

    #[test]
    fn a_number_before_a_digit_goes_with_the_list_that_it_stands_in() {
        assert_eq!(
            mended("1、2025年办成的实事\n2、茶园\n\n3、8个示范村\n说明。\n4、河道"),
            "1. 2025年办成的实事\n2.茶园\n\n3. 8个示范村\n说明。\n4.河道"
        );
    }

    #[test]
    fn a_list_of_which_one_number_is_not_sure_stays_as_it_is() {
        for text in [
            "1、抓早\n2、抓细\n3、4月底前完成",
            "3、4月间少雨\n4、5月间多雨",
            "1、抓早。2、抓细。\n3、抓实。",
            "1、抓早。2、抓细。",
            "１、抓早\n2、抓细",
            "5、6月份旱情抬头，各村都要有人盯。",
        ] {
            assert_eq!(mended(text), text);
        }
    }

    #[test]
    fn every_list_is_a_list_of_its_own() {
        assert_eq!(
            mended("1、甲\n1、子\n2、丑\n2、乙\n\n1、抓早\n2、3月完成"),
            "1.甲\n1.子\n2.丑\n2.乙\n\n1、抓早\n2、3月完成"
        );
    }
}
