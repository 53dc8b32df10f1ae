//! The outline (层次) of a document: its ordinals, and the runs that they form.
//!
//! A [`Mark`] is one ordinal — `一、`, `（二）`, `3.`, `四是`, `第五，` — where it can number something:
//! at the head of a line, or after a pause within one. A [`Run`] is the marks that number siblings.
//! Runs nest: a mark of a form that is open higher up closes what was opened since, and a form that
//! is new opens a run beneath the last mark. 第三条 and 第二章 close everything, since laws count
//! anew in each article.
//!
//! Nothing is judged here. A run keeps the numbers as written, gaps and repetitions included, so
//! that one rule can say what is out of order and another how many items there are.
//!
//! What lies between quotation marks is not the writer's and numbers nothing. `1.5亿元`, `一、二产业`,
//! `第三方` and `一是一，二是二` are no marks.

use std::ops::Range;

use crate::base::charset::CharSet;
use crate::base::han::{self, is_numeral};
use crate::base::lexicon::outline as lexicon;
use crate::base::quote::Quoted;
use crate::model::{BlockKind, Manuscript};

/// The form of an ordinal, in the order of rank; GB/T 9704 has the first four.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Shape {
    /// 一、
    Han,
    /// （一）
    HanParen,
    /// 1.
    Digit,
    /// （1）
    DigitParen,
    /// ①
    Circle,
    /// 一是
    Is,
    /// 一要
    Must,
    /// 第一，
    Nth,
    /// 其一，
    Its,
    /// 首先、其次、再次
    First,
}

impl Shape {
    /// Whether this form numbers clauses of prose rather than headings.
    pub(super) fn is_prose(self) -> bool {
        self >= Self::Is
    }
}

/// One ordinal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    /// Its bytes, blanks before it left out: `（三）`, `三是`, `第三`.
    pub range: Range<usize>,
    /// The bytes of the number within: `三`.
    pub number: Range<usize>,
    /// Its form.
    pub shape: Shape,
    /// What it says.
    pub value: usize,
    /// Whether it opens its line.
    pub lead: bool,
    /// The index of its block.
    pub block: usize,
    /// Whether a pause or the head of the line stands before it.
    paused: bool,
}

/// Marks that number siblings, in order of the text; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    /// Indices of the marks.
    pub items: Vec<usize>,
    /// The mark beneath which it stands.
    pub parent: Option<usize>,
    /// Whether it goes on counting where a run beneath another parent stopped.
    pub continues: bool,
}

/// The outline of one document.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// All marks that belong to a run, in order.
    pub marks: Vec<Mark>,
    /// All runs, in order of their first marks.
    pub runs: Vec<Run>,
    /// The run of each mark.
    pub run_of: Vec<usize>,
    /// Lines that open with this number in a way that is no mark, `二 `, by value.
    lines: Vec<Vec<usize>>,
    /// Words that may stand for the ordinal of this value, `二来`, `第二个`, by value.
    words: Vec<Vec<usize>>,
    /// Headings and list items that a word processor numbers, by their start.
    unnumbered: Vec<usize>,
    /// Where the outline starts anew: articles, chapters, salutations.
    breaks: Vec<usize>,
}

/// Larger numbers are years and figures.
const LARGEST: usize = 99;

impl Outline {
    /// The outline of `manuscript`. An empty one has no marks.
    pub(super) fn of(manuscript: &Manuscript, quoted: &[Quoted]) -> Self {
        let mut outline = Self {
            lines: vec![Vec::new(); LARGEST + 1],
            words: vec![Vec::new(); LARGEST + 1],
            ..Self::default()
        };
        let marks = outline.scan(manuscript, &Spans::of(manuscript.text(), quoted));
        outline.build(marks);
        outline
    }

    /// Whether something between the two positions may stand for the ordinal `value` that `mark`
    /// lacks before it, though it is not written as a mark.
    pub(super) fn hints_at(&self, value: usize, mark: &Mark, between: &Range<usize>) -> bool {
        let held = |list: &[Vec<usize>]| {
            list.get(value).is_some_and(|at| {
                let first = at.partition_point(|&p| p < between.start);
                at.get(first).is_some_and(|&p| p < between.end)
            })
        };
        held(&self.lines) || (mark.shape.is_prose() || !mark.lead) && held(&self.words)
    }

