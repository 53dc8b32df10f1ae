//! Plain text: paragraphs indented by two full-width spaces, the title centred, a table's row a
//! line with tabs between its cells, which Word and Excel make a table of again.
//!
//! A line is as wide as the 28 characters of a GB/T 9704 page, counted in terminal columns
//! (one Han character is two), so that a centred title stands where it would on paper.

use unicode_width::UnicodeWidthStr;

use super::Writer;
use crate::base::Result;
use crate::model::{BlockKind, Manuscript, Settings, Table};

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
        let blocks = manuscript.blocks();
        let mut before = None;
        let mut tables = manuscript.tables().iter().peekable();
        let mut index = 0;
        while let Some(block) = blocks.get(index) {
            if before.is_some_and(|b| is_parted(b, block.kind)) {
                out.push('\n');
            }
            before = Some(block.kind);
            if let Some(table) = tables.next_if(|t| t.blocks().start == index) {
                rows(manuscript, table, &mut out);
                index = table.blocks().end.max(index + 1);
                continue;
            }
            line(block.kind, manuscript.block_text(block), &mut out);
            index += 1;
        }
        Ok(out.into_bytes())
    }
}

fn line(kind: BlockKind, text: &str, out: &mut String) {
    match kind {
        kind if is_centred(kind) => {
            let pad = COLUMNS.saturating_sub(text.width()) / 2;
            out.extend(std::iter::repeat_n('　', pad / 2));
        }
        BlockKind::Signature | BlockKind::DateOfIssue => {
            // Two characters from the right margin, as GB/T 9704 sets an unsealed 署名.
            let pad = COLUMNS.saturating_sub(text.width() + 4);
            out.extend(std::iter::repeat_n('　', pad / 2));
        }
        // The second attachment's number stands below the first one's.
        BlockKind::AttachmentNote if !text.starts_with("附件") => out.push_str("　　　　　"),
        // One part on the left, one on the right, each one character in.
        kind if kind.has_two_parts() => {
            let (left, right) = text.split_once('\t').unwrap_or((text, ""));
            out.push('　');
            out.push_str(left);
            if !right.is_empty() {
                let gap = COLUMNS.saturating_sub(left.width() + right.width() + 4).max(4);
                out.extend(std::iter::repeat_n('　', gap / 2));
                out.push_str(right);
            }
            out.push('\n');
            return;
        }
        BlockKind::CopyLine => out.push('　'),
        BlockKind::Salutation | BlockKind::Cell | BlockKind::Code | BlockKind::Annex => {}
        _ => out.push_str("　　"),
    }
    out.push_str(text);
    out.push('\n');
}

const fn is_centred(kind: BlockKind) -> bool {
    matches!(
        kind,
        BlockKind::Masthead
            | BlockKind::DocumentNumber
            | BlockKind::IssueNumber
            | BlockKind::Title
            | BlockKind::Subtitle
            | BlockKind::DateLine
            | BlockKind::SpeakerLine
            | BlockKind::Caption
    )
}

/// Whether a blank line stands between two blocks.
fn is_parted(before: BlockKind, kind: BlockKind) -> bool {
    let head = |k| {
        matches!(k, BlockKind::Title | BlockKind::Subtitle | BlockKind::DateLine | BlockKind::SpeakerLine)
    };
    head(before) && !head(kind)
        || before.is_red_head() && !kind.is_red_head()
        || before == BlockKind::Cell
        || matches!(kind, BlockKind::Annex | BlockKind::Caption)
        || (before == BlockKind::AttachmentNote) != (kind == BlockKind::AttachmentNote)
        || !before.is_imprint() && kind.is_imprint()
}

/// The rows of a table, one a line, a tab between cells.
fn rows(manuscript: &Manuscript, table: &Table, out: &mut String) {
    for row in &table.rows {
        for (column, block) in manuscript.blocks()[row.cells.clone()].iter().enumerate() {
            if column > 0 {
                out.push('\t');
            }
            out.push_str(&manuscript.block_text(block).replace(['\t', '\r', '\n'], " "));
        }
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::Txt;
    use crate::model::Settings;
    use crate::write::{Writer as _, tests};

    #[test]
    fn a_form_keeps_its_parts_and_its_table() {
        let bytes = Txt.write(&tests::form(), &Settings::default()).unwrap();
        assert_eq!(
            String::from_utf8(bytes).unwrap().replace('\t', "→"),
            concat!(
                "　　　　　　　　　　　　工作简报\n",
                "　办公室编　　　　　　　　　　　　　　　　　　　3月5日\n",
                "\n",
                "　　　　　　　　　　　供水*简报*\n",
                "\n",
                "　　　　　　　　　　　　　表1\n",
                "任务→单位\n",
                "甲|乙→\n",
                "\n",
                "　　附件：1. 表\n",
                "　　　　　2. 名单\n",
                "\n",
                "附件1\n",
                "　　正文。\n",
                "\n",
                "　办公室　　　　　　　　　　　　　　　　　　3月6日印发\n",
            )
        );
    }
}
