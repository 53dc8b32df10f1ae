//! What a paragraph is by its style.
//!
//! A style says so by its outline level or by its name, itself or through a style that it is based
//! on. Names are Word's own (stored in English whatever the language of the program), their
//! Chinese translations as WPS and templates write them, and the trade's words for the parts of a
//! document (称谓、署名), which this program's writer uses as well.

use crate::model::{BlockKind, Kind};
use crate::office::look::sheet::{Sheet, Style};

/// What a style gives its paragraphs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Role {
    /// What the block is, if the style tells.
    pub kind: Option<BlockKind>,
    /// Whether the word processor numbers it.
    pub numbered: bool,
}

/// What the paragraph styles of a document give, by their rows in its [`Sheet`].
pub struct Styles<'s> {
    sheet: &'s Sheet,
    roles: Vec<Option<Role>>,
    default: Role,
}

impl<'s> Styles<'s> {
    /// The roles of all paragraph styles.
    pub fn of(sheet: &'s Sheet) -> Self {
        let of = |(row, style): (usize, &Style)| style.of_paragraphs.then(|| role(row, sheet));
        let roles: Vec<_> = sheet.styles.iter().enumerate().map(of).collect();
        let default = sheet.default.and_then(|row| *roles.get(row)?).unwrap_or_default();
        Self { sheet, roles, default }
    }

    /// The role of a style id. Without one it is the default style's; of an id that the document
    /// does not define, it is what the id itself says (`Heading1`).
    pub fn role(&self, id: Option<&str>) -> Role {
        match id {
            None => self.default,
            Some(id) => self
                .sheet
                .row(id)
                .and_then(|row| *self.roles.get(row)?)
                .unwrap_or_else(|| Role { kind: kind_of_name(id), numbered: false }),
        }
    }
}

/// The first style of the chain that tells decides.
fn role(row: usize, sheet: &Sheet) -> Role {
    let mut role = Role::default();
    let (mut kind_known, mut numbering_known) = (false, false);
    for (_, style) in sheet.chain(row).take_while(|(_, style)| style.of_paragraphs) {
        if !kind_known {
            role.kind = kind_of_name(&style.name).or_else(|| style.outline.and_then(kind_of_outline));
            kind_known = role.kind.is_some() || style.outline.is_some();
        }
        if !numbering_known && let Some(numbered) = style.numbered {
            role.numbered = numbered;
            numbering_known = true;
        }
        if kind_known && numbering_known {
            break;
        }
    }
    role
}

/// The heading of an outline level, which counts from 0; level 9 is body text.
pub fn kind_of_outline(level: u8) -> Option<BlockKind> {
    (level < 9).then(|| BlockKind::Heading(level + 1))
}

/// The level that a style's name says behind a word: 2 of heading 2.
pub fn numbered(name: &str, word: &str) -> Option<u8> {
    let level: u8 = name.strip_prefix(word)?.trim().parse().ok()?;
    (1..=9).contains(&level).then_some(level)
}

fn kind_of_name(name: &str) -> Option<BlockKind> {
    let name = name.trim().to_lowercase();
    let numbered = |word: &str| numbered(&name, word);
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
