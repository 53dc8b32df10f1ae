//! The paper as a reader takes it in: lines with what they stand under, and the rows of tables.
//!
//! A heading may be a line, or the first sentence of the paragraph that it opens (（一）加强领导。成立…), or a
//! point within one (一是…). Only numbers and a word processor's own levels make a heading; how a line
//! looks makes none.

use std::ops::Range;

use super::sense::{Sense, sense};
pub(super) use crate::base::clause::tight;
use crate::base::han::{heading_number, is_numeral};
use crate::base::lexicon::gather as lexicon;
use crate::base::lines::code_points;
use crate::base::when;
use crate::model::{BlockKind, Manuscript, MaskKind};

/// Characters that a heading has at most.
const LONGEST_HEAD: usize = 44;

/// The level of points within a paragraph: 一是, 第一，, ①.
pub(super) const POINT: u8 = 6;

/// A line of the paper.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// Its bytes, without the blanks and signs of the format at its ends.
    pub range: Range<usize>,
    /// The level of the heading that it is or begins with, 1 to [`POINT`].
    pub level: Option<u8>,
    /// Its heading without number and closing mark; empty where it has none.
    pub head: Range<usize>,
    /// What it says behind its heading, or behind its number where it has no heading.
    pub body: Range<usize>,
    /// The line with the heading that it stands under.
    pub above: Option<usize>,
    /// What the part of the paper is about in which it stands.
    pub sense: Option<Sense>,
    /// The heading that says so.
    pub by: Option<usize>,
    /// Whether it is a title, or stands behind the text.
    pub title: bool,
    /// Whether it is the cell of a table.
    pub cell: bool,
}

/// A table: its rows, each with the bytes of its cells.
pub(super) struct Sheet {
    pub rows: Vec<Vec<Cell>>,
}

/// A cell; one that continues the cell above holds that one's bytes.
#[derive(Debug, Clone, Default)]
pub(super) struct Cell {
    pub range: Range<usize>,
    /// Whether it says what the cell above it says.
    pub continues: bool,
}

/// A paper.
pub(super) struct Page<'m> {
    pub manuscript: &'m Manuscript,
    pub text: &'m str,
    pub lines: Vec<Line>,
    pub sheets: Vec<Sheet>,
}

impl<'m> Page<'m> {
    pub fn of(manuscript: &'m Manuscript) -> Self {
        let text = manuscript.text();
        let mut lines = Vec::new();
        for block in manuscript.blocks() {
            if block.kind == BlockKind::Code {
                continue;
            }
            let mut at = block.range.start;
            for words in manuscript.block_text(block).split('\n') {
                let range = trimmed(manuscript, at..at + words.len());
                at += words.len() + 1;
                if !range.is_empty() {
                    lines.push(line(text, range, block.kind));
                }
            }
        }
        let mut page = Self { manuscript, text, lines, sheets: Vec::new() };
        page.sheets = page.tables();
        page.hang();
        page
    }

    /// The words of a range, without the signs of the format.
    pub fn words(&self, range: &Range<usize>) -> String {
        let words = self.text.get(range.clone()).unwrap_or_default();
        if self.manuscript.masks().is_empty() {
            return words.to_owned();
        }
        let kept = |at: usize| !matches!(self.manuscript.mask(range.start + at), Some(MaskKind::Markup));
        words.char_indices().filter(|&(at, _)| kept(at)).map(|(_, c)| c).collect()
    }

