//! What one place of the XML sets: of the letters (`w:rPr`), of a paragraph (`w:pPr`).
//!
//! Each value is there or not, and what comes later lies over what came before: defaults, the styles of a
//! chain, the paragraph, the run. A stretch is read once however often it stands in a document.

use crate::model::layout::{Align, LineHeight};
use crate::office::xml::{Element, Token, each, is_on};

/// A font by its name, or the theme's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Font {
    /// `仿宋`.
    Named(String),
    /// `minorEastAsia`: what the theme says.
    Theme(String),
}

/// What is set of letters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Letters {
    pub style: Option<String>,
    pub han: Option<Font>,
    pub latin: Option<Font>,
    /// A font that is named where the theme's is named too, or for Latin letters alone.
    pub unheard: Option<String>,
    pub size: Option<u32>,
    pub bold: Option<bool>,
    pub colour: Option<Option<[u8; 3]>>,
    /// Highlighted.
    pub highlit: Option<bool>,
    /// On a coloured ground.
    pub ground: Option<bool>,
    pub tracking: Option<i32>,
    pub hidden: Option<bool>,
}

/// What is set of a paragraph.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lines {
    pub style: Option<String>,
    pub align: Option<Align>,
    pub first: Option<i32>,
    pub first_characters: Option<i32>,
    pub left: Option<i32>,
    pub left_characters: Option<i32>,
    pub right: Option<i32>,
    pub right_characters: Option<i32>,
    pub before: Option<u32>,
    /// Hundredths of a line.
    pub before_lines: Option<u32>,
    pub after: Option<u32>,
    pub after_lines: Option<u32>,
    pub line: Option<u32>,
    pub rule: Option<String>,
    pub snaps: Option<bool>,
    pub numbered: Option<bool>,
    pub begins_page: Option<bool>,
    pub rule_above: Option<Option<[u8; 3]>>,
    pub rule_below: Option<Option<[u8; 3]>>,
    /// Where a frame puts it (`w:framePr`): centre, right, outside.
    pub frame: Option<String>,
}

/// Lays the values of the later one over those of the earlier.
macro_rules! lay {
    ($under:expr, $over:expr, $($value:ident),*) => {
        $(if $over.$value.is_some() { $under.$value.clone_from(&$over.$value); })*
    };
}

impl Letters {
    /// What a `w:rPr` sets.
    pub fn read(xml: &str) -> Self {
        let mut set = Self::default();
        properties(xml, |path, e| {
            let [name] = path else { return };
            match *name {
                "rStyle" => set.style = e.attribute("val"),
                "rFonts" => set.fonts(e),
                "sz" => set.size = e.attribute("val").and_then(|v| half_points(&v)),
                "b" => set.bold = Some(on(e)),
                "color" => set.colour = Some(e.attribute("val").and_then(|v| colour(&v))),
                "spacing" => set.tracking = e.attribute("val").and_then(|v| twips(&v)),
                "highlight" => set.highlit = e.attribute("val").map(|v| v != "none"),
                "shd" => {
                    set.ground = Some(e.attribute("fill").and_then(|v| colour(&v)).is_some_and(is_bright))
                }
                "vanish" => set.hidden = Some(on(e)),
                _ => {}
            }
        });
        set
    }

    /// The fonts of one `w:rFonts`: a theme's stands before a name.
    fn fonts(&mut self, e: Element<'_>) {
        let named = |name: &str| e.attribute(name).filter(|n| !n.is_empty());
        let theme = |name: &str| named(name).map(Font::Theme);
        let (written, latin) = (named("eastAsia"), named("ascii").or_else(|| named("hAnsi")));
        let theirs = theme("eastAsiaTheme");
        self.unheard = match (&written, &theirs, &latin) {
            (Some(written), Some(_), _) => Some(written.clone()),
            // Set for Latin letters alone, though it is a font of Chinese.
            (None, None, Some(latin)) if !latin.is_ascii() => Some(latin.clone()),
            _ => None,
        };
        self.han = theirs.or(written.map(Font::Named));
        self.latin = theme("asciiTheme").or_else(|| theme("hAnsiTheme")).or(latin.map(Font::Named));
    }

    /// Lays another one over this.
    pub fn over(&mut self, other: &Self) {
        if other.han.is_some() || other.unheard.is_some() {
            self.unheard.clone_from(&other.unheard);
        }
        lay!(self, other, style, han, latin, size, bold, colour, highlit, ground, tracking, hidden);
    }
}

impl Lines {
    /// What a `w:pPr` sets.
    pub fn read(xml: &str) -> Self {
        let mut set = Self::default();
        properties(xml, |path, e| {
            let value = || e.attribute("val");
            match path {
                ["pStyle"] => set.style = value(),
                ["jc"] => set.align = value().map(|v| align(&v)),
                ["ind"] => set.indents(e),
                ["spacing"] => set.spacing(e),
                ["snapToGrid"] => set.snaps = Some(on(e)),
                ["numPr", "numId"] => set.numbered = value().map(|v| v != "0"),
                ["pageBreakBefore"] => set.begins_page = Some(on(e)),
                ["pBdr", "top"] => set.rule_above = Some(rule(e)),
                ["pBdr", "bottom"] => set.rule_below = Some(rule(e)),
                ["framePr"] => set.frame = e.attribute("xAlign"),
                _ => {}
            }
        });
        set
    }

