//! Reports that hand the documents back, one file each: `--format docx`. An .odt comes back as an .odt.
//!
//! The original bytes are read again when a document's turn has come, so that a folder of
//! thousands needs the memory of one; the report notices if a file has changed since.

use std::path::Path;

use super::files::{Files, Over, Use, written};
use super::office::{Listener, Office};
use crate::base::{Problem, Result, Text};
use crate::office::container::{CONTAINERS, Container};
use crate::report::{Checked, Original, Report, View};
use crate::text;

/// Where the files go.
#[derive(Debug, PartialEq, Eq)]
pub enum Target {
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
    pub fn of(
        files: &dyn Files,
        to: &str,
        arguments: &[String],
        checked: &Checked,
        format: &str,
        extension: &'static str,
    ) -> Result<Self> {
        let path = Path::new(to);
        let single = checked.documents.len() + checked.unread.len() <= 1
            && !arguments.iter().any(|a| files.is_folder(a));
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
        if files.is_folder(to) || to.ends_with(['/', '\\']) || (!single && path.extension().is_none()) {
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

    /// The file of the document that was read under this name and that comments can be put into as it is, or
    /// not; `taken` are those of others.
    fn of_document(&self, name: &str, own: Option<&Container>, taken: &mut Vec<String>) -> String {
        match self {
            Self::File(file) => file.clone(),
            Self::Folder(folder, extension) => {
                let name = unlike(&file_name(name, own, extension), taken);
                taken.push(name.clone());
                Path::new(folder).join(name).display().to_string()
            }
        }
    }
}

/// Writes a file for each document; whether one could not be written, which is told.
pub fn write(
    office: &Office,
    report: &dyn Report,
    view: View,
    checked: &mut Checked,
    (to, over): (&Target, Over),
    listener: &mut dyn Listener,
) -> bool {
    if let Target::Folder(folder, _) = to
        && let Err(error) = office.files.make_folder(folder)
    {
        listener.complain(error.problems());
        return true;
    }
    let mut failed = false;
    let mut names: Vec<String> = Vec::new();
    for mut document in std::mem::take(&mut checked.documents) {
        for note in &document.notes {
            listener.note(note);
        }
        let known = document.original.as_ref().map(|original| original.name.as_str());
        let known = known.unwrap_or(&document.path).to_owned();
        let original = document.original.take().map_or_else(
            || {
                let bytes = office.files.read(&document.path, Use::Input)?;
                Ok(Original { name: document.path.clone(), bytes })
            },
            Ok,
        );
        let own = original.as_ref().ok().and_then(|original| own(original));
        let target = to.of_document(&known, own, &mut names);
        let mut one = Checked { documents: vec![document], ..Checked::default() };
        let said = original.and_then(|original| {
            let view = View { anew: is_anew(&target, &original)?, ..view };
            one.documents[0].original = Some(original);
            written(&*office.files, &target, &report.write(&one, view)?, over)
        });
        match said {
            Ok(said) => listener.say(&said),
            Err(error) => {
                listener.complain(error.problems());
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

/// What its comments can be put into.
fn own(original: &Original) -> Option<&'static Container> {
    Container::of(&original.bytes).filter(|container| container.comment.is_some())
}

/// Whether a document is to be laid out as a .docx though its own file holds comments: an .odt of which a
/// .docx is wanted.
///
/// # Errors
/// If the file is called what it would not be.
fn is_anew(target: &str, original: &Original) -> Result<bool> {
    let made = CONTAINERS.iter().find(|container| container.is_named(target));
    let own = own(original);
    let (Some(made), docx) = (made, &CONTAINERS[0]) else { return Ok(false) };
    if own.is_some_and(|own| own.make == made.make) {
        return Ok(false);
    }
    if made.make == docx.make {
        return Ok(own.is_some());
    }
    let usual = own.unwrap_or(docx).usual();
    Err(Problem::new(text!(
        "批注稿写不成 {target}：这份文稿带批注写成 {usual}",
        "{target} cannot be written: with comments this document is a {usual}"
    ))
    .help(text!("--output 后的文件名用 {usual}", "give --output a name that ends in {usual}"))
    .into())
}

/// The name of a document's file: its own, with another extension if it was of another format.
fn file_name(path: &str, own: Option<&Container>, extension: &str) -> String {
    let named = Path::new(path);
    let stem = named.file_stem().map_or("wengao".into(), |s| s.to_string_lossy());
    // A document with macros stays one.
    let kept = own.filter(|own| own.is_named(path)).and_then(|_| named.extension());
    let kept = kept.map(|e| e.to_string_lossy().to_lowercase());
    let usual = own.and_then(|own| own.extensions.first().copied()).unwrap_or(extension);
    format!("{stem}.{}", kept.as_deref().unwrap_or(usual))
}

/// `name`, or `name-2` and so on if two documents of different folders have one name.
fn unlike(name: &str, taken: &[String]) -> String {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let mut names =
        std::iter::once(name.to_owned()).chain((2..).map(|n: u32| format!("{stem}-{n}.{extension}")));
    names.find(|n| !taken.contains(n)).unwrap_or_default()
}
