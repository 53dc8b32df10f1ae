//! 指标 and 目标: what was reached, and what is to be reached, with its figure.
//!
//! Which figures a text has, the reader of what belongs to its year says. A clause is cut into pieces of a
//! figure each (`piece`); what is counted stands before it, 地区生产总值达到86.4亿元, or behind it, 新建20座水厂
//! (`name`). What follows adds to it: 同比增长5.6%, 居全市第3位. Whether it is reached or to be reached is told
//! by the words before it and by the part of the paper; where they do not tell, it is neither.

mod name;
mod piece;

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::ops::Range;

use super::page::{Line, Page};
use super::sense::Sense;
use super::split::{between, sentences};
use super::{Found, Kind};
use crate::base::han::is_han;
use crate::base::lexicon::gather as lexicon;
use crate::base::lines::tight;
use crate::base::pattern::pattern;
use crate::rules::counted::{self, grown, times};
use crate::rules::yearly::{Kind as Year, Stretch, find as stretches};
use name::Name;
use piece::{nested, pieces};

pattern! {
    /// 居全市第3位.
    static RANK = r"(?:居|位居|列|位列|排名|排|排在|名列|跃居|稳居|升至)((?:全[国省市县区州旗]|[\p{Han}]{2,5}[省市州])[\p{Han}（）、]{0,8}?第[一二三四五六七八九十0-9]{1,3}(?:位|名)?)";
    /// 乡村全面振兴取得实质性进展.
    static REACHES = r"^，?(?:力争|确保)?(?P<name>[\p{Han}]{2,20}?)(?P<value>取得[\p{Han}]{2,6}(?:进展|成效|突破)|基本实现|全面实现|基本建成|全面建成|基本完成|全面完成|基本形成|迈上新台阶)$";
    /// 基本实现农业现代化.
    static REACHED = r"^，?(?:力争|确保)?(?P<value>基本实现|全面实现|基本建成|全面建成|基本完成|全面完成|基本形成|完成|建成)(?P<name>[\p{Han}]{3,50})$";
    /// What bounds a figure behind it.
    static BOUND = r"^(?:（[\p{Han}]{1,2}）)?(?:以上|以下|以内|左右)?";
}

/// The indicators and targets that a paper states in sentences.
pub(super) fn find(page: &Page<'_>) -> Vec<Found> {
    let all = stretches(page.manuscript);
    let mut found = Vec::new();
    for line in page.lines.iter().filter(|l| !l.cell && !l.title) {
        // A heading may be all of what is to be done: 改造老旧小区40个（县住建局负责）.
        let from = if line.head.is_empty() { line.body.start } else { line.head.start };
        let mut aim = None;
        for sentence in sentences(page.text, &(from..line.range.end)) {
            for part in between(page.text, &sentence, |c| matches!(c, '；' | ';')) {
                let bounds: Vec<Range<usize>> = by_when(page, &part).collect();
                // What is to be reached by a year is told in several sentences, and the year in the first.
                let said = bounds.iter().find(|b| page.said(b).starts_with('到')).cloned();
                if said.is_some() || line.sense != Some(Sense::Targets) {
                    aim = said;
                }
                let mut reading = Reading {
                    page,
                    all: &all,
                    line,
                    nested: nested(page.text, &part),
                    sentence: part.clone(),
                    bounds,
                    aim: aim.clone(),
                    last: None,
                    subject: None,
                    told: OnceCell::new(),
                    found: Vec::new(),
                };
                reading.read(&part);
                reading.read_nested();
                reading.words_alone();
                found.append(&mut reading.found);
            }
        }
    }
    found.retain(|one| one.said.len() > 1);
    found
}

/// What says of a figure that there may be more or less.
const BOUNDS: &[&str] = &["以上", "以下", "以内", "左右"];

/// What a piece says of one thing: what stands before it, how much, how much before, by how much it grew.
struct Values {
    before: Range<usize>,
    value: Range<usize>,
    prev: Option<Range<usize>>,
    grown: Option<Range<usize>>,
}