    fn indents(&mut self, e: Element<'_>) {
        let length = |names: &[&str]| names.iter().find_map(|n| e.attribute(n)).and_then(|v| twips(&v));
        // No line is a thousand characters long.
        let counts = |n: &i32| n.unsigned_abs() < 100_000;
        let plain = |names: &[&str]| {
            let value = names.iter().find_map(|n| e.attribute(n));
            value.and_then(|v| v.trim().parse::<i32>().ok()).filter(counts)
        };
        let hanging = length(&["hanging"]).map(|v| -v);
        self.first = hanging.or_else(|| length(&["firstLine"]));
        let hanging = plain(&["hangingChars"]).filter(|&v| v != 0).map(|v| -v);
        self.first_characters = hanging.or_else(|| plain(&["firstLineChars"]));
        self.left = length(&["left", "start"]);
        self.left_characters = plain(&["leftChars", "startChars"]);
        self.right = length(&["right", "end"]);
        self.right_characters = plain(&["rightChars", "endChars"]);
    }

    fn spacing(&mut self, e: Element<'_>) {
        /// What a web page's own spacing comes to.
        const AUTOMATIC: u32 = 280;
        let length = |name| e.attribute(name).and_then(|v| twips(&v)).and_then(|v| u32::try_from(v).ok());
        let lines = |name| e.attribute(name).and_then(|v| v.trim().parse().ok());
        let automatic = |name| e.attribute(name).is_some_and(|v| is_on(Some(&v)));
        let of = |auto, name| if automatic(auto) { Some(AUTOMATIC) } else { length(name) };
        self.before = of("beforeAutospacing", "before");
        self.after = of("afterAutospacing", "after");
        self.before_lines = lines("beforeLines");
        self.after_lines = lines("afterLines");
        self.line = length("line");
        self.rule = e.attribute("lineRule");
    }

    /// Lays another one over this.
    pub fn over(&mut self, other: &Self) {
        lay!(self, other, style, align, first, first_characters, left, left_characters, right);
        lay!(self, other, right_characters, before, before_lines, after, after_lines, line, rule);
        lay!(self, other, snaps, numbered, begins_page, rule_above, rule_below, frame);
    }

    /// How lines follow one another.
    pub fn height(&self) -> LineHeight {
        let line = self.line.filter(|&line| line > 0).unwrap_or(240);
        match self.rule.as_deref() {
            Some("exact") => LineHeight::Exact(line),
            Some("atLeast") => LineHeight::AtLeast(line),
            _ => LineHeight::Times(line),
        }
    }
}

/// Shows `see` every element below the root of a stretch, with the names that lead there; what was before a
/// change of format, and what is set of a paragraph's mark or of its section, is passed over.
fn properties(xml: &str, mut see: impl FnMut(&[&str], Element<'_>)) {
    /// How deep anything stands that is looked at.
    const DEEPEST: usize = 3;
    let (mut path, mut depth, mut passed): (Vec<String>, usize, Option<usize>) = (Vec::new(), 0, None);
    // A stretch was well formed when it was found.
    let _ = each(xml, |token, _| match token {
        Token::Start(e) => {
            depth += 1;
            if depth == 1 || passed.is_some() || depth > DEEPEST {
                return;
            }
            let name = e.name();
            if matches!(name, "pPrChange" | "rPrChange" | "rPr" | "sectPr") {
                passed = Some(depth);
                return;
            }
            path.truncate(depth - 2);
            path.push(name.to_owned());
            let names: Vec<&str> = path.iter().map(String::as_str).collect();
            see(&names, e);
        }
        Token::End(_) => {
            if passed == Some(depth) {
                passed = None;
            }
            depth = depth.saturating_sub(1);
        }
        _ => {}
    });
}

/// A yes-or-no property.
fn on(e: Element<'_>) -> bool {
    is_on(e.attribute("val").as_deref())
}

/// The colour of a rule, if there is one.
fn rule(e: Element<'_>) -> Option<[u8; 3]> {
    let drawn = e.attribute("val").is_some_and(|v| v != "nil" && v != "none");
    drawn.then(|| e.attribute("color").and_then(|v| colour(&v)).unwrap_or_default())
}

fn align(value: &str) -> Align {
    match value {
        "center" => Align::Centre,
        "right" | "end" => Align::Right,
        "both" | "distribute" => Align::Both,
        _ => Align::Left,
    }
}

/// `FF0000`; `None` for the automatic one.
pub fn colour(value: &str) -> Option<[u8; 3]> {
    let number = (value.len() == 6).then(|| u32::from_str_radix(value, 16).ok()).flatten()?;
    let [_, red, green, blue] = number.to_be_bytes();
    Some([red, green, blue])
}

/// Whether a ground is of a colour, and neither white nor grey.
fn is_bright(colour: [u8; 3]) -> bool {
    let (least, most) = (colour.iter().min(), colour.iter().max());
    least.zip(most).is_some_and(|(least, most)| most - least > 0x30)
}

/// A length in twips: `2098`, or with a unit as strict files have it: `37mm`.
pub fn twips(value: &str) -> Option<i32> {
    let value = value.trim();
    let unit = value.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+'));
    let number: f64 = value[..value.len() - unit.len()].parse().ok()?;
    let twips = match unit {
        "" => number,
        "mm" => number * 1440.0 / 25.4,
        "cm" => number * 1440.0 / 2.54,
        "in" => number * 1440.0,
        "pt" => number * 20.0,
        "pc" | "pi" => number * 240.0,
        _ => return None,
    };
    // No sheet is wider than 22 inches in Word.
    #[expect(clippy::cast_possible_truncation, reason = "in bounds")]
    (twips.abs() < 1e6).then(|| twips.round() as i32)
}

/// A size in half-points: `32`, or `16pt`.
fn half_points(value: &str) -> Option<u32> {
    if value.trim().bytes().all(|b| b.is_ascii_digit()) {
        return value.trim().parse().ok().filter(|&size| size < 10_000);
    }
    twips(value).and_then(|twips| u32::try_from(twips / 10).ok())
}
