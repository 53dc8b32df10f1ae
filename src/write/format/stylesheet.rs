//! The styles of the standard put into a document's own table of styles (`word/styles.xml`).
//!
//! A style that the document has under the same name keeps its id and is set anew; others come besides. None is
//! based on the document's own Normal, which tables, boxes and notes go by and which stays as it is.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::Wishes;
use super::minutes;
use super::model::Model;
use super::properties::{Children, child};
use crate::model::BlockKind;
use crate::model::settings::Fonts;
use crate::office::splice::Splices;
use crate::office::xml::{Token, each};
use crate::write::docx::page::{BODY_SIZE, NUMBER_LINE, NUMBER_SIZE, TRACKING};
use crate::write::docx::styles::{Known, fonts};

/// The name of the style that the others are based on.
const BASE: &str = "公文基准";
/// The name of the style of cells.
const CELL: &str = "公文表格";
/// The name of the style of page numbers.
const NUMBER: &str = "公文页码";

/// Which of a document's styles are those of the standard now.
#[derive(Debug, Default)]
pub struct Stylesheet {
    /// The part as it is to be.
    pub xml: String,
    ids: HashMap<String, String>,
    /// Ids of those that number their paragraphs.
    numbered: Vec<String>,
}

impl Stylesheet {
    /// Whether the style of a kind numbers its paragraphs.
    pub fn numbers(&self, kind: BlockKind) -> bool {
        self.numbered.iter().any(|id| id == self.id(kind))
    }

    /// The id of the style of a kind.
    pub fn id(&self, kind: BlockKind) -> &str {
        self.named(if kind == BlockKind::Cell { CELL } else { Known::of(kind).name() })
    }

    /// The id of the style of the line that a 版记 holds on to.
    pub fn anchor(&self) -> &str {
        self.named(Known::anchor().name())
    }

    /// The id of the style of page numbers.
    pub fn number(&self) -> &str {
        self.named(NUMBER)
    }

    fn named(&self, name: &str) -> &str {
        self.ids.get(&name.to_lowercase()).map_or("", String::as_str)
    }
}

/// Names of styles of the program's own by which a document says that a paragraph is settled. Those that Word has
/// itself are not among them: anybody may have used them for something else.
pub fn is_own(name: &str) -> bool {
    name == BASE || name == CELL || Known::all().any(|style| style.is_own() && style.name() == name)
}

/// The kind of the paragraphs of an own style that does not say it to readers: text is text, whatever number it
/// begins with.
pub fn kind_of_own(name: &str) -> Option<BlockKind> {
    (name == Known::of(BlockKind::Body).name()).then_some(BlockKind::Body)
}

/// A style that a document has.
struct Old {
    id: String,
    range: Range<usize>,
}

/// What a table of styles holds.
#[derive(Default)]
struct Table {
    /// Paragraph styles by their names in small letters.
    by_name: HashMap<String, Old>,
    ids: Vec<String>,
    /// Where the root ends.
    end: usize,
}

/// The part with these styles; `None` if it is malformed.
pub fn styled(
    xml: &str,
    styles: &BTreeMap<&'static str, Known>,
    wishes: Wishes,
    model: Option<&Model>,
) -> Option<Stylesheet> {
    let names = wishes.fonts;
    let line = model.and_then(Model::line).unwrap_or(wishes.grid.line());
    let table = read(xml)?;
    let mut ids = HashMap::new();
    let wanted: Vec<Known> = styles.values().copied().collect();
    let mut take = |name: &str, id: &str| {
        let key = name.to_lowercase();
        let id = match table.by_name.get(&key) {
            Some(old) => old.id.clone(),
            None => free(id, &table.ids),
        };
        ids.insert(key, id);
    };
    for (name, id) in [(BASE, "WengaoBase"), (CELL, "WengaoCell"), (NUMBER, "WengaoPage")] {
        take(name, id);
    }
    wanted.iter().for_each(|style| take(style.name(), style.id()));
    let mut sheet = Stylesheet { xml: String::new(), ids, numbered: Vec::new() };
    let mut written: Vec<(String, String)> = own(&sheet, names, line);
    let mut numbered = Vec::new();
    for style in wanted {
        let next = Known::by_id(style.next()).map_or("", |next| sheet.named(next.name()));
        let id = sheet.named(style.name());
        let next = if next.is_empty() { id } else { next };
        let old = table.by_name.get(&style.name().to_lowercase()).and_then(|old| xml.get(old.range.clone()));
        let numbering = old.map_or(String::new(), numbering);
        if !numbering.is_empty() {
            numbered.push(id.to_owned());
        }
        let base = sheet.named(BASE);
        let own = model.and_then(|model| model.written(style, id, base, next, &numbering));
        let element = own.unwrap_or_else(|| style.written(names, id, base, next, &numbering));
        written.push((style.name().to_lowercase(), element));
    }
    sheet.numbered = numbered;
    let mut splices = Splices::default();
    for (name, element) in written {
        match table.by_name.get(&name) {
            Some(old) => splices.replace(old.range.clone(), element),
            None => splices.replace(table.end..table.end, element),
        }
    }
    if model.is_some_and(|model| model.aloud) && !table.ids.iter().any(|id| id == minutes::STYLE) {
        splices.replace(table.end..table.end, minutes::style(names));
    }
    sheet.xml = splices.apply(xml)?;
    Some(sheet)
}

/// An id that no style has.
fn free(wanted: &str, ids: &[String]) -> String {
    let taken = |id: &str| ids.iter().any(|known| known.eq_ignore_ascii_case(id));
    if !taken(wanted) {
        return wanted.to_owned();
    }
    let mut others = (1..).map(|n: u32| format!("Wengao{n}{wanted}"));
    others.find(|id| !taken(id)).unwrap_or_default()
}

