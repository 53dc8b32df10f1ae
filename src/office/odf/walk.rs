//! What the elements of `content.xml` mean for its text, and where the text stands in it.
//!
//! White space falls together as a reader of XML may break lines anywhere; what is left of it is text by the
//! same byte, or, where several bytes are one space, a node that is not to be cut. Signs such as `text:s`, and
//! fields (字段), which a word processor fills anew, are one thing each. Tracked changes are read as accepted: what
//! was deleted does not stand among the text.

use std::collections::HashMap;
use std::ops::Range;

use super::styles::{Styles, outline_level};
use super::table::Tables;
use crate::office::body::{Body, Host, NodeKind, Paragraph, Unit};
use crate::office::xml::{Element, Token, Xml};

/// How deep elements may be nested.
const DEEPEST: usize = 2_000;
/// Blanks that one element stands for at most.
const BLANKS: usize = 200;

/// The unit of text that can be changed and commented on where it stands.
pub const PLAIN: usize = 0;
/// The unit of text in a drawing that hangs on no paragraph, where no mark may stand.
pub const LOOSE: usize = 1;

/// What a paragraph says of its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Its list; `None` of a heading in the outline.
    pub list: Option<usize>,
    /// The style of its list.
    pub style: String,
    /// How deep, from 0.
    pub level: u8,
    /// The number that it begins anew with.
    pub start: Option<u32>,
}

/// A note at the foot or at the end.
#[derive(Debug)]
pub struct Note {
    /// Whether it is an endnote.
    pub end: bool,
    /// What it says.
    pub paragraphs: Vec<Paragraph>,
}

/// What a part holds.
#[derive(Debug, Default)]
pub struct Odf {
    /// Its text. Calls of notes go by their place in `notes`.
    pub body: Body,
    /// What each paragraph says of its number.
    pub asked: Vec<Option<Asked>>,
    /// Notes, in the order of their calls.
    pub notes: Vec<Note>,
    /// Who made the comments, one each.
    pub comments: Vec<String>,
    /// Stretches of paragraphs, by index, that are not shown.
    pub hidden: Vec<(usize, Range<usize>)>,
    /// Whether it is a text document.
    pub is_text: bool,
    /// Whether it could be read to its end.
    pub whole: bool,
    /// Whether a cell with words stands for several, and was read once.
    pub repeated: bool,
}

impl Odf {
    /// Takes up a paragraph; whether there was room for it.
    pub(super) fn put(&mut self, paragraph: Paragraph, asked: Option<Asked>) -> bool {
        let before = self.body.paragraphs.len();
        self.body.push(paragraph);
        let is_taken = self.body.paragraphs.len() > before;
        self.asked.extend(is_taken.then_some(asked));
        is_taken
    }
}

/// What has to be done when an element ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Nothing,
    /// The body of the document.
    Text,
    Paragraph,
    List,
    Item,
    Numbered,
    Table,
    Cell,
    Note,
    /// Letters that are not shown.
    Hidden,
    /// A sign or a field, from this byte on; whether it is a prompt.
    Sign(usize, bool),
    /// A prompt whose letters are text.
    Prompt,
    /// Letters between which no mark may stand.
    Whole,
    /// A drawing, from this byte on.
    Shape(usize),
    Frame,
}

/// What is being left out.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Left {
    Plain,
    Comment,
    /// Tracked changes, with the one at hand.
    Changes(String),
}

/// A paragraph that has not ended.
#[derive(Default)]
pub(super) struct Open {
    pub(super) paragraph: Paragraph,
    pub(super) asked: Option<Asked>,
    pub(super) hidden: Vec<Range<usize>>,
    /// Whether all of it is hidden by its style.
    pub(super) veiled: bool,
    /// Whether the last character is a blank that further blanks fall together with.
    pub(super) blank: bool,
    /// Text boxes that it anchors.
    pub(super) boxes: Vec<Self>,
}

