//! The file `wengao.yaml`: its keys, where it is looked for, and what it says.
//!
//! One table says which keys there are; an unknown key, or a rule that does not exist, is refused
//! with the nearest known one and its line and column. Keys whose own keys are rules (规则) or whose
//! items have two shapes (放行) are read here from the tree; the table holds them as open.

use std::path::Path;
use std::sync::Arc;

use ignore::gitignore::GitignoreBuilder;

use super::config::{Choice, Config, Layer, Override};
use crate::app::explain::rule_id;
use crate::base::{Error, Lang, Place, Problem, Result, Text, lines::LineColumn, nearest::nearest, yaml};
use crate::corpus::is_remote;
use crate::model::facts::{
    Value, check_record,
    table::{Field, Kind, row as key},
};
use crate::model::settings::{Allow, Fonts};
use crate::text;

/// The name that is looked for.
pub const NAME: &str = "wengao.yaml";

/// The baseline that counts where the file names none; beside the file.
pub const BASELINE: &str = "wengao-baseline.yaml";

const LANGS: &[&str] = &["zh", "en", "中文", "英文"];
const FONTS: &[&str] = &[Fonts::ALL[0].0, Fonts::ALL[1].0, Fonts::ALL[2].0, Fonts::ALL[3].0];

const RULES_KEY: Field = key(
    "rules",
    "规则",
    Kind::Open,
    "哪些规则不用、按哪一级报：开、关、错误、警告、提示；规则见 wengao rules",
    "which rules are off or of another severity: on, off, error, warning, info; wengao rules lists them",
    "{placeholder: 警告}",
);
const ALLOW_KEY: Field = key(
    "allow",
    "放行",
    Kind::Open,
    "不报的词语；只对一条规则放行时写 {规则: placeholder, 词: 某某}",
    "words to leave alone; for one rule only: {规则: placeholder, 词: words}",
    "[某某大道]",
);
const HOME_KEY: Field = key(
    "home",
    "本地",
    Kind::Words,
    "本地全称；事实里有地区名称时以事实为准",
    "full name of the locality, where no facts give it",
    "云岭县",
);
const GENRE_KEY: Field = key(
    "genre",
    "文种",
    Kind::Words,
    "文种，如 请示、报告、函、通知、方案、总结、讲话、批复、纪要、意见，按它查行文；不写时不猜",
    "the genre (请示, 报告, 函, 通知, 方案, 总结, 讲话, 批复, 纪要, 意见) whose rules a paper is held to; never guessed",
    "请示",
);

