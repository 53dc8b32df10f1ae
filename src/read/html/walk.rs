//! The text of a web page: paragraphs and cells in order.

use html5gum::{DefaultEmitter, HtmlString, StartTag, Token, Tokenizer};

use crate::base::lexicon::web as lexicon;
use crate::base::{Problem, Text};
use crate::model::{BlockKind, CellAt, Gap, Kind, LINES};
use crate::read::paper::Paper;
use crate::read::txt::line_kind;
use crate::text;

/// Columns or rows that one cell stands for at most.
const SPAN: usize = 1_000;
/// Columns in which cells are known to reach down: those of the widest table that a word processor makes.
const WIDEST: usize = 64;
/// Tables within tables that are told apart.
const DEEPEST: usize = 64;

/// A paragraph.
struct Paragraph {
    text: String,
    kind: Option<BlockKind>,
    /// The innermost cell in which it stands.
    cell: Option<usize>,
}

/// A cell.
#[derive(Clone, Copy)]
struct Cell {
    table: usize,
    row: usize,
    column: usize,
    continues: bool,
}

/// A table that is open.
#[derive(Default)]
struct Table {
    number: usize,
    row: Option<usize>,
    column: usize,
    /// Rows that the cell of each column still reaches down.
    down: Vec<usize>,
    cell: Option<usize>,
}

/// What all cells of a table come to.
#[derive(Default, Clone, Copy)]
struct Size {
    cells: usize,
    /// Whether it holds another table, as one does by which a page is laid out.
    holds: bool,
}

#[derive(Default)]
struct Walk {
    text: String,
    /// Whether a line end or blanks came that count as one blank at most.
    blank: Option<bool>,
    kind: Option<BlockKind>,
    paragraphs: Vec<Paragraph>,
    cells: Vec<Cell>,
    tables: Vec<Table>,
    sizes: Vec<Size>,
    /// The element whose words are not read, and how many of its name are open.
    muted: Option<(Vec<u8>, usize)>,
    /// Whether that is a running head or foot, as LibreOffice writes them, and which of them say something.
    running: Option<bool>,
    says: [bool; 2],
    plain: usize,
    titled: bool,
    /// Whether the largest headings are titles: there is one of them.
    one: bool,
    ordered: Vec<bool>,
    pictures: usize,
    notes: bool,
    numbered: usize,
}

/// Puts the text of a page into a paper.
pub(super) fn read(html: &str, paper: &mut Paper) {
    let is_h1 =
        |at: &usize| html.as_bytes().get(at + 1..at + 3).is_some_and(|w| w.eq_ignore_ascii_case(b"h1"));
    let largest = memchr::memchr_iter(b'<', html.as_bytes()).filter(is_h1).take(2).count();
    let mut walk = Walk { one: largest == 1, ..Walk::default() };
    let mut emitter = DefaultEmitter::<()>::default();
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(html, emitter) {
        match token {
            Ok(Token::StartTag(tag)) => walk.start(&tag),
            Ok(Token::EndTag(tag)) => walk.end(&tag.name),
            Ok(Token::String(words)) => walk.words(&String::from_utf8_lossy(&words)),
            _ => {}
        }
    }
    walk.flush();
    walk.put(paper);
}

