//! Which facts a mention in a skeleton is of: `tasks | names` says the name of every task,
//! `plan.problems[].tasks[].owner` whose the tasks are, `words.work` the work's short name.
//!
//! So nobody lists the facts that a skeleton uses; the scan finds them. What a mention cannot be known
//! by (a list of records in an `if`) counts only where nothing else tells more.

use std::collections::{HashMap, HashSet};

use crate::model::facts::path;
use crate::model::facts::table::{FACTS, FIGURE, Field, Kind};

/// What a context holds besides facts.
pub(super) const STANDING: [&str; 8] =
    ["words", "loop", "sections", "room", "turn", "topic", "plan", "frame"];

/// Whether the path begins with something that every skeleton knows and none declares.
pub(super) fn is_standing(path: &str) -> bool {
    STANDING.contains(&first(path))
}

fn first(path: &str) -> &str {
    path.split(['.', '[']).next().unwrap_or_default()
}

/// The field that a record of these is called by: its name, or else what stands first.
pub(super) fn title_of(fields: &'static [Field]) -> Option<&'static str> {
    fields.iter().find(|f| f.id == "name").or(fields.first()).map(|f| f.id)
}

/// The filters that say records by their names.
const BY_NAME: [&str; 9] =
    ["fresh", "names", "quoted", "run", "sentences", "points", "clauses", "others", "protocol"];

/// The facts that a list of records gives by what is done with it: the filters that follow, and the
/// argument of a phrase that it is. Empty for anything else.
pub(super) fn said(path: &str, filters: &[(&str, &str)], argument: &str) -> Vec<String> {
    if filters.is_empty() && matches!(argument, "" | "count" | "each" | "room") {
        return Vec::new();
    }
    let table = of_plan(path);
    let whole = table.trim_end_matches("[]");
    let Some(Field { kind: Kind::List(Kind::Record(fields)), .. }) = path::field(whole) else {
        return Vec::new();
    };
    let mut ids: Vec<&str> = Vec::new();
    for (name, arguments) in filters {
        if BY_NAME.contains(name) {
            ids.extend(title_of(fields));
        }
        if *name == "protocol" {
            ids.push("title");
        }
        for (key, value) in arguments.split(',').filter_map(|a| a.split_once('=')) {
            let value = value.trim();
            match key.trim() {
                "by" | "of" | "detail" if value.starts_with(['"', '\'']) => {
                    ids.extend(fields.iter().map(|f| f.id).find(|id| *id == value.trim_matches(['"', '\''])));
                }
                "detail" => ids.extend(detail_of(fields)),
                _ => {}
            }
        }
    }
    if filters.is_empty() {
        ids.extend(title_of(fields));
    }
    ids.into_iter().map(|id| format!("{whole}[].{id}")).collect()
}

/// The field that says more of a record: its detail, or else what stands second.
pub(super) fn detail_of(fields: &'static [Field]) -> Option<&'static str> {
    fields.iter().find(|f| f.id == "detail").or(fields.get(1)).map(|f| f.id)
}

/// The fields of the records of a list; empty where they are not known.
pub(super) fn fields(list: &str) -> Vec<&'static str> {
    let table = of_plan(list);
    match path::field(table.trim_end_matches("[]")).map(|f| f.kind) {
        Some(Kind::List(Kind::Record(fields))) if !list.starts_with("plan") => {
            fields.iter().map(|f| f.id).collect()
        }
        _ => Vec::new(),
    }
}

/// A path below `plan` as the path of the table that its records stem from; others as they are.
fn of_plan(path: &str) -> String {
    let Some(rest) = path.strip_prefix("plan.") else { return path.to_owned() };
    let rest = match rest.split_once('.') {
        Some(("best" | "worst", field)) => return format!("units[].{field}"),
        Some(("good" | "behind" | "level", all)) if all.starts_with("all") => {
            return all.replacen("all", "indicators", 1);
        }
        _ => rest,
    };
    // The last list that is one of the table's own, and what follows it.
    let steps: Vec<&str> = rest.split('.').collect();
    let list = |step: &str| {
        let name = step.trim_end_matches("[]");
        FACTS.iter().any(|f| f.id == name && matches!(f.kind, Kind::List(_)))
    };
    match steps.iter().rposition(|step| list(step)) {
        Some(at) => steps[at..].join("."),
        None => path.to_owned(),
    }
}

/// What is computed in a plan, by the key of an item, and the facts that it is computed from.
const COMPUTED: &[(&str, &[&str])] = &[
    ("problem", &["problems[].name"]),
    ("problem_detail", &["problems[].detail"]),
    ("cause", &["problems[].cause"]),
    ("said", &["indicators[].name", "indicators[].value", "indicators[].prev", "indicators[].rank"]),
    ("gap", &["indicators[].value", "indicators[].target"]),
    ("pace", &["indicators[].value", "indicators[].target", "work.end"]),
    ("spread", &["units[].name", "units[].figure"]),
];

/// The facts of the table that a path mentions, as a skeleton declares them. Records and lists of
/// records are given as they are; what is none of the table's gives nothing.
pub(super) fn facts(path: &str) -> Vec<String> {
    match path {
        "words.work" | "words.it" => return vec!["work.short".to_owned(), "work.name".to_owned()],
        "words.place" => return vec!["locality.short".to_owned(), "locality.name".to_owned()],
        "words.topic" => {
            return ["work.topic", "work.short", "work.name"].map(str::to_owned).to_vec();
        }
        _ if path.starts_with("words.") => return vec!["locality.level".to_owned()],
        _ => {}
    }
    let table = of_plan(path);
    let last = table.rsplit('.').next().unwrap_or_default().trim_end_matches("[]");
    if path.starts_with("plan.") && path::field(&table).is_none() {
        let computed = COMPUTED.iter().find(|(key, _)| *key == last).map_or(&[][..], |(_, of)| of);
        return computed.iter().filter(|p| path::field(p).is_some()).map(|p| (*p).to_owned()).collect();
    }
    if table.starts_with("more.") {
        return vec![table];
    }
    let whole = table.trim_end_matches("[]");
    if path::field(whole).is_some() {
        return vec![whole.to_owned()];
    }
    // `value_yoy` is the `yoy` of the figure `value`.
    let part = FIGURE.iter().find_map(|f| {
        let figure = whole.strip_suffix(f.id)?.strip_suffix('_')?;
        matches!(path::field(figure)?.kind, Kind::Figure).then(|| format!("{figure}.{}", f.id))
    });
    part.into_iter().collect()
}

/// Whether a mention is of something that there is nowhere: no fact, nothing standing.
pub(super) fn is_unknown(path: &str) -> bool {
    !is_standing(path) && facts(path).is_empty()
}

/// What a body mentions, each path looked up once: many stand on dozens of lines.
#[derive(Debug)]
pub(super) struct Mentions<'m> {
    /// The paths in the order of their first mention, each with its facts.
    paths: Vec<(&'m str, Vec<String>)>,
    /// The lines of each path, as they were met.
    lines: HashMap<&'m str, Vec<u32>>,
}

impl<'m> Mentions<'m> {
    /// The mentions of these paths, each with its line from 1.
    pub(super) fn of(mentioned: &'m [(String, u32)]) -> Self {
        let mut lines: HashMap<&str, Vec<u32>> = HashMap::new();
        let mut paths = Vec::new();
        for (path, line) in mentioned {
            let known = lines.entry(path).or_insert_with(|| {
                paths.push((path.as_str(), facts(path)));
                Vec::new()
            });
            known.push(*line);
        }
        Self { paths, lines }
    }

    /// The paths of what there is nowhere.
    pub(super) fn unknown(&self) -> Vec<&'m str> {
        let unknown = self.paths.iter().filter(|(path, facts)| facts.is_empty() && !is_standing(path));
        unknown.map(|(path, _)| *path).collect()
    }

    /// The lines of all that is mentioned, by fact; a list goes by its name alone.
    pub(super) fn lines_by_fact(&self) -> HashMap<&str, Vec<u32>> {
        let mut all: HashMap<&str, Vec<u32>> = HashMap::new();
        for (path, facts) in &self.paths {
            let own = (!path.starts_with("words.")).then(|| whole(path));
            for fact in facts.iter().map(String::as_str).chain(own) {
                all.entry(fact).or_default().extend(&self.lines[path]);
            }
        }
        for lines in all.values_mut() {
            lines.sort_unstable();
            lines.dedup();
        }
        all
    }

    /// The facts that a skeleton uses beyond those it `declared`: each mention by its most exact path.
    /// A record or a list of records that nothing tells more of stands for its name.
    pub(super) fn undeclared(&self, declared: &[&str]) -> Vec<String> {
        let mut seen = HashSet::new();
        let all = self.paths.iter().flat_map(|(_, facts)| facts).filter(|fact| seen.insert(fact.as_str()));
        let all: Vec<&String> = all.collect();
        let below = |long: &str, short: &str| {
            long.strip_prefix(short).is_some_and(|rest| rest.starts_with(['.', '[']))
        };
        let mut out: Vec<String> = Vec::new();
        for path in &all {
            let leaf = match path::field(path).map(|f| f.kind) {
                Some(Kind::Record(fields)) => title_of(fields).map(|id| format!("{path}.{id}")),
                Some(Kind::List(Kind::Record(fields))) => title_of(fields).map(|id| format!("{path}[].{id}")),
                _ => None,
            };
            let vague = leaf.is_some()
                && (all.iter().any(|other| below(other, path))
                    || declared.iter().any(|other| below(other, path)));
            let leaf = leaf.unwrap_or_else(|| (*path).clone());
            // A record that is declared as a whole has all its fields.
            let known = |d: &str| whole(d) == leaf || below(&leaf, d);
            if !vague && !declared.iter().any(|d| known(d)) && !out.contains(&leaf) {
                out.push(leaf);
            }
        }
        out
    }
}

