//! From marked text to a manuscript: phrases said, lines joined, headings numbered, marks out.
//!
//! The text that comes from a skeleton is line by line: a blank line ends a paragraph, lines
//! without one between them are joined, and the signs at the start of a line say what it is
//! (see [`directive`]). Headings are numbered here and nowhere else, so leaving one out keeps the
//! numbers right.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::context::Values;
use super::front::Section;
use super::mark;
use super::skeleton::Skeleton;
use super::{Unavoidable, say};
use crate::base::lines::tight;
use crate::base::{Place, Result, han};
use crate::model::{Block, BlockKind, Kind, Manuscript, Piece, Row, Table};

/// What a line's first signs say, the bytes that they take, and whether the program numbers it.
///
/// `# ` title (标题) · `## ` to `##### ` headings of level 1 to 4, which the program numbers, and
/// `##= ` to `#####= ` headings that keep the words they have · the rest as in
/// [`KINDS`](crate::model::KINDS). Without a sign it is body.
fn directive(line: &str) -> Option<(BlockKind, usize, bool)> {
    if line.starts_with('#') {
        let level = line.len() - line.trim_start_matches('#').len();
        let kind = match level {
            1 => BlockKind::Title,
            2..=5 => BlockKind::Heading(u8::try_from(level - 1).unwrap_or(1)),
            _ => return None,
        };
        let as_is = level > 1 && line[level..].starts_with('=');
        return Some((kind, level + usize::from(as_is), !as_is));
    }
    Kind::of_line(line).map(|kind| (kind.kind, kind.sign.len(), false))
}

/// Whether a block of this kind is something for a heading to stand over. The name of a table is not: its
/// rows are.
pub(crate) fn fills(kind: BlockKind) -> bool {
    matches!(
        kind,
        BlockKind::Body | BlockKind::Item | BlockKind::Quotation | BlockKind::Code | BlockKind::Cell
    )
}

/// Whether a backslash opens the line to say that `#` or `@` behind it is text and no sign.
fn is_escaped(line: &str) -> bool {
    line.strip_prefix('\\').is_some_and(|rest| rest.starts_with(['#', '@', '\\']))
}

/// Whether a line is a row of a table, `@head` or `@row`, and the bytes of its sign.
fn row(line: &str) -> Option<(bool, usize)> {
    [("@head", true), ("@row", false)]
        .iter()
        .find(|(sign, _)| line.starts_with(sign))
        .map(|&(sign, header)| (header, sign.len()))
}

/// Where a run of text came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Provenance {
    /// A line of the skeleton.
    Line(u32),
    /// The place with this mark number.
    Mark(usize),
    /// Computed from the places with these mark numbers: first and last of [`Line::sources`].
    Computed(usize, usize),
}

/// The rendered text with its sections as `chosen`: the others left out, these in their order, where
/// the first of them stood. What stands before, between and after sections stays where it is.
pub(super) fn arrange<'r>(rendered: &'r str, chosen: &[&Section]) -> Cow<'r, str> {
    if !rendered.contains("@section ") {
        return Cow::Borrowed(rendered);
    }
    let mut before = String::with_capacity(rendered.len());
    let mut after = String::new();
    let mut found: Vec<(&str, String)> = Vec::new();
    let mut open = false;
    for line in rendered.split_inclusive('\n') {
        let sign = line.trim_start_matches(|c: char| mark::is_mark(c));
        // Signs count only where the skeleton wrote them.
        let sign =
            if line[..line.len() - sign.len()].contains([mark::FACT, mark::COMPUTED]) { "" } else { sign };
        if let Some(id) = sign.strip_prefix("@section ") {
            found.push((id.trim(), String::new()));
            open = true;
        } else if sign.trim_end() == "@end" {
            open = false;
        } else {
            let into = match found.last_mut() {
                Some((_, text)) if open => text,
                Some(_) => &mut after,
                None => &mut before,
            };
            into.push_str(line);
        }
    }
    let open = |into: &mut String, number: usize| {
        into.push(mark::BLANK);
        into.push(mark::SECTION);
        mark::push_number(into, number);
        into.push('\n');
    };
    for (number, section) in chosen.iter().enumerate() {
        for (_, text) in found.iter().filter(|(id, _)| *id == section.id) {
            // A section is a paragraph of its own whatever stood round it.
            open(&mut before, number);
            before.push_str(text);
        }
    }
    open(&mut before, chosen.len());
    before.push_str(&after);
    Cow::Owned(before)
}

