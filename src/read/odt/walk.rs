//! The text of an `OpenDocument` part: paragraphs in order, whatever they are wrapped in.

use super::styles::{Styles, level};
use crate::base::{Problem, Result, Text};
use crate::model::{BlockKind, CellAt, Gap, Manuscript};
use crate::office::xml::{Element, Token, each};
use crate::read::paper::Paper;
use crate::read::txt::line_kind;
use crate::text;

/// Blanks that one element stands for at most.
const BLANKS: usize = 200;
/// Columns or rows that one cell stands for at most.
const SPAN: usize = 1_024;

/// A paragraph that is open.
#[derive(Default)]
struct Paragraph {
    text: String,
    kind: Option<BlockKind>,
    listed: bool,
    cell: bool,
    /// Whether the last character is a blank that further blanks fall together with.
    blank: bool,
}

/// A table that is open.
#[derive(Default)]
struct Table {
    number: usize,
    rows: usize,
    column: usize,
    /// The column before which the last cell of the row ends.
    beside: usize,
    /// Rows that the cell of each column still reaches down.
    down: Vec<usize>,
    /// The open cell: column, whether it continues the one above, where its text begins.
    cell: Option<(usize, bool, usize)>,
}

#[derive(Default)]
struct Left {
    footnotes: bool,
    endnotes: bool,
    comments: bool,
    pictures: usize,
    objects: usize,
    numbered: usize,
    tracked: bool,
}

/// The walk through a part.
struct Walk<'s> {
    styles: &'s Styles,
    paper: Paper,
    /// Whether the body of a text document was met, and whether it is open.
    met: bool,
    body: bool,
    /// The elements within one whose words are not read.
    mute: usize,
    open: Vec<Paragraph>,
    /// Paragraphs of text boxes, which wait for the end of the one that anchors them.
    later: Vec<Paragraph>,
    lists: usize,
    /// Paragraphs that have begun in each open item of a list.
    items: Vec<usize>,
    tables: Vec<Table>,
    count: usize,
    left: Left,
}

/// The manuscript of a body; `beside` holds the running heads.
pub fn read(xml: &str, beside: &str, styles: &Styles, problem: Option<Problem>) -> Result<Manuscript> {
    let mut walk = Walk {
        styles,
        paper: Paper::default(),
        met: false,
        body: false,
        mute: 0,
        open: Vec::new(),
        later: Vec::new(),
        lists: 0,
        items: Vec::new(),
        tables: Vec::new(),
        count: 0,
        left: Left::default(),
    };
    let whole = each(xml, |token, _| match token {
        Token::Start(e) => walk.start(e),
        Token::End(name) => walk.end(name),
        Token::Text(words) | Token::Cdata(words) | Token::Reference(words) => walk.words(&words),
    });
    if !walk.met {
        return Err(problem.unwrap_or_else(super::no_text).into());
    }
    while !walk.open.is_empty() {
        walk.close();
    }
    let problem = problem.or_else(|| (!whole).then(broken));
    if walk.paper.is_empty()
        && let Some(problem) = problem
    {
        return Err(problem.into());
    }
    if let Some(problem) = problem {
        walk.paper.gap(Gap::Rest, problem);
    }
    running(beside, &mut walk.paper);
    walk.tell();
    Ok(walk.paper.finish())
}

fn broken() -> Problem {
    Problem::new(Text::fixed(
        "文件已损坏，损坏处以后的文字没有读取",
        "the file is damaged; what lies beyond the damage was not read",
    ))
    .help(Text::fixed("重新复制或下载一份", "copy or download it again"))
}

