//! The grounds of a draft: its pieces, sentence by sentence, and what stands behind each of its figures.
//!
//! A draft knows of every stretch where it came from, so nothing is looked for here. A figure is every run of
//! digits, by itself or as part of a date or a document's number; one that no fact stands behind is called what
//! it is, the phrase's or the skeleton's own.

use std::ops::Range;

use super::sentences::Stretch;
use crate::base::han::{is_han, is_numeral};
use crate::base::{Place, Text};
use crate::draft::{Skeleton, working};
use crate::model::facts::Value as Stated;
use crate::model::facts::path::in_chinese;
use crate::model::{Facts, Manuscript};
use crate::report::package::{Basis, Evidence, Part, Sentence, Standing, State, Value};
use crate::rules::yearly::{self, Kind};

/// The fact at a path as the ground of words; `words` are said where the facts have none.
pub(super) fn basis(facts: &Facts, path: &str, at: Option<&Place>, words: &str) -> Basis {
    let fact = facts.get(path);
    let said = fact.and_then(|fact| fact.value.text()).unwrap_or_else(|| words.to_owned());
    let at = fact.map(|fact| &fact.at).or(at).cloned();
    let of = of(facts, path);
    let (state, source) = (state(facts, path), beside(facts, path, "source").unwrap_or_default());
    Basis { path: path.to_owned(), key: in_chinese(path), of, said, at, source, state }
}

/// The name of the record that a path leads into: `indicators[0].prev` → 寄宿床位.
pub(super) fn record(facts: &Facts, path: &str) -> Option<String> {
    let end = path.rfind(']')? + 1;
    let fact = facts.get(&path[..end])?;
    let Stated::Record(record) = &fact.value else { return None };
    record.values().find_map(|fact| fact.value.text())
}

/// The name of the innermost record with one that a path leads through: of `tasks[0].detail[1]` the task's.
fn of(facts: &Facts, path: &str) -> String {
    let ends = path.rmatch_indices(']').map(|(at, _)| at + 1);
    ends.filter_map(|end| record(facts, &path[..end])).next().unwrap_or_default()
}

/// What the facts say beside a value, in the figure itself or in its record.
fn beside(facts: &Facts, path: &str, id: &str) -> Option<String> {
    let own = facts.text(&format!("{path}.{id}"));
    own.or_else(|| facts.text(&format!("{}.{id}", path.rsplit_once('.')?.0)))
}

/// Whether a fact was checked: said in the figure itself, or of its record.
fn state(facts: &Facts, path: &str) -> State {
    let flag = |path: String| match facts.get(&path).map(|fact| &fact.value) {
        Some(Stated::Flag(yes)) => Some(*yes),
        _ => None,
    };
    let own = flag(format!("{path}.confirmed"));
    // A name needs no check that its figure had.
    let of_record = || flag(format!("{}.confirmed", path.rsplit_once('.')?.0));
    match own.or_else(of_record) {
        Some(true) => State::Confirmed,
        Some(false) => State::Unconfirmed,
        None => State::Unmarked,
    }
}

/// What stands behind a place of a draft.
fn evidence(place: &Place, words: &str, facts: &Facts, skeleton: &Skeleton) -> Evidence {
    match place {
        Place::Fact { path, at } => Evidence::Fact(basis(facts, path, at.as_deref(), words)),
        Place::Computed(places) => {
            let mut of: Vec<Basis> = Vec::new();
            for place in places.iter() {
                if let Place::Fact { path, at } = place
                    && of.iter().all(|known| known.path != **path)
                {
                    of.push(basis(facts, path, at.as_deref(), words));
                }
            }
            let values: Vec<String> = of.iter().map(|basis| basis.said.clone()).collect();
            let sum = working(words, &values).map(|working| (working.kind, working.sum));
            Evidence::Computed { of, sum }
        }
        Place::Phrase { id, variant } => {
            let about = skeleton.phrase(id).map(|phrase| {
                let asserts =
                    phrase.asserts.map_or(Text::fixed("套语", "phrase"), |asserts| asserts.name());
                (phrase.function.clone(), asserts)
            });
            Evidence::Phrase { id: id.to_string(), variant: variant + 1, about }
        }
        Place::Template { id, line } => Evidence::Skeleton { id: id.to_string(), line: *line },
        _ => Evidence::Program,
    }
}

