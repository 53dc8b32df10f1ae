//! What can be a name (姓名): a surname and one or two characters, and behind them a place where a name may end.
//!
//! Where a post stands before it, a name is taken for one if what follows cannot go on with it: a mark, a figure,
//! 同志, a verb. Of two and three characters those win behind which the sentence goes on more surely. What
//! official prose often writes (高度, 安全) is no name, whatever its first character.

use std::sync::LazyLock;

use crate::base::charset::CharSet;
use crate::base::counts::{Alike, Counts};
use crate::base::han::is_han;
use crate::base::lexicon::{person_title, post as lexicon};
use crate::base::words::Words;

static BEHIND: LazyLock<Words<'static>> = LazyLock::new(|| Words::of(lexicon::BEHIND.iter().copied()));
static RARE: LazyLock<CharSet> = LazyLock::new(|| CharSet::of(&lexicon::SURNAMES.iter().collect::<String>()));
static COMMON: LazyLock<CharSet> =
    LazyLock::new(|| CharSet::of(&person_title::SURNAMES.iter().collect::<String>()));

/// How surely a name ends where it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum End {
    /// The letters that follow may belong to it.
    Open,
    /// A word follows.
    Word,
    /// A mark, a blank, a figure, 同志, 本人, or the end.
    Firm,
}

/// A name at the head of some words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    /// The name without the blanks that set it out in a column (韩　松).
    pub text: String,
    /// Its bytes, with them.
    pub len: usize,
    /// How surely it ends there.
    pub end: End,
}

/// Whether a character is a blank within a line.
pub(super) const fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '　' | '\t' | '\u{a0}')
}

/// How surely a name ends before `rest`.
pub(super) fn end_before(rest: &str) -> End {
    let Some(first) = rest.chars().next() else { return End::Firm };
    if !is_han(first) || rest.starts_with("同志") || rest.starts_with("本人") {
        return End::Firm;
    }
    let two: Vec<char> = rest.chars().take(2).filter(|&c| is_han(c)).collect();
    let known = BEHIND.at(rest, 0).is_some() || Alike::shipped().is_word(&two);
    if known { End::Word } else { End::Open }
}

/// The length in characters of the surname that opens these letters, and whether it is a common one.
fn surname(letters: &[char]) -> Option<(usize, bool)> {
    let two: String = letters.iter().take(2).collect();
    if lexicon::SURNAMES_OF_TWO.contains(&two.as_str()) {
        return Some((2, true));
    }
    let first = *letters.first()?;
    if COMMON.holds(first) {
        return Some((1, true));
    }
    RARE.holds(first).then_some((1, false))
}

/// Whether letters end as a place or an office does: 沙片区 of 自贸区长沙片区.
fn is_place(letters: &[char]) -> bool {
    letters.last().is_some_and(|c| "区县市镇乡村州局委办厅院".contains(*c))
}

/// Whether letters with a surname at their head are rather a word, or part of one, that papers write.
fn is_prose(letters: &[char], end: End) -> bool {
    let alike = Alike::shipped();
    // 呼延 and 欧阳 are words of their own, and surnames.
    let opens = || surname(letters).is_some_and(|(head, _)| head == 1) && alike.is_word(&letters[..2]);
    let word = alike.is_word(letters) || opens();
    let seen = Counts::shipped().level(letters);
    // 项范围 of 事项范围: a word behind a rare surname, seen so before.
    let given = letters.len() == 3 && seen > 0 && !COMMON.holds(letters[0]) && alike.is_word(&letters[1..]);
    word && (end != End::Firm || seen > 0) || given || seen > 4
}

