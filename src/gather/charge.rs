//! Who is in charge (责任分工), as brackets and sentences say it: （县水利局牵头，各乡镇配合，6月底前完成）,
//! 由县水利局牵头.

use std::ops::Range;

use super::habit::last_bracket;
use super::label::{Label, are_units, labelled, without_also};
use super::page::Page;
use super::split::between;
use crate::base::lexicon::gather as lexicon;
use crate::base::lines::tight;
use crate::base::pattern::pattern;
use crate::base::when::is_time;

/// Who does a thing, with whom, by when.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Charge {
    /// The units that lead, or are responsible where none leads.
    pub owner: Option<Range<usize>>,
    /// The units that take part, one each.
    pub partners: Vec<Range<usize>>,
    pub due: Option<Range<usize>>,
    pub aim: Option<Range<usize>>,
    /// Where the words about it begin.
    pub start: usize,
}

impl Charge {
    /// Takes what another adds.
    pub fn add(&mut self, other: Self) {
        self.owner = self.owner.take().or(other.owner);
        self.due = self.due.take().or(other.due);
        self.aim = self.aim.take().or(other.aim);
        if self.partners.is_empty() {
            self.partners = other.partners;
        }
        self.start = self.start.min(other.start);
    }
}

pattern! {
    /// 由县水利局牵头; the group is who.
    static BY = r"由([\p{Han}（）()、“”]{2,60}?)(?:负责)?牵头";
    /// By when, before 完成 and the like.
    static BY_WHEN = r"((?:(?:[12][0-9]{3}年|今年|明年|当年|本年)?(?:[0-9]{1,2}月(?:[0-9]{1,2}[日号](?:（[^（）]{1,6}）)?(?:上午|下午)?(?:[0-9]{1,2}(?:[:：][0-9]{2}|[时点]))?|底|末|中旬|上旬|下旬|初)?|年底|年末|上半年|春节|国庆节?|汛期|入汛|入冬|供暖期|[一二三四]季度末?)|[12][0-9]{3}年(?:年?底|末)?)(?:以前|之前|前)|(?:[0-9]{1,2}|[一二两三四五六七八九十]{1,2})(?:年|个月)内|用(?:[0-9]{1,2}|[一二两三四五六七八九十])年(?:左右)?的?时间)";
}

/// The units that a range names, one each, without what adds unnamed others.
pub(super) fn units(text: &str, range: &Range<usize>) -> Vec<Range<usize>> {
    between(text, &list(text, range), |c| matches!(c, '、' | '，' | ',' | '；' | ';' | ' ' | '　'))
}

/// The list in a range without what adds unnamed others.
fn list(text: &str, range: &Range<usize>) -> Range<usize> {
    let words = text.get(range.clone()).unwrap_or_default();
    let cut = without_also(words);
    let from = range.start + words.len() - words.trim_start().len();
    tight(text, from..from + cut.len())
}

/// What a line says of it, wherever it stands there; `None` if nothing.
pub(super) fn charge(page: &Page<'_>, line: &Range<usize>) -> Option<Charge> {
    by_label(page, line).or_else(|| in_bracket(page, line)).or_else(|| in_sentence(page, line))
}

/// One list of units, of which none is said to lead.
fn several(page: &Page<'_>, range: &Range<usize>, charge: &mut Charge) {
    let all = list(page.text, range);
    let each = units(page.text, &all);
    if page.habit.first_leads && each.len() > 1 {
        charge.owner = each.first().cloned();
        charge.partners = each.into_iter().skip(1).collect();
    } else {
        charge.owner = Some(all);
    }
}

fn by_label(page: &Page<'_>, line: &Range<usize>) -> Option<Charge> {
    let (start, labels) = labelled(page.text, line)?;
    let of = |label: Label| labels.iter().find(|(l, r)| *l == label && !r.is_empty()).map(|(_, r)| r.clone());
    let mut charge = Charge { start, ..Charge::default() };
    let (lead, owner) = (of(Label::Lead), of(Label::Owner));
    match (lead, owner) {
        (Some(lead), owner) => {
            charge.owner = Some(list(page.text, &lead));
            charge.partners = owner.iter().flat_map(|o| units(page.text, o)).collect();
        }
        // （责任单位：县水利局牵头，各乡镇配合）
        (None, Some(owner)) => match spoken(page, &owner) {
            Some(spoken) => charge.add(spoken),
            None => several(page, &owner, &mut charge),
        },
        (None, None) => {}
    }
    if let Some(partners) = of(Label::Partners) {
        charge.partners.extend(units(page.text, &partners));
    }
    charge.due = charge.due.take().or_else(|| of(Label::Due));
    charge.aim = of(Label::Aim);
    let said = charge.owner.is_some() || charge.due.is_some();
    charge.start = before_bracket(page.text, line, start);
    said.then_some(charge)
}

