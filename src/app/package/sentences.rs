//! A document taken apart as a leader reads it: sentence by sentence, a heading and a row of a table each as
//! one, with the place at which it is found again.

use std::ops::Range;

use crate::base::Text;
use crate::base::lines::tight;
use crate::model::block::KINDS;
use crate::model::{BlockKind, Manuscript};
use crate::text;

/// A sentence of a manuscript.
pub(super) struct Stretch {
    /// Its bytes; of a row of a table those from its first cell to its last.
    pub range: Range<usize>,
    /// What its block is.
    pub block: BlockKind,
    /// The heading that it stands under; empty if there is none.
    pub heading: String,
    /// Where it stands.
    pub place: Text,
    /// Whether it is a row of a table.
    pub is_row: bool,
    /// The number of that table, from 0.
    pub table: Option<usize>,
}

impl Stretch {
    /// What it is called where it is no plain sentence.
    pub fn kind(&self) -> Option<Text> {
        if self.is_row {
            return Some(Text::fixed("表格", "table"));
        }
        let level =
            |kind: BlockKind| if let BlockKind::Heading(_) = kind { BlockKind::Heading(1) } else { kind };
        let row = KINDS.iter().find(|row| row.kind == level(self.block))?;
        let plain = matches!(self.block, BlockKind::Body);
        (!plain).then(|| Text::fixed(row.zh, row.name))
    }
}

/// The sentences of a manuscript, in order. Every block that holds something is in them.
pub(super) fn sentences(manuscript: &Manuscript) -> Vec<Stretch> {
    let rows = rows(manuscript);
    let mut rows = rows.iter().peekable();
    let mut over = Over::default();
    // Paragraphs are counted as a reader does: those that hold something, without the cells of tables.
    let mut paragraph = 0usize;
    let mut all: Vec<Stretch> = Vec::new();
    for block in manuscript.blocks() {
        let words = manuscript.block_text(block);
        let at = block.range.start;
        while rows.peek().is_some_and(|row| row.range.end < at || row.range.end == at && row.range.is_empty())
        {
            rows.next();
        }
        if let Some(row) = rows.peek().filter(|row| row.range.contains(&at) || row.range.start == at) {
            if all.last().is_none_or(|last| last.range != row.range)
                && !manuscript.text()[row.range.clone()].trim().is_empty()
            {
                let (table, line) = (row.table + 1, row.line + 1);
                let place = text!("表{table}第{line}行", "table {table}, row {line}");
                all.push(Stretch {
                    range: row.range.clone(),
                    block: block.kind,
                    heading: over.caption.clone().unwrap_or_else(|| over.heading.clone()),
                    place,
                    is_row: true,
                    table: Some(row.table),
                });
            }
            continue;
        }
        if words.trim().is_empty() {
            continue;
        }
        paragraph += 1;
        over.pass(block.kind, words.trim());
        let parts = if splits(block.kind) { parts(words) } else { vec![tight(words, 0..words.len())] };
        let several = parts.len() > 1;
        for (n, part) in parts.into_iter().enumerate() {
            let n = n + 1;
            let place = match several {
                true => text!("第{paragraph}段第{n}句", "paragraph {paragraph}, sentence {n}"),
                false => text!("第{paragraph}段", "paragraph {paragraph}"),
            };
            // What is no part of a section is named by what it is.
            let within = splits(block.kind) || matches!(block.kind, BlockKind::Caption | BlockKind::Code);
            let heading = if within { over.heading.clone() } else { String::new() };
            let range = at + part.start..at + part.end;
            all.push(Stretch { range, block: block.kind, heading, place, is_row: false, table: None });
        }
    }
    all
}

/// What stands over a place of a document.
#[derive(Default)]
struct Over {
    heading: String,
    /// The name of a table, right above it.
    caption: Option<String>,
    annexed: bool,
}

