//! What can be compared: the indicators, targets and projects of the facts, and the population.

use std::borrow::Cow;

use crate::base::Place;
use crate::base::figures::{Figure, figures};
use crate::base::lexicon::figure_mismatch as lexicon;
use crate::model::Facts;
use crate::model::facts::Value;

/// A value of the facts that a draft may repeat.
pub(super) struct Stated<'f> {
    pub figure: Figure,
    /// As a sentence takes it.
    pub words: String,
    pub path: String,
    pub at: &'f Place,
}

/// Something that the facts know figures of.
pub(super) struct Subject<'f> {
    pub name: Cow<'f, str>,
    pub year: Option<u16>,
    pub value: Option<Stated<'f>>,
    pub prev: Option<Stated<'f>>,
    pub target: Option<Stated<'f>>,
    pub yoy: Option<Stated<'f>>,
    /// How the locality is called: 云岭县, 云岭.
    here: Vec<String>,
}

impl Subject<'_> {
    /// What is left of the words before the name when times and the locality's own names are taken
    /// off; `None` if anything else stands there, so that the subject may be another.
    pub(super) fn own<'t>(&self, before: &'t str) -> Option<&'t str> {
        let mut rest = before.trim();
        loop {
            let here = self.here.iter().map(String::as_str).chain(lexicon::OWN.iter().copied());
            let year = rest.get(..4).filter(|y| y.bytes().all(|b| b.is_ascii_digit()));
            if let Some(after) = year.and_then(|_| rest.get(4..)?.strip_prefix('年')) {
                rest = after;
            } else if let Some(after) = here.filter(|w| !w.is_empty()).find_map(|w| rest.strip_prefix(w)) {
                rest = after;
            } else {
                break;
            }
        }
        rest.trim().is_empty().then_some(before)
    }
}

/// Everything of the facts that has a name and a figure.
pub(super) fn subjects(facts: &Facts) -> Vec<Subject<'_>> {
    let here: Vec<String> = ["locality.name", "locality.short", "locality.self_reference"]
        .iter()
        .filter_map(|p| facts.text(p))
        .collect();
    let mut all = Vec::new();
    let lists = [
        ("indicators", "value", "prev", "target"),
        ("targets", "base", "", "value"),
        ("projects", "", "", ""),
    ];
    for (list, value, prev, target) in lists {
        let Some(Value::List(items)) = facts.get(list).map(|f| &f.value) else { continue };
        for (i, _) in items.iter().enumerate() {
            let path = |key: &str| format!("{list}[{i}].{key}");
            let Some(name) = facts.text(&path("name")).filter(|n| n.chars().count() >= 2) else { continue };
            let unit = facts.text(&path("unit")).unwrap_or_default();
            let get = |key: &str| stated(facts, path(key), &unit);
            let figures_year = facts.text(&format!("{}.year", path("value")));
            let year = facts
                .text(&path("year"))
                .or(figures_year)
                .and_then(|y| y.trim_end_matches('年').parse().ok());
            let yoy = get("yoy").or_else(|| stated(facts, format!("{}.yoy", path("value")), ""));
            let subject = Subject {
                name: name.into(),
                year,
                value: get(value),
                prev: get(prev),
                target: get(target),
                yoy,
                here: here.clone(),
            };
            if list == "projects" {
                let invest = get("invest");
                all.push(Subject {
                    name: format!("{}总投资", subject.name).into(),
                    value: invest,
                    ..subject
                });
            } else {
                all.push(subject);
            }
        }
    }
    // The fact is the resident population; 总人口 and 户籍人口 are other figures.
    if let Some(population) = stated(facts, "locality.population".into(), "") {
        all.push(Subject {
            name: "常住人口".into(),
            year: None,
            value: Some(population),
            prev: None,
            target: None,
            yoy: None,
            here,
        });
    }
    all
}

fn stated<'f>(facts: &'f Facts, path: String, unit: &str) -> Option<Stated<'f>> {
    if path.ends_with('.') {
        return None;
    }
    let fact = facts.get(&path)?;
    let mut words = fact.value.text()?;
    if words.ends_with(|c: char| c.is_ascii_digit()) {
        words.push_str(unit);
    }
    let figure = figures(&words).into_iter().next()?;
    Some(Stated { figure, words, path, at: &fact.at })
}
