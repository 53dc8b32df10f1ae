//! `wengao corpus set` and `remove`.

use clap::{Arg, ArgMatches, Command};

use super::{folder_flag, select, writer_of_existing};
use crate::base::{Lang, Problem, Result, Text};
use crate::cli::{Exit, Subcommand, World, either};
use crate::corpus::disk::Change;
use crate::text;

/// `wengao corpus set`.
pub(super) const SET: Subcommand = Subcommand {
    name: "set",
    about: Text::fixed(
        "更正文稿的标题、地区、年份、文种",
        "correct title, locality, year or genre of documents",
    ),
    define: |command, lang| meant(command, lang).args(values(lang)),
    run: set,
};

/// `wengao corpus remove`.
pub(super) const REMOVE: Subcommand = Subcommand {
    name: "remove",
    about: Text::fixed(
        "从语料库移除文稿；原文件不动",
        "take documents out of the corpus; files stay where they are",
    ),
    define: meant,
    run: remove,
};

fn meant(command: Command, lang: Lang) -> Command {
    command.args([select::names(lang), folder_flag(lang)]).args(select::filters(lang))
}

/// `--title`, `--locality`, `--year`, `--genre` as new values.
pub(super) fn values(lang: Lang) -> [Arg; 4] {
    let flag = |name: &'static str, value, help| Arg::new(name).long(name).value_name(value).help(help);
    let say = |zh, en| either(lang, zh, en);
    [
        flag("title", say("标题", "TITLE"), say("标题", "the title")),
        flag(
            "locality",
            say("地区", "LOCALITY"),
            say("地区全称；写空的 \"\" 表示没有", "full name of the locality; \"\" for none"),
        ),
        flag("year", say("年份", "YEAR"), say("年份；0 表示没有", "the year; 0 for none"))
            .value_parser(clap::value_parser!(u16).range(..2100)),
        flag("genre", say("文种", "GENRE"), say("文种；写空的 \"\" 表示没有", "the genre; \"\" for none")),
    ]
}

/// What [`values`] were given.
pub(super) fn change_of(matches: &ArgMatches) -> Change {
    let word = |flag: &str| matches.get_one::<String>(flag).map(|w| w.trim().to_owned());
    Change {
        title: word("title"),
        locality: word("locality"),
        year: matches.get_one("year").copied(),
        genre: word("genre"),
    }
}

/// Neither names nor filters: somebody who means all of them says '*'.
fn named(matches: &ArgMatches) -> Result<()> {
    if select::wanted(matches).is_some() {
        return Ok(());
    }
    Err(Problem::new(Text::fixed("没有说是哪些文稿", "no documents were named"))
        .help(Text::fixed("写上名称；全部就写 '*'", "name them; '*' means all"))
        .into())
}

fn set(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    named(matches)?;
    let change = change_of(matches);
    if change == Change::default() {
        return Err(Problem::new(Text::fixed("没有说改成什么", "no new value was given"))
            .help(Text::fixed(
                "加上 --locality、--year、--genre 或 --title",
                "add --locality, --year, --genre or --title",
            ))
            .into());
    }
    let mut writer = writer_of_existing(matches, world)?;
    let meant = select::selected(writer.corpus(), matches)?;
    for (id, _) in &meant {
        writer.set(*id, &change)?;
    }
    writer.commit()?;
    let count = meant.len();
    let plural = if count == 1 { "" } else { "s" };
    world.say(&text!("改了{count}篇", "{count} document{plural} changed"));
    Ok(Exit::Clean)
}

fn remove(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    named(matches)?;
    let mut writer = writer_of_existing(matches, world)?;
    let meant: Vec<_> = select::selected(writer.corpus(), matches)?.into_iter().map(|(id, _)| id).collect();
    writer.remove(&meant)?;
    writer.commit()?;
    let count = meant.len();
    let plural = if count == 1 { "" } else { "s" };
    world.say(&text!("移除了{count}篇", "{count} document{plural} removed"));
    Ok(Exit::Clean)
}

/// What `add` was given for all its documents; it takes no title.
pub(super) fn change_of_add(matches: &ArgMatches) -> Change {
    let word = |flag: &str| matches.get_one::<String>(flag).map(|w| w.trim().to_owned());
    Change {
        title: None,
        locality: word("locality"),
        year: matches.get_one("year").copied(),
        genre: word("genre"),
    }
}
