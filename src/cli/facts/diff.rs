//! `wengao facts diff`: last year's facts beside this year's.

use clap::{Arg, ArgMatches, Command};

use super::super::arguments::{json_format, wants_json};
use super::super::{Exit, Subcommand, World, columns::columns, either};
use crate::app::facts::{self, page};
use crate::base::{Lang, Problem, Result, Text};
use crate::model::Facts;
use crate::model::facts::diff::{Difference, Said, Single, diff, differing_part};
use crate::model::facts::path::in_chinese;
use crate::report::cut;

pub(super) const ACTION: Subcommand = Subcommand {
    name: "diff",
    about: Text::fixed(
        "对照两份事实：改了什么，增减了什么，什么该改没有改",
        "compare two facts files: what changed, came, went, and what should have changed and did not",
    ),
    define,
    run,
};

/// Columns of a value that are shown.
const SHOWN: usize = 40;

fn define(command: Command, lang: Lang) -> Command {
    let file = |name: &'static str, value: &'static str| Arg::new(name).required(true).value_name(value);
    command.args([
        file("last", either(lang, "旧文件", "LAST")).help(either(
            lang,
            "上一份事实，如去年的（.yaml、.xlsx、.csv）",
            "the earlier facts, such as last year's (.yaml, .xlsx, .csv)",
        )),
        file("this", either(lang, "新文件", "THIS")).help(either(lang, "这一份事实", "the present facts")),
        json_format(lang),
    ])
}

fn run(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    let office = world.office();
    let one = |name: &str| -> Result<Facts> {
        let paths: Vec<String> = matches.get_one::<String>(name).cloned().into_iter().collect();
        let facts = facts::load(&office, &paths)?;
        facts.ok_or_else(|| Problem::new(Text::fixed("没有给出事实文件", "no facts file was given")).into())
    };
    // Faults of both files at once.
    let (last, this) = match (one("last"), one("this")) {
        (Err(a), Err(b)) => {
            let all = a.problems().iter().chain(b.problems()).cloned().collect();
            return crate::base::Error::unless_empty(all, Exit::Trouble);
        }
        (last, this) => (last?, this?),
    };
    let difference = diff(&last, &this);
    let page = if wants_json(matches) {
        format!("{:#}\n", page::difference(&difference, world.lang))
    } else {
        as_text(&difference, world.lang)
    };
    world.print_page(page)?;
    Ok(Exit::Clean)
}

/// A path for people: with the name of the record that it leads into, unless that is the value.
fn key(path: &str, of: Option<&str>, said: &Said) -> String {
    let path = in_chinese(path);
    match of.filter(|name| *name != said.value) {
        Some(name) => format!("{path}（{}）", cut(name, 24)),
        None => path,
    }
}

fn shown(said: &Said) -> String {
    cut(&said.value.replace('\n', "↵"), SHOWN).into_owned()
}

/// What was and what is; of long values only the part that differs.
fn both(last: &Said, this: &Said) -> String {
    let [old, new] = [last, this].map(|said| said.value.replace('\n', "↵"));
    let is_long = [&old, &new].iter().any(|value| cut(value, SHOWN) != value.as_str());
    let [old, new] = if is_long { differing_part(&old, &new) } else { [old, new] };
    format!("{} → {}", cut(&old, SHOWN), cut(&new, SHOWN))
}

fn as_text(difference: &Difference, lang: Lang) -> String {
    let Difference { changed, added, removed, kept, restated, same } = difference;
    let mut out = String::new();
    let mut part = |title: &str, rows: Vec<[String; 3]>| {
        if !rows.is_empty() {
            out.push_str(&format!("{title}{}{}\n", either(lang, "：", ": "), rows.len()));
            for line in columns(&rows).lines() {
                out.push_str(&format!("  {line}\n"));
            }
            out.push('\n');
        }
    };
    let place = |said: &Said| said.at.label().in_lang(lang).to_owned();
    for (sure, title) in [
        (true, either(lang, "多半该改没有改", "Most likely out of date")),
        (false, either(lang, "没有变，请看一眼", "The same as before, worth a look")),
    ] {
        let rows = kept.iter().filter(|k| k.sure == sure).map(|k| {
            let why = k.why.in_lang(lang);
            let value = shown(&k.this);
            let line = match lang {
                Lang::Zh => format!("{why}；{}", place(&k.this)),
                Lang::En => format!("{why}; {}", place(&k.this)),
            };
            [key(&k.path, k.of.as_deref(), &k.this), value, line]
        });
        part(title, rows.collect());
    }
    let rows = restated.iter().map(|r| {
        let (last, at) = (shown(&r.last), r.last.at.label());
        let then = Text::new(
            format!("{}；上一份的值是{last}，{}", place(&r.this), at.zh),
            format!("{}; it was {last} at {}", place(&r.this), at.en),
        );
        [key(&r.path, r.of.as_deref(), &r.this), shown(&r.this), then.in_lang(lang).to_owned()]
    });
    let title = either(lang, "上年数和上一份的值对不上", "Last year's values that are not what they were");
    part(title, rows.collect());
    let rows = changed.iter().map(|c| {
        let values = both(&c.last, &c.this);
        [key(&c.path, c.of.as_deref(), &c.this), values, place(&c.this)]
    });
    part(either(lang, "改了的", "Changed"), rows.collect());
    let single = |s: &Single| {
        let value = match (s.values, lang) {
            (0 | 1, _) => shown(&s.said),
            (n, Lang::Zh) => format!("{}（共{n}项）", shown(&s.said)),
            (n, Lang::En) => format!("{} ({n} values)", shown(&s.said)),
        };
        [key(&s.path, s.of.as_deref(), &s.said), value, place(&s.said)]
    };
    part(either(lang, "新增的", "Added"), added.iter().map(single).collect());
    part(either(lang, "去掉的", "Removed"), removed.iter().map(single).collect());
    out.push_str(&match lang {
        Lang::Zh => format!("另有{same}项相同，看不出要改。\n"),
        Lang::En => format!("{same} more are the same and look right.\n"),
    });
    out
}
