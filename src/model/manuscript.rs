//! The manuscript (文稿): one flat text with side tables.
//!
//! **Blocks** say what each stretch is: title, heading, body, table cell. **Pieces** say where it
//! came from: a fact, a phrase, a template line; or a paragraph of a .docx, a line of a .txt.
//! **Masks** mark what is not prose: code, link targets, Markdown's own signs. **Tables** say which
//! cells form which rows, the **layout** how paragraphs are set, where the file says so. Drafting and reading both fill a manuscript; rules, writers and reports
//! only read it. So provenance and position mapping are one thing.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

use super::block::{Block, BlockKind};
use super::carried::Carried;
use super::finding::{Finding, veil};
use super::gap::Gap;
use super::layout::Layout;
use super::margin::MarginLine;
use crate::base::{Place, Problem, fold::Folded, lines::Lines};

/// Lines, paragraphs or cells that a document may have: more than any yearbook has. What is read and found of
/// each takes some 400 bytes, so readers take up no more, and who asks them refuses what has more.
pub const LINES: usize = 300_000;

/// A row of a table (表格的一行).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its cells from left to right, as indexes of blocks; an empty cell is an empty block.
    pub cells: Range<usize>,
    /// Whether it is 表头, to be repeated on each page.
    pub header: bool,
}

/// A table (表格): which blocks form which rows. Its name, if it has one, is a
/// [`BlockKind::Caption`] before it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// Its rows from top to bottom, at least one, one following on the other.
    pub rows: Vec<Row>,
}

impl Table {
    /// Its blocks, by index.
    #[must_use]
    pub fn blocks(&self) -> Range<usize> {
        let start = self.rows.first().map_or(0, |r| r.cells.start);
        start..self.rows.last().map_or(start, |r| r.cells.end)
    }

    /// Cells of its longest row.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.rows.iter().map(|r| r.cells.len()).max().unwrap_or(0)
    }
}

/// Where a cell that a reader found stands in its table (单元格的位置). A reader knows no more of a table
/// than this.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellAt {
    /// Which table of the document, from 0.
    pub table: usize,
    /// Its row, from 0.
    pub row: usize,
    /// Its column, from 0; a cell as wide as two counts as two.
    pub column: usize,
    /// Whether it continues the cell above it (合并单元格) and so says what that says.
    pub continues: bool,
    /// Its bytes, several blocks at times; empty where it is.
    pub range: Range<usize>,
}

/// A stretch that came from one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Its bytes. Pieces are in order and do not overlap; what lies between them is the program's.
    pub range: Range<usize>,
    /// Where it came from.
    pub from: Place,
}

/// Why a stretch is not prose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MaskKind {
    /// Source code, formulas, HTML, front matter.
    Code,
    /// Signs of the file format itself, such as `**` in Markdown.
    Markup,
    /// The target of a link.
    Link,
    /// A word processor's own prompt that was never overwritten (单击此处输入文字).
    Prompt,
}

/// A stretch that is not prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mask {
    /// Its bytes.
    pub range: Range<usize>,
    /// Why.
    pub kind: MaskKind,
}

/// One document, drafted or read. See the module.
#[derive(Debug, Default)]
pub struct Manuscript {
    text: String,
    blocks: Vec<Block>,
    pieces: Vec<Piece>,
    masks: Vec<Mask>,
    made: Vec<Range<usize>>,
    tables: Vec<Table>,
    cells: Vec<CellAt>,
    notes: Vec<Problem>,
    gaps: Vec<Gap>,
    layout: Option<Box<Layout>>,
    carried: Vec<Carried>,
    margin: Vec<MarginLine>,
    lines: OnceLock<Lines>,
}

impl Manuscript {
    /// A manuscript of `text` with its tables, each sorted by position.
    ///
    /// # Panics
    /// In debug builds, if a range lies outside the text or not on character boundaries.
    #[must_use]
    pub fn new(text: String, blocks: Vec<Block>, pieces: Vec<Piece>, masks: Vec<Mask>) -> Self {
        debug_assert!(
            blocks
                .iter()
                .map(|b| &b.range)
                .chain(pieces.iter().map(|p| &p.range))
                .chain(masks.iter().map(|m| &m.range))
                .all(|r| text.get(r.clone()).is_some()),
            "a range lies outside the text"
        );
        Self { text, blocks, pieces, masks, ..Self::default() }
    }

