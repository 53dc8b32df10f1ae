//! Names that vanished, seen by what would follow them: `还有等部门`, `、路开工`, `县委书记同志讲话`, `组长：`
//! with nothing after it, and figures before the end of a clause (`公开率达。`).

use super::{Joint, Weight, before, left};
use crate::base::blank::{self, Lack};
use crate::base::counts::{Counts, EDGE, FIGURE};
use crate::base::lexicon::{blank as around, placeholder as lexicon};
use crate::rules::placeholder::is_han;
use crate::rules::placeholder::page::Page;

/// 还有等部门, 、等单位: nobody is named before 等. 没有等出来的, 等不起 and 等级 have no such word after them.
pub(super) fn others(page: &Page<'_>, _: Counts<'_>, at: usize, end: usize) -> Option<Joint> {
    let rest = &page.text[end..];
    let summed_up = lexicon::SUMMED_UP.iter().find(|w| rest.starts_with(**w)).copied();
    let word = summed_up.or_else(|| blank::unit(rest).map(|(_, word)| word))?;
    let two = summed_up.is_some() || word.chars().count() >= 2 && word.starts_with(is_han);
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
pub(super) fn torn(page: &Page<'_>, _: Counts<'_>, at: usize, end: usize) -> Option<Joint> {
    let (lack, word) = blank::unit(&page.text[end..])?;
    matches!(lack, Lack::Place | Lack::Person).then(|| Joint {
        range: left(page.text, at, 1)..end + word.len(),
        lack,
        // 人和、村美
        weight: Weight::Beside,
    })
}

/// 县委书记同志, ；同志上台: an office, or nothing at all, and no name before 同志.
pub(super) fn comrade(page: &Page<'_>, counts: Counts<'_>, at: usize, end: usize) -> Option<Joint> {
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
    // 由同志主持, 任命同志为组长
    if head.len() == at && lexicon::BEFORE_PERSON.iter().any(|w| head.ends_with(w)) {
        let range = left(text, at, 2)..end;
        return next.filter(|&c| is_han(c) && c != '的').map(|_| Joint {
            range,
            lack: Lack::Person,
            weight: Weight::Alone,
        });
    }
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
    let range = head.len() - mark.len_utf8()..end;
    // 县人大常委会副主任、同志；
    let held = head.strip_suffix('、').is_some_and(|h| lexicon::TITLES.iter().any(|t| h.ends_with(t)));
    if held && next.is_none_or(super::is_mark) {
        return Some(Joint { range, lack: Lack::Person, weight: Weight::Alone });
    }
    let next = next.filter(|&c| is_han(c))?;
    let unheard = counts.level(&[EDGE, '同', '志', next]) == 0;
    let weight = if mark == '，' { Weight::Beside } else { Weight::Alone };
    unheard.then_some(Joint { range, lack: Lack::Person, weight })
}

/// 公开率达。: what ends in these words goes on with a figure, and never ends there.
pub(super) fn reached(page: &Page<'_>, counts: Counts<'_>, at: usize, end: usize) -> Option<Joint> {
    if !page.text[end..].starts_with(['，', '。', '；']) {
        return None;
    }
    // 由汽车站经人民医院至，
    let clause = page.before(at).rsplit(['。', '；']).next().unwrap_or_default();
    if page.text[at..end].starts_with('至')
        && !clause.ends_with(['甚', '乃', '截', '冬', '夏', '以', '必', '备', '兼', '周', '及', '直', '所'])
        && clause.contains(['由', '从', '自'])
    {
        return Some(Joint { range: left(page.text, at, 2)..end, lack: Lack::Name, weight: Weight::Draft });
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
            // 、县农业农村局 begins with whose it is.
            && !lexicon::DIVISIONS.contains(&letters[1])
            && counts.level(&letters) == 0
            && counts.level(&letters[1..]) >= 3;
        let range = at..at + mark.len() + word.len();
        torn.then_some(Joint { range, lack, weight: Weight::Beside })
    })
}

/// `组长：` on a line of its own, and after it another such line: the offices were listed and nobody in them.
pub(super) fn roles(page: &Page<'_>) -> Vec<Joint> {
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