/// What became of a rendered text.
pub(super) struct Composed {
    pub manuscript: Manuscript,
    pub unavoidable: Vec<Unavoidable>,
    /// The chosen sections, by their numbers, in which nothing stands.
    pub empty: Vec<usize>,
}

/// Makes the manuscript of what Tera rendered.
///
/// # Errors
/// If a phrase is unknown or none of its variants can be filled.
pub(super) fn compose(arranged: &str, said: &say::Said<'_>, values: &mut Values<'_>) -> Result<Composed> {
    let (said, unavoidable, skeleton) = {
        let (text, unavoidable) = say::say(arranged, said, values)?;
        (text, unavoidable, said.skeleton)
    };
    let mut page = Page::new(skeleton, &values.places);
    page.text.reserve(said.len());
    let mut line = Line::default();
    let mut stack: Vec<Provenance> = Vec::new();
    let mut base = 0;
    for row in said.split('\n') {
        line.clear();
        read_line(row, &mut stack, &mut base, &mut line);
        page.line(&mut line);
    }
    page.end_paragraph();
    let empty = page.empty_sections();
    let manuscript = Manuscript::new(page.text, page.blocks, page.pieces, Vec::new());
    Ok(Composed { manuscript: manuscript.with_tables(page.tables), unavoidable, empty })
}

/// A line without its marks, and the runs of it by source.
#[derive(Default)]
struct Line {
    text: String,
    /// Whether the skeleton has a blank line here, which ends a paragraph.
    is_blank: bool,
    /// The section that begins with it.
    section: Option<usize>,
    /// Whether it stands in what an expression gave.
    in_value: bool,
    /// How many expressions it has, and whether one of them gave something.
    values: usize,
    has_value: bool,
    /// Whether an expression gave its last words.
    ends_in_value: bool,
    runs: Vec<(Range<usize>, Provenance)>,
    /// What computed figures of this line were computed from.
    sources: Vec<usize>,
}

impl Line {
    fn clear(&mut self) {
        (self.is_blank, self.in_value, self.values, self.has_value) = (false, false, 0, false);
        self.section = None;
        self.ends_in_value = false;
        self.text.clear();
        self.runs.clear();
        self.sources.clear();
    }

    /// Takes 。；，、 off the end where an expression gave them.
    fn open_end(&mut self) {
        while let Some((range, _)) = self.runs.last_mut().filter(|_| self.ends_in_value)
            && let Some(sign @ ('。' | '；' | '，' | '、')) = self.text.chars().next_back()
        {
            self.text.pop();
            range.end -= sign.len_utf8();
            if range.start == range.end {
                self.runs.pop();
            }
        }
    }

    /// Whether it says nothing: it is empty, or nothing that it should say is known.
    fn is_silent(&self) -> bool {
        self.values > 0 && !self.has_value || self.text.trim().is_empty()
    }

    fn push(&mut self, words: &str, source: Provenance) {
        // What an expression gave may be a whole sentence, and one 。 is enough.
        if matches!(source, Provenance::Line(_)) && !self.in_value && mark::closes(words) {
            self.open_end();
        }
        // Where nothing is between two clauses, one sign parts them.
        if words.starts_with(['，', '；', '。']) && self.text.ends_with(['，', '、', '；']) {
            self.ends_in_value = true;
            self.open_end();
        }
        self.has_value |= self.in_value && !words.trim().is_empty();
        self.ends_in_value = self.in_value;
        let start = self.text.len();
        self.text.push_str(words);
        match self.runs.last_mut() {
            Some((range, last)) if *last == source => range.end = self.text.len(),
            _ => self.runs.push((start..self.text.len(), source)),
        }
    }
}