/// A pattern without the `[]` at its end: a list is declared with or without.
pub(super) fn whole(path: &str) -> &str {
    path.strip_suffix("[]").unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::{Mentions, facts, is_unknown, said};

    #[test]
    fn a_list_is_said_by_its_names_and_by_what_its_filters_ask_for() {
        assert_eq!(said("tasks", &[("run", "first=3, detail=1")], ""), ["tasks[].name", "tasks[].detail"]);
        assert_eq!(said("voices", &[], "who"), ["voices[].who"]);
        assert_eq!(
            said("units", &[("ranked", "by=\"figure\""), ("names", "")], ""),
            ["units[].figure", "units[].name"]
        );
        assert_eq!(said("plan.problems[].tasks", &[("names", "")], ""), ["tasks[].name"]);
        assert!(said("tasks", &[("count", "")], "").is_empty());
        assert!(said("work.progress", &[("run", "")], "").is_empty());
    }

    #[test]
    fn what_a_plan_gives_is_known_by_the_facts_that_it_stems_from() {
        assert_eq!(facts("plan.tasks[].owner"), ["tasks[].owner"]);
        assert_eq!(facts("plan.problems[].tasks[].due"), ["tasks[].due"]);
        assert_eq!(facts("plan.tasks[].problem"), ["problems[].name"]);
        assert_eq!(facts("plan.best.name"), ["units[].name"]);
        assert!(!is_unknown("plan.whatever"));
        assert!(is_unknown("meeting.plaec") && !is_unknown("indicators[].value_yoy"));
    }

    #[test]
    fn a_mention_is_declared_by_its_most_exact_path() {
        let mentioned = ["tasks", "tasks[]", "tasks[].owner", "honours", "words.work", "words.here"];
        let mentioned: Vec<_> = mentioned.iter().map(|p| ((*p).to_owned(), 1)).collect();
        let expected = ["tasks[].owner", "honours[].name", "work.short", "locality.level"];
        assert_eq!(Mentions::of(&mentioned).undeclared(&["work.name"]), expected);
    }
}