impl Walk {
    fn start(&mut self, tag: &StartTag<()>) {
        let name: &[u8] = &tag.name;
        if let Some((muted, open)) = &mut self.muted {
            *open += usize::from(muted == name && !tag.self_closing);
            return;
        }
        let attribute =
            |key: &[u8]| tag.attributes.get(key).map(|v| String::from_utf8_lossy(&v.value).into_owned());
        let shown = String::from_utf8_lossy(name);
        let void = tag.self_closing
            || matches!(name, b"img" | b"br" | b"hr" | b"input" | b"meta" | b"link" | b"wbr");
        let note = is_note(attribute(b"class").as_deref()) || is_note(attribute(b"id").as_deref());
        self.notes |= note;
        let title = attribute(b"title");
        self.running = match title.as_deref() {
            Some("header") if name == b"div" => Some(false),
            Some("footer") if name == b"div" => Some(true),
            _ => None,
        };
        if !void
            && (self.running.is_some() || lexicon::MUTED.contains(&&*shown) || note || is_hidden(&attribute))
        {
            if !matches!(name, b"a" | b"span" | b"sup" | b"del") {
                self.flush();
            }
            self.muted = Some((name.to_vec(), 1));
            return;
        }
        match name {
            b"br" => self.break_line(),
            b"img" => self.pictures += usize::from(!is_small(&attribute)),
            b"table" => self.open_table(),
            b"tr" => {
                self.close_cell();
                self.end_row();
                if let Some(table) = self.tables.last_mut() {
                    table.row = Some(table.row.map_or(0, |row| row + 1));
                    table.column = 0;
                }
            }
            b"td" | b"th" => self.open_cell(&attribute),
            b"caption" => self.begin(BlockKind::Caption),
            b"blockquote" => self.begin(BlockKind::Quotation),
            b"li" => {
                self.begin(BlockKind::Item);
                self.numbered += usize::from(self.ordered.last() == Some(&true));
            }
            b"ol" | b"ul" => {
                self.flush();
                self.ordered.push(name == b"ol");
            }
            b"pre" => {
                self.flush();
                self.plain += 1;
            }
            [b'h', level @ b'1'..=b'6'] => {
                self.flush();
                self.kind = Some(self.heading(level - b'0', attribute(b"class").as_deref()));
            }
            _ if lexicon::BLOCKS.contains(&&*shown) => {
                self.flush();
                let told = attribute(b"class").and_then(|c| c.split_whitespace().find_map(Kind::of_style));
                if let Some(kind) = told {
                    self.kind = Some(kind.kind);
                }
            }
            _ => {}
        }
    }

    /// A paragraph of a kind begins.
    fn begin(&mut self, kind: BlockKind) {
        self.flush();
        self.kind = Some(kind);
    }

    /// What a heading of this level is: the only one of the first level is the title, and those below it
    /// count from the next.
    fn heading(&mut self, level: u8, class: Option<&str>) -> BlockKind {
        let titled = class.is_some_and(|c| c.split_whitespace().any(|c| c.eq_ignore_ascii_case("title")));
        match level {
            1 if (self.one || titled) && !self.titled => {
                self.titled = true;
                // Beside a title of its own class the first level is that of headings.
                self.one &= !titled;
                BlockKind::Title
            }
            level if self.one => BlockKind::Heading(level.max(2) - 1),
            level => BlockKind::Heading(level),
        }
    }

    fn end(&mut self, name: &HtmlString) {
        let name: &[u8] = name;
        if let Some((muted, open)) = &mut self.muted {
            if muted == name {
                *open -= 1;
                if *open == 0 {
                    self.muted = None;
                }
            }
            return;
        }
        match name {
            b"table" => {
                self.close_cell();
                self.end_row();
                self.tables.pop();
            }
            b"td" | b"th" | b"tr" => self.close_cell(),
            b"ol" | b"ul" => {
                self.flush();
                self.ordered.pop();
            }
            b"pre" => {
                self.flush();
                self.plain = self.plain.saturating_sub(1);
            }
            b"li" | b"caption" | b"blockquote" | [b'h', b'1'..=b'6'] => self.flush(),
            _ if lexicon::BLOCKS.contains(&&*String::from_utf8_lossy(name)) => self.flush(),
            _ => {}
        }
    }

