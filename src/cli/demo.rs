//! `wengao demo`: both jobs at once, on invented facts, in a folder of its own.

#![expect(clippy::disallowed_methods, reason = "this is the edge: a free name is looked for")]

use std::path::Path;

use clap::{Arg, ArgMatches, Command};

use super::{Exit, Subcommand, World, either};
use crate::app::{Files, Over};
use crate::base::{Lang, Result, Text};
use crate::draft::{Options, draft, library};
use crate::model::{Settings, facts};
use crate::report::{Checked, Document};
use crate::rules::{self, Case};
use crate::write::WRITERS;
use crate::{read, text};

/// The subcommand.
pub static COMMAND: Subcommand = Subcommand {
    name: "demo",
    about: Text::fixed(
        "演示：为虚构的县起草一篇讲话，再检查一篇有问题的稿子",
        "draft a speech for an invented county, then check a bad draft",
    ),
    define,
    run,
};

/// The skeleton that the demonstration drafts.
const TEMPLATE: &str = "speech/mobilization";
/// A draft as it comes from last year's file: blanks and stand-ins left in.
const BAD_DRAFT: &str = include_str!("../../tests/samples/drafts/bad.txt");

fn define(command: Command, lang: Lang) -> Command {
    command.arg(
        Arg::new("folder").value_name(either(lang, "文件夹", "DIR")).default_value("wengao-demo").help(
            either(
                lang,
                "放演示文件的新文件夹；已存在则在名字后加数字",
                "a new folder for the files; a number is added if it exists",
            ),
        ),
    )
}

fn run(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    let wanted = matches.get_one::<String>("folder").map_or("wengao-demo", String::as_str);
    let folder = free_name(wanted);
    world.disk.make_folder(&folder)?;
    let settings = Settings { as_of: Some(world.today()), ..Settings::default() };
    drafting(&folder, &settings, world)?;
    checking(&folder, &settings, world)?;
    say(
        world,
        text!(
            "\n接下来：wengao init 工作文件夹，再照 {folder}/事实.yaml 的样子填自己的事实\n",
            "\nNext: `wengao init DIR`, then fill in facts of your own after the manner of {folder}/事实.yaml\n"
        ),
    )?;
    Ok(Exit::Clean)
}

/// Writes a file of the demonstration and names it.
fn file(folder: &str, name: &str, bytes: &[u8], world: &mut World) -> Result<String> {
    let path = format!("{folder}/{name}");
    world.disk.write(&path, bytes, Over::Nothing)?;
    world.print(format!("  {path}\n"))?;
    Ok(path)
}

fn drafting(folder: &str, settings: &Settings, world: &mut World) -> Result<()> {
    say(world, Text::fixed("一、用事实起草一篇动员讲话\n", "1. A mobilization speech from facts\n"))?;
    let library = library::built_in();
    let example = library.example_text(TEMPLATE)?;
    let facts_path = file(folder, "事实.yaml", example.as_bytes(), world)?;
    let facts = facts::load(&facts_path, &example)?;
    let manuscript = draft(&library.skeleton(TEMPLATE)?, &facts, &Options::default())?;
    for writer in WRITERS.iter().filter(|w| w.name() != "txt") {
        let bytes = writer.write(&manuscript, settings)?;
        file(folder, &format!("讲话稿.{}", writer.name()), &bytes, world)?;
    }
    let han = manuscript.text().chars().filter(|&c| crate::base::han::is_han(c)).count();
    let count = facts.leaves().len();
    let findings = rules::check(&Case::new(&manuscript, settings).with_facts(Some(&facts)));
    let found = findings.len();
    say(
        world,
        text!(
            "  {count}项事实，{han}个汉字；检查发现{found}处问题\n",
            "  {count} facts, {han} Han characters; the check found {found} problems\n"
        ),
    )?;
    if !findings.is_empty() {
        let document = Document::new(format!("{folder}/讲话稿.docx"), manuscript, findings);
        super::tell::tell(world, &Checked { documents: vec![document], ..Checked::default() })?;
    }
    Ok(())
}

fn checking(folder: &str, settings: &Settings, world: &mut World) -> Result<()> {
    say(
        world,
        Text::fixed("\n二、检查一篇从旧稿改来的讲话\n", "\n2. A check of a speech made from an old one\n"),
    )?;
    let bad = file(folder, "旧稿.txt", BAD_DRAFT.as_bytes(), world)?;
    let manuscript = read(&bad, BAD_DRAFT.as_bytes())?;
    let findings = rules::check(&Case::new(&manuscript, settings));
    let document = Document::new(bad, manuscript, findings);
    super::tell::tell(world, &Checked { documents: vec![document], ..Checked::default() })
}

fn say(world: &mut World, sentence: Text) -> Result<()> {
    let words = sentence.in_lang(world.lang).to_owned();
    world.print_page(words)
}

/// `name`, or `name-2`, `name-3` …: the first that is not there yet.
fn free_name(name: &str) -> String {
    let name = name.trim_end_matches('/');
    (1..)
        .map(|n| if n == 1 { name.to_owned() } else { format!("{name}-{n}") })
        .find(|n| !Path::new(n).exists())
        .unwrap_or_else(|| name.to_owned())
}
