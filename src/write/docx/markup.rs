//! The markup as it grows, and the text in it.
//!
//! A string is pushed piece by piece; quick-xml's writer would check what the schema's order has
//! settled already, at several times the cost. What the text may hold is settled here: `&`, `<`
//! and `>` are escaped, tabs and line ends become elements, and characters that XML 1.0 (§2.2)
//! has no room for are errors with their place, since dropping them in silence would change the
//! document behind its author's back.

use crate::base::{Problem, Text};
use crate::model::{Block, Manuscript};
use crate::text;

/// The first line of every part.
pub const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
/// The namespace of word-processing markup.
pub const W: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;
/// The namespace of relationships, as the body uses it.
pub const R: &str = r#"xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships""#;

/// One text run. The hint makes “”‘’—… full width in fonts that hold them in both widths.
pub const RUN: &str = r#"<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>"#;

/// The markup as it grows.
pub struct Page<'m> {
    pub manuscript: &'m Manuscript,
    pub out: String,
    /// Whether the document has styles beyond those of a speech.
    pub further: bool,
    /// What could not be written.
    pub problems: Vec<Problem>,
}

impl Page<'_> {
    /// Appends the text of a block as a run that opens with `run`; nothing, if it is empty.
    pub fn words(&mut self, block: &Block, run: &str) {
        let text = self.manuscript.block_text(block);
        if !text.is_empty() {
            self.out.push_str(run);
            push_text(text, block.range.start, self.manuscript, &mut self.out, &mut self.problems);
            self.out.push_str("</w:r>");
        }
    }
}

/// The width of a text as the standard's fonts set it.
pub fn half_characters(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// The text of a block as `w:t`, `w:tab` and `w:br`. CR LF and CR are one line break.
fn push_text(
    text: &str,
    start: usize,
    manuscript: &Manuscript,
    out: &mut String,
    problems: &mut Vec<Problem>,
) {
    const OPEN: &str = r#"<w:t xml:space="preserve">"#;
    const CLOSE: &str = "</w:t>";
    let bytes = text.as_bytes();
    let mut inside = false;
    let mut copied = 0;
    for (at, &byte) in bytes.iter().enumerate() {
        // Nearly all bytes are of Han characters and pass here. 0xEF opens U+F000 to U+FFFF, full
        // width forms among them, of which only U+FFFE and U+FFFF are no characters of XML.
        if byte >= 0x20 && !matches!(byte, b'&' | b'<' | b'>' | 0xEF) {
            continue;
        }
        let replacement = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'\t' => "<w:tab/>",
            b'\n' if at > 0 && bytes[at - 1] == b'\r' => "",
            b'\n' | b'\r' => "<w:br/>",
            0xEF if !matches!(bytes.get(at + 1..at + 3), Some([0xBF, 0xBE | 0xBF])) => continue,
            _ => {
                problems.push(illegal(text, at, start, manuscript));
                continue;
            }
        };
        let is_element = byte < 0x20;
        if copied < at || !is_element {
            if !inside {
                out.push_str(OPEN);
                inside = true;
            }
            out.push_str(&text[copied..at]);
        }
        if is_element && inside {
            out.push_str(CLOSE);
            inside = false;
        }
        out.push_str(replacement);
        copied = at + 1;
    }
    if copied < text.len() {
        if !inside {
            out.push_str(OPEN);
            inside = true;
        }
        out.push_str(&text[copied..]);
    }
    if inside {
        out.push_str(CLOSE);
    }
}

fn illegal(text: &str, at: usize, start: usize, manuscript: &Manuscript) -> Problem {
    let code = text[at..].chars().next().map_or(0, u32::from);
    let line: String = text.chars().filter(|c| !c.is_control()).take(12).collect();
    let problem = Problem::new(text!(
        "“{line}……”一段里有 Word 文件不能容纳的控制字符 U+{code:04X}",
        "the paragraph \"{line}…\" holds the control character U+{code:04X}, which no Word file can hold"
    ))
    .help(Text::fixed(
        "在原处删去这个字符（多是从网页或旧文件粘贴带来的）再写",
        "delete it where it came from (mostly pasted from a web page or an old file) and write again",
    ));
    match manuscript.place(start + at) {
        Some(place) => problem.at(place.clone()),
        None => problem,
    }
}
