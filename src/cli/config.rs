//! `wengao.yaml`: what an office sets once for a working folder.
//!
//! One table says which keys there are; an unknown key is refused with the nearest known one. The
//! file is looked for from the current folder upward, so that it counts in every folder below.

#![expect(clippy::disallowed_methods, reason = "this is the edge: the current folder is asked for here")]

use std::path::Path;
use std::sync::Arc;

use super::{command::ConfigChoice, input};
use crate::base::{Error, Lang, Place, Problem, Result, Text, encoding, yaml};
use crate::model::facts::{
    Value, check_record,
    table::{Field, Kind},
};
use crate::model::settings::Fonts;
use crate::text;

/// The name that is looked for.
pub const NAME: &str = "wengao.yaml";

/// What the file says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Config {
    /// The language to speak (语言).
    pub lang: Option<Lang>,
    /// The font family of .docx files (字体).
    pub fonts: Fonts,
    /// Facts files that count where none are given (事实), as paths from the current folder.
    pub facts: Vec<String>,
}

const LANGS: &[&str] = &["zh", "en", "中文", "英文"];
const FONTS: &[&str] = &[Fonts::ALL[0].0, Fonts::ALL[1].0];

/// The keys of the file.
pub static KEYS: &[Field] = &[
    Field {
        id: "language",
        key: "语言",
        kind: Kind::Choice(LANGS),
        label: Text::fixed("界面语言", "the language to speak"),
        example: "zh",
    },
    Field {
        id: "fonts",
        key: "字体",
        kind: Kind::Choice(FONTS),
        label: Text::fixed(
            "写出 .docx 时的字体：standard 仿宋、楷体，gb2312 仿宋_GB2312、楷体_GB2312",
            "fonts of .docx files: standard (仿宋) or gb2312 (仿宋_GB2312)",
        ),
        example: "standard",
    },
    Field {
        id: "facts",
        key: "事实",
        kind: Kind::List(&Kind::Words),
        label: Text::fixed("默认的事实文件", "facts files that count where none are given"),
        example: "facts/事实.yaml",
    },
];

/// The settings of the file that `choice` means; those of no file if there is none.
///
/// # Errors
/// If the file that was named is missing, or a file has faults; all of them at once.
pub(super) fn load(choice: &ConfigChoice) -> Result<Config> {
    let path = match choice {
        ConfigChoice::Without => return Ok(Config::default()),
        ConfigChoice::At(path) => path.to_string_lossy().into_owned(),
        ConfigChoice::Nearest => match nearest_file() {
            Some(path) => path,
            None => return Ok(Config::default()),
        },
    };
    let decoded = encoding::decode(&input::read(&path)?)
        .map_err(|e| e.map(|p| p.at(Place::File(path.as_str().into()))))?;
    parse(&path, &decoded.text)
}

/// `wengao.yaml`, `../wengao.yaml`, …: the first that exists.
fn nearest_file() -> Option<String> {
    let depth = std::env::current_dir().map_or(1, |folder| folder.ancestors().count());
    (0..depth).map(|up| format!("{}{NAME}", "../".repeat(up))).find(|path| Path::new(path).is_file())
}

fn parse(path: &str, source: &str) -> Result<Config> {
    let file: Arc<str> = path.into();
    let parsed = yaml::parse(source, &|word| KEYS.iter().any(|f| f.key == word || f.id == word));
    let mut problems: Vec<Problem> = parsed
        .faults
        .into_iter()
        .map(|(at, p)| p.at(Place::Line { file: Arc::clone(&file), line: at.line, column: at.column }))
        .collect();
    let record = match parsed.root {
        Some(node) if node.value != yaml::Value::Empty => check_record(&file, &node, KEYS, &mut problems),
        _ => Default::default(),
    };
    let word = |id: &str| record.get(id).and_then(|f| f.value.text());
    let lang = word("language").and_then(|w| match w.as_str() {
        "中文" => Some(Lang::Zh),
        "英文" => Some(Lang::En),
        name => Lang::from_name(name),
    });
    let fonts = word("fonts").and_then(|w| Fonts::ALL.iter().find(|(n, _)| *n == w).map(|&(_, f)| f));
    let beside = Path::new(path).parent().unwrap_or(Path::new(""));
    let facts = match record.get("facts").map(|f| &f.value) {
        Some(Value::List(items)) => items
            .iter()
            .filter_map(|f| f.value.text())
            .map(|name| beside.join(name).to_string_lossy().into_owned())
            .collect(),
        _ => Vec::new(),
    };
    let help = text!("或用 --no-config 不读 {path}", "or pass --no-config to do without {path}");
    if let Some(last) = problems.last_mut() {
        last.help = Some(match last.help.take() {
            Some(first) => {
                Text::new(format!("{}；{}", first.zh, help.zh), format!("{}; {}", first.en, help.en))
            }
            None => help,
        });
    }
    problems.sort();
    Error::unless_empty(problems, Config { lang, fonts: fonts.unwrap_or_default(), facts })
}

#[cfg(test)]
mod tests {
    use super::{Config, parse};
    use crate::base::Lang;
    use crate::model::settings::Fonts;

    #[test]
    fn facts_are_found_beside_the_settings_file() {
        let config = parse("../wengao.yaml", "语言: en\n字体: gb2312\n事实: [facts/县情.yaml]\n").unwrap();
        let facts = vec!["../facts/县情.yaml".to_owned()];
        assert_eq!(config, Config { lang: Some(Lang::En), fonts: Fonts::Gb2312, facts });
    }

    #[test]
    fn an_unknown_key_is_refused_with_the_nearest_one() {
        let error = parse("wengao.yaml", "字型: gb2312\n").unwrap_err();
        assert!(error.in_lang(Lang::Zh).contains("字体"), "{error}");
    }

    #[test]
    fn an_empty_file_sets_nothing() {
        assert_eq!(parse("wengao.yaml", "# 以后再填\n").unwrap(), Config::default());
    }
}
