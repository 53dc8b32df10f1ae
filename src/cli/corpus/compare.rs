//! `wengao corpus compare` and `matrix`: how much documents share with each other, without a corpus.

use clap::{Arg, ArgMatches};
use serde_json::json;

use crate::app::Use;
use crate::app::corpus::compare;
use crate::base::{Lang, Problem, Result, Text};
use crate::cli::arguments::{json_format, wants_json};
use crate::cli::{Exit, Subcommand, World, either, input};
use crate::corpus::{Entry, Stock, matrix};
use crate::read::read;
use crate::report::cut;
use crate::rules::copied_passage::LEAST;

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

/// Columns of a name.
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
    let shared = compare((&one.name, text), (&other.name, other_text))?;
    let json = || format!("{:#}\n", shared.as_json());
    let page = if wants_json(matches) { json() } else { shared.page(world.lang) };
    world.print_page(page)?;
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
    world.print_page(out)?;
    Ok(Exit::Clean)
}
