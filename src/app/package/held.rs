//! The grounds of a paper that somebody handed in: each of its figures, dates and names held against the facts.
//!
//! A value has a ground where a fact has the same value *and* the words round it are the same: a run of the
//! fact's own words, or the name of the record that the fact belongs to, which no other record's name parts
//! from it. Growth and differences are computed again from that record. Where only the value is the same that
//! is said, with what has it, and does not count: 12个 of one thing is no ground for 12个 of another.

use std::collections::HashMap;
use std::ops::Range;

use super::evidence::{basis, has_digit, local, plain, record, values, within};
use super::sentences::Stretch;
use crate::base::figures::{Figure, figures};
use crate::base::han::{Date, is_han};
use crate::draft::{change_between, difference_between, share_between, working};
use crate::model::facts::Value as Stated;
use crate::model::facts::path::{Step, field, steps};
use crate::model::{BlockKind, Facts, Finding, Manuscript};
use crate::report::package::{Basis, Evidence, Sentence, Standing, Value};
use crate::rules::yearly::Kind;

/// Han characters in a row that are no chance where the value beside them is the same too.
const RUN: usize = 4;

/// Facts that only have the same value, of which so many are named.
const NAMED: usize = 3;

/// A fact that a value may rest on.
struct Leaf {
    path: String,
    text: String,
    figures: Vec<Figure>,
    date: Option<Date>,
    /// By what its record, or it itself, is called in a sentence.
    name: Option<String>,
}

impl Leaf {
    /// Its key within its record, with the sign before it; empty of what belongs to none.
    fn key(&self) -> &str {
        self.path.rfind(']').map_or("", |end| &self.path[end + 1..])
    }
}

/// The facts, made ready to be asked.
pub(super) struct Ground<'f> {
    facts: &'f Facts,
    leaves: Vec<Leaf>,
    /// The names of records, each with the path of its record.
    names: Vec<(String, String)>,
    /// Of each key of a record's fact the names of those that have one.
    rivals: HashMap<String, Vec<(String, String)>>,
    /// The year that a day without one is of.
    year: Option<u16>,
}

/// The word that a sentence has for something of these facts: a name without its year.
fn bare(name: &str) -> String {
    let year = name.get(..4).filter(|year| year.bytes().all(|b| b.is_ascii_digit()));
    let rest = year.and_then(|_| name.get(4..)).map(|rest| rest.trim_start_matches('年'));
    rest.unwrap_or(name).trim().to_owned()
}

impl<'f> Ground<'f> {
    pub fn of(facts: &'f Facts) -> Self {
        let mut leaves: Vec<Leaf> = Vec::new();
        let mut names: Vec<(String, String)> = Vec::new();
        for (path, text) in texts(facts) {
            let name = match record(facts, &path) {
                Some(name) => {
                    let end = path.rfind(']').map_or(0, |at| at + 1);
                    let name = bare(&name);
                    if names.iter().all(|(_, of)| *of != path[..end]) && name.chars().count() >= 2 {
                        names.push((name.clone(), path[..end].to_owned()));
                    }
                    Some(name)
                }
                // 资金 of the work, 人口 of the locality: the key is the name.
                None => field(&path).map(|field| field.key.to_owned()),
            };
            let date = match facts.get(&path).map(|fact| &fact.value) {
                Some(Stated::Date(date)) => Some(*date),
                _ => Date::parse(&text),
            };
            leaves.push(Leaf {
                figures: figures(&text),
                date,
                name: name.filter(|n| n.chars().count() >= 2),
                path,
                text,
            });
        }
        let year =
            ["document.date", "meeting.date"].iter().find_map(|p| facts.get(p)?.value.date()).map(|d| d.year);
        let mut rivals = HashMap::new();
        for leaf in &leaves {
            let key = leaf.key();
            if !rivals.contains_key(key) {
                let has = |(_, path): &&(String, String)| facts.get(&format!("{path}{key}")).is_some();
                rivals.insert(key.to_owned(), names.iter().filter(has).cloned().collect());
            }
        }
        Self { facts, leaves, names, rivals, year }
    }

