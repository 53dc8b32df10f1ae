//! What the groups and control words of an RTF file mean for its text.
//!
//! What a group sets ends with it, so the state is copied when a group opens. Where text goes is part of
//! it: into the body, a box beside it, a header of which only matters whether it says something, or nowhere.

use std::collections::HashMap;

use encoding_rs::Encoding;

use super::lists;
use super::scan::{Scan, Token};
use super::styles::Sheet;
use super::words::{Charset, Words, charset, code_page};
use crate::model::{Beside, LINES};
use crate::office::body::{Body, InList, Paragraph, sign_of};
use crate::office::list::Lists;
use crate::office::look::sheet;
use crate::read::docx::margin;
use crate::read::rows::{Columns, DEEPEST, Merge, Tables};

/// How deep groups may be nested; Word itself gives up long before.
const DEEPEST_GROUP: usize = 1_000;
/// Bytes of a shown number at most, which nobody wrote.
const LONGEST_NUMBER: usize = 400;

/// What an RTF file holds.
pub struct Read {
    pub body: Body,
    pub styles: sheet::Sheet,
    pub lists: Lists,
    /// What stands beside the body.
    pub beside: Vec<margin::Story>,
    /// How many comments there are.
    pub comments: usize,
    /// Whether it breaks off.
    pub broken: bool,
}

/// Where the words of a group go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum To {
    /// Into the paragraph that is open.
    Text,
    /// Nowhere.
    Nowhere,
    /// Nowhere, but there may be boxes and pictures.
    Shape,
    /// The name of a property of a shape.
    Property,
    /// The instruction of a field.
    Code,
    Fonts,
    Styles,
    /// Into the tables of lists.
    Lists(lists::Part),
    /// The number that was shown before the open paragraph.
    Shown,
}

/// What holds at a place.
#[derive(Clone, Copy)]
struct State {
    to: To,
    font: i32,
    /// What stands in the place of a `\u` has so many characters.
    instead: usize,
    hidden: bool,
    deleted: bool,
    /// Whether the words that come are kept at the end of a story of their own.
    opens_story: bool,
    style: i32,
    outline: Option<u8>,
    numbered: Option<bool>,
    list: Option<InList>,
    in_table: bool,
    depth: usize,
}

/// What stands beside the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Aside {
    Of(Beside),
    Comment,
}

/// Words that stand together: the body, or something beside it.
#[derive(Default)]
struct Story {
    open: Paragraph,
    page_break: bool,
    /// Paragraphs that ended, of all but the body.
    paragraphs: Vec<Paragraph>,
    /// Those of boxes that the open paragraph anchors.
    boxes: Vec<Paragraph>,
    /// What it is; nothing of the body and its boxes.
    aside: Option<Aside>,
}

/// Reads a file.
pub fn read(bytes: &[u8]) -> Read {
    let state = State {
        to: To::Text,
        font: -1,
        instead: 1,
        hidden: false,
        deleted: false,
        opens_story: false,
        style: 0,
        outline: None,
        numbered: None,
        list: None,
        in_table: false,
        depth: 0,
    };
    let mut walk = Walk {
        state,
        outer: Vec::new(),
        stories: vec![Story::default()],
        body: Body::default(),
        tables: Tables::default(),
        columns: Columns::default(),
        merge: Merge::default(),
        sheet: Sheet::default(),
        fonts: HashMap::new(),
        page: encoding_rs::WINDOWS_1252,
        words: Words::new(),
        skip: 0,
        starred: false,
        name: String::new(),
        lists: lists::Tables::default(),
        shown: String::new(),
        beside: Vec::new(),
        comments: 0,
    };
    let closed = walk.through(bytes);
    // A file that breaks off within a picture has words before it.
    (walk.state.to, walk.state.deleted) = (To::Text, false);
    while walk.stories.len() > 1 {
        walk.end_story();
    }
    if !walk.stories[0].open.text.is_empty() {
        walk.end_paragraph();
    }
    walk.body.cells = std::mem::take(&mut walk.tables).finish();
    let (styles, lists) = (walk.sheet.finish(), walk.lists.finish());
    Read { body: walk.body, styles, lists, beside: walk.beside, comments: walk.comments, broken: !closed }
}

struct Walk {
    state: State,
    outer: Vec<State>,
    stories: Vec<Story>,
    body: Body,
    tables: Tables,
    /// The columns of the row, as far as they are told.
    columns: Columns,
    /// What is told of the cell whose end comes next.
    merge: Merge,
    sheet: Sheet,
    fonts: HashMap<i32, Option<Charset>>,
    page: &'static Encoding,
    words: Words,
    /// Characters that stand in the place of a `\u` and are left out.
    skip: usize,
    /// Whether `\*` came last: a group that whoever does not know it leaves out.
    starred: bool,
    /// The name of a property, or the instruction of a field.
    name: String,
    lists: lists::Tables,
    /// What the open paragraph shows as its number.
    shown: String,
    beside: Vec<margin::Story>,
    comments: usize,
}

