//! Reports that hand the documents back, one file each: `--format docx`.
//!
//! The original bytes are read again when a document's turn has come, so that a folder of
//! thousands needs the memory of one; the report notices if a file has changed since.

use std::path::Path;

use super::{World, input, output};
use crate::base::{Problem, Result, Text};
use crate::report::{Checked, Original, Report, View};
use crate::text;

/// Where the files go.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// The one document becomes this file.
    File(String),
    /// Each document becomes a file of its own name in this folder, with this extension if its
    /// own is of another format.
    Folder(String, &'static str),
}

impl Target {
    /// What `--output` means.
    ///
    /// # Errors
    /// If it was not given, or names a file where there are, or may be, several documents; with
    /// nothing written.
    pub(super) fn of(
        to: &str,
        arguments: &[String],
        checked: &Checked,
        format: &str,
        extension: &'static str,
    ) -> Result<Self> {
        let path = Path::new(to);
        let single = checked.documents.len() + checked.unread.len() <= 1
            && !arguments.iter().any(|a| Path::new(a).is_dir());
        if to == "-" {
            return Err(Problem::new(text!(
                "--format {format} 要写成文件，没有写明写到哪里",
                "--format {format} makes a file, and no place for it was named"
            ))
            .help(if single {
                text!("加上 --output 批注.{extension}", "add --output comments.{extension}")
            } else {
                Text::fixed("加上 --output 和一个文件夹", "add --output with a folder")
            })
            .into());
        }
        if path.is_dir() || to.ends_with(['/', '\\']) || (!single && path.extension().is_none()) {
            return Ok(Self::Folder(to.to_owned(), extension));
        }
        if !single {
            return Err(Problem::new(text!(
                "有几份文稿，写不进一个文件 {to}",
                "there are several documents; they cannot be written into one file, {to}"
            ))
            .help(text!(
                "--output 后写一个文件夹，如 --output 批注",
                "name a folder after --output, such as --output comments"
            ))
            .into());
        }
        Ok(Self::File(to.to_owned()))
    }
}

/// Writes a file for each document; whether one could not be written, which is told.
pub(super) fn write(
    world: &mut World,
    report: &dyn Report,
    view: View,
    checked: &mut Checked,
    mut stdin: Option<(Option<String>, Vec<u8>)>,
    to: &Target,
    force: bool,
) -> bool {
    if let Target::Folder(folder, _) = to
        && let Err(error) = output::make_folder(Path::new(folder))
    {
        world.complain(error.problems());
        return true;
    }
    let mut failed = false;
    let mut names: Vec<String> = Vec::new();
    for document in std::mem::take(&mut checked.documents) {
        let path = document.path.clone();
        let target = match to {
            Target::File(file) => file.clone(),
            Target::Folder(folder, extension) => {
                let name = stdin.as_ref().filter(|_| path == "-").map(|(n, _)| n.clone().unwrap_or_default());
                let name = unlike(&file_name(name.as_deref().unwrap_or(&path), extension), &names);
                names.push(name.clone());
                Path::new(folder).join(name).display().to_string()
            }
        };
        for note in &document.notes {
            world.note(note);
        }
        let bytes = match stdin.take_if(|_| path == "-") {
            Some((name, bytes)) => Ok((name.unwrap_or_else(|| path.clone()), bytes)),
            None => input::read(&path).map(|bytes| (path.clone(), bytes)),
        };
        let mut one = Checked { documents: vec![document], unread: Vec::new() };
        let written = bytes.and_then(|(name, bytes)| {
            one.documents[0].original = Some(Original { name, bytes });
            output::write_file(&target, &report.write(&one, view)?, force)
        });
        match written {
            Ok(said) => world.say(&said),
            Err(error) => {
                world.complain(error.problems());
                failed = true;
            }
        }
        checked.documents.extend(one.documents.into_iter().map(|mut d| {
            d.original = None;
            d
        }));
    }
    failed
}

/// The name of a document's file: its own, with another extension if it was of another format.
fn file_name(path: &str, extension: &str) -> String {
    let path = Path::new(path);
    let stem = path.file_stem().map_or("wengao".into(), |s| s.to_string_lossy());
    // A document with macros stays one.
    let own = path.extension().map(|e| e.to_string_lossy().to_lowercase());
    let own = own.filter(|e| ["docx", "docm", "dotx", "dotm"].contains(&e.as_str()));
    format!("{stem}.{}", own.as_deref().unwrap_or(extension))
}

/// `name`, or `name-2` and so on if two documents of different folders have one name.
fn unlike(name: &str, taken: &[String]) -> String {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let mut names =
        std::iter::once(name.to_owned()).chain((2..).map(|n: u32| format!("{stem}-{n}.{extension}")));
    names.find(|n| !taken.contains(n)).unwrap_or_default()
}
