//! The plan of a document (谋篇): what answers what, what weighs most, what is ahead and what behind.
//!
//! A skeleton that lists each kind of facts by itself lets 问题, 任务 and 短板 contradict each other. So the
//! facts are put in order first: problem → cause → task → measure → owner → target → indicator → unit, by
//! the keys that say so (`针对`, `对应`) or by the words that two records share (`link`). Figures are judged
//! by their direction, target, last year and the upper level's mean (`judge`), and worded (`say`). Nothing
//! is invented: what cannot be computed is not there, and what belongs to nothing hangs loose and is told
//! (`loose`).
//!
//! | file | what |
//! |---|---|
//! | `item` | a record of the facts, by name |
//! | `link`, `links` | what shares words; what belongs to what |
//! | `direction`, `due`, `judge` | the better side of a figure, deadlines as days, ahead or behind |
//! | `account` | the figures of a report, each told once: better, worse or missed, neither |
//! | `say` | one sentence at the figure, the gap, what is needed a day |
//! | `loose` | what belongs to nothing |
//! | `show` | the plan for people and for programs |
//! | `values`, `paths` | the plan as skeletons see it, marked; the facts that it rests on |
//! | `frame` | an office's current lines that are valid on the day |

mod account;
mod direction;
mod due;
mod frame;
mod item;
mod judge;
mod link;
mod links;
pub mod loose;
mod paths;
mod say;
mod show;
mod values;

use std::cmp::Reverse;

use crate::base::{Place, Text};
use crate::model::facts::{Facts, Value};
pub use direction::Better;
pub(crate) use due::due;

use item::{Item, items};
use judge::{Judged, Time, Verdict};
use links::Links;
pub(super) use paths::facts_of;
pub(super) use values::insert;

/// The fact that keeps problems and tasks in the order of the file.
pub(super) const AS_TYPED: &str = "document.as_typed";

/// How the figures of a document stand, all together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// Something is judged, and nothing is behind.
    Ahead,
    /// More is behind than ahead.
    Behind,
    /// Some is ahead and some behind.
    Mixed,
}

impl Condition {
    /// What `when:` of a phrase and skeletons call it.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Ahead => "ahead",
            Self::Behind => "behind",
            Self::Mixed => "mixed",
        }
    }
}

/// The plan of a document. All numbers are places in its lists of records, which are in the order of the
/// file; `problem_order` and `task_order` have the heaviest first.
#[derive(Debug)]
pub struct Plan<'f> {
    problems: Vec<Item<'f>>,
    tasks: Vec<Item<'f>>,
    /// The list that the tasks are of: `tasks`, or `plans` (打算) where there are none.
    task_list: &'static str,
    measures: Vec<Item<'f>>,
    targets: Vec<Item<'f>>,
    indicators: Vec<Item<'f>>,
    projects: Vec<Item<'f>>,
    units: Vec<Item<'f>>,
    links: Links,
    time: Time,
    /// How the whole of the next upper level is called.
    upper: String,
    /// What is found of each indicator and of each target.
    of_indicators: Vec<Judged>,
    of_targets: Vec<Judged>,
    problem_order: Vec<usize>,
    task_order: Vec<usize>,
}