    /// The same manuscript with its tables, in order.
    ///
    /// # Panics
    /// In debug builds, if a row names blocks that are no cells or do not exist.
    #[must_use]
    pub fn with_tables(mut self, tables: Vec<Table>) -> Self {
        debug_assert!(
            tables.iter().flat_map(|t| &t.rows).all(|r| {
                self.blocks.get(r.cells.clone()).is_some_and(|c| c.iter().all(|b| b.kind == BlockKind::Cell))
            }),
            "a row of a table is not made of cells"
        );
        self.tables = tables;
        self
    }

    /// The same manuscript with the places of the cells that its reader found, by table, row and column.
    #[must_use]
    pub fn with_cells(mut self, mut cells: Vec<CellAt>) -> Self {
        cells.retain(|c| self.text.get(c.range.clone()).is_some());
        cells.sort_by_key(|c| (c.table, c.row, c.column));
        self.cells = cells;
        self
    }

    /// The same manuscript with the stretches of its text, in order, that a word processor makes (自动编号): they
    /// are read with the rest, and no byte of the file says them.
    #[must_use]
    pub fn with_made(mut self, made: Vec<Range<usize>>) -> Self {
        self.made = made;
        self
    }

    /// The same manuscript with what a person should know of how it was read.
    #[must_use]
    pub fn with_notes(mut self, notes: Vec<Problem>) -> Self {
        self.notes.extend(notes);
        self
    }

    /// The same manuscript with what of the document is not in it. The notes say the same in sentences.
    #[must_use]
    pub fn with_gaps(mut self, gaps: Vec<Gap>) -> Self {
        self.gaps.extend(gaps);
        self.gaps.sort_unstable();
        self.gaps.dedup();
        self
    }

    /// The same manuscript with how its reader found it set.
    ///
    /// # Panics
    /// In debug builds, if a paragraph lies outside the text or not on character boundaries.
    #[must_use]
    pub fn with_layout(mut self, layout: Layout) -> Self {
        debug_assert!(
            layout.paragraphs.iter().all(|p| self.text.get(p.range.clone()).is_some()),
            "a paragraph lies outside the text"
        );
        self.layout = Some(Box::new(layout));
        self
    }

    /// The same manuscript with what its file carries besides the text.
    #[must_use]
    pub fn with_carried(mut self, carried: Vec<Carried>) -> Self {
        self.carried.extend(carried);
        self
    }

    /// The same manuscript with what stands beside its text.
    #[must_use]
    pub fn with_margin(mut self, mut margin: Vec<MarginLine>) -> Self {
        margin.retain(|line| self.text.get(line.at.clone()).is_some_and(|words| !words.is_empty()));
        self.margin = margin;
        self
    }

    /// The whole text, without the tables.
    #[must_use]
    pub fn into_text(self) -> String {
        self.text
    }

    /// The whole text. For .txt and .md it is the decoded file; for .docx the paragraphs, joined
    /// by one LF.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What each stretch is.
    #[must_use]
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// Where each stretch came from.
    #[must_use]
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// What is not prose.
    #[must_use]
    pub fn masks(&self) -> &[Mask] {
        &self.masks
    }

    /// What of the text a word processor makes, in order.
    #[must_use]
    pub fn made(&self) -> &[Range<usize>] {
        &self.made
    }

    /// Whether something of a range is made by a word processor, so that nothing can be put in its place.
    #[must_use]
    pub fn is_made(&self, range: &Range<usize>) -> bool {
        let after = self.made.partition_point(|made| made.end <= range.start);
        self.made.get(after).is_some_and(|made| made.start < range.end)
    }

