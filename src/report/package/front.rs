//! The first page of a package in words: the verdict, what is to be looked at before it is signed, and what there
//! is behind it. Every number here is that of a sheet.

use super::labels::Tone;
use super::words::{base, changed, numbers};
use super::{Counts, OpenKind, Package};
use crate::base::{Lang, Text};
use crate::model::Severity;
use crate::text;

/// One line for the top: whether it can be signed.
pub(super) fn verdict(package: &Package, counts: &Counts) -> Text {
    let mut zh: Vec<String> = Vec::new();
    let mut en: Vec<String> = Vec::new();
    let mut tell = |n: usize, zh_of: &str, en_of: &str| {
        if n > 0 {
            zh.push(format!("{zh_of}{n}处"));
            en.push(format!("{n} {en_of}"));
        }
    };
    tell(counts.conflict, "事实互相矛盾", "of which the facts say two things");
    tell(counts.at_odds, "与事实不符", "at odds with the facts");
    tell(counts.unbacked, "没有依据", "without a ground");
    tell(counts.unconfirmed, "写明未核", "said to be unchecked");
    tell(other_errors(package), "其他错误", "other errors");
    tell(package.open_of(OpenKind::OldValue), "旧值还在", "old values left");
    tell(package.open_of(OpenKind::Recheck), "随变动要核对", "to be looked at again after changes");
    tell(package.open_of(OpenKind::Missing), "缺事实", "facts missing");
    tell(package.open_of(OpenKind::Expired), "日子已过", "days past");
    tell(counts.warnings, "警告", "warnings");
    if zh.is_empty() {
        let n = counts.unmarked;
        return match n {
            0 => Text::fixed("没有发现要先处理的。", "Nothing was found that has to be settled first."),
            n => text!(
                "没有发现要先处理的；还有{n}处数字的事实没有标“已核”，签发前请经办人核一遍。",
                "Nothing was found that has to be settled first; {n} figures rest on facts that nobody has marked as checked."
            ),
        };
    }
    Text::new(
        format!("签发前先看：{}。", zh.join("、")),
        format!("To be looked at before it is signed: {}.", en.join(", ")),
    )
}

/// Whether something has to be settled before it is signed.
fn is_bad(package: &Package, counts: &Counts) -> bool {
    let open = [OpenKind::OldValue, OpenKind::Missing].iter().any(|kind| package.open_of(*kind) > 0);
    counts.at_odds + counts.conflict + counts.unbacked + counts.unconfirmed + counts.errors > 0 || open
}

/// The tone of the verdict.
pub(super) fn tone(package: &Package, counts: &Counts) -> Tone {
    Tone::of(is_bad(package, counts), counts.unmarked > 0)
}

/// Four numbers, each in its box: how many figures, with a ground, to be checked, found wrong.
pub(super) fn boxes(counts: &Counts) -> [(usize, Tone, Text); 4] {
    let wanting = counts.unbacked + counts.at_odds + counts.conflict;
    let waiting = counts.unconfirmed + counts.unmarked;
    let all = counts.errors + counts.warnings + counts.hints;
    [
        (counts.values, Tone::of(wanting > 0, waiting > 0), listed(counts)),
        (counts.backed, Tone::of(wanting > 0, false), backed(counts)),
        (waiting, Tone::of(counts.unconfirmed > 0, waiting > 0), unchecked(counts)),
        (all, Tone::of(counts.errors > 0, counts.warnings > 0), found(counts)),
    ]
}

/// The lines on which it is signed.
pub(super) static SIGNED: [Text; 4] = [
    Text::fixed("拟稿", "drafted by"),
    Text::fixed("核稿（数字）", "figures checked by"),
    Text::fixed("部门负责人", "head of the unit"),
    Text::fixed("签发", "signed by"),
];