/// The keys of the file.
pub static KEYS: &[Field] = &[
    key("language", "语言", Kind::Choice(LANGS), "界面语言", "the language to speak", "zh"),
    key(
        "fonts",
        "字体",
        Kind::Choice(FONTS),
        "写出 .docx 时的字体：standard 仿宋、楷体，gb2312 仿宋_GB2312、楷体_GB2312",
        "fonts of .docx files: standard (仿宋) or gb2312 (仿宋_GB2312)",
        "standard",
    ),
    key(
        "facts",
        "事实",
        Kind::List(&Kind::Words),
        "默认的事实文件",
        "facts files that count where none are given",
        "[facts/事实.yaml]",
    ),
    RULES_KEY,
    ALLOW_KEY,
    HOME_KEY,
    GENRE_KEY,
    key(
        "overrides",
        "例外",
        Kind::List(&Kind::Open),
        "某些文件另外设置；文件名写法同 .gitignore",
        "settings of some files; patterns as in .gitignore",
        "[{文件: 'drafts/旧*.txt', 规则: {placeholder: 关}}]",
    ),
    key(
        "baseline",
        "基线",
        Kind::Words,
        "记着已接受问题的文件，由 check --update-baseline 写出",
        "the file of accepted findings, written by check --update-baseline",
        BASELINE,
    ),
    key(
        "corpus",
        "语料库",
        Kind::List(&Kind::Words),
        "放语料库的文件夹，由 wengao corpus add 建立；可以写几个，本单位的写在最前面",
        "the folder of the corpus, made by wengao corpus add; several may be named, one's own first",
        "[语料库, /mnt/市办/语料库]",
    ),
    key(
        "library",
        "文稿库",
        Kind::Words,
        "自己的模板、套语、主题包所在的文件夹，下设 templates、phrases、topics",
        "the folder of skeletons, phrases and topic packs of one's own: templates, phrases and topics in it",
        "文稿库",
    ),
    key(
        "stock",
        "常用语",
        Kind::List(&Kind::Words),
        "常用语文件，一行一条；这些话不算照抄",
        "files of set phrases, one a line; they do not count as copied",
        "[常用语.txt]",
    ),
    key(
        "packs",
        "词库",
        Kind::List(&Kind::Words),
        "自己的词库文件：更名、撤销的机构，固定提法，届次，新地名",
        "one's own packs of dated words: offices, set phrases, congresses, places with new names",
        "[词库.yaml]",
    ),
    key(
        "copies",
        "底稿",
        Kind::Words,
        "底稿放在哪个文件夹的 .wengao 里（draft --update 靠它）；不写时在每份文稿旁边",
        "the folder in whose .wengao the copies of drafts are kept, by which draft --update goes; beside each document if not given",
        "drafts",
    ),
    key(
        "min_chars",
        "照抄字数",
        Kind::Words,
        "除去常用语，连着多少字相同才算照抄；不写时是 13",
        "letters in a row, set phrases left out, from which a passage counts as copied; 13 if not given",
        "13",
    ),
];

/// The keys of one item of 例外.
static OVERRIDE: &[Field] = &[
    key("files", "文件", Kind::List(&Kind::Words), "哪些文件", "which files", "'drafts/旧*.txt'"),
    RULES_KEY,
    ALLOW_KEY,
    HOME_KEY,
    GENRE_KEY,
];

/// The keys of an item of 放行 that is for one rule.
static ALLOWED: &[Field] = &[
    key("rule", "规则", Kind::Words, "规则", "the rule", "placeholder"),
    key("words", "词", Kind::List(&Kind::Words), "词语", "the words", "某某大道"),
];

/// Reads the text of a settings file. `path` is its path from the current folder; files that it
/// names are beside it.
pub(super) fn parse(path: &str, source: &str) -> Result<Config> {
    let file: Arc<str> = path.into();
    let (root, problems) = yaml::read(&file, source, &|word| {
        [KEYS, OVERRIDE, ALLOWED].iter().any(|keys| keys.iter().any(|f| f.is_called(word)))
    });
    let mut reading = Reading { file, problems };
    let mut config = Config { path: Some(path.to_owned()), ..Config::default() };
    if let Some(node) = root.filter(|node| node.value != yaml::Value::Empty) {
        reading.config(&node, &mut config);
    }
    let mut problems = reading.problems;
    problems.sort();
    let help = text!("或用 --no-config 不读 {path}", "or pass --no-config to do without {path}");
    if let Some(last) = problems.last_mut() {
        last.help = Some(match last.help.take() {
            Some(first) => {
                Text::new(format!("{}；{}", first.zh, help.zh), format!("{}; {}", first.en, help.en))
            }
            None => help,
        });
    }
    Error::unless_empty(problems, config)
}

struct Reading {
    file: Arc<str>,
    problems: Vec<Problem>,
}

impl Reading {
    fn place(&self, at: LineColumn) -> Place {
        Place::line(&self.file, at)
    }

    fn problem(&mut self, at: LineColumn, problem: Problem) {
        let at = self.place(at);
        self.problems.push(problem.at(at));
    }

    /// The id of the rule that goes by a name; if there is none, that is told.
    fn rule(&mut self, at: LineColumn, name: &str) -> Option<String> {
        match rule_id(name) {
            Ok(rule) => Some(rule.to_owned()),
            Err(error) => {
                error.problems().iter().for_each(|problem| self.problem(at, problem.clone()));
                None
            }
        }
    }

