//! A .docx as it is looked at before it is set anew: its paragraphs, what each says, what it is.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use super::Wishes;
use super::line::{Line, Told};
use super::model::Model;
use super::properties::Children;
use super::recognise::recognise;
use super::scan::{Place, Scan};
use super::stylesheet::{Stylesheet, is_own, kind_of_own};
use super::told::Done;
use crate::base::han::is_han;
use crate::model::layout::{Align, Face, Format, Layout, Look, Section};
use crate::model::{Block, BlockKind, Manuscript};
use crate::office::body::{Body, Paragraph};
use crate::office::look::sheet::Sheet;
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
    pub wishes: Wishes,
    /// Another look than the standard's.
    pub model: Option<&'p Model>,
    pub spoken: Vec<Spoken>,
    pub told: Vec<Told>,
    /// Of each place, the row of what it says.
    pub by_place: HashMap<usize, usize>,
    /// The places whose numbers are automatic, whatever says so.
    pub numbered: HashSet<usize>,
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
        let mut numbered = HashSet::new();
        for (row, (paragraph, span)) in body.paragraphs.iter().zip(body.spans()).enumerate() {
            words.extend(paragraph.nodes.iter().map(|n| (n.source.start, span.start + n.text.start)));
            let text = paragraph.text.trim();
            let first = paragraph.nodes.first().map_or(paragraph.at, |node| node.outer.start);
            let place = place_of(scan, first).filter(|_| !text.is_empty());
            if paragraph.label > 0 {
                numbered.extend(place);
            }
            if let Some(place) = place {
                let look = layout.paragraphs.get(row);
                let style = paragraph.style.as_deref();
                let line = line(text, &scan.places[place], style, look, read, layout, sheet);
                lines.push(Line { numbered: line.numbered || paragraph.label > 0, ..line });
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
            wishes,
            model: None,
            spoken,
            told,
            by_place,
            numbered,
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
        done.numbered = self.numbered.iter().filter(|&&n| !self.scan.places[n].boxed).count();
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

    /// The list of a paragraph, where its own format does not say it and its new style does not either; of one without
    /// a number, that it has none, where its new style would give it one.
    pub(super) fn numbers(
        &self,
        paragraph: Option<&Paragraph>,
        old: &str,
        kind: BlockKind,
        styles: &Stylesheet,
    ) -> Option<String> {
        let set = Children::of_paragraph(old);
        let said = |number: u32, level: u8| {
            format!(r#"<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>"#)
        };
        let list = paragraph.and_then(|p| p.list).and_then(|list| list.number.zip(list.level));
        let Some((number, level)) = list.filter(|(number, _)| *number != 0) else {
            return (styles.numbers(kind) && set.get("numPr").is_none()).then(|| said(0, 0));
        };
        let own = set.get("numPr").is_some_and(|xml| xml.contains(":ilvl") && xml.contains(":numId"));
        let same =
            set.get("numPr").is_none() && paragraph.and_then(|p| p.style.as_deref()) == Some(styles.id(kind));
        (!own && !same).then(|| said(number, level))
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
