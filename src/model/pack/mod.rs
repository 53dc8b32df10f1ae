//! Packs of dated words (词库): what changes from year to year and an office renews by itself: names of
//! offices, set phrases, words of a time, congresses and plenums, places.
//!
//! The program has tables of each, and [`Pack`] holds what stands in an office's own files beside or in
//! the place of them: a row of the same name counts instead of the built-in one. [`load`](mod@load) reads a
//! file; which files count says `词库` in `wengao.yaml`.

mod load;
mod stub;

use std::borrow::Cow;
use std::sync::Arc;

use crate::base::{Place, Text, han::Date};
pub use load::load;
pub use stub::stub;

/// A word of the tables, built in or from a file.
pub type Word = Cow<'static, str>;

/// What the packs of an office say, all of them together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pack {
    /// Which packs these are, in order.
    pub titles: Vec<Title>,
    /// Offices that were renamed or dissolved (机构).
    pub bodies: Vec<Body>,
    /// Set phrases (提法).
    pub formulas: Vec<Formula>,
    /// Words of a time (时限).
    pub eras: Vec<Era>,
    /// Congresses and plenums (届次).
    pub sessions: Vec<Session>,
    /// Places that are new or have a new name (地名).
    pub places: Vec<NewPlace>,
}

/// Which pack it is, and of when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// What it is called (名称).
    pub name: String,
    /// The day on which it was brought up to date (日期).
    pub day: Date,
    /// The file.
    pub file: Arc<str>,
}

impl Title {
    /// Name and day in words: “机构和提法（2027年3月1日）”.
    #[must_use]
    pub fn label(&self) -> String {
        format!("{}（{}）", self.name, self.day)
    }
}

/// Something that is known by a name.
pub trait Named {
    /// The name.
    fn name(&self) -> &str;
}

/// An office that was renamed or dissolved (机构).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    /// The name that was given up.
    pub name: Word,
    /// The last day on which a paper may still speak of it as it is.
    pub until: Date,
    /// How the name is read.
    pub how: BodyName,
    /// What has followed it; empty if nothing has.
    pub successor: Word,
    /// The decision.
    pub basis: Text,
}

/// How the name of an office is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyName {
    /// A name in full (全称).
    Full,
    /// Part of longer words too (简称): only by itself, or behind 县, 市, 省.
    Short,
    /// Some places keep it (保留): only a hint.
    Kept,
}

impl BodyName {
    /// The one of a word of the tables.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        match word {
            "full" | "全称" => Some(Self::Full),
            "short" | "简称" => Some(Self::Short),
            "hint" | "保留" => Some(Self::Kept),
            _ => None,
        }
    }
}

/// A set phrase (提法) with its members, and what has followed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formula {
    /// The phrase: 四个自信.
    pub name: Word,
    /// Words by which its members are known in a sentence.
    pub members: Vec<Word>,
    /// What has followed it, since which month, and on what basis.
    pub successor: Option<(Word, Date, Word)>,
    /// A word that must stand near for the phrase to be meant; empty if none need.
    pub context: Word,
    /// On what basis the members are these.
    pub basis: Word,
}

/// A word that fixes a text to a time (时限).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Era {
    /// The words.
    pub name: Word,
    /// The last day on which a text may say them of its own time.
    pub until: Date,
    /// Stale only as something still to be done.
    pub forward: bool,
    /// Why.
    pub basis: Text,
}

/// A congress of the Party (党代会) or a plenum of its committee (中央全会).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The number of the congress, or of that whose committee met.
    pub congress: u8,
    /// The number of the plenum; `None` for the congress itself.
    pub plenum: Option<u8>,
    /// The day on which it closed.
    pub closed: Date,
    /// Words by which what it resolved is known.
    pub resolved: Vec<String>,
}

/// A place that is new or has a new name (地名).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPlace {
    /// Its full name.
    pub name: String,
    /// The full names that it had, or of those that were joined in it.
    pub former: Vec<String>,
    /// The division that it belongs to, by its full name with its own upper level where needed.
    pub upper: String,
    /// Its code of GB/T 2260, where it is known.
    pub code: Option<u32>,
    /// Since which day.
    pub since: Date,
    /// Where the file says so.
    pub at: Place,
}

impl Named for Body {
    fn name(&self) -> &str {
        &self.name
    }
}

impl Named for Formula {
    fn name(&self) -> &str {
        &self.name
    }
}

impl Named for Era {
    fn name(&self) -> &str {
        &self.name
    }
}

impl Pack {
    /// Lays a later pack over these: what it names counts as it says.
    pub fn lay_over(&mut self, later: Self) {
        self.titles.extend(later.titles);
        over(&mut self.bodies, later.bodies, |a, b| a.name == b.name);
        over(&mut self.formulas, later.formulas, |a, b| a.name == b.name);
        over(&mut self.eras, later.eras, |a, b| a.name == b.name);
        over(&mut self.sessions, later.sessions, |a, b| (a.congress, a.plenum) == (b.congress, b.plenum));
        over(&mut self.places, later.places, |a, b| a.name == b.name);
    }
}

fn over<T>(rows: &mut Vec<T>, later: Vec<T>, same: fn(&T, &T) -> bool) {
    rows.retain(|row| !later.iter().any(|new| same(row, new)));
    rows.extend(later);
}
