//! Another look than the standard's: that of an office's own sample (样稿), or of a leader's reading copy (朗读稿).
//!
//! Of a sample counts what most paragraphs of a kind look like; what it has none of stays the standard's.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::sections::Frame;
use crate::model::BlockKind;
use crate::model::layout::{Align, Face, Format, LineHeight, Section};
use crate::model::settings::Fonts;
use crate::write::docx::styles::{Known, fonts};

/// A look.
#[derive(Debug, Default)]
pub struct Model {
    /// Paper and margins, if they are its own.
    pub frame: Option<Frame>,
    /// How paragraphs look, by the names of their styles.
    looks: HashMap<&'static str, Looks>,
    /// Whether it is for somebody who reads it aloud.
    pub aloud: bool,
}

/// How paragraphs of a kind look.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Looks {
    face: Face,
    format: Format,
}

impl Model {
    /// What most paragraphs of each kind look like, of the first that are as many; with lines that go by no grid.
    pub fn of_looks<'l>(
        frame: Option<Frame>,
        all: impl Iterator<Item = (BlockKind, Face, Format, Option<&'l Section>)>,
    ) -> Self {
        let mut counted: HashMap<&'static str, Vec<(Looks, usize)>> = HashMap::new();
        for (kind, face, format, section) in all {
            let looks = Looks { face, format: settled(format, section) };
            let all = counted.entry(Known::of(kind).name()).or_default();
            match all.iter_mut().find(|(known, _)| *known == looks) {
                Some((_, n)) => *n += 1,
                None => all.push((looks, 1)),
            }
        }
        let most =
            |all: Vec<(Looks, usize)>| all.into_iter().rev().max_by_key(|(_, n)| *n).map(|(looks, _)| looks);
        let looks = counted.into_iter().filter_map(|(name, all)| Some((name, most(all)?))).collect();
        Self { frame, looks, aloud: false }
    }

    /// That of a reading copy: 小一, lines of 42 pt, headings bold, broad margins.
    #[must_use]
    pub fn reading(names: Fonts) -> Self {
        const SIZE: u32 = 48;
        const LINE: u32 = 840;
        let face = |font: &str, size: u32, bold: bool| Face {
            han: font.to_owned(),
            latin: font.to_owned(),
            size,
            bold,
            ..Face::default()
        };
        let format = |align: Align, indent: bool| Format {
            align,
            first_characters: indent.then_some(200),
            first: if indent { 960 } else { 0 },
            line: LineHeight::Exact(LINE),
            ..Format::default()
        };
        let mut looks = HashMap::new();
        let mut put = |kind: BlockKind, face: Face, format: Format| {
            looks.insert(Known::of(kind).name(), Looks { face, format });
        };
        put(BlockKind::Title, face(names.title(), 56, true), format(Align::Centre, false));
        for kind in [BlockKind::Subtitle, BlockKind::DateLine, BlockKind::SpeakerLine] {
            put(kind, face(names.kai(), 40, false), format(Align::Centre, false));
        }
        put(BlockKind::Salutation, face(names.body(), SIZE, false), format(Align::Left, false));
        for kind in [BlockKind::Body, BlockKind::Item] {
            put(kind, face(names.body(), SIZE, false), format(Align::Both, true));
        }
        for (level, font) in [names.hei(), names.kai(), names.body(), names.body()].into_iter().enumerate() {
            let level = u8::try_from(level + 1).unwrap_or(4);
            put(BlockKind::Heading(level), face(font, SIZE, true), format(Align::Left, true));
        }
        let frame =
            Frame { width: 11_906, height: 16_838, top: 1_417, right: 1_417, bottom: 1_417, left: 1_417 };
        Self { frame: Some(frame), looks, aloud: true }
    }

    /// Kinds of the text that it has none of.
    #[must_use]
    pub fn lacks(&self) -> Vec<BlockKind> {
        let wanted = [
            BlockKind::Title,
            BlockKind::Salutation,
            BlockKind::Heading(1),
            BlockKind::Heading(2),
            BlockKind::Heading(3),
            BlockKind::Body,
        ];
        wanted.into_iter().filter(|kind| !self.looks.contains_key(Known::of(*kind).name())).collect()
    }

    /// How much closer letters of a paragraph with so many half characters come together, so that its last line has
    /// more than two: in twips, where it is read aloud and a little does.
    pub fn closer(&self, kind: BlockKind, halves: usize) -> Option<i32> {
        const FEWEST: usize = 4;
        const MOST: usize = 24;
        let looks =
            self.looks.get(Known::of(kind).name()).filter(|_| self.aloud && kind == BlockKind::Body)?;
        let character = usize::try_from(looks.face.size).ok()? * 10;
        let room = usize::try_from(self.frame?.text_width()).ok()?;
        let on_a_line = room / character * 2;
        let last = (halves + 4) % on_a_line;
        let lines = (halves + 4) / on_a_line;
        if last == 0 || last > FEWEST || lines == 0 {
            return None;
        }
        let each = (last * character / 2).div_ceil((halves / 2).max(1)) + 1;
        (each <= MOST).then(|| -i32::try_from(each).unwrap_or(0))
    }

