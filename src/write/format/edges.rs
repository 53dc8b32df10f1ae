//! Blanks round and between the words of a paragraph, and the 版记 at the foot of the last page.

use std::ops::Range;

use super::leaving::Leaving;
use super::paper::{Paper, Spoken};
use super::scan::Child;
use super::stylesheet::Stylesheet;
use crate::model::BlockKind;
use crate::office::body::{Node, NodeKind, Paragraph as Paragraphs};
use crate::office::splice::Splices;
use crate::write::docx::imprint;

impl Paper<'_> {
    /// Blanks round a paragraph's words go; whether there were any.
    pub(super) fn blanks(&self, spoken: Option<&Spoken>, kind: BlockKind, splices: &mut Splices) -> bool {
        let Some(paragraph) = spoken.and_then(|s| self.body.paragraphs.get(s.paragraph)) else {
            return false;
        };
        let text = &paragraph.text;
        // An automatic number stands before the blanks, and is in no run.
        let label = paragraph.label;
        let words = text.get(label..).unwrap_or_default();
        let head = text.len() - words.trim_start().len();
        let tail = text.trim_end().len();
        let aside = !matches!(kind, BlockKind::Body | BlockKind::Item | BlockKind::Heading(_));
        let gap = super::laid::two_parts(text.trim()).filter(|_| label == 0 && kind.has_two_parts());
        let gap = gap.map_or(0..0, |(left, right)| head + left.len()..tail - right.len());
        let mut found = false;
        for node in &paragraph.nodes {
            for blank in [label..head, tail..text.len()] {
                let cut = blank.start.max(node.text.start)..blank.end.min(node.text.end);
                if cut.start >= cut.end || blank.start == tail && !aside {
                    continue;
                }
                match node.kind {
                    NodeKind::Text => {
                        let at = node.source.start - node.text.start;
                        splices.replace(at + cut.start..at + cut.end, "");
                    }
                    _ if cut == node.text && !text[cut.clone()].contains('\n') => {
                        splices.replace(node.outer.clone(), "");
                    }
                    _ => continue,
                }
                found = true;
            }
        }
        self.gap(paragraph, gap, splices);
        found
    }

    /// Blanks between the two parts of a line become one tab.
    pub(super) fn gap(&self, paragraph: &Paragraphs, gap: Range<usize>, splices: &mut Splices) {
        if gap.is_empty() || paragraph.text[gap.clone()] == *"\t" {
            return;
        }
        let within = |node: &&Node| node.text.start < gap.end && gap.start < node.text.end;
        let nodes: Vec<&Node> = paragraph.nodes.iter().filter(within).collect();
        let mut tabbed =
            nodes.iter().any(|n| n.kind == NodeKind::Sign && paragraph.text[n.text.clone()] == *"\t");
        let mut kept = false;
        for node in nodes {
            let cut = gap.start.max(node.text.start)..gap.end.min(node.text.end);
            match node.kind {
                NodeKind::Text => {
                    let at = node.source.start - node.text.start;
                    let tab = if tabbed { "" } else { r#"</w:t><w:tab/><w:t xml:space="preserve">"# };
                    splices.replace(at + cut.start..at + cut.end, tab);
                    tabbed = true;
                }
                NodeKind::Sign
                    if paragraph.text[node.text.clone()] == *"\t" && std::mem::replace(&mut kept, true) =>
                {
                    splices.replace(node.outer.clone(), "");
                }
                _ => {}
            }
        }
    }

    /// Paragraphs of the 版记 that stand in the text become the table at the foot of the page.
    pub(super) fn imprint(&self, styles: &Stylesheet, gone: &Leaving, splices: &mut Splices) {
        let is_line = |child: &Child| match child {
            Child::Paragraph(index) => {
                let place = &self.scan.places[*index];
                let said = self.told_of(*index).filter(|t| t.kind.is_imprint() && !t.left);
                said.filter(|_| !place.ends_section && !place.framed).map(|told| (*index, told.kind))
            }
            Child::Other => None,
        };
        let stays = |child: &&Child| !matches!(child, Child::Paragraph(i) if gone.paragraphs.contains_key(i));
        let children: Vec<&Child> = self.scan.children.iter().filter(stays).collect();
        let mut at = 0;
        while at < children.len() {
            let lines: Vec<(usize, BlockKind)> =
                children[at..].iter().map_while(|child| is_line(child)).collect();
            at += lines.len().max(1);
            let Some(&(last, _)) = lines.last() else { continue };
            let mut before = None;
            for (index, kind) in lines {
                let open = match before {
                    None => imprint::head() + &imprint::row(),
                    Some(_) if imprint::begins_row(before, kind) => {
                        imprint::ROW_END.to_owned() + &imprint::row()
                    }
                    Some(_) => String::new(),
                };
                let start = self.scan.places[index].range.start;
                splices.replace(start..start, open);
                before = Some(kind);
            }
            let end = self.scan.places[last].range.end;
            let anchor = styles.anchor();
            let close = [imprint::ROW_END, imprint::END].concat();
            splices.replace(
                end..end,
                format!(r#"{close}<w:p><w:pPr><w:pStyle w:val="{anchor}"/></w:pPr></w:p>"#),
            );
        }
    }
}
