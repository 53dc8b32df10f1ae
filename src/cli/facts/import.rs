//! `wengao facts import`: tables (.xlsx, .csv) → a YAML file of facts that names each value's cell.
//!
//! What could be read is written; what could not is listed, all at once, on standard error and at
//! the end of the file, with its cell and what to do, and the exit code says that there is some.

use clap::{Arg, ArgMatches, Command};

use super::super::{Exit, Subcommand, World, arguments, either, facts_input, input, output};
use crate::base::{Error, Lang, Place, Problem, Result, Text};
use crate::model::Facts;
use crate::model::facts::{Value, path::in_chinese, write::to_yaml};
use crate::sheet;
use crate::text;

pub(super) const ACTION: Subcommand = Subcommand {
    name: "import",
    about: Text::fixed(
        "把工作簿（.xlsx）或 .csv 读成事实文件，每个值注明单元格",
        "read a workbook (.xlsx) or .csv into a facts file that names the cell of each value",
    ),
    define,
    run,
};

fn define(command: Command, lang: Lang) -> Command {
    let files = Arg::new("files").value_name(either(lang, "文件", "FILES")).num_args(1..).required(true);
    let sheet = Arg::new("sheet").long("sheet").value_name(either(lang, "表名", "SHEET"));
    command.args([
        files.help(either(lang, "工作簿或 .csv，后面的优先", "workbooks or .csv files, later ones over earlier ones")),
        sheet.help(either(
            lang,
            "只读这张表；.csv 和只有一张表的，说明它是哪一类（如 任务），不写时看文件名",
            "read only this sheet; for a .csv or a single sheet, what it holds (such as 任务), else its file's name says so",
        )),
        arguments::output(lang),
        arguments::force(lang),
    ])
}

fn run(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    let wanted = matches.get_one::<String>("sheet").map(String::as_str);
    let mut all = Facts::default();
    let mut unread = Vec::new();
    let mut failed = Vec::new();
    let mut names = Vec::new();
    for path in matches.get_many::<String>("files").into_iter().flatten() {
        let in_file = |problem: Problem| match problem.at {
            Some(_) => problem,
            None => problem.at(Place::File(path.as_str().into())),
        };
        let read = if sheet::knows(path) {
            input::read(path).and_then(|bytes| sheet::read(path, &bytes, wanted))
        } else {
            Err(no_table(path).into())
        };
        match read {
            Ok(reading) => {
                let mut facts = reading.facts;
                facts.notes = facts.notes.into_iter().map(in_file).collect();
                all.lay_over(facts);
                unread.extend(reading.problems);
                names.push(path.as_str());
            }
            Err(error) => failed.extend(error.map(in_file).problems().to_vec()),
        }
    }
    // A file that cannot be opened at all is no half-read table.
    Error::unless_empty(failed, ())?;
    let to = arguments::output_of(matches);
    let lang = world.lang;
    let yaml = page(&names, &all, &unread, lang);
    let written = output::write(world, to, yaml.as_bytes(), matches.get_flag("force"))?;
    facts_input::tell_notes(world, &all);
    world.complain(&unread);
    let stated = all.leaves().iter().filter(|(_, fact)| !fact.value.is_missing()).count();
    let left = unread.len();
    written.iter().for_each(|said| world.say(said));
    world.say(&match left {
        0 => text!("读入{stated}项事实", "{stated} facts read"),
        _ => text!(
            "读入{stated}项事实；有{left}处没有读成，见上面",
            "{stated} facts read; {left} places could not be read, see above"
        ),
    });
    Ok(if unread.is_empty() { Exit::Clean } else { Exit::Findings })
}

/// The file: whence it came, the facts, what was left empty and what could not be read.
fn page(names: &[&str], facts: &Facts, unread: &[Problem], lang: Lang) -> String {
    let label = |at: &Place| at.label().in_lang(lang).to_owned();
    let names = names.join(either(lang, "、", ", "));
    let mut out = text!(
        "# 由 {names} 读入；每行末尾是出处。改了这里，不会改原来的表。\n",
        "# Read from {names}; the cell of each value stands behind it. Changes made here do not reach the table.\n"
    )
    .in_lang(lang)
    .to_owned();
    let body = to_yaml(facts, &|at| Some(label(at)));
    if body.is_empty() {
        out.push_str(either(lang, "# 没有读到事实。\n", "# No facts were found.\n"));
    } else {
        out.push('\n');
        out.push_str(&body);
    }
    let blank: Vec<_> = facts
        .leaves()
        .into_iter()
        .filter(|(_, fact)| fact.value == Value::Blank(String::new()))
        .filter(|(_, fact)| unread.iter().all(|problem| problem.at.as_ref() != Some(&fact.at)))
        .map(|(path, fact)| format!("#   {}  {}\n", in_chinese(&path), label(&fact.at)))
        .collect();
    if !blank.is_empty() {
        out.push_str(either(lang, "\n# 表里空着的：\n", "\n# Left empty in the table:\n"));
        out.extend(blank);
    }
    if !unread.is_empty() {
        out.push_str(either(lang, "\n# 没有读成的：\n", "\n# Could not be read:\n"));
        for problem in unread {
            for line in problem.in_lang(lang).lines() {
                out.push_str(&format!("#   {line}\n"));
            }
        }
    }
    out
}

fn no_table(path: &str) -> Problem {
    Problem::new(Text::fixed("不是 .xlsx 或 .csv", "not an .xlsx or .csv"))
        .help(Text::fixed(
            "这里读表格；.yaml 事实文件不用读入，直接用 --facts",
            "tables are read here; a .yaml facts file needs no import, pass it with --facts",
        ))
        .at(Place::File(path.into()))
}
