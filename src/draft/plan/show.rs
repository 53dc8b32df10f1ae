//! The plan for people (a tree) and for programs (schema `wengao.plan/1`).

use serde_json::{Value as Json, json};

use super::judge::{Verdict, goal};
use super::say::{Told, gap, pace, said};
use super::{Condition, Plan};
use crate::base::Lang;
use crate::model::facts::path::in_chinese;

/// The name of the form for programs.
const SCHEMA: &str = "wengao.plan/1";

/// What a figure says, lacks and needs a day; empty where it cannot be computed.
struct Figure {
    said: String,
    gap: String,
    pace: String,
    verdict: Verdict,
}

impl Plan<'_> {
    /// The plan for programs: problems and tasks heaviest first, each with the path of its record;
    /// indicators that belong to no task under `good`, `behind` and `level`; what hangs loose.
    #[must_use]
    pub fn as_json(&self, lang: Lang) -> Json {
        let problems: Vec<Json> = self.problem_order.iter().map(|&p| self.problem_json(p)).collect();
        let tasks: Vec<Json> = self.task_order.iter().map(|&t| self.task_json(t)).collect();
        let free = |verdicts: &[Verdict]| {
            let of = self.free(verdicts).map(|i| self.indicator_json(i));
            of.collect::<Vec<_>>()
        };
        let loose: Vec<Json> = self
            .loose()
            .into_iter()
            .map(|l| {
                let path = format!("{}[{}]", l.list, l.index);
                json!({
                    "path": path, "key": in_chinese(&path), "name": l.name, "field": l.field,
                    "say": l.say.in_lang(lang),
                })
            })
            .collect();
        json!({
            "schema": SCHEMA,
            "condition": self.condition().map(Condition::id),
            "problems": problems,
            "tasks": tasks,
            "good": free(&[Verdict::Ahead]),
            "behind": free(&[Verdict::Behind]),
            "level": free(&[Verdict::Level, Verdict::Unknown]),
            "units": self.units_json(),
            "loose": loose,
        })
    }

    fn problem_json(&self, p: usize) -> Json {
        let problem = &self.problems[p];
        let tasks = self.links.tasks_of[p].iter().map(|&t| self.tasks[t].name());
        let measures = self.links.measures_of[p].iter().map(|&m| self.measures[m].name());
        json!({
            "path": format!("problems[{}]", problem.index),
            "name": problem.name(),
            "detail": problem.text("detail"),
            "cause": problem.text("cause"),
            "unit": problem.text("unit"),
            "tasks": tasks.collect::<Vec<_>>(),
            "measures": measures.collect::<Vec<_>>(),
        })
    }

    fn task_json(&self, t: usize) -> Json {
        let task = &self.tasks[t];
        let problem = self.problem_of(t).map(|p| self.problems[p].name());
        let targets: Vec<Json> = self
            .links
            .targets_of(t)
            .map(|t| {
                let (item, figure) = (&self.targets[t], self.target_figure(t));
                json!({
                    "path": format!("targets[{}]", item.index), "name": item.name(), "value": item.text("value"),
                    "base": item.text("base"), "due": item.text("due"), "gap": figure.gap, "pace": figure.pace,
                    "verdict": figure.verdict.id(),
                })
            })
            .collect();
        let indicators: Vec<Json> = self.links.indicators_of(t).map(|i| self.indicator_json(i)).collect();
        let projects: Vec<String> = self.links.projects_of(t).map(|j| self.projects[j].name()).collect();
        json!({
            "path": format!("{}[{}]", self.task_list, task.index),
            "name": task.name(),
            "owner": task.text("owner"),
            "due": task.text("due"),
            "target": task.text("target"),
            "problem": problem,
            "targets": targets,
            "indicators": indicators,
            "projects": projects,
        })
    }

    fn indicator_json(&self, i: usize) -> Json {
        let figure = self.indicator_figure(i);
        json!({
            "path": format!("indicators[{}]", self.indicators[i].index), "name": self.indicators[i].name(),
            "said": figure.said, "gap": figure.gap, "pace": figure.pace, "verdict": figure.verdict.id(),
        })
    }

    fn units_json(&self) -> Json {
        let ranked = self.ranked_units();
        let one = |u: usize| json!({ "name": self.units[u].name(), "figure": self.units[u].text("figure") });
        match (ranked.first(), ranked.last()) {
            (Some(&best), Some(&worst)) => json!({ "best": one(best), "worst": one(worst) }),
            _ => Json::Null,
        }
    }

    /// The indicators that belong to no task, of these verdicts.
    fn free(&self, verdicts: &[Verdict]) -> impl Iterator<Item = usize> {
        let free = |i: &usize| self.links.tasks_of_indicators[*i].is_none();
        let is = |i: &usize| verdicts.contains(&self.of_indicators[*i].verdict);
        (0..self.indicators.len()).filter(free).filter(is).collect::<Vec<_>>().into_iter()
    }

    fn indicator_figure(&self, i: usize) -> Figure {
        let (item, judged) = (&self.indicators[i], &self.of_indicators[i]);
        let (goal, due) = goal(item, self.links.goals[i].map(|t| &self.targets[t]));
        let days = (self.time.today, self.time.due(&due));
        let told = Told::of(|id| item.text(id), goal, due);
        Figure {
            gap: gap(&told.value, &told.goal, judged.better),
            pace: pace((&told.value, &told.goal), judged.better, days, &[]),
            said: said(&told, judged, &self.upper),
            verdict: judged.verdict,
        }
    }

    fn target_figure(&self, t: usize) -> Figure {
        let (item, judged) = (&self.targets[t], &self.of_targets[t]);
        let (value, base) = (item.text("value"), item.text("base"));
        let days = (self.time.today, self.time.due(&item.text("due")));
        let way = if base.is_empty() { value.clone() } else { format!("{base}→{value}") };
        Figure {
            said: format!("{} {way}", item.name()),
            gap: gap(&base, &value, judged.better),
            pace: pace((&base, &value), judged.better, days, &[]),
            verdict: judged.verdict,
        }
    }

    /// The plan for people: what answers what, heaviest first, then what belongs to no problem and to no
    /// task, then what hangs loose.
    #[must_use]
    pub fn tree(&self, lang: Lang) -> String {
        let mut tree = Tree { plan: self, lang, out: String::new() };
        tree.whole();
        tree.out
    }
}

