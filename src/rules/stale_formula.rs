//! `stale-formula` (提法): set phrases that have been superseded.
//!
//! The lexicon is `phrasebank/lexicon/formulations.tsv`: each phrase with its members, what has
//! followed it, since when, and on what basis. A superseded phrase is flagged only in a document
//! that speaks after its successor came (`rules/reading/day.rs`), and not where the sentence remembers
//! (四个认同发展为五个认同).
//!
//! A list that lacks a member is `term-clash`'s. Goals that have been reached and campaigns that have ended are `stale-time`'s.

use std::ops::Range;

use super::reading::{cue, day, formulas::FORMULAS};
use super::{About, Authority, Case, Example, Reads, Rule, example};
use crate::base::han::Date;
use crate::base::{Text, clause};
use crate::model::pack::Formula;
use crate::model::{Finding, Severity};
use crate::text;

/// The rule.
pub struct StaleFormula;

static ABOUT: About = About {
    id: "stale-formula",
    title: Text::fixed("过时的提法", "superseded set phrases"),
    severity: Severity::Warning,
    authority: Authority::Practice,
    reads: Reads::Folded,
    why: Text::fixed(
        "固定提法有准确的字数和成员，并且会发展：“四个认同”2015年起是“五个认同”，“三个自信”2016年起是“四个自信”。\
         本规则按文稿日期对照提法表，旧提法当作现行提法用的，才指出；\
         讲沿革的、引用原文的、成文在新提法之前的，不指出。",
        "Set phrases have exact members, and they develop: 四个认同 has been 五个认同 since 2015, 三个自信 四个自信 \
         since 2016. Judged by the document's date, the rule flags an old phrase used as the current one. \
         Accounts of how a phrase developed, quotations, and documents older than the new phrase are left alone.",
    ),
    examples: EXAMPLES,
};

static EXAMPLES: &[Example] = &[
    example("各学校要加强“四个认同”教育。", &["四个认同"]).on("2026-03-05"),
    example("要不断增强各族群众的四个认同。", &["四个认同"]).on("2026-03-05"),
    example("党员干部要坚定“三个自信”，干好云岭的事。", &["三个自信"]).on("2026-03-05"),
    example("把增强“四个认同”写进乡规民约。", &["四个认同"]).on("2024-03-05"),
    example("按照“四位一体”总体布局，统筹推进各项工作。", &["四位一体"]).on("2026-03-05"),
    example("各学校要加强“四个认同”教育。", &[]).on("2012-03-05"),
    example("各学校要加强“五个认同”教育。", &[]).on("2026-03-05"),
    example("2015年，“四个认同”发展为“五个认同”。", &[]).on("2026-03-05"),
    example("2014年，全县在各学校开展“四个认同”教育。", &[]).on("2015-03-05"),
    example("建成养老、托育、助餐、理发“四位一体”的服务中心。", &[]).on("2026-03-05"),
    example("党员干部要坚定“三个自信”，干好云岭的事。", &[]),
];

impl Rule for StaleFormula {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let today = day::of(case);
        let text = case.folded().text();
        let mut found = Vec::new();
        for (formula, range) in FORMULAS.said(&case.settings.pack.formulas, text) {
            let Some((message, basis)) = old(text, &range, formula, today) else { continue };
            // Somebody else's words: marks round more than the phrase, or a title.
            let others = case.folded_quotes().iter().any(|q| {
                q.range.start < range.start
                    && range.end < q.range.end
                    && (q.mark == '《' || q.range.len() > range.len() + 4 * "“”".len())
            });
            if others {
                continue;
            }
            let grounds = (!basis.is_empty()).then(|| text!("依据：{basis}", "on the basis of {basis}"));
            found.push(
                ABOUT
                    .finding(range, message)
                    .help(Text::fixed(
                        "改成现行提法；讲沿革的，写明是哪一年的提法",
                        "use the present phrase; in an account of the past, say of which year it is",
                    ))
                    .notes(grounds.map(|g| (None, g))),
            );
        }
        found
    }
}

/// A phrase that has a successor on the document's day.
fn old<'f>(
    text: &str,
    range: &Range<usize>,
    formula: &'f Formula,
    today: Option<Date>,
) -> Option<(Text, &'f str)> {
    let (successor, from, change) = formula.successor.as_ref()?;
    let sentence = &text[clause::sentence(text, range.clone())];
    let near = &text[range.end..text.floor_char_boundary(range.end + 18)];
    if today? < *from
        || cue::remembers(sentence)
        || sentence.contains(&**successor)
        || !formula.context.is_empty()
            && !near.trim_start_matches('”').trim_start_matches('的').starts_with(&*formula.context)
    {
        return None;
    }
    let (name, year) = (&formula.name, from.year);
    let basis = if change.is_empty() { &formula.basis } else { change };
    Some((
        text!("“{name}”{year}年起已发展为“{successor}”", "“{name}” has been “{successor}” since {year}"),
        basis,
    ))
}
