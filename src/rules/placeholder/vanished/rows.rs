//! Members of rows that vanished, and whoever does what is done: `工作交接由牵头办理`, `县政协副主席、带队`,
//! `返乡青年、兄弟俩`, `会议研究了、选址等`, `南接，西与`, `联系电话，传真`.

use super::{Joint, Weight, is_mark, left};
use crate::base::blank::{self, Lack};
use crate::base::counts::{Counts, EDGE};
use crate::base::lexicon::placeholder as lexicon;
use crate::rules::placeholder::is_han;
use crate::rules::placeholder::page::Page;

/// What follows `at`, if it closes a clause.
fn closes(text: &str, at: usize) -> bool {
    text[at..].chars().next().is_none_or(is_mark)
}

/// 由负责，大垴林场: by whom is not said. 由负责审查的机关 says it.
pub(super) fn done_by(page: &Page<'_>, _: Counts<'_>, at: usize, end: usize) -> Option<Joint> {
    let rest = &page.text[end..];
    let office = page.text[..end].ends_with('任') && blank::unit(rest).is_some_and(|u| u.0 == Lack::Person);
    let goes_on = lexicon::AFTER_DONE_BY.iter().any(|w| rest.starts_with(w));
    let word = page.text[..at].ends_with(['自', '理', '缘', '事', '案', '因']);
    ((closes(page.text, end) || goes_on || office) && !word).then_some(Joint {
        range: at..end,
        lack: Lack::Name,
        weight: Weight::Alone,
    })
}

/// 县政协副主席、带队: the row of offices or bodies ends in a name that is not there.
pub(super) fn done_together(page: &Page<'_>, _: Counts<'_>, at: usize, end: usize) -> Option<Joint> {
    let head = &page.text[..at];
    let held = head.ends_with(lexicon::ENDS_BODY)
        || head.ends_with('办') && !["主办", "承办", "协办", "举办"].iter().any(|w| head.ends_with(w));
    let next = page.text[end..].chars().next();
    let noun = next.is_some_and(|c| "人单市县部省领者区".contains(c));
    (held && !noun).then(|| Joint {
        range: left(page.text, at, 2)..end,
        lack: Lack::Name,
        weight: Weight::Alone,
    })
}

/// 返乡青年、兄弟俩: whose brothers they are.
pub(super) fn kin(page: &Page<'_>, counts: Counts<'_>, at: usize, end: usize) -> Option<Joint> {
    let next = page.text[end..].chars().next().filter(|&c| is_han(c))?;
    let row = page.text[..at].ends_with(['子', '女', '妻', '妇', '妹', '弟']);
    let counted = matches!(next, '俩' | '二' | '两' | '三');
    let word: Vec<char> = page.text[at + '、'.len_utf8()..end].chars().collect();
    let unheard =
        counts.level(&[EDGE, word[0], word[1], next]) == 0 && !page.text[at..].starts_with("、兄弟");
    let weight = if counted { Weight::Alone } else { Weight::Draft };
    (!row && (counted || unheard)).then_some(Joint { range: at..end, lack: Lack::Person, weight })
}

/// ，爱心企业家夫妇、先生.
pub(super) fn addressed(page: &Page<'_>, _: Counts<'_>, at: usize, end: usize) -> Option<Joint> {
    let next = page.text[end..].chars().next();
    let row = page.text[..at].ends_with(['士', '生', '们'])
        || next.is_some_and(|c| "们、态产活存长成育火根".contains(c));
    (!row).then_some(Joint { range: at..end, lack: Lack::Person, weight: Weight::Alone })
}

/// 占信访总量的以上；: what part of it.
pub(super) fn part(page: &Page<'_>, _: Counts<'_>, at: usize, end: usize) -> Option<Joint> {
    let range = left(page.text, at, 2)..end;
    closes(page.text, end).then_some(Joint { range, lack: Lack::Number, weight: Weight::Alone })
}

/// 会议还研究了、县档案馆选址等事项: the first member of a row.
pub(super) fn hanging(page: &Page<'_>, _: Counts<'_>, at: usize, end: usize) -> Option<Joint> {
    let item = page.after(end).split(is_mark).next().unwrap_or_default();
    // 研究了、讨论了
    let row = item.contains('了') || page.text[..at].ends_with('、');
    (!row).then_some(Joint { range: at..end, lack: Lack::Name, weight: Weight::Alone })
}

