//! The facts that would improve a draft most: what its skeleton would say and the facts do not give.
//!
//! A short draft is honest; this is how it gets better. Who is in charge, until when and how much come
//! first, since a plan without them binds nobody; then causes and what figures mean; then cases.

use crate::base::Text;
use crate::model::Facts;
use crate::model::facts::Value;
use crate::model::facts::path::{field, in_chinese, pattern};

use super::skeleton::Skeleton;

/// So many are told.
const MOST: usize = 10;

/// A fact that is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Its pattern, such as `tasks[].owner`; a whole list where there is none at all.
    pub fact: String,
    /// Its Chinese key, as a clerk writes it: 任务[].牵头单位.
    pub key: String,
    /// What it is.
    pub label: Text,
    /// The first place that lacks it: `tasks[1].owner`.
    pub path: String,
    /// How many records lack it.
    pub count: usize,
}

impl Wanted {
    /// Whether nobody is bound without it: who does a thing, and until when.
    #[must_use]
    pub fn binds(&self) -> bool {
        ["tasks[].owner", "tasks[].due"].contains(&self.fact.as_str())
    }
}

/// From which worth on every record is to give a fact.
const BINDS: u8 = 8;

/// How much a fact is worth, by its pattern; what is not here is worth little and not asked for.
const WORTH: &[(&str, u8)] = &[
    ("tasks", 10),
    ("problems", 9),
    ("tasks[].owner", 9),
    ("tasks[].due", 9),
    ("tasks[].target", 8),
    ("problems[].detail", 8),
    ("problems[].cause", 8),
    ("tasks[].detail", 8),
    ("indicators", 7),
    ("targets", 7),
    ("measures", 7),
    ("practices", 7),
    ("results", 7),
    ("units", 6),
    ("indicators[].prev", 7),
    ("indicators[].target", 6),
    ("indicators[].upper_mean", 6),
    ("indicators[].rank", 6),
    ("targets[].base", 6),
    ("targets[].due", 6),
    ("measures[].owner", 6),
    ("measures[].due", 6),
    ("measures[].detail", 6),
    ("units[].figure", 6),
    ("practices[].detail", 6),
    ("practices[].result", 6),
    ("practices[].why", 5),
    ("practices[].case", 5),
    ("tasks[].case", 5),
    ("tasks[].now", 6),
    ("tasks[].check", 5),
    ("work.goal", 7),
    ("work.gap", 6),
    ("work.situation", 6),
    ("work.progress", 6),
    ("work.funds", 5),
    ("work.review", 5),
    ("work.next", 5),
    ("work.significance", 5),
    ("work.lead", 5),
    ("stages", 5),
    ("voices", 4),
    ("insights", 4),
    ("projects", 4),
    ("policies", 4),
    ("suggestions", 4),
];

/// The facts that would improve a draft of this skeleton most, at most ten, the most valuable first.
/// Facts that it cannot do without are not among them: they stop it.
#[must_use]
pub fn wanted(facts: &Facts, skeleton: &Skeleton) -> Vec<Wanted> {
    let mut found: Vec<(u8, Wanted)> = Vec::new();
    for need in &skeleton.optional {
        let own = pattern(need.fact.trim_end_matches("[]"));
        let list = own.split_once("[]").map_or(own.as_str(), |(list, _)| list);
        if WORTH.iter().all(|(fact, _)| *fact != own && *fact != list) {
            continue;
        }
        let missing = facts.missing(&need.fact);
        // A list that is not there is asked for once, whatever is declared below it.
        let whole = missing.first().filter(|path| !path.contains('[')).cloned();
        let asked = match whole {
            Some(list) if need.fact.starts_with(&format!("{list}[")) => list,
            _ => own,
        };
        let Some((_, worth)) = WORTH.iter().find(|(fact, _)| *fact == asked) else { continue };
        if missing.is_empty() || found.iter().any(|(_, w)| w.fact == asked) {
            continue;
        }
        // A case at one task of four is enough; an owner is needed at each.
        let records = asked.split_once("[]").map(|(list, _)| records(facts, list));
        if records.is_some_and(|all| *worth < BINDS && missing.len() < all) {
            continue;
        }
        let Some(field) = field(&asked) else { continue };
        let (key, label) = (in_chinese(&asked).replace("[]", ""), field.label.clone());
        let (path, count) = (missing[0].clone(), missing.len());
        found.push((*worth, Wanted { fact: asked, key, label, path, count }));
    }
    found.sort_by_key(|(worth, _)| std::cmp::Reverse(*worth));
    found.into_iter().take(MOST).map(|(_, wanted)| wanted).collect()
}

/// How many records a list has.
fn records(facts: &Facts, list: &str) -> usize {
    match facts.get(list).map(|f| &f.value) {
        Some(Value::List(items)) => items.len(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::wanted;
    use crate::draft::library;
    use crate::model::facts;

    #[test]
    fn what_binds_somebody_is_asked_for_first_and_no_more_than_ten() {
        let skeleton = library::built_in().skeleton("plan/implementation").unwrap();
        let few =
            facts::load("a.yaml", "工作: {名称: 山洪防御}\n任务: [{名称: 补建站点}, {名称: 调整安置点}]\n")
                .unwrap();
        let asked: Vec<_> = wanted(&few, &skeleton).into_iter().map(|w| w.fact).collect();
        assert!(asked.len() <= 10 && asked.iter().any(|f| f == "problems"), "{asked:?}");
        let place = |fact: &str| asked.iter().position(|f| f == fact);
        assert!(place("voices") > place("problems") || place("voices").is_none(), "{asked:?}");
    }

    /// Skeletons say causes and ranks where there are any, which no example needs everywhere.
    #[test]
    fn a_complete_set_of_facts_wants_no_list_and_nobody_in_charge_but_only_more_of_what_it_has() {
        for id in ["plan/implementation", "speech/mobilization"] {
            let skeleton = library::built_in().skeleton(id).unwrap();
            let asked = wanted(skeleton.example(), &skeleton);
            let more =
                |fact: &str| fact.contains("[].") && !["owner", "due"].iter().any(|k| fact.ends_with(k));
            assert!(asked.iter().all(|w| more(&w.fact)) && asked.len() <= 5, "{id}: {asked:?}");
        }
    }
}