    /// Words as they stand. A line end between two wide characters is nothing, since it would show.
    fn words(&mut self, words: &str) {
        if self.muted.is_some() {
            let is_word = |c: char| c.is_alphabetic() && !matches!(c, '第' | '页' | '共');
            if let Some(foot) = self.running {
                self.says[usize::from(foot)] |= words.contains(is_word);
            }
            return;
        }
        for c in words.chars() {
            if self.plain > 0 && c == '\n' {
                self.break_line();
                continue;
            }
            if matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{C}') && self.plain == 0 {
                let end = c == '\n' || c == '\r';
                self.blank = Some(self.blank.unwrap_or(false) | end);
                continue;
            }
            let before = self.text.chars().next_back();
            if let (Some(end), Some(before)) = (self.blank.take(), before)
                && before != '\n'
                && !(end && is_wide(before) && is_wide(c))
            {
                self.text.push(' ');
            }
            self.text.push(if c == '\u{A0}' { ' ' } else { c });
        }
    }

    fn break_line(&mut self) {
        if self.muted.is_none() {
            self.blank = None;
            self.text.push('\n');
        }
    }

    /// Ends the paragraph that is open.
    fn flush(&mut self) {
        let kind = self.kind.take();
        self.blank = None;
        let text = std::mem::take(&mut self.text);
        let cell = self.tables.last().and_then(|t| t.cell);
        // A heading that is broken for its looks is one; elsewhere a break begins a paragraph.
        if matches!(kind, Some(BlockKind::Title | BlockKind::Heading(_))) {
            let text: String = text.lines().map(trim).collect();
            self.push(text, kind, cell);
        } else {
            for line in text.lines() {
                self.push(trim(line).to_owned(), kind, cell);
            }
        }
    }

    fn push(&mut self, text: String, kind: Option<BlockKind>, cell: Option<usize>) {
        if !text.trim().is_empty() && self.paragraphs.len() <= LINES {
            self.paragraphs.push(Paragraph { text, kind, cell });
        }
    }

    fn open_table(&mut self) {
        self.flush();
        if let Some(above) = self.tables.last() {
            self.sizes[above.number].holds = true;
        }
        if self.tables.len() < DEEPEST {
            self.tables.push(Table { number: self.sizes.len(), ..Table::default() });
            self.sizes.push(Size::default());
        }
    }

    fn open_cell(&mut self, attribute: &impl Fn(&[u8]) -> Option<String>) {
        self.close_cell();
        let span =
            |key: &[u8]| attribute(key).and_then(|n| n.trim().parse().ok()).unwrap_or(1usize).clamp(1, SPAN);
        let (wide, deep) = (span(b"colspan"), span(b"rowspan"));
        let Some(table) = self.tables.last_mut() else { return };
        let row = *table.row.get_or_insert(0);
        // What reaches down from above stands before it.
        while let Some(down) = table.down.get_mut(table.column).filter(|down| **down > 0) {
            *down -= 1;
            self.cells.push(Cell { table: table.number, row, column: table.column, continues: true });
            table.column += 1;
        }
        let column = table.column;
        let end = (column + wide).min(WIDEST);
        if table.down.len() < end {
            table.down.resize(end, 0);
        }
        table.down[column.min(end)..end].fill(deep - 1);
        table.column += wide;
        table.cell = Some(self.cells.len());
        self.sizes[table.number].cells += 1;
        self.cells.push(Cell { table: table.number, row, column, continues: false });
    }

    /// The open row ends: what reaches down beyond its last cell stands in it too.
    fn end_row(&mut self) {
        let Some(table) = self.tables.last_mut() else { return };
        let Some(row) = table.row else { return };
        for (column, down) in table.down.iter_mut().enumerate().skip(table.column).filter(|(_, d)| **d > 0) {
            *down -= 1;
            self.cells.push(Cell { table: table.number, row, column, continues: true });
        }
    }

    fn close_cell(&mut self) {
        self.flush();
        if let Some(table) = self.tables.last_mut() {
            table.cell = None;
        }
    }

    /// Puts all into the paper. A table of one cell, or with tables in it, is there for the looks.
    fn put(self, paper: &mut Paper) {
        let real: Vec<Option<usize>> = self
            .sizes
            .iter()
            .scan(0, |count, size| {
                let is = size.cells > 1 && !size.holds;
                let number = is.then_some(*count);
                *count += usize::from(is);
                Some(number)
            })
            .collect();
        let mut next = 0;
        let mut open: Option<(usize, usize)> = None;
        let close = |open: &mut Option<(usize, usize)>, paper: &mut Paper| {
            if let Some((cell, start)) = open.take() {
                let Cell { table, row, column, continues } = self.cells[cell];
                if let Some(table) = real[table] {
                    paper.cell(CellAt { table, row, column, continues, range: start..paper.end() });
                }
            }
        };
        // Cells without words come before the next one that has some.
        let empty = |until: usize, next: &mut usize, paper: &mut Paper| {
            while *next < until {
                let Cell { table, row, column, continues } = self.cells[*next];
                if let Some(table) = real[table] {
                    let range = paper.paragraph(BlockKind::Cell, "");
                    paper.cell(CellAt { table, row, column, continues, range });
                }
                *next += 1;
            }
        };
        for Paragraph { text, kind, cell } in &self.paragraphs {
            let cell = cell.filter(|&cell| real[self.cells[cell].table].is_some());
            if open.map(|(cell, _)| cell) != cell {
                close(&mut open, paper);
            }
            match cell {
                Some(cell) => {
                    if open.is_none() {
                        empty(cell, &mut next, paper);
                        next = cell + 1;
                        open = Some((cell, paper.next()));
                    }
                    paper.paragraph(BlockKind::Cell, text);
                }
                None => drop(paper.paragraph(settled(*kind, text), text)),
            }
        }
        close(&mut open, paper);
        empty(self.cells.len(), &mut next, paper);
        tell(self.pictures, self.numbered, self.notes, self.says, paper);
    }
}