/// The sentences of a draft with where each stretch and each figure came from.
pub(super) fn grounded(
    manuscript: &Manuscript,
    stretches: &[Stretch],
    facts: &Facts,
    skeleton: &Skeleton,
) -> Vec<Sentence> {
    let found = values(manuscript);
    let whole = |place: &Place, words: &str| evidence(place, words, facts, skeleton);
    stretches
        .iter()
        .map(|stretch| {
            let mut sentence = plain(manuscript, stretch);
            let first = manuscript.pieces().partition_point(|piece| piece.range.end <= stretch.range.start);
            for piece in &manuscript.pieces()[first..] {
                let range =
                    piece.range.start.max(stretch.range.start)..piece.range.end.min(stretch.range.end);
                if range.start >= range.end {
                    break;
                }
                // A computed stretch is explained as a whole, though a sentence may end within it.
                let from = whole(&piece.from, &manuscript.text()[piece.range.clone()]);
                sentence.parts.push(Part { range: local(stretch, &range), from });
            }
            for (range, kind) in within(&found, &stretch.range) {
                let own = local(stretch, range);
                sentence.values.extend(value(&sentence, own, kind));
            }
            let counted = sentence.parts.iter().filter(|part| is_counted(&sentence, part));
            let said: Vec<Value> = counted.map(multiple).collect();
            sentence.values.extend(said);
            sentence.values.sort_by_key(|value| value.range.start);
            sentence
        })
        .collect()
}

/// A sentence without grounds.
pub(super) fn plain(manuscript: &Manuscript, stretch: &Stretch) -> Sentence {
    Sentence {
        heading: stretch.heading.clone(),
        place: Some(stretch.place.clone()),
        kind: stretch.kind(),
        text: manuscript.text()[stretch.range.clone()].to_owned(),
        is_row: stretch.is_row,
        ..Sentence::default()
    }
}

pub(super) fn local(stretch: &Stretch, range: &Range<usize>) -> Range<usize> {
    range.start - stretch.range.start..range.end - stretch.range.start
}

/// Those of some stretches, in order, that lie in a range.
pub(super) fn within<'f>(
    found: &'f [(Range<usize>, Kind)],
    range: &Range<usize>,
) -> impl Iterator<Item = (&'f Range<usize>, Kind)> {
    let first = found.partition_point(|(one, _)| one.end <= range.start);
    let end = range.end;
    found[first..].iter().take_while(move |(one, _)| one.start < end).map(|(one, kind)| (one, *kind)).filter(
        {
            let range = range.clone();
            move |(one, _)| one.start >= range.start && one.end <= range.end
        },
    )
}

/// A value of a draft; `None` for a number by which the program counts its headings.
fn value(sentence: &Sentence, range: Range<usize>, kind: Kind) -> Option<Value> {
    let words = &sentence.text[range.clone()];
    // What gives the digits counts: 2026年 of a fact and 工作总结 of a skeleton are one stretch at times.
    let digits = |part: &&Part| {
        let shared = part.range.start.max(range.start)..part.range.end.min(range.end);
        shared.start < shared.end && (!has_digit(words) || has_digit(&sentence.text[shared]))
    };
    let mut all: Vec<Evidence> = Vec::new();
    for part in sentence.parts.iter().filter(digits) {
        if !all.contains(&part.from) {
            all.push(part.from.clone());
        }
    }
    if all.is_empty() || all.iter().all(|e| *e == Evidence::Program) {
        return None;
    }
    all.retain(|e| *e != Evidence::Program);
    // 四个问题 of a phrase counts what follows it; 十八处 of a fact is a figure.
    if kind == Kind::Figure && !has_digit(words) && !all.iter().all(|e| matches!(e, Evidence::Fact(_))) {
        return None;
    }
    let standing = if all.iter().any(|e| !e.bases().is_empty()) {
        Standing::Backed
    } else if all.iter().any(|e| matches!(e, Evidence::Phrase { .. })) {
        Standing::Phrase
    } else {
        Standing::Skeleton
    };
    Some(Value { range, kind: kind.label(), standing, evidence: all })
}

