//! What is not settled yet (待办): facts that are missing or unchecked, values without a ground, days that are
//! past, figures of too early a year, what belongs to nothing.

use super::evidence::basis;
use crate::base::figures::figures;
use crate::base::han::{Date, years_said};
use crate::base::{Lang, Place, Text};
use crate::draft::plan::due;
use crate::draft::plan::loose::Loose;
use crate::draft::wanted::Wanted;
use crate::model::Facts;
use crate::model::facts::Value as Stated;
use crate::model::facts::path::{in_chinese, is_below, pattern};
use crate::report::package::{Basis, Evidence, Open, OpenKind, Sentence, Standing, State, called};
use crate::text;

/// What is known of a document besides its sentences.
pub(super) struct Known<'k> {
    pub facts: &'k Facts,
    /// Facts that it needs and nobody gave: path and what for.
    pub missing: &'k [(String, Text)],
    pub loose: &'k [Loose],
    pub wanted: &'k [Wanted],
    /// Today.
    pub today: Date,
}

/// All of it, in the order of its kinds.
pub(super) fn points(sentences: &[Sentence], known: &Known<'_>) -> Vec<Open> {
    let mut all = missing(sentences, known);
    all.extend(unconfirmed(sentences));
    all.extend(unbacked(sentences));
    all.extend(expired(sentences, known));
    all.extend(stale(sentences, known));
    for loose in known.loose {
        let record = format!("{}[{}]", loose.list, loose.index);
        let at = known.facts.get(&record).map(|fact| fact.at.clone());
        all.push(Open {
            kind: OpenKind::Loose,
            what: unlinked(loose),
            at,
            sentences: below(sentences, &record),
        });
    }
    for wanted in known.wanted {
        let (key, label, count) = (called(&wanted.key, ""), &wanted.label, wanted.count);
        let what = match wanted.fact.contains('[') && count > 1 {
            true => Text::new(
                format!("{key}（缺{count}处）：{}", label.zh),
                format!("{key} ({count} lacking): {}", label.en),
            ),
            false => Text::new(format!("{key}：{}", label.zh), format!("{key}: {}", label.en)),
        };
        all.push(Open { kind: OpenKind::Wanted, what, at: None, sentences: Vec::new() });
    }
    all.sort_by_key(|open| open.kind);
    all
}

/// What hangs loose, as somebody is told who does not link records herself: that no link is named says nothing of
/// whether something answers it.
fn unlinked(loose: &Loose) -> Text {
    let name = &loose.name;
    match (loose.list, loose.field.ends_with(".task")) {
        ("problems", _) => text!(
            "问题“{name}”未标明对应的任务：稿中已有回应的，在那项任务里写 针对: [{name}]；没有的，补一项任务",
            "no task is marked as the answer to the problem “{name}”: write 针对: [{name}] in the one that is, or add one"
        ),
        ("targets", true) if loose.say.zh.contains("没有对应的任务") => text!(
            "目标“{name}”未标明对应的任务：在这个目标里写 对应: 任务名称",
            "no task is marked as that of the target “{name}”: write 对应: and the task's name there"
        ),
        _ => loose.say.clone(),
    }
}

/// The sentences that rest on a fact at or below a path.
pub(super) fn below(sentences: &[Sentence], path: &str) -> Vec<usize> {
    let is = |sentence: &Sentence| sentence.bases().iter().any(|basis| is_below(&basis.path, path));
    (0..sentences.len()).filter(|&n| is(&sentences[n])).collect()
}

/// What the document needs and nobody gave; what is given as 待定.
fn missing(sentences: &[Sentence], known: &Known<'_>) -> Vec<Open> {
    let mut all = Vec::new();
    for (path, purpose) in known.missing {
        let (key, zh, en) = (called(&in_chinese(path), ""), &purpose.zh, &purpose.en);
        let marked = in_chinese(path);
        let what = Text::new(format!("{key} 没有填：{zh}"), format!("{key} is not given: {en}"));
        let marker = format!("待补：{marked}");
        let at =
            path.rsplit_once('.').and_then(|(record, _)| known.facts.get(record)).map(|fact| fact.at.clone());
        let sentences = (0..sentences.len()).filter(|&n| sentences[n].text.contains(&marker)).collect();
        all.push(Open { kind: OpenKind::Missing, what, at, sentences });
    }
    for (path, fact) in known.facts.leaves() {
        if let Stated::Blank(words) = &fact.value
            && !words.is_empty()
            && known.missing.iter().all(|(known, _)| *known != path)
        {
            let key = basis(known.facts, &path, None, words).called();
            let what = text!(
                "{key} 写的是“{words}”，按没有填处理",
                "{key} says “{words}”, which counts as not given"
            );
            all.push(Open {
                kind: OpenKind::Missing,
                what,
                at: Some(fact.at.clone()),
                sentences: Vec::new(),
            });
        }
    }
    all
}

