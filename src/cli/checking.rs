//! What a document is checked with: the settings of the nearest `wengao.yaml` above it, the facts
//! and the baseline that go with them. `check` and `fix` share it.
//!
//! All of it is settled before the first document is read, so that a fault in a settings file is
//! told at once and the checking itself can run on all cores.

#![expect(clippy::disallowed_methods, reason = "this is the edge: real paths are asked for here")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Arg, ArgAction, ArgMatches};

use super::command::ConfigChoice;
use super::config::{self, Config, Flags};
use super::{World, arguments, either, facts_input};
use crate::base::{Error, Lang, Problem, Result, Text, han::Date, nearest::nearest};
use crate::model::{Facts, Settings};
use crate::rules::RULES;
use crate::text;

/// What one document is checked with.
pub(super) struct Plan {
    /// Its settings.
    pub settings: Settings,
    /// Its facts.
    pub facts: Option<Arc<Facts>>,
    /// The baseline that counts for it, as a path from the current folder.
    pub baseline: String,
    /// Its path from the baseline's folder, with `/`; what an entry of the baseline names it.
    pub name: String,
}

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
            .help(say("文种；不写时用 wengao.yaml 的“文种”", "the genre; 文种 of wengao.yaml if not given")),
        word("as-of", "日期", "DATE").help(say(
            "按哪一天判断时间是否过时，如 2026-03-05；不写时是今天",
            "the day by which times are judged, such as 2026-03-05; today if not given",
        )),
        baseline(lang),
    ]
}

fn baseline(lang: Lang) -> Arg {
    Arg::new("baseline").long("baseline").value_name(either(lang, "文件", "FILE")).help(either(
        lang,
        "基线文件，里面的问题已经接受、不再报；不写时用 wengao.yaml 旁边的 wengao-baseline.yaml",
        "file of accepted findings; if not given, wengao-baseline.yaml beside wengao.yaml",
    ))
}

/// What the flags of [`flags`] say.
///
/// # Errors
/// With every unknown rule and a date that is none, at once.
pub(super) fn flags_of(matches: &ArgMatches, world: &World) -> Result<Flags> {
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
    let word = |name: &str| matches.get_one::<String>(name).map(|w| w.trim().to_owned());
    Error::unless_empty(problems, Flags { only, skip, home: word("locality"), genre: word("genre"), as_of })
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

/// The plans of documents, in their order. `-` is the text on standard input; it goes by
/// `stdin_name`.
///
/// # Errors
/// With the faults of every settings file and facts file that counts for one of them.
pub(super) fn plans(
    world: &mut World,
    matches: &ArgMatches,
    paths: &[String],
    stdin_name: Option<&String>,
) -> Result<Vec<Plan>> {
    let flags = flags_of(matches, world)?;
    let given: Option<Vec<String>> = matches.get_many("facts").map(|f| f.cloned().collect());
    let baseline = matches.get_one::<String>("baseline");
    let here = std::env::current_dir().and_then(std::fs::canonicalize).unwrap_or_default();
    let mut found = Found::default();
    let mut facts: BTreeMap<Vec<String>, Option<Arc<Facts>>> = BTreeMap::new();
    let mut plans = Vec::new();
    let mut problems = Vec::new();
    // Without documents the facts are loaded all the same: their faults should be told.
    if paths.is_empty() {
        let chosen = given.clone().unwrap_or_else(|| config::facts(&world.config));
        facts_input::load(world, &chosen)?;
    }
    for path in paths {
        let name = if path == "-" { stdin_name } else { Some(path) };
        let real = name.map(|n| std::fs::canonicalize(n).unwrap_or_else(|_| here.join(n)));
        let (config, folder) = match found.above(world, real.as_deref().and_then(Path::parent)) {
            Ok(config) => config,
            Err(error) => {
                problems.extend_from_slice(error.problems());
                continue;
            }
        };
        let folder = folder.unwrap_or_else(|| here.clone());
        let below = |folder: &Path| real.as_deref().and_then(|r| r.strip_prefix(folder).ok());
        let settings = config::settings(&config, below(&folder), &flags);
        let chosen = given.clone().unwrap_or_else(|| config::facts(&config));
        let baseline = baseline.cloned().unwrap_or_else(|| config::baseline(&config));
        let beside = Path::new(&baseline).parent().filter(|p| !p.as_os_str().is_empty());
        let beside = beside.map_or(here.clone(), |p| std::fs::canonicalize(p).unwrap_or(here.join(p)));
        let name = match below(&beside) {
            Some(below) => below.to_string_lossy().replace('\\', "/"),
            None => name.unwrap_or(path).clone(),
        };
        let loaded = match facts.get(&chosen) {
            Some(loaded) => loaded.clone(),
            None => {
                let loaded = facts_input::load(world, &chosen).unwrap_or_else(|error| {
                    problems.extend_from_slice(error.problems());
                    None
                });
                let loaded = loaded.map(Arc::new);
                facts.insert(chosen, loaded.clone());
                loaded
            }
        };
        plans.push(Plan { settings, facts: loaded, baseline, name });
    }
    for facts in facts.values().flatten() {
        facts_input::tell_notes(world, facts);
    }
    Error::unless_empty(problems, plans)
}

/// The settings for a document at `path` and who set them: for `wengao config`.
///
/// # Errors
/// If the settings file has faults.
pub(super) fn config_for(world: &World, path: &str) -> Result<(Arc<Config>, Option<PathBuf>)> {
    let here = std::env::current_dir().and_then(std::fs::canonicalize).unwrap_or_default();
    let real = std::fs::canonicalize(path).unwrap_or_else(|_| here.join(path));
    let (config, folder) = Found::default().above(world, real.parent())?;
    let folder = folder.unwrap_or(here);
    Ok((config, real.strip_prefix(folder).ok().map(Path::to_owned)))
}

/// Settings files that were read, by the folder that holds them.
#[derive(Default)]
struct Found {
    of_folder: BTreeMap<PathBuf, (Arc<Config>, Option<PathBuf>)>,
    read: BTreeMap<PathBuf, Arc<Config>>,
}

impl Found {
    /// The settings that count in `folder`, and the folder of their file. Those of the current
    /// folder for a text that lies nowhere.
    fn above(&mut self, world: &World, folder: Option<&Path>) -> Result<(Arc<Config>, Option<PathBuf>)> {
        let given = || {
            let beside = world.config.path.as_deref().map(|p| {
                let folder = Path::new(p).parent().filter(|p| !p.as_os_str().is_empty());
                std::fs::canonicalize(folder.unwrap_or(Path::new("."))).unwrap_or_default()
            });
            (Arc::clone(&world.config), beside)
        };
        let Some(folder) = folder.filter(|_| world.config_choice == ConfigChoice::Nearest) else {
            return Ok(given());
        };
        if let Some(known) = self.of_folder.get(folder) {
            return Ok(known.clone());
        }
        let found = match config::nearest_from(folder) {
            None => (Arc::default(), None),
            Some((beside, shown)) => {
                let config = match self.read.get(&beside) {
                    Some(config) => Arc::clone(config),
                    None => {
                        let read = config::read_shown(&shown);
                        // A faulty file is told of once, not again for each folder below it.
                        let failed = read.as_ref().err().cloned();
                        let config = Arc::new(read.unwrap_or_default());
                        self.read.insert(beside.clone(), Arc::clone(&config));
                        if let Some(error) = failed {
                            return Err(error);
                        }
                        config
                    }
                };
                (config, Some(beside))
            }
        };
        self.of_folder.insert(folder.to_owned(), found.clone());
        Ok(found)
    }
}
