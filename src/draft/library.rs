//! The built-in skeletons and phrases: `templates/` and `phrasebank/` inside the binary.
//!
//! Nothing is read until it is asked for, so start-up does not grow with the library.

use std::sync::Arc;

use include_dir::{Dir, include_dir};

use super::phrase::{self, Phrase, both};
use super::skeleton::{Skeleton, front};
use crate::base::{Problem, Result, Text, nearest::nearest};
use crate::text;

static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");
static PHRASES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/phrasebank/phrases");

/// The extension of a skeleton's file.
const EXTENSION: &str = ".tera";

/// What a list of skeletons shows of one.
#[derive(Debug)]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// The genre's name.
    pub title: Text,
    /// Its family: the folder.
    pub family: String,
    /// Patterns of the facts it cannot do without.
    pub needs: Vec<String>,
}

fn ids(dir: &'static Dir<'static>, out: &mut Vec<String>) {
    out.extend(
        dir.files().filter_map(|f| Some(f.path().to_str()?.strip_suffix(EXTENSION)?.replace('\\', "/"))),
    );
    for dir in dir.dirs() {
        ids(dir, out);
    }
}

/// The ids of all built-in skeletons, sorted.
#[must_use]
pub fn skeleton_ids() -> Vec<String> {
    let mut out = Vec::new();
    ids(&TEMPLATES, &mut out);
    out.sort();
    out
}

/// The text of a built-in skeleton's file.
///
/// # Errors
/// If there is none of this id; the nearest one is named.
pub fn source(id: &str) -> Result<&'static str> {
    let file = TEMPLATES.get_file(format!("{id}{EXTENSION}"));
    file.and_then(|f| f.contents_utf8()).ok_or_else(|| {
        let all = skeleton_ids();
        let help = match nearest(id, all.iter().map(String::as_str)) {
            Some(near) => text!(
                "是不是 {near}？wengao template list 列出全部",
                "did you mean {near}? `wengao template list` shows all"
            ),
            None => Text::fixed("用 wengao template list 查看全部", "`wengao template list` shows all"),
        };
        Problem::new(text!("没有“{id}”这个模板", "there is no template “{id}”")).help(help).into()
    })
}

/// A built-in skeleton, ready to draft.
///
/// # Errors
/// If there is none of this id. A built-in one that does not load is a fault that tests find.
pub fn skeleton(id: &str) -> Result<Skeleton> {
    Skeleton::load(id, source(id)?, &phrases)
}

/// A skeleton from the text of a file of one's own; it may use the built-in phrases.
///
/// # Errors
/// With everything that is wrong in the file.
pub fn own_skeleton(name: &str, source: &str) -> Result<Skeleton> {
    Skeleton::load(name, source, &phrases)
}

/// The phrases of a family, which is the name of a file in `phrasebank/phrases`. An unknown family
/// has none.
///
/// # Errors
/// If the file is not a sound phrase file.
pub fn phrases(family: &str) -> Result<Vec<Arc<Phrase>>> {
    let name = format!("{family}.yaml");
    let Some(source) = PHRASES.get_file(&name).and_then(|f| f.contents_utf8()) else { return Ok(Vec::new()) };
    Ok(phrase::load(&name, source)?.into_iter().map(Arc::new).collect())
}

/// The families of phrases, sorted.
#[must_use]
pub fn phrase_families() -> Vec<String> {
    let names = PHRASES.files().filter_map(|f| Some(f.path().to_str()?.strip_suffix(".yaml")?.to_owned()));
    let mut out: Vec<_> = names.collect();
    out.sort();
    out
}

/// All built-in skeletons for a list; their bodies are not parsed.
///
/// # Errors
/// If a front matter is not sound, which tests rule out.
pub fn entries() -> Result<Vec<Entry>> {
    skeleton_ids()
        .into_iter()
        .map(|id| {
            let (front, _) = front(&id.as_str().into(), source(&id)?)?;
            let family = id.split('/').next().unwrap_or_default().to_owned();
            let needs = match front.record.get("needs").map(|f| &f.value) {
                Some(crate::model::facts::Value::List(items)) => items
                    .iter()
                    .filter_map(|item| match &item.value {
                        crate::model::facts::Value::Record(r) => r.get("fact")?.value.text(),
                        _ => None,
                    })
                    .collect(),
                _ => Vec::new(),
            };
            Ok(Entry { title: both(&front.record, "title"), id, family, needs })
        })
        .collect()
}