/// 南接，西与石堰乡毗邻.
pub(super) fn border(page: &Page<'_>, _: Counts<'_>, at: usize, end: usize) -> Option<Joint> {
    let head = &page.text[..at];
    let opens = head.is_empty() || head.ends_with(['，', '；', '。', '：', '\n']);
    let ends = page.text[end..].starts_with(['，', '；', '。']);
    (opens && ends).then_some(Joint { range: at..end, lack: Lack::Place, weight: Weight::Alone })
}

/// 联系电话，传真: a clause of nothing but a label.
pub(super) fn label(page: &Page<'_>, _: Counts<'_>, at: usize, end: usize) -> Option<Joint> {
    let opens = page.text[..at].ends_with(['，', '；', '（', '。']);
    let ends = page.text[end..].starts_with(['，', '；', '）', '。']);
    (opens && ends).then_some(Joint { range: at..end, lack: Lack::Number, weight: Weight::Alone })
}

/// 位于省东部, 来自县的: which one is not said; 位于市区 is a word.
pub(super) fn place(page: &Page<'_>, _: Counts<'_>, at: usize, end: usize) -> Option<Joint> {
    let next = page.text[end..].chars().next()?;
    let goes_on = "东西南北部交边腹".contains(next);
    goes_on.then_some(Joint { range: at..end, lack: Lack::Place, weight: Weight::Alone })
}

/// 毕业于大学.
pub(super) fn school(_: &Page<'_>, _: Counts<'_>, at: usize, end: usize) -> Option<Joint> {
    Some(Joint { range: at..end, lack: Lack::Name, weight: Weight::Alone })
}

/// 上坝村、村、下坝村: an item that says no more than of what kind the others are.
pub(super) fn bare_item(page: &Page<'_>, _: Counts<'_>, at: usize, end: usize) -> Option<Joint> {
    let kind = page.text[at + '、'.len_utf8()..end].chars().next()?;
    let named = page.text[..at].strip_suffix(kind).is_some_and(|h| h.ends_with(is_han));
    named.then_some(Joint { range: at..end, lack: Lack::Place, weight: Weight::Alone })
}

/// 一是；二是。
pub(super) fn bare_point(_: &Page<'_>, _: Counts<'_>, at: usize, end: usize) -> Option<Joint> {
    Some(Joint { range: at..end, lack: Lack::Passage, weight: Weight::Alone })
}

/// 同比增长，: by how much is wanted, and not always said.
pub(super) fn compared(page: &Page<'_>, _: Counts<'_>, at: usize, end: usize) -> Option<Joint> {
    let ends = page.text[end..].starts_with(['，', '。', '；']);
    ends.then_some(Joint { range: at..end, lack: Lack::Number, weight: Weight::Draft })
}

/// `记录：` on a line of its own among other such lines that are filled in.
pub(super) fn unfilled(page: &Page<'_>) -> Vec<Joint> {
    let mut joints = Vec::new();
    let mut at = 0;
    let mut filled = false;
    let called =
        |line: &str| ["们", "各位", "领导", "同志", "代表", "先生", "朋友"].iter().any(|w| line.contains(w));
    for line in page.text.split_inclusive('\n') {
        let words = line.trim();
        let start = at + line.len() - line.trim_start().len();
        at += line.len();
        if words.is_empty() {
            continue;
        }
        let label = words.strip_suffix(['：', ':']).map(str::trim_end);
        if label.is_some_and(|l| lexicon::LINE_LABELS.contains(&l)) {
            let next = page.text[at..].lines().map(str::trim).find(|l| !l.is_empty());
            if next.map_or(filled, |l| is_labelled(l) && !called(l)) {
                let range = start..start + words.len();
                joints.push(Joint { range, lack: Lack::Unknown, weight: Weight::Draft });
            }
        }
        filled = is_labelled(words);
    }
    joints
}

/// `列席：王志远`: a short label and what fills it.
fn is_labelled(line: &str) -> bool {
    /// Characters of the longest label.
    const LONGEST: usize = 7;
    let colon = line.char_indices().take(LONGEST + 1).find(|(_, c)| matches!(c, '：' | ':'));
    colon.is_some_and(|(i, _)| i > 0 && line[..i].chars().all(|c| is_han(c) || c == ' ' || c == '　'))
}
