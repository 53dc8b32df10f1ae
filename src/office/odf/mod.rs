//! What an .odt is made of (and an .ott, and an .fodt in one file): text with its positions in the XML, styles,
//! automatic numbers, comments, edits.
//!
//! The same as for a .docx, and where the two are alike it is the same code: [`walk`] fills a [`Body`], so that
//! edits, masks, cells and labels mean the same. [`file`] finds the parts, [`styles`] reads what styles say,
//! [`number`] counts lists, [`beside`] reads running heads. [`apply`] and [`annotate`] change `content.xml` by ranges of
//! bytes and nothing else; before a file is handed out its text is read once more and compared.
//!
//! [`Body`]: super::body::Body

pub(crate) mod beside;
mod carried;
mod comment;
mod edit;
pub(crate) mod file;
mod number;
pub(crate) mod styles;
mod table;
#[cfg(test)]
mod tests;
mod track;
pub(crate) mod walk;
mod words;

pub(crate) use carried::carried;
pub use comment::annotate;
pub use edit::apply;
pub(crate) use number::number;
pub use track::track;
