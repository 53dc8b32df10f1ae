//! Runs of a paragraph (字符格式): fonts, sizes and spacing are the style's from now on; what words say by their look
//! (bold in the text, underlines, colours, raised figures) stays.

use super::properties::Children;
use crate::model::BlockKind;
use crate::model::layout::Face;
use crate::model::settings::Fonts;

/// What stays in any run.
const ALWAYS: &[&str] = &[
    "ins",
    "del",
    "moveFrom",
    "moveTo",
    "rStyle",
    "caps",
    "smallCaps",
    "strike",
    "dstrike",
    "noProof",
    "vanish",
    "webHidden",
    "color",
    "position",
    "highlight",
    "u",
    "bdr",
    "shd",
    "vertAlign",
    "rtl",
    "cs",
    "em",
    "lang",
    "eastAsianLayout",
    "specVanish",
    "oMath",
    "rPrChange",
];

/// A run's place in the paper.
pub struct Run<'r> {
    /// What its paragraph is.
    pub kind: BlockKind,
    /// How its first letter looks, if it has words.
    pub face: Option<&'r Face>,
    /// Whether the style of letters that it names sets fonts or sizes.
    pub contrary: bool,
    /// The level of the heading that the paragraph begins with and goes on from, if the run is of it.
    pub run_in: Option<u8>,
    /// What a 发文机关标志 has besides its style.
    pub masthead: Option<&'r str>,
    /// How much further apart its letters stand than its style says, in twips.
    pub tracking: Option<i32>,
    /// Whether it is a paragraph's mark.
    pub mark: bool,
}

impl Run<'_> {
    /// A run of a paragraph of this kind, of which no more is known.
    pub const fn of(kind: BlockKind) -> Self {
        Self { kind, face: None, contrary: false, run_in: None, masthead: None, tracking: None, mark: false }
    }

    /// The mark of such a paragraph.
    pub const fn mark(kind: BlockKind) -> Self {
        Self { mark: true, ..Self::of(kind) }
    }
}

/// What was met in a run.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Met {
    /// Words that stand out by their strokes.
    pub emphasis: bool,
    /// Words that stand out by their colour.
    pub coloured: bool,
}

