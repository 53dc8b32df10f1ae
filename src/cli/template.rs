//! `wengao template`: which skeletons there are, and what each needs.

use clap::{Arg, ArgAction, ArgMatches, Command};

use super::arguments::{self, json_format, wants_json};
use super::{Exit, Subcommand, World, either, nested, run_nested};
use crate::app::library::{as_json, library, skeleton, source};
use crate::app::placed;
use crate::base::{Lang, Place, Problem, Result, Text};
use crate::draft::{self, Need};
use crate::model::{Severity, facts::path};
use crate::rules::{self, Case};
use crate::text;

/// The subcommand.
pub static COMMAND: Subcommand = Subcommand {
    name: "template",
    about: Text::fixed("列出模板，查看模板需要哪些事实", "list skeletons and what they need"),
    define,
    run,
};

/// What comes after `wengao template`.
static ACTIONS: &[Subcommand] = &[
    Subcommand {
        name: "list",
        about: Text::fixed("列出全部模板", "list all skeletons"),
        define: |command, lang| command.arg(json_format(lang)),
        run: list,
    },
    Subcommand {
        name: "show",
        about: Text::fixed("查看一个模板的用途和所需事实", "what a skeleton is for and which facts it uses"),
        define: |command, lang| command.arg(arguments::template(lang)).arg(source_flag(lang)),
        run: show,
    },
    Subcommand {
        name: "lint",
        about: Text::fixed(
            "自查模板：没有声明或没有用到的事实、套语的参数，并用示例起草、检查一遍",
            "check skeletons: facts undeclared or unused, arguments of phrases; drafts the example and checks it",
        ),
        define: |command, lang| command.arg(arguments::template(lang).required(false)),
        run: lint,
    },
];

fn source_flag(lang: Lang) -> Arg {
    Arg::new("source").long("source").action(ArgAction::SetTrue).help(either(
        lang,
        "输出模板原文",
        "print the skeleton's file",
    ))
}

fn define(command: Command, lang: Lang) -> Command {
    nested(command, ACTIONS, lang)
}

fn run(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    run_nested(ACTIONS, matches, world)
}

fn list(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    let library = library(&world.office())?;
    let out = if wants_json(matches) {
        format!("{:#}\n", as_json(&library, world.lang)?)
    } else {
        let entries = library.entries()?;
        entries.iter().map(|e| format!("{}  {}\n", e.id, e.title.in_lang(world.lang))).collect()
    };
    world.print_page(out)?;
    Ok(Exit::Clean)
}

fn show(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    let Some(name) = matches.get_one::<String>("template") else { return Ok(Exit::Trouble) };
    let library = library(&world.office())?;
    if matches.get_flag("source") {
        let source = source(&library, &*world.disk, name)?;
        world.print(source)?;
        return Ok(Exit::Clean);
    }
    let skeleton = skeleton(&library, &*world.disk, name)?;
    let lang = world.lang;
    let mut out =
        format!("{}  {}\n{}\n", skeleton.id, skeleton.title.in_lang(lang), skeleton.about.in_lang(lang));
    if !skeleton.sections.is_empty() {
        let names: Vec<_> = skeleton.sections.iter().map(|s| s.title.in_lang(lang)).collect();
        let (head, names) = (either(lang, "各部分", "sections"), names.join(either(lang, "、", ", ")));
        out.push_str(&format!("\n{head}\n  {names}\n"));
    }
    let head = either(lang, "全文", "the document");
    out.push_str(&format!("\n{head}\n{}", draft::reading::body(&skeleton, lang)));
    for (head, needs) in [
        (either(lang, "必需的事实", "needed facts"), &skeleton.needs),
        (either(lang, "可选的事实", "optional facts"), &skeleton.optional),
    ] {
        out.push_str(&format!("\n{head}\n"));
        for need in needs {
            out.push_str(&row(need, lang));
        }
    }
    world.print_page(out)?;
    Ok(Exit::Clean)
}

fn lint(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    let library = library(&world.office())?;
    let names = match matches.get_one::<String>("template") {
        Some(name) => vec![name.clone()],
        None => library.skeleton_ids(),
    };
    let mut problems = Vec::new();
    let settings = world.office().settings();
    for name in &names {
        let skeleton = match skeleton(&library, &*world.disk, name) {
            Ok(skeleton) => skeleton,
            Err(error) => {
                problems.extend_from_slice(error.problems());
                continue;
            }
        };
        problems.extend(draft::lint::skeleton(&skeleton)?);
        if skeleton.example().root.is_empty() {
            let what =
                text!("“{name}”没有例子，所以没有试写", "“{name}” has no example, so it was not tried");
            let file = name.rsplit('/').next().unwrap_or(name).trim_end_matches(".tera");
            let help = text!(
                "在模板旁边放一个 {file}.example.yaml，写一套编造的事实",
                "put {file}.example.yaml beside it, with facts of an invented locality"
            );
            problems.push(Problem::new(what).at(Place::File(name.as_str().into())).help(help));
            continue;
        }
        match draft::draft(&skeleton, skeleton.example(), &draft::Options::default()) {
            Ok(manuscript) => {
                let case = Case::new(&manuscript, &settings).with_facts(Some(skeleton.example()));
                let findings = rules::check(&case).into_iter().filter(|f| f.severity > Severity::Info);
                problems.extend(findings.map(|finding| {
                    let problem = Problem::new(finding.message);
                    match manuscript.place(finding.range.start) {
                        Some(place) => problem.at(place.clone()),
                        None => problem.at(Place::File(name.as_str().into())),
                    }
                }));
            }
            Err(error) => problems.extend_from_slice(placed(error, name).problems()),
        }
    }
    world.complain(&problems);
    let (count, found) = (names.len(), problems.len());
    world.say(&text!("{count}个模板，{found}处问题", "{count} skeletons, {found} problems"));
    Ok(if problems.is_empty() { Exit::Clean } else { Exit::Findings })
}

fn row(need: &Need, lang: Lang) -> String {
    let lines: Vec<_> = need.lines.iter().map(u32::to_string).collect();
    let lines = lines.join(either(lang, "、", ", "));
    let purpose = need.purpose.in_lang(lang);
    match lang {
        Lang::Zh => format!("  {}（{}）：{purpose}；第{lines}行\n", path::in_chinese(&need.fact), need.fact),
        Lang::En => format!("  {} ({}): {purpose}; line {lines}\n", need.fact, path::in_chinese(&need.fact)),
    }
}
