//! `wengao draft`: facts and a skeleton in, a document out.
//!
//! The draft is checked before it is written. What the check finds is told and does not keep the
//! document from being written: the clerk needs the text, and needs to know.

use std::sync::OnceLock;

use clap::{Arg, ArgAction, ArgMatches, Command};

use super::against::held;
use super::tell::tell;
use super::{Exit, Subcommand, World, arguments, either};
use crate::app::draft::{Drafted, Order, Ready, draft, trace, wanted_list, writer_for};
use crate::app::each::{file_names, units};
use crate::app::{Deaf, Office, facts, package};
use crate::base::{Error, Lang, Result, Text};
use crate::corpus::{Corpus, Held, PostingStore};
use crate::draft::Options;
use crate::model::settings::Fonts;

/// The subcommand.
pub static COMMAND: Subcommand = Subcommand {
    name: "draft",
    about: Text::fixed("用事实和模板起草文稿", "draft a document from facts and a skeleton"),
    define,
    run,
};

fn define(command: Command, lang: Lang) -> Command {
    let say = |zh, en| either(lang, zh, en);
    command
        .arg(arguments::template(lang))
        .arg(arguments::facts(lang))
        .args(texts(lang))
        .args(outcome(lang))
        .arg(each(lang))
        .arg(the_plan(lang))
        .arg(arguments::package(lang).conflicts_with_all(["update", "each", "plan"]))
        .arg(arguments::force(lang))
        .after_help(say(
            "例：wengao draft speech/mobilization --facts 事实.yaml --output 讲话稿.docx",
            "Example: wengao draft speech/mobilization --facts facts.yaml --output speech.docx",
        ))
}

/// Where the document goes and in which words it is said.
fn texts(lang: Lang) -> [Arg; 4] {
    let say = |zh, en| either(lang, zh, en);
    [
        arguments::file("output", lang)
                .short('o')
                .action(ArgAction::Append)
                .help(say(
                    "写到哪里，按扩展名定格式：.docx、.md、.txt；可写多次；不写则输出到屏幕",
                    "where to write; the extension decides the format: .docx, .md, .txt; may be given several times; else to the screen",
                )),
        Arg::new("seed")
                .long("seed")
                .value_name(say("数字", "N"))
                .value_parser(clap::value_parser!(u64))
                .default_value("0")
                .help(say("换一个数字，换一套说法；同一数字结果不变", "another number chooses other phrases; the same one gives the same text")),
        Arg::new("against").long("against").action(ArgAction::Append).value_name(say("文件夹", "DIR")).help(say(
            "语料库，可写多次；每条套语用与外地材料最不相同的说法，并说明哪些避不开",
            "a corpus, may be given several times; of each phrase the variant that shares least with other localities' documents is used, and what cannot be avoided is said",
        )),
        Arg::new("update").long("update").value_name(say("文稿", "FILE")).conflicts_with("output").help(say(
            "把改过的文稿更新到现在的事实和模板：您改的留着，事实跟着变，两边都改的列出来",
            "bring a document that you went on with up to date: your changes stay, facts move, what both changed is shown",
        )),
    ]
}

/// How long it is, which parts it has, what is shown of it.
fn outcome(lang: Lang) -> [Arg; 5] {
    let say = |zh, en| either(lang, zh, en);
    [
        Arg::new("length")
                .long("length")
                .value_name(say("字数", "N"))
                .value_parser(clap::value_parser!(usize))
                .help(say("大约写多少字；事实不够时不凑", "about how many characters; never padded beyond the facts")),
        Arg::new("sections")
                .long("sections")
                .value_name(say("部分", "NAMES"))
                .action(ArgAction::Append)
                .help(say(
                    "只写哪几部分、什么次序，如 任务、保障；序号和“几点”随之改变；wengao template show 列出各部分",
                    "which sections, in which order; numbers and counts follow; `wengao template show` lists them",
                )),
        Arg::new("allow-missing")
                .long("allow-missing")
                .action(ArgAction::SetTrue)
                .help(say("缺少的事实写成【待补：…】，不停下", "write 【待补：…】 for missing facts instead of stopping")),
        Arg::new("trace")
                .long("trace")
                .action(ArgAction::SetTrue)
                .help(say("列出每一段文字的来源：事实、套语或模板行", "print where each stretch came from: fact, phrase or template line")),
        Arg::new("fonts")
                .long("fonts")
                .value_name(say("字体", "FONTS"))
                .value_parser(Fonts::ALL.map(|(name, _)| name))
                .help(say("gb2312：用仿宋_GB2312、楷体_GB2312", "gb2312: 仿宋_GB2312 and 楷体_GB2312")),
    ]
}

