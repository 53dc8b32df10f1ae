//! The text of a part: its paragraphs in order, whatever they are wrapped in.
//!
//! One pass over the events of the XML, with a stack of what is open. Elements are told by their
//! local names, so strict files (other namespaces) and odd prefixes read the same; the one place
//! where local names clash, drawings, is entered only through a text box's content. Text boxes
//! come after the paragraph that anchors them, since a sentence must not be cut in two by them.
//!
//! Tracked changes are read as if accepted: that is what is printed with markup hidden and what
//! goes out once the draft is final.
//!
//! The same pass can keep where each stretch of the text stands in the XML ([`map`]): whoever
//! edits the part looks up positions there, so that no second parser can disagree with this one.

use std::ops::Range;

use quick_xml::events::{BytesStart, Event};

use super::{attribute, is_on};
use crate::base::{Problem, Text};
use crate::model::MaskKind;
use crate::text;

/// How deep elements may be nested. Word itself gives up long before.
const DEEPEST: usize = 2_000;

/// How deep fields may be nested; they are all looked at whenever text comes.
const DEEPEST_FIELD: usize = 64;

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
    /// Whether it stands in a table.
    pub cell: bool,
    /// Where its text stands in the XML, in the order of the text; only from [`map`].
    pub nodes: Vec<Node>,
    /// Text boxes that it anchors.
    after: Vec<Self>,
    /// A tracked deletion of its end: it runs on into the next one.
    runs_on: bool,
    /// A page break was met, there in the XML; it becomes a line break once text follows.
    page_break: Option<Range<usize>>,
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

/// What a part holds.
#[derive(Debug, Default)]
pub struct Body {
    /// Its paragraphs, empty ones included.
    pub paragraphs: Vec<Paragraph>,
    /// Whether tracked changes were accepted on the way.
    pub tracked: bool,
    /// Whether there is text that is formatted as hidden.
    pub hidden: bool,
    /// Whether there are foreign documents that Word would show in place (`w:altChunk`).
    pub embedded: bool,
    /// Why reading stopped before the end, if it did.
    pub problem: Option<Problem>,
    /// What text stands in; only from [`map`].
    pub hosts: Vec<Host>,
    /// See [`Unit`]; only from [`map`].
    pub units: Vec<Unit>,
    /// Alternative contents: the one that was read, and one that was not; only from [`map`].
    pub twins: Vec<(Range<usize>, Range<usize>)>,
}

impl Body {
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
    Formula,
    /// A content control that starts at this byte, and whether it shows its prompt.
    Control(bool, usize),
    /// Alternative contents, and whether one was taken.
    Alternatives(bool),
    /// The alternative that was taken, and where it starts.
    Taken(usize),
    /// A sign beside `w:t`.
    Sign(usize),
}

struct Walk {
    body: Body,
    stack: Vec<(Context, End)>,
    context: Context,
    open: Vec<Paragraph>,
    /// Elements below one that is left out; 0 outside.
    skipping: usize,
    tables: usize,
    formulas: usize,
    prompts: usize,
    /// Open fields, and whether their result has begun; before it stand instructions.
    fields: Vec<bool>,
    /// Whether the run is formatted as hidden.
    hidden_run: bool,
    /// The text of a paragraph whose end was deleted.
    carried: Option<Paragraph>,
    /// Whether to keep where the text stands.
    mapping: bool,
    /// The bytes of the event at hand.
    at: Range<usize>,
    /// The start tag of the last `w:t`.
    open_text: Range<usize>,
    /// How deep the open host stands; it is the last one.
    host: Option<usize>,
    /// Whether a unit of it is open; it is the last one.
    unit: bool,
    /// The alternative that was taken last.
    taken: Range<usize>,
    /// Where the alternative starts that is being left out.
    left_out: Option<usize>,
}

/// Reads a part: `word/document.xml`, a footer, the footnotes.
pub fn read(xml: &str) -> Body {
    walk(xml, false)
}

