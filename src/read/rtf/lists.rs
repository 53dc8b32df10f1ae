//! The lists of an RTF file: its tables of kinds of lists and of the lists that paragraphs name, while they
//! are read.

use std::collections::HashMap;

use crate::office::list::{LEVELS, Level, Lists, Signs, shown_of};

/// What of the tables a group is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// A table.
    Table,
    /// A kind of list.
    Kind,
    /// A level of a kind, or one that a list sets for itself.
    Level,
    /// What a level shows.
    Shown,
    /// A list.
    List,
    /// What a list sets for itself of a level.
    Own,
}

impl Part {
    /// The part that a control word begins within this one.
    pub fn begun_by(self, name: &str) -> Option<Self> {
        Some(match (self, name) {
            (Self::Table, "list") => Self::Kind,
            (Self::Table, "listoverride") => Self::List,
            (Self::Kind | Self::Own, "listlevel") => Self::Level,
            (Self::Level, "leveltext") => Self::Shown,
            (Self::List, "lfolevel") => Self::Own,
            _ => return None,
        })
    }
}

/// The tables while they are read.
#[derive(Default)]
pub struct Tables {
    lists: Lists,
    /// The kind at hand, or that of the list at hand.
    kind: u32,
    /// The levels of the kind at hand.
    levels: Vec<Level>,
    level: Level,
    shown: String,
    /// The list at hand: its number and what it sets for itself.
    number: u32,
    own_levels: HashMap<u8, Level>,
    starts: HashMap<u8, u32>,
    /// How many levels it has told of.
    told: u8,
    /// What it sets of this one: a first number, another level.
    start: Option<u32>,
    other: Option<Level>,
    starts_anew: bool,
}

impl Tables {
    /// A control word within a part.
    pub fn word(&mut self, part: Part, name: &str, number: Option<i32>) {
        let n = number.unwrap_or(0);
        let on = number != Some(0);
        let at_least_0 = u32::try_from(n).unwrap_or(0);
        match (part, name) {
            (Part::Kind | Part::List, "listid") => self.kind = n.cast_unsigned(),
            (Part::List, "ls") => self.number = at_least_0,
            // The second of both is the newer one and counts; they are the same but for ways that only it knows.
            (Part::Level, "levelnfc" | "levelnfcn") => {
                self.level.signs = Signs::coded(u16::try_from(n).unwrap_or(0));
            }
            (Part::Level, "levelstartat") => self.level.start = at_least_0,
            (Part::Own, "levelstartat") => self.start = Some(at_least_0),
            (Part::Own, "listoverridestartat") => self.starts_anew = on,
            (Part::Level, "levelfollow") => self.level.parted = n != 2,
            (Part::Level, "levellegal") => self.level.legal = on,
            (Part::Level, "levelnorestart") => self.level.restart = on.then_some(0),
            _ => {}
        }
    }

    /// A sign of what a level shows.
    pub fn sign(&mut self, sign: char) {
        self.shown.push(sign);
    }

    /// A part ends, which stood in another one.
    pub fn end(&mut self, part: Part, within: Option<Part>) {
        match part {
            Part::Shown => {
                // The first sign says how many follow.
                let shown = std::mem::take(&mut self.shown);
                let mut signs = shown.chars();
                let length = signs.next().map_or(0, |length| length as usize);
                self.level.text = shown_of(signs.take(length));
            }
            Part::Level => {
                let level = std::mem::take(&mut self.level);
                match within {
                    Some(Part::Own) => self.other = Some(level),
                    _ if self.levels.len() < LEVELS => self.levels.push(level),
                    _ => {}
                }
            }
            Part::Kind => self.lists.add_kind(self.kind, std::mem::take(&mut self.levels)),
            Part::Own => {
                let other = self.other.take();
                let start = other.as_ref().map(|level| level.start).or(self.start.take());
                if let Some(start) = start.filter(|_| std::mem::take(&mut self.starts_anew)) {
                    self.starts.insert(self.told, start);
                }
                self.own_levels.extend(other.map(|level| (self.told, level)));
                self.told = self.told.saturating_add(1);
            }
            Part::List => {
                let (levels, starts) =
                    (std::mem::take(&mut self.own_levels), std::mem::take(&mut self.starts));
                self.lists.add(self.number, self.kind, levels, starts);
                self.told = 0;
            }
            Part::Table => {}
        }
    }

    /// All lists.
    pub fn finish(self) -> Lists {
        self.lists
    }
}
