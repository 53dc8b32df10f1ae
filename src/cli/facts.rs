//! `wengao facts`: looking after facts files (事实文件) before a document is written from them.

mod diff;
mod export;
mod import;
mod read;

use clap::{Arg, ArgMatches, Command};

use super::{
    Exit, Subcommand, World,
    arguments::{self, json_format, wants_json},
    columns::columns,
    either, nested, run_nested,
};
use crate::app::facts::{self, page, table};
use crate::app::library::library;
use crate::base::{Lang, Result, Text};
use crate::model::facts::{Facts, path::in_chinese, schema::Names};
use crate::report::cut;
use crate::text;

/// The subcommand.
pub static COMMAND: Subcommand = Subcommand {
    name: "facts",
    about: Text::fixed("检查、查看事实文件", "check and show facts files"),
    define,
    run,
};

/// What comes after `wengao facts`.
static ACTIONS: &[Subcommand] = &[
    Subcommand {
        name: "new",
        about: Text::fixed(
            "按模板写一份空白事实文件（.yaml 或 .xlsx）",
            "write an empty facts file (.yaml or .xlsx) for a skeleton, with its questions",
        ),
        define: |command, lang| command.args(new_arguments(lang)),
        run: new,
    },
    read::ACTION,
    import::ACTION,
    export::ACTION,
    Subcommand {
        name: "check",
        about: Text::fixed("检查事实文件，一次列出全部问题", "check facts files, all problems at once"),
        define: |command, lang| command.arg(files(lang)),
        run: check,
    },
    Subcommand {
        name: "show",
        about: Text::fixed(
            "列出每项事实、出处和它覆盖的旧值",
            "list each fact, where it stands and what it overrides",
        ),
        define: |command, lang| command.args([files(lang), json_format(lang)]),
        run: show,
    },
    diff::ACTION,
    Subcommand {
        name: "schema",
        about: Text::fixed(
            "输出 JSON Schema，供编辑器提示键名",
            "print the JSON Schema, for editors to complete keys",
        ),
        define: |command, lang| {
            command.arg(arguments::template(lang).required(false)).after_help(either(
                lang,
                "写明 --lang zh 时只有中文键，--lang en 时只有英文键；不写时两种都认。带上模板，只列它要的事实",
                "With --lang zh Chinese keys only, with --lang en ids only; both if not given. With a skeleton, what that asks for",
            ))
        },
        run: as_schema,
    },
];

/// Columns of a value that are shown.
const SHOWN: usize = 44;

fn define(command: Command, lang: Lang) -> Command {
    nested(command, ACTIONS, lang)
}

fn files(lang: Lang) -> Arg {
    Arg::new("files").value_name(either(lang, "文件", "FILES")).num_args(1..).help(either(
        lang,
        "事实文件，后面的覆盖前面的；不写时用 wengao.yaml 里的",
        "facts files, later ones over earlier ones; those of wengao.yaml if not given",
    ))
}

fn run(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    run_nested(ACTIONS, matches, world)
}

fn new_arguments(lang: Lang) -> [Arg; 6] {
    let example = Arg::new("example").long("example").action(clap::ArgAction::SetTrue).help(either(
        lang,
        "写出模板自带的虚构示例，不留空",
        "write the skeleton's invented example, filled in",
    ));
    let xlsx = arguments::file("xlsx", lang).conflicts_with("output").help(either(
        lang,
        "写成工作簿（.xlsx），用 Excel 或 WPS 填；--output 的名字以 .xlsx 结尾时也一样",
        "write a workbook (.xlsx) to fill in with Excel or WPS; so does --output with a name in .xlsx",
    ));
    let topic = Arg::new("topic").long("topic").value_name(either(lang, "主题", "TOPIC")).help(either(
        lang,
        "按这个主题列出常见的任务、指标、问题、措施，供参考；见 wengao topic list",
        "list the topic's usual tasks, indicators, problems and measures beside the questions; see wengao topic list",
    ));
    let (template, output) = (arguments::template(lang), arguments::output(lang));
    [template, topic, example, output, xlsx, arguments::force(lang)]
}

fn new(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    let office = world.office();
    let workbook = matches.get_one::<String>("xlsx").map(String::as_str);
    let to = workbook.unwrap_or_else(|| arguments::output_of(matches));
    let asked = table::Form {
        template: matches.get_one::<String>("template").map_or("", String::as_str),
        topic: matches.get_one::<String>("topic").map(String::as_str),
        example: matches.get_flag("example"),
        workbook: workbook.is_some() || table::is_workbook(to),
    };
    let file = table::blank(&office, &asked)?;
    world.deliver(to, &file, arguments::over(matches))?;
    Ok(Exit::Clean)
}

/// The facts of the files given, or of `wengao.yaml`; an error if neither names one.
fn load(matches: &ArgMatches, world: &mut World) -> Result<(Vec<String>, Facts)> {
    let office = world.office();
    let paths = facts::chosen(&office, arguments::many(matches, "files"));
    let facts = facts::load(&office, &paths)?.ok_or_else(table::none_given)?;
    facts.notes.iter().for_each(|note| world.note(note));
    Ok((paths, facts))
}

fn check(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    let (paths, facts) = load(matches, world)?;
    // The draft would say so too.
    library(&world.office())?.topic_note(&facts).iter().for_each(|note| world.note(note));
    let page = page::count(&facts, paths.len());
    world.print_page(format!("{}\n", page.in_lang(world.lang)))?;
    Ok(Exit::Clean)
}

fn as_schema(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    // The language of messages comes from the locale as well, which says nothing of the files.
    let names = matches.get_one::<String>("lang").map_or(Names::All, |_| Names::In(world.lang));
    let template = matches.get_one::<String>("template").map(String::as_str);
    let schema = facts::schema(&world.office(), template, names)?;
    world.print(format!("{schema:#}\n"))?;
    Ok(Exit::Clean)
}

fn show(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    let (_, facts) = load(matches, world)?;
    let lang = world.lang;
    let page = if wants_json(matches) {
        format!("{:#}\n", page::as_json(&facts, lang))
    } else {
        let rows: Vec<_> = facts
            .leaves()
            .iter()
            .map(|(path, fact)| {
                let mut place = page::place(&fact.at, lang);
                for over in &fact.overrides {
                    let over = page::place(over, lang);
                    place.push_str(text!("，覆盖 {over}", ", over {over}").in_lang(lang));
                }
                [
                    in_chinese(path),
                    path.clone(),
                    cut(&page::value(&fact.value, lang), SHOWN).into_owned(),
                    place,
                ]
            })
            .collect();
        columns(&rows)
    };
    world.print_page(page)?;
    Ok(Exit::Clean)
}