struct Reading<'p, 'm> {
    page: &'p Page<'m>,
    all: &'p [Stretch],
    line: &'p Line,
    sentence: Range<usize>,
    /// What brackets and quotation marks in it hold that has figures.
    nested: Vec<Range<usize>>,
    /// The times by which it says that something is reached.
    bounds: Vec<Range<usize>>,
    /// By when, as a sentence before says of all that follow.
    aim: Option<Range<usize>>,
    /// What the piece before counts.
    last: Option<Name>,
    /// What the sentence counts before.
    subject: Option<Name>,
    /// Where it is told that it looks ahead or back; see [`Reading::told`].
    told: OnceCell<[Option<usize>; 2]>,
    found: Vec<Found>,
}

impl Reading<'_, '_> {
    /// The figures of a clause, but for those of what it only holds in brackets. 10—12个 is one.
    fn figures(&self, clause: &Range<usize>) -> Vec<Range<usize>> {
        let from = self.all.partition_point(|s| s.range.end <= clause.start);
        let here = self.all[from..].iter().take_while(|s| s.range.start < clause.end);
        let apart = |s: &Stretch| {
            let near = self.nested.partition_point(|n| n.end <= s.range.start);
            self.nested.get(near).is_some_and(|n| n.start <= s.range.start && n.start > clause.start)
        };
        let mut all: Vec<Range<usize>> = Vec::new();
        for one in here.filter(|s| s.kind == Year::Figure && s.range.start >= clause.start && !apart(s)) {
            let joins = |last: &&mut Range<usize>| {
                matches!(self.page.said(&(last.end..one.range.start)), "—" | "-" | "~" | "～" | "至" | "－")
            };
            match all.last_mut().filter(joins) {
                Some(last) => last.end = one.range.end,
                None => all.push(one.range.clone()),
            }
        }
        all.retain(|figure| figure.end <= clause.end && self.is_figure(figure));
        all
    }

    fn is_figure(&self, figure: &Range<usize>) -> bool {
        let words = self.page.said(figure);
        // 30岁及以下党员 are counted by no age, and 5年内 or 用3年左右时间 says when.
        let behind = &self.page.text[figure.end..];
        let aged = words.ends_with('岁') || ["岁", "至", "及以"].iter().any(|w| behind.starts_with(w));
        let unit = ["年", "个月", "月", "日", "天", "周"];
        let told = unit
            .iter()
            .find_map(|u| behind.strip_prefix(u))
            .or_else(|| unit.iter().any(|u| words.ends_with(u)).then_some(behind));
        let spans = ["内", "前", "时间", "的时间", "左右时间", "左右的时间", "来", "以来", "间", "期"];
        let when = told.is_some_and(|rest| spans.iter().any(|w| rest.starts_with(w)));
        let counts = !name::unit(words).is_empty() && words.starts_with(|c: char| c.is_ascii_digit());
        counts && !aged && !when
    }

    fn read(&mut self, range: &Range<usize>) {
        for clause in between(self.page.text, range, |c| matches!(c, '，' | ',' | '：' | ':')) {
            let figures = self.figures(&clause);
            self.last = None;
            if self.page.said(&clause).trim_start_matches("分别").contains("分别") {
                self.shared(&clause, &figures);
                continue;
            }
            for (piece, figures) in pieces(self.page.text, &clause, &figures) {
                self.piece(&piece, &figures);
            }
        }
    }

    /// What stands in brackets adds to what is said outside of them; a name that is said there already would
    /// be taken for the same thing.
    fn read_nested(&mut self) {
        let mut told: BTreeSet<String> = self.found.iter().map(|one| one.title().to_owned()).collect();
        let mut inner = Vec::new();
        for range in self.nested.clone() {
            let outer = std::mem::take(&mut self.found);
            self.read(&range);
            inner.append(&mut self.found);
            self.found = outer;
        }
        inner.retain(|one| told.insert(one.title().to_owned()));
        self.found.append(&mut inner);
    }

    fn piece(&mut self, piece: &Range<usize>, figures: &[Range<usize>]) {
        let ranked = rank(self.page, piece);
        let later = |rank: &Range<usize>| figures.first().is_some_and(|f| f.start < rank.start);
        ranked.iter().filter(|r| !later(r)).for_each(|r| self.rank(r));
        self.counted(piece, figures);
        ranked.iter().filter(|r| later(r)).for_each(|r| self.rank(r));
    }

