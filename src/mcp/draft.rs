//! Tools that make a document: draft, and the list of what can be drafted.

use serde_json::{Value as Json, json};

use super::Room;
use super::answer::Answer;
use super::arguments::Arguments;
use crate::app::draft::{Drafted, Order, Ready};
use crate::app::library::{as_json, library};
use crate::app::{Deaf, facts, package, trace};
use crate::base::{Error, ErrorKind, Lang, Result, Text};
use crate::draft::{Options, characters};
use crate::model::facts::path::{field, in_chinese};
use crate::report::{Checked, Document, View, json_value};

pub(super) fn draft(room: &Room<'_>, given: &Arguments<'_>) -> Result<Answer> {
    let lang = room.office.lang;
    let order = Order {
        template: given.words("template").unwrap_or_default(),
        facts: facts::over_defaults(&room.office, &room.office.config, given.facts(room)),
        options: Options {
            seed: given.number("seed").unwrap_or(0),
            allow_missing: given.flag("allow_missing"),
            sections: given.names("sections").unwrap_or_default(),
            length: given.number("length").and_then(|n| usize::try_from(n).ok()),
            name: None,
        },
        fonts: None,
        apart: None,
        update: None,
    };
    let ready = Ready::of(&room.office, &order)?;
    if given.flag("plan") {
        let planned = ready.plan();
        return Ok(Answer::of(planned.tree(lang), json!({ "plan": planned.as_json(lang) })));
    }
    let lacking = ready.missing(&order.options);
    let (plan, remarks) = {
        let planned = ready.plan();
        (planned.as_json(lang), planned.remarks(lang))
    };
    let drafted = match ready.draft(&room.office, order, &mut Deaf) {
        Ok(drafted) => drafted,
        Err(error) if error.kind() == ErrorKind::Missing => {
            let [without, gaps] = lacking?;
            return Ok(lacks(&error, without.iter().chain(&gaps), lang));
        }
        Err(error) => return Err(error),
    };
    let [_, gaps] = lacking?;
    let gaps: Vec<Json> = gaps.iter().map(|one| asked_for(one, lang)).collect();
    let is_text = given.words("format") == Some("text");
    let bytes = drafted.bytes(if is_text { "-.txt" } else { "-.md" })?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let mut provenance = trace::as_json(&drafted.manuscript);
    match (given.words("provenance"), provenance.as_array_mut()) {
        (Some("none"), Some(all)) => all.clear(),
        (Some("all"), _) | (_, None) => {}
        (_, Some(all)) => all.retain(|p| matches!(p["from"].as_str(), Some("fact" | "computed"))),
    }
    let characters = characters(&drafted.manuscript);
    let package = for_review(room, given, &drafted)?;
    let findings = findings(drafted.checked("-"), View { lang, ..View::default() })?;
    let format = if is_text { "text" } else { "markdown" };
    let mut structured = json!({
        "format": format, "text": text, "characters": characters, "findings": findings, "missing": gaps,
        "loose": plan["loose"], "wanted": plan["wanted"], "provenance": provenance,
    });
    if let Some(package) = package {
        structured["package"] = package;
    }
    Ok(Answer { aside: remarks, ..Answer::of(text, structured) })
}

/// The answer that facts are missing, and which.
fn lacks<'m>(error: &Error, missing: impl Iterator<Item = &'m (String, Text)>, lang: Lang) -> Answer {
    let missing: Vec<Json> = missing.map(|one| asked_for(one, lang)).collect();
    let ask =
        lang.either("缺的事实请问用户，不要编造。", "Ask the user for what is missing; do not make it up.");
    let text = format!("{}\n{ask}\n", error.in_lang(lang));
    Answer::failed(text, json!({ "missing": missing }))
}

/// What stands behind the draft, where it was asked for.
fn for_review(room: &Room<'_>, given: &Arguments<'_>, drafted: &Drafted) -> Result<Option<Json>> {
    if !given.flag("package") {
        return Ok(None);
    }
    let last = given.last_package(room)?;
    Ok(Some(package::of_draft(&room.office, drafted, "", last.as_ref())?.as_json()))
}

/// A fact that is missing, as the assistant is to ask for it.
fn asked_for((path, purpose): &(String, Text), lang: Lang) -> Json {
    let label = field(path).map(|f| f.label.in_lang(lang));
    let example = field(path).map(|f| f.example).filter(|e| !e.is_empty());
    json!({
        "fact": path, "key": in_chinese(path), "label": label,
        "purpose": purpose.in_lang(lang), "example": example,
    })
}

/// What the check of a draft found, as the report for programs has it.
fn findings(checked: Checked, view: View) -> Result<Json> {
    if checked.documents.iter().all(|Document { findings, .. }| findings.is_empty()) {
        return Ok(json!([]));
    }
    let all = json_value(&checked, view)?;
    Ok(all["documents"][0]["findings"].clone())
}

pub(super) fn list(room: &Room<'_>, _: &Arguments<'_>) -> Result<Answer> {
    let library = library(&room.office)?;
    let all = as_json(&library, room.office.lang)?;
    let line = |one: &Json| {
        let word = |key: &str| one[key].as_str().unwrap_or_default().to_owned();
        format!("{}  {}\n", word("id"), word("title"))
    };
    let text = all.as_array().into_iter().flatten().map(line).collect();
    Ok(Answer::of(text, json!({ "templates": all })))
}
