//! What a change may have left behind (随变动要核对的): old values that still stand, deadlines of the same thing that
//! did not move with one that did, and what the document says no more because something else changed.

use super::evidence::basis;
use super::open::{DUE, below};
use crate::base::han::is_han;
use crate::model::Facts;
use crate::model::facts::path::pattern;
use crate::report::package::{Changes, Moved, Open, OpenKind, Sentence};
use crate::text;

/// Han characters in a row by which two names may be of one thing.
const SHARED: usize = 3;

/// All of it, as open points.
pub(super) fn points(changes: &Changes, sentences: &[Sentence], facts: &Facts) -> Vec<Open> {
    let mut all: Vec<Open> = changes.facts.iter().filter_map(old_value).collect();
    for moved in &changes.facts {
        all.extend(deadlines(moved, sentences, facts));
    }
    all.extend(left_out(changes));
    all
}

/// An old value that still stands.
fn old_value(moved: &Moved) -> Option<Open> {
    let (key, old, new) = (moved.called(), &moved.old, &moved.new);
    let what = text!(
        "{key}已由“{old}”改为“{new}”，稿中还有旧值",
        "{key} is “{new}” now and was “{old}”; the old value still stands in the document"
    );
    let (kind, at) = (OpenKind::OldValue, moved.at.clone());
    (!moved.old_at.is_empty()).then(|| Open { kind, what, at, sentences: moved.old_at.clone() })
}

/// Deadlines that are the old one of a record whose name shares words with that of the one that moved.
fn deadlines(moved: &Moved, sentences: &[Sentence], facts: &Facts) -> Vec<Open> {
    let mut all = Vec::new();
    if moved.old.is_empty() || moved.new.is_empty() || !DUE.contains(&&*pattern(&moved.path)) {
        return all;
    }
    // What all of the work is called tells no two records of it apart.
    let work = ["work.name", "work.short", "work.topic"].map(|path| facts.text(path).unwrap_or_default());
    for (path, fact) in facts.leaves() {
        let own = pattern(&path);
        let said = fact.value.text().unwrap_or_default();
        if !DUE.contains(&&*own) || said != moved.old || path == moved.path {
            continue;
        }
        let other = basis(facts, &path, None, &said);
        let cited = below(sentences, &path);
        if cited.is_empty() || !shares(&moved.of, &other.of, &work) {
            continue;
        }
        let (key, old, new, name) = (moved.called(), &moved.old, &moved.new, other.called());
        let what = text!(
            "{key}由“{old}”改为“{new}”，{name}还是“{old}”：说的是一件事的，一起改",
            "{key} was “{old}” and is “{new}”, and {name} is still “{old}”: change both if they are of one thing"
        );
        all.push(Open { kind: OpenKind::Recheck, what, at: other.at, sentences: cited });
    }
    all
}

/// Whether two names share words that are not those of the whole work.
fn shares(one: &str, other: &str, work: &[String; 3]) -> bool {
    let chars: Vec<char> = one.chars().collect();
    chars.windows(SHARED).filter(|run| run.iter().all(|&c| is_han(c))).any(|run| {
        let words: String = run.iter().collect();
        other.contains(&words) && work.iter().all(|work| !work.contains(&words))
    })
}

/// What a changed sentence says no more though the facts have it still, with the reason.
fn left_out(changes: &Changes) -> Vec<Open> {
    let mut all = Vec::new();
    for change in changes.sentences.iter().filter(|change| !change.lost.is_empty()) {
        let lost = change.lost.join("、");
        let facts: Vec<&Moved> = change.facts.iter().filter_map(|&n| changes.facts.get(n)).collect();
        let by: Vec<String> = facts.iter().map(|moved| moved.called()).collect();
        let at = facts.first().and_then(|moved| moved.at.clone());
        let what = match by.is_empty() {
            true => text!(
                "上次写到的{lost}，这次没有写：不随事实，改了措辞、模板或设置",
                "{lost} was spoken of last time and is not now: by no fact, but by wording, skeleton or settings"
            ),
            false => {
                let by = by.join("、");
                text!(
                    "上次写到的{lost}，这次没有写，因为{by}变了：要写的，把它补进稿子",
                    "{lost} was spoken of last time and is not now, because of {by}: put it in if it is wanted"
                )
            }
        };
        let sentences = change.sentence.into_iter().collect();
        all.push(Open { kind: OpenKind::Recheck, what, at, sentences });
    }
    all
}
