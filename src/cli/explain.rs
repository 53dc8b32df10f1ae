//! `wengao explain`: what a rule looks for, why, and what it leaves alone.
//!
//! The page is the rule's own [`About`]; its examples are the rule's tests, so what stands here is
//! true.

use clap::{Arg, ArgMatches, Command};

use super::{Exit, Subcommand, World, checking::unknown_rule, either};
use crate::base::{Lang, Problem, Result, Text};
use crate::rules::{About, Example, RULES};
use crate::text;

/// The subcommand.
pub static COMMAND: Subcommand =
    Subcommand { name: "explain", about: Text::fixed("说明一条规则", "explain a rule"), define, run };

fn define(command: Command, lang: Lang) -> Command {
    command.arg(Arg::new("rule").value_name(either(lang, "规则", "RULE")).required(true).help(either(
        lang,
        "规则的名字，见 wengao rules",
        "the rule's id, as in wengao rules",
    )))
}

fn run(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    let id = matches.get_one::<String>("rule").map_or("", String::as_str);
    let Some(rule) = RULES.iter().find(|r| r.about().id == id) else {
        let otherwise = || Problem::new(text!("没有“{id}”这条规则", "there is no rule “{id}”"));
        return Err(unknown_rule(id).unwrap_or_else(otherwise).into());
    };
    let page = page(rule.about(), world.lang);
    world.print(page)?;
    Ok(Exit::Clean)
}

fn page(about: &About, lang: Lang) -> String {
    let (title, why) = (about.title.in_lang(lang), about.why.in_lang(lang));
    let severity = about.severity.label();
    let mut out = format!("{}  {title}  [{}]\n\n{why}\n", about.id, severity.in_lang(lang));
    let (flagged, silent): (Vec<_>, Vec<_>) = about.examples.iter().partition(|e| !e.flags.is_empty());
    let groups = [
        (flagged, either(lang, "会指出（【】内）：", "Flagged, in 【】:")),
        (silent, either(lang, "不会指出：", "Left alone:")),
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

/// Each example with the flagged words in 【】. What it is checked with besides its text (the day,
/// facts, facts of other localities) stands before it in lines that begin with `#`, and holds until
/// it is said anew.
pub(super) fn told(examples: &[&Example], lang: Lang) -> Vec<String> {
    let mut last = String::new();
    let tell = |example: &&Example| {
        let conditions = conditions(example, lang);
        let said = match (conditions == last, conditions.is_empty()) {
            (true, _) => "",
            (false, true) => {
                either(lang, "# 以下不带事实，不论日期\n", "# from here on without facts, on any day\n")
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
        (either(lang, "事实（--facts）：", "facts (--facts):"), example.facts),
        (either(lang, "外地的事实（--others）：", "facts of another locality (--others):"), example.others),
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
