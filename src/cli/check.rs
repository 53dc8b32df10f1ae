//! `wengao check`: every rule over every document, one report.
//!
//! What checking a pile means is [`app::check`](crate::app::check); here are its flags, and where the
//! report goes. A document that cannot be read is told of on standard error and ends the run in 2.

use std::sync::Arc;

use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command};

use super::against;
use super::{Exit, Subcommand, World, arguments, asked, either, input};
use crate::app::annotate::{self, Target};
use crate::app::check::{Pile, check};
use crate::app::package::{self, Kept, Made};
use crate::app::plan::{Asked, Plan, plans};
use crate::app::{Office, Over, facts};
use crate::base::{Lang, Problem, Result, Text};
use crate::corpus::Corpus;
use crate::model::{Facts, Severity};
use crate::report::{Checked, REPORTS, Report, State, View, report_of};
use crate::text;

/// The subcommand.
pub static COMMAND: Subcommand =
    Subcommand { name: "check", about: Text::fixed("检查文稿", "check documents"), define, run };

fn define(command: Command, lang: Lang) -> Command {
    let say = |zh, en| either(lang, zh, en);
    command
        .args(what(lang))
        .args(how(lang))
        .args(against::flags(lang))
        .args(asked::flags(lang))
        .arg(arguments::package(lang))
        .after_help(say(
            "例：\n  wengao check 讲话.docx\n  wengao check drafts --facts facts/事实.yaml --fail-on warning\n  wengao check 讲话.docx -o 批注.docx\n  wengao check 讲话.docx --track -o 批注.docx\n  wengao check drafts -o 退改.xlsx\n  wengao check drafts -o report.json\n  wengao check 讲话.docx --corpus 语料库\n  wengao check '稿/*.docx' --among",
            "Examples:\n  wengao check speech.docx\n  wengao check drafts --facts facts/facts.yaml --fail-on warning\n  wengao check speech.docx -o comments.docx\n  wengao check speech.docx --track -o comments.docx\n  wengao check drafts -o returned.xlsx\n  wengao check drafts -o report.json\n  wengao check speech.docx --corpus corpus\n  wengao check 'out/*.docx' --among",
        ))
}

