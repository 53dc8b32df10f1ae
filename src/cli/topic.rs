//! `wengao topic`: which topic packs there are, and what each brings.

use clap::{Arg, ArgMatches, Command};
use serde_json::json;

use super::arguments::{json_format, wants_json};
use super::{Exit, Subcommand, World, either, nested, run_nested};
use crate::app::library::library;
use crate::base::{Lang, Result, Text};
use crate::draft::topic::{Topic, Usual};

/// The subcommand.
pub static COMMAND: Subcommand = Subcommand {
    name: "topic",
    about: Text::fixed(
        "列出主题包，查看一个主题常见的任务、指标、问题、措施",
        "list topic packs and what each brings",
    ),
    define,
    run,
};

/// What comes after `wengao topic`.
static ACTIONS: &[Subcommand] = &[
    Subcommand {
        name: "list",
        about: Text::fixed("列出全部主题包", "list all topic packs"),
        define: |command, lang| command.arg(json_format(lang)),
        run: list,
    },
    Subcommand {
        name: "show",
        about: Text::fixed(
            "查看一个主题的提法和常见的任务、指标、问题、措施",
            "a topic's set terms and its usual tasks, indicators, problems and measures",
        ),
        define: |command, lang| command.arg(name(lang)),
        run: show,
    },
];

fn name(lang: Lang) -> Arg {
    Arg::new("topic").required(true).value_name(either(lang, "主题", "TOPIC")).help(either(
        lang,
        "主题的名称或编号，如 教育、education",
        "a topic's id or title, as education",
    ))
}

fn define(command: Command, lang: Lang) -> Command {
    nested(command, ACTIONS, lang)
}

fn run(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    run_nested(ACTIONS, matches, world)
}

fn list(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    let library = library(&world.office())?;
    let mut rows = Vec::new();
    for id in library.topic_ids() {
        let topic = library.topic(&id)?;
        rows.push((id, topic.title.in_lang(world.lang).to_owned()));
    }
    let out = if wants_json(matches) {
        let rows: Vec<_> = rows.iter().map(|(id, title)| json!({ "id": id, "title": title })).collect();
        format!("{:#}\n", json!(rows))
    } else {
        rows.iter().map(|(id, title)| format!("{id}  {title}\n")).collect()
    };
    world.print_page(out)?;
    Ok(Exit::Clean)
}

fn show(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    let name = matches.get_one::<String>("topic").map_or("", String::as_str);
    let topic = library(&world.office())?.topic(name)?;
    let page = page(&topic, world.lang);
    world.print_page(page)?;
    Ok(Exit::Clean)
}

fn page(topic: &Topic, lang: Lang) -> String {
    let mut out = format!("{}  {}\n", topic.id, topic.title.in_lang(lang));
    if !topic.terms.is_empty() {
        out.push_str(either(lang, "\n提法\n", "\nset terms\n"));
        for (term, from) in &topic.terms {
            out.push_str(&match lang {
                Lang::Zh => format!("  {term}（{from}）\n"),
                Lang::En => format!("  {term} ({from})\n"),
            });
        }
    }
    for (head, usual) in [
        (either(lang, "常见任务", "usual tasks"), &topic.tasks),
        (either(lang, "常用指标", "usual indicators"), &topic.indicators),
        (either(lang, "常见问题", "usual problems"), &topic.problems),
        (either(lang, "常用措施", "usual measures"), &topic.measures),
        (either(lang, "职责分工", "usual duties"), &topic.duties),
        (either(lang, "形势的角度", "angles of the situation"), &topic.situation),
        (either(lang, "常用原则", "usual principles"), &topic.principles),
    ] {
        if usual.is_empty() {
            continue;
        }
        out.push_str(&format!("\n{head}\n"));
        for Usual { name, detail, owner } in usual {
            let owner = owner.as_ref().map_or_else(String::new, |o| format!("  [{o}]"));
            let detail = detail.join(either(lang, "；", "; "));
            let gap = if detail.is_empty() { "" } else { either(lang, "：", ": ") };
            out.push_str(&format!("  {name}{gap}{detail}{owner}\n"));
        }
    }
    out
}
