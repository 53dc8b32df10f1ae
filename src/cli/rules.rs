//! `wengao rules`: the table of rules, one a line; as JSON; or the whole manual in Markdown.
//!
//! `docs/rules.md` and `docs/rules.zh.md` are that manual, made by this command; a test holds them
//! against the rules (`WENGAO_UPDATE=1 cargo test --test all surround::` makes them anew).

use clap::{Arg, ArgMatches, Command};

use super::{Exit, Subcommand, World, columns::columns, either};
use crate::app::explain::{as_json, markdown, prose};
use crate::base::{Lang, Result, Text};
use crate::rules::RULES;

/// The subcommand.
pub static COMMAND: Subcommand =
    Subcommand { name: "rules", about: Text::fixed("列出检查规则", "list the rules"), define, run };

fn define(command: Command, lang: Lang) -> Command {
    let format = Arg::new("format")
        .long("format")
        .value_name(either(lang, "格式", "FORMAT"))
        .value_parser(["text", "json", "markdown"])
        .default_value("text")
        .help(either(
            lang,
            "输出格式；markdown 是带例子的全部说明",
            "format of the output; markdown is the whole manual with examples",
        ));
    command.arg(format).after_help(either(
        lang,
        "某条规则的说明：wengao explain 规则",
        "What a rule is about: wengao explain RULE",
    ))
}

fn run(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    let lang = world.lang;
    let format = matches.get_one::<String>("format").map_or("text", String::as_str);
    let page = if format == "markdown" {
        manual(lang)
    } else if format == "json" {
        let all = RULES.iter().map(|rule| as_json(rule.about(), lang));
        format!("{:#}\n", serde_json::Value::Array(all.collect()))
    } else {
        let rows: Vec<_> = RULES
            .iter()
            .map(|rule| rule.about())
            .map(|about| {
                let (severity, authority) = (about.severity.label(), about.authority.label());
                [about.id, severity.in_lang(lang), authority.in_lang(lang), about.title.in_lang(lang)]
                    .map(str::to_owned)
            })
            .collect();
        columns(&rows)
    };
    world.print_page(page)?;
    Ok(Exit::Clean)
}

/// All rules as one page of Markdown, in the order of the table.
fn manual(lang: Lang) -> String {
    let mut out = match lang {
        Lang::Zh => "# 检查规则\n\n本页由 `wengao rules --format markdown` 生成，例子就是规则的测试。\n".to_owned(),
        Lang::En => "# Rules\n\nMade by `wengao rules --format markdown --lang en`; the examples are the rules' tests.\n".to_owned(),
    };
    out.push_str(either(
        lang,
        "\n| 规则 | 程度 | 依据 | 找什么 |\n|---|---|---|---|\n",
        "\n| Rule | Severity | Goes by | What it finds |\n|---|---|---|---|\n",
    ));
    for about in RULES.iter().map(|r| r.about()) {
        let (id, severity, title) = (about.id, about.severity.label(), about.title.in_lang(lang));
        let (severity, authority) = (severity.in_lang(lang), about.authority.label());
        let (authority, title) = (authority.in_lang(lang), cell(title));
        out.push_str(&format!("| [{id}](#{id}) | {severity} | {authority} | {title} |\n"));
    }
    for about in RULES.iter().map(|r| r.about()) {
        out.push_str(&markdown(about, lang));
    }
    out
}

fn cell(words: &str) -> String {
    prose(words).replace('|', "\\|").replace('\n', " ")
}
