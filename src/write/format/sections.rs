//! Sheets, margins and page numbers of a document's sections (页面设置、页码), and the settings that these need.

use std::collections::BTreeMap;

use super::properties::children;
use crate::base::Result;
use crate::model::layout::Section;
use crate::office::added::{Relation, beside, declare, relate, so_far};
use crate::office::body;
use crate::office::document::unsafe_change;
use crate::office::own::spoken_as;
use crate::office::package::{Package, Relationship};
use crate::office::splice::Splices;
use crate::office::xml::{Token, each, root};
use crate::write::docx::markup::{DECLARATION, W};
use crate::write::docx::page::{BOTTOM, FOOTER, HEIGHT, LEFT, RIGHT, TOP, WIDTH};
use crate::write::docx::parts::footer;

/// Which reading of 22 lines a page goes by (行距算法).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Grid {
    /// 225 mm in 22 lines of 28.95 pt.
    #[default]
    Standard,
    /// Lines of 29.45 pt and margins of 34.58 and 32.58 mm, as GB/T 33476.2 reads it.
    Exchange,
}

impl Grid {
    /// Each with its name on the command line.
    pub const ALL: [(&'static str, Self); 2] = [("9704", Self::Standard), ("33476", Self::Exchange)];

    /// From line to line, in twips.
    #[must_use]
    pub const fn line(self) -> u32 {
        match self {
            Self::Standard => crate::write::docx::page::LINE,
            Self::Exchange => 589,
        }
    }
}

/// A sheet and its margins, in twips.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    /// The sheet's width.
    pub width: u32,
    /// Its height.
    pub height: u32,
    /// Above the text.
    pub top: u32,
    /// Right of it.
    pub right: u32,
    /// Below it.
    pub bottom: u32,
    /// Left of it.
    pub left: u32,
}

impl Frame {
    /// That of the standard, by this reading of 22 lines.
    pub const fn of(grid: Grid) -> Self {
        let (top, bottom) = match grid {
            Grid::Standard => (TOP, BOTTOM),
            Grid::Exchange => (1_960, 1_847),
        };
        Self { width: WIDTH, height: HEIGHT, top, right: RIGHT, bottom, left: LEFT }
    }

    /// That of a section of another document.
    pub const fn of_section(section: &Section) -> Self {
        let Section { width, height, top, right, bottom, left, .. } = *section;
        Self { width, height, top, right, bottom, left }
    }

    /// The width of the text.
    pub const fn text_width(self) -> u32 {
        self.width.saturating_sub(self.left + self.right)
    }

