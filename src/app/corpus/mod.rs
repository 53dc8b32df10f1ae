//! A file as the corpus takes it: its title, locality, year and genre, and the pieces of which it is
//! a collection; and which documents of a corpus somebody means.
//!
//! | file | what |
//! |---|---|
//! | `about` | locality, year and genre from title and file name |
//! | `sidecar` | the same from a file beside the document, or from its front matter |
//! | `pieces` | a collection of many pieces in one file, taken apart |
//! | `compare` | what two documents share |
//! | `select` | which documents of a corpus are meant |

mod about;
mod compare;
mod pieces;
mod select;
mod sidecar;

use std::path::Path;

use super::cores;
use super::files::{Files, Use, placed};
use crate::base::{Result, encoding};
use crate::corpus::Entry;
use crate::corpus::disk::{Change, Prepared};
use crate::read::read;
pub use compare::compare;
pub use select::{Wanted, select};
pub use sidecar::Indexes;

/// A file to be read and its name in the corpus.
pub struct Incoming {
    /// By which it is read.
    pub path: String,
    /// By which the corpus knows it.
    pub name: String,
}

/// Reads files on all cores; see [`prepare`].
pub fn prepare_all(
    files: &dyn Files,
    incoming: &[Incoming],
    indexes: &Indexes,
    given: &Change,
) -> Vec<Result<Vec<Prepared>>> {
    cores::each(incoming, |one| prepare(files, one, indexes, given))
}

/// Reads a file: its document, or the pieces of the collection that it is.
///
/// # Errors
/// If it cannot be read, or what is said beside it has faults.
pub fn prepare(
    files: &dyn Files,
    incoming: &Incoming,
    indexes: &Indexes,
    given: &Change,
) -> Result<Vec<Prepared>> {
    let path = &incoming.path;
    let (text, title) = text_and_title(files, path)?;
    let mut entry = Entry { name: incoming.name.clone(), ..Entry::default() };
    sidecar::front_matter(&text, &mut entry);
    indexes.tell(Path::new(path), &mut entry);
    sidecar::beside(files, path, &mut entry)?;
    if let Some(locality) = &given.locality {
        entry.locality.clone_from(locality);
    }
    entry.year = given.year.unwrap_or(entry.year);
    if let Some(genre) = &given.genre {
        entry.genre.clone_from(genre);
    }
    if entry.title.is_empty() {
        entry.title = title;
    }
    let parts: Vec<&str> = incoming.name.rsplit('/').collect();
    let stem = parts[0].rsplit_once('.').map_or(parts[0], |(stem, _)| stem);
    let found = pieces::pieces(&text);
    if found.is_empty() {
        let title = entry.title.clone();
        about::guess(&mut entry, &title);
        about::guess(&mut entry, stem);
        parts[1..].iter().for_each(|folder| about::guess(&mut entry, folder));
        return Ok(vec![Prepared::new(entry, text)]);
    }
    let all = found.iter().zip(1..).map(|(piece, number)| {
        let mut own = entry.clone();
        own.name = format!("{}#{number}", incoming.name);
        if !piece.title.is_empty() {
            own.title.clone_from(&piece.title);
        }
        // A collection gathers many localities; what is not said of all of it is each piece's own.
        about::guess(&mut own, &piece.title);
        if own.genre.is_empty() {
            let mut collection = Entry::default();
            about::guess(&mut collection, &entry.title);
            about::guess(&mut collection, stem);
            own.genre = collection.genre;
        }
        Prepared::new(own, piece.text.to_owned())
    });
    Ok(all.collect())
}

/// The text of a file and what its title seems to be.
fn text_and_title(files: &dyn Files, path: &str) -> Result<(String, String)> {
    let bytes = files.read(path, Use::Input)?;
    // Of plain text only the words are wanted, so its lines need not be told apart.
    if path.ends_with(".txt") {
        let text = encoding::decode(&bytes).map_err(|e| placed(e, path))?.text;
        let title = about::first_line(&text);
        return Ok((text, title));
    }
    let manuscript = read(path, &bytes).map_err(|e| placed(e, path))?;
    let title = about::title(&manuscript);
    Ok((manuscript.into_text(), title))
}