/// What is checked, and when it fails.
fn what(lang: Lang) -> [Arg; 7] {
    let say = |zh, en| either(lang, zh, en);
    [
            Arg::new("files").value_name(say("文件", "FILES")).num_args(1..).required(true).help(say(
                "文件、文件夹、加引号的通配符（'drafts/*.docx'）；- 表示标准输入。文件夹里隐藏的、.gitignore 排除的不查，.xlsx、.csv 点名才查",
                "files, folders, quoted patterns ('drafts/*.docx'); - is standard input. In folders, hidden files, what .gitignore names, .xlsx and .csv are left out",
            )),
            arguments::file("others", lang).action(ArgAction::Append).help(say(
                "外地的事实文件，可写多次；其中的特产、口号、地标、人员写进文稿会被指出",
                "facts of another locality; may be given several times. Its products, slogans, landmarks and people are told where they stand in a document",
            )),
            Arg::new("among").long("among").action(ArgAction::SetTrue).help(say(
                "这些文稿是同一批的：互相比一比，逐份说最像哪一份、有多少句只差名称和数字、最长相同的一段",
                "these are papers of one batch: hold them against each other and tell of each which is most like it, how many sentences differ in names and figures alone, and the longest passage in common",
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
                .help(say(
                    "报告的格式；不写时看 --output 的扩展名。docx 是带批注的原稿（.odt 的还是 .odt），xlsx 是退改清单",
                    "format of the report, by the extension of --output if not given; docx is the document with its findings as comments (an .odt stays one), xlsx a list to send back",
                )),
            Arg::new("accept-unread").long("accept-unread").action(ArgAction::SetTrue).help(say(
                "有的文件没有读成也照常结束，退出码只看问题；报告里照样列出",
                "files that could not be read do not make the run fail; the report still lists them",
            )),
            Arg::new("require-whole").long("require-whole").action(ArgAction::SetTrue).conflicts_with("accept-unread").help(say(
                "只查了一部分的文件（自动编号、页眉、图片里的字等没有查）也按没有读成算，退出码为 2",
                "a document that was checked in part (automatic numbers, page headers, pictures and the like left out) counts as not read: exit with 2",
            )),
    ]
}

/// How it is told.
fn how(lang: Lang) -> [Arg; 7] {
    let say = |zh, en| either(lang, zh, en);
    [
        arguments::output(lang),
        arguments::force(lang),
        Arg::new("show-info")
            .long("show-info")
            .action(ArgAction::SetTrue)
            .help(say("也显示提示一级的问题", "show findings of severity info too")),
        Arg::new("all")
            .long("all")
            .action(ArgAction::SetTrue)
            .help(say("相同的问题也逐处列出", "show every finding, also where many are alike")),
        Arg::new("track").long("track").action(ArgAction::SetTrue).help(say(
            "批注稿里能放心改的标成修订，在 Word、WPS 里逐处接受或拒绝；其余照写批注",
            "in the document with comments, what is safe to change is a tracked change, to be accepted or refused in Word or WPS; the rest are comments",
        )),
        Arg::new("stdin-name").long("stdin-name").value_name(say("名字", "NAME")).help(say(
            "标准输入按这个文件名读，如 讲话.docx",
            "read standard input as a file of this name, such as speech.docx",
        )),
        Arg::new("update-baseline").long("update-baseline").action(ArgAction::SetTrue).help(say(
            "把现在的问题都记进基线，以后只报新的",
            "accept all present findings in the baseline; from then on only new ones are told",
        )),
    ]
}

fn run(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    let (to, over) = (arguments::output_of(matches), arguments::over(matches));
    let report = report(matches, to)?;
    let format = report.name();
    if report.is_binary() && to == "-" && world.prints_to_terminal() {
        let what =
            text!("{format} 不是文本，不能输出到屏幕", "{format} is no text and cannot go to the screen");
        return Err(Problem::new(what)
            .help(text!("加上 --output 文件.{format}", "add --output FILE.{format}"))
            .into());
    }
    let office = world.office();
    let others = facts::each(&office, &arguments::many(matches, "others").unwrap_or_default())?;
    let arguments = arguments::many(matches, "files").unwrap_or_default();
    let asked = asked::asked(matches, world)?;
    let (mut checked, review) = pile(matches, &arguments, &asked, &others, world)?;
    let made = review.as_ref().and_then(|review| review.made(&office, &checked));

    let fail_on = matches.get_one::<String>("fail-on");
    let fail_on = Severity::ALL
        .iter()
        .find(|(name, _)| fail_on.is_some_and(|f| f == name))
        .map_or(Severity::Error, |&(_, severity)| severity);

    let view = View {
        lang: world.lang,
        color: to == "-" && world.colours(),
        all: matches.get_flag("all"),
        // Nobody should be refused for what she is not shown.
        info: matches.get_flag("show-info") || fail_on == Severity::Info,
        quiet: world.quiet,
        track: matches.get_flag("track"),
        anew: false,
        date: asked.flags.as_of,
    };
    may_track(view, report)?;
    let mut unwritten = false;
    if let Some(extension) = report.per_document() {
        let to = Target::of(&*office.files, to, &arguments, &checked, report.name(), extension)?;
        unwritten = annotate::write(&office, report, view, &mut checked, (&to, over), world);
    } else {
        deliver(world, report, to, &report.write(&checked, view)?, over)?;
    }
    if let (Some(made), Some(Review { folder, last, .. })) = (made, &review) {
        package::write(&*office.files, folder, &made, last.as_ref(), world)?;
    }
    // Whoever has the report on her screen has read of them already.
    let told = report.name() == REPORTS[0].name() && to == "-" && world.prints_to_terminal() && !world.quiet;
    for (_, error) in checked.unread.iter().filter(|_| !told) {
        match checked.accepted {
            true => error.problems().iter().for_each(|problem| world.note(problem)),
            false => world.complain(error.problems()),
        }
    }
    if unwritten || is_lacking(&checked, matches.get_flag("require-whole")) {
        return Ok(Exit::Trouble);
    }
    let failed = checked.documents.iter().flat_map(|d| &d.findings).any(|f| f.severity >= fail_on);
    Ok(if failed { Exit::Findings } else { Exit::Clean })
}

/// Writes the report, or prints it: the one for people has its own colours, and nothing else that steers a
/// terminal.
fn deliver(world: &mut World, report: &dyn Report, to: &str, told: &[u8], over: Over) -> Result<()> {
    match to == "-" && report.name() == REPORTS[0].name() {
        true => world.print_painted(told),
        false => world.deliver(to, told, over),
    }
}

/// # Errors
/// If changes are to be tracked in a report that hands no document back.
fn may_track(view: View, report: &dyn Report) -> Result<()> {
    if view.track && report.per_document().is_none() {
        return Err(Problem::new(Text::fixed(
            "--track 只用于带批注的原稿",
            "--track is for the document with comments",
        ))
        .help(Text::fixed("加上 --output 批注.docx", "add --output comments.docx"))
        .into());
    }
    Ok(())
}

/// The report that is meant: by `--format`, else by the extension of `--output`, else the one for people.
///
/// # Errors
/// If both say and do not agree.
fn report(matches: &ArgMatches, to: &str) -> Result<&'static dyn Report> {
    let given = matches.value_source("format") == Some(ValueSource::CommandLine);
    let format = matches.get_one::<String>("format").filter(|_| given);
    let asked = format.and_then(|format| REPORTS.iter().copied().find(|r| r.name() == format));
    let meant = report_of(to);
    let (Some(asked), Some(meant)) = (asked, meant) else { return Ok(asked.or(meant).unwrap_or(REPORTS[0])) };
    let extension = to.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    if asked.extensions().contains(&&*extension) {
        return Ok(asked);
    }
    let (format, means) = (asked.name(), meant.name());
    Err(Problem::new(text!(
        "--format {format} 和输出文件 {to} 对不上",
        "--format {format} and the output file {to} do not agree"
    ))
    .help(text!(
        "去掉 --format，按扩展名写成 {means}；或者换一个扩展名",
        "leave --format out to get {means} by the extension, or choose another extension"
    ))
    .into())
}

/// Whether too little was read for the run to say anything: a path was not read or read by half and
/// nobody accepted that, or nothing was read at all.
fn is_lacking(checked: &Checked, whole: bool) -> bool {
    let unread = !checked.unread.is_empty();
    if checked.accepted {
        return unread && checked.documents.is_empty();
    }
    unread || checked.documents.iter().any(|d| d.is_broken() || whole && d.state() == State::Part)
}

/// What the package for review of the one document is made with.
struct Review {
    folder: String,
    facts: Arc<Facts>,
    last: Option<Kept>,
}

impl Review {
    /// The package; of a paper that could not be read there is none, and it is told elsewhere why.
    fn made(&self, office: &Office, checked: &Checked) -> Option<Made> {
        let [document] = &checked.documents[..] else { return None };
        Some(package::of_paper(office, document, &self.facts, self.last.as_ref()))
    }
}

/// Reads and checks everything that the arguments mean.
fn pile(
    matches: &ArgMatches,
    arguments: &[String],
    asked: &Asked,
    others: &[Facts],
    world: &mut World,
) -> Result<(Checked, Option<Review>)> {
    let (names, missed) = input::documents(arguments);
    let office = world.office();
    let mut plans = plans(&office, asked, &names, world)?;
    let review = review(matches, (&names, missed.len()), &plans, world)?;
    let against = against::open(matches, world, &mut plans)?;
    let (among, accept) = (matches.get_flag("among"), matches.get_flag("update-baseline"));
    // The package shows every sentence, also of a paper in which nothing was found.
    let texts = review.is_some();
    let mut run = |corpus: Option<Corpus<'_>>| {
        let (names, plans, missed) = (names.clone(), plans.clone(), missed.clone());
        let pile = Pile { missed, others, corpus, among, accept, texts, ..Pile::of(names, plans, asked) };
        check(&office, pile, world)
    };
    let mut checked = match &against {
        Some(held) => held.with(|corpus| run(Some(corpus)))?,
        None => run(None)?,
    };
    checked.accepted = matches.get_flag("accept-unread");
    Ok((checked, review))
}

/// What the package for review is made with, if one is wanted: asked before anything is checked or written, so that
/// one that cannot be made costs nothing.
fn review(
    matches: &ArgMatches,
    (names, missed): (&[String], usize),
    plans: &[Plan],
    world: &World,
) -> Result<Option<Review>> {
    let Some(folder) = matches.get_one::<String>("package") else { return Ok(None) };
    if names.is_empty() && missed == 1 {
        return Ok(None);
    }
    let Some(facts) = plans.first().and_then(|plan| plan.facts.clone()) else {
        return Err(package::no_facts()
            .help(Text::fixed("加 --facts 事实.yaml", "add --facts facts.yaml"))
            .into());
    };
    let ([name], 0) = (names, missed) else {
        let what = Text::fixed("送审包一次只做一份文稿的", "a package for review is of one document");
        return Err(Problem::new(what)
            .help(Text::fixed(
                "一份一份地做，每份一个文件夹",
                "make one for each document, each in a folder of its own",
            ))
            .into());
    };
    let last = package::last(&*world.office().files, folder, name, matches.get_flag("force"))?;
    Ok(Some(Review { folder: folder.clone(), facts, last }))
}
