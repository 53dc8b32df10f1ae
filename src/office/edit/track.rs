//! Changed words in the XML as tracked changes (修订): `w:del` round what stood there, `w:ins` round the new words.
//!
//! The runs are parted at either end of a change, and both halves, what goes and what comes keep the format of
//! the run. Words within text boxes and content controls are changed where they stand; a formula and the pinyin
//! over a character cannot be parted, and an insertion that somebody else has not yet accepted is left to her.

use std::collections::HashMap;
use std::ops::Range;

use super::{Put, prefix_of, words};
use crate::base::han::Date;
use crate::base::{Problem, Result, Text};
use crate::office::body::NodeKind;
use crate::office::document::unsafe_change;
use crate::office::own::{mark_number, prefix, signed};
use crate::office::parting::{Child, Point};
use crate::office::splice::{Splices, keeping_spaces};
use crate::office::xml::{Element, Token, each};

/// What the XML becomes.
///
/// # Errors
/// If words stand where they cannot be tracked.
pub(super) fn splices(xml: &str, puts: &[Put<'_>], date: Option<Date>, way: Way) -> Result<Splices> {
    let runs = Runs::of(xml).ok_or_else(unsafe_change)?;
    let mut merged: Vec<Put<'_>> = Vec::new();
    for put in puts {
        if runs.theirs.iter().any(|range| range.start < put.cut.start && put.cut.end < range.end) {
            return Err(pending().into());
        }
        match merged.last_mut() {
            // Characters, references and comments of one `w:t` are one change.
            Some(before) if put.follows && put.open == before.open && put.is_like(before) => {
                (before.cut.end, before.node.end) = (put.cut.end, put.node.end);
            }
            _ => merged.push(put.clone()),
        }
    }
    merged.sort_by_key(|put| (put.cut.start, put.cut.end));
    tracked(xml, &runs, &merged, date, way).ok_or_else(|| unsafe_change().into())
}

/// Which of the two texts is the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// What stands there goes, and what is put comes.
    Forward,
    /// What stands there has come, and what is put is what went.
    Back,
}

/// Why words in somebody's insertion are not tracked once more.
pub(in crate::office) fn pending() -> Problem {
    Problem::new(Text::fixed(
        "要改的文字在别人的修订里，那处修订还没有接受或拒绝，不能再标一层",
        "words to be changed stand in a tracked insertion that is neither accepted nor rejected yet",
    ))
    .help(Text::fixed(
        "先在 Word 或 WPS 里接受或拒绝那些修订，或者不标修订",
        "accept or reject it in Word or WPS first, or do without tracked changes",
    ))
}

/// A change, and where the runs are parted for it.
struct Parted<'p, 'e> {
    put: &'p Put<'e>,
    child: Child,
    start: Point,
    end: Point,
}

fn tracked(xml: &str, runs: &Runs, puts: &[Put<'_>], date: Option<Date>, way: Way) -> Option<Splices> {
    let marks = Marks::of(xml, date)?;
    let parted = puts.iter().map(|put| runs.parted(xml, put)).collect::<Option<Vec<_>>>()?;
    let mut splices = Splices::default();
    let mut id = runs.highest.map_or(0, |id| id + 1);
    let mut reached = 0;
    for (index, here) in parted.iter().enumerate() {
        // Between two changes that meet no run is left.
        let before = index.checked_sub(1).and_then(|before| parted.get(before));
        let met = before.is_some_and(|before| before.end.at == here.start.at);
        let meeting = parted.get(index + 1).is_some_and(|next| next.start.at == here.end.at);
        let left = here.start.cut.as_ref().filter(|_| !met).map_or("", |(left, _)| left);
        let right = here.end.cut.as_ref().filter(|_| !meeting).map_or("", |(_, right)| right);
        let said = marks.say(xml, here, way, &mut id)?;
        splices.replace(here.start.at..here.end.at, [left, &said, right].concat());
        // What was parted before has its order to keep spaces already.
        if let Some(open) = here.start.keep_spaces.clone().filter(|open| open.start >= reached) {
            splices.keep(open.clone(), keeping_spaces(xml.get(open)?));
        }
        reached = here.end.at;
    }
    Some(splices)
}

impl Put<'_> {
    fn is_text(&self) -> bool {
        self.kind != NodeKind::Sign
    }

    /// Whether both are characters of a `w:t`, within CDATA or without.
    fn is_like(&self, other: &Self) -> bool {
        let in_cdata = |put: &Self| put.kind == NodeKind::Cdata;
        self.is_text() && other.is_text() && in_cdata(self) == in_cdata(other)
    }
}

