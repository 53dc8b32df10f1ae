//! What a rule looks for, why, and what it leaves alone: the rule's own [`About`] as a page.
//!
//! Its examples are the rule's tests, so what stands here is true.

use serde_json::{Value as Json, json};

use crate::base::{Lang, Problem, Result, Text, nearest::nearest};
use crate::rules::{About, Example, NAMES, RULES, about, id_of};
use crate::text;

/// The rule of this id or Chinese name.
///
/// # Errors
/// If there is none; the nearest one is named.
pub fn rule(id: &str) -> Result<&'static About> {
    id_of(id).and_then(about).ok_or_else(|| unknown(id).into())
}

/// The id of the rule that goes by this name, in whichever language.
///
/// # Errors
/// If there is none; the nearest name is told.
pub fn rule_id(name: &str) -> Result<&'static str> {
    id_of(name).ok_or_else(|| unknown(name).into())
}

fn unknown(id: &str) -> Problem {
    // Whoever guesses in Chinese is answered in Chinese.
    let chinese = NAMES.iter().flat_map(|(_, names)| names.iter().copied()).filter(|_| !id.is_ascii());
    let ids = || RULES.iter().map(|r| r.about().id).chain(chinese.clone());
    let problem = Problem::new(text!("没有“{id}”这条规则", "there is no rule “{id}”"));
    match nearest(id, ids()) {
        Some(near) => problem.help(text!("是不是 {near}？", "did you mean {near}?")),
        None => problem.help(Text::fixed("全部规则见 wengao rules", "wengao rules lists them all")),
    }
}

/// The page of a rule.
#[must_use]
pub fn page(about: &About, lang: Lang) -> String {
    let (title, why) = (about.title.in_lang(lang), about.why.in_lang(lang));
    let severity = about.severity.label();
    let goes_by = [lang.either("依据：", "Goes by: "), about.authority.cited().in_lang(lang)].concat();
    let names = NAMES.iter().find(|(id, _)| *id == about.id).map_or(&[][..], |(_, names)| names);
    let names = names.join("、");
    let names = text!("又名：{names}", "In Chinese: {names}");
    let mut out = format!(
        "{}  {title}  [{}]\n{goes_by}\n{}\n\n{why}\n",
        about.id,
        severity.in_lang(lang),
        names.in_lang(lang)
    );
    let (flagged, silent): (Vec<_>, Vec<_>) = about.examples.iter().partition(|e| !e.flags.is_empty());
    let groups = [
        (flagged, lang.either("会指出（【】内）：", "Flagged, in 【】:")),
        (silent, lang.either("不会指出：", "Left alone:")),
    ];
    for (examples, heading) in groups {
        if !examples.is_empty() {
            out.push_str(&format!("\n{heading}\n"));
            for told in told(&examples, lang) {
                let mut lines = told.trim_end().lines();
                out.push_str(&format!("  · {}\n", lines.next().unwrap_or_default()));
                lines.for_each(|line| out.push_str(&format!("    {line}\n")));
            }
        }
    }
    let id = about.id;
    let off = text!(
        "\n不用这条规则：wengao check --skip {id} …\n",
        "\nTo do without it: wengao check --skip {id} …\n"
    );
    out.push_str(off.in_lang(lang));
    out
}

/// What a table of the rules says of one, for programs.
#[must_use]
pub fn as_json(about: &About, lang: Lang) -> Json {
    json!({
        "id": about.id,
        "severity": about.severity.name(),
        "title": about.title.in_lang(lang),
        "authority": about.authority.name(),
        "cited": about.authority.cited().in_lang(lang),
    })
}

