//! Invisible marks that carry provenance through a template engine.
//!
//! Tera knows nothing of where a value came from. So each fact that goes in is wrapped in Unicode
//! noncharacters (U+FDD0–U+FDEF, never assigned, refused in facts files) with the number of its
//! place, and the engine carries them through loops, filters and joins like any other characters.
//! [`compose`](super::compose) takes them out again and is left with the text and its pieces.
//!
//! ```text
//! FDD0 digits … FDD1     a fact; digits number its place
//! FDD2 digits            literal text of a skeleton line follows
//! FDD3 … FDD4            a phrase asked for: id, then name and value of each argument,
//!                        separated by FDD5
//! FDD6 digits … FDD1     a figure computed from the fact with this number; one FDD6 with digits for
//!                        each fact that it is computed from
//! FDD7 digits            what an expression of a skeleton line gives follows
//! FDD8                   a line that is blank in the skeleton, and so ends a paragraph
//! FDD9 digits            the section with this number begins; one more than there are: they are over
//! ```
//! Digits are U+FDE0–U+FDEF, hexadecimal, most significant first.

use std::sync::LazyLock;

use memchr::memmem::Finder;

pub(super) use crate::base::charset::is_mark;

pub(super) const FACT: char = '\u{FDD0}';
pub(super) const END: char = '\u{FDD1}';
pub(super) const LINE: char = '\u{FDD2}';
pub(super) const PHRASE: char = '\u{FDD3}';
pub(super) const PHRASE_END: char = '\u{FDD4}';
pub(super) const SEPARATOR: char = '\u{FDD5}';
pub(super) const COMPUTED: char = '\u{FDD6}';
pub(super) const VALUE: char = '\u{FDD7}';
pub(super) const BLANK: char = '\u{FDD8}';
pub(super) const SECTION: char = '\u{FDD9}';

const DIGIT: u32 = 0xFDE0;

/// Where the next mark stands in `text`.
pub(super) fn find(text: &str) -> Option<usize> {
    // All marks begin with these two bytes in UTF-8, and so do only their neighbours up to
    // U+FDFF, Arabic ligatures that may stand in a text and are no marks.
    static FIRST: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(b"\xEF\xB7"));
    let mut from = 0;
    while let Some(at) = FIRST.find(&text.as_bytes()[from..]).map(|at| from + at) {
        if text[at..].starts_with(is_mark) {
            return Some(at);
        }
        from = at + 3;
    }
    None
}

/// Where the next phrase is asked for in `text`.
pub(super) fn find_phrase(text: &str) -> Option<usize> {
    // Its last byte alone, for which `str::find` looks, is common in Chinese text.
    static SIGN: LazyLock<Finder<'static>> =
        LazyLock::new(|| Finder::new(PHRASE.encode_utf8(&mut [0; 4])).into_owned());
    SIGN.find(text.as_bytes())
}

/// Appends `n` in mark digits.
pub(super) fn push_number(out: &mut String, n: usize) {
    let digits = usize::BITS.div_ceil(4) - (n | 1).leading_zeros() / 4;
    for shift in (0..digits).rev() {
        let digit = u32::try_from((n >> (shift * 4)) & 0xF).unwrap_or(0);
        out.extend(char::from_u32(DIGIT + digit));
    }
}

/// Reads mark digits at the start of `text`: the number and the bytes they take.
pub(super) fn read_number(text: &str) -> (usize, usize) {
    let mut n = 0usize;
    let mut len = 0;
    for c in text.chars() {
        match (c as u32).checked_sub(DIGIT) {
            Some(digit @ 0..=15) => n = (n << 4) | digit as usize,
            _ => break,
        }
        len += c.len_utf8();
    }
    (n, len)
}

/// `text` wrapped as the fact with this number.
pub(super) fn fact(number: usize, text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 12);
    out.push(FACT);
    push_number(&mut out, number);
    out.push_str(text);
    out.push(END);
    out
}

/// The id by which one of two texts is asked for: the first that says something.
pub(super) const EITHER: &str = "|";

/// The id by which a text is asked for that is said only where no figure of it was told before.
pub(super) const FRESH: &str = "fresh";

/// The id by which texts are asked for as one list, those that say nothing left out: how they are joined,
/// then at most how many, then each.
pub(super) const LIST: &str = "list";

/// The id by which the work is asked for, by its name or as 这项工作.
pub(super) const IT: &str = "it";