    fn config(&mut self, node: &yaml::Node, config: &mut Config) {
        let record = check_record(&self.file, node, KEYS, &mut self.problems);
        let word = |id: &str| record.get(id).and_then(|f| Some((f.value.text()?, f.at.clone())));
        config.lang = word("language").and_then(|(word, at)| {
            let lang = match word.as_str() {
                "中文" => Some(Lang::Zh),
                "英文" => Some(Lang::En),
                name => Lang::from_name(name),
            };
            Some((lang?, at))
        });
        config.fonts =
            word("fonts").and_then(|(word, at)| Some((Fonts::ALL.iter().find(|(n, _)| *n == word)?.1, at)));
        let beside = Path::new(&*self.file).parent().unwrap_or(Path::new("")).to_owned();
        let path_beside = |name: &str| beside.join(name).to_string_lossy().into_owned();
        let files = |id: &str| match record.get(id).map(|f| &f.value) {
            Some(Value::List(items)) => {
                items.iter().filter_map(|f| Some((path_beside(&f.value.text()?), f.at.clone()))).collect()
            }
            _ => Vec::new(),
        };
        (config.facts, config.stock, config.packs) = (files("facts"), files("stock"), files("packs"));
        // The address of a database is beside nothing.
        config.corpus = match record.get("corpus").map(|f| &f.value) {
            Some(Value::List(items)) => items
                .iter()
                .filter_map(|f| Some((f.value.text()?, f.at.clone())))
                .map(|(name, at)| (if is_remote(&name) { name } else { path_beside(&name) }, at))
                .collect(),
            _ => Vec::new(),
        };
        config.baseline = word("baseline").map(|(name, at)| (path_beside(&name), at));
        config.copies = word("copies").map(|(name, at)| (path_beside(&name), at));
        config.library = word("library").map(|(name, at)| (path_beside(&name), at));
        config.least_copied = word("min_chars").and_then(|(word, at)| match word.trim().parse() {
            Ok(least) if least >= 8 => Some((least, at)),
            _ => {
                let what = text!("照抄字数不能是“{word}”", "照抄字数 cannot be “{word}”");
                let help = Text::fixed("写 8 以上的整数", "write a whole number from 8 on");
                self.problems.push(Problem::new(what).help(help).at(at));
                None
            }
        });
        config.own = self.layer(node);
        for item in value_of(node, "overrides", KEYS).map(items).unwrap_or_default() {
            config.overrides.extend(self.exception(item));
        }
    }

    /// 规则, 放行, 本地 and 文种 of the file or of one exception.
    fn layer(&mut self, node: &yaml::Node) -> Layer {
        let mut layer = Layer::default();
        if let Some(rules) = value_of(node, "rules", KEYS) {
            self.rules(rules, &mut layer);
        }
        for item in value_of(node, "allow", KEYS).map(items).unwrap_or_default() {
            self.allowed(item, &mut layer);
        }
        let word = |id: &str| match value_of(node, id, KEYS).map(|n| (&n.value, n.at)) {
            Some((yaml::Value::Scalar(word), at)) if !word.trim().is_empty() => {
                Some((word.trim().to_owned(), self.place(at)))
            }
            _ => None,
        };
        (layer.home, layer.genre) = (word("home"), word("genre"));
        layer
    }

