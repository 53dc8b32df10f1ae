//! Markdown: the title as `#`, headings by level, a blank line between paragraphs.

use super::Writer;
use crate::base::Result;
use crate::model::{BlockKind, Manuscript, Settings};

/// The writer of .md.
pub struct Md;

impl Writer for Md {
    fn name(&self) -> &'static str {
        "md"
    }

    fn write(&self, manuscript: &Manuscript, _settings: &Settings) -> Result<Vec<u8>> {
        let mut out = String::with_capacity(manuscript.text().len() + manuscript.blocks().len() * 8);
        for (index, block) in manuscript.blocks().iter().enumerate() {
            if index > 0 {
                out.push('\n');
            }
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
            escape(manuscript.block_text(block), &mut out);
            out.push('\n');
        }
        Ok(out.into_bytes())
    }
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
