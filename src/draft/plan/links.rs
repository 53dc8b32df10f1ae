//! What belongs to what: tasks and measures to the problems that they answer, targets, indicators and
//! projects to tasks, units to whom they are named with.
//!
//! What the facts say (`针对`, `对应`) counts alone: a problem that a task is said to answer is given no
//! other by its words, and `针对: []` says that a task answers none.

use super::Plan;
use super::item::{Item, items};
use super::link::{Field, SAME_OWNER, Subject, Weight};
use crate::model::Facts;
use crate::model::facts::Value;

/// The links of a plan, by places in its lists.
#[derive(Debug, Default)]
pub(super) struct Links {
    /// Of each problem, the tasks and the measures that answer it.
    pub tasks_of: Vec<Vec<usize>>,
    pub measures_of: Vec<Vec<usize>>,
    /// Of each target, indicator and project, its task.
    pub tasks_of_targets: Vec<Option<usize>>,
    pub tasks_of_indicators: Vec<Option<usize>>,
    pub tasks_of_projects: Vec<Option<usize>>,
    /// Of each indicator, the target that says what it is to reach.
    pub goals: Vec<Option<usize>>,
    /// Names that 针对 and 对应 give and no record has: which record says so, and the name.
    pub strangers: Vec<(Origin, usize, String)>,
}

/// The list of a record that names another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    Task,
    Measure,
    Target,
}

/// What a task and a measure say besides their name.
const TASK: &[&str] = &["now", "detail", "target", "case"];
const MEASURE: &[&str] = &["detail"];

impl Links {
    pub fn of(plan: &Plan<'_>, facts: &Facts) -> Self {
        let mut links = Self::default();
        let of_all = of_all(facts);
        let subjects = |items: &[Item<'_>], ids: &[&str]| -> Vec<Subject> {
            items.iter().map(|i| Subject::of(&i.name(), &i.said(ids))).collect()
        };
        let (tasks, measures) = (subjects(&plan.tasks, TASK), subjects(&plan.measures, MEASURE));
        let problems = subjects(&plan.problems, &["detail", "cause"]);
        let field = Field::of(&[&tasks, &measures, &problems], &of_all);

        let named_tasks = links.named(Origin::Task, &plan.tasks, &plan.problems);
        let named_measures = links.named(Origin::Measure, &plan.measures, &plan.problems);
        links.tasks_of = answers(plan, &field, &problems, (&plan.tasks, &tasks), &named_tasks);
        links.measures_of = answers(plan, &field, &problems, (&plan.measures, &measures), &named_measures);

        let plain = Field::of(&[&tasks], &of_all);
        let tasks: Vec<&Subject> = tasks.iter().collect();
        let told: Vec<Told> = plan.tasks.iter().map(Told::of).collect();
        links.tasks_of_targets = plan
            .targets
            .iter()
            .enumerate()
            .map(|(index, target)| {
                let named = target.text("task");
                if !named.is_empty() {
                    let found = find(&plan.tasks, &named);
                    if found.is_none() {
                        links.strangers.push((Origin::Target, index, named));
                    }
                    return found;
                }
                let weights = figures(target, &told);
                plain.nearest(&Subject::of(&target.name(), ""), &tasks, &|t| weights[t])
            })
            .collect();
        links.goals = plan.indicators.iter().map(|i| goal(i, &plan.targets)).collect();
        links.tasks_of_indicators = plan
            .indicators
            .iter()
            .zip(&links.goals)
            .map(|(indicator, goal)| {
                let by_target = goal.and_then(|t| links.tasks_of_targets[t]);
                by_target.or_else(|| plain.nearest(&Subject::of(&indicator.name(), ""), &tasks, &|_| 0))
            })
            .collect();
        links.tasks_of_projects = plan
            .projects
            .iter()
            .map(|project| {
                let owner = project.text("owner");
                let same = |t: usize| {
                    let of_task = plan.tasks[t].text("owner");
                    Weight::from(!owner.is_empty() && owner == of_task) * SAME_OWNER
                };
                plain.nearest(&Subject::of(&project.name(), ""), &tasks, &same)
            })
            .collect();
        links
    }

    /// Of each record of a list the problems that it names (针对), `None` where it says nothing; names of no problem are kept as
    /// strangers.
    fn named(&mut self, origin: Origin, list: &[Item<'_>], problems: &[Item<'_>]) -> Vec<Option<Vec<usize>>> {
        list.iter()
            .enumerate()
            .map(|(index, item)| {
                let names = item.list("answers")?;
                let found = names.into_iter().filter_map(|name| {
                    let found = find(problems, &name);
                    if found.is_none() {
                        self.strangers.push((origin, index, name));
                    }
                    found
                });
                Some(found.collect())
            })
            .collect()
    }

    /// The indicators of a task, in order of the file.
    pub fn indicators_of(&self, task: usize) -> impl Iterator<Item = usize> + '_ {
        of(&self.tasks_of_indicators, task)
    }

    /// The targets of a task.
    pub fn targets_of(&self, task: usize) -> impl Iterator<Item = usize> + '_ {
        of(&self.tasks_of_targets, task)
    }

    /// The projects of a task.
    pub fn projects_of(&self, task: usize) -> impl Iterator<Item = usize> + '_ {
        of(&self.tasks_of_projects, task)
    }
}

fn of(tasks: &[Option<usize>], task: usize) -> impl Iterator<Item = usize> + '_ {
    tasks.iter().enumerate().filter(move |(_, of)| **of == Some(task)).map(|(index, _)| index)
}

