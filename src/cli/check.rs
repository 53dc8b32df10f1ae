//! `wengao check`: every rule over every document, one report.
//!
//! A document that cannot be read does not keep the others from being checked; it is told of on
//! standard error and ends the run in 2. Several documents are checked on all cores, a single one
//! without starting a thread; the report is in the order in which they were given either way.

use clap::{Arg, ArgAction, ArgMatches, Command};
use rayon::prelude::*;

use super::{Exit, Subcommand, World, arguments, either, facts_input, input, output};
use crate::base::{Error, Lang, Place, Problem, Result, Text, han::Date, nearest::nearest};
use crate::model::{Facts, Settings, Severity};
use crate::read::read;
use crate::report::{Checked, Document, REPORTS, View};
use crate::rules::{self, Case, RULES};
use crate::text;

/// The subcommand.
pub static COMMAND: Subcommand =
    Subcommand { name: "check", about: Text::fixed("检查文稿", "check documents"), define, run };

fn define(command: Command, lang: Lang) -> Command {
    let say = |zh, en| either(lang, zh, en);
    command
        .args([
            Arg::new("files").value_name(say("文件", "FILES")).num_args(1..).required(true).help(say(
                "文件、文件夹、加引号的通配符（'drafts/*.docx'）；- 表示标准输入",
                "files, folders, quoted patterns ('drafts/*.docx'); - is standard input",
            )),
            rule_list("only", lang).help(say("只用这些规则", "run only these rules")),
            rule_list("skip", lang).help(say("不用这些规则", "do not run these rules")),
            arguments::facts(lang),
            Arg::new("others").long("others").value_name(say("文件", "FILE")).action(ArgAction::Append).help(say(
                "外地的事实文件，可写多次；其中的特产、口号、地标、人员写进文稿会被指出",
                "facts of another locality; may be given several times. Its products, slogans, landmarks and people are told where they stand in a document",
            )),
            Arg::new("locality").long("locality").value_name(say("地名", "NAME")).help(say(
                "文稿是哪里的，写全称，如 江西省赣州市寻乌县；有事实文件的以事实文件为准",
                "the locality that the documents are of, by its full name; facts count more",
            )),
            Arg::new("fail-on")
                .long("fail-on")
                .value_name(say("程度", "SEVERITY"))
                .value_parser(Severity::ALL.map(|(name, _)| name))
                .default_value(Severity::Error.name())
                .help(say("从哪一级起退出码为 1", "exit with 1 from this severity on")),
            Arg::new("format")
                .long("format")
                .value_name(say("格式", "FORMAT"))
                .value_parser(REPORTS.iter().map(|r| r.name()).collect::<Vec<_>>())
                .default_value(REPORTS[0].name())
                .help(say("报告的格式", "format of the report")),
            arguments::output(lang),
            arguments::force(lang),
            Arg::new("as-of")
                .long("as-of")
                .value_name(say("日期", "DATE"))
                .help(say(
                    "按哪一天判断时间是否过时，如 2026-03-05；不写时是今天",
                    "the day by which times are judged, such as 2026-03-05; today if not given",
                )),
            Arg::new("show-info")
                .long("show-info")
                .action(ArgAction::SetTrue)
                .help(say("也显示提示一级的问题", "show findings of severity info too")),
            Arg::new("all")
                .long("all")
                .action(ArgAction::SetTrue)
                .help(say("相同的问题也逐处列出", "show every finding, also where many are alike")),
            Arg::new("stdin-name").long("stdin-name").value_name(say("名字", "NAME")).help(say(
                "标准输入按这个文件名读，如 讲话.docx",
                "read standard input as a file of this name, such as speech.docx",
            )),
        ])
        .after_help(say(
            "例：\n  wengao check 讲话.docx\n  wengao check drafts --facts facts/事实.yaml --fail-on warning\n  wengao check drafts --format json --output report.json",
            "Examples:\n  wengao check speech.docx\n  wengao check drafts --facts facts/facts.yaml --fail-on warning\n  wengao check drafts --format json --output report.json",
        ))
}

fn rule_list(name: &'static str, lang: Lang) -> Arg {
    Arg::new(name)
        .long(name)
        .value_name(either(lang, "规则", "RULES"))
        .action(ArgAction::Append)
        .value_delimiter(',')
}