    /// The ground of a value that stands at a place, and whether it is one.
    pub fn hold(&self, place: &Spot<'_>, kind: Kind) -> (Standing, Vec<Evidence>) {
        let (sure, same): (Vec<usize>, Vec<usize>) = match kind {
            Kind::Figure | Kind::Ordinal | Kind::Period => self.figure(place),
            Kind::Date | Kind::Year => self.date(place),
            _ => self.words(place),
        };
        let ground = |leaf: &usize| {
            let leaf = &self.leaves[*leaf];
            Evidence::Fact(basis(self.facts, &leaf.path, None, &leaf.text))
        };
        if !sure.is_empty() {
            return (Standing::Backed, sure.iter().map(ground).collect());
        }
        if let Some(computed) = self.computed(place) {
            return (Standing::Backed, vec![computed]);
        }
        match same.is_empty() {
            true => (Standing::Unbacked, Vec::new()),
            false => (Standing::SameOnly, same.iter().take(NAMED).map(ground).collect()),
        }
    }

    /// Facts with this figure: those of the same words, and the others.
    fn figure(&self, place: &Spot<'_>) -> (Vec<usize>, Vec<usize>) {
        let words = place.words();
        let Some(said) = figures(words).into_iter().next() else { return self.words(place) };
        let mut sure: Vec<usize> = Vec::new();
        let mut same: Vec<usize> = Vec::new();
        for (n, leaf) in self.leaves.iter().enumerate() {
            for figure in leaf.figures.iter().filter(|figure| is_same(words, &said, &leaf.text, figure)) {
                if place.run(&leaf.text, &figure.range) >= RUN || self.is_of(leaf, place) {
                    sure.push(n);
                } else {
                    same.push(n);
                }
            }
        }
        sure.dedup();
        same.retain(|n| !sure.contains(n));
        same.dedup();
        (sure, same)
    }

    /// Whether a sentence speaks of the record that a fact belongs to, or calls the fact by its key.
    fn is_of(&self, leaf: &Leaf, place: &Spot<'_>) -> bool {
        // Prose under a name may say many figures; the name alone leads to the figure of a record.
        if leaf.figures.len() != 1 || !is_short(&leaf.text) {
            return false;
        }
        match steps(&leaf.path).any(|step| matches!(step, Step::Index(_))) {
            true => place.owners(self.rivals(leaf)).iter().any(|owner| leaf.path.starts_with(owner)),
            false => leaf.name.as_ref().is_some_and(|name| place.before().contains(&**name)),
        }
    }

    /// The names that may part a fact from the name of its record: of records that have a fact of the same key. The
    /// name of a unit parts no deadline from its project.
    fn rivals(&self, leaf: &Leaf) -> &[(String, String)] {
        self.rivals.get(leaf.key()).map_or(&[], Vec::as_slice)
    }

    /// Whether a sentence has named, before a value, the record that a fact belongs to, be it with words between:
    /// 入海排污口完成溯源，整治率 for 入海排污口整治率. Enough for a warning, and not for a ground.
    pub fn speaks_of(&self, path: &str, place: &Spot<'_>) -> bool {
        let leaf = self.leaves.iter().find(|leaf| leaf.path == path);
        let name = leaf.and_then(|leaf| leaf.name.as_deref()).unwrap_or_default();
        let mut said = place.before().chars();
        name.chars().filter(|&c| is_han(c)).count() >= RUN
            && name.chars().all(|c| said.any(|other| other == c))
    }

    /// Whether the tail of the name of a fact's record stands right behind a value: 47处老厂区 for 完成治理的老厂区.
    pub fn is_counted(&self, path: &str, place: &Spot<'_>) -> bool {
        const TAIL: usize = 3;
        let leaf = self.leaves.iter().find(|leaf| leaf.path == path);
        let name = leaf.and_then(|leaf| leaf.name.as_deref()).unwrap_or_default();
        let behind = &place.text[place.at.end..place.sentence.end];
        let tails = name.char_indices().map(|(at, _)| &name[at..]);
        let mut long = tails.take_while(|tail| tail.chars().filter(|&c| is_han(c)).count() >= TAIL);
        long.any(|tail| behind.starts_with(tail))
    }

    /// The fact that has these very words, Han numerals among them, with the same words round them.
    fn written(&self, place: &Spot<'_>) -> Option<Evidence> {
        let words = place.words();
        let is = |leaf: &&Leaf| {
            let mut all = leaf.text.match_indices(words);
            all.any(|(at, _)| place.run(&leaf.text, &(at..at + words.len())) >= RUN)
        };
        let leaf = self.leaves.iter().find(is)?;
        Some(Evidence::Fact(basis(self.facts, &leaf.path, None, &leaf.text)))
    }

