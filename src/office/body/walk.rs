//! What the elements of a part mean for its text.
//!
//! Text events and names such as `p`, `r` and `t` mean something only where they stand, so the walk
//! keeps a [`Context`]; what has to be done when an element ends waits on a stack.

use std::ops::Range;

use super::grid::Grid;
use super::paragraph::{Body, InList, Node, NodeKind, Paragraph};
use super::places::{Opened, Places};
use super::signs::{contrary, symbol};
use crate::base::{Problem, Text};
use crate::model::MaskKind;
use crate::office::xml::{Element, Token, Xml, is_on};
use crate::text;

/// How deep elements may be nested. Word itself gives up long before.
const DEEPEST: usize = 2_000;

/// How deep fields may be nested; they are all looked at whenever text comes.
const DEEPEST_FIELD: usize = 64;

/// What the text events and the ambiguous names mean at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Context {
    /// Between paragraphs, and in whatever else has no meaning here.
    Flow,
    Paragraph,
    ParagraphProperties,
    /// The properties of a paragraph's own mark.
    MarkProperties,
    Run,
    RunProperties,
    /// Inside `w:t`.
    Text,
    ControlProperties,
    /// Inside a drawing, where `p`, `r` and `t` are of another language.
    Drawing,
}

/// What has to be done when an element ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Nothing,
    Paragraph,
    Run,
    Table,
    /// A cell of a table.
    Cell,
    Formula,
    /// A content control that starts at this byte, and whether it shows its prompt.
    Control(bool, usize),
    /// Alternative contents, and whether one was taken.
    Alternatives(bool),
    /// The alternative that was taken, and where it starts.
    Taken(usize),
    /// A sign beside `w:t`.
    Sign(usize),
    /// What sets a paragraph, a run or the last section, from this byte on.
    Set(Set, usize),
}

/// What properties are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Set {
    Paragraph,
    Run,
    Section,
}

/// A paragraph that has not ended.
#[derive(Default)]
struct Open {
    paragraph: Paragraph,
    /// Text boxes that it anchors.
    boxes: Vec<Paragraph>,
    /// A tracked deletion of its end: it runs on into the next one.
    runs_on: bool,
    /// A page break was met, there in the XML; it becomes a line break once text follows.
    page_break: Option<Range<usize>>,
}

struct Walk {
    body: Body,
    /// Where the text stands, if that is to be kept.
    places: Option<Places>,
    stack: Vec<(Context, End)>,
    context: Context,
    open: Vec<Open>,
    /// A paragraph whose end was deleted, until the next one begins.
    carried: Option<Open>,
    /// Elements below one that is left out; 0 outside.
    skipping: usize,
    /// Open tables, formulas, and controls that show their prompts.
    tables: usize,
    formulas: usize,
    prompts: usize,
    /// Where the cells of open tables stand.
    grid: Grid,
    /// Open fields, and whether their result has begun; before it stand instructions.
    fields: Vec<bool>,
    /// Whether the run is formatted as hidden.
    hidden_run: bool,
    /// The bytes of the run's properties.
    run: Range<usize>,
    /// The bytes of the token at hand.
    at: Range<usize>,
    /// Whether tracked changes are read as if rejected.
    rejects: bool,
}

/// Reads a part: `word/document.xml`, a footer, the footnotes.
pub fn read(xml: &str) -> Body {
    Walk::new(None).through(xml)
}

/// Reads a part and keeps where its text stands in `xml`, in bytes.
pub fn map(xml: &str) -> Body {
    Walk::new(Some(Places::default())).through(xml)
}

/// Reads a part as it is without its tracked changes: what was deleted stands there, what was put in does not.
pub fn read_rejected(xml: &str) -> Body {
    Walk { rejects: true, ..Walk::new(None) }.through(xml)
}

/// The part is malformed at this byte of its XML.
fn damaged(byte: usize, paragraphs: usize) -> Problem {
    Problem::new(text!(
        "文件内容有损坏（XML 第 {byte} 字节处），读到第{paragraphs}段为止",
        "the file's content is damaged (at byte {byte} of its XML); read up to paragraph {paragraphs}"
    ))
    .help(Text::fixed(
        "用 Word 的“打开并修复”或 WPS 打开，另存为 .docx 再试",
        "open it with Word's \"Open and Repair\" or with WPS, save it as .docx and try again",
    ))
}

