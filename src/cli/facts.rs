//! `wengao facts`: looking after facts files (事实文件) before a document is written from them.

mod diff;
mod export;
mod import;

use clap::{Arg, ArgMatches, Command};
use serde_json::{Value as Json, json};

use super::{
    Exit, Subcommand, World,
    arguments::{self, json_format, wants_json},
    columns::columns,
    either, facts_input, nested, output, run_nested, shelf,
};
use crate::base::{Lang, Place, Problem, Result, Text};
use crate::draft::sample;
use crate::model::facts::{Fact, Facts, Value, path::in_chinese, schema::schema};
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
        define: |command, _| command,
        run: |_, world| {
            world.print(format!("{:#}\n", schema()))?;
            Ok(Exit::Clean)
        },
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
    let xlsx = Arg::new("xlsx")
        .long("xlsx")
        .value_name(either(lang, "文件", "FILE"))
        .conflicts_with("output")
        .help(either(
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
    let name = matches.get_one::<String>("template").map_or("", String::as_str);
    let example = matches.get_flag("example");
    let topic = matches.get_one::<String>("topic");
    let library = shelf::library(world)?;
    let topic = topic.map(|t| library.topic(t)).transpose()?;
    let workbook = matches.get_one::<String>("xlsx").map(String::as_str);
    let to = workbook.unwrap_or_else(|| arguments::output_of(matches));
    let file = if workbook.is_some() || export::is_workbook(to) {
        let skeleton = shelf::skeleton(&library, name)?;
        let facts = example.then_some(&skeleton.example);
        export::workbook(Some(&skeleton), topic.as_deref(), facts, world)?
    } else if example {
        sample::example(&shelf::source(&library, name)?).into_bytes()
    } else {
        sample::blank(&shelf::skeleton(&library, name)?, topic.as_deref(), world.lang).into_bytes()
    };
    let written = output::write(world, to, &file, matches.get_flag("force"))?;
    written.iter().for_each(|said| world.say(said));
    Ok(Exit::Clean)
}

/// The facts of the files given, or of `wengao.yaml`; an error if neither names one.
fn load(matches: &ArgMatches, world: &mut World) -> Result<(Vec<String>, Facts)> {
    let paths = facts_input::chosen(world, matches.get_many("files"));
    let facts = facts_input::load(world, &paths)?.ok_or_else(|| {
        Problem::new(Text::fixed("没有给出事实文件", "no facts file was given")).help(Text::fixed(
            "写上文件名，如 wengao facts check facts/事实.yaml",
            "name one, as in wengao facts check facts/facts.yaml",
        ))
    })?;
    facts_input::tell_notes(world, &facts);
    Ok((paths, facts))
}

fn check(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    let (paths, facts) = load(matches, world)?;
    let (all, files) = (facts.leaves(), paths.len());
    let missing = all.iter().filter(|(_, fact)| fact.value.is_missing()).count();
    let stated = all.len() - missing;
    let plural = |n: usize| if n == 1 { "" } else { "s" };
    let (file_s, fact_s) = (plural(files), plural(stated));
    let page = if missing == 0 {
        text!(
            "{files}个文件，{stated}项事实，没有问题。",
            "{files} file{file_s}, {stated} fact{fact_s}, no problems."
        )
    } else {
        text!(
            "{files}个文件，{stated}项事实；另有{missing}项没有填，可用 wengao facts show 查看。",
            "{files} file{file_s}, {stated} fact{fact_s}; {missing} more left blank, wengao facts show lists them."
        )
    };
    world.print(format!("{}\n", page.in_lang(world.lang)))?;
    Ok(Exit::Clean)
}

fn show(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    let (_, facts) = load(matches, world)?;
    let lang = world.lang;
    let leaves = facts.leaves();
    let page = if wants_json(matches) {
        let all: Vec<_> = leaves.iter().map(|(path, fact)| as_json(path, fact, lang)).collect();
        format!("{:#}\n", Json::Array(all))
    } else {
        let rows: Vec<_> = leaves
            .iter()
            .map(|(path, fact)| {
                let mut place = place(&fact.at, lang);
                for over in &fact.overrides {
                    let over = self::place(over, lang);
                    place.push_str(text!("，覆盖 {over}", ", over {over}").in_lang(lang));
                }
                [in_chinese(path), path.clone(), cut(&value(&fact.value, lang), SHOWN).into_owned(), place]
            })
            .collect();
        columns(&rows)
    };
    world.print(page)?;
    Ok(Exit::Clean)
}

fn as_json(path: &str, fact: &Fact, lang: Lang) -> Json {
    let mut one = json!({
        "path": path,
        "key": in_chinese(path),
        "value": (!fact.value.is_missing()).then(|| value(&fact.value, lang)),
        "at": place(&fact.at, lang),
    });
    if !fact.overrides.is_empty()
        && let Some(one) = one.as_object_mut()
    {
        let overrides: Vec<_> = fact.overrides.iter().map(|p| place(p, lang)).collect();
        one.insert("overrides".into(), json!(overrides));
    }
    one
}

fn place(place: &Place, lang: Lang) -> String {
    place.label().in_lang(lang).to_owned()
}

/// The value as a sentence takes it; what stands in for a missing one is told as missing.
fn value(value: &Value, lang: Lang) -> String {
    match value {
        Value::Blank(words) if words.is_empty() => either(lang, "（没有填）", "(blank)").to_owned(),
        Value::Blank(words) => text!("（没有填：{words}）", "(blank: {words})").in_lang(lang).to_owned(),
        Value::Flag(true) => "是".to_owned(),
        Value::Flag(false) => "否".to_owned(),
        other => other.text().unwrap_or_default(),
    }
}
