//! Changes to a .docx: not yet. A change may cross the runs of a paragraph, so it needs the map
//! from text to runs that comments need too.

use super::{Change, Fixer};
use crate::base::{Problem, Result, Text};
use crate::model::Manuscript;

/// The fixer of .docx files.
pub struct Docx;

impl Fixer for Docx {
    fn name(&self) -> &'static str {
        "docx"
    }

    fn knows(&self, name: &str, head: &[u8]) -> bool {
        name.to_ascii_lowercase().ends_with(".docx") || head.starts_with(b"PK\x03\x04")
    }

    fn fix(&self, _: &[u8], _: &Manuscript, _: &[Change]) -> Result<Vec<u8>> {
        Err(Problem::new(Text::fixed(".docx 还不能自动修改", ".docx files cannot be fixed yet"))
            .help(Text::fixed(
                "用 wengao check 看有哪些问题，在 Word 或 WPS 里修改",
                "see what wengao check says and make the changes in Word or WPS",
            ))
            .into())
    }
}
