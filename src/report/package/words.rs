//! What people are told of a package, in words: shared by the workbook and the page, so that both say the same.

use super::{
    Basis, Change, Counts, Evidence, Followed, Moved, OpenKind, Package, Sentence, Standing, State, Value,
};
use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::base::{Lang, Place, Text};
use crate::model::Severity;
use crate::text;

/// Characters of a fact that are shown where it holds more than the value that is asked about.
const SHOWN: usize = 64;

pub(super) static TITLE: Text = Text::fixed("送审包：依据", "Package for review: the grounds");

/// The number by which a sentence is called.
pub(super) fn number(sentence: usize) -> Text {
    let n = sentence + 1;
    text!("第{n}句", "no. {n}")
}

/// Several numbers.
pub(super) fn numbers(sentences: &[usize]) -> Text {
    let all: Vec<String> = sentences.iter().map(|n| (n + 1).to_string()).collect();
    Text::new(format!("第{}句", all.join("、")), format!("no. {}", all.join(", ")))
}

/// Where a sentence stands: its heading and its place.
pub(super) fn place(sentence: &Sentence) -> Text {
    let place = sentence.place.clone().unwrap_or(Text::fixed("", ""));
    let kind = sentence.kind.clone();
    let both = |lang: Lang| {
        let kind = kind.as_ref().map_or(String::new(), |k| format!(" {}", k.in_lang(lang)));
        format!("{}{kind}", place.in_lang(lang))
    };
    Text::new(both(Lang::Zh), both(Lang::En))
}

/// Where a fact is stated: 教育.yaml 第218行, 事实.xlsx 指标!C4.
pub(super) fn stated(at: &Place) -> Text {
    match at {
        // What was typed into the page lies in no file that has lines.
        Place::Line { file, .. } if file.starts_with(".page/") || &**file == "表单.yaml" => {
            Text::fixed("表单", "the form")
        }
        Place::Line { file, line, .. } => {
            let name = base(file);
            text!("{name} 第{line}行", "{name}, line {line}")
        }
        Place::Cell { file, sheet, row, column } => {
            let (name, column) = (base(file), crate::base::place::column_name(*column));
            let bang = if sheet.is_empty() { "" } else { "!" };
            Text::same(format!("{name} {sheet}{bang}{column}{row}"))
        }
        other => other.label(),
    }
}

/// A file's name without its folders.
fn base(file: &str) -> &str {
    file.rsplit(['/', '\\']).next().unwrap_or(file)
}

/// A fact's key with the name of its record: 指标[1].值（九年义务教育巩固率）.
pub(super) fn called(basis: &Basis) -> String {
    if basis.of.is_empty() || basis.said == basis.of {
        return basis.key.clone();
    }
    format!("{}（{}）", basis.key, basis.of)
}

/// The words of a fact, as far as they concern a value.
pub(super) fn said(basis: &Basis, about: &str) -> String {
    let all: Vec<char> = basis.said.chars().collect();
    if all.len() <= SHOWN {
        return basis.said.clone();
    }
    let at = basis.said.find(about).map_or(0, |at| basis.said[..at].chars().count());
    let from = at.saturating_sub(SHOWN / 2).min(all.len() - SHOWN);
    let dots = |cut: bool| if cut { "…" } else { "" };
    let middle: String = all[from..from + SHOWN].iter().collect();
    format!("{}{middle}{}", dots(from > 0), dots(from + SHOWN < all.len()))
}

