//! A .docx as it is looked at before it is set anew: its paragraphs, what each says, what it is.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::Wishes;
use super::line::{Line, Told};
use super::model::Model;
use super::properties::{Children, child};
use super::recognise::recognise;
use super::scan::{Place, Scan};
use super::stylesheet::{Stylesheet, is_own, kind_of_own};
use super::told::Done;
use crate::base::han::is_han;
use crate::model::layout::{Align, Face, Format, Layout, Look, Section};
use crate::model::{Block, BlockKind, Manuscript};
use crate::office::body::Body;
use crate::office::look::sheet::Sheet;
use crate::office::xml::{Token, each};
use crate::write::docx::styles::{self, Known};

/// A paragraph of the text that says something.
pub(super) struct Spoken {
    /// Its row in the scan.
    pub place: usize,
    /// Its row in the body.
    pub paragraph: usize,
    /// Its row among the blocks of the form.
    pub row: Option<usize>,
}

/// A document and what its paragraphs are.
pub(super) struct Paper<'p> {
    pub xml: &'p str,
    pub body: &'p Body,
    pub scan: &'p Scan,
    pub layout: &'p Layout,
    pub sheet: &'p Sheet,
    /// The part that sets automatic numbers.
    pub lists: &'p str,
    pub wishes: Wishes,
    /// Another look than the standard's.
    pub model: Option<&'p Model>,
    pub spoken: Vec<Spoken>,
    pub told: Vec<Told>,
    /// Of each place, the row of what it says.
    pub by_place: HashMap<usize, usize>,
    /// The paragraphs of the form as the writer of new documents has them.
    pub form: Manuscript,
    pub further: bool,
    /// Where words stand: bytes of the XML and of the text.
    pub words: Vec<(usize, usize)>,
}

impl<'p> Paper<'p> {
    pub(super) fn new(
        xml: &'p str,
        body: &'p Body,
        scan: &'p Scan,
        read: &'p Manuscript,
        layout: &'p Layout,
        sheet: &'p Sheet,
        wishes: Wishes,
    ) -> Self {
        let mut spoken = Vec::new();
        let mut lines = Vec::new();
        let mut words = Vec::new();
        for (row, (paragraph, span)) in body.paragraphs.iter().zip(body.spans()).enumerate() {
            words.extend(paragraph.nodes.iter().map(|n| (n.source.start, span.start + n.text.start)));
            let text = paragraph.text.trim();
            let place = paragraph.nodes.first().and_then(|node| place_of(scan, node.outer.start));
            if let (Some(place), false) = (place, text.is_empty()) {
                let look = layout.paragraphs.get(row);
                lines.push(line(
                    text,
                    &scan.places[place],
                    paragraph.style.as_deref(),
                    look,
                    read,
                    layout,
                    sheet,
                ));
                spoken.push(Spoken { place, paragraph: row, row: None });
            }
        }
        words.sort_unstable();
        let told = recognise(&lines, wishes.form);
        let form = form(&lines, &told, &mut spoken);
        let further = styles::needs_further(&form);
        let by_place = spoken.iter().enumerate().map(|(n, s)| (s.place, n)).collect();
        Self {
            xml,
            body,
            scan,
            layout,
            sheet,
            lists: "",
            wishes,
            model: None,
            spoken,
            told,
            by_place,
            form,
            further,
            words,
        }
    }

