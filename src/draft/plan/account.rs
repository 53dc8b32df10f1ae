//! The figures of a report as its reader wants them (交账): what is better or as planned, what got worse
//! or was missed, what says neither.
//!
//! A report tells each figure once. One that stands in what was done, in a problem or in a result is told
//! here by its change alone, and an entry of what was done that says no more than an indicator is left to
//! the indicator.

use tera::Value as Tera;
use tera::value::Key;

use super::judge::{Judged, Verdict, side};
use super::values::Making;
use crate::base::han;
use crate::draft::compute;
use crate::draft::context::Fields;
use crate::draft::mark;

/// What is told of the figures, as skeletons see it, and the facts behind each.
pub(super) const PARTS: &[(&str, &[&str])] = &[
    ("good", FIGURES),
    ("bad", FIGURES),
    ("plain", FIGURES),
    ("done", &["work.progress"]),
    ("gap", &["work.gap"]),
    ("aims", &["indicators[].target"]),
    ("count", TARGETS),
    ("reached", TARGETS),
    ("missed", TARGETS),
    ("all", TARGETS),
    ("compared", YEARS),
    ("worse", YEARS),
];

const TARGETS: &[&str] = &["indicators[].name", "indicators[].value", "indicators[].target"];

const YEARS: &[&str] = &["indicators[].name", "indicators[].value", "indicators[].prev"];

const FIGURES: &[&str] = &[
    "indicators[].name",
    "indicators[].value",
    "indicators[].prev",
    "indicators[].yoy",
    "indicators[].target",
    "indicators[].upper_mean",
    "indicators[].rank",
    "indicators[].rank_prev",
];

/// An indicator and what is said of it.
struct Told {
    name: String,
    said: String,
    verdict: Verdict,
    /// On which side of its target and of last year's it stands, where that can be told.
    target: Option<Verdict>,
    year: Option<Verdict>,
}

impl Making<'_, '_, '_> {
    /// The account of these facts.
    pub(super) fn account(&mut self) -> Fields {
        let indicators: Vec<Fields> = (0..self.plan.indicators.len()).map(|i| self.indicator(i)).collect();
        let progress = self.values.texts("work.progress");
        let is_indicator = |entry: &String| {
            let same = |i: &Fields| says(entry, &text(i, "name")) && says(entry, &text(i, "value"));
            indicators.iter().any(same)
        };
        let done: Vec<String> = progress.into_iter().filter(|entry| !is_indicator(entry)).collect();
        let mut elsewhere = done.concat();
        for (list, field) in [("problems", "detail"), ("practices", "result"), ("results", "detail")] {
            for index in 0..self.values.list(list) {
                for field in ["name", field] {
                    elsewhere.push_str(&self.values.texts(&format!("{list}[{index}].{field}")).join("；"));
                }
            }
        }

        let elsewhere = mark::plain(&elsewhere);
        let told: Vec<Told> = indicators
            .iter()
            .zip(&self.plan.of_indicators)
            .map(|(indicator, judged)| Told::of(indicator, judged, &elsewhere))
            .collect();
        let of = |wanted: &[Verdict]| -> Vec<&Told> {
            told.iter().filter(|t| wanted.contains(&t.verdict) && !t.said.is_empty()).collect()
        };
        let (good, bad) = (of(&[Verdict::Ahead]), of(&[Verdict::Behind]));
        let plain = of(&[Verdict::Level, Verdict::Unknown]);
        let gap = self.values.fact("work.gap");
        let gap = if bad.iter().any(|t| says(&gap, &t.name)) { String::new() } else { gap };
        let has = |id| indicators.iter().any(|i| !text(i, id).is_empty());
        let all = |of: &[&Told]| of.iter().map(|t| t.said.as_str()).collect::<Vec<_>>().join("；");
        // Who counts some of the figures that a reader sees side by side is thought to have miscounted.
        let whole = |id: &'static str, side: &dyn Fn(&Told) -> Option<Verdict>| {
            indicators.iter().zip(&told).all(|(i, t)| text(i, id).is_empty() || side(t).is_some())
        };
        let target = |t: &Told| t.target;
        let year = |t: &Told| t.year;
        let moved = |t: &Told| t.year.filter(|year| *year != Verdict::Level);
        let none = || -> [String; 4] { Default::default() };
        let [count, reached, missed, all_reached] =
            if whole("target", &target) { told_of(&told, target) } else { none() };
        let [compared, _, worse, _] = if whole("prev", &year) { told_of(&told, moved) } else { none() };
        let mut out = Fields::new();
        for (key, value) in [
            ("count", count),
            ("reached", reached),
            ("missed", missed),
            ("all", all_reached),
            ("compared", compared),
            ("worse", worse),
            ("good", all(&good)),
            ("bad", all(&bad)),
            ("plain", all(&plain)),
            ("done", done.iter().map(|d| crate::draft::prose::bare(d)).collect::<Vec<_>>().join("；")),
            ("gap", gap),
            ("aims", if has("target") { "1".to_owned() } else { String::new() }),
        ] {
            out.insert(Key::Str(key), Tera::from(value));
        }
        out
    }
}

