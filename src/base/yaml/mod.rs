//! YAML in which every key and value knows its line and column, and figures stay as written.
//!
//! `serde_yaml` here is `serde-saphyr` under the name that the project's users asked for: the
//! original is archived, lets the last of two equal keys win in silence, and tells no positions.
//!
//! A clerk's file is parsed into a plain tree of [`Node`]s. Three mistakes that a Chinese input
//! method invites are valid YAML with another meaning, so no parser objects: a full-width colon
//! after a key, an indentation of full-width spaces, and tabs. They are found line by line
//! beforehand, mended in memory so that the rest of the file can still be read, and reported
//! together with whatever else is wrong. So are slips on which a parser breaks off ([`slips`]).

mod packed;
mod slips;
mod tree;

use std::sync::Arc;

use serde_yaml::budget::BudgetBreach as Breach;
use tree::position;

pub use packed::unpack;
pub use tree::{Entry, Node, Value};

use super::{Place, Problem, Text, lines::LineColumn};
use crate::text;

/// A tree that could be read, and what is wrong with its text all the same.
#[derive(Debug)]
pub struct Parsed {
    /// The tree; `None` if the text is no YAML at all.
    pub root: Option<Node>,
    /// What is wrong, with the position of each.
    pub faults: Vec<(LineColumn, Problem)>,
}

/// Reads one YAML document. An empty text gives an empty node.
///
/// `is_key` tells which words are keys in this kind of file: only after one of them is a
/// full-width colon taken for a mistake.
#[must_use]
pub fn parse(source: &str, is_key: &dyn Fn(&str) -> bool) -> Parsed {
    let (mended, mut faults) = mend(source, is_key);
    let mended = mended.as_deref().unwrap_or(source);
    let slips = slips::find(mended, is_key);
    faults.extend(slips.silent);
    let text = slips.heard.as_deref().unwrap_or(mended);
    let root = match tree::of(text) {
        Ok(root) => Some(root),
        Err(_) if text.trim().is_empty() => Some(Node { at: START, value: Value::Empty }),
        Err(error) => {
            faults.extend(slips.breaking);
            match slips.whole.as_deref().map(tree::of) {
                Some(Ok(root)) => Some(root),
                // What the parser says of a text with slips in it is mostly their echo.
                _ if !faults.is_empty() => None,
                _ => {
                    faults.push(explain(&error));
                    None
                }
            }
        }
    };
    faults.sort_by_key(|(at, _)| *at);
    Parsed { root, faults }
}

/// Reads the YAML of a named file, as [`parse`]: the tree, if it is YAML at all, and what is wrong
/// with its text, each at its place.
#[must_use]
pub fn read(file: &Arc<str>, source: &str, is_key: &dyn Fn(&str) -> bool) -> (Option<Node>, Vec<Problem>) {
    let Parsed { root, faults } = parse(source, is_key);
    let problems = faults.into_iter().map(|(at, problem)| problem.at(Place::line(file, at)));
    (root, problems.collect())
}

/// The tree that the build has packed of a file of the library, or else what the text says now.
#[must_use]
pub fn unpack_or_read(packed: Option<&[u8]>, file: &Arc<str>, source: &str) -> (Option<Node>, Vec<Problem>) {
    match packed {
        Some(packed) => (Some(unpack(packed, source)), Vec::new()),
        None => read(file, source, &|_| false),
    }
}

const START: LineColumn = LineColumn { line: 1, column: 1 };

