//! Tools that look after facts: which are asked for, and whether those that are given are sound.

use serde_json::{Value as Json, json};

use super::Room;
use super::answer::Answer;
use super::arguments::Arguments;
use crate::app::Deaf;
use crate::app::facts::{chosen, load, page, schema as schema_of, table};
use crate::app::gather::{Doubt, Gathered, gather, label};
use crate::base::{Error, Lang, Place, Result};
use crate::model::facts::{path::in_chinese, schema::Names};

pub(super) fn schema(room: &Room<'_>, given: &Arguments<'_>) -> Result<Answer> {
    let keys = given.words("keys").and_then(Lang::from_name).unwrap_or(Lang::Zh);
    let template = given.words("template");
    let schema = schema_of(&room.office, template, Names::In(keys))?;
    let Some(template) = template else {
        return Ok(Answer::of(format!("{schema}\n"), json!({ "schema": schema })));
    };
    let form = table::Form { template, topic: None, example: false, workbook: false };
    let blank = table::blank(&room.office, &form)?;
    let blank = String::from_utf8_lossy(&blank).into_owned();
    Ok(Answer::of(blank.clone(), json!({ "schema": schema, "blank": blank })))
}

pub(super) fn read(room: &Room<'_>, given: &Arguments<'_>) -> Result<Answer> {
    let lang = room.office.lang;
    let papers = given.documents(room, "papers")?;
    let names: Vec<&str> = papers.iter().map(String::as_str).collect();
    let Gathered { facts, doubts, yaml } = gather(&room.office, &names, given.words("template"), &mut Deaf)?;
    let doubt = |doubt: &Doubt| {
        let said = doubt.said.iter().map(|(words, at)| json!({ "value": words, "at": label(at, lang) }));
        json!({ "key": doubt.key, "of": doubt.of, "said": said.collect::<Vec<_>>() })
    };
    let doubts: Vec<Json> = doubts.iter().map(doubt).collect();
    let structured = json!({ "yaml": yaml, "facts": page::as_json(&facts, lang), "doubts": doubts });
    Ok(Answer::of(yaml, structured))
}

pub(super) fn check(room: &Room<'_>, given: &Arguments<'_>) -> Result<Answer> {
    let lang = room.office.lang;
    let names = chosen(&room.office, given.facts(room));
    let facts = match load(&room.office, &names) {
        Ok(facts) => facts.ok_or_else(table::none_given)?,
        Err(error) => {
            let structured = json!({ "problems": problems(&error, lang) });
            return Ok(Answer::failed(error.in_lang(lang), structured));
        }
    };
    let all = facts.leaves();
    let blank: Vec<String> =
        all.iter().filter(|(_, fact)| fact.value.is_missing()).map(|(path, _)| in_chinese(path)).collect();
    let mut text = page::count(&facts, names.len()).in_lang(lang).to_owned();
    for note in &facts.notes {
        text.push_str(&format!("\n{}", note.in_lang(lang)));
    }
    let structured = json!({ "stated": all.len() - blank.len(), "blank": blank, "problems": [], "facts": page::as_json(&facts, lang) });
    Ok(Answer::of(text, structured))
}

/// Each problem by itself: where, what, and what to do.
pub(super) fn problems(error: &Error, lang: Lang) -> Vec<Json> {
    let one = |problem: &crate::base::Problem| {
        let (line, column) = match &problem.at {
            Some(Place::Line { line, column, .. }) => (Some(line), Some(column)),
            _ => (None, None),
        };
        json!({
            "at": problem.at.as_ref().map(|at| at.label().in_lang(lang).to_owned()),
            "line": line,
            "column": column,
            "message": problem.what.in_lang(lang),
            "help": problem.help.as_ref().map(|help| help.in_lang(lang)),
        })
    };
    error.problems().iter().map(one).collect()
}
