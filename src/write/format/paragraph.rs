//! `w:pPr` of a paragraph that has become part of the form.

use super::properties::Children;
use super::scan::Place;
use super::stylesheet::Stylesheet;
use crate::model::layout::Align;
use crate::model::{BlockKind, Manuscript};
use crate::write::docx::markup::half_characters;
use crate::write::docx::page::{BODY_SIZE, LEFT, RIGHT, THIRTY_FIVE_MM, TRACKING, WIDTH};
use crate::write::docx::paragraph::push_properties;

/// What stays in the paragraphs of a text.
const TEXT: &[&str] = &[
    "pageBreakBefore",
    "numPr",
    "pBdr",
    "tabs",
    "bidi",
    "textDirection",
    "divId",
    "cnfStyle",
    "rPr",
    "sectPr",
    "pPrChange",
];
/// What stays in those of a table, whose looks are its own.
const CELL: &[&str] = &[
    "keepNext",
    "keepLines",
    "numPr",
    "pBdr",
    "shd",
    "tabs",
    "bidi",
    "spacing",
    "ind",
    "jc",
    "textDirection",
    "textAlignment",
    "divId",
    "cnfStyle",
    "rPr",
    "sectPr",
    "pPrChange",
];

/// A paragraph and what it has become.
pub struct Paragraph<'p> {
    /// Its place in the XML.
    pub place: &'p Place,
    /// What it is.
    pub kind: BlockKind,
    /// Its row among the blocks of the form, if it says something.
    pub row: Option<usize>,
    /// How its lines keep to a side.
    pub align: Align,
    /// Whether a tab stands in its words.
    pub tabbed: bool,
    /// Whether it begins a page because of a break above it.
    pub begins_page: bool,
    /// Whether the form draws its rules.
    pub rules: bool,
    /// Whether another look than the standard's counts, so that what the standard's sizes ask for does not.
    pub plain: bool,
    /// How high what stands above it on the head is, in twips (份号、密级, a picture).
    pub above: u32,
    /// The size of a sample's 发文机关标志, in half-points, where this is one.
    pub masthead: Option<u32>,
    /// Whether its number is automatic.
    pub numbered: bool,
    /// How a numbered line stands by another look than the standard's.
    pub indent: Option<String>,
    /// The list that it is to name itself from now on: its style said so, or would say otherwise.
    pub numbers: Option<String>,
    /// The properties of its mark.
    pub mark: String,
    /// Its section's settings, if it ends one.
    pub section: Option<String>,
}

