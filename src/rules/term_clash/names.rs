//! One campaign under two names in one paper: “夏季治安百日会战”, “夏季平安百日攻坚”; “3815”战略, “3518”战略; 百日攻坚专项
//! 行动, 百日会战专项行动. Only a hint, since two campaigns may well be called alike.
//!
//! Names that stand in one sentence are two campaigns, and so are three that are alike: they are a series
//! (“一号发展工程”“一号改革工程”“一号开放工程”). Each name is filed under what is left of it without one or two of its
//! letters, so that a text of many names costs no more than its names.

use std::ops::Range;

use super::{Page, hit};
use crate::base::Text;
use crate::base::clause;
use crate::base::han::{is_counting, is_han};
use crate::base::lexicon::term_clash as lexicon;
use crate::model::{Finding, Severity};
use crate::text;

/// A name and where it stands first.
struct Name {
    letters: Vec<char>,
    /// How many of the letters are its own, and not what stands behind its marks.
    own: usize,
    /// How many stand before the drive in which it ends: four of 夏季治安会战 are 夏季治安.
    core: usize,
    /// What it is called behind its marks: 行动, 工程.
    kind: &'static str,
    range: Range<usize>,
}

pub(super) fn find(page: &Page<'_>) -> Vec<Finding> {
    let mut found = pairs(page, &marked(page));
    found.extend(pairs(page, &bare(page)));
    found.extend(hundred_days(page));
    found
}

/// Words for a drive in which names end: the longer first.
static DRIVE_ENDS: std::sync::LazyLock<Vec<&str>> = std::sync::LazyLock::new(|| {
    let mut all = [lexicon::DRIVES, lexicon::LONG_DRIVES].concat();
    all.sort_by_key(|w| std::cmp::Reverse(w.len()));
    all
});

/// Names in marks, each where it stands first.
fn marked(page: &Page<'_>) -> Vec<Name> {
    let mut seen = std::collections::BTreeSet::new();
    let mut names = Vec::new();
    for q in page.quoted.iter().filter(|q| q.mark == '“') {
        let inner = page.text[q.range.clone()].trim_matches(['“', '”']);
        let letters: Vec<char> = inner.chars().collect();
        let behind = &page.text[q.range.end..];
        let outside = lexicon::CAMPAIGNS.iter().find(|w| behind.starts_with(**w)).copied();
        let own = lexicon::CAMPAIGNS.iter().find(|w| inner.ends_with(**w)).copied();
        let Some(kind) = outside.or(own) else { continue };
        if (3..=12).contains(&letters.len()) && seen.insert((inner, kind)) {
            // “百日攻坚”行动 and “百日会战行动” are compared whole.
            let digits = letters.iter().all(char::is_ascii_digit);
            let tail = outside.filter(|_| !digits).unwrap_or_default();
            let own = letters.len();
            let core =
                own - DRIVE_ENDS.iter().find(|w| inner.ends_with(**w)).map_or(0, |w| w.chars().count());
            let letters: Vec<char> = letters.into_iter().chain(tail.chars()).collect();
            names.push(Name { letters, own, core, kind, range: q.range.clone() });
        }
    }
    names
}

/// Names without marks that end in 专项行动, 三年行动: the four letters before are compared, and only words of
/// the kind of 攻坚 and 会战 may differ.
fn bare(page: &Page<'_>) -> Vec<Name> {
    let mut seen = std::collections::BTreeSet::new();
    let mut names = Vec::new();
    for kind in ["专项行动", "年行动", "集中行动"] {
        for at in memchr::memmem::find_iter(page.text.as_bytes(), kind) {
            let take = if kind == "年行动" { 5 } else { 4 };
            let head = page.text[..at].char_indices().rev().take_while(|(_, c)| is_han(*c)).take(take);
            let Some(start) = head.last().map(|(i, _)| i) else { continue };
            let words = &page.text[start..at];
            let said = lexicon::DRIVES.iter().any(|w| words.contains(w))
                && !lexicon::GENERAL.iter().any(|w| words.starts_with(w));
            if said && words.chars().count() == take && seen.insert((words, kind)) {
                names.push(Name {
                    letters: words.chars().collect(),
                    own: take,
                    core: take,
                    kind,
                    range: start..at + kind.len(),
                });
            }
        }
    }
    names
}

