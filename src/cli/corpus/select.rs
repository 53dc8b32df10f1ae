//! Which documents of a corpus are meant: names, patterns, and what is known about them.

use clap::{Arg, ArgMatches};
use ignore::gitignore::GitignoreBuilder;

use crate::base::{Error, Lang, Problem, Result, Text};
use crate::cli::either;
use crate::corpus::disk::DiskCorpus;
use crate::corpus::{DocumentId, Entry};
use crate::text;

/// `NAME…`: names and patterns.
pub(super) fn names(lang: Lang) -> Arg {
    Arg::new("names").value_name(either(lang, "名称", "NAMES")).num_args(1..).help(either(
        lang,
        "文稿在语料库里的名称，或通配符，如 '云岭县/*'；见 wengao corpus list",
        "names of documents in the corpus, or patterns such as '云岭县/*'; see wengao corpus list",
    ))
}

/// `--locality`, `--year`, `--genre` as filters.
pub(super) fn filters(lang: Lang) -> [Arg; 3] {
    let flag = |name: &'static str, value, help| Arg::new(name).long(name).value_name(value).help(help);
    let say = |zh, en| either(lang, zh, en);
    [
        flag(
            "of-locality",
            say("地区", "LOCALITY"),
            say("只要这个地区的；“无”指没有地区的", "only those of this locality; 无 means of none"),
        ),
        flag(
            "of-year",
            say("年份", "YEAR"),
            say("只要这一年的；0 指没有年份的", "only those of this year; 0 means of none"),
        )
        .value_parser(clap::value_parser!(u16)),
        flag(
            "of-genre",
            say("文种", "GENRE"),
            say("只要这个文种的；“无”指没有文种的", "only those of this genre; 无 means of none"),
        ),
    ]
}

/// Whether a filter was given.
pub(super) fn is_filtered(matches: &ArgMatches) -> bool {
    ["of-locality", "of-year", "of-genre"].iter().any(|f| matches.contains_id(f))
}

/// The documents that are meant, in order; all of them where neither names nor filters are given.
///
/// # Errors
/// If a name or a pattern means none.
pub(super) fn selected(corpus: &DiskCorpus, matches: &ArgMatches) -> Result<Vec<(DocumentId, Entry)>> {
    let all = corpus.entries()?;
    let named: Vec<&String> = matches.get_many("names").unwrap_or_default().collect();
    let mut wanted = vec![named.is_empty(); all.len()];
    let mut problems = Vec::new();
    for name in named {
        let mut hits: Vec<usize> = (0..all.len()).filter(|&i| all[i].1.name == *name).collect();
        if hits.is_empty() && name.contains(['*', '?', '[']) {
            let mut globs = GitignoreBuilder::new("");
            let sound = globs.add_line(None, name).is_ok();
            if let Some(globs) = globs.build().ok().filter(|_| sound) {
                hits = (0..all.len()).filter(|&i| globs.matched(&all[i].1.name, false).is_ignore()).collect();
            }
        }
        if hits.is_empty() {
            // The file name alone will do, and so will the name of a collection for its pieces.
            let file = |n: &str| {
                n.rsplit('/').next() == Some(name) || n.rsplit_once('#').is_some_and(|(n, _)| n == *name)
            };
            hits = (0..all.len()).filter(|&i| file(&all[i].1.name)).collect();
        }
        if hits.is_empty() {
            problems.push(
                Problem::new(text!("语料库里没有“{name}”", "there is no “{name}” in the corpus")).help(
                    Text::fixed("用 wengao corpus list 看有哪些", "wengao corpus list tells what there is"),
                ),
            );
        }
        hits.into_iter().for_each(|i| wanted[i] = true);
    }
    // `show` takes no filters.
    let word = |flag: &str| matches.try_get_one::<String>(flag).ok().flatten().map(String::as_str);
    let fits = |wanted: Option<&str>, has: &str| match wanted {
        None => true,
        Some("无") => has.is_empty(),
        Some(w) => has == w || has.ends_with(w),
    };
    let (locality, genre) = (word("of-locality"), word("of-genre"));
    let year = matches.try_get_one::<u16>("of-year").ok().flatten();
    let mut meant = all;
    let mut wanted = wanted.into_iter();
    meant.retain(|(_, e)| {
        wanted.next() == Some(true)
            && fits(locality, &e.locality)
            && fits(genre, &e.genre)
            && year.is_none_or(|&y| y == e.year)
    });
    Error::unless_empty(problems, meant)
}
