//! The library that counts for a run: the built-in one, with the office's own beside it.
//!
//! `文稿库` in `wengao.yaml` names a folder with `templates/`, `phrases/` and `topics/`. All of its
//! files are read, since an office has few; what is wrong in one is told when it is used.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::files::{Files, Use, read_text};
use super::office::Office;
use crate::base::{Lang, Problem, Result, Text, encoding};
use crate::draft;
use crate::draft::Skeleton;
use crate::draft::library::{EXAMPLE, Library, Own, built_in};
use crate::model::facts;
use crate::text;

/// The kinds of files that a library holds: folder and extension.
const KINDS: [(&str, &str); 3] = [("templates", "tera"), ("phrases", "yaml"), ("topics", "yaml")];

/// The library of the settings.
///
/// # Errors
/// If its folder or a file in it cannot be read.
pub fn library(office: &Office) -> Result<Arc<Library>> {
    let Some((folder, at)) = &office.config.library else { return Ok(built_in()) };
    let files = &*office.files;
    if !files.is_folder(folder) {
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
        for path in files.below(&Path::new(folder).join(kind).to_string_lossy()) {
            let at = Path::new(&path);
            if at.extension().is_none_or(|e| e != extension) && !path.ends_with(EXAMPLE) {
                continue;
            }
            let name = at.strip_prefix(folder).unwrap_or(at).to_string_lossy().replace('\\', "/");
            let text = read_text(files, &path, Use::Input)?;
            own.insert(name, Own { path, text });
        }
    }
    Ok(Library::with_own(own))
}

/// All skeletons for programs.
///
/// # Errors
/// If one of them is not sound.
pub fn as_json(library: &Library, lang: Lang) -> Result<Json> {
    let entries = library.entries()?;
    let rows = entries.iter().map(|e| {
        let title = e.title.in_lang(lang);
        json!({ "id": e.id, "title": title, "family": e.family, "needs": e.needs })
    });
    Ok(Json::Array(rows.collect()))
}

/// The text of a skeleton of the library, or of a file of one's own if the name ends in `.tera`.
///
/// # Errors
/// If there is no such skeleton or file.
pub fn source(library: &Library, files: &dyn Files, name: &str) -> Result<String> {
    if !name.ends_with(".tera") {
        return library.source(name).map(|(_, text)| text.to_owned());
    }
    Ok(encoding::decode(&files.read(name, Use::Input)?)?.text)
}

/// A skeleton of the library, or a file of one's own if the name ends in `.tera`.
///
/// # Errors
/// If there is none, or it is not sound.
pub fn skeleton(library: &Arc<Library>, files: &dyn Files, name: &str) -> Result<Arc<Skeleton>> {
    if !name.ends_with(".tera") {
        return library.shared_skeleton(name);
    }
    let (path, example) = beside(files, name)?;
    let source = source(library, files, name)?;
    let loaded = match example {
        Some(text) => library.skeleton_with(name, &source, facts::load(&path, &text)?),
        None => library.skeleton_from(name, &source),
    };
    loaded.map(Arc::new)
}

/// The text of a skeleton's example facts, comments included; empty if there are none.
///
/// # Errors
/// If there is no such skeleton or file.
pub fn example(library: &Library, files: &dyn Files, name: &str) -> Result<String> {
    if !name.ends_with(".tera") {
        return library.example_text(name);
    }
    match beside(files, name)? {
        (_, Some(text)) => Ok(text),
        _ => Ok(draft::example(&source(library, files, name)?)),
    }
}

/// The file of the example facts beside a skeleton's file.
pub(super) fn example_name(name: &str) -> String {
    format!("{}{EXAMPLE}", name.trim_end_matches(".tera"))
}

/// The file of the example facts beside a skeleton's file, and its text if it is there.
fn beside(files: &dyn Files, name: &str) -> Result<(String, Option<String>)> {
    let path = example_name(name);
    let text = files.is_file(&path).then(|| read_text(files, &path, Use::Input)).transpose()?;
    Ok((path, text))
}
