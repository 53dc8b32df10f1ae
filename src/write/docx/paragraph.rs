//! The paragraph of a block: its style, and what its place in the document adds to it.

use std::fmt::Write as _;

use super::markup::{Page, RUN, half_characters};
use super::page::{LEFT, LINE, RIGHT, TITLE_SIZE, TRACKING, WIDTH};
use super::{edges, styles};
use crate::model::{Block, BlockKind, Manuscript};

impl Page<'_> {
    /// Appends the paragraph of a block.
    pub fn paragraph(&mut self, index: usize) {
        let Some(block) = self.manuscript.blocks().get(index) else { return };
        let out = &mut self.out;
        out.push_str(r#"<w:p><w:pPr><w:pStyle w:val=""#);
        out.push_str(styles::id(block.kind));
        out.push_str("\"/>");
        push_properties(self.manuscript, index, self.further, out);
        out.push_str("</w:pPr>");
        match masthead(self.manuscript, index) {
            Some(letters) => self.words(block, &format!("<w:r><w:rPr>{letters}</w:rPr>")),
            None => self.words(block, RUN),
        }
        self.out.push_str("</w:p>");
    }
}

/// Appends what the paragraph of a block says besides its style: children of `w:pPr` in the schema's order.
pub fn push_properties(manuscript: &Manuscript, index: usize, further: bool, out: &mut String) {
    let blocks = manuscript.blocks();
    let Some(block) = blocks.get(index) else { return };
    let before = index.checked_sub(1).and_then(|i| blocks.get(i));
    let after = blocks.get(index + 1);
    let text = manuscript.block_text(block);
    if edges::is_kept_with_next(block.kind, after.map(|b| b.kind)) {
        out.push_str(r#"<w:keepNext w:val="1"/>"#);
    } else if is_listed(block.kind, after.map(|b| b.kind))
        || matches!(block.kind, BlockKind::Heading(_)) && text.ends_with(['。', '；', '！', '？'])
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
    if let Some(margin) = title_margin(text, further).filter(|_| block.kind == BlockKind::Title) {
        let _ = write!(out, r#"<w:ind w:left="{margin}" w:right="{margin}"/>"#);
    }
    if block.kind == BlockKind::AttachmentNote {
        // No w:hangingChars: with it, Word adds the hanging to w:leftChars, others do not.
        let (first, rest) = attachment_indent(blocks, index, manuscript);
        let (left, hanging) = (rest * 160, (rest - first) * 160);
        let _ = write!(out, r#"<w:ind w:left="{left}" w:hanging="{hanging}"/>"#);
    }
}

/// Whether a heading has no text below it, but the next one of its level or above: a list of headings (提纲), which all
/// kept together would leave a page empty.
const fn is_listed(kind: BlockKind, next: Option<BlockKind>) -> bool {
    matches!((kind, next), (BlockKind::Heading(this), Some(BlockKind::Heading(next))) if next <= this)
}

/// What the letters of a 发文机关标志 say besides its style, as children of `w:rPr`.
pub fn masthead(manuscript: &Manuscript, index: usize) -> Option<String> {
    let block = manuscript.blocks().get(index).filter(|b| b.kind == BlockKind::Masthead)?;
    let (size, width) = edges::masthead_size(manuscript.block_text(block));
    Some(format!(
        r#"<w:rFonts w:hint="eastAsia"/><w:w w:val="{width}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>"#
    ))
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

/// What stands above a document's text, or above an attachment's.
fn is_head(kind: BlockKind) -> bool {
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
