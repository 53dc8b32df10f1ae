//! Two versions of a paper (比对): one document that shows what changed, and what of it are figures, days, names.
//!
//! Either may have any format that can be read. What is marked is the newer one: in its own file where that is a
//! .docx, else laid out as drafts are. Headers, notes and looks are not compared.

use std::collections::BTreeMap;
use std::ops::Range;

use serde_json::{Value as Json, json};

use super::files::{Use, in_file, placed};
use super::office::{Listener, Office};
use crate::base::versions::{Change, Move, Step, moves, steps};
use crate::base::{Error, Lang, Problem, Result, Text, clause};
use crate::model::Manuscript;
use crate::office::Container;
use crate::read::read;
use crate::report::laid_out;
use crate::rules::yearly::{Kind, Stretch, about, find};
use crate::rules::{holders, is_person, name_before, people_named};
use crate::text;

/// What two versions come to.
pub struct Compared {
    /// The newer one with what changed as tracked changes (修订); accepted it is the newer text, rejected the older.
    pub bytes: Vec<u8>,
    /// Figures, days and names that are not the same, in the order of the newer text.
    pub values: Vec<Differing>,
    /// Paragraphs that stand elsewhere now, those that stayed together as one.
    pub moved: Vec<Moved>,
    /// Paragraphs that stayed as they were, were changed, are gone, have come.
    pub counts: Counts,
}

/// How many paragraphs there are of each kind.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    pub same: usize,
    pub changed: usize,
    pub gone: usize,
    pub come: usize,
    pub moved: usize,
}

/// Paragraphs that were moved together. Numbers count from 1 those that say something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// The first of them in the older version.
    pub old: usize,
    /// The same in the newer one.
    pub new: usize,
    /// How many they are.
    pub count: usize,
    /// The first words.
    pub words: String,
}

impl Counts {
    /// Whether both say the same.
    #[must_use]
    pub const fn is_same(self) -> bool {
        self.changed == 0 && self.gone == 0 && self.come == 0 && self.moved == 0
    }
}

/// A value that is another, is gone or has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differing {
    /// What it is.
    pub kind: Kind,
    /// What it is said of, where that is told.
    pub about: String,
    /// As the older version has it; empty where it has come.
    pub old: String,
    /// As the newer one has it; empty where it is gone.
    pub new: String,
    /// The paragraph that it stands in, counted from 1 among those that say something; of what is gone, of the
    /// older version.
    pub paragraph: usize,
    /// The sentence around it.
    pub sentence: String,
}

/// A version as paragraphs.
struct Version {
    manuscript: Manuscript,
    bytes: Vec<u8>,
    /// Whether the file is the one that was given.
    own: bool,
}

impl Version {
    fn of(office: &Office, name: &str, listener: &mut dyn Listener) -> Result<Self> {
        let bytes = office.files.read(name, Use::Input)?;
        let manuscript = read(name, &bytes).map_err(|e| placed(e, name))?;
        for note in manuscript.notes() {
            listener.note(&in_file(note.clone(), name));
        }
        if Container::of(&bytes).is_some_and(|container| container.compare.is_some()) {
            return Ok(Self { manuscript, bytes, own: true });
        }
        Self::laid_out(office, &manuscript)
    }

    /// A text laid out as drafts are.
    fn laid_out(office: &Office, manuscript: &Manuscript) -> Result<Self> {
        let bytes = laid_out(manuscript, Vec::new(), Some(office.today))?;
        Ok(Self { manuscript: read("a.docx", &bytes)?, bytes, own: false })
    }

    /// What the paragraphs say that say something, without automatic numbers: where each stands.
    fn paragraphs(&self) -> Vec<Range<usize>> {
        let made = self.manuscript.made();
        let bare = |range: &Range<usize>| {
            let at = made.partition_point(|made| made.end <= range.start);
            let label = made.get(at).filter(|made| made.start == range.start);
            label.map_or(range.start, |made| made.end.min(range.end))..range.end
        };
        let all = self.manuscript.blocks().iter().map(|block| bare(&block.range));
        all.filter(|range| !self.manuscript.text()[range.clone()].trim().is_empty()).collect()
    }
}