fn read_line(row: &str, stack: &mut Vec<Provenance>, base: &mut u32, line: &mut Line) {
    let mut rest = row;
    while let Some(at) = mark::find(rest) {
        let source = stack.last().copied().unwrap_or(Provenance::Line(*base));
        if at > 0 {
            line.push(&rest[..at], source);
        }
        let sign = rest[at..].chars().next().unwrap_or(mark::END);
        rest = &rest[at + sign.len_utf8()..];
        match sign {
            mark::FACT => {
                let (number, len) = mark::read_number(rest);
                stack.push(Provenance::Mark(number));
                rest = &rest[len..];
            }
            mark::COMPUTED => {
                let first = line.sources.len();
                loop {
                    let (number, len) = mark::read_number(rest);
                    line.sources.push(number);
                    rest = &rest[len..];
                    match rest.strip_prefix(mark::COMPUTED) {
                        Some(more) => rest = more,
                        None => break,
                    }
                }
                stack.push(Provenance::Computed(first, line.sources.len()));
            }
            mark::LINE | mark::VALUE => {
                let (number, len) = mark::read_number(rest);
                *base = u32::try_from(number).unwrap_or(u32::MAX);
                line.in_value = sign == mark::VALUE;
                line.values += usize::from(line.in_value);
                rest = &rest[len..];
            }
            mark::BLANK => line.is_blank = true,
            mark::SECTION => {
                let (number, len) = mark::read_number(rest);
                line.section = Some(number);
                rest = &rest[len..];
            }
            mark::END => {
                stack.pop();
            }
            _ => {}
        }
    }
    if !rest.is_empty() {
        line.push(rest, stack.last().copied().unwrap_or(Provenance::Line(*base)));
    }
}

/// The manuscript as it grows.
struct Page<'a> {
    skeleton: &'a Skeleton,
    places: &'a [Place],
    text: String,
    blocks: Vec<Block>,
    pieces: Vec<Piece>,
    /// Start of the paragraph that is being joined.
    open: Option<usize>,
    /// How many headings of each level so far, under the heading above them.
    numbers: [usize; 4],
    tables: Vec<Table>,
    /// Whether rows go on with the last table.
    in_table: bool,
    /// Headings under which nothing stands so far, the outer ones first.
    waiting: Vec<Waiting>,
    /// The sections, and how many blocks stand before each.
    sections: Vec<(usize, usize)>,
}

/// A heading that is written when there is something to write under it.
struct Waiting {
    level: u8,
    numbered: bool,
    line: Line,
    within: Range<usize>,
}

impl<'a> Page<'a> {
    fn new(skeleton: &'a Skeleton, places: &'a [Place]) -> Self {
        Self {
            skeleton,
            places,
            text: String::new(),
            blocks: Vec::new(),
            pieces: Vec::new(),
            open: None,
            numbers: [0; 4],
            tables: Vec::new(),
            in_table: false,
            waiting: Vec::new(),
            sections: Vec::new(),
        }
    }

    /// The sections between whose bounds stands nothing.
    fn empty_sections(&self) -> Vec<usize> {
        let bounds = self.sections.windows(2);
        bounds.filter(|b| b[0].1 == b[1].1).map(|b| b[0].0).collect()
    }