/// Reads a part and keeps where its text stands in `xml`, in bytes.
pub fn map(xml: &str) -> Body {
    walk(xml, true)
}

fn walk(xml: &str, mapping: bool) -> Body {
    let mut walk = Walk {
        body: Body::default(),
        stack: Vec::new(),
        context: Context::Flow,
        open: Vec::new(),
        skipping: 0,
        tables: 0,
        formulas: 0,
        prompts: 0,
        fields: Vec::new(),
        hidden_run: false,
        carried: None,
        mapping,
        at: 0..0,
        open_text: 0..0,
        host: None,
        unit: false,
        taken: 0..0,
        left_out: None,
    };
    let mut reader = quick_xml::Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    reader.config_mut().check_end_names = true;
    let stopped = loop {
        let event = reader.read_event();
        let position = usize::try_from(reader.buffer_position()).unwrap_or(xml.len());
        walk.at = walk.at.end..position;
        match event {
            Ok(Event::Start(e)) => {
                if walk.stack.len() + walk.skipping >= DEEPEST {
                    break Some(reader.buffer_position());
                }
                walk.start(&e);
            }
            Ok(Event::End(_)) => walk.end(),
            Ok(Event::Text(e)) if walk.is_text() => {
                walk.push(&e.xml10_content(), NodeKind::Text, walk.at.clone());
            }
            Ok(Event::CData(e)) if walk.is_text() => {
                let inner = walk.at.start + "<![CDATA[".len()..walk.at.end.saturating_sub("]]>".len());
                walk.push(&e.xml10_content(), NodeKind::Cdata, inner);
            }
            Ok(Event::GeneralRef(e)) if walk.is_text() => {
                let name = e.clone().into_inner();
                match e.resolve_char_ref() {
                    Ok(Some(c)) => walk.push_reference(c.encode_utf8(&mut [0; 4])),
                    Ok(None) => match quick_xml::escape::resolve_xml_entity(&name) {
                        Some(text) => walk.push_reference(text),
                        None => walk.push_reference(&format!("&{name};")),
                    },
                    Err(_) => walk.push_reference("\u{FFFD}"),
                }
            }
            Ok(Event::Eof) if walk.stack.is_empty() && walk.skipping == 0 => break None,
            Ok(Event::Eof) => break Some(xml.len() as u64),
            Ok(_) => {}
            Err(_) => break Some(reader.error_position()),
        }
    };
    while !walk.open.is_empty() {
        walk.close_paragraph();
    }
    walk.body.paragraphs.extend(walk.carried.take());
    if let Some(byte) = stopped {
        let read = walk.body.paragraphs.len();
        walk.body.problem = Some(
            Problem::new(text!(
                "文件内容有损坏（XML 第 {byte} 字节处），读到第{read}段为止",
                "the file's content is damaged (at byte {byte} of its XML); read up to paragraph {read}"
            ))
            .help(Text::fixed(
                "用 Word 的“打开并修复”或 WPS 打开，另存为 .docx 再试",
                "open it with Word's \"Open and Repair\" or with WPS, save it as .docx and try again",
            )),
        );
    }
    walk.body
}

impl Walk {
    fn is_text(&self) -> bool {
        self.context == Context::Text && self.skipping == 0
    }

