//! `wengao check`: every rule over every document, one report.
//!
//! A document that cannot be read does not keep the others from being checked; it is told of on
//! standard error and ends the run in 2. Several documents are checked on all cores, a single one
//! without starting a thread; the report is in the order in which they were given either way.

use std::collections::BTreeMap;

use clap::{Arg, ArgAction, ArgMatches, Command};
use rayon::prelude::*;

use super::baseline::Baseline;
use super::checking::{self, Plan};
use super::{Exit, Subcommand, World, against, annotated, arguments, either, facts_input, input, output};
use crate::base::{Error, Lang, Place, Problem, Result, Text};
use crate::model::{Facts, Finding, Manuscript, Severity};
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
            Arg::new("others").long("others").value_name(say("文件", "FILE")).action(ArgAction::Append).help(say(
                "外地的事实文件，可写多次；其中的特产、口号、地标、人员写进文稿会被指出",
                "facts of another locality; may be given several times. Its products, slogans, landmarks and people are told where they stand in a document",
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
                    "报告的格式",
                    "format of the report; docx is the document with its findings as comments",
                )),
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
            Arg::new("stdin-name").long("stdin-name").value_name(say("名字", "NAME")).help(say(
                "标准输入按这个文件名读，如 讲话.docx",
                "read standard input as a file of this name, such as speech.docx",
            )),
            Arg::new("update-baseline").long("update-baseline").action(ArgAction::SetTrue).help(say(
                "把现在的问题都记进基线，以后只报新的",
                "accept all present findings in the baseline; from then on only new ones are told",
            )),
        ])
        .args(against::flags(lang))
        .args(checking::flags(lang))
        .after_help(say(
            "例：\n  wengao check 讲话.docx\n  wengao check drafts --facts facts/事实.yaml --fail-on warning\n  wengao check 讲话.docx --format docx --output 批注.docx\n  wengao check drafts --format json --output report.json\n  wengao check 讲话.docx --corpus 语料库",
            "Examples:\n  wengao check speech.docx\n  wengao check drafts --facts facts/facts.yaml --fail-on warning\n  wengao check speech.docx --format docx --output comments.docx\n  wengao check drafts --format json --output report.json\n  wengao check speech.docx --corpus corpus",
        ))
}

fn run(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    let format = matches.get_one::<String>("format").map_or("", String::as_str);
    let report = REPORTS.iter().find(|r| r.name() == format).unwrap_or(&REPORTS[0]);
    let to = arguments::output_of(matches);
    if report.is_binary() && to == "-" && world.prints_to_terminal() {
        let what =
            text!("{format} 不是文本，不能输出到屏幕", "{format} is no text and cannot go to the screen");
        return Err(Problem::new(what)
            .help(text!("加上 --output 文件.{format}", "add --output FILE.{format}"))
            .into());
    }
    let others = facts_input::each(world, matches.get_many("others"))?;
    let arguments: Vec<String> = matches.get_many("files").into_iter().flatten().cloned().collect();
    let stdin_name = matches.get_one::<String>("stdin-name");
    let (mut checked, stdin) = check(world, &arguments, matches, &others)?;

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
        date: checking::flags_of(matches, world)?.as_of,
    };
    let force = matches.get_flag("force");
    let mut unwritten = false;
    if let Some(extension) = report.per_document() {
        let to = annotated::Target::of(to, &arguments, &checked, report.name(), extension)?;
        let stdin = stdin.map(|bytes| (stdin_name.cloned(), bytes));
        unwritten = annotated::write(world, *report, view, &mut checked, stdin, &to, force);
    } else {
        let written = output::write(world, to, &report.write(&checked, view)?, force)?;
        written.iter().for_each(|said| world.say(said));
    }
    for (_, error) in &checked.unread {
        world.complain(error.problems());
    }
    if unwritten || !checked.unread.is_empty() {
        return Ok(Exit::Trouble);
    }
    let failed = checked.documents.iter().flat_map(|d| &d.findings).any(|f| f.severity >= fail_on);
    Ok(if failed { Exit::Findings } else { Exit::Clean })
}

