//! Tables that are broader than the text (版心): their columns get narrower in proportion, so that nothing hangs over
//! the edge of the paper.

use std::ops::Range;

use crate::office::splice::Splices;
use crate::office::xml::{Element, Token, each};
use crate::write::docx::page::{HEIGHT, LEFT, RIGHT, TOP, WIDTH};

/// Twips over which nobody sees.
const UNSEEN: u32 = 120;

/// A table of the body.
#[derive(Default)]
struct Table {
    /// Widths of its columns together.
    columns: u32,
    /// Widths in it: the bytes of each start tag, and its value.
    widths: Vec<(Range<usize>, u32)>,
    /// Whether it floats, and so stands where it was put.
    floats: bool,
    /// Where it begins.
    start: usize,
}

/// Makes broad tables narrower; how many there were. What stands in a broad section is measured by its sheet.
pub fn narrow(xml: &str, sections: &[Range<usize>], splices: &mut Splices) -> usize {
    let mut count = 0;
    for table in tables(xml) {
        let section = sections.iter().find(|s| s.start > table.start).and_then(|s| xml.get(s.clone()));
        let across = section.is_some_and(|s| s.contains("landscape"));
        let room = if across { HEIGHT - TOP - RIGHT } else { WIDTH - LEFT - RIGHT };
        if table.floats || table.columns <= room + UNSEEN {
            continue;
        }
        count += 1;
        for (at, width) in table.widths {
            let Some(tag) = xml.get(at.clone()) else { continue };
            let narrower = u64::from(width) * u64::from(room) / u64::from(table.columns.max(1));
            let new = tag.replacen(&format!("w:w=\"{width}\""), &format!("w:w=\"{narrower}\""), 1);
            splices.replace(at, new);
        }
    }
    count
}

fn tables(xml: &str) -> Vec<Table> {
    let mut found: Vec<Table> = Vec::new();
    let mut open = 0usize;
    let mut boxed = 0usize;
    // The part was well formed when it was looked through.
    let _ = each(xml, |token, at| match token {
        Token::Start(e) => match e.qualified() {
            "w:txbxContent" => boxed += 1,
            "w:tbl" => {
                open += 1;
                if open == 1 && boxed == 0 {
                    found.push(Table { start: at.start, ..Table::default() });
                }
            }
            name if open == 1 && boxed == 0 => {
                if let Some(table) = found.last_mut() {
                    table.see(name, e, at);
                }
            }
            _ => {}
        },
        Token::End("txbxContent") => boxed = boxed.saturating_sub(1),
        Token::End("tbl") => open = open.saturating_sub(1),
        _ => {}
    });
    found
}

impl Table {
    fn see(&mut self, name: &str, e: Element<'_>, at: Range<usize>) {
        let width = e.attribute("w").and_then(|w| w.parse::<u32>().ok());
        let absolute = e.attribute("type").is_none_or(|t| t == "dxa");
        match (name, width) {
            ("w:tblpPr", _) => self.floats = true,
            ("w:gridCol", Some(width)) => {
                self.columns = self.columns.saturating_add(width);
                self.widths.push((at, width));
            }
            ("w:tcW" | "w:tblW", Some(width)) if absolute => self.widths.push((at, width)),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::narrow;
    use crate::office::splice::Splices;

    #[test]
    fn a_broad_table_is_narrowed_once() {
        let xml = r#"<w:body xmlns:w="w"><w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid><w:gridCol w:w="8000"/><w:gridCol w:w="4000"/></w:tblGrid><w:tr><w:tc><w:tcPr><w:tcW w:w="8000" w:type="dxa"/></w:tcPr></w:tc></w:tr></w:tbl></w:body>"#;
        let mut splices = Splices::default();
        assert_eq!(narrow(xml, &[], &mut splices), 1);
        let once = splices.apply(xml).unwrap();
        assert!(once.contains(r#"<w:gridCol w:w="5896"/><w:gridCol w:w="2948"/>"#), "{once}");
        assert!(once.contains(r#"<w:tcW w:w="5896" w:type="dxa"/>"#));
        assert_eq!(narrow(&once, &[], &mut Splices::default()), 0);
    }
}