    /// The styles that are wanted.
    pub(super) fn wanted(&self) -> BTreeMap<&'static str, Known> {
        let told =
            self.told.iter().filter(|t| !t.left && t.kind != BlockKind::Cell).map(|t| Known::of(t.kind));
        // The line that a 版记 holds on to comes with it.
        let anchor = self.told.iter().any(|t| t.kind.is_imprint()).then(Known::anchor);
        told.chain([Known::of(BlockKind::Body)]).chain(anchor).map(|style| (style.name(), style)).collect()
    }

    /// What paragraphs of the text look like: their kinds, most letters, lines, and where they stand.
    pub(super) fn looks(&self) -> impl Iterator<Item = (BlockKind, Face, Format, Option<&Section>)> {
        self.told.iter().zip(&self.spoken).filter_map(|(told, spoken)| {
            let look = self.layout.paragraphs.get(spoken.paragraph)?;
            if told.left || told.doubt.is_some() || look.cell {
                return None;
            }
            let face = self.layout.main_face(look, |range| range.len())?;
            let face = self.layout.faces.get(face)?.clone();
            let mut format = self.layout.format(look);
            let text = self.body.paragraphs.get(spoken.paragraph).map_or("", |p| p.text.as_str());
            // Blanks for an indent are an indent.
            if matches!(told.kind, BlockKind::Body | BlockKind::Heading(_))
                && text.starts_with(|c: char| c.is_whitespace())
            {
                format.first_characters = Some(200);
            }
            Some((told.kind, face, format, self.layout.section(look)))
        })
    }

    /// What is told before anything is written.
    pub(super) fn done(&self) -> Done {
        let mut done = Done::default();
        for (told, spoken) in self.told.iter().zip(&self.spoken) {
            if told.left {
                done.left += 1;
                continue;
            }
            done.count(told.kind);
            if told.kind == BlockKind::Title
                && done.title.len() < 3
                && let Some(paragraph) = self.body.paragraphs.get(spoken.paragraph)
            {
                done.title.push(paragraph.text.trim().to_owned());
            }
        }
        if let Some(annex) = self.told.iter().position(|t| t.kind == BlockKind::Annex) {
            let before = self.told[..annex].iter().filter(|t| t.kind == BlockKind::Title).count();
            done.title.truncate(before);
        }
        let tables = self.body.cells.iter().map(|cell| cell.table).max().map_or(0, |last| last + 1);
        done.tables = tables;
        done.pictures = self.scan.places.iter().filter(|p| (p.tall || p.floats) && !p.boxed).count();
        done.numbered = self.scan.places.iter().filter(|p| p.numbered && !p.boxed).count();
        done
    }

    /// What a place says, if it says something.
    pub(super) fn told_of(&self, place: usize) -> Option<Told> {
        self.by_place.get(&place).map(|&n| self.told[n])
    }

    /// How the first letter within these bytes of the XML looks.
    pub(super) fn face_within(&self, range: &Range<usize>) -> Option<(usize, &Face)> {
        let first = self.words.partition_point(|(at, _)| *at < range.start);
        let (at, text) = *self.words.get(first)?;
        if at >= range.end {
            return None;
        }
        let span = self.layout.spans.partition_point(|s| s.range.end <= text);
        let face = self.layout.faces.get(self.layout.spans.get(span)?.face)?;
        Some((text, face))
    }

    /// The numbers that a paragraph had from its style, if its new style does not give them.
    pub(super) fn numbers_of_style(&self, old: &str, kind: BlockKind, styles: &Stylesheet) -> Option<String> {
        let set = Children::of_paragraph(old);
        if set.get("numPr").is_some() || kind == BlockKind::Cell {
            return None;
        }
        let id = set.get("pStyle")?.split("w:val=\"").nth(1)?.split('"').next()?.to_owned();
        let row = self.sheet.row(&id)?;
        let (_, style) = self.sheet.chain(row).find(|(_, s)| s.numbered.is_some())?;
        if style.numbered != Some(true) || styles.id(kind) == style.id {
            return None;
        }
        let xml = self.sheet.at(&style.paragraph);
        let numbers = child(xml, "numPr").and_then(|r| xml.get(r))?;
        if numbers.contains("ilvl") {
            return Some(numbers.to_owned());
        }
        // A list says itself which of its levels a style has.
        let level = level_of(self.lists, &style.id).unwrap_or(0);
        let numbered = child(numbers, "numId").and_then(|r| numbers.get(r))?;
        Some(format!(r#"<w:numPr><w:ilvl w:val="{level}"/>{numbered}</w:numPr>"#))
    }

    /// Whether a run names a style of letters that sets fonts or sizes, and is none of notes, links or comments.
    pub(super) fn is_contrary(&self, old: &str) -> bool {
        let set = Children::of_letters(old);
        let id = set.get("rStyle").and_then(|s| s.split("w:val=\"").nth(1)).and_then(|s| s.split('"').next());
        let Some(row) = id.and_then(|id| self.sheet.row(id)) else { return false };
        let sets = |xml: &str| xml.contains("rFonts") || xml.contains(":sz ") || xml.contains(":spacing ");
        self.sheet.chain(row).any(|(_, s)| sets(self.sheet.at(&s.letters)) && !s.id.contains("Reference"))
    }
}

/// The innermost paragraph at a byte.
fn place_of(scan: &Scan, at: usize) -> Option<usize> {
    let next = scan.places.partition_point(|p| p.range.start <= at);
    (0..next).rev().find(|&n| scan.places[n].range.end > at)
}

/// A paragraph as it is looked at.
fn line<'t>(
    text: &'t str,
    place: &Place,
    style: Option<&str>,
    look: Option<&Look>,
    read: &Manuscript,
    layout: &Layout,
    sheet: &Sheet,
) -> Line<'t> {
    let kind = look.and_then(|look| read.block(look.range.start + leading(read, look)));
    let kind = kind.map_or(BlockKind::Body, |block| block.kind);
    let han =
        |range: Range<usize>| read.text().get(range).map_or(0, |w| w.chars().filter(|&c| is_han(c)).count());
    let face = look.and_then(|look| layout.main_face(look, han)).and_then(|row| layout.faces.get(row));
    let format = look.map(|look| layout.format(look)).unwrap_or_default();
    let name =
        style.and_then(|id| sheet.row(id)).and_then(|row| sheet.styles.get(row)).map_or("", |s| &s.name);
    let lower = name.to_lowercase();
    let contents = lower.starts_with("toc") || lower.starts_with("目录");
    let red = |[r, g, b]: [u8; 3]| r >= 0xC0 && g <= 0x50 && b <= 0x50;
    let settled = is_own(name);
    Line {
        text,
        kind: if settled { kind_of_own(name).unwrap_or(kind) } else { kind },
        settled,
        size: face.map_or(0, |face| face.size),
        centred: format.align == Align::Centre,
        red: face.and_then(|face| face.colour).is_some_and(red),
        bold: look.is_some_and(|look| layout.faces(look).all(|(_, face)| face.bold)),
        numbered: place.numbered,
        cell: place.cell,
        // Which format a paragraph of two has that are to be one is settled when somebody accepts that.
        passed: place.boxed || place.framed || place.runs_on || contents,
    }
}

