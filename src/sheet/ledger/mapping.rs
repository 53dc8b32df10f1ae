//! The mapping that a clerk keeps (映射.yaml): what sheets and heads of her ledgers are.
//!
//! ```yaml
//! 表:
//!   Sheet1: 任务
//!   台账#2: {类: 单位进展, 表头: {缴费率: 完成}}   # the second table of the sheet
//!   车辆安排: 不读
//! 表头:
//!   形象面貌: 项目.进度
//!   内部编号: 不读
//! ```
//!
//! What stands there counts before all that the program would think of itself. An entry that is left
//! empty says nothing yet, so that a stub may be filled in bit by bit.

use std::sync::Arc;

use super::heads::folded;
use crate::base::{
    Error, Place, Problem, Result, Text,
    nearest::nearest,
    yaml::{self, Node, Value},
};
use crate::model::facts::table::called;
use crate::sheet::key::{self, List};
use crate::text;

/// The name of the file beside a workbook.
pub const FILE: &str = "映射.yaml";

/// What a clerk says of her ledgers.
#[derive(Debug, Clone, Default)]
pub struct Mapping {
    tables: Vec<(String, TableSaid)>,
    heads: Vec<(Option<String>, String, HeadSaid)>,
}

/// What is said of a table.
#[derive(Debug, Clone)]
pub enum TableSaid {
    /// Its records belong to this list.
    List(List),
    /// It is not to be read.
    Left,
}

/// What is said of a head.
#[derive(Debug, Clone)]
pub enum HeadSaid {
    /// It means the field of this name, in one list or in any.
    Field(Option<List>, String),
    /// Its column is not to be read.
    Left,
}

/// Words for what is not to be read.
const LEAVE: &[&str] = &["不读", "不用", "跳过", "skip"];
const TABLES: &[&str] = &["表", "sheets"];
const HEADS: &[&str] = &["表头", "heads"];
const KIND: &[&str] = &["类", "list"];

impl Mapping {
    /// Reads a mapping; `file` is its name for messages.
    ///
    /// # Errors
    /// With all that is wrong at once: no YAML, a list or a field that there is not.
    pub fn read(file: &str, source: &str) -> Result<Self> {
        let file: Arc<str> = file.into();
        let is_key = |word: &str| [TABLES, HEADS, KIND].iter().any(|keys| keys.contains(&word));
        let (root, problems) = yaml::read(&file, source, &is_key);
        let mut reader = Reader { file, mapping: Self::default(), problems };
        if let Some(root) = root {
            reader.root(&root);
        }
        Error::unless_empty(reader.problems, reader.mapping)
    }

    /// What is said of a table by the name of its sheet, and its number there from 0.
    pub fn table(&self, sheet: &str, number: usize) -> Option<&TableSaid> {
        let nth = format!("{}#{}", sheet.trim(), number + 1);
        let find = |name: &str| self.tables.iter().find(|(known, _)| known == name).map(|(_, said)| said);
        find(&nth).or_else(|| find(sheet.trim()))
    }

    /// Whether anything is said of a sheet, so that it is read as a ledger.
    pub fn knows(&self, sheet: &str) -> bool {
        let sheet = sheet.trim();
        let is_it =
            |name: &str| name == sheet || name.strip_prefix(sheet).is_some_and(|r| r.starts_with('#'));
        self.tables.iter().any(|(name, _)| is_it(name))
            || self.heads.iter().any(|(name, ..)| name.as_deref().is_some_and(is_it))
    }

    /// What is said of a head, on this sheet or on any. Below a group it may be named with it or alone.
    pub fn head(&self, sheet: &str, number: usize, head: &str) -> Option<HeadSaid> {
        let last = head.rsplit('/').next().unwrap_or(head);
        let nth = format!("{}#{}", sheet.trim(), number + 1);
        let is_here = |of: &Option<String>| of.as_deref().is_none_or(|of| of == sheet.trim() || of == nth);
        let find = |word: &str, own: bool| {
            let word = folded(word);
            let mut all = self.heads.iter().filter(|(of, ..)| of.is_some() == own && is_here(of));
            all.find(|(_, known, _)| *known == word).map(|(.., said)| said.clone())
        };
        let find = |own: bool| find(&head.replace('/', ""), own).or_else(|| find(last, own));
        find(true).or_else(|| find(false))
    }
}

struct Reader {
    file: Arc<str>,
    mapping: Mapping,
    problems: Vec<Problem>,
}

impl Reader {
    fn problem(&mut self, node: &Node, problem: Problem) {
        self.problems.push(problem.at(Place::line(&self.file, node.at)));
    }

