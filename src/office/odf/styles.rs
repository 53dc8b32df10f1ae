//! What the styles of an .odt say: of paragraphs their names, levels and lists, of lists how their numbers look.

use std::collections::{HashMap, HashSet};

use crate::office::list::definition::LEVELS;
use crate::office::list::signs::Signs;
use crate::office::xml::{Element, Token, each};

/// A style of paragraphs.
#[derive(Debug, Default)]
pub struct Style {
    /// Its name as people see it.
    pub shown: String,
    /// The style that it comes from.
    pub parent: Option<String>,
    /// Its outline level, from 1.
    pub outline: Option<u8>,
    /// The style of lists that it asks for; empty where it asks for none.
    list: Option<String>,
}

/// One level of a style of lists.
#[derive(Debug, Clone)]
pub(super) struct Level {
    /// The first number.
    pub start: u32,
    /// How numbers are written.
    pub signs: Signs,
    /// What is shown, with `%1%` to `%9%` for the numbers of the levels, if it says so itself.
    pub text: Option<String>,
    pub before: String,
    pub after: String,
    /// How many levels are shown.
    pub shown: u8,
    /// Whether something parts number and text.
    pub parted: bool,
}

/// A style of lists, by level from 0; `None` where a level has no row, or a picture.
pub(super) type ListStyle = [Option<Level>; LEVELS];

/// The styles of a document, by name.
#[derive(Debug, Default)]
pub struct Styles {
    paragraphs: HashMap<String, Style>,
    lists: HashMap<String, ListStyle>,
    outline: ListStyle,
    /// Styles of spans and of paragraphs whose letters are not shown.
    hidden: HashSet<(bool, String)>,
}

impl Styles {
    /// Takes in the styles of a part.
    pub fn read(&mut self, xml: &str) {
        let mut reading = Reading { styles: self, family: None, list: None, level: None };
        // Of a damaged part as much counts as can be read.
        let _ = each(xml, |token, _| match token {
            Token::Start(e) => reading.start(e),
            Token::End(name) => reading.end(name),
            _ => {}
        });
    }

    /// A style of paragraphs and those that it comes from, each with its name; the last one of a chain has a
    /// name alone where the document does not define it.
    pub fn chain<'s>(&'s self, name: Option<&'s str>) -> impl Iterator<Item = (&'s str, Option<&'s Style>)> {
        /// Styles one after the other; more are a circle.
        const LONGEST: usize = 32;
        let step = |name: &'s str| (name, self.paragraphs.get(name));
        std::iter::successors(name.map(step), move |(_, style)| {
            Some(step(style.as_ref()?.parent.as_deref()?))
        })
        .take(LONGEST)
    }

    /// The outline level, from 1, of a heading outside of lists, which may have one of its own; `None` where its
    /// style asks for no list.
    pub(super) fn outline_level(&self, name: Option<&str>, own: Option<u8>) -> Option<u8> {
        for style in self.chain(name).filter_map(|(_, style)| style) {
            if style.outline.is_some() {
                return style.outline;
            }
            if style.list.is_some() {
                return None;
            }
        }
        own
    }

    /// Whether a style hides the letters of a span, or of a paragraph.
    pub(super) fn hides(&self, of_paragraphs: bool, name: Option<&str>) -> bool {
        if self.hidden.is_empty() {
            return false;
        }
        if of_paragraphs {
            return self.chain(name).any(|(name, _)| self.hidden.contains(&(true, name.to_owned())));
        }
        name.is_some_and(|name| self.hidden.contains(&(false, name.to_owned())))
    }

    /// A style of lists.
    pub(super) fn list(&self, name: &str) -> Option<&ListStyle> {
        self.lists.get(name)
    }

    /// How the outline is numbered (章节编号).
    pub(super) const fn outline(&self) -> &ListStyle {
        &self.outline
    }
}

/// A part while it is read.
struct Reading<'s> {
    styles: &'s mut Styles,
    /// The open style: whether it is one of paragraphs, and its name.
    family: Option<(bool, String)>,
    /// The open style of lists; without a name it is the outline's.
    list: Option<(Option<String>, ListStyle)>,
    level: Option<usize>,
}

impl Reading<'_> {
    fn start(&mut self, e: Element<'_>) {
        match e.name() {
            "style" => self.style(e),
            "text-properties" if e.attribute("display").as_deref() == Some("none") => {
                self.styles.hidden.extend(self.family.clone());
            }
            "list-style" => self.list = e.attribute("name").map(|name| (Some(name), ListStyle::default())),
            "outline-style" => self.list = Some((None, ListStyle::default())),
            "list-level-style-number" | "outline-level-style" => self.level(e, true),
            "list-level-style-bullet" => self.level(e, false),
            "list-level-label-alignment" => {
                let parted = e.attribute("label-followed-by").as_deref() != Some("nothing");
                if let (Some((_, list)), Some(level)) = (&mut self.list, self.level)
                    && let Some(level) = &mut list[level]
                {
                    level.parted = parted;
                }
            }
            _ => {}
        }
    }

    fn style(&mut self, e: Element<'_>) {
        let Some(name) = e.attribute("name") else { return };
        let of_paragraphs = match e.attribute("family").as_deref() {
            Some("paragraph") => true,
            Some("text") => false,
            _ => return,
        };
        self.family = Some((of_paragraphs, name.clone()));
        if of_paragraphs {
            let shown = e.attribute("display-name").unwrap_or_else(|| plain(&name));
            let parent = e.attribute("parent-style-name");
            let outline = outline_level(e, "default-outline-level");
            let list = e.attribute("list-style-name");
            self.styles.paragraphs.insert(name, Style { shown, parent, outline, list });
        }
    }

    fn level(&mut self, e: Element<'_>, numbers: bool) {
        let number = |name: &str| e.attribute(name).and_then(|v| v.trim().parse::<u32>().ok());
        let depth = number("level").and_then(|l| usize::try_from(l).ok()?.checked_sub(1));
        self.level = depth.filter(|&depth| depth < LEVELS);
        let (Some((_, list)), Some(depth)) = (&mut self.list, self.level) else { return };
        let doubled = e.attribute("num-letter-sync").as_deref() == Some("true");
        let format = || Signs::of_odf(&e.attribute("num-format").unwrap_or_default(), doubled);
        list[depth] = Some(Level {
            start: number("start-value").unwrap_or(1),
            signs: if numbers { format() } else { Signs::Bullet },
            text: e.attribute("num-list-format"),
            before: e.attribute("num-prefix").unwrap_or_default(),
            after: e.attribute("num-suffix").unwrap_or_default(),
            shown: number("display-levels").and_then(|n| u8::try_from(n).ok()).unwrap_or(1),
            parted: true,
        });
    }

    fn end(&mut self, name: &str) {
        match name {
            "style" => self.family = None,
            "list-style" | "outline-style" => match self.list.take() {
                Some((Some(name), list)) => drop(self.styles.lists.insert(name, list)),
                Some((None, list)) => self.styles.outline = list,
                None => {}
            },
            "list-level-style-number" | "outline-level-style" | "list-level-style-bullet" => {
                self.level = None
            }
            _ => {}
        }
    }
}

/// An outline level, from 1.
pub fn outline_level(element: Element<'_>, attribute: &str) -> Option<u8> {
    element.attribute(attribute).and_then(|v| v.parse().ok()).filter(|level| (1..=9).contains(level))
}

/// A name as people see it: `Heading_20_1` is Heading 1.
pub fn plain(name: &str) -> String {
    name.replace("_20_", " ")
}