    fn rules(&mut self, node: &yaml::Node, layer: &mut Layer) {
        let yaml::Value::Map(entries) = &node.value else {
            if node.value != yaml::Value::Empty {
                let problem = Problem::new(Text::fixed(
                    "“规则”应是“规则名: 开或关”，一行一条",
                    "规则 should be `rule: on or off` lines",
                ));
                let help = Text::fixed("例如：placeholder: 警告", "for example: placeholder: warning");
                self.problem(node.at, problem.help(help));
            }
            return;
        };
        for entry in entries {
            let Some(rule) = self.rule(entry.key_at, &entry.key) else { continue };
            let word = match &entry.value.value {
                yaml::Value::Scalar(word) => word.trim(),
                _ => "",
            };
            match Choice::from_name(word) {
                Some(choice) => {
                    layer.rules.push((rule, choice, self.place(entry.value.at)));
                }
                None => {
                    let names = Choice::NAMES.map(|(zh, _, _)| zh).join("、");
                    let english = Choice::NAMES.map(|(_, en, _)| en).join(", ");
                    let what = text!("规则不能设为“{word}”", "a rule cannot be set to “{word}”");
                    let help = Text::new(
                        format!("从这些里选一个：{names}（或 {english}）"),
                        format!("choose one of: {english} (or {names})"),
                    );
                    self.problem(entry.value.at, Problem::new(what).help(help));
                }
            }
        }
    }

    /// One item of 放行: words, or a rule and its words.
    fn allowed(&mut self, node: &yaml::Node, layer: &mut Layer) {
        match &node.value {
            yaml::Value::Scalar(words) if !words.trim().is_empty() => {
                let allow = Allow { rule: None, words: words.trim().to_owned() };
                layer.allow.push((allow, self.place(node.at)));
            }
            yaml::Value::Map(_) if self.keys_are(node, ALLOWED) => {
                let rule = match value_of(node, "rule", ALLOWED).map(|n| (&n.value, n.at)) {
                    Some((yaml::Value::Scalar(id), at)) => {
                        let Some(rule) = self.rule(at, id) else { return };
                        Some(rule)
                    }
                    _ => None,
                };
                let words = value_of(node, "words", ALLOWED).map(items).unwrap_or_default();
                let words: Vec<_> = words
                    .iter()
                    .filter_map(|n| match &n.value {
                        yaml::Value::Scalar(w) if !w.trim().is_empty() => Some((w.trim().to_owned(), n.at)),
                        _ => None,
                    })
                    .collect();
                if words.is_empty() {
                    let problem = Problem::new(Text::fixed("没有写放行什么词", "no words to allow"));
                    let help = Text::fixed(
                        "加上“词”；整条规则不用时写在“规则”下",
                        "add 词; to turn a whole rule off, put it under 规则",
                    );
                    self.problem(node.at, problem.help(help));
                }
                for (words, at) in words {
                    layer.allow.push((Allow { rule: rule.clone(), words }, self.place(at)));
                }
            }
            yaml::Value::Map(_) | yaml::Value::Empty => {}
            _ => {
                let problem = Problem::new(Text::fixed("放行的应是词语", "words are expected here"));
                let help = Text::fixed(
                    "例如：- 某某大道，或 - {规则: placeholder, 词: 某某}",
                    "for example: - words, or - {规则: placeholder, 词: words}",
                );
                self.problem(node.at, problem.help(help));
            }
        }
    }

    /// One item of 例外.
    fn exception(&mut self, node: &yaml::Node) -> Option<Override> {
        let mut problems = Vec::new();
        let record = check_record(&self.file, node, OVERRIDE, &mut problems);
        self.problems.append(&mut problems);
        let layer = self.layer(node);
        let mut globs = GitignoreBuilder::new("");
        let Some(Value::List(patterns)) = record.get("files").map(|f| &f.value) else {
            if matches!(node.value, yaml::Value::Map(_)) {
                let problem =
                    Problem::new(Text::fixed("没有写是哪些文件", "which files are meant is not said"));
                let help =
                    Text::fixed("加上“文件”，如 'drafts/旧*.txt'", "add 文件, such as 'drafts/old*.txt'");
                self.problem(node.at, problem.help(help));
            }
            return None;
        };
        for pattern in patterns {
            let Some(words) = pattern.value.text() else { continue };
            // `./drafts` is how a shell completes it; .gitignore knows no such beginning.
            if globs.add_line(None, words.strip_prefix("./").unwrap_or(&words)).is_err() {
                let problem =
                    Problem::new(text!("“{words}”不是能用的文件名写法", "“{words}” is not a sound pattern"));
                let help = Text::fixed("方括号、花括号要成对", "brackets and braces must be in pairs");
                self.problems.push(problem.help(help).at(pattern.at.clone()));
            }
        }
        Some(Override { globs: globs.build().ok()?, layer })
    }