/// The run's `w:rPr` as it is to be, empty where nothing is to be said.
pub fn written(old: &str, run: &Run<'_>, fonts: Fonts) -> (String, Met) {
    let mut set = Children::of_letters(old);
    let was = set.clone();
    set.keep(ALWAYS);
    let mut met = Met::default();
    colours(&mut set, run);
    if run.contrary {
        set.drop("rStyle");
    }
    let plain = is_text(run.kind);
    let bold = run.face.is_some_and(|face| face.bold) || run.face.is_none() && was.is_on("b");
    // Third-level headings in bold are a habit that the standard does not forbid.
    let habit = matches!(run.kind, BlockKind::Heading(3 | 4));
    if bold && (plain || habit) && run.run_in.is_none() {
        set.set("b", "<w:b/>");
        if was.get("bCs").is_some() {
            set.set("bCs", "<w:bCs/>");
        }
        met.emphasis |= plain;
    }
    if plain && was.is_on("i") {
        set.set("i", "<w:i/>");
        met.emphasis = true;
    }
    met.emphasis |= plain && set.get("u").is_some_and(|u| !u.contains("\"none\""));
    met.coloured =
        set.get("color").is_some() || set.get("highlight").is_some_and(|h| !h.contains("\"none\""));
    if run.kind == BlockKind::Cell {
        cell(&mut set, run);
    }
    if let Some(tracking) = run.tracking {
        set.set("spacing", format!(r#"<w:spacing w:val="{tracking}"/>"#));
    }
    if run.mark {
        let inner = set.written();
        return (if inner.is_empty() { inner } else { format!("<w:rPr>{inner}</w:rPr>") }, Met::default());
    }
    let symbols =
        was.get("rFonts").filter(|f| ["Wingdings", "Webdings", "Symbol"].iter().any(|s| f.contains(s)));
    match (symbols, run.run_in, run.masthead) {
        (Some(symbols), ..) => set.set("rFonts", symbols.to_owned()),
        (None, Some(level), _) => {
            let name = if level == 1 { fonts.hei() } else { fonts.kai() };
            set.set("rFonts", crate::write::docx::styles::fonts(name));
        }
        (None, None, Some(letters)) => set.lay(letters),
        (None, None, None) => set.set("rFonts", r#"<w:rFonts w:hint="eastAsia"/>"#),
    }
    (format!("<w:rPr>{}</w:rPr>", set.written()), met)
}

/// Whether words of such a paragraph may stand out from the rest.
fn is_text(kind: BlockKind) -> bool {
    matches!(
        kind,
        BlockKind::Body
            | BlockKind::Item
            | BlockKind::Quotation
            | BlockKind::Code
            | BlockKind::Cell
            | BlockKind::Note
            | BlockKind::AttachmentNote
    )
}

/// Black is the paper's own colour, and white behind it its own ground.
fn colours(set: &mut Children, run: &Run<'_>) {
    let dark = |xml: &str| {
        let value = xml.split("w:val=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or("auto");
        match u32::from_str_radix(value, 16) {
            Ok(rgb) if value.len() == 6 => {
                [rgb >> 16, rgb >> 8 & 0xFF, rgb & 0xFF].iter().all(|c| *c <= 0x50)
            }
            _ => true,
        }
    };
    if set.get("color").is_some_and(dark) || run.kind == BlockKind::Masthead {
        set.drop("color");
    }
    let white = |xml: &str| {
        let fill = xml.split("w:fill=\"").nth(1).and_then(|rest| rest.split('"').next());
        fill.is_none_or(|f| f.eq_ignore_ascii_case("ffffff") || f == "auto")
    };
    if set.get("shd").is_some_and(white) {
        set.drop("shd");
    }
}

/// Cells keep their sizes, within what can be read and is no headline: widths of columns go by them.
fn cell(set: &mut Children, run: &Run<'_>) {
    const SIZES: std::ops::RangeInclusive<u32> = 15..=44;
    if let Some(face) = run.face {
        let size = face.size.clamp(*SIZES.start(), *SIZES.end());
        set.set("sz", format!(r#"<w:sz w:val="{size}"/>"#));
        set.set("szCs", format!(r#"<w:szCs w:val="{size}"/>"#));
    }
}

#[cfg(test)]
mod tests {
    use super::{Run, written};
    use crate::model::BlockKind;
    use crate::model::layout::Face;
    use crate::model::settings::Fonts;

    fn set(kind: BlockKind, bold: bool, old: &str) -> String {
        let face = Face { bold, size: 21, ..Face::default() };
        let run = Run { face: Some(&face), ..Run::of(kind) };
        written(old, &run, Fonts::Standard).0
    }

    #[test]
    fn fonts_and_sizes_go_and_what_words_say_by_their_look_stays() {
        let old = r#"<w:rPr><w:rFonts w:ascii="Arial"/><w:b/><w:i/><w:color w:val="FF0000"/><w:spacing w:val="20"/><w:sz w:val="21"/><w:u w:val="single"/></w:rPr>"#;
        let hint = r#"<w:rFonts w:hint="eastAsia"/>"#;
        assert_eq!(
            set(BlockKind::Body, true, old),
            format!(r#"<w:rPr>{hint}<w:b/><w:i/><w:color w:val="FF0000"/><w:u w:val="single"/></w:rPr>"#)
        );
        let black = r#"<w:rPr><w:color w:val="000000"/><w:shd w:val="clear" w:fill="FFFFFF"/></w:rPr>"#;
        assert_eq!(set(BlockKind::Body, false, black), format!("<w:rPr>{hint}</w:rPr>"));
        assert_eq!(
            set(BlockKind::Heading(1), true, "<w:rPr><w:b/></w:rPr>"),
            format!("<w:rPr>{hint}</w:rPr>")
        );
        assert_eq!(set(BlockKind::Heading(3), true, ""), format!("<w:rPr>{hint}<w:b/></w:rPr>"));
        assert!(set(BlockKind::Cell, false, "").contains(r#"<w:sz w:val="21"/>"#));
        let symbols = r#"<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>"#;
        assert_eq!(set(BlockKind::Body, false, symbols), symbols);
    }
}
