//! `stale-formula` (提法): set phrases that have been superseded, and lists that lack a member.
//!
//! The lexicon is `phrasebank/lexicon/formulations.tsv`: each phrase with its members, what has
//! followed it, since when, and on what basis. A superseded phrase is flagged only in a document
//! that speaks after its successor came (`rules/reading/day.rs`), and not where the sentence remembers
//! (四个认同发展为五个认同). A list is flagged where it stands at the phrase's side, has more than
//! half of the members and not all; the others need not be listed at all.
//!
//! Goals that have been reached and campaigns that have ended are `stale-time`'s.

use std::ops::Range;
use std::sync::LazyLock;

use super::reading::{cue, dated::Dated, day};
use super::{About, Authority, Case, Example, Reads, Rule, example};
use crate::base::han::{self, Date};
use crate::base::{Text, clause};
use crate::model::pack::Formula;
use crate::model::{Finding, Severity};
use crate::text;

/// The rule.
pub struct StaleFormula;

static ABOUT: About = About {
    id: "stale-formula",
    title: Text::fixed("过时或不全的提法", "superseded or incomplete set phrases"),
    severity: Severity::Warning,
    authority: Authority::Practice,
    reads: Reads::Folded,
    why: Text::fixed(
        "固定提法有准确的字数和成员，并且会发展：“四个认同”2015年起是“五个认同”，“三个自信”2016年起是“四个自信”。\
         本规则按文稿日期对照提法表，旧提法当作现行提法用的，列举成员漏了的，才指出；\
         讲沿革的、引用原文的、成文在新提法之前的，不指出。",
        "Set phrases have exact members, and they develop: 四个认同 has been 五个认同 since 2015, 三个自信 四个自信 \
         since 2016. Judged by the document's date, the rule flags an old phrase used as the current one, and a \
         list that lacks a member. Accounts of how a phrase developed, quotations, and documents older than the \
         new phrase are left alone.",
    ),
    examples: EXAMPLES,
};

static EXAMPLES: &[Example] = &[
    example("各学校要加强“四个认同”教育。", &["四个认同"]).on("2026-03-05"),
    example("要不断增强各族群众的四个认同。", &["四个认同"]).on("2026-03-05"),
    example("党员干部要坚定“三个自信”，干好云岭的事。", &["三个自信"]).on("2026-03-05"),
    example("按照“四位一体”总体布局，统筹推进各项工作。", &["四位一体"]).on("2026-03-05"),
    example("增强政治意识、大局意识、看齐意识的“四个意识”。", &["四个意识"]).on("2026-03-05"),
    example("坚定“四个自信”，即道路自信、理论自信、制度自信。", &["四个自信"]).on("2026-03-05"),
    example("增强对伟大祖国、中华民族、中华文化、中国特色社会主义的“五个认同”。", &["五个认同"])
        .on("2026-03-05"),
    example("各学校要加强“四个认同”教育。", &[]).on("2012-03-05"),
    example("各学校要加强“五个认同”教育。", &[]).on("2026-03-05"),
    example("2015年，“四个认同”发展为“五个认同”。", &[]).on("2026-03-05"),
    example("增强政治意识、大局意识、核心意识、看齐意识的“四个意识”。", &[]).on("2026-03-05"),
    example("坚定道路自信、理论自信、制度自信、文化自信。", &[]).on("2026-03-05"),
    example("建成养老、托育、助餐、理发“四位一体”的服务中心。", &[]).on("2026-03-05"),
    example("增强“四个意识”，特别是强化政治意识。", &[]).on("2026-03-05"),
    example("全面贯彻新发展理念，推动绿色发展、开放发展。", &[]).on("2026-03-05"),
    example("党员干部要坚定“三个自信”，干好云岭的事。", &[]),
];