/// Facts that the document rests on and that were not checked; those of which nobody says, as a number.
fn unconfirmed(sentences: &[Sentence]) -> Vec<Open> {
    let mut all: Vec<(String, Open)> = Vec::new();
    let (mut paths, mut places) = (Vec::<&str>::new(), 0usize);
    for (n, sentence) in sentences.iter().enumerate() {
        for value in sentence.values.iter().filter(|value| value.standing == Standing::Backed) {
            places += usize::from(value.state() == Some(State::Unmarked));
            for basis in value.bases() {
                match basis.state {
                    State::Unconfirmed => match all.iter_mut().find(|(path, _)| *path == basis.path) {
                        Some((_, open)) => open.sentences.push(n),
                        None => {
                            let (key, said) = (basis.called(), &basis.said);
                            let what =
                                text!("{key}“{said}”写明没有核", "{key} “{said}” is said to be unchecked");
                            let at = basis.at.clone();
                            all.push((
                                basis.path.clone(),
                                Open { kind: OpenKind::Unconfirmed, what, at, sentences: vec![n] },
                            ));
                        }
                    },
                    State::Unmarked if !paths.contains(&&*basis.path) => paths.push(&basis.path),
                    _ => {}
                }
            }
        }
    }
    let mut all: Vec<Open> = all.into_iter().map(|(_, open)| open).collect();
    for open in &mut all {
        open.sentences.dedup();
    }
    if places > 0 {
        let facts = paths.len();
        let what = text!(
            "{places}处数字、日期用到的{facts}项事实没有标“已核”：逐处核对；核过的指标在事实里写“已核: 是”",
            "{facts} facts behind {places} figures and dates are not marked as checked: go through the figures; an indicator that was checked is marked 已核: 是"
        );
        all.push(Open { kind: OpenKind::Unconfirmed, what, at: None, sentences: Vec::new() });
    }
    all
}

/// Values without a ground.
fn unbacked(sentences: &[Sentence]) -> Vec<Open> {
    let mut all = Vec::new();
    for (n, sentence) in sentences.iter().enumerate() {
        for value in &sentence.values {
            let words = &sentence.text[value.range.clone()];
            let mut kind = OpenKind::Unbacked;
            let bases = || value.evidence.iter().flat_map(Evidence::bases);
            let said: Vec<Text> = bases().map(|b| saying(b, words)).collect();
            let list = |lang: Lang| {
                let said: Vec<&str> = said.iter().map(|one| one.in_lang(lang)).collect();
                said.join(lang.either("，", ", "))
            };
            let said = Text::new(list(Lang::Zh), list(Lang::En));
            let what = match value.standing {
                Standing::Unbacked => {
                    text!("“{words}”在事实里没有依据", "“{words}” has no ground in the facts")
                }
                Standing::SameOnly => {
                    let of: Vec<String> = bases().map(Basis::called).collect();
                    let of = of.join("、");
                    text!(
                        "“{words}”没有依据：{of} 有相同的值，说的是不是一件事要看原始材料",
                        "“{words}” has no ground: {of} has the same value, and whether it is the same thing only the source tells"
                    )
                }
                Standing::AtOdds => {
                    kind = OpenKind::AtOdds;
                    Text::new(
                        format!("“{words}”与事实不符：{}", said.zh),
                        format!("“{words}” is at odds with the facts: {}", said.en),
                    )
                }
                Standing::Conflict if value.is_computed() => {
                    kind = OpenKind::Conflict;
                    Text::new(
                        format!("“{words}”是用说法不一的事实算出的：{}", said.zh),
                        format!("“{words}” is computed from a value that another fact denies: {}", said.en),
                    )
                }
                Standing::Conflict => {
                    kind = OpenKind::Conflict;
                    Text::new(
                        format!("“{words}”：事实文件自己说法不一，{}", said.zh),
                        format!("“{words}”: the facts contradict each other: {}", said.en),
                    )
                }
                _ => continue,
            };
            let odd = matches!(value.standing, Standing::AtOdds | Standing::Conflict);
            let at = bases().last().filter(|_| odd).and_then(|b| b.at.clone());
            all.push(Open { kind, what, at, sentences: vec![n] });
        }
    }
    all
}

