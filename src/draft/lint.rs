//! What is wrong with a skeleton or a phrase that loads all the same (自查): facts that are used
//! without being declared, arguments that no variant takes, slots that nothing fills, sentences that
//! stand in the bank twice.
//!
//! `wengao template lint` and `wengao phrase lint` print these and run the program's own check on
//! what the skeletons draft and the variants say; the tests of the built-in library ask for none.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::asserts::{self, Asserts, Claim};
use super::library::Library;
use super::phrase::Phrase;
use super::skeleton::Skeleton;
use super::tag::Call;
use super::{mention, words};
use crate::base::{Place, Problem, Result, Text};
use crate::model::facts::path;
use crate::text;

/// What is wrong with a skeleton, in order of its lines.
///
/// # Errors
/// If a topic pack of its library does not load.
pub fn skeleton(skeleton: &Skeleton) -> Result<Vec<Problem>> {
    let mut problems = declarations(skeleton);
    problems.extend(own_words(skeleton));
    let topics: Vec<_> = if skeleton.calls.iter().any(|c| c.id.starts_with("topic.")) {
        skeleton.library.topic_ids().iter().map(|id| skeleton.library.topic(id)).collect::<Result<_>>()?
    } else {
        Vec::new()
    };
    for call in &skeleton.calls {
        let of_topics = topics.iter().filter_map(|t| t.phrases.get(&*call.id));
        let Some(phrase) = skeleton.phrases.get(&*call.id) else { continue };
        let all: Vec<&Arc<Phrase>> = std::iter::once(phrase).chain(of_topics).collect();
        problems.extend(idle_arguments(skeleton, call, &all));
        problems.extend(all.iter().filter_map(|phrase| never_said(skeleton, call, phrase)));
    }
    Ok(problems)
}

/// What a skeleton says by itself without a right to it; its words may be those of a [fact](Asserts). What was
/// taken over from a text somebody typed.
fn own_words(skeleton: &Skeleton) -> Vec<Problem> {
    let mut problems = Vec::new();
    if skeleton.is_extracted {
        return problems;
    }
    // A column is headed 上年 and says nothing by that.
    let rows = (1..).zip(skeleton.written().lines()).filter(|(_, row)| !row.starts_with("@head"));
    for (line, row) in rows {
        for Claim { word, kind } in asserts::claims(row, Asserts::Fact) {
            problems.push(
                Problem::new(Text::new(
                    format!("模板自己说了“{word}”（{}），没有人填写过", kind.zh),
                    format!("the skeleton itself says “{word}” ({}), which nobody typed", kind.en),
                ))
                .at(at(skeleton, line))
                .help(Text::fixed("改由事实来说，或换一种说法", "let a fact say it, or say it otherwise")),
            );
        }
    }
    problems
}

/// Facts that are used and not declared, or declared and not used.
fn declarations(skeleton: &Skeleton) -> Vec<Problem> {
    let (undeclared, unused) = skeleton.undeclared_and_unused();
    let undeclared = undeclared.into_iter().map(|(fact, line)| {
        Problem::new(text!("用到了没有声明的事实 {fact}", "uses the fact {fact}, which is not declared"))
            .at(at(skeleton, line))
            .help(Text::fixed(
                "在说明部分的 needs 或 optional 里加上它",
                "add it to needs or optional in the front matter",
            ))
    });
    let unused = unused.into_iter().map(|fact| {
        Problem::new(text!("声明了却没有用到的事实 {fact}", "declares the fact {fact}, which is not used"))
            .at(Place::File(Arc::clone(&skeleton.id)))
            .help(Text::fixed("从说明部分删去", "remove it from the front matter"))
    });
    undeclared.chain(unused).collect()
}

/// A line of a skeleton's body.
fn at(skeleton: &Skeleton, line: u32) -> Place {
    skeleton.lines.place(line, 1)
}

/// Arguments of a call that no variant of the phrase takes, whatever the topic.
fn idle_arguments(skeleton: &Skeleton, call: &Call, phrases: &[&Arc<Phrase>]) -> Vec<Problem> {
    let used: BTreeSet<&str> =
        phrases.iter().flat_map(|p| p.variants.iter()).flat_map(|v| v.slots()).collect();
    let idle = call.arguments.iter().filter(|a| !used.contains(a.as_str()));
    idle.map(|argument| {
        let id = &call.id;
        Problem::new(text!(
            "给套语 {id} 的参数 {argument} 没有一种说法用得着",
            "no variant of the phrase {id} takes the argument {argument}"
        ))
        .at(at(skeleton, call.line))
        .help(Text::fixed("去掉这个参数，或改参数名", "leave it out, or correct its name"))
    })
    .collect()
}

/// The problem of a phrase of which each variant has a slot that this call never fills, so that it says
/// nothing, ever. A fact may be lacking: then there is nothing to say.
fn never_said(skeleton: &Skeleton, call: &Call, phrase: &Phrase) -> Option<Problem> {
    let fields = call.each.as_deref().map(|each| mention::fields(each)).unwrap_or_default();
    let lacking = |slot: &&str| {
        let given = call.arguments.iter().any(|a| a == slot) || words::STANDING.contains(slot);
        let of_record = call.each.is_some() && (*slot == "n" || fields.is_empty() || fields.contains(slot));
        !slot.contains('.') && !given && !of_record
    };
    if phrase.variants.iter().any(|v| !v.slots().any(|s| lacking(&s))) {
        return None;
    }
    let slots: BTreeSet<_> = phrase.variants.iter().flat_map(|v| v.slots()).filter(lacking).collect();
    let (id, slots) = (&call.id, slots.into_iter().collect::<Vec<_>>().join("、"));
    Some(
        Problem::new(text!(
            "这里的套语 {id} 永远不会说出来：没有给 {slots}",
            "the phrase {id} is never said here: {slots} is not given"
        ))
        .at(at(skeleton, call.line))
        .help(Text::fixed(
            "补上参数，或给套语加一种不用它的说法",
            "give the argument, or add a variant without it",
        )),
    )
}

