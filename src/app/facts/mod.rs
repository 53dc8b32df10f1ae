//! Facts files, YAML or tables: decoded, loaded, laid one over the other, and turned into each other.

pub mod page;
pub mod table;

use serde_json::Value as Json;

use super::files::{Use, in_file, read_text};
use super::library::{library, skeleton};
use super::office::Office;
use super::settings;
use crate::base::{Error, Problem, Result, Text, encoding};
use crate::draft::sample;
use crate::model::facts::schema::Names;
use crate::model::{Facts, facts};
use crate::sheet::{self, Mapping};

/// The facts of these files, each laid over those before it; `None` if there are no files. What a
/// person should know of a file (its encoding, values that count as missing) is in the notes of the
/// facts.
///
/// # Errors
/// With every fault of every file at once.
pub fn load(office: &Office, names: &[String]) -> Result<Option<Facts>> {
    let loaded = each(office, names)?;
    let several = loaded.len() > 1;
    let mut facts = loaded.into_iter().reduce(|mut earlier, facts| {
        earlier.lay_over(facts);
        earlier
    });
    // What one file says may tell what another means: the list of people, the locality's name.
    if several && let Some(facts) = &mut facts {
        facts::settle(facts);
    }
    Ok(facts)
}

/// The facts of each of the files by itself.
///
/// # Errors
/// With every fault of every file at once.
pub fn each(office: &Office, names: &[String]) -> Result<Vec<Facts>> {
    let mut all = Vec::new();
    let mut problems = Vec::new();
    for name in names {
        match load_one(office, name) {
            Ok(facts) => all.push(facts),
            Err(error) => problems.extend_from_slice(error.problems()),
        }
    }
    Error::unless_empty(problems, all)
}

/// The facts files that count: those given, else those that the settings name.
#[must_use]
pub fn chosen(office: &Office, given: Option<Vec<String>>) -> Vec<String> {
    given.unwrap_or_else(|| settings::facts(&office.config))
}

/// The facts files that a document goes by: those of the settings, as what is the same for all documents
/// of a folder, and over them those given.
#[must_use]
pub fn over_defaults(office: &Office, config: &settings::Config, given: Option<Vec<String>>) -> Vec<String> {
    let mut all = settings::facts(config);
    let Some(given) = given else { return all };
    let real = |name: &String| office.files.real(name);
    all.retain(|default| given.iter().all(|name| real(name) != real(default)));
    all.extend(given);
    all
}

/// The JSON Schema of facts files, or of the facts that one skeleton asks for.
///
/// # Errors
/// If there is no such skeleton.
pub fn schema(office: &Office, template: Option<&str>, names: Names) -> Result<Json> {
    let Some(template) = template else { return Ok(facts::schema::schema(names, None)) };
    let skeleton = skeleton(&library(office)?, &*office.files, template)?;
    Ok(facts::schema::schema(names, Some(&sample::questions(&skeleton, None))))
}

/// What a clerk says of the heads of a workbook: in the file that was given, else in 映射.yaml beside the
/// workbook, if there is one.
///
/// # Errors
/// If the file cannot be read, or says what cannot be.
fn mapping(office: &Office, workbook: &str, given: Option<&str>) -> Result<Mapping> {
    let folder = workbook.rfind(['/', '\\']).map_or("", |at| &workbook[..=at]);
    let beside = format!("{folder}{}", sheet::MAPPING);
    let name = match given {
        Some(given) => given,
        None if office.files.is_file(&beside) => &beside,
        None => return Ok(Mapping::default()),
    };
    Mapping::read(name, &read_text(&*office.files, name, Use::Input)?)
}

fn load_one(office: &Office, name: &str) -> Result<Facts> {
    if sheet::knows(name) {
        let reading = table::read(office, name, table::Asked::default())?;
        return Error::unless_empty(reading.problems, reading.facts);
    }
    let bytes = office.files.read(name, Use::Input)?;
    let decoded = encoding::decode(&bytes).map_err(|e| {
        e.map(|p| Problem {
            help: Some(Text::fixed(
                "事实文件是 .yaml 文本文件，或 .xlsx、.csv 表格；文本用记事本等编辑器另存为 UTF-8 后再试",
                "a facts file is a .yaml text file, or a table (.xlsx, .csv); save text as UTF-8 with a text editor and try again",
            )),
            ..in_file(p, name)
        })
    })?;
    let mut facts = facts::load(name, &decoded.text)?;
    facts.notes.splice(0..0, decoded.note().map(|note| in_file(note, name)));
    Ok(facts)
}
