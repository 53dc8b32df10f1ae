//! The package for review (送审包): what a leader is handed beside a draft, so that he can see what stands
//! behind it before he signs.
//!
//! Here is what it holds, as plain values; [`xlsx`](mod@xlsx) and [`html`](mod@html) lay it out for people and
//! [`json`](mod@json) for programs. It is made in `app/package`. Everything in it is a statement that can be
//! looked up: a sentence has its number and place, a figure the fact that it is or the arithmetic by which it
//! came, and what has no ground says so.

mod called;
mod front;
mod html;
mod json;
mod labels;
mod words;
mod xlsx;

use std::ops::Range;

use crate::base::{Place, Text, han::Date};
use crate::model::Severity;

pub use called::called;
pub use html::html;
pub use json::{json, summary};
pub use xlsx::xlsx;

/// A document with what stands behind it.
#[derive(Debug, Clone)]
pub struct Package {
    /// What it is called: its title, else its name.
    pub title: String,
    /// The file that it is in; empty if it is in none.
    pub file: String,
    /// The skeleton that it was drafted from; empty if it was handed in.
    pub skeleton: String,
    /// What that skeleton is called.
    pub genre: Text,
    /// The day on which this was made.
    pub day: Date,
    /// Its sentences, in order; the number of one is its place here, from 1.
    pub sentences: Vec<Sentence>,
    /// What the check found, the gravest first.
    pub issues: Vec<Issue>,
    /// What somebody still has to settle.
    pub open: Vec<Open>,
    /// What is different from the last package; `None` if there was none.
    pub changes: Option<Changes>,
}

/// A sentence, a heading or a row of a table (句).
#[derive(Debug, Clone, Default)]
pub struct Sentence {
    /// The heading that it stands under; empty if there is none.
    pub heading: String,
    /// Where it stands: 第4段第2句, 表1第3行.
    pub place: Option<Text>,
    /// What it is, where it is no plain sentence: 标题, 表格.
    pub kind: Option<Text>,
    /// Its words; in a row of a table an LF parts the cells.
    pub text: String,
    /// Whether it is a row of a table.
    pub is_row: bool,
    /// Where its stretches came from, in order; empty of a document that was handed in.
    pub parts: Vec<Part>,
    /// Its figures, dates and names, each with its ground, in order.
    pub values: Vec<Value>,
}

/// A stretch of a sentence and where it came from.
#[derive(Debug, Clone)]
pub struct Part {
    /// Bytes of the sentence.
    pub range: Range<usize>,
    /// Where it came from.
    pub from: Evidence,
}

/// A figure, a date or a name of a sentence (数字、日期、人名).
#[derive(Debug, Clone)]
pub struct Value {
    /// Bytes of the sentence.
    pub range: Range<usize>,
    /// What it is.
    pub kind: Text,
    /// Whether there is a ground for it.
    pub standing: Standing,
    /// The grounds; of one that only has the same value, what has it.
    pub evidence: Vec<Evidence>,
}

/// Whether there is a ground for a value (有无依据).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// A fact says it, or it is computed from facts.
    Backed,
    /// A phrase of the bank says it.
    Phrase,
    /// The skeleton says it.
    Skeleton,
    /// It is at odds with the fact that it is about.
    AtOdds,
    /// A fact says it and another fact of the same thing says otherwise (事实互相矛盾).
    Conflict,
    /// Some fact has this value, but of something else as far as the words tell.
    SameOnly,
    /// No fact has it.
    Unbacked,
}

/// Where words came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Evidence {
    /// A fact.
    Fact(Basis),
    /// Computed from facts.
    Computed {
        /// Which.
        of: Vec<Basis>,
        /// The kind of arithmetic and the arithmetic itself, where it could be written out.
        sum: Option<(Text, String)>,
    },
    /// A phrase (套语).
    Phrase {
        /// Its id.
        id: String,
        /// Which of its variants, from 1.
        variant: u32,
        /// What it is for, and what it asserts.
        about: Option<(Text, Text)>,
    },
    /// A line of the skeleton or of one of its parts.
    Skeleton {
        /// The file.
        id: String,
        /// The line, from 1.
        line: u32,
    },
    /// The program: numbers of headings, the form's own signs.
    Program,
}

