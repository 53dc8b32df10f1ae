//! The front matter of a skeleton: what it is called, and which facts and sections it declares.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::mention::{Mentions, whole};
use super::phrase::{BOTH, both, field};
use crate::base::{Error, Place, Problem, Result, Text, yaml};
use crate::model::facts::{
    self, Record, Value, check_record, path,
    table::{Field, Kind},
};
use crate::text;

/// One fact that a skeleton declares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// The pattern, such as `meeting.place` or `tasks[].owner`.
    pub fact: String,
    /// What the document uses it for.
    pub purpose: Text,
    /// Lines of the skeleton that use it, from 1.
    pub lines: Vec<u32>,
}

/// A part of a document that may be left out or stand elsewhere (章节): from its `@section` line to
/// the next one or `@end`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its id, after `@section`.
    pub id: String,
    /// What a clerk calls it: 意义, significance.
    pub title: Text,
    /// It is written where one of these facts is given; always if there are none.
    pub when: Vec<String>,
    /// Its lines in the skeleton's file, from 1; the end is exclusive.
    pub lines: Range<u32>,
}

static FRONT: &[Field] = &[
    field("id", Kind::Words, "编号", "id"),
    field("title", Kind::Record(BOTH), "名称", "title"),
    field("family", Kind::Words, "类别", "family"),
    field("about", Kind::Record(BOTH), "用途", "what it is for"),
    field("from", Kind::Words, "出自", "the text whose words it keeps"),
    field("sections", Kind::List(&Kind::Record(SECTION)), "各部分", "sections"),
    field("needs", Kind::List(&Kind::Record(NEED)), "必需的事实", "needed facts"),
    field("optional", Kind::List(&Kind::Record(NEED)), "可选的事实", "optional facts"),
    field("example", Kind::Record(facts::table::FACTS), "示例事实", "example facts"),
];

static SECTION: &[Field] = &[
    field("id", Kind::Words, "编号", "id"),
    field("title", Kind::Record(BOTH), "名称", "title"),
    field("when", Kind::List(&Kind::Words), "有这些事实之一才写", "only with one of these facts"),
];

static NEED: &[Field] =
    &[field("fact", Kind::Words, "事实", "fact"), field("for", Kind::Record(BOTH), "用处", "what for")];

/// The front matter and the line (from 1) on which the body starts.
pub(super) struct Front {
    pub record: Record,
    pub body_line: u32,
}

/// Splits a skeleton's file into front matter and body. `packed` is the front matter's tree, where the
/// build has read it.
///
/// # Errors
/// If there is no front matter, or it is not what [`FRONT`] says.
pub(super) fn front<'s>(file: &Arc<str>, source: &'s str, packed: Option<&[u8]>) -> Result<(Front, &'s str)> {
    let no_front = || {
        Error::from(
            Problem::new(Text::fixed("模板开头没有说明部分", "the skeleton has no front matter"))
                .at(Place::Line { file: Arc::clone(file), line: 1, column: 1 })
                .help(Text::fixed(
                    "模板以一行 --- 开头，写明 id、title、needs 等，再以一行 --- 结束",
                    "start it with a line of ---, give id, title, needs and so on, and end that part with a line of ---",
                )),
        )
    };
    let rest = source.strip_prefix("---").and_then(|s| s.strip_prefix("\r\n").or(s.strip_prefix('\n')));
    let rest = rest.ok_or_else(no_front)?;
    let (end, after) = rest
        .match_indices("\n---")
        .find_map(|(at, _)| {
            let tail = &rest[at + 4..];
            let tail = tail.strip_prefix('\r').unwrap_or(tail);
            tail.strip_prefix('\n').map(|body| (at + 1, body))
        })
        .ok_or_else(no_front)?;
    // With the line end of the opening ---, so that positions are those of the file.
    let yaml_text = &source["---".len()..source.len() - rest.len() + end];
    let (root, mut problems) = yaml::unpack_or_read(packed, file, yaml_text);
    let record = match root {
        Some(mut node) => {
            name_facts(&mut node);
            check_record(file, &node, FRONT, &mut problems)
        }
        None => Record::new(),
    };
    let body_line =
        u32::try_from(source[..source.len() - after.len()].matches('\n').count() + 1).unwrap_or(1);
    Error::unless_empty(problems, (Front { record, body_line }, after))
}

/// A fact may be declared by its path alone; what it is used for is then what the table says of it.
fn name_facts(front: &mut yaml::Node) {
    let yaml::Value::Map(entries) = &mut front.value else { return };
    for entry in entries.iter_mut().filter(|e| matches!(&*e.key, "needs" | "optional")) {
        let yaml::Value::List(items) = &mut entry.value.value else { continue };
        for item in items.iter_mut().filter(|i| matches!(i.value, yaml::Value::Scalar(_))) {
            let at = item.at;
            let value = yaml::Node { at, value: std::mem::replace(&mut item.value, yaml::Value::Empty) };
            item.value = yaml::Value::Map(vec![yaml::Entry { key: "fact".to_owned(), key_at: at, value }]);
        }
    }
}

/// A section that waits for a fact that nobody can give would never be written.
fn no_facts(when: &[String], section: &Record, id: &Arc<str>) -> Vec<Problem> {
    let unknown = when.iter().filter(|fact| !fact.starts_with("more.") && path::field(fact).is_none());
    let at = || section.get("when").map_or_else(|| Place::File(Arc::clone(id)), |f| f.at.clone());
    let told = |fact: &String| {
        Problem::new(text!("when 里的“{fact}”不是事实", "“{fact}” under `when` is no fact")).at(at()).help(
            Text::fixed(
                "用 wengao facts schema 查看可用的事实",
                "`wengao facts schema` shows the facts there are",
            ),
        )
    };
    unknown.map(told).collect()
}

