//! `wengao facts export`: facts as one workbook to fill in, or as one YAML file.

use clap::{Arg, ArgMatches, Command};

use super::super::{Exit, Subcommand, World, arguments, either, output, shelf};
use crate::base::{Lang, Problem, Result, Text};
use crate::draft::{Skeleton, sample, topic::Topic};
use crate::model::{
    Facts, facts,
    facts::write::{scalar, to_yaml},
};
use crate::sheet::{self, Contents};
use crate::text;

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
    let to = arguments::output_of(matches);
    let yaml = to.ends_with(".yaml") || to.ends_with(".yml") || to == "-";
    if !yaml && !is_workbook(to) {
        return Err(Problem::new(text!("不知道 {to} 要写成什么格式", "cannot tell the format of {to}"))
            .help(Text::fixed("扩展名用 .xlsx 或 .yaml", "use the extension .xlsx or .yaml"))
            .into());
    }
    let skeleton = matches.get_one::<String>("template");
    let skeleton = skeleton.map(|t| shelf::skeleton(&shelf::library(world)?, t)).transpose()?;
    let (_, facts) = super::load(matches, world)?;
    let bytes = if yaml {
        to_yaml(&facts, &|at| Some(at.label().in_lang(world.lang).to_owned())).into_bytes()
    } else {
        workbook(skeleton.as_ref(), None, Some(&facts), world)?
    };
    let written = output::write(world, to, &bytes, matches.get_flag("force"))?;
    written.iter().for_each(|said| world.say(said));
    Ok(Exit::Clean)
}

/// Whether a name asks for a workbook.
pub(super) fn is_workbook(name: &str) -> bool {
    name.to_ascii_lowercase().ends_with(".xlsx")
}

/// A workbook that asks what the skeleton asks, with what is usual in the topic, and holds the facts;
/// without facts the topic's name is the one value that is known.
pub(super) fn workbook(
    skeleton: Option<&Skeleton>,
    topic: Option<&Topic>,
    facts: Option<&Facts>,
    world: &World,
) -> Result<Vec<u8>> {
    let questions = skeleton.map(|s| sample::questions(s, topic)).unwrap_or_default();
    let asked = |fact: &str| questions.iter().any(|q| q.fact == fact);
    let known = match topic {
        Some(topic) if facts.is_none() && asked("work.topic") => {
            Some(facts::load("", &format!("工作:\n  主题: {}", scalar(&topic.title.zh)))?)
        }
        _ => None,
    };
    let facts = facts.or(known.as_ref());
    let skeleton = skeleton.map(|s| (&*s.id, &s.title));
    sheet::write(&Contents { skeleton, questions: &questions, facts }, world.lang, world.today())
}
