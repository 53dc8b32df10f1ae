//! Facts files from the disk, YAML or tables: decoded, loaded, and laid one over the other.

use super::World;
use super::input;
use crate::base::{Error, Place, Problem, Result, encoding};
use crate::model::{Facts, facts};
use crate::sheet;

/// The facts of `paths`, each file laid over those before it; `None` if there are no paths. `-` is
/// standard input. What a person should know of a file (its encoding, values that count as
/// missing) is in the notes of the facts; [`tell_notes`] says it.
///
/// # Errors
/// With every fault of every file at once.
pub fn load(world: &mut World, paths: &[String]) -> Result<Option<Facts>> {
    let mut all: Option<Facts> = None;
    let mut problems = Vec::new();
    for path in paths {
        match load_one(world, path) {
            Ok(facts) => match &mut all {
                Some(earlier) => earlier.lay_over(facts),
                None => all = Some(facts),
            },
            Err(error) => problems.extend_from_slice(error.problems()),
        }
    }
    Error::unless_empty(problems, all)
}

/// The facts of each of the files by itself.
///
/// # Errors
/// With every fault of every file at once.
pub fn each(world: &mut World, paths: Option<clap::parser::ValuesRef<'_, String>>) -> Result<Vec<Facts>> {
    let mut all = Vec::new();
    let mut problems = Vec::new();
    for path in paths.into_iter().flatten() {
        match load_one(world, path) {
            Ok(facts) => all.push(facts),
            Err(error) => problems.extend_from_slice(error.problems()),
        }
    }
    Error::unless_empty(problems, all)
}

/// The facts files that count: those given, else those that `wengao.yaml` names.
#[must_use]
pub fn chosen(world: &World, given: Option<clap::parser::ValuesRef<'_, String>>) -> Vec<String> {
    match given {
        Some(given) => given.cloned().collect(),
        None => super::config::facts(&world.config),
    }
}

/// Says what a person should know of the facts files, on standard error.
pub fn tell_notes(world: &mut World, facts: &Facts) {
    for note in &facts.notes {
        world.note(note);
    }
}

fn load_one(world: &mut World, path: &str) -> Result<Facts> {
    let bytes = if path == "-" { world.read_stdin()? } else { input::read(path)? };
    let in_file = |problem: Problem| match problem.at {
        Some(_) => problem,
        None => problem.at(Place::File(path.into())),
    };
    if sheet::knows(path) {
        let reading = sheet::read(path, &bytes, None).map_err(|e| e.map(in_file))?;
        let mut facts = reading.facts;
        facts.notes = facts.notes.into_iter().map(in_file).collect();
        return Error::unless_empty(reading.problems, facts);
    }
    let decoded = encoding::decode(&bytes).map_err(|e| {
        e.map(|p| Problem {
            help: Some(crate::base::Text::fixed(
                "事实文件是 .yaml 文本文件，或 .xlsx、.csv 表格；文本用记事本等编辑器另存为 UTF-8 后再试",
                "a facts file is a .yaml text file, or a table (.xlsx, .csv); save text as UTF-8 with a text editor and try again",
            )),
            ..in_file(p)
        })
    })?;
    let mut facts = facts::load(path, &decoded.text)?;
    facts.notes.splice(0..0, decoded.note().map(in_file));
    Ok(facts)
}