/// One ground of words, on a line.
pub(super) fn ground(evidence: &Evidence, about: &str, lang: Lang) -> String {
    match evidence {
        Evidence::Fact(basis) => {
            let (key, said) = (called(basis), said(basis, about));
            match said == about {
                true => key,
                false => text!("{key}：“{said}”", "{key}: “{said}”").in_lang(lang).to_owned(),
            }
        }
        Evidence::Computed { of, sum } => {
            let list: Vec<String> = of.iter().map(|b| format!("{} {}", called(b), said(b, about))).collect();
            let list = list.join(lang.either("；", "; "));
            match sum {
                Some((kind, sum)) => {
                    let kind = kind.in_lang(lang);
                    text!("{kind}：{sum}\n用到：{list}", "{kind}: {sum}\nfrom: {list}")
                        .in_lang(lang)
                        .to_owned()
                }
                None => text!("由这些算出：{list}", "computed from: {list}").in_lang(lang).to_owned(),
            }
        }
        Evidence::Phrase { id, variant, about } => {
            let head = text!("套语 {id} 第{variant}式", "phrase {id}, variant {variant}");
            let tail = about.as_ref().map_or(String::new(), |(function, asserts)| {
                let (function, asserts) = (function.in_lang(lang), asserts.in_lang(lang));
                text!("（{asserts}：{function}）", " ({asserts}: {function})").in_lang(lang).to_owned()
            });
            format!("{}{tail}", head.in_lang(lang))
        }
        Evidence::Skeleton { id, line } => {
            text!("模板 {id} 第{line}行", "skeleton {id}, line {line}").in_lang(lang).to_owned()
        }
        Evidence::Program => lang.either("程序编号", "numbered by the program").to_owned(),
    }
}

/// The same without a line end.
fn on_line(evidence: &Evidence, about: &str, lang: Lang) -> String {
    ground(evidence, about, lang).replace('\n', lang.either("　", "  "))
}

/// Where the facts of a ground are stated, each place once, with who gave them.
pub(super) fn places(evidence: &[Evidence], lang: Lang) -> String {
    let mut all: Vec<String> = Vec::new();
    for basis in evidence.iter().flat_map(Evidence::bases) {
        let at = basis.at.as_ref().map_or(String::new(), |at| stated(at).in_lang(lang).to_owned());
        let one = match &*basis.source {
            "" => at,
            source => text!("{at}（来源：{source}）", "{at} (source: {source})").in_lang(lang).to_owned(),
        };
        if !one.is_empty() && !all.contains(&one) {
            all.push(one);
        }
    }
    all.join("\n")
}

/// What is told of a value's being checked.
pub(super) fn checked(value: &Value) -> Text {
    match (value.standing, value.state()) {
        (Standing::Backed, Some(state)) => state.label(),
        (Standing::Backed, None) => State::Unmarked.label(),
        (standing, _) => standing.label(),
    }
}

/// The grounds of a sentence in a few lines: values first, then facts in words, then whose the rest is.
pub(super) fn grounds(sentence: &Sentence, lang: Lang) -> String {
    // Figures of one fact are told on one line: 29所、11所、580名.
    let mut told: Vec<(Vec<&str>, String)> = Vec::new();
    for value in &sentence.values {
        let words = &sentence.text[value.range.clone()];
        let mut line = String::new();
        if value.standing != Standing::Backed {
            line.push_str(value.standing.label().in_lang(lang));
            line.push_str(lang.either("　", "  "));
        }
        let all: Vec<String> = value.evidence.iter().map(|e| on_line(e, words, lang)).collect();
        line.push_str(&all.join(lang.either("；", "; ")));
        let at = places(&value.evidence, lang).replace('\n', lang.either("、", ", "));
        if !at.is_empty() {
            line.push_str(&format!("［{at}］"));
        }
        match told.iter_mut().find(|(_, known)| *known == line) {
            Some((all, _)) if all.contains(&words) => {}
            Some((all, _)) => all.push(words),
            None => told.push((vec![words], line)),
        }
    }
    let joint = lang.either("、", ", ");
    let mut lines: Vec<String> =
        told.into_iter().map(|(words, line)| format!("{}　{line}", words.join(joint))).collect();
    lines.extend(facts_in_words(sentence, lang));
    lines.extend(rest(sentence, lang));
    lines.join("\n")
}