/// Holds the versions of two files against each other; nothing is written.
///
/// # Errors
/// If one cannot be read, or the newer one cannot be marked.
pub fn compare(office: &Office, old: &str, new: &str, listener: &mut dyn Listener) -> Result<Compared> {
    let older = Version::of(office, old, listener)?;
    let mut newer = Version::of(office, new, listener)?;
    let text = older.manuscript.text();
    let lines: Vec<String> = older.paragraphs().into_iter().map(|range| text[range].to_owned()).collect();
    let bytes = match marked(office, &newer, &lines) {
        Ok(bytes) => bytes,
        // A file in which nothing can be marked still has a text.
        Err(error) if newer.own => {
            for problem in error.problems() {
                listener.note(&in_file(problem.clone(), new));
            }
            listener.note(&in_file(Problem::new(LAID_OUT), new));
            newer = Version::laid_out(office, &newer.manuscript)?;
            marked(office, &newer, &lines)?
        }
        Err(error) => return Err(error),
    };
    let Differences { counts, values, moved } = differing(&older, &newer);
    Ok(Compared { bytes, values, moved, counts })
}

const LAID_OUT: Text = Text::fixed(
    "原文件里没法标，文字按起草的格式重新排过，修订标在上面",
    "nothing can be marked in the file itself; its text was laid out anew and marked there",
);

fn marked(office: &Office, newer: &Version, lines: &[String]) -> Result<Vec<u8>> {
    let compare = Container::of(&newer.bytes).and_then(|container| container.compare);
    let compare = compare.ok_or_else(|| Error::from(Problem::new(LAID_OUT)))?;
    compare(&newer.bytes, lines, Some(office.today))
}

/// The values of a version by the paragraph that they stand in.
struct Values<'v> {
    version: &'v Version,
    paragraphs: Vec<Range<usize>>,
    stretches: Vec<Stretch>,
}

impl<'v> Values<'v> {
    fn of(version: &'v Version) -> Self {
        let text = version.manuscript.text();
        let mut stretches = find(&version.manuscript);
        let apart = |range: &Range<usize>, all: &[Stretch]| {
            let at = all.partition_point(|s| s.range.end <= range.start);
            all.get(at).is_none_or(|s| range.end <= s.range.start)
        };
        for range in holders(text).into_iter().chain(people_named(text)) {
            if apart(&range, &stretches) {
                let at = stretches.partition_point(|s| s.range.start < range.start);
                stretches.insert(at, Stretch { range, kind: Kind::Person });
            }
        }
        stretches.retain(|s| !version.manuscript.is_made(&s.range));
        Self { version, paragraphs: version.paragraphs(), stretches }
    }

    /// The values of a paragraph, by number.
    fn within(&self, paragraph: usize) -> Range<usize> {
        let Some(range) = self.paragraphs.get(paragraph) else { return 0..0 };
        let place = |at: usize| self.stretches.partition_point(|s| s.range.start < at);
        place(range.start)..place(range.end)
    }

    /// The person's name that holds these bytes.
    fn person_round(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let at = self.stretches.partition_point(|s| s.range.end < range.end);
        let found = self.stretches.get(at).filter(|s| s.kind == Kind::Person && !range.is_empty())?;
        (found.range.start <= range.start).then(|| found.range.clone())
    }

    fn words(&self, value: usize) -> &'v str {
        &self.version.manuscript.text()[self.stretches[value].range.clone()]
    }

    /// The value with what it is said of, as one that is there in this version alone.
    fn told(&self, value: usize, paragraph: usize) -> Differing {
        let stretch = &self.stretches[value];
        let text = self.version.manuscript.text();
        let about = if stretch.kind != Kind::Figure {
            String::new()
        } else {
            about(&self.version.manuscript, &self.stretches, value)
        };
        let sentence = text[clause::sentence(text, stretch.range.clone())].trim().to_owned();
        let (kind, new) = (stretch.kind, self.words(value).to_owned());
        Differing { kind, about, old: String::new(), new, paragraph: paragraph + 1, sentence }
    }
}

