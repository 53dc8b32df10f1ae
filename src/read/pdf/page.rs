//! What a page of a .pdf shows: its content, carried out as far as signs, rules and pictures go.

use std::collections::HashMap;
use std::rc::Rc;

use hayro_syntax::content::UntypedIter;
use hayro_syntax::object::{Array, Dict, Name, Object, Rect, Stream};
use hayro_syntax::page::{Page, Resources};

use super::font::{Font, Said, Shown};
use super::matrix::Matrix;
use super::path::Path;
use super::stream::Budget;
use crate::read::printed::{Glyph, Sheet, settle};

/// Instructions of a file that are carried out.
const INSTRUCTIONS: usize = 20_000_000;
/// As how many of them a drawing counts.
const DRAWING: usize = 500;
/// Signs of a file that are kept.
const SIGNS: usize = 4_000_000;
/// Drawings within drawings.
const DEEPEST: usize = 8;
/// States that are put aside.
const STACK: usize = 256;
/// Points that a picture is wide and high at least to show words.
const PICTURE: f32 = 60.0;
/// Characters of a replacement text that are put in the place of signs.
const REPLACED: usize = 4;

/// What is the same for all pages of a file.
pub struct File<'a> {
    pub budget: Budget,
    fonts: HashMap<u32, Rc<Font>>,
    instructions: usize,
    signs: usize,
    /// Signs of which nobody tells what they are.
    pub unknown: usize,
    /// Signs in all.
    pub known: usize,
    _of: std::marker::PhantomData<&'a ()>,
}

impl<'a> File<'a> {
    pub fn new() -> Self {
        Self {
            budget: Budget::new(),
            fonts: HashMap::new(),
            instructions: INSTRUCTIONS,
            signs: SIGNS,
            unknown: 0,
            known: 0,
            _of: std::marker::PhantomData,
        }
    }

    /// Whether the file holds more than is read of any.
    pub const fn is_over(&self) -> bool {
        self.budget.over || self.instructions == 0 || self.signs == 0
    }