/// A document for each row of a table.
fn each(lang: Lang) -> Arg {
    Arg::new("each")
        .long("each")
        .value_name(either(lang, "表", "TABLE"))
        .conflicts_with_all(["update", "trace", "plan"])
        .requires("output")
        .help(either(
            lang,
            "一行一份：第一行是事实的键（地区.名称、工作.进展…），以下每个单位一行；--output 稿/{地区.名称}.docx 用其中一栏作文件名",
            "a document a row: the first row has keys of facts (地区.名称, 工作.进展 …), then a row a unit; --output out/{地区.名称}.docx names the files by a column",
        ))
}

/// What a draft keeps away from.
fn apart<'c>(
    held: Option<&'c Held>,
    store: Option<&'c dyn PostingStore>,
    failure: &'c OnceLock<Error>,
) -> Option<Corpus<'c>> {
    Some(Corpus { store: store?, stock: &held?.stock, failure })
}

/// What is shown in the document's place: how its facts hang together.
fn the_plan(lang: Lang) -> Arg {
    Arg::new("plan")
        .long("plan")
        .value_name(either(lang, "格式", "FORMAT"))
        .num_args(0..=1)
        .require_equals(true)
        .default_missing_value("text")
        .value_parser(["text", "json"])
        .conflicts_with_all(["output", "update", "trace"])
        .help(either(
            lang,
            "不起草，先看谋篇：哪个任务回应哪个问题、指标好坏、哪些悬空；--plan=json 给程序用",
            "no draft but its plan: what answers what, which figures are behind, what hangs loose; --plan=json for programs",
        ))
}

fn run(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    let outputs: Vec<String> = arguments::many(matches, "output").unwrap_or_default();
    // Before any work: a name that says no format is a slip that should cost nothing.
    outputs.iter().try_for_each(|path| writer_for(path).map(drop))?;
    let office = world.office();
    let against = arguments::many(matches, "against").map(|all| held(world, all)).transpose()?;
    let (store, failure) = (against.as_ref().map(Held::store), OnceLock::new());
    let fonts = matches.get_one::<String>("fonts");
    let update = matches.get_one::<String>("update").map(String::as_str);
    let order = Order {
        template: matches.get_one::<String>("template").map_or("", String::as_str),
        facts: facts::over_defaults(&office, &office.config, arguments::many(matches, "facts")),
        options: options(matches),
        fonts: fonts.and_then(|f| Fonts::ALL.iter().find(|(n, _)| n == f)).map(|&(_, f)| f),
        apart: apart(against.as_ref(), store.as_deref(), &failure),
        update,
    };
    if let Some(format) = matches.get_one::<String>("plan") {
        return show_plan(world, &Ready::of(&office, &order)?, format);
    }
    if let Some(table) = matches.get_one::<String>("each") {
        return for_each(matches, world, (table, &outputs), order);
    }
    let folder = matches.get_one::<String>("package");
    let named = outputs.iter().find(|path| *path != "-").map_or("", String::as_str);
    let force = matches.get_flag("force");
    // Before anything is written: a folder that is somebody else's should cost nothing.
    let last = folder.map(|folder| package::last(&*office.files, folder, named, force));
    let last = last.transpose()?.flatten();
    let drafted = draft(&office, order, world)?;
    if let Some(path) = update {
        return brought_up(&office, &drafted, path, world);
    }
    let (unnamed, named): (Vec<&str>, Vec<&str>) = outputs.iter().map(|o| &**o).partition(|o| *o == "-");
    drafted.write(&office, &named, force, world)?;
    if let Some(folder) = folder {
        let made = package::of_draft(&office, &drafted, named.first().unwrap_or(&""), last.as_ref())?;
        package::write(&*office.files, folder, &made, last.as_ref(), world)?;
    }
    for _ in unnamed {
        world.print(drafted.bytes("-")?)?;
    }
    if matches.get_flag("trace") {
        let trace = trace(&drafted.manuscript, world.lang);
        world.print(trace)?;
    } else if outputs.is_empty() {
        world.print(drafted.bytes("-")?)?;
    }
    // Rich facts need no advice on this rank and that mean; `--plan` gives it all the same.
    let few = drafted.wanted.iter().any(|w| !w.fact.contains("[].") || w.binds());
    if let Some(list) = wanted_list(&drafted.wanted).filter(|_| few) {
        world.say(&list);
    }
    let exit = if drafted.is_doubtful() { Exit::Findings } else { Exit::Clean };
    if !drafted.findings.is_empty() {
        tell(world, &drafted.checked(outputs.first().map_or("-", String::as_str)))?;
    }
    Ok(exit)
}

