//! The styles of a document (样式表), as far as they are needed before anybody asks for one.
//!
//! A table of styles is often longer than the text, and a text uses a dozen of hundreds. So one pass notes of
//! each style its names, what it is based on, and where the XML sets paragraphs and letters; those stretches
//! are read when a paragraph has the style ([`Resolver`](super::resolve::Resolver)).

use std::collections::HashMap;
use std::ops::Range;

use crate::office::body::InList;
use crate::office::xml::{Element, Token, each, is_on};

/// One style.
#[derive(Debug, Default)]
pub struct Style {
    /// Its id, by which paragraphs and runs name it.
    pub id: String,
    /// Its name, by which people do; empty for one of letters.
    pub name: String,
    /// The id of the style that it is based on.
    pub based_on: Option<String>,
    /// Whether it is of paragraphs; others are of letters.
    pub of_paragraphs: bool,
    /// Its outline level, from 0.
    pub outline: Option<u8>,
    /// Whether it asks for, or refuses, automatic numbering.
    pub numbered: Option<bool>,
    /// What it says of the list that its paragraphs stand in.
    pub list: Option<InList>,
    /// Bytes of the XML that set paragraphs.
    pub paragraph: Range<usize>,
    /// Bytes of the XML that set letters.
    pub letters: Range<usize>,
}

/// The styles of a document.
#[derive(Debug, Default)]
pub struct Sheet {
    /// The part's XML; the ranges of the styles are of it.
    pub xml: String,
    /// Its styles of paragraphs and letters, in order.
    pub styles: Vec<Style>,
    /// The style of paragraphs that name none, a row of [`Sheet::styles`].
    pub default: Option<usize>,
    /// What is set before any style: of paragraphs, of letters.
    pub defaults: [Range<usize>; 2],
    rows: HashMap<String, usize>,
}

/// Styles of a chain that are followed; one that is longer is a circle or nobody's.
pub const LONGEST_CHAIN: usize = 32;

impl Sheet {
    /// Reads `styles.xml` as far as it is well formed; an empty text gives no styles.
    pub fn read(xml: String) -> Self {
        let mut reading = Reading::default();
        // Of a damaged part as much counts as can be read.
        let _ = each(&xml, |token, at| match token {
            Token::Start(e) => reading.start(e, at),
            Token::End(name) => reading.end(name, at),
            _ => {}
        });
        let Reading { styles, default, defaults, .. } = reading;
        // Of two with one id the later counts, as it does in Word.
        let rows = styles.iter().enumerate().map(|(row, style)| (style.id.clone(), row)).collect();
        Self { xml, styles, default, defaults, rows }
    }

    /// The paragraph styles of another format, by id, and the id of the one of a paragraph that names none.
    pub fn of(styles: HashMap<String, Style>, default: &str) -> Self {
        let style = |(id, style)| Style { id, of_paragraphs: true, ..style };
        let mut styles: Vec<Style> = styles.into_iter().map(style).collect();
        styles.sort_by(|a, b| a.id.cmp(&b.id));
        let rows: HashMap<_, _> = styles.iter().enumerate().map(|(row, s)| (s.id.clone(), row)).collect();
        let default = rows.get(default).copied();
        Self { styles, default, rows, ..Self::default() }
    }

    /// The row of the style with this id.
    pub fn row(&self, id: &str) -> Option<usize> {
        self.rows.get(id).copied()
    }

    /// The style of a row and those that it is based on, itself first.
    pub fn chain(&self, row: usize) -> impl Iterator<Item = (usize, &Style)> {
        let mut next = Some(row);
        (0..LONGEST_CHAIN).map_while(move |_| {
            let row = next?;
            let style = self.styles.get(row)?;
            next = style.based_on.as_deref().and_then(|id| self.row(id)).filter(|&base| base != row);
            Some((row, style))
        })
    }

    /// The list that paragraphs of a style stand in, by the first styles of its chain that say so.
    pub fn number_of(&self, style: Option<&str>) -> Option<InList> {
        let row = style.and_then(|id| self.row(id)).or(self.default.filter(|_| style.is_none()))?;
        let mut found = InList::default();
        for (_, style) in self.chain(row).take_while(|(_, style)| style.of_paragraphs) {
            let Some(list) = style.list else { continue };
            found = InList { number: found.number.or(list.number), level: found.level.or(list.level) };
            if found.number.is_some() {
                break;
            }
        }
        found.number.map(|_| found)
    }

    /// The XML at these bytes.
    pub fn at(&self, range: &Range<usize>) -> &str {
        self.xml.get(range.clone()).unwrap_or_default()
    }
}

/// The table while it is read.
#[derive(Default)]
struct Reading {
    styles: Vec<Style>,
    default: Option<usize>,
    defaults: [Range<usize>; 2],
    /// The style that is open, and how deep it stands.
    style: Option<(Style, usize)>,
    /// Elements that are open.
    depth: usize,
    /// Where a stretch begins that sets paragraphs or letters, and how deep.
    begun: Option<(usize, usize)>,
    /// How deep a style stands that is of tables or lists and is passed over: they are the longest by far.
    passed: Option<usize>,
}

impl Reading {
    fn start(&mut self, e: Element<'_>, at: Range<usize>) {
        let depth = self.depth;
        self.depth += 1;
        if self.passed.is_some() {
            return;
        }
        let name = e.name();
        if name == "style" {
            let kind = e.attribute("type");
            let of_paragraphs = kind.as_ref().is_none_or(|t| t == "paragraph");
            if !of_paragraphs && kind.is_none_or(|t| t != "character") {
                self.passed = Some(depth);
                return;
            }
            let id = e.attribute("styleId").unwrap_or_default();
            if of_paragraphs && e.attribute("default").is_some_and(|d| is_on(Some(&d))) {
                self.default = Some(self.styles.len());
            }
            self.style = Some((Style { id, of_paragraphs, ..Style::default() }, depth));
            return;
        }
        let set = matches!(name, "pPr" | "rPr");
        let Some((style, around)) = &mut self.style else {
            // docDefaults > pPrDefault > pPr.
            if set && self.begun.is_none() {
                self.begun = Some((at.start, depth));
            }
            return;
        };
        let own = depth == *around + 1;
        match name {
            "name" if own && style.of_paragraphs => style.name = e.attribute("val").unwrap_or_default(),
            "basedOn" if own => style.based_on = e.attribute("val"),
            "outlineLvl" => style.outline = e.attribute("val").and_then(|v| v.parse().ok()),
            "numId" | "ilvl" => {
                let value = e.attribute("val");
                InList::take(&mut style.list, name, value.as_deref());
                if name == "numId" {
                    style.numbered = Some(value.is_some_and(|v| v != "0"));
                }
            }
            _ if own && set => self.begun = Some((at.start, depth)),
            _ => {}
        }
    }

    fn end(&mut self, name: &str, at: Range<usize>) {
        self.depth = self.depth.saturating_sub(1);
        if let Some(depth) = self.passed {
            self.passed = (depth != self.depth).then_some(depth);
            return;
        }
        if let Some((start, _)) = self.begun.take_if(|(_, depth)| *depth == self.depth) {
            let range = start..at.end;
            match (&mut self.style, name) {
                (Some((style, _)), "pPr") => style.paragraph = range,
                (Some((style, _)), _) => style.letters = range,
                (None, "pPr") => self.defaults[0] = range,
                (None, _) => self.defaults[1] = range,
            }
        }
        if let Some((style, _)) = self.style.take_if(|(_, depth)| *depth == self.depth) {
            self.styles.push(style);
        }
    }
}
