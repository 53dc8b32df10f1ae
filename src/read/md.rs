//! Markdown (.md): prose with masks over what is not prose.

use super::{Reader, has_extension, txt::Txt};
use crate::base::Result;
use crate::model::Manuscript;

/// The reader of Markdown.
pub struct Md;

impl Reader for Md {
    fn name(&self) -> &'static str {
        "md"
    }

    fn knows(&self, name: &str, _head: &[u8]) -> bool {
        has_extension(name, &["md", "markdown"])
    }

    fn read(&self, name: &str, bytes: &[u8]) -> Result<Manuscript> {
        Txt.read(name, bytes)
    }
}
