//! The text of a part: its paragraphs in order, whatever they are wrapped in.
//!
//! One pass over the events of the XML, with a stack of what is open. Elements are told by their
//! local names, so strict files (other namespaces) and odd prefixes read the same; the one place
//! where local names clash, drawings, is entered only through a text box's content. Text boxes
//! come after the paragraph that anchors them, since a sentence must not be cut in two by them.
//!
//! Tracked changes are read as if accepted: that is what is printed with markup hidden and what
//! goes out once the draft is final.

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
    /// Text boxes that it anchors.
    after: Vec<Self>,
    /// A tracked deletion of its end: it runs on into the next one.
    runs_on: bool,
    /// A page break was met; it becomes a line break once text follows.
    page_break: bool,
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
    /// A content control, and whether it shows its prompt.
    Control(bool),
    /// Alternative contents, and whether one was taken.
    Alternatives(bool),
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
}

/// Reads a part: `word/document.xml`, a footer, the footnotes.
pub fn read(xml: &str) -> Body {
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
    };
    let mut reader = quick_xml::Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    reader.config_mut().check_end_names = true;
    let stopped = loop {
        match reader.read_event() {
            Ok(Event::Start(e)) => {
                if walk.stack.len() + walk.skipping >= DEEPEST {
                    break Some(reader.buffer_position());
                }
                walk.start(&e);
            }
            Ok(Event::End(_)) => walk.end(),
            Ok(Event::Text(e)) if walk.is_text() => walk.push(&e.xml10_content()),
            Ok(Event::CData(e)) if walk.is_text() => walk.push(&e.xml10_content()),
            Ok(Event::GeneralRef(e)) if walk.is_text() => {
                let name = e.clone().into_inner();
                match e.resolve_char_ref() {
                    Ok(Some(c)) => walk.push(c.encode_utf8(&mut [0; 4])),
                    Ok(None) => match quick_xml::escape::resolve_xml_entity(&name) {
                        Some(text) => walk.push(text),
                        None => walk.push(&format!("&{name};")),
                    },
                    Err(_) => walk.push("\u{FFFD}"),
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
                    return self.skip();
                }
            }
            (_, "txbxContent") => next.0 = C::Flow,
            (C::Drawing, _) => {}
            (_, "drawing" | "pict" | "object") => next.0 = C::Drawing,
            (C::ControlProperties, "showingPlcHdr") => self.show_prompt(attribute(e, "val").as_deref()),
            (C::ControlProperties, _) => {}
            (_, "sdt") => next.1 = End::Control(false),
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
            (C::Run, sign) => self.sign(sign, e),
            _ => {}
        }
        self.stack.push((self.context, next.1));
        self.context = next.0;
    }

    fn end(&mut self) {
        if self.skipping > 0 {
            self.skipping -= 1;
            return;
        }
        let Some((context, end)) = self.stack.pop() else { return };
        self.context = context;
        match end {
            End::Paragraph => self.close_paragraph(),
            End::Run => self.hidden_run = false,
            End::Table => self.tables -= 1,
            End::Formula => self.formulas -= 1,
            End::Control(true) => self.prompts -= 1,
            End::Control(false) | End::Alternatives(_) | End::Nothing => {}
        }
    }

    fn skip(&mut self) {
        self.skipping = 1;
    }

    /// The innermost content control shows its prompt: 单击此处输入文字.
    fn show_prompt(&mut self, value: Option<&str>) {
        let control = self.stack.iter_mut().rev().find_map(|(_, end)| match end {
            End::Control(shows) => Some(shows),
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
            "tab" | "ptab" => self.push("\t"),
            "cr" => self.push_break(),
            "br" => match attribute(e, "type").as_deref() {
                Some("page" | "column") => {
                    if let Some(p) = self.open.last_mut() {
                        p.page_break = !p.text.is_empty();
                    }
                }
                _ => self.push_break(),
            },
            "noBreakHyphen" => self.push("-"),
            "sym" => {
                if let Some(c) = attribute(e, "char").and_then(|code| symbol(&code)) {
                    self.push(c.encode_utf8(&mut [0; 4]));
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

    fn push(&mut self, text: &str) {
        // Word shows a line end inside `w:t` as a space.
        if text.contains(['\n', '\r']) {
            let spaced = text.replace(['\n', '\r'], " ");
            self.push_raw(&spaced);
        } else {
            self.push_raw(text);
        }
    }

    fn push_break(&mut self) {
        self.push_raw("\n");
    }

    fn push_raw(&mut self, text: &str) {
        if self.fields.contains(&false) {
            return;
        }
        let Some(paragraph) = self.open.last_mut() else { return };
        if std::mem::take(&mut paragraph.page_break) {
            paragraph.text.push('\n');
        }
        let start = paragraph.text.len();
        paragraph.text.push_str(text);
        self.body.hidden |= self.hidden_run;
        let kind = match (self.prompts, self.formulas) {
            (0, 0) => return,
            (0, _) => MaskKind::Code,
            _ => MaskKind::Prompt,
        };
        let end = paragraph.text.len();
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
