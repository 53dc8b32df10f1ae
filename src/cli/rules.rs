//! `wengao rules`: the table of rules, one a line.

use clap::{ArgMatches, Command};
use serde_json::json;

use super::arguments::{json_format, wants_json};
use super::{Exit, Subcommand, World, columns::columns, either};
use crate::base::{Lang, Result, Text};
use crate::rules::RULES;

/// The subcommand.
pub static COMMAND: Subcommand =
    Subcommand { name: "rules", about: Text::fixed("列出检查规则", "list the rules"), define, run };

fn define(command: Command, lang: Lang) -> Command {
    command.arg(json_format(lang)).after_help(either(
        lang,
        "某条规则的说明：wengao explain 规则",
        "What a rule is about: wengao explain RULE",
    ))
}

fn run(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    let lang = world.lang;
    let page = if wants_json(matches) {
        let all = RULES.iter().map(|rule| rule.about()).map(|about| {
            json!({ "id": about.id, "severity": about.severity.name(), "title": about.title.in_lang(lang) })
        });
        format!("{:#}\n", serde_json::Value::Array(all.collect()))
    } else {
        let rows: Vec<_> = RULES
            .iter()
            .map(|rule| rule.about())
            .map(|about| {
                [about.id, about.severity.label().in_lang(lang), about.title.in_lang(lang)].map(str::to_owned)
            })
            .collect();
        columns(&rows)
    };
    world.print(page)?;
    Ok(Exit::Clean)
}