    /// Whether a heading or item without a number of its own lies between the two positions.
    pub(super) fn has_unnumbered(&self, between: Range<usize>) -> bool {
        let first = self.unnumbered.partition_point(|&p| p < between.start);
        self.unnumbered.get(first).is_some_and(|&p| p < between.end)
    }

    /// Where the outline last started anew before `at`; 0 if nowhere.
    pub(super) fn scope(&self, at: usize) -> usize {
        let before = self.breaks.partition_point(|&p| p <= at);
        before.checked_sub(1).and_then(|i| self.breaks.get(i)).copied().unwrap_or(0)
    }

    /// All marks of the text, in order; hints, breaks and unnumbered blocks on the way.
    fn scan(&mut self, manuscript: &Manuscript, quoted: &Spans) -> Vec<Mark> {
        let text = manuscript.text();
        let mut marks = Vec::new();
        for (index, block) in manuscript.blocks().iter().enumerate() {
            if block.kind == BlockKind::Annex {
                self.breaks.push(block.range.start);
            }
            if block.kind.is_form()
                || matches!(block.kind, BlockKind::Cell | BlockKind::Code | BlockKind::Quotation)
            {
                continue;
            }
            let end = block.range.end;
            let mut at = block.range.start;
            while let Some(c) = text[at..end].chars().next() {
                if !(c.is_whitespace() || manuscript.mask(at).is_some() || is_invisible(c)) {
                    break;
                }
                at += c.len_utf8();
            }
            let line = &text[at..end];
            if is_break(line) || matches!(block.kind, BlockKind::Salutation | BlockKind::Title) {
                self.breaks.push(at);
            }
            let lead = ordinal(line);
            if lead.is_none() && matches!(block.kind, BlockKind::Heading(_) | BlockKind::Item) {
                self.unnumbered.push(at);
            }
            if lead.is_none()
                && let Some(value) = loose(line)
            {
                self.lines[value].push(at);
            }
            self.scan_line(manuscript, quoted, at..end, index, &mut marks);
        }
        marks
    }

    fn scan_line(
        &mut self,
        manuscript: &Manuscript,
        quoted: &Spans,
        line: Range<usize>,
        block: usize,
        marks: &mut Vec<Mark>,
    ) {
        let text = manuscript.text();
        // Where the last mark ended, and whether it was a heading's number: what follows one of
        // these is the head of a clause.
        let (mut settled, mut headed) = (line.start, false);
        for (offset, _) in OPENERS.find_iter(&text[line.clone()]) {
            let at = line.start + offset;
            if at < settled {
                continue;
            }
            let lead = at == line.start;
            let visible = |c: &char| !c.is_whitespace() && !is_invisible(*c);
            let before = text[settled..at].chars().rev().find(visible);
            let before = before.or_else(|| match settled == line.start {
                true => None,
                false if headed => Some('。'),
                false => text[..settled].chars().next_back(),
            });
            let paused = lead || before.is_some_and(is_pause);
            let free = || !quoted.hold(at) && manuscript.mask(at).is_none();
            let found = ordinal(&text[at..line.end])
                .filter(|f| fits(f, lead, before, &text[at + f.len..line.end]))
                .filter(|_| free());
            if let Some(found) = found {
                let range = at..at + found.len;
                let number = at + found.number.start..at + found.number.end;
                let (shape, value) = (found.shape, found.value);
                (settled, headed) = (range.end, !shape.is_prose());
                if shape.is_prose() {
                    self.words[value].push(range.start);
                }
                marks.push(Mark { range, number, shape, value, lead, block, paused });
            } else if let Some(value) = spoken(&text[at..line.end]) {
                self.words[value].push(at);
            }
        }
    }

