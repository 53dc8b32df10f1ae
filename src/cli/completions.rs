//! `wengao completions`: a shell's completion script, from the same table as the help.
//!
//! The script knows the ids of skeletons, topics and rules as well, those of the office's own library
//! included: whoever adds one prints the script anew. They are values only here, since a skeleton may
//! also be a file.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgMatches, Command};
use clap_complete::{Shell, generate};

use super::{Exit, Subcommand, World, command, either};
use crate::app::library::library;
use crate::base::{Lang, Result, Text};
use crate::rules::RULES;

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
    let known = ids(world);
    let command = with_ids(command(world.lang), &known);
    let mut script = Vec::new();
    generate(shell, &mut command.clone(), "wengao", &mut script);
    if shell == Shell::Fish {
        script.extend(fish(&command, &[]).into_bytes());
    }
    world.print(script)?;
    Ok(Exit::Clean)
}

/// What may stand for each argument that names a thing of the library.
type Ids = BTreeMap<&'static str, Vec<String>>;

/// The ids, by the name of the argument. Of a library that cannot be read there are none: a script that
/// a shell reads at its start is no place for errors.
fn ids(world: &World) -> Ids {
    let rules: Vec<_> = RULES.iter().map(|rule| rule.about().id.to_owned()).collect();
    let mut ids = Ids::from([("only", rules.clone()), ("skip", rules.clone()), ("rule", rules)]);
    if let Ok(library) = library(&world.office()) {
        ids.extend([("template", library.skeleton_ids()), ("topic", library.topic_ids())]);
    }
    ids
}

fn with_ids(command: Command, ids: &Ids) -> Command {
    let command = command.mut_args(|arg| match ids.get(arg.get_id().as_str()) {
        Some(ids) => arg.value_parser(PossibleValuesParser::new(ids)),
        None => arg,
    });
    command.mut_subcommands(|command| with_ids(command, ids))
}

/// What clap's script for fish leaves out: the values of arguments that have no flag.
fn fish(command: &Command, above: &[&str]) -> String {
    let mut script = String::new();
    for command in command.get_subcommands() {
        let path = [above, &[command.get_name()]].concat();
        for arg in command.get_positionals() {
            let values: Vec<_> = arg.get_possible_values().iter().map(|v| v.get_name().to_owned()).collect();
            if !values.is_empty() {
                let seen = path.join("; and __fish_seen_subcommand_from ");
                let values = values.join(" ");
                _ = writeln!(
                    script,
                    "complete -c wengao -n \"__fish_seen_subcommand_from {seen}\" -a \"{values}\""
                );
            }
        }
        script.push_str(&fish(command, &path));
    }
    script
}
