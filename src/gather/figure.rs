//! 指标 and 目标: what was reached, and what is to be reached, with its figure.
//!
//! A clause that has a figure names before it what is counted: 地区生产总值达到86.4亿元. What follows adds
//! to it: 同比增长5.6%, 居全市第3位. Whether it is reached or to be reached is told by the words before it and
//! by the part of the paper; where they do not tell, it is neither.

use std::ops::Range;

use super::label::is_unit;
use super::page::{Line, Page, tight};
use super::sense::Sense;
use super::split::{between, sentences};
use super::work::is_plan;
use super::{Found, Kind};
use crate::base::han::is_han;
use crate::base::lexicon::gather as lexicon;
use crate::base::pattern::pattern;
use crate::rules::counted::{self, UNTIL, grown};
use crate::rules::yearly::{Kind as Year, Stretch, find as stretches};

pattern! {
    /// 居全市第3位.
    static RANK = r"(?:居|位居|列|位列|排名|排|排在|名列|跃居|稳居|升至)((?:全[国省市县区州旗]|[\p{Han}]{2,5}[省市州])[\p{Han}（）、]{0,8}?第[一二三四五六七八九十0-9]{1,3}(?:位|名)?)";
    /// 乡村全面振兴取得实质性进展.
    static REACHES = r"^，?(?:力争|确保)?(?P<name>[\p{Han}]{2,20}?)(?P<value>取得[\p{Han}]{2,6}(?:进展|成效|突破)|基本实现|全面实现|基本建成|全面建成|基本完成|全面完成|基本形成|迈上新台阶)$";
    /// 基本实现农业现代化.
    static REACHED = r"^，?(?:力争|确保)?(?P<value>基本实现|全面实现|基本建成|全面建成|基本完成|全面完成|基本形成)(?P<name>[\p{Han}]{3,50})$";
    /// What bounds a figure behind it.
    static BOUND = r"^(?:以上|以下|以内|左右)";
}

/// The indicators and targets that a paper states in sentences.
pub(super) fn find(page: &Page<'_>) -> Vec<Found> {
    let all = stretches(page.manuscript);
    let plan = is_plan(page);
    let mut found = Vec::new();
    for line in page.lines.iter().filter(|l| !l.cell && !l.title) {
        let from =
            if line.head.is_empty() || line.body.is_empty() { line.range.start } else { line.body.start };
        let mut aim = None;
        for sentence in sentences(page.text, &(from..line.range.end)) {
            for part in between(page.text, &sentence, |c| matches!(c, '；' | ';')) {
                // What is to be reached by a year is told in several sentences, and the year in the first.
                let told = UNTIL.find_iter(page.said(&part)).find(|m| m.as_str().starts_with('到'));
                let said = told.map(|m| part.start + m.start()..part.start + m.end());
                if said.is_some() || line.sense != Some(Sense::Targets) {
                    aim = said;
                }
                let aim = aim.clone();
                let mut reading =
                    Reading { page, all: &all, line, plan, sentence: part.clone(), aim, found: Vec::new() };
                reading.read();
                reading.words_alone();
                found.append(&mut reading.found);
            }
        }
    }
    found.retain(|one| one.said.len() > 1);
    found
}

struct Reading<'p, 'm> {
    page: &'p Page<'m>,
    all: &'p [Stretch],
    line: &'p Line,
    plan: bool,
    sentence: Range<usize>,
    /// By when, as a sentence before says of all that follow.
    aim: Option<Range<usize>>,
    found: Vec<Found>,
}

impl Reading<'_, '_> {
    fn figures(&self, clause: &Range<usize>) -> Vec<Range<usize>> {
        let from = self.all.partition_point(|s| s.range.end <= clause.start);
        let here = self.all[from..].iter().take_while(|s| s.range.start < clause.end);
        let inside = |s: &&Stretch| s.range.start >= clause.start && s.range.end <= clause.end;
        // 30岁及以下党员 are counted by no age.
        let aged = |s: &&Stretch| {
            let behind = &self.page.text[s.range.end..];
            self.page.said(&s.range).ends_with('岁')
                || ["岁", "至", "及以"].iter().any(|w| behind.starts_with(w))
        };
        let is_figure = |s: &&Stretch| {
            s.kind == Year::Figure
                && inside(s)
                && !aged(s)
                && self.page.said(&s.range).starts_with(|c: char| c.is_ascii_digit())
        };
        here.filter(is_figure).map(|s| s.range.clone()).collect()
    }

    fn read(&mut self) {
        let text = self.page.text;
        let clauses = between(text, &self.sentence, |c| matches!(c, '，' | ',' | '：' | ':'));
        for clause in clauses {
            // 甲达到3亿元、乙达到5亿元 are two clauses.
            let mut from = clause.start;
            let parts = between(text, &clause, |c| c == '、');
            let mut joined: Vec<Range<usize>> = Vec::new();
            for part in parts {
                if self.figures(&(from..part.end)).is_empty() {
                    continue;
                }
                joined.push(from..part.end);
                from = part.end + '、'.len_utf8();
            }
            if joined.is_empty() || from < clause.end {
                joined.push(from..clause.end);
            }
            for part in joined {
                self.clause(&tight(text, part.start.min(clause.end)..part.end));
            }
        }
    }

