//! `wengao renew`: this year's paper from last year's, the safe way.

use clap::{Arg, ArgAction, ArgGroup, ArgMatches, Command};

use super::{Exit, Subcommand, World, arguments, either};
use crate::app::each::{file_names, units};
use crate::app::facts::load;
use crate::app::renew::{Listed, each, list, tell, tell_filled};
use crate::base::{Lang, Problem, Result, Text};
use crate::renew::Answer;
use crate::text;

/// The subcommand.
pub static COMMAND: Subcommand = Subcommand {
    name: "renew",
    about: Text::fixed(
        "沿用去年的稿子：列出要改的，填好后换上",
        "this year's paper from last year's: list what may have to change, put it in",
    ),
    define,
    run,
};

fn define(command: Command, lang: Lang) -> Command {
    let say = |zh, en| either(lang, zh, en);
    command
        .arg(Arg::new("paper").required(true).value_name(say("去年的稿子", "PAPER")).help(say(
            "写完的稿子：.docx、.doc、.pdf、.txt 等",
            "a finished paper: .docx, .doc, .pdf, .txt and others",
        )))
        .arg(arguments::output(lang).help(say(
            "不带 --values 时是要填的表（.xlsx 或 .yaml），带时是今年的稿子",
            "without --values the table to fill in (.xlsx or .yaml), with it this year's paper",
        )))
        .arg(arguments::file("values", lang).short('v').help(say(
            "填好的表；空着的照去年的留着，加批注提醒",
            "the table filled in; what is empty stays as last year's and gets a comment",
        )))
        .arg(arguments::facts(lang).help(say(
            "今年的事实，可写多次；认得出的指标直接填上，并说明是哪些",
            "facts of this year; rows whose indicator they know are filled, and it says which",
        )))
        .arg(
            Arg::new("years")
                .long("years")
                .value_name(say("年数", "N"))
                .value_parser(clap::value_parser!(u16).range(1..=20))
                .default_value("1")
                .help(say("新稿比旧稿晚几年", "how many years lie between the two papers")),
        )
        .arg(Arg::new("track").long("track").action(ArgAction::SetTrue).requires("answers").help(say(
            "换上的值标成修订（.docx、.odt），谁看都知道动了哪里；全部接受就是不加 --track 的稿子",
            "show what is put in as tracked changes (.docx, .odt); accepting all gives the paper as without --track",
        )))
        .arg(arguments::file("each", lang).value_name(say("表", "TABLE")).help(say(
            "一行一份：第一行是编号、说的是什么或去年的值（别的字句带引号：“青石镇”），以下每个单位一行；--output 稿/{名称}.docx 用其中一栏作文件名",
            "a paper a row: the first row has numbers, what values are said of, or last year's values (other words in quotation marks: “青石镇”), then a row a unit; --output out/{NAME}.docx names the files by a column",
        )))
        .group(ArgGroup::new("answers").args(["values", "facts", "each"]).multiple(true))
        .arg(arguments::force(lang))
        .after_help(say(
            "先列：wengao renew 去年讲话.docx --output 沿用.xlsx\n填好后换：wengao renew 去年讲话.docx --values 沿用.xlsx --output 今年讲话.docx\n一表多稿：wengao renew 去年通报.docx --values 沿用.xlsx --each 乡镇.xlsx --output 稿/{名称}.docx\n退出码：0 都填了；1 有没填的，照去年的留着；2 有误",
            "First: wengao renew last.docx --output table.xlsx\nthen, filled in: wengao renew last.docx --values table.xlsx --output new.docx\na paper a row: wengao renew last.docx --values table.xlsx --each towns.xlsx --output out/{NAME}.docx\nExit codes: 0 all was answered; 1 something stands as last year's; 2 trouble",
        ))
}

fn run(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    let paper = matches.get_one::<String>("paper").map_or("-", String::as_str);
    let to = arguments::output_of(matches);
    let office = world.office();
    let years = matches.get_one::<u16>("years").copied().unwrap_or(1);
    let listed = list(&office, paper, years, world)?;
    let each = matches.get_one::<String>("each");
    if each.is_none() && !matches.contains_id("values") && !matches.contains_id("facts") {
        return list_rows(matches, world, &listed);
    }
    if to == "-" {
        return Err(Problem::new(Text::fixed(
            "没有写明今年的稿子写到哪里",
            "no place for the new paper was named",
        ))
        .help(Text::fixed("加上 --output 今年讲话.docx", "add --output NEW.docx"))
        .into());
    }
    if let Some(table) = each {
        return for_each(matches, world, table, listed);
    }
    let answers = answers(matches, world, &listed)?;
    let (bytes, done) = listed.renewed(&answers, to, &office, matches.get_flag("track"))?;
    world.deliver(to, &bytes, arguments::over(matches))?;
    tell(&done, world);
    Ok(if done.open.is_empty() { Exit::Clean } else { Exit::Findings })
}

/// The table to fill in.
fn list_rows(matches: &ArgMatches, world: &mut World, listed: &Listed) -> Result<Exit> {
    let to = arguments::output_of(matches);
    let office = world.office();
    let table = listed.table(&[], to, &office)?;
    world.deliver(to, &table, arguments::over(matches))?;
    let (count, places) = (listed.rows.len(), listed.rows.iter().map(|r| r.places.len()).sum::<usize>());
    world.say(&text!(
        "可能要改的{count}个值，{places}处",
        "{count} values in {places} places may have to change"
    ));
    Ok(Exit::Clean)
}

/// What was entered in the table, and for the rest what facts know.
fn answers(matches: &ArgMatches, world: &mut World, listed: &Listed) -> Result<Vec<Answer>> {
    let office = world.office();
    let mut answers = match matches.get_one::<String>("values") {
        Some(table) => listed.answers(&office, table)?,
        None => vec![Answer::Open; listed.rows.len()],
    };
    let facts = arguments::many(matches, "facts").unwrap_or_default();
    let filled = listed.fill(&load(&office, &facts)?.unwrap_or_default(), &mut answers);
    tell_filled(&filled, world);
    Ok(answers)
}

/// A paper for each row of a table, and what each still lacks. Nothing is written unless all can be made and
/// have names of their own.
fn for_each(matches: &ArgMatches, world: &mut World, table: &str, mut listed: Listed) -> Result<Exit> {
    let office = world.office();
    let pattern = arguments::output_of(matches).to_owned();
    let table = units(&office, table)?;
    let names = file_names(&office, &table.units, std::slice::from_ref(&pattern))?;
    let columns = each::columns(&mut listed, &table, &pattern)?;
    let common = answers(matches, world, &listed)?;
    let mut papers = Vec::new();
    for unit in &table.units {
        let answers = each::of_unit(unit, &columns, &common);
        let (bytes, _) = listed.renewed(&answers, &pattern, &office, matches.get_flag("track"))?;
        papers.push((bytes, each::lacking(&listed.rows, &answers)));
    }
    let over = arguments::over(matches);
    names.iter().flatten().try_for_each(|name| office.files.may_write(name, over))?;
    let mut exit = Exit::Clean;
    for ((unit, names), (bytes, lacking)) in table.units.iter().zip(names).zip(papers) {
        for name in names {
            world.deliver(&name, &bytes, over)?;
        }
        if let Some(line) = unit.lacking(&lacking) {
            world.say(&line);
            exit = Exit::Findings;
        }
    }
    Ok(exit)
}