/// The facts of a sentence that no value of it rests on: names, units, words.
fn facts_in_words(sentence: &Sentence, lang: Lang) -> Vec<String> {
    let told: Vec<&str> = sentence.values.iter().flat_map(Value::bases).map(|b| &*b.path).collect();
    let mut lines: Vec<String> = Vec::new();
    for part in &sentence.parts {
        let words = &sentence.text[part.range.clone()];
        let untold = part.from.bases().iter().any(|basis| {
            // The name of a record whose figure is told stands beside that already.
            let record = basis.path.rfind(']').map(|end| &basis.path[..=end]);
            let named = basis.said == basis.of
                && told.iter().any(|path| record.is_some_and(|record| path.starts_with(record)));
            !named && !told.contains(&&*basis.path)
        });
        if !untold {
            continue;
        }
        let (ground, at) = (on_line(&part.from, words, lang), places(std::slice::from_ref(&part.from), lang));
        let line =
            format!("{}　{ground}［{at}］", short(words), at = at.replace('\n', lang.either("、", ", ")));
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines
}

/// Words that are long enough to be known again.
fn short(words: &str) -> String {
    const KNOWN: usize = 18;
    if words.chars().count() <= KNOWN {
        return words.replace('\n', " ");
    }
    let head: String = words.chars().take(KNOWN - 1).collect();
    format!("{}…", head.replace('\n', " "))
}

/// Whose the words are that no fact gives.
fn rest(sentence: &Sentence, lang: Lang) -> Option<String> {
    let mut all: Vec<String> = Vec::new();
    let mut facts = false;
    for part in &sentence.parts {
        match &part.from {
            Evidence::Phrase { .. } | Evidence::Skeleton { .. } => {
                let words = &sentence.text[part.range.clone()];
                // A comma of the skeleton asserts nothing.
                if words.chars().any(crate::base::han::is_han) {
                    let one = ground(&part.from, words, lang);
                    if !all.contains(&one) {
                        all.push(one);
                    }
                }
            }
            Evidence::Program => {}
            _ => facts = true,
        }
    }
    let list = all.join(lang.either("；", "; "));
    (!all.is_empty()).then(|| {
        let said = if facts {
            text!("其余的话：{list}", "the rest: {list}")
        } else {
            text!("整句：{list}", "the whole: {list}")
        };
        said.in_lang(lang).to_owned()
    })
}

/// What a fact was and is; of long words the part that differs.
pub(super) fn sides(moved: &Moved) -> [String; 2] {
    let long = moved.old.chars().count().max(moved.new.chars().count()) > SHOWN;
    match long && !moved.old.is_empty() && !moved.new.is_empty() {
        true => crate::model::facts::diff::differing_part(&moved.old, &moved.new),
        false => [moved.old.clone(), moved.new.clone()],
    }
}

/// Two versions of a sentence in stretches, with what the other has otherwise marked. A figure is one sign: 9260张
/// and 9300张 differ in the whole of it.
pub(super) fn differing<'t>(old: &'t str, new: &'t str) -> [Vec<(&'t str, bool)>; 2] {
    let (a, b) = (signs(old), signs(new));
    let mut sides = [Vec::new(), Vec::new()];
    let words = |signs: &[&'t str], text: &'t str, from: usize, to: usize| -> &'t str {
        let start: usize = signs[..from].iter().map(|sign| sign.len()).sum();
        let length: usize = signs[from..to].iter().map(|sign| sign.len()).sum();
        &text[start..start + length]
    };
    for op in capture_diff_slices(Algorithm::Patience, &a, &b) {
        let differs = !matches!(op, DiffOp::Equal { .. });
        let (x, y) = (op.old_range(), op.new_range());
        sides[0].push((words(&a, old, x.start, x.end), differs));
        sides[1].push((words(&b, new, y.start, y.end), differs));
    }
    sides.iter_mut().for_each(|side: &mut Vec<(&str, bool)>| side.retain(|(words, _)| !words.is_empty()));
    sides
}

/// The signs of a text: a character each, a figure as one.
fn signs(text: &str) -> Vec<&str> {
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '%');
    let mut all = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = match first.is_ascii_digit() {
            true => rest.find(|c: char| !is_number(c)).unwrap_or(rest.len()),
            false => first.len_utf8(),
        };
        all.push(&rest[..end]);
        rest = &rest[end..];
    }
    all
}