/// A tree that is being written.
struct Tree<'a, 'f> {
    plan: &'a Plan<'f>,
    lang: Lang,
    out: String,
}

impl Tree<'_, '_> {
    fn line(&mut self, depth: usize, zh: &str, en: &str, words: &str) {
        let label = if self.lang == Lang::Zh { zh } else { en };
        let gap = if words.is_empty() { "" } else { " " };
        self.out.push_str(&format!("{}{label}{gap}{words}\n", "  ".repeat(depth)));
    }

    fn whole(&mut self) {
        let plan = self.plan;
        if let Some(condition) = plan.condition() {
            let (zh, en) = match condition {
                Condition::Ahead => {
                    ("总体：好的，没有落后的指标", "on the whole: ahead, no figure is behind")
                }
                Condition::Behind => {
                    ("总体：落后的指标更多", "on the whole: more figures are behind than ahead")
                }
                Condition::Mixed => ("总体：有好有差", "on the whole: some figures are ahead, some behind"),
            };
            self.line(0, zh, en, "");
        }
        for &p in &plan.problem_order {
            self.problem(p);
        }
        for &t in plan.task_order.iter().filter(|t| plan.problem_of(**t).is_none()) {
            self.task(0, t);
        }
        let told = |m: &usize| plan.links.measures_of.iter().any(|of| of.contains(m));
        for m in (0..plan.measures.len()).filter(|m| !told(m)) {
            self.measure(0, m);
        }
        for t in (0..plan.targets.len()).filter(|&t| plan.links.tasks_of_targets[t].is_none()) {
            self.figure(0, ("目标", "target"), &plan.target_figure(t));
        }
        let sides = [
            (Verdict::Ahead, "指标（好）", "indicator (ahead)"),
            (Verdict::Behind, "指标（差）", "indicator (behind)"),
            (Verdict::Level, "指标（平）", "indicator (level)"),
            (Verdict::Unknown, "指标（不评）", "indicator (not judged)"),
        ];
        for (verdict, zh, en) in sides {
            for i in plan.free(&[verdict]) {
                let figure = plan.indicator_figure(i);
                self.figure(0, (zh, en), &figure);
            }
        }
        let ranked = plan.ranked_units();
        if let (Some(&best), Some(&worst)) = (ranked.first(), ranked.last()) {
            let figure = |u: usize| format!("{}{}", plan.units[u].name(), plan.units[u].text("figure"));
            let words = format!("{} … {}", figure(best), figure(worst));
            self.line(0, "单位，从好到差", "units, best to worst", &words);
        }
        let loose = plan.loose();
        if !loose.is_empty() {
            let count = loose.len();
            self.line(0, &format!("悬空{count}处："), &format!("{count} loose:"), "");
            for one in loose {
                self.line(1, &one.say.zh, &one.say.en, "");
            }
        }
    }

