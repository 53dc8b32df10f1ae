//! Manuscripts that the tests of several writers write.

use crate::model::{Block, BlockKind, Manuscript, Row, Table};

/// A manuscript of these blocks, a line each.
pub fn manuscript(parts: &[(BlockKind, &str)]) -> Manuscript {
    let (mut text, mut blocks) = (String::new(), Vec::new());
    for (kind, words) in parts {
        let start = text.len();
        text.push_str(words);
        blocks.push(Block { kind: *kind, range: start..text.len() });
        text.push('\n');
    }
    Manuscript::new(text, blocks, Vec::new(), Vec::new())
}

/// A brief (简报) with a table of two columns and a header row, an attachment and the 版记.
pub fn form() -> Manuscript {
    let parts = [
        (BlockKind::Masthead, "工作简报"),
        (BlockKind::EditedLine, "办公室编\t3月5日"),
        (BlockKind::Title, "供水*简报*"),
        (BlockKind::Caption, "表1"),
        (BlockKind::Cell, "任务"),
        (BlockKind::Cell, "单位"),
        (BlockKind::Cell, "甲|乙"),
        (BlockKind::Cell, ""),
        (BlockKind::AttachmentNote, "附件：1. 表"),
        (BlockKind::AttachmentNote, "2. 名单"),
        (BlockKind::Annex, "附件1"),
        (BlockKind::Body, "正文。"),
        (BlockKind::PrintLine, "办公室\t3月6日印发"),
    ];
    let rows = vec![Row { cells: 4..6, header: true }, Row { cells: 6..8, header: false }];
    manuscript(&parts).with_tables(vec![Table { rows }])
}
