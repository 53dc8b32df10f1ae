//! `wengao` (文稿): drafting and checking of Chinese official documents, offline.
//!
//! Facts go in and a manuscript comes out; a manuscript goes in and findings come out. Nothing here
//! reads a disk, a clock or the environment: bytes come in, bytes go out, the same for the same.
//!
//! # A draft in six lines
//!
//! ```
//! use wengao::{Options, Settings, draft, library, writer};
//! # fn main() -> wengao::Result<()> {
//! let skeleton = library::built_in().skeleton("speech/mobilization")?;
//! let speech = draft(&skeleton, skeleton.example(), &Options::default())?;
//! assert!(speech.text().contains("同志们"));
//! let docx = writer("讲话稿.docx").expect("a known format").write(&speech, &Settings::default())?;
//! assert!(docx.starts_with(b"PK"));
//! # Ok(())
//! # }
//! ```
//!
//! `skeleton.example()` are the facts of an invented county; [`load_facts`] reads somebody's own from
//! YAML. A fact that a skeleton needs and nobody gave is an error that names it, with
//! [`ErrorKind::Missing`]; none is guessed.
//!
//! # A check in six lines
//!
//! ```
//! use wengao::{Case, Settings, check, read};
//! # fn main() -> wengao::Result<()> {
//! let manuscript = read("讲话稿.txt", "同志们：\n今年全县新建农村公路x公里。\n".as_bytes())?;
//! let settings = Settings::default();
//! let findings = check(&Case::new(&manuscript, &settings));
//! assert_eq!(findings[0].rule, "placeholder");
//! assert_eq!(&manuscript.text()[findings[0].range.clone()], "x");
//! # Ok(())
//! # }
//! ```
//!
//! [`read`] knows .docx, .doc, .rtf, .xlsx, .xls, .csv, .pdf, .odt, .ofd, .html, .eml, .txt and .md by content and name,
//! text in UTF-8, GB18030, Big5 or UTF-16. A [`Case`] may also know the facts that a document was written from, a day, other localities' facts and a
//! corpus of their documents; [`RULES`] are the rules, each with what it flags and leaves alone.
//!
//! # Where a finding stands
//!
//! A [`Manuscript`] is one flat text with side tables, and a [`Finding`] a range of its bytes. What the
//! bytes are is a block, where they came from a piece: a line of a .txt, a paragraph of a .docx, a
//! fact or a phrase of a draft.
//!
//! ```
//! use wengao::{BlockKind, Lang, read};
//! # fn main() -> wengao::Result<()> {
//! let manuscript = read("讲话稿.txt", "同志们：\n一、总体要求\n".as_bytes())?;
//! let heading = manuscript.block(manuscript.text().find("总体").unwrap()).unwrap();
//! assert!(matches!(heading.kind, BlockKind::Heading(1)));
//! # Ok(())
//! # }
//! ```
//!
//! [`REPORTS`] make of findings what a person or a program reads: a terminal's pictures, JSON, SARIF, a
//! page, comments inside the .docx.
//!
//! # What is stable
//!
//! What stands on this page is what there is: all else is private. Structs that are handed out and
//! enums that are matched are `#[non_exhaustive]` where they may grow; ids of rules, names of formats,
//! exit codes and the fields of JSON reports are kept (`ARCHITECTURE.md`, “Contracts”). Wordings of
//! messages, and which variant of a phrase a seed chooses, are not.
//!
//! The rooms behind the door, and why imports go down only, are in `ARCHITECTURE.md`.

#![cfg_attr(
    target_family = "wasm",
    allow(unused_imports, dead_code, reason = "the page in one file has one door")
)]

mod app;
mod base;
#[cfg(not(target_family = "wasm"))]
mod cli;
mod corpus;
mod draft;
mod extract;
mod gather;
#[cfg(not(target_family = "wasm"))]
mod lsp;
#[cfg(not(target_family = "wasm"))]
mod mcp;
mod model;
mod office;
mod page;
mod read;
mod renew;
mod report;
mod rules;
mod sheet;
#[cfg(test)]
mod tests;
mod write;

pub(crate) use base::lang::text;

pub use base::han::{Date, heading_number};
pub use base::{Error, ErrorKind, Lang, Place, Problem, Result, Text};
#[cfg(not(target_family = "wasm"))]
pub use cli::{Exit, World, command, run};
pub use corpus::disk::{DiskCorpus, Prepared, Writer as CorpusWriter, open as open_corpus};
pub use corpus::{Comparable, Corpus, Entry, PostingStore, Stock, fingerprints};
pub use draft::{Need, Options, Section, Skeleton, characters, draft, library, lint};
pub use extract::{Extracted, Fact as Slot, extract};
pub use model::facts::path::in_chinese;
pub use model::facts::{Figure, Record, Value, load as load_facts};
pub use model::settings::{Allow, Fonts};
pub use model::{
    Block, BlockKind, Fact, Facts, Finding, Fix, Manuscript, Mask, MaskKind, Piece, Row, Settings, Severity,
    Source, Table,
};
pub use office::{Comment, annotate};
pub use read::{READERS, Reader, read};
pub use report::{Checked, Document, REPORTS, Report, View};
pub use rules::{About, Case, Example, RULES, Rule, check};
pub use sheet::{Contents, Reading, read as read_table, write as write_workbook};
pub use write::fix::{Change, fix};
pub use write::{WRITERS, Writer, writer};

/// Counts of what official prose says, packed for the program: what `examples/counts/` makes.
pub mod counts {
    pub use crate::base::counts::{
        Alike, Alone, Between, Counts, EDGE, FAMILIES, FEATURES, FIGURE, Judge, LATIN, LONGEST, Letters,
        Likeness, SlipKind, Speller, Suspect, Tally, pack,
    };
    pub use crate::base::stable::{hash as stable_hash, mix as stable_mix};
}

/// Papers → the facts that they state (采集), each a range of its manuscript and as it stands there.
pub mod gathering {
    pub use crate::gather::{Found, Kind, Said, gather};
}

/// Last year's paper → this year's (沿用): what of a finished text may have to change, and the answers put in.
pub mod renewal {
    pub use crate::renew::{Answer, Answered, Row, answered, rows};
    pub use crate::rules::yearly::{Kind, Stretch, about, find};
}

/// The use cases, for a door of one's own (a page, an editor): what “check these papers” and “draft this
/// speech” mean, with files that come through [`Files`](door::Files), from a disk or from memory.
///
/// To check: names to [`plans`](door::plans), names and plans to [`Pile::of`](door::Pile::of), the pile to
/// [`check`](door::check), and what it gives to one of [`REPORTS`]; `tests/all/door.rs` does so.
pub mod door {
    pub use crate::app::check::{Pile, check};
    pub use crate::app::compare::{Compared, compare};
    pub use crate::app::draft::{Drafted, Order, draft};
    pub use crate::app::fix::{How, Mended, fix};
    pub use crate::app::plan::{Asked, Plan, plans};
    pub use crate::app::update::update;
    pub use crate::app::{Deaf, Files, InMemory, Listener, Office, Use};
    pub use crate::page::call;
}