    /// 居全市第3位, of the indicator before.
    fn rank(&mut self, rank: &Range<usize>) {
        let last = self.found.last_mut().filter(|l| l.kind == Kind::Indicator && l.get("rank").is_none());
        if let Some(last) = last {
            last.say(self.page, "rank", rank);
        }
    }

    fn counted(&mut self, piece: &Range<usize>, figures: &[Range<usize>]) {
        let last = self.last.take();
        let Some(first) = figures.first() else { return };
        let before = &self.page.text[piece.start..first.start];
        if let Some(grown) = grown(before).filter(|_| self.grows(piece, first)) {
            self.growth(piece, first, before, grown);
            return;
        }
        let Some(said) = self.values(piece, figures) else {
            if let [first, second] = figures {
                self.two(piece, first, second);
            }
            return;
        };
        let Values { before, value, prev, grown } = said;
        let rest = value.end..if grown.is_some() { value.end } else { piece.end.max(value.end) };
        let own = Name::of(self.page, &before, &value, &rest);
        let whole = own.is_some();
        let Some(name) = own
            .or_else(|| self.goes_on(last, &before, &value, &rest))
            .or_else(|| self.of_subject(&before, &value))
        else {
            self.reaches(&before, &value);
            return;
        };
        let Some(kind) = self.kind(piece, first, &name) else { return };
        let one = Found::joined(kind, self.page, &name.parts).with(self.page, "value", &value);
        let mut one = self.timed(one, first.start);
        match kind {
            Kind::Target => prev.iter().for_each(|prev| one.say(self.page, "base", prev)),
            _ => {
                prev.iter().for_each(|prev| one.say(self.page, "prev", prev));
                grown.iter().for_each(|grown| one.say(self.page, "yoy", grown));
            }
        }
        self.found.push(one);
        if whole {
            self.subject = Some(name.clone());
        }
        self.last = Some(name);
    }

    /// Whether a figure behind 增长 says by how much, and is not 新增5家企业 or 增加5个站点.
    fn grows(&self, piece: &Range<usize>, figure: &Range<usize>) -> bool {
        let unit = name::unit(self.page.said(figure));
        let rate = unit.starts_with(['%', '％', '倍']) || unit.contains("百分点");
        let fresh = self.page.said(&(piece.start..figure.start)).ends_with("新增");
        rate || !fresh && !self.page.said(&(figure.end..piece.end.max(figure.end))).trim().starts_with(is_han)
    }

    /// What the figures of a piece say of one thing; `None` where they say more.
    fn values(&self, piece: &Range<usize>, figures: &[Range<usize>]) -> Option<Values> {
        /// Characters between 由 and its figure: 由每人每月600元提高到700元.
        const NEAR: usize = 10;
        let first = figures.first()?;
        let before = &self.page.text[piece.start..first.start];
        let from = before.rfind(['由', '从']).filter(|&at| before[at..].chars().count() <= NEAR);
        let to = |second: &&Range<usize>| {
            let amid = &self.page.text[first.end..second.start];
            amid.contains(['到', '至', '为']) && amid.chars().count() <= NEAR
        };
        let second = figures.get(1);
        if let Some((at, second)) = from.zip(second.filter(to)).filter(|_| figures.len() == 2) {
            let before = piece.start..piece.start + at;
            return Some(Values {
                before,
                value: self.bounded(second.clone()),
                prev: Some(first.clone()),
                grown: None,
            });
        }
        let grown = second.and_then(|second| self.grew(first, second));
        if before.ends_with(['由', '从']) || figures.len() > 2 || grown.is_none() && figures.len() > 1 {
            return None;
        }
        Some(Values {
            before: piece.start..first.start,
            value: self.bounded(first.clone()),
            prev: None,
            grown,
        })
    }

    /// 新签约项目37个，总投资373亿元: 总投资 is that of the projects.
    fn of_subject(&self, before: &Range<usize>, value: &Range<usize>) -> Option<Name> {
        let own = name::bare(self.page, before);
        let partial = counted::is_partial(self.page.said(&own));
        let mut name =
            self.subject.clone().filter(|_| partial && !name::unit(self.page.said(value)).is_empty())?;
        name.parts.push(own);
        Some(name)
    }

