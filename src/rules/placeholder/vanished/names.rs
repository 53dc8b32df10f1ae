//! Names that vanished, seen by what would follow them: `还有等部门`, `、路开工`, `县委书记同志讲话`, `组长：`
//! with nothing after it, and figures before the end of a clause (`公开率达。`).

use std::sync::LazyLock;

use super::{Joint, Weight, before, left};
use crate::base::blank::{self, Lack};
use crate::base::counts::{Counts, EDGE, FIGURE};
use crate::base::lexicon::{blank as around, placeholder as lexicon};
use crate::base::words::Words;
use crate::rules::placeholder::is_han;
use crate::rules::placeholder::page::Page;

/// What is looked at: rows, offices, figures. One pass finds all of them.
static CUES: LazyLock<(Words<'static>, Vec<Cue>)> = LazyLock::new(|| {
    let lists: [(Cue, &[&str]); 5] = [
        (Cue::Others, lexicon::OTHERS),
        (Cue::Torn, lexicon::TORN_ROWS),
        (Cue::Comrade, &["同志"]),
        (Cue::Dates, &["月日"]),
        (Cue::Reached, lexicon::REACHED),
    ];
    let words = lists.iter().flat_map(|(_, words)| words.iter().copied());
    let cues = lists.iter().flat_map(|(cue, words)| words.iter().map(move |_| *cue));
    (Words::of(words), cues.collect())
});

#[derive(Debug, Clone, Copy)]
enum Cue {
    /// 还有等, 、等: whoever comes first is missing.
    Others,
    /// 和、 and a row that goes on: 和、村的.
    Torn,
    /// 县委书记同志.
    Comrade,
    /// 月日 without a figure.
    Dates,
    /// 达。
    Reached,
}

/// Looks at every cue of the page, and at the lines that name an office and nobody.
pub(super) fn find(page: &Page<'_>, counts: Counts<'_>) -> Vec<Joint> {
    let (words, cues) = &*CUES;
    let mut joints: Vec<Joint> = words
        .find_iter(page.text)
        .filter_map(|found| {
            let (at, end) = (found.range.start, found.range.end);
            match cues[found.word] {
                Cue::Others => others(page, at, end),
                Cue::Torn => torn(page, at, end),
                Cue::Comrade => comrade(page, counts, at, end),
                Cue::Dates => dates(page, at, end),
                Cue::Reached => reached(page, counts, at, end),
            }
        })
        .collect();
    joints.extend(roles(page));
    joints.sort_by_key(|j| j.range.start);
    joints
}

/// 还有等部门, 、等单位: nobody is named before 等. 没有等出来的, 等不起 and 等级 have no such word after them.
fn others(page: &Page<'_>, at: usize, end: usize) -> Option<Joint> {
    let (_, word) = blank::unit(&page.text[end..])?;
    let two = word.chars().count() >= 2 && word.starts_with(is_han);
    let head = page.before(at);
    let item = head.rsplit(['、', '，', '。', '；', '：', '“']).next().unwrap_or_default();
    // 等政策、等文件: 等 is what somebody does.
    let waited = item.contains('等') || head.ends_with(['没', '事', '理', '不']);
    (two && !waited).then(|| Joint {
        range: left(page.text, at, 2)..end + word.len(),
        lack: Lack::Name,
        weight: Weight::Alone,
    })
}

/// 和、村的: a name is missing on one side of 和.
fn torn(page: &Page<'_>, at: usize, end: usize) -> Option<Joint> {
    let (lack, word) = blank::unit(&page.text[end..])?;
    matches!(lack, Lack::Place | Lack::Person).then(|| Joint {
        range: left(page.text, at, 1)..end + word.len(),
        lack,
        // 人和、村美
        weight: Weight::Beside,
    })
}

