//! The files of a package in their folder: written whole, and never over a file that is somebody else's.
//!
//! Which files are the program's own stands in `包.json`, with the bytes that they had. One that has them still is
//! replaced; one that somebody wrote into (a tick behind a figure, a signature) is kept beside as .bak; one that
//! `包.json` does not know is not touched, and told.

use std::io::{Cursor, Write};
use std::path::Path;

use zip::write::SimpleFileOptions;
use zip::{DateTime, System, ZipWriter};

use super::Made;
use super::state::{Kept, Written};
use crate::app::files::{Files, Over, Use};
use crate::app::office::Listener;
use crate::base::{Place, Problem, Result, Text};
use crate::text;

/// The files of a package: the workbook, the page, what is kept.
pub const FILES: [&str; 3] = ["依据.xlsx", "依据.html", "包.json"];

/// The name by which a package knows the document of a file: that of the file, whatever its format.
pub(super) fn name_of(file: &str) -> Option<String> {
    let name = file.rsplit(['/', '\\']).next().filter(|name| !name.is_empty() && *name != "-")?;
    Some(Path::new(name).file_stem()?.to_string_lossy().into_owned())
}

fn within(folder: &str, name: &str) -> String {
    Path::new(folder).join(name).to_string_lossy().into_owned()
}

/// What the folder keeps of the last package; `None` if there is none yet. `document` is the file of the document
/// that is to be put there, empty if it is in none.
///
/// # Errors
/// If one of the names is in use by a file that is not the program's, or the folder holds the package of another
/// document and `force` is off.
pub fn last(files: &dyn Files, folder: &str, document: &str, force: bool) -> Result<Option<Kept>> {
    if files.is_file(folder) {
        return Err(Problem::new(text!(
            "{folder} 是文件，送审包要放进文件夹",
            "{folder} is a file; a package goes into a folder"
        ))
        .help(Text::fixed("换一个文件夹名", "name another folder"))
        .into());
    }
    let state = within(folder, FILES[2]);
    let kept = match files.is_file(&state) {
        true => {
            let kept = Kept::parse(&files.read(&state, Use::Look)?);
            Some(kept.ok_or_else(|| foreign(folder, FILES[2]))?)
        }
        false => None,
    };
    let known =
        |name: &str| kept.as_ref().is_some_and(|kept| kept.files.iter().any(|file| file.name == name));
    for name in &FILES[..2] {
        if files.is_file(&within(folder, name)) && !known(name) {
            return Err(foreign(folder, name).into());
        }
    }
    if let (Some(kept), Some(name), false) = (&kept, name_of(document), force)
        && kept.document != name
    {
        let other = &kept.document;
        return Err(Problem::new(text!(
            "{folder} 里是“{other}”的送审包，不是“{name}”的",
            "{folder} holds the package of “{other}”, not of “{name}”"
        ))
        .help(Text::fixed(
            "换一个文件夹；文稿改了名字的，加 --force",
            "name another folder; if the document was renamed, add --force",
        ))
        .into());
    }
    Ok(kept)
}

fn foreign(folder: &str, name: &str) -> Problem {
    Problem::new(text!(
        "{folder} 里的 {name} 不是送审包的文件，没有覆盖",
        "{name} in {folder} is no file of a package; it was not overwritten"
    ))
    .help(Text::fixed(
        "换一个文件夹，或者先把这个文件改名、移走",
        "name another folder, or rename that file or move it away first",
    ))
    .at(Place::File(within(folder, name).as_str().into()))
}

/// Writes a package into its folder, all files or none as far as can be told beforehand, and says so.
///
/// # Errors
/// If a file cannot be made or written.
pub fn write(
    files: &dyn Files,
    folder: &str,
    made: &Made,
    last: Option<&Kept>,
    listener: &mut dyn Listener,
) -> Result<()> {
    let all = made.files()?;
    files.make_folder(folder)?;
    let mut over = Vec::new();
    for (name, _) in &all {
        let path = within(folder, name);
        let as_written = || {
            let now = files.read(&path, Use::Look).ok()?;
            let then = last?.files.iter().find(|file| file.name == *name)?;
            Some(*then == Written::of(name, &now))
        };
        // What is kept is nobody's to write into.
        let own = *name == FILES[2] || !files.is_file(&path) || as_written() == Some(true);
        let how = if own { Over::Own } else { Over::Others };
        files.may_write(&path, how)?;
        over.push((path, how));
    }
    let mut outputs: Vec<_> = over.iter().zip(&all).collect();
    if last.is_none() {
        // The list comes first where there is none: files without it would be nobody's, and stay in the way.
        outputs.rotate_right(1);
    }
    for ((path, how), (_, bytes)) in outputs {
        if let Some(kept) = files.write(path, bytes, *how)? {
            listener.say(&text!(
                "{path} 有人写过，原来的留在 {kept}",
                "somebody had written into {path}; it is kept in {kept}"
            ));
        }
    }
    let [book, page, _] = FILES;
    listener.say(&text!(
        "送审包写在 {folder}：{book}、{page}",
        "the package for review is in {folder}: {book}, {page}"
    ));
    Ok(())
}

/// Files in one .zip. Their day is that of the format's beginning and their system always the same: the same package
/// gives the same bytes.
pub(super) fn zip(files: &[(&str, Vec<u8>)]) -> Result<Vec<u8>> {
    let failed = |error: &dyn std::fmt::Display| {
        Problem::new(text!(
            "送审包打不成一个文件：{error}",
            "the package cannot be put into one file: {error}"
        ))
    };
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default()).system(System::Dos);
    for (name, bytes) in files {
        out.start_file(*name, options).map_err(|e| failed(&e))?;
        out.write_all(bytes).map_err(|e| failed(&e))?;
    }
    Ok(out.finish().map_err(|e| failed(&e))?.into_inner())
}
