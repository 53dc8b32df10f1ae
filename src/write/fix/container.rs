//! Changes to documents of containers, such as a .docx: within paragraphs, formats and all other parts
//! as they were; see [`Container`].

use super::{Change, Fixer};
use crate::base::Result;
use crate::model::Manuscript;
use crate::office::{Container, Make};

/// The fixer of whatever container can be changed.
pub struct InContainer;

impl Fixer for InContainer {
    fn knows(&self, _: &str, bytes: &[u8]) -> bool {
        Container::of(bytes).is_some_and(|container| container.change.is_some())
    }

    fn fix(&self, bytes: &[u8], _: &Manuscript, changes: &[Change]) -> Result<Vec<u8>> {
        let edits: Vec<_> = changes.iter().map(|c| (c.range.clone(), c.text.clone())).collect();
        match Container::of(bytes).and_then(|container| container.change) {
            Some(change) => change(bytes, &edits),
            None => Err(Make::of(bytes).refusal().into()),
        }
    }
}
