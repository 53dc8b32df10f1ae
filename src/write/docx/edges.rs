//! The head of a document and the edges of its parts: 红头, 报头, and what keeps with what.
//!
//! The red rule is the border of a paragraph, since a drawn line moves when somebody types above it.

use super::markup::half_characters;
use super::page::{LINE, MASTHEAD_SIZE, THIRTY_FIVE_MM};
use crate::model::{Block, BlockKind};

/// Appends the red rule, if it stands below this block.
pub fn push_rule(blocks: &[Block], index: usize, out: &mut String) {
    let is_last = blocks.get(index).is_some_and(|b| b.kind.is_red_head())
        && !blocks.get(index + 1).is_some_and(|b| b.kind.is_red_head());
    if is_last && has_masthead(&blocks[..=index]) {
        // 4 mm below the 发文字号, as wide as the 版心 (7.2.7). The line's own white below its
        // characters is 3.5 pt of these 11.3.
        out.push_str(r#"<w:pBdr><w:bottom w:val="single" w:sz="16" w:space="8" w:color="FF0000"/></w:pBdr>"#);
    }
}

/// Whether a block stands on the page of the one after it. 附件说明, 署名 and 成文日期 that begin a
/// page have the end of the text above them: a page of nothing but a signature invites another text
/// in front of it (此页无正文).
pub fn is_kept_with_next(this: BlockKind, next: Option<BlockKind>) -> bool {
    let closes = |k| matches!(k, BlockKind::AttachmentNote | BlockKind::Signature | BlockKind::DateOfIssue);
    this != BlockKind::Cell && next.is_some_and(closes)
}

/// Whether the red head that ends these blocks has 发文机关标志 or 报头 in it.
fn has_masthead(blocks: &[Block]) -> bool {
    blocks.iter().rev().take_while(|b| b.kind.is_red_head()).any(|b| b.kind == BlockKind::Masthead)
}

/// Whether the red head that starts or goes on here is a brief's (报头).
pub fn is_brief(blocks: &[Block]) -> bool {
    blocks
        .iter()
        .take_while(|b| b.kind.is_red_head())
        .any(|b| matches!(b.kind, BlockKind::IssueNumber | BlockKind::EditedLine))
}

/// The space above a block of the head, or above the first one after it, in twips; `None` if it
/// has nothing to do with a head.
pub fn space_before(blocks: &[Block], index: usize) -> Option<u32> {
    let before = index.checked_sub(1).and_then(|i| blocks.get(i)).map(|b| b.kind);
    let this = blocks.get(index)?.kind;
    match (before, this) {
        // The upper edge of the 发文机关标志 lies 35 mm below that of the 版心 (7.2.4); a 报头 has
        // the upper third of its page.
        (None, BlockKind::Masthead) if is_brief(blocks) => Some(LINE),
        (None, BlockKind::Masthead) => Some(THIRTY_FIVE_MM),
        (Some(before), BlockKind::Masthead) if !before.is_red_head() => Some(LINE),
        (Some(BlockKind::Masthead), BlockKind::DocumentNumber) => Some(2 * LINE),
        (Some(_), BlockKind::IssueNumber | BlockKind::EditedLine) => Some(LINE),
        // The title stands two lines below the red rule (7.3.1).
        (Some(BlockKind::DocumentNumber | BlockKind::Masthead), k)
            if !k.is_red_head() && has_masthead(&blocks[..index]) =>
        {
            Some(2 * LINE)
        }
        (Some(BlockKind::IssueNumber | BlockKind::EditedLine), k) if !k.is_red_head() => Some(LINE),
        _ => None,
    }
}

/// A 发文机关标志 fills the 版心 but for some millimetres: its characters are as high as they may
/// be and made narrower, down to two thirds, before they are made smaller. Font size in
/// half-points and width in hundredths.
pub fn masthead_size(text: &str) -> (u32, u32) {
    /// Twips of the line that it may take: 150 mm.
    const ROOM: u32 = 8_504;
    const NARROWEST: u32 = 66;
    const WIDEST: u32 = 90;
    /// 一号; what is longer still takes two lines.
    const SMALLEST: u32 = 52;
    let halves = u32::try_from(half_characters(text)).unwrap_or(u32::MAX).max(2);
    // A character of the full size is ten twips a half-point wide.
    let scale = (ROOM * 100 / (MASTHEAD_SIZE * 5).saturating_mul(halves).max(1)).clamp(NARROWEST, WIDEST);
    let size = ROOM * 100 / (5 * scale).saturating_mul(halves).max(1);
    (size.clamp(SMALLEST, MASTHEAD_SIZE), scale)
}