impl<'f> Plan<'f> {
    /// The plan of these facts. Facts without problems, tasks and figures give an empty one.
    #[must_use]
    pub fn of(facts: &'f Facts) -> Self {
        let list = |name| items(facts, name);
        let time = time(facts);
        let tasks = list("tasks");
        let plans = if tasks.is_empty() { list("plans") } else { Vec::new() };
        let task_list = if plans.is_empty() { "tasks" } else { "plans" };
        let mut plan = Self {
            problems: list("problems"),
            tasks: if plans.is_empty() { tasks } else { plans },
            task_list,
            measures: list("measures"),
            targets: list("targets"),
            // One without a value has nothing to tell.
            indicators: list("indicators").into_iter().filter(|i| i.has("value")).collect(),
            projects: list("projects"),
            units: list("units"),
            links: Links::default(),
            time,
            upper: upper(facts),
            of_indicators: Vec::new(),
            of_targets: Vec::new(),
            problem_order: Vec::new(),
            task_order: Vec::new(),
        };
        plan.links = Links::of(&plan, facts);
        plan.of_targets = plan.targets.iter().map(|t| judge::target(t, &time)).collect();
        let goals = plan.links.goals.iter().map(|goal| goal.map(|t| &plan.targets[t]));
        plan.of_indicators =
            plan.indicators.iter().zip(goals).map(|(i, t)| judge::indicator(i, t, &time)).collect();
        let as_typed = facts.get(AS_TYPED).is_some_and(|f| matches!(f.value, Value::Flag(true)));
        plan.weigh(as_typed);
        plan
    }

    /// Whether there is nothing that answers or is answered: no problem, task or target.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.problems.is_empty() && self.tasks.is_empty() && self.targets.is_empty()
    }

    /// Whether all judged figures are ahead, or more behind; `None` where nothing can be judged.
    #[must_use]
    pub fn condition(&self) -> Option<Condition> {
        // A target that an indicator measures is judged there.
        let measured = |t: &usize| self.links.goals.contains(&Some(*t));
        let targets = (0..self.targets.len()).filter(|t| !measured(t)).map(|t| &self.of_targets[t]);
        let all = self.of_indicators.iter().chain(targets);
        let count = |verdict| all.clone().filter(|j| j.verdict == verdict).count();
        let (ahead, behind) = (count(Verdict::Ahead), count(Verdict::Behind));
        match (ahead, behind) {
            (0, 0) => None,
            (_, 0) => Some(Condition::Ahead),
            (ahead, behind) if behind > ahead => Some(Condition::Behind),
            _ => Some(Condition::Mixed),
        }
    }

    /// Puts problems and tasks in order: what is furthest behind first, by the worst figure of a task or of
    /// the problem that it answers; else as in the file, since whoever typed them began with what matters.
    /// (Readers found drafts sorted by deadline worse: the main thing came last.) A figure that only has
    /// some way to go to a target of next year is not behind. Who says so keeps her own order throughout
    /// (照填的次序).
    fn weigh(&mut self, as_typed: bool) {
        let lack = |judged: &Judged| if judged.verdict == Verdict::Behind { judged.behind } else { 0 };
        let own = |task: usize| {
            let indicators = self.links.indicators_of(task).map(|i| lack(&self.of_indicators[i]));
            let targets = self.links.targets_of(task).map(|t| lack(&self.of_targets[t]));
            indicators.chain(targets).max().unwrap_or(0)
        };
        let worst = |p: usize| self.links.tasks_of[p].iter().map(|&t| own(t)).max().unwrap_or(0);
        let mut problems: Vec<usize> = (0..self.problems.len()).collect();
        let mut tasks: Vec<usize> = (0..self.tasks.len()).collect();
        if !as_typed {
            problems.sort_by_key(|&p| Reverse(worst(p)));
            tasks.sort_by_key(|&t| {
                let of_problems = (0..self.problems.len()).filter(|&p| self.links.tasks_of[p].contains(&t));
                Reverse(of_problems.map(worst).chain([own(t)]).max())
            });
        }
        (self.problem_order, self.task_order) = (problems, tasks);
    }

    /// The order in which documents tell records, by the lists of the facts and the indexes in them.
    pub(super) fn order(&self) -> Vec<(&'static str, Vec<usize>)> {
        let indexes = |items: &[Item<'_>], order: &[usize]| order.iter().map(|&i| items[i].index).collect();
        vec![
            ("problems", indexes(&self.problems, &self.problem_order)),
            (self.task_list, indexes(&self.tasks, &self.task_order)),
        ]
    }

    /// The heaviest problem that a task answers.
    fn problem_of(&self, task: usize) -> Option<usize> {
        self.problem_order.iter().copied().find(|&p| self.links.tasks_of[p].contains(&task))
    }

    /// The units from the best to the worst, where their figures can be compared and it is known which
    /// side is better: of what they have done (完成) more is, of time taken less.
    fn ranked_units(&self) -> Vec<usize> {
        let sizes: Option<Vec<i128>> =
            self.units.iter().map(|u| super::compute::size(&u.text("figure"))).collect();
        let Some(sizes) = sizes.filter(|s| s.len() > 1) else { return Vec::new() };
        let Some(better) = self.better_of_units() else { return Vec::new() };
        let mut order: Vec<usize> = (0..sizes.len()).collect();
        order.sort_by_key(|&u| if better == Better::Higher { -sizes[u] } else { sizes[u] });
        order
    }

    /// The better side of what units are ranked by; `None` where their figures have several units.
    fn better_of_units(&self) -> Option<Better> {
        let amount = |unit: &Item<'_>| super::compute::Amount::parse(&unit.text("figure"));
        let first = amount(self.units.first()?)?.unit;
        let same = self.units.iter().all(|u| amount(u).is_some_and(|a| a.unit == first));
        let takes_time = ["天", "日", "小时", "分钟"].contains(&first.as_str());
        same.then_some(if takes_time { Better::Lower } else { Better::Higher })
    }
}

