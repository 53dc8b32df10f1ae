//! From a YAML tree to facts: every key known, every value of its kind, every fault told at once.

use std::sync::{Arc, LazyLock};

use super::table::{FACTS, FIGURE, Field, Kind, LEVELS, called, goes_by_name, level_named, names_units};
use super::{Fact, Facts, Figure, Record, Value, settle};
use crate::base::charset::is_mark;
use crate::base::{
    Error, Place, Problem, Result, Text,
    blank::is_blank_value,
    lines::LineColumn,
    nearest::nearest,
    when,
    yaml::{self, Node},
};
use crate::text;

/// Reads one facts file. `file` is its name as the person gave it, for the places of the values.
/// An empty file gives no facts. What is written in another shape than the table's and means the same
/// is read as that (`settle`).
///
/// # Errors
/// With every fault of the file at once: what is no YAML, unknown keys, keys given twice, values
/// of the wrong kind, input-method slips.
pub fn load(file: &str, source: &str) -> Result<Facts> {
    let file: Arc<str> = file.into();
    let (root, problems) = yaml::read(&file, source, &knows);
    let mut check = Check { place: &|at| Place::line(&file, at), open: true, problems, notes: Vec::new() };
    let root = match root {
        Some(Node { value: yaml::Value::Empty, .. }) | None => Record::new(),
        Some(node) => check.record(&node, FACTS),
    };
    let Check { mut problems, notes, .. } = check;
    problems.sort();
    let mut facts = Facts { root, notes };
    settle(&mut facts);
    Error::unless_empty(problems, facts)
}

/// Reads facts from a tree that was made of something else than YAML, such as the cells of a
/// workbook; `place` tells where each position of the tree is. What could be read, and what is wrong.
pub fn from_tree(root: &Node, place: &dyn Fn(LineColumn) -> Place) -> (Facts, Vec<Problem>) {
    let mut check = Check { place, open: true, problems: Vec::new(), notes: Vec::new() };
    let root = check.record(root, FACTS);
    let mut facts = Facts { root, notes: check.notes };
    settle(&mut facts);
    (facts, check.problems)
}

/// Reads a record of `fields` from a YAML node of `file`: the machinery of [`load`] for other
/// tables, such as settings and front matter. Problems are added to `problems`.
pub fn check_record(
    file: &Arc<str>,
    node: &Node,
    fields: &'static [Field],
    problems: &mut Vec<Problem>,
) -> Record {
    let place = |at| Place::line(file, at);
    let mut check = Check { place: &place, open: false, problems: Vec::new(), notes: Vec::new() };
    let record = check.record(node, fields);
    problems.append(&mut check.problems);
    record
}

/// Reads a list of records of `fields` from a YAML node, as [`check_record`] reads one.
pub fn check_list(
    file: &Arc<str>,
    node: &Node,
    fields: &'static [Field],
    problems: &mut Vec<Problem>,
) -> Fact {
    let place = |at| Place::line(file, at);
    let mut check = Check { place: &place, open: false, problems: Vec::new(), notes: Vec::new() };
    let yaml::Value::List(nodes) = &node.value else { return check.fact(node.at, Value::List(Vec::new())) };
    let items = nodes.iter().map(|n| {
        let record = check.record(n, fields);
        check.fact(n.at, Value::Record(record))
    });
    let items = items.collect();
    let list = check.fact(node.at, Value::List(items));
    problems.append(&mut check.problems);
    list
}

/// Whether `word` is a name of a row anywhere in the table. A file asks at each of its lines.
fn knows(word: &str) -> bool {
    static NAMES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
        fn gather(fields: &'static [Field], names: &mut Vec<&'static str>) {
            for field in fields {
                names.extend(field.names());
                gather(below(field), names);
            }
        }
        let mut names = Vec::new();
        gather(FACTS, &mut names);
        names.sort_unstable();
        names
    });
    NAMES.binary_search(&word).is_ok()
}

/// The fields below a row, those of figures left out: they would be asked at every figure.
fn below(field: &'static Field) -> &'static [Field] {
    if matches!(field.kind, Kind::Figure) { &[] } else { field.kind.fields() }
}

struct Check<'f> {
    /// Where a position of the tree is.
    place: &'f dyn Fn(LineColumn) -> Place,
    /// Whether what the table does not foresee may stand under 补充: in facts, not in settings.
    open: bool,
    problems: Vec<Problem>,
    notes: Vec<Problem>,
}