    /// Puts the marks into runs.
    fn build(&mut self, marks: Vec<Mark>) {
        let following = following(&marks);
        let mut open: Vec<usize> = Vec::new();
        // The last run of each form, at the head of lines and within them.
        let mut last: Vec<[Option<usize>; 2]> = vec![[None; 2]; Shape::First as usize + 1];
        let mut breaks = self.breaks.iter().peekable();
        for (index, mark) in marks.iter().enumerate() {
            let mut anew = false;
            while breaks.next_if(|&&b| b <= mark.range.start).is_some() {
                anew = true;
            }
            if anew {
                open.clear();
                last.fill([None; 2]);
            }
            let Some(place) = self.place(mark, following[index].map(|i| &marks[i]), &open, &last) else {
                continue;
            };
            let run = match place {
                Place::In(run) => {
                    match open.iter().position(|&r| r == run) {
                        Some(depth) => open.truncate(depth + 1),
                        None => {
                            self.close_to(&mut open, self.runs[run].parent);
                            open.push(run);
                        }
                    }
                    run
                }
                Place::New { beneath, continues } => {
                    open.truncate(beneath);
                    let parent = open.last().and_then(|&r| self.runs[r].items.last().copied());
                    self.runs.push(Run { items: Vec::new(), parent, continues });
                    open.push(self.runs.len() - 1);
                    self.runs.len() - 1
                }
            };
            self.runs[run].items.push(self.marks.len());
            last[mark.shape as usize][usize::from(mark.lead)] = Some(run);
            self.run_of.push(run);
            self.marks.push(mark.clone());
        }
    }

    /// Closes what stands beneath the run of `parent`.
    fn close_to(&self, open: &mut Vec<usize>, parent: Option<usize>) {
        let depth =
            parent.and_then(|p| open.iter().position(|&r| r == self.run_of[p])).map_or(0, |depth| depth + 1);
        open.truncate(depth);
    }

    /// Where a mark belongs; `None` if it is none.
    fn place(
        &self,
        mark: &Mark,
        next: Option<&Mark>,
        open: &[usize],
        last: &[[Option<usize>; 2]],
    ) -> Option<Place> {
        let tail = |run: usize| self.runs[run].items.last().and_then(|&i| self.marks.get(i));
        let goes_on = |run: usize| tail(run).is_some_and(|t| t.value + 1 == mark.value);
        let same =
            |run: &usize, lead: bool| tail(*run).is_some_and(|t| t.shape == mark.shape && t.lead == lead);
        let near = |run: usize| tail(run).is_some_and(|t| t.block == mark.block || t.lead && mark.lead);
        let find = |lead: bool, test: &dyn Fn(usize) -> bool| {
            open.iter().rev().copied().find(|r| same(r, lead) && test(*r))
        };
        if !mark.paused {
            // 主要一是…，还有二是…: believed only where it fits.
            let here = |run: usize| tail(run).is_some_and(|t| t.block == mark.block);
            if mark.value == 1 {
                if find(false, &here).is_some() || find(true, &here).is_some() {
                    return None;
                }
            } else {
                let run = find(mark.lead, &goes_on).or_else(|| find(!mark.lead, &goes_on));
                return run.filter(|&r| here(r)).map(Place::In);
            }
        }
        if mark.value > 1 {
            if let Some(run) = find(mark.lead, &goes_on).or_else(|| find(!mark.lead, &goes_on)) {
                return Some(Place::In(run));
            }
            // A run that was closed by something between two of its marks, beneath the same parent.
            let current = |run: usize| match self.runs[run].parent {
                None => true,
                Some(parent) => open.iter().any(|&r| self.runs[r].items.last() == Some(&parent)),
            };
            let closed = &last[mark.shape as usize];
            let closed = [closed[usize::from(mark.lead)], closed[usize::from(!mark.lead)]];
            if let Some(run) = closed.into_iter().flatten().find(|&r| goes_on(r) && current(r)) {
                return Some(Place::In(run));
            }
            if mark.shape.is_prose() {
                // 一要…二要…三是…: another form that goes on.
                let mixed = open.iter().rev().copied().find(|&r| {
                    goes_on(r)
                        && near(r)
                        && tail(r).is_some_and(|t| {
                            t.shape.is_prose() && (t.lead == mark.lead || t.block == mark.block)
                        })
                });
                if let Some(run) = mixed {
                    return Some(Place::In(run));
                }
            } else if let Some(run) = closed.into_iter().flatten().find(|&r| goes_on(r))
                && find(mark.lead, &|_| true).is_none()
                && tail(run).is_some_and(|t| t.lead == mark.lead)
            {
                return Some(Place::New { beneath: self.beneath(mark, open), continues: true });
            }
            if let Some(run) = find(mark.lead, &|_| true)
                && (near(run) || !mark.shape.is_prose() && mark.lead)
            {
                return Some(Place::In(run));
            }
            return Some(Place::New { beneath: self.beneath(mark, open), continues: false });
        }
        match open.iter().rposition(|r| same(r, mark.lead)) {
            // One wrong number in a run that goes on as if it were right: 一、二、一、四、.
            Some(depth)
                if near(open[depth])
                    && tail(open[depth])
                        .zip(next)
                        .is_some_and(|(t, n)| t.value > 1 && n.value == t.value + 2) =>
            {
                Some(Place::In(open[depth]))
            }
            Some(depth) => Some(Place::New { beneath: depth, continues: false }),
            None => Some(Place::New { beneath: self.beneath(mark, open), continues: false }),
        }
    }