/// 3处随之变动：第12句（正文）、第13句（算出的数）.
pub(super) fn followed(moved: &Moved, lang: Lang) -> String {
    let n = moved.followed.len() + moved.gone.len();
    if n == 0 && moved.path.ends_with(".confirmed") {
        return lang
            .either("核实情况变了，稿中的话不变", "whether it was checked; no words changed")
            .to_owned();
    }
    if n == 0 {
        return lang.either("稿中没有随之变动的地方", "nothing in the document followed").to_owned();
    }
    let one = |f: &Followed| {
        let (n, how) = (number(f.sentence), f.how.label());
        format!("{}（{}）", n.in_lang(lang), how.in_lang(lang))
    };
    let mut list: Vec<String> = moved.followed.iter().map(one).collect();
    if !moved.gone.is_empty() {
        let gone = moved.gone.len();
        list.push(text!("删去{gone}句", "{gone} gone").in_lang(lang).to_owned());
    }
    let list = list.join(lang.either("、", ", "));
    text!("{n}处随之变动：{list}", "{n} places followed: {list}").in_lang(lang).to_owned()
}

/// What became of a sentence.
pub(super) fn became(change: &Change) -> Text {
    match (change.moved, change.old.is_empty(), change.sentence.is_none()) {
        (true, ..) => Text::fixed("移动", "moved"),
        (_, true, _) => Text::fixed("新增", "added"),
        (.., true) => Text::fixed("删去", "removed"),
        _ => Text::fixed("改动", "changed"),
    }
}

/// Words of a document as one line shows them.
pub(super) fn flat(words: &str) -> String {
    words.replace('\n', " ｜ ")
}

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
    tell(counts.at_odds, "与事实不符", "at odds with the facts");
    tell(counts.unbacked, "没有依据", "without a ground");
    tell(counts.unconfirmed, "写明未核", "said to be unchecked");
    tell(counts.errors, "错误", "errors");
    tell(package.open_of(OpenKind::OldValue), "旧值还在", "old values left");
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
pub(super) fn is_bad(package: &Package, counts: &Counts) -> bool {
    let open = [OpenKind::OldValue, OpenKind::Missing].iter().any(|kind| package.open_of(*kind) > 0);
    counts.at_odds + counts.unbacked + counts.unconfirmed + counts.errors > 0 || open
}

/// What the package is of, on one line.
pub(super) fn made(package: &Package) -> Text {
    let (day, n) = (package.day, package.sentences.len());
    let of = base(&package.file);
    let (zh, en) = match (&*package.skeleton, of) {
        ("", of) => (format!("检查稿 {of}"), format!("paper {of}")),
        (skeleton, "") => (format!("起草稿，模板 {skeleton}"), format!("draft, skeleton {skeleton}")),
        (skeleton, of) => {
            (format!("起草稿 {of}，模板 {skeleton}"), format!("draft {of}, skeleton {skeleton}"))
        }
    };
    Text::new(format!("{zh}　{day}　共{n}句"), format!("{en}　{day}　{n} sentences"))
}

/// Under the number of those with a ground.
pub(super) fn backed(counts: &Counts) -> Text {
    let (computed, without) = (counts.computed, counts.unbacked + counts.at_odds);
    let zh = if without > 0 { format!("，{without}处没有") } else { String::new() };
    let en = if without > 0 { format!(", {without} have none") } else { String::new() };
    Text::new(
        format!("处有据（{computed}处是算出的）{zh}"),
        format!("with a ground ({computed} computed){en}"),
    )
}

/// Under the number of those to be checked.
pub(super) fn unchecked(counts: &Counts) -> Text {
    let (confirmed, not) = (counts.confirmed, counts.unconfirmed);
    let zh = if not > 0 { format!("，{not}处写明未核") } else { String::new() };
    let en = if not > 0 { format!(", {not} said to be unchecked") } else { String::new() };
    Text::new(format!("处待核（已核{confirmed}处{zh}）"), format!("to be checked ({confirmed} were{en})"))
}

