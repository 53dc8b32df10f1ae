//! Floor 3: manuscript → bytes. One file a format, one line in [`WRITERS`].

mod docx;
pub mod fix;
pub mod format;
mod md;
#[cfg(test)]
mod tests;
mod txt;

use crate::base::Result;
use crate::model::{Manuscript, Settings};
pub(crate) use docx::Docx;

/// Writes one format.
pub trait Writer: Sync {
    /// The format's name and its file extension: `docx`.
    fn name(&self) -> &'static str;
    /// The whole file. The same manuscript and settings give the same bytes.
    ///
    /// # Errors
    /// If the manuscript holds what the format cannot.
    fn write(&self, manuscript: &Manuscript, settings: &Settings) -> Result<Vec<u8>>;
}

/// All writers.
pub static WRITERS: &[&dyn Writer] = &[&Docx, &md::Md, &txt::Txt];

/// The writer for a file's name, by its extension.
#[must_use]
pub fn writer(name: &str) -> Option<&'static dyn Writer> {
    let (_, extension) = name.rsplit_once('.')?;
    WRITERS.iter().copied().find(|w| w.name().eq_ignore_ascii_case(extension))
}
