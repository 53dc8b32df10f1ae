//! Where a name ends and the words round it begin (地名的边界).
//!
//! Chinese sets no spaces, so 新增城区 holds 增城区, and 今天全县 holds 天全县. What stands before a name
//! must not belong to its first character more than to what stands before itself; the counts of
//! official prose say so of pairs that no list of words has.

use super::gazetteer;
use crate::base::counts::Counts;
use crate::base::han::is_han;
use crate::base::lexicon::{foreign_place as frames, places};

/// Bits of cohesion from which on two characters are taken for one word.
const BOUND: f32 = 4.0;

/// How strongly two characters hold together; a word of the list as strongly as may be.
fn cohesion(one: char, other: char) -> f32 {
    if gazetteer::is_word(&format!("{one}{other}")) {
        return f32::INFINITY;
    }
    let counts = Counts::shipped();
    match counts.level(&[one, other]) {
        // A pair that nobody writes is chance, however rare its characters.
        0 => f32::NEG_INFINITY,
        _ => counts.cohesion(&[one], &[other]).unwrap_or(f32::NEG_INFINITY),
    }
}

/// Whether a place name may begin at `byte`: after a mark, at the start of a line, after a word
/// that stands before names, or right behind another name.
pub(in crate::rules) fn may_begin(text: &str, byte: usize) -> bool {
    let Some(before) = text[..byte].chars().next_back() else { return true };
    !is_han(before) || "在到向从和与及对是由为的去赴将把给经至像让使我们自同据".contains(before)
}

/// Whether no word is cut where a name begins at `byte`: the character before does not belong to the
/// name's first one (新增|城区), or it ends a word of its own (关心|安化).
pub(in crate::rules) fn parts_before(text: &str, byte: usize) -> bool {
    let mut before = text[..byte].chars().rev();
    let (Some(last), Some(first)) = (before.next(), text[byte..].chars().next()) else { return true };
    if last.is_ascii_digit() {
        // 19项|城市; but 2025昌宁县.
        return text[..byte].chars().rev().take_while(char::is_ascii_digit).count() == 4;
    }
    if !is_han(last) {
        return true;
    }
    let here = cohesion(last, first);
    here < BOUND || before.next().is_some_and(|c| is_han(c) && cohesion(c, last).is_infinite())
}

/// Whether the character before `byte` is no part of a longer name: it stands before names, or ends a
/// word.
pub(in crate::rules) fn is_free(text: &str, byte: usize) -> bool {
    let mut before = text[..byte].chars().rev();
    may_begin(text, byte)
        || before
            .next()
            .is_some_and(|last| before.next().is_some_and(|c| is_han(c) && cohesion(c, last) >= BOUND))
            && parts_before(text, byte)
}

/// Whether the last two of three characters are a word, so that the first may well belong to what stands
/// before: (亚)运|城市, (惊讶)于|家乡.
pub(super) fn ends_in_word(name: &str) -> bool {
    let mut chars = name.char_indices();
    let second = chars.by_ref().nth(1).map_or(0, |(at, _)| at);
    chars.count() == 1
        && (gazetteer::is_word(&name[second..]) || places::NOUN_ENDS.contains(&&name[second..]))
}

/// Whether the words on both sides are those with which a document speaks of its own place, so that a name
/// must stand between: 谱写|和县|高质量发展, 把|建水|建设成.
pub(super) fn is_framed(text: &str, start: usize, end: usize) -> bool {
    let (before, after) = (&text[..start], &text[end..]);
    let starts = |words: &[&str]| words.iter().any(|w| after.starts_with(w));
    before.ends_with(['把', '将']) && starts(frames::MADE)
        || frames::OWN_BEFORE.iter().any(|w| before.ends_with(w))
            && (starts(frames::OWN_BEHIND) || starts(frames::BODIES))
}

/// Whether 和县 and 任县 are a word and the county of whoever writes: 我们和|县司法局, 我任|县委书记.
pub(super) fn is_own_office(text: &str, start: usize, end: usize) -> bool {
    let stem = text[start..].chars().next();
    let own = matches!(stem, Some('和' | '任')) && text[..end].ends_with('县');
    own && is_office_of_county(&text[end..])
}

/// Whether what follows 县 makes an office of it: 委书记, 司法局, 第一中学.
fn is_office_of_county(after: &str) -> bool {
    const WHOLE: [&str; 8] = ["委", "政府", "人大", "政协", "纪委", "直", "级", "里"];
    const ENDS: [char; 8] = ['局', '院', '办', '部', '校', '站', '所', '会'];
    let name = after.chars().take_while(|&c| is_han(c)).take(7);
    WHOLE.iter().any(|w| after.starts_with(w)) || name.skip(1).any(|c| ENDS.contains(&c))
}

/// Whether a county's name of one character stands at `bytes`: 滑县, not (示)范县, (建)成县(级), 县衙.
pub(super) fn is_short_county(text: &str, start: usize, end: usize) -> bool {
    let (Some(stem), Some(suffix)) = (text[start..].chars().next(), text[..end].chars().next_back()) else {
        return false;
    };
    let before = text[..start].chars().next_back();
    let next = text[end..].chars().next().unwrap_or('\n');
    if suffix != '县' || is_han(next) && !"委政人".contains(next) && cohesion(suffix, next) >= BOUND {
        return false;
    }
    // 全县, 各县, 和县: words that everybody writes.
    let rare = Counts::shipped().level(&[stem, suffix]) <= 3;
    let behind =
        || [frames::BODIES, frames::OWN_BEHIND].iter().any(|l| l.iter().any(|w| text[end..].starts_with(w)));
    let Some(before) = before.filter(|&c| is_han(c)) else { return rare || behind() };
    let said = || frames::OWN_BEFORE.iter().any(|w| text[..start].ends_with(w));
    rare && cohesion(before, stem) < BOUND && (may_begin(text, start) || said() || behind())
}
