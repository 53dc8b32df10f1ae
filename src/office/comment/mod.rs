//! Comments (批注) in a .docx: each on its exact words, and nothing else changed.
//!
//! A comment begins and ends between two runs, so a run is cut in two where the words begin or
//! end in its middle; both halves keep its `w:rPr`, byte for byte. Some places cannot be cut, or
//! may hold no comment: a formula, pinyin over a character, a content control that Word fills
//! anew, a text box. There the comment goes round the whole, or round the run that the box hangs
//! on. A comment's reference keeps out of fields and out of the first paragraph of a content control
//! (`shelter.rs`). Words in two table cells get their comment in the first, since a range across cells is not
//! kept by every program.
//!
//! The program knows its own comments by their author. A second pass takes them out first, and
//! with them whatever marked their words; other people's stay, and their numbers are not given
//! away again. So annotating an annotated document gives the same bytes.

mod annotate;
mod entry;
mod marks;
mod part;
mod shelter;
#[cfg(test)]
mod tests;

pub(crate) use annotate::add;
pub use annotate::{annotate, annotate_read};
pub use entry::Comment;
pub(crate) use part::others;