/// A list that is open.
pub(super) struct List {
    key: usize,
    style: String,
    level: u8,
    item: Option<Item>,
}

struct Item {
    header: bool,
    paragraphs: usize,
    start: Option<u32>,
    style: Option<String>,
}

/// Lists that have begun: their styles, and which list each goes on with.
#[derive(Default)]
struct Known {
    lists: Vec<(String, usize)>,
    ids: HashMap<String, usize>,
}

pub(super) struct Walk<'s> {
    pub(super) xml: &'s str,
    styles: &'s Styles,
    pub(super) odf: Odf,
    stack: Vec<End>,
    within: bool,
    pub(super) at: Range<usize>,
    /// Elements within one whose words are not read, and what that is.
    skipping: usize,
    left: Left,
    /// Whether words being left out are somebody's name.
    naming: bool,
    /// Who made the tracked changes, by their ids.
    changes: HashMap<String, String>,
    pub(super) open: Vec<Open>,
    known: Known,
    pub(super) lists: Vec<List>,
    pub(super) stories: Vec<Vec<List>>,
    pub(super) notes: Vec<(bool, usize, Vec<Open>)>,
    pub(super) tables: Tables,
    /// Open prompts and hidden stretches.
    pub(super) prompts: usize,
    pub(super) hidden: usize,
    /// Where a field or sign, what must not be parted, and a drawing begin.
    pub(super) sign: Option<usize>,
    pub(super) whole: Option<usize>,
    pub(super) shape: Option<(usize, bool)>,
    object: bool,
}

/// Reads a part and keeps where its text stands in it, in bytes.
pub fn read(xml: &str, styles: &Styles) -> Odf {
    let mut walk = Walk {
        xml,
        styles,
        odf: Odf::default(),
        stack: Vec::new(),
        within: false,
        at: 0..0,
        skipping: 0,
        left: Left::Plain,
        naming: false,
        changes: HashMap::new(),
        open: Vec::new(),
        known: Known::default(),
        lists: Vec::new(),
        stories: Vec::new(),
        notes: Vec::new(),
        tables: Tables::default(),
        prompts: 0,
        hidden: 0,
        sign: None,
        whole: None,
        shape: None,
        object: false,
    };
    walk.odf.body.hosts =
        [Some(0..0), None].map(|properties| Host { range: 0..0, open: 0..0, close: 0..0, properties }).into();
    let unit = |host| Unit { host, range: 0..0, close: 0..0, text: true };
    walk.odf.body.units = vec![unit(0), unit(0)];
    walk.through()
}

