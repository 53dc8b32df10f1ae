//! Facts in and out: from workbooks and YAML into the form's own tree, and back.

use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::request::{Reply, Request, problems};
use crate::app::Office;
use crate::app::facts::page::{as_tree, count};
use crate::app::facts::{load, table};
use crate::base::{Problem, Result};
use crate::model::Facts;
use crate::sheet;

/// The name of the form's facts among the files.
pub(super) const FORM: &str = "表单.yaml";

#[derive(Deserialize)]
struct Given {
    names: Vec<String>,
}

/// Files read into the form's tree, with what could not be read.
pub(super) fn facts(request: &Request<'_>) -> Result<Reply> {
    let given: Given = request.asked()?;
    let (office, _) = request.office(&given.names);
    let (all, unread) = read(&office, &given.names);
    // What is asked of tables that are not clear is answered in a file that comes along with them.
    let tables: Vec<&str> = given.names.iter().map(String::as_str).filter(|n| sheet::knows(n)).collect();
    let asked = (!unread.is_empty()).then(|| table::import(&office, &tables, table::Asked::default()));
    let stub = asked.and_then(|read| read.ok()?.stub);
    let lang = request.lang;
    let places: serde_json::Map<String, Json> =
        all.leaves().into_iter().map(|(path, fact)| (path, fact.at.label().in_lang(lang).into())).collect();
    Ok(Reply::of(json!({
        "facts": as_tree(&all),
        "places": places,
        "count": count(&all, given.names.len()).in_lang(lang),
        "notes": problems(&all.notes, lang),
        "unread": problems(&unread, lang),
        "mapping": stub,
    })))
}

/// Facts of these files, and what could not be read.
pub(super) fn read(office: &Office, names: &[String]) -> (Facts, Vec<Problem>) {
    let (mut all, mut unread) = (Facts::default(), Vec::new());
    for name in names.iter().filter(|name| !is_mapping(name)) {
        let read = if sheet::knows(name) {
            table::import(office, &[name], table::Asked::default()).map(|read| {
                unread.extend(read.unread);
                read.facts
            })
        } else {
            load(office, std::slice::from_ref(name)).map(Option::unwrap_or_default)
        };
        match read {
            Ok(facts) => all.lay_over(facts),
            Err(error) => unread.extend_from_slice(error.problems()),
        }
    }
    (all, unread)
}

/// Whether a file says what the heads of the tables beside it mean.
fn is_mapping(name: &str) -> bool {
    name.rsplit(['/', '\\']).next() == Some(sheet::MAPPING)
}

#[derive(Deserialize)]
struct File {
    facts: Json,
    format: String,
    template: Option<String>,
}

/// The form's facts as a file to keep.
pub(super) fn file(request: &Request<'_>) -> Result<Reply> {
    let wanted: File = request.asked()?;
    let (office, names) = filled(request, &wanted.facts);
    let name = format!("{}.{}", request.lang.either("事实", "facts"), wanted.format);
    let (_, bytes) = table::export(&office, &names, wanted.template.as_deref(), &name)?;
    Ok(Reply::file(&name, bytes))
}

/// An office in which the form's facts are a file, and its name. JSON is YAML, so it is loaded, and
/// its faults told, as any facts file is.
pub(super) fn filled(request: &Request<'_>, facts: &Json) -> (Office, Vec<String>) {
    let (office, files) = request.office(&[]);
    let empty = facts.as_object().is_none_or(serde_json::Map::is_empty);
    files.put(FORM, if empty { String::new() } else { format!("{facts:#}\n") }.as_bytes());
    (office, vec![FORM.to_owned()])
}