/// Names that are each other's twin.
fn pairs(page: &Page<'_>, names: &[Name]) -> Vec<Finding> {
    /// Names of one file that are compared: a series needs no more than three.
    const MOST: usize = 4;
    if names.len() < 2 {
        return Vec::new();
    }
    let mut files: Vec<(u64, usize)> = Vec::new();
    for (index, name) in names.iter().enumerate() {
        keys(name, |key| files.push((key, index)));
    }
    files.sort_unstable();
    files.dedup();
    let mut twins: Vec<Vec<usize>> = vec![Vec::new(); names.len()];
    for file in files.chunk_by(|a, b| a.0 == b.0) {
        let file = &file[..file.len().min(MOST)];
        for (at, &(_, one)) in file.iter().enumerate() {
            for &(_, other) in &file[at + 1..] {
                let (a, b) = (&names[one], &names[other]);
                let other_drive = is_one_drive(a, b) || is_renamed(a, b);
                let kin = a.kind == b.kind || drives(&a.letters, &b.letters) || other_drive;
                let slip = is_twin(a, b) || other_drive || is_half(a, b) || is_recounted(a, b);
                if kin && slip && !twins[one].contains(&other) {
                    twins[one].push(other);
                    twins[other].push(one);
                }
            }
        }
    }
    let mut found = Vec::new();
    for (one, all) in twins.iter().enumerate() {
        let [other] = all[..] else { continue };
        if other > one && twins[other].len() == 1 {
            found.extend(told(page, &names[one].range, &names[other].range));
        }
    }
    found
}

/// What a name is filed under: its letters in any order, and itself without one letter or two neighbours.
fn keys(name: &Name, mut file: impl FnMut(u64)) {
    let letters = &name.letters;
    let add = |hash: u64, c: char| (hash ^ u64::from(c)).wrapping_mul(0x0100_0000_01b3);
    file(letters.iter().map(|c| add(0xcbf2_9ce4, *c)).fold(0, u64::wrapping_add));
    let mut without = |letters: &[char], seed: u64| {
        for width in 1..=2 {
            for at in 0..(letters.len() + 1).saturating_sub(width) {
                let rest = letters[..at].iter().chain(&['\0']).chain(&letters[at + width..]);
                file(rest.fold(seed + width as u64, |hash, c| add(hash, *c)));
            }
        }
    };
    without(letters, 0);
    if name.core < name.own && name.core >= 4 {
        without(&letters[..name.core], 7);
    }
    let mut whole = |letters: &[char], seed: u64| file(letters.iter().fold(seed, |hash, c| add(hash, *c)));
    if name.core < name.own && name.core >= 2 {
        whole(&letters[..name.core], 11);
    }
    if let Some(at) = halves(name) {
        whole(&letters[..at], 13);
        whole(&letters[at + 1..name.own], 17);
    }
    if let Some(rest) = counted(name) {
        whole(rest, 19);
    }
}

/// Whether two names are one name and a slip of it.
fn is_twin(one: &Name, other: &Name) -> bool {
    let own = one.own.min(other.own);
    let (one, other) = (&one.letters[..], &other.letters[..]);
    if one.len() != other.len() || one == other {
        return false;
    }
    let odd: Vec<usize> = (0..one.len()).filter(|&i| one[i] != other[i]).collect();
    let digits = |name: &[char]| name.iter().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-'));
    if digits(one) && digits(other) {
        // 3815 and 3518, 3311 and 3111; of three digits two names may well be alike.
        return one.len() >= 4 && odd.len() <= 2;
    }
    let numeral = |c: char| is_counting(c) || c.is_ascii_digit() || matches!(c, '千' | '万' | '双' | '两');
    let many = |c: char| matches!(c, '十' | '百' | '千' | '万');
    let letters = odd.iter().all(|&i| one[i].is_alphanumeric() && other[i].is_alphanumeric());
    // 三大工程 and 三项工程, 三铁工程: a count and what is counted. “互联网+农业” is one of many.
    let counted = matches!(odd[..], [i] if i > 0 && numeral(one[i - 1]));
    if !letters || counted || one.contains(&'+') {
        return false;
    }
    let turned = {
        let (mut a, mut b) = (one.to_vec(), other.to_vec());
        a.sort_unstable();
        b.sort_unstable();
        a == b && one.len() >= 3
    };
    let block = matches!(odd[..], [_]) || matches!(odd[..], [i, j] if j == i + 1);
    // 四大行动 and 六大行动 count; “千人助万企” and “万人助万企” do not.
    let counts = odd.iter().any(|&i| numeral(one[i]) || numeral(other[i]));
    let sizes = odd.iter().all(|&i| many(one[i]) && many(other[i]));
    // 强县域 and 强科技 share no more than what is said of many things.
    let shared = own.saturating_sub(odd.len());
    turned || block && shared > odd.len() && (!counts || sizes && shared >= 4) || drives(one, other)
}

/// Whether two names are one but for the word for a drive, of whatever length: 六网会战, 六网攻坚战.
fn is_renamed(one: &Name, other: &Name) -> bool {
    let drives = one.core < one.own && other.core < other.own && one.own != other.own;
    // 七个攻坚行动 says how many there are, and is no name.
    let named = one.core > 2 || one.core == 2 && !is_unit(one.letters[1]);
    drives && named && one.letters[..one.core] == *other.letters.get(..other.core).unwrap_or_default()
}

