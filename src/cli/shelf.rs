//! The library that counts for this run: the built-in one, with the office's own beside it.
//!
//! `文稿库` in `wengao.yaml` names a folder with `templates/`, `phrases/` and `topics/`. All of its
//! files are read, since an office has few; what is wrong in one is told when it is used.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::{World, input};
use crate::base::{Place, Problem, Result, Text, encoding};
use crate::draft::Skeleton;
use crate::draft::library::{Library, Own, built_in};
use crate::text;

/// The kinds of files that a library holds: folder and extension.
const KINDS: [(&str, &str); 3] = [("templates", "tera"), ("phrases", "yaml"), ("topics", "yaml")];

/// The library of the settings.
///
/// # Errors
/// If its folder or a file in it cannot be read.
pub(super) fn library(world: &World) -> Result<Arc<Library>> {
    let Some((folder, at)) = &world.config.library else { return Ok(built_in()) };
    if !Path::new(folder).is_dir() {
        return Err(Problem::new(text!("没有文稿库文件夹 {folder}", "there is no library folder {folder}"))
            .at(at.clone())
            .help(Text::fixed(
                "建好这个文件夹，里面放 templates、phrases、topics，或删去“文稿库”这一行",
                "make the folder, with templates, phrases and topics in it, or delete this line",
            ))
            .into());
    }
    let mut own = BTreeMap::new();
    for (kind, extension) in KINDS {
        let below = Path::new(folder).join(kind);
        for entry in
            ignore::WalkBuilder::new(&below).follow_links(true).standard_filters(false).build().flatten()
        {
            let path = entry.path();
            if path.extension().is_none_or(|e| e != extension) || !path.is_file() {
                continue;
            }
            let name = path.strip_prefix(folder).unwrap_or(path).to_string_lossy().replace('\\', "/");
            let path = path.to_string_lossy().into_owned();
            let decoded = encoding::decode(&input::read(&path)?)
                .map_err(|e| e.map(|p| p.at(Place::File(path.as_str().into()))))?;
            own.insert(name, Own { path, text: decoded.text });
        }
    }
    Ok(Library::with_own(own))
}

/// The text of a skeleton of the library, or of a file of one's own if the name ends in `.tera`.
///
/// # Errors
/// If there is no such skeleton or file.
pub(super) fn source(library: &Library, name: &str) -> Result<String> {
    if !name.ends_with(".tera") {
        return library.source(name).map(|(_, text)| text.to_owned());
    }
    let decoded = encoding::decode(&input::read(name)?)?;
    Ok(decoded.text)
}

/// A skeleton of the library, or a file of one's own if the name ends in `.tera`.
///
/// # Errors
/// If there is none, or it is not sound.
pub(super) fn skeleton(library: &Arc<Library>, name: &str) -> Result<Skeleton> {
    if name.ends_with(".tera") {
        library.skeleton_from(name, &source(library, name)?)
    } else {
        library.skeleton(name)
    }
}