    fn root(&mut self, root: &Node) {
        let Value::Map(entries) = &root.value else {
            if root.value != Value::Empty {
                self.shape(root);
            }
            return;
        };
        for entry in entries {
            let key = entry.key.trim();
            if TABLES.contains(&key) {
                self.each(&entry.value, &mut |reader, sheet, node| reader.table(sheet, node));
            } else if HEADS.contains(&key) {
                self.each(&entry.value, &mut |reader, head, node| reader.head(None, head, node));
            } else {
                let unknown = text!("映射文件里没有“{key}”这一项", "a mapping has no entry “{key}”");
                let problem = Problem::new(unknown).help(SHAPE);
                self.problem(&entry.value, problem);
            }
        }
    }

    fn shape(&mut self, node: &Node) {
        let what = Text::fixed("这里应是“名称: 意思”，一行一个", "expected `name: meaning` lines here");
        self.problem(node, Problem::new(what).help(SHAPE));
    }

    fn each(&mut self, node: &Node, with: &mut dyn FnMut(&mut Self, &str, &Node)) {
        match &node.value {
            Value::Map(entries) => entries.iter().for_each(|e| with(self, e.key.trim(), &e.value)),
            Value::Empty => {}
            _ => self.shape(node),
        }
    }

    fn table(&mut self, sheet: &str, node: &Node) {
        match &node.value {
            Value::Empty => {}
            Value::Scalar(words) => {
                let said = if LEAVE.contains(&words.trim()) {
                    Some(TableSaid::Left)
                } else {
                    self.list(words, node).map(TableSaid::List)
                };
                self.mapping.tables.extend(said.map(|said| (sheet.to_owned(), said)));
            }
            Value::Map(entries) => {
                for entry in entries {
                    if KIND.contains(&entry.key.trim()) {
                        self.table(sheet, &entry.value);
                    } else if HEADS.contains(&entry.key.trim()) {
                        self.each(&entry.value, &mut |reader, head, node| {
                            reader.head(Some(sheet), head, node)
                        });
                    } else {
                        self.shape(&entry.value);
                    }
                }
            }
            Value::List(_) => self.shape(node),
        }
    }

    fn head(&mut self, sheet: Option<&str>, head: &str, node: &Node) {
        let words = match &node.value {
            Value::Empty => return,
            Value::Scalar(words) => words.trim(),
            _ => return self.shape(node),
        };
        let said = if LEAVE.contains(&words) {
            HeadSaid::Left
        } else if let Some((list, field)) = words.rsplit_once(['.', '．']) {
            let Some(list) = self.list(list, node) else { return };
            let Some(found) = called(list.fields, field.trim()) else {
                let keys: Vec<_> = list.fields.iter().map(|f| f.key).collect();
                let (name, keys) = (&list.name, keys.join("、"));
                let what = text!("“{name}”里没有“{field}”", "{name} has no “{field}”");
                let help = text!("可用：{keys}", "there are: {keys}");
                return self.problem(node, Problem::new(what).help(help));
            };
            HeadSaid::Field(Some(list), found.id.to_owned())
        } else if key::lists().iter().any(|list| called(list.fields, words).is_some()) {
            HeadSaid::Field(None, words.to_owned())
        } else {
            let what = text!("没有哪一类里有“{words}”", "no list has a field “{words}”");
            return self.problem(node, Problem::new(what).help(SHAPE));
        };
        self.mapping.heads.push((sheet.map(str::to_owned), folded(head), said));
    }

    /// The list that a word names: 任务, 会议.议程 or its last word, or the path of ids.
    fn list(&mut self, words: &str, node: &Node) -> Option<List> {
        let words = words.trim();
        let lists = key::lists();
        let by_last = || lists.iter().find(|list| list.name.rsplit('.').next() == Some(words)).cloned();
        if let Some(list) = key::list(words).or_else(by_last) {
            return Some(list);
        }
        let names: Vec<&str> = lists.iter().map(|l| l.name.as_str()).collect();
        let what = text!("没有“{words}”这一类", "there is no list “{words}”");
        let help = match nearest(words, names.iter().copied()) {
            Some(near) => text!("是不是“{near}”？", "did you mean “{near}”?"),
            None => {
                let names = names.join("、");
                text!("可用：{names}；不要读的写“不读”", "there are: {names}; 不读 for what is to be left")
            }
        };
        self.problem(node, Problem::new(what).help(help));
        None
    }
}

const SHAPE: Text = Text::fixed(
    "写成两组：“表:”下面每行“表名: 任务”，“表头:”下面每行“表头: 任务.完成时限”",
    "two groups: under 表: lines such as `Sheet1: 任务`, under 表头: lines such as `办结日期: 任务.完成时限`",
);