impl Walk {
    fn new(places: Option<Places>) -> Self {
        Self {
            body: Body::default(),
            places,
            stack: Vec::new(),
            context: Context::Flow,
            open: Vec::new(),
            carried: None,
            skipping: 0,
            tables: 0,
            grid: Grid::default(),
            formulas: 0,
            prompts: 0,
            fields: Vec::new(),
            hidden_run: false,
            run: 0..0,
            at: 0..0,
            rejects: false,
        }
    }

    fn through(mut self, xml: &str) -> Body {
        let mut xml = Xml::of(xml);
        let stopped = loop {
            let Some((token, at)) = xml.read() else { break xml.stopped() };
            self.at = at;
            match token {
                Token::Start(_) if self.stack.len() + self.skipping >= DEEPEST => break Some(self.at.end),
                Token::Start(e) => self.start(e),
                Token::End(_) => self.end(),
                _ if self.context != Context::Text || self.skipping > 0 => {}
                Token::Text(words) => self.push(&words, NodeKind::Text, self.at.clone()),
                Token::Cdata(words) => {
                    let inner = self.at.start + "<![CDATA[".len()..self.at.end.saturating_sub("]]>".len());
                    self.push(&words, NodeKind::Cdata, inner);
                }
                Token::Reference(words) => self.push_here(&words, NodeKind::Reference),
            }
        };
        while !self.open.is_empty() {
            self.close_paragraph();
        }
        self.body.paragraphs.extend(self.carried.take().map(|open| open.paragraph));
        self.body.problem = stopped.map(|byte| damaged(byte, self.body.paragraphs.len()));
        if let Some(places) = self.places {
            (self.body.hosts, self.body.units, self.body.twins) = (places.hosts, places.units, places.twins);
        }
        self.body
    }

    fn start(&mut self, e: Element<'_>) {
        if self.skipping > 0 {
            self.skipping += 1;
            return;
        }
        let name = if self.rejects { contrary(e.name()) } else { e.name() };
        let Some((context, end)) = self.enter(name, e) else {
            self.skipping = 1;
            return;
        };
        if let Some(places) = &mut self.places {
            places.open(&Opened {
                name,
                at: self.at.clone(),
                depth: self.stack.len(),
                in_paragraph: self.context == Context::Paragraph,
                is_text: context == Context::Text,
            });
        }
        if let End::Sign(_) = end {
            self.sign(name, e);
        }
        self.stack.push((self.context, end));
        self.context = context;
    }

    /// What stands in an element, and what is to be done at its end; `None` if it is left out with
    /// all that it holds.
    fn enter(&mut self, name: &str, e: Element<'_>) -> Option<(Context, End)> {
        use Context as C;
        match (self.context, name) {
            (C::MarkProperties, "del" | "moveFrom") => {
                if let Some(open) = self.open.last_mut() {
                    open.runs_on = true;
                }
                self.change(e);
            }
            (C::MarkProperties, _) | (C::RunProperties, "ins" | "del" | "moveFrom" | "moveTo") => {}
            (_, "del" | "moveFrom") => {
                self.change(e);
                return None;
            }
            (_, "ins" | "moveTo") => self.change(e),
            // What was before a change of format.
            (_, "pPrChange" | "rPrChange" | "sectPrChange") => {
                self.signed(e);
                return None;
            }
            // The pinyin over a character; the code of a field.
            (_, "rt" | "instrText" | "delText" | "delInstrText") => return None,
            (_, "AlternateContent") => return Some((self.context, End::Alternatives(false))),
            (_, "Choice" | "Fallback") => return self.alternative(),
            (_, "txbxContent") => return Some((C::Flow, End::Nothing)),
            (C::Drawing, shape) => self.shape(shape, e),
            (_, "drawing" | "pict" | "object") => {
                if let Some(open) = self.open.last_mut() {
                    open.paragraph.shape = true;
                }
                return Some((C::Drawing, End::Nothing));
            }
            (C::ControlProperties, property) => self.control_property(property, e),
            _ => return Some(self.enter_flow(name, e)),
        }
        Some((self.context, End::Nothing))
    }

