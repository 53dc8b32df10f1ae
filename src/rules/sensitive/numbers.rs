//! Numbers that are somebody's own: of an identity card, a mobile telephone, a bank card.
//!
//! A number is told by its own check first (the date and the check digit of GB 11643—1999, Luhn's sum), and by
//! the words before it only where it has none. It may stand in groups, with blanks or hyphens between.

use std::ops::Range;

use super::Hit;
use crate::base::lexicon::sensitive as lexicon;
use crate::base::{Text, clause, han::Date};
use crate::model::Severity;
use crate::model::finding::veiled;
use crate::text;

/// Digits of the shortest number that is looked at.
const SHORTEST: usize = 11;

/// Groups of the longest one: five, as in 6200 0000 0000 0000 000.
const GROUPS: usize = 5;

#[derive(Clone, Copy)]
enum Kind {
    Identity,
    Phone,
    Card,
}

/// The numbers of a text.
pub(super) fn find(text: &str) -> Vec<Hit> {
    let bytes = text.as_bytes();
    let mut hits = Vec::new();
    let mut at = 0;
    while let Some(skipped) = bytes[at..].iter().position(u8::is_ascii_digit) {
        let run = run(bytes, at + skipped);
        at = run.last().map_or(bytes.len(), |group| group.end);
        if run.iter().map(Range::len).sum::<usize>() >= SHORTEST {
            of_run(text, &run, &mut hits);
        }
    }
    hits
}

/// Groups of digits from `at` on, each parted from the next by a blank or a hyphen.
fn run(bytes: &[u8], at: usize) -> Vec<Range<usize>> {
    let mut groups = Vec::new();
    let mut start = at;
    loop {
        let len = bytes[start..].iter().position(|b| !b.is_ascii_digit()).unwrap_or(bytes.len() - start);
        let end = start + len;
        groups.push(start..end);
        let parted = matches!(bytes.get(end), Some(b' ' | b'-'));
        if !(parted && bytes.get(end + 1).is_some_and(u8::is_ascii_digit)) {
            return groups;
        }
        start = end + 1;
    }
}

/// The numbers among the groups of a run.
fn of_run(text: &str, run: &[Range<usize>], hits: &mut Vec<Hit>) {
    let mut first = 0;
    while first < run.len() {
        let last = (first..run.len().min(first + GROUPS)).rev().find_map(|last| {
            let (range, kind) = judged(text, &run[first..=last])?;
            hits.push(hit(text, range, kind));
            Some(last)
        });
        first = last.unwrap_or(first) + 1;
    }
}

/// What these groups are, if they are one number and no part of a longer one.
fn judged(text: &str, groups: &[Range<usize>]) -> Option<(Range<usize>, Kind)> {
    let mut range = groups.first()?.start..groups.last()?.end;
    let mut digits: String = groups.iter().map(|g| &text[g.clone()]).collect();
    let mut lens: Vec<usize> = groups.iter().map(Range::len).collect();
    let mut head = &text[..range.start];
    if digits.len() == 17 && text[range.end..].starts_with(['X', 'x']) {
        range.end += 1;
        digits.push('X');
    }
    // +86 13800000000, 86-13800000000
    if let Some(rest) = head.strip_suffix("86-").or_else(|| head.strip_suffix("86 ")) {
        head = rest.strip_suffix('+').unwrap_or(rest);
    } else if head.ends_with('+') && digits.len() == 13 && digits.starts_with("86") && lens[0] > 2 {
        head = &head[..head.len() - 1];
        range.start += 2;
        digits.drain(..2);
        lens[0] -= 2;
    }
    if !is_free(head, &text[range.end..]) {
        return None;
    }
    let kind = kind(text, &range, &digits, &lens)?;
    Some((range, kind))
}

/// Whether a number between these two is whole: no part of a decimal, an address, a code with letters, or of
/// one that is starred already.
fn is_free(head: &str, tail: &str) -> bool {
    let mut before = head.chars().rev();
    let free_before = match before.next() {
        Some('/') => before.next().is_some_and(|c| c.is_ascii_digit() || !c.is_ascii()),
        Some('.' | '*' | '_' | '@' | '-' | '=' | '&' | '?' | '+' | '$' | '¥' | '￥' | '×') => false,
        c => c.is_none_or(|c| !c.is_ascii_alphanumeric()),
    };
    let mut after = tail.chars();
    let free_after = match after.next() {
        Some('.' | '-' | ',' | ':') => after.next().is_none_or(|c| !c.is_ascii_alphanumeric()),
        Some('*' | '_' | '@' | '%' | '×' | '=' | '&') => false,
        c => c.is_none_or(|c| !c.is_ascii_alphanumeric()),
    };
    free_before && free_after
}

