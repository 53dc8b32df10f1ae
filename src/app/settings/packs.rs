//! The office's own packs of dated words (词库): read with the settings file that names them, and checked.

use std::sync::Arc;

use super::config::Config;
use crate::app::files::{Files, Use, read_text};
use crate::base::{Error, Place, Problem, Result, Text};
use crate::model::{Pack, pack};
use crate::rules::is_known_place;
use crate::text;

/// All packs that the settings name, later ones laid over those before them.
///
/// # Errors
/// With the faults of all of them; a place of which nothing tells where it is is one.
pub(super) fn load(files: &dyn Files, config: &Config) -> Result<Arc<Pack>> {
    let mut problems = Vec::new();
    let mut all = Pack::default();
    for (path, at) in &config.packs {
        match read_text(files, path, Use::Input).and_then(|source| pack::load(path, &source)) {
            Ok(pack) => {
                problems.extend(pack.places.iter().filter(|place| !is_known_place(place)).map(unknown));
                all.lay_over(pack);
            }
            Err(error) => problems.extend(error.problems().iter().map(|problem| named(problem, at))),
        }
    }
    Error::unless_empty(problems, Arc::new(all))
}

/// A fault of a file that could not be read has the place that names it.
fn named(problem: &Problem, at: &Place) -> Problem {
    problem.clone().at_known(Some(problem.at.clone().unwrap_or_else(|| at.clone())))
}

fn unknown(place: &pack::NewPlace) -> Problem {
    let name = &place.name;
    let what = text!("不知道“{name}”在哪里", "nothing tells where “{name}” is");
    let help = Text::fixed(
        "写上“原名”（原来的全称）或“代码”（六位行政区划代码）；乡镇写“上级”（县的全称）",
        "add 原名 (the full name that it had) or 代码 (its six-digit code); for a town, 上级 (its county)",
    );
    Problem::new(what).help(help).at(place.at.clone())
}