/// The name that opens `rest`, if it may be one: of two lengths that which ends more surely. `known` says whether
/// a name was met elsewhere.
pub(super) fn at_head(rest: &str, known: &dyn Fn(&str) -> bool) -> Option<Name> {
    let letters: Vec<char> = rest.chars().take(4).take_while(|&c| is_han(c)).collect();
    let (head, _) = surname(&letters)?;
    if letters.len() == head {
        return spaced(rest, &letters);
    }
    let mut best: Option<Name> = None;
    for given in 1..=2 {
        let Some(own) = letters.get(..head + given) else { break };
        if own[head..].iter().any(|c| lexicon::NO_NAME.contains(c)) || is_place(own) {
            continue;
        }
        let len: usize = own.iter().map(|c| c.len_utf8()).sum();
        let text: String = own.iter().collect();
        let end = end_before(&rest[len..]);
        // 包立到我县: what a sentence goes on with is no given name where a name ends before it.
        let letter = &text[text.len() - own[own.len() - 1].len_utf8()..];
        if given == 2 && end < End::Firm && best.is_some() && lexicon::BEHIND.contains(&letter) {
            continue;
        }
        let met = known(&text);
        if !met && (end == End::Open || is_prose(own, end)) {
            continue;
        }
        if best.as_ref().is_none_or(|b| met || b.end <= end) {
            best = Some(Name { text, len, end: if met { End::Firm } else { end } });
        }
    }
    best
}

/// A name of two characters with blanks between them: 韩　松.
fn spaced(rest: &str, surname: &[char]) -> Option<Name> {
    let own: usize = surname.iter().map(|c| c.len_utf8()).sum();
    let behind = rest[own..].trim_start_matches(is_blank);
    let blanks = rest.len() - own - behind.len();
    let given = behind.chars().next().filter(|&c| is_han(c))?;
    let after = behind[given.len_utf8()..].chars().next();
    let closed =
        after.is_none_or(|c| is_blank(c) || matches!(c, '\n' | '\r' | '（' | '(' | '、' | '：' | ':'));
    let len = own + blanks + given.len_utf8();
    let text: String = surname.iter().copied().chain([given]).collect();
    (blanks > 0 && closed).then_some(Name { text, len, end: End::Firm })
}

/// The name at the end of `before`, all of it a name, behind a mark or a blank: in 成员：蒋文斌　县水利局局长 what
/// stands before the blank. Its byte and its letters.
pub(super) fn at_end(before: &str) -> Option<(usize, String)> {
    let cut = |at: usize| (at == 0 || before[..at].ends_with(|c: char| !is_han(c))).then_some(at);
    let starts: Vec<usize> = before.char_indices().rev().take(6).map(|(at, _)| at).collect();
    for &start in &starts {
        let Some(start) = cut(start) else { continue };
        let name = at_head(&before[start..], &|_| false)?;
        return (start + name.len == before.len()).then_some((start, name.text));
    }
    None
}

/// Whether a name that stands behind a word for people, and no post, is surely one: 护林员向春兰.
pub(super) fn is_sure(name: &str) -> bool {
    is_bare_name(&name.chars().collect::<Vec<_>>(), true)
}

/// Whether letters by themselves look like a person's name and nothing else: for names that no post introduces.
/// Where what stands round them is surely a person's place (`sure`), two letters of them may be a word (应如意).
pub(super) fn is_bare_name(letters: &[char], sure: bool) -> bool {
    let Some((head, common)) = surname(letters) else { return false };
    let given = letters.len().saturating_sub(head);
    let place = letters.last().is_some_and(|c| lexicon::ORGANS.contains(c));
    let part: String = letters[head.min(letters.len())..].iter().collect();
    let post = lexicon::HEADS.iter().any(|h| part.ends_with(h.0) || part == "副");
    let odd = letters[head.min(letters.len())..].iter().any(|c| lexicon::NO_NAME.contains(c));
    if !(1..=2).contains(&given) || place || post || odd {
        return false;
    }
    let (alike, counts) = (Alike::shipped(), Counts::shipped());
    if counts.level(letters) > 0 || alike.is_word(letters) {
        return false;
    }
    let opens = counts.level(&letters[..2]);
    let opening = alike.is_word(&letters[..2]) || opens > 5;
    // 文武 of 敬文武 is a word; where the surname was hardly ever seen before its first letter, it may be.
    let inner = letters.len() > 2 && counts.level(&letters[1..]) > 3 && opens > 1;
    sure || !opening && !inner && (common || given == 2 || head == 2)
}

