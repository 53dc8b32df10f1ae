//! What a document looks like (版式), computed as a word processor does.
//!
//! The walk over the text notes where the XML sets each paragraph and each stretch of letters; what those
//! places say is read here, once for each that differs. [`sheet`] has the styles, [`set`] what one place sets,
//! [`resolve`] what comes to bear of it all, [`theme`] the fonts that a theme gives, [`section`] sheets and
//! grids, [`number`] page numbers. The outcome is a [`Layout`] of plain values, whoever judges or mends it.
//!
//! Left out: styles of tables, what a list sets of its items, and the widths of letters in fonts that no
//! document holds. A page is not set: which line comes to stand on which is the word processor's.

pub mod number;
pub mod resolve;
pub mod section;
pub mod set;
pub mod sheet;
#[cfg(test)]
mod tests;
pub mod theme;

use std::collections::HashMap;
use std::ops::Range;

use self::resolve::Resolver;
use self::section::Written;
use self::sheet::Sheet;
use self::theme::Theme;
use super::body::{Body, Paragraph};
use super::package::{Package, Relationship};
use super::xml::{Token, Xml, is_on};
use crate::model::layout::{Layout, Look, PageNumber, Span};

/// How the body of a document is set whose main part reads as `xml`.
pub fn layout(
    package: &mut Package<'_>,
    relationships: &[Relationship],
    xml: &str,
    body: &Body,
    sheet: &Sheet,
) -> Layout {
    let mut resolver = Resolver::of(sheet);
    let mut paragraphs = Paragraphs::default();
    for (paragraph, range) in body.paragraphs.iter().zip(body.spans()) {
        paragraphs.push(paragraph, range, xml, &mut resolver);
    }
    let mut written: Vec<Written> =
        paragraphs.sections.iter().map(|r| Written::read(xml.get(r.clone()).unwrap_or_default())).collect();
    written.push(Written::read(xml.get(body.section.clone()).unwrap_or_default()));
    for at in 1..written.len() {
        let (before, rest) = written.split_at_mut(at);
        rest[0].inherit(&before[at - 1]);
    }
    let numbers = numbers(package, relationships, &written, &mut resolver);
    let even_and_odd = even_and_odd(package, relationships);
    let themed = || {
        let part = relationships.iter().find(|r| r.kind == "theme").and_then(|r| package.part(&r.target));
        part.map_or_else(Theme::default, |part| Theme::read(&part.text))
    };
    let (formats, faces, rows) = resolver.finish(themed);
    let row = |face: usize| rows.get(face).copied().unwrap_or(face);
    let numbers = numbers
        .into_iter()
        .map(|(id, (number, face))| {
            let face = faces.get(row(face)).cloned().unwrap_or_default();
            (id, PageNumber { face, ..number })
        })
        .collect();
    Layout {
        sections: written.iter().map(|w| w.numbered(&numbers)).collect(),
        paragraphs: paragraphs.looks,
        formats,
        faces,
        spans: paragraphs.spans.into_iter().map(|s| Span { face: row(s.face), ..s }).collect(),
        even_and_odd,
    }
}

/// The paragraphs so far.
#[derive(Default)]
struct Paragraphs {
    looks: Vec<Look>,
    spans: Vec<Span>,
    /// Where the sections are set that have ended.
    sections: Vec<Range<usize>>,
}

impl Paragraphs {
    fn push(&mut self, p: &Paragraph, range: Range<usize>, xml: &str, resolver: &mut Resolver<'_>) {
        let properties = xml.get(p.properties.clone()).unwrap_or_default();
        let (format, style) = resolver.paragraph(properties);
        let first = self.spans.len();
        let ends = p.runs.iter().skip(1).map(|(start, _)| *start).chain([p.text.len()]);
        for ((start, run), end) in p.runs.iter().zip(ends) {
            let face = resolver.letters(style, xml.get(run.clone()).unwrap_or_default());
            match self.spans.get_mut(first..).and_then(<[Span]>::last_mut) {
                Some(last) if last.face == face => last.range.end = range.start + end,
                _ => self.spans.push(Span { range: range.start + start..range.start + end, face }),
            }
        }
        let section = section_in(properties);
        self.looks.push(Look {
            range,
            format,
            spans: first..self.spans.len(),
            section: self.sections.len(),
            cell: p.cell,
            boxed: p.boxed,
            shape: p.shape,
            breaks: p.breaks || section.is_some(),
        });
        self.sections.extend(section.map(|r| p.properties.start + r.start..p.properties.start + r.end));
    }
}

/// Where the properties of a paragraph set the section that it ends.
fn section_in(properties: &str) -> Option<Range<usize>> {
    memchr::memmem::find(properties.as_bytes(), b"sectPr")?;
    let mut xml = Xml::of(properties);
    let (mut start, mut depth) = (None, 0usize);
    while let Some((token, at)) = xml.read() {
        match token {
            Token::Start(e) => {
                depth += 1;
                if depth == 2 && e.name() == "sectPr" {
                    start = Some(at.start);
                }
            }
            Token::End(_) => {
                if let Some(start) = start.filter(|_| depth == 2) {
                    return Some(start..at.end);
                }
                depth = depth.saturating_sub(1);
            }
            _ => {}
        }
    }
    None
}

/// The page numbers of headers and footers that a section names, by their ids, each with its face.
fn numbers(
    package: &mut Package<'_>,
    relationships: &[Relationship],
    written: &[Written],
    resolver: &mut Resolver<'_>,
) -> HashMap<String, (PageNumber, usize)> {
    let mut found = HashMap::new();
    for section in written {
        let sides =
            section.footers.iter().map(|id| (id, false)).chain(section.headers.iter().map(|id| (id, true)));
        for (id, in_header) in sides {
            let Some(id) = id.as_ref().filter(|id| !found.contains_key(*id)) else { continue };
            let part = relationships.iter().find(|r| r.id == *id).and_then(|r| package.part(&r.target));
            let number = part.and_then(|part| number::find(&part.text, in_header, resolver));
            // What has none is kept too, so that no part is read for each of a thousand sections.
            found.insert(id.clone(), number);
        }
    }
    found.into_iter().filter_map(|(id, number)| Some((id, number?))).collect()
}

/// Whether left and right pages have headers and footers of their own.
fn even_and_odd(package: &mut Package<'_>, relationships: &[Relationship]) -> bool {
    let part = relationships.iter().find(|r| r.kind == "settings").and_then(|r| package.part(&r.target));
    let Some(part) = part.filter(|p| p.text.contains("evenAndOddHeaders")) else { return false };
    let mut xml = Xml::of(&part.text);
    while let Some((token, _)) = xml.read() {
        if let Token::Start(e) = token
            && e.name() == "evenAndOddHeaders"
        {
            return is_on(e.attribute("val").as_deref());
        }
    }
    false
}