    /// How many open runs stand above a new run that `mark` opens: a heading closes what ranks
    /// below it, prose nothing.
    fn beneath(&self, mark: &Mark, open: &[usize]) -> usize {
        if mark.shape.is_prose() || !mark.lead {
            return open
                .iter()
                .position(|&r| {
                    self.runs[r].items.last().is_some_and(|&i| {
                        let t = &self.marks[i];
                        // What ran within another paragraph is over.
                        !t.lead && t.block != mark.block
                    })
                })
                .unwrap_or(open.len());
        }
        open.iter()
            .position(|&r| {
                self.runs[r].items.last().is_some_and(|&i| {
                    let t = &self.marks[i];
                    // （1） may stand beneath 一是, but 一、 and （一） do not.
                    let below =
                        if t.shape.is_prose() { mark.shape <= Shape::HanParen } else { t.shape > mark.shape };
                    !t.lead || below
                })
            })
            .unwrap_or(open.len())
    }
}

/// Where a mark belongs.
enum Place {
    /// In this run, open or closed.
    In(usize),
    /// In a new run beneath so many open ones.
    New { beneath: usize, continues: bool },
}

/// For each mark, the next of its form and standing.
fn following(marks: &[Mark]) -> Vec<Option<usize>> {
    let mut next = vec![[None; 2]; Shape::First as usize + 1];
    let mut found = vec![None; marks.len()];
    for (index, mark) in marks.iter().enumerate().rev() {
        let slot = &mut next[mark.shape as usize][usize::from(mark.lead)];
        found[index] = *slot;
        *slot = Some(index);
    }
    found
}

/// Quotations, also those that run over several lines after a colon or from the head of a line.
struct Spans(Vec<Range<usize>>);

impl Spans {
    /// Lines that a quotation spans at most.
    const LONGEST: usize = 80;

    fn of(text: &str, quoted: &[Quoted]) -> Self {
        let mut spans: Vec<Range<usize>> = Vec::new();
        let mut add = |range: Range<usize>| match spans.last_mut() {
            Some(s) if range.start < s.end => s.end = s.end.max(range.end),
            _ => spans.push(range),
        };
        let mut all: Vec<Range<usize>> = quoted.iter().map(|q| q.range.clone()).collect();
        // “ that its line does not close, and the line that does.
        let mut open: Option<(usize, usize)> = None;
        let mut start = 0;
        for (number, line) in text.split_inclusive('\n').enumerate() {
            if !line.contains(['“', '”']) {
                start += line.len();
                continue;
            }
            let mut depth: Vec<usize> = Vec::new();
            for (at, c) in line.char_indices().filter(|(_, c)| matches!(c, '“' | '”')) {
                if c == '“' {
                    depth.push(at);
                } else if depth.pop().is_none()
                    && let Some((from, first)) = open.take()
                    && number - first <= Self::LONGEST
                {
                    all.push(from..start + at);
                }
            }
            if let Some(&at) = depth.first() {
                let before = line[..at].trim_end();
                open = (before.is_empty() || before.ends_with(['：', ':']))
                    .then_some((start + at, number))
                    .or(open);
            }
            start += line.len();
        }
        all.sort_by_key(|r| (r.start, r.end));
        all.into_iter().for_each(&mut add);
        Self(spans)
    }