    fn start(&mut self, e: &BytesStart<'_>) {
        use Context as C;
        if self.skipping > 0 {
            self.skipping += 1;
            return;
        }
        let name = e.local_name();
        let mut next = (self.context, End::Nothing);
        match (self.context, name.as_ref()) {
            (C::MarkProperties, "del" | "moveFrom") => {
                if let Some(p) = self.open.last_mut() {
                    p.runs_on = true;
                }
                self.body.tracked = true;
            }
            (C::MarkProperties, _) | (C::RunProperties, "ins" | "del" | "moveFrom" | "moveTo") => {}
            (_, "del" | "moveFrom") => {
                self.body.tracked = true;
                return self.skip();
            }
            (_, "ins" | "moveTo") => self.body.tracked = true,
            // What was before a change of format; the pinyin over a character; the code of a field.
            (
                _,
                "pPrChange" | "rPrChange" | "sectPrChange" | "rt" | "instrText" | "delText" | "delInstrText",
            ) => {
                return self.skip();
            }
            (_, "AlternateContent") => next.1 = End::Alternatives(false),
            (_, "Choice" | "Fallback") => {
                if let Some((_, End::Alternatives(taken))) = self.stack.last_mut()
                    && std::mem::replace(taken, true)
                {
                    self.left_out = Some(self.at.start);
                    return self.skip();
                }
                next.1 = End::Taken(self.at.start);
            }
            (_, "txbxContent") => next.0 = C::Flow,
            (C::Drawing, _) => {}
            (_, "drawing" | "pict" | "object") => next.0 = C::Drawing,
            (C::ControlProperties, "showingPlcHdr") => self.show_prompt(attribute(e, "val").as_deref()),
            // Word fills these anew and keeps nothing that stands between their runs.
            (C::ControlProperties, "text" | "dataBinding" | "date" | "comboBox" | "dropDownList") => {
                self.keep_control_whole();
            }
            (C::ControlProperties, _) => {}
            (_, "sdt") => next.1 = End::Control(false, self.at.start),
            (_, "sdtPr") => next.0 = C::ControlProperties,
            (_, "tbl") => {
                self.tables += 1;
                next.1 = End::Table;
            }
            (_, "oMath") => {
                self.formulas += 1;
                next.1 = End::Formula;
            }
            (C::Flow, "altChunk") => self.body.embedded = true,
            (C::Flow, "p") => {
                let mut paragraph = self.carried.take().unwrap_or_default();
                paragraph.cell = self.tables > 0;
                self.open.push(paragraph);
                next = (C::Paragraph, End::Paragraph);
            }
            (C::Paragraph, "pPr") => next.0 = C::ParagraphProperties,
            (C::ParagraphProperties, "rPr") => next.0 = C::MarkProperties,
            (C::ParagraphProperties, property) => self.paragraph_property(property, e),
            (C::Paragraph | C::Run, "r") => next = (C::Run, End::Run),
            (C::Run, "rPr") => next.0 = C::RunProperties,
            (C::RunProperties, "vanish") => self.hidden_run = is_on(attribute(e, "val").as_deref()),
            (C::Run, "t") => next.0 = C::Text,
            (C::Run, _) => next.1 = End::Sign(self.at.start),
            _ => {}
        }
        if self.mapping {
            self.open_place(name.as_ref(), next.0);
        }
        if let End::Sign(_) = next.1 {
            self.sign(name.as_ref(), e);
        }
        self.stack.push((self.context, next.1));
        self.context = next.0;
    }

    fn end(&mut self) {
        if self.skipping > 0 {
            self.skipping -= 1;
            if self.skipping == 0
                && let Some(start) = self.left_out.take()
                && self.mapping
            {
                self.body.twins.push((self.taken.clone(), start..self.at.end));
            }
            return;
        }
        let Some((context, end)) = self.stack.pop() else { return };
        self.context = context;
        if self.mapping {
            self.close_place();
        }
        match end {
            End::Paragraph => self.close_paragraph(),
            End::Run => self.hidden_run = false,
            End::Table => self.tables -= 1,
            End::Formula => self.formulas -= 1,
            End::Control(true, _) => self.prompts -= 1,
            End::Taken(start) => self.taken = start..self.at.end,
            End::Sign(start) => self.close_sign(start),
            End::Control(false, _) | End::Alternatives(_) | End::Nothing => {}
        }
    }