/// Whether a computed stretch says a multiple without a digit: 比上年翻了一番.
fn is_counted(sentence: &Sentence, part: &Part) -> bool {
    const MULTIPLES: &[&str] = &["番", "倍", "分之", "成"];
    let words = &sentence.text[part.range.clone()];
    matches!(&part.from, Evidence::Computed { sum: Some(_), .. })
        && MULTIPLES.iter().any(|word| words.contains(word))
        && sentence.values.iter().all(|v| v.range.end <= part.range.start || part.range.end <= v.range.start)
}

fn multiple(part: &Part) -> Value {
    let (kind, evidence) = (Kind::Figure.label(), vec![part.from.clone()]);
    Value { range: part.range.clone(), kind, standing: Standing::Backed, evidence }
}

pub(super) fn has_digit(words: &str) -> bool {
    words.contains(|c: char| c.is_ascii_digit() || matches!(c, '０'..='９'))
}

/// Where a text holds figures, those in Han numerals among them, dates, document numbers and names of persons, in order. Every run of digits is
/// in one of them.
pub(super) fn values(manuscript: &Manuscript) -> Vec<(Range<usize>, Kind)> {
    let text = manuscript.text();
    let counts = |kind: Kind, words: &str| match kind {
        Kind::Person | Kind::Policy | Kind::Figure => true,
        Kind::Date | Kind::Year | Kind::Period | Kind::Ordinal => has_digit(words),
        _ => false,
    };
    let mut all: Vec<(Range<usize>, Kind)> = Vec::new();
    for stretch in yearly::find(manuscript) {
        // 三年 of 《…三年工作方案》 is a part of a name.
        let words = &text[stretch.range.clone()];
        let is_han = stretch.kind == Kind::Figure && !has_digit(words);
        let named = is_han && in_title(text, stretch.range.start);
        let range = if is_han { whole(text, stretch.range.clone()) } else { stretch.range.clone() };
        let free = all.last().is_none_or(|(last, _)| last.end <= range.start);
        if free && !named && counts(stretch.kind, words) {
            all.push((range, stretch.kind));
        }
    }
    let more = runs(text, &all);
    all.extend(more);
    all.sort_by_key(|(range, _)| range.start);
    // 0000-12345 is one number, and no figure.
    all.dedup_by(|next, (last, _)| {
        let is_line = text[last.end..next.0.start] == *"-"
            && [&*last, &next.0]
                .iter()
                .all(|range| range.len() >= 3 && text[(*range).clone()].bytes().all(|b| b.is_ascii_digit()));
        if is_line {
            last.end = next.0.end;
        }
        is_line
    });
    let starts: Vec<usize> = all.iter().skip(1).map(|(range, _)| range.start).chain([text.len()]).collect();
    for ((range, kind), next) in all.iter_mut().zip(starts) {
        range.end += measure(&text[range.clone()], &text[range.end..next], *kind);
    }
    all
}

