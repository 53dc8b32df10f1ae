//! `wengao corpus compare` and `matrix`: how much documents share with each other, without a corpus.

use clap::{Arg, ArgMatches};
use serde_json::{Value as Json, json};

use crate::app::Use;
use crate::base::{Lang, Problem, Result, Text};
use crate::cli::arguments::{json_format, wants_json};
use crate::cli::{Exit, Subcommand, World, either, input};
use crate::corpus::{Entry, Stock, compare, matrix};
use crate::read::read;
use crate::report::{cut, sides};
use crate::rules::copied_passage::LEAST;
use crate::text;

/// `wengao corpus compare`.
pub(super) const COMPARE: Subcommand = Subcommand {
    name: "compare",
    about: Text::fixed("两篇文稿有哪些相同的段落", "which passages two documents share"),
    define: |command, lang| command.args([files(lang).num_args(2), json_format(lang)]),
    run: pair,
};

/// `wengao corpus matrix`.
pub(super) const MATRIX: Subcommand = Subcommand {
    name: "matrix",
    about: Text::fixed("几篇文稿两两相同多少", "how much each of several documents shares with each other"),
    define: |command, lang| command.args([files(lang).num_args(1..), json_format(lang)]),
    run: each,
};

/// Columns of a passage, and of a name.
const SHOWN: usize = 160;
const NAME: usize = 36;

fn files(lang: Lang) -> Arg {
    let files = Arg::new("files").value_name(either(lang, "文件", "FILES")).required(true);
    files.help(either(lang, "文稿", "the documents"))
}

/// The documents that the arguments mean, as texts.
fn documents(matches: &ArgMatches, world: &World) -> Result<Vec<(Entry, String)>> {
    let given: Vec<String> = matches.get_many("files").into_iter().flatten().cloned().collect();
    let (paths, missed) = input::documents(&given);
    if let Some((_, error)) = missed.into_iter().next() {
        return Err(error);
    }
    if paths.len() < 2 {
        return Err(
            Problem::new(Text::fixed("要有两篇文稿才能比", "it takes two documents to compare")).into()
        );
    }
    let files = world.office().files;
    let one = |path: String| {
        let text = read(&path, &files.read(&path, Use::Input)?)?.into_text();
        Ok((Entry { name: path, ..Entry::default() }, text))
    };
    paths.into_iter().map(one).collect()
}

fn pair(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    let documents = documents(matches, world)?;
    let [(one, text), (other, other_text)] = documents.as_slice() else {
        return Err(Problem::new(Text::fixed("只比两篇", "only two documents are compared"))
            .help(Text::fixed("更多的用 wengao corpus matrix", "wengao corpus matrix takes more"))
            .into());
    };
    let found = compare(text, other_text, &Stock::known(), LEAST)?;
    let back = compare(other_text, text, &Stock::known(), LEAST)?.percent();
    let percent = found.percent();
    let passages = found.passages.iter().map(|passage| {
        let start = text[..passage.bytes.start].chars().count();
        let words = &text[passage.bytes.clone()];
        let theirs = passage.sources.first().map(|s| s.stretches.as_slice()).unwrap_or_default();
        (start, passage.same, words, theirs)
    });
    if wants_json(matches) {
        let passages: Vec<Json> = passages
            .map(|(start, same, words, theirs)| {
                let theirs: Vec<Json> = theirs
                    .iter()
                    .map(|s| json!({"start": s.points.start, "end": s.points.end, "text": s.words}))
                    .collect();
                let end = start + words.chars().count();
                json!({"start": start, "end": end, "same": same, "text": words, "sources": theirs})
            })
            .collect();
        let all = json!({
            "documents": [one.name, other.name], "percent": [percent, back], "passages": passages
        });
        world.print(format!("{all:#}\n"))?;
        return Ok(Exit::Clean);
    }
    let (a, b) = (&one.name, &other.name);
    let mut out = text!(
        "{a} 的{percent}%在 {b} 里，{b} 的{back}%在 {a} 里\n",
        "{percent}% of {a} is in {b}, {back}% of {b} is in {a}\n"
    )
    .in_lang(world.lang)
    .to_owned();
    for (n, (start, same, words, theirs)) in passages.enumerate() {
        let (n, at) = (n + 1, start + 1);
        let head = text!(
            "\n{n}. 第{at}字起，{same}字相同\n",
            "\n{n}. from character {at}, {same} letters the same\n"
        );
        out.push_str(head.in_lang(world.lang));
        let theirs: Vec<&str> = theirs.iter().map(|s| s.words.as_str()).collect();
        let (ours, theirs) = sides(words, &theirs.join("……"));
        out.push_str(&format!("   {}\n", cut(&ours, SHOWN)));
        if ours != theirs {
            out.push_str(&format!("   {}\n", cut(&theirs, SHOWN)));
        }
    }
    world.print(out)?;
    Ok(Exit::Clean)
}

fn each(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    let documents = documents(matches, world)?;
    let names: Vec<String> = documents.iter().map(|(entry, _)| entry.name.clone()).collect();
    let rows = matrix(documents, &Stock::known(), LEAST)?;
    if wants_json(matches) {
        world.print(format!("{:#}\n", json!({"documents": names, "percent": rows})))?;
        return Ok(Exit::Clean);
    }
    // Each row is a document, each column the one that it is held against.
    let mut out = String::new();
    for (n, name) in names.iter().enumerate() {
        out.push_str(&format!("{:>4}  {}\n", n + 1, cut(name, NAME)));
    }
    let line = |first: String, cells: &mut dyn Iterator<Item = String>| {
        let cells: String = cells.map(|c| format!("{c:>5}")).collect();
        format!("{first:>4}{cells}\n")
    };
    out.push('\n');
    out.push_str(&line("%".into(), &mut (1..=names.len()).map(|n| n.to_string())));
    for (n, row) in rows.iter().enumerate() {
        let cell = |(m, percent): (usize, &usize)| match *percent {
            _ if m == n => "·".to_owned(),
            0 => "-".to_owned(),
            percent => percent.to_string(),
        };
        out.push_str(&line((n + 1).to_string(), &mut row.iter().enumerate().map(cell)));
    }
    world.print(out)?;
    Ok(Exit::Clean)
}