    /// The bytes as they stand.
    pub fn said(&self, range: &Range<usize>) -> &'m str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    /// The headings that a line stands under, the nearest first.
    pub fn over(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.lines.get(index).and_then(|l| l.above), |&up| {
            self.lines.get(up).and_then(|l| l.above)
        })
    }

    /// Says of each line what it stands under, and what that is about.
    fn hang(&mut self) {
        let mut open: Vec<usize> = Vec::new();
        for index in 0..self.lines.len() {
            if self.lines[index].title || closes(self.said(&self.lines[index].range)) {
                open.clear();
                self.lines[index].title = true;
                continue;
            }
            if let Some(level) = self.lines[index].level {
                open.retain(|&up| self.lines[up].level.is_some_and(|l| l < level));
            }
            let above = open.last().copied();
            let told = above.and_then(|up| self.lines[up].sense.map(|s| (s, self.lines[up].by)));
            let own = self.lines[index].level.filter(|&l| l < POINT).and_then(|level| {
                let head = self.said(&self.lines[index].head);
                sense(head, level == 1).map(|s| (s, Some(index)))
            });
            let line = &mut self.lines[index];
            line.above = above;
            // What a part is about, its heading says; a heading within it says only what it deals with.
            let told = told.filter(|(sense, _)| *sense != Sense::Other || own.is_none());
            if let Some((sense, by)) = told.or(own) {
                (line.sense, line.by) = (Some(sense), by);
            }
            if line.level.is_some() && !line.cell {
                open.push(index);
            }
        }
    }

    /// The tables of the paper: those that its reader found, and in a text lines that are parted by tabs.
    fn tables(&self) -> Vec<Sheet> {
        let mut sheets: Vec<Sheet> = Vec::new();
        let mut last = None;
        for at in self.manuscript.cells() {
            if last != Some(at.table) {
                sheets.push(Sheet { rows: Vec::new() });
                last = Some(at.table);
            }
            let Some(sheet) = sheets.last_mut() else { continue };
            while sheet.rows.len() <= at.row {
                sheet.rows.push(Vec::new());
            }
            let mut cell = Cell { range: trimmed(self.manuscript, at.range.clone()), continues: false };
            if at.continues && cell.range.is_empty() && at.row > 0 {
                let above = sheet.rows[at.row - 1].get(at.column).cloned().unwrap_or_default();
                cell = Cell { continues: true, ..above };
            }
            let row = &mut sheet.rows[at.row];
            while row.len() < at.column {
                row.push(Cell::default());
            }
            row.push(cell);
        }
        sheets.extend(self.parted());
        sheets.extend(self.stacked());
        sheets
    }

    /// Lines that tabs or bars part, as a table in a text.
    fn parted(&self) -> Vec<Sheet> {
        let mut sheets: Vec<Sheet> = Vec::new();
        let mut open = false;
        for line in &self.lines {
            let words = self.said(&line.range);
            let sign = ['\t', '|', '｜'].into_iter().find(|sign| words.matches(*sign).count() >= 2);
            let Some(sign) = sign.filter(|_| !line.cell) else {
                open = false;
                continue;
            };
            // | --- | --- | only draws a line.
            if words.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '+')) {
                continue;
            }
            let inner = words.strip_prefix(sign).unwrap_or(words);
            let mut at = line.range.start + words.len() - inner.len();
            let inner = inner.strip_suffix(sign).filter(|_| sign != '\t').unwrap_or(inner);
            let row = inner.split(sign).map(|part| {
                let range = trimmed(self.manuscript, at..at + part.len());
                at += part.len() + sign.len_utf8();
                Cell { range, continues: false }
            });
            let row: Vec<Cell> = row.collect();
            match sheets.last_mut().filter(|_| open) {
                Some(sheet) => sheet.rows.push(row),
                None => sheets.push(Sheet { rows: vec![row] }),
            }
            open = true;
        }
        sheets.retain(|sheet| sheet.rows.len() > 1);
        sheets
    }

    /// A table whose cells stand a line each, as they come out of a word processor: the heads, the first of
    /// which is 序号, and then rows that are numbered. How many cells a row has, most rows tell; one that lacks a
    /// cell is left out, since nobody can tell which.
    fn stacked(&self) -> Vec<Sheet> {
        /// Lines of a row at most.
        const TALLEST: usize = 12;
        let words = |at: usize| {
            let words = self.lines.get(at).map_or("", |l| self.said(&l.range));
            words.trim_end_matches(['.', '、', '．'])
        };
        let opens = |at: usize| {
            !self.lines[at].cell && words(at).chars().filter(|c| !c.is_whitespace()).eq("序号".chars())
        };
        let cell = |at: usize| Cell { range: self.lines[at].range.clone(), continues: false };
        let mut sheets = Vec::new();
        for start in (0..self.lines.len()).filter(|&at| opens(at)) {
            let Some(first) = (start + 2..start + TALLEST).find(|&at| words(at) == "1") else { continue };
            let next = |&at: &usize| {
                let number: usize = words(at).parse().ok()?;
                (at + 1..at + TALLEST).find(|&n| words(n) == (number + 1).to_string())
            };
            let numbers: Vec<usize> = std::iter::successors(Some(first), next).collect();
            let apart = |pair: &[usize]| pair[1] - pair[0];
            let distances: Vec<usize> = numbers.windows(2).map(apart).collect();
            let often = |width: usize| distances.iter().filter(|&&d| d == width).count();
            let Some(width) = distances.iter().copied().max_by_key(|&d| (often(d), std::cmp::Reverse(d)))
            else {
                continue;
            };
            // The heads stand together; a line between them and the first row names a group.
            if width < 3 || start + width > first {
                continue;
            }
            let mut rows: Vec<Vec<Cell>> = vec![(start..start + width).map(cell).collect()];
            for (index, &at) in numbers.iter().enumerate() {
                let end = numbers.get(index + 1).copied().unwrap_or((at + width).min(self.lines.len()));
                if end - at >= width {
                    rows.push((at..at + width).map(cell).collect());
                }
            }
            sheets.push(Sheet { rows });
        }
        sheets
    }
}