    /// The same for what makes up a text.
    fn enter_flow(&mut self, name: &str, e: Element<'_>) -> (Context, End) {
        use Context as C;
        match (self.context, name) {
            (context, "sdt") => return (context, End::Control(false, self.at.start)),
            (_, "sdtPr") => return (C::ControlProperties, End::Nothing),
            (context, "tbl") => {
                self.tables += 1;
                self.grid.open_table();
                return (context, End::Table);
            }
            (C::Flow, "tr") => self.grid.open_row(),
            (C::Flow, "tc") => {
                self.grid.open_cell(self.body.paragraphs.len());
                return (C::Flow, End::Cell);
            }
            (C::Flow, "gridSpan" | "vMerge") => self.grid.property(name, e.attribute("val").as_deref()),
            (context, "oMath") => {
                self.formulas += 1;
                return (context, End::Formula);
            }
            (C::Flow, "altChunk") | (C::Flow | C::Paragraph, "subDoc") => self.body.embedded = true,
            (C::Flow, "p") => {
                let mut open = self.carried.take().unwrap_or_default();
                open.paragraph.cell = self.tables > 0;
                open.paragraph.at = self.at.start;
                open.paragraph.boxed = !self.open.is_empty();
                self.open.push(open);
                return (C::Paragraph, End::Paragraph);
            }
            (C::Paragraph, "pPr") => {
                return (C::ParagraphProperties, End::Set(Set::Paragraph, self.at.start));
            }
            (C::Flow, "sectPr") => return (C::Flow, End::Set(Set::Section, self.at.start)),
            (C::ParagraphProperties, "rPr") => return (C::MarkProperties, End::Nothing),
            (C::ParagraphProperties, property) => self.paragraph_property(property, e),
            (C::Paragraph | C::Run, "r") => {
                self.run = 0..0;
                return (C::Run, End::Run);
            }
            (C::Run, "rPr") => return (C::RunProperties, End::Set(Set::Run, self.at.start)),
            (C::RunProperties, "vanish") => self.hidden_run = is_on(e.attribute("val").as_deref()),
            (C::Run, "t") => return (C::Text, End::Nothing),
            (C::Run, _) => return (C::Run, End::Sign(self.at.start)),
            _ => {}
        }
        (self.context, End::Nothing)
    }

    /// What a drawing shows that is no text here.
    fn shape(&mut self, name: &str, e: Element<'_>) {
        let shapes = &mut self.body.shapes;
        match name {
            "blip" | "imagedata" => shapes.pictures += 1,
            "chart" => shapes.charts += 1,
            "relIds" => shapes.diagrams += 1,
            // A type of shape says that it can hold words, without any.
            "textpath" if e.attribute("string").is_some_and(|words| !words.trim().is_empty()) => {
                shapes.word_art += 1;
            }
            // The picture before it is what it looks like when closed.
            "OLEObject" => {
                shapes.objects += 1;
                shapes.pictures = shapes.pictures.saturating_sub(1);
            }
            _ => {}
        }
    }

    /// Of alternative contents the first one is read.
    fn alternative(&mut self) -> Option<(Context, End)> {
        if let Some((_, End::Alternatives(taken))) = self.stack.last_mut()
            && std::mem::replace(taken, true)
        {
            if let Some(places) = &mut self.places {
                places.leave_out_from(self.at.start);
            }
            return None;
        }
        Some((self.context, End::Taken(self.at.start)))
    }

    fn end(&mut self) {
        if self.skipping > 0 {
            self.skipping -= 1;
            if self.skipping == 0
                && let Some(places) = &mut self.places
            {
                places.leave_out_to(self.at.end);
            }
            return;
        }
        let Some((context, end)) = self.stack.pop() else { return };
        self.context = context;
        if let Some(places) = &mut self.places {
            places.close(self.at.clone(), self.stack.len());
        }
        match end {
            End::Paragraph => self.close_paragraph(),
            End::Run => self.hidden_run = false,
            End::Table => {
                self.tables -= 1;
                self.grid.close_table();
            }
            End::Cell => {
                let boxed = !self.open.is_empty();
                let cell = self.grid.close_cell(self.body.paragraphs.len());
                self.body.cells.extend(cell.filter(|_| !boxed));
            }
            End::Formula => self.formulas -= 1,
            End::Control(true, _) => self.prompts -= 1,
            End::Taken(start) => {
                if let Some(places) = &mut self.places {
                    places.take(start..self.at.end);
                }
            }
            End::Sign(start) => self.close_sign(start),
            End::Set(set, start) => self.keep(set, start..self.at.end),
            End::Control(false, _) | End::Alternatives(_) | End::Nothing => {}
        }
    }

