//! .docx laid out to GB/T 9704-2012.
//!
//! A4, 22 lines a page and 28 characters a line; title, headings and text in the standard's faces
//! and sizes; page numbers on the outer side; 红头 or 报头, attachments, tables and 版记 where the
//! manuscript has them. The numbers stand in [`page`], the looks in [`styles`], what is the same in
//! every file in [`parts`], and the manuscript's own text in [`body`]: each [`paragraph`] with what
//! its place among the [`edges`] of the document asks for, each [`table`], and the [`imprint`].
//!
//! The markup is written by hand in the schema's order (ECMA-376 Part 1, annex A), which Word and
//! WPS insist on and libraries for Rust do not keep; a test holds every part to it. Left out:
//! 份号, 密级, 紧急程度 and 签发人, which an office's own system stamps, and seals. Cells that belong
//! to no table (a manuscript that was read has such) become paragraphs.

mod body;
mod edges;
pub(super) mod imprint;
pub(super) mod markup;
#[cfg(test)]
pub(super) mod order;
pub(super) mod page;
pub(super) mod paragraph;
pub(super) mod parts;
pub(super) mod styles;
mod table;
#[cfg(test)]
mod tests;

use super::Writer;
use crate::base::Result;
use crate::model::{Manuscript, Settings};

/// The writer of .docx.
pub struct Docx;

impl Writer for Docx {
    fn name(&self) -> &'static str {
        "docx"
    }

    fn write(&self, manuscript: &Manuscript, settings: &Settings) -> Result<Vec<u8>> {
        let document = body::xml(manuscript)?;
        let further = styles::needs_further(manuscript);
        parts::package(settings.fonts, further, &body::core(manuscript), &document)
    }
}
