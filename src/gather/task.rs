//! 任务: what is to be done, by whom, with whom, by when.
//!
//! Three things make a task: somebody is put in charge of it (牵头, 责任单位, 负责), it stands in a part of
//! the paper that is about tasks, or the paper is a plan and it is a heading of its second level. The
//! first is sure wherever it stands.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::charge::{Charge, begins, charge, does, due, each, units};
use super::duty::asked;
use super::label::{labelled, opens};
use super::page::{POINT, Page};
use super::sense::Sense;
use super::split::{bare, head_of, opening, points, sentences};
use super::{Found, Kind};
use crate::base::lexicon::gather as lexicon;
use crate::base::lines::tight;

/// What of the text a task is made of.
struct Item {
    name: Range<usize>,
    detail: Vec<Range<usize>>,
    charge: Charge,
}

/// The tasks of a paper; those of its tables come from `tables`.
pub(super) fn find(page: &Page<'_>, tables: &[Found]) -> Vec<Found> {
    let mut charged: BTreeMap<usize, Charge> = BTreeMap::new();
    let mut parts: Vec<(usize, Item)> = Vec::new();
    let mut asides: Vec<(usize, Item)> = Vec::new();
    // The last line before this one that says more than who is in charge.
    let (mut before, mut told) = (None, None);
    for (index, line) in page.lines.iter().enumerate() {
        before = told.or(before);
        told = (!line.cell && !opens(page.said(&line.range))).then_some(index);
        if line.cell || line.title {
            continue;
        }
        let asked =
            asked(page, &line.body).into_iter().map(|(what, charge)| (index, part(page, &what, charge)));
        asides.extend(asked);
        let duties = || {
            does(page, &line.range).into_iter().map(|(who, what)| {
                let (who, partners) = joined(page, &who);
                let charge =
                    Charge { owner: Some(who), partners, start: line.range.end, ..Charge::default() };
                (index, part(page, &what, charge))
            })
        };
        // Who is in charge of a measure is told with it.
        if line.sense == Some(Sense::Measures) {
            parts.extend(duties());
            continue;
        }
        let several = each(page, &line.body);
        if !several.is_empty() {
            parts.extend(several.into_iter().map(|(what, charge)| (index, part(page, &what, charge))));
            continue;
        }
        let Some(charge) = charge(page, &line.range) else {
            parts.extend(duties());
            let begun = sentences(page.text, &line.body)
                .into_iter()
                .filter_map(|s| Some((begins(page.text, &s)?, s)));
            let begun: Vec<(Charge, Range<usize>)> = begun.collect();
            // One says who does what the heading says, several say it each of a part.
            match (&begun[..], line.head.is_empty()) {
                ([(charge, _)], false) => {
                    charged
                        .entry(index)
                        .or_insert_with(|| Charge { start: usize::MAX, ..Charge::default() })
                        .add(charge.clone());
                }
                _ => parts.extend(begun.into_iter().map(|(charge, sentence)| {
                    let from = charge.owner.as_ref().map_or(sentence.start, |o| o.end);
                    (index, part(page, &(from..sentence.end), charge))
                })),
            }
            continue;
        };
        let Some(mut holder) = holder(page, index, &charge, before) else { continue };
        // Paragraphs under one heading that have each somebody in charge are a task each.
        if holder != index
            && charged.contains_key(&holder)
            && !page.said(&(line.range.start..charge.start.max(line.range.start))).trim().is_empty()
        {
            holder = index;
        }
        let known =
            charged.entry(holder).or_insert_with(|| Charge { start: usize::MAX, ..Charge::default() });
        known.add(charge);
    }
    let parted: BTreeSet<usize> = parts.iter().map(|(index, _)| *index).collect();
    let heads: BTreeSet<usize> =
        page.lines.iter().filter(|l| l.level.is_some_and(|l| l < POINT)).filter_map(|l| l.above).collect();
    let leaf = |index: usize| page.habit.list && !heads.contains(&index);
    let plain: Vec<usize> = (0..page.lines.len())
        .filter(|&i| !charged.contains_key(&i) && !parted.contains(&i) && is_task(page, i, leaf(i)))
        .collect();
    // A heading above tasks is no task of its own.
    let above: BTreeSet<usize> = charged.keys().chain(&parted).flat_map(|&i| page.over(i)).collect();
    let mut found: Vec<(usize, Found)> =
        parts.into_iter().chain(asides).map(|(index, item)| (index, record(page, &item))).collect();
    for (index, charge) in charged {
        if let Some(item) = item(page, index, charge) {
            found.push((index, record(page, &item)));
        }
    }
    for index in plain.into_iter().filter(|i| !above.contains(i)) {
        if let Some(item) =
            item(page, index, Charge { start: page.lines[index].range.end, ..Charge::default() })
        {
            found.push((index, record(page, &item)));
        }
    }
    found.sort_by_key(|(index, _)| *index);
    let mut all: Vec<Found> = found.into_iter().map(|(_, one)| one).collect();
    all.extend(tables.iter().filter(|one| one.kind == Kind::Task).cloned());
    all
}

