//! `wengao completions`: a shell's completion script, from the same table as the help.

use clap::{Arg, ArgMatches, Command};
use clap_complete::{Shell, generate};

use super::{Exit, Subcommand, World, command, either};
use crate::base::{Lang, Result, Text};

/// The subcommand.
pub static COMMAND: Subcommand = Subcommand {
    name: "completions",
    about: Text::fixed("输出命令行补全脚本", "print a shell completion script"),
    define,
    run,
};

fn define(command: Command, lang: Lang) -> Command {
    command
        .arg(
            Arg::new("shell")
                .value_name(either(lang, "外壳", "SHELL"))
                .required(true)
                .value_parser(["bash", "zsh", "fish", "powershell"])
                .help(either(lang, "用的是哪种命令行外壳", "which shell")),
        )
        .after_help(either(
            lang,
            "例：wengao completions bash > ~/.local/share/bash-completion/completions/wengao",
            "Example: wengao completions bash > ~/.local/share/bash-completion/completions/wengao",
        ))
}

fn run(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    let shell = match matches.get_one::<String>("shell").map(String::as_str) {
        Some("zsh") => Shell::Zsh,
        Some("fish") => Shell::Fish,
        Some("powershell") => Shell::PowerShell,
        _ => Shell::Bash,
    };
    let mut script = Vec::new();
    generate(shell, &mut command(world.lang), "wengao", &mut script);
    world.print(script)?;
    Ok(Exit::Clean)
}
