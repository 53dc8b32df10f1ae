//! `wengao corpus verify` and `compact`.

use clap::ArgMatches;

use super::{folder, folder_flag, folders_flag, open, progress, size, writer_of_existing};
use crate::base::{Result, Text};
use crate::cli::{Exit, Subcommand, World};
use crate::corpus::disk::{self, DiskCorpus};
use crate::text;

/// `wengao corpus verify`.
pub(super) const VERIFY: Subcommand = Subcommand {
    name: "verify",
    about: Text::fixed("通读语料库，查有没有损坏", "read the whole corpus and see whether it is sound"),
    define: |command, lang| command.arg(folders_flag(lang)),
    run: verify,
};

/// `wengao corpus compact`.
pub(super) const COMPACT: Subcommand = Subcommand {
    name: "compact",
    about: Text::fixed(
        "收紧语料库：合并分段，清掉已移除的",
        "tighten the corpus: join its segments, drop what was removed",
    ),
    define: |command, lang| command.arg(folder_flag(lang)),
    run: compact,
};

fn verify(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    for (name, corpus) in open(matches, world)? {
        verify_one(&name, &corpus, world)?;
    }
    Ok(Exit::Clean)
}

fn verify_one(name: &str, corpus: &DiskCorpus, world: &mut World) -> Result<()> {
    let mut told = progress(world, "正在检查", "verifying");
    let outcome = corpus.verify(&mut told);
    drop(told);
    world.progress(None);
    outcome?;
    let count = corpus.figures().documents;
    let plural = if count == 1 { "" } else { "s" };
    let of = if name.is_empty() { String::new() } else { format!(" {name} ") };
    let (zh, en) = (&of, of.trim_end());
    world.say(&text!("语料库{zh}完好，共{count}篇", "the corpus{en} is sound: {count} document{plural}"));
    Ok(())
}

fn compact(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    let writer = writer_of_existing(matches, world)?;
    let before = writer.corpus().figures();
    let mut told = progress(world, "正在收紧", "compacting");
    let outcome = writer.compact(&mut told);
    drop(told);
    world.progress(None);
    let worked = outcome?;
    let after = disk::open(&folder(matches, world)?)?.figures();
    let (from, to) = (size(before.bytes), size(after.bytes));
    world.say(&if worked {
        text!("收紧完毕，占用 {from} → {to}", "done: {from} → {to} on disk")
    } else {
        Text::fixed("已经很紧，不用收紧", "nothing to do")
    });
    Ok(Exit::Clean)
}
