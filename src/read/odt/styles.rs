//! What a paragraph of an .odt is by its style: its name, those that it comes from, their outline level.

use crate::model::{BlockKind, Kind};
use crate::office::odf::styles::{Styles, plain};
use crate::read::docx::styles::{Role, numbered};

/// What a style gives its paragraphs, if it tells.
pub fn role(styles: &Styles, name: Option<&str>) -> Role {
    let told = |(name, style): (&str, Option<&crate::office::odf::styles::Style>)| match style {
        Some(style) => by_name(&style.shown).or_else(|| style.outline.map(BlockKind::Heading)),
        None => by_name(&plain(name)),
    };
    Role { kind: styles.chain(name).find_map(told), numbered: false }
}

fn by_name(name: &str) -> Option<BlockKind> {
    let name = name.trim().to_lowercase();
    let numbered = |word: &str| numbered(&name, word);
    if let Some(level) = numbered("heading").or_else(|| numbered("标题")) {
        return Some(BlockKind::Heading(level));
    }
    // A table of contents repeats the headings; as headings they would count twice.
    let contents = ["contents", "toc", "目录", "内容目录"];
    if contents.iter().any(|word| numbered(word).is_some()) {
        return Some(BlockKind::Item);
    }
    Kind::of_style(&name).map(|kind| kind.kind)
}