    fn clause(&mut self, clause: &Range<usize>) {
        let words = self.page.said(clause);
        if let Some(rank) = RANK.captures(words).and_then(|c| c.get(1)) {
            let rank = clause.start + rank.start()..clause.start + rank.end();
            if let Some(last) =
                self.found.last_mut().filter(|l| l.kind == Kind::Indicator && l.get("rank").is_none())
            {
                last.say(self.page, "rank", &rank);
            }
        }
        let figures = self.figures(clause);
        // 甲、乙分别增长11%、12%: which is whose is not taken.
        if words.contains("分别") && !words.starts_with("分别") {
            return;
        }
        let Some(first) = figures.first() else { return };
        let before = &self.page.text[clause.start..first.start];
        if let Some(grown) = grown(before) {
            self.growth(clause, first, before, grown);
            return;
        }
        // 由81.8亿元增加到86.4亿元.
        let (value, prev) = match (figures.get(1), before.ends_with(['由', '从'])) {
            (Some(second), true) => (second.clone(), Some(first.clone())),
            (None, true) => return,
            _ => (first.clone(), None),
        };
        let grown = figures.get(1).filter(|_| prev.is_none()).and_then(|second| {
            // 3951亿元增长2.7%: the second says how the first grew.
            let between = self.page.text.get(first.end..second.start)?;
            let at = grown(between)?;
            let lead = between[..at].trim();
            let bare = lead.is_empty() || counted::compares(lead);
            bare.then(|| first.end + at..second.end)
        });
        if figures.len() > 2 || prev.is_none() && grown.is_none() && figures.len() > 1 {
            return;
        }
        let before = before.trim_end_matches(['由', '从']);
        let Some(name) = counted::name(self.page.text, clause.start..clause.start + before.len()) else {
            return;
        };
        let Some(kind) = self.kind(clause, first, before) else { return };
        if !self.is_counted(&name, before, &value) {
            return;
        }
        let value = self.bounded(value, kind);
        // 县水利局完成37处雨量站的踏勘: what stands behind is counted, and no name is before.
        let behind = self.page.text[value.end..clause.end.max(value.end)].trim_start();
        let counts_on =
            grown.is_none() && behind.starts_with(|c: char| is_han(c) && !matches!(c, '和' | '且' | '并'));
        if counts_on || is_unit(self.page.said(&name)) && !self.page.said(&name).ends_with(UNIT_LIKE) {
            return;
        }
        let mut one = Found::named(kind, self.page, &name).with(self.page, "value", &value);
        match kind {
            Kind::Target => {
                if let Some(due) = self.until(first.start) {
                    one.say(self.page, "due", &due);
                }
                if let Some(prev) = prev {
                    one.say(self.page, "base", &prev);
                }
            }
            _ => {
                if let Some(year) = self.year(first.start) {
                    one.say(self.page, "year", &year);
                }
                if let Some(prev) = prev {
                    one.say(self.page, "prev", &prev);
                }
                if let Some(grown) = grown {
                    one.say(self.page, "yoy", &grown);
                }
            }
        }
        self.found.push(one);
    }

    /// 同比增长5.6%, of the indicator before or of the one that the clause names.
    fn growth(&mut self, clause: &Range<usize>, figure: &Range<usize>, before: &str, grown: usize) {
        let rate = self.page.said(figure);
        let is_rate = rate.ends_with(['%', '％', '倍']) || rate.contains("百分点");
        let said = clause.start + grown..figure.end;
        let subject = counted::subject(&before[..grown]);
        if subject.trim_matches(['，', '、', '（', '(']).is_empty() {
            if let Some(last) =
                self.found.last_mut().filter(|l| l.kind == Kind::Indicator && l.get("yoy").is_none())
            {
                last.say(self.page, "yoy", &said);
            }
            return;
        }
        if !is_rate {
            return;
        }
        let Some(name) = counted::name(self.page.text, clause.start..clause.start + subject.len()) else {
            return;
        };
        match self.kind(clause, figure, subject) {
            Some(Kind::Indicator) => {
                let mut one = Found::named(Kind::Indicator, self.page, &name).with(self.page, "yoy", &said);
                if let Some(year) = self.year(figure.start) {
                    one.say(self.page, "year", &year);
                }
                self.found.push(one);
            }
            Some(Kind::Target) => {
                let value = self.bounded(said, Kind::Target);
                let mut one = Found::named(Kind::Target, self.page, &name).with(self.page, "value", &value);
                if let Some(due) = self.until(figure.start) {
                    one.say(self.page, "due", &due);
                }
                self.found.push(one);
            }
            _ => {}
        }
    }

