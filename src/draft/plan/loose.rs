//! What hangs loose (悬空的): a problem that no task answers, a task without owner, day or target, a target
//! without a task, a name that no record has. Each with a sentence that says what to do.

use super::Plan;
use super::links::Origin;
use crate::base::Text;
use crate::text;

/// Something that belongs to nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loose {
    /// The list that it stands in: `problems`, `tasks`, `measures`, `targets`.
    pub list: &'static str,
    /// Its index in that list of the file, from 0.
    pub index: usize,
    /// Its name.
    pub name: String,
    /// The path of the fact that mends it, such as `tasks[1].answers`; of a task that is still to come, the
    /// record after the last.
    pub field: String,
    /// What it lacks and what to do.
    pub say: Text,
}

impl Plan<'_> {
    /// All that hangs loose, problems first.
    #[must_use]
    pub fn loose(&self) -> Vec<Loose> {
        let mut out = Vec::new();
        let mut tell = |list, index, name, field, say| out.push(Loose { list, index, name, field, say });
        for (p, problem) in self.problems.iter().enumerate() {
            if self.links.tasks_of[p].is_empty() && self.links.measures_of[p].is_empty() {
                let name = problem.name();
                let say = text!(
                    "问题“{name}”没有任务回应：在任务里写 针对: [{name}]，或补一项任务",
                    "the problem “{name}” has no task that answers it: write 针对: [{name}] in one, or add a task"
                );
                tell("problems", problem.index, name, self.answer_to_be(), say);
            }
        }
        // Of what an office means to do next nobody has decided the rest yet.
        let decided = if self.task_list == "tasks" { &self.tasks[..] } else { &[] };
        for (t, task) in decided.iter().enumerate() {
            let has_target = self.links.targets_of(t).next().is_some();
            let lacks: Vec<(&str, &str, &str)> = [
                ("owner", "牵头单位", "unit in charge"),
                ("due", "完成时限", "deadline"),
                ("target", "目标", "target"),
            ]
            .into_iter()
            .filter(|(id, ..)| !(task.has(id) || *id == "target" && has_target))
            .collect();
            if lacks.is_empty() {
                continue;
            }
            let name = task.name();
            let zh = lacks.iter().map(|(_, zh, _)| *zh).collect::<Vec<_>>().join("、");
            let en = lacks.iter().map(|(.., en)| *en).collect::<Vec<_>>().join(", ");
            let say = Text::new(
                format!("任务“{name}”没有{zh}：补上“{zh}”"),
                format!("the task “{name}” has no {en}: add it ({zh})"),
            );
            let field = format!("tasks[{}].{}", task.index, lacks[0].0);
            tell("tasks", task.index, name, field, say);
        }
        for (t, target) in self.targets.iter().enumerate() {
            let stranger = self.links.strangers.iter().any(|(o, i, _)| *o == Origin::Target && *i == t);
            if self.links.tasks_of_targets[t].is_none() && !stranger && !self.tasks.is_empty() {
                let name = target.name();
                let say = text!(
                    "目标“{name}”没有对应的任务：在目标里写 对应: 任务名称",
                    "the target “{name}” belongs to no task: write 对应: and the task's name there"
                );
                let field = format!("targets[{}].task", target.index);
                tell("targets", target.index, name, field, say);
            }
        }
        for (origin, at, stranger) in &self.links.strangers {
            let (list, item, zh, key) = match origin {
                Origin::Task if self.task_list == "plans" => ("plans", &self.tasks[*at], "打算", "针对"),
                Origin::Task => ("tasks", &self.tasks[*at], "任务", "针对"),
                Origin::Measure => ("measures", &self.measures[*at], "措施", "针对"),
                Origin::Target => ("targets", &self.targets[*at], "目标", "对应"),
            };
            let (name, what) = (item.name(), if key == "针对" { "问题" } else { "任务" });
            let say = text!(
                "{zh}“{name}”{key}的“{stranger}”不是哪一个{what}的名称：照{what}的名称改写",
                "“{stranger}”, which {zh}“{name}” names under {key}, is no name of a {what}: write it as it stands there"
            );
            let field = format!("{list}[{}].{}", item.index, if key == "针对" { "answers" } else { "task" });
            tell(list, item.index, name, field, say);
        }
        out
    }

    /// Where a task may say that it answers a problem: the first that answers none and does not say so;
    /// else a task that is still to come.
    fn answer_to_be(&self) -> String {
        let answers = |t: &usize| self.links.tasks_of.iter().any(|of| of.contains(t));
        let free = |t: &usize| !answers(t) && self.tasks[*t].list("answers").is_none();
        match (0..self.tasks.len()).find(free) {
            Some(t) => format!("{}[{}].answers", self.task_list, self.tasks[t].index),
            None => format!("{}[{}]", self.task_list, self.tasks.last().map_or(0, |task| task.index + 1)),
        }
    }
}