    /// Notes where an element starts that text may stand in; `within` is what it makes of `p`,
    /// `r` and `t`.
    fn open_place(&mut self, name: &str, within: Context) {
        let (at, depth) = (self.at.clone(), self.stack.len());
        if within == Context::Text {
            self.open_text = at.clone();
        }
        let in_run = matches!(self.body.hosts.last(), Some(Host { properties: Some(_), .. }));
        match self.host {
            None if self.context == Context::Paragraph => {
                let run = name == "r";
                if run
                    || matches!(
                        name,
                        "oMath" | "oMathPara" | "AlternateContent" | "drawing" | "pict" | "object"
                    )
                {
                    self.open_host(at.clone(), depth, run);
                }
            }
            Some(host) if depth == host + 1 && in_run && name != "rPr" => {
                let unit = Unit {
                    host: self.body.hosts.len() - 1,
                    range: at.clone(),
                    close: at,
                    text: within == Context::Text,
                };
                self.body.units.push(unit);
                self.unit = true;
            }
            _ => {}
        }
    }

    /// A host opens; what is no run is one unit.
    fn open_host(&mut self, open: Range<usize>, depth: usize, run: bool) {
        self.host = Some(depth);
        self.unit = !run;
        let properties = run.then_some(open.end..open.end);
        self.body.hosts.push(Host {
            range: open.clone(),
            close: open.clone(),
            properties,
            open: open.clone(),
        });
        if !run {
            let host = self.body.hosts.len() - 1;
            self.body.units.push(Unit { host, range: open.clone(), close: open, text: false });
        }
    }

    fn close_place(&mut self) {
        let (Some(depth), Some(host)) = (self.host, self.body.hosts.last_mut()) else { return };
        let (whole, at) = (host.properties.is_none(), self.at.clone());
        let closes_unit = self.unit && self.stack.len() == depth + usize::from(!whole);
        if closes_unit && let Some(unit) = self.body.units.last_mut() {
            (unit.range.end, unit.close) = (at.end, at.clone());
            self.unit = false;
        } else if self.stack.len() == depth + 1
            && let Some(properties) = &mut host.properties
        {
            properties.end = at.end;
        }
        if self.stack.len() == depth {
            (host.range.end, host.close) = (at.end, at);
            self.host = None;
        }
    }

    /// A content control within a paragraph is to be kept whole: it becomes the host.
    fn keep_control_whole(&mut self) {
        if !self.mapping || self.host.is_some() {
            return;
        }
        let control = self.stack.iter().enumerate().rev().find_map(|(depth, (around, end))| match end {
            End::Control(_, start) => Some((depth, *around, *start)),
            _ => None,
        });
        if let Some((depth, Context::Paragraph, start)) = control {
            self.open_host(start..start, depth, false);
        }
    }

    /// A sign's element ends; its text, if it has any, stands in the whole of it.
    fn close_sign(&mut self, start: usize) {
        let Some(paragraph) = self.open.last_mut() else { return };
        let end = self.at.end;
        if let Some(at) = &mut paragraph.page_break
            && at.start == start
        {
            at.end = end;
        }
        if let Some(node) = paragraph.nodes.last_mut()
            && node.outer.start == start
        {
            (node.source.end, node.outer.end) = (end, end);
        }
    }

