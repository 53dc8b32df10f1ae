//! How long it takes to read a paper aloud (朗读时长), told at each of its parts.

use std::collections::BTreeMap;

use crate::base::han::is_han;
use crate::base::{Result, Text};
use crate::model::settings::Fonts;
use crate::model::{BlockKind, Manuscript};
use crate::office::document::{open_whole, unsafe_change};
use crate::text;
use crate::write::docx::styles::fonts;

/// Characters (字) that are read in a minute. Speeches are mostly read at 200 to 220.
pub const A_MINUTE: usize = 210;

/// The style of letters by which the program knows what it put in.
pub const STYLE: &str = "WengaoMinutes";

/// What is put in before and behind the words.
const OPEN: &str = r#"<w:r><w:rPr><w:rStyle w:val="WengaoMinutes"/></w:rPr><w:t>"#;
const CLOSE: &str = "</w:t></w:r>";

/// That style as an element.
pub fn style(names: Fonts) -> String {
    let font = fonts(names.kai());
    format!(
        r#"<w:style w:type="character" w:customStyle="1" w:styleId="{STYLE}"><w:name w:val="朗读时长"/><w:rPr>{font}<w:b w:val="0"/><w:sz w:val="28"/><w:szCs w:val="28"/></w:rPr></w:style>"#
    )
}

/// A part of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its heading; nothing for what stands before the first one.
    pub heading: Option<String>,
    /// Characters that are read.
    pub characters: usize,
}

impl Part {
    /// Minutes, halves counted as whole.
    #[must_use]
    pub const fn minutes(&self) -> usize {
        let minutes = (self.characters + A_MINUTE / 2) / A_MINUTE;
        if minutes == 0 { 1 } else { minutes }
    }
}

/// The parts of a paper by its headings of the first level; titles and tables are not read out.
#[must_use]
pub fn parts(manuscript: &Manuscript) -> Vec<Part> {
    let mut parts = vec![Part { heading: None, characters: 0 }];
    for block in manuscript.blocks() {
        let words = manuscript.block_text(block).trim();
        let read = match block.kind {
            BlockKind::Heading(1) => {
                parts.push(Part { heading: Some(words.to_owned()), characters: 0 });
                true
            }
            BlockKind::Heading(_)
            | BlockKind::Salutation
            | BlockKind::Body
            | BlockKind::Item
            | BlockKind::Quotation => true,
            _ => false,
        };
        if let Some(part) = parts.last_mut().filter(|_| read) {
            part.characters += words.chars().filter(|c| is_han(*c) || c.is_ascii_alphanumeric()).count();
        }
    }
    parts.retain(|part| part.characters > 0);
    parts
}

/// What is told of them.
#[must_use]
pub fn told(parts: &[Part]) -> Vec<Text> {
    let all: usize = parts.iter().map(|part| part.characters).sum();
    let minutes = Part { heading: None, characters: all }.minutes();
    let mut said = vec![text!(
        "朗读约{minutes}分钟：{all}字，按每分钟{A_MINUTE}字（一般200至220字）",
        "about {minutes} minutes to read out: {all} characters at {A_MINUTE} a minute (200 to 220 are usual)"
    )];
    // A salutation is no part.
    for part in parts.iter().filter(|part| part.heading.is_some() || part.characters * 2 > A_MINUTE) {
        let (minutes, characters) = (part.minutes(), part.characters);
        said.push(match &part.heading {
            Some(heading) => text!(
                "  {heading}：约{minutes}分钟（{characters}字）",
                "  {heading}: about {minutes} min ({characters} characters)"
            ),
            None => text!(
                "  开头：约{minutes}分钟（{characters}字）",
                "  the beginning: about {minutes} min ({characters} characters)"
            ),
        });
    }
    said
}

/// The document without the minutes that the program put in before.
///
/// # Errors
/// If it is damaged.
pub fn without(bytes: &[u8]) -> Result<Vec<u8>> {
    let (mut package, main, part) = open_whole(bytes)?;
    if !part.text.contains(OPEN) {
        return Ok(bytes.to_vec());
    }
    let mut out = String::with_capacity(part.text.len());
    let mut rest = part.text.as_str();
    while let Some(at) = rest.find(OPEN) {
        let (before, inside) = rest.split_at(at);
        out.push_str(before);
        let end = inside.find(CLOSE).ok_or_else(unsafe_change)?;
        rest = &inside[end + CLOSE.len()..];
    }
    out.push_str(rest);
    package.with(BTreeMap::from([(main, part.encoding.encode(&out))]))
}

/// The document with the minutes of each part behind its heading; paragraphs of `style` are headings.
///
/// # Errors
/// If it is damaged.
pub fn put(bytes: &[u8], style: &str, parts: &[Part]) -> Result<Vec<u8>> {
    let (mut package, main, part) = open_whole(bytes)?;
    let mark = format!(r#"<w:pStyle w:val="{style}"/>"#);
    let mut minutes = parts.iter().filter(|part| part.heading.is_some()).map(Part::minutes);
    let mut out = String::with_capacity(part.text.len());
    let mut rest = part.text.as_str();
    while let Some(at) = rest.find(&mark) {
        let Some(end) = rest[at..].find("</w:p>").map(|end| at + end) else { break };
        out.push_str(&rest[..end]);
        if let Some(minutes) = minutes.next() {
            out.push_str(&format!("{OPEN}（约{minutes}分钟）{CLOSE}"));
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    package.with(BTreeMap::from([(main, part.encoding.encode(&out))]))
}

#[cfg(test)]
mod tests {
    use super::{parts, put, without};
    use crate::office::tests::{docx, part};
    use crate::read::read;

    #[test]
    fn parts_are_counted_and_minutes_put_in_once() {
        let long = "水".repeat(400);
        let body = format!(
            "<w:p><w:pPr><w:pStyle w:val=\"H\"/></w:pPr><w:r><w:t>一、清渠</w:t></w:r></w:p><w:p><w:r><w:t>{long}。</w:t></w:r></w:p>"
        );
        let bytes = docx(&body);
        let found = parts(&read("a.docx", &bytes).unwrap());
        assert_eq!((found.len(), found[0].characters, found[0].minutes()), (1, 403, 2));
        let timed = put(&bytes, "H", &found).unwrap();
        assert!(part(&timed, "word/document.xml").contains(
            "一、清渠</w:t></w:r><w:r><w:rPr><w:rStyle w:val=\"WengaoMinutes\"/></w:rPr><w:t>（约2分钟）"
        ));
        let bare = without(&timed).unwrap();
        assert_eq!(part(&bare, "word/document.xml"), part(&bytes, "word/document.xml"));
    }
}