/// A field of an indicator, marked.
fn text(of: &Fields, id: &'static str) -> String {
    of.get(&Key::Str(id)).map(ToString::to_string).unwrap_or_default()
}

/// Whether a text has a figure or a name.
fn says(text: &str, figure: &str) -> bool {
    let figure = mark::plain(figure);
    !figure.is_empty() && mark::plain(text).contains(&figure)
}

impl Told {
    /// What is said of an indicator beside what is told `elsewhere`.
    fn of(i: &Fields, judged: &Judged, elsewhere: &str) -> Self {
        let of = |id| text(i, id);
        let on = |than: &str| judged.better.and_then(|b| side(&of("value"), than, b));
        let (target, year) = (on(&of("target")), on(&of("prev")));
        let is_missed = target == Some(Verdict::Behind);
        let step = mark::plain(&compute::difference(&of("value"), &of("prev")));
        let mut said = of("said");
        if says(elsewhere, &of("value")) && !step.is_empty() {
            let joint = if step.contains("持平") { "与" } else { "比" };
            let change = mark::computed([&*of("value"), &*of("prev")], &format!("{joint}上年{step}"));
            said = format!("{}{change}", of("name"));
        }
        let goal = of("target");
        let known = says(elsewhere, &goal);
        match (is_missed, of("gap")) {
            (true, gap) if !gap.is_empty() => said = format!("{said}，{gap}"),
            (true, _) if known => said.push_str("，没有达到目标"),
            (true, _) => said = format!("{said}，没有达到{goal}的目标"),
            (false, _) if !goal.is_empty() && !known && !judged.reached => {
                said = format!("{said}（目标{goal}）");
            }
            _ => {}
        }
        // Who has reached the target and did better than last year lacks nothing, though others do
        // better still: that is told and not counted to either side.
        let verdict = match (target, year, judged.verdict) {
            (Some(Verdict::Behind), ..) => Verdict::Behind,
            (Some(_), Some(Verdict::Ahead | Verdict::Level) | None, Verdict::Behind) => Verdict::Level,
            (.., verdict) => verdict,
        };
        Self { name: of("name"), said, verdict, target, year }
    }
}

/// How many of some figures stand well, and which do not: count, those that do (empty for none), the names
/// of those that do not, and whether all do.
fn told_of(told: &[Told], side: impl Fn(&Told) -> Option<Verdict>) -> [String; 4] {
    let known: Vec<&Told> = told.iter().filter(|t| side(t).is_some()).collect();
    let (behind, well): (Vec<&Told>, Vec<&Told>) =
        known.iter().copied().partition(|t| side(t) == Some(Verdict::Behind));
    let count = |of: &[&Told]| if of.is_empty() { String::new() } else { han::count(of.len()) };
    let all = if behind.is_empty() && !well.is_empty() { "1" } else { "" };
    // One figure is told by itself.
    if known.len() < 2 {
        return Default::default();
    }
    [count(&known), count(&well), names(&behind), all.to_owned()]
}

/// 甲、乙、丙.
fn names(of: &[&Told]) -> String {
    of.iter().map(|t| t.name.as_str()).collect::<Vec<_>>().join("、")
}

#[cfg(test)]
mod tests {
    use crate::draft::tests::skeleton;
    use crate::draft::{Options, draft};

    const FIGURES: &str = "\
文稿: {日期: 2026-12-20, 年度: 2026年}
指标:
- {名称: 城镇新增就业, 值: 8216人, 上年: 8400人, 目标: 7600人}
- {名称: 取证率, 值: 55%, 上年: 50%, 目标: 60%}
- {名称: 县域内就诊率, 值: 86.4%, 上年: 84%, 目标: 86%, 上级平均: 88%}
- {名称: 常住人口, 值: 31万人, 上年: 32万人}
";

    fn said(body: &str) -> String {
        let blanks = Options::with(|o| o.allow_missing = true);
        let facts = crate::model::facts::load("事实.yaml", FIGURES).unwrap();
        let made = draft(&skeleton(body), &facts, &blanks).unwrap();
        made.text().trim().to_owned()
    }

    #[test]
    fn a_target_is_missed_on_the_side_that_is_worse_and_on_no_other() {
        assert_eq!(
            said(
                "{{ plan.account.count }}/{{ plan.account.reached }}/{{ plan.account.missed }}/{{ plan.account.all }}\n"
            ),
            "三/两/取证率/"
        );
        let bad = said("{{ plan.account.bad }}\n");
        assert!(bad.contains("取证率55%，比上年提高5个百分点，距目标还差5个百分点"), "{bad}");
        assert!(bad.contains("城镇新增就业8216人，比上年下降2.2%，已达到7600人的目标"), "{bad}");
    }

    #[test]
    fn who_reached_the_target_and_did_better_than_last_year_lacks_nothing() {
        assert!(said("{{ plan.account.plain }}\n").contains("县域内就诊率86.4%"));
        // 常住人口 fell, and nobody can say whether that is worse: who counts the others would miscount.
        assert_eq!(said("{{ plan.account.compared }}{{ plan.account.worse }}\n"), "");
    }
}
