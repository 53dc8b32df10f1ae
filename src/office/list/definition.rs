//! What lists look like: `numbering.xml`.

use std::collections::HashMap;

use super::signs::Signs;
use crate::office::look::sheet::Sheet;
use crate::office::xml::{Element, Token, each, is_on};

/// Levels of a list.
pub const LEVELS: usize = 9;

/// One level (级别) of a list.
#[derive(Debug, Clone)]
pub struct Level {
    /// The first number.
    pub start: u32,
    /// How numbers are written.
    pub signs: Signs,
    /// What is shown, with `%1` to `%9` for the numbers of the levels.
    pub text: String,
    /// What stands between number and text: a tab, a space, nothing.
    pub parted: bool,
    /// The level, from 1, after which it begins anew; 0 never, `None` after any that is higher.
    pub restart: Option<u8>,
    /// Whether all numbers in it are Arabic (正规形式编号).
    pub legal: bool,
    /// The style of paragraphs that stand on it.
    pub style: Option<String>,
}

impl Default for Level {
    fn default() -> Self {
        let (text, signs) = (String::new(), Signs::Decimal);
        Self { start: 1, signs, text, parted: true, restart: None, legal: false, style: None }
    }
}

/// A kind of list: `w:abstractNum`.
#[derive(Debug, Default)]
pub(super) struct Kind {
    pub(super) levels: [Option<Level>; LEVELS],
    /// The style of lists that it is.
    is_style: Option<String>,
    /// The style of lists that it takes its levels from.
    of_style: Option<String>,
}

/// A list: `w:num`.
#[derive(Debug, Default)]
pub(super) struct List {
    pub(super) kind: u32,
    /// Levels that are set otherwise here.
    pub(super) levels: HashMap<u8, Level>,
    /// First numbers that are set otherwise here.
    pub(super) starts: HashMap<u8, u32>,
}

/// All lists of a document.
#[derive(Debug, Default)]
pub struct Lists {
    pub(super) kinds: HashMap<u32, Kind>,
    pub(super) lists: HashMap<u32, List>,
}

impl Lists {
    /// Reads `numbering.xml` as far as it is well formed.
    pub fn read(xml: &str) -> Self {
        let mut reading = Reading::default();
        // Of a damaged part as much counts as can be read.
        let _ = each(xml, |token, _| match token {
            Token::Start(e) => reading.start(e),
            Token::End(name) => reading.end(name),
            _ => {}
        });
        reading.lists.settle();
        reading.lists
    }

    /// Makes lists that take their levels from a style of lists of the kind that is that style.
    fn settle(&mut self) {
        let mut styles: HashMap<&str, u32> = HashMap::new();
        for (id, kind) in &self.kinds {
            let Some(style) = &kind.is_style else { continue };
            styles.entry(style).and_modify(|known| *known = (*known).min(*id)).or_insert(*id);
        }
        for list in self.lists.values_mut() {
            let style = self.kinds.get(&list.kind).and_then(|kind| kind.of_style.as_deref());
            list.kind = style.and_then(|style| styles.get(style)).copied().unwrap_or(list.kind);
        }
    }

    /// The kind of a list, which all lists of that kind count together; `None` of no list.
    pub fn kind(&self, number: u32) -> Option<u32> {
        let kind = self.lists.get(&number)?.kind;
        self.kinds.contains_key(&kind).then_some(kind)
    }

    /// A level of a list.
    pub fn level(&self, number: u32, level: u8) -> Option<&Level> {
        let list = self.lists.get(&number)?;
        let of_kind = || self.kinds.get(&list.kind)?.levels.get(usize::from(level))?.as_ref();
        list.levels.get(&level).or_else(of_kind)
    }

    /// The first number of a level where a list sets it for itself.
    pub fn start(&self, number: u32, level: u8) -> Option<u32> {
        self.lists.get(&number)?.starts.get(&level).copied()
    }

    /// The level of a list that a style of paragraphs stands on, itself or one that it is based on.
    pub fn level_of_style(&self, number: u32, sheet: &Sheet, style: Option<&str>) -> Option<u8> {
        let row = style.and_then(|id| sheet.row(id)).or(sheet.default)?;
        sheet.chain(row).find_map(|(_, style)| {
            let on = |level: &Level| level.style.as_deref() == Some(&style.id);
            (0..9).find(|&level| self.level(number, level).is_some_and(on))
        })
    }
}

/// The part while it is read.
#[derive(Default)]
struct Reading {
    lists: Lists,
    kind: Option<(u32, Kind)>,
    list: Option<(u32, List)>,
    level: Option<(u8, Level)>,
    /// The level that a list sets otherwise.
    other: Option<u8>,
    /// Alternatives that are open, and whether what is at hand is not to be read.
    choice: bool,
}

impl Reading {
    fn start(&mut self, e: Element<'_>) {
        let value = || e.attribute("val");
        let number = || value().and_then(|v| v.trim().parse::<u32>().ok());
        let id = |name: &str| e.attribute(name).and_then(|v| v.trim().parse::<u32>().ok());
        let depth = || id("ilvl").and_then(|l| u8::try_from(l).ok()).filter(|&l| usize::from(l) < LEVELS);
        match e.name() {
            // What newer programs write; the other one is read, which all of them know.
            "Choice" => self.choice = true,
            _ if self.choice => {}
            "abstractNum" => self.kind = id("abstractNumId").map(|id| (id, Kind::default())),
            "num" => self.list = id("numId").map(|id| (id, List::default())),
            "lvlOverride" => self.other = depth(),
            "lvl" => self.level = depth().map(|level| (level, Level::default())),
            "abstractNumId" => {
                if let (Some((_, list)), Some(kind)) = (&mut self.list, number()) {
                    list.kind = kind;
                }
            }
            "startOverride" => {
                if let (Some((_, list)), Some(level), Some(start)) = (&mut self.list, self.other, number()) {
                    list.starts.insert(level, start);
                }
            }
            "styleLink" => self.of_kind(|kind| kind.is_style = value()),
            "numStyleLink" => self.of_kind(|kind| kind.of_style = value()),
            name => {
                if let Some((_, level)) = &mut self.level {
                    level.set(name, e);
                }
            }
        }
    }

    fn of_kind(&mut self, set: impl FnOnce(&mut Kind)) {
        if let Some((_, kind)) = &mut self.kind {
            set(kind);
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "Choice" => self.choice = false,
            _ if self.choice => {}
            "lvl" => {
                let Some((depth, level)) = self.level.take() else { return };
                match (&mut self.list, &mut self.kind) {
                    (Some((_, list)), _) => drop(list.levels.insert(depth, level)),
                    (None, Some((_, kind))) => kind.levels[usize::from(depth)] = Some(level),
                    _ => {}
                }
            }
            "lvlOverride" => self.other = None,
            "abstractNum" => self.lists.kinds.extend(self.kind.take()),
            "num" => self.lists.lists.extend(self.list.take()),
            _ => {}
        }
    }
}

impl Level {
    fn set(&mut self, name: &str, e: Element<'_>) {
        let value = || e.attribute("val");
        match name {
            "start" => self.start = value().and_then(|v| v.trim().parse().ok()).unwrap_or(1),
            "numFmt" => self.signs = Signs::named(&value().unwrap_or_default()),
            "lvlText" => self.text = value().unwrap_or_default(),
            "suff" => self.parted = value().as_deref() != Some("nothing"),
            "lvlRestart" => self.restart = value().and_then(|v| v.trim().parse().ok()),
            "isLgl" => self.legal = is_on(value().as_deref()),
            "pStyle" => self.style = value(),
            _ => {}
        }
    }
}