/// The runs of digits that are in none of some stretches, each with the sign of a percentage behind it.
fn runs(text: &str, all: &[(Range<usize>, Kind)]) -> Vec<(Range<usize>, Kind)> {
    let mut more: Vec<(Range<usize>, Kind)> = Vec::new();
    let mut taken = all.iter().map(|(range, _)| range).peekable();
    let mut at = 0;
    while let Some(step) = text[at..].find(|c: char| c.is_ascii_digit() || matches!(c, '０'..='９')) {
        at += step;
        while taken.peek().is_some_and(|range| range.end <= at) {
            taken.next();
        }
        if let Some(range) = taken.peek().filter(|range| range.contains(&at)) {
            at = range.end;
            continue;
        }
        let stop = taken.peek().map_or(text.len(), |range| range.start);
        let number = |c: char| c.is_ascii_digit() || matches!(c, '０'..='９' | '.' | ',');
        let length = text[at..stop].find(|c: char| !number(c)).unwrap_or(stop - at);
        let digits = text[at..at + length].trim_end_matches(['.', ',']);
        let end = at + digits.len().max(1);
        // The sign of a percentage, and one measure word, belong to what a person reads as the figure.
        let end = if text[end..stop].starts_with(['%', '％', '‰']) {
            end + text[end..].chars().next().map_or(0, char::len_utf8)
        } else {
            end
        };
        more.push((at..end, Kind::Figure));
        at = end;
    }
    more
}

/// All of a number in Han numerals: 三千多万元 where 万元 was found, 九成五 where 九成 was.
fn whole(text: &str, range: Range<usize>) -> Range<usize> {
    let number = |c: char| is_numeral(c) || "两百千万亿半".contains(c);
    let before = text[..range.start].trim_end_matches(|c: char| number(c) || "多余几".contains(c));
    // 多 of 更多 is no number.
    let start =
        before.len() + text[before.len()..range.start].find(number).unwrap_or(range.start - before.len());
    let share = text[..range.end].ends_with('成');
    let tail = text[range.end..].chars().next().filter(|&c| share && number(c));
    start..range.end + tail.map_or(0, char::len_utf8)
}

/// Whether a place lies within 《》 that opened on its line, no farther back than a title is long.
fn in_title(text: &str, at: usize) -> bool {
    const LONGEST: usize = 80;
    let mut before = text[..at].chars().rev().take(LONGEST).take_while(|&c| c != '\n');
    before.find(|c| matches!(c, '《' | '》')) == Some('《')
}

/// The bytes of a measure word behind a figure whose unit no list knows: 3栋, 12辆.
fn measure(words: &str, behind: &str, kind: Kind) -> usize {
    const JOINS: &str = "的是和等与及至到比在为以了后前中内多余";
    let open = kind == Kind::Figure && !words.contains('-') && words.ends_with(|c: char| c.is_ascii_digit());
    let first = behind.chars().next().filter(|&c| open && is_han(c) && !JOINS.contains(c));
    first.map_or(0, char::len_utf8)
}

#[cfg(test)]
mod tests {
    use super::values;
    use crate::read::read;

    #[test]
    fn han_numerals_that_count_are_values_and_those_of_a_title_are_not() {
        let text =
            "按照《清河镇水利三年工作方案》，还有十八处渠道没有修，损失三千多万元，合格率升到九成五。\n";
        let manuscript = read("甲.txt", text.as_bytes()).unwrap();
        let words: Vec<&str> = values(&manuscript).iter().map(|(range, _)| &text[range.clone()]).collect();
        assert_eq!(words, ["十八处", "三千多万元", "九成五"]);
    }

    #[test]
    fn every_run_of_digits_is_a_value_or_part_of_one() {
        let text =
            "2026年3月5日，清河镇完成投资3.2亿元，增长5.6%，云办发〔2026〕3号，G317线，电话0000-12345。\n";
        let manuscript = read("甲.txt", text.as_bytes()).unwrap();
        let found = values(&manuscript);
        for (at, c) in text.char_indices().filter(|(_, c)| c.is_ascii_digit()) {
            assert_eq!(found.iter().filter(|(range, _)| range.contains(&at)).count(), 1, "{c} at {at}");
        }
        let words: Vec<&str> = found.iter().map(|(range, _)| &text[range.clone()]).collect();
        assert!(words.contains(&"2026年3月5日") && words.contains(&"3.2亿元"), "{words:?}");
    }
}
