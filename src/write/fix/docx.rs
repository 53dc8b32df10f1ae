//! Changes to a .docx: inside its runs, formats and all other parts as they were; see
//! [`office::apply`](crate::office::apply).

use super::{Change, Fixer};
use crate::base::Result;
use crate::model::Manuscript;
use crate::office;

/// The fixer of .docx files.
pub struct Docx;

impl Fixer for Docx {
    fn name(&self) -> &'static str {
        "docx"
    }

    fn knows(&self, name: &str, head: &[u8]) -> bool {
        name.to_ascii_lowercase().ends_with(".docx") || head.starts_with(b"PK\x03\x04")
    }

    fn fix(&self, bytes: &[u8], _: &Manuscript, changes: &[Change]) -> Result<Vec<u8>> {
        let edits: Vec<_> = changes.iter().map(|c| (c.range.clone(), c.text.clone())).collect();
        office::apply(bytes, &edits)
    }
}