/// What the two versions come to, but for the document.
struct Differences {
    counts: Counts,
    values: Vec<Differing>,
    moved: Vec<Moved>,
}

/// What became of the paragraphs, and which values are not the same.
fn differing(older: &Version, newer: &Version) -> Differences {
    let (was, is) = (Values::of(older), Values::of(newer));
    let said = |values: &Values<'_>| -> Vec<String> {
        let text = values.version.manuscript.text();
        values.paragraphs.iter().map(|range| text[range.clone()].to_owned()).collect()
    };
    let (old, new) = (said(&was), said(&is));
    let (olds, news): (Vec<&str>, Vec<&str>) =
        (old.iter().map(String::as_str).collect(), new.iter().map(String::as_str).collect());
    let steps = steps(&olds, &news);
    let moves = moves(&steps, &olds, &news);
    let mut counts = Counts { moved: moves.len(), ..Counts::default() };
    let mut told = Vec::new();
    let pair = |old: usize, new: usize, changes: &[Change]| {
        let mut values = in_pair(&was, &is, old, new);
        let mut others = holders_changed(&was, &is, (old, new), changes);
        // What is told as another name is not told as gone or come besides.
        others.retain(|one| values.iter().all(|v| (&v.old, &v.new) != (&one.old, &one.new)));
        values.retain(|v| {
            let told = |one: &Differing| {
                v.new.is_empty() && v.old == one.old || v.old.is_empty() && v.new == one.new
            };
            v.kind != Kind::Person || !others.iter().any(told)
        });
        values.extend(others);
        values
    };
    for step in steps {
        match step {
            Step::Kept { changes, .. } if changes.is_empty() => counts.same += 1,
            Step::Kept { old, new, changes } => {
                counts.changed += 1;
                told.extend(pair(old, new, &changes));
            }
            Step::Gone(old) if moves.iter().any(|one| one.old == old) => {}
            Step::Gone(old) => {
                counts.gone += 1;
                told.extend(was.within(old).map(|value| gone(was.told(value, old))));
            }
            Step::Come(new) => match moves.iter().find(|one| one.new == new) {
                Some(one) if one.changes.is_empty() => {}
                Some(one) => told.extend(pair(one.old, new, &one.changes)),
                None => {
                    counts.come += 1;
                    told.extend(is.within(new).map(|value| is.told(value, new)));
                }
            },
        }
    }
    Differences { counts, values: without_moved(told), moved: together(&moves, &news) }
}

/// Moves of paragraphs that follow each other in both versions are one.
fn together(moves: &[Move], news: &[&str]) -> Vec<Moved> {
    const SHOWN: usize = 16;
    let mut all: Vec<Moved> = Vec::new();
    for Move { old, new, .. } in moves {
        match all.last_mut() {
            Some(last) if last.old + last.count == old + 1 && last.new + last.count == new + 1 => {
                last.count += 1
            }
            _ => {
                let words = news[*new].trim();
                let cut = words.char_indices().nth(SHOWN).map(|(at, _)| at);
                let words = cut.map_or_else(|| words.to_owned(), |at| format!("{}……", &words[..at]));
                all.push(Moved { old: old + 1, new: new + 1, count: 1, words });
            }
        }
    }
    all
}

/// A value of the older version that is there no more.
fn gone(value: Differing) -> Differing {
    Differing { old: value.new, new: String::new(), ..value }
}