impl Walk {
    /// Goes through all tokens; whether the last group was closed.
    fn through(&mut self, bytes: &[u8]) -> bool {
        for token in Scan::of(bytes) {
            if !matches!(token, Token::Byte(_)) {
                self.flush();
            }
            match token {
                Token::Open if self.outer.len() >= DEEPEST_GROUP => return false,
                Token::Open => {
                    self.skip = 0;
                    self.outer.push(self.state);
                    self.state.opens_story = false;
                }
                Token::Close => {
                    self.skip = 0;
                    if self.close() {
                        return true;
                    }
                }
                _ if self.skip > 0 => self.skip -= 1,
                Token::Byte(byte) => self.words.push(byte),
                Token::Symbol(symbol) => self.symbol(symbol),
                Token::Word(name, number) => {
                    let starred = std::mem::take(&mut self.starred);
                    self.word(name, number, starred);
                }
            }
        }
        self.flush();
        false
    }

    /// A group ends; whether it was the last.
    fn close(&mut self) -> bool {
        let (to, opens_story) = (self.state.to, self.state.opens_story);
        let Some(outer) = self.outer.pop() else { return true };
        match to {
            To::Styles if self.outer.len() > 1 => self.sheet.end(),
            To::Lists(part) if outer.to != to => {
                let within = if let To::Lists(part) = outer.to { Some(part) } else { None };
                self.lists.end(part, within);
            }
            To::Code if outer.to != To::Code => self.end_code(outer),
            To::Property => {
                self.body.shapes.word_art += usize::from(self.name.trim() == "gtextUNICODE");
                self.name.clear();
            }
            _ => {}
        }
        if opens_story {
            self.end_story();
        }
        self.state = outer;
        self.outer.is_empty()
    }

    /// The instruction of a field ends: one that stands for a sign of a symbol font says which.
    fn end_code(&mut self, outer: State) {
        let code = std::mem::take(&mut self.name);
        let mut words = code.split_whitespace();
        if words.next() == Some("SYMBOL")
            && let Some(number) = words.next().and_then(|n| n.parse::<u32>().ok())
        {
            let wing = code.contains("Wingdings") && number < 0x100;
            self.state.to = outer.to;
            if let Some(sign) = sign_of(if wing { 0xF000 + number } else { number }) {
                self.put(sign);
            }
        }
    }

    /// The words of the bytes so far.
    fn flush(&mut self) {
        let charset = self.fonts.get(&self.state.font).copied().flatten();
        for sign in self.words.take(charset.unwrap_or(Charset::Page(self.page))).chars() {
            self.put(sign);
        }
    }

    fn put(&mut self, sign: char) {
        let State { to, hidden, deleted, .. } = self.state;
        match to {
            To::Text if deleted => self.body.tracked = true,
            To::Text => {
                let Some(story) = self.stories.last_mut() else { return };
                if std::mem::take(&mut story.page_break) {
                    story.open.text.push('\n');
                }
                story.open.text.push(sign);
                self.body.hidden |= hidden && story.aside.is_none();
            }
            To::Styles => self.sheet.name(sign.encode_utf8(&mut [0; 4])),
            To::Lists(lists::Part::Shown) => self.lists.sign(sign),
            To::Shown if self.shown.len() < LONGEST_NUMBER => self.shown.push(sign),
            To::Property | To::Code if self.name.len() < 200 => self.name.push(sign),
            _ => {}
        }
    }

    fn symbol(&mut self, symbol: u8) {
        match symbol {
            b'*' => self.starred = true,
            b'~' => self.put('\u{A0}'),
            b'_' => self.put('-'),
            b'\n' => self.end_paragraph(),
            _ => {}
        }
    }

    fn word(&mut self, name: &str, number: Option<i32>, starred: bool) {
        if self.state.to == To::Nowhere || self.destination(name, starred) {
            return;
        }
        match self.state.to {
            To::Fonts => match name {
                "f" => self.state.font = number.unwrap_or(0),
                "fcharset" => drop(self.fonts.insert(self.state.font, charset(number.unwrap_or(0)))),
                _ => {}
            },
            To::Styles => match name {
                "u" => self.unicode(number),
                "uc" => self.state.instead = count(number),
                _ => self.sheet.word(name, number),
            },
            To::Lists(part) => match name {
                "u" => self.unicode(number),
                "uc" => self.state.instead = count(number),
                _ => self.lists.word(part, name, number),
            },
            _ => {
                let _ = self.sign(name, number) || self.look(name, number) || self.row(name, number);
            }
        }
    }

