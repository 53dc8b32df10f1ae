//! `wengao renew`: this year's paper from last year's, the safe way.

use clap::{Arg, ArgMatches, Command};

use super::{Exit, Subcommand, World, arguments, either};
use crate::app::renew::{list, tell};
use crate::app::{facts::load, written};
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
            "写完的稿子：.docx、.txt、.md",
            "a finished paper: .docx, .txt, .md",
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
        .arg(arguments::force(lang))
        .after_help(say(
            "先列：wengao renew 去年讲话.docx --output 沿用.xlsx\n填好后换：wengao renew 去年讲话.docx --values 沿用.xlsx --output 今年讲话.docx\n退出码：0 都填了；1 有没填的，照去年的留着；2 有误",
            "First: wengao renew last.docx --output table.xlsx\nthen, filled in: wengao renew last.docx --values table.xlsx --output new.docx\nExit codes: 0 all was answered; 1 something stands as last year's; 2 trouble",
        ))
}

fn run(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    let paper = matches.get_one::<String>("paper").map_or("-", String::as_str);
    let (to, over) = (arguments::output_of(matches), arguments::over(matches));
    let office = world.office();
    let years = matches.get_one::<u16>("years").copied().unwrap_or(1);
    let listed = list(&office, paper, years, world)?;
    let values = matches.get_one::<String>("values");
    let facts = arguments::many(matches, "facts").unwrap_or_default();
    let count = listed.rows.len();
    if values.is_none() && facts.is_empty() {
        let table = listed.table(&[], to, &office)?;
        if to == "-" {
            world.print(table)?;
        } else {
            world.say(&written(&*office.files, to, &table, over)?);
        }
        let places: usize = listed.rows.iter().map(|r| r.places.len()).sum();
        world.say(&text!(
            "可能要改的{count}个值，{places}处",
            "{count} values in {places} places may have to change"
        ));
        return Ok(Exit::Clean);
    }
    if to == "-" {
        return Err(Problem::new(Text::fixed(
            "没有写明今年的稿子写到哪里",
            "no place for the new paper was named",
        ))
        .help(Text::fixed("加上 --output 今年讲话.docx", "add --output NEW.docx"))
        .into());
    }
    let mut answers = match values {
        Some(table) => listed.answers(&office, table)?,
        None => vec![Answer::Open; count],
    };
    let filled = listed.fill(&load(&office, &facts)?.unwrap_or_default(), &mut answers);
    let (bytes, done) = listed.renewed(&answers, to, &office)?;
    world.say(&written(&*office.files, to, &bytes, over)?);
    tell(&done, &filled, world);
    Ok(if done.open.is_empty() { Exit::Clean } else { Exit::Findings })
}