/// The values of two paragraphs of which one became the other: those of one kind that are not the same go
/// together in their order.
fn in_pair(was: &Values<'_>, is: &Values<'_>, old: usize, new: usize) -> Vec<Differing> {
    let mut left: BTreeMap<Kind, Vec<usize>> = BTreeMap::new();
    for value in was.within(old) {
        left.entry(was.stretches[value].kind).or_default().push(value);
    }
    let mut come = Vec::new();
    for value in is.within(new) {
        let of_kind = left.entry(is.stretches[value].kind).or_default();
        match of_kind.iter().position(|&old| was.words(old) == is.words(value)) {
            Some(at) => drop(of_kind.remove(at)),
            None => come.push(value),
        }
    }
    let mut told = Vec::new();
    for value in come {
        let of_kind = left.entry(is.stretches[value].kind).or_default();
        let before = (!of_kind.is_empty()).then(|| was.words(of_kind.remove(0)).to_owned());
        told.push(Differing { old: before.unwrap_or_default(), ..is.told(value, new) });
    }
    told.extend(left.into_values().flatten().map(|value| gone(was.told(value, old))));
    told
}

/// Names that are others now, right behind an office or where a name stood: 县长周明达负总责, 县长李文清负总责.
fn holders_changed(
    was: &Values<'_>,
    is: &Values<'_>,
    (old, new): (usize, usize),
    changes: &[Change],
) -> Vec<Differing> {
    let before = |values: &Values<'_>, paragraph: usize, end: usize| {
        let text = values.version.manuscript.text();
        name_before(text, values.paragraphs.get(paragraph)?.start + end)
    };
    let one = |change: &Change| {
        let (from, to) = match (before(was, old, change.old.end), before(is, new, change.new.end)) {
            (Some(from), Some(to)) => (from, to),
            _ => in_the_place(was, is, (old, new), change)?,
        };
        let text = is.version.manuscript.text();
        Some(Differing {
            kind: Kind::Person,
            about: String::new(),
            old: was.version.manuscript.text()[from].to_owned(),
            new: text[to.clone()].to_owned(),
            paragraph: new + 1,
            sentence: text[clause::sentence(text, to)].trim().to_owned(),
        })
    };
    changes.iter().filter_map(one).filter(|one| one.old != one.new).collect()
}

/// A name in the place of a name, of which one is surely a person's and the other looks like nothing else.
fn in_the_place(
    was: &Values<'_>,
    is: &Values<'_>,
    (old, new): (usize, usize),
    change: &Change,
) -> Option<(Range<usize>, Range<usize>)> {
    let (o, n) = (was.paragraphs.get(old)?.start, is.paragraphs.get(new)?.start);
    let (from, to) = (change.old.start + o..change.old.end + o, change.new.start + n..change.new.end + n);
    // The letters round a change are the same in both, so that the other name begins and ends as far from it.
    let other = |name: &Range<usize>, here: &Range<usize>, there: &Range<usize>, text: &str| {
        let start = there.start.checked_sub(here.start - name.start)?;
        let range = start..there.end + (name.end - here.end);
        text.get(range.clone()).is_some_and(is_person).then_some(range)
    };
    if let Some(name) = was.person_round(&from) {
        let there = other(&name, &from, &to, is.version.manuscript.text())?;
        return Some((name, there));
    }
    let name = is.person_round(&to)?;
    let there = other(&name, &to, &from, was.version.manuscript.text())?;
    Some((there, name))
}

/// Without values that are gone at one place and have come at another.
fn without_moved(told: Vec<Differing>) -> Vec<Differing> {
    let mut come: BTreeMap<(Kind, &str), Vec<usize>> = BTreeMap::new();
    for (at, value) in told.iter().enumerate().filter(|(_, value)| value.old.is_empty()) {
        come.entry((value.kind, &value.new)).or_default().push(at);
    }
    let mut moved = vec![false; told.len()];
    for (at, value) in told.iter().enumerate().filter(|(_, value)| value.new.is_empty()) {
        if let Some(there) = come.get_mut(&(value.kind, &*value.old)).and_then(Vec::pop) {
            (moved[at], moved[there]) = (true, true);
        }
    }
    told.into_iter().zip(moved).filter(|(_, moved)| !moved).map(|(value, _)| value).collect()
}