/// Brings the document at a path up to date with a new draft of it.
fn brought_up(office: &Office, drafted: &Drafted, path: &str, world: &mut World) -> Result<Exit> {
    let decided = drafted.update(office, path, world)?;
    Ok(if decided { Exit::Clean } else { Exit::Findings })
}

/// Shows the plan in the document's place.
fn show_plan(world: &mut World, ready: &Ready, format: &str) -> Result<Exit> {
    ready.notes().iter().for_each(|note| world.note(note));
    let planned = ready.plan();
    let told = match format {
        "json" => format!("{:#}\n", planned.as_json(world.lang)),
        _ => planned.tree(world.lang),
    };
    world.print_page(told)?;
    Ok(Exit::Clean)
}

/// A document for each row of a table, and what each still lacks. Nothing is written unless all rows can be
/// read and have names of their own.
fn for_each(
    matches: &ArgMatches,
    world: &mut World,
    (table, outputs): (&str, &[String]),
    mut order: Order<'_>,
) -> Result<Exit> {
    let office = world.office();
    let table = units(&office, table)?;
    let facts = table.facts()?;
    let names = file_names(&office, &table.units, outputs)?;
    // What a unit lacks is blank in its document and told, and keeps no other from being written.
    order.options.allow_missing = true;
    let common = Ready::of(&office, &order)?;
    let mut exit = Exit::Clean;
    for ((unit, facts), names) in table.units.iter().zip(facts).zip(names) {
        let ready = common.over(facts);
        let lacking = ready.lacking(&order.options)?;
        let drafted = ready.draft(&office, order.clone(), &mut Deaf)?;
        let paths: Vec<&str> = names.iter().map(String::as_str).collect();
        drafted.write(&office, &paths, matches.get_flag("force"), world)?;
        if drafted.is_doubtful() || !lacking.is_empty() {
            exit = Exit::Findings;
        }
        if let Some(line) = unit.lacking(&lacking) {
            world.say(&line);
        }
    }
    Ok(exit)
}

/// Length, sections, seed and blanks.
fn options(matches: &ArgMatches) -> Options {
    let sections = matches.get_many::<String>("sections").into_iter().flatten();
    Options {
        seed: matches.get_one("seed").copied().unwrap_or(0),
        allow_missing: matches.get_flag("allow-missing"),
        sections: sections.flat_map(|s| s.split(['、', ',', '，'])).map(|s| s.trim().to_owned()).collect(),
        length: matches.get_one("length").copied(),
        name: None,
    }
}
