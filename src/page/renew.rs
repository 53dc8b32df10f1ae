//! This year's paper from last year's: its rows, what files know of them, the paper and the table.

use std::ops::Range;

use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::check::laid_out;
use super::facts;
use super::request::{Heard, Reply, Request, problems};
use crate::app::renew::{Filled, Listed, list};
use crate::app::{Office, Use};
use crate::base::lines::Walk;
use crate::base::{Problem, Result, Text};
use crate::renew::{Answer, is_table};

/// Last year's paper and what was entered.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Wanted {
    /// The paper, and behind it what may fill its rows: tables and facts.
    names: Vec<String>,
    /// How many years lie between the two papers; one where it is not said.
    years: u16,
    /// What was entered, as the words of a cell for each row.
    answers: Vec<String>,
    format: String,
    /// Whether what is put in shows as tracked changes.
    track: bool,
}

/// The paper read, with what was entered for its rows.
fn opened(
    request: &Request<'_>,
    wanted: &Wanted,
    heard: &mut Heard,
) -> Result<(Office, Listed, Vec<Answer>)> {
    let (office, _) = request.office(&wanted.names);
    let paper = wanted.names.first().filter(|_| !request.files.is_empty());
    let paper =
        paper.ok_or_else(|| Problem::new(Text::fixed("没有去年的稿子", "last year's paper is not here")))?;
    let listed = list(&office, paper, wanted.years.max(1), heard)?;
    let answers = listed.entered(&wanted.answers);
    Ok((office, listed, answers))
}

/// The text with its rows.
pub(super) fn renew(request: &Request<'_>) -> Result<Reply> {
    let wanted: Wanted = request.asked()?;
    let mut heard = Heard::default();
    let (_, listed, answers) = opened(request, &wanted, &mut heard)?;
    let told = listed.rows.iter().zip(places(&listed)).zip(listed.follows(&answers));
    let rows: Vec<Json> = told
        .map(|((row, places), follows)| {
            let mut one = Listed::row_as_json(row, request.lang);
            // By its Chinese name, by which the script knows it.
            one["kind"] = json!(row.kind.label().zh);
            one["places"] = json!(places);
            if let Some(follow) = follows {
                one["follows"] = json!({ "told": follow.told().in_lang(request.lang), "value": follow.fits });
            }
            one
        })
        .collect();
    let mut answer = laid_out(listed.manuscript());
    answer["rows"] = rows.into();
    answer["notes"] = problems(&heard.notes, request.lang);
    Ok(Reply::of(answer))
}

/// The places of the rows in code points, start and end, in one walk over the text.
fn places(listed: &Listed) -> Vec<Vec<[usize; 2]>> {
    let mut all: Vec<(&Range<usize>, usize)> = Vec::new();
    for (index, row) in listed.rows.iter().enumerate() {
        all.extend(row.places.iter().map(|place| (place, index)));
    }
    all.sort_by_key(|(place, _)| place.start);
    let mut walk = Walk::of(listed.manuscript().text());
    let mut places = vec![Vec::new(); listed.rows.len()];
    for (place, row) in all {
        places[row].push([walk.to(place.start).0, walk.to(place.end).0]);
    }
    places
}

/// Rows that were left open, filled from tables and from facts of this year.
pub(super) fn fill(request: &Request<'_>) -> Result<Reply> {
    let wanted: Wanted = request.asked()?;
    let (office, listed, mut answers) = opened(request, &wanted, &mut Heard::default())?;
    let (mut tables, mut others) = (Vec::new(), Vec::new());
    for name in &wanted.names[1..] {
        let of =
            if is_table(name, &office.files.read(name, Use::Input)?) { &mut tables } else { &mut others };
        of.push(name.clone());
    }
    let mut entered = 0;
    for name in &tables {
        for (answer, read) in answers.iter_mut().zip(listed.answers(&office, name)?) {
            if read != Answer::Open {
                *answer = read;
                entered += 1;
            }
        }
    }
    let (facts, unread) = facts::read(&office, &others);
    let lang = request.lang;
    let filled: Vec<Json> = listed
        .fill(&facts, &mut answers)
        .into_iter()
        .map(|Filled { row, value, fact }| {
            let from = facts.get(&fact).map(|fact| fact.at.label());
            json!({ "row": row, "value": value, "from": from.as_ref().map(|from| from.in_lang(lang)) })
        })
        .collect();
    Ok(Reply::of(json!({
        "answers": answers.iter().map(Answer::words).collect::<Vec<_>>(),
        "tables": tables, "entered": entered,
        "facts": others, "filled": filled,
        "unread": problems(&unread, lang), "notes": problems(&facts.notes, lang),
    })))
}

/// This year's paper, or the table of what was entered so far.
pub(super) fn file(request: &Request<'_>) -> Result<Reply> {
    let wanted: Wanted = request.asked()?;
    let (office, listed, answers) = opened(request, &wanted, &mut Heard::default())?;
    let stem = wanted.names[0].rsplit_once('.').map_or(&*wanted.names[0], |(stem, _)| stem);
    let name = format!("{stem}.{}", wanted.format);
    if matches!(&*wanted.format, "xlsx" | "yaml") {
        return Ok(Reply::file(&name, listed.table(&answers, &name, &office)?));
    }
    let (bytes, done) = listed.renewed(&answers, &name, &office, wanted.track)?;
    let (changed, same, open) = done.counts;
    let counts =
        json!({ "name": name, "changed": changed, "same": same, "open": open, "places": done.open.len() });
    Ok(Reply { json: counts, files: vec![bytes] })
}
