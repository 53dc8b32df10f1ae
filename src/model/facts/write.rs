//! Facts → YAML, as a clerk would have written it, each value with where it came from.
//!
//! What is written here reads back as the same facts: digits and units as they stood, quotes only
//! where YAML or the input-method check would take a value for something else. Keys left empty are
//! not written; whoever wants them named asks [`Facts::leaves`].

use std::fmt::Write;

use super::load::plain_figure;
use super::table::{FACTS, FIGURE, Field, Kind};
use super::{Fact, Facts, Figure, Record, Value};
use crate::base::Place;

/// The facts as a YAML file without its head. `source` gives the words of the comment behind a
/// value, if it is to have one.
#[must_use]
pub fn to_yaml(facts: &Facts, source: &dyn Fn(&Place) -> Option<String>) -> String {
    let mut writer = Writer { out: String::new(), source };
    writer.record(&facts.root, FACTS, 0, true);
    writer.out
}

struct Writer<'a> {
    out: String,
    source: &'a dyn Fn(&Place) -> Option<String>,
}

/// Whether there is nothing in a value that a line could be written of.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Blank(words) => words.is_empty(),
        Value::List(items) => items.iter().all(|f| is_empty(&f.value)),
        Value::Record(record) => record.values().all(|f| is_empty(&f.value)),
        _ => false,
    }
}

impl Writer<'_> {
    /// The keys of a record, one a line. Unless `fresh`, the first line is begun already, by `- `.
    fn record(&mut self, record: &Record, fields: &[Field], depth: usize, mut fresh: bool) {
        for (id, fact) in record.iter().filter(|(_, f)| !is_empty(&f.value)) {
            if fresh {
                self.indent(depth);
            }
            fresh = true;
            let field = fields.iter().find(|f| f.id == id);
            self.out.push_str(&scalar(field.map_or(id, |f| f.key)));
            self.out.push(':');
            self.value(fact, field.map_or(Kind::Open, |f| f.kind), depth);
        }
    }

    fn indent(&mut self, depth: usize) {
        self.out.extend(std::iter::repeat_n("  ", depth));
    }

    /// A value behind `key:` of a line at `depth`.
    fn value(&mut self, fact: &Fact, kind: Kind, depth: usize) {
        match &fact.value {
            Value::Record(record) => {
                self.out.push('\n');
                self.record(record, kind.fields(), depth + 1, true);
            }
            Value::List(items) => {
                let item_kind = if let Kind::List(item) = kind { *item } else { Kind::Open };
                let items: Vec<_> = items.iter().filter(|f| !is_empty(&f.value)).collect();
                // Items out of one cell share its place: it is said once, behind the key.
                let shared =
                    items.len() > 1 && items.iter().all(|f| line(&f.value).is_some() && f.at == items[0].at);
                if shared {
                    self.comment(&items[0].at);
                }
                self.out.push('\n');
                for item in items {
                    self.indent(depth);
                    self.item(item, item_kind, depth, shared);
                }
            }
            Value::Figure(figure) if line(&fact.value).is_none() => {
                self.out.push('\n');
                self.figure(figure, &fact.at, depth + 1, true);
            }
            value => {
                self.out.push(' ');
                self.out.push_str(&line(value).unwrap_or_default());
                self.comment(&fact.at);
                self.out.push('\n');
            }
        }
    }

    fn item(&mut self, item: &Fact, kind: Kind, depth: usize, shared: bool) {
        self.out.push_str("- ");
        match &item.value {
            Value::Record(record) => self.record(record, kind.fields(), depth + 1, false),
            // A list in a list, as one's own keys may have it, needs a line of its own.
            Value::List(items) => {
                self.out.truncate(self.out.len() - 1);
                self.out.push('\n');
                let inner = if let Kind::List(inner) = kind { *inner } else { Kind::Open };
                for item in items.iter().filter(|f| !is_empty(&f.value)) {
                    self.indent(depth + 1);
                    self.item(item, inner, depth + 1, false);
                }
            }
            Value::Figure(figure) if line(&item.value).is_none() => {
                self.figure(figure, &item.at, depth + 1, false);
            }
            value => {
                self.out.push_str(&line(value).unwrap_or_default());
                if !shared {
                    self.comment(&item.at);
                }
                self.out.push('\n');
            }
        }
    }

    /// A figure with its parts.
    fn figure(&mut self, figure: &Figure, at: &Place, depth: usize, fresh: bool) {
        let key = |id: &str| FIGURE.iter().find(|f| f.id == id).map_or("", |f| f.key);
        if fresh {
            self.indent(depth);
        }
        let _ = write!(self.out, "{}: {}", key("value"), scalar(&figure.value));
        self.comment(at);
        self.out.push('\n');
        if !figure.unit.is_empty() {
            self.indent(depth);
            let _ = writeln!(self.out, "{}: {}", key("unit"), scalar(&figure.unit));
        }
        self.record(&figure.parts, FIGURE, depth, true);
    }

    fn comment(&mut self, at: &Place) {
        if let Some(words) = (self.source)(at) {
            let _ = write!(self.out, "  # {}", words.replace(['\n', '\r'], " "));
        }
    }
}