/// A fact as the ground of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basis {
    /// Its path of ids.
    pub path: String,
    /// Its key as a clerk writes it.
    pub key: String,
    /// The name of the record that it belongs to; empty if it belongs to none.
    pub of: String,
    /// The value as it is found there.
    pub said: String,
    /// Where it is stated.
    pub at: Option<Place>,
    /// Who gave it; empty if that is not said.
    pub source: String,
    /// Whether it was checked.
    pub state: State,
}

/// Whether a fact was checked (核实).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// 未核: the facts say that it was not.
    Unconfirmed,
    /// Nobody says.
    Unmarked,
    /// 已核: the facts say that it was.
    Confirmed,
}

/// Something that the check found.
#[derive(Debug, Clone)]
pub struct Issue {
    /// How grave.
    pub severity: Severity,
    /// The number of the sentence, from 0; `None` if it stands in none.
    pub sentence: Option<usize>,
    /// The words.
    pub words: String,
    /// The rule.
    pub rule: Text,
    /// What the rule goes by: a standard, the regulation, custom.
    pub authority: Text,
    /// What is wrong.
    pub message: Text,
    /// What to do.
    pub help: Option<Text>,
    /// The facts that it is about.
    pub facts: Vec<Basis>,
}

/// Something that is not settled (待办).
#[derive(Debug, Clone)]
pub struct Open {
    /// Of which kind.
    pub kind: OpenKind,
    /// What, and what to do.
    pub what: Text,
    /// Where the facts say it.
    pub at: Option<Place>,
    /// The sentences that rest on it, from 0.
    pub sentences: Vec<usize>,
}

/// Kinds of what is not settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OpenKind {
    /// 缺: the document needs a fact that nobody gave.
    Missing,
    /// 未核: a fact that it rests on was not checked.
    Unconfirmed,
    /// 事实矛盾: two facts say otherwise of one thing.
    Conflict,
    /// 与事实不符: a value that is at odds with its fact.
    AtOdds,
    /// 没有依据: a value without a ground.
    Unbacked,
    /// 旧值: the value of a fact that has changed still stands somewhere.
    OldValue,
    /// 核对: what may have to follow a fact that changed, or is not said any more because of one.
    Recheck,
    /// 过期: a day that is past.
    Expired,
    /// 陈旧: a figure of too early a year.
    Stale,
    /// 悬空: what belongs to nothing.
    Loose,
    /// 补上更好: a fact that would improve it.
    Wanted,
}

/// What is different from the last package.
#[derive(Debug, Clone)]
pub struct Changes {
    /// The day of the last package.
    pub since: String,
    /// Facts that changed, each with all that followed it.
    pub facts: Vec<Moved>,
    /// Sentences that changed, in order of the document.
    pub sentences: Vec<Change>,
    /// Why what followed a fact is told by grounds alone, where it is.
    pub note: Option<Text>,
}

/// A fact that changed.
#[derive(Debug, Clone)]
pub struct Moved {
    /// Its path of ids in the facts of today; of one that is gone, in those of last time.
    pub path: String,
    /// Its key as a clerk writes it.
    pub key: String,
    /// The name of its record; empty if it has none.
    pub of: String,
    /// Its value last time; empty if it is new.
    pub old: String,
    /// Its value now; empty if it is gone.
    pub new: String,
    /// Where it is stated now.
    pub at: Option<Place>,
    /// What followed it, in order of the document.
    pub followed: Vec<Followed>,
    /// Sentences of last time that are gone with it.
    pub gone: Vec<String>,
    /// Sentences in which its old value still stands, from 0.
    pub old_at: Vec<usize>,
    /// Changed sentences that do not speak of its record any more, by their places in [`Changes::sentences`].
    pub left_out: Vec<usize>,
}

/// A sentence that followed a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Followed {
    /// Its number, from 0.
    pub sentence: usize,
    /// In what way.
    pub how: How,
}

/// In what way a sentence followed a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// It says the fact.
    Said,
    /// A row of a table says it.
    Table,
    /// It says what is computed from it.
    Computed,
    /// It says the fact and what is computed from it.
    Both,
    /// It says the same and stands elsewhere now.
    Order,
    /// It is worded otherwise, or said at all, because of it.
    Wording,
}