impl Walk<'_> {
    fn through(mut self) -> Odf {
        let mut xml = Xml::of(self.xml);
        let whole = loop {
            let Some((token, at)) = xml.read() else { break xml.stopped().is_none() };
            self.at = at;
            match token {
                Token::Start(_) if self.stack.len() + self.skipping >= DEEPEST => break false,
                Token::Start(e) => self.start(e),
                Token::End(name) => self.end(name),
                Token::Text(words) | Token::Cdata(words) | Token::Reference(words) if self.naming => {
                    self.name(&words);
                }
                _ if self.skipping > 0 => {}
                Token::Text(_) => self.words(self.at.clone(), NodeKind::Text),
                Token::Cdata(_) => {
                    let inner = self.at.start + "<![CDATA[".len()..self.at.end.saturating_sub("]]>".len());
                    self.words(inner, NodeKind::Cdata);
                }
                Token::Reference(words) => self.reference(&words),
            }
        };
        while !self.open.is_empty() {
            self.close();
        }
        self.odf.whole = whole;
        self.odf
    }

    fn start(&mut self, e: Element<'_>) {
        if self.skipping > 0 {
            self.skipping += 1;
            match (&mut self.left, e.name()) {
                (Left::Plain, _) => {}
                (Left::Changes(id), "changed-region") => {
                    *id = e.attribute("id").unwrap_or_default();
                    self.changes.insert(id.clone(), String::new());
                }
                (_, name) => self.naming = name == "creator",
            }
            return;
        }
        match self.enter(e.name(), e) {
            Some(end) => self.stack.push(end),
            None => self.skipping = 1,
        }
    }

    /// What is to be done at the end of an element; `None` if it is left out with all that it holds.
    fn enter(&mut self, name: &str, e: Element<'_>) -> Option<End> {
        if e.qualified() == "office:text" {
            (self.within, self.odf.is_text) = (true, true);
            return Some(End::Text);
        }
        if !self.within {
            return Some(End::Nothing);
        }
        self.left = Left::Plain;
        match name {
            "annotation" => {
                self.left = Left::Comment;
                self.odf.comments.push(String::new());
                return None;
            }
            "tracked-changes" => {
                self.left = Left::Changes(String::new());
                return None;
            }
            "change" | "change-start" => self.change(e),
            "note" => return Some(self.note(e)),
            "p" | "h" => return Some(self.paragraph(e)),
            "list" | "list-item" | "list-header" | "numbered-paragraph" => return Some(self.list(name, e)),
            "table" => self.tables.open(),
            "table-row" => self.tables.row(e),
            "table-cell" | "covered-table-cell" => self.tables.cell(e, self.odf.body.paragraphs.len()),
            "section" if e.attribute("display").as_deref() == Some("none") => return Some(self.hide()),
            _ if is_left_out(name, e) => return None,
            _ => return self.among_words(name, e),
        }
        Some(match name {
            "table" => End::Table,
            "table-cell" | "covered-table-cell" => End::Cell,
            _ => End::Nothing,
        })
    }

    /// The same for what stands in paragraphs.
    fn among_words(&mut self, name: &str, e: Element<'_>) -> Option<End> {
        let shapes = &mut self.odf.body.shapes;
        match name {
            "image" => {
                shapes.pictures += usize::from(!self.object);
                return None;
            }
            "object" | "object-ole" => {
                shapes.objects += 1;
                self.object = true;
                return None;
            }
            "span" if self.styles.hides(false, e.attribute("style-name").as_deref()) => {
                return Some(self.hide());
            }
            "hidden-paragraph" => self.odf.body.hidden |= e.attribute("is-hidden").as_deref() == Some("true"),
            "ruby" if self.whole.is_none() => {
                self.whole = Some(self.at.start);
                return Some(End::Whole);
            }
            "content-control" if e.attribute("showing-place-holder").as_deref() == Some("true") => {
                self.prompts += 1;
                return Some(End::Prompt);
            }
            _ if e.qualified().starts_with("draw:") => return Some(self.drawing(name)),
            _ if self.open.is_empty() || self.sign.is_some() => {}
            "s" | "tab" | "line-break" => return Some(self.sign(name, e)),
            _ if e.qualified().starts_with("text:") && !is_transparent(name) => {
                let prompt = name == "placeholder";
                self.prompts += usize::from(prompt);
                self.sign = Some(self.at.start);
                return Some(End::Sign(self.at.start, prompt));
            }
            _ => {}
        }
        Some(End::Nothing)
    }

    fn hide(&mut self) -> End {
        self.hidden += 1;
        End::Hidden
    }

    fn drawing(&mut self, name: &str) -> End {
        if let Some(open) = self.open.last_mut() {
            open.paragraph.shape = true;
        }
        if self.shape.is_none() {
            self.shape = Some((self.at.start, !self.open.is_empty()));
            self.stories.push(std::mem::take(&mut self.lists));
            return End::Shape(self.at.start);
        }
        if name == "frame" { End::Frame } else { End::Nothing }
    }

    fn sign(&mut self, name: &str, e: Element<'_>) -> End {
        self.sign = Some(self.at.start);
        match name {
            "s" => {
                let count = e.attribute("c").and_then(|n| n.parse().ok()).unwrap_or(1usize);
                self.push(&" ".repeat(count.min(BLANKS)), NodeKind::Sign, self.at.clone());
            }
            "tab" => self.push("\t", NodeKind::Sign, self.at.clone()),
            _ => self.push("\n", NodeKind::Sign, self.at.clone()),
        }
        if let Some(open) = self.open.last_mut() {
            open.blank = false;
        }
        End::Sign(self.at.start, false)
    }

    fn note(&mut self, e: Element<'_>) -> End {
        let end = e.attribute("note-class").as_deref() == Some("endnote");
        let id = self.odf.notes.len() + self.notes.len();
        if let Some(open) = self.open.last_mut() {
            let at = open.paragraph.text.len();
            open.paragraph.calls.push((at, end, id.to_string()));
        }
        self.stories.push(std::mem::take(&mut self.lists));
        self.notes.push((end, self.open.len(), Vec::new()));
        End::Note
    }

    /// Notes whose a tracked change is.
    fn change(&mut self, e: Element<'_>) {
        let author = e.attribute("change-id").and_then(|id| self.changes.get(&id).cloned());
        self.odf.body.changes.push((author.unwrap_or_default(), self.odf.body.paragraphs.len()));
    }

    fn name(&mut self, words: &str) {
        match &self.left {
            Left::Plain => {}
            Left::Comment => {
                if let Some(name) = self.odf.comments.last_mut() {
                    name.push_str(words);
                }
            }
            Left::Changes(id) => {
                if let Some(name) = self.changes.get_mut(id) {
                    name.push_str(words);
                }
            }
        }
    }

    fn list(&mut self, name: &str, e: Element<'_>) -> End {
        let start = e.attribute("start-value").and_then(|n| n.trim().parse().ok());
        let item = |header| Item { header, paragraphs: 0, start, style: e.attribute("style-override") };
        match name {
            "list" => {
                let list = match self.lists.last() {
                    Some(outer) => List {
                        key: outer.key,
                        style: e.attribute("style-name").unwrap_or_else(|| outer.style.clone()),
                        level: outer.level.saturating_add(1),
                        item: None,
                    },
                    None => self.known.begin(e),
                };
                self.lists.push(list);
                End::List
            }
            "numbered-paragraph" => {
                let level = e.attribute("level").and_then(|l| l.parse::<u8>().ok()).unwrap_or(1);
                let key =
                    self.known.named(e.attribute("list-id"), &e.attribute("style-name").unwrap_or_default());
                let style = e.attribute("style-name").unwrap_or_default();
                self.lists.push(List { key, style, level: level.saturating_sub(1), item: Some(item(false)) });
                End::Numbered
            }
            _ => {
                if let Some(list) = self.lists.last_mut() {
                    list.item = Some(item(name == "list-header"));
                }
                End::Item
            }
        }
    }

    fn paragraph(&mut self, e: Element<'_>) -> End {
        let style = e.attribute("style-name");
        let heading = e.name() == "h";
        let own = heading.then(|| outline_level(e, "outline-level").unwrap_or(1));
        let start = e.attribute("start-value").and_then(|n| n.trim().parse().ok());
        let mut asked = None;
        let mut listed = false;
        if let Some(list) = self.lists.last_mut() {
            if let Some(item) = &mut list.item {
                item.paragraphs += 1;
                // Only the first paragraph of an item has its number.
                listed = item.paragraphs == 1 && !item.header;
                let style = item.style.clone().unwrap_or_else(|| list.style.clone());
                let start = item.start.or(start);
                asked = listed.then_some(Asked { list: Some(list.key), style, level: list.level, start });
            }
        } else if heading && e.attribute("is-list-header").as_deref() != Some("true") {
            let level = self.styles.outline_level(style.as_deref(), own);
            asked = level.map(|level| Asked { list: None, style: String::new(), level: level - 1, start });
        }
        let paragraph = Paragraph {
            outline: own.map(|level| level - 1),
            numbered: listed.then_some(true),
            cell: self.tables.is_open(),
            boxed: self.shape.is_some(),
            at: self.at.start,
            ..Paragraph::default()
        };
        let veiled = self.styles.hides(true, style.as_deref());
        let paragraph = Paragraph { style, ..paragraph };
        self.open.push(Open { paragraph, asked, veiled, blank: true, ..Open::default() });
        End::Paragraph
    }

    fn end(&mut self, name: &str) {
        if self.skipping > 0 {
            self.skipping -= 1;
            self.naming &= name != "creator";
            return;
        }
        match self.stack.pop().unwrap_or(End::Nothing) {
            End::Nothing => {}
            End::Text => self.within = false,
            End::Paragraph => self.close(),
            End::List | End::Numbered => drop(self.lists.pop()),
            End::Item => {
                if let Some(list) = self.lists.last_mut() {
                    list.item = None;
                }
            }
            End::Table => self.tables.close(),
            End::Cell => self.close_cell(),
            End::Note => self.close_note(),
            End::Hidden => self.hidden -= 1,
            End::Sign(start, prompt) => {
                self.prompts -= usize::from(prompt);
                self.sign = None;
                self.stretch(start, true);
            }
            End::Prompt => self.prompts -= 1,
            End::Whole => {
                if let Some(start) = self.whole.take() {
                    self.stretch(start, false);
                }
            }
            End::Shape(start) => {
                (self.shape, self.object) = (None, false);
                self.lists = self.stories.pop().unwrap_or_default();
                let end = self.at.end;
                let boxes = self.open.last_mut().map(|open| &mut open.boxes);
                for boxed in boxes.into_iter().flatten() {
                    let nodes = boxed.paragraph.nodes.iter_mut();
                    nodes.filter(|node| node.outer.start == start).for_each(|node| node.outer.end = end);
                }
            }
            End::Frame => self.object = false,
        }
    }
}

