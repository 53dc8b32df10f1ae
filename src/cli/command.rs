//! The whole command line as clap sees it, built from [`COMMANDS`] in one language.
//!
//! `--lang` decides the language of the help itself, so a first look over the arguments
//! ([`early`]) picks out the few flags that count before clap runs; clap then parses them again
//! and is the one to complain about them.

use std::ffi::OsString;

use clap::{Arg, ArgAction, Command};

use super::{COMMANDS, either, world::Color};
use crate::base::Lang;
use crate::report::REPORTS;
use crate::{read::extensions, write::WRITERS};

/// What `--lang` accepts.
const LANGS: [(&str, Lang); 2] = [("zh", Lang::Zh), ("en", Lang::En)];

/// The flags that count before the command line is parsed.
#[derive(Debug, Default)]
pub(super) struct Early {
    /// `--lang`, if it was given and is known.
    pub lang: Option<Lang>,
    /// `--color`.
    pub color: Color,
    /// `--config`, `--no-config`.
    pub config: ConfigChoice,
}

/// Which `wengao.yaml` counts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) enum ConfigChoice {
    /// The nearest one, from the current folder upward.
    #[default]
    Nearest,
    /// This one.
    At(OsString),
    /// None.
    Without,
}

/// Looks for the early flags; what is misspelt is left for clap.
pub(super) fn early(args: &[OsString]) -> Early {
    let mut found = Early::default();
    let mut args = args.iter().skip(1).take_while(|a| *a != "--");
    while let Some(arg) = args.next() {
        let name = arg.to_str().unwrap_or_default();
        let (name, value) = match name.split_once('=') {
            Some((name, value)) => (name, Some(OsString::from(value))),
            None => (name, None),
        };
        let mut value = || value.clone().or_else(|| args.next().cloned());
        match name {
            "--lang" => found.lang = named(&LANGS, value()),
            "--color" => found.color = named(&Color::ALL, value()).unwrap_or_default(),
            "--config" => found.config = value().map_or(ConfigChoice::Nearest, ConfigChoice::At),
            "--no-config" => found.config = ConfigChoice::Without,
            _ => {}
        }
    }
    found
}

fn named<T: Copy>(all: &[(&str, T)], name: Option<OsString>) -> Option<T> {
    let name = name?;
    all.iter().find(|(n, _)| name.to_str() == Some(n)).map(|&(_, value)| value)
}

/// The command line in `lang`.
#[must_use]
pub fn command(lang: Lang) -> Command {
    let say = |zh, en| either(lang, zh, en);
    let names = |all: Vec<&'static str>| all.join(say("、", ", "));
    let formats = match lang {
        Lang::Zh => format!(
            "能读：{}；能写：{}；报告：{}\n\n退出码：0 没有问题，1 有问题（见 check --fail-on），2 用法、读取或写出有误",
            names(extensions().collect()),
            names(WRITERS.iter().map(|w| w.name()).collect()),
            names(REPORTS.iter().map(|r| r.name()).collect()),
        ),
        Lang::En => format!(
            "Reads: {}. Writes: {}. Reports: {}.\n\nExit codes: 0 clean, 1 findings (see check --fail-on), 2 usage, input or output trouble",
            names(extensions().collect()),
            names(WRITERS.iter().map(|w| w.name()).collect()),
            names(REPORTS.iter().map(|r| r.name()).collect()),
        ),
    };
    Command::new("wengao")
        .version(env!("CARGO_PKG_VERSION"))
        .about(say(
            "文稿：起草和检查公文，全程离线",
            "wengao: drafts and checks Chinese official documents, offline",
        ))
        .after_help(formats)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .args(global_flags(lang))
        .subcommands(COMMANDS.iter().map(|subcommand| subcommand.command(lang)))
}

/// The flags that every subcommand takes.
fn global_flags(lang: Lang) -> Vec<Arg> {
    let say = |zh, en| either(lang, zh, en);
    let flag = |name: &'static str| {
        Arg::new(name).long(name).global(true).help_heading(say("通用选项", "Global options"))
    };
    vec![
        flag("lang")
            .value_name(say("语言", "LANG"))
            .value_parser(LANGS.map(|(name, _)| name))
            .help(say("界面语言；不写时看系统语言", "language to speak; the locale's if not given")),
        flag("color").value_name(say("何时", "WHEN")).value_parser(Color::ALL.map(|(name, _)| name)).help(
            say(
                "是否着色；auto 表示只在终端上着色，并遵守 NO_COLOR",
                "when to colour; auto means on a terminal, unless NO_COLOR is set",
            ),
        ),
        flag("quiet")
            .short('q')
            .action(ArgAction::SetTrue)
            .help(say("只输出结果，不输出说明", "only results, no notes")),
        flag("config").value_name(say("文件", "FILE")).value_parser(clap::value_parser!(OsString)).help(say(
            "用这个设置文件；不写时从当前文件夹向上找 wengao.yaml",
            "settings file; if not given, wengao.yaml is looked for from the current folder upward",
        )),
        flag("no-config")
            .action(ArgAction::SetTrue)
            .conflicts_with("config")
            .help(say("不用设置文件", "use no settings file")),
    ]
}

#[cfg(test)]
mod tests {
    use super::{ConfigChoice, command, early};
    use crate::base::Lang;

    #[test]
    fn the_command_line_is_sound_in_both_languages() {
        for lang in [Lang::Zh, Lang::En] {
            command(lang).debug_assert();
        }
    }

    #[test]
    fn flags_that_count_early_are_found_anywhere_before_a_double_dash() {
        let args = |words: &[&str]| words.iter().map(|w| (*w).into()).collect::<Vec<_>>();
        assert_eq!(early(&args(&["wengao", "check", "a.txt", "--lang", "en"])).lang, Some(Lang::En));
        assert_eq!(early(&args(&["wengao", "--lang=zh"])).lang, Some(Lang::Zh));
        assert_eq!(early(&args(&["wengao", "check", "--", "--lang=en"])).lang, None);
        assert_eq!(early(&args(&["wengao", "--config", "x"])).config, ConfigChoice::At("x".into()));
    }
}
