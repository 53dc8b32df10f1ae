//! What a paragraph of an .odt is by its style: its name, those that it comes from, their outline level.

use std::collections::HashMap;

use crate::model::{BlockKind, Kind};
use crate::office::xml::{Element, Token, each};
use crate::read::docx::styles::numbered;

struct Style {
    shown: String,
    parent: Option<String>,
    outline: Option<u8>,
}

/// The paragraph styles of a document, by name.
#[derive(Default)]
pub struct Styles(HashMap<String, Style>);

impl Styles {
    /// Takes in the styles of a part.
    pub fn read(&mut self, xml: &str) {
        // Of a damaged part as much counts as can be read.
        let _ = each(xml, |token, _| {
            if let Token::Start(e) = token
                && e.name() == "style"
                && e.attribute("family").as_deref() == Some("paragraph")
                && let Some(name) = e.attribute("name")
            {
                let shown = e.attribute("display-name").unwrap_or_else(|| plain(&name));
                let outline = level(e, "default-outline-level");
                self.0.insert(name, Style { shown, parent: e.attribute("parent-style-name"), outline });
            }
        });
    }

    /// What a paragraph of this style is, if the style tells.
    pub fn kind(&self, name: Option<&str>) -> Option<BlockKind> {
        /// Styles one after the other; more are a circle.
        const LONGEST_CHAIN: usize = 32;
        let mut next = name;
        for _ in 0..LONGEST_CHAIN {
            let name = next?;
            let Some(style) = self.0.get(name) else { return by_name(&plain(name)) };
            let told = by_name(&style.shown).or_else(|| style.outline.map(BlockKind::Heading));
            if told.is_some() {
                return told;
            }
            next = style.parent.as_deref();
        }
        None
    }
}

/// An outline level, from 1.
pub fn level(element: Element<'_>, attribute: &str) -> Option<u8> {
    element.attribute(attribute).and_then(|v| v.parse().ok()).filter(|level| (1..=9).contains(level))
}

/// A name as people see it: `Heading_20_1` is Heading 1.
fn plain(name: &str) -> String {
    name.replace("_20_", " ")
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