/// A range without blanks and signs of the format at its ends.
pub(super) fn trimmed(manuscript: &Manuscript, range: Range<usize>) -> Range<usize> {
    let text = manuscript.text();
    let idle = |at: usize, c: char| {
        c.is_whitespace()
            || c == '\u{200b}'
            || c == '\u{feff}'
            || matches!(manuscript.mask(at), Some(MaskKind::Markup))
    };
    let words = text.get(range.clone()).unwrap_or_default();
    let mut kept = words.char_indices().map(|(at, c)| (range.start + at, c)).filter(|&(at, c)| !idle(at, c));
    let Some((start, first)) = kept.next() else { return range.start..range.start };
    let (end, last) = kept.next_back().unwrap_or((start, first));
    start..end + last.len_utf8()
}

/// Whether a line stands behind the text of a paper: 附件：…, a date by itself, （此件公开发布）.
fn closes(words: &str) -> bool {
    let annexed = words.strip_prefix("附件").or(words.strip_prefix("附：").map(|_| "："));
    let annexed = annexed.is_some_and(|rest| {
        rest.is_empty() || rest.starts_with(|c: char| matches!(c, '：' | ':') || c.is_ascii_digit())
    });
    annexed || words.starts_with("（此件") || words.ends_with('日') && when::date(words).is_some()
}

/// The level of a line's number and the bytes that it takes.
fn numbered(words: &str) -> Option<(u8, usize)> {
    if let Some((level, _, len)) = heading_number(words) {
        return Some((level, len));
    }
    let first = words.chars().next()?;
    if ('①'..='⑳').contains(&first) {
        return Some((5, first.len_utf8()));
    }
    if let Some(rest) = words.strip_prefix('第') {
        let number = rest.trim_start_matches(|c: char| is_numeral(c) || c.is_ascii_digit());
        let len = words.len() - number.len();
        return ["部分", "章", "节"]
            .iter()
            .find(|unit| number.starts_with(**unit) && rest.len() > number.len())
            .map(|unit| {
                let behind = &number[unit.len()..];
                let blank = behind.len() - behind.trim_start_matches(['、', '，', '：', ' ', '　']).len();
                (1, len + unit.len() + blank)
            })
            .or_else(|| number.starts_with(['，', '、']).then_some((POINT, len + '，'.len_utf8())));
    }
    let rest = words.trim_start_matches(is_numeral);
    let mark = ["是", "要"].iter().find(|m| rest.len() < words.len() && rest.starts_with(**m))?;
    Some((POINT, words.len() - rest.len() + mark.len()))
}

fn line(text: &str, range: Range<usize>, kind: BlockKind) -> Line {
    let words = &text[range.clone()];
    let cell = kind == BlockKind::Cell;
    let styled = match kind {
        BlockKind::Heading(level) => Some((level, 0)),
        BlockKind::Item => Some((5, 0)),
        _ => None,
    };
    let number = if cell || words.contains(['\t', '|', '｜']) { None } else { numbered(words).or(styled) };
    let foot = matches!(kind, BlockKind::Signature | BlockKind::DateOfIssue) || kind.is_imprint();
    let form =
        matches!(kind, BlockKind::AttachmentNote | BlockKind::Note | BlockKind::Annex | BlockKind::Caption);
    let title = kind == BlockKind::Title || foot || form;
    let mut line = Line {
        head: range.start..range.start,
        body: range.clone(),
        range,
        level: None,
        above: None,
        sense: None,
        by: None,
        title,
        cell,
    };
    if let Some((level, len)) = number.filter(|_| !title) {
        let rest = tight(text, line.range.start + len..line.range.end);
        line.level = Some(level);
        (line.head, line.body) = parted(text, rest);
    }
    line
}

/// A heading and what follows it in its line; no heading where the first sentence is none.
fn parted(text: &str, rest: Range<usize>) -> (Range<usize>, Range<usize>) {
    let words = &text[rest.clone()];
    let none = (rest.start..rest.start, rest.clone());
    let end = head_end(words);
    let head = tight(text, rest.start..rest.start + end);
    if code_points(&text[head.clone()]) > LONGEST_HEAD || head.is_empty() {
        return none;
    }
    let behind = words[end..].trim_start_matches(['。', '：', ':', '.', ';', '；']);
    // 2025年，… is a sentence; a heading has a mark or the line for itself.
    let body = tight(text, rest.end - behind.len()..rest.end);
    (head, body)
}

/// Where the heading of a line ends: at its first stop, or before a bracket that says who is in charge.
fn head_end(words: &str) -> usize {
    let mut deep = 0usize;
    for (at, c) in words.char_indices() {
        match c {
            '（' | '(' | '《' | '“' | '【' | '[' | '〔' => {
                let label = words[at + c.len_utf8()..].trim_start();
                if deep == 0 && lexicon::OWNERS.iter().any(|word| label.starts_with(word)) {
                    return at;
                }
                deep += 1;
            }
            '）' | ')' | '》' | '”' | '】' | ']' | '〕' => deep = deep.saturating_sub(1),
            '。' | '：' | ':' | '；' | ';' | '！' if deep == 0 => return at,
            _ => {}
        }
    }
    words.len()
}