/// The bracket that a byte stands right behind, if it does.
fn before_bracket(text: &str, line: &Range<usize>, at: usize) -> usize {
    let before = text[line.start..at].trim_end();
    let open = before.chars().next_back().filter(|c| matches!(c, '（' | '(' | '【' | '[' | '〔'));
    line.start + before.len() - open.map_or(0, char::len_utf8)
}

fn in_bracket(page: &Page<'_>, line: &Range<usize>) -> Option<Charge> {
    let (inner, open) = last_bracket(page.text, line)?;
    bracketed(page, &inner, open)
}

/// What stands in a bracket that opens at a byte.
fn bracketed(page: &Page<'_>, inner: &Range<usize>, open: usize) -> Option<Charge> {
    let mut charge = spoken(page, inner).or_else(|| {
        // 卫生中心（乡镇卫生院）达标 names another.
        let behind = page.text[inner.end..].chars().nth(1);
        let apart = behind.is_none_or(|c| !c.is_alphanumeric()) || page.text[..open].ends_with(['。', '；']);
        let bare = page.habit.bare_brackets && apart && are_units(&page.text[inner.clone()]);
        bare.then(|| {
            let mut charge = Charge::default();
            several(page, inner, &mut charge);
            charge
        })
    })?;
    charge.start = open;
    Some(charge)
}

/// What one paragraph says of several things: each stretch with who is in charge of it, by the bracket behind
/// it; empty unless there are two.
pub(super) fn each(page: &Page<'_>, line: &Range<usize>) -> Vec<(Range<usize>, Charge)> {
    let text = page.text;
    let words = text.get(line.clone()).unwrap_or_default();
    if words.matches(['）', ')']).count() < 2 {
        return Vec::new();
    }
    // Only behind a label that says who or by when the words before a bracket are read for labels.
    let says = |label| matches!(label, Label::Lead | Label::Owner | Label::Due);
    let labels = labelled(text, line).map(|(_, labels)| labels).unwrap_or_default();
    let labels: Vec<usize> = labels.into_iter().filter(|l| says(l.0)).map(|(_, value)| value.start).collect();
    let (mut all, mut opened) = (Vec::new(), Vec::new());
    let mut from = line.start;
    for (at, c) in words.char_indices().map(|(at, c)| (line.start + at, c)) {
        let end = at + c.len_utf8();
        if matches!(c, '（' | '(' | '【' | '[') {
            opened.push((at, end));
        }
        let closes = matches!(c, '）' | ')' | '】' | ']');
        let Some((open, start)) = opened.pop_if(|_| closes).filter(|(open, _)| *open >= from) else {
            continue;
        };
        if matches!(c, '】' | ']') {
            continue;
        }
        let labelled = labels.get(labels.partition_point(|&l| l < from)).is_some_and(|&l| l < end);
        let charge = bracketed(page, &tight(text, start..at), open);
        let Some(charge) = charge.or_else(|| labelled.then(|| by_label(page, &(from..end))).flatten()) else {
            continue;
        };
        let what = tight(text, from..open);
        if !what.is_empty() {
            all.push((what, charge));
        }
        from = end;
    }
    if all.len() > 1 { all } else { Vec::new() }
}

pattern! {
    /// 县水利局负责管网改造: who, and what.
    static DOES = r"^([\p{Han}（）()、]{2,40}?)(?:[：:]|要|应当|应)?(?:牵头)?负责([^。；;]{4,90})";
}

/// 6月底前，县水利局完成…: the deadline and the unit that a sentence begins with, and what it does.
pub(super) fn begins(text: &str, sentence: &Range<usize>) -> Option<Charge> {
    /// Characters of a unit's name.
    const LONGEST: usize = 20;
    let words = text.get(sentence.clone())?;
    let by = by_when(words).filter(|m| m.start() == 0)?;
    let rest = words[by.end()..].trim_start_matches(['，', ',']);
    let from = words.len() - rest.len();
    let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8()).take(LONGEST);
    let who = ends.filter(|&end| {
        let verb = &rest[end..];
        are_units(&rest[..end]) && lexicon::UNIT_VERBS.iter().any(|v| verb.starts_with(v))
    });
    let end = who.last()?;
    let at = |range: Range<usize>| sentence.start + range.start..sentence.start + range.end;
    let owner = Some(at(from..from + end));
    Some(Charge { owner, due: Some(at(by.range())), start: sentence.end, ..Charge::default() })
}

/// The sentences of a line that say of a unit what it is responsible for.
pub(super) fn does(page: &Page<'_>, line: &Range<usize>) -> Vec<(Range<usize>, Range<usize>)> {
    let parts = between(page.text, line, |c| matches!(c, '。' | '；' | ';'));
    let told = parts.iter().filter_map(|part| {
        let found = DOES.on_lines(&page.text[part.clone()], |line| line.contains("负责")).next()?;
        let (who, what) = (found.get(1)?, found.get(2)?);
        let at = |m: regex::Match<'_>| part.start + m.start()..part.start + m.end();
        let named = are_units(who.as_str()) && !what.as_str().starts_with(['人', '的', '同', '，', '、']);
        named.then(|| (at(who), at(what)))
    });
    told.collect()
}

