//! `wengao draft`: facts and a skeleton in, a document out.
//!
//! The draft is checked before it is written. What the check finds is told and does not keep the
//! document from being written: the clerk needs the text, and needs to know.

use std::path::Path;

use clap::{Arg, ArgAction, ArgMatches, Command};
use unicode_segmentation::UnicodeSegmentation;

use super::against::Against;
use super::{Exit, Subcommand, World, arguments, config, either, facts_input, output, shelf, update};
use crate::base::{Lang, Problem, Result, Text};
use crate::corpus::{GUARANTEED, shared_letters};
use crate::draft::{Options, Skeleton, Unavoidable, characters, draft, draft_apart, name_of};
use crate::model::settings::Fonts;
use crate::model::{Facts, Manuscript, Settings, Severity};
use crate::report::{Checked, Document};
use crate::rules::{self, Case};
use crate::text;
use crate::write::{WRITERS, writer};

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
        .arg(
            Arg::new("output")
                .long("output")
                .short('o')
                .value_name(say("文件", "FILE"))
                .action(ArgAction::Append)
                .help(say(
                    "写到哪里，按扩展名定格式：.docx、.md、.txt；可写多次；不写则输出到屏幕",
                    "where to write; the extension decides the format: .docx, .md, .txt; may be given several times; else to the screen",
                )),
        )
        .arg(
            Arg::new("seed")
                .long("seed")
                .value_name(say("数字", "N"))
                .value_parser(clap::value_parser!(u64))
                .default_value("0")
                .help(say("换一个数字，换一套说法；同一数字结果不变", "another number chooses other phrases; the same one gives the same text")),
        )
        .arg(Arg::new("against").long("against").value_name(say("文件夹", "DIR")).help(say(
            "语料库；每条套语用与外地材料最不相同的说法，并说明哪些避不开",
            "a corpus; of each phrase the variant that shares least with other localities' documents is used, and what cannot be avoided is said",
        )))
        .arg(Arg::new("update").long("update").value_name(say("文稿", "FILE")).conflicts_with("output").help(say(
            "把改过的文稿更新到现在的事实和模板：您改的留着，事实跟着变，两边都改的列出来",
            "bring a document that you went on with up to date: your changes stay, facts move, what both changed is shown",
        )))
        .arg(
            Arg::new("length")
                .long("length")
                .value_name(say("字数", "N"))
                .value_parser(clap::value_parser!(usize))
                .help(say("大约写多少字；事实不够时不凑", "about how many characters; never padded beyond the facts")),
        )
        .arg(
            Arg::new("sections")
                .long("sections")
                .value_name(say("部分", "NAMES"))
                .action(ArgAction::Append)
                .help(say(
                    "只写哪几部分、什么次序，如 任务、保障；序号和“几点”随之改变；wengao template show 列出各部分",
                    "which sections, in which order; numbers and counts follow; `wengao template show` lists them",
                )),
        )
        .arg(
            Arg::new("allow-missing")
                .long("allow-missing")
                .action(ArgAction::SetTrue)
                .help(say("缺少的事实写成【待补：…】，不停下", "write 【待补：…】 for missing facts instead of stopping")),
        )
        .arg(
            Arg::new("trace")
                .long("trace")
                .action(ArgAction::SetTrue)
                .help(say("列出每一段文字的来源：事实、套语或模板行", "print where each stretch came from: fact, phrase or template line")),
        )
        .arg(
            Arg::new("fonts")
                .long("fonts")
                .value_name(say("字体", "FONTS"))
                .value_parser(Fonts::ALL.map(|(name, _)| name))
                .help(say("gb2312：用仿宋_GB2312、楷体_GB2312", "gb2312: 仿宋_GB2312 and 楷体_GB2312")),
        )
        .arg(arguments::force(lang))
        .after_help(say(
            "例：wengao draft speech/mobilization --facts 事实.yaml --output 讲话稿.docx",
            "Example: wengao draft speech/mobilization --facts facts.yaml --output speech.docx",
        ))
}

