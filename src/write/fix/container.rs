//! Changes to documents of containers, such as a .docx: within paragraphs, formats and all other parts
//! as they were; see [`Container`].

use super::{Change, Fixer};
use crate::base::Result;
use crate::model::Manuscript;
use crate::office::Container;

/// The fixer of whatever container can be changed.
pub struct InContainer;

impl Fixer for InContainer {
    fn fix(&self, bytes: &[u8], _: &Manuscript, changes: &[Change]) -> Option<Result<Vec<u8>>> {
        let change = Container::of(bytes)?.change?;
        let edits: Vec<_> = changes.iter().map(|c| (c.range.clone(), c.text.clone())).collect();
        Some(change(bytes, &edits))
    }
}