/// Bytes of blanks at the beginning.
fn leading(read: &Manuscript, look: &Look) -> usize {
    let text = read.text().get(look.range.clone()).unwrap_or_default();
    text.len() - text.trim_start().len()
}

/// The paragraphs of the form, joined as the writer of new documents has them.
fn form(lines: &[Line<'_>], told: &[Told], spoken: &mut [Spoken]) -> Manuscript {
    let mut text = String::new();
    let mut blocks = Vec::new();
    for ((line, told), spoken) in lines.iter().zip(told).zip(spoken) {
        if line.passed || told.left {
            continue;
        }
        if !text.is_empty() {
            text.push('\n');
        }
        let start = text.len();
        text.push_str(line.text);
        spoken.row = Some(blocks.len());
        blocks.push(Block { kind: told.kind, range: start..text.len() });
    }
    Manuscript::new(text, blocks, Vec::new(), Vec::new())
}

/// The level of a list that a style of this id has.
fn level_of(lists: &str, style: &str) -> Option<u8> {
    let mut level = None;
    let mut found = None;
    let _ = each(lists, |token, _| {
        if let Token::Start(e) = token {
            match e.name() {
                "lvl" => level = e.attribute("ilvl").and_then(|l| l.parse().ok()),
                "pStyle" if e.attribute("val").is_some_and(|id| id == style) => found = found.or(level),
                _ => {}
            }
        }
    });
    found
}