    /// The style of a kind as an element, if it has a look for it.
    pub fn written(&self, style: Known, id: &str, base: &str, next: &str, more: &str) -> Option<String> {
        let Looks { face, format } = self.looks.get(style.name())?;
        let custom = if style.is_own() { r#" w:customStyle="1""# } else { "" };
        let keep = if style.keeps_next() { r#"<w:keepNext w:val="1"/>"# } else { "" };
        let name = style.name();
        let outline = style.outline().map_or(String::new(), |l| format!(r#"<w:outlineLvl w:val="{l}"/>"#));
        // Where lines stand by their words, their place in the form says how.
        let set = if style.stands_by_itself() { style.paragraph().to_owned() } else { paragraph(format) };
        let (size, letters) = (face.size, letters(face));
        Some(format!(
            r#"<w:style w:type="paragraph"{custom} w:styleId="{id}"><w:name w:val="{name}"/><w:basedOn w:val="{base}"/><w:next w:val="{next}"/><w:qFormat/><w:pPr>{keep}{more}{set}{outline}</w:pPr><w:rPr>{letters}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>"#
        ))
    }

    /// How a paragraph of a kind stands from either side, as an element.
    pub fn indent(&self, kind: BlockKind) -> Option<String> {
        self.looks.get(Known::of(kind).name()).map(|looks| indent(&looks.format))
    }

    /// The size of its 发文机关标志, in half-points.
    pub fn masthead(&self) -> Option<u32> {
        self.looks.get(Known::of(BlockKind::Masthead).name()).map(|looks| looks.face.size).filter(|s| *s > 0)
    }

    /// From line to line of its text, in twips.
    pub fn line(&self) -> Option<u32> {
        match self.looks.get(Known::of(BlockKind::Body).name())?.format.line {
            LineHeight::Exact(twips) | LineHeight::AtLeast(twips) => Some(twips),
            LineHeight::Times(_) => None,
        }
    }
}

/// A format whose lines do not go by a grid, since the paper will have none.
fn settled(format: Format, section: Option<&Section>) -> Format {
    let grid = section.and_then(|s| s.grid.line).filter(|_| format.snaps);
    let line = match (format.line, grid) {
        (LineHeight::Times(times), Some(pitch)) => LineHeight::Exact(pitch.saturating_mul(times) / 240),
        (line, _) => line,
    };
    // What a single paragraph has besides is none of its kind's.
    Format { line, numbered: false, begins_page: false, rule_above: None, rule_below: None, ..format }
}

fn paragraph(format: &Format) -> String {
    let (line, rule) = match format.line {
        LineHeight::Times(times) => (times, "auto"),
        LineHeight::Exact(twips) => (twips, "exact"),
        LineHeight::AtLeast(twips) => (twips, "atLeast"),
    };
    let Format { before, after, .. } = format;
    let side = match format.align {
        Align::Left => "left",
        Align::Both => "both",
        Align::Centre => "center",
        Align::Right => "right",
    };
    let indent = indent(format);
    format!(
        r#"<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="{rule}"/>{indent}<w:jc w:val="{side}"/>"#
    )
}

fn indent(format: &Format) -> String {
    let Format { left, right, first, .. } = format;
    let mut out = String::from("<w:ind");
    let sides = [("left", format.left_characters, *left), ("right", format.right_characters, *right)];
    for (side, characters, twips) in sides {
        let _ = write!(out, r#" w:{side}Chars="{}" w:{side}="{twips}""#, characters.unwrap_or(0));
    }
    let hundredths = format.first_characters.unwrap_or(0);
    let _ = if *first < 0 || hundredths < 0 {
        write!(out, r#" w:hanging="{}"/>"#, first.unsigned_abs())
    } else {
        write!(out, r#" w:firstLineChars="{hundredths}" w:firstLine="{first}"/>"#)
    };
    out
}

fn letters(face: &Face) -> String {
    let han = quick_xml::escape::escape(face.han.as_str());
    let mut out = if face.latin.is_empty() || face.latin == face.han {
        fonts(&han)
    } else {
        let latin = quick_xml::escape::escape(face.latin.as_str());
        format!(
            r#"<w:rFonts w:hint="eastAsia" w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{han}" w:cs="{latin}"/>"#
        )
    };
    if face.bold {
        out.push_str("<w:b/>");
    }
    if let Some([r, g, b]) = face.colour.filter(|c| *c != [0, 0, 0]) {
        let _ = write!(out, r#"<w:color w:val="{r:02X}{g:02X}{b:02X}"/>"#);
    }
    let _ = write!(out, r#"<w:spacing w:val="{}"/>"#, face.tracking);
    out
}
