//! `wengao skeleton`: skeletons of one's own, made from texts that are there already.

use clap::{Arg, ArgMatches, Command};

use super::{Exit, Subcommand, World, arguments, either, nested, run_nested};
use crate::app::extract::extract;
use crate::base::{Lang, Result, Text};

/// The subcommand.
pub static COMMAND: Subcommand = Subcommand {
    name: "skeleton",
    about: Text::fixed("把现成的稿子变成自己的模板", "make a skeleton of one's own from a text"),
    define: |command, lang| nested(command, ACTIONS, lang),
    run: |matches, world| run_nested(ACTIONS, matches, world),
};

/// What comes after `wengao skeleton`.
static ACTIONS: &[Subcommand] = &[Subcommand {
    name: "extract",
    about: Text::fixed(
        "从旧稿（写完的、带空白的都行）提取模板和事实文件",
        "a skeleton and a facts file from a text, finished or with blanks",
    ),
    define,
    run,
}];

fn define(command: Command, lang: Lang) -> Command {
    let say = |zh, en| either(lang, zh, en);
    command
        .arg(Arg::new("draft").required(true).value_name(say("旧稿", "DRAFT")).help(say(
            "写完的稿子，或带 x、×、*、某、【】等空白的：.docx、.doc、.pdf、.txt 等",
            "a finished text, or a draft with blanks such as x, ×, *, 某, 【】: .docx, .doc, .pdf, .txt and others",
        )))
        .arg(arguments::output(lang).help(say(
            "模板写到这个 .tera 文件，稿子里原来的值作为例子写在旁边的 .example.yaml；不写则模板输出到屏幕",
            "write the skeleton to this .tera file, and the values that stood in the text beside it as its .example.yaml; the skeleton goes to the screen if not given",
        )))
        .arg(arguments::file("facts", lang).short('f').help(say(
            "待填的事实文件写到这里；不写则不要",
            "write the facts file to fill in here; none if not given",
        )))
        .arg(arguments::force(lang))
        .after_help(say(
            "例：wengao skeleton extract 旧稿.docx --output 模板.tera --facts 事实.yaml\n填好事实后：wengao draft 模板.tera --facts 事实.yaml --output 文稿.docx",
            "Example: wengao skeleton extract old.docx --output own.tera --facts facts.yaml\nthen, with the facts filled in: wengao draft own.tera --facts facts.yaml --output new.docx",
        ))
}

fn run(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    let path = matches.get_one::<String>("draft").map_or("-", String::as_str);
    let facts = matches.get_one::<String>("facts").map(String::as_str);
    let (to, over) = (arguments::output_of(matches), arguments::over(matches));
    let office = world.office();
    let taken = extract(&office, path, (to, facts), over, world)?;
    let unnamed = taken.write(&office, world)?;
    world.print(unnamed)?;
    taken.tell(world);
    Ok(Exit::Clean)
}