    /// Where properties stand that have ended.
    fn keep(&mut self, set: Set, range: Range<usize>) {
        match (set, self.open.last_mut()) {
            (Set::Paragraph, Some(open)) => open.paragraph.properties = range,
            (Set::Run, _) => self.run = range,
            (Set::Section, None) => self.body.section = range,
            _ => {}
        }
    }

    /// Notes a tracked change of the text.
    fn change(&mut self, e: Element<'_>) {
        self.body.tracked = true;
        self.signed(e);
    }

    /// Notes whose a tracked change is.
    fn signed(&mut self, e: Element<'_>) {
        let paragraph = self.body.paragraphs.len();
        self.body.changes.push((e.attribute("author").unwrap_or_default(), paragraph));
    }

    /// A sign's element ends; its text, if it has any, stands in the whole of it.
    fn close_sign(&mut self, start: usize) {
        let Some(open) = self.open.last_mut() else { return };
        let end = self.at.end;
        if let Some(at) = &mut open.page_break
            && at.start == start
        {
            at.end = end;
        }
        if let Some(node) = open.paragraph.nodes.last_mut()
            && node.outer.start == start
        {
            (node.source.end, node.outer.end) = (end, end);
        }
    }

    fn control_property(&mut self, name: &str, e: Element<'_>) {
        match name {
            "showingPlcHdr" => self.show_prompt(e.attribute("val").as_deref()),
            // Word fills these anew and keeps nothing that stands between their runs.
            "text" | "dataBinding" | "date" | "comboBox" | "dropDownList" => self.keep_control_whole(),
            _ => {}
        }
    }

    /// The innermost content control shows its prompt: 单击此处输入文字.
    fn show_prompt(&mut self, value: Option<&str>) {
        let control = self.stack.iter_mut().rev().find_map(|(_, end)| match end {
            End::Control(shows, _) => Some(shows),
            _ => None,
        });
        if let Some(shows) = control
            && is_on(value)
            && !std::mem::replace(shows, true)
        {
            self.prompts += 1;
        }
    }

    /// A content control within a paragraph is to be kept whole.
    fn keep_control_whole(&mut self) {
        let Some(places) = &mut self.places else { return };
        let control = self.stack.iter().enumerate().rev().find_map(|(depth, (around, end))| match end {
            End::Control(_, start) => Some((depth, *around, *start)),
            _ => None,
        });
        if let Some((depth, Context::Paragraph, start)) = control {
            places.keep_whole(start, depth);
        }
    }

    fn paragraph_property(&mut self, name: &str, e: Element<'_>) {
        let Some(Open { paragraph, .. }) = self.open.last_mut() else { return };
        let value = || e.attribute("val");
        match name {
            "pStyle" => paragraph.style = value(),
            "outlineLvl" => paragraph.outline = value().and_then(|v| v.parse().ok()),
            "numId" | "ilvl" => {
                let value = value();
                InList::take(&mut paragraph.list, name, value.as_deref());
                if name == "numId" {
                    paragraph.numbered = value.map(|v| v != "0");
                }
            }
            _ => {}
        }
    }

    /// The signs that stand beside `w:t` in a run.
    fn sign(&mut self, name: &str, e: Element<'_>) {
        match name {
            "tab" | "ptab" => self.push_here("\t", NodeKind::Sign),
            "cr" => self.push_here("\n", NodeKind::Sign),
            "br" => match e.attribute("type").as_deref() {
                Some("page" | "column") => {
                    if let Some(open) = self.open.last_mut() {
                        open.paragraph.breaks = true;
                        open.page_break = (!open.paragraph.text.is_empty()).then(|| self.at.clone());
                    }
                }
                _ => self.push_here("\n", NodeKind::Sign),
            },
            "noBreakHyphen" => self.push_here("-", NodeKind::Sign),
            "sym" => {
                if let Some(c) = e.attribute("char").and_then(|code| symbol(&code)) {
                    self.push_here(c.encode_utf8(&mut [0; 4]), NodeKind::Sign);
                }
            }
            "footnoteReference" | "endnoteReference" => {
                if let (Some(open), Some(id)) = (self.open.last_mut(), e.attribute("id")) {
                    let at = open.paragraph.text.len();
                    open.paragraph.calls.push((at, name == "endnoteReference", id));
                }
            }
            "fldChar" => match e.attribute("fldCharType").as_deref() {
                Some("begin") if self.fields.len() < DEEPEST_FIELD => self.fields.push(false),
                Some("separate") => {
                    if let Some(result) = self.fields.last_mut() {
                        *result = true;
                    }
                }
                Some("end") => drop(self.fields.pop()),
                _ => {}
            },
            _ => {}
        }
    }