/// A phrase asked for by its id, with its arguments.
pub(super) fn asked<'a>(id: &str, arguments: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut out = String::with_capacity(64);
    out.push(PHRASE);
    out.push_str(id);
    for (name, value) in arguments {
        out.push(SEPARATOR);
        out.push_str(name);
        out.push(SEPARATOR);
        out.push_str(value);
    }
    out.push(PHRASE_END);
    out
}

/// Where the phrase ends of which `text` holds what follows its sign, past those among its arguments.
pub(super) fn phrase_end(text: &str) -> Option<usize> {
    let mut depth = 0;
    let mut from = 0;
    while let Some(at) = find(&text[from..]).map(|at| from + at) {
        let sign = text[at..].chars().next()?;
        match sign {
            PHRASE => depth += 1,
            PHRASE_END if depth == 0 => return Some(at),
            PHRASE_END => depth -= 1,
            _ => {}
        }
        from = at + sign.len_utf8();
    }
    None
}

/// What stands between the separators of a phrase, those of phrases among its arguments left alone.
pub(super) fn fields(body: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let (mut depth, mut from, mut at) = (0, 0, 0);
    while let Some(next) = find(&body[at..]).map(|next| at + next) {
        let Some(sign) = body[next..].chars().next() else { break };
        at = next + sign.len_utf8();
        match sign {
            PHRASE => depth += 1,
            PHRASE_END => depth -= 1,
            SEPARATOR if depth == 0 => {
                out.push(&body[from..next]);
                from = at;
            }
            _ => {}
        }
    }
    out.push(&body[from..]);
    out
}

/// The numbers of the facts in a marked text, in order.
pub(super) fn facts_in(text: &str) -> Vec<usize> {
    let mut out = Vec::new();
    for sign in [FACT, COMPUTED] {
        out.extend(text.match_indices(sign).map(|(at, _)| read_number(&text[at + sign.len_utf8()..]).0));
    }
    out
}

/// `words` marked as computed from the facts in these marked texts; unmarked if there are none.
pub(super) fn computed<'t>(from: impl IntoIterator<Item = &'t str>, words: &str) -> String {
    let facts: Vec<usize> = from.into_iter().flat_map(facts_in).collect();
    if facts.is_empty() || words.is_empty() {
        return words.to_owned();
    }
    let mut out = String::with_capacity(words.len() + 12 * facts.len());
    for number in facts {
        out.push(COMPUTED);
        push_number(&mut out, number);
    }
    out.push_str(words);
    out.push(END);
    out
}

/// `words` marked as the first fact in a marked text is; unmarked if there is none.
pub(super) fn like(marked: &str, words: &str) -> String {
    match facts_in(marked).first() {
        Some(&number) => fact(number, words),
        None => words.to_owned(),
    }
}

/// A marked text without its marks.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = find(rest) {
        out.push_str(&rest[..at]);
        rest = rest[at..].trim_start_matches(is_mark);
    }
    out.push_str(rest);
    out
}

/// The last visible character of a marked text and its byte offset.
pub(super) fn last_visible(text: &str) -> Option<(usize, char)> {
    text.char_indices().rev().find(|&(_, c)| !is_mark(c))
}

/// Whether a text goes on with a mark before which no other mark may stand.
pub(super) fn closes(text: &str) -> bool {
    text.starts_with(['。', '；', '，', '、', '：', '！', '？'])
}

/// Takes 。；，、 off the end of a marked text.
pub(super) fn open_end(text: &mut String) {
    while let Some((at, '。' | '；' | '，' | '、')) = last_visible(text) {
        text.remove(at);
    }
}

/// Whether a marked text shows nothing.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| is_mark(c) || c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::{END, FACT, PHRASE, find_phrase, push_number, read_number};

    #[test]
    fn a_phrase_is_found_among_other_marks() {
        let text = format!("一{FACT}二{END}三{PHRASE}四");
        assert_eq!(find_phrase(&text), text.find(PHRASE));
        assert_eq!(find_phrase("一二三"), None);
        assert_eq!(PHRASE, '\u{FDD3}');
    }

    #[test]
    fn numbers_read_back() {
        for n in [0, 1, 15, 16, 255, 256, 4095, 1 << 20, usize::MAX] {
            let mut out = String::new();
            push_number(&mut out, n);
            assert_eq!(read_number(&format!("{out}一")), (n, out.len()), "{n}");
        }
    }
}