/// The mark between the two halves of a name: 高质发展、后发先至.
fn halves(name: &Name) -> Option<usize> {
    let at = name.letters[..name.own].iter().position(|c| *c == '、')?;
    (at >= 3 && at + 4 <= name.own).then_some(at)
}

/// Whether two names of two halves have one of them in common.
fn is_half(one: &Name, other: &Name) -> bool {
    let (Some(a), Some(b)) = (halves(one), halves(other)) else { return false };
    let first = one.letters[..a] == other.letters[..b];
    let second = one.letters[a + 1..one.own] == other.letters[b + 1..other.own];
    one.own == other.own && one.letters[one.own..] == other.letters[other.own..] && first != second
}

/// What is counted in a name, of three letters or more: 全覆盖 of 十个全覆盖.
fn counted(name: &Name) -> Option<&[char]> {
    let [count, unit, rest @ ..] = &name.letters[..name.own] else { return None };
    (is_counting(*count) && is_unit(*unit) && rest.len() >= 3).then_some(rest)
}

const fn is_unit(c: char) -> bool {
    matches!(c, '个' | '项' | '大' | '件')
}

/// Whether two names count as many of one thing by another word: 十个全覆盖, 十项全覆盖. Another number is another
/// year's.
fn is_recounted(one: &Name, other: &Name) -> bool {
    let (Some(a), Some(b)) = (counted(one), counted(other)) else { return false };
    // 六大专项行动 and 六个专项行动 are both said loosely.
    a == b && one.letters[0] == other.letters[0] && one.core == one.own
}

/// Whether two names of drives are one but for the drive and a letter or two: 夏季治安百日会战, 夏季平安百日攻坚.
fn is_one_drive(one: &Name, other: &Name) -> bool {
    if one.core != other.core || one.core < 4 || one.core == one.own || other.core == other.own {
        return false;
    }
    let (a, b) = (&one.letters[..one.core], &other.letters[..other.core]);
    let odd = a.iter().zip(b).filter(|(x, y)| x != y).count();
    let figures = a.iter().chain(b).any(|c| c.is_ascii_digit());
    (1..=2).contains(&odd) && odd * 4 <= one.core && a[0] == b[0] && !figures
}

/// Whether two names differ in a word for a drive alone: 百日攻坚, 百日会战.
fn drives(one: &[char], other: &[char]) -> bool {
    let odd: Vec<usize> = (0..one.len().min(other.len())).filter(|&i| one[i] != other[i]).collect();
    let drive = |name: &[char]| {
        let words: String = odd.iter().map(|&i| name[i]).collect();
        lexicon::DRIVES.contains(&&*words)
    };
    one.len() == other.len() && drive(one) && drive(other)
}

/// 百日会战 and 百日攻坚 of the same thing.
fn hundred_days(page: &Page<'_>) -> Option<Finding> {
    let text = page.text;
    let mut seen: Vec<(&str, &str, Range<usize>)> = Vec::new();
    for at in memchr::memmem::find_iter(text.as_bytes(), "百日") {
        let rest = &text[at + "百日".len()..];
        let bare = rest.strip_prefix('大').unwrap_or(rest);
        let Some(drive) = lexicon::DRIVES.iter().find(|w| bare.starts_with(**w)) else { continue };
        let head = text[..at].trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '[' | ']' | '“'));
        let from = head.char_indices().rev().nth(3).map_or(0, |(i, _)| i);
        let end = text.len() - bare.len() + drive.len();
        // Three are enough to see that there are several.
        if !seen.iter().any(|(_, d, _)| d == drive) && seen.len() < 3 {
            seen.push((&head[from..], drive, at..end));
        }
    }
    match &seen[..] {
        [one, other] if one.0 == other.0 || starts(one.0) && starts(other.0) => told(page, &one.2, &other.2),
        _ => None,
    }
}

/// Whether words end where a name may begin: in a mark or a verb.
fn starts(words: &str) -> bool {
    words.chars().next_back().is_none_or(|c| !is_han(c)) || lexicon::OPENS.iter().any(|w| words.ends_with(w))
}

fn told(page: &Page<'_>, before: &Range<usize>, range: &Range<usize>) -> Option<Finding> {
    let text = page.text;
    let sentence = clause::sentence(text, range.clone());
    // “甲”“乙”行动 of one row are two.
    let row = sentence.contains(&before.start)
        && text
            .get(before.end..range.start)
            .is_some_and(|gap| !gap.contains('，') || gap.chars().count() <= 12);
    if row || page.is_quoted(range) && page.is_quoted(before) {
        return None;
    }
    let (first, words) = (&text[before.clone()], &text[range.clone()]);
    let message = text!(
        "前面是{first}，这里是{words}，像是同一件事的两个名字",
        "{first} above and {words} here look like two names of one thing"
    );
    let help = Text::fixed("如是同一件事，统一名称", "if it is one, use one name");
    Some(hit(range.clone(), message, help).severity(Severity::Info))
}