    /// 研发投入增长8%，达到4.2亿元: the value of what was only said to have grown.
    fn reaches(&mut self, before: &Range<usize>, value: &Range<usize>) {
        let words = self.page.said(before).trim_start_matches(['、', '，', ' ']);
        let reached = ["达", "达到", "突破", "已达", "已达到", "超过"].contains(&words);
        let bare = self
            .found
            .last_mut()
            .filter(|l| reached && l.kind == Kind::Indicator && l.get("value").is_none());
        if let Some(bare) = bare {
            bare.say(self.page, "value", value);
        }
    }

    /// 3951亿元增长2.7%: the second figure says how the first grew.
    fn grew(&self, first: &Range<usize>, second: &Range<usize>) -> Option<Range<usize>> {
        let between = self.page.text.get(first.end..second.start)?;
        let at = grown(between)?;
        let lead = between[..at].trim();
        let bare = lead.is_empty() || counted::compares(lead);
        bare.then(|| first.end + at..second.end)
    }

    /// Two figures that nothing parts: 投入资金900万元建成水厂3座 says two things, 4项活动惠及10万人次 one, of
    /// which the first is a part of the name.
    fn two(&mut self, piece: &Range<usize>, first: &Range<usize>, second: &Range<usize>) {
        let amid = self.page.said(&(first.end..second.start));
        let sized = BOUNDS.iter().chain(&["级"]).any(|bound| amid.starts_with(bound));
        if self.page.said(first).ends_with('元') && !sized {
            self.counted(&(piece.start..first.end), std::slice::from_ref(first));
            self.counted(&(first.end..piece.end), std::slice::from_ref(second));
        } else if !amid.contains(['、', '和', '及']) && amid.chars().count() > 1 {
            let value = self.bounded(second.clone());
            let from = piece.start..second.start;
            let name = Name::of(self.page, &from, &value, &(value.end..piece.end.max(value.end)))
                .or_else(|| {
                    let near = first.start..second.start;
                    Name::of(self.page, &near, &value, &(value.end..piece.end.max(value.end)))
                })
                .filter(|name| !name.behind);
            if let Some((name, kind)) = name.and_then(|n| self.kind(piece, second, &n).map(|k| (n, k))) {
                let mut one = Found::joined(kind, self.page, &name.parts).with(self.page, "value", &value);
                let due = (kind == Kind::Target).then(|| self.until(first.start)).flatten();
                due.iter().for_each(|due| one.say(self.page, "due", due));
                self.found.push(one);
            }
        }
    }

    /// 淘汰锅炉131台、2012蒸吨: a figure without a name counts by another unit what the one before it counts;
    /// 累计达到2万个 counts on.
    fn goes_on(
        &self,
        last: Option<Name>,
        before: &Range<usize>,
        value: &Range<usize>,
        rest: &Range<usize>,
    ) -> Option<Name> {
        if name::unit(self.page.said(value)).is_empty() || self.page.said(rest).starts_with(is_han) {
            return None;
        }
        let words = self.page.said(before).trim_start_matches(['、', '和', ' ']);
        let adds = words.trim_end_matches(['达', '到', '完', '成', '为', '约']);
        let mut last = last.filter(|_| words.is_empty() || adds == "累计")?;
        let start = before.end - words.len();
        last.parts.extend((!words.is_empty()).then(|| start..start + adds.len()));
        Some(last)
    }