/// The elements of tracked changes in the words of the document's own prefix.
pub(super) struct Marks {
    pub(super) prefix: String,
    pub(super) declared: String,
    signed: String,
}

impl Marks {
    pub(super) fn of(xml: &str, date: Option<Date>) -> Option<Self> {
        let (prefix, declared) = prefix(xml)?;
        let signed = signed(&prefix, date);
        Some(Self { prefix, declared, signed })
    }

    /// What goes and what comes, each in a run with the format of the one that stands there.
    fn say(&self, xml: &str, here: &Parted<'_, '_>, way: Way, id: &mut u64) -> Option<String> {
        let Parted { put, child, start, end } = here;
        let (run, close) = (xml.get(child.head.clone())?, xml.get(child.close.clone())?);
        // Elements of the run go by the prefix that it has itself.
        let p = prefix_of(run);
        let (standing, given) = match way {
            Way::Forward => ("delText", "t"),
            Way::Back => ("t", "delText"),
        };
        let stands = match &child.text {
            _ if put.cut.is_empty() => String::new(),
            Some((open, end_tag)) => {
                let inside = start.at.max(open.end)..end.at.min(end_tag.start);
                let (go, stop) = (
                    if child.in_cdata(inside.start) { "<![CDATA[" } else { "" },
                    if child.in_cdata(inside.end) { "]]>" } else { "" },
                );
                let words = xml.get(inside)?;
                format!("<{p}{standing} xml:space=\"preserve\">{go}{words}{stop}</{p}{standing}>")
            }
            None => xml.get(put.cut.clone())?.to_owned(),
        };
        let (open, end) = (format!("<{p}{given} xml:space=\"preserve\">"), format!("</{p}{given}>"));
        let puts = (!put.new.is_empty()).then(|| format!("{open}{}{end}", words(put.new, &p, &open, &end)));
        let (gone, come) = match way {
            Way::Forward => (stands, puts.unwrap_or_default()),
            Way::Back => (puts.unwrap_or_default(), stands),
        };
        let marked = |what: &str, inside: &str, id: &mut u64| {
            if inside.is_empty() {
                String::new()
            } else {
                self.mark(what, &format!("{run}{inside}{close}"), id)
            }
        };
        let gone = marked("del", &gone, id);
        Some(gone + &marked(if put.moved { "moveTo" } else { "ins" }, &come, id))
    }

