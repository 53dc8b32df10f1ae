//! An office's current lines (常用表述), kept once in its folder as `常用表述.yaml`.
//!
//! The file is a list of lines, or a facts file with that one list. It lies beside `wengao.yaml`, else
//! beside the first facts file, else where one stands. Lines that a document's own facts give come after
//! its own; those that are not valid on its day are told and not used.

use std::path::Path;
use std::sync::Arc;

use super::facts;
use super::files::{Files, Use, read_text};
use super::office::{Listener, Office};
use crate::base::{Error, Place, Problem, Result, yaml};
use crate::draft::plan;
use crate::model::Facts;
use crate::model::facts::{Fact, Value, check_list, path};

/// The file's name.
pub const NAME: &str = "常用表述.yaml";

/// The fact that holds the lines.
const LINES: &str = "wordings";

/// The file that counts: beside the settings, beside the first facts file, or here; `None` if there is
/// none.
fn file(office: &Office, facts: &[String]) -> Option<String> {
    let beside = |name: Option<&str>| Some(Path::new(name?).parent()?.join(NAME));
    let first = facts.first().map(String::as_str).filter(|name| *name != "-");
    let candidates = [beside(office.config.path.as_deref()), beside(first), Some(NAME.into())];
    let names = candidates.into_iter().flatten().map(|path| path.to_string_lossy().replace('\\', "/"));
    names.into_iter().find(|name| office.files.is_file(name))
}

/// Puts the folder's lines before those of the facts, and tells of those that are not valid on the day.
///
/// # Errors
/// With every fault of the file.
pub(super) fn add(
    office: &Office,
    names: &[String],
    facts: &mut Facts,
    listener: &mut dyn Listener,
) -> Result<()> {
    if let Some(name) = file(office, names)
        && !names.contains(&name)
    {
        let mut lines = read(office, &name)?;
        if let Value::List(all) = &mut lines.value {
            if let Some(Fact { value: Value::List(own), .. }) = facts.root.get(LINES) {
                all.extend(own.iter().cloned());
            }
            facts.root.insert(LINES.to_owned(), lines);
        }
    }
    for (at, say) in plan::left_out(facts) {
        listener.note(&Problem::new(say).at_known(at));
    }
    Ok(())
}

/// The lines of the file.
fn read(office: &Office, name: &str) -> Result<Fact> {
    let files: &dyn Files = &*office.files;
    let source = read_text(files, name, Use::Input)?;
    let at: Arc<str> = name.into();
    let (root, mut problems) =
        yaml::read(&at, &source, &|word| path::field(&format!("{LINES}.{word}")).is_some());
    let table = path::field(LINES).map_or(&[][..], |field| field.kind.fields());
    match root {
        Some(node) if matches!(node.value, yaml::Value::List(_)) => {
            let lines = check_list(&at, &node, table, &mut problems);
            Error::unless_empty(problems, lines)
        }
        _ => {
            let mut facts = facts::load(office, &[name.to_owned()])?.unwrap_or_default();
            let none = Fact { value: Value::List(Vec::new()), at: Place::File(at), overrides: Vec::new() };
            Ok(facts.root.shift_remove(LINES).unwrap_or(none))
        }
    }
}