/// 县委书记同志, ；同志上台: an office, or nothing at all, and no name before 同志.
fn comrade(page: &Page<'_>, counts: Counts<'_>, at: usize, end: usize) -> Option<Joint> {
    let text = page.text;
    let next = text[end..].chars().next();
    if next == Some('们') {
        return None;
    }
    let head = text[..at].trim_end_matches([' ', '　']);
    if at - head.len() > 8 {
        return None;
    }
    let offices =
        around::PEOPLE.iter().filter(|o| !o.ends_with("同志") && !o.starts_with('常') && **o != "委员");
    let offices = offices.filter(|o| o.chars().count() >= 2);
    let office = offices.filter(|o| head.ends_with(*o)).max_by_key(|o| o.len());
    if let Some(office) = office {
        let body = &head[..head.len() - office.len()];
        // 老书记同志, 总书记同志 are spoken to.
        if !body.ends_with(|c| is_han(c) || c == '、') || body.ends_with(['总', '老', '的', '位']) {
            return None;
        }
        let range = left(text, head.len(), 2)..end;
        return Some(Joint { range, lack: Lack::Person, weight: Weight::Alone });
    }
    let mark = head.chars().next_back().filter(|c| matches!(c, '、' | '；' | '，'))?;
    let next = next.filter(|&c| is_han(c))?;
    let unheard = counts.level(&[EDGE, '同', '志', next]) == 0;
    let range = head.len() - mark.len_utf8()..end;
    let weight = if mark == '，' { Weight::Beside } else { Weight::Alone };
    unheard.then_some(Joint { range, lack: Lack::Person, weight })
}

/// 月日，乡党委召开: no figure before either.
fn dates(page: &Page<'_>, at: usize, end: usize) -> Option<Joint> {
    let head = &page.text[..at];
    let opens = head.is_empty() || head.ends_with(['\n', '。', '，', '；', '于', '在', ' ', '　']);
    let named = page.text[end..].chars().next().is_none_or(|c| matches!(c, '）' | ')' | '】' | ']'));
    (opens && !named).then_some(Joint { range: at..end, lack: Lack::Day, weight: Weight::Alone })
}

/// 公开率达。: what ends in these words goes on with a figure, and never ends there.
fn reached(page: &Page<'_>, counts: Counts<'_>, at: usize, end: usize) -> Option<Joint> {
    if !page.text[end..].starts_with(['，', '。', '；']) {
        return None;
    }
    let before = before(page, end);
    let (near, far) =
        (before.get(before.len().checked_sub(2)?..)?, before.get(before.len().checked_sub(3)?..)?);
    let with = |letters: &[char], letter: char| counts.level(&[letters, &[letter]].concat());
    let often = with(near, FIGURE);
    let asked = (often >= 7 || often >= 5 && with(far, FIGURE) >= 2) && with(near, EDGE) == 0;
    asked.then(|| Joint { range: left(page.text, at, 2)..end, lack: Lack::Number, weight: Weight::Alone })
}

/// 、路改造工程: a row goes on with what a name ends in, and no clause of official prose begins so.
pub(super) fn rows<'p>(page: &'p Page<'_>, counts: Counts<'p>) -> impl Iterator<Item = Joint> + 'p {
    page.text.match_indices('、').filter_map(move |(at, mark)| {
        let rest = &page.text[at + mark.len()..];
        let (lack, word) = blank::unit(rest)?;
        let next = rest[word.len()..].chars().next().filter(|&c| is_han(c))?;
        let letters: Vec<char> = [EDGE].into_iter().chain(word.chars()).chain([next]).collect();
        let torn = lack == Lack::Place
            && letters.len() <= 5
            && counts.level(&letters) == 0
            && counts.level(&letters[1..]) >= 3;
        let range = at..at + mark.len() + word.len();
        torn.then_some(Joint { range, lack, weight: Weight::Beside })
    })
}

/// `组长：` on a line of its own, and after it another such line: the offices were listed and nobody in them.
fn roles(page: &Page<'_>) -> Vec<Joint> {
    let mut joints: Vec<Joint> = Vec::new();
    let mut from = 0;
    for line in page.text.split_inclusive('\n') {
        let words = line.trim();
        let role = words.strip_suffix(['：', ':']).map(str::trim_end).filter(|w| {
            w.len() <= 6 * '长'.len_utf8()
                && w.chars().all(is_han)
                && lexicon::ROLES.iter().any(|r| w.ends_with(r))
        });
        if role.is_some() {
            let start = from + line.len() - line.trim_start().len();
            joints.push(Joint {
                range: start..start + words.len(),
                lack: Lack::Person,
                weight: Weight::Beside,
            });
        } else if !words.is_empty() {
            settle(&mut joints);
        }
        from += line.len();
    }
    settle(&mut joints);
    joints
}

/// Of the roles that were listed last two or more in a row are believed; one alone is filled by what follows.
fn settle(joints: &mut Vec<Joint>) {
    let listed = joints.iter().rev().take_while(|j| j.weight == Weight::Beside).count();
    let from = joints.len() - listed;
    if listed >= 2 {
        for joint in &mut joints[from..] {
            joint.weight = Weight::Alone;
        }
    } else {
        joints.truncate(from);
    }
}