fn kind(text: &str, range: &Range<usize>, digits: &str, lens: &[usize]) -> Option<Kind> {
    let before = |most: usize| {
        let sentence = clause::sentence(text, range.start..range.start).start;
        let from = text.ceil_char_boundary(sentence.max(range.start.saturating_sub(most)));
        &text[from..range.start]
    };
    let said = |list: &[&str], most: usize| list.iter().any(|w| before(most).contains(w));
    let code = || said(lexicon::CODES, 36);
    let amount =
        || text[range.end..].trim_start().chars().next().is_some_and(|c| lexicon::UNITS.contains(&c));
    match digits.len() {
        11 if matches!(lens, [11] | [3, 4, 4]) && is_mobile(digits) => {
            let plain = || lens.len() > 1 || !amount() && !code();
            (said(lexicon::PHONES, 30) || plain()).then_some(Kind::Phone)
        }
        15 if lens == [15] && is_birthday(&format!("19{}", &digits[6..12])) => {
            said(lexicon::IDENTITY, 60).then_some(Kind::Identity)
        }
        18 if is_identity(digits) && (said(lexicon::IDENTITY, 60) || !code()) => Some(Kind::Identity),
        16..=19 if is_in_fours(lens) && luhn(digits) => (said(lexicon::CARDS, 120)
            || digits.starts_with("62") && !code() && !amount())
        .then_some(Kind::Card),
        _ => None,
    }
}

fn is_mobile(digits: &str) -> bool {
    digits.starts_with('1') && digits[1..].starts_with(|c| ('3'..='9').contains(&c))
}

/// Whether a card's number stands in one, in fours, or as six and the rest.
fn is_in_fours(lens: &[usize]) -> bool {
    match lens {
        [_] | [6, _] => true,
        [fours @ .., last] => *last <= 4 && fours.iter().all(|len| *len == 4),
        [] => false,
    }
}

/// Eight digits that are a day on which somebody may have been born.
fn is_birthday(digits: &str) -> bool {
    let number = |range: Range<usize>| digits.get(range).and_then(|d| d.parse::<u16>().ok());
    let day = || Date::parse(&format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..]));
    number(0..4).is_some_and(|year| (1900..2100).contains(&year)) && day().is_some()
}

/// GB 11643—1999: the province, the birthday and the check digit are right.
fn is_identity(digits: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let (body, check) = digits.split_at(17);
    let sum: u32 = body.chars().zip(WEIGHTS).map(|(c, weight)| c.to_digit(10).unwrap_or(0) * weight).sum();
    let due = "10X98765432".chars().nth(sum as usize % 11);
    ('1'..='8').contains(&digits.chars().next().unwrap_or('0'))
        && check.chars().next() == due
        && is_birthday(&digits[6..14])
}

/// Luhn's sum, by which cards are told from other numbers.
fn luhn(digits: &str) -> bool {
    let worth = |(nth, c): (usize, char)| {
        let digit = c.to_digit(10)?;
        let twice = if nth % 2 == 1 { digit * 2 } else { digit };
        Some(if twice > 9 { twice - 9 } else { twice })
    };
    let sum: Option<u32> = digits.chars().rev().enumerate().map(worth).sum();
    sum.is_some_and(|sum| sum > 0 && sum % 10 == 0)
}

fn hit(text: &str, range: Range<usize>, kind: Kind) -> Hit {
    let number = veiled(&text[range.clone()]);
    let (message, help) = match kind {
        Kind::Identity => (
            text!("写有身份证号码{number}", "the number of an identity card, {number}"),
            Text::fixed(
                "删去；必须写的，只留前后几位，中间用*遮去",
                "delete it; where it must be told, leave a few digits and star the others",
            ),
        ),
        Kind::Phone => (
            text!("写有个人手机号码{number}", "a mobile telephone number, {number}"),
            Text::fixed(
                "改用办公电话或热线；确需公开的，先征得本人同意",
                "give the office's line; where it must be this one, ask its owner first",
            ),
        ),
        Kind::Card => (
            text!("写有银行卡号或账号{number}", "the number of a bank card or an account, {number}"),
            Text::fixed(
                "删去；必须写的，只留后四位，其余用*遮去",
                "delete it; where it must be told, leave the last four digits and star the others",
            ),
        ),
    };
    Hit { range, message, help, private: true, severity: Severity::Warning }
}

#[cfg(test)]
mod tests {
    use super::{find, is_identity, luhn};

    fn found(text: &str) -> Vec<&str> {
        find(text).into_iter().map(|h| &text[h.range]).collect()
    }

    #[test]
    fn check_digits_are_reckoned() {
        assert!(is_identity("11010519491231002X") && !is_identity("110105194912310021"));
        assert!(!is_identity("110105194913310024"));
        assert!(luhn("6200000000000000000") && !luhn("6200000000000000004"));
    }

    #[test]
    fn a_part_of_a_longer_number_is_none() {
        let silent = [
            "2138001234567",
            "13800123456.5",
            "a13800123456",
            "13800123456@x.cn",
            "0888-13800123456",
            "x.cn/13800123456",
            "138****3456",
        ];
        for text in silent {
            assert_eq!(found(text), Vec::<&str>::new(), "{text}");
        }
    }

    #[test]
    fn numbers_side_by_side_are_told_apart() {
        assert_eq!(found("甲 13800123456 13900123456 42"), ["13800123456", "13900123456"]);
        assert_eq!(found("+8613800123456，+86 138 0012 3456"), ["13800123456", "138 0012 3456"]);
    }
}
