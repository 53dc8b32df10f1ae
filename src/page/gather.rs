//! What papers state: the facts in order, each with its places, and the file of those that are kept.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::check::laid_out;
use super::request::{Heard, Reply, Request, problems};
use crate::app::facts::page::as_tree;
use crate::app::gather::{Decided, Entry, Papers, Saying, label};
use crate::base::lines::Walk;
use crate::base::{Lang, Problem, Result};
use crate::gather::Kind;
use crate::model::facts::path::field;
use crate::model::facts::table::{Field, Kind as Shape};

/// The papers and what was decided.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Wanted {
    names: Vec<String>,
    /// The records that are not wanted.
    left: Vec<String>,
    /// Of fields on which papers differ the words that hold.
    chosen: BTreeMap<String, String>,
}

/// The papers read, and what cannot be.
fn read(request: &Request<'_>, heard: &mut Heard) -> Result<(Papers, Vec<Problem>, Decided)> {
    let Wanted { names, left, chosen } = request.asked()?;
    let (office, _) = request.office(&names);
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let (papers, unread) = Papers::read(&office, &names, heard);
    Ok((papers, unread, Decided { left, chosen }))
}

/// What the papers state, and as facts what of it is kept.
pub(super) fn gather(request: &Request<'_>) -> Result<Reply> {
    let mut heard = Heard::default();
    let (papers, unread, decided) = read(request, &mut heard)?;
    let lang = request.lang;
    let settled = papers.settled(&decided, None, lang);
    let places: serde_json::Map<String, Json> =
        settled.facts.leaves().into_iter().map(|(path, fact)| (path, label(&fact.at, lang).into())).collect();
    let texts: Vec<Json> = papers
        .read
        .iter()
        .map(|(name, manuscript)| {
            let mut text = laid_out(manuscript);
            text["name"] = json!(name);
            text
        })
        .collect();
    Ok(Reply::of(json!({
        "papers": texts,
        "records": records(&papers, lang),
        "facts": as_tree(&settled.facts),
        "places": places,
        "unread": problems(&unread, lang),
        "notes": problems(&heard.notes, lang),
    })))
}

/// The file of what is kept.
pub(super) fn file(request: &Request<'_>) -> Result<Reply> {
    let (papers, _, decided) = read(request, &mut Heard::default())?;
    let name = request.lang.either("采集的事实.yaml", "gathered facts.yaml");
    Ok(Reply::file(name, papers.settled(&decided, None, request.lang).yaml.into_bytes()))
}

/// All that was found, each value with its places in code points.
fn records(papers: &Papers, lang: Lang) -> Vec<Json> {
    let sayings = papers.records().flat_map(|(_, entry)| entry.fields.iter().flat_map(|(_, said)| said));
    let mut points = vec![BTreeMap::new(); papers.read.len()];
    for said in sayings {
        points[said.paper].extend([(said.range.start, 0), (said.range.end, 0)]);
    }
    for (points, (_, paper)) in points.iter_mut().zip(&papers.read) {
        let mut walk = Walk::of(paper.text());
        points.iter_mut().for_each(|(byte, point)| *point = walk.to(*byte).0);
    }
    papers.records().map(|(kind, entry)| record(kind, entry, &points, lang)).collect()
}

fn record(kind: Kind, entry: &Entry, points: &[BTreeMap<usize, usize>], lang: Lang) -> Json {
    let said = |one: &Saying| {
        let at = |byte: &usize| points[one.paper].get(byte);
        let (start, end) = (at(&one.range.start), at(&one.range.end));
        let at = label(&one.at, lang);
        json!({ "words": one.words(), "paper": one.paper, "start": start, "end": end, "at": at })
    };
    let told = |field: &Field| {
        let label = if lang == Lang::En { &*field.label.en } else { "" };
        json!({ "id": field.id, "key": field.key, "label": label })
    };
    let values = entry.fields.iter().map(|(field, all)| {
        let mut one = told(field);
        one["differs"] = Entry::differs(field, all).into();
        one["list"] = matches!(field.kind, Shape::List(_)).into();
        one["said"] = all.iter().map(said).collect();
        one
    });
    let values: Vec<Json> = values.collect();
    json!({ "id": entry.id, "kind": field(kind.id()).map(told), "values": values })
}