    /// 甲、乙分别增长11%、12%: of as many names as figures each has its own.
    fn shared(&mut self, clause: &Range<usize>, figures: &[Range<usize>]) {
        let text = self.page.text;
        let words = self.page.said(clause);
        let (Some(at), Some(first)) = (words.find("分别"), figures.first()) else { return };
        let from = clause.start + at + "分别".len();
        let named = counted::without_lead(self.page.text, clause.start..clause.start + at);
        let names = shared_names(text, between(text, &named, |c| matches!(c, '、' | '和')));
        let verb = from..first.start;
        let last = figures.last().map_or(clause.end, |f| f.end);
        let closed = text[last..clause.end].trim_start_matches(['以', '上', '左', '右']).trim().is_empty();
        let amid = figures.windows(2).map(|two| text[two[0].end..two[1].start].trim());
        let listed = amid.into_iter().all(|w| matches!(w.trim_start_matches("以上"), "、" | "和"));
        let said = |name: &Name| name.parts.iter().map(|part| self.page.said(part)).collect::<String>();
        let counts = |name: &Name| lexicon::COUNTED.iter().any(|noun| said(name).ends_with(noun));
        // 城镇、农村居民收入 share what is counted.
        let split = names.last().is_some_and(counts) && !names.iter().all(counts);
        if split
            || from > first.start
            || names.len() != figures.len()
            || names.len() < 2
            || !listed
            || !closed
        {
            return;
        }
        let joint = self.page.said(&verb).trim();
        let growth = counted::grows(joint);
        if !growth && !counted::reaches(joint) || !names.iter().all(|n| name::is_name(&said(n))) {
            return;
        }
        for (name, figure) in names.iter().zip(figures) {
            let Some(kind) = self.kind(clause, figure, name) else { continue };
            let mut one = Found::joined(kind, self.page, &name.parts);
            let value = self.bounded(figure.clone());
            match (growth, kind) {
                (false, _) => one.say(self.page, "value", &value),
                (true, Kind::Target) => one.say_joined(self.page, "value", &[verb.clone(), value]),
                (true, _) => one.say_joined(self.page, "yoy", &[verb.clone(), value]),
            }
            self.found.push(self.timed(one, first.start));
        }
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
        let subject = clause.start..clause.start + subject.len();
        let Some(name) = Name::before(self.page, &subject) else { return };
        let Some(kind) = self.kind(clause, figure, &name) else { return };
        let one = Found::joined(kind, self.page, &name.parts);
        let one = match kind {
            Kind::Target => one.with(self.page, "value", &self.bounded(said)),
            _ => one.with(self.page, "yoy", &said),
        };
        self.found.push(self.timed(one, figure.start));
    }

    /// The same with by when it is to be reached, or in which year it was, as the sentence says before a figure.
    fn timed(&self, mut one: Found, at: usize) -> Found {
        let (key, time) = match one.kind {
            Kind::Target => ("due", self.until(at)),
            _ => ("year", self.year(at)),
        };
        time.iter().for_each(|time| one.say(self.page, key, time));
        one
    }

    /// A figure with 以上 behind it, which a target is not without, or with another unit: 30台（座）.
    fn bounded(&self, value: Range<usize>) -> Range<usize> {
        let after = self.page.text.get(value.end..self.sentence.end).unwrap_or_default();
        BOUND.find(after).map_or(value.clone(), |m| value.start..value.end + m.end())
    }

    /// Whether what a figure says is reached or to be reached.
    fn kind(&self, clause: &Range<usize>, figure: &Range<usize>, name: &Name) -> Option<Kind> {
        let after = &self.page.text[figure.end.min(clause.end)..clause.end];
        let own =
            self.page.said(&(clause.start..figure.start.max(clause.start))).trim_start_matches(['、', '，']);
        let [ahead, behind] = self.told().map(|end| end.is_some_and(|end| end <= figure.start));
        let ahead = ahead
            || ["要", "拟", "须", "将", "应"].iter().any(|w| own.starts_with(w))
            || self.bound(figure.start).is_some();
        let habit = &self.page.habit;
        let behind = behind || self.behind().any(|w| after.contains(w));
        let done = ["完成", "实现", "达到", "达", "增至", "为", "突破", "超", "不低于", "不少于", "不得"]
            .iter()
            .any(|w| own.contains(w));
        // What a plan says by the way is no target: a deed or a bound tells.
        let asked = name.deed || done || BOUNDS.iter().any(|b| after.starts_with(b));
        let within = self.line.level.is_some() || self.line.above.is_some();
        match self.line.sense {
            Some(Sense::Targets) => Some(Kind::Target),
            _ if ahead && !behind => Some(Kind::Target),
            Some(Sense::Done | Sense::Problems) => Some(Kind::Indicator),
            _ if habit.list && !behind => Some(Kind::Target),
            Some(Sense::Plans | Sense::Tasks) if !behind => Some(Kind::Target),
            None if habit.plan && !behind => within.then_some(Kind::Target),
            _ if habit.plan && !behind => (asked && within).then_some(Kind::Target),
            _ => Some(Kind::Indicator),
        }
    }

