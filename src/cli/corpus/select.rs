//! Which documents of a corpus are meant: names, patterns, and what is known about them.

use clap::{Arg, ArgMatches};

use crate::app::corpus::{Wanted, select};
use crate::base::{Lang, Result};
use crate::cli::either;
use crate::corpus::disk::DiskCorpus;
use crate::corpus::{DocumentId, Entry};

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

/// What names and filters say.
pub(super) fn wanted(matches: &ArgMatches) -> Wanted {
    // `show` takes no filters.
    let word = |flag: &str| matches.try_get_one::<String>(flag).ok().flatten().cloned();
    Wanted {
        names: matches.get_many("names").unwrap_or_default().cloned().collect(),
        locality: word("of-locality"),
        year: matches.try_get_one("of-year").ok().flatten().copied(),
        genre: word("of-genre"),
    }
}

/// The documents of several corpora that are meant, in order, each with its corpus; where there are several,
/// the entry names it.
///
/// # Errors
/// If a name or a pattern means none in any of them.
pub(super) fn selected_of<'c>(
    corpora: &'c [(String, DiskCorpus)],
    matches: &ArgMatches,
) -> Result<Vec<(&'c DiskCorpus, DocumentId, Entry)>> {
    let (mut places, mut entries) = (Vec::new(), Vec::new());
    for (name, corpus) in corpora {
        for (id, entry) in corpus.entries()? {
            let number = u32::try_from(places.len()).unwrap_or(u32::MAX);
            places.push((corpus, id));
            entries.push((DocumentId(number), Entry { corpus: name.clone(), ..entry }));
        }
    }
    let meant = select(entries, &wanted(matches))?;
    Ok(meant
        .into_iter()
        .filter_map(|(number, entry)| places.get(number.0 as usize).map(|&(corpus, id)| (corpus, id, entry)))
        .collect())
}

/// The documents that are meant, in order; all of them where neither names nor filters are given.
///
/// # Errors
/// If a name or a pattern means none.
pub(super) fn selected(corpus: &DiskCorpus, matches: &ArgMatches) -> Result<Vec<(DocumentId, Entry)>> {
    select(corpus.entries()?, &wanted(matches))
}
