//! Plain text: paragraphs indented by two full-width spaces, the title centred.
//!
//! A line is as wide as the 28 characters of a GB/T 9704 page, counted in terminal columns
//! (one Han character is two), so that a centred title stands where it would on paper.

use unicode_width::UnicodeWidthStr;

use super::Writer;
use crate::base::Result;
use crate::model::{BlockKind, Manuscript, Settings};

/// The writer of .txt.
pub struct Txt;

/// Columns of a line: 28 Han characters.
const COLUMNS: usize = 56;

impl Writer for Txt {
    fn name(&self) -> &'static str {
        "txt"
    }

    fn write(&self, manuscript: &Manuscript, _settings: &Settings) -> Result<Vec<u8>> {
        let mut out = String::with_capacity(manuscript.text().len() + manuscript.blocks().len() * 8);
        let mut before = None;
        for block in manuscript.blocks() {
            let text = manuscript.block_text(block);
            let head = matches!(block.kind, BlockKind::Title | BlockKind::DateLine | BlockKind::SpeakerLine);
            if before.is_some_and(|was_head| was_head && !head) {
                out.push('\n');
            }
            match block.kind {
                BlockKind::Title | BlockKind::DateLine | BlockKind::SpeakerLine => {
                    let pad = COLUMNS.saturating_sub(text.width()) / 2;
                    out.extend(std::iter::repeat_n('　', pad / 2));
                }
                BlockKind::Signature | BlockKind::DateOfIssue => {
                    // Two characters from the right margin, as GB/T 9704 sets an unsealed 署名.
                    let pad = COLUMNS.saturating_sub(text.width() + 4);
                    out.extend(std::iter::repeat_n('　', pad / 2));
                }
                BlockKind::Salutation | BlockKind::Cell | BlockKind::Code => {}
                _ => out.push_str("　　"),
            }
            out.push_str(text);
            out.push('\n');
            before = Some(head);
        }
        Ok(out.into_bytes())
    }
}
