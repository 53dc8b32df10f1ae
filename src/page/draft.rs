//! A document as it comes to be: its text, where each word is from, what is still missing.

use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::check::{laid_out, view};
use super::facts::filled;
use super::request::{Heard, Reply, Request, file_name, problems};
use crate::app::draft::{Order, Planned, Ready, draft as make};
use crate::base::lines::Walk;
use crate::base::{Lang, Place, Result};
use crate::draft::{Options, characters};
use crate::model::Manuscript;
use crate::model::facts::path::in_chinese;
use crate::report::json_value;

#[derive(Deserialize)]
pub(super) struct Wanted {
    template: String,
    pub facts: Json,
    #[serde(default)]
    options: Chosen,
    #[serde(default)]
    format: String,
    /// What the last package of this sitting kept.
    #[serde(default)]
    pub last: String,
}

/// How the person wants it.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Chosen {
    length: Option<usize>,
    sections: Vec<String>,
    seed: u64,
    /// Whether blanks stand for what is missing.
    blanks: bool,
}

impl Wanted {
    pub fn order(&self, facts: Vec<String>) -> Order<'_> {
        let Chosen { length, sections, seed, blanks } = &self.options;
        let options = Options::with(|o| {
            (o.length, o.seed, o.allow_missing) = (*length, *seed, *blanks);
            o.sections.clone_from(sections);
        });
        Order { template: &self.template, facts, options, fonts: None, apart: None, update: None }
    }
}

pub(super) fn draft(request: &Request<'_>) -> Result<Reply> {
    let wanted: Wanted = request.asked()?;
    let lang = request.lang;
    let (office, names) = filled(request, &wanted.facts);
    let order = wanted.order(names);
    let ready = Ready::of(&office, &order)?;
    let [without, gaps] = ready.missing(&order.options)?;
    let stops = !without.is_empty() && !wanted.options.blanks;
    let missing: Vec<Json> = without
        .iter()
        .chain(&gaps)
        .map(|(path, purpose)| {
            json!({ "path": path, "key": in_chinese(path), "purpose": purpose.in_lang(lang) })
        })
        .collect();
    let (plan, better) = planned(&ready.plan(), lang);
    if stops {
        return Ok(Reply::of(json!({ "missing": missing, "plan": plan, "wanted": better })));
    }
    let mut heard = Heard::default();
    let drafted = ready.draft(&office, order, &mut heard)?;
    let manuscript = &drafted.manuscript;
    let (laid_out, pieces) = (laid_out(manuscript), pieces(manuscript, lang));
    let characters = characters(manuscript);
    let checked = drafted.checked("draft");
    let report = json_value(&checked, view(request))?;
    let mut notes = problems(&heard.notes, lang);
    without_loose(&mut notes, &plan);
    let mut answer = json!({
        "missing": missing,
        "pieces": pieces,
        "characters": characters,
        "findings": report["documents"][0]["findings"],
        "said": heard.said(lang),
        "notes": notes,
        "plan": plan,
        "wanted": better,
    });
    if let (Some(answer), Json::Object(laid_out)) = (answer.as_object_mut(), laid_out) {
        answer.extend(laid_out);
    }
    Ok(Reply::of(answer))
}

/// The plan, null where nothing answers or is answered, and the facts that would improve the draft most.
fn planned(planned: &Planned<'_>, lang: Lang) -> (Json, Json) {
    let mut plan = planned.as_json(lang);
    let wanted = plan["wanted"].take();
    (if planned.is_empty() { Json::Null } else { plan }, wanted)
}

/// What hangs loose is told with the plan, and not among the notes again.
fn without_loose(notes: &mut Json, plan: &Json) {
    let is_loose = |note: &Json| {
        let mut loose = plan["loose"].as_array().into_iter().flatten();
        loose.any(|one| one["say"] == note["message"])
    };
    if let Some(notes) = notes.as_array_mut() {
        notes.retain(|note| !is_loose(note));
    }
}

/// Where each stretch came from, in order.
fn pieces(manuscript: &Manuscript, lang: Lang) -> Vec<Json> {
    let mut walk = Walk::of(manuscript.text());
    manuscript
        .pieces()
        .iter()
        .map(|piece| {
            let (start, end) = (walk.to(piece.range.start).0, walk.to(piece.range.end).0);
            let (from, paths) = origin(&piece.from);
            let label = piece.from.label();
            let keys: Vec<String> = paths.iter().map(|path| in_chinese(path)).collect();
            json!({
                "start": start, "end": end, "from": from, "label": label.in_lang(lang),
                "paths": paths, "keys": keys,
            })
        })
        .collect()
}

/// What kind of origin a place is, and the facts behind it.
fn origin(place: &Place) -> (&'static str, Vec<&str>) {
    match place {
        Place::Fact { path, .. } => ("fact", vec![path]),
        Place::Computed(of) => ("computed", of.iter().flat_map(|place| origin(place).1).collect()),
        Place::Phrase { .. } => ("phrase", Vec::new()),
        _ => ("skeleton", Vec::new()),
    }
}

/// The document in the format that was asked for. What is missing is an error here: a file leaves the
/// page, and with it whoever could see what it lacks.
pub(super) fn file(request: &Request<'_>) -> Result<Reply> {
    let wanted: Wanted = request.asked()?;
    let (office, names) = filled(request, &wanted.facts);
    let drafted = make(&office, wanted.order(names), &mut Heard::default())?;
    let title = drafted.manuscript.text().lines().find(|l| !l.trim().is_empty()).unwrap_or("文稿");
    let name = format!("{}.{}", file_name(title), wanted.format);
    let bytes = drafted.bytes(&name)?;
    Ok(Reply::file(&name, bytes))
}