    /// The fact of a kind (`units[].figure`) in the record of this name.
    pub fn of_record(&self, name: &str, kind: &str) -> Option<Basis> {
        let mut found = self.leaves.iter().filter(|leaf| {
            leaf.name.as_deref() == Some(name) && crate::model::facts::path::pattern(&leaf.path) == kind
        });
        let leaf = found.next()?;
        found.next().is_none().then(|| basis(self.facts, &leaf.path, None, &leaf.text))
    }

    /// The growth of a record since last year, where a value says another of it in so many words.
    pub fn growth_of(&self, place: &Spot<'_>) -> Option<Evidence> {
        let said = figures(place.words()).into_iter().next().filter(Figure::is_percent)?;
        let lead = place.lead();
        let since = ["比上年", "较上年", "同比"].iter().any(|word| lead.contains(word));
        let up = ["增长", "下降"].iter().position(|word| lead.ends_with(word)).filter(|_| since)?;
        let owners = place.owners(&self.names);
        let mut known = owners.iter().filter_map(|owner| {
            let [now, before] = ["value", "prev"].map(|id| {
                let path = format!("{owner}.{id}");
                self.facts.text(&path).map(|text| (path, text))
            });
            Some((now?, before?))
        });
        let (now, before) = known.next()?;
        let words = change_between(&now.1, &before.1);
        let figure = figures(&words).into_iter().next().filter(Figure::is_percent)?;
        let other = words.contains("下降") != (up == 1) || !said.agrees(figure.value, 0.0);
        let of: Vec<Basis> = [&now, &before].map(|(path, text)| basis(self.facts, path, None, text)).into();
        let sum = working(&words, &[now.1.clone(), before.1.clone()]).map(|w| (w.kind, w.sum));
        (other && known.next().is_none()).then_some(Evidence::Computed { of, sum })
    }

    fn date(&self, place: &Spot<'_>) -> (Vec<usize>, Vec<usize>) {
        let words = place.words();
        let full = match self.year.filter(|_| !words.contains('年')) {
            Some(year) => format!("{year}年{words}"),
            None => words.to_owned(),
        };
        let day = Date::parse(&full);
        // A day at the head of a sentence is of what the sentence names: 到8月底，床位总数达到9840张.
        let mut found: [Vec<usize>; 5] = Default::default();
        for (n, leaf) in self.leaves.iter().enumerate() {
            let at = leaf.text.find(words).filter(|_| has_edges(&leaf.text, words));
            if !(at.is_some() || day.is_some() && leaf.date == day) {
                continue;
            }
            let run = at.map_or(0, |from| place.run(&leaf.text, &(from..from + words.len())));
            // A day that is all of a line is the document's own; one before 召开 the meeting's.
            let own = leaf.path.starts_with("document.") && place.is_alone();
            let meets =
                leaf.path == "meeting.date" && ["召开", "举行"].iter().any(|w| place.sentence().contains(w));
            let names = self.rivals(leaf);
            let before = last_named(place.before(), names);
            let levels = [before, place.followed_by(names), place.owners(names)];
            let is_of = |owners: &Vec<&str>| owners.iter().any(|owner| leaf.path.starts_with(owner));
            let level = match run >= RUN || own || meets {
                true => 0,
                false => 1 + levels.iter().position(is_of).unwrap_or(levels.len()),
            };
            found[level].push(n);
        }
        let [.., same] = &found;
        let sure = found[..4].iter().find(|level| !level.is_empty()).cloned().unwrap_or_default();
        (sure, same.clone())
    }

    /// Names of persons and numbers of documents: the very words are the value.
    fn words(&self, place: &Spot<'_>) -> (Vec<usize>, Vec<usize>) {
        let tight = |words: &str| -> String { words.chars().filter(|c| !c.is_whitespace()).collect() };
        let words = tight(place.words());
        let has = |leaf: &Leaf| words.chars().count() >= 2 && tight(&leaf.text).contains(&words);
        ((0..self.leaves.len()).filter(|&n| has(&self.leaves[n])).take(NAMED).collect(), Vec::new())
    }

