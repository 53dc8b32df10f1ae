//! Markdown: the title as `#`, headings by level, a blank line between paragraphs, tables with
//! pipes. What stands above the red rule or below the text is set off by a rule (`---`).

use std::ops::Range;

use super::Writer;
use crate::base::Result;
use crate::model::{Block, BlockKind, Manuscript, Settings, Table};

/// The writer of .md.
pub struct Md;

impl Writer for Md {
    fn name(&self) -> &'static str {
        "md"
    }

    fn write(&self, manuscript: &Manuscript, _settings: &Settings) -> Result<Vec<u8>> {
        let blocks = manuscript.blocks();
        let mut out = String::with_capacity(manuscript.text().len() + blocks.len() * 8);
        let mut tables = manuscript.tables().iter().peekable();
        let mut index = 0;
        while let Some(block) = blocks.get(index) {
            if index > 0 {
                out.push('\n');
            }
            if let Some(table) = tables.next_if(|t| t.blocks().start == index) {
                rows(manuscript, table, &mut out);
                index = table.blocks().end.max(index + 1);
                continue;
            }
            let before = index.checked_sub(1).and_then(|i| blocks.get(i)).map(|b| b.kind);
            paragraph(manuscript, block, before, &mut out);
            index += 1;
        }
        Ok(out.into_bytes())
    }
}

fn paragraph(manuscript: &Manuscript, block: &Block, before: Option<BlockKind>, out: &mut String) {
    if before.is_some_and(|b| is_ruled_off(b, block.kind)) {
        out.push_str("---\n\n");
    }
    let text = manuscript.block_text(block);
    match block.kind {
        BlockKind::Title => out.push_str("# "),
        BlockKind::Heading(level) => {
            out.extend(std::iter::repeat_n('#', usize::from(level) + 1));
            out.push(' ');
        }
        BlockKind::Quotation => out.push_str("> "),
        BlockKind::Item => out.push_str("- "),
        _ => {}
    }
    // 2. at the start of a line would be a list.
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if block.kind == BlockKind::AttachmentNote && digits > 0 && text[digits..].starts_with('.') {
        out.push_str(&text[..digits]);
        out.push('\\');
        escape(&text[digits..], out);
        out.push('\n');
        return;
    }
    // Emphasis has to lie close on its words.
    let strong = matches!(block.kind, BlockKind::Masthead | BlockKind::Annex | BlockKind::Caption)
        && !text.trim().is_empty();
    if block.kind.has_two_parts() {
        escape(&text.replace('\t', "　　"), out);
    } else if strong {
        out.push_str("**");
        escape(text.trim(), out);
        out.push_str("**");
    } else {
        escape(text, out);
    }
    out.push('\n');
}

/// Whether a rule stands between two blocks: below 红头 or 报头, above an attachment and above 版记.
fn is_ruled_off(before: BlockKind, kind: BlockKind) -> bool {
    before.is_red_head() && !kind.is_red_head()
        || !before.is_imprint() && kind.is_imprint()
        || kind == BlockKind::Annex
}

/// A table with pipes. Markdown knows no table without a header row and none with two: where there
/// is none, an empty one stands; a second one is a row.
fn rows(manuscript: &Manuscript, table: &Table, out: &mut String) {
    let headed = table.rows.first().is_some_and(|r| r.header);
    let head = table.rows.first().filter(|_| headed).map_or(0..0, |r| r.cells.clone());
    row(manuscript, head, table.columns(), out);
    out.push_str(&"| --- ".repeat(table.columns()));
    out.push_str("|\n");
    for r in table.rows.iter().skip(usize::from(headed)) {
        row(manuscript, r.cells.clone(), table.columns(), out);
    }
}

fn row(manuscript: &Manuscript, cells: Range<usize>, columns: usize, out: &mut String) {
    for column in 0..columns {
        out.push_str("| ");
        let cell = cells.clone().nth(column).and_then(|i| manuscript.blocks().get(i));
        let text = cell.map_or("", |b| manuscript.block_text(b)).trim();
        if !text.is_empty() {
            escape(&text.replace(['\r', '\n'], " "), out);
            out.push(' ');
        }
    }
    out.push_str("|\n");
}

/// Text in which no character means anything to Markdown. `1.` at the start of a heading stays,
/// since inside a heading it opens no list.
fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        if matches!(c, '*' | '_' | '`' | '[' | ']' | '<' | '>' | '#' | '\\' | '|' | '~') {
            out.push('\\');
        }
        out.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::Md;
    use crate::model::{BlockKind, Row, Settings, Table};
    use crate::write::{Writer as _, tests};

    #[test]
    fn a_form_keeps_its_parts_and_its_table() {
        let bytes = Md.write(&tests::form(), &Settings::default()).unwrap();
        assert_eq!(
            String::from_utf8(bytes).unwrap(),
            concat!(
                "**工作简报**\n",
                "\n",
                "办公室编　　3月5日\n",
                "\n",
                "---\n",
                "\n",
                "# 供水\\*简报\\*\n",
                "\n",
                "**表1**\n",
                "\n",
                "| 任务 | 单位 |\n",
                "| --- | --- |\n",
                "| 甲\\|乙 | |\n",
                "\n",
                "附件：1. 表\n",
                "\n",
                "2\\. 名单\n",
                "\n",
                "---\n",
                "\n",
                "**附件1**\n",
                "\n",
                "正文。\n",
                "\n",
                "---\n",
                "\n",
                "办公室　　3月6日印发\n",
            )
        );
    }

    #[test]
    fn a_table_without_a_header_row_has_an_empty_one() {
        let m = tests::manuscript(&[(BlockKind::Cell, "甲")]);
        let m = m.with_tables(vec![Table { rows: vec![Row { cells: 0..1, header: false }] }]);
        assert_eq!(Md.write(&m, &Settings::default()).unwrap(), "| |\n| --- |\n| 甲 |\n".as_bytes());
    }
}
