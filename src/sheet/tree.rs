//! Values by their paths, while they are gathered from cells in any order.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::key::Step;
use crate::base::{
    lines::LineColumn,
    yaml::{Entry, Node, Value as Yaml},
};
use crate::office::book::Spot;

/// Values as they are put together, before the loader judges them.
#[derive(Default)]
pub struct Tree {
    /// Where it is, as an index of the table of places.
    pub at: u32,
    /// What stands there itself.
    pub leaf: Option<Leaf>,
    /// What stands below, by ids and keys of one's own.
    pub keys: IndexMap<String, Tree>,
    /// Items of a list.
    pub items: BTreeMap<usize, Tree>,
}

/// What a cell gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leaf {
    /// A single value.
    One(String),
    /// The items of a list.
    Several(Vec<String>),
    /// Nothing: the cell is there to be filled in.
    Blank,
}

impl Tree {
    /// The tree at a path below this one, made where it is not there yet.
    pub fn below(&mut self, steps: &[Step]) -> &mut Self {
        let mut tree = self;
        for step in steps {
            tree = match step {
                Step::Key(key) => tree.keys.entry(key.clone()).or_default(),
                Step::Item(index) => tree.items.entry(*index).or_default(),
            };
        }
        tree
    }

    /// The tree as the loader of facts takes it: lines of positions are indices of `places`, keys
    /// stand in the order in which the workbook states them.
    pub fn into_node(self, places: &[Spot]) -> Node {
        node(self, places)
    }
}

fn node(tree: Tree, places: &[Spot]) -> Node {
    let at = LineColumn { line: tree.at, column: 1 };
    let scalar = |words: String| Node { at, value: Yaml::Scalar(words) };
    let entries = |keys: IndexMap<String, Tree>| {
        let mut entries: Vec<Entry> = keys
            .into_iter()
            .map(|(key, below)| {
                let value = node(below, places);
                Entry { key, key_at: value.at, value }
            })
            .collect();
        entries.sort_by_key(|e| places.get(e.key_at.line as usize).copied());
        entries
    };
    let value = match tree.leaf {
        _ if !tree.items.is_empty() => Yaml::List(
            tree.items
                .into_values()
                .map(|item| node(item, places))
                .filter(|n| n.value != Yaml::Empty)
                .collect(),
        ),
        Some(Leaf::One(words)) if !tree.keys.is_empty() => {
            // A figure with its parts.
            let value = Entry { key: "value".to_owned(), key_at: at, value: scalar(words) };
            Yaml::Map(std::iter::once(value).chain(entries(tree.keys)).collect())
        }
        Some(Leaf::One(words)) => Yaml::Scalar(words),
        Some(Leaf::Several(items)) => Yaml::List(items.into_iter().map(scalar).collect()),
        Some(Leaf::Blank) | None if tree.keys.is_empty() => Yaml::Empty,
        _ => Yaml::Map(entries(tree.keys)),
    };
    // A group is where its first value is.
    let at = match &value {
        Yaml::Map(entries) if tree.at == 0 => entries.first().map_or(at, |e| e.value.at),
        Yaml::List(items) if tree.at == 0 => items.first().map_or(at, |i| i.at),
        _ => at,
    };
    Node { at, value }
}
