//! A package for programs: every figure with its ground, what is open, what is different.

use serde_json::{Value as Json, json};

use super::{Basis, Change, Evidence, Moved, Package, Sentence, Value, front, words};
use crate::base::Lang;

/// The counts with which a package begins.
#[must_use]
pub fn summary(package: &Package) -> Json {
    let counts = package.counts();
    json!({
        "values": counts.values, "backed": counts.backed, "computed": counts.computed, "worded": counts.worded,
        "unbacked": counts.unbacked, "at_odds": counts.at_odds, "conflict": counts.conflict, "confirmed": counts.confirmed,
        "unconfirmed": counts.unconfirmed, "unmarked": counts.unmarked, "errors": counts.errors,
        "warnings": counts.warnings, "hints": counts.hints, "open": package.open.len(),
        "sentences": package.sentences.len(),
    })
}

/// The whole package. Sentences count from 1; `start` and `end` of a value are code points of its sentence.
#[must_use]
pub fn json(package: &Package, lang: Lang) -> Json {
    let values: Vec<Json> = package
        .sentences
        .iter()
        .enumerate()
        .flat_map(|(n, sentence)| sentence.values.iter().map(move |one| value(n, sentence, one, lang)))
        .collect();
    let sentences: Vec<Json> = package
        .sentences
        .iter()
        .map(|s| json!({ "text": s.text, "place": words::place(s).in_lang(lang), "heading": s.heading }))
        .collect();
    let open: Vec<Json> = package
        .open
        .iter()
        .map(|open| {
            let at = open.at.as_ref().map(|at| at.label().in_lang(lang).to_owned());
            json!({ "kind": open.kind.name(), "what": open.what.in_lang(lang), "place": at, "sentences": counted(&open.sentences) })
        })
        .collect();
    let changes = package.changes.as_ref().map(|changes| {
        json!({
            "since": changes.since,
            "facts": changes.facts.iter().map(|one| moved(one, lang)).collect::<Vec<_>>(),
            "sentences": changes.sentences.iter().map(change).collect::<Vec<_>>(),
        })
    });
    let verdict = front::verdict(package, &package.counts());
    json!({
        "title": package.title, "summary": summary(package), "verdict": verdict.in_lang(lang),
        "values": values, "sentences": sentences, "open": open, "changes": changes,
    })
}

fn counted(sentences: &[usize]) -> Vec<usize> {
    sentences.iter().map(|n| n + 1).collect()
}

fn value(n: usize, sentence: &Sentence, value: &Value, lang: Lang) -> Json {
    let code_points = |at: usize| sentence.text[..at].chars().count();
    json!({
        "sentence": n + 1, "text": sentence.text[value.range.clone()],
        "start": code_points(value.range.start), "end": code_points(value.range.end),
        "kind": value.kind.in_lang(lang), "standing": value.standing.name(),
        "state": value.state().map(super::State::name),
        "grounds": value.evidence.iter().map(|one| ground(one, lang)).collect::<Vec<_>>(),
    })
}

fn ground(evidence: &Evidence, lang: Lang) -> Json {
    match evidence {
        Evidence::Fact(of) => json!({ "from": "fact", "facts": [basis(of, lang)] }),
        Evidence::Computed { of, sum } => json!({
            "from": "computed", "facts": of.iter().map(|one| basis(one, lang)).collect::<Vec<_>>(),
            "sum": sum.as_ref().map(|(kind, sum)| format!("{} {sum}", kind.in_lang(lang))),
        }),
        Evidence::Phrase { id, variant, .. } => json!({ "from": "phrase", "phrase": id, "variant": variant }),
        Evidence::Skeleton { id, line } => json!({ "from": "skeleton", "template": id, "line": line }),
        Evidence::Program => json!({ "from": "program" }),
    }
}

fn basis(basis: &Basis, lang: Lang) -> Json {
    json!({
        "fact": basis.path, "key": basis.key, "of": basis.of, "value": basis.said, "state": basis.state.name(),
        "place": basis.at.as_ref().map(|at| at.label().in_lang(lang).to_owned()), "source": basis.source,
    })
}

fn moved(moved: &Moved, lang: Lang) -> Json {
    let followed: Vec<Json> =
        moved.followed.iter().map(|f| json!({ "sentence": f.sentence + 1, "how": f.how.name() })).collect();
    json!({
        "fact": moved.path, "key": moved.key, "of": moved.of, "old": moved.old, "new": moved.new,
        "followed": followed, "gone": moved.gone, "old_still_at": counted(&moved.old_at),
        "told": words::followed(moved, lang), "left_out": counted(&moved.left_out),
    })
}

fn change(change: &Change) -> Json {
    json!({
        "sentence": change.sentence.map(|n| n + 1), "became": words::became(change).en, "old": change.old,
        "new": change.new, "facts": counted(&change.facts), "lost": change.lost,
    })
}
