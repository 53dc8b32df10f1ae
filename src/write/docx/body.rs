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
use super::{edges, styles, table};
use crate::base::{Error, Problem, Result, Text};
use crate::model::{Block, BlockKind, Manuscript};
use crate::text;

/// One text run. The hint makes “”‘’—… full width in fonts that hold them in both widths.
pub const RUN: &str = r#"<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>"#;
/// An empty paragraph of no height.
const ANCHOR: &str = r#"<w:p><w:pPr><w:pStyle w:val="Anchor"/></w:pPr></w:p>"#;

/// The markup as it grows.
pub struct Page<'m> {
    pub manuscript: &'m Manuscript,
    pub out: String,
    /// Whether the document has styles beyond those of a speech.
    further: bool,
    problems: Vec<Problem>,
}

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
            index = edges::push_imprint(&mut page, index);
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

impl Page<'_> {
    /// Appends the paragraph of a block.
    pub fn paragraph(&mut self, index: usize) {
        let manuscript = self.manuscript;
        let blocks = manuscript.blocks();
        let Some(block) = blocks.get(index) else { return };
        let before = index.checked_sub(1).and_then(|i| blocks.get(i));
        let after = blocks.get(index + 1);
        let out = &mut self.out;
        out.push_str(r#"<w:p><w:pPr><w:pStyle w:val=""#);
        out.push_str(styles::id(block.kind));
        out.push_str("\"/>");
        let text = manuscript.block_text(block);
        if edges::is_kept_with_next(block.kind, after.map(|b| b.kind)) {
            out.push_str(r#"<w:keepNext w:val="1"/>"#);
        } else if matches!(block.kind, BlockKind::Heading(_)) && text.ends_with(['。', '；', '！', '？'])
        {
            // A numbered sentence (1.建设收集池。) is text: a row of them, each kept with the next as
            // headings are, would leave half a page empty.
            out.push_str(r#"<w:keepNext w:val="0"/>"#);
        }
        edges::push_rule(blocks, index, out);
        let masthead = (block.kind == BlockKind::Masthead).then(|| edges::masthead_size(text));
        push_spacing(blocks, index, masthead.map(|(size, _)| size), out);
        if let Some(indent) = closing_indent(manuscript, before, block, after) {
            // Half characters: 160 twips, 50 hundredths.
            let (twips, hundredths) = (indent * 160, indent * 50);
            let _ = write!(out, r#"<w:ind w:rightChars="{hundredths}" w:right="{twips}"/>"#);
        }
        if let Some(margin) = title_margin(text, self.further).filter(|_| block.kind == BlockKind::Title) {
            let _ = write!(out, r#"<w:ind w:left="{margin}" w:right="{margin}"/>"#);
        }
        if block.kind == BlockKind::AttachmentNote {
            // No w:hangingChars: with it, Word adds the hanging to w:leftChars, others do not.
            let (first, rest) = attachment_indent(blocks, index, manuscript);
            let (left, hanging) = (rest * 160, (rest - first) * 160);
            let _ = write!(out, r#"<w:ind w:left="{left}" w:hanging="{hanging}"/>"#);
        }
        out.push_str("</w:pPr>");
        match masthead {
            Some((size, width)) => self.words(
                block,
                &format!(
                    r#"<w:r><w:rPr><w:rFonts w:hint="eastAsia"/><w:w w:val="{width}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>"#
                ),
            ),
            None => self.words(block, RUN),
        }
        self.out.push_str("</w:p>");
    }

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

/// `w:spacing` of a block, if it differs from its style's.
fn push_spacing(blocks: &[Block], index: usize, masthead: Option<u32>, out: &mut String) {
    let Some(this) = blocks.get(index).map(|b| b.kind) else { return };
    let before = index.checked_sub(1).and_then(|i| blocks.get(i)).map(|b| b.kind);
    let after = blocks.get(index + 1).map(|b| b.kind);
    let space = edges::space_before(blocks, index)
        .or_else(|| blank_line_between(before, this).then_some(LINE))
        .or_else(|| beside_a_table(before, this).then_some(LINE / 2));
    // A table has no space above it; a head right before one has it below.
    let below = is_head(this) && after == Some(BlockKind::Cell);
    if space.is_none() && masthead.is_none() && !below {
        return;
    }
    out.push_str("<w:spacing");
    if let Some(space) = space {
        let _ = write!(out, r#" w:before="{space}""#);
    }
    if below {
        let _ = write!(out, r#" w:after="{LINE}""#);
    }
    if let Some(size) = masthead {
        // Four fifths of a line lie above the base line, and 84 hundredths of a character: at 105
        // the character's upper edge is the line's.
        let _ = write!(out, r#" w:line="{}" w:lineRule="exact""#, size * 10 * 105 / 100);
    }
    out.push_str("/>");
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

/// What stands above a document's text, or above an attachment's.
const fn is_head(kind: BlockKind) -> bool {
    matches!(
        kind,
        BlockKind::Title
            | BlockKind::Subtitle
            | BlockKind::DateLine
            | BlockKind::SpeakerLine
            | BlockKind::Annex
    ) || kind.is_red_head()
}

/// Whether one line is left blank: between the head of a document and its text (7.3.2), between
/// the text and 附件说明 (7.3.4), between the text and 署名 (7.3.5), and above the title of an
/// attachment, which stands on the third line (7.3.7). It is space before the paragraph, not an
/// empty paragraph, so that paragraphs count as blocks do.
fn blank_line_between(before: Option<BlockKind>, kind: BlockKind) -> bool {
    let closing = |k| matches!(k, BlockKind::Signature | BlockKind::DateOfIssue);
    before.is_some_and(|b| {
        is_head(b) && !is_head(kind)
            || !closing(b) && closing(kind)
            || b != BlockKind::AttachmentNote && kind == BlockKind::AttachmentNote
            || b == BlockKind::Annex && kind == BlockKind::Title
    })
}

/// Whether a paragraph stands off from the table above it, or a table's name from what is above.
fn beside_a_table(before: Option<BlockKind>, kind: BlockKind) -> bool {
    match before {
        Some(BlockKind::Cell) => !matches!(kind, BlockKind::Cell | BlockKind::Annex) && !kind.is_imprint(),
        Some(_) => kind == BlockKind::Caption,
        None => false,
    }
}

/// Where the first line of an 附件说明 begins and where its further lines do, in half characters
/// (7.3.4): 附件：1. stands two characters in, the number of the second attachment below that of the
/// first, and a long name goes on below its own first character.
fn attachment_indent(blocks: &[Block], index: usize, manuscript: &Manuscript) -> (usize, usize) {
    const WORD: &str = "附件：";
    let text = blocks.get(index).map_or("", |b| manuscript.block_text(b));
    let (start, number) = match text.strip_prefix(WORD) {
        Some(rest) => (4, rest),
        None => (4 + half_characters(WORD), text),
    };
    let digits = number.len() - number.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let numbered = match number[digits..].chars().next() {
        Some(stop @ ('.' | '．')) if digits > 0 => {
            let rest = &number[digits + stop.len_utf8()..];
            number.len() - rest.trim_start().len()
        }
        _ => 0,
    };
    let word = text.len() - number.len();
    (start, start + half_characters(&text[..word + numbered]))
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
fn title_margin(title: &str, further: bool) -> Option<u32> {
    let character = TITLE_SIZE * 10 - TRACKING.unsigned_abs();
    let room = WIDTH - LEFT - RIGHT;
    let on_a_line = room / character;
    let characters = u32::try_from(half_characters(title).div_ceil(2)).ok()?;
    if characters <= on_a_line || title.contains(['\n', '\r']) {
        return None;
    }
    let lines = characters.div_ceil(on_a_line);
    let longest = characters.div_ceil(lines);
    // A third of a character to spare, since programs round. A document that is more than a speech
    // has years and numbers in its title: a quarter more for each digit, which other fonts than the
    // standard's have wider.
    let digits = if further { title.bytes().filter(u8::is_ascii_digit).count() } else { 0 };
    let spare = character / 3 + character / 4 * u32::try_from(digits).unwrap_or(0);
    Some(room.saturating_sub(longest * character + spare) / 2)
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