/// The declared sections with their lines in the body. A section without its `@section` line, and
/// the other way round, is a problem.
pub(super) fn sections(
    record: &Record,
    body: &str,
    first: u32,
    id: &Arc<str>,
    problems: &mut Vec<Problem>,
) -> Vec<Section> {
    let mut out: Vec<Section> = Vec::new();
    if let Some(Value::List(items)) = record.get("sections").map(|f| &f.value) {
        for item in items {
            let Value::Record(section) = &item.value else { continue };
            let when: Vec<String> = match section.get("when").map(|f| &f.value) {
                Some(Value::List(facts)) => facts.iter().filter_map(|f| f.value.text()).collect(),
                _ => Vec::new(),
            };
            problems.extend(no_facts(&when, section, id));
            let id = section.get("id").and_then(|f| f.value.text()).unwrap_or_default();
            out.push(Section { id, title: both(section, "title"), when, lines: 0..0 });
        }
    }
    let mut open: Option<usize> = None;
    for (line, text) in (first..).zip(body.lines()) {
        let start = text.strip_prefix("@section ").map(str::trim);
        if start.is_none() && text.trim_end() != "@end" {
            continue;
        }
        if let Some(open) = open.take() {
            out[open].lines.end = line;
        }
        if let Some(name) = start {
            open = out.iter().position(|s| s.id == name && s.lines.is_empty());
            match open {
                Some(open) => out[open].lines = line..line + 1,
                None => problems.push(
                    Problem::new(text!(
                        "“{name}”这一部分没有在说明部分的 sections 里列出，或写了两次",
                        "the section “{name}” is not listed under `sections` in the front matter, or stands there twice"
                    ))
                    .at(Place::Line { file: Arc::clone(id), line, column: 1 }),
                ),
            }
        }
    }
    if let Some(open) = open {
        out[open].lines.end = u32::MAX;
    }
    for section in out.iter().filter(|s| s.lines.is_empty()) {
        let name = &section.id;
        problems.push(
            Problem::new(text!(
                "正文里没有“@section {name}”这一行",
                "the body has no line “@section {name}”"
            ))
            .at(Place::File(Arc::clone(id))),
        );
    }
    out
}

/// The facts that are declared under `key`, each with its lines.
pub(super) fn declared(
    record: &Record,
    key: &str,
    lines_of: &HashMap<&str, Vec<u32>>,
    problems: &mut Vec<Problem>,
) -> Vec<Need> {
    let Some(Value::List(items)) = record.get(key).map(|f| &f.value) else { return Vec::new() };
    let mut needs = Vec::new();
    for item in items {
        let Value::Record(need) = &item.value else { continue };
        let fact = need.get("fact").and_then(|f| f.value.text()).unwrap_or_default();
        if path::field(&fact).is_none() && !fact.starts_with("more.") {
            let what = text!("事实表里没有“{fact}”", "the facts table has no “{fact}”");
            let problem = Problem::new(what).at(item.at.clone());
            problems.push(match path::meant(&fact) {
                Some(near) => problem.help(text!("是不是“{near}”？", "did you mean “{near}”?")),
                None => problem,
            });
        }
        let purpose = if need.contains_key("for") { both(need, "for") } else { meaning(&fact) };
        let lines = lines_of.get(whole(&fact)).cloned().unwrap_or_default();
        needs.push(Need { fact, purpose, lines });
    }
    needs
}

/// The facts that a skeleton mentions beyond these, each with its lines.
pub(super) fn found(
    mentions: &Mentions<'_>,
    lines_of: &HashMap<&str, Vec<u32>>,
    known: &[Need],
) -> Vec<Need> {
    let known: Vec<&str> = known.iter().map(|n| n.fact.as_str()).collect();
    let need = |fact: String| {
        // A name that only its list was mentioned for stands where the list does.
        let list = fact.rsplit_once('.').map_or("", |(list, _)| whole(list));
        let lines = lines_of.get(whole(&fact)).or_else(|| lines_of.get(list)).cloned().unwrap_or_default();
        Need { purpose: meaning(&fact), lines, fact }
    };
    mentions.undeclared(&known).into_iter().map(need).collect()
}

/// What the facts table says that a fact is.
fn meaning(fact: &str) -> Text {
    match path::field(fact) {
        Some(field) => field.label.clone(),
        None => Text::new(fact.trim_start_matches("more.").to_owned(), fact.to_owned()),
    }
}

/// The example facts of a skeleton's file, as they stand in its front matter, comments included;
/// empty if it has none.
#[must_use]
pub fn example(source: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for line in source.lines().skip(1).take_while(|l| *l != "---") {
        if inside {
            if !line.is_empty() && !line.starts_with(' ') && !line.starts_with('#') {
                break;
            }
            out.push_str(line.strip_prefix("  ").unwrap_or(line));
            out.push('\n');
        }
        inside |= line.trim_end() == "example:";
    }
    out
}

#[cfg(test)]
mod tests {
    use super::example;

    #[test]
    fn the_example_comes_out_as_a_file_of_its_own() {
        let source =
            "---\nid: a\nexample:\n  地区: {名称: 云岭县}\n  # 注\n  会议:\n    名称: 推进会\n---\n正文";
        assert_eq!(example(source), "地区: {名称: 云岭县}\n# 注\n会议:\n  名称: 推进会\n");
    }
}
