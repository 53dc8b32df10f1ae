//! `wengao compare`: two versions of a paper, as a list of what differs and as one document that shows it.

use clap::{Arg, ArgMatches, Command};

use super::{Exit, Subcommand, World, arguments, either};
use crate::app::compare::compare;
use crate::base::{Lang, Problem, Result, Text};
use crate::read::has_extension;
use crate::text;

/// The subcommand.
pub static COMMAND: Subcommand = Subcommand {
    name: "compare",
    about: Text::fixed(
        "比对两稿：改了哪里，数字、日期、人名变了哪些",
        "hold two versions of a paper against each other",
    ),
    define,
    run,
};

fn define(command: Command, lang: Lang) -> Command {
    let say = |zh, en| either(lang, zh, en);
    command
        .args([
            Arg::new("old").value_name(say("旧稿", "OLD")).required(true).help(say(
                "原来的稿子，什么格式都行",
                "the older version, of any format that can be read",
            )),
            Arg::new("new").value_name(say("新稿", "NEW")).required(true).help(say(
                "改过的稿子，可以是另一种格式",
                "the newer one; its format may be another",
            )),
            arguments::output(lang).help(say(
                "花脸稿写到这个 .docx：在新稿上标出修订，全部接受是新稿，全部拒绝是旧稿；不写时只列不同",
                "write the newer version with what changed as tracked changes to this .docx: all accepted it is the new text, all rejected the old one; else what differs is only listed",
            )),
            arguments::force(lang),
            Arg::new("format")
                .long("format")
                .value_name(say("格式", "FORMAT"))
                .value_parser(["text", "json"])
                .default_value("text")
                .help(say("不同之处怎样列出", "how what differs is listed")),
        ])
        .after_help(say(
            "整段挪了地方的列为移动，不算一删一增；花脸稿里也标成移动。\n退出码：0 文字相同；1 有不同；2 有误\n例：\n  wengao compare 初稿.docx 修改稿.docx\n  wengao compare 初稿.doc 修改稿.docx -o 花脸稿.docx\n  wengao compare 初稿.txt 定稿.pdf --format json",
            "Paragraphs that stand elsewhere now are told as moved, and marked so, not as gone and new.\nExit codes: 0 the texts are the same; 1 they differ; 2 trouble\nExamples:\n  wengao compare first.docx second.docx\n  wengao compare first.doc second.docx -o marked.docx\n  wengao compare first.txt last.pdf --format json",
        ))
}

fn run(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    let name = |id: &str| matches.get_one::<String>(id).cloned().unwrap_or_default();
    let (old, new) = (name("old"), name("new"));
    let to = arguments::output_of(matches);
    if to != "-" && !has_extension(to, &["docx", "docm"]) {
        return Err(Problem::new(text!("修订不能写成 {to}", "tracked changes cannot be written as {to}"))
            .help(Text::fixed("写成 .docx", "write a .docx file"))
            .into());
    }
    let office = world.office();
    let compared = compare(&office, &old, &new, world)?;
    if to != "-" {
        world.deliver(to, &compared.bytes, arguments::over(matches))?;
    }
    let lang = world.lang;
    let json = matches.get_one::<String>("format").is_some_and(|format| format == "json");
    let told = if json {
        let told = serde_json::to_string_pretty(&compared.as_json(&old, &new, lang)).unwrap_or_default();
        told + "\n"
    } else {
        compared.as_text(lang)
    };
    world.print_page(told)?;
    Ok(if compared.counts.is_same() { Exit::Clean } else { Exit::Findings })
}
