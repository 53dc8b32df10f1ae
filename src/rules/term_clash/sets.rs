//! Lists of set phrases (固定提法的列举) that lack a member or name one twice: “六稳”是指稳就业、…, 政治意识、大局意识、
//! 看齐意识.
//!
//! Beside its phrase a list is told where it has more than half of the members and not all; by itself, where the
//! lexicon says that the members are known without the phrase and hardly one is missing. What goes on behind the
//! members (等, or an item of one's own) is a list of its own.

use std::ops::Range;
use std::sync::LazyLock;

use super::{Page, hit};
use crate::base::han;
use crate::base::words::Words;
use crate::base::{Text, clause};
use crate::model::Finding;
use crate::model::pack::Formula;
use crate::rules::reading::cue;
use crate::rules::reading::formulas::{FORMULAS, SETS, Set};
use crate::text;

const HELP: Text =
    Text::fixed("对照原文，补上漏了的一项", "see the source and put in the one that is missing");

pub(super) fn find(page: &Page<'_>) -> Vec<Finding> {
    /// Bytes between a phrase and its list, of which one is told.
    const NEAR: usize = 60;
    let mut found = Vec::new();
    for (formula, range) in FORMULAS.said(&page.pack.formulas, page.text) {
        if let Some((message, basis)) = short(page.text, &range, formula).filter(|_| !page.is_quoted(&range))
        {
            found.push(told(range, message, basis));
        }
    }
    let named: Vec<Range<usize>> = found.iter().map(|f| f.range.clone()).collect();
    let beside =
        |f: &Finding| named.iter().any(|n| n.start <= f.range.end + NEAR && f.range.start <= n.end + NEAR);
    found.extend(alone(page).into_iter().filter(|f| !beside(f)));
    found
}

fn told(range: Range<usize>, message: Text, basis: &str) -> Finding {
    let grounds = (!basis.is_empty()).then(|| text!("依据：{basis}", "on the basis of {basis}"));
    hit(range, message, HELP).notes(grounds.map(|g| (None, g)))
}

/// The words of all sets, and whose each is: the set and the member.
struct Members {
    words: Words<'static>,
    of: Vec<(usize, usize)>,
}

static MEMBERS: LazyLock<Members> = LazyLock::new(|| {
    let all = || {
        SETS.iter()
            .enumerate()
            .flat_map(|(s, set)| set.members.iter().enumerate().map(move |(m, w)| (s, m, *w)))
    };
    Members { words: Words::of(all().map(|(.., w)| w)), of: all().map(|(s, m, _)| (s, m)).collect() }
});

/// Members of one set in a row: their numbers and their bytes.
#[derive(Default)]
struct Run {
    members: Vec<usize>,
    from: usize,
    to: usize,
}

/// Lists that stand without their phrase.
fn alone(page: &Page<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut runs: Vec<Run> = SETS.iter().map(|_| Run::default()).collect();
    for m in MEMBERS.words.every(page.text) {
        let Some(&(set, member)) = MEMBERS.of.get(m.word) else { continue };
        let run = &mut runs[set];
        let joined = !run.members.is_empty()
            && run.to <= m.range.start
            && matches!(
                page.text.get(run.to..m.range.start),
                Some("、" | "和" | "与" | "及" | "，" | "以及" | "；")
            );
        if !joined {
            found.extend(judge(page, &SETS[set], run));
            *run = Run { from: m.range.start, ..Run::default() };
        }
        run.members.push(member);
        run.to = m.range.end;
    }
    for (set, run) in SETS.iter().zip(&runs) {
        found.extend(judge(page, set, run));
    }
    found
}