/// The line that says what the unit in charge does: the same, or of a line of nothing but labels the one
/// before them.
fn holder(page: &Page<'_>, index: usize, charge: &Charge, before: Option<usize>) -> Option<usize> {
    let line = &page.lines[index];
    let own = tight(page.text, line.range.start..charge.start.max(line.range.start));
    if !bare(page.text, &own).is_empty()
        && (line.level.is_none()
            || charge.start > line.head.start.max(line.body.start)
            || !line.head.is_empty())
    {
        // A paragraph under its heading is what the heading stands for.
        let above = line.above.filter(|_| line.level.is_none());
        let heads =
            |up: usize| page.lines[up].level.is_some_and(|l| l >= 2) && !page.lines[up].head.is_empty();
        return Some(above.filter(|&up| heads(up)).unwrap_or(index));
    }
    let before = before?;
    let up = &page.lines[before];
    if up.level.is_some() {
        return Some(before);
    }
    Some(up.above.filter(|&above| page.lines[above].level.is_some_and(|l| l >= 2)).unwrap_or(before))
}

/// Whether a heading is a task by where it stands; of a list of tasks each item is one that has none below.
fn is_task(page: &Page<'_>, index: usize, item: bool) -> bool {
    let line = &page.lines[index];
    let Some(level) = line.level.filter(|_| !line.cell) else { return false };
    if item && level < POINT && line.sense.is_none() {
        return true;
    }
    if level == 1 || line.head.is_empty() {
        return false;
    }
    match line.sense {
        Some(Sense::Tasks | Sense::Plans) => line.by.is_some() && line.above == line.by,
        Some(_) => false,
        // In a plan the headings under its parts are tasks, but for 治理范围.
        None if lexicon::NO_TASKS.iter().any(|end| page.said(&line.head).ends_with(end)) => false,
        None => {
            let under = line.above.filter(|&up| page.lines[up].level == Some(1));
            let asks = page.said(&line.head).starts_with('要');
            level == 2 && (page.habit.plan && under.is_some() || asks)
        }
    }
}

/// 县水利局会同县财政局: who leads, and with whom.
fn joined(page: &Page<'_>, who: &Range<usize>) -> (Range<usize>, Vec<Range<usize>>) {
    let words = page.said(who);
    match words.find("会同") {
        Some(at) if at > 0 => {
            (who.start..who.start + at, units(page.text, &(who.start + at + "会同".len()..who.end)))
        }
        _ => (who.clone(), Vec::new()),
    }
}

/// A task of a stretch of a paragraph.
fn part(page: &Page<'_>, what: &Range<usize>, charge: Charge) -> Item {
    let marks = page.said(what).trim_start_matches(['。', '；', ';', '，', ',', '、', ' ', '　']);
    let what = what.end - marks.len()..what.end;
    let name = bare(page.text, &opening(page.text, &what));
    let detail = details(page.text, &tight(page.text, name.end..what.end.max(name.end)));
    Item { name, detail, charge }
}