/// A sentence that changed.
#[derive(Debug, Clone)]
pub struct Change {
    /// The sentence now, from 0; `None` if it is gone.
    pub sentence: Option<usize>,
    /// Its words last time; empty if it is new.
    pub old: String,
    /// Its words now; empty if it is gone.
    pub new: String,
    /// Whether it only stands elsewhere.
    pub moved: bool,
    /// The facts that it follows, by their places in [`Changes::facts`].
    pub facts: Vec<usize>,
    /// What it said last time and the document says nowhere now, as it is called.
    pub lost: Vec<String>,
}

/// How many of what there are: the first thing that is read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Values in all.
    pub values: usize,
    /// Days and years, of those.
    pub dates: usize,
    /// Numbers of documents, of those.
    pub numbers: usize,
    /// Names of persons, of those.
    pub persons: usize,
    /// With a ground in the facts.
    pub backed: usize,
    /// Computed, of those.
    pub computed: usize,
    /// Said by a phrase or the skeleton.
    pub worded: usize,
    /// Without a ground, or with another thing's value only.
    pub unbacked: usize,
    /// At odds with the facts.
    pub at_odds: usize,
    /// Of which the facts say two things.
    pub conflict: usize,
    /// Whose ground was checked.
    pub confirmed: usize,
    /// Whose ground the facts call unchecked.
    pub unconfirmed: usize,
    /// Of whose ground nobody says.
    pub unmarked: usize,
    /// Errors and warnings that the check found.
    pub errors: usize,
    /// See `errors`.
    pub warnings: usize,
    /// Hints that the check found.
    pub hints: usize,
}

impl Evidence {
    /// The facts behind it.
    #[must_use]
    pub fn bases(&self) -> &[Basis] {
        match self {
            Self::Fact(basis) => std::slice::from_ref(basis),
            Self::Computed { of, .. } => of,
            _ => &[],
        }
    }
}

impl Value {
    /// The facts on which it rests; none of one that only has the same value.
    pub fn bases(&self) -> impl Iterator<Item = &Basis> {
        let counts = matches!(self.standing, Standing::Backed | Standing::AtOdds | Standing::Conflict);
        self.evidence.iter().filter(move |_| counts).flat_map(Evidence::bases)
    }

    /// How well its grounds were checked: as well as the worst of them.
    #[must_use]
    pub fn state(&self) -> Option<State> {
        self.bases().map(|basis| basis.state).min()
    }

    /// Whether it is computed.
    #[must_use]
    pub fn is_computed(&self) -> bool {
        self.evidence.iter().any(|e| matches!(e, Evidence::Computed { .. }))
    }
}

impl Sentence {
    /// The facts behind all of it, each once, in order.
    #[must_use]
    pub fn bases(&self) -> Vec<&Basis> {
        let mut all: Vec<&Basis> = Vec::new();
        let parts = self.parts.iter().flat_map(|part| part.from.bases());
        for basis in parts.chain(self.values.iter().flat_map(Value::bases)) {
            if all.iter().all(|known| known.path != basis.path) {
                all.push(basis);
            }
        }
        all
    }
}

impl Package {
    /// How many of what there are.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for value in self.sentences.iter().flat_map(|s| &s.values) {
            counts.values += 1;
            match &*value.kind.en {
                "date" | "year" => counts.dates += 1,
                "document number" => counts.numbers += 1,
                "person" => counts.persons += 1,
                _ => {}
            }
            *match value.standing {
                Standing::Backed => &mut counts.backed,
                Standing::Phrase | Standing::Skeleton => &mut counts.worded,
                Standing::AtOdds => &mut counts.at_odds,
                Standing::Conflict => &mut counts.conflict,
                Standing::SameOnly | Standing::Unbacked => &mut counts.unbacked,
            } += 1;
            if value.standing != Standing::Backed {
                continue;
            }
            counts.computed += usize::from(value.is_computed());
            *match value.state() {
                Some(State::Confirmed) => &mut counts.confirmed,
                Some(State::Unconfirmed) => &mut counts.unconfirmed,
                _ => &mut counts.unmarked,
            } += 1;
        }
        for issue in &self.issues {
            *match issue.severity {
                Severity::Error => &mut counts.errors,
                Severity::Warning => &mut counts.warnings,
                Severity::Info => &mut counts.hints,
            } += 1;
        }
        counts
    }

    /// How many open points there are of a kind.
    #[must_use]
    pub fn open_of(&self, kind: OpenKind) -> usize {
        self.open.iter().filter(|open| open.kind == kind).count()
    }
}
