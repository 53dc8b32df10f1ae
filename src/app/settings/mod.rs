//! `wengao.yaml`: what an office sets once for a working folder.
//!
//! The settings of a document are those of the nearest file from the document's own folder upward,
//! so that a folder of speeches and one of plans may differ; the language is that of the current
//! folder, since one run speaks one language. The file is read in [`file`], laid under what was
//! asked for in [`layers`].

mod config;
mod file;
mod layers;
mod packs;

use std::path::{Path, PathBuf};

use super::files::{Files, Use, read_text};
use crate::base::Result;
#[cfg(test)]
pub use config::Choice;
pub use config::Config;
pub use file::{BASELINE, KEYS, NAME};
pub(super) use layers::home_of_name;
pub use layers::{Flags, Origin, Row, rows, settings};

/// Reads the settings file of this name.
///
/// # Errors
/// If it or a pack that it names is missing or has faults; all of them at once.
pub fn read(files: &dyn Files, name: &str) -> Result<Config> {
    let mut config = file::parse(name, &read_text(files, name, Use::Input)?)?;
    config.pack = packs::load(files, &config)?;
    Ok(config)
}

/// The settings file nearest to where one stands; those of no file if there is none.
///
/// # Errors
/// If it has faults; all of them at once.
pub fn nearest(files: &dyn Files) -> Result<Config> {
    match nearest_from(files, &files.real("")) {
        Some((_, shown)) => read(files, &shown),
        None => Ok(Config::default()),
    }
}

/// The settings of the nearest file from a folder upward; `None` if there is none, or it has faults.
#[must_use]
pub fn above(files: &dyn Files, folder: &Path) -> Option<Config> {
    nearest_from(files, folder).and_then(|(_, shown)| read(files, &shown).ok())
}

/// The folder of the nearest settings file from `folder` upward, and the file as a person who stands
/// where she does would name it. `folder` is a path from the root.
pub(super) fn nearest_from(files: &dyn Files, folder: &Path) -> Option<(PathBuf, String)> {
    let beside = folder.ancestors().find(|f| files.is_file(&f.join(NAME).to_string_lossy()))?;
    let here = files.real("");
    let shown = match beside.strip_prefix(&here) {
        Ok(below) => below.join(NAME),
        Err(_) => match here.strip_prefix(beside) {
            Ok(up) => Path::new(&"../".repeat(up.components().count())).join(NAME),
            Err(_) => beside.join(NAME),
        },
    };
    Some((beside.to_owned(), shown.to_string_lossy().into_owned()))
}

/// The facts files that the settings name.
#[must_use]
pub fn facts(config: &Config) -> Vec<String> {
    config.facts.iter().map(|(path, _)| path.clone()).collect()
}

/// The corpora that the settings name, one's own first.
#[must_use]
pub fn corpora(config: &Config) -> Vec<String> {
    config.corpus.iter().map(|(name, _)| name.clone()).collect()
}

/// Whether settings of this text are sound and leave these words of a rule alone in every document.
#[must_use]
pub(super) fn allows(source: &str, rule: &str, words: &str) -> bool {
    let config = file::parse(NAME, source);
    config.is_ok_and(|config| settings(&config, None, &Flags::default()).allows(rule, words))
}

/// The files and folders that a settings file and its facts, baseline, packs and library are.
#[must_use]
pub fn named(config: &Config) -> Vec<String> {
    let one = [&config.library, &config.baseline].into_iter().flatten();
    let said = one.chain(&config.packs).map(|(name, _)| name.clone());
    let beside = config.path.iter().cloned().chain([baseline(config)]);
    beside.chain(facts(config)).chain(said).collect()
}

/// The baseline file that the settings mean: the one they name, else the usual one beside them.
#[must_use]
pub fn baseline(config: &Config) -> String {
    if let Some((path, _)) = &config.baseline {
        return path.clone();
    }
    let beside = config.path.as_deref().map(Path::new).and_then(Path::parent);
    beside.unwrap_or(Path::new("")).join(BASELINE).to_string_lossy().into_owned()
}
