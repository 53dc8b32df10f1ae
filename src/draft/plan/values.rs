//! The plan as skeletons see it: records with their marks, and what the plan adds to them.
//!
//! Only what a skeleton mentions is made.

use std::collections::BTreeSet;
use std::rc::Rc;

use tera::value::Key;
use tera::{Context, Value as Tera};

use super::Plan;
use super::frame::frame;
use super::item::Item;
use super::judge::{Judged, Verdict, goal};
use super::say::{Told, gap, pace, said};
use crate::draft::context::{Fields, Shape, Values};
use crate::draft::{compute, mark};
use crate::model::Facts;
use crate::model::facts::path;

/// Puts what these mentioned paths ask of the plan and the frame into the context of a skeleton that
/// needs these facts.
pub(in crate::draft) fn insert(
    context: &mut Context,
    mentioned: &BTreeSet<String>,
    plan: Option<&Plan<'_>>,
    (facts, values): (&Facts, &mut Values<'_>),
    needed: &BTreeSet<String>,
) {
    if mentioned.iter().any(|p| p.starts_with("frame")) {
        context.insert_value("frame", frame_of(facts, values));
    }
    let of_plan = |p: &String| {
        p.strip_prefix("plan.").map(|rest| rest.split(['.', '[']).next().unwrap_or_default().to_owned())
    };
    let asked: BTreeSet<String> = mentioned.iter().filter_map(of_plan).collect();
    let Some(plan) = plan.filter(|_| !asked.is_empty()) else { return };
    let mut making = Making::new(plan, values, needed);
    let mut out = Fields::new();
    for key in &asked {
        making.part(key, &mut out);
    }
    context.insert_value("plan", Tera::from(out));
}

/// The lines of the frame that are valid on the day of the document.
fn frame_of(facts: &Facts, values: &mut Values<'_>) -> Tera {
    let frame = frame(facts);
    let mut list = |lines: &[usize]| {
        let texts = lines.iter().map(|i| Tera::from(values.fact(&format!("wordings[{i}].text"))));
        Tera::from(texts.collect::<Vec<_>>())
    };
    let mut out = Fields::new();
    out.insert(Key::Str("basis"), list(&frame.basis));
    out.insert(Key::Str("guide"), list(&frame.guide));
    out.insert(Key::Str("spirit"), list(&frame.spirit));
    Tera::from(out)
}

/// What makes the plan as skeletons see it.
pub(super) struct Making<'a, 'f, 'v> {
    pub(super) plan: &'a Plan<'f>,
    pub(super) values: &'a mut Values<'v>,
    needed: &'a BTreeSet<String>,
    /// The shapes of the records of a list.
    shapes: Vec<(&'static str, Rc<Shape>)>,
    /// What was made of each record, which several keys have in them.
    tasks: Made,
    targets: Made,
    indicators: Made,
    units: Made,
    ranked: Vec<usize>,
    /// The figures of the units, marked, and all together.
    figures: Vec<String>,
    total: String,
}

/// Records by their places in the plan.
type Made = Vec<Option<Fields>>;

impl<'a, 'f, 'v> Making<'a, 'f, 'v> {
    fn new(plan: &'a Plan<'f>, values: &'a mut Values<'v>, needed: &'a BTreeSet<String>) -> Self {
        let figures = plan.units.iter().map(|u| values.fact(&format!("units[{}].figure", u.index)));
        let figures: Vec<String> = figures.collect();
        Self {
            plan,
            needed,
            shapes: Vec::new(),
            tasks: vec![None; plan.tasks.len()],
            targets: vec![None; plan.targets.len()],
            indicators: vec![None; plan.indicators.len()],
            units: vec![None; plan.units.len()],
            ranked: plan.ranked_units(),
            total: compute::total(&figures),
            figures,
            values,
        }
    }
}

impl Making<'_, '_, '_> {
    /// One key of the plan.
    fn part(&mut self, key: &str, out: &mut Fields) {
        let plan = self.plan;
        match key {
            "problems" => {
                let mut problems = plan.problem_order.iter().map(|&p| self.problem(p)).collect::<Vec<_>>();
                let lists = ["tasks", "measures", "indicators", "targets", "units"];
                problems.extend(self.blanks("problems", &plan.problems, &[], &lists));
                out.insert(Key::Str("problems"), Tera::from(problems));
            }
            "tasks" => {
                let mut tasks: Vec<Tera> =
                    plan.task_order.iter().map(|&t| Tera::from(self.task(t))).collect();
                let texts = ["problem", "problem_detail", "cause"];
                let lists = ["problems", "targets", "indicators", "projects", "units"];
                // What comes next (打算) stands for the tasks, and none is missing.
                let needed = if plan.task_list == "tasks" { "tasks" } else { "plans" };
                tasks.extend(self.blanks(needed, &plan.tasks, &texts, &lists));
                out.insert(Key::Str("tasks"), Tera::from(tasks));
            }
            "measures" | "targets" | "indicators" | "projects" => {
                let all = match key {
                    "measures" => (0..plan.measures.len())
                        .map(|i| self.record("measures", plan.measures[i].index))
                        .collect(),
                    "targets" => (0..plan.targets.len()).map(|i| self.target(i)).collect(),
                    "indicators" => (0..plan.indicators.len()).map(|i| self.indicator(i)).collect(),
                    _ => (0..plan.projects.len())
                        .map(|i| self.record("projects", plan.projects[i].index))
                        .collect(),
                };
                out.insert(Key::from(key.to_owned()), list(all));
            }
            "good" | "behind" | "level" => self.judged(key, out),
            "account" => {
                let account = self.account();
                out.insert(Key::Str("account"), Tera::from(account));
            }
            "units" | "best" | "worst" | "spread" => self.ranking(key, out),
            "condition" => {
                out.insert(
                    Key::Str("condition"),
                    Tera::from(plan.condition().map_or("", super::Condition::id)),
                );
            }
            "loose" => {
                let loose = plan.loose().into_iter().map(|loose| {
                    let mut one = Fields::new();
                    one.insert(Key::Str("what"), Tera::from(loose.list));
                    one.insert(Key::Str("name"), Tera::from(loose.name));
                    one.insert(Key::Str("say"), Tera::from(loose.say.zh.to_string()));
                    one
                });
                out.insert(Key::Str("loose"), list(loose.collect()));
            }
            // Another key is a slip that Tera tells with its line.
            _ => {}
        }
    }

    /// All fields of a record of a list, by its index in the file.
    fn record(&mut self, name: &'static str, index: usize) -> Fields {
        let shape = match self.shapes.iter().find(|(own, _)| *own == name) {
            Some((_, shape)) => Rc::clone(shape),
            None => {
                let table = path::field(name).map_or(&[][..], |f| f.kind.fields());
                let shape = Rc::new(Shape::of_record(table, &format!("{name}[]"), self.needed));
                self.shapes.push((name, Rc::clone(&shape)));
                shape
            }
        };
        self.values.record(&shape, name, index)
    }

    /// The records of a list whose name is needed and was not given, where blanks are allowed: they show
    /// where it would stand, with all keys that the plan gives such a record, so that a skeleton may go
    /// through them.
    fn blanks(
        &mut self,
        name: &'static str,
        named: &[Item<'_>],
        texts: &[&'static str],
        lists: &[&'static str],
    ) -> Vec<Tera> {
        if !self.needed.contains(&format!("{name}[].name")) {
            return Vec::new();
        }
        let nameless: Vec<usize> = match self.values.list(name) {
            0 => vec![0],
            all => (0..all).filter(|i| named.iter().all(|item| item.index != *i)).collect(),
        };
        let mut out = Vec::new();
        for index in nameless {
            let mut blank = self.record(name, index);
            if blank.get(&Key::Str("name")).is_none_or(|name| mark::is_blank(&name.to_string())) {
                continue;
            }
            blank.extend(texts.iter().map(|key| (Key::Str(key), Tera::from(""))));
            blank.extend(lists.iter().map(|key| (Key::Str(key), list(Vec::new()))));
            out.push(Tera::from(blank));
        }
        out
    }

    fn problem(&mut self, p: usize) -> Tera {
        let plan = self.plan;
        let mut out = self.record("problems", plan.problems[p].index);
        let mut tasks = plan.links.tasks_of[p].clone();
        tasks.sort_by_key(|t| plan.task_order.iter().position(|o| o == t));
        let measures = plan.links.measures_of[p]
            .iter()
            .map(|&m| self.record("measures", plan.measures[m].index))
            .collect();
        let indicators = tasks
            .iter()
            .flat_map(|&t| plan.links.indicators_of(t).collect::<Vec<_>>())
            .map(|i| self.indicator(i))
            .collect();
        let targets = tasks
            .iter()
            .flat_map(|&t| plan.links.targets_of(t).collect::<Vec<_>>())
            .map(|t| self.target(t))
            .collect();
        let concerned = plan.problems[p].text("unit");
        let units = self.units(|name| concerned.contains(name));
        let tasks = tasks.into_iter().map(|t| {
            let mut task = self.task(t);
            // A task that answers two problems is told at the heavier one.
            task.insert(Key::Str("again"), Tera::from(plan.problem_of(t) != Some(p)));
            task
        });
        out.insert(Key::Str("tasks"), list(tasks.collect()));
        out.insert(Key::Str("measures"), list(measures));
        out.insert(Key::Str("indicators"), list(indicators));
        out.insert(Key::Str("targets"), list(targets));
        out.insert(Key::Str("units"), units);
        Tera::from(out)
    }

    fn task(&mut self, t: usize) -> Fields {
        if let Some(made) = &self.tasks[t] {
            return made.clone();
        }
        let plan = self.plan;
        let mut out = self.record(plan.task_list, plan.tasks[t].index);
        let problem = plan.problem_of(t).map(|p| plan.problems[p].index);
        for (key, id) in [("problem", "name"), ("problem_detail", "detail"), ("cause", "cause")] {
            let text = problem.map(|p| self.values.fact(&format!("problems[{p}].{id}"))).unwrap_or_default();
            out.insert(Key::Str(key), Tera::from(text));
        }
        let all = plan.problem_order.iter().filter(|p| plan.links.tasks_of[**p].contains(&t));
        let problems = all.map(|&p| self.record("problems", plan.problems[p].index)).collect();
        out.insert(Key::Str("problems"), list(problems));
        let targets = plan.links.targets_of(t).map(|i| self.target(i)).collect();
        out.insert(Key::Str("targets"), list(targets));
        let indicators = plan.links.indicators_of(t).map(|i| self.indicator(i)).collect();
        out.insert(Key::Str("indicators"), list(indicators));
        let projects =
            plan.links.projects_of(t).map(|i| self.record("projects", plan.projects[i].index)).collect();
        out.insert(Key::Str("projects"), list(projects));
        let named = plan.tasks[t].said(&["owner", "partners"]);
        out.insert(Key::Str("units"), self.units(|name| named.contains(name)));
        self.tasks[t] = Some(out.clone());
        out
    }

    /// The units whose names a text has, best first.
    fn units(&mut self, named: impl Fn(&str) -> bool) -> Tera {
        let units = self.order_of_units().into_iter().filter(|&u| named(&self.plan.units[u].name()));
        let units: Vec<usize> = units.collect();
        list(units.into_iter().map(|u| self.unit(u)).collect())
    }

    /// The units in order of their figures, else of the file.
    fn order_of_units(&self) -> Vec<usize> {
        if self.ranked.is_empty() { (0..self.plan.units.len()).collect() } else { self.ranked.clone() }
    }

    fn unit(&mut self, u: usize) -> Fields {
        if let Some(made) = &self.units[u] {
            return made.clone();
        }
        let mut out = self.record("units", self.plan.units[u].index);
        let figures = &self.figures;
        let share = if figures.len() > 1 { compute::share(&figures[u], &self.total) } else { String::new() };
        out.insert(Key::Str("share"), Tera::from(share));
        out.insert(Key::Str("verdict"), Tera::from(self.verdict_of_unit(u).id()));
        self.units[u] = Some(out.clone());
        out
    }

    /// A unit is ahead in the better half without a lack, behind in the other with one; 100% is done.
    fn verdict_of_unit(&self, u: usize) -> Verdict {
        let Some(at) = self.ranked.iter().position(|r| *r == u) else { return Verdict::Unknown };
        let lacks = self.plan.units[u].has("lag");
        match (at * 2 < self.ranked.len(), lacks) {
            (true, false) => Verdict::Ahead,
            (false, true) => Verdict::Behind,
            _ => Verdict::Level,
        }
    }

    fn ranking(&mut self, key: &str, out: &mut Fields) {
        match (key, self.ranked.first().copied(), self.ranked.last().copied()) {
            ("units", ..) => {
                let units = self.order_of_units();
                let units = units.into_iter().map(|u| self.unit(u)).collect();
                out.insert(Key::Str("units"), list(units));
            }
            ("best", Some(best), _) => {
                let best = self.unit(best);
                out.insert(Key::Str("best"), Tera::from(best));
            }
            ("worst", _, Some(worst)) => {
                let worst = self.unit(worst);
                out.insert(Key::Str("worst"), Tera::from(worst));
            }
            ("spread", Some(best), Some(worst)) => {
                let spread = apart(&self.figures[best], &self.figures[worst]);
                out.insert(Key::Str("spread"), Tera::from(spread));
            }
            // So that a skeleton may ask for it.
            ("best" | "worst", ..) => {
                out.insert(Key::from(key.to_owned()), Tera::from(Fields::new()));
            }
            _ => {
                out.insert(Key::Str("spread"), Tera::from(""));
            }
        }
    }

    /// Indicators of one verdict: those that belong to no task, and all.
    fn judged(&mut self, key: &str, out: &mut Fields) {
        let plan = self.plan;
        let is_of = |verdict: Verdict| match key {
            "good" => verdict == Verdict::Ahead,
            "behind" => verdict == Verdict::Behind,
            _ => matches!(verdict, Verdict::Level | Verdict::Unknown),
        };
        let mut of: Vec<usize> =
            (0..plan.indicators.len()).filter(|&i| is_of(plan.of_indicators[i].verdict)).collect();
        if key == "behind" {
            of.sort_by_key(|&i| std::cmp::Reverse(plan.of_indicators[i].behind));
        }
        let free = of.iter().copied().filter(|&i| plan.links.tasks_of_indicators[i].is_none());
        let free = free.map(|i| self.indicator(i)).collect();
        let all = of.iter().map(|&i| self.indicator(i)).collect();
        let mut both = Fields::new();
        both.insert(Key::Str("indicators"), list(free));
        both.insert(Key::Str("all"), list(all));
        out.insert(Key::from(key.to_owned()), Tera::from(both));
    }

    pub(super) fn indicator(&mut self, i: usize) -> Fields {
        if let Some(made) = &self.indicators[i] {
            return made.clone();
        }
        let plan = self.plan;
        let item = &plan.indicators[i];
        let mut out = self.record("indicators", item.index);
        let text = |id: &'static str| out.get(&Key::Str(id)).map(ToString::to_string).unwrap_or_default();
        let target = plan.links.goals[i].map(|t| &plan.targets[t]);
        let of_target = target.map(|t| t.index);
        let mut of =
            |id: &str| of_target.map(|t| self.values.fact(&format!("targets[{t}].{id}"))).unwrap_or_default();
        let own = text("target");
        let goal_of = if own.is_empty() { of("value") } else { own };
        let told = Told::of(text, goal_of, of("due"));
        let judged = &plan.of_indicators[i];
        let deadline = goal(item, target).1;
        let date = self.values.fact("document.date");
        let days = (plan.time.today, plan.time.due(&deadline));
        let task = plan.links.tasks_of_indicators[i];
        let task =
            task.map(|t| self.values.fact(&format!("{}[{}].name", plan.task_list, plan.tasks[t].index)));
        out.insert(Key::Str("said"), Tera::from(said(&told, judged, &plan.upper)));
        out.insert(Key::Str("task"), Tera::from(task.unwrap_or_default()));
        ahead_of((&told.value, &told.goal), (&told.due, &date), judged, days, &mut out);
        out.insert(Key::Str("due"), Tera::from(told.due));
        self.indicators[i] = Some(out.clone());
        out
    }

    fn target(&mut self, t: usize) -> Fields {
        if let Some(made) = &self.targets[t] {
            return made.clone();
        }
        let plan = self.plan;
        let item = &plan.targets[t];
        let mut out = self.record("targets", item.index);
        let text = |id: &'static str| out.get(&Key::Str(id)).map(ToString::to_string).unwrap_or_default();
        let (value, base, due) = (text("value"), text("base"), text("due"));
        let days = (plan.time.today, plan.time.due(&item.text("due")));
        let date = self.values.fact("document.date");
        ahead_of((&base, &value), (&due, &date), &plan.of_targets[t], days, &mut out);
        let task = plan.links.tasks_of_targets[t];
        let task =
            task.map(|t| self.values.fact(&format!("{}[{}].name", plan.task_list, plan.tasks[t].index)));
        out.insert(Key::Str("task"), Tera::from(task.unwrap_or_default()));
        let falls = plan.of_targets[t].better == Some(super::Better::Lower);
        out.insert(Key::Str("falls"), Tera::from(if falls { "1" } else { "" }));
        self.targets[t] = Some(out.clone());
        out
    }
}

/// What a figure still lacks, what is needed a day, and its verdict.
fn ahead_of(
    (value, goal): (&str, &str),
    (due, date): (&str, &str),
    judged: &Judged,
    days: (Option<i64>, Option<i64>),
    out: &mut Fields,
) {
    out.insert(Key::Str("gap"), Tera::from(gap(value, goal, judged.better)));
    out.insert(Key::Str("pace"), Tera::from(pace((value, goal), judged.better, days, &[due, date])));
    out.insert(Key::Str("verdict"), Tera::from(judged.verdict.id()));
}

/// How far two figures are apart: 相差45个百分点.
fn apart(one: &str, other: &str) -> String {
    let Some((a, b, decimals)) = compute::pair(one, other) else { return String::new() };
    let step = a.at(decimals) - b.at(decimals);
    if step == 0 {
        return String::new();
    }
    let unit = if a.is_percent() { "个百分点" } else { &a.unit };
    mark::computed([one, other], &format!("相差{}{unit}", compute::number(step, decimals)))
}

fn list(fields: Vec<Fields>) -> Tera {
    Tera::from(fields.into_iter().map(Tera::from).collect::<Vec<_>>())
}