/// What the package is of, on one line.
pub(super) fn made(package: &Package) -> Text {
    let (day, n) = (package.day, package.sentences.len());
    let of = base(&package.file);
    let (zh, en) = match (&*package.skeleton, of) {
        ("", of) => (format!("检查稿 {of}"), format!("paper {of}")),
        (_, "") => (format!("起草稿，{}", package.genre.zh), format!("draft, {}", package.genre.en)),
        (_, of) => {
            (format!("起草稿 {of}，{}", package.genre.zh), format!("draft {of}, {}", package.genre.en))
        }
    };
    Text::new(format!("{zh}　{day}　共{n}句"), format!("{en}　{day}　{n} sentences"))
}

/// Under the number of those with a ground.
fn backed(counts: &Counts) -> Text {
    let computed = counts.computed;
    let (mut zh, mut en) = (String::new(), String::new());
    for (n, what_zh, what_en) in others(counts) {
        zh.push_str(&format!("；{n}{what_zh}"));
        en.push_str(&format!("; {n} {what_en}"));
    }
    Text::new(
        format!("处有据（{computed}处是算出的）{zh}"),
        format!("with a ground ({computed} computed){en}"),
    )
}

/// Under the number of those to be checked.
fn unchecked(counts: &Counts) -> Text {
    let (confirmed, not) = (counts.confirmed, counts.unconfirmed);
    let zh = if not > 0 { format!("，{not}处写明未核") } else { String::new() };
    let en = if not > 0 { format!(", {not} said to be unchecked") } else { String::new() };
    Text::new(format!("处待核（已核{confirmed}处{zh}）"), format!("to be checked ({confirmed} were{en})"))
}

/// Under the number of what the check found.
fn found(counts: &Counts) -> Text {
    let by = severities(counts);
    Text::new(format!("项问题（{}）", by.zh), format!("findings ({})", by.en))
}

/// How many of what the check found there are of each severity.
pub(super) fn severities(counts: &Counts) -> Text {
    let Counts { errors, warnings, hints, .. } = counts;
    text!("错误{errors}、警告{warnings}、提示{hints}", "{errors} errors, {warnings} warnings, {hints} hints")
}

/// Under the number of values: what they are.
fn listed(counts: &Counts) -> Text {
    let Counts { values, dates, numbers, persons, .. } = counts;
    let figures = values - dates - numbers - persons;
    let all = [
        (figures, "数字", "figures"),
        (*dates, "日期", "dates"),
        (*numbers, "文号", "document numbers"),
        (*persons, "人名", "names"),
    ];
    let all: Vec<_> = all.into_iter().filter(|(n, ..)| *n > 0).collect();
    let zh: Vec<String> = all.iter().map(|(n, zh, _)| format!("{zh}{n}")).collect();
    let en: Vec<String> = all.iter().map(|(n, _, en)| format!("{n} {en}")).collect();
    match all.is_empty() {
        true => Text::fixed("处要核对", "to be gone through"),
        false => Text::new(
            format!("处要核对（{}）", zh.join("、")),
            format!("to be gone through ({})", en.join(", ")),
        ),
    }
}

/// Values that have no ground, of each kind that there are.
fn others(counts: &Counts) -> impl Iterator<Item = (usize, &'static str, &'static str)> {
    let all = [
        (counts.worded, "处是套语或模板自带", "said by phrases or the skeleton"),
        (counts.unbacked, "处没有依据", "without a ground"),
        (counts.at_odds, "处与事实不符", "at odds with the facts"),
        (counts.conflict, "处事实互相矛盾", "of which the facts say two things"),
    ];
    all.into_iter().filter(|(n, ..)| *n > 0)
}

/// Errors that are told by no value: those of other rules.
fn other_errors(package: &Package) -> usize {
    let told = |issue: &super::Issue| !issue.facts.is_empty();
    package.issues.iter().filter(|i| i.severity == Severity::Error && !told(i)).count()
}

