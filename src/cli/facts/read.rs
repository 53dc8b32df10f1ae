//! `wengao facts read`: papers → a facts file to be gone through.

use clap::{Arg, ArgMatches, Command};

use super::super::{Exit, Subcommand, World, arguments, either};
use crate::app::gather::gather;
use crate::base::{Lang, Result, Text};

pub(super) const ACTION: Subcommand = Subcommand {
    name: "read",
    about: Text::fixed(
        "从方案、通知、总结（.docx、.doc、.pdf、.txt 等）采集事实，每个值注明出处",
        "gather facts from plans, notices and summaries (.docx, .doc, .pdf, .txt and others), each value with its place",
    ),
    define,
    run,
};

fn define(command: Command, lang: Lang) -> Command {
    let files = Arg::new("files").value_name(either(lang, "文件", "PAPERS")).num_args(1..).required(true);
    let wanted = Arg::new("for").long("for").value_name(either(lang, "模板", "TEMPLATE"));
    command.args([
        files.help(either(lang, "有事实的文件：.docx、.doc、.pdf、.txt 等", "papers that state facts: .docx, .doc, .pdf, .txt and others")),
        wanted.help(either(
            lang,
            "连同这个模板还要的一起列出，留空待填",
            "also ask for what this skeleton still needs, empty to fill in",
        )),
        arguments::output(lang),
        arguments::force(lang),
    ])
    .after_help(either(
        lang,
        "只列有把握的，照原文抄录，不改写；几份文件说法不一的写成注释，由人来定。\n例：wengao facts read 方案.docx 通知.docx --for speech/mobilization --output 事实.yaml",
        "Only what is sure is listed, as it stands; where papers differ, both stand as comments.\nFor example: wengao facts read plan.docx notice.docx --for speech/mobilization --output facts.yaml",
    ))
}

fn run(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    let names: Vec<&str> = matches.get_many::<String>("files").into_iter().flatten().map(|f| &**f).collect();
    let template = matches.get_one::<String>("for").map(String::as_str);
    let office = world.office();
    let gathered = gather(&office, &names, template, world)?;
    world.deliver(arguments::output_of(matches), gathered.yaml.as_bytes(), arguments::over(matches))?;
    world.say(&gathered.count());
    Ok(Exit::Clean)
}