    /// A change, a difference or a share that the record gives of which the sentence speaks.
    fn computed(&self, place: &Spot<'_>) -> Option<Evidence> {
        let said = figures(place.words()).into_iter().next()?;
        let of = |owner: &str, id: &str| {
            let path = format!("{owner}.{id}");
            self.facts.text(&path).map(|text| (path, text))
        };
        let pairs = [("value", "prev"), ("value", "upper_mean"), ("value", "target"), ("value", "base")];
        let owners = place.owners(&self.names);
        for (owner, (one, other)) in owners.iter().flat_map(|owner| pairs.map(|pair| (owner, pair))) {
            let (Some(one), Some(other)) = (of(owner, one), of(owner, other)) else { continue };
            let all = [
                change_between(&one.1, &other.1),
                difference_between(&one.1, &other.1),
                share_between(&one.1, &other.1),
            ];
            for words in all {
                let found = figures(&words).into_iter().next();
                let fits = found.is_some_and(|f| f.equals(&said));
                // 下降5.6% is no ground for 增长5.6%.
                let down = |words: &str| ["下降", "减少", "降低", "低于"].iter().any(|w| words.contains(w));
                // A row of a table says how much is to be added, and not by which word.
                let row = place.text[place.sentence.clone()].contains('\n');
                if fits && (row || down(&words) == down(place.lead())) {
                    let of: Vec<_> =
                        [&one, &other].map(|(path, text)| basis(self.facts, path, None, text)).into();
                    let texts = [one.1.clone(), other.1.clone()];
                    let sum = working(&words, &texts).map(|w| (w.kind, w.sum));
                    return Some(Evidence::Computed { of, sum });
                }
            }
        }
        None
    }
}

/// Every value of the facts with its path, the parts of figures included.
pub(super) fn texts(facts: &Facts) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for (path, fact) in facts.leaves() {
        if let Some(text) = fact.value.text() {
            all.push((path.clone(), text));
        }
        if let Stated::Figure(figure) = &fact.value {
            let parts = figure.parts.iter().filter(|(id, _)| *id != "source");
            all.extend(parts.filter_map(|(id, part)| Some((format!("{path}.{id}"), part.value.text()?))));
        }
    }
    all
}

/// Whether a text is a value and no sentence.
fn is_short(text: &str) -> bool {
    const WORDS: usize = 8;
    text.chars().filter(|&c| is_han(c)).count() <= WORDS
}

/// Whether a value is not the tail or head of a longer number: 3月5日 in 13月5日.
fn has_edges(text: &str, words: &str) -> bool {
    let begins = words.starts_with(|c: char| c.is_ascii_digit());
    text.match_indices(words).any(|(at, _)| !(begins && text[..at].ends_with(|c: char| c.is_ascii_digit())))
}

/// Whether two figures say one value: digits as exact as each other, unit and scale.
fn is_same(words: &str, said: &Figure, text: &str, figure: &Figure) -> bool {
    if !said.equals(figure) {
        return false;
    }
    // Of a unit that no list knows the next character is as good: 12栋 and 12辆 are two things.
    !said.unit.is_empty() || {
        let next = |text: &str, at: usize| text[at..].chars().next();
        let own = next(words, said.range.end);
        own.is_none() || own == next(text, figure.range.end)
    }
}

/// Where a value stands.
pub(super) struct Spot<'t> {
    pub text: &'t str,
    pub at: Range<usize>,
    pub sentence: Range<usize>,
    /// The paragraph, or the row of a table, that the sentence is of.
    pub paragraph: Range<usize>,
    /// The heading above it.
    pub heading: &'t str,
}