static FORMULAS: LazyLock<Dated<Formula>> = LazyLock::new(|| {
    let lines = include_str!("../../phrasebank/lexicon/formulations.tsv").lines();
    Dated::of(lines.filter(|l| !l.starts_with('#')).filter_map(|line| {
        let parts: Vec<&'static str> = line.split('\t').collect();
        let [name, _, members, successor, from, change, context, basis] = parts[..] else { return None };
        let members = members.split('|').filter(|m| !m.is_empty()).map(Into::into).collect();
        let successor = Date::parse(from).map(|from| (successor.into(), from, change.into()));
        let (context, basis) = (context.into(), basis.into());
        Some((name, Formula { name: name.into(), members, successor, context, basis }))
    }))
});

impl Rule for StaleFormula {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let today = day::of(case);
        let text = case.folded().text();
        let mut found = Vec::new();
        for (formula, range) in FORMULAS.said(&case.settings.pack.formulas, text) {
            let told = old(text, &range, formula, today).or_else(|| short(text, &range, formula));
            let Some((message, basis)) = told else { continue };
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

/// A list beside the phrase that lacks members.
fn short<'f>(text: &str, range: &Range<usize>, formula: &'f Formula) -> Option<(Text, &'f str)> {
    /// Characters between a phrase and its list, or between two members.
    const GAP: usize = 9;
    if formula.members.len() < 3 {
        return None;
    }
    let span = clause::sentence(text, range.clone());
    let sentence = &text[span.clone()];
    let mut places: Vec<(usize, &str)> = formula
        .members
        .iter()
        .filter_map(|m| {
            let at = sentence.find(&**m)?;
            // 中国特色社会主义 is also part of other members' longer words; the nearest is enough.
            Some((span.start + at, &**m))
        })
        .collect();
    places.sort_unstable();
    let have = places.len();
    if have == formula.members.len()
        || have < 3 && formula.members.len() > 3
        || have < 2
        || have * 2 <= formula.members.len()
    {
        return None;
    }
    let gap = |a: usize, b: usize| text.get(a..b).map_or(usize::MAX, |w| w.chars().count());
    let run = places.windows(2).all(|w| {
        let end = w[0].0 + w[0].1.len();
        gap(end, w[1].0) <= 3
            && text.get(end..w[1].0).is_some_and(|s| s.contains(['、', '，', ',']) || s.contains('和'))
    });
    let (first, last) = (places.first()?, places.last()?);
    let (start, end) = (first.0, last.0 + last.1.len());
    let beside = if end <= range.start {
        gap(end, range.start) <= 4
    } else {
        start >= range.end && gap(range.end, start) <= 4
    };
    let whole = text.get(end..).is_some_and(|rest| !rest.starts_with('等'))
        && gap(start, end) <= GAP * formula.members.len() + 20;
    if !(run && beside && whole) {
        return None;
    }
    let named = places.iter().map(|p| p.1).collect::<Vec<_>>();
    let missing = missing(formula, &named, &text[start..text.floor_char_boundary(end + "四个字了".len())])?;
    let (name, missing) = (&formula.name, missing.join("、"));
    Some((
        text!("“{name}”列举不全，少了“{missing}”", "the list of “{name}” lacks “{missing}”"),
        &formula.basis,
    ))
}

/// The members of a formula that its list names neither so nor in fewer words (基本医疗和住房 for 住房安全).
fn missing<'f>(formula: &'f Formula, named: &[&str], listed: &str) -> Option<Vec<&'f str>> {
    // An item by itself: 和住房。, not the 中国 of 中国特色社会主义.
    let shorter = |m: &str| {
        let Some(short) = m.get(.."两字".len()).filter(|short| short.len() < m.len()) else { return false };
        listed.match_indices(short).any(|(at, _)| {
            listed[..at].ends_with(['、', '和', '及', '，'])
                && listed[at + short.len()..].chars().next().is_none_or(|c| !han::is_han(c))
        })
    };
    let missing: Vec<&str> =
        formula.members.iter().map(|m| &**m).filter(|m| !named.contains(m) && !shorter(m)).collect();
    (!missing.is_empty()).then_some(missing)
}
