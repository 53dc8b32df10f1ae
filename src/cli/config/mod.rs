//! `wengao.yaml`: what an office sets once for a working folder, and `wengao config`, which shows
//! what counts in the end and who set it.
//!
//! The settings of a document are those of the nearest file from the document's own folder
//! upward, so that a folder of speeches and one of plans may differ; the language is that of the
//! current folder, since one run speaks one language. The file is read in [`file`], laid under the
//! flags in [`layers`].

mod file;
mod layers;

use clap::{Arg, ArgMatches, Command};

use super::{Exit, Subcommand, World, checking, columns::columns, either};
use crate::base::{Lang, Place, Result, Text};
use crate::model::{Settings, settings::Fonts};
use crate::rules::RULES;
pub use file::{BASELINE, Config, KEYS, NAME};
pub(super) use file::{load, nearest_from, read_shown};
pub(super) use layers::{Flags, settings};
use layers::{Origin, Row, rows};

/// The subcommand.
pub static COMMAND: Subcommand = Subcommand {
    name: "config",
    about: Text::fixed("显示生效的设置和出处", "print the settings that count and who set them"),
    define,
    run,
};

fn define(command: Command, lang: Lang) -> Command {
    let say = |zh, en| either(lang, zh, en);
    command
        .arg(Arg::new("file").value_name(say("文件", "FILE")).help(say(
            "哪个文稿的设置；不写时是当前文件夹的",
            "the document whose settings are meant; those of the current folder if not given",
        )))
        .args(checking::flags(lang))
}

fn run(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    let flags = checking::flags_of(matches, world)?;
    let file = matches.get_one::<String>("file");
    let (config, path) = match file {
        Some(file) => checking::config_for(world, file)?,
        None => (world.config.clone(), None),
    };
    let none = Text::fixed("（没有）", "(none)");
    let mut all = Vec::new();
    let mut row = |key: &str, value: Text, from: Origin| all.push(Row { key: key.to_owned(), value, from });
    let spoken = match world.lang {
        Lang::Zh => "zh",
        Lang::En => "en",
    };
    // The language is that of the current folder and may come from the locale or a flag.
    match &world.config.lang {
        Some((lang, at)) if *lang == world.lang => row("语言", Text::same(spoken), Origin::File(at.clone())),
        _ => row("语言", Text::same(spoken), Origin::Default),
    }
    let fonts = |fonts: Fonts| Fonts::ALL.iter().find(|(_, f)| *f == fonts).map_or("", |(name, _)| name);
    match &config.fonts {
        Some((chosen, at)) => row("字体", Text::same(fonts(*chosen)), Origin::File(at.clone())),
        None => row("字体", Text::same(fonts(Fonts::default())), Origin::Default),
    }
    match matches.get_many::<String>("facts") {
        Some(given) => given.for_each(|f| row("事实", Text::same(f.clone()), Origin::Flag("--facts"))),
        None if config.facts.is_empty() => row("事实", none, Origin::Default),
        None => {
            config
                .facts
                .iter()
                .for_each(|(f, at)| row("事实", Text::same(f.clone()), Origin::File(at.clone())));
        }
    }
    let from = match (matches.get_one::<String>("baseline"), &config.baseline) {
        (Some(given), _) => (given.clone(), Origin::Flag("--baseline")),
        (None, Some((path, at))) => (path.clone(), Origin::File(at.clone())),
        (None, None) => (baseline(&config), Origin::Default),
    };
    row("基线", Text::same(from.0), from.1);
    let set = |of: Option<(String, Place)>| match of {
        Some((value, at)) => (Text::same(value), Origin::File(at)),
        None => (Text::fixed("（没有）", "(none)"), Origin::Default),
    };
    let (value, from) = set(config.corpus.clone());
    row("语料库", value, from);
    if let Some((folder, at)) = &config.library {
        row("文稿库", Text::same(folder.clone()), Origin::File(at.clone()));
    }
    for (path, at) in &config.stock {
        row("常用语", Text::same(path.clone()), Origin::File(at.clone()));
    }
    if let Some((least, at)) = &config.least_copied {
        row("照抄字数", Text::same(least.to_string()), Origin::File(at.clone()));
    }
    let ids: Vec<_> = RULES.iter().map(|r| (r.about().id, r.about().severity)).collect();
    all.extend(rows(&config, path.as_deref(), &flags, &ids));
    let lang = world.lang;
    let lines: Vec<_> = all
        .iter()
        .map(|r| [r.key.clone(), r.value.in_lang(lang).to_owned(), r.from.label().in_lang(lang).to_owned()])
        .collect();
    world.print(columns(&lines))?;
    Ok(Exit::Clean)
}

/// The settings of the current folder as of today: for a text that is in no file yet.
#[must_use]
pub(super) fn settings_here(world: &World) -> Settings {
    let flags = Flags { as_of: Some(world.today()), ..Flags::default() };
    settings(&world.config, None, &flags)
}

/// The facts files that the settings name.
#[must_use]
pub fn facts(config: &Config) -> Vec<String> {
    config.facts.iter().map(|(path, _)| path.clone()).collect()
}

/// The baseline file that the settings mean: the one they name, else the usual one beside them.
#[must_use]
pub fn baseline(config: &Config) -> String {
    if let Some((path, _)) = &config.baseline {
        return path.clone();
    }
    let beside = config.path.as_deref().map(std::path::Path::new).and_then(std::path::Path::parent);
    beside.unwrap_or(std::path::Path::new("")).join(BASELINE).to_string_lossy().into_owned()
}