/// Reads and checks everything that the arguments mean; also what standard input gave, if it was
/// among them.
fn check(
    world: &mut World,
    arguments: &[String],
    matches: &ArgMatches,
    others: &[Facts],
) -> Result<(Checked, Option<Vec<u8>>)> {
    let stdin_name = matches.get_one::<String>("stdin-name");
    let (paths, missed) = input::documents(arguments);
    let mut plans = checking::plans(world, matches, &paths, stdin_name)?;
    let against = against::open(matches, world, &mut plans)?;
    let mut baselines = Baselines::load(matches, &plans)?;
    let mut checked = Checked::default();
    checked.unread.extend(missed);
    // Standard input can be read only here; the threads take files.
    let stdin = paths.iter().any(|p| p == "-").then(|| world.read_stdin());
    let one = |(path, plan): (&String, &Plan)| -> Result<(Manuscript, Vec<Finding>)> {
        let bytes;
        let (name, bytes) = match &stdin {
            Some(given) if path == "-" => (stdin_name.unwrap_or(path), given),
            _ => {
                bytes = input::read(path);
                (path, &bytes)
            }
        };
        let manuscript = bytes.as_ref().map_err(Clone::clone).and_then(|bytes| read(name, bytes))?;
        let case = Case::new(&manuscript, &plan.settings)
            .with_facts(plan.facts.as_deref())
            .beside(others)
            .against(against.as_ref().map(against::Against::corpus));
        let findings = rules::check(&case);
        Ok((manuscript, findings))
    };
    let outcomes: Vec<_> = if paths.len() > 1 {
        paths.par_iter().zip(&plans).map(one).collect()
    } else {
        paths.iter().zip(&plans).map(one).collect()
    };
    if let Some(against) = &against {
        against.outcome()?;
    }
    let update = matches.get_flag("update-baseline");
    for ((path, plan), outcome) in paths.into_iter().zip(&plans).zip(outcomes) {
        match outcome {
            Ok((manuscript, findings)) => {
                let findings = baselines.apply(plan, manuscript.text(), findings, update);
                let copied =
                    rules::copied_passage::summary(manuscript.characters(), manuscript.text(), &findings);
                let mut document = Document::new(path, manuscript, findings);
                document.notes.extend(copied);
                checked.documents.push(document);
            }
            Err(error) => {
                let at = Place::File(path.as_str().into());
                let error = error.map(|p| if p.at.is_some() { p } else { p.at(at.clone()) });
                checked.unread.push((path, error));
            }
        }
    }
    if update {
        baselines.update(world)?
    } else {
        baselines.tell(world)
    }
    Ok((checked, stdin.and_then(Result::ok)))
}

/// The baselines of a run, by path.
pub(super) struct Baselines {
    of: BTreeMap<String, Baseline>,
    accepted: usize,
}

impl Baselines {
    /// Reads the baselines of these plans. One that was named with `--baseline` must be there,
    /// unless it is about to be written.
    ///
    /// # Errors
    /// With the faults of each.
    pub(super) fn load(matches: &ArgMatches, plans: &[Plan]) -> Result<Self> {
        let updates = matches.try_get_one::<bool>("update-baseline").ok().flatten().is_some_and(|u| *u);
        let needed = matches.get_one::<String>("baseline").is_some() && !updates;
        let mut of = BTreeMap::new();
        let mut problems = Vec::new();
        for plan in plans {
            if !of.contains_key(&plan.baseline) {
                let baseline = Baseline::load(&plan.baseline, needed, plan.settings.as_of);
                let baseline = baseline.unwrap_or_else(|error| {
                    problems.extend_from_slice(error.problems());
                    Baseline::default()
                });
                of.insert(plan.baseline.clone(), baseline);
            }
        }
        Error::unless_empty(problems, Self { of, accepted: 0 })
    }

    /// The findings that count: those that are not accepted yet, and none of the new ones where
    /// all are about to be accepted.
    pub(super) fn apply(
        &mut self,
        plan: &Plan,
        text: &str,
        findings: Vec<Finding>,
        update: bool,
    ) -> Vec<Finding> {
        let Some(baseline) = self.of.get_mut(&plan.baseline) else { return findings };
        let ran: Vec<_> = RULES.iter().map(|r| r.about().id).filter(|id| plan.settings.runs(id)).collect();
        let (left, accepted) = baseline.apply(&plan.name, &ran, text, findings, update);
        self.accepted += accepted;
        left
    }

    /// As [`apply`](Self::apply), for one look at a document that will be looked at again: nothing
    /// is used up.
    pub(super) fn apply_anew(&mut self, plan: &Plan, text: &str, findings: Vec<Finding>) -> Vec<Finding> {
        if let Some(baseline) = self.of.get_mut(&plan.baseline) {
            baseline.forget();
        }
        self.apply(plan, text, findings, false)
    }

    /// Says what no longer holds, and how many findings were left out.
    fn tell(&self, world: &mut World) {
        for note in self.of.values().flat_map(Baseline::notes) {
            world.note(&note);
        }
        let n = self.accepted;
        if n > 0 {
            world.say(&text!(
                "另有{n}处问题已在基线里接受，没有列出",
                "{n} more are accepted in the baseline and not listed"
            ));
        }
    }

    fn update(&mut self, world: &mut World) -> Result<()> {
        for (path, baseline) in &mut self.of {
            let entries = baseline.update(path, world.lang)?;
            world.say(&text!("已写出 {path}，共{entries}条", "wrote {path}, {entries} entries"));
        }
        Ok(())
    }
}
