//! Word-processor documents (.docx).

use super::{Reader, has_extension};
use crate::base::{Problem, Result, Text};
use crate::model::Manuscript;

/// The reader of .docx.
pub struct Docx;

impl Reader for Docx {
    fn name(&self) -> &'static str {
        "docx"
    }

    fn knows(&self, name: &str, head: &[u8]) -> bool {
        has_extension(name, &["docx"]) || head.starts_with(b"PK\x03\x04")
    }

    fn read(&self, _name: &str, _bytes: &[u8]) -> Result<Manuscript> {
        Err(Problem::new(Text::fixed("尚不能读 .docx", "cannot read .docx yet")).into())
    }
}
