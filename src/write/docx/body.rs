//! `word/document.xml`: one paragraph a block.
//!
//! A string is pushed piece by piece; quick-xml's writer would check what the schema's order has
//! settled already, at several times the cost. What the text may hold is settled here: `&`, `<`
//! and `>` are escaped, tabs and line ends become elements, and characters that XML 1.0 (§2.2)
//! has no room for are errors with their place, since dropping them in silence would change the
//! document behind its author's back.

use std::fmt::Write as _;

use super::page::{LEFT, LINE, RIGHT, TITLE_SIZE, TRACKING, WIDTH};
use super::parts::{DECLARATION, R, W, section};
use super::styles;
use crate::base::{Error, Problem, Result, Text};
use crate::model::{Block, BlockKind, Manuscript};
use crate::text;

/// One text run. The hint makes “”‘’—… full width in fonts that hold them in both widths.
const RUN: &str = r#"<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>"#;

/// The whole part.
///
/// # Errors
/// If the text holds control characters; all of them at once.
pub fn xml(manuscript: &Manuscript) -> Result<String> {
    let blocks = manuscript.blocks();
    let mut out = String::with_capacity(manuscript.text().len() * 5 / 4 + blocks.len() * 220 + 2048);
    let _ = write!(out, "{DECLARATION}<w:document {W} {R}><w:body>");
    let mut problems = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|i| blocks.get(i));
        out.push_str(r#"<w:p><w:pPr><w:pStyle w:val=""#);
        out.push_str(styles::id(block.kind));
        out.push_str("\"/>");
        if blank_line_between(before.map(|b| b.kind), block.kind) {
            let _ = write!(out, r#"<w:spacing w:before="{LINE}"/>"#);
        }
        let after = blocks.get(index + 1);
        if let Some(indent) = closing_indent(manuscript, before, block, after) {
            // Half characters: 160 twips, 50 hundredths.
            let (twips, hundredths) = (indent * 160, indent * 50);
            let _ = write!(out, r#"<w:ind w:rightChars="{hundredths}" w:right="{twips}"/>"#);
        }
        let text = manuscript.block_text(block);
        if let Some(margin) = title_margin(text).filter(|_| block.kind == BlockKind::Title) {
            let _ = write!(out, r#"<w:ind w:left="{margin}" w:right="{margin}"/>"#);
        }
        out.push_str("</w:pPr>");
        if !text.is_empty() {
            out.push_str(RUN);
            push_text(text, block.range.start, manuscript, &mut out, &mut problems);
            out.push_str("</w:r>");
        }
        out.push_str("</w:p>");
    }
    out.push_str(&section());
    out.push_str("</w:body></w:document>");
    Error::unless_empty(problems, out)
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

/// Whether one line is left blank: between the head of a document and its text (7.3.2), and
/// between the text and 署名 (7.3.5). It is space before the paragraph, not an empty paragraph, so
/// that paragraphs count as blocks do.
fn blank_line_between(before: Option<BlockKind>, kind: BlockKind) -> bool {
    let head = |k| matches!(k, BlockKind::Title | BlockKind::DateLine | BlockKind::SpeakerLine);
    let closing = |k| matches!(k, BlockKind::Signature | BlockKind::DateOfIssue);
    before.is_some_and(|b| head(b) != head(kind) && !head(kind) || !closing(b) && closing(kind))
}

/// How far from the right 署名 and 成文日期 stand where one follows the other, in half characters
/// (GB/T 9704-2012, 7.3.5.2): the date's first character is two characters to the right of the
/// office's first; the shorter of the two margins belongs to the office, two characters, unless
/// the date is longer, which then takes it.
fn closing_indent(
    manuscript: &Manuscript,
    before: Option<&Block>,
    block: &Block,
    after: Option<&Block>,
) -> Option<usize> {
    let (office, date) = match (block.kind, before, after) {
        (BlockKind::Signature, _, Some(next)) if next.kind == BlockKind::DateOfIssue => (block, next),
        (BlockKind::DateOfIssue, Some(last), _) if last.kind == BlockKind::Signature => (last, block),
        _ => return None,
    };
    let (office_width, date_width) =
        (half_characters(manuscript.block_text(office)), half_characters(manuscript.block_text(date)));
    // A line holds 56 half characters; what does not fit is left to the style.
    if office_width.max(date_width) > 48 {
        return None;
    }
    let (office_indent, date_indent) = if date_width > office_width {
        (date_width + 8 - office_width, 4)
    } else {
        (4, office_width - date_width)
    };
    Some(if block.kind == BlockKind::Signature { office_indent } else { date_indent })
}

/// How far a long title's lines keep from either side, in twips, so that they come out about
/// equally long (7.3.1: 排列对称、长短适宜) and no last character stands alone. `None` if the title
/// fits on one line, or if its author has broken it herself.
fn title_margin(title: &str) -> Option<u32> {
    let character = TITLE_SIZE * 10 - TRACKING.unsigned_abs();
    let room = WIDTH - LEFT - RIGHT;
    let on_a_line = room / character;
    let characters = u32::try_from(half_characters(title).div_ceil(2)).ok()?;
    if characters <= on_a_line || title.contains(['\n', '\r']) {
        return None;
    }
    let lines = characters.div_ceil(on_a_line);
    let longest = characters.div_ceil(lines);
    // A third of a character to spare, since programs round.
    Some(room.saturating_sub(longest * character + character / 3) / 2)
}

/// The width of a text as the standard's fonts set it.
fn half_characters(text: &str) -> usize {
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