/// The entry of a rule in the manual, in Markdown.
#[must_use]
pub fn markdown(about: &About, lang: Lang) -> String {
    let (id, title, severity) = (about.id, about.title.in_lang(lang), about.severity.label());
    let (severity, cited) = (severity.in_lang(lang), about.authority.cited());
    let mut out = format!("\n## {id}\n\n**{}** · {severity} · {}\n", prose(title), cited.in_lang(lang));
    for paragraph in about.why.in_lang(lang).split('\n').filter(|p| !p.trim().is_empty()) {
        out.push_str(&format!("\n{}\n", prose(paragraph.trim())));
    }
    let (flagged, silent): (Vec<_>, Vec<_>) = about.examples.iter().partition(|e| !e.flags.is_empty());
    for (examples, heading) in [
        (flagged, lang.either("会指出（【】内）：", "Flagged, in 【】:")),
        (silent, lang.either("不会指出：", "Left alone:")),
    ] {
        if examples.is_empty() {
            continue;
        }
        // A fenced block shows an example as it is, be it Markdown itself; the fence is longer than
        // any in the examples.
        let texts = told(&examples, lang);
        let mut fence = "```".to_owned();
        while texts.iter().any(|t| t.contains(&fence)) {
            fence.push('`');
        }
        out.push_str(&format!("\n{heading}\n\n{fence}text\n"));
        for (n, text) in texts.iter().enumerate() {
            let blank = if n > 0 && (text.trim_end().contains('\n') || texts[n - 1].trim_end().contains('\n'))
            {
                "\n"
            } else {
                ""
            };
            out.push_str(&format!("{blank}{}\n", text.trim_end()));
        }
        out.push_str(&format!("{fence}\n"));
    }
    out
}

/// Words in which Markdown sees no signs of its own.
#[must_use]
pub fn prose(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        if matches!(c, '*' | '_' | '`' | '<' | '\\' | '[' | '#' | '~') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Each example with the flagged words in 【】. What it is checked with besides its text (the day,
/// facts, facts of other localities) stands before it in lines that begin with `#`, and holds until
/// it is said anew.
#[must_use]
pub fn told(examples: &[&Example], lang: Lang) -> Vec<String> {
    let mut last = String::new();
    let tell = |example: &&Example| {
        let conditions = conditions(example, lang);
        let said = match (conditions == last, conditions.is_empty()) {
            (true, _) => "",
            (false, true) => {
                lang.either("# 以下不带事实，不论日期\n", "# from here on without facts, on any day\n")
            }
            (false, false) => &conditions,
        };
        let told = [said, &marked(example)].concat();
        last = conditions;
        told
    };
    examples.iter().map(tell).collect()
}

/// What the example is checked with besides its text; empty where none matters.
fn conditions(example: &Example, lang: Lang) -> String {
    let mut out = String::new();
    for (what, value) in [
        ("--as-of", example.as_of),
        (lang.either("事实（--facts）：", "facts (--facts):"), example.facts),
        (lang.either("外地的事实（--others）：", "facts of another locality (--others):"), example.others),
        (lang.either("按标准排版，只是：", "set by the standard, but for:"), example.layout),
    ] {
        let mut lines = value.trim().lines();
        match (lines.next().filter(|l| !l.is_empty()), value.trim().contains('\n')) {
            (None, _) => {}
            (Some(line), false) => out.push_str(&format!("# {what} {line}\n")),
            (Some(line), true) => {
                out.push_str(&format!("# {what}\n#   {line}\n"));
                lines.for_each(|line| out.push_str(&format!("#   {line}\n")));
            }
        }
    }
    out
}

/// The example with the flagged words in 【】, which also a black-and-white page shows.
fn marked(example: &Example) -> String {
    let mut out = String::new();
    let mut rest = example.text;
    for words in example.flags {
        let Some(at) = rest.find(words) else { continue };
        out.push_str(&rest[..at]);
        out.push_str(&format!("【{words}】"));
        rest = &rest[at + words.len()..];
    }
    out.push_str(rest);
    // What it was held against.
    for (name, _, text) in example.corpus {
        out.push_str(&format!("\n〔{name}〕{text}"));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::marked;
    use crate::rules::example;

    #[test]
    fn flagged_words_are_marked_in_order_also_where_they_repeat() {
        let example = example("x月x日，在x镇开会", &["x", "x", "x"]);
        assert_eq!(marked(&example), "【x】月【x】日，在【x】镇开会");
    }
}
