//! Words as they come, and paragraphs as they end.

use std::ops::Range;

use super::walk::{LOOSE, Note, Open, PLAIN, Walk};
use crate::model::MaskKind;
use crate::office::body::{Node, NodeKind, Paragraph};

impl Walk<'_> {
    /// What began at this byte ends here; `all` if its text is nothing but the whole of it.
    pub(super) fn stretch(&mut self, start: usize, all: bool) {
        let end = self.at.end;
        let Some(open) = self.open.last_mut() else { return };
        for node in open.paragraph.nodes.iter_mut().rev() {
            let is_sign = all && node.kind == NodeKind::Sign && node.source.start == start;
            if is_sign {
                node.source.end = end;
            }
            if node.outer.start == start {
                node.outer.end = end;
            } else if !is_sign {
                break;
            }
        }
    }

    /// Words by these bytes.
    pub(super) fn words(&mut self, source: Range<usize>, kind: NodeKind) {
        let Some(said) = self.xml.get(source.clone()) else { return };
        if self.open.is_empty() {
            return;
        }
        let mut from = source.start;
        let mut chars = said.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            if !is_blank(c) {
                self.set_blank(false);
                continue;
            }
            let at = source.start + at;
            let mut end = at + 1;
            while let Some((next, _)) = chars.next_if(|(_, c)| is_blank(*c)) {
                end = source.start + next + 1;
            }
            let dropped = self.open.last().is_none_or(|open| open.blank);
            self.set_blank(true);
            if !dropped && c == ' ' && end == at + 1 {
                continue;
            }
            self.text(from..at, kind);
            if !dropped {
                self.push(" ", NodeKind::Reference, at..end);
            }
            from = end;
        }
        self.text(from..source.end, kind);
    }

    pub(super) fn set_blank(&mut self, blank: bool) {
        if let Some(open) = self.open.last_mut() {
            open.blank = blank;
        }
    }

    pub(super) fn text(&mut self, source: Range<usize>, kind: NodeKind) {
        if let Some(words) = self.xml.get(source.clone()).filter(|words| !words.is_empty()) {
            self.push(words, kind, source);
        }
    }

    pub(super) fn reference(&mut self, words: &str) {
        let blank = words.chars().all(is_blank);
        if blank && self.open.last().is_none_or(|open| open.blank) {
            return;
        }
        self.set_blank(blank);
        self.push(if blank { " " } else { words }, NodeKind::Reference, self.at.clone());
    }

    /// Text that these bytes say.
    pub(super) fn push(&mut self, words: &str, kind: NodeKind, source: Range<usize>) {
        let Some(open) = self.open.last_mut() else { return };
        let paragraph = &mut open.paragraph;
        let text = paragraph.text.len()..paragraph.text.len() + words.len();
        paragraph.text.push_str(words);
        let anchored = self.shape.filter(|_| paragraph.boxed);
        let unit = if anchored.is_some_and(|(_, anchored)| !anchored) { LOOSE } else { PLAIN };
        let (kind, source) = match self.sign {
            Some(start) => (NodeKind::Sign, start..self.at.end),
            None => (kind, source),
        };
        let whole = anchored.filter(|(_, anchored)| *anchored).map(|(start, _)| start);
        let outer = match whole.or(self.whole).or(self.sign) {
            Some(start) => start..self.at.end,
            None if kind == NodeKind::Cdata => self.at.clone(),
            None => source.clone(),
        };
        match paragraph.nodes.last_mut() {
            Some(last) if self.sign.is_some() && last.source.start == source.start => {
                last.text.end = text.end
            }
            _ => {
                let place = source.start..source.start;
                let text = text.clone();
                paragraph.nodes.push(Node { text, source, outer, kind, open: place, unit });
            }
        }
        if self.prompts > 0 {
            push_to(&mut paragraph.masks, text.clone());
        }
        if self.hidden > 0 || open.veiled {
            self.odf.body.hidden = true;
            match open.hidden.last_mut() {
                Some(last) if last.end == text.start => last.end = text.end,
                _ => open.hidden.push(text),
            }
        }
    }

    pub(super) fn close_cell(&mut self) {
        let boxed = !self.open.is_empty();
        let count = self.odf.body.paragraphs.len();
        let repeated = self.tables.is_repeated();
        let Some((cell, empty)) = self.tables.close_cell(count) else { return };
        if repeated && !empty {
            let said = &self.odf.body.paragraphs[cell.paragraphs.clone()];
            self.odf.repeated |= said.iter().any(|p| !p.text.trim().is_empty());
        }
        if empty && !boxed {
            // A cell without a paragraph is an empty one.
            self.odf.put(Paragraph { cell: true, ..Paragraph::default() }, None);
        }
        self.odf.body.cells.extend(Some(cell).filter(|_| !boxed));
    }

    pub(super) fn close_note(&mut self) {
        self.lists = self.stories.pop().unwrap_or_default();
        let Some((end, _, said)) = self.notes.pop() else { return };
        let paragraphs = said.into_iter().map(|open| open.paragraph).collect();
        self.odf.notes.push(Note { end, paragraphs });
    }

    pub(super) fn close(&mut self) {
        let Some(mut open) = self.open.pop() else { return };
        // What falls together at its end is nothing.
        if open.blank && open.paragraph.text.pop().is_some() {
            let end = open.paragraph.text.len();
            if let Some(node) = open.paragraph.nodes.last_mut() {
                node.text.end = end;
                node.source.end -= usize::from(matches!(node.kind, NodeKind::Text | NodeKind::Cdata));
                node.outer.end = node.outer.end.max(node.source.end);
            }
            open.paragraph.nodes.pop_if(|node| node.text.is_empty());
        }
        let boxes = std::mem::take(&mut open.boxes);
        if let Some((_, depth, said)) = self.notes.last_mut()
            && self.open.len() == *depth
        {
            said.push(open);
            said.extend(boxes);
            return;
        }
        match self.open.last_mut() {
            Some(anchor) => {
                anchor.boxes.push(open);
                anchor.boxes.extend(boxes);
            }
            None => std::iter::once(open).chain(boxes).for_each(|open| self.keep(open)),
        }
    }

    pub(super) fn keep(&mut self, open: Open) {
        let index = self.odf.body.paragraphs.len();
        if self.odf.put(open.paragraph, open.asked) {
            self.odf.hidden.extend(open.hidden.into_iter().map(|range| (index, range)));
        }
    }
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

fn push_to(masks: &mut Vec<(Range<usize>, MaskKind)>, text: Range<usize>) {
    match masks.last_mut() {
        Some((range, _)) if range.end == text.start => range.end = text.end,
        _ => masks.push((text, MaskKind::Prompt)),
    }
}