    /// What a page shows.
    pub fn sheet(&mut self, page: &Page<'a>) -> Sheet {
        let Rect { x0, y0, x1, y1 } = page.media_box();
        #[expect(clippy::cast_possible_truncation, reason = "a place on a page")]
        let [x0, y0, x1, y1] = [x0, y0, x1, y1].map(|n| n as f32);
        let sheet = Sheet { width: x1 - x0, height: y1 - y0, ..Sheet::default() };
        // From the upper left corner downwards.
        let matrix = Matrix([1.0, 0.0, 0.0, -1.0, -x0, y1]);
        let mut view = View {
            file: self,
            sheet,
            state: State::new(matrix),
            stack: Vec::new(),
            marks: Vec::new(),
            text: Matrix::ONE,
            line: Matrix::ONE,
            path: Path::default(),
        };
        let dict = page.raw();
        let mut content = Vec::new();
        if let Some(stream) = dict.get::<Stream<'_>>("Contents") {
            content = view.file.budget.unpack(&stream).unwrap_or_default();
        } else if let Some(streams) = dict.get::<Array<'_>>("Contents") {
            for stream in streams.iter::<Stream<'_>>() {
                content.extend(view.file.budget.unpack(&stream).unwrap_or_default());
                content.push(b' ');
            }
        }
        view.draw(&content, page.resources(), 0);
        view.sheet
    }

    fn font(&mut self, fonts: &Dict<'_>, name: &Name<'_>) -> Option<Rc<Font>> {
        let id = fonts.get_ref(name).map(|id| id.obj_number);
        if let Some(font) = id.and_then(|id| self.fonts.get(&id)) {
            return Some(Rc::clone(font));
        }
        let font = Rc::new(Font::of(&fonts.get::<Dict<'_>>(name)?, &mut self.budget));
        if let Some(id) = id {
            self.fonts.insert(id, Rc::clone(&font));
        }
        Some(font)
    }
}

/// What is put aside and taken up again.
#[derive(Clone)]
struct State {
    matrix: Matrix,
    font: Option<Rc<Font>>,
    size: f32,
    letter: f32,
    word: f32,
    stretch: f32,
    leading: f32,
    rise: f32,
    /// How signs are painted; 3 is not at all.
    mode: i64,
}

impl State {
    const fn new(matrix: Matrix) -> Self {
        Self {
            matrix,
            font: None,
            size: 0.0,
            letter: 0.0,
            word: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            mode: 0,
        }
    }
}

/// A marked stretch of the content.
#[derive(Default)]
struct Mark {
    /// Whether it is a page's own: a number, a running head.
    furniture: bool,
    /// What stands for its signs.
    replaced: Option<String>,
}

/// A page while its content is carried out.
struct View<'f, 'a> {
    file: &'f mut File<'a>,
    sheet: Sheet,
    state: State,
    stack: Vec<State>,
    marks: Vec<Mark>,
    text: Matrix,
    line: Matrix,
    path: Path,
}

impl View<'_, '_> {
    fn draw(&mut self, content: &[u8], resources: &Resources<'_>, depth: usize) {
        let mut instructions = UntypedIter::new(content);
        let mut own: HashMap<Vec<u8>, Option<Rc<Font>>> = HashMap::new();
        while let Some(instruction) = instructions.next() {
            if self.file.instructions == 0 || self.file.signs == 0 {
                return;
            }
            self.file.instructions -= 1;
            let operator: &[u8] = instruction.operator;
            let mut operands = instruction.operands();
            match operator {
                b"Tf" => {
                    if let (Some(Object::Name(name)), Some(Object::Number(size))) =
                        (operands.next(), operands.next())
                    {
                        let known = own.get(&**name).cloned();
                        self.state.font = known.unwrap_or_else(|| {
                            let font = self.file.font(&resources.fonts, name);
                            own.insert(name.to_vec(), font.clone());
                            font
                        });
                        self.state.size = size.as_f32();
                    }
                }
                b"Do" => {
                    if let Some(Object::Name(name)) = operands.next()
                        && let Some(stream) = resources.get_x_object(name)
                    {
                        self.object(&stream, resources, depth);
                    }
                }
                b"BDC" | b"BMC" => self.mark(operands.next(), operands.next(), resources),
                b"BI" => self.picture(),
                b"TJ" => {
                    if let Some(Object::Array(array)) = operands.next() {
                        self.array(array);
                    }
                }
                b"Tj" | b"'" | b"\"" => {
                    if operator == b"\"" {
                        let spaces = numbers::<2>(&mut operands);
                        if let Some([word, letter]) = spaces {
                            (self.state.word, self.state.letter) = (word, letter);
                        }
                    }
                    if operator != b"Tj" {
                        self.next_line(0.0, -self.state.leading);
                    }
                    if let Some(Object::String(string)) = operands.next() {
                        self.show(string.as_bytes());
                    }
                }
                _ => self.plain(operator, operands),
            }
        }
    }

    /// Instructions that have numbers, or nothing, behind them.
    fn plain<'o, 'd: 'o>(&mut self, operator: &[u8], operands: impl Iterator<Item = &'o Object<'d>>) {
        let mut given = [0.0f32; 6];
        let mut count = 0;
        for object in operands.take(6) {
            if let Object::Number(number) = object {
                given[count] = number.as_f32();
                count += 1;
            }
        }
        let [a, b, c, d, ..] = given;
        match operator {
            b"q" if self.stack.len() < STACK => self.stack.push(self.state.clone()),
            b"Q" => {
                if let Some(state) = self.stack.pop() {
                    self.state = state;
                }
            }
            b"cm" if count == 6 => self.state.matrix = Matrix(given).then(self.state.matrix),
            b"BT" => (self.text, self.line) = (Matrix::ONE, Matrix::ONE),
            b"Tc" => self.state.letter = a,
            b"Tw" => self.state.word = a,
            b"Tz" => self.state.stretch = a / 100.0,
            b"TL" => self.state.leading = a,
            b"Ts" => self.state.rise = a,
            #[expect(clippy::cast_possible_truncation, reason = "a small number")]
            b"Tr" => self.state.mode = a as i64,
            b"Td" => self.next_line(a, b),
            b"TD" => {
                self.state.leading = -b;
                self.next_line(a, b);
            }
            b"Tm" if count == 6 => (self.text, self.line) = (Matrix(given), Matrix(given)),
            b"T*" => self.next_line(0.0, -self.state.leading),
            b"EMC" => drop(self.marks.pop()),
            b"m" => self.path.begin(self.state.matrix.point(a, b)),
            b"l" => self.path.line(self.state.matrix.point(a, b)),
            b"c" => self.path.curve(self.state.matrix.point(given[4], given[5])),
            b"v" | b"y" => self.path.curve(self.state.matrix.point(c, d)),
            b"h" => self.path.close(),
            b"re" => self.path.rectangle(self.state.matrix, [a, b, c, d]),
            b"s" | b"b" | b"b*" => {
                self.path.close();
                self.path.stroke(&mut self.sheet.strokes);
            }
            b"S" | b"B" | b"B*" => self.path.stroke(&mut self.sheet.strokes),
            b"f" | b"F" | b"f*" => self.path.fill(&mut self.sheet.strokes),
            b"n" => self.path.forget(),
            _ => {}
        }
    }

    fn next_line(&mut self, x: f32, y: f32) {
        self.line = Matrix([1.0, 0.0, 0.0, 1.0, x, y]).then(self.line);
        self.text = self.line;
    }

    /// A drawing or a picture that is kept elsewhere.
    fn object(&mut self, stream: &Stream<'_>, resources: &Resources<'_>, depth: usize) {
        let dict = stream.dict();
        let kind: Option<Name<'_>> = dict.get("Subtype");
        if kind.as_deref() == Some(b"Image") {
            return self.picture();
        }
        if kind.as_deref() != Some(b"Form") || depth >= DEEPEST {
            return;
        }
        self.file.instructions = self.file.instructions.saturating_sub(DRAWING);
        let Some(content) = self.file.budget.unpack(stream) else { return };
        let aside = (self.state.clone(), std::mem::take(&mut self.stack), self.text, self.line);
        if let Some(matrix) = dict.get::<Array<'_>>("Matrix") {
            let mut own = [0.0; 6];
            let given: Vec<f32> = matrix.iter::<f32>().take(6).collect();
            if given.len() == 6 {
                own.copy_from_slice(&given);
                self.state.matrix = Matrix(own).then(self.state.matrix);
            }
        }
        match dict.get::<Dict<'_>>("Resources") {
            Some(own) => self.draw(&content, &Resources::new(own), depth + 1),
            None => self.draw(&content, resources, depth + 1),
        }
        (self.state, self.stack, self.text, self.line) = aside;
    }

    /// A picture fills the unit square.
    fn picture(&mut self) {
        let (wide, high) = self.state.matrix.reach();
        self.sheet.pictures += usize::from(wide > PICTURE && high > PICTURE);
    }

    /// A stretch is marked, with properties that stand there or among the resources.
    fn mark(&mut self, tag: Option<&Object<'_>>, with: Option<&Object<'_>>, resources: &Resources<'_>) {
        let properties = with.and_then(|object| match object {
            Object::Dict(dict) => Some(dict.clone()),
            Object::Name(name) => resources.properties.get::<Dict<'_>>(name),
            _ => None,
        });
        let properties = properties.as_ref();
        let is_artifact = matches!(tag, Some(Object::Name(name)) if &**name == b"Artifact");
        let named = |key: &str| properties.and_then(|p| p.get::<Name<'_>>(key));
        let furniture = is_artifact
            && (named("Type").is_some_and(|name| &*name == b"Pagination")
                || named("Subtype").is_some_and(|name| matches!(&*name, b"Header" | b"Footer" | b"PageNum")));
        let replaced = properties.and_then(|p| p.get::<hayro_syntax::object::String<'_>>("ActualText"));
        let replaced = replaced.map(|words| text_string(words.as_bytes()));
        let replaced = replaced.filter(|words| words.chars().count() <= REPLACED);
        self.marks.push(Mark { furniture, replaced });
    }

    fn array(&mut self, array: &Array<'_>) {
        for object in array.iter::<Object<'_>>() {
            match object {
                Object::String(string) => self.show(string.as_bytes()),
                Object::Number(number) => {
                    let by = -number.as_f32() / 1000.0 * self.state.size * self.state.stretch;
                    self.text = Matrix([1.0, 0.0, 0.0, 1.0, by, 0.0]).then(self.text);
                }
                _ => {}
            }
        }
    }

    fn show(&mut self, string: &[u8]) {
        let Some(font) = self.state.font.clone() else { return };
        font.each(string, |shown| self.sign(shown));
    }

    /// A sign of a running head or foot.
    fn run(&mut self, shown: &Shown<'_>, foot: bool) {
        let says = |sign: char| sign.is_alphabetic() && !matches!(sign, '第' | '页' | '共');
        self.sheet.running[usize::from(foot)] |= match shown.said {
            Said::One(sign) => says(sign),
            Said::Several(words) => words.contains(says),
            Said::Unknown => false,
        };
    }

    fn sign(&mut self, shown: &Shown<'_>) {
        let State { size, letter, word, stretch, rise, mode, .. } = self.state;
        let place =
            Matrix([size * stretch, 0.0, 0.0, size, 0.0, rise]).then(self.text).then(self.state.matrix);
        let on = (shown.width * size + letter + if shown.blank { word } else { 0.0 }) * stretch;
        self.text = Matrix([1.0, 0.0, 0.0, 1.0, on, 0.0]).then(self.text);
        let (x, y) = place.point(0.0, 0.0);
        if self.marks.iter().any(|m| m.furniture) {
            return self.run(shown, y > self.sheet.height / 2.0);
        }
        let Some(turn) = place.turn().filter(|_| self.file.signs > 0) else { return };
        let (across, height) = place.lengths();
        self.file.signs -= 1;
        self.file.known += 1;
        self.sheet.unseen += usize::from(mode == 3);
        let mut put = |sign: char, part: f32, of: f32| {
            let width = shown.width * across / of;
            let along = match turn {
                0 => (x + width * part, y),
                1 => (x, y - width * part),
                2 => (x - width * part, y),
                _ => (x, y + width * part),
            };
            self.sheet.glyphs.push(Glyph {
                sign: settle(sign),
                x: along.0,
                y: along.1,
                width,
                size: height,
                turn,
            });
        };
        let mut several = |words: &str| {
            #[expect(clippy::cast_precision_loss, reason = "a few characters")]
            let of = words.chars().count().max(1) as f32;
            let mut part = 0.0;
            for sign in words.chars() {
                put(sign, part, of);
                part += 1.0;
            }
        };
        if let Some(words) = self.marks.iter_mut().rev().find_map(|m| m.replaced.as_mut()) {
            // The first sign says all; those that follow are empty.
            several(&std::mem::take(words));
            return;
        }
        match shown.said {
            Said::One(sign) => put(sign, 0.0, 1.0),
            Said::Several(words) => several(words),
            Said::Unknown => {
                self.file.unknown += 1;
                put('\u{FFFD}', 0.0, 1.0);
            }
        }
    }
}

fn numbers<'o, const N: usize>(
    operands: &mut (impl Iterator<Item = &'o Object<'o>> + 'o),
) -> Option<[f32; N]> {
    let mut out = [0.0; N];
    for n in &mut out {
        *n = match operands.next()? {
            Object::Number(number) => number.as_f32(),
            _ => return None,
        };
    }
    Some(out)
}

/// A string for people: UTF-16 with its mark, UTF-8 with its mark, else Latin.
fn text_string(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => {
            let units: Vec<u16> = rest.chunks_exact(2).map(|b| u16::from_be_bytes([b[0], b[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().map(|&b| char::from(b)).collect(),
    }
}