impl Paragraph<'_> {
    /// Its `w:pPr` as it is to be.
    pub fn written(&self, old: &str, form: &Manuscript, further: bool, styles: &Stylesheet) -> String {
        let mut set = Children::of_paragraph(old);
        if self.kind == BlockKind::Cell {
            set.keep(CELL);
            self.cell(&mut set);
        } else {
            let side = set.get("jc").map(str::to_owned);
            set.keep(TEXT);
            self.text(&mut set, side, form, further);
        }
        set.set("pStyle", format!(r#"<w:pStyle w:val="{}"/>"#, styles.id(self.kind)));
        if let Some(numbers) = &self.numbers {
            set.set("numPr", numbers.clone());
        }
        if self.mark.is_empty() {
            set.drop("rPr");
        } else {
            set.set("rPr", self.mark.clone());
        }
        if let Some(section) = &self.section {
            set.set("sectPr", section.clone());
        }
        format!("<w:pPr>{}</w:pPr>", set.written())
    }

    fn cell(&self, set: &mut Children) {
        let side = match self.align {
            Align::Centre => "center",
            Align::Right => "right",
            Align::Left | Align::Both => return,
        };
        if set.get("jc").is_none() {
            set.set("jc", format!(r#"<w:jc w:val="{side}"/>"#));
        }
    }

    fn text(&self, set: &mut Children, side: Option<String>, form: &Manuscript, further: bool) {
        let annex = self.kind == BlockKind::Annex;
        if annex || !self.place.begins_page {
            set.drop("pageBreakBefore");
        }
        if self.begins_page && !annex {
            set.set("pageBreakBefore", r#"<w:pageBreakBefore w:val="1"/>"#);
        }
        if self.rules {
            set.drop("pBdr");
        }
        if !self.tabbed || self.kind.has_two_parts() {
            set.drop("tabs");
        }
        if let Some(row) = self.row {
            let mut own = String::new();
            push_properties(form, row, further, &mut own);
            if self.kind == BlockKind::Masthead && self.above > 0 {
                // 35 mm are counted from the head of the text, whatever stands there.
                let left = THIRTY_FIVE_MM.saturating_sub(self.above);
                own =
                    own.replace(&format!(r#"w:before="{THIRTY_FIVE_MM}""#), &format!(r#"w:before="{left}""#));
            }
            if let (Some(size), Some((head, rest))) = (self.masthead, own.split_once(r#" w:line=""#)) {
                let rest = rest.split_once('"').map_or("", |(_, rest)| rest);
                own = format!(r#"{head} w:line="{}"{rest}"#, size * 10 * 105 / 100);
            }
            let bordered = set.get("pBdr").map(str::to_owned);
            set.lay(&own);
            // A drawn rule stands there already.
            if !self.rules {
                match bordered {
                    Some(bordered) => set.set("pBdr", bordered),
                    None => set.drop("pBdr"),
                }
            }
        }
        if (self.numbered || self.place.numbered)
            && matches!(self.kind, BlockKind::Heading(_) | BlockKind::Body | BlockKind::Item)
        {
            // What a list sets, and what LibreOffice takes from a style that belongs to it, stands before a style.
            if set.get("spacing").is_none() {
                set.set("spacing", r#"<w:spacing w:before="0" w:after="0"/>"#);
            }
            const INDENT: &str =
                r#"<w:ind w:leftChars="0" w:left="0" w:firstLineChars="200" w:firstLine="640"/>"#;
            set.set("ind", self.indent.clone().unwrap_or_else(|| INDENT.to_owned()));
        }
        if self.plain && self.kind == BlockKind::Title {
            set.drop("ind");
        }
        if let Some(margin) = self.row.filter(|_| !self.plain).and_then(|row| margin(form, row)) {
            set.set("ind", format!(r#"<w:ind w:left="{margin}" w:right="{margin}"/>"#));
        }
        if self.place.tall {
            self.tall(set, side);
        }
    }

    /// Lines of a fixed height would cut a picture off.
    fn tall(&self, set: &mut Children, side: Option<String>) {
        const AUTO: &str = r#"w:line="240" w:lineRule="auto""#;
        let spacing = match set.get("spacing") {
            Some(spacing) => spacing.replace("/>", &format!(" {AUTO}/>")),
            None => format!("<w:spacing {AUTO}/>"),
        };
        set.set("spacing", spacing);
        if !self.place.said {
            set.set("ind", r#"<w:ind w:firstLineChars="0" w:firstLine="0"/>"#);
            set.set("jc", side.unwrap_or_else(|| r#"<w:jc w:val="center"/>"#.to_owned()));
        }
    }
}

/// How far the lines of a long 副标题 keep from either side, so that no last character stands alone.
fn margin(form: &Manuscript, row: usize) -> Option<u32> {
    const CHARACTER: u32 = BODY_SIZE * 10 - TRACKING.unsigned_abs();
    let block = form.blocks().get(row)?;
    if !matches!(block.kind, BlockKind::Subtitle | BlockKind::DateLine | BlockKind::SpeakerLine) {
        return None;
    }
    let text = form.block_text(block);
    let characters = u32::try_from(half_characters(text).div_ceil(2)).ok()?;
    let room = WIDTH - LEFT - RIGHT;
    let on_a_line = room / CHARACTER;
    if characters <= on_a_line || text.contains('\n') {
        return None;
    }
    let longest = characters.div_ceil(characters.div_ceil(on_a_line)) + 1;
    Some(room.saturating_sub(longest * CHARACTER) / 2)
}
