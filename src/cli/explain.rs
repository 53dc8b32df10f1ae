//! `wengao explain`: what a rule looks for, why, and what it leaves alone.
//!
//! The page is the rule's own `About`; its examples are the rule's tests, so what stands here is
//! true.

use clap::{Arg, ArgMatches, Command};

use super::{Exit, Subcommand, World, either};
use crate::app::explain::{page, rule};
use crate::base::{Lang, Result, Text};

/// The subcommand.
pub static COMMAND: Subcommand =
    Subcommand { name: "explain", about: Text::fixed("说明一条规则", "explain a rule"), define, run };

fn define(command: Command, lang: Lang) -> Command {
    command.arg(Arg::new("rule").value_name(either(lang, "规则", "RULE")).required(true).help(either(
        lang,
        "规则的名字，见 wengao rules",
        "the rule's id, as in wengao rules",
    )))
}

fn run(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    let id = matches.get_one::<String>("rule").map_or("", String::as_str);
    let page = page(rule(id)?, world.lang);
    world.print_page(page)?;
    Ok(Exit::Clean)
}