/// The parser's error in the words of the desk. Whoever reads English is given the library's own text
/// as well, since its kinds are many and some name a token that helps.
fn explain(error: &serde_yaml::Error) -> (LineColumn, Problem) {
    use serde_yaml::Error as E;
    let at = error.location().map_or(START, position);
    let mut error = error.without_snippet();
    while let E::AliasError { error: inner, .. } = error {
        error = inner.without_snippet();
    }
    let problem = match error {
        E::Budget { breach: Breach::Nodes { .. } | Breach::Events { .. }, .. } => Problem::new(Text::fixed(
            "内容太多（超过二百万个值），已停止读取",
            "too much (over two million values); reading stopped",
        ))
        .help(Text::fixed("分成几个文件", "split it into several files")),
        E::AliasReplayLimitExceeded { .. }
        | E::AliasExpansionLimitExceeded { .. }
        | E::AliasReplayStackDepthExceeded { .. }
        | E::Budget { .. } => Problem::new(Text::fixed(
            "引用（&、*）或层级太多，展开后过大，已停止读取",
            "aliases (&, *) or nesting expand too far; reading stopped",
        ))
        .help(Text::fixed("把引用的内容直接写出来", "write out what the aliases stand for")),
        E::MultipleDocuments { .. } => Problem::new(Text::fixed(
            "一个文件里有多份 YAML（以 --- 分隔）",
            "the file holds several YAML documents (separated by ---)",
        ))
        .help(Text::fixed("分成几个文件，或去掉 ---", "split it into several files, or remove ---")),
        other => {
            let detail = other.to_string();
            let detail = detail.lines().next().unwrap_or_default();
            let unclosed = detail.contains("unclosed");
            Problem::new(Text::new(
                if unclosed { "这里的括号没有合上" } else { "读到这里读不下去：这一行或上一行的写法不对" },
                format!("not valid YAML: {detail}"),
            ))
            .help(Text::fixed(
                "看看这一行和上一行：同一组的键要对齐；引号、括号要成对；值里有冒号、#、@、方括号时用引号括起来",
                "check quotes, colons and indentation of this line and the one above; quote values that contain a colon, #, @ or brackets",
            ))
        }
    };
    (at, problem)
}

/// The text with the input-method mistakes mended, if there were any, and each of them.
fn mend(source: &str, is_key: &dyn Fn(&str) -> bool) -> (Option<String>, Vec<(LineColumn, Problem)>) {
    if !source.contains(['：', '　', '\t']) {
        return (None, Vec::new());
    }
    let mut mender = Mender {
        is_key,
        out: String::with_capacity(source.len()),
        faults: Vec::new(),
        number: 0,
        block: None,
        last: (0, false),
    };
    for line in source.split_inclusive('\n') {
        mender.number += 1;
        mender.line(line);
    }
    let Mender { out, faults, .. } = mender;
    if faults.is_empty() { (None, faults) } else { (Some(out), faults) }
}

/// A text while it is mended, line by line.
struct Mender<'k> {
    is_key: &'k dyn Fn(&str) -> bool,
    out: String,
    faults: Vec<(LineColumn, Problem)>,
    /// The present line, from 1.
    number: u32,
    /// Indentation of the key whose block scalar (| or >) is running: its lines are prose.
    block: Option<usize>,
    /// Indentation of the last line, and whether it opens a group.
    last: (usize, bool),
}

impl Mender<'_> {
    fn line(&mut self, line: &str) {
        let spaces = line.chars().take_while(|&c| c == ' ').count();
        if self.block.is_some_and(|b| spaces > b || line.trim().is_empty()) {
            self.out.push_str(line);
            return;
        }
        self.block = None;
        let (lead, rest) =
            line.split_at(line.find(|c| !matches!(c, ' ' | '　' | '\t')).unwrap_or(line.len()));
        self.indentation(lead, rest);
        // How deep such a line was meant to stand cannot be measured; most likely as deep as the
        // line before, or one level below it where that line opens a group.
        let (above, opens) = self.last;
        let indent = if lead.len() == spaces { spaces } else { above + if opens { 2 } else { 0 } };
        self.out.extend(std::iter::repeat_n(' ', indent));
        if !rest.trim().is_empty() && !rest.starts_with('#') {
            self.last = (indent, rest.trim_end().ends_with([':', '：']));
        }
        self.colon(line, rest);
        if opens_block(rest.trim_end()) {
            self.block = Some(indent);
        }
    }

    /// Tells of an indentation with other signs than spaces.
    fn indentation(&mut self, lead: &str, rest: &str) {
        let other = lead.chars().position(|c| c != ' ').filter(|_| !rest.trim().is_empty());
        let Some(other) = other else { return };
        let what = if lead.contains('　') {
            Text::fixed("缩进用了全角空格", "indentation with full-width spaces")
        } else {
            Text::fixed("缩进用了制表符（Tab）", "indentation with a tab")
        };
        let help = Text::fixed("改用半角空格，每级两个", "use plain spaces, two for each level");
        self.fault(other + 1, Problem::new(what).help(help));
    }

    /// Writes what follows the indentation, with a plain colon behind its key.
    fn colon(&mut self, line: &str, rest: &str) {
        let key_part = rest.strip_prefix("- ").map_or(rest, str::trim_start);
        match key_part.split_once('：') {
            Some((key, value)) if !key.contains([':', '#', '"', '\'']) && (self.is_key)(key.trim_end()) => {
                let colon = value.len() + '：'.len_utf8();
                let column = line[..line.len() - colon].chars().count() + 1;
                self.fault(
                    column,
                    Problem::new(text!("“{key}”后面用了全角冒号", "full-width colon after “{key}”")).help(
                        text!("改成半角冒号加空格：{key}: …", "use a plain colon and a space: {key}: …"),
                    ),
                );
                self.out.push_str(&rest[..rest.len() - colon]);
                self.out.push_str(": ");
                self.out.push_str(value);
            }
            _ => self.out.push_str(rest),
        }
    }

    fn fault(&mut self, column: usize, problem: Problem) {
        let column = u32::try_from(column).unwrap_or(1);
        self.faults.push((LineColumn { line: self.number, column }, problem));
    }
}

