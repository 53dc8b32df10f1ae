//! Floor 0: what every other floor stands on, and which knows none of them.
//!
//! Text in two languages, places, errors, encodings, YAML with positions, line arithmetic,
//! folding, Chinese numerals and dates. Nothing here touches disk, clock or network.

pub mod blank;
pub mod charset;
pub mod clause;
pub mod counts;
pub mod emphasis;
pub mod encoding;
pub mod error;
pub mod figures;
pub mod fold;
pub mod han;
pub mod lang;
pub(crate) mod lexicon;
pub mod lines;
pub mod merge;
pub mod nearest;
pub(crate) mod pattern;
pub mod place;
pub mod sorted;
pub mod stable;
pub mod versions;
pub mod visible;
pub mod when;
pub mod words;
pub mod yaml;

pub use error::{Error, ErrorKind, Problem, Result};
pub use lang::{Lang, Text};
pub use place::{Place, has_extension};