fn run(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    let settings = settings(matches, world)?;
    let paths = facts_input::chosen(world, matches.get_many("facts"));
    let facts = facts_input::load(world, &paths)?;
    if let Some(facts) = &facts {
        facts_input::tell_notes(world, facts);
    }
    let others = facts_input::each(world, matches.get_many("others"))?;
    let arguments: Vec<String> = matches.get_many("files").into_iter().flatten().cloned().collect();
    let checked =
        check(world, &arguments, matches.get_one("stdin-name"), (facts.as_ref(), &others), &settings);

    let fail_on = matches.get_one::<String>("fail-on");
    let fail_on = Severity::ALL
        .iter()
        .find(|(name, _)| fail_on.is_some_and(|f| f == name))
        .map_or(Severity::Error, |&(_, severity)| severity);

    let to = arguments::output_of(matches);
    let view = View {
        lang: world.lang,
        color: to == "-" && world.colours(),
        all: matches.get_flag("all"),
        // Nobody should be refused for what she is not shown.
        info: matches.get_flag("show-info") || fail_on == Severity::Info,
        quiet: world.quiet,
    };
    let format = matches.get_one::<String>("format").map_or("", String::as_str);
    let report = REPORTS.iter().find(|r| r.name() == format).unwrap_or(&REPORTS[0]);
    output::write(world, to, &report.write(&checked, view)?, matches.get_flag("force"))?;
    if to != "-" {
        world.say(&output::written(to));
    }
    for (_, error) in &checked.unread {
        world.complain(error.problems());
    }
    if !checked.unread.is_empty() {
        return Ok(Exit::Trouble);
    }
    let failed = checked.documents.iter().flat_map(|d| &d.findings).any(|f| f.severity >= fail_on);
    Ok(if failed { Exit::Findings } else { Exit::Clean })
}

/// Settings from the flags and `wengao.yaml`.
fn settings(matches: &ArgMatches, world: &World) -> Result<Settings> {
    let mut problems = Vec::new();
    let mut rules = |flag: &str| -> Vec<String> {
        let given: Vec<String> =
            matches.get_many::<String>(flag).into_iter().flatten().map(|r| r.trim().to_owned()).collect();
        problems.extend(given.iter().filter_map(|id| unknown_rule(id)));
        given
    };
    let (only, skip) = (rules("only"), rules("skip"));
    let as_of = match matches.get_one::<String>("as-of") {
        None => Some(world.today()),
        Some(day) => {
            let date = Date::parse(day);
            if date.is_none() {
                let problem =
                    Problem::new(text!("--as-of 的“{day}”不是日期", "--as-of “{day}” is not a date"));
                problems.push(problem.help(Text::fixed("写成 2026-03-05", "write it as 2026-03-05")));
            }
            date
        }
    };
    Error::unless_empty(
        problems,
        Settings {
            only,
            skip,
            as_of,
            home: matches.get_one("locality").cloned(),
            fonts: world.config.fonts,
            ..Settings::default()
        },
    )
}

/// Why this is no rule's id; `None` if it is one.
pub(super) fn unknown_rule(id: &str) -> Option<Problem> {
    let ids = || RULES.iter().map(|r| r.about().id);
    if ids().any(|known| known == id) {
        return None;
    }
    let problem = Problem::new(text!("没有“{id}”这条规则", "there is no rule “{id}”"));
    Some(match nearest(id, ids()) {
        Some(near) => problem.help(text!("是不是 {near}？", "did you mean {near}?")),
        None => problem.help(Text::fixed("全部规则见 wengao rules", "wengao rules lists them all")),
    })
}

/// Reads and checks everything that the arguments mean.
fn check(
    world: &mut World,
    arguments: &[String],
    stdin_name: Option<&String>,
    (facts, others): (Option<&Facts>, &[Facts]),
    settings: &Settings,
) -> Checked {
    let (paths, missed) = input::documents(arguments);
    let mut checked = Checked::default();
    checked.unread.extend(missed);
    // Standard input can be read only here; the threads take files.
    let stdin = paths.iter().any(|p| p == "-").then(|| world.read_stdin());
    let one = |path: &String| -> (String, Result<Document>) {
        let bytes;
        let (name, bytes) = match &stdin {
            Some(given) if path == "-" => (stdin_name.unwrap_or(path), given),
            _ => {
                bytes = input::read(path);
                (path, &bytes)
            }
        };
        let manuscript = bytes.as_ref().map_err(Clone::clone).and_then(|bytes| read(name, bytes));
        let document = manuscript.map(|manuscript| {
            let findings = rules::check(&Case { manuscript: &manuscript, facts, others, settings });
            Document::new(path.clone(), manuscript, findings)
        });
        (path.clone(), document)
    };
    let outcomes: Vec<_> =
        if paths.len() > 1 { paths.par_iter().map(one).collect() } else { paths.iter().map(one).collect() };
    for (path, outcome) in outcomes {
        match outcome {
            Ok(document) => checked.documents.push(document),
            Err(error) => {
                let at = Place::File(path.as_str().into());
                let error = error.map(|p| if p.at.is_some() { p } else { p.at(at.clone()) });
                checked.unread.push((path, error));
            }
        }
    }
    checked
}