    /// Where what was moved begins and ends at one of its two places, by the name that both have.
    pub(super) fn place(&self, what: &str, name: &str, id: &mut u64) -> [String; 2] {
        let Self { prefix: p, declared, signed } = self;
        let number = *id;
        *id += 1;
        [
            format!(r#"<{p}:{what}RangeStart{declared} {p}:id="{number}" {p}:name="{name}"{signed}/>"#),
            format!(r#"<{p}:{what}RangeEnd{declared} {p}:id="{number}"/>"#),
        ]
    }

    pub(super) fn mark(&self, what: &str, inside: &str, id: &mut u64) -> String {
        let Self { prefix: p, declared, signed } = self;
        let number = *id;
        *id += 1;
        format!(r#"<{p}:{what}{declared} {p}:id="{number}"{signed}>{inside}</{p}:{what}>"#)
    }
}

/// A run, whatever it stands in.
struct Run {
    /// From its start tag to the end of its properties.
    head: Range<usize>,
    close: Range<usize>,
    /// Whether it must not be parted.
    whole: bool,
}

/// The runs of a part.
#[derive(Default)]
struct Runs {
    /// In the order in which they begin.
    runs: Vec<Run>,
    /// The end tag of each `w:t`, by the first byte of its start tag.
    texts: HashMap<usize, Range<usize>>,
    /// Insertions that are not yet accepted.
    theirs: Vec<Range<usize>>,
    /// The highest number of a mark among the text.
    highest: Option<u64>,
}

/// What an open element is.
enum Open {
    Run(usize),
    /// Properties of a run.
    Properties(usize),
    Text(usize),
    Insertion(usize),
    /// A formula, or a character with its pinyin: not to be parted.
    Whole,
    Other,
}

impl Runs {
    /// Those of this XML; `None` if it is malformed.
    fn of(xml: &str) -> Option<Self> {
        let mut found = Self::default();
        let mut open = Vec::new();
        let sound = each(xml, |token, at| match token {
            Token::Start(element) => {
                let is = found.start(element, at, &open);
                open.push(is);
            }
            Token::End(_) => {
                if let Some(is) = open.pop() {
                    found.end(&is, at);
                }
            }
            _ => {}
        });
        sound.then_some(found)
    }

    fn start(&mut self, element: Element<'_>, at: Range<usize>, open: &[Open]) -> Open {
        let name = element.name();
        if matches!(name, "ins" | "del" | "moveFrom" | "moveTo" | "bookmarkStart")
            || name.ends_with("Change")
            || name.ends_with("RangeStart")
        {
            self.highest = self.highest.max(element.attribute("id").and_then(|id| mark_number(&id)));
        }
        match (name, open.last()) {
            ("oMath" | "ruby", _) => Open::Whole,
            ("r", _) => {
                let whole = open.iter().any(|open| matches!(open, Open::Whole));
                self.runs.push(Run { head: at.clone(), close: at, whole });
                Open::Run(self.runs.len() - 1)
            }
            ("rPr", Some(Open::Run(run))) => Open::Properties(*run),
            ("t", Some(Open::Run(_))) => Open::Text(at.start),
            ("ins" | "moveTo", _) => Open::Insertion(at.start),
            _ => Open::Other,
        }
    }

    fn end(&mut self, is: &Open, at: Range<usize>) {
        match *is {
            Open::Run(run) => self.runs[run].close = at,
            Open::Properties(run) => self.runs[run].head.end = at.end,
            Open::Text(start) => drop(self.texts.insert(start, at)),
            Open::Insertion(start) => self.theirs.push(start..at.end),
            Open::Whole | Open::Other => {}
        }
    }

    /// Where the run of a change is parted; `None` if it cannot be.
    fn parted<'p, 'e>(&self, xml: &str, put: &'p Put<'e>) -> Option<Parted<'p, 'e>> {
        let here = |run: &&Run| run.head.end <= put.cut.start && put.cut.end <= run.close.start;
        let begun = self.runs.partition_point(|run| run.head.start <= put.cut.start);
        let run = self.runs[..begun].iter().rev().find(here).filter(|run| !run.whole)?;
        let text = match put.is_text() {
            true => Some((put.open.clone(), self.texts.get(&put.open.start)?.clone())),
            false => None,
        };
        let unit = text.as_ref().map_or(put.cut.clone(), |(open, close)| open.start..close.end);
        let cdata = (put.kind == NodeKind::Cdata).then(|| put.node.clone());
        let child = Child { head: run.head.clone(), close: run.close.clone(), unit, text, cdata };
        // The brackets of CDATA go along with all that they hold.
        let at_start = child.cdata.as_ref().filter(|words| put.cut.start == words.start);
        let at_end = child.cdata.as_ref().filter(|words| put.cut.end == words.end);
        let from = at_start.map_or(put.cut.start, |words| words.start - "<![CDATA[".len());
        let to = at_end.map_or(put.cut.end, |words| words.end + "]]>".len());
        let (start, end) = if put.cut.is_empty() {
            let place = if at_end.is_some() { to } else { from };
            // Before the first character and behind the last one nothing has to be parted.
            let first = place <= put.open.end;
            let point = if first { child.start(xml, place)? } else { child.end(xml, place)? };
            let same = Point { at: point.at, cut: point.cut.clone(), keep_spaces: None };
            (point, same)
        } else {
            (child.start(xml, from)?, child.end(xml, to)?)
        };
        (start.at <= end.at).then_some(Parted { put, child, start, end })
    }
}
