//! .docx laid out to GB/T 9704-2012.
//!
//! A4, 22 lines a page and 28 characters a line; title, headings and text in the standard's faces
//! and sizes; page numbers on the outer side. The numbers stand in [`page`], the looks in
//! [`styles`], what is the same in every file in [`parts`], and the manuscript's own text in
//! [`body`].
//!
//! The markup is written by hand in the schema's order (ECMA-376 Part 1, annex A), which Word and
//! WPS insist on and libraries for Rust do not keep; a test holds every part to it. Left out so
//! far: tables (cells become paragraphs), 红头 and 版记, seals.

mod body;
#[cfg(test)]
mod order;
mod page;
mod parts;
mod styles;
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
        parts::package(settings.fonts, &body::core(manuscript), &document)
    }
}