/// What is to be looked at before it is signed, a line each, the gravest first; so many, and how many more.
pub(super) fn first(package: &Package) -> Vec<Text> {
    const MOST: usize = 9;
    let mut all: Vec<Text> = Vec::new();
    let line = |label: &Text, what: &Text, sentences: &[usize]| {
        let numbers = numbers(sentences);
        let at = |lang: Lang| if sentences.is_empty() { "" } else { numbers.in_lang(lang) };
        Text::new(
            format!("【{}】{} {}", label.zh, what.zh, at(Lang::Zh)),
            format!("[{}] {} {}", label.en, what.en, at(Lang::En)),
        )
    };
    for issue in package.issues.iter().filter(|issue| issue.severity == Severity::Error) {
        let at: Vec<usize> = issue.sentence.into_iter().collect();
        all.push(line(&issue.severity.label(), &issue.message, &at));
    }
    for open in package.open.iter().filter(|open| !open.kind.may_wait()) {
        let sum = open.kind == OpenKind::Unconfirmed && open.sentences.is_empty();
        // What is at odds stands among the errors already.
        let among = |issue: &super::Issue| {
            let same = issue.sentence.is_some_and(|n| open.sentences.contains(&n));
            same && open.what.zh.contains(&*issue.words)
        };
        let told =
            matches!(open.kind, OpenKind::AtOdds | OpenKind::Conflict) && package.issues.iter().any(among);
        if !sum && !told {
            all.push(line(&open.kind.label(), &open.what, &open.sentences));
        }
    }
    for issue in package.issues.iter().filter(|issue| issue.severity == Severity::Warning) {
        let at: Vec<usize> = issue.sentence.into_iter().collect();
        all.push(line(&issue.severity.label(), &issue.message, &at));
    }
    let more = all.len().saturating_sub(MOST);
    all.truncate(MOST);
    if more > 0 {
        all.push(text!(
            "……另有{more}项，见“待办”“问题”",
            "… and {more} more: see the open points and findings"
        ));
    }
    all
}

/// What there is on the other sheets, a line each.
pub(super) fn overview(package: &Package, counts: &Counts) -> Vec<Text> {
    let Counts { values, backed, computed, .. } = counts;
    let mut zh = format!("数字、日期：{values}处，{backed}处有据（其中{computed}处由事实算出，算式写明）");
    let mut en = format!(
        "Figures: {values}, of which {backed} have a ground ({computed} computed, with the arithmetic)"
    );
    for (n, what_zh, what_en) in others(counts) {
        zh.push_str(&format!("，{n}{what_zh}"));
        en.push_str(&format!(", {n} {what_en}"));
    }
    let mut all = vec![Text::new(format!("{zh}。"), format!("{en}."))];
    let kinds = [
        OpenKind::Missing,
        OpenKind::Unconfirmed,
        OpenKind::Conflict,
        OpenKind::AtOdds,
        OpenKind::Unbacked,
        OpenKind::OldValue,
        OpenKind::Recheck,
        OpenKind::Expired,
        OpenKind::Stale,
        OpenKind::Loose,
        OpenKind::Wanted,
    ];
    let count = |kind: &OpenKind| (package.open_of(*kind), kind.label());
    let told: Vec<(usize, Text)> = kinds.iter().map(count).filter(|(n, _)| *n > 0).collect();
    let list = |lang: Lang, joint: &str| -> String {
        let one = |(n, label): &(usize, Text)| format!("{} {n}", label.in_lang(lang));
        told.iter().map(one).collect::<Vec<_>>().join(joint)
    };
    let open = match told.is_empty() {
        true => Text::fixed("待办：没有。", "Open points: none."),
        false => Text::new(
            format!("待办：{}项（{}）。", package.open.len(), list(Lang::Zh, "，")),
            format!("Open points: {} ({}).", package.open.len(), list(Lang::En, ", ")),
        ),
    };
    all.push(open);
    let (n, by) = (package.issues.len(), severities(counts));
    all.push(Text::new(format!("问题：{n}项（{}）。", by.zh), format!("Findings: {n} ({}).", by.en)));
    all.push(match &package.changes {
        None => Text::fixed("变动：这是第一份送审包。", "Changes: this is the first package."),
        Some(changes) => {
            let (since, changed) = (&changes.since, changed(changes));
            Text::new(
                format!("变动（自{since}）：{}", changed.zh),
                format!("Changes (since {since}): {}", changed.en),
            )
        }
    });
    all
}
