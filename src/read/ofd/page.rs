//! A page of an .ofd: its objects as signs, rules and pictures.

use super::POINTS;
use super::spread::{self, Spread};
use crate::office::xml::{Element, Token, each};
use crate::read::printed::{Glyph, Sheet, Stroke, settle};

/// A4, in millimetres.
const A4: (f32, f32) = (210.0, 297.0);
/// Millimetres that a picture is wide and high at least to show words.
const PICTURE: f32 = 20.0;
/// Signs of a page that are kept.
const SIGNS: usize = 400_000;

/// What a page holds.
pub struct Shown {
    pub sheet: Sheet,
    /// The id of its template.
    pub template: Option<String>,
    /// Whether its XML came to its end.
    pub whole: bool,
}

/// An object of text that is open.
#[derive(Default)]
struct Object {
    x: f32,
    y: f32,
    size: f32,
    matrix: Option<[f32; 6]>,
    /// Quarter turns of its signs.
    turn: u8,
    /// The width of its box.
    wide: f32,
    code: Option<Code>,
}

/// A `TextCode`: where its first sign stands and how far it is from one to the next.
#[derive(Default)]
struct Code {
    x: f32,
    y: f32,
    right: Vec<f32>,
    down: Vec<f32>,
    text: String,
}

/// Shapes with curves of a page without text from which on they are letters.
const SHAPES: usize = 20;

/// Whether a page says anything.
pub fn says(xml: &str) -> bool {
    let is_word = |c: char| c.is_alphabetic() && !matches!(c, '第' | '页' | '共');
    super::locations(xml, "TextCode").iter().any(|words| words.contains(is_word))
}

/// Width and height of a box: x y width height.
pub fn area(words: &str) -> Option<(f32, f32)> {
    match numbers(words)[..] {
        [_, _, wide, high] if wide > 0.0 && high > 0.0 => Some((wide, high)),
        _ => None,
    }
}

/// What a page holds; `area` is the size of the document's pages.
pub fn read(xml: &str, usual: Option<(f32, f32)>) -> Shown {
    let own = super::locations(xml, "PhysicalBox").first().and_then(|words| area(words));
    let (width, height) = own.or(usual).unwrap_or(A4);
    let mut sheet = Sheet { width: width * POINTS, height: height * POINTS, ..Sheet::default() };
    let (mut object, mut path, mut template, mut drawn) = (None, None, None, 0usize);
    let mut spreads = Vec::new();
    let whole = each(xml, |token, _| match token {
        Token::Start(e) => match e.name() {
            "Template" => template = e.attribute("TemplateID").or_else(|| template.take()),
            "TextObject" => object = Some(text_object(e)),
            "TextCode" => {
                if let Some(object) = &mut object {
                    object.open(e);
                }
            }
            "PathObject" => path = Some((boundary(e), String::new(), false)),
            "AbbreviatedData" => {
                if let Some(path) = &mut path {
                    path.2 = true;
                }
            }
            "ImageObject" => {
                let [_, _, wide, high] = boundary(e);
                sheet.pictures += usize::from(wide > PICTURE && high > PICTURE);
            }
            _ => {}
        },
        Token::End(name) => match name {
            "TextCode" => {
                if let Some(object) = &mut object {
                    object.close(&mut sheet, &mut spreads);
                }
            }
            "TextObject" => object = None,
            "AbbreviatedData" => {
                if let Some(path) = &mut path {
                    path.2 = false;
                }
            }
            "PathObject" => {
                if let Some((place, data, _)) = path.take() {
                    drawn += usize::from(data.contains(['B', 'Q']));
                    rule(place, &data, &mut sheet);
                }
            }
            _ => {}
        },
        Token::Text(words) | Token::Cdata(words) | Token::Reference(words) => {
            if let Some(code) = object.as_mut().and_then(|o| o.code.as_mut()) {
                code.text.push_str(&words);
            } else if let Some((_, data, true)) = &mut path {
                data.push_str(&words);
            }
        }
    });
    spread::lay(spreads, &mut sheet);
    // Letters that a converter made shapes of are a picture of a text.
    sheet.pictures += usize::from(sheet.glyphs.is_empty() && drawn >= SHAPES);
    Shown { sheet, template, whole }
}

fn text_object(e: Element<'_>) -> Object {
    let [x, y, wide, _] = boundary(e);
    // The standard writes it with a capital; not every maker does.
    let size = number(e, "Size").or_else(|| number(e, "size")).unwrap_or(0.0);
    let matrix = e.attribute("CTM").and_then(|words| <[f32; 6]>::try_from(numbers(&words)).ok());
    // Turned clockwise, by degrees.
    let turn = match number(e, "CharDirection") {
        Some(90.0) => 3,
        Some(180.0) => 2,
        Some(270.0) => 1,
        _ => 0,
    };
    Object { x, y, size, matrix, turn, wide, code: None }
}