impl Compared {
    /// For programs.
    #[must_use]
    pub fn as_json(&self, old: &str, new: &str, lang: Lang) -> Json {
        let Counts { same, changed, gone, come, moved } = self.counts;
        let moves = self.moved.iter().map(|one| {
            let Moved { old, new, count, words } = one;
            json!({ "old": old, "new": new, "count": count, "words": words, "told": one.told().in_lang(lang) })
        });
        let one = |value: &Differing| {
            let Differing { kind, about, old, new, paragraph, sentence } = value;
            json!({
                "kind": kind.name(), "label": kind.label().in_lang(lang), "about": about, "old": old, "new": new,
                "paragraph": paragraph, "sentence": sentence, "told": value.told().in_lang(lang),
            })
        };
        json!({
            "schema": "wengao.compare/1", "old": old, "new": new,
            "paragraphs": { "same": same, "changed": changed, "gone": gone, "come": come, "moved": moved },
            "moved": moves.collect::<Vec<_>>(),
            "values": self.values.iter().map(one).collect::<Vec<_>>(),
        })
    }

    /// For people.
    #[must_use]
    pub fn as_text(&self, lang: Lang) -> String {
        let Counts { same, changed, gone, come, moved } = self.counts;
        let counted = if moved == 0 {
            text!(
                "段落：改{changed}段，删{gone}段，增{come}段，未动{same}段\n",
                "paragraphs: {changed} changed, {gone} gone, {come} new, {same} as they were\n"
            )
        } else {
            text!(
                "段落：改{changed}段，删{gone}段，增{come}段，移{moved}段，未动{same}段\n",
                "paragraphs: {changed} changed, {gone} gone, {come} new, {moved} moved, {same} as they were\n"
            )
        };
        let mut out = counted.in_lang(lang).to_owned();
        for one in &self.moved {
            out.push_str("  ");
            out.push_str(one.told().in_lang(lang));
            out.push('\n');
        }
        let count = self.values.len();
        let head = if count == 0 {
            Text::fixed("数字、日期、人名等没有不同\n", "figures, dates and names are the same\n")
        } else {
            text!("数字、日期、人名等有{count}处不同：\n", "figures, dates and names that differ: {count}\n")
        };
        out.push_str(head.in_lang(lang));
        for value in &self.values {
            out.push_str("  ");
            out.push_str(value.told().in_lang(lang));
            out.push('\n');
        }
        out
    }
}

impl Moved {
    /// What was moved, in a line.
    #[must_use]
    pub fn told(&self) -> Text {
        let Self { old, new, count, words } = self;
        if *count == 1 {
            return text!(
                "移动：原稿第{old}段“{words}”移到第{new}段",
                "moved: paragraph {old} of the old one, “{words}”, is paragraph {new} now"
            );
        }
        let (old_end, new_end) = (old + count - 1, new + count - 1);
        text!(
            "移动：原稿第{old}至{old_end}段（“{words}”起）移到第{new}至{new_end}段",
            "moved: paragraphs {old} to {old_end} of the old one, from “{words}” on, are {new} to {new_end} now"
        )
    }
}

impl Differing {
    /// The value in a line.
    #[must_use]
    pub fn told(&self) -> Text {
        let Self { about, old, new, paragraph, .. } = self;
        let kind = self.kind.label();
        let (zh, en) = if about.is_empty() {
            (kind.zh.to_string(), kind.en.to_string())
        } else {
            (format!("{}（{about}）", kind.zh), format!("{} ({about})", kind.en))
        };
        match (old.is_empty(), new.is_empty()) {
            (false, false) => {
                text!("第{paragraph}段 {zh}：{old} → {new}", "paragraph {paragraph}, {en}: {old} → {new}")
            }
            (_, true) => {
                text!(
                    "原稿第{paragraph}段 {zh}：删去 {old}",
                    "paragraph {paragraph} of the old one, {en}: {old} gone"
                )
            }
            (true, _) => {
                text!("第{paragraph}段 {zh}：新增 {new}", "paragraph {paragraph}, {en}: {new} is new")
            }
        }
    }
}
