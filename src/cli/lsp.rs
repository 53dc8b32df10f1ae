//! `wengao lsp`: serves an editor over standard input and output, by the Language Server Protocol.

use std::io::BufReader;

use clap::{Arg, ArgAction, ArgMatches, Command};

use super::against::held;
use super::{Exit, Subcommand, World, either};
use crate::app::settings;
use crate::base::{Lang, Problem, Result, Text, error::reason};
use crate::lsp::{Door, serve};

/// The subcommand.
pub static COMMAND: Subcommand = Subcommand {
    name: "lsp",
    about: Text::fixed("在编辑器里边写边查（LSP）", "check while you write, in an editor (LSP)"),
    define,
    run,
};

fn define(command: Command, lang: Lang) -> Command {
    command
        // What clients of the protocol add where several transports are possible.
        .arg(Arg::new("stdio").long("stdio").action(ArgAction::SetTrue).hide(true))
        .after_help(either(
            lang,
            "由编辑器启动，用标准输入输出说话；VS Code、Neovim、Helix 的设置见 docs/editors.md",
            "Started by the editor, it speaks over standard input and output; docs/editors.md has the settings for VS Code, Neovim and Helix",
        ))
}

fn run(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    let folders = settings::corpora(&world.config);
    let against = if folders.is_empty() { None } else { Some(held(world, folders)?) };
    let door = Door {
        office: world.office(),
        corpus: against.as_ref(),
        // A language that was asked for counts more than the editor's.
        heeds_locale: matches.get_one::<String>("lang").is_none() && world.config.lang.is_none(),
    };
    let (reader, writer) = world.streams();
    let served = serve(door, BufReader::new(reader), writer).map_err(|error| {
        let why = reason(&error);
        let what =
            Text::new(format!("与编辑器的通话断了：{}", why.zh), format!("the editor is gone: {}", why.en));
        Problem::new(what)
    })?;
    // The protocol asks for 1 where the editor left without taking leave.
    Ok(if served { Exit::Clean } else { Exit::Findings })
}