/// Whether letters may be the name of one who speaks: its surname begins no word, and papers never write it.
pub(super) fn is_speaker(letters: &[char]) -> bool {
    let Some((head, _)) = surname(letters) else { return false };
    let given = letters.len().saturating_sub(head);
    let odd = letters[head.min(letters.len())..].iter().any(|c| lexicon::NO_NAME.contains(c));
    let place = letters.last().is_some_and(|c| lexicon::ORGANS.contains(c));
    let (alike, counts) = (Alike::shipped(), Counts::shipped());
    let whole = counts.level(letters) > 0 || alike.is_word(letters) || alike.is_word(&letters[..2]);
    (1..=2).contains(&given) && !odd && !place && !whole
}

/// Whether words are the name of a person and nothing else: a name of four letters has a surname of two.
pub(super) fn is_whole_name(words: &str) -> bool {
    let letters: Vec<char> = words.chars().collect();
    is_bare_name(&letters, true)
}

/// The name with the letters of its given name the other way round: 呼延生庆.
pub(super) fn turned(name: &str) -> Option<String> {
    let mut letters: Vec<char> = name.chars().collect();
    let (head, _) = surname(&letters)?;
    if letters.len() != head + 2 || letters[head] == letters[head + 1] {
        return None;
    }
    letters.swap(head, head + 1);
    Some(letters.into_iter().collect())
}

/// Whether two names are one that was spelled in two ways: one character of a like sound or shape, or two
/// that changed places. Which is said by nobody: both stand there.
pub(super) fn are_alike(one: &str, other: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if a.len() != b.len() || one == other || a.len() < 2 {
        return false;
    }
    // 萧建囯 is 肖建国 in other forms, however many of them.
    let differ: Vec<usize> = (0..a.len()).filter(|&i| a[i] != b[i] && !is_variant(a[i], b[i])).collect();
    match differ[..] {
        [] => true,
        [at] => {
            Alike::shipped().likeness(a[at], b[at]).is_some()
                || Alike::shipped().likeness(b[at], a[at]).is_some()
        }
        [x, y] => x > 0 && a[x] == b[y] && a[y] == b[x],
        _ => false,
    }
}

/// Whether two names of three characters have one surname and one given character in common, or but for the
/// surname are one.
pub(super) fn differ_in_one(one: &str, other: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let given = (a.len(), b.len()) == (3, 3) && (a[1] == b[1] || a[2] == b[2]);
    given && (a[0] == b[0]) != (a[1] == b[1] && a[2] == b[2])
}

/// Forms of a character that fonts and input methods offer beside it: 国 and 囯.
fn is_variant(one: char, other: char) -> bool {
    lexicon::VARIANTS.iter().any(|row| {
        let row: Vec<char> = row.chars().collect();
        row.contains(&one) && row.contains(&other)
    })
}

/// Whether these letters are a word, or part of what papers commonly write.
pub(super) fn is_common_word(letters: &[char]) -> bool {
    Alike::shipped().is_word(letters) || Counts::shipped().level(letters) > 1
}

/// Whether a verb of which a person is the subject stands here; the second, that it is one that persons are
/// commonly said to do.
pub(super) fn goes_on(rest: &str) -> (bool, bool) {
    let two: Vec<char> = rest.chars().take(2).filter(|&c| is_han(c)).collect();
    let known = BEHIND.at(rest, 0);
    let deed = lexicon::DEEDS.iter().any(|w| rest.starts_with(w));
    let sure =
        rest.starts_with("关于") || known.as_ref().is_some_and(|found| found.range.len() >= "二字".len());
    (deed || sure && Alike::shipped().is_word(&two), sure)
}

/// Whether a post follows on a name: 鞠明副县长.
pub(super) fn opens_post(after: &str) -> bool {
    let after = after.strip_prefix('副').unwrap_or(after);
    super::office::HEADS.at(after, 0).is_some()
}