    /// Where the first word ends that says of the sentence that it looks ahead, and the first that it looks back.
    fn told(&self) -> [Option<usize>; 2] {
        *self.told.get_or_init(|| {
            let words = self.page.said(&self.sentence);
            let end = |w: &str| Some(self.sentence.start + words.find(w)? + w.len());
            let ahead = lexicon::SURELY_AHEAD.iter().filter_map(|w| end(w)).min();
            [ahead, self.behind().filter_map(end).min()]
        })
    }

    /// Words that say what was; in a list of tasks 累计 says nothing of the kind.
    fn behind(&self) -> impl Iterator<Item = &'static str> {
        let list = self.page.habit.list;
        lexicon::BEHIND.iter().copied().filter(move |w| !(list && *w == "累计"))
    }

    /// Targets without a figure: 到2027年，…取得实质性进展; 2026年底前基本完成….
    fn words_alone(&mut self) {
        let text = self.page.text;
        let mut due = None;
        for clause in between(text, &self.sentence, |c| matches!(c, '，' | ',' | '：' | ':')) {
            due = by_when(self.page, &clause).next().or(due);
            let Some(due) = due.clone() else { continue };
            if !self.figures(&clause).is_empty() {
                continue;
            }
            let from = if clause.contains(&due.start) { due.end } else { clause.start };
            let rest = self.page.said(&(from..clause.end));
            let at = |m: regex::Match<'_>| tight(text, from + m.start()..from + m.end());
            let reached =
                |line: &str| ["取得", "基本", "全面", "迈上", "成"].iter().any(|w| line.contains(w));
            let told =
                REACHES.on_lines(rest, reached).next().or_else(|| REACHED.on_lines(rest, reached).next());
            let Some((name, value)) = told.and_then(|c| c.name("name").zip(c.name("value"))) else {
                continue;
            };
            let one = Found::named(Kind::Target, self.page, &at(name)).with(self.page, "value", &at(value));
            self.found.push(one.with(self.page, "due", &due));
        }
    }

    /// By when, as the sentence says before a figure.
    fn until(&self, at: usize) -> Option<Range<usize>> {
        self.bound(at).or(self.aim.as_ref()).cloned()
    }

    /// The last time before a figure by which the sentence says that something is reached.
    fn bound(&self, at: usize) -> Option<&Range<usize>> {
        self.bounds[..self.bounds.partition_point(|b| b.end <= at)].last()
    }

    /// The year that the sentence names before a figure.
    fn year(&self, at: usize) -> Option<Range<usize>> {
        let before = &self.all[..self.all.partition_point(|s| s.range.end <= at)];
        let mut here = before.iter().rev().take_while(|s| s.range.start >= self.sentence.start);
        let year = here.find(|s| s.kind == Year::Year)?.range.clone();
        self.page.said(&year).starts_with("20").then_some(year)
    }
}

/// The names of a list; 城镇、农村居民人均可支配收入 share all behind the first word of the last.
fn shared_names(text: &str, list: Vec<Range<usize>>) -> Vec<Name> {
    const HALVES: &[&str] = &["城镇", "农村", "城市", "乡村"];
    let tail = list.last().and_then(|last| {
        let half = HALVES.iter().find(|half| text[last.clone()].starts_with(**half))?;
        Some(last.start + half.len()..last.end)
    });
    let half = |one: &Range<usize>| HALVES.contains(&&text[one.clone()]);
    let parts = list.into_iter().map(|one| {
        let tail = tail.clone().filter(|_| half(&one));
        std::iter::once(one).chain(tail).collect::<Vec<_>>()
    });
    parts.map(|parts| Name { parts, behind: false, deed: true }).collect()
}

/// The rank that a piece names.
fn rank(page: &Page<'_>, piece: &Range<usize>) -> Option<Range<usize>> {
    let found = RANK.on_lines(page.said(piece), |line| line.contains('第')).next()?.get(1)?;
    Some(piece.start + found.start()..piece.start + found.end())
}

/// The times of a range by which something is reached.
fn by_when(page: &Page<'_>, range: &Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let words = page.said(range);
    let bounds = |words: &str| words.starts_with('到') || words.ends_with(['前', '内', '间']);
    let some = words.contains(['到', '前', '内', '间']).then(|| times(words));
    let start = range.start;
    let all = some.into_iter().flatten().filter(move |m| bounds(&words[m.clone()]));
    all.map(move |m| start + m.start..start + m.end)
}
