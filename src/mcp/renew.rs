//! The tool that makes this year's paper of last year's: first the rows, then the text with the answers.

use serde_json::{Value as Json, json};

use super::Room;
use super::answer::Answer as Said;
use super::arguments::Arguments;
use crate::app::Deaf;
use crate::app::facts::load;
use crate::app::renew::{Listed, list};
use crate::base::{Error, Problem, Result, Text};
use crate::read::read;
use crate::renew::{Answer, Row, SAME};
use crate::text;

pub(super) fn renew(room: &Room<'_>, given: &Arguments<'_>) -> Result<Said> {
    let name = given.document(room)?;
    let years = given.number("years").and_then(|n| u16::try_from(n).ok()).filter(|n| *n > 0).unwrap_or(1);
    let listed = list(&room.office, &name, years, &mut Deaf)?;
    let facts = given.facts(room).unwrap_or_default();
    let values = given.names("values").unwrap_or_default();
    if facts.is_empty() && values.is_empty() {
        return rows(room, &listed);
    }
    let mut answers = answers(&listed, &values)?;
    let filled = listed.fill(&load(&room.office, &facts)?.unwrap_or_default(), &mut answers);
    let (bytes, done) = listed.renewed(&answers, &name, &room.office, false)?;
    let text = read(&name, &bytes)?.into_text();
    let lang = room.office.lang;
    let open: Vec<Json> = done
        .open
        .iter()
        .map(|(range, say)| json!({ "start": range.start, "end": range.end, "say": say.in_lang(lang) }))
        .collect();
    let filled: Vec<Json> = filled
        .into_iter()
        .map(|filled| json!({ "row": filled.row, "value": filled.value, "fact": filled.fact }))
        .collect();
    let (new, same, left) = done.counts;
    let structured = json!({
        "text": text, "changed": new, "confirmed": same, "open_rows": left, "open": open, "filled": filled,
    });
    Ok(Said::of(text, structured))
}

fn rows(room: &Room<'_>, listed: &Listed) -> Result<Said> {
    let one = |row: &Row| {
        let mut told = Listed::row_as_json(row, room.office.lang);
        told["places"] = row.places.len().into();
        told
    };
    let all: Vec<Json> = listed.rows.iter().map(one).collect();
    let page = String::from_utf8_lossy(&listed.table(&[], "-", &room.office)?).into_owned();
    Ok(Said::of(page, json!({ "rows": all })))
}

/// `3=91%`, `4=不变`: answers by the numbers of their rows.
fn answers(listed: &Listed, values: &[String]) -> Result<Vec<Answer>> {
    let mut answers = vec![Answer::Open; listed.rows.len()];
    let mut problems = Vec::new();
    for value in values {
        let parts = value
            .split_once('=')
            .and_then(|(row, words)| Some((row.trim().parse::<usize>().ok()?, words.trim())));
        let slot = parts.and_then(|(row, words)| Some((answers.get_mut(row.checked_sub(1)?)?, words)));
        match slot {
            Some((slot, words)) if words == SAME => *slot = Answer::Same,
            Some((slot, words)) if !words.is_empty() => *slot = Answer::New(words.to_owned()),
            _ => problems.push(
                Problem::new(text!(
                    "values 的“{value}”不是“编号=今年的值”",
                    "“{value}” in values is not ROW=VALUE"
                ))
                .help(Text::fixed(
                    "写成 3=91%，确认没有变的写成 3=不变",
                    "write 3=91%, or 3=不变 for a value that is the same",
                )),
            ),
        }
    }
    Error::unless_empty(problems, answers)
}