    fn unicode(&mut self, number: Option<i32>) {
        self.skip = self.state.instead;
        if let Some(sign) = self.words.unicode(number.unwrap_or(0)) {
            // Symbol fonts have their signs at U+F000.
            self.put(if ('\u{F000}'..='\u{F0FF}').contains(&sign) {
                sign_of(sign.into()).unwrap_or(sign)
            } else {
                sign
            });
        }
    }

    /// A word that says where the words of its group go; whether it is one.
    fn destination(&mut self, name: &str, starred: bool) -> bool {
        let to = match name {
            "fonttbl" => To::Fonts,
            "stylesheet" => To::Styles,
            "fldinst" => To::Code,
            "sn" => To::Property,
            "shpinst" | "do" => To::Shape,
            "colortbl" | "info" | "nonshppict" | "shprslt" | "objdata" | "sv" | "upr" | "xe" | "tc"
            | "template" | "filetbl" => To::Nowhere,
            "listtable" | "listoverridetable" => To::Lists(lists::Part::Table),
            "listtext" => To::Shown,
            "pict" => {
                self.body.shapes.pictures += usize::from(self.in_body());
                To::Nowhere
            }
            "object" => {
                self.body.shapes.objects += usize::from(self.in_body());
                To::Nowhere
            }
            "pntext" => {
                if let Some(outer) = self.outer.last_mut() {
                    outer.numbered = Some(true);
                }
                To::Shown
            }
            "shptxt" | "dptxbxtext" => return self.begin_story(None),
            "header" | "headerl" | "headerr" | "headerf" => {
                return self.begin_story(Some(Aside::Of(Beside::Header)));
            }
            "footer" | "footerl" | "footerr" | "footerf" => {
                return self.begin_story(Some(Aside::Of(Beside::Footer)));
            }
            "footnote" => return self.begin_story(Some(Aside::Of(Beside::Footnote))),
            "annotation" => return self.begin_story(Some(Aside::Comment)),
            // A footnote that is an endnote says so at its beginning.
            "ftnalt" => {
                if let Some(story) = self.stories.last_mut()
                    && story.aside == Some(Aside::Of(Beside::Footnote))
                {
                    story.aside = Some(Aside::Of(Beside::Endnote));
                }
                return true;
            }
            "shppict" | "nesttableprops" | "cs" | "ts" | "ds" => return false,
            name if let To::Lists(part) = self.state.to
                && let Some(part) = part.begun_by(name) =>
            {
                To::Lists(part)
            }
            _ if starred => To::Nowhere,
            _ => return false,
        };
        // The value of a property may be a picture.
        let shown = name == "sv" && self.state.to == To::Shape;
        self.state.to = if shown { To::Shape } else { to };
        true
    }

    fn in_body(&self) -> bool {
        self.stories.iter().all(|story| story.aside.is_none())
    }

    fn begin_story(&mut self, aside: Option<Aside>) -> bool {
        if self.outer.is_empty() {
            return true;
        }
        self.stories.push(Story { aside, ..Story::default() });
        self.state.opens_story = true;
        (self.state.to, self.state.in_table, self.state.depth) = (To::Text, false, 0);
        true
    }

    fn end_story(&mut self) {
        if self.stories.last().is_some_and(|story| !story.open.text.is_empty()) {
            self.end_paragraph();
        }
        let Some(story) = self.stories.pop() else { return };
        let paragraphs = story.paragraphs.into_iter().chain(story.boxes);
        match (story.aside, self.stories.last_mut()) {
            (Some(Aside::Comment), _) => self.comments += 1,
            (Some(Aside::Of(beside)), outer) => {
                let call = self.beside.len().to_string();
                let paragraphs = paragraphs.collect();
                if let Some(outer) = outer {
                    let at = outer.open.text.len();
                    outer.open.calls.push((at, beside == Beside::Endnote, call.clone()));
                }
                self.beside.push(margin::Story { beside, call, paragraphs });
            }
            (None, Some(outer)) => {
                outer.boxes.extend(paragraphs.map(|paragraph| Paragraph { boxed: true, ..paragraph }));
            }
            (None, None) => paragraphs.for_each(|paragraph| self.body.push(paragraph)),
        }
    }

    /// Words that are signs, or end something; whether it is one.
    fn sign(&mut self, name: &str, number: Option<i32>) -> bool {
        let sign = match name {
            "u" => {
                self.unicode(number);
                return true;
            }
            "par" | "sect" => {
                self.end_paragraph();
                return true;
            }
            "page" | "column" => {
                if let Some(story) = self.stories.last_mut() {
                    story.page_break = !story.open.text.is_empty();
                }
                return true;
            }
            "cell" | "nestcell" => {
                let depth = if name == "cell" { 1 } else { self.depth().max(2) };
                self.end_cell(depth);
                return true;
            }
            "row" | "nestrow" => {
                // What is told once may hold for many rows.
                let columns = self.columns.clone();
                let depth = if name == "row" { 1 } else { self.depth().max(2) };
                if self.stories.len() == 1 {
                    self.tables.enter(depth, self.body.paragraphs.len());
                    self.tables.end_row(columns, self.body.paragraphs.len());
                }
                return true;
            }
            "tab" => '\t',
            "line" => '\n',
            "emdash" => '—',
            "endash" => '–',
            "lquote" => '‘',
            "rquote" => '’',
            "ldblquote" => '“',
            "rdblquote" => '”',
            "bullet" => '•',
            "emspace" => '\u{2003}',
            "enspace" => '\u{2002}',
            "qmspace" => '\u{2005}',
            _ => return false,
        };
        self.put(sign);
        true
    }