/// What a fact says and on which line or in which cell, of a long one the words that lead to its figure.
fn saying(basis: &Basis, words: &str) -> Text {
    const SHOWN: usize = 24;
    let all: Vec<char> = basis.said.chars().collect();
    let said = match all.len() > SHOWN {
        false => basis.said.clone(),
        true => {
            // A figure of the same unit is what is at odds; else the last one that there is.
            let found = figures(&basis.said);
            let unit = figures(words).first().map(|figure| figure.unit);
            let figure = found.iter().rev().find(|f| Some(f.unit) == unit).or(found.last());
            let end = figure.map_or(basis.said.len(), |figure| figure.range.end);
            let head: Vec<char> = basis.said[..end].chars().collect();
            let from = head.len().saturating_sub(SHOWN);
            let dots = |cut: bool| if cut { "…" } else { "" };
            let shown: String = head[from..].iter().collect();
            format!("“{}{shown}{}”", dots(from > 0), dots(end < basis.said.len()))
        }
    };
    let name = basis.called();
    let at = match &basis.at {
        Some(Place::Line { line, .. }) => Some(text!("第{line}行", "line {line}")),
        Some(place) => place.cell().map(Text::same),
        None => None,
    };
    match at {
        Some(at) => {
            Text::new(format!("{name}是{said}（{}）", at.zh), format!("{name} is {said} ({})", at.en))
        }
        None => text!("{name}是{said}", "{name} is {said}"),
    }
}

/// Facts that say until when.
pub(super) const DUE: &[&str] =
    &["tasks[].due", "measures[].due", "targets[].due", "projects[].due", "stages[].end", "work.end"];

/// The day that a document is of.
fn own_day(facts: &Facts) -> Option<(Date, Option<Place>)> {
    let of = |path: &str| facts.get(path).and_then(|fact| Some((fact.value.date()?, Some(fact.at.clone()))));
    of("document.date").or_else(|| of("meeting.date"))
}

/// The document's own day where it is past, and deadlines in it that lie before that day.
fn expired(sentences: &[Sentence], known: &Known<'_>) -> Vec<Open> {
    let mut all = Vec::new();
    let Some((day, at)) = own_day(known.facts) else { return all };
    let number = |date: Date| date.last_day().day_number();
    let (Some(today), Some(own)) = (number(known.today), number(day)) else { return all };
    if own < today {
        let days = today - own;
        let what = text!(
            "文稿日期 {day} 已过去{days}天：还用这个日期吗",
            "the document's day, {day}, was {days} days ago: is it still the day"
        );
        all.push(Open { kind: OpenKind::Expired, what, at, sentences: Vec::new() });
    }
    // A deadline without its year is of the year of the work, where the facts say which that is.
    let begins = known.facts.get("work.start").and_then(|fact| fact.value.date());
    let year =
        known.facts.text("document.year").and_then(|year| years_said(&year).next().map(|(_, year)| year));
    let first = |date: Date| Date { month: date.month.or(Some(1)), day: date.day.or(Some(1)), ..date };
    let from = begins.map(first).or(year.map(|year| Date { year, month: Some(1), day: Some(1) }));
    let from = from.and_then(Date::day_number);
    for (path, fact) in known.facts.leaves() {
        if !DUE.contains(&&*pattern(&path)) {
            continue;
        }
        let Some(words) = fact.value.text() else { continue };
        let Some(end) = due(&words, from).filter(|end| *end < own) else { continue };
        let cited = below(sentences, &path);
        if cited.is_empty() {
            continue;
        }
        let said = Date::of_day(end).map(|d| d.to_string()).unwrap_or_default();
        let key = basis(known.facts, &path, None, &words).called();
        let what = text!(
            "{key}“{words}”（{said}）在文稿日期 {day} 之前：写明完成没有，或者改时限",
            "{key} “{words}” ({said}) lies before the document's day, {day}: say whether it is done, or set another"
        );
        all.push(Open { kind: OpenKind::Expired, what, at: Some(fact.at.clone()), sentences: cited });
    }
    all
}

/// Figures of a year that is older than the one before the document's.
fn stale(sentences: &[Sentence], known: &Known<'_>) -> Vec<Open> {
    let mut all = Vec::new();
    let Some((day, _)) = own_day(known.facts) else { return all };
    let figures =
        known.facts.leaves().into_iter().filter(|(_, fact)| matches!(fact.value, Stated::Figure(_)));
    for (path, fact) in figures {
        let of_record = path.rsplit_once('.').filter(|(record, id)| record.ends_with(']') && *id == "value");
        let year = known.facts.text(&format!("{path}.year"));
        let year = year.or_else(|| known.facts.text(&format!("{}.year", of_record?.0)));
        let Some(year) = year.and_then(|year| year.get(..4)?.parse::<u16>().ok()) else { continue };
        let cited = below(sentences, &path);
        if cited.is_empty() || year + 1 >= day.year {
            continue;
        }
        let said = fact.value.text().unwrap_or_default();
        let key = basis(known.facts, &path, None, &said).called();
        let what = text!(
            "{key}“{said}”是{year}年的数：有新的就换上",
            "{key} “{said}” is of {year}: put a newer one if there is one"
        );
        all.push(Open { kind: OpenKind::Stale, what, at: Some(fact.at.clone()), sentences: cited });
    }
    all
}
