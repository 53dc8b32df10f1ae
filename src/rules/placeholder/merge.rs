//! What programs write where they have no value (合并失败): `undefined万元`, `同比增长NaN%`, `任命null同志`, `#REF!`.
//!
//! In a text about programs these are words (null值, None类型); before a unit or an office, and where a figure
//! must follow, they are not.

use super::page::Page;
use super::{Judged, Notation, Suspect, Verdict, is_han};
use crate::base::blank::{self, Lack};
use crate::base::lexicon::placeholder as lexicon;

/// Words of programming languages for no value, and what spreadsheets show for a mistake.
pub(super) const TRIGGERS: &[&str] = lexicon::NO_VALUES;

/// Looks at the word that starts at `at`.
pub(super) fn find(page: &Page<'_>, at: usize) -> Judged {
    let rest = &page.text[at..];
    let Some(word) = TRIGGERS.iter().filter(|w| rest.starts_with(**w)).max_by_key(|w| w.len()) else {
        return Judged::none(at + 1);
    };
    let end = at + word.len();
    let Some((verdict, lack)) = judge(page, at, end) else { return Judged::none(end) };
    Judged {
        suspect: Some(Suspect { range: at..end, verdict, lack, notation: Notation::Merge }),
        resume: end,
    }
}

fn judge(page: &Page<'_>, at: usize, end: usize) -> Option<(Verdict, Lack)> {
    let (left, right) = (page.left(at), page.right(end));
    let latin = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-' | '/' | '(' | '=');
    let beside = page.before(at).ends_with(latin) || page.after(end).starts_with(latin);
    if page.text[at..].starts_with('#') {
        // 0#N/A-523601: a part of a number.
        let latin = |c: char| c.is_ascii_alphabetic() || matches!(c, '_' | '(' | '=' | '/');
        let beside = page.before(at).ends_with(latin) || page.after(end).starts_with(latin);
        let spoken_of = right.starts_with("错误") || right.starts_with(['”', '"', '’']);
        return (!beside && !spoken_of).then_some((Verdict::Sure, Lack::Unknown));
    }
    if beside || lexicon::OF_VALUES.iter().any(|w| right.starts_with(w)) {
        return None;
    }
    if let Some((lack, _)) = blank::unit(right) {
        return (lack != Lack::Name || left.ends_with(is_han)).then_some((Verdict::Sure, lack));
    }
    if blank::wants_number(left) {
        return Some((Verdict::Sure, Lack::Number));
    }
    let quoted = right.starts_with(['”', '"', '’', '`']);
    let prose =
        left.ends_with(is_han) && (right.starts_with(is_han) || right.starts_with(['，', '。', '；', '、']));
    (prose && !quoted).then_some((Verdict::Look, Lack::Unknown))
}