fn run(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    let outputs: Vec<String> = matches.get_many("output").map(|o| o.cloned().collect()).unwrap_or_default();
    // Before any work: a name that says no format is a slip that should cost nothing.
    for path in &outputs {
        writer_for(path)?;
    }
    let name: &String = matches.get_one("template").ok_or_else(no_template)?;
    let skeleton = shelf::skeleton(&shelf::library(world)?, name)?;
    let paths = facts_input::chosen(world, matches.get_many("facts"));
    let facts = facts_input::load(world, &paths)?.unwrap_or_default();
    facts_input::tell_notes(world, &facts);
    let allow_missing = matches.get_flag("allow-missing");
    let sections = matches.get_many::<String>("sections");
    let sections = sections.map_or_else(Vec::new, |given| {
        given.flat_map(|s| s.split(['、', ',', '，'])).map(|s| s.trim().to_owned()).collect()
    });
    let options = Options {
        seed: matches.get_one("seed").copied().unwrap_or(0),
        allow_missing,
        sections,
        length: matches.get_one("length").copied(),
        name: matches.get_one::<String>("update").and_then(|path| update::name_of(path)),
    };
    let against = matches.get_one::<String>("against").map(|f| Against::at(Path::new(f))).transpose()?;
    let drafted = match &against {
        None => draft(&skeleton, &facts, &options),
        Some(against) => apart(&skeleton, &facts, &options, against, world),
    };
    let manuscript = drafted.map_err(|error| {
        let unstated = error.problems().iter().all(|p| p.at.is_none());
        if unstated && !allow_missing { with_remedy(error, name) } else { error }
    })?;

    if let Some(wanted) = options.length {
        tell_length(&manuscript, wanted, world);
    }

    let fonts = matches.get_one::<String>("fonts");
    let fonts = fonts.and_then(|f| Fonts::ALL.iter().find(|(n, _)| n == f)).map(|&(_, f)| f);
    let own = config::settings_here(world);
    let settings = Settings { fonts: fonts.unwrap_or(own.fonts), ..own };
    let corpus = against.as_ref().map(Against::corpus);
    let findings = rules::check(&Case::new(&manuscript, &settings).with_facts(Some(&facts)).against(corpus));
    against.as_ref().map_or(Ok(()), Against::outcome)?;

    if let Some(path) = matches.get_one::<String>("update") {
        let bytes = writer_for(path)?.write(&manuscript, &settings)?;
        return update::update(world, path, &bytes, options.name.as_deref().unwrap_or(&name_of(&facts)));
    }
    let force = matches.get_flag("force");
    // All of them or none.
    outputs.iter().try_for_each(|path| update::may_replace(path, force))?;
    output::all_different(&outputs.iter().map(String::as_str).collect::<Vec<_>>())?;
    for path in &outputs {
        let bytes = writer_for(path)?.write(&manuscript, &settings)?;
        if path == "-" {
            world.print(bytes)?;
            continue;
        }
        let said = update::write(path, &bytes, force)?;
        update::keep(path, &bytes, &name_of(&facts))?;
        world.say(&said);
    }
    if matches.get_flag("trace") {
        let trace = trace(&manuscript, world.lang);
        world.print(trace)?;
    } else if outputs.is_empty() {
        let bytes = writer_for("-")?.write(&manuscript, &settings)?;
        world.print(bytes)?;
    }
    // Blanks that were asked for are expected; anything else that the check finds is not.
    let exit = match findings
        .iter()
        .filter(|f| f.severity > Severity::Info)
        .any(|f| !(allow_missing && manuscript.text()[f.range.clone()].contains("待补")))
    {
        true => Exit::Findings,
        false => Exit::Clean,
    };
    if !findings.is_empty() {
        let path = outputs.first().cloned().unwrap_or_else(|| "-".to_owned());
        let documents = vec![Document::new(path, manuscript, findings)];
        let checked = Checked { documents, ..Checked::default() };
        super::tell::tell(world, &checked)?;
    }
    Ok(exit)
}

