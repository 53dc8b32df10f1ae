//! Layers of settings: the program's own, the file's, the file's exceptions, the flags. Later ones
//! win; words that are allowed add up.

use std::sync::Arc;

use crate::base::{Place, Text, han::Date};
use crate::model::{Settings, Severity};
use crate::rules::locality_of_title;
use crate::text;

use super::config::{Choice, Config, Layer};

/// What the command line sets.
#[derive(Debug, Default)]
pub struct Flags {
    /// `--only`.
    pub only: Vec<String>,
    /// `--skip`.
    pub skip: Vec<String>,
    /// `--locality`.
    pub home: Option<String>,
    /// `--genre`.
    pub genre: Option<String>,
    /// `--as-of`, or today.
    pub as_of: Option<Date>,
}

/// Which layer set a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Nobody: it is so by itself.
    Default,
    /// `wengao.yaml`, at this place.
    File(Place),
    /// An exception of `wengao.yaml`, at this place.
    Override(Place),
    /// A flag.
    Flag(&'static str),
    /// The document's file name.
    FileName,
}

impl Origin {
    /// The layer in words.
    #[must_use]
    pub fn label(&self) -> Text {
        match self {
            Self::Default => Text::fixed("默认", "default"),
            Self::File(at) => at.label(),
            Self::Override(at) => {
                let at = at.label();
                Text::new(format!("例外，{}", at.zh), format!("override, {}", at.en))
            }
            Self::FileName => Text::fixed("文件名", "the file's name"),
            Self::Flag(name) => text!("命令行 {name}", "flag {name}"),
        }
    }
}

/// One setting as it counts in the end.
#[derive(Debug)]
pub struct Row {
    /// Its key in `wengao.yaml`, with the rule for 规则.
    pub key: String,
    /// Its value.
    pub value: Text,
    /// Who set it.
    pub from: Origin,
}

/// How the places of a layer are named.
type Naming = fn(Place) -> Origin;

/// The layers of `config` for the document at `path` (from the settings file's folder), lowest
/// first; with each, how its places are named.
fn layers<'c>(config: &'c Config, path: Option<&std::path::Path>) -> Vec<(&'c Layer, Naming)> {
    let own: (&Layer, Naming) = (&config.own, Origin::File);
    let matching = config.overrides.iter().filter(|o| path.is_some_and(|p| o.matches(p)));
    std::iter::once(own).chain(matching.map(|o| (&o.layer, Origin::Override as Naming))).collect()
}

/// The settings of a document. `path` is its path from the settings file's folder; `None` for a
/// text without a name, to which no exception applies.
#[must_use]
pub fn settings(config: &Config, path: Option<&std::path::Path>, flags: &Flags) -> Settings {
    let mut settings = Settings {
        as_of: flags.as_of,
        fonts: config.fonts.as_ref().map(|(f, _)| *f).unwrap_or_default(),
        pack: Arc::clone(&config.pack),
        ..Settings::default()
    };
    for (layer, _) in layers(config, path) {
        for (rule, choice, _) in &layer.rules {
            settings.skip.retain(|r| r != rule);
            settings.severity.remove(rule);
            match choice {
                Choice::On => {}
                Choice::Off => settings.skip.push(rule.clone()),
                Choice::At(severity) => drop(settings.severity.insert(rule.clone(), *severity)),
            }
        }
        settings.allow.extend(layer.allow.iter().map(|(allow, _)| allow.clone()));
        settings.home = layer.home.as_ref().map(|(home, _)| home.clone()).or(settings.home);
        settings.genre = layer.genre.as_ref().map(|(genre, _)| genre.clone()).or(settings.genre);
    }
    // A rule that is asked for by name runs, whatever the file says.
    settings.skip.retain(|rule| !flags.only.contains(rule));
    settings.skip.extend(flags.skip.iter().cloned());
    settings.only.clone_from(&flags.only);
    settings.home = flags.home.clone().or(settings.home);
    settings.genre_asked = flags.genre.is_some();
    settings.genre = flags.genre.clone().or(settings.genre);
    settings
}

/// The locality that a document's file name tells as its own, where nobody else does:
/// 云岭县2025年工作总结.docx.
pub(in crate::app) fn home_of_name(path: &std::path::Path) -> Option<String> {
    locality_of_title(&path.file_stem()?.to_string_lossy())
}

/// The same settings with who set each: first the rules in the order of `rules`, then the rest.
#[must_use]
pub fn rows(
    config: &Config,
    path: Option<&std::path::Path>,
    flags: &Flags,
    rules: &[(&'static str, Severity)],
) -> Vec<Row> {
    let layers = layers(config, path);
    let mut rows = Vec::new();
    for &(id, severity) in rules {
        let set = layers.iter().rev().find_map(|(layer, named)| {
            let (_, choice, at) = layer.rules.iter().rev().find(|(rule, _, _)| rule == id)?;
            Some((*choice, named(at.clone())))
        });
        let (choice, from) = set.unwrap_or((Choice::On, Origin::Default));
        let skipped = flags.skip.iter().any(|r| r == id);
        let asked = flags.only.iter().any(|r| r == id);
        let (choice, from) = match (skipped, flags.only.is_empty(), asked) {
            (true, _, _) => (Choice::Off, Origin::Flag("--skip")),
            (_, false, false) => (Choice::Off, Origin::Flag("--only")),
            (_, false, true) if choice == Choice::Off => (Choice::On, Origin::Flag("--only")),
            _ => (choice, from),
        };
        let choice = if choice == Choice::On { Choice::At(severity) } else { choice };
        rows.push(Row { key: format!("规则.{id}"), value: choice.label(), from });
    }
    for (layer, named) in &layers {
        for (allow, at) in &layer.allow {
            let words = &allow.words;
            let value = match &allow.rule {
                Some(rule) => Text::new(format!("{words}（{rule}）"), format!("{words} ({rule})")),
                None => Text::same(words.clone()),
            };
            rows.push(Row { key: "放行".to_owned(), value, from: named(at.clone()) });
        }
    }
    let word = |key: &str, of: fn(&Layer) -> &Option<(String, Place)>, flag: &Option<String>, name| {
        let set = layers.iter().rev().find_map(|(layer, named)| {
            of(layer).as_ref().map(|(word, at)| (Text::same(word.clone()), named(at.clone())))
        });
        let (value, from) = match flag {
            Some(word) => (Text::same(word.clone()), Origin::Flag(name)),
            None => set.unwrap_or((Text::fixed("（没有）", "(none)"), Origin::Default)),
        };
        Row { key: key.to_owned(), value, from }
    };
    let mut home = word("本地", |l| &l.home, &flags.home, "--locality");
    if home.from == Origin::Default
        && let Some(named) = path.and_then(home_of_name)
    {
        (home.value, home.from) = (Text::same(named), Origin::FileName);
    }
    rows.push(home);
    rows.push(word("文种", |l| &l.genre, &flags.genre, "--genre"));
    rows
}