impl Over {
    /// Goes past a block. An attachment begins anew: nothing in it stands under the last heading of the document.
    fn pass(&mut self, kind: BlockKind, words: &str) {
        self.annexed |= kind == BlockKind::Annex;
        let heads = match kind {
            BlockKind::Heading(_) | BlockKind::Annex => true,
            BlockKind::Title => self.annexed,
            _ => false,
        };
        if heads {
            words.clone_into(&mut self.heading);
        }
        self.caption = (kind == BlockKind::Caption).then(|| words.to_owned());
    }
}

/// Whether a block of this kind holds sentences, and is not one whole.
fn splits(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Body | BlockKind::Item | BlockKind::Quotation)
}

/// The sentences of a paragraph: up to 。！？ and the marks that close behind them. No words are left out.
fn parts(words: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut signs = words.char_indices().peekable();
    while let Some((at, c)) = signs.next() {
        if !matches!(c, '。' | '！' | '？') {
            continue;
        }
        let mut end = at + c.len_utf8();
        while let Some((next, c)) =
            signs.peek().copied().filter(|(_, c)| matches!(c, '”' | '’' | '）' | '》' | '。' | '！' | '？'))
        {
            end = next + c.len_utf8();
            signs.next();
        }
        found.push(tight(words, start..end));
        start = end;
    }
    found.push(tight(words, start..words.len()));
    found.retain(|range| !range.is_empty());
    found
}

/// A row of a table.
struct Row {
    range: Range<usize>,
    table: usize,
    line: usize,
}

/// The rows of all tables, in order: of a draft those that it was made of, of a document that was read those
/// that its reader saw.
fn rows(manuscript: &Manuscript) -> Vec<Row> {
    let mut all = Vec::new();
    for (table, rows) in manuscript.tables().iter().map(|table| &table.rows).enumerate() {
        for (line, row) in rows.iter().enumerate() {
            let cells = &manuscript.blocks()[row.cells.clone()];
            if let (Some(first), Some(last)) = (cells.first(), cells.last()) {
                all.push(Row { range: first.range.start..last.range.end, table, line });
            }
        }
    }
    if !all.is_empty() {
        return all;
    }
    for cell in manuscript.cells().iter().filter(|cell| !cell.continues && !cell.range.is_empty()) {
        match all.last_mut() {
            Some(Row { range, table, line }) if (*table, *line) == (cell.table, cell.row) => {
                range.end = range.end.max(cell.range.end);
                range.start = range.start.min(cell.range.start);
            }
            _ => all.push(Row { range: cell.range.clone(), table: cell.table, line: cell.row }),
        }
    }
    all.sort_by_key(|row| row.range.start);
    // A cell that reaches over several rows would make one row of two.
    let mut last = 0;
    all.retain(|row| {
        let free = row.range.start >= last;
        last = last.max(row.range.end);
        free
    });
    all
}

#[cfg(test)]
mod tests {
    use super::{parts, sentences};
    use crate::read::read;

    #[test]
    fn a_sentence_ends_behind_what_closes_it_and_no_words_are_lost() {
        let words = "清河镇修好了渠。群众说：“水到了！”这是头一年。还有三处没有通水";
        let found: Vec<&str> = parts(words).into_iter().map(|range| &words[range]).collect();
        assert_eq!(found, ["清河镇修好了渠。", "群众说：“水到了！”", "这是头一年。", "还有三处没有通水"]);
    }

    #[test]
    fn each_sentence_knows_its_heading_and_its_place() {
        let text = "# 云溪县水利工作总结\n\n一、完成情况\n\n修渠12公里。清淤3处。\n";
        let manuscript = read("总结.md", text.as_bytes()).unwrap();
        let told: Vec<String> = sentences(&manuscript)
            .iter()
            .map(|s| format!("{}|{}|{}", s.heading, s.place.zh, &manuscript.text()[s.range.clone()]))
            .collect();
        assert_eq!(told[2..], ["一、完成情况|第3段第1句|修渠12公里。", "一、完成情况|第3段第2句|清淤3处。"]);
    }
}
