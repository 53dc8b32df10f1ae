//! Which key of a table stands at a place of a YAML text, which fact a name of a skeleton means, which
//! phrases there are.
//!
//! A text that is being typed is mostly no YAML, so the keys above a line are read off its indentation.
//! Keys within braces are found where the text can be parsed.

use std::ops::Range;
use std::sync::Arc;

use super::desk::{Kind, Open};
use crate::app::library::library;
use crate::app::{Office, settings};
use crate::base::Lang;
use crate::base::yaml::{Node, Value, parse};
use crate::draft::lint::all_phrases;
use crate::draft::phrase::Phrase;
use crate::model::facts::table::{FACTS, Field, called};

/// The table of the keys at the top of a text of this kind.
pub(super) fn top(kind: Kind) -> &'static [Field] {
    match kind {
        Kind::Settings => settings::KEYS,
        _ => FACTS,
    }
}

/// The key at a byte, with its bytes.
pub(super) fn key_at(open: &Open, byte: usize) -> Option<(Range<usize>, &'static Field)> {
    let fields = top(open.kind);
    if let Some(root) = parse(&open.text, &|_| false).root {
        return in_tree(open, &root, fields, byte);
    }
    let (start, line) = open.line_at(byte);
    let (indent, key) = key_of(line)?;
    let range = start + indent..start + indent + key.len();
    let fields = below(open, start, indent)?;
    let field = called(fields, key)?;
    range.contains(&byte).then_some((range, field))
}

fn in_tree(
    open: &Open,
    node: &Node,
    fields: &'static [Field],
    byte: usize,
) -> Option<(Range<usize>, &'static Field)> {
    match &node.value {
        Value::List(items) => items.iter().find_map(|item| in_tree(open, item, fields, byte)),
        Value::Map(entries) => entries.iter().find_map(|entry| {
            let field = called(fields, &entry.key)?;
            let line = open.lines.line(&open.text, entry.key_at.line);
            let before: usize = line.chars().take(entry.key_at.column as usize - 1).map(char::len_utf8).sum();
            let line_start = open.lines.byte_of(
                &open.text,
                entry.key_at.line as usize - 1,
                0,
                crate::base::lines::Units::Utf8,
            );
            let start = line_start + before;
            let range = start..start + entry.key.len();
            // A key in quotes is another text than it says.
            if range.contains(&byte) && open.text.get(range.clone()) == Some(&entry.key) {
                return Some((range, field));
            }
            in_tree(open, &entry.value, field.kind.fields(), byte)
        }),
        _ => None,
    }
}

/// The fields that may stand at this indentation of the line that begins at `start`; `None` if the keys
/// above it are unknown.
pub(super) fn below(open: &Open, start: usize, indent: usize) -> Option<&'static [Field]> {
    let mut keys = Vec::new();
    let mut least = indent;
    for line in open.text[..start].lines().rev() {
        if least == 0 {
            break;
        }
        let Some((at, key)) = key_of(line) else { continue };
        if at < least {
            keys.push(key);
            least = at;
        }
    }
    keys.iter().rev().try_fold(top(open.kind), |fields, key| Some(called(fields, key)?.kind.fields()))
}

/// The key of a line and the byte where it begins, behind the dash of an item.
pub(super) fn key_of(line: &str) -> Option<(usize, &str)> {
    let body = line.trim_start_matches([' ', '-']);
    let indent = line.len() - body.len();
    let (key, _) = body.split_once([':', '：'])?;
    let key = key.trim_end();
    (!key.is_empty() && !key.starts_with('#')).then_some((indent, key))
}

/// The path of the table that a name in a skeleton means: the item of a loop is that of its list.
pub(super) fn meant(before: &str, name: &str) -> String {
    let (first, rest) = name.split_at(name.find(['.', '[']).unwrap_or(name.len()));
    let mut loops = Vec::new();
    for part in before.split("{%").skip(1) {
        let words: Vec<&str> =
            part.split("%}").next().unwrap_or_default().trim_matches(['-', ' ']).split_whitespace().collect();
        match words.as_slice() {
            ["for", item, "in", list, ..] => loops.push((*item, *list)),
            ["endfor", ..] => drop(loops.pop()),
            _ => {}
        }
    }
    match loops.iter().rposition(|(item, _)| *item == first) {
        Some(at) => {
            let list = loops[at].1.split('|').next().unwrap_or_default();
            // The list may itself be of an item of an outer loop.
            let outer = before.rfind(&format!("for {first} in")).map_or("", |at| &before[..at]);
            format!("{}[]{rest}", if list.starts_with(first) { list.to_owned() } else { meant(outer, list) })
        }
        None => name.to_owned(),
    }
}

/// A key: what it means, what else it may be called, and an example.
pub(super) fn page(field: &Field, lang: Lang) -> String {
    let names: Vec<_> = field.names().collect();
    let mut page =
        format!("**{}** `{}`\n\n{}\n", names[0], names[1..].join("` `"), field.label.in_lang(lang));
    if !field.example.is_empty() {
        page.push_str(&format!("\n{}`{}`\n", lang.either("例：", "e.g. "), field.example));
    }
    page
}

/// Whether the id of a phrase begins at a byte: `phrase(id="`.
pub(super) fn phrase_at(open: &Open, byte: usize) -> bool {
    let before = open.text[..byte].trim_end_matches(['"', '\'']);
    let quoted = before.len() < byte;
    let before = before.trim_end().strip_suffix('=').map(str::trim_end).and_then(|b| b.strip_suffix("id"));
    quoted
        && before.is_some_and(|b| {
            b.trim_end().ends_with('(') && b.trim_end_matches(['(', ' ']).ends_with("phrase")
        })
}

/// All phrases of the library; none if it cannot be read, which is told where it is used.
pub(super) fn phrases(office: &Office) -> Vec<Arc<Phrase>> {
    library(office).and_then(|library| all_phrases(&library)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{below, key_of, meant};
    use crate::lsp::desk::{Kind, Open};

    fn ids(text: &str, indent: usize) -> Vec<&'static str> {
        let mut open = Open::new("file:///f.yaml".to_owned(), "yaml", 1, text.to_owned());
        open.kind = Kind::Facts;
        below(&open, text.len(), indent).into_iter().flatten().map(|field| field.id).collect()
    }

    #[test]
    fn the_keys_above_are_read_off_the_indentation() {
        assert!(ids("", 0).contains(&"meeting"));
        assert!(ids("地区: {名称: 云岭县}\n会议:\n  名称: 会\n", 2).contains(&"place"));
        assert!(ids("任务:\n- 名称: 清淤\n", 2).contains(&"owner"));
        assert!(ids("任务:\n  - 名称: 清淤\n    牵头单位: 水利局\n", 4).contains(&"due"));
        assert!(ids("meeting:\n  name: x\n", 2).contains(&"place"));
        assert!(ids("任务:\n- 名称: 清淤\n", 0).contains(&"meeting"));
        assert!(ids("不认识的:\n  甲: 乙\n", 2).is_empty());
        assert_eq!(key_of("  - 名称： 清淤"), Some((4, "名称")));
    }

    #[test]
    fn the_item_of_a_loop_is_that_of_its_list() {
        let before = "{% for task in tasks %}{{ task.name }}{% for one in task.steps %}";
        assert_eq!(meant(before, "task.owner"), "tasks[].owner");
        assert_eq!(meant(before, "one"), "tasks[].steps[]");
        assert_eq!(meant("{% for a in tasks %}{% endfor %}", "a.x"), "a.x");
        assert_eq!(meant("", "meeting.place"), "meeting.place");
    }
}
