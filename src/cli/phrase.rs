//! `wengao phrase`: looking things up in the phrase bank (套语库), and checking one's own.

use clap::{Arg, ArgMatches, Command};
use serde_json::json;

use super::arguments::{json_format, wants_json};
use super::{Exit, Subcommand, World, either, nested, run_nested};
use crate::app::library::library;
use crate::base::{Lang, Problem, Result, Text};
use crate::draft::lint;
use crate::draft::phrase::{Phrase, Variant};
use crate::model::{Block, BlockKind, Manuscript, Severity};
use crate::rules::{self, Case};
use crate::text;

/// The subcommand.
pub static COMMAND: Subcommand = Subcommand {
    name: "phrase",
    about: Text::fixed("查找、查看、自查套语", "find, show and check set phrases"),
    define,
    run,
};

/// What comes after `wengao phrase`.
static ACTIONS: &[Subcommand] = &[
    Subcommand {
        name: "search",
        about: Text::fixed("按词语、功能、编号找套语", "find phrases by their words, function or id"),
        define: |command, lang| {
            let words = Arg::new("words").required(true).num_args(1..);
            let words = words.value_name(either(lang, "词语", "WORDS")).help(either(
                lang,
                "都要出现的词语；套语的说法、功能、编号里都找",
                "words that must all be there, in a variant, the function or the id",
            ));
            command.args([words, json_format(lang)])
        },
        run: search,
    },
    Subcommand {
        name: "show",
        about: Text::fixed("查看一条套语的全部说法", "all variants of a phrase"),
        define: |command, lang| {
            let id = Arg::new("id").required(true).value_name(either(lang, "编号", "ID"));
            command.args([
                id.help(either(lang, "套语的编号，如 task.owner", "the phrase's id, as task.owner")),
                json_format(lang),
            ])
        },
        run: show,
    },
    Subcommand {
        name: "lint",
        about: Text::fixed(
            "自查全部套语：空位、重复、过时提法，并用检查规则过一遍",
            "check all phrases: slots, duplicates, dated wording, and every rule of check",
        ),
        define: |command, _| command,
        run: lint,
    },
];

fn define(command: Command, lang: Lang) -> Command {
    nested(command, ACTIONS, lang)
}

fn run(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    run_nested(ACTIONS, matches, world)
}

fn search(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    let words: Vec<&String> = matches.get_many("words").into_iter().flatten().collect();
    let all = lint::all_phrases(&*library(&world.office())?)?;
    let has = |text: &str| words.iter().all(|w| text.contains(w.as_str()));
    let found = all.iter().map(|phrase| {
        let head = format!("{} {} {}", phrase.id, phrase.function.zh, phrase.function.en);
        (&**phrase, phrase.variants.iter().filter(|v| has(&v.text) || has(&head)).collect())
    });
    let found: Vec<Wording> = found.filter(|(_, variants): &Wording| !variants.is_empty()).collect();
    print(&found, matches, world)?;
    if found.is_empty() {
        world.say(&Text::fixed("没有找到", "nothing found"));
    }
    Ok(Exit::Clean)
}

fn show(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    let id = matches.get_one::<String>("id").map_or("", String::as_str);
    let all = lint::all_phrases(&*library(&world.office())?)?;
    let found = all.iter().filter(|p| &*p.id == id);
    let found: Vec<Wording> = found.map(|p| (&**p, p.variants.iter().collect())).collect();
    if found.is_empty() {
        let near = crate::base::nearest::nearest(id, all.iter().map(|p| &*p.id));
        let problem = Problem::new(text!("没有“{id}”这条套语", "there is no phrase “{id}”"));
        return Err(match near {
            Some(near) => problem.help(text!("是不是 {near}？", "did you mean {near}?")),
            None => problem.help(Text::fixed(
                "用 wengao phrase search 词语 查找",
                "find it with `wengao phrase search WORDS`",
            )),
        }
        .into());
    }
    print(&found, matches, world)?;
    Ok(Exit::Clean)
}

/// A phrase with those of its variants that were asked for.
type Wording<'p> = (&'p Phrase, Vec<&'p Variant>);

fn print(found: &[Wording<'_>], matches: &ArgMatches, world: &mut World) -> Result<()> {
    let lang = world.lang;
    let out = if wants_json(matches) {
        let rows: Vec<_> = found.iter().map(|(phrase, variants)| as_json(phrase, variants, lang)).collect();
        format!("{:#}\n", json!(rows))
    } else {
        found.iter().map(|(phrase, variants)| page(phrase, variants, lang)).collect::<Vec<_>>().join("\n")
    };
    world.print_page(out)
}

fn page(phrase: &Phrase, variants: &[&Variant], lang: Lang) -> String {
    let at = phrase.at.label();
    let mut out = format!("{}  {}  ({})\n", phrase.id, phrase.function.in_lang(lang), at.in_lang(lang));
    for variant in variants {
        out.push_str(&format!("  · {}\n", variant.text));
    }
    out
}

fn as_json(phrase: &Phrase, variants: &[&Variant], lang: Lang) -> serde_json::Value {
    let variants: Vec<_> = variants.iter().map(|v| &v.text).collect();
    json!({
        "id": &*phrase.id,
        "function": phrase.function.in_lang(lang),
        "slots": phrase.slots,
        "variants": variants,
        "at": phrase.at.label().in_lang(lang),
    })
}

fn lint(_: &ArgMatches, world: &mut World) -> Result<Exit> {
    let library = library(&world.office())?;
    let mut problems = lint::phrases(&library)?;
    let settings = world.office().settings();
    let all = lint::all_phrases(&library)?;
    for phrase in &all {
        for variant in &phrase.variants {
            let said = variant.filled(&|slot| stand_in(slot).to_owned());
            let range = 0..said.len();
            let manuscript =
                Manuscript::new(said, vec![Block { kind: BlockKind::Body, range }], Vec::new(), Vec::new());
            for finding in rules::check(&Case::new(&manuscript, &settings)) {
                if finding.severity > Severity::Info {
                    problems.push(Problem::new(finding.message).at(variant.at.clone()));
                }
            }
        }
    }
    problems.sort();
    let count: usize = all.iter().map(|p| p.variants.len()).sum();
    Ok(told(&problems, all.len(), count, world))
}

fn told(problems: &[Problem], phrases: usize, variants: usize, world: &mut World) -> Exit {
    world.complain(problems);
    let found = problems.len();
    world.say(&text!(
        "{phrases}条套语，{variants}种说法，{found}处问题",
        "{phrases} phrases, {variants} variants, {found} problems"
    ));
    if problems.is_empty() { Exit::Clean } else { Exit::Findings }
}

/// Words that may stand in a slot, so that a variant can be read as a sentence.
fn stand_in(slot: &str) -> &'static str {
    match slot.rsplit('.').next().unwrap_or(slot) {
        "count" => "三",
        "nth" => "第一",
        "owner" | "unit" | "office" | "who" => "牵头单位",
        "partners" | "speakers" | "units" => "有关部门",
        "place" | "locality" => "本地",
        "here" => "我县",
        "whole" => "全县",
        "level" => "县",
        "committee" => "县委",
        "government" => "县政府",
        "towns" => "各乡镇",
        "town" => "乡镇",
        "village" => "村（社区）",
        "due" | "start" | "end" | "date" => "年底前",
        _ => "这件事",
    }
}