/// Drafts in words that the documents of a corpus have said as little as possible, and says what
/// could not be avoided.
fn apart(
    skeleton: &Skeleton,
    facts: &Facts,
    options: &Options,
    against: &Against,
    world: &mut World,
) -> Result<Manuscript> {
    let own = facts.text("locality.name").unwrap_or_default();
    let corpus = against.corpus();
    let shared = |text: &str| {
        shared_letters(text, corpus.store, &own).unwrap_or_else(|error| {
            corpus.failed(error);
            0
        })
    };
    let (manuscript, unavoidable) = draft_apart(skeleton, facts, options, &shared)?;
    against.outcome()?;
    for Unavoidable { phrase, letters } in unavoidable.iter().filter(|u| u.letters >= GUARANTEED) {
        world.say(&text!(
            "避不开：套语 {phrase} 的各种说法都与语料库相同，最少{letters}字",
            "not avoided: every variant of the phrase {phrase} is shared with the corpus, by {letters} letters at least"
        ));
    }
    Ok(manuscript)
}

/// Says how far the length is from what was wanted, if that is more than a tenth, and why.
fn tell_length(manuscript: &Manuscript, wanted: usize, world: &mut World) {
    let length = characters(manuscript);
    if length.abs_diff(wanted) * 10 <= wanted {
        return;
    }
    world.say(&if length < wanted {
        text!(
            "全文{length}字，不到{wanted}字：事实只够写这么多，不凑字数；补充事实后可再长",
            "{length} characters, fewer than {wanted}: the facts give no more and nothing is padded; more facts make it longer"
        )
    } else {
        text!(
            "全文{length}字，超过{wanted}字：可写的都已从简；用 --sections 少写几部分，或减少事实",
            "{length} characters, more than {wanted}: all is as short as it goes; leave out sections with --sections, or facts"
        )
    });
}

/// The writer for an output's name; plain text for standard output.
fn writer_for(path: &str) -> Result<&'static dyn crate::write::Writer> {
    let path = if path == "-" { "-.txt" } else { path };
    writer(path).ok_or_else(|| {
        let formats: Vec<_> = WRITERS.iter().map(|w| format!(".{}", w.name())).collect();
        let (zh, en) = (formats.join("、"), formats.join(", "));
        Problem::new(text!("不知道 {path} 要写成什么格式", "cannot tell the format of {path}"))
            .help(Text::new(format!("扩展名用 {zh}"), format!("use one of the extensions {en}")))
            .into()
    })
}

fn no_template() -> crate::base::Error {
    Problem::new(Text::fixed("没有写模板", "no template was given")).into()
}

/// The list of missing facts, closed by what to do about it.
fn with_remedy(error: crate::base::Error, name: &str) -> crate::base::Error {
    let count = error.problems().len();
    let mut problems = error.problems().to_vec();
    if let Some(last) = problems.last_mut() {
        last.help = Some(text!(
            "共缺{count}项：补进事实文件后再起草；用 wengao facts new {name} 可得一份空白事实文件；要先出稿，加 --allow-missing",
            "{count} missing: add them to the facts file; `wengao facts new {name}` writes an empty one; to draft all the same, pass --allow-missing"
        ));
    }
    match crate::base::Error::unless_empty(problems, ()) {
        Err(error) => error,
        Ok(()) => no_template(),
    }
}

/// Each stretch of the text with where it came from, one a line.
fn trace(manuscript: &Manuscript, lang: Lang) -> String {
    /// Graphemes of a stretch that are shown; the rest becomes ….
    const SHOWN: usize = 24;
    let mut out = String::new();
    for piece in manuscript.pieces() {
        let words = &manuscript.text()[piece.range.clone()];
        let at = manuscript.lines().line_column(manuscript.text(), piece.range.start);
        let mut shown: String = words.graphemes(true).take(SHOWN).collect();
        if shown.len() < words.len() {
            shown.push('…');
        }
        let from = piece.from.label();
        out.push_str(&format!("{}:{}\t{}\t{shown}\n", at.line, at.column, from.in_lang(lang)));
    }
    out
}
