//! `wengao mcp`: serves an assistant over standard input and output, by the Model Context Protocol.

use std::io::BufReader;

use clap::{Arg, ArgMatches, Command};

use super::against::held;
use super::{Exit, Subcommand, World, arguments, command, either};
use crate::app::settings;
use crate::base::{Lang, Problem, Result, Text, error::reason};
use crate::mcp::serve;

/// The subcommand.
pub static COMMAND: Subcommand = Subcommand {
    name: "mcp",
    about: Text::fixed("让写稿的智能助手调用检查和起草（MCP）", "let an assistant check and draft (MCP)"),
    define,
    run,
};

fn define(command: Command, lang: Lang) -> Command {
    command
        .arg(Arg::new("files").value_name(either(lang, "文件", "FILES")).num_args(0..).help(either(
            lang,
            "可以读的文件和文件夹；不写时只收传过来的文字。不写任何文件",
            "files and folders that may be read; without any, only texts that are handed over. Nothing is written",
        )))
        .after_help(either(
            lang,
            "由助手启动，用标准输入输出说话（JSON-RPC 2.0，一行一条）；设置见 docs/assistants.md\n例：claude mcp add wengao -- wengao mcp 我的材料",
            "Started by the assistant, it speaks over standard input and output (JSON-RPC 2.0, a message a line); see docs/assistants.md\nExample: claude mcp add wengao -- wengao mcp drafts",
        ))
}

fn run(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    let named = arguments::many(matches, "files").unwrap_or_default();
    let office = world.office();
    let all = [Lang::Zh, Lang::En].map(command);
    let about = |path: &str, lang: Lang| -> String {
        let whole = &all[usize::from(lang == Lang::En)];
        let found = path.split(' ').try_fold(whole, |command, name| command.find_subcommand(name));
        found.and_then(Command::get_about).map(ToString::to_string).unwrap_or_default()
    };
    let folders = settings::corpora(&world.config);
    let against = if folders.is_empty() { None } else { Some(held(world, folders)?) };
    let (reader, writer) = world.streams();
    let served = serve(&office, against.as_ref(), &named, &about, &mut BufReader::new(reader), writer);
    served.map_err(|error| {
        let why = reason(&error);
        Problem::new(Text::new(
            format!("与助手的通话断了：{}", why.zh),
            format!("the assistant is gone: {}", why.en),
        ))
    })?;
    Ok(Exit::Clean)
}
