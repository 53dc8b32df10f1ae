//! `wengao tidy`: takes away the copies that drafting keeps of documents which are gone.

#![expect(clippy::disallowed_methods, reason = "this is the edge: files are taken away here")]

use std::fs;
use std::path::Path;

use clap::{Arg, ArgAction, ArgMatches, Command};

use super::trouble::{cannot_read, file};
use super::{Exit, Subcommand, World, arguments, either};
use crate::app::tidy::{self, Leftover, leftovers};
use crate::base::visible::on_one_line;
use crate::base::{Lang, Problem, Result, Text, error::reason};
use crate::text;

/// The subcommand.
pub static COMMAND: Subcommand = Subcommand {
    name: "tidy",
    about: Text::fixed(
        "清理文稿已经删掉、只剩底稿的 .wengao",
        "take away kept copies (.wengao) of documents that are gone",
    ),
    define,
    run,
};

fn define(command: Command, lang: Lang) -> Command {
    let say = |zh, en| either(lang, zh, en);
    command
        .arg(
            Arg::new("folders")
                .value_name(say("文件夹", "FOLDER"))
                .action(ArgAction::Append)
                .default_value(".")
                .help(say("从哪里找起，连同里面的文件夹", "where to look, folders within included")),
        )
        .arg(
            Arg::new("write")
                .long("write")
                .action(ArgAction::SetTrue)
                .help(say("真的删掉；不写只列出来", "take them away; without it they are only listed")),
        )
        .after_help(say(
            "中途断了的运行留下的临时文件（.wengao-…）也在内，正在用的不动。\n退出码：0 没有要清理的，或已经清理；1 有要清理的而没有删；2 有误\n文稿挪了地方的，先把 .wengao 一起挪过去，底稿没有了就不能 draft --update。",
            "So are temporary files (.wengao-…) of runs that were ended; those in use are left alone.\nExit codes: 0 nothing to take away, or done; 1 there is and it was left; 2 trouble\nMove .wengao along with a document that moves: without its copy, draft --update cannot go on.",
        ))
}

fn run(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    let office = world.office();
    let mut found: Vec<Leftover> = Vec::new();
    let mut strays: Vec<String> = Vec::new();
    for folder in arguments::many(matches, "folders").unwrap_or_default() {
        if !office.files.is_folder(&folder) {
            let what = text!("没有文件夹 {folder}", "there is no folder {folder}");
            return Err(Problem::new(what).into());
        }
        found.extend(leftovers(&office, &folder)?);
        strays.extend(tidy::strays(&*office.files, &folder));
    }
    let strays: Vec<String> = strays.into_iter().filter(|name| is_idle(name)).collect();
    let count: usize = found.iter().map(|left| left.files.len()).sum::<usize>() + strays.len();
    if count == 0 {
        world.say(&Text::fixed("没有要清理的", "nothing to take away"));
        return Ok(Exit::Clean);
    }
    for name in found.iter().flat_map(|left| &left.files).chain(&strays) {
        world.print_page(format!("{}\n", on_one_line(name)))?;
    }
    if !matches.get_flag("write") {
        world.say(&text!(
            "{count}个没有用的文件，还没有删；加 --write 删掉",
            "{count} files that nothing needs, not taken away; add --write to do so"
        ));
        return Ok(Exit::Findings);
    }
    strays.iter().try_for_each(|name| remove(name))?;
    for left in &found {
        for (name, document) in left.files.iter().zip(&left.documents) {
            is_surely_gone(document)?;
            remove(name)?;
        }
        if left.all {
            // Its own list goes with it; a folder that somebody else uses stays.
            let _ = fs::remove_file(left.folder.join(".gitignore"));
            let _ = fs::remove_dir(&left.folder);
        }
    }
    world.say(&text!("已删{count}个文件", "{count} files taken away"));
    Ok(Exit::Clean)
}

/// A document that cannot be asked for (a share that went away, a folder without rights) is not taken to be gone.
fn is_surely_gone(document: &Path) -> Result<()> {
    let shown = document.to_string_lossy();
    match document.try_exists() {
        Ok(false) => Ok(()),
        Ok(true) => {
            let what = text!("{shown} 还在，底稿没有删", "{shown} is there; its copy was not taken away");
            Err(Problem::new(what).into())
        }
        Err(error) => Err(cannot_read(&shown, &error).into()),
    }
}

/// Whether no run is at this file: one that is holds it.
fn is_idle(name: &str) -> bool {
    fs::File::open(name).is_ok_and(|file| file.try_lock().is_ok())
}

fn remove(name: &str) -> Result<()> {
    fs::remove_file(Path::new(name)).map_err(|error| {
        let why = reason(&error);
        let what = Text::new(format!("删不掉，{}", why.zh), format!("cannot be taken away: {}", why.en));
        Problem::new(what).at(file(name)).into()
    })
}
