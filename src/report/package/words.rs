//! What people are told of a package, in words: shared by the workbook and the page, so that both say the same.

use super::labels::Tone;
use super::{Basis, Change, Evidence, Followed, Moved, Sentence, Standing, State, Value};
use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::base::{Lang, Place, Text};
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
pub(super) fn base(file: &str) -> &str {
    file.rsplit(['/', '\\']).next().unwrap_or(file)
}

/// The words of a fact, as far as they concern a value.
pub(super) fn said(basis: &Basis, about: &str) -> String {
    let all: Vec<char> = basis.said.chars().collect();
    if all.len() <= SHOWN {
        return basis.said.clone();
    }
    // 2027年1月 of 2027-01 stands there in other signs: then its first number is looked for, else any.
    let digits: String =
        about.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    let number = || basis.said.find(|c: char| c.is_ascii_digit());
    let at = basis.said.find(about).or_else(|| basis.said.find(&*digits).filter(|_| !digits.is_empty()));
    let at = at.or_else(number).map_or(0, |at| basis.said[..at].chars().count());
    let from = at.saturating_sub(SHOWN / 2).min(all.len() - SHOWN);
    let dots = |cut: bool| if cut { "…" } else { "" };
    let middle: String = all[from..from + SHOWN].iter().collect();
    format!("{}{middle}{}", dots(from > 0), dots(from + SHOWN < all.len()))
}

/// One ground of words, on a line.
pub(super) fn ground(evidence: &Evidence, about: &str, lang: Lang) -> String {
    match evidence {
        Evidence::Fact(basis) => {
            let (key, said) = (basis.called(), said(basis, about));
            match said == about {
                true => key,
                false => text!("{key}：“{said}”", "{key}: “{said}”").in_lang(lang).to_owned(),
            }
        }
        Evidence::Computed { of, sum } => {
            let list: Vec<String> = of.iter().map(|b| format!("{} {}", b.called(), said(b, about))).collect();
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
        Evidence::Phrase { about, .. } => {
            let tail = about.as_ref().map_or(String::new(), |(function, _)| {
                let function = function.in_lang(lang);
                text!("（{function}）", " ({function})").in_lang(lang).to_owned()
            });
            format!("{}{tail}", lang.either("套语", "set phrase"))
        }
        Evidence::Skeleton { .. } => lang.either("模板自带的话", "words of the skeleton").to_owned(),
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
        (standing, _) => standing.short(),
    }
}

/// How well a sentence was checked: as well as the worst of its values, and of one without values as the worst of
/// its facts; `None` if it rests on none.
fn state(sentence: &Sentence) -> Option<State> {
    let values = sentence.values.iter().filter_map(Value::state).min();
    values.or_else(|| sentence.bases().iter().map(|basis| basis.state).min())
}

/// What is told of a sentence as a whole: of its worst value; `None` if it rests on nothing.
pub(super) fn stand(sentence: &Sentence) -> Option<(Text, Tone)> {
    if let Some(bad) = sentence.values.iter().find(|value| value.standing.is_bad()) {
        return Some((bad.standing.short(), Tone::Bad));
    }
    let state = state(sentence)?;
    Some((state.label(), Tone::of(state == State::Unconfirmed, state == State::Unmarked)))
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
    const KNOWN: usize = 30;
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
    if n == 0 && moved.is_mark() {
        let left = lang.either(
            "只改了核实标记；上次的话这次没有写，原因见下面的改动",
            "only the mark; what was said of it is left out this time, for the reason told below",
        );
        let same = lang.either("只改了核实标记，稿中的话不变", "only the mark; no words changed");
        return if moved.left_out.is_empty() { same } else { left }.to_owned();
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

/// Facts that changed; those of which only the mark did come last.
pub(super) fn in_order(facts: &[Moved]) -> impl Iterator<Item = &Moved> {
    facts.iter().filter(|moved| !moved.is_mark()).chain(facts.iter().filter(|moved| moved.is_mark()))
}

/// Facts with what they say and where they are stated, a line each.
pub(super) fn stated_facts(facts: &[Basis], lang: Lang) -> Vec<String> {
    let one = |basis: &Basis| {
        let at = basis.at.as_ref().map_or(String::new(), |at| format!("［{}］", stated(at).in_lang(lang)));
        format!("{}：{}{at}", basis.called(), said(basis, &basis.said))
    };
    facts.iter().map(one).collect()
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

/// How much is different, in one sentence.
pub(super) fn changed(changes: &super::Changes) -> Text {
    let marks = changes.facts.iter().filter(|moved| moved.is_mark()).count();
    let (facts, all) = (changes.facts.len() - marks, changes.sentences.len());
    if facts + marks + all == 0 {
        return Text::fixed("没有变动。", "nothing is different.");
    }
    let by = changes.sentences.iter().filter(|change| !change.facts.is_empty()).count();
    let rest = all - by;
    let zh = if marks > 0 { format!("，另有{marks}项只改了核实标记") } else { String::new() };
    let en = if marks > 0 { format!(" ({marks} more only in the mark)") } else { String::new() };
    text!(
        "{facts}项事实变了{zh}；{all}句不同：{by}句随事实而变，{rest}句不随事实。",
        "{facts} facts changed{en}; {all} sentences differ: {by} by facts, {rest} by none."
    )
}

/// What became of a fact.
pub(super) fn became_of(moved: &Moved) -> Text {
    if moved.is_mark() { Text::fixed("核实标记", "mark") } else { Text::fixed("事实", "fact") }
}

/// By which facts a sentence changed, and what it says no more.
pub(super) fn by(change: &Change, facts: &[Moved], lang: Lang) -> String {
    let by: Vec<String> = change.facts.iter().filter_map(|&n| facts.get(n)).map(Moved::called).collect();
    let mut told = match by.is_empty() {
        true => lang
            .either("不随事实（改了措辞、模板或设置）", "no fact (wording, skeleton or settings)")
            .to_owned(),
        false => by.join(lang.either("、", ", ")),
    };
    if !change.lost.is_empty() {
        let lost = change.lost.join(lang.either("、", ", "));
        told.push_str(text!("\n因此不再写到：{lost}", "\nso this is said no more: {lost}").in_lang(lang));
    }
    told
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