/// 县水利局牵头，县财政局配合，6月底前完成: in a bracket or behind a label.
fn spoken(page: &Page<'_>, range: &Range<usize>) -> Option<Charge> {
    let text = page.text;
    let mut charge = Charge { start: range.start, ..Charge::default() };
    for part in between(text, range, |c| matches!(c, '，' | ',' | '；' | ';' | '。')) {
        let words = &text[part.clone()];
        let upto = |at: usize| {
            let lead = if words.starts_with('由') { '由'.len_utf8() } else { 0 };
            tight(text, part.start + lead..part.start + at.max(lead))
        };
        if let Some(at) = words.find("牵头") {
            let who = list(text, &upto(words[..at].strip_suffix("负责").map_or(at, str::len)));
            if are_units(&text[who.clone()]) && charge.owner.is_none() {
                charge.owner = Some(who);
            }
        } else if let Some(at) = ["配合", "参与", "参加", "协助", "协同"].iter().find_map(|w| words.find(w))
        {
            charge.partners.extend(
                units(text, &list(text, &upto(at))).into_iter().filter(|u| are_units(&text[u.clone()])),
            );
        } else if let Some(at) = words.find("负责") {
            let who = list(text, &upto(at));
            if !are_units(&text[who.clone()]) {
                continue;
            }
            if charge.owner.is_some() {
                charge.partners.extend(units(text, &who));
            } else {
                several(page, &who, &mut charge);
            }
        } else if let Some(due) = due(text, &part).or_else(|| done_by(text, &part)) {
            charge.due = Some(due);
        }
    }
    charge.owner.is_some().then_some(charge)
}

/// 2026年4月完成, 长期坚持: a part of a bracket that is a time, with or without 完成.
fn done_by(text: &str, part: &Range<usize>) -> Option<Range<usize>> {
    let words = &text[part.clone()];
    let time = ["完成", "建成", "落实", "到位"].iter().find_map(|w| words.strip_suffix(w)).unwrap_or(words);
    is_time(time).then(|| part.start..part.start + time.len())
}

fn in_sentence(page: &Page<'_>, line: &Range<usize>) -> Option<Charge> {
    let text = page.text;
    let words = text.get(line.clone())?;
    let mut all = BY.on_lines(words, |line| line.contains("牵头")).filter_map(|c| c.get(1));
    let found = all.next()?;
    // Two of them are two tasks, and whose is which is not told here.
    if all.next().is_some() {
        return None;
    }
    // 领导小组由县水利局牵头 says who leads a body.
    let before = &words[..found.start() - '由'.len_utf8()];
    if before.ends_with(['组', '班', '会', '部', '室']) {
        return None;
    }
    let who = line.start + found.start()..line.start + found.end();
    if !are_units(&text[who.clone()]) {
        return None;
    }
    let mut charge = Charge { owner: Some(who.clone()), start: line.end, ..Charge::default() };
    let after = who.end..line.end;
    for part in
        between(text, &after, |c| matches!(c, '，' | ',' | '；' | ';' | '。')).into_iter().skip(1).take(2)
    {
        let words = &text[part.clone()];
        if let Some(at) = ["配合", "参与"].iter().find_map(|w| words.find(w)) {
            let named = list(text, &tight(text, part.start..part.start + at));
            charge.partners.extend(units(text, &named).into_iter().filter(|u| are_units(&text[u.clone()])));
        }
    }
    Some(charge)
}

/// The deadlines that words name.
fn deadlines(words: &str) -> impl Iterator<Item = regex::Match<'_>> {
    BY_WHEN.on_lines(words, |line| line.contains(['前', '内', '用'])).filter_map(|c| c.get(1))
}

/// The first deadline that words name.
pub(super) fn by_when(words: &str) -> Option<regex::Match<'_>> {
    deadlines(words).next()
}

/// The one deadline that a range names; `None` if it names none, or several.
pub(super) fn due(text: &str, range: &Range<usize>) -> Option<Range<usize>> {
    let words = text.get(range.clone())?;
    // 6月底前完成 is a deadline, 6月底前的降雨 is none; 5年内 at the head of a clause speaks of all that follows.
    let bound = |m: &regex::Match<'_>| {
        let clause = words[m.end()..].split(['，', '。', '；', ',', ';']).next().unwrap_or_default();
        let opens = words[..m.start()].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        clause.trim().is_empty()
            || opens && m.as_str().ends_with(['内', '间'])
            || lexicon::DONE_BY.iter().any(|done| clause.contains(done))
    };
    let mut all = deadlines(words).filter(bound);
    let found = all.next()?;
    all.all(|m| m.as_str() == found.as_str()).then(|| range.start + found.start()..range.start + found.end())
}