    /// Whether the keys of a mapping are all among `fields`; those that are not are told.
    fn keys_are(&mut self, node: &yaml::Node, fields: &'static [Field]) -> bool {
        let yaml::Value::Map(entries) = &node.value else { return false };
        let before = self.problems.len();
        for entry in entries {
            let word = &entry.key;
            if !fields.iter().any(|f| f.is_called(word)) {
                let known: Vec<_> = fields.iter().map(|f| f.key).collect();
                let known = known.join("、");
                let problem = Problem::new(text!("没有“{word}”这个键", "unknown key “{word}”"));
                let help = match nearest(word, fields.iter().flat_map(|f| [f.key, f.id])) {
                    Some(near) => text!("是不是“{near}”？", "did you mean “{near}”?"),
                    None => text!("这里可用的键：{known}", "keys that may stand here: {known}"),
                };
                self.problem(entry.key_at, problem.help(help));
            }
        }
        self.problems.len() == before
    }
}

/// The value of a key of a mapping, by the key or id of the field with this id.
fn value_of<'n>(node: &'n yaml::Node, id: &str, fields: &'static [Field]) -> Option<&'n yaml::Node> {
    let field = fields.iter().find(|f| f.id == id)?;
    let yaml::Value::Map(entries) = &node.value else { return None };
    entries.iter().find(|e| field.is_called(&e.key)).map(|e| &e.value)
}

/// The items of a list; a single value is a list of one, nothing is none.
fn items(node: &yaml::Node) -> &[yaml::Node] {
    match &node.value {
        yaml::Value::List(items) => items,
        yaml::Value::Empty => &[],
        _ => std::slice::from_ref(node),
    }
}

#[cfg(test)]
mod tests {
    use super::parse;
    use crate::app::settings::Choice;
    use crate::base::Lang;
    use crate::model::Severity;
    use crate::model::settings::Fonts;

    #[test]
    fn facts_are_found_beside_the_settings_file() {
        let config = parse("../wengao.yaml", "语言: en\n字体: gb2312\n事实: [facts/县情.yaml]\n").unwrap();
        assert_eq!(config.facts[0].0, "../facts/县情.yaml");
        assert_eq!(config.lang.unwrap().0, Lang::En);
        assert_eq!(config.fonts.unwrap().0, Fonts::Gb2312);
    }

    #[test]
    fn an_unknown_key_is_refused_with_the_nearest_one() {
        let error = parse("wengao.yaml", "字型: gb2312\n").unwrap_err();
        assert!(error.in_lang(Lang::Zh).contains("字体"), "{error}");
    }

    #[test]
    fn an_empty_file_sets_nothing() {
        let config = parse("wengao.yaml", "# 以后再填\n").unwrap();
        assert!(config.own.rules.is_empty() && config.overrides.is_empty() && config.lang.is_none());
    }

    #[test]
    fn words_that_look_like_blanks_may_be_allowed() {
        let config = parse(
            "wengao.yaml",
            "放行: [某某, {规则: placeholder, 词: [待定, x]}]\n规则: {placeholder: 提示}\n",
        )
        .unwrap();
        let words: Vec<_> = config.own.allow.iter().map(|(a, _)| (a.rule.is_some(), &*a.words)).collect();
        assert_eq!(words, [(false, "某某"), (true, "待定"), (true, "x")]);
        assert_eq!(config.own.rules[0].1, Choice::At(Severity::Info));
    }
}