    fn skip(&mut self) {
        self.skipping = 1;
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

    fn paragraph_property(&mut self, name: &str, e: &BytesStart<'_>) {
        let Some(paragraph) = self.open.last_mut() else { return };
        let value = || attribute(e, "val");
        match name {
            "pStyle" => paragraph.style = value(),
            "outlineLvl" => paragraph.outline = value().and_then(|v| v.parse().ok()),
            "numId" => paragraph.numbered = value().map(|v| v != "0"),
            _ => {}
        }
    }

    /// The signs that stand beside `w:t` in a run.
    fn sign(&mut self, name: &str, e: &BytesStart<'_>) {
        match name {
            "tab" | "ptab" => self.push_sign("\t"),
            "cr" => self.push_sign("\n"),
            "br" => match attribute(e, "type").as_deref() {
                Some("page" | "column") => {
                    if let Some(p) = self.open.last_mut() {
                        p.page_break = (!p.text.is_empty()).then(|| self.at.clone());
                    }
                }
                _ => self.push_sign("\n"),
            },
            "noBreakHyphen" => self.push_sign("-"),
            "sym" => {
                if let Some(c) = attribute(e, "char").and_then(|code| symbol(&code)) {
                    self.push_sign(c.encode_utf8(&mut [0; 4]));
                }
            }
            "fldChar" => match attribute(e, "fldCharType").as_deref() {
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
        let outer = self.at.clone();
        // Word shows a line end inside `w:t` as a space.
        if !text.contains(['\n', '\r']) {
            self.push_raw(text, kind, source, outer);
            return;
        }
        let spaced = text.replace(['\n', '\r'], " ");
        // A line end of two bytes has become one: such text is a sign of its own, not to be cut.
        let kind = if spaced.len() == source.len() { kind } else { NodeKind::Reference };
        self.push_raw(&spaced, kind, source, outer);
    }

    fn push_reference(&mut self, text: &str) {
        self.push_raw(text, NodeKind::Reference, self.at.clone(), self.at.clone());
    }

    fn push_sign(&mut self, text: &str) {
        self.push_raw(text, NodeKind::Sign, self.at.clone(), self.at.clone());
    }

    fn push_raw(&mut self, text: &str, kind: NodeKind, source: Range<usize>, outer: Range<usize>) {
        if self.fields.contains(&false) {
            return;
        }
        let unit = (self.mapping && self.unit).then(|| self.body.units.len() - 1);
        let Some(paragraph) = self.open.last_mut() else { return };
        if let Some(at) = paragraph.page_break.take() {
            paragraph.text.push('\n');
            let text = paragraph.text.len() - 1..paragraph.text.len();
            // The break may stand in an earlier run than the text.
            let unit = unit.and_then(|_| self.body.units.iter().rposition(|u| u.range.start <= at.start));
            if let Some(unit) = unit {
                let (source, open) = (at.clone(), at.clone());
                paragraph.nodes.push(Node { text, source, outer: at, kind: NodeKind::Sign, open, unit });
            }
        }
        let start = paragraph.text.len();
        paragraph.text.push_str(text);
        self.body.hidden |= self.hidden_run;
        let end = paragraph.text.len();
        if let Some(unit) = unit {
            let open = self.open_text.clone();
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
        let Some(mut paragraph) = self.open.pop() else { return };
        let boxes = std::mem::take(&mut paragraph.after);
        // The end was deleted: the text goes on in the next paragraph, in the same table or box.
        if paragraph.runs_on {
            paragraph.runs_on = false;
            paragraph.style = None;
            paragraph.outline = None;
            paragraph.numbered = None;
            self.carried = Some(paragraph);
            match self.open.last_mut() {
                Some(anchor) => anchor.after.extend(boxes),
                None => self.body.paragraphs.extend(boxes),
            }
            return;
        }
        match self.open.last_mut() {
            Some(anchor) => {
                anchor.after.push(paragraph);
                anchor.after.extend(boxes);
            }
            None => {
                self.body.paragraphs.push(paragraph);
                self.body.paragraphs.extend(boxes);
                // A field that was never given its separator would swallow the rest of the text.
                self.fields.retain(|&result| result);
            }
        }
    }
}

/// The character of a `w:sym`. Symbol fonts put their signs at U+F000 and above, where a plain
/// text can show only the few that forms use: boxes and ticks of Wingdings.
fn symbol(code: &str) -> Option<char> {
    let code = u32::from_str_radix(code, 16).ok()?;
    match code {
        0xF06F | 0xF0A8 | 0xF071 => Some('□'),
        0xF052 | 0xF0FE => Some('☑'),
        0xF0FC => Some('✓'),
        0xE000..=0xF8FF => None,
        _ => char::from_u32(code),
    }
}