/// Under the number of what the check found.
pub(super) fn found(counts: &Counts) -> Text {
    let Counts { errors, warnings, hints, .. } = counts;
    text!(
        "项问题（错误{errors}、警告{warnings}，另有提示{hints}）",
        "findings ({errors} errors, {warnings} warnings; {hints} hints besides)"
    )
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
        let told = open.kind == OpenKind::Unbacked
            && open.sentences.iter().any(|n| {
                package.sentences[*n].values.iter().any(|v| {
                    v.standing == Standing::AtOdds
                        && open.what.zh.contains(&package.sentences[*n].text[v.range.clone()])
                })
            });
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
    let Counts { values, backed, computed, worded, unbacked, at_odds, .. } = counts;
    let mut zh = format!("数字核对：{values}处，{backed}处有据（其中{computed}处由事实算出，算式写明）");
    let mut en = format!(
        "Figures: {values}, of which {backed} have a ground ({computed} computed, with the arithmetic)"
    );
    for (n, what_zh, what_en) in [
        (worded, "处是套语或模板自带", "said by phrases or the skeleton"),
        (unbacked, "处没有依据", "without a ground"),
        (at_odds, "处与事实不符", "at odds with the facts"),
    ] {
        if *n > 0 {
            zh.push_str(&format!("，{n}{what_zh}"));
            en.push_str(&format!(", {n} {what_en}"));
        }
    }
    let mut all = vec![Text::new(format!("{zh}。"), format!("{en}."))];
    let kinds = [
        OpenKind::Missing,
        OpenKind::OldValue,
        OpenKind::Unbacked,
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
        true => Text::fixed("待办：除核实以外没有。", "Open points: none but checking."),
        false => Text::new(
            format!("待办：{}。", list(Lang::Zh, "，")),
            format!("Open points: {}.", list(Lang::En, ", ")),
        ),
    };
    all.push(open);
    let checked = found(counts);
    let n = counts.errors + counts.warnings;
    all.push(Text::new(format!("检查：{n}{}。", checked.zh), format!("Check: {n} {}.", checked.en)));
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

/// How much is different, in one sentence.
pub(super) fn changed(changes: &super::Changes) -> Text {
    let (facts, all) = (changes.facts.len(), changes.sentences.len());
    if facts + all == 0 {
        return Text::fixed("没有变动。", "nothing is different.");
    }
    let by = changes.sentences.iter().filter(|change| !change.facts.is_empty()).count();
    let rest = all - by;
    text!(
        "{facts}项事实变了，{all}句不同：{by}句随事实而变，{rest}句不随事实。",
        "{facts} facts changed, {all} sentences differ: {by} by facts, {rest} by none."
    )
}

/// A fact that changed, by its key and its record.
pub(super) fn name(moved: &Moved) -> String {
    if moved.of.is_empty() { moved.key.clone() } else { format!("{}（{}）", moved.key, moved.of) }
}

/// Where its old value still stands.
pub(super) fn left(moved: &Moved) -> Text {
    let numbers = numbers(&moved.old_at);
    Text::new(format!("旧值还在：{}", numbers.zh), format!("the old value still stands: {}", numbers.en))
}

/// The words round a value, itself marked.
pub(super) fn round(sentence: &Sentence, range: &std::ops::Range<usize>) -> Vec<(bool, String)> {
    const BEFORE: usize = 24;
    const BEHIND: usize = 12;
    let text = &sentence.text;
    let before: Vec<char> = text[..range.start].chars().collect();
    let behind: Vec<char> = text[range.end..].chars().collect();
    let from = before.len().saturating_sub(BEFORE);
    let to = behind.len().min(BEHIND);
    let dots = |cut: bool| if cut { "…" } else { "" };
    let head: String = before[from..].iter().collect();
    let tail: String = behind[..to].iter().collect();
    vec![
        (false, flat(&format!("{}{head}", dots(from > 0)))),
        (true, text[range.clone()].to_owned()),
        (false, flat(&format!("{tail}{}", dots(to < behind.len())))),
    ]
}

/// A sentence in stretches: those that facts give, or that have a ground, and the others.
pub(super) fn coloured(sentence: &Sentence) -> Vec<(bool, String)> {
    let mut marks: Vec<std::ops::Range<usize>> = sentence
        .parts
        .iter()
        .filter(|part| !part.from.bases().is_empty())
        .map(|part| part.range.clone())
        .collect();
    if sentence.parts.is_empty() {
        let backed = sentence.values.iter().filter(|value| value.standing == Standing::Backed);
        marks.extend(backed.map(|value| value.range.clone()));
    }
    let mut out = Vec::new();
    let mut at = 0;
    for mark in marks {
        out.push((false, flat(&sentence.text[at..mark.start])));
        out.push((true, flat(&sentence.text[mark.clone()])));
        at = mark.end;
    }
    out.push((false, flat(&sentence.text[at..])));
    out.retain(|(_, words)| !words.is_empty());
    out
}
