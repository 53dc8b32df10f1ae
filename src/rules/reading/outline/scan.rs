//! Where marks stand: one pass over the lines of a document.

use std::ops::Range;

use super::ordinal::{OPENERS, fits, is_break, is_invisible, is_pause, loose, ordinal, spoken};
use super::spans::Spans;
use super::{Mark, Outline};
use crate::model::{BlockKind, Manuscript};

/// Whether a line is a row of a table that lost its shape, or its first cell: digits and no more, or digits
/// and words with wide blanks between them.
fn is_of_table(line: &str) -> bool {
    let rest = line.trim_end().trim_start_matches(|c: char| c.is_ascii_digit());
    let row =
        || rest.starts_with('\u{3000}') && rest.split('\u{3000}').filter(|cell| !cell.is_empty()).count() > 2;
    rest.len() < line.len() && (rest.is_empty() || row())
}

impl Outline {
    /// All marks of the text, in order; hints, breaks and unnumbered blocks on the way.
    pub(super) fn scan(&mut self, manuscript: &Manuscript, quoted: &Spans) -> Vec<Mark> {
        let text = manuscript.text();
        let mut marks = Vec::new();
        for (index, block) in manuscript.blocks().iter().enumerate() {
            if block.kind == BlockKind::Annex {
                self.breaks.push(block.range.start);
            }
            if block.kind.is_form()
                || matches!(block.kind, BlockKind::Cell | BlockKind::Code | BlockKind::Quotation)
            {
                continue;
            }
            let end = block.range.end;
            let begins = |&(offset, c): &(usize, char)| {
                let masked = manuscript.mask(block.range.start + offset).is_some();
                !(c.is_whitespace() || masked || is_invisible(c))
            };
            let words = manuscript.block_text(block);
            let at = words.char_indices().find(begins).map_or(end, |(at, _)| block.range.start + at);
            let line = &text[at..end];
            if is_break(line) || matches!(block.kind, BlockKind::Salutation | BlockKind::Title) {
                self.breaks.push(at);
            }
            let lead = ordinal(line);
            if lead.is_none() && matches!(block.kind, BlockKind::Heading(_) | BlockKind::Item) {
                self.unnumbered.push(at);
            }
            if lead.is_none()
                && let Some(value) = loose(line)
            {
                (if is_of_table(line) { &mut self.bare } else { &mut self.lines })[value].push(at);
            }
            self.scan_line(manuscript, quoted, at..end, index, &mut marks);
        }
        marks
    }

    /// The marks of a line, and the words in it that may stand for one.
    fn scan_line(
        &mut self,
        manuscript: &Manuscript,
        quoted: &Spans,
        line: Range<usize>,
        block: usize,
        marks: &mut Vec<Mark>,
    ) {
        let text = manuscript.text();
        // Where the last mark ended, and whether it was a heading's number: what follows one of
        // these is the head of a clause.
        let (mut settled, mut headed) = (line.start, false);
        for (offset, _) in OPENERS.find_iter(&text[line.clone()]) {
            let at = line.start + offset;
            if at < settled {
                continue;
            }
            let lead = at == line.start;
            let visible = |c: &char| !c.is_whitespace() && !is_invisible(*c);
            let before = text[settled..at].chars().rev().find(visible);
            let before = before.or_else(|| match settled == line.start {
                true => None,
                false if headed => Some('。'),
                false => text[..settled].chars().next_back(),
            });
            let paused = lead || before.is_some_and(is_pause);
            let free = || !quoted.hold(at) && manuscript.mask(at).is_none();
            let found = ordinal(&text[at..line.end])
                .filter(|f| fits(f, lead, before, &text[at + f.len..line.end]))
                .filter(|_| free());
            if let Some(found) = found {
                let range = at..at + found.len;
                let number = at + found.number.start..at + found.number.end;
                let (shape, value) = (found.shape, found.value);
                (settled, headed) = (range.end, !shape.is_prose());
                if shape.is_prose() {
                    self.words[value].push(range.start);
                }
                marks.push(Mark { range, number, shape, value, lead, block, paused });
            } else if let Some(value) = spoken(&text[at..line.end]) {
                self.words[value].push(at);
            }
        }
    }
}
