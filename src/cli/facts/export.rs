//! `wengao facts export`: facts as one workbook to fill in, or as one YAML file.

use clap::{Arg, ArgMatches, Command};

use super::super::{Exit, Subcommand, World, arguments, either};
use crate::app::facts::{self, table};
use crate::base::{Lang, Result, Text};

pub(super) const ACTION: Subcommand = Subcommand {
    name: "export",
    about: Text::fixed(
        "把事实写成工作簿（.xlsx），供填表、传阅",
        "write facts into a workbook (.xlsx), to be filled in and passed round",
    ),
    define,
    run,
};

fn define(command: Command, lang: Lang) -> Command {
    let for_template =
        Arg::new("template").long("template").short('t').value_name(either(lang, "模板", "TEMPLATE")).help(
            either(
                lang,
                "连同这个模板需要而还没有的事实一起列出，注明哪些必需",
                "also list what this skeleton asks for and is not there yet, and say what is needed",
            ),
        );
    command.args([
        super::files(lang),
        for_template,
        arguments::output(lang).help(either(
            lang,
            "写到这个文件：.xlsx，或 .yaml（多个文件合成一个）；不写则输出 YAML 到屏幕",
            "write to this file: .xlsx, or .yaml (several files become one); YAML to the screen if not given",
        )),
        arguments::force(lang),
    ])
}

fn run(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    let office = world.office();
    let to = arguments::output_of(matches);
    let names = facts::chosen(&office, arguments::many(matches, "files"));
    let template = matches.get_one::<String>("template").map(String::as_str);
    let (facts, bytes) = table::export(&office, &names, template, to)?;
    facts.notes.iter().for_each(|note| world.note(note));
    world.deliver(to, &bytes, arguments::over(matches))?;
    Ok(Exit::Clean)
}