fn item(page: &Page<'_>, index: usize, charge: Charge) -> Option<Item> {
    let line = &page.lines[index];
    let text = page.text;
    // Of a line that says who is in charge only what stands before that.
    let end =
        if line.range.contains(&charge.start) { charge.start.max(line.body.start) } else { line.body.end };
    let body = line.body.start..end.min(line.body.end);
    let (name, rest) = if line.head.is_empty() {
        let name = opening(text, &body);
        let rest = tight(text, name.end..body.end.max(name.end));
        (name, rest)
    } else {
        (line.head.clone(), tight(text, body))
    };
    let name = without_brackets(text, &bare(text, &name));
    // A project has a list of its own.
    if text[name.clone()].chars().count() < 2 || text[name.clone()].starts_with("总投资") {
        return None;
    }
    let mut detail = details(text, &rest);
    if rest.is_empty() && line.level.is_some_and(|l| l < 5) {
        detail = below(page, index);
    }
    Some(Item { name, detail, charge })
}

/// What a paragraph asks for, a sentence or a point each.
pub(super) fn details(text: &str, rest: &Range<usize>) -> Vec<Range<usize>> {
    let points = points(text, rest);
    let all = if points.is_empty() { sentences(text, rest) } else { points };
    let told = |r: &Range<usize>| {
        let words = text[r.clone()].trim_start_matches(['（', '(', '；', '，', '：']);
        let bracket = text[r.clone()].starts_with(['（', '('])
            && ["负责", "牵头", "单位", "配合"].iter().any(|w| words.contains(w));
        words.chars().count() >= 4 && !bracket && !lexicon::OWNERS.iter().any(|o| words.starts_with(o))
    };
    all.into_iter().map(|r| bare(text, &r)).filter(told).collect()
}

/// The paragraphs and headings under a heading that is a line by itself.
fn below(page: &Page<'_>, index: usize) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    /// What closes a speech or a paper is no part of its last heading.
    const CLOSING: &[&str] = &["各位", "同志们", "让我们", "总之", "附件", "附：", "《"];
    let under =
        page.lines.iter().skip(index + 1).take_while(|l| l.above.is_some_and(|up| up >= index) && !l.title);
    for line in under.take_while(|l| !CLOSING.iter().any(|c| page.said(&l.range).starts_with(c))) {
        if line.cell || labelled(page.text, &line.range).is_some_and(|(s, _)| s <= line.range.start + 3) {
            continue;
        }
        if line.level.is_some() {
            let head = if line.head.is_empty() { opening(page.text, &line.body) } else { line.head.clone() };
            all.push(bare(page.text, &head));
        } else {
            all.extend(details(page.text, &line.range));
        }
    }
    all
}

/// A name without a bracket at its end.
pub(super) fn without_brackets(text: &str, range: &Range<usize>) -> Range<usize> {
    let words = text.get(range.clone()).unwrap_or_default();
    match words.rfind(['（', '(']).filter(|&at| at > 0 && words.ends_with(['）', ')'])) {
        Some(at) => tight(text, range.start..range.start + at),
        None => range.clone(),
    }
}

fn record(page: &Page<'_>, item: &Item) -> Found {
    let mut found = Found::named(Kind::Task, page, &item.name);
    for detail in &item.detail {
        found.say(page, "detail", detail);
    }
    let Charge { owner, partners, due: by, aim, .. } = &item.charge;
    if let Some(aim) = aim {
        found.say(page, "target", aim);
    }
    if let Some(owner) = owner {
        found.say(page, "owner", owner);
    }
    for partner in partners {
        found.say(page, "partners", partner);
    }
    let told = item.detail.first().zip(item.detail.last()).map(|(a, b)| a.start..b.end.max(a.start));
    let prose = || due(page.text, &item.name.clone()).or_else(|| told.and_then(|told| due(page.text, &told)));
    if let Some(by) = by.clone().or_else(|| owner.is_some().then(prose).flatten()) {
        found.say(page, "due", &by);
    }
    found
}

/// Splits a point of a paragraph into a name and its details.
pub(super) fn point(page: &Page<'_>, point: &Range<usize>) -> (Range<usize>, Vec<Range<usize>>) {
    let (head, rest) = head_of(page.text, point);
    let name =
        if page.text[head.clone()].chars().count() > 30 { opening(page.text, &head) } else { head.clone() };
    (bare(page.text, &name), details(page.text, &rest))
}