/// What every record speaks of: the work, the meeting, the places.
fn of_all(facts: &Facts) -> String {
    let of_all = ["work.name", "work.short", "meeting.name", "locality.name", "locality.short"];
    let mut words: Vec<String> = of_all.iter().filter_map(|path| facts.text(path)).collect();
    if let Some(Value::List(towns)) = facts.get("locality.towns").map(|f| &f.value) {
        words.extend(towns.iter().filter_map(|town| town.value.text()));
    }
    words.extend(items(facts, "units").iter().map(Item::name));
    words.join("。")
}

/// The record of this name: the same, or the only one whose name holds it or is held by it.
fn find(list: &[Item<'_>], name: &str) -> Option<usize> {
    let name = name.trim();
    if let Some(same) = list.iter().position(|item| item.name() == name) {
        return Some(same);
    }
    let mut near =
        list.iter().enumerate().filter(|(_, item)| item.name().contains(name) || name.contains(&item.name()));
    match (near.next(), near.next()) {
        (Some((index, _)), None) => Some(index),
        _ => None,
    }
}

/// Of each problem the records of a list that answer it.
fn answers(
    plan: &Plan<'_>,
    field: &Field,
    problems: &[Subject],
    (items, subjects): (&[Item<'_>], &[Subject]),
    named: &[Option<Vec<usize>>],
) -> Vec<Vec<usize>> {
    let mut answers: Vec<Vec<usize>> = vec![Vec::new(); problems.len()];
    for (index, problems) in named.iter().enumerate() {
        for &problem in problems.iter().flatten() {
            answers[problem].push(index);
        }
    }
    // Who says what she answers is not asked again.
    let open: Vec<usize> = (0..items.len()).filter(|&i| named[i].is_none()).collect();
    let empty = Subject::default();
    let list: Vec<&Subject> =
        (0..items.len()).map(|i| if open.contains(&i) { &subjects[i] } else { &empty }).collect();
    for (problem, asked) in problems.iter().enumerate() {
        if !answers[problem].is_empty() {
            continue;
        }
        let concerned = plan.problems[problem].text("unit");
        let same = |i: usize| {
            let owner = items[i].text("owner");
            Weight::from(open.contains(&i) && !owner.is_empty() && owner == concerned) * SAME_OWNER
        };
        answers[problem].extend(field.nearest(asked, &list, &same));
    }
    answers
}

/// The texts of a task in which figures are looked for.
struct Told {
    all: String,
    /// What it is to reach.
    target: String,
}

impl Told {
    fn of(task: &Item<'_>) -> Self {
        Self { all: task.said(TASK), target: task.said(&["target"]) }
    }
}

/// What figures say for each task: a target's value, or what is still to be done, that stands in its text
/// with its unit, and in no other's. Three digits are hardly there by chance and enough alone; of
/// percentages, which are round and stand anywhere, only those with a decimal count.
fn figures(target: &Item<'_>, tasks: &[Told]) -> Vec<Weight> {
    let (value, base) = (target.text("value"), target.text("base"));
    let step = crate::draft::compute::pair(&value, &base).map(|(v, b, decimals)| {
        let step = v.at(decimals) - b.at(decimals);
        format!("{}{}", crate::draft::compute::number(step, decimals), v.unit)
    });
    let mut weights = vec![0; tasks.len()];
    for figure in [value, base].into_iter().chain(step) {
        let digits = figure.bytes().filter(u8::is_ascii_digit).count();
        let is_round = figure.ends_with(['%', '％']) && !figure.contains('.');
        if digits < 2 || is_round {
            continue;
        }
        let mut with = tasks.iter().enumerate().filter(|(_, task)| has_figure(&task.all, &figure));
        if let (Some((index, task)), None) = (with.next(), with.next()) {
            let is_telling = digits > 2 && has_figure(&task.target, &figure);
            weights[index] += if is_telling { 2 * SAME_OWNER } else { SAME_OWNER };
        }
    }
    weights
}

/// Whether a figure stands in a text, its digits no part of longer ones; people are 人, 名 and 位.
fn has_figure(text: &str, figure: &str) -> bool {
    let end = figure.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(figure.len());
    let (number, unit) = figure.split_at(end);
    let of_people = ["人", "名", "位"];
    text.match_indices(number).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + number.len()..]);
        let is_whole = !before.ends_with(|c: char| c.is_ascii_digit() || c == '.');
        let same = after.starts_with(unit)
            || of_people.contains(&unit) && of_people.iter().any(|one| after.starts_with(one));
        is_whole && same
    })
}

/// The target that an indicator is to reach: of the same name, or the only one that one of the names is a
/// part of, in the same unit.
fn goal(indicator: &Item<'_>, targets: &[Item<'_>]) -> Option<usize> {
    /// Shorter names are part of too many others.
    const TELLING: usize = 4;
    let name = indicator.name();
    if let Some(same) = targets.iter().position(|t| t.name() == name) {
        return Some(same);
    }
    let is_part = |t: &Item<'_>| {
        let other = t.name();
        let short = name.chars().count().min(other.chars().count());
        let one_unit = crate::draft::compute::pair(&indicator.text("value"), &t.text("value")).is_some();
        short >= TELLING && one_unit && (name.contains(&other) || other.contains(&name))
    };
    let mut near = targets.iter().enumerate().filter(|(_, t)| is_part(t));
    match (near.next(), near.next()) {
        (Some((index, _)), None) => Some(index),
        _ => None,
    }
}