impl Walk<'_> {
    fn start(&mut self, e: Element<'_>) {
        if e.qualified() == "office:text" {
            (self.met, self.body) = (true, true);
        }
        if !self.body {
            return;
        }
        if self.mute > 0 {
            self.mute += 1;
            return;
        }
        match e.name() {
            "note" => {
                let end = e.attribute("note-class").as_deref() == Some("endnote");
                *(if end { &mut self.left.endnotes } else { &mut self.left.footnotes }) = true;
                self.mute = 1;
            }
            "annotation" => {
                self.left.comments = true;
                self.mute = 1;
            }
            "tracked-changes" => {
                self.left.tracked = true;
                self.mute = 1;
            }
            "ruby-text"
            | "forms"
            | "sequence-decls"
            | "variable-decls"
            | "hidden-text"
            | "event-listeners"
            | "index-title-template"
            | "table-of-content-source"
            | "annotation-end" => self.mute = 1,
            "p" | "h" => self.paragraph(e),
            "list" => self.lists += 1,
            "list-item" | "list-header" => self.items.push(usize::from(e.name() == "list-header")),
            "s" => {
                let count = e.attribute("c").and_then(|n| n.parse().ok()).unwrap_or(1usize);
                self.sign(&" ".repeat(count.min(BLANKS)));
            }
            "tab" => self.sign("\t"),
            "line-break" => self.sign("\n"),
            "image" => self.left.pictures += 1,
            "object" | "object-ole" => self.left.objects += 1,
            "table" => {
                self.tables.push(Table { number: self.count, ..Table::default() });
                self.count += 1;
            }
            "table-row" => {
                if let Some(table) = self.tables.last_mut() {
                    table.rows += 1;
                    (table.column, table.beside) = (0, 0);
                }
            }
            "table-cell" | "covered-table-cell" => self.cell(e),
            _ => {}
        }
    }

    fn paragraph(&mut self, e: Element<'_>) {
        let style = e.attribute("style-name");
        let told = self.styles.kind(style.as_deref());
        let own = (e.name() == "h").then(|| BlockKind::Heading(level(e, "outline-level").unwrap_or(1)));
        let kind = match (told, own) {
            (Some(BlockKind::Heading(_)) | None, Some(own)) => Some(own),
            (told, _) => told,
        };
        // Only the first paragraph of an item has its number.
        let first = self.items.last_mut().is_some_and(|count| {
            *count += 1;
            *count == 1
        });
        let listed = first && self.lists > 0;
        let cell = !self.tables.is_empty();
        self.open.push(Paragraph { kind, listed, cell, blank: true, ..Paragraph::default() });
    }

    fn cell(&mut self, e: Element<'_>) {
        let number =
            |name: &str| e.attribute(name).and_then(|n| n.parse().ok()).unwrap_or(1usize).clamp(1, SPAN);
        let covered = e.name() == "covered-table-cell";
        let start = self.paper.next();
        let Some(table) = self.tables.last_mut() else { return };
        let (wide, deep) = (number("number-columns-spanned"), number("number-rows-spanned"));
        let repeated = number("number-columns-repeated");
        let end = table.column + wide.max(repeated);
        // What the cell to the left covers is no cell of its own, and knows nothing of the rows above.
        let column = if covered { table.column.max(table.beside).min(end) } else { table.column };
        let continues = covered && table.down.get(column).is_some_and(|&down| down > 0) && column < end;
        if table.down.len() < end {
            table.down.resize(end, 0);
        }
        for down in &mut table.down[column..end] {
            *down = if covered { down.saturating_sub(1) } else { deep - 1 };
        }
        if !covered {
            table.beside = end;
        }
        let own = !covered || continues;
        table.column += repeated;
        table.cell = own.then_some((column, continues, start));
    }

    fn end(&mut self, name: &str) {
        if self.mute > 0 {
            self.mute -= 1;
            return;
        }
        if !self.body {
            return;
        }
        match name {
            "text" if self.open.is_empty() && self.tables.is_empty() => self.body = false,
            "p" | "h" => self.close(),
            "list" => self.lists = self.lists.saturating_sub(1),
            "list-item" | "list-header" => drop(self.items.pop()),
            "table" => drop(self.tables.pop()),
            "table-cell" | "covered-table-cell" => {
                let end = self.paper.end();
                let Some(table) = self.tables.last_mut() else { return };
                let Some((column, continues, start)) = table.cell.take() else { return };
                let (number, row) = (table.number, table.rows.saturating_sub(1));
                // A cell without a paragraph is an empty one.
                let range = if start > end { self.paper.paragraph(BlockKind::Cell, "") } else { start..end };
                self.paper.cell(CellAt { table: number, row, column, continues, range });
            }
            _ => {}
        }
    }

    /// Words as they stand; white space falls together.
    fn words(&mut self, words: &str) {
        if self.mute > 0 {
            return;
        }
        let Some(paragraph) = self.open.last_mut() else { return };
        for c in words.chars() {
            if matches!(c, ' ' | '\t' | '\n' | '\r') {
                if !paragraph.blank {
                    paragraph.text.push(' ');
                }
                paragraph.blank = true;
            } else {
                paragraph.text.push(c);
                paragraph.blank = false;
            }
        }
    }

    /// A sign that an element stands for.
    fn sign(&mut self, sign: &str) {
        if let Some(paragraph) = self.open.last_mut() {
            paragraph.text.push_str(sign);
            paragraph.blank = false;
        }
    }

    fn close(&mut self) {
        let Some(paragraph) = self.open.pop() else { return };
        if self.open.is_empty() {
            self.put(paragraph);
            for later in std::mem::take(&mut self.later) {
                self.put(later);
            }
        } else {
            self.later.push(paragraph);
        }
    }

    fn put(&mut self, paragraph: Paragraph) {
        let Paragraph { text, kind, listed, cell, .. } = paragraph;
        // What falls together at its end is nothing.
        let words = text.strip_suffix(' ').filter(|words| !words.ends_with(' ')).unwrap_or(&text);
        let says = !words.trim().is_empty();
        self.left.numbered += usize::from(listed && says);
        let imprint = kind.filter(|k| k.is_imprint());
        let kind = match (imprint, kind) {
            (Some(kind), _) => kind,
            _ if cell => BlockKind::Cell,
            (_, Some(kind)) => kind,
            _ if listed => BlockKind::Item,
            _ => line_kind(words),
        };
        self.paper.paragraph(kind, words);
    }

    /// What was left out.
    fn tell(&mut self) {
        let Left { footnotes, endnotes, comments, pictures, objects, numbered, tracked } = self.left;
        if tracked {
            self.paper.note(
                Problem::new(Text::fixed(
                    "文稿里有未定的修订，按全部接受读取",
                    "the document holds tracked changes; read as if all were accepted",
                ))
                .help(Text::fixed(
                    "定稿前接受或拒绝全部修订",
                    "accept or reject them before the document goes out",
                )),
            );
        }
        let notes = [
            (Gap::Footnotes, footnotes, Text::fixed("脚注没有读取", "the footnotes were not read")),
            (Gap::Endnotes, endnotes, Text::fixed("尾注没有读取", "the endnotes were not read")),
            (Gap::Comments, comments, Text::fixed("批注没有读取", "the comments were not read")),
            (
                Gap::Numbers,
                numbered > 0,
                text!(
                    "有{numbered}段用了自动编号或项目符号，编号不在文字里，没有检查",
                    "{numbered} paragraphs are numbered or bulleted automatically; their numbers are no text and were not checked"
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
            (
                Gap::Objects,
                objects > 0,
                text!(
                    "有{objects}个嵌入对象（表格、公式等），里面的字没有读取",
                    "embedded objects ({objects}: workbooks, formulas and the like) were not read"
                ),
            ),
        ];
        for (gap, there, note) in notes {
            if there {
                self.paper.gap(gap, Problem::new(note));
            }
        }
    }
}

/// Running heads and feet that say more than a page number.
fn running(styles: &str, paper: &mut Paper) {
    let mut within: Option<bool> = None;
    let mut says = [false, false];
    let _ = each(styles, |token, _| match token {
        Token::Start(e) if e.qualified().starts_with("style:header") && !e.name().ends_with("style") => {
            within = Some(false);
        }
        Token::Start(e) if e.qualified().starts_with("style:footer") && !e.name().ends_with("style") => {
            within = Some(true);
        }
        Token::End(name) if name.starts_with("header") || name.starts_with("footer") => within = None,
        Token::Text(words) => {
            let is_word = |c: char| c.is_alphabetic() && !matches!(c, '第' | '页' | '共');
            if let Some(foot) = within {
                says[usize::from(foot)] |= words.contains(is_word);
            }
        }
        _ => {}
    });
    if says[0] {
        paper.gap(
            Gap::Headers,
            Problem::new(Text::fixed("页眉里的文字没有读取", "the text of the page headers was not read")),
        );
    }
    if says[1] {
        paper.gap(
            Gap::Footers,
            Problem::new(Text::fixed("页脚里的文字没有读取", "the text of the page footers was not read")),
        );
    }
}