    /// The text as the file says it: without what a word processor makes.
    #[must_use]
    pub fn file_text(&self) -> Cow<'_, str> {
        if self.made.is_empty() {
            return Cow::Borrowed(&self.text);
        }
        let (mut said, mut from) = (String::with_capacity(self.text.len()), 0);
        for made in &self.made {
            said.push_str(&self.text[from..made.start]);
            from = made.end;
        }
        said.push_str(&self.text[from..]);
        Cow::Owned(said)
    }

    /// Where a range stands in [`Self::file_text`]. What is made stands for the character behind it, so that
    /// something can be said of it there.
    #[must_use]
    pub fn in_file(&self, range: &Range<usize>) -> Range<usize> {
        let place = |at: usize| {
            let begun = self.made.partition_point(|made| made.start < at);
            let before: usize = self.made[..begun].iter().map(|made| made.end.min(at) - made.start).sum();
            at - before
        };
        let (start, end) = (place(range.start), place(range.end));
        if start < end || range.is_empty() {
            return start..end;
        }
        let made = self.made.partition_point(|made| made.end < range.end);
        let behind = self.made.get(made).map_or(range.end, |made| made.end);
        let next = self.text[behind..].chars().next().filter(|c| *c != '\n').map_or(0, char::len_utf8);
        start..start + next
    }

    /// Which cells form which rows. Cells that a reader found may belong to none.
    #[must_use]
    pub fn tables(&self) -> &[Table] {
        &self.tables
    }

    /// Where the cells of a document that was read stand, by table, row and column.
    #[must_use]
    pub fn cells(&self) -> &[CellAt] {
        &self.cells
    }

    /// What a person should know of how it was read: the encoding, parts left out.
    #[must_use]
    pub fn notes(&self) -> &[Problem] {
        &self.notes
    }

    /// What of the document was not read; empty if all of it was.
    #[must_use]
    pub fn gaps(&self) -> &[Gap] {
        &self.gaps
    }

    /// How it is set on paper; `None` where its format has no look, as .txt and .md have none.
    #[must_use]
    pub fn layout(&self) -> Option<&Layout> {
        self.layout.as_deref()
    }

    /// What its file carries besides the text.
    #[must_use]
    pub fn carried(&self) -> &[Carried] {
        &self.carried
    }

    /// What stands beside its text: headers, footers, notes.
    #[must_use]
    pub fn margin(&self) -> &[MarginLine] {
        &self.margin
    }

    /// The text of a block.
    #[must_use]
    pub fn block_text(&self, block: &Block) -> &str {
        &self.text[block.range.clone()]
    }

    /// Line and column arithmetic, computed once.
    #[must_use]
    pub fn lines(&self) -> &Lines {
        self.lines.get_or_init(|| Lines::of(&self.text))
    }

    /// The text folded for comparison; see `Folded`.
    #[must_use]
    pub fn folded(&self) -> Folded<'_> {
        Folded::of(&self.text)
    }

    /// Where the character at `byte` came from.
    #[must_use]
    pub fn place(&self, byte: usize) -> Option<&Place> {
        let index = self.pieces.partition_point(|p| p.range.end <= byte);
        self.pieces.get(index).filter(|p| p.range.contains(&byte)).map(|p| &p.from)
    }

    /// The mask over `byte`, if it is not prose.
    #[must_use]
    pub fn mask(&self, byte: usize) -> Option<MaskKind> {
        let index = self.masks.partition_point(|m| m.range.end <= byte);
        self.masks.get(index).filter(|m| m.range.contains(&byte)).map(|m| m.kind)
    }

    /// What the character at `byte` is part of; `None` between blocks.
    #[must_use]
    pub fn block(&self, byte: usize) -> Option<&Block> {
        let index = self.blocks.partition_point(|b| b.range.end <= byte);
        self.blocks.get(index).filter(|b| b.range.contains(&byte))
    }

    /// The same with the numbers in these findings veiled that are somebody's own, for whatever shows the text
    /// to others. Places stay what they are.
    #[must_use]
    pub fn veiled(mut self, findings: &[Finding]) -> Self {
        if let Cow::Owned(text) = veil(&self.text, findings) {
            self.text = text;
        }
        self
    }

    /// Characters of the text, in Unicode code points.
    #[must_use]
    pub fn characters(&self) -> usize {
        crate::base::lines::code_points(&self.text)
    }
}