/// What a paragraph is: its number tells more than that it is an item.
fn settled(kind: Option<BlockKind>, text: &str) -> BlockKind {
    match (kind, line_kind(text)) {
        (Some(BlockKind::Item) | None, kind @ BlockKind::Heading(_)) => kind,
        (Some(kind), _) => kind,
        (None, kind) => kind,
    }
}

fn tell(pictures: usize, numbered: usize, notes: bool, [heads, feet]: [bool; 2], paper: &mut Paper) {
    let gaps = [
        (
            Gap::Headers,
            heads,
            Text::fixed("页眉里的文字没有读取", "the text of the page headers was not read"),
        ),
        (
            Gap::Footers,
            feet,
            Text::fixed("页脚里的文字没有读取", "the text of the page footers was not read"),
        ),
        (Gap::Footnotes, notes, Text::fixed("脚注没有读取", "the footnotes were not read")),
        (
            Gap::Numbers,
            numbered > 0,
            text!(
                "有{numbered}段用了自动编号，编号不在文字里，没有检查",
                "{numbered} paragraphs are numbered automatically; their numbers are no text and were not checked"
            ),
        ),
        (
            Gap::Pictures,
            pictures > 0,
            text!(
                "有{pictures}张图片，图片里的字没有读取",
                "text in pictures ({pictures} of them) was not read"
            ),
        ),
    ];
    for (gap, there, note) in gaps {
        if there {
            paper.gap(gap, Problem::new(note));
        }
    }
}

/// A line without the blanks at its ends; wide blanks of an indent stay, as in a .txt.
fn trim(line: &str) -> &str {
    line.trim_matches(' ').trim_end()
}

fn is_wide(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}' | '\u{2018}'..='\u{201D}' | '—' | '…')
}

fn is_note(names: Option<&str>) -> bool {
    names.is_some_and(|names| {
        names.split_whitespace().any(|name| {
            let name = name.to_ascii_lowercase();
            let bare = name.trim_end_matches(|c: char| c.is_ascii_digit()).trim_start_matches("mso");
            lexicon::NOTES.contains(&bare)
        })
    })
}

fn is_hidden(attribute: &impl Fn(&[u8]) -> Option<String>) -> bool {
    attribute(b"hidden").is_some()
        || attribute(b"role").as_deref() == Some("navigation")
        || attribute(b"style").is_some_and(|style| {
            let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
            style.contains("display:none") || style.contains("mso-hide:all")
        })
}

/// Whether a picture is too small to show words.
fn is_small(attribute: &impl Fn(&[u8]) -> Option<String>) -> bool {
    const SMALL: u32 = 64;
    let small = |key: &[u8]| {
        attribute(key).is_some_and(|n| n.trim_end_matches("px").parse::<u32>().is_ok_and(|n| n < SMALL))
    };
    small(b"width") || small(b"height")
}
