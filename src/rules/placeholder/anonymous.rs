//! 某: `某县`, `某某同志`, `某某局` in a document that should name them.
//!
//! 某种, 某项 and 某一 are law and grammar; 李某某 in a report of cases and 某单位 in a story hide a
//! name on purpose. Left are 某某 before a place, an office or a holder, and a single 某 in a title
//! or in a document that shows other blanks.

use super::page::Page;
use super::{Judged, Notation, Suspect, Verdict, is_han};
use crate::base::blank::{self, Lack};
use crate::base::lexicon::placeholder as lexicon;

/// What opens it.
pub(super) const TRIGGERS: &[&str] = &["某"];

/// Looks at the 某 at `at`.
pub(super) fn find(page: &Page<'_>, at: usize) -> Judged {
    let len = page.text[at..].find(|c| c != '某').unwrap_or(page.text.len() - at);
    let end = at + len;
    let Some((verdict, lack)) = judge(page, at, end) else { return Judged::none(end) };
    Judged {
        suspect: Some(Suspect { range: at..end, verdict, lack, notation: Notation::Anonymous }),
        resume: end,
    }
}

/// 联系人：某某某, 覃某某，女: a person and nobody else.
fn nameless(page: &Page<'_>, before: &str, after: &str) -> Option<Verdict> {
    if after.chars().next().is_some_and(is_han) {
        return None;
    }
    if let Some(label) = before.strip_suffix(['：', ':']) {
        return lexicon::PERSON_LABELS.iter().any(|l| label.ends_with(l)).then_some(Verdict::Sure);
    }
    let surname = before.chars().next_back().is_some_and(is_han) && after.starts_with('，');
    (surname && !page.hides_on_purpose()).then_some(Verdict::Among)
}

fn judge(page: &Page<'_>, at: usize, end: usize) -> Option<(Verdict, Lack)> {
    let before = page.before(at);
    let after = page.after(end);
    let doubled = end - at > '某'.len_utf8();
    if doubled && let Some(verdict) = nameless(page, before, after) {
        return Some((verdict, Lack::Person));
    }
    let (lack, word) = if doubled { blank::before(after) } else { blank::unit(after) }?;
    let office = lack == Lack::Name && lexicon::ANONYMOUS_BODIES.contains(&word);
    if !(matches!(lack, Lack::Place | Lack::Person)
        || office
        || doubled && matches!(lack, Lack::Year | Lack::Month | Lack::Day))
    {
        return None;
    }
    let prev = before.chars().next_back();
    if page.hides_on_purpose() {
        return Some((Verdict::Among, lack)).filter(|_| doubled && !prev.is_some_and(is_han));
    }
    // 张某某同志 in a programme; 灞桥某工地 and 王某 in a story.
    let named = prev.is_some_and(|c| is_han(c) && !"在对由请和与向从到于是的为把给、及来各将".contains(c));
    let title = before.chars().count() <= 12
        && page.before(at).len() <= at
        && at < 200
        && !page.after(end).contains(['。', '，'])
        && !before.contains(['。', '，']);
    if doubled {
        let surname = named && lack == Lack::Person;
        return Some((if surname { Verdict::Look } else { Verdict::Sure }, lack));
    }
    // 某单位 and 某公司 begin many a story.
    if office && matches!(word, "单位" | "部门" | "公司" | "企业") {
        return None;
    }
    if title && !named {
        return Some((Verdict::Look, lack));
    }
    if word == "同志" && !named || before.ends_with("中共") || before.ends_with("中国共产党") {
        return Some((Verdict::Look, lack));
    }
    (!named).then_some((Verdict::Among, lack))
}
