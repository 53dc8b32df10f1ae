//! What a part holds: its paragraphs, and where their text stands in the XML.

use std::ops::Range;

use crate::base::Problem;
use crate::model::{LINES, MaskKind};

/// One paragraph as it stands in the part.
#[derive(Debug, Default)]
pub struct Paragraph {
    /// Its text; tabs are `\t`, line breaks `\n`.
    pub text: String,
    /// What of it is not prose, in bytes of `text`.
    pub masks: Vec<(Range<usize>, MaskKind)>,
    /// The id of its style.
    pub style: Option<String>,
    /// An outline level of its own, from 0.
    pub outline: Option<u8>,
    /// Whether the paragraph itself asks for, or refuses, automatic numbering.
    pub numbered: Option<bool>,
    /// What it says itself of the list that it stands in.
    pub list: Option<InList>,
    /// What the file says was shown before it as its automatic number, by the program that saved it.
    pub shown: String,
    /// Bytes of `text`, from its start, that are its automatic number and stand in no run.
    pub label: usize,
    /// Notes that it calls: the byte of `text` behind which, whether it is an endnote, and its id.
    pub calls: Vec<(usize, bool, String)>,
    /// Whether it stands in a table.
    pub cell: bool,
    /// Whether it stands in a text box.
    pub boxed: bool,
    /// Where its element begins in the XML.
    pub at: usize,
    /// Whether a drawing hangs on it.
    pub shape: bool,
    /// Whether it holds a page break.
    pub breaks: bool,
    /// Bytes of the XML that set it, its `w:pPr`; empty where it has none.
    pub properties: Range<usize>,
    /// The same of its letters: the byte of `text` from which on they count, and their `w:rPr`.
    pub runs: Vec<(usize, Range<usize>)>,
    /// Where its text stands in the XML, in the order of the text; only from [`map`](super::map).
    pub nodes: Vec<Node>,
}

/// What a paragraph or a style says of the list that it stands in (编号).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct InList {
    /// Which list; 0 is none.
    pub number: Option<u32>,
    /// How deep, from 0.
    pub level: Option<u8>,
}

impl InList {
    /// Takes what an element within `w:numPr` says.
    pub fn take(list: &mut Option<Self>, name: &str, value: Option<&str>) {
        let value = value.map(str::trim);
        match name {
            "numId" => list.get_or_insert_default().number = value.and_then(|v| v.parse().ok()),
            "ilvl" => list.get_or_insert_default().level = value.and_then(|v| v.parse().ok()),
            _ => {}
        }
    }
}

/// A stretch of text and where it stands in the XML.
#[derive(Debug, Clone)]
pub struct Node {
    /// Bytes of the paragraph's text.
    pub text: Range<usize>,
    /// Bytes of the XML that say it.
    pub source: Range<usize>,
    /// The same with what has to go along: the brackets of CDATA, the whole of an element.
    pub outer: Range<usize>,
    /// How the XML says it.
    pub kind: NodeKind,
    /// The start tag of the `w:t`; for a [`NodeKind::Sign`] there is none.
    pub open: Range<usize>,
    /// Its unit, an index into [`Body::units`].
    pub unit: usize,
}

/// How the XML says a stretch of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NodeKind {
    /// By the same bytes.
    Text,
    /// By the same bytes within CDATA.
    Cdata,
    /// By a reference, as `&amp;`: all or nothing.
    Reference,
    /// By an element beside `w:t`, as `w:tab`.
    Sign,
}

/// What a host is made of: a child of a run, or the whole of a host that is no run. Comments may
/// begin and end between units, and within those that are a plain `w:t`.
#[derive(Debug, Clone)]
pub struct Unit {
    /// Its host, an index into [`Body::hosts`].
    pub host: usize,
    /// Its bytes in the XML.
    pub range: Range<usize>,
    /// Its end tag; empty for `<w:tab/>`.
    pub close: Range<usize>,
    /// Whether it is a `w:t`.
    pub text: bool,
}

/// The outermost element of a paragraph's content that holds text and before and after which a
/// comment may begin or end: a run, or something that is not to be cut, such as a formula.
#[derive(Debug, Clone)]
pub struct Host {
    /// Its bytes in the XML.
    pub range: Range<usize>,
    /// Its start tag.
    pub open: Range<usize>,
    /// Its end tag.
    pub close: Range<usize>,
    /// For a run, its `w:rPr`, or nothing at the end of the start tag; `None` if it cannot be cut.
    pub properties: Option<Range<usize>>,
}

/// How many things stand among the text that may show words and have none that could be read.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Shapes {
    /// Pictures.
    pub pictures: usize,
    /// Charts, whose words lie in parts of their own.
    pub charts: usize,
    /// Diagrams, whose words lie in parts of their own.
    pub diagrams: usize,
    /// Words set as a drawing.
    pub word_art: usize,
    /// Objects of other programs.
    pub objects: usize,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Which table of the part it stands in, from 0.
    pub table: usize,
    /// Its row, from 0.
    pub row: usize,
    /// Its column, from 0; a cell as wide as two counts as two.
    pub column: usize,
    /// Whether it continues the cell above it.
    pub continues: bool,
    /// Its paragraphs, by index; those of a table within it included.
    pub paragraphs: Range<usize>,
}

/// What a part holds.
#[derive(Debug, Default)]
pub struct Body {
    /// Its paragraphs, empty ones included.
    pub paragraphs: Vec<Paragraph>,
    /// The cells of its tables, but for those in text boxes, in the order in which they end.
    pub cells: Vec<Cell>,
    /// Whether the automatic numbers of its paragraphs stand in their text.
    pub labelled: bool,
    /// Whether tracked changes were accepted on the way.
    pub tracked: bool,
    /// Whether there is text that is formatted as hidden.
    pub hidden: bool,
    /// Whether there are foreign documents that Word would show in place (`w:altChunk`).
    pub embedded: bool,
    /// Bytes of the XML that set the last section, its `w:sectPr`; empty where there is none.
    pub section: Range<usize>,
    /// Tracked changes: of whom, and the paragraph that each stands in.
    pub changes: Vec<(String, usize)>,
    /// What stands among the text and is none.
    pub shapes: Shapes,
    /// Why reading stopped before the end, if it did.
    pub problem: Option<Problem>,
    /// What text stands in; only from [`map`](super::map).
    pub hosts: Vec<Host>,
    /// See [`Unit`]; only from [`map`](super::map).
    pub units: Vec<Unit>,
    /// Alternative contents: the one that was read, and one that was not; only from [`map`](super::map).
    pub twins: Vec<(Range<usize>, Range<usize>)>,
}

impl Body {
    /// Takes up a paragraph. Beyond more than a document may have there is no end to them: what has as many is
    /// refused where it is read.
    pub fn push(&mut self, paragraph: Paragraph) {
        if self.paragraphs.len() <= LINES {
            self.paragraphs.push(paragraph);
        }
    }

    /// The bytes that each paragraph has in the text of the whole, where they are joined by one
    /// LF.
    pub fn spans(&self) -> impl Iterator<Item = Range<usize>> {
        let mut next = 0;
        self.paragraphs.iter().map(move |p| {
            let start = next;
            next += p.text.len() + 1;
            start..start + p.text.len()
        })
    }

    /// The paragraphs, joined by one LF.
    pub fn text(&self) -> String {
        let size = self.paragraphs.iter().map(|p| p.text.len() + 1).sum();
        let mut text = String::with_capacity(size);
        for (index, paragraph) in self.paragraphs.iter().enumerate() {
            if index > 0 {
                text.push('\n');
            }
            text.push_str(&paragraph.text);
        }
        text
    }
}
