//! `wengao config`: which settings count in the end, and who set each of them.

use clap::{Arg, ArgMatches, Command};

use super::command::ConfigChoice;
use super::{Exit, Subcommand, World, arguments, asked, columns::columns, either};
use crate::app::Files;
use crate::app::plan::{Asked, of_document};
use crate::app::settings::{self, Config, Origin, Row, baseline, rows};
use crate::base::{Lang, Place, Result, Text};
use crate::corpus::without_password;
use crate::model::pack;
use crate::model::settings::Fonts;
use crate::rules::RULES;

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
        .args(asked::flags(lang))
        .args([
            arguments::file("pack-stub", lang).help(say(
                "写一份词库的底稿（- 写到标准输出），供填写：更名的机构、固定提法、届次、新地名",
                "write a pack of dated words to fill in (- for standard output): offices, set phrases, congresses, places",
            )),
            arguments::force(lang),
        ])
}

/// The settings of the file that `choice` means; those of no file if there is none.
///
/// # Errors
/// If the file that was named is missing, or a file has faults; all of them at once.
pub(super) fn load(choice: &ConfigChoice, files: &dyn Files) -> Result<Config> {
    match choice {
        ConfigChoice::Without => Ok(Config::default()),
        ConfigChoice::At(path) => settings::read(files, &path.to_string_lossy()),
        ConfigChoice::Nearest => settings::nearest(files),
    }
}

fn run(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    if let Some(to) = matches.get_one::<String>("pack-stub") {
        let stub = pack::stub(world.lang);
        world.deliver(to, stub.as_bytes(), arguments::over(matches))?;
        return Ok(Exit::Clean);
    }
    let asked = asked::asked(matches, world)?;
    let office = world.office();
    let (config, path) = match matches.get_one::<String>("file") {
        Some(file) => of_document(&office, file)?,
        None => (office.config, None),
    };
    let lang = world.lang;
    let mut all = vec![language(lang, &world.config)];
    all.extend(of_folder(&config, &asked));
    let ids: Vec<_> = RULES.iter().map(|r| (r.about().id, r.about().severity)).collect();
    all.extend(rows(&config, path.as_deref(), &asked.flags, &ids));
    let lines: Vec<_> = all
        .iter()
        .map(|r| [r.key.clone(), r.value.in_lang(lang).to_owned(), r.from.label().in_lang(lang).to_owned()])
        .collect();
    world.print_page(columns(&lines))?;
    Ok(Exit::Clean)
}

fn row(key: &str, value: Text, from: Origin) -> Row {
    Row { key: key.to_owned(), value, from }
}

/// The language is that of the current folder and may come from the locale or a flag.
fn language(lang: Lang, here: &Config) -> Row {
    let spoken = Text::fixed("zh", "en");
    let spoken = Text::same(spoken.in_lang(lang).to_owned());
    match &here.lang {
        Some((set, at)) if *set == lang => row("语言", spoken, Origin::File(at.clone())),
        _ => row("语言", spoken, Origin::Default),
    }
}

/// What is set for a folder and knows no exceptions.
fn of_folder(config: &Config, asked: &Asked) -> Vec<Row> {
    let none = || Text::fixed("（没有）", "(none)");
    let said = |key: &str, (value, at): &(String, Place)| {
        row(key, Text::same(value.clone()), Origin::File(at.clone()))
    };
    let fonts = |fonts: Fonts| Fonts::ALL.iter().find(|(_, f)| *f == fonts).map_or("", |(name, _)| name);
    let mut all = vec![match &config.fonts {
        Some((chosen, at)) => row("字体", Text::same(fonts(*chosen)), Origin::File(at.clone())),
        None => row("字体", Text::same(fonts(Fonts::default())), Origin::Default),
    }];
    match &asked.facts {
        Some(given) => {
            all.extend(given.iter().map(|f| row("事实", Text::same(f.clone()), Origin::Flag("--facts"))));
        }
        None if config.facts.is_empty() => all.push(row("事实", none(), Origin::Default)),
        None => all.extend(config.facts.iter().map(|set| said("事实", set))),
    }
    all.push(match (&asked.baseline, &config.baseline) {
        (Some(given), _) => row("基线", Text::same(given.clone()), Origin::Flag("--baseline")),
        (None, Some(set)) => said("基线", set),
        (None, None) => row("基线", Text::same(baseline(config)), Origin::Default),
    });
    let corpora = config.corpus.iter().map(|(name, at)| (without_password(name), at.clone()));
    all.extend(corpora.map(|set| said("语料库", &set)));
    if config.corpus.is_empty() {
        all.push(row("语料库", none(), Origin::Default));
    }
    all.extend(config.copies.iter().map(|set| said("底稿", set)));
    all.extend(config.library.iter().map(|set| said("文稿库", set)));
    all.extend(config.stock.iter().map(|set| said("常用语", set)));
    all.extend(config.packs.iter().map(|set| said("词库", set)));
    if let Some((least, at)) = &config.least_copied {
        all.push(row("照抄字数", Text::same(least.to_string()), Origin::File(at.clone())));
    }
    all
}