/// Whether the lines below this one are prose: `正文: |`.
fn opens_block(code: &str) -> bool {
    let sign = code.rsplit(':').next().unwrap_or_default();
    matches!(sign.trim(), "|" | ">" | "|-" | ">-" | "|+" | ">+")
}

#[cfg(test)]
mod tests {
    use super::{Node, Value, parse};

    fn read(source: &str) -> Node {
        let parsed = parse(source, &|key| key == "名称");
        assert!(parsed.faults.is_empty(), "{:?}", parsed.faults);
        parsed.root.unwrap()
    }

    fn scalars(node: &Node, out: &mut Vec<(u32, u32, String)>) {
        match &node.value {
            Value::Scalar(s) => out.push((node.at.line, node.at.column, s.clone())),
            Value::List(items) => items.iter().for_each(|n| scalars(n, out)),
            Value::Map(entries) => entries.iter().for_each(|e| scalars(&e.value, out)),
            Value::Empty => out.push((node.at.line, node.at.column, String::new())),
        }
    }

    #[test]
    fn figures_and_words_stay_exactly_as_written() {
        let node = read(
            "a: 5.60 # 注\nb: 0123\nc: 否\nd: [1_000, 1e3, true]\ne: '十二'\nf:\ng: ~\nh: 12:30\ni: 12345678901234567890123\nj: 12%\nk: 2026-03-05\n",
        );
        let mut found = Vec::new();
        scalars(&node, &mut found);
        let values: Vec<_> = found.iter().map(|(_, _, s)| s.as_str()).collect();
        assert_eq!(
            values,
            [
                "5.60",
                "0123",
                "否",
                "1_000",
                "1e3",
                "true",
                "十二",
                "",
                "",
                "12:30",
                "12345678901234567890123",
                "12%",
                "2026-03-05"
            ]
        );
        assert_eq!((found[0].0, found[0].1), (1, 4));
    }

    #[test]
    fn an_alias_gives_the_figure_that_it_points_to() {
        let node = read("a: &n 5.60\nb: *n\n");
        let mut found = Vec::new();
        scalars(&node, &mut found);
        assert_eq!(found[1].2, "5.60");
        assert_eq!(found[1].0, 2);
    }

    #[test]
    fn input_method_slips_are_named_and_the_rest_is_still_read() {
        let source = "会议:\n　名称：推进会\n\t地点: 三楼\n";
        let parsed = parse(source, &|key| key == "名称");
        let at: Vec<_> = parsed.faults.iter().map(|(p, _)| (p.line, p.column)).collect();
        assert_eq!(at, [(2, 1), (2, 4), (3, 1)]);
    }

    #[test]
    fn a_full_width_colon_inside_prose_is_left_alone() {
        let node = read("名称: 要求：三点\n说明: |\n  名称：这是正文\n");
        let Value::Map(entries) = node.value else { panic!() };
        assert_eq!(entries.len(), 2);
    }

    #[test]
    fn an_empty_file_is_an_empty_node() {
        assert_eq!(read("").value, Value::Empty);
        assert_eq!(read("# 只有注释\n").value, Value::Empty);
    }

    #[test]
    fn a_long_list_is_no_bomb() {
        let long = "- {a: 1, b: 2, c: 3, d: 4, e: 5}\n".repeat(50_000);
        let Value::List(items) = read(&long).value else { panic!("no list") };
        assert_eq!(items.len(), 50_000);
    }

    #[test]
    fn an_alias_bomb_is_refused() {
        let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for i in 1..9 {
            let p = i - 1;
            bomb += &format!("a{i}: &a{i} [*a{p}, *a{p}, *a{p}, *a{p}, *a{p}, *a{p}, *a{p}, *a{p}, *a{p}]\n");
        }
        let parsed = parse(&bomb, &|_| false);
        assert!(parsed.root.is_none());
        assert!(parsed.faults[0].1.what.zh.contains("引用"));
    }
}