    fn line(&mut self, line: &mut Line) {
        // A line of which nothing is known leaves no trace: the sentences round it are one paragraph.
        if line.is_silent() {
            if line.is_blank {
                self.end_paragraph();
            }
            self.sections.extend(line.section.map(|number| (number, self.blocks.len())));
            return;
        }
        let trimmed = line.text.trim();
        let start = line.text.len() - line.text.trim_start().len();
        let end = start + trimmed.len();
        // Signs count only where the skeleton wrote them: a fact may begin with # or @.
        let own = line
            .runs
            .iter()
            .find(|(r, _)| r.contains(&start))
            .is_some_and(|(_, s)| matches!(s, Provenance::Line(_)));
        if let Some((header, len)) = row(trimmed).filter(|_| own) {
            self.end_paragraph();
            self.headings();
            self.row(line, start + len..end, header);
            return;
        }
        match directive(trimmed).filter(|_| own) {
            Some((kind, len, numbered)) => {
                self.end_paragraph();
                self.in_table = false;
                self.sign(kind, numbered, line, start + len..end);
            }
            None => {
                if self.open.is_none() {
                    self.in_table = false;
                    self.headings();
                    self.open = Some(self.begin());
                }
                let start = start + usize::from(own && is_escaped(trimmed));
                // Where a line with nothing to say stood between two clauses, one sign parts them.
                let opens = trimmed.chars().next().filter(|c| ['，', '；'].contains(c));
                let parted = self.text.ends_with(['，', '；', '、', '：']);
                let sign = opens.filter(|_| parted).map_or(0, char::len_utf8);
                self.runs(line, start + sign..end);
            }
        }
    }

    /// A line with a sign. A heading waits until there is something under it; one that nothing comes
    /// under before the next of its level, or before the form goes on, is not written.
    fn sign(&mut self, kind: BlockKind, numbered: bool, line: &mut Line, within: Range<usize>) {
        let BlockKind::Heading(level) = kind else {
            if fills(kind) {
                self.headings();
            } else if kind != BlockKind::Caption {
                self.waiting.clear();
            }
            self.block(kind, numbered, line, within);
            return;
        };
        self.waiting.retain(|heading| heading.level < level);
        // What a heading tells of the facts, or says as it is written, is not to be lost.
        let tells = line.runs.iter().any(|(_, source)| match source {
            Provenance::Mark(number) => {
                matches!(self.places.get(*number), Some(Place::Fact { path, .. }) if &**path != "locality.level")
            }
            _ => false,
        });
        if tells || !numbered {
            self.headings();
            self.block(kind, numbered, line, within);
        } else {
            self.waiting.push(Waiting { level, numbered, line: std::mem::take(line), within });
        }
    }

    /// Writes the headings that wait.
    fn headings(&mut self) {
        for Waiting { level, numbered, line, within } in std::mem::take(&mut self.waiting) {
            self.block(BlockKind::Heading(level), numbered, &line, within);
        }
    }

    /// A block of one line, whose words are `within`; `numbered` if the program numbers it.
    fn block(&mut self, kind: BlockKind, numbered: bool, line: &Line, within: Range<usize>) {
        let within = tight(&line.text, within);
        if kind == BlockKind::Caption {
            // A table need not have a name.
            self.in_table = false;
            if within.is_empty() {
                return;
            }
        }
        let from = self.begin();
        match kind {
            BlockKind::Heading(level) => {
                if numbered {
                    let number = self.number(level);
                    self.piece(&number, Place::Program);
                } else {
                    // What stands below a heading is counted anew, whoever numbers the heading.
                    self.numbers[usize::from(level)..].fill(0);
                }
                self.runs(line, within);
            }
            // Two parts on one line: a tab stands where the skeleton has its |.
            kind if kind.has_two_parts() => {
                let mut parts = parts(line, within).into_iter();
                if let Some(first) = parts.next() {
                    self.runs(line, first);
                }
                for part in parts {
                    self.piece("\t", Place::Program);
                    self.runs(line, part);
                }
            }
            // 附注 stands in brackets (GB/T 9704-2012, 7.3.6), whether or not they were written.
            BlockKind::Note if !line.text[within.clone()].starts_with('（') => {
                self.piece("（", Place::Program);
                self.runs(line, within);
                self.piece("）", Place::Program);
            }
            _ => self.runs(line, within),
        }
        if kind == BlockKind::Annex {
            // An attachment is a document of its own.
            self.numbers = [0; 4];
        }
        self.blocks.push(Block { kind, range: from..self.text.len() });
    }

