//! The figures of a report as its reader wants them (交账): what is better or as planned, what got worse
//! or was missed, what says neither.
//!
//! A report tells each figure once. One that stands in what was done, in a problem or in a result is told
//! here by its change alone, and an entry of what was done that says no more than an indicator is left to
//! the indicator.

use tera::Value as Tera;
use tera::value::Key;

use super::judge::Verdict;
use super::values::Making;
use crate::base::han;
use crate::draft::compute::{self, pair};
use crate::draft::context::Fields;
use crate::draft::mark;

/// What is told of the figures, as skeletons see it, and the facts behind each.
pub(super) const PARTS: &[(&str, &[&str])] = &[
    ("good", FIGURES),
    ("bad", FIGURES),
    ("plain", FIGURES),
    ("up", &["indicators[].name", "indicators[].value"]),
    ("down", &["indicators[].name", "indicators[].value"]),
    ("than", &["indicators[].prev", "indicators[].target", "indicators[].upper_mean"]),
    ("done", &["work.progress"]),
    ("gap", &["work.gap"]),
    ("aims", &["indicators[].target"]),
];

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

/// Names of figures that are said before the others are counted.
const NAMED: usize = 3;

/// An indicator and what is said of it.
struct Told {
    name: String,
    said: String,
    verdict: Verdict,
}

impl Making<'_, '_, '_> {
    /// The account of these facts.
    pub(super) fn account(&mut self) -> Fields {
        let indicators: Vec<Fields> = (0..self.plan.indicators.len()).map(|i| self.indicator(i)).collect();
        let text = |of: &Fields, id: &'static str| {
            of.get(&Key::Str(id)).map(ToString::to_string).unwrap_or_default()
        };
        let says = |text: &str, figure: &str| {
            let figure = mark::plain(figure);
            !figure.is_empty() && mark::plain(text).contains(&figure)
        };
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

        let told: Vec<Told> = indicators
            .iter()
            .zip(&self.plan.of_indicators)
            .map(|(i, judged)| {
                let of = |id| text(i, id);
                let is_missed = is_missed(&of("value"), &of("target"), &of("prev"), &of("gap"));
                let step = mark::plain(&compute::difference(&of("value"), &of("prev")));
                let mut said = of("said");
                if says(&elsewhere, &of("value")) && !step.is_empty() {
                    let joint = if step.contains("持平") { "与" } else { "比" };
                    let change = mark::computed([&*of("value"), &*of("prev")], &format!("{joint}上年{step}"));
                    said = format!("{}{change}", of("name"));
                }
                let goal = of("target");
                let known = says(&elsewhere, &goal);
                match (is_missed, of("gap")) {
                    (true, gap) if !gap.is_empty() => said = format!("{said}，{gap}"),
                    (true, _) if known => said.push_str("，没有达到目标"),
                    (true, _) => said = format!("{said}，没有达到{goal}的目标"),
                    (false, _) if !goal.is_empty() && !known && !judged.reached => {
                        said = format!("{said}（目标{goal}）");
                    }
                    _ => {}
                }
                let verdict = if is_missed { Verdict::Behind } else { judged.verdict };
                Told { name: of("name"), said, verdict }
            })
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
        let mut out = Fields::new();
        for (key, value) in [
            ("good", all(&good)),
            ("bad", all(&bad)),
            ("plain", all(&plain)),
            ("up", some(&good)),
            ("down", names(&bad)),
            ("than", than(has("prev"), has("target"), has("upper_mean")).to_owned()),
            ("done", done.iter().map(|d| crate::draft::prose::bare(d)).collect::<Vec<_>>().join("；")),
            ("gap", gap),
            ("aims", if has("target") { "1".to_owned() } else { String::new() }),
        ] {
            out.insert(Key::Str(key), Tera::from(value));
        }
        out
    }
}

/// Whether a target was missed: it is still to go, or lies beyond last year's on one side and the value
/// falls short of it on the same.
fn is_missed(value: &str, target: &str, prev: &str, gap: &str) -> bool {
    if mark::plain(target).is_empty() {
        return false;
    }
    let above = |one: &str, other: &str| pair(one, other).map(|(a, b, d)| a.at(d).cmp(&b.at(d)));
    let (way, left) = (above(target, prev), above(target, value));
    !gap.is_empty() || way.is_some_and(|way| way.is_ne() && left == Some(way))
}

/// 甲、乙、丙.
fn names(of: &[&Told]) -> String {
    of.iter().map(|t| t.name.as_str()).collect::<Vec<_>>().join("、")
}

/// The same of at most [`NAMED`], of more 甲、乙、丙等五项. What is behind is named in full.
fn some(of: &[&Told]) -> String {
    let rest = if of.len() > NAMED { format!("等{}项", han::count(of.len())) } else { String::new() };
    format!("{}{rest}", names(&of[..of.len().min(NAMED)]))
}

/// What the figures are held against, as far as it was typed.
const fn than(prev: bool, target: bool, mean: bool) -> &'static str {
    match (prev, target, mean) {
        (true, true, true) => "上年、目标或上级平均",
        (true, true, false) => "上年或目标",
        (true, false, true) => "上年或上级平均",
        (false, true, true) => "目标或上级平均",
        (true, false, false) => "上年",
        (false, true, false) => "目标",
        (false, false, true) => "上级平均",
        (false, false, false) => "",
    }
}

#[cfg(test)]
mod tests {
    use super::is_missed;

    #[test]
    fn a_target_is_missed_on_the_side_on_which_it_was_set() {
        assert!(is_missed("92%", "95%", "90%", ""));
        assert!(is_missed("16起", "12起", "20起", ""));
        assert!(!is_missed("96%", "95%", "90%", ""));
        assert!(!is_missed("11起", "12起", "20起", ""));
        // Without last year's only the distance can tell.
        assert!(!is_missed("92%", "95%", "", "") && is_missed("92%", "95%", "", "距目标还差3个百分点"));
        assert!(!is_missed("92%", "", "90%", "") && !is_missed("92%", "95%", "95%", ""));
    }
}