impl<'t> Spot<'t> {
    /// The value with a character behind it, where its unit may be one that no list knows.
    fn words(&self) -> &'t str {
        &self.text[self.at.clone()]
    }

    fn sentence(&self) -> &'t str {
        &self.text[self.sentence.clone()]
    }

    fn before(&self) -> &'t str {
        &self.text[self.sentence.start..self.at.start]
    }

    /// The words of its clause that lead to it.
    fn lead(&self) -> &'t str {
        let before = self.before();
        before.rfind(['，', '；', '、', '。']).map_or(before, |at| &before[at..])
    }

    /// Whether the sentence holds nothing else but signs and a weekday.
    fn is_alone(&self) -> bool {
        let han = |words: &str| words.chars().filter(|&c| is_han(c)).count();
        han(self.sentence()) <= han(self.words()) + 3
    }

    /// The records of which is spoken: whose name stands before the value, none other between them; in the
    /// sentence, else in its paragraph, else in the heading above it. An indicator and a target may have one name.
    fn owners<'n>(&self, names: &'n [(String, String)]) -> Vec<&'n str> {
        let paragraph = last_named(&self.text[self.paragraph.start..self.at.start], names);
        if paragraph.is_empty() { last_named(self.heading, names) } else { paragraph }
    }

    /// The records whose name is the first behind the value in its sentence: 到8月底，床位总数达到9840张.
    fn followed_by<'n>(&self, names: &'n [(String, String)]) -> Vec<&'n str> {
        let behind = &self.text[self.at.end..self.sentence.end];
        let starts = names.iter().filter_map(|(name, _)| Some((behind.find(&**name)?, name)));
        let first = starts.min_by_key(|(start, name)| (*start, std::cmp::Reverse(name.len())));
        named(first.map(|(_, name)| name), names)
    }

    /// Whether the words that lead to this value are those that lead to one of a fact, and enough of them.
    pub fn is_led_as(&self, text: &str, at: &Range<usize>) -> bool {
        let letters = |c: &char| is_han(*c) || c.is_ascii_alphanumeric();
        let ours = self.before().chars().rev().filter(letters);
        let theirs = text[..at.start].chars().rev().filter(letters);
        ours.zip(theirs).take_while(|(a, b)| a == b).filter(|(a, _)| is_han(*a)).count() >= RUN
    }

    /// How many Han characters in a row this place and one of a fact have in common, right before the value and
    /// right behind it; marks are passed over.
    fn run(&self, text: &str, at: &Range<usize>) -> usize {
        let letters = |c: &char| is_han(*c) || c.is_ascii_alphanumeric();
        let before = self.text[self.sentence.start..self.at.start].chars().rev().filter(letters);
        let behind = self.text[self.at.end..self.sentence.end].chars().filter(letters);
        let (theirs_before, theirs_behind) = (
            text[..at.start].chars().rev().filter(letters),
            text[at.end.min(text.len())..].chars().filter(letters),
        );
        let same = |ours: &mut dyn Iterator<Item = char>, theirs: &mut dyn Iterator<Item = char>| {
            ours.zip(theirs).take_while(|(a, b)| a == b).filter(|(a, _)| is_han(*a)).count()
        };
        same(&mut { before }, &mut { theirs_before }) + same(&mut { behind }, &mut { theirs_behind })
    }
}

/// The records whose name ends last in some words; of two names that end together the longer.
fn last_named<'n>(words: &str, names: &'n [(String, String)]) -> Vec<&'n str> {
    let ends = names.iter().filter_map(|(name, _)| Some((words.rfind(&**name)? + name.len(), name)));
    named(ends.max_by_key(|(end, name)| (*end, name.len())).map(|(_, name)| name), names)
}

/// The paths of the records of this name.
fn named<'n>(name: Option<&String>, names: &'n [(String, String)]) -> Vec<&'n str> {
    names.iter().filter(|(other, _)| Some(other) == name).map(|(_, path)| path.as_str()).collect()
}

/// The sentences of a paper with each value held against the facts.
pub(super) fn held(
    manuscript: &Manuscript,
    stretches: &[Stretch],
    ground: &Ground<'_>,
    findings: &[Finding],
) -> Vec<Sentence> {
    let found: Vec<_> =
        values(manuscript).into_iter().filter(|(range, kind)| asks(manuscript, range, *kind)).collect();
    let text = manuscript.text();
    // Of a number that is somebody's own there are stars, and the check has told of it.
    let is_veiled = |range: &Range<usize>| {
        findings.iter().any(|f| f.private && f.range.start < range.end && range.start < f.range.end)
    };
    stretches
        .iter()
        .map(|stretch| {
            let mut sentence = plain(manuscript, stretch);
            for (range, kind) in within(&found, &stretch.range) {
                if counts_heading(stretch, text, range) || is_veiled(range) {
                    continue;
                }
                let block = manuscript.block(stretch.range.start).filter(|_| !stretch.is_row);
                let place = Spot {
                    text,
                    at: range.clone(),
                    sentence: stretch.range.clone(),
                    paragraph: block.map_or_else(|| stretch.range.clone(), |block| block.range.clone()),
                    heading: &stretch.heading,
                };
                let words = place.words();
                let (standing, evidence) = match kind == Kind::Figure && !has_digit(words) {
                    // 四个方面 counts what the paper itself has; 十八处 of a fact is the fact's.
                    true => match ground.written(&place) {
                        Some(evidence) => (Standing::Backed, vec![evidence]),
                        None => continue,
                    },
                    false => ground.hold(&place, kind),
                };
                let range = local(stretch, range);
                sentence.values.push(Value { range, kind: kind.label(), standing, evidence });
            }
            sentence
        })
        .collect()
}