    /// A row of the table at hand, or of a new one: a cell for each part of the line.
    fn row(&mut self, line: &Line, within: Range<usize>, header: bool) {
        let first = self.blocks.len();
        for part in parts(line, within) {
            let from = self.begin();
            self.runs(line, part);
            self.blocks.push(Block { kind: BlockKind::Cell, range: from..self.text.len() });
        }
        if !self.in_table {
            self.tables.push(Table::default());
            self.in_table = true;
        }
        if let Some(table) = self.tables.last_mut() {
            table.rows.push(Row { cells: first..self.blocks.len(), header });
        }
    }

    /// Starts a block: the LF between blocks, and where it begins.
    fn begin(&mut self) -> usize {
        if !self.blocks.is_empty() {
            self.text.push('\n');
        }
        self.text.len()
    }

    fn end_paragraph(&mut self) {
        if let Some(from) = self.open.take() {
            self.blocks.push(Block { kind: BlockKind::Body, range: from..self.text.len() });
        }
    }

    /// The number of the next heading of a level (GB/T 9704: 一、 （一） 1. （1）).
    fn number(&mut self, level: u8) -> String {
        let index = usize::from(level) - 1;
        self.numbers[index] += 1;
        self.numbers[index + 1..].fill(0);
        let n = self.numbers[index];
        match level {
            1 => format!("{}、", han::numeral(n)),
            2 => format!("（{}）", han::numeral(n)),
            3 => format!("{n}."),
            _ => format!("（{n}）"),
        }
    }

    fn runs(&mut self, line: &Line, within: Range<usize>) {
        for (range, source) in &line.runs {
            let range = range.start.max(within.start)..range.end.min(within.end);
            if range.is_empty() {
                continue;
            }
            let place = match *source {
                Provenance::Line(line) => {
                    let (file, line) = self.skeleton.lines.of(line);
                    Place::Template { id: Arc::clone(file), line }
                }
                Provenance::Mark(number) => self.places.get(number).cloned().unwrap_or(Place::Program),
                Provenance::Computed(first, last) => {
                    let of = line.sources.get(first..last).unwrap_or_default();
                    Place::Computed(of.iter().filter_map(|&n| self.places.get(n).cloned()).collect())
                }
            };
            self.piece(&line.text[range], place);
        }
    }

    fn piece(&mut self, words: &str, from: Place) {
        // 档案工作 has its 工作 already: 做好档案工作工作 is said by nobody.
        let is_named = |p: &Piece| matches!(&p.from, Place::Fact { path, .. } if matches!(&**path, "work.name" | "work.short"));
        let named = self.text.ends_with(WORK) && self.pieces.last().is_some_and(is_named);
        let words = words.strip_prefix(WORK).filter(|_| named).unwrap_or(words);
        let start = self.text.len();
        self.text.push_str(words);
        match self.pieces.last_mut() {
            Some(last) if last.range.end == start && last.from == from => last.range.end = self.text.len(),
            _ => self.pieces.push(Piece { range: start..self.text.len(), from }),
        }
    }
}

/// What many works end with, and what many sentences put behind the name of a work.
const WORK: &str = "工作";

/// The parts of a line between the | that the skeleton wrote, without the blanks at their ends.
/// One in a fact is its own.
fn parts(line: &Line, within: Range<usize>) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut from = within.start;
    for (range, _) in line.runs.iter().filter(|(_, source)| matches!(source, Provenance::Line(_))) {
        for (at, _) in line.text[range.clone()].match_indices('|') {
            let at = range.start + at;
            if within.contains(&at) {
                parts.push(tight(&line.text, from..at));
                from = at + 1;
            }
        }
    }
    parts.push(tight(&line.text, from..within.end));
    parts
}
