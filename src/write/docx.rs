//! .docx laid out to GB/T 9704-2012.

use super::Writer;
use crate::base::{Problem, Result, Text};
use crate::model::{Manuscript, Settings};

/// The writer of .docx.
pub struct Docx;

impl Writer for Docx {
    fn name(&self) -> &'static str {
        "docx"
    }

    fn write(&self, _manuscript: &Manuscript, _settings: &Settings) -> Result<Vec<u8>> {
        Err(Problem::new(Text::fixed("尚不能写 .docx", "cannot write .docx yet")).into())
    }
}