/// Lines of an office (常用表述) that are not valid on the day of the document: where each stands, and why
/// it is not used.
#[must_use]
pub fn left_out(facts: &Facts) -> Vec<(Option<Place>, Text)> {
    let left = frame::frame(facts).left_out.into_iter();
    let at = |index| facts.get(&format!("wordings[{index}].text")).map(|f| f.at.clone());
    left.map(|(index, say)| (at(index), say)).collect()
}

/// The day of the document and the days of the work.
fn time(facts: &Facts) -> Time {
    let date = |path: &str| facts.get(path)?.value.date();
    let first = |date: crate::base::han::Date| {
        let open =
            crate::base::han::Date { month: date.month.or(Some(1)), day: date.day.or(Some(1)), ..date };
        open.day_number()
    };
    let day = date("document.date").or_else(|| date("meeting.date"));
    let today = day.and_then(|d| d.day_number());
    let start = date("work.start").and_then(first);
    let end = date("work.end").and_then(|d| d.last_day().day_number());
    // Summaries of a year are written in its December, when there is little of it left.
    let year = facts.text("document.year").and_then(|y| y.trim_end_matches(['年', '度']).parse::<u16>().ok());
    let late = day.zip(year).is_some_and(|(d, year)| {
        let now = d.year;
        now > year || now == year && d.month.is_some_and(|m| m == 12)
    });
    let ended = today.zip(end).is_some_and(|(today, end)| end <= today);
    let begun = today.zip(start).is_none_or(|(today, start)| today >= start);
    Time { today, start, end, looks_back: begun && (ended || late) }
}

/// How the whole of the next upper level is called: 全市 of a county of 澜溪市; empty where nothing tells.
fn upper(facts: &Facts) -> String {
    let upper = facts.text("locality.upper[0]").unwrap_or_default();
    let whole = [
        ("市", "全市"),
        ("省", "全省"),
        ("自治区", "全区"),
        ("州", "全州"),
        ("盟", "全盟"),
        ("县", "全县"),
        ("区", "全区"),
        ("旗", "全旗"),
    ];
    let found = whole.iter().find(|(end, _)| upper.ends_with(end)).map(|(_, whole)| *whole);
    // A place that is typed 全市第8位 says whose mean it is beside.
    let ranks = items(facts, "indicators").into_iter().map(|i| i.text("rank"));
    let by_rank =
        || ranks.filter_map(|rank| whole.iter().map(|(_, w)| *w).find(|w| rank.starts_with(w))).next();
    found.or_else(by_rank).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests;
