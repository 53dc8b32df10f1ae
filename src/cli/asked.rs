//! The flags that say what a document is checked with, for all subcommands that check.

use clap::{Arg, ArgAction, ArgMatches};

use super::{World, arguments, either};
use crate::app::explain::rule_id;
use crate::app::plan::Asked;
use crate::app::settings::Flags;
use crate::base::{Error, Lang, Problem, Result, Text, han::Date};
use crate::text;

/// The flags that say what a document is checked with.
pub(super) fn flags(lang: Lang) -> Vec<Arg> {
    let say = |zh, en| either(lang, zh, en);
    let rules = |name: &'static str| {
        let arg = Arg::new(name).long(name).value_name(say("规则", "RULES"));
        arg.action(ArgAction::Append).value_delimiter(',')
    };
    let word = |name: &'static str, zh, en| Arg::new(name).long(name).value_name(say(zh, en));
    vec![
        rules("only").help(say("只用这些规则", "run only these rules")),
        rules("skip").help(say("不用这些规则", "do not run these rules")),
        arguments::facts(lang),
        word("locality", "名称", "NAME").help(say(
            "本地全称，如 云岭县；不写时用 wengao.yaml 的“本地”",
            "full name of the locality; 本地 of wengao.yaml if not given",
        )),
        word("genre", "文种", "GENRE")
            .help(say(
                "文种，按它查行文，如 请示、报告、函、通知、方案、总结、讲话、批复、纪要、意见；不写时用 .md 文首或 wengao.yaml 的“文种”",
                "the genre whose rules the document is held to, such as 请示; 文种 of the front matter of a .md or of wengao.yaml if not given",
            )),
        word("as-of", "日期", "DATE").help(say(
            "按哪一天判断时间是否过时，如 2026-03-05；不写时是今天",
            "the day by which times are judged, such as 2026-03-05; today if not given",
        )),
        arguments::file("last-year", lang).help(say(
            "去年的稿子；照它没有改的数字、日期、届次都指出来",
            "last year's paper; figures, days and sessions that stand as they stood are told",
        )),
        baseline(lang),
    ]
}

fn baseline(lang: Lang) -> Arg {
    arguments::file("baseline", lang).help(either(
        lang,
        "基线文件，里面的问题已经接受、不再报；不写时用 wengao.yaml 旁边的 wengao-baseline.yaml",
        "file of accepted findings; if not given, wengao-baseline.yaml beside wengao.yaml",
    ))
}

/// What the flags of [`flags`] say.
///
/// # Errors
/// With every unknown rule and a date that is none, at once.
pub(super) fn asked(matches: &ArgMatches, world: &World) -> Result<Asked> {
    Ok(Asked {
        flags: flags_of(matches, world)?,
        facts: arguments::many(matches, "facts"),
        baseline: matches.get_one::<String>("baseline").cloned(),
        last_year: matches.get_one::<String>("last-year").cloned(),
        // Only `check` reads a text without a name.
        unnamed: matches.try_get_one::<String>("stdin-name").ok().flatten().cloned(),
    })
}

/// Rules, locality, genre and day.
///
/// # Errors
/// With every unknown rule and a date that is none, at once.
fn flags_of(matches: &ArgMatches, world: &World) -> Result<Flags> {
    let mut problems = Vec::new();
    let mut rules = |flag: &str| -> Vec<String> {
        let given = matches.get_many::<String>(flag).into_iter().flatten();
        let known =
            given.filter_map(|name| rule_id(name).map_err(|e| problems.extend_from_slice(e.problems())).ok());
        known.map(str::to_owned).collect()
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
    let word = |name: &str| matches.get_one::<String>(name).map(|w| w.trim().to_owned());
    Error::unless_empty(problems, Flags { only, skip, home: word("locality"), genre: word("genre"), as_of })
}