    /// Text of `w:t`, said by the bytes `source`.
    fn push(&mut self, text: &str, kind: NodeKind, source: Range<usize>) {
        // Word shows a line end inside `w:t` as a space.
        if !text.contains(['\n', '\r']) {
            self.push_raw(text, kind, source);
            return;
        }
        let spaced = text.replace(['\n', '\r'], " ");
        // A line end of two bytes has become one: such text is a sign of its own, not to be cut.
        let kind = if spaced.len() == source.len() { kind } else { NodeKind::Reference };
        self.push_raw(&spaced, kind, source);
    }

    /// Text that the whole token says.
    fn push_here(&mut self, text: &str, kind: NodeKind) {
        self.push_raw(text, kind, self.at.clone());
    }

    fn push_raw(&mut self, text: &str, kind: NodeKind, source: Range<usize>) {
        if self.fields.contains(&false) {
            return;
        }
        let Some(open) = self.open.last_mut() else { return };
        let paragraph = &mut open.paragraph;
        let place = self.places.as_ref().and_then(|places| Some((places, places.unit()?)));
        if let Some(at) = open.page_break.take() {
            paragraph.text.push('\n');
            let text = paragraph.text.len() - 1..paragraph.text.len();
            // The break may stand in an earlier run than the text.
            if let Some(unit) = place.and_then(|(places, _)| places.unit_before(at.start)) {
                let (source, open) = (at.clone(), at.clone());
                paragraph.nodes.push(Node { text, source, outer: at, kind: NodeKind::Sign, open, unit });
            }
        }
        let start = paragraph.text.len();
        if paragraph.runs.last().is_none_or(|(_, run)| *run != self.run) {
            paragraph.runs.push((start, self.run.clone()));
        }
        paragraph.text.push_str(text);
        self.body.hidden |= self.hidden_run;
        let end = paragraph.text.len();
        if let Some((places, unit)) = place {
            let (outer, open) = (self.at.clone(), places.text.clone());
            paragraph.nodes.push(Node { text: start..end, source, outer, kind, open, unit });
        }
        let kind = match (self.prompts, self.formulas) {
            (0, 0) => return,
            (0, _) => MaskKind::Code,
            _ => MaskKind::Prompt,
        };
        match paragraph.masks.last_mut() {
            Some((range, last)) if range.end == start && *last == kind => range.end = end,
            _ => paragraph.masks.push((start..end, kind)),
        }
    }

    fn close_paragraph(&mut self) {
        let Some(mut open) = self.open.pop() else { return };
        let boxes = std::mem::take(&mut open.boxes);
        // The end was deleted: the text goes on in the next paragraph, in the same table or box.
        if open.runs_on {
            open.runs_on = false;
            open.paragraph.style = None;
            open.paragraph.outline = None;
            open.paragraph.numbered = None;
            open.paragraph.list = None;
            open.paragraph.properties = 0..0;
            self.carried = Some(open);
            match self.open.last_mut() {
                Some(anchor) => anchor.boxes.extend(boxes),
                None => boxes.into_iter().for_each(|paragraph| self.body.push(paragraph)),
            }
            return;
        }
        match self.open.last_mut() {
            Some(anchor) => {
                anchor.boxes.push(open.paragraph);
                anchor.boxes.extend(boxes);
            }
            None => {
                self.body.push(open.paragraph);
                boxes.into_iter().for_each(|paragraph| self.body.push(paragraph));
                // A field that was never given its separator would swallow the rest of the text.
                self.fields.retain(|&result| result);
            }
        }
    }
}