    fn problem(&mut self, p: usize) {
        let plan = self.plan;
        let problem = &plan.problems[p];
        self.line(0, "问题", "problem", &named(&problem.name(), &[problem.text("unit")]));
        let cause = problem.text("cause");
        if !cause.is_empty() {
            self.line(1, "原因", "cause", &cause);
        }
        for &t in &plan.links.tasks_of[p] {
            if plan.problem_of(t) == Some(p) {
                self.task(1, t);
            } else {
                self.line(1, "任务（见上）", "task (see above)", &plan.tasks[t].name());
            }
        }
        for &m in &plan.links.measures_of[p] {
            self.measure(1, m);
        }
        if plan.links.tasks_of[p].is_empty() && plan.links.measures_of[p].is_empty() {
            self.line(1, "没有任务回应", "no task answers it", "");
        }
    }

    fn measure(&mut self, depth: usize, m: usize) {
        let measure = &self.plan.measures[m];
        let words = named(&measure.name(), &[measure.text("owner"), measure.text("due")]);
        self.line(depth, "措施", "measure", &words);
    }

    fn task(&mut self, depth: usize, t: usize) {
        let plan = self.plan;
        let task = &plan.tasks[t];
        let words = named(&task.name(), &[task.text("owner"), task.text("due")]);
        self.line(depth, "任务", "task", &words);
        let target = task.text("target");
        if !target.is_empty() {
            self.line(depth + 1, "目标", "target", &target);
        }
        for target in plan.links.targets_of(t) {
            let figure = plan.target_figure(target);
            self.figure(depth + 1, ("目标", "target"), &figure);
        }
        for indicator in plan.links.indicators_of(t) {
            let figure = plan.indicator_figure(indicator);
            self.figure(depth + 1, ("指标", "indicator"), &figure);
        }
        for project in plan.links.projects_of(t) {
            let project = &plan.projects[project];
            let words = named(&project.name(), &[project.text("progress"), project.text("due")]);
            self.line(depth + 1, "项目", "project", &words);
        }
    }

    fn figure(&mut self, depth: usize, (zh, en): (&str, &str), figure: &Figure) {
        let all = [&figure.said, &figure.gap, &figure.pace];
        let words: Vec<&str> = all.into_iter().map(String::as_str).filter(|w| !w.is_empty()).collect();
        self.line(depth, zh, en, &words.join("；"));
    }
}

/// A name with what is known of it in brackets: 抓好垃圾治理（县住房城乡建设局，9月底前）.
fn named(name: &str, rest: &[String]) -> String {
    let rest: Vec<&str> = rest.iter().map(String::as_str).filter(|w| !w.is_empty()).collect();
    if rest.is_empty() { name.to_owned() } else { format!("{name}（{}）", rest.join("，")) }
}
