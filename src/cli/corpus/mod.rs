//! `wengao corpus`: looking after the corpus (语料库), other localities' documents that drafts are
//! held against.
//!
//! | file | what |
//! |---|---|
//! | `add` | `add`: reading files on all cores and storing them in order |
//! | `list` | `list`, `show`, `info` |
//! | `change` | `set`, `remove` |
//! | `keep` | `verify`, `compact` |
//! | `remote` | `push`, `pull`, where PostgreSQL is built in |
//! | `compare` | `compare`, `matrix` |
//! | `select` | which documents are meant: names, patterns, filters |

mod add;
mod change;
mod compare;
mod keep;
mod list;
#[cfg(feature = "postgres")]
mod remote;
mod select;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Arg, ArgAction, ArgMatches, Command};

use super::{Exit, Subcommand, World, either, nested, run_nested};
use crate::app::settings;
use crate::base::{Lang, Problem, Result, Text};
use crate::corpus::disk::{self, DiskCorpus, Writer};
use crate::corpus::{is_remote, open_named, shown};
use crate::text;

/// The subcommand.
pub static COMMAND: Subcommand = Subcommand {
    name: "corpus",
    about: Text::fixed(
        "管理语料库：各地材料，供查找照抄的段落",
        "look after the corpus: documents that drafts are held against",
    ),
    define,
    run,
};

/// What comes after `wengao corpus`.
static ACTIONS: &[Subcommand] = &[
    add::ADD,
    list::LIST,
    list::SHOW,
    change::SET,
    change::REMOVE,
    list::INFO,
    keep::VERIFY,
    keep::COMPACT,
    #[cfg(feature = "postgres")]
    remote::PUSH,
    #[cfg(feature = "postgres")]
    remote::PULL,
    compare::COMPARE,
    compare::MATRIX,
];

fn define(command: Command, lang: Lang) -> Command {
    nested(command, ACTIONS, lang)
}

fn run(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    run_nested(ACTIONS, matches, world)
}

/// `--corpus FOLDER`, of a command that reads; it may be given several times.
pub(super) fn folders_flag(lang: Lang) -> Arg {
    folder_flag(lang).action(ArgAction::Append).help(either(
        lang,
        "语料库所在的文件夹，可写多次，本单位的写在最前面；不写时用 wengao.yaml 里的“语料库”",
        "the folder of a corpus; may be given several times, one's own first. 语料库 of wengao.yaml if not given",
    ))
}

/// `--corpus FOLDER`, of a command that writes.
fn folder_flag(lang: Lang) -> Arg {
    Arg::new("corpus").long("corpus").value_name(either(lang, "文件夹", "FOLDER")).help(either(
        lang,
        "语料库所在的文件夹；不写时用 wengao.yaml 里的“语料库”，写了几个的用第一个",
        "the folder of the corpus; if not given, 语料库 of wengao.yaml, the first of several",
    ))
}

/// The corpora that are meant, as the flags or else the settings name them.
pub(super) fn folders_named(matches: &ArgMatches, world: &World) -> Vec<String> {
    match matches.get_many::<String>("corpus") {
        Some(given) => given.cloned().collect(),
        None => settings::corpora(&world.config),
    }
}

/// The corpora that are meant; one at least.
fn folders(matches: &ArgMatches, world: &World) -> Result<Vec<String>> {
    let named = folders_named(matches, world);
    if !named.is_empty() {
        return Ok(named);
    }
    Err(Problem::new(Text::fixed("没有说语料库在哪里", "no corpus was named"))
        .help(Text::fixed(
            "加 --corpus 文件夹，或在 wengao.yaml 里写“语料库: 文件夹”",
            "add --corpus FOLDER, or write 语料库: FOLDER in wengao.yaml",
        ))
        .into())
}

/// The corpus that is written to: of several the first, which is one's own.
fn folder(matches: &ArgMatches, world: &World) -> Result<PathBuf> {
    let first = folders(matches, world)?.into_iter().next().unwrap_or_default();
    if !is_remote(&first) {
        return Ok(first.into());
    }
    Err(Problem::new(Text::fixed(
        "数据库里的语料库不能直接改",
        "a corpus in a database is not changed in its place",
    ))
    .help(Text::fixed(
        "在文件夹里改好，再用 wengao corpus push 推上去",
        "change it in a folder and bring that to the database with wengao corpus push",
    ))
    .into())
}

/// As [`folder`], for writing. Settings may be somebody else's: where they name a corpus outside of their own
/// folder, it is told, and none is begun there unless she names it herself.
fn folder_to_write(matches: &ArgMatches, world: &mut World) -> Result<PathBuf> {
    let folder = folder(matches, world)?;
    let config = Arc::clone(&world.config);
    let (Some((name, at)), Some(settings)) = (config.corpus.first(), &config.path) else { return Ok(folder) };
    let files = world.office().files;
    let home = files.real(settings).parent().map(Path::to_owned).unwrap_or_default();
    if matches.contains_id("corpus") || files.real(name).starts_with(home) {
        return Ok(folder);
    }
    if disk::open(&folder).is_ok() {
        world.say(&text!(
            "写的是 {settings} 所指的语料库 {name}",
            "writing to the corpus {name}, which {settings} names"
        ));
        return Ok(folder);
    }
    Err(Problem::new(text!(
        "语料库 {name} 不在这份设置的文件夹里，没有在那里新建",
        "the corpus {name} lies outside of the folder of these settings; none was begun there"
    ))
    .at(at.clone())
    .help(text!("确实要建在那里，加上 --corpus {name}", "if it is to be there, add --corpus {name}"))
    .into())
}

/// The corpora that are meant, each with what it is called; without a name where there is only one.
fn open(matches: &ArgMatches, world: &World) -> Result<Vec<(String, DiskCorpus)>> {
    let all = folders(matches, world)?;
    let names = if all.len() > 1 { shown(&all) } else { vec![String::new()] };
    names.into_iter().zip(&all).map(|(name, folder)| Ok((name, open_named(folder)?))).collect()
}

/// Opens the corpus for writing; says so where it has to wait.
fn writer(folder: &Path, world: &mut World) -> Result<Writer> {
    Writer::open(folder, &mut || {
        world.say(&Text::fixed(
            "另一个 wengao 正在写这个语料库，等它写完……",
            "another wengao is writing to this corpus; waiting for it …",
        ));
    })
}

/// Opens for writing a corpus that is there already.
fn writer_of_existing(matches: &ArgMatches, world: &mut World) -> Result<Writer> {
    disk::open(&folder(matches, world)?)?;
    let folder = folder_to_write(matches, world)?;
    writer(&folder, world)
}

/// Shows how far work has come.
fn progress<'w>(world: &'w mut World, zh: &'static str, en: &'static str) -> impl FnMut(u64, u64) + 'w {
    let mut shown = u64::MAX;
    move |done, all| {
        let percent = (done * 100).checked_div(all).unwrap_or(100);
        if percent != shown {
            shown = percent;
            world.progress((percent < 100).then(|| text!("{zh} {percent}%", "{en} {percent}%")).as_ref());
        }
    }
}

/// Bytes as people count them.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{:.1} KB", bytes as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} MB", bytes as f64 / 1e6),
        _ => format!("{:.2} GB", bytes as f64 / 1e9),
    }
}