impl Check<'_> {
    fn place(&self, at: LineColumn) -> Place {
        (self.place)(at)
    }

    fn problem(&mut self, at: LineColumn, problem: Problem) {
        let place = self.place(at);
        self.problems.push(problem.at(place));
    }

    fn fact(&self, at: LineColumn, value: Value) -> Fact {
        Fact { value, at: self.place(at), overrides: Vec::new() }
    }

    fn record(&mut self, node: &Node, fields: &'static [Field]) -> Record {
        let mut record = Record::new();
        let yaml::Value::Map(entries) = &node.value else {
            let known: Vec<_> = fields.iter().take(4).map(|f| f.key).collect();
            let known = known.join("、");
            self.problem(
                node.at,
                Problem::new(Text::fixed("这里应是“键: 值”，一行一个", "expected `key: value` lines here"))
                    .help(text!(
                        "每行一个键，冒号用半角、后加空格；可用的键如：{known}",
                        "one key a line, a plain colon and a space; keys such as: {known}"
                    )),
            );
            return record;
        };
        for entry in entries {
            let Some(field) = called(fields, &entry.key) else {
                self.unknown_key(&entry.key, entry.key_at, fields);
                continue;
            };
            let fact = self.value(&entry.value, field.kind, field);
            if let Some(first) = record.get(field.id) {
                let first: &Fact = first;
                let (key, place) = (&entry.key, first.at.label());
                let problem = Problem::new(Text::new(
                    format!("键“{key}”重复，前一处在 {}", place.zh),
                    format!("key “{key}” is given twice, first at {}", place.en),
                ))
                .help(match field.kind {
                    Kind::List(_) => Text::fixed("把两处的内容并到一处", "put what both hold under one"),
                    _ => Text::fixed("只留一处", "keep one of them"),
                });
                self.problem(entry.key_at, problem);
                continue;
            }
            record.insert(field.id.to_owned(), fact);
        }
        record
    }

    fn unknown_key(&mut self, key: &str, at: LineColumn, fields: &'static [Field]) {
        let problem = Problem::new(text!("没有“{key}”这个键", "unknown key “{key}”"));
        let help = match nearest(key, fields.iter().flat_map(Field::names)) {
            Some(near) => text!("是不是“{near}”？", "did you mean “{near}”?"),
            None => {
                // Whoever guesses in English is told the ids.
                let shown = |f: &Field| if key.is_ascii() { f.id } else { f.key };
                let all = fields.iter().map(shown).collect::<Vec<_>>().join("、");
                if self.open {
                    text!(
                        "这里可用的键：{all}；其他事实写在“补充”下",
                        "keys that may stand here: {all}; put other facts under 补充"
                    )
                } else {
                    text!("这里可用的键：{all}", "keys that may stand here: {all}")
                }
            }
        };
        self.problem(at, problem.help(help));
    }

    fn value(&mut self, node: &Node, kind: Kind, field: &'static Field) -> Fact {
        if let yaml::Value::Empty = node.value {
            return self.fact(node.at, Value::Blank(String::new()));
        }
        let value = match (kind, &node.value) {
            (Kind::Record(fields), yaml::Value::Map(_)) => Value::Record(self.record(node, fields)),
            // `任务: [抓好垃圾治理]`: the name alone, for a record whose first field is its name.
            (Kind::Record(fields), yaml::Value::Scalar(words)) if goes_by_name(fields) => {
                if self.is_glued(node.at, words, fields) {
                    return self.fact(node.at, Value::Blank(words.clone()));
                }
                let name = self.value(node, fields[0].kind, &fields[0]);
                if name.value.is_missing() {
                    return name;
                }
                Value::Record(Record::from([(fields[0].id.to_owned(), name)]))
            }
            (Kind::List(item), yaml::Value::List(nodes)) => {
                Value::List(nodes.iter().map(|n| self.value(n, *item, field)).collect())
            }
            (Kind::List(item), _) => Value::List(vec![self.value(node, *item, field)]),
            // Two lines where one sentence is asked for are a sentence of two halves.
            (Kind::Words, yaml::Value::List(nodes)) if self.open && nodes.iter().all(is_line) => {
                let lines = nodes.iter().filter_map(|n| match &n.value {
                    yaml::Value::Scalar(words) => Some(words.trim().trim_end_matches(CLOSE)),
                    _ => None,
                });
                let lines: Vec<&str> = lines.filter(|words| !is_blank_value(words)).collect();
                let joined = lines.join(if names_units(field) { "、" } else { "；" });
                return self.scalar(node.at, &joined, kind, field);
            }
            (Kind::Open, _) => self.open(node),
            (Kind::Figure, yaml::Value::Map(_)) => self.figure(node),
            (
                Kind::Words | Kind::Figure | Kind::Date | Kind::Choice(_) | Kind::Flag,
                yaml::Value::Scalar(words),
            ) => {
                return self.scalar(node.at, words, kind, field);
            }
            _ => {
                let (what, key) = (expected(kind), field.key);
                let problem = Problem::new(Text::new(
                    format!("“{key}”应是{}", what.zh),
                    format!("“{key}” should be {}", what.en),
                ));
                let problem = if field.example.is_empty() {
                    problem
                } else {
                    let example = field.example;
                    problem.help(text!("例如：{key}: {example}", "for example: {key}: {example}"))
                };
                self.problem(node.at, problem);
                Value::Blank(String::new())
            }
        };
        self.fact(node.at, value)
    }

    /// Tells of `- 名称:清渠`, a line that was to be a record: without a blank behind the colon it is
    /// a name with a colon in it.
    fn is_glued(&mut self, at: LineColumn, words: &str, fields: &'static [Field]) -> bool {
        let Some((key, value)) = words.split_once([':', '：']) else { return false };
        let (key, value) = (key.trim(), value.trim());
        if !self.open || called(fields, key).is_none() || value.is_empty() {
            return false;
        }
        let problem = Problem::new(text!("“{key}”的冒号后面没有空格", "no blank after the colon of “{key}”"))
            .help(text!(
                "写成“{key}: {value}”，冒号用半角，后加一个空格",
                "write `{key}: {value}`, a plain colon and a blank"
            ));
        self.problem(at, problem);
        true
    }

    fn scalar(&mut self, at: LineColumn, words: &str, kind: Kind, field: &'static Field) -> Fact {
        let words = words.trim();
        let key = field.key;
        if words.chars().any(|c| is_mark(c) || matches!(c, '\0'..='\u{8}')) {
            let problem = Problem::new(text!("“{key}”里有不可见的控制字符", "control characters in “{key}”"))
                .help(Text::fixed("删掉重新输入", "delete and type it again"));
            self.problem(at, problem);
            return self.fact(at, Value::Blank(String::new()));
        }
        if is_blank_value(words) {
            let note = Problem::new(text!(
                "“{key}”写的是“{words}”，按缺失处理",
                "“{key}” says “{words}”, which counts as missing"
            ))
            .at(self.place(at));
            self.notes.push(note);
            return self.fact(at, Value::Blank(words.to_owned()));
        }
        let value = match kind {
            Kind::Figure => Value::Figure(plain_figure(words)),
            Kind::Date => match when::date(words) {
                Some(date) => Value::Date(date),
                // Printed as it is written: nobody knows the day yet.
                None if self.open && when::is_time(words) => Value::Words(words.to_owned()),
                None => {
                    let help = if self.open {
                        Text::fixed(
                            "写成 2026-03-05、2026年3月5日；日子没定的写 9月底前、年底",
                            "write 2026-03-05 or 2026年3月5日; where the day is not known, 9月底前 or 年底",
                        )
                    } else {
                        Text::fixed("写成 2026-03-05 或 2026年3月5日", "write 2026-03-05 or 2026年3月5日")
                    };
                    let problem = Problem::new(text!("“{words}”不是日期", "“{words}” is not a date"));
                    self.problem(at, problem.help(help));
                    Value::Blank(words.to_owned())
                }
            },
            // Which level is meant may hang on the locality's name, and is settled with the rest.
            Kind::Choice(choices) if choices == LEVELS && level_named(words, None).is_some() => {
                Value::Words(words.to_owned())
            }
            Kind::Choice(choices) if !choices.contains(&words) => {
                let all = choices.join("、");
                let near = choices.iter().filter(|c| words.ends_with(**c)).max_by_key(|c| c.len());
                let problem = Problem::new(text!("“{key}”不能是“{words}”", "“{key}” cannot be “{words}”"))
                    .help(match near {
                        Some(near) => text!(
                            "是不是“{near}”？从这些里选一个：{all}",
                            "did you mean “{near}”? Choose one of: {all}"
                        ),
                        None => text!("从这些里选一个：{all}", "choose one of: {all}"),
                    });
                self.problem(at, problem);
                Value::Blank(words.to_owned())
            }
            Kind::Flag => match words {
                "是" | "已核" | "true" | "yes" | "真" => Value::Flag(true),
                "否" | "未核" | "false" | "no" | "假" => Value::Flag(false),
                _ => {
                    let problem = Problem::new(text!("“{key}”应是“是”或“否”", "“{key}” should be 是 or 否"));
                    self.problem(at, problem);
                    Value::Blank(words.to_owned())
                }
            },
            _ => Value::Words(words.to_owned()),
        };
        self.fact(at, value)
    }

    fn figure(&mut self, node: &Node) -> Value {
        let mut parts = self.record(node, FIGURE);
        let mut take = |id: &str| match parts.shift_remove(id).map(|f| f.value) {
            Some(Value::Words(words)) => words,
            _ => String::new(),
        };
        let value = take("value");
        let unit = take("unit");
        if value.is_empty() {
            return Value::Blank(String::new());
        }
        let Figure { value, unit: written, .. } = plain_figure(&value);
        // `值: 86.4亿元` with `单位: 亿元` beside it says the unit twice and means it once.
        let unit = if written.is_empty() { unit } else { written };
        Value::Figure(Figure { value, unit, parts })
    }

    /// Keys of one's own: any shape, kept as words.
    fn open(&mut self, node: &Node) -> Value {
        match &node.value {
            yaml::Value::Empty => Value::Blank(String::new()),
            yaml::Value::Scalar(words) if is_blank_value(words) => Value::Blank(words.clone()),
            yaml::Value::Scalar(words) => Value::Words(words.trim().to_owned()),
            yaml::Value::List(nodes) => Value::List(
                nodes
                    .iter()
                    .map(|n| {
                        let value = self.open(n);
                        self.fact(n.at, value)
                    })
                    .collect(),
            ),
            yaml::Value::Map(entries) => {
                let mut record = Record::new();
                for entry in entries {
                    let value = self.open(&entry.value);
                    let fact = self.fact(entry.value.at, value);
                    if record.insert(entry.key.clone(), fact).is_some() {
                        let key = &entry.key;
                        self.problem(
                            entry.key_at,
                            Problem::new(text!("键“{key}”重复", "key “{key}” is given twice"))
                                .help(Text::fixed("只留一处", "keep one of them")),
                        );
                    }
                }
                Value::Record(record)
            }
        }
    }
}

