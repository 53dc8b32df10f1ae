//! `wengao corpus list`, `show` and `info`: what is in a corpus.

use clap::{Arg, ArgMatches};
use serde_json::{Value as Json, json};

use super::{folders_flag, open, select, size};
use crate::base::{Lang, Result, Text};
use crate::cli::arguments::{json_format, wants_json};
use crate::cli::columns::columns;
use crate::cli::{Exit, Subcommand, World, either};
use crate::corpus::disk::DiskCorpus;
use crate::corpus::{Entry, PostingStore};
use crate::report::cut;
use crate::text;

/// `wengao corpus list`.
pub(super) const LIST: Subcommand = Subcommand {
    name: "list",
    about: Text::fixed("列出语料库里的文稿", "list the documents of the corpus"),
    define: |command, lang| {
        command.args([select::names(lang), folders_flag(lang), json_format(lang)]).args(select::filters(lang))
    },
    run: list,
};

/// `wengao corpus show`.
pub(super) const SHOW: Subcommand = Subcommand {
    name: "show",
    about: Text::fixed("显示一篇文稿", "show a document"),
    define: |command, lang| command.args([one(lang), folders_flag(lang), json_format(lang)]),
    run: show,
};

/// `wengao corpus info`.
pub(super) const INFO: Subcommand = Subcommand {
    name: "info",
    about: Text::fixed("语料库有多大", "how large the corpus is"),
    define: |command, lang| command.args([folders_flag(lang), json_format(lang)]),
    run: info,
};

/// Columns of a title that are shown.
const SHOWN: usize = 44;

fn one(lang: Lang) -> Arg {
    select::names(lang).required(true)
}

fn as_json(entry: &Entry) -> Json {
    let mut all = json!({
        "name": entry.name,
        "title": entry.title,
        "locality": entry.locality,
        "year": (entry.year != 0).then_some(entry.year),
        "genre": entry.genre,
    });
    if !entry.corpus.is_empty() {
        all["corpus"] = entry.corpus.clone().into();
    }
    all
}

fn year(entry: &Entry) -> String {
    if entry.year == 0 { String::new() } else { entry.year.to_string() }
}

fn list(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    let corpora = open(matches, world)?;
    let entries = select::selected_of(&corpora, matches)?;
    if wants_json(matches) {
        let all: Vec<_> = entries.iter().map(|(_, _, e)| as_json(e)).collect();
        world.print(format!("{:#}\n", Json::Array(all)))?;
    } else {
        let dash = |words: &str| if words.is_empty() { "-".to_owned() } else { words.to_owned() };
        let row = |e: &Entry| {
            let title = cut(&e.title, SHOWN).into_owned();
            [e.name.clone(), dash(&e.locality), dash(&year(e)), dash(&e.genre), title]
        };
        // Where there are several corpora, each document's stands before it.
        let shown = if corpora.len() > 1 {
            let rows = entries.iter().map(|(_, _, e)| {
                let [name, locality, year, genre, title] = row(e);
                [e.corpus.clone(), name, locality, year, genre, title]
            });
            columns(&rows.collect::<Vec<_>>())
        } else {
            columns(&entries.iter().map(|(_, _, e)| row(e)).collect::<Vec<_>>())
        };
        world.print_page(shown)?;
    }
    Ok(Exit::Clean)
}

fn show(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    let corpora = open(matches, world)?;
    let mut all = Vec::new();
    for (corpus, id, entry) in select::selected_of(&corpora, matches)? {
        let text = corpus.text(id)?;
        if wants_json(matches) {
            let mut one = as_json(&entry);
            one["text"] = text.into();
            all.push(one);
            continue;
        }
        let lang = world.lang;
        let say = |zh, en| either(lang, zh, en).to_owned();
        let mut rows = vec![
            [say("名称", "name"), entry.name.clone()],
            [say("标题", "title"), entry.title.clone()],
            [say("地区", "locality"), entry.locality.clone()],
            [say("年份", "year"), year(&entry)],
            [say("文种", "genre"), entry.genre.clone()],
        ];
        if !entry.corpus.is_empty() {
            rows.insert(0, [say("语料库", "corpus"), entry.corpus.clone()]);
        }
        let end = if text.ends_with('\n') { "" } else { "\n" };
        world.print_page(format!("{}\n{text}{end}", columns(&rows)))?;
    }
    if wants_json(matches) {
        world.print(format!("{:#}\n", Json::Array(all)))?;
    }
    Ok(Exit::Clean)
}

fn info(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    /// Segments from which on looking up gets slow.
    const MANY: usize = 8;
    let corpora = open(matches, world)?;
    if wants_json(matches) {
        let all: Vec<Json> = corpora.iter().map(|(_, corpus)| figures_as_json(corpus)).collect();
        // One alone is not put into a list.
        let all = if let [one] = &all[..] { one.clone() } else { Json::Array(all) };
        world.print(format!("{all:#}\n"))?;
        return Ok(Exit::Clean);
    }
    for (number, (_, corpus)) in corpora.iter().enumerate() {
        let before = if number > 0 { "\n" } else { "" };
        world.print_page(format!("{before}{}", columns(&figures_as_rows(corpus, world.lang))))?;
    }
    let mut all = corpora.iter().map(|(_, corpus)| corpus.figures());
    if all.any(|figures| figures.segments > MANY || figures.removed > 0) {
        world.say(&text!("运行 wengao corpus compact 可以收紧", "wengao corpus compact would tighten it"));
    }
    Ok(Exit::Clean)
}

fn figures_as_json(corpus: &DiskCorpus) -> Json {
    let figures = corpus.figures();
    json!({
        "folder": corpus.folder().display().to_string(),
        "documents": figures.documents,
        "removed": figures.removed,
        "localities": figures.localities,
        "text_bytes": figures.text_bytes,
        "bytes": figures.bytes,
        "fingerprints": figures.postings,
        "segments": figures.segments,
    })
}

fn figures_as_rows(corpus: &DiskCorpus, lang: Lang) -> Vec<[String; 2]> {
    let figures = corpus.figures();
    let say = |zh, en| either(lang, zh, en).to_owned();
    let mut rows = vec![
        [say("文件夹", "folder"), corpus.folder().display().to_string()],
        [say("文稿", "documents"), figures.documents.to_string()],
        [say("地区", "localities"), figures.localities.to_string()],
        [say("原文", "text"), size(figures.text_bytes)],
        [say("占用磁盘", "on disk"), size(figures.bytes)],
        [say("指纹", "fingerprints"), figures.postings.to_string()],
        [say("分段", "segments"), figures.segments.to_string()],
    ];
    if figures.removed > 0 {
        rows.insert(2, [say("已移除、还占着地方", "removed, still on disk"), figures.removed.to_string()]);
    }
    rows
}
