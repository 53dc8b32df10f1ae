//! The tree of a YAML text, by the parser's own account; `build/trees.rs` shares this file.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::{DuplicateKeyPolicy, Spanned};

use super::LineColumn;

/// One value of a YAML document and where it starts.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Line and column of the value's first character.
    pub at: LineColumn,
    /// The value.
    pub value: Value,
}

/// What a [`Node`] holds. There are no numbers and no booleans: `5.60`, `0123` and `否` are what
/// was written, and whoever knows what a field means reads them.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing after the key, or `~`.
    Empty,
    /// A scalar, exactly as written, without its quotes.
    Scalar(String),
    /// A sequence.
    List(Vec<Node>),
    /// A mapping in the file's order; keys may repeat, and whoever reads them says so.
    Map(Vec<Entry>),
}

/// A key and its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key as written.
    pub key: String,
    /// Where the key starts.
    pub key_at: LineColumn,
    /// The value.
    pub value: Node,
}

/// Values of one document, which take some 300 MB.
const NODES: usize = 2_000_000;

/// The tree of one document.
pub(super) fn of(text: &str) -> Result<Node, serde_yaml::Error> {
    let options = serde_yaml::options! {
        with_snippet: false,
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        duplicate_keys: DuplicateKeyPolicy::PassThrough,
        // Far more than a province has rows; what aliases make of little is bounded apart from that.
        budget: serde_yaml::budget! { max_nodes: NODES, max_events: 4 * NODES },
    };
    let raw = serde_yaml::from_str_with_options::<Spanned<Raw>>(text, options)?;
    Ok(Reading { text }.node(raw))
}

pub(super) fn position(at: serde_yaml::Location) -> LineColumn {
    let clamp = |n: u64| u32::try_from(n.max(1)).unwrap_or(u32::MAX);
    LineColumn { line: clamp(at.line()), column: clamp(at.column()) }
}

/// What the parser hands over, before scalars are read back from the text.
enum Raw {
    /// A scalar that YAML takes for a number, a boolean or null: read back from its span.
    Typed,
    Scalar(String),
    List(Vec<Spanned<Raw>>),
    Map(Vec<(Spanned<String>, Spanned<Raw>)>),
}

struct Reading<'t> {
    text: &'t str,
}

impl Reading<'_> {
    fn node(&self, raw: Spanned<Raw>) -> Node {
        let at = position(raw.referenced);
        let value = match raw.value {
            Raw::Typed => {
                let span = raw.defined.span();
                let written = span
                    .byte_offset()
                    .zip(span.byte_len())
                    .and_then(|(from, len)| {
                        let from = usize::try_from(from).ok()?;
                        self.text.get(from..from + usize::try_from(len).ok()?)
                    })
                    .unwrap_or_default()
                    .trim();
                match written {
                    "" | "~" | "null" | "Null" | "NULL" => Value::Empty,
                    other => Value::Scalar(other.to_owned()),
                }
            }
            Raw::Scalar(s) => Value::Scalar(s),
            Raw::List(items) => Value::List(items.into_iter().map(|i| self.node(i)).collect()),
            Raw::Map(entries) => Value::Map(
                entries
                    .into_iter()
                    .map(|(key, value)| Entry {
                        key_at: position(key.referenced),
                        key: key.value,
                        value: self.node(value),
                    })
                    .collect(),
            ),
        };
        Node { at, value }
    }
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a scalar, a list or a mapping")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Raw, E> {
        Ok(Raw::Typed)
    }
    fn visit_i64<E>(self, _: i64) -> Result<Raw, E> {
        Ok(Raw::Typed)
    }
    fn visit_u64<E>(self, _: u64) -> Result<Raw, E> {
        Ok(Raw::Typed)
    }
    fn visit_i128<E>(self, _: i128) -> Result<Raw, E> {
        Ok(Raw::Typed)
    }
    fn visit_u128<E>(self, _: u128) -> Result<Raw, E> {
        Ok(Raw::Typed)
    }
    fn visit_f64<E>(self, _: f64) -> Result<Raw, E> {
        Ok(Raw::Typed)
    }
    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Typed)
    }
    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Typed)
    }
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Raw, D::Error> {
        deserializer.deserialize_any(Self)
    }
    fn visit_str<E>(self, s: &str) -> Result<Raw, E> {
        Ok(Raw::Scalar(s.to_owned()))
    }
    fn visit_string<E>(self, s: String) -> Result<Raw, E> {
        Ok(Raw::Scalar(s))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Raw, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Raw::List(items))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Raw, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Raw::Map(entries))
    }
}
