//! Floor 6: the command line. One file a subcommand, one line in [`COMMANDS`].
//!
//! A subcommand's file says everything about it: its name, what it is for, its arguments and what
//! it does. Help, completions and the tests read the same table.
//!
//! What a subcommand does is a use case of [`app`](crate::app); here are its words, flags and streams,
//! and the disk. This floor alone touches the world: [`World`] holds streams, clock and environment,
//! `disk` and [`input`] the disk. A subcommand returns an [`Exit`] or an error; printing the
//! error and choosing the exit code happen once, here.

mod against;
mod arguments;
mod asked;
mod check;
mod clap_words;
mod columns;
mod command;
mod compare;
mod completions;
mod config;
mod corpus;
mod demo;
mod disk;
mod draft;
mod explain;
mod facts;
mod fix;
mod fonts;
mod format;
mod init;
pub mod input;
mod lsp;
mod mcp;
mod page;
mod pdf;
mod phrase;
mod renew;
mod rules;
mod show;
mod skeleton;
mod tell;
mod template;
mod tidy;
mod topic;
mod trouble;
mod walk;
mod world;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::ArgMatches;

use crate::base::{Error, Lang, Result, Text};
pub use command::command;
pub use world::World;

/// How a run ended. Scripts rely on the numbers: 0, 1, 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Nothing to report.
    Clean = 0,
    /// There are findings at or above `--fail-on`.
    Findings = 1,
    /// Wrong usage, an input that cannot be read, an output that cannot be written.
    Trouble = 2,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// One subcommand.
pub struct Subcommand {
    /// The word after `wengao`.
    pub name: &'static str,
    /// What it is for, in one line.
    pub about: Text,
    /// Adds its arguments to a command that already has name and one-line description.
    pub define: fn(clap::Command, Lang) -> clap::Command,
    /// Does it. An error is printed by the caller and ends in [`Exit::Trouble`].
    pub run: fn(&ArgMatches, &mut World) -> Result<Exit>,
}

impl Subcommand {
    /// The subcommand as clap sees it, in one language.
    fn command(&self, lang: Lang) -> clap::Command {
        (self.define)(clap::Command::new(self.name).about(self.about.in_lang(lang).to_owned()), lang)
    }
}

/// Adds `actions` below `command`, one of which must be named.
fn nested(command: clap::Command, actions: &[Subcommand], lang: Lang) -> clap::Command {
    let actions = actions.iter().map(|action| action.command(lang));
    command.subcommand_required(true).arg_required_else_help(true).subcommands(actions)
}

/// Runs the one of `actions` that was named.
fn run_nested(actions: &[Subcommand], matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    let Some((name, matches)) = matches.subcommand() else { return Ok(Exit::Trouble) };
    match actions.iter().find(|action| action.name == name) {
        Some(action) => (action.run)(matches, world),
        None => Ok(Exit::Trouble),
    }
}

/// All subcommands, in the order of the help.
pub static COMMANDS: &[&Subcommand] = &[
    &demo::COMMAND,
    &init::COMMAND,
    &draft::COMMAND,
    &check::COMMAND,
    &fix::COMMAND,
    &format::COMMAND,
    &fonts::COMMAND,
    &renew::COMMAND,
    &compare::COMMAND,
    &template::COMMAND,
    &skeleton::COMMAND,
    &topic::COMMAND,
    &phrase::COMMAND,
    &facts::COMMAND,
    &corpus::COMMAND,
    &rules::COMMAND,
    &explain::COMMAND,
    &config::COMMAND,
    &show::COMMAND,
    &page::COMMAND,
    &lsp::COMMAND,
    &mcp::COMMAND,
    &tidy::COMMAND,
    &completions::COMMAND,
];

/// Runs the program on `args`, of which the first is the program's own name.
pub fn run(mut args: Vec<OsString>, world: &mut World) -> Exit {
    // Who double-clicks the program there has no terminal to read a help in.
    if cfg!(windows) && args.len() == 1 {
        args.push(page::COMMAND.name.into());
    }
    // Help and errors are in the person's language, so it is decided before anything is parsed.
    let flags = command::early(&args);
    let named = args.iter().skip(1).find_map(|arg| COMMANDS.iter().find(|c| arg == c.name)).map(|c| c.name);
    let config = config::load(&flags.config, &*world.disk);
    world.lang = flags
        .lang
        .or(config.as_ref().ok().and_then(|c| c.lang.as_ref().map(|(lang, _)| *lang)))
        .or_else(|| world.locale())
        .unwrap_or_default();
    let matches = match command(world.lang).color(flags.color.for_clap(world)).try_get_matches_from(args) {
        Ok(matches) => matches,
        Err(error) => return clap_words::tell(&error, named, world),
    };
    world.color = flags.color;
    world.quiet = matches.get_flag("quiet");
    let Some((name, matches)) = matches.subcommand() else { return Exit::Trouble };
    let Some(subcommand) = COMMANDS.iter().find(|c| c.name == name) else { return Exit::Trouble };
    // Whoever mends a settings file in an editor must be able to start it.
    let config = if name == lsp::COMMAND.name { Ok(config.unwrap_or_default()) } else { config };
    let outcome = config.and_then(|config| {
        world.config = config.into();
        world.nearest = flags.config == command::ConfigChoice::Nearest;
        (subcommand.run)(matches, world)
    });
    let outcome = outcome.and_then(|exit| world.flush().map(|()| exit));
    outcome.unwrap_or_else(|error| fail(&error, world))
}

fn fail(error: &Error, world: &mut World) -> Exit {
    world.complain(error.problems());
    Exit::Trouble
}

/// One of two wordings known at build time, for the help of arguments.
const fn either(lang: Lang, zh: &'static str, en: &'static str) -> &'static str {
    lang.either(zh, en)
}