    /// From the paper's lower edge to the page number.
    const fn footer(self) -> u32 {
        (self.bottom + FOOTER).saturating_sub(BOTTOM)
    }
}

/// Page numbers as they are to be, and the headers that stay.
#[derive(Debug, Default)]
pub struct Numbers {
    /// Ids of relationships to footers with words, which stay.
    pub kept: Vec<String>,
    /// Ids of the footers of odd and even pages.
    ids: [String; 2],
    /// Whether left and right pages were told apart before.
    told_apart: bool,
    /// Whether the document is a strict one.
    pub strict: bool,
}

/// Whether a part beside the body says more than a page number.
fn says_something(xml: &str) -> bool {
    let says = |c: char| c.is_alphabetic() && !matches!(c, '第' | '页' | '共' | '一');
    body::read(xml)
        .paragraphs
        .iter()
        .any(|p| p.text.contains(says) || p.shape && !p.boxed && xml.contains("blip"))
}

/// Puts the two footers into the container, where it has not got them, and tells by which ids they go.
pub fn numbers(
    package: &mut Package<'_>,
    main: &str,
    style: &str,
    strict: bool,
    parts: &mut BTreeMap<String, Vec<u8>>,
) -> Result<Numbers> {
    const TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml";
    let relationships = package.relationships(main);
    let mut numbers = Numbers::default();
    for r in relationships.iter().filter(|r| r.kind == "footer") {
        if package.part(&r.target).is_some_and(|part| says_something(&part.text)) {
            numbers.kept.push(r.id.clone());
        }
    }
    for (n, (side, file)) in
        [("right", "footerWengao1.xml"), ("left", "footerWengao2.xml")].into_iter().enumerate()
    {
        let name = beside(main, file);
        let known = relationships.iter().find(|r| r.kind == "footer" && r.target.eq_ignore_ascii_case(&name));
        numbers.ids[n] = match known {
            Some(known) => known.id.clone(),
            None => {
                declare(package, &name, TYPE, parts)?;
                let relation = Relation { kind: "footer", target: file, wanted: "rIdWengaoPage" };
                relate(package, main, relation, strict, parts)?
            }
        };
        parts.insert(name, spoken_as(strict, footer(side, style)).into_bytes());
    }
    numbers.strict = strict;
    numbers.told_apart = settings(package, main, &relationships, strict, parts)?;
    Ok(numbers)
}

/// Left and right pages are told apart from now on; whether they were before.
fn settings(
    package: &mut Package<'_>,
    main: &str,
    relationships: &[Relationship],
    strict: bool,
    parts: &mut BTreeMap<String, Vec<u8>>,
) -> Result<bool> {
    const TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml";
    const ON: &str = r#"<w:evenAndOddHeaders w:val="1"/>"#;
    let known = relationships.iter().find(|r| r.kind == "settings").map(|r| r.target.clone());
    let Some((name, part)) = known.and_then(|n| so_far(package, &n, parts).map(|p| (n, p))) else {
        let name = beside(main, "settings.xml");
        declare(package, &name, TYPE, parts)?;
        let relation = Relation { kind: "settings", target: "settings.xml", wanted: "rIdWengaoSet" };
        relate(package, main, relation, strict, parts)?;
        let made = format!("{DECLARATION}<w:settings {W}>{ON}</w:settings>");
        parts.insert(name, spoken_as(strict, made).into_bytes());
        return Ok(false);
    };
    let all = children(&part.text);
    let old = all.iter().find(|(name, ..)| name == "evenAndOddHeaders");
    if let Some((_, xml)) = old
        && !["\"0\"", "\"false\"", "\"off\""].iter().any(|no| xml.contains(no))
    {
        return Ok(true);
    }
    let mut splices = Splices::default();
    let mut place = None;
    let (mut depth, mut end) = (0usize, 0);
    let sound = each(&part.text, |token, at| match token {
        Token::Start(e) => {
            if depth == 1 && e.name() == "evenAndOddHeaders" {
                splices.replace(at, "");
            } else if depth == 1 && place.is_none() && !BEFORE.contains(&e.name()) {
                place = Some(at.start);
            }
            depth += 1;
        }
        Token::End(_) => {
            depth = depth.saturating_sub(1);
            end = at.start;
        }
        _ => {}
    });
    let at = place.unwrap_or(end);
    splices.replace(at..at, ON);
    let xml = splices
        .apply(&part.text)
        .filter(|_| sound && root(&part.text, |e| e.qualified() == "w:settings") == Some(true));
    parts.insert(name, part.encoding.encode(&xml.ok_or_else(unsafe_change)?));
    Ok(false)
}

/// What stands before `w:evenAndOddHeaders` by the schema.
const BEFORE: &[&str] = &[
    "writeProtection",
    "view",
    "zoom",
    "removePersonalInformation",
    "removeDateAndTime",
    "doNotDisplayPageBoundaries",
    "displayBackgroundShape",
    "printPostScriptOverText",
    "printFractionalCharacterWidth",
    "printFormsData",
    "embedTrueTypeFonts",
    "embedSystemFonts",
    "saveSubsetFonts",
    "saveFormsData",
    "mirrorMargins",
    "alignBordersAndEdges",
    "bordersDoNotSurroundHeader",
    "bordersDoNotSurroundFooter",
    "gutterAtTop",
    "hideSpellingErrors",
    "hideGrammaticalErrors",
    "activeWritingStyle",
    "proofState",
    "formsDesign",
    "attachedTemplate",
    "linkStyles",
    "stylePaneFormatFilter",
    "stylePaneSortMethod",
    "documentType",
    "mailMerge",
    "revisionView",
    "trackRevisions",
    "doNotTrackMoves",
    "doNotTrackFormatting",
    "documentProtection",
    "autoFormatOverride",
    "styleLockTheme",
    "styleLockQFSet",
    "defaultTabStop",
    "autoHyphenation",
    "consecutiveHyphenLimit",
    "hyphenationZone",
    "doNotHyphenateCaps",
    "showEnvelope",
    "summaryLength",
    "clickAndTypeStyle",
    "defaultTableStyle",
];

/// A section as it is to be; the first one of a document names the page numbers, the others go by it.
pub fn section(xml: &str, first: bool, numbers: &Numbers, frame: Frame) -> String {
    let across = xml.contains(r#"w:orient="landscape""#) || is_broad(xml);
    let Frame { width, height, top, right, bottom, left } = frame;
    let (sheet, [top, right, bottom, left]) = if across {
        let sheet = format!(r#"<w:pgSz w:w="{height}" w:h="{width}" w:orient="landscape"/>"#);
        // Turned so that the sheet's head lies at the binding.
        (sheet, [left, top, right, bottom])
    } else {
        (format!(r#"<w:pgSz w:w="{width}" w:h="{height}"/>"#), [top, right, bottom, left])
    };
    let footer = frame.footer();
    let margins = format!(
        r#"<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" w:header="850" w:footer="{footer}" w:gutter="0"/>"#
    );
    let mut out = String::from("<w:sectPr>");
    let all = children(xml);
    let open = xml.split('>').next().unwrap_or_default();
    if open.starts_with("<w:sectPr ") {
        out = format!("{}>", open.trim_end_matches('/'));
    }
    references(&all, first, numbers, &mut out);
    for name in ORDER {
        match *name {
            "pgSz" => out.push_str(&sheet),
            "pgMar" => out.push_str(&margins),
            name => all.iter().filter(|(n, _)| n == name).for_each(|(_, xml)| out.push_str(xml)),
        }
    }
    out.push_str("</w:sectPr>");
    out
}

/// Children of a section after its headers and footers; the grid is left out.
const ORDER: &[&str] = &[
    "footnotePr",
    "endnotePr",
    "type",
    "pgSz",
    "pgMar",
    "paperSrc",
    "pgBorders",
    "lnNumType",
    "pgNumType",
    "cols",
    "formProt",
    "vAlign",
    "noEndnote",
    "titlePg",
    "textDirection",
    "bidi",
    "rtlGutter",
    "sectPrChange",
];

fn is_broad(xml: &str) -> bool {
    let mut broad = false;
    let _ = each(xml, |token, _| {
        if let Token::Start(e) = token
            && e.name() == "pgSz"
        {
            let length = |name| e.attribute(name).and_then(|v| v.parse::<u32>().ok()).unwrap_or(0);
            broad = length("w") > length("h");
        }
    });
    broad
}

/// Headers stay; footers with words stay; others make room for page numbers.
fn references(all: &[(String, String)], first: bool, numbers: &Numbers, out: &mut String) {
    let of =
        |name: &str| -> Vec<&String> { all.iter().filter(|(n, _)| n == name).map(|(_, xml)| xml).collect() };
    let is = |xml: &str, side: &str| xml.contains(&format!("w:type=\"{side}\""));
    let headers = of("headerReference");
    headers.iter().for_each(|xml| out.push_str(xml));
    // With left and right pages told apart, a header of all pages would be on half of them.
    if !numbers.told_apart
        && let Some(default) = headers.iter().find(|xml| is(xml, "default"))
        && !headers.iter().any(|xml| is(xml, "even"))
    {
        out.push_str(&default.replace("w:type=\"default\"", "w:type=\"even\""));
    }
    let footers = of("footerReference");
    let stays =
        |xml: &str| is(xml, "first") || numbers.kept.iter().any(|id| xml.contains(&format!("\"{id}\"")));
    let kept: Vec<&&String> = footers.iter().filter(|xml| stays(xml)).collect();
    kept.iter().for_each(|xml| out.push_str(xml));
    let default = kept.iter().find(|xml| is(xml, "default"));
    for (side, id) in ["default", "even"].into_iter().zip(&numbers.ids) {
        if kept.iter().any(|xml| is(xml, side)) {
            continue;
        }
        match default.filter(|_| side == "even" && !numbers.told_apart) {
            Some(default) => out.push_str(&default.replace("w:type=\"default\"", "w:type=\"even\"")),
            None if first => {
                out.push_str(&format!(r#"<w:footerReference w:type="{side}" r:id="{id}"/>"#));
            }
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Frame, Grid, Numbers, section};

    fn numbers() -> Numbers {
        Numbers {
            kept: vec!["rId9".into()],
            ids: ["rA".into(), "rB".into()],
            told_apart: false,
            strict: false,
        }
    }

    #[test]
    fn a_section_gets_the_standards_sheet_and_page_numbers_and_keeps_its_columns() {
        let xml = r#"<w:sectPr><w:headerReference w:type="default" r:id="h"/><w:footerReference w:type="default" r:id="f"/><w:pgSz w:w="12240" w:h="15840"/><w:cols w:num="2"/><w:docGrid w:linePitch="312"/></w:sectPr>"#;
        let once = section(xml, true, &numbers(), Frame::of(Grid::Standard));
        assert_eq!(
            once,
            r#"<w:sectPr><w:headerReference w:type="default" r:id="h"/><w:headerReference w:type="even" r:id="h"/><w:footerReference w:type="default" r:id="rA"/><w:footerReference w:type="even" r:id="rB"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" w:header="850" w:footer="1447" w:gutter="0"/><w:cols w:num="2"/></w:sectPr>"#
        );
        let again = Numbers { told_apart: true, ..numbers() };
        assert_eq!(section(&once, true, &again, Frame::of(Grid::Standard)), once);
    }

    #[test]
    fn a_footer_with_words_stays_and_a_broad_sheet_stays_broad() {
        let xml = r#"<w:sectPr><w:footerReference w:type="default" r:id="rId9"/><w:pgSz w:w="15840" w:h="12240"/></w:sectPr>"#;
        let set = section(xml, false, &numbers(), Frame::of(Grid::Exchange));
        assert!(set.contains(r#"<w:footerReference w:type="default" r:id="rId9"/><w:footerReference w:type="even" r:id="rId9"/>"#));
        assert!(set.contains(r#"w:w="16838" w:h="11906" w:orient="landscape""#), "{set}");
    }
}