    /// Words that say how the text is to be taken; whether it is one.
    fn look(&mut self, name: &str, number: Option<i32>) -> bool {
        let on = number != Some(0);
        let state = &mut self.state;
        match name {
            "f" => state.font = number.unwrap_or(0),
            "uc" => state.instead = count(number),
            "ansicpg" => self.page = code_page(number.unwrap_or(0)),
            "v" => state.hidden = on,
            "deleted" => state.deleted = on,
            "revised" => self.body.tracked |= on,
            "plain" => (state.hidden, state.deleted, state.font) = (false, false, -1),
            "pard" => {
                (state.style, state.outline, state.numbered, state.list) = (0, None, None, None);
                (state.in_table, state.depth) = (false, 0);
            }
            "s" => state.style = number.unwrap_or(0),
            "outlinelevel" => state.outline = number.and_then(|n| u8::try_from(n).ok()),
            "ls" => {
                state.numbered = Some(number.unwrap_or(0) > 0);
                state.list.get_or_insert_default().number = number.and_then(|n| u32::try_from(n).ok());
            }
            "ilvl" => {
                state.list.get_or_insert_default().level = number.and_then(|n| u8::try_from(n).ok());
            }
            "pnlvlbody" | "pnlvlblt" => state.numbered = Some(true),
            "intbl" => state.in_table = true,
            "itap" => state.depth = count(number).min(DEEPEST),
            _ => return false,
        }
        true
    }

    /// Words that tell the columns of a row; whether it is one.
    fn row(&mut self, name: &str, number: Option<i32>) -> bool {
        /// Columns of the widest table that a word processor makes.
        const WIDEST: usize = 64;
        match name {
            "trowd" => (self.columns, self.merge) = (Columns::default(), Merge::default()),
            "trleft" => {
                if self.columns.edges.is_empty() {
                    self.columns.edges.push(number.unwrap_or(0));
                }
            }
            "clmrg" => self.merge.beside = true,
            "clvmrg" => self.merge.below = true,
            "cellx" if self.columns.merges.len() < WIDEST => {
                if self.columns.edges.is_empty() {
                    self.columns.edges.push(0);
                }
                self.columns.edges.push(number.unwrap_or(0));
                self.columns.merges.push(std::mem::take(&mut self.merge));
            }
            _ => return false,
        }
        true
    }

    /// How many tables the open paragraph stands in.
    fn depth(&self) -> usize {
        self.state.depth.max(usize::from(self.state.in_table))
    }

    fn end_paragraph(&mut self) {
        let depth = self.depth();
        self.end_with(depth);
    }

    fn end_cell(&mut self, depth: usize) {
        self.end_with(depth);
        if self.stories.len() == 1 {
            self.tables.end_cell(self.body.paragraphs.len());
        }
    }

    /// The open paragraph ends, which stands in so many tables.
    fn end_with(&mut self, depth: usize) {
        if self.state.to != To::Text {
            return;
        }
        let State { style, outline, numbered, list, deleted, .. } = self.state;
        let is_body = self.stories.len() == 1;
        let Some(story) = self.stories.last_mut() else { return };
        story.page_break = false;
        if deleted {
            // Its end was deleted: the text goes on in the next one.
            self.body.tracked = true;
            return;
        }
        let mut paragraph = std::mem::take(&mut story.open);
        (paragraph.style, paragraph.cell) = (Some(style.to_string()), depth > 0);
        (paragraph.outline, paragraph.numbered, paragraph.list) = (outline, numbered, list);
        paragraph.shown = std::mem::take(&mut self.shown);
        let boxes = std::mem::take(&mut story.boxes);
        if is_body {
            self.tables.enter(depth, self.body.paragraphs.len());
            self.body.push(paragraph);
            boxes.into_iter().for_each(|paragraph| self.body.push(paragraph));
        } else if story.paragraphs.len() <= LINES {
            story.paragraphs.push(paragraph);
            story.paragraphs.extend(boxes);
        }
    }
}

/// A number that counts something.
fn count(number: Option<i32>) -> usize {
    number.and_then(|n| usize::try_from(n).ok()).unwrap_or(0)
}