/// What closes a line that is put together with others.
const CLOSE: &[char] = &['。', '；', '，', ';', ','];

/// Whether an item of a list is words alone.
fn is_line(node: &Node) -> bool {
    matches!(node.value, yaml::Value::Scalar(_) | yaml::Value::Empty)
}

/// Splits `86.4亿元` into digits and unit; words that begin with no digit are all value.
pub(crate) fn plain_figure(words: &str) -> Figure {
    let digits = words
        .find(|c: char| !matches!(c, '0'..='9' | '０'..='９' | '.' | ',' | '-' | '−'))
        .unwrap_or(words.len());
    if digits == 0 {
        return Figure { value: words.to_owned(), ..Figure::default() };
    }
    let (value, unit) = words.split_at(digits);
    Figure { value: value.to_owned(), unit: unit.trim_start().to_owned(), ..Figure::default() }
}

fn expected(kind: Kind) -> Text {
    match kind {
        Kind::Words => Text::fixed("一段文字", "words"),
        Kind::Figure => Text::fixed("一个数值（可带单位）", "a figure, with its unit"),
        Kind::Date => Text::fixed("日期", "a date"),
        Kind::Choice(_) => Text::fixed("几个固定词之一", "one of a few words"),
        Kind::Flag => Text::fixed("“是”或“否”", "是 or 否"),
        Kind::Record(_) | Kind::Open => Text::fixed("一组“键: 值”", "a group of `key: value` lines"),
        Kind::List(_) => Text::fixed("一个列表", "a list"),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn load_does_as_its_example_says() {
        use crate::model::facts::load;
        let facts = load("facts.yaml", "地区:\n  名称: 云岭县\n  人口: 31.60万人\n").unwrap();
        assert_eq!(facts.text("locality.population").unwrap(), "31.60万人");
    }
}
