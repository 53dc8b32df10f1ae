//! The YAML of the library's files, read and packed: phrases, topic packs, the front matter of
//! skeletons. `src/base/yaml/packed.rs` has the layout; a test reads every file both ways.

use std::fmt::Write;

#[path = "../src/base/yaml/tree.rs"]
mod tree;

use tree::{Node, Value};

/// As in `src/base/lines.rs`, which needs more than a build has.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LineColumn {
    pub line: u32,
    pub column: u32,
}

/// A table of the trees in Rust, sorted by the names of the files.
pub fn table(mut files: Vec<(String, String)>) -> String {
    files.sort();
    let mut out = String::from("static TREES: &[(&str, &[u8])] = &[\n");
    for (name, text) in files {
        let yaml = if name.ends_with(".tera") { front(&name, &text) } else { &text };
        let tree = tree::of(yaml).unwrap_or_else(|error| panic!("{name}: {error}"));
        let mut packing = Packing { text: yaml, out: Vec::new() };
        packing.node(&tree);
        let bytes: String = packing.out.iter().map(|byte| format!("\\x{byte:02x}")).collect();
        writeln!(out, "({name:?}, b\"{bytes}\"),").expect("a string takes all that is written");
    }
    out + "];\n"
}

/// The front matter of a skeleton, from behind the signs that open it.
fn front<'t>(name: &str, text: &'t str) -> &'t str {
    let rest = text.strip_prefix("---").unwrap_or_else(|| panic!("{name}: no front matter"));
    let end = rest.find("\n---\n").unwrap_or_else(|| panic!("{name}: the front matter does not end"));
    &rest[..=end]
}

struct Packing<'t> {
    text: &'t str,
    out: Vec<u8>,
}

impl Packing<'_> {
    fn node(&mut self, node: &Node) {
        let kind = match node.value {
            Value::Empty => 0,
            Value::Scalar(_) => 1,
            Value::List(_) => 2,
            Value::Map(_) => 3,
        };
        self.number(kind);
        self.position(node.at);
        match &node.value {
            Value::Empty => {}
            Value::Scalar(words) => self.words(node.at, words),
            Value::List(nodes) => {
                self.number(nodes.len());
                nodes.iter().for_each(|node| self.node(node));
            }
            Value::Map(entries) => {
                self.number(entries.len());
                for entry in entries {
                    self.position(entry.key_at);
                    self.words(entry.key_at, &entry.key);
                    self.node(&entry.value);
                }
            }
        }
    }

    fn position(&mut self, at: LineColumn) {
        self.number(at.line as usize);
        self.number(at.column as usize);
    }

    fn words(&mut self, at: LineColumn, words: &str) {
        let start = self.byte_of(at);
        // Behind a quotation mark, if there is one.
        match [start, start + 1]
            .into_iter()
            .find(|&start| self.text.get(start..).is_some_and(|rest| rest.starts_with(words)))
        {
            Some(start) => {
                self.number(words.len() << 1);
                self.number(start);
            }
            None => {
                self.number(words.len() << 1 | 1);
                self.out.extend_from_slice(words.as_bytes());
            }
        }
    }

    fn byte_of(&self, at: LineColumn) -> usize {
        let before = self.text.split_inclusive('\n').take(at.line as usize - 1).map(str::len).sum();
        let line: &str = &self.text[before..];
        before + line.chars().take(at.column as usize - 1).map(char::len_utf8).sum::<usize>()
    }

    fn number(&mut self, mut number: usize) {
        while number >= 0x80 {
            self.out.push((number & 0x7F) as u8 | 0x80);
            number >>= 7;
        }
        self.out.push(number as u8);
    }
}