/// A value that fits behind its key on one line.
fn line(value: &Value) -> Option<String> {
    match value {
        Value::Words(words) | Value::Blank(words) => Some(scalar(words)),
        Value::Date(day) => Some(day.iso()),
        Value::Flag(yes) => Some(if *yes { "是" } else { "否" }.to_owned()),
        Value::Figure(figure) => {
            let text = figure.text();
            let same = plain_figure(&text) == Figure { parts: Record::new(), ..figure.clone() };
            (same && figure.parts.is_empty()).then(|| scalar(&text))
        }
        Value::List(_) | Value::Record(_) => None,
    }
}

/// Words as a YAML scalar: plain where nothing in them means something else.
#[must_use]
pub fn scalar(words: &str) -> String {
    const LEADS: &[char] = &[
        '-', '?', ':', ',', '[', ']', '{', '}', '#', '&', '*', '!', '|', '>', '\'', '"', '%', '@', '`', '=',
        '<', '~', '.',
    ];
    let plain = !words.is_empty()
        && !words.starts_with(LEADS)
        && words.trim() == words
        && !words.ends_with(':')
        && !words.contains([':', '#', '：', '　'])
        && !words.chars().any(char::is_control)
        && !words.contains('\u{FEFF}')
        && !matches!(words.to_ascii_lowercase().as_str(), "null" | "nan");
    if plain {
        return words.to_owned();
    }
    let mut out = String::from("\"");
    for c in words.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}') => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::to_yaml;
    use crate::model::facts::{Fact, Facts, Record, Value, load};
    use proptest::prelude::*;

    /// Every value that is not empty, without its place.
    fn said(facts: &Facts) -> Vec<(String, String)> {
        let shown = |fact: &Fact| match &fact.value {
            Value::Figure(f) => {
                let parts: Vec<_> =
                    f.parts.iter().map(|(id, part)| format!("{id}={:?}", part.value)).collect();
                format!("{}|{}|{}", f.value, f.unit, parts.join(","))
            }
            other => format!("{other:?}"),
        };
        let all = facts.leaves().into_iter().filter(|(_, f)| f.value != Value::Blank(String::new()));
        all.map(|(path, fact)| (path, shown(fact))).collect()
    }

    #[test]
    fn what_is_written_reads_back() {
        let source = "地区: {名称: 云岭县, 人口: 31.60万人, 乡镇: [甲镇, 乙镇]}\n会议: {日期: 2026-03, 目的: \"一：二 # 三\\n四\"}\n任务:\n- {名称: 抓好甲, 内容: [\"- 一\", \"“二”：三\"]}\n- 抓好乙\n目标: [{名称: 普及率, 目标值: {值: 92, 单位: '%', 来源: 县统计局, 已核: 是}}]\n补充: {自己的键: [一, {二: 三}, [四, 五]], 空的: }\n";
        let facts = load("a.yaml", source).unwrap();
        let yaml = to_yaml(&facts, &|at| Some(at.label().zh.into_owned()));
        insta::assert_snapshot!(yaml);
        assert_eq!(said(&load("b.yaml", &yaml).unwrap()), said(&facts));
    }

    proptest! {
        #[test]
        fn any_words_survive(words in "[\\PC\n\t：#:\"'\\\\\\-\u{3000} ]{1,24}") {
            prop_assume!(!words.chars().any(|c| matches!(c, '\u{FDD0}'..='\u{FDEF}')));
            let trimmed = words.trim();
            prop_assume!(!crate::base::blank::is_blank_value(trimmed));
            let at = crate::base::Place::Program;
            let fact = Fact { value: Value::Words(trimmed.to_owned()), at: at.clone(), overrides: Vec::new() };
            let meeting = Fact { value: Value::Record(Record::from([("purpose".to_owned(), fact)])), at, overrides: Vec::new() };
            let facts = Facts { root: Record::from([("meeting".to_owned(), meeting)]), notes: Vec::new() };
            let yaml = to_yaml(&facts, &|_| Some("来源".to_owned()));
            let again = load("a.yaml", &yaml);
            prop_assert!(again.is_ok(), "{yaml}\n{again:?}");
            prop_assert_eq!(again.unwrap().text("meeting.purpose"), Some(trimmed.to_owned()));
        }
    }

    #[test]
    fn to_yaml_does_as_its_example_says() {
        use crate::model::facts::{load, write::to_yaml};
        let facts =
            load("a.yaml", "地区: {名称: 云岭县, 面积: {值: 5.60, 单位: 平方公里, 来源: 县志}}").unwrap();
        let yaml = to_yaml(&facts, &|at| Some(at.label().zh.into_owned()));
        assert_eq!(
            yaml,
            "地区:\n  名称: 云岭县  # a.yaml:1:10\n  面积:\n    值: 5.60  # a.yaml:1:19\n    单位: 平方公里\n    来源: 县志  # a.yaml:1:43\n"
        );
    }
}