    /// A figure with 以上 behind it, which a target is not without.
    fn bounded(&self, value: Range<usize>, _kind: Kind) -> Range<usize> {
        let after = self.page.text.get(value.end..self.sentence.end).unwrap_or_default();
        BOUND.find(after).map_or(value.clone(), |m| value.start..value.end + m.end())
    }

    /// Whether a figure says how much there is of what is named, and is no number by the way: it has a unit,
    /// and a verb before it or a name that counts (率, 收入, 面积).
    fn is_counted(&self, name: &Range<usize>, before: &str, value: &Range<usize>) -> bool {
        let words = self.page.said(name);
        let unit = self
            .page
            .said(value)
            .trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '，'));
        let counts = lexicon::COUNTED.iter().any(|noun| words.ends_with(noun));
        let verb = lexicon::STRONG_VERBS.iter().any(|verb| before.trim_end().ends_with(verb));
        // What was built or is to be built counts as well.
        let built = lexicon::DEEDS.iter().any(|deed| words.starts_with(deed));
        let verb = verb || built && words.chars().count() > 3;
        let whole = before.trim() == words;
        let alone = (whole || words.chars().count() > 2) && !words.contains('等');
        !unit.is_empty()
            && (counts || verb || alone)
            && !lexicon::NO_NAMES.iter().any(|no| words.starts_with(no) || words.contains("我们"))
    }

    /// Whether what a figure says is reached or to be reached.
    fn kind(&self, clause: &Range<usize>, figure: &Range<usize>, _before: &str) -> Option<Kind> {
        let before = &self.page.text[self.sentence.start..figure.start];
        let after = &self.page.text[figure.end..clause.end];
        let ahead = lexicon::SURELY_AHEAD.iter().any(|w| before.contains(w))
            || UNTIL.find_iter(before).any(|m| m.as_str().starts_with('到'))
            || UNTIL.find_iter(before).any(|m| m.as_str().ends_with('前'));
        let behind = lexicon::BEHIND.iter().any(|w| before.contains(w) || after.contains(w));
        let done = ["完成", "实现", "达到", "达", "增至", "为", "突破", "超"]
            .iter()
            .any(|w| self.page.text[clause.start..figure.start].contains(w));
        match self.line.sense {
            Some(Sense::Targets) => Some(Kind::Target),
            _ if ahead && !behind => Some(Kind::Target),
            Some(Sense::Done | Sense::Problems) => Some(Kind::Indicator),
            Some(Sense::Plans) if !behind => Some(Kind::Target),
            Some(Sense::Tasks) if !behind => {
                (!self.plan || done && BOUND.is_match(after)).then_some(Kind::Target)
            }
            _ if self.plan && !behind => None,
            _ => Some(Kind::Indicator),
        }
    }

    /// Targets without a figure: 到2027年，…取得实质性进展; 2026年底前基本完成….
    fn words_alone(&mut self) {
        let text = self.page.text;
        let mut due = None;
        for clause in between(text, &self.sentence, |c| matches!(c, '，' | ',' | '：' | ':')) {
            let words = self.page.said(&clause);
            if let Some(until) =
                UNTIL.find_iter(words).find(|m| m.as_str().starts_with('到') || m.as_str().ends_with('前'))
            {
                due = Some(clause.start + until.start()..clause.start + until.end());
            }
            let Some(due) = due.clone() else { continue };
            if !self.figures(&clause).is_empty() {
                continue;
            }
            let from = if clause.contains(&due.start) { due.end } else { clause.start };
            let rest = self.page.said(&(from..clause.end));
            let at = |m: regex::Match<'_>| tight(text, from + m.start()..from + m.end());
            let told = REACHES.captures(rest).or_else(|| REACHED.captures(rest));
            let Some((name, value)) = told.and_then(|c| c.name("name").zip(c.name("value"))) else {
                continue;
            };
            let one = Found::named(Kind::Target, self.page, &at(name)).with(self.page, "value", &at(value));
            self.found.push(one.with(self.page, "due", &due));
        }
    }

    /// By when, as the sentence says before a figure.
    fn until(&self, at: usize) -> Option<Range<usize>> {
        let before = &self.page.text[self.sentence.start..at];
        let found = UNTIL
            .find_iter(before)
            .filter(|m| m.as_str().starts_with('到') || m.as_str().ends_with('前'))
            .last();
        let Some(found) = found else { return self.aim.clone() };
        Some(self.sentence.start + found.start()..self.sentence.start + found.end())
    }

    /// The year that the sentence names before a figure.
    fn year(&self, at: usize) -> Option<Range<usize>> {
        let mut years = self
            .all
            .iter()
            .filter(|s| s.kind == Year::Year && s.range.start >= self.sentence.start && s.range.end <= at);
        let year = years.next_back()?.range.clone();
        self.page.said(&year).starts_with("20").then_some(year)
    }
}

/// What ends a name of what is counted as it may end that of a unit.
const UNIT_LIKE: &[char] = &['位', '区', '线', '率', '量', '额', '人', '村', '校', '园', '站', '场', '业'];