fn judge(page: &Page<'_>, set: &Set, run: &Run) -> Option<Finding> {
    let (text, whole) = (page.text, set.members.len());
    let mut have = run.members.clone();
    have.sort_unstable();
    have.dedup();
    // A pack's list of the same name counts instead.
    let renewed = || page.pack.formulas.iter().any(|f| *f.name == *set.name);
    // An older reading of a phrase shares its later members with the newer one, and is known by its first.
    let older = set.name.contains("以前") && !have.contains(&0);
    if older || have.len() < 3 || page.is_quoted(&(run.from..run.to)) || renewed() {
        return None;
    }
    let (name, range) = (set.name, run.from..run.to);
    if let Some(i) = (1..run.members.len()).find(|&i| run.members[..i].contains(&run.members[i])) {
        let word = set.members[run.members[i]];
        let message = text!("列举里“{word}”出现了两次", "the list names “{word}” twice");
        return Some(told(range, message, ""));
    }
    let most = whole - 1;
    let opens = !text[..run.from].ends_with(['、', '和', '及']);
    let rest = &text[run.to..];
    // Behind the last: 等, or 、 and an item of one's own.
    let closes = !rest.trim_start_matches("发展").starts_with(['、', '等', '和', '及', '与', '以']);
    let day = page.day.is_none_or(|d| d.year >= set.since);
    if have.len() == whole || have.len() < most || !opens || !closes || !day {
        return None;
    }
    // 产业振兴是重点，统筹推进人才振兴、…: what is missing in the row is said beside it.
    let sentence = clause::sentence(text, run.from..run.to);
    let low = text.ceil_char_boundary(run.from.saturating_sub(3000));
    let line = text[low..run.from].rfind('\n').map_or(low, |at| low + at + 1);
    let near = &text[line..sentence.end];
    let beside = (0..whole).any(|i| !have.contains(&i) && near.contains(set.members[i]));
    if beside || cue::remembers(&text[sentence]) {
        return None;
    }
    let missing: Vec<&str> = (0..whole).filter(|i| !have.contains(i)).map(|i| set.members[i]).collect();
    let missing = missing.join("、");
    let message = text!("“{name}”列举不全，少了“{missing}”", "the list of “{name}” lacks “{missing}”");
    Some(told(range, message, set.basis))
}

/// A list beside the phrase that lacks members.
fn short<'f>(text: &str, range: &Range<usize>, formula: &'f Formula) -> Option<(Text, &'f str)> {
    /// Characters between a phrase and its list, or between two members.
    const GAP: usize = 9;
    if formula.members.len() < 3 {
        return None;
    }
    let span = clause::sentence(text, range.clone());
    let sentence = &text[span.clone()];
    let mut places: Vec<(usize, &str)> = formula
        .members
        .iter()
        .filter_map(|m| {
            let at = sentence.find(&**m)?;
            // 中国特色社会主义 is also part of other members' longer words; the nearest is enough.
            Some((span.start + at, &**m))
        })
        .collect();
    places.sort_unstable();
    let have = places.len();
    if have == formula.members.len()
        || have < 3 && formula.members.len() > 3
        || have < 2
        || have * 2 <= formula.members.len()
    {
        return None;
    }
    let gap = |a: usize, b: usize| text.get(a..b).map_or(usize::MAX, |w| w.chars().count());
    let run = places.windows(2).all(|w| {
        let end = w[0].0 + w[0].1.len();
        gap(end, w[1].0) <= 3
            && text.get(end..w[1].0).is_some_and(|s| s.contains(['、', '，', ',']) || s.contains('和'))
    });
    let (first, last) = (places.first()?, places.last()?);
    let (start, end) = (first.0, last.0 + last.1.len());
    let beside = if end <= range.start {
        gap(end, range.start) <= 4
    } else {
        start >= range.end && gap(range.end, start) <= 4
    };
    let whole = text.get(end..).is_some_and(|rest| !rest.starts_with('等'))
        && gap(start, end) <= GAP * formula.members.len() + 20;
    if !(run && beside && whole) {
        return None;
    }
    let named = places.iter().map(|p| p.1).collect::<Vec<_>>();
    let missing = missing(formula, &named, &text[start..text.floor_char_boundary(end + "四个字了".len())])?;
    let (name, missing) = (&formula.name, missing.join("、"));
    Some((
        text!("“{name}”列举不全，少了“{missing}”", "the list of “{name}” lacks “{missing}”"),
        &formula.basis,
    ))
}

/// The members of a formula that its list names neither so nor in fewer words (基本医疗和住房 for 住房安全).
fn missing<'f>(formula: &'f Formula, named: &[&str], listed: &str) -> Option<Vec<&'f str>> {
    // An item by itself: 和住房。, not the 中国 of 中国特色社会主义.
    let shorter = |m: &str| {
        let Some(short) = m.get(.."两字".len()).filter(|short| short.len() < m.len()) else { return false };
        listed.match_indices(short).any(|(at, _)| {
            listed[..at].ends_with(['、', '和', '及', '，'])
                && listed[at + short.len()..].chars().next().is_none_or(|c| !han::is_han(c))
        })
    };
    let missing: Vec<&str> =
        formula.members.iter().map(|m| &**m).filter(|m| !named.contains(m) && !shorter(m)).collect();
    (!missing.is_empty()).then_some(missing)
}
