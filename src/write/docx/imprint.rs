//! The foot of a document: 版记.
//!
//! It is a table of one column that floats at the foot of the page on which the document ends: it
//! stays there whatever is added before it. Framed paragraphs would say the same, but their
//! borders are as narrow as their indents, and LibreOffice lets go of frames whose borders differ.

use super::markup::Page;
use super::page::{IMPRINT_ABOVE, IMPRINT_BELOW, LEFT, RIGHT, WIDTH};
use crate::model::BlockKind;

/// What ends a row of it.
pub const ROW_END: &str = "</w:tc></w:tr>";
/// What ends it.
pub const END: &str = "</w:tbl>";

/// What begins it.
pub fn head() -> String {
    let width = WIDTH - LEFT - RIGHT;
    // LibreOffice makes a table float that is as wide as the text only if it is placed by the
    // edge of the paper.
    format!(
        r#"<w:tbl><w:tblPr><w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="margin" w:horzAnchor="page" w:tblpX="{LEFT}" w:tblpYSpec="bottom"/><w:tblW w:w="{width}" w:type="dxa"/><w:tblBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="auto"/><w:bottom w:val="single" w:sz="8" w:space="0" w:color="auto"/><w:insideH w:val="single" w:sz="6" w:space="0" w:color="auto"/></w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="{IMPRINT_ABOVE}" w:type="dxa"/><w:left w:w="0" w:type="dxa"/><w:bottom w:w="{IMPRINT_BELOW}" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid><w:gridCol w:w="{width}"/></w:tblGrid>"#
    )
}

/// What begins a row of it.
pub fn row() -> String {
    let width = WIDTH - LEFT - RIGHT;
    format!(
        r#"<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>"#
    )
}

/// Whether a line of it begins a row, after one of this kind: lines of 抄送 stand together.
pub fn begins_row(last: Option<BlockKind>, this: BlockKind) -> bool {
    last.is_none_or(|kind| kind != BlockKind::CopyLine || this != kind)
}

/// Appends the 版记 that starts at a block, and tells where it ends. The lines of 抄送 stand
/// together, 印发 below them. The rules above and below are 0.35 mm, the one between 0.25 mm (GB/T
/// 9704-2012, 7.4.1), in eighths of a point.
pub fn push(page: &mut Page<'_>, start: usize) -> usize {
    let blocks = page.manuscript.blocks();
    page.out.push_str(&head());
    let mut last = None;
    let mut index = start;
    while let Some(block) = blocks.get(index).filter(|b| b.kind.is_imprint()) {
        if begins_row(last, block.kind) {
            if last.is_some() {
                page.out.push_str(ROW_END);
            }
            page.out.push_str(&row());
        }
        page.paragraph(index);
        last = Some(block.kind);
        index += 1;
    }
    page.out.push_str(ROW_END);
    page.out.push_str(END);
    index
}