/// The automatic numbers that a style has, which stay.
fn numbering(element: &str) -> String {
    let properties = child(element, "pPr").and_then(|range| element.get(range));
    properties.and_then(|xml| Children::of_paragraph(xml).get("numPr").map(str::to_owned)).unwrap_or_default()
}

fn read(xml: &str) -> Option<Table> {
    let mut table = Table::default();
    let mut open: Option<(usize, String, String, bool)> = None;
    let mut depth = 0usize;
    let sound = each(xml, |token, at| match token {
        Token::Start(e) => {
            if depth == 1 && e.name() == "style" {
                let paragraph = e.attribute("type").is_none_or(|t| t == "paragraph");
                let id = e.attribute("styleId").unwrap_or_default();
                open = Some((at.start, id, String::new(), paragraph));
            } else if depth == 2
                && e.name() == "name"
                && let Some(style) = &mut open
            {
                style.2 = e.attribute("val").unwrap_or_default();
            }
            depth += 1;
        }
        Token::End(_) => {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                table.end = at.start;
            }
            if depth == 1
                && let Some((start, id, name, paragraph)) = open.take()
            {
                table.ids.push(id.clone());
                if paragraph {
                    let old = Old { id, range: start..at.end };
                    table.by_name.entry(name.to_lowercase()).or_insert(old);
                }
            }
        }
        _ => {}
    });
    (sound && xml.get(table.end..).is_some_and(|end| end.starts_with("</"))).then_some(table)
}

/// The styles that documents of the program's own do without: what the others are based on, cells, page numbers.
fn own(sheet: &Stylesheet, names: Fonts, line: u32) -> Vec<(String, String)> {
    let (base, cell, number) = (sheet.named(BASE), sheet.named(CELL), sheet.named(NUMBER));
    let (body, song) = (fonts(names.body()), fonts(names.song()));
    let style = |id: &str, name: &str, inner: String| {
        format!(
            r#"<w:style w:type="paragraph" w:customStyle="1" w:styleId="{id}"><w:name w:val="{name}"/>{inner}</w:style>"#
        )
    };
    let size = |half_points: u32| format!(r#"<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>"#);
    let set = format!(
        r#"<w:qFormat/><w:pPr><w:widowControl w:val="0"/><w:kinsoku w:val="1"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:adjustRightInd w:val="0"/><w:snapToGrid w:val="0"/><w:spacing w:before="0" w:beforeLines="0" w:beforeAutospacing="0" w:after="0" w:afterLines="0" w:afterAutospacing="0" w:line="{line}" w:lineRule="exact"/><w:ind w:leftChars="0" w:left="0" w:rightChars="0" w:right="0" w:firstLineChars="0" w:firstLine="0"/><w:contextualSpacing w:val="0"/><w:jc w:val="both"/></w:pPr><w:rPr>{body}<w:b w:val="0"/><w:i w:val="0"/><w:color w:val="auto"/><w:spacing w:val="{TRACKING}"/><w:w w:val="100"/><w:kern w:val="0"/>{}</w:rPr>"#,
        size(BODY_SIZE)
    );
    let cells = format!(
        r#"<w:basedOn w:val="{base}"/><w:qFormat/><w:pPr><w:spacing w:line="240" w:lineRule="auto"/><w:jc w:val="left"/></w:pPr><w:rPr>{body}<w:spacing w:val="0"/>{}</w:rPr>"#,
        size(24)
    );
    let numbers = format!(
        r#"<w:basedOn w:val="{base}"/><w:pPr><w:spacing w:line="{NUMBER_LINE}" w:lineRule="exact"/></w:pPr><w:rPr>{song}<w:spacing w:val="0"/>{}</w:rPr>"#,
        size(NUMBER_SIZE)
    );
    [(BASE, base, set), (CELL, cell, cells), (NUMBER, number, numbers)]
        .map(|(name, id, inner)| (name.to_lowercase(), style(id, name, inner)))
        .into()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Known, styled};
    use crate::model::BlockKind;
    use crate::model::settings::Fonts;
    use crate::write::format::{Grid, Wishes};

    const OLD: &str = r#"<w:styles xmlns:w="w"><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="4"/></w:numPr><w:jc w:val="right"/></w:pPr></w:style><w:style w:type="character" w:styleId="Title"><w:name w:val="别的"/></w:style></w:styles>"#;

    fn wanted() -> BTreeMap<&'static str, Known> {
        let kinds = [BlockKind::Heading(1), BlockKind::Title, BlockKind::Body];
        kinds.into_iter().map(Known::of).map(|style| (style.name(), style)).collect()
    }

    #[test]
    fn a_style_of_the_same_name_keeps_its_id_and_its_numbers() {
        let sheet = styled(OLD, &wanted(), Wishes::default(), None).unwrap();
        assert_eq!(sheet.id(BlockKind::Heading(1)), "1");
        // The id is another style's.
        assert_eq!(sheet.id(BlockKind::Title), "Wengao1Title");
        assert!(sheet.xml.contains(r#"<w:numPr><w:numId w:val="4"/></w:numPr>"#));
        assert!(!sheet.xml.contains(r#"<w:jc w:val="right"/>"#) && sheet.xml.contains("黑体"));
        assert!(sheet.xml.contains(r#"w:styleId="a"><w:name w:val="Normal"/></w:style>"#));
    }

    #[test]
    fn doing_it_twice_changes_nothing() {
        let wishes = Wishes { fonts: Fonts::Gb2312, grid: Grid::Exchange, ..Wishes::default() };
        let once = styled(OLD, &wanted(), wishes, None).unwrap().xml;
        assert_eq!(styled(&once, &wanted(), wishes, None).unwrap().xml, once);
    }
}
