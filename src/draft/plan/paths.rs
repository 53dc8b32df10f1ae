//! Which facts a path of the plan rests on: `plan.tasks[].owner` on `tasks[].owner`. So that a skeleton
//! which draws on the plan asks for the facts that it uses, as if it had named them.

/// A last step of a path that the plan adds, with the facts that it is made of: field of the plan, and
/// patterns of facts.
type Made = (&'static str, &'static [&'static str]);

const OF_INDICATORS: &[Made] = &[
    (
        "said",
        &[
            "indicators[].value",
            "indicators[].prev",
            "indicators[].yoy",
            "indicators[].upper_mean",
            "indicators[].rank",
            "indicators[].rank_prev",
        ],
    ),
    ("gap", &["indicators[].value", "indicators[].target", "targets[].value"]),
    (
        "pace",
        &["indicators[].value", "indicators[].target", "targets[].value", "targets[].due", "document.date"],
    ),
    ("verdict", &["indicators[].value", "indicators[].prev", "indicators[].lower_better"]),
    ("task", &["tasks[].name"]),
    ("due", &["targets[].due"]),
];

const OF_TARGETS: &[Made] = &[
    ("gap", &["targets[].value", "targets[].base"]),
    ("pace", &["targets[].value", "targets[].base", "targets[].due", "document.date"]),
    ("verdict", &["targets[].value", "targets[].base", "targets[].due"]),
    ("falls", &["targets[].value", "targets[].base"]),
    ("task", &["targets[].task", "tasks[].name"]),
];

const OF_TASKS: &[Made] = &[
    ("problem", &["problems[].name", "tasks[].answers"]),
    ("problems", &["problems[].name", "tasks[].answers"]),
    ("problem_detail", &["problems[].detail"]),
    ("cause", &["problems[].cause"]),
    ("again", &["problems[].name"]),
];

/// The patterns of facts behind a mentioned path of `plan` or `frame`, or of a list that the plan puts in
/// order; none for another path, and for one of the plan that rests on no single fact.
pub(in crate::draft) fn facts_of(mentioned: &str) -> Vec<String> {
    if let Some(of) = mentioned.strip_prefix("frame") {
        let known = [".basis", ".guide", ".spirit"].iter().any(|f| of.starts_with(f));
        return if known { vec!["wordings[].text".into(), "wordings[].use".into()] } else { Vec::new() };
    }
    // Who goes through them may be told to keep their order.
    if ["problems[", "tasks[", "plans["].iter().any(|list| mentioned.starts_with(list)) {
        return vec![super::AS_TYPED.into()];
    }
    let Some(rest) = mentioned.strip_prefix("plan.") else { return Vec::new() };
    if let Some(part) = rest.strip_prefix("account.") {
        let made = super::account::PARTS.iter().find(|(own, _)| *own == part);
        return made.map(|(_, facts)| facts.iter().map(|f| (*f).to_owned()).collect()).unwrap_or_default();
    }
    let mut list: Option<&'static str> = None;
    for step in rest.split('.') {
        let key = step.trim_end_matches("[]");
        let inner: Option<&'static str> = match (list, key) {
            // A word of the record before that is the plan's own.
            (Some("tasks"), "problems") => None,
            (_, "problems") => Some("problems"),
            (_, "tasks") => Some("tasks"),
            (_, "measures") => Some("measures"),
            (_, "targets") => Some("targets"),
            (_, "indicators") => Some("indicators"),
            (_, "projects") => Some("projects"),
            (None, "units" | "best" | "worst") | (Some(_), "units") => Some("units"),
            (None, "good" | "behind" | "level") | (Some("indicators"), "all") => Some("indicators"),
            _ => None,
        };
        if let Some(inner) = inner {
            list = Some(inner);
            continue;
        }
        let Some(list) = list else {
            return if key == "spread" { vec!["units[].figure".into()] } else { Vec::new() };
        };
        let made = match list {
            "indicators" => OF_INDICATORS,
            "targets" => OF_TARGETS,
            "tasks" => OF_TASKS,
            _ => &[],
        };
        return match made.iter().find(|(own, _)| *own == key) {
            Some((_, facts)) => facts.iter().map(|f| (*f).to_owned()).collect(),
            None if ["share", "verdict"].contains(&key) => vec![format!("{list}[].figure")],
            None => vec![format!("{list}[].{key}")],
        };
    }
    list.map(|list| format!("{list}[].name")).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::facts_of;
    use crate::draft::plan::account;

    #[test]
    fn a_path_of_the_plan_rests_on_the_facts_of_its_records() {
        for (path, facts) in [
            ("plan.tasks[].owner", "tasks[].owner"),
            ("plan.problems[].tasks[].owner", "tasks[].owner"),
            ("plan.problems[].detail", "problems[].detail"),
            ("plan.tasks[].cause", "problems[].cause"),
            ("plan.good.indicators[].source", "indicators[].source"),
            ("plan.best.name", "units[].name"),
            ("plan.behind.all[].value", "indicators[].value"),
            ("plan.tasks[].units[].share", "units[].figure"),
            ("plan.spread", "units[].figure"),
            ("plan.tasks", "tasks[].name"),
        ] {
            assert_eq!(facts_of(path), [facts], "{path}");
        }
        assert!(facts_of("plan.tasks[].indicators[].said").contains(&"indicators[].upper_mean".to_owned()));
        assert!(facts_of("plan.condition").is_empty() && facts_of("work.goal").is_empty());
        assert_eq!(facts_of("tasks[].owner"), [crate::draft::plan::AS_TYPED]);
    }

    #[test]
    fn every_fact_that_the_plan_rests_on_is_one_of_the_table() {
        let all = [super::OF_INDICATORS, super::OF_TARGETS, super::OF_TASKS, account::PARTS].concat();
        for fact in all.iter().flat_map(|(_, facts)| facts.iter()) {
            assert!(crate::model::facts::path::field(fact).is_some(), "{fact}");
        }
    }
}