/// Letters of its own from which a variant that stands in the bank twice is told.
const FEW: usize = 8;

/// What is wrong with the phrases of a library, built-in ones and packs included.
///
/// # Errors
/// If a file of it does not load.
pub fn phrases(library: &Library) -> Result<Vec<Problem>> {
    let mut problems = Vec::new();
    let mut seen: HashMap<String, (Arc<str>, Place)> = HashMap::new();
    for phrase in all_phrases(library)? {
        let id = &phrase.id;
        let used: BTreeSet<&str> = phrase.variants.iter().flat_map(|v| v.slots()).collect();
        for slot in phrase.slots.iter().filter(|s| !used.contains(s.as_str())) {
            problems.push(
                Problem::new(text!(
                    "“{id}”的参数 {slot} 没有一种说法用到",
                    "no variant of “{id}” uses its slot {slot}"
                ))
                .at(phrase.at.clone())
                .help(Text::fixed("从 slots 里删去，或写进说法", "remove it from slots, or use it")),
            );
        }
        problems.extend(assertions(&phrase));
        for variant in &phrase.variants {
            for slot in variant.slots() {
                let known = match slot.strip_prefix("words.") {
                    Some(word) => words::NAMES.contains(&word),
                    None if slot.contains('.') => slot.starts_with("more.") || path::field(slot).is_some(),
                    None => phrase.slots.iter().any(|s| s == slot),
                };
                if !known {
                    problems.push(
                        Problem::new(text!(
                            "“{id}”里的空位 {{{slot}}} 既不是参数，也不是事实表里的事实",
                            "the slot {{{slot}}} of “{id}” is neither a slot that it declares nor a fact of the table"
                        ))
                        .at(variant.at.clone())
                        .help(Text::fixed(
                            "在 slots 里声明，或改成 meeting.name、words.here 这样的写法",
                            "declare it under slots, or write it as meeting.name or words.here",
                        )),
                    );
                }
            }
            // Alike but for what fills the slots is alike; where slots are nearly all, nobody can say
            // it otherwise.
            let bare: String = variant.filled(&|_| "{}".to_owned());
            if bare.chars().filter(|c| c.is_alphabetic()).count() < FEW {
                continue;
            }
            if let Some((other, place)) = seen.get(&bare) {
                let place = place.label();
                problems.push(
                    Problem::new(Text::new(
                        format!("“{id}”的这种说法与“{other}”重复：{}", place.zh),
                        format!("this variant of “{id}” is also one of “{other}”: {}", place.en),
                    ))
                    .at(variant.at.clone())
                    .help(Text::fixed("换一种说法，或删去一处", "say it otherwise, or remove one")),
                );
            } else {
                seen.insert(bare, (Arc::clone(id), variant.at.clone()));
            }
        }
    }
    Ok(problems)
}

/// What a phrase says without a right to it.
fn assertions(phrase: &Phrase) -> Vec<Problem> {
    let id = &phrase.id;
    let Some(asserts) = phrase.asserts else {
        let all = Asserts::all();
        return vec![
            Problem::new(text!("“{id}”没有写明主张什么", "“{id}” does not say what it asserts"))
                .at(phrase.at.clone())
                .help(Text::new(
                    format!("加一行 asserts，写其中一种：{}", all.zh),
                    format!("add a line `asserts` with one of: {}", all.en),
                )),
        ];
    };
    let mut problems = Vec::new();
    for variant in &phrase.variants {
        if asserts == Asserts::Judgement && variant.when.is_none() {
            problems.push(
                Problem::new(text!(
                    "“{id}”的这句评价没有条件",
                    "this judgement of “{id}” is said whatever the figures are"
                ))
                .at(variant.at.clone())
                .help(Text::fixed(
                    "把它放到 ahead、behind 或 mixed 下面，由数字决定说不说",
                    "put it under ahead, behind or mixed, so that figures decide",
                )),
            );
        }
        for Claim { word, kind } in asserts::claims(&variant.text, asserts) {
            problems.push(
                Problem::new(Text::new(
                    format!("“{id}”里的“{word}”（{}）没有人填写过", kind.zh),
                    format!("“{word}” ({}) in “{id}” is what nobody typed", kind.en),
                ))
                .at(variant.at.clone())
                .help(Text::fixed(
                    "改成空位，由事实来说，或换一种说法",
                    "make it a slot, or say it otherwise",
                )),
            );
        }
    }
    problems
}

/// All phrases of a library: those of the families, then those of the topic packs.
///
/// # Errors
/// If a file of it does not load.
pub fn all_phrases(library: &Library) -> Result<Vec<Arc<Phrase>>> {
    let mut all = Vec::new();
    for family in library.phrase_families() {
        all.extend(library.phrases(&family)?);
    }
    for id in library.topic_ids() {
        let topic = library.topic(&id)?;
        let mut phrases: Vec<_> = topic.phrases.values().map(Arc::clone).collect();
        phrases.sort_by(|a, b| a.at.cmp(&b.at));
        all.extend(phrases);
    }
    Ok(all)
}
