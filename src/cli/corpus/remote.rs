//! `wengao corpus push` and `pull`: a corpus in PostgreSQL (feature `postgres`).

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches};

use super::{folder, folder_flag, folder_to_write, progress};
use crate::base::{Lang, Problem, Result, Text};
use crate::cli::{Exit, Subcommand, World, either};
use crate::corpus::is_remote;
use crate::corpus::sql::{pull as fetch, push as send};
use crate::text;

/// `wengao corpus push`.
pub(super) const PUSH: Subcommand = Subcommand {
    name: "push",
    about: Text::fixed(
        "把语料库推到 PostgreSQL，供各单位一起查",
        "bring the corpus to PostgreSQL, for many offices to search",
    ),
    define: |command, lang| {
        let say = |zh, en| either(lang, zh, en);
        command.args([url(lang), folder_flag(lang)]).arg(
            Arg::new("replace").long("replace").action(ArgAction::SetTrue).help(say(
                "数据库里原有的整个换掉，不管是谁推的",
                "put this corpus in the place of what is there, whoever pushed it",
            )),
        )
    },
    run: push,
};

/// `wengao corpus pull`.
pub(super) const PULL: Subcommand = Subcommand {
    name: "pull",
    about: Text::fixed(
        "把 PostgreSQL 里的语料库取到文件夹里",
        "fetch the corpus from PostgreSQL into a folder",
    ),
    define: |command, lang| command.args([url(lang), folder_flag(lang)]),
    run: pull,
};

fn url(lang: Lang) -> Arg {
    let arg = Arg::new("url").required(true).value_name(either(lang, "网址", "URL"));
    arg.help(either(
        lang,
        "postgres://用户@主机/数据库；一个库里放几个语料库时，末尾写 ?schema=名字。密码放在 ~/.pgpass 里",
        "postgres://user@host/database; with ?schema=NAME at its end where a database holds several. The password goes into ~/.pgpass",
    ))
}

fn address(matches: &ArgMatches) -> Result<String> {
    let url = matches.get_one::<String>("url").cloned().unwrap_or_default();
    if is_remote(&url) {
        return Ok(url);
    }
    Err(Problem::new(Text::fixed("这不是数据库的网址", "this is no address of a database"))
        .help(Text::fixed("写成 postgres://用户@主机/数据库", "write postgres://user@host/database"))
        .into())
}

fn waiting() -> Text {
    Text::fixed(
        "另一个 wengao 正在写这个语料库，等它写完……",
        "another wengao is writing to this corpus; waiting for it …",
    )
}

fn push(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    let (url, folder) = (address(matches)?, folder(matches, world)?);
    let mut waits = false;
    let mut told = progress(world, "正在推送", "pushing");
    let pushed = send(&folder, &url, matches.get_flag("replace"), &mut || waits = true, &mut told);
    drop(told);
    world.progress(None);
    if waits {
        world.say(&waiting());
    }
    let pushed = pushed?;
    let (documents, sent, kept, dropped) = (pushed.documents, pushed.sent, pushed.kept, pushed.dropped);
    world.say(&text!(
        "数据库里现在有{documents}篇：推了{sent}段，原有{kept}段，撤下{dropped}段",
        "the database holds {documents} documents now: segments sent {sent}, there already {kept}, taken away {dropped}"
    ));
    Ok(Exit::Clean)
}

fn pull(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    let (url, folder): (String, PathBuf) = (address(matches)?, folder_to_write(matches, world)?);
    let mut waits = false;
    let mut told = progress(world, "正在取", "fetching");
    let documents = fetch(&folder, &url, &mut || waits = true, &mut told);
    drop(told);
    world.progress(None);
    if waits {
        world.say(&waiting());
    }
    let documents = documents?;
    let shown = folder.display();
    world.say(&text!("取到 {shown}，共{documents}篇", "fetched into {shown}: {documents} documents"));
    Ok(Exit::Clean)
}
