//! `word/document.xml`: one paragraph a block, and the title in `docProps/core.xml`.

use std::fmt::Write as _;

use super::markup::{DECLARATION, Page, R, W};
use super::parts::section;
use super::{imprint, styles, table};
use crate::base::{Error, Result};
use crate::model::{BlockKind, Manuscript};

/// An empty paragraph of no height.
const ANCHOR: &str = r#"<w:p><w:pPr><w:pStyle w:val="Anchor"/></w:pPr></w:p>"#;

/// The whole part.
///
/// # Errors
/// If the text holds control characters; all of them at once.
pub fn xml(manuscript: &Manuscript) -> Result<String> {
    let blocks = manuscript.blocks();
    let out = String::with_capacity(manuscript.text().len() * 5 / 4 + blocks.len() * 220 + 2048);
    let further = styles::needs_further(manuscript);
    let mut page = Page { manuscript, out, further, problems: Vec::new() };
    let _ = write!(page.out, "{DECLARATION}<w:document {W} {R}><w:body>");
    let mut tables = manuscript.tables().iter().peekable();
    let mut index = 0;
    while index < blocks.len() {
        let imprint = blocks.get(index).is_some_and(|b| b.kind.is_imprint());
        if let Some(table) = tables.next_if(|t| t.blocks().start == index) {
            table::push(&mut page, table);
            index = table.blocks().end.max(index + 1);
        } else if imprint {
            index = imprint::push(&mut page, index);
        } else {
            page.paragraph(index);
            index += 1;
            continue;
        }
        // Word joins tables that follow on each other and wants a paragraph after the last; the
        // 版记 stands on the page of the paragraph after it.
        let joined = tables.peek().is_some_and(|t| t.blocks().start == index)
            || blocks.get(index).is_none_or(|b| b.kind.is_imprint());
        if imprint || joined {
            page.out.push_str(ANCHOR);
        }
    }
    page.out.push_str(&section());
    page.out.push_str("</w:body></w:document>");
    Error::unless_empty(page.problems, page.out)
}

/// `docProps/core.xml`: the title, and neither a time nor a name.
pub fn core(manuscript: &Manuscript) -> String {
    let mut out = String::with_capacity(600);
    out.push_str(DECLARATION);
    out.push_str(r#"<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">"#);
    out.push_str("<dc:title>");
    if let Some(block) = manuscript.blocks().iter().find(|b| b.kind == BlockKind::Title) {
        let title = manuscript.block_text(block).replace(['\n', '\r', '\t'], " ");
        // Control characters are reported by the body, where the same title stands.
        let title: String = title.chars().filter(|c| !c.is_control()).collect();
        out.push_str(&quick_xml::escape::escape(title.as_str()));
    }
    out.push_str("</dc:title><dc:language>zh-CN</dc:language></cp:coreProperties>");
    out
}