impl Known {
    /// A list that begins.
    fn begin(&mut self, e: Element<'_>) -> List {
        let style = e.attribute("style-name").unwrap_or_default();
        let goes_on = e.attribute("continue-numbering").map(|v| v == "true");
        let other = e.attribute("continue-list").and_then(|id| self.ids.get(&id).copied());
        // Without the name of the list that it goes on with it is the last one, if it looks the same.
        let last = self.lists.len().checked_sub(1).filter(|&last| self.lists[last].0 == style);
        let master = match goes_on {
            Some(false) => None,
            Some(true) => other.or(last),
            None => other,
        };
        let key = self.named(e.attribute("id"), &style);
        if let Some(master) = master {
            self.lists[key].1 = self.lists[master].1;
        }
        List { key: self.lists[key].1, style, level: 0, item: None }
    }

    /// The list of this name, begun if there is none.
    fn named(&mut self, id: Option<String>, style: &str) -> usize {
        if let Some(&known) = id.as_ref().and_then(|id| self.ids.get(id)) {
            return known;
        }
        let key = self.lists.len();
        self.lists.push((style.to_owned(), key));
        self.ids.extend(id.map(|id| (id, key)));
        key
    }
}

/// Elements of the text's own language in which words are text and no field.
fn is_transparent(name: &str) -> bool {
    let plain = ["span", "a", "meta", "meta-field", "note-body", "ruby-base", "section", "table-of-content"];
    plain.contains(&name) || name.ends_with("-index") || name.starts_with("index-") || name == "bibliography"
}

/// Whether the words of an element are none of the text.
fn is_left_out(name: &str, e: Element<'_>) -> bool {
    match name {
        "hidden-text" => e.attribute("is-hidden").as_deref() == Some("true"),
        // What a picture is called by those who do not see it.
        "title" | "desc" => e.qualified().starts_with("svg:"),
        "note-citation"
        | "ruby-text"
        | "forms"
        | "sequence-decls"
        | "variable-decls"
        | "user-field-decls"
        | "dde-connection-decls"
        | "event-listeners"
        | "binary-data"
        | "script"
        | "index-title-template"
        | "annotation-end" => true,
        _ => name.ends_with("-source"),
    }
}
