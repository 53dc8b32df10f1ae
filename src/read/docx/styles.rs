//! What a paragraph is by its style.
//!
//! A style says so by its outline level or by its name, itself or through a style that it is based
//! on. Names are Word's own (stored in English whatever the language of the program), their
//! Chinese translations as WPS and templates write them, and the trade's words for the parts of a
//! document (称谓、署名), which this program's writer uses as well.

use std::collections::HashMap;

use crate::model::{BlockKind, Kind};
use crate::office::xml::{Token, each, is_on};

/// What a style gives its paragraphs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Role {
    /// What the block is, if the style tells.
    pub kind: Option<BlockKind>,
    /// Whether the word processor numbers it.
    pub numbered: bool,
}

/// A paragraph style as a file defines it.
#[derive(Default)]
pub struct Style {
    /// Its name.
    pub name: String,
    /// The id of the one that it is based on.
    pub based_on: Option<String>,
    /// Its outline level, from 0.
    pub outline: Option<u8>,
    /// Whether it asks for, or refuses, automatic numbering.
    pub numbered: Option<bool>,
}

/// The paragraph styles of a document, by id.
#[derive(Default)]
pub struct Styles {
    roles: HashMap<String, Role>,
    default: Role,
}

impl Styles {
    /// Reads `styles.xml` as far as it is well formed; an empty text gives no styles.
    pub fn read(xml: &str) -> Self {
        let mut styles: HashMap<String, Style> = HashMap::new();
        let mut default = None;
        let mut current: Option<(String, Style)> = None;
        // Of a damaged part as much counts as can be read.
        let _ = each(xml, |token, _| match token {
            Token::Start(e) if e.name() == "style" => {
                let id = e.attribute("styleId").unwrap_or_default();
                let paragraph = e.attribute("type").is_none_or(|t| t == "paragraph");
                if paragraph && e.attribute("default").is_some_and(|d| is_on(Some(&d))) {
                    default = Some(id.clone());
                }
                current = paragraph.then(|| (id, Style::default()));
            }
            Token::Start(e) => {
                let Some((_, style)) = &mut current else { return };
                let value = || e.attribute("val");
                match e.name() {
                    "name" => style.name = value().unwrap_or_default(),
                    "basedOn" => style.based_on = value(),
                    "outlineLvl" => style.outline = value().and_then(|v| v.parse().ok()),
                    "numId" => style.numbered = Some(value().is_some_and(|v| v != "0")),
                    _ => {}
                }
            }
            Token::End("style") => styles.extend(current.take()),
            _ => {}
        });
        Self::of(&styles, default.as_deref())
    }

    /// Those of another format, by id, and the one of a paragraph that names none.
    pub fn of(styles: &HashMap<String, Style>, default: Option<&str>) -> Self {
        let roles: HashMap<_, _> = styles.keys().map(|id| (id.clone(), role(id, styles))).collect();
        let default = default.and_then(|id| roles.get(id).copied()).unwrap_or_default();
        Self { roles, default }
    }

    /// The role of a style id. Without one it is the default style's; of an id that the document
    /// does not define, it is what the id itself says (`Heading1`).
    pub fn role(&self, id: Option<&str>) -> Role {
        match id {
            None => self.default,
            Some(id) => self
                .roles
                .get(id)
                .copied()
                .unwrap_or_else(|| Role { kind: kind_of_name(id), numbered: false }),
        }
    }
}

/// The first style of the chain that tells decides; a chain longer than a person would build is a
/// circle.
fn role(id: &str, styles: &HashMap<String, Style>) -> Role {
    const LONGEST_CHAIN: usize = 32;
    let mut role = Role::default();
    let (mut kind_known, mut numbering_known) = (false, false);
    let mut next = Some(id);
    for _ in 0..LONGEST_CHAIN {
        let Some(style) = next.and_then(|id| styles.get(id)) else { break };
        if !kind_known {
            role.kind = kind_of_name(&style.name).or_else(|| style.outline.and_then(kind_of_outline));
            kind_known = role.kind.is_some() || style.outline.is_some();
        }
        if !numbering_known && let Some(numbered) = style.numbered {
            role.numbered = numbered;
            numbering_known = true;
        }
        next = style.based_on.as_deref();
    }
    role
}

/// The heading of an outline level, which counts from 0; level 9 is body text.
pub fn kind_of_outline(level: u8) -> Option<BlockKind> {
    (level < 9).then(|| BlockKind::Heading(level + 1))
}

fn kind_of_name(name: &str) -> Option<BlockKind> {
    let name = name.trim().to_lowercase();
    let numbered = |word: &str| {
        let level: u8 = name.strip_prefix(word)?.trim().parse().ok()?;
        (1..=9).contains(&level).then_some(level)
    };
    if let Some(level) = numbered("heading").or_else(|| numbered("标题")) {
        return Some(BlockKind::Heading(level));
    }
    // A table of contents repeats the headings; as headings they would count twice.
    if numbered("toc").or_else(|| numbered("目录")).is_some() {
        return Some(BlockKind::Item);
    }
    let listed = name.starts_with("list bullet") || name.starts_with("list number");
    Kind::of_style(&name).map(|kind| kind.kind).or_else(|| listed.then_some(BlockKind::Item))
}
