//! What documents are held against: the corpus that the flags or the settings name, and the set
//! phrases that count for nothing.

use clap::{Arg, ArgAction, ArgMatches};

use super::{World, arguments, corpus, either};
use crate::app::plan::Plan;
use crate::app::{Use, read_text};
use crate::base::{Lang, Result};
use crate::corpus::{Held, Stock, is_remote, open_all};
use crate::rules::copied_passage;

/// `--corpus`, `--stock` and `--min-chars`.
pub(super) fn flags(lang: Lang) -> [Arg; 3] {
    let say = |zh, en| either(lang, zh, en);
    [
        corpus::folders_flag(lang),
        arguments::file("stock", lang).action(ArgAction::Append).help(say(
            "常用语文件，一行一条，可写多次；这些话不算照抄",
            "a file of set phrases, one a line; may be given several times. They do not count as copied",
        )),
        Arg::new("min-chars")
            .long("min-chars")
            .value_name(say("字数", "N"))
            .value_parser(clap::value_parser!(u16).range(8..))
            .help(say(
                "除去常用语，连着多少字相同才算照抄；不写时是 13",
                "letters in a row, set phrases left out, from which a passage counts as copied; 13 if not given",
            )),
    ]
}

/// Opens what the flags or the settings name; `None` if they name no corpus, or no document is
/// checked for copied passages. Also puts what the plans need to know into them.
///
/// # Errors
/// If the corpus or a file of set phrases cannot be read.
pub(super) fn open(matches: &ArgMatches, world: &World, plans: &mut [Plan]) -> Result<Option<Held>> {
    let least = matches.get_one::<u16>("min-chars").map(|&n| usize::from(n));
    let least = least.or_else(|| world.config.least_copied.as_ref().map(|(n, _)| *n));
    for plan in &mut *plans {
        plan.settings.least_copied = least;
    }
    let folders = corpus::folders_named(matches, world);
    if folders.is_empty() || !plans.iter().any(|p| p.settings.runs(copied_passage::ID)) {
        return Ok(None);
    }
    let mut held = held(world, folders)?;
    let given = matches.get_many::<String>("stock").into_iter().flatten();
    for path in given.chain(world.config.stock.iter().map(|(path, _)| path)) {
        held.stock.add(&read_text(&*world.disk, path, Use::Input)?);
    }
    Ok(Some(held))
}

/// The corpora in these folders as one, with the set phrases that the program knows.
///
/// # Errors
/// If one of them cannot be opened.
pub(super) fn held(world: &World, folders: Vec<String>) -> Result<Held> {
    let on_disk = folders.iter().filter(|folder| !is_remote(folder));
    on_disk.for_each(|folder| world.disk.take(folder, Use::Input));
    Held::new(move || open_all(&folders), Stock::known())
}