    fn hold(&self, at: usize) -> bool {
        let next = self.0.partition_point(|s| s.end <= at);
        self.0.get(next).is_some_and(|s| s.contains(&at))
    }
}

/// An ordinal at the head of a text.
#[derive(Debug, PartialEq, Eq)]
struct Found {
    shape: Shape,
    value: usize,
    /// Its bytes, from the head of the text.
    len: usize,
    /// The number's bytes within.
    number: Range<usize>,
}

fn digit(c: char) -> Option<usize> {
    match c {
        '0'..='9' => Some(c as usize - '0' as usize),
        '０'..='９' => Some(c as usize - '０' as usize),
        _ => None,
    }
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// With what an ordinal may open: asked of every character.
static OPENERS: CharSet = CharSet::of(
    "(（0123456789０１２３４５６７８９一二三四五六七八九十第其首再\
     ①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
);

static PAUSES: CharSet = CharSet::of("。；：，、;:,!！?？…—）)”》．.|");

fn is_pause(c: char) -> bool {
    PAUSES.holds(c)
}

/// Whether an ordinal may stand here. （一）至（三）项 and （三）、（四）项 within a line point at items.
fn fits(found: &Found, lead: bool, before: Option<char>, after: &str) -> bool {
    if lead {
        return true;
    }
    let paused = before.is_some_and(is_pause);
    match found.shape {
        Shape::Han => false,
        Shape::Digit | Shape::HanParen | Shape::DigitParen => {
            let points = after.starts_with(lexicon::CITED);
            before.is_some_and(|c| "。；：;:，,．".contains(c)) && !points
        }
        Shape::Circle => true,
        // 统一是, 第一是, 其一是 are other words.
        Shape::Is => {
            paused
                || before.is_some_and(|c| {
                    !"统万第唯单之其归同划专不逐惟如每这那任某初周月日号期中".contains(c)
                        && !is_numeral(c)
                        && digit(c).is_none()
                })
        }
        Shape::Must | Shape::Nth | Shape::Its | Shape::First => paused,
    }
}

/// Han numerals or digits at the head: the value and the bytes.
fn number(text: &str) -> Option<(usize, usize, bool)> {
    let first = text.chars().next()?;
    if is_numeral(first) {
        let len = text.find(|c| !is_numeral(c)).unwrap_or(text.len());
        if len > 4 * first.len_utf8() {
            return None;
        }
        let number = &text[..len];
        // 一二三 is no number; 十二 and 二十 are.
        let sound = number.chars().count() == 1 || number.contains('十');
        let value = han::parse_numeral(number).filter(|&v| sound && (1..=LARGEST).contains(&v))?;
        return Some((value, len, true));
    }
    digit(first)?;
    let mut value = 0;
    let mut len = 0;
    for c in text.chars() {
        let Some(d) = digit(c) else { break };
        value = value * 10 + d;
        len += c.len_utf8();
        if value > LARGEST {
            return None;
        }
    }
    // 01. numbers a table's rows.
    (value > 0 && !matches!(first, '0' | '０')).then_some((value, len, false))
}

/// The ordinal at the head of `text`, if there is one.
fn ordinal(text: &str) -> Option<Found> {
    let first = text.chars().next()?;
    let found = |shape, value, len, number| Some(Found { shape, value, len, number });
    let width = first.len_utf8();
    match first {
        '①'..='⑳' => return found(Shape::Circle, first as usize - '①' as usize + 1, width, 0..width),
        '⑴'..='⒇' => return found(Shape::DigitParen, first as usize - '⑴' as usize + 1, width, 0..width),
        '⒈'..='⒛' => return found(Shape::Digit, first as usize - '⒈' as usize + 1, width, 0..width),
        '(' | '（' => {
            let inner = &text[width..];
            let blank = inner.len() - inner.trim_start().len();
            let (value, len, han) = number(inner.trim_start())?;
            let after = &inner[blank + len..];
            let rest = after.trim_start();
            let close = rest.chars().next().filter(|c| matches!(c, ')' | '）'))?;
            let shape = if han { Shape::HanParen } else { Shape::DigitParen };
            let end = text.len() - rest.len() + close.len_utf8();
            return found(shape, value, end, width + blank..width + blank + len);
        }
        '首' | '其' | '再' | '第' => return spoken_ordinal(text, first),
        _ => {}
    }
    let (value, len, han) = number(text)?;
    let rest = &text[len..];
    let mark = rest.chars().next()?;
    let end = len + mark.len_utf8();
    let after = text[end..].chars().next();
    match mark {
        '、' if han => {
            // 一、二产业; 二、三级.
            let list = number(&text[end..])
                .is_some_and(|(v, l, _)| v == value + 1 && !text[end + l..].starts_with(['、', '是', '要']));
            (!list).then_some(())?;
            found(Shape::Han, value, end, 0..len)
        }
        '、' | '.' | '．' if !han => {
            let figure = after.is_some_and(|c| digit(c).is_some() || c.is_ascii_alphabetic() && mark == '.');
            (!figure).then_some(())?;
            found(Shape::Digit, value, end, 0..len)
        }
        ')' | '）' if !han => found(Shape::DigitParen, value, end, 0..len),
        // 一是一，二是二.
        '是' if han && after != text.chars().next() => found(Shape::Is, value, end, 0..len),
        '要' if han && !after.is_some_and(|c| "素求务点件害闻道职".contains(c)) => {
            found(Shape::Must, value, end, 0..len)
        }
        _ => None,
    }
}

/// 第一，, 其一，, 首先.
fn spoken_ordinal(text: &str, first: char) -> Option<Found> {
    let width = first.len_utf8();
    for (word, value) in [("首先", 1), ("其次", 2), ("再次", 3)] {
        if let Some(rest) = text.strip_prefix(word) {
            let fits = value == 1 || rest.starts_with(['，', ',', '、', '是', '要', '：']);
            return fits.then_some(Found {
                shape: Shape::First,
                value,
                len: word.len(),
                number: 0..word.len(),
            });
        }
    }
    let (value, len, han) = number(&text[width..])?;
    let end = width + len;
    let rest = &text[end..];
    let shape = match first {
        '第' if rest.starts_with(['，', ',', '：', ':']) || rest.starts_with('、') => Shape::Nth,
        // 第一是, 第一要; not 第一要务.
        '第' if rest.starts_with('是')
            || rest.starts_with('要') && !rest.starts_with("要务") && !rest.starts_with("要义") =>
        {
            Shape::Nth
        }
        '其' if rest.starts_with(['，', ',', '是', '：', '、']) => Shape::Its,
        _ => return None,
    };
    // 第一、二、三产业; 第二、第三产业.
    let list = rest.strip_prefix('、').is_some_and(|r| number(r.trim_start_matches('第')).is_some());
    (han && !list).then_some(Found { shape, value, len: end, number: width..end })
}

/// What may stand for an ordinal in speech: 二来, 第二个, 另一方面 counts for 2.
fn spoken(text: &str) -> Option<usize> {
    let rest = text.trim_start_matches(['第', '其']);
    let (value, len, han) = number(rest)?;
    let rest = &rest[len..];
    // 一个 and 一条 are on every page; for the others more may be meant.
    let words: &[char] =
        if value == 1 { &['是', '要', '来', '则', '抓', '靠', '看'] } else { lexicon::SPOKEN };
    let says = rest.starts_with(words) || text.starts_with(['第', '其']) || rest.starts_with("方面");
    (han && says).then_some(value)
}

/// A line that opens with a number in some other way.
fn loose(line: &str) -> Option<usize> {
    let rest = line.trim_start_matches(['(', '（', '第', '[', '【', '〔', '附', '件', '*', '-']);
    number(rest.trim_start()).map(|(value, _, _)| value)
}

/// A line at which counting starts anew: an article, a chapter, a salutation.
fn is_break(line: &str) -> bool {
    if let Some(rest) = line.strip_prefix('第') {
        let rest = rest.trim_start();
        let len = rest
            .find(|c: char| !(is_numeral(c) || "百千零〇".contains(c) || c.is_ascii_digit()))
            .unwrap_or(0);
        let after = rest[len..].trim_start();
        return len > 0
            && len < 30
            && (after.starts_with(['条', '章', '节', '编', '篇']) || after.starts_with("部分"));
    }
    let salutation = line.trim_end();
    salutation.len() < 90
        && salutation.ends_with(['：', ':'])
        && ["同志们", "各位", "同学们", "尊敬的", "老师们", "朋友们"]
            .iter()
            .any(|s| salutation.starts_with(s))
        || ["附件：", "附件:", "附录", "附：", "附件1", "附件2", "附件一"].iter().any(|s| line.starts_with(s))
}

#[cfg(test)]
mod tests {
    use super::{Outline, Shape, ordinal};
    use crate::base::quote::quoted;
    use crate::read;

    fn runs(text: &str) -> Vec<Vec<usize>> {
        let manuscript = read::read("a.txt", text.as_bytes()).unwrap_or_default();
        let outline = Outline::of(&manuscript, &quoted(manuscript.text()));
        outline.runs.iter().map(|r| r.items.iter().map(|&i| outline.marks[i].value).collect()).collect()
    }

    #[test]
    fn what_is_an_ordinal_and_what_is_none() {
        for (text, shape) in [
            ("一、提高认识", Shape::Han),
            ("（十二）抓好落实", Shape::HanParen),
            ("(三)治理", Shape::HanParen),
            ("３．治理", Shape::Digit),
            ("4、治理", Shape::Digit),
            ("（5）治理", Shape::DigitParen),
            ("⑥治理", Shape::Circle),
            ("七是治理", Shape::Is),
            ("八要治理", Shape::Must),
            ("第九，治理", Shape::Nth),
            ("其十，治理", Shape::Its),
        ] {
            assert_eq!(ordinal(text).map(|f| f.shape), Some(shape), "{text}");
        }
        for text in [
            "1.5亿元",
            "一、二产业",
            "第三方",
            "第一要务",
            "一是一，二是二",
            "2026.3.5",
            "第一、二、三产业",
            "三要素",
        ] {
            assert_eq!(ordinal(text), None, "{text}");
        }
    }

    #[test]
    fn runs_nest_and_end_with_their_parents() {
        assert_eq!(
            runs("一、甲\n（一）子\n（二）丑\n二、乙\n（一）寅：一是春；二是夏。\n（二）卯"),
            [vec![1, 2], vec![1, 2], vec![1, 2], vec![1, 2]]
        );
    }

    #[test]
    fn a_list_within_an_item_leaves_the_item_open() {
        assert_eq!(runs("一要抓早。一是春；二是夏；三是秋。\n二要抓实。"), [vec![1, 2], vec![1, 2, 3]]);
    }

    #[test]
    fn another_form_that_goes_on_belongs_to_the_run() {
        assert_eq!(runs("一要抓早。\n二要抓实。\n三是抓好。"), [vec![1, 2, 3]]);
    }

    #[test]
    fn articles_count_anew() {
        assert_eq!(
            runs("第一条 下列：\n（一）甲；\n（二）乙。\n第二条 下列：\n（一）丙。"),
            [vec![1, 2], vec![1]]
        );
    }

    #[test]
    fn an_empty_text_has_no_runs() {
        assert!(runs("").is_empty());
    }
}