/// Whether a value is one that somebody has to answer for. A year alone says when, and nothing else.
fn asks(manuscript: &Manuscript, range: &Range<usize>, kind: Kind) -> bool {
    manuscript.mask(range.start).is_none() && !matches!(kind, Kind::Year | Kind::Period | Kind::Ordinal)
}

/// Whether a number counts headings or points: 1. （2） 3、 at the head of a block.
fn counts_heading(stretch: &Stretch, text: &str, range: &Range<usize>) -> bool {
    let before =
        text[stretch.range.start..range.start].trim_matches(|c: char| matches!(c, '（' | '(' | ' ' | '　'));
    let behind = text[range.end..].chars().next();
    let annex = matches!(stretch.block, BlockKind::Annex | BlockKind::AttachmentNote);
    annex || before.is_empty() && matches!(behind, Some('.' | '．' | '、' | '）' | ')'))
}

#[cfg(test)]
mod tests {
    use super::{Ground, held};
    use crate::app::package::sentences::sentences;
    use crate::model::facts::load;
    use crate::read::read;

    const FACTS: &str = "\
地区: {名称: 云溪县, 人口: 31.6万人}
文稿: {日期: 2026-03-05}
会议: {名称: 全县春灌动员会, 日期: 2026-03-04}
工作: {资金: 680万元, 进展: [去年新修渠道42公里，清淤18处]}
指标:
- {名称: 有效灌溉面积, 值: 12.6万亩, 上年: 12.0万亩}
- {名称: 机井, 值: 320眼, 上年: 300眼}
- {名称: 用水户协会, 值: 18个}
";

    fn told(text: &str) -> Vec<String> {
        let facts = load("f.yaml", FACTS).unwrap();
        let manuscript = read("稿.txt", text.as_bytes()).unwrap();
        let ground = Ground::of(&facts);
        held(&manuscript, &sentences(&manuscript), &ground, &[])
            .iter()
            .flat_map(|sentence| sentence.values.iter().map(move |value| (sentence, value)))
            .map(|(sentence, value)| {
                let of: Vec<&str> = value.evidence.iter().flat_map(|e| e.bases()).map(|b| &*b.path).collect();
                format!("{} {:?} {}", &sentence.text[value.range.clone()], value.standing, of.join(","))
            })
            .collect()
    }

    #[test]
    fn a_value_is_led_to_the_fact_of_the_same_words() {
        assert_eq!(
            told("全县有效灌溉面积12.6万亩，机井320眼。"),
            ["12.6万亩 Backed indicators[0].value", "320眼 Backed indicators[1].value"]
        );
        assert_eq!(told("冬天里新修渠道42公里。"), ["42公里 Backed work.progress[0]"]);
        assert_eq!(told("今年落实资金680万元。"), ["680万元 Backed work.funds"]);
        assert_eq!(told("3月4日，县里召开全县春灌动员会。"), ["3月4日 Backed meeting.date"]);
    }

    #[test]
    fn growth_is_computed_again_from_the_record_that_is_spoken_of() {
        assert_eq!(
            told("有效灌溉面积比上年增长5.0%。"),
            ["5.0% Backed indicators[0].value,indicators[0].prev"]
        );
        assert_eq!(told("有效灌溉面积比上年增长6%。"), ["6% Unbacked "]);
        assert_eq!(told("有效灌溉面积比上年下降5%。"), ["5% Unbacked "]);
    }

    #[test]
    fn the_same_value_of_something_else_is_no_ground() {
        assert_eq!(
            told("全县有用水户协会18个，清河镇修桥18处。"),
            ["18个 Backed indicators[2].value", "18处 SameOnly work.progress[0]"]
        );
        assert_eq!(told("清河镇养羊320只。"), ["320只 Unbacked "]);
        assert_eq!(told("用水户协会320眼。"), ["320眼 SameOnly indicators[1].value"]);
    }
}