impl Object {
    fn open(&mut self, e: Element<'_>) {
        // What is not said goes on from the last code.
        let (x, y) = (number(e, "X").unwrap_or(0.0), number(e, "Y").unwrap_or(0.0));
        let steps = |name: &str| e.attribute(name).map(|words| deltas(&words)).unwrap_or_default();
        self.code = Some(Code { x, y, right: steps("DeltaX"), down: steps("DeltaY"), text: String::new() });
    }

    fn close(&mut self, sheet: &mut Sheet, spreads: &mut Vec<Spread>) {
        let Some(code) = self.code.take() else { return };
        let Code { mut x, mut y, right, down, text } = code;
        let upright = right.is_empty() && !down.is_empty();
        // Line ends of the file are none of the text.
        let signs: Vec<char> = text.chars().filter(|c| !matches!(c, '\n' | '\r')).collect();
        let plain = self.matrix.is_none() && self.turn == 0 && down.is_empty();
        let place = (self.x + x, self.y + y);
        if let Some(spread) = plain.then(|| Spread::of(place, self.wide, self.size, &signs, &right)).flatten()
            && sheet.glyphs.len() + spreads.len() < SIGNS
        {
            spreads.push(spread);
            return;
        }
        for (n, &sign) in signs.iter().enumerate() {
            if sheet.glyphs.len() >= SIGNS {
                return;
            }
            let usual = spread::usual(sign) * self.size;
            let step = right.get(n).copied();
            // A step is as wide as the sign, unless the line was widened far.
            let width = step.filter(|s| (0.2 * usual..1.2 * usual).contains(s)).unwrap_or(usual);
            self.put(sign, (x, y), width, sheet);
            x += step.unwrap_or(if upright { 0.0 } else { usual });
            y += down.get(n).copied().unwrap_or(0.0);
        }
    }

    fn put(&self, sign: char, (x, y): (f32, f32), width: f32, sheet: &mut Sheet) {
        let [a, b, c, d, e, f] = self.matrix.unwrap_or([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);
        let place = (a * x + c * y + e + self.x, b * x + d * y + f + self.y);
        let (across, high) = (a.hypot(b), c.hypot(d));
        let level = |rise: f32, run: f32| rise.abs() <= 0.1 * run.abs() && run != 0.0;
        let own = if level(b, a) {
            if a > 0.0 { 0 } else { 2 }
        } else if level(a, b) {
            if b > 0.0 { 3 } else { 1 }
        } else {
            // A watermark.
            return;
        };
        sheet.glyphs.push(Glyph {
            sign: settle(sign),
            x: place.0 * POINTS,
            y: place.1 * POINTS,
            width: width * across * POINTS,
            size: self.size * high * POINTS,
            turn: (own + self.turn) & 3,
        });
    }
}

/// The straight lines of a path: `M 0 0 L 100 0 L 100 9 C`, of which C leads back to where it began.
fn rule([x, y, ..]: [f32; 4], data: &str, sheet: &mut Sheet) {
    let mut words = data.split_ascii_whitespace();
    let (mut first, mut at) = (None, None);
    let mut line = |from: Option<(f32, f32)>, to: Option<(f32, f32)>| {
        let (Some((x0, y0)), Some((x1, y1))) = (from, to) else { return };
        let [x0, x1] = [x0, x1].map(|n| (n + x) * POINTS);
        let [y0, y1] = [y0, y1].map(|n| (n + y) * POINTS);
        sheet.strokes.push(Stroke { x0, y0, x1, y1 });
    };
    while let Some(word) = words.next() {
        let mut point = || Some((words.next()?.parse::<f32>().ok()?, words.next()?.parse::<f32>().ok()?));
        match word {
            "M" | "S" => {
                at = point();
                first = at;
            }
            "L" => {
                let to = point();
                line(at, to);
                at = to;
            }
            "C" => {
                line(at, first);
                at = first;
            }
            // Where a curve leads is not asked.
            "B" | "Q" | "A" => at = None,
            _ => {}
        }
    }
}

fn boundary(e: Element<'_>) -> [f32; 4] {
    let given = e.attribute("Boundary").map(|words| numbers(&words)).unwrap_or_default();
    given.try_into().unwrap_or([0.0; 4])
}

fn number(e: Element<'_>, name: &str) -> Option<f32> {
    e.attribute(name)?.trim().parse().ok()
}

fn numbers(words: &str) -> Vec<f32> {
    words.split_ascii_whitespace().filter_map(|n| n.parse().ok()).take(16).collect()
}

/// Steps from sign to sign; `g 3 5` is three times five.
fn deltas(words: &str) -> Vec<f32> {
    let mut steps = Vec::new();
    let mut words = words.split_ascii_whitespace();
    while let Some(word) = words.next() {
        if word == "g" {
            let count: usize = words.next().and_then(|n| n.parse().ok()).unwrap_or(0);
            let step: f32 = words.next().and_then(|n| n.parse().ok()).unwrap_or(0.0);
            let left = SIGNS.saturating_sub(steps.len());
            steps.extend(std::iter::repeat_n(step, count.min(left)));
        } else {
            steps.push(word.parse().unwrap_or(0.0));
        }
    }
    steps
}
