//! Two versions of a paper: what differs, and the newer one with it as tracked changes.

use serde::Deserialize;

use super::request::{Heard, Reply, Request, problems};
use crate::app::compare::compare as held;
use crate::base::{Problem, Result, Text};

/// The two papers, the older one first.
#[derive(Deserialize)]
struct Wanted {
    names: Vec<String>,
}

/// What differs, and the marked document.
pub(super) fn compare(request: &Request<'_>) -> Result<Reply> {
    let wanted: Wanted = request.asked()?;
    let ([_, _], [_, _]) = (&wanted.names[..], &request.files[..]) else {
        return Err(Problem::new(Text::fixed(
            "要两份稿子：旧稿和新稿",
            "two papers are needed: the older and the newer",
        ))
        .into());
    };
    // Two versions often have one name.
    let folders = ["old/", "new/"];
    let names: Vec<String> =
        folders.iter().zip(&wanted.names).map(|(folder, name)| format!("{folder}{name}")).collect();
    let (office, _) = request.office(&names);
    let mut heard = Heard::default();
    let compared = held(&office, &names[0], &names[1], &mut heard)?;
    let mut json = compared.as_json(&wanted.names[0], &wanted.names[1], request.lang);
    json["notes"] = problems(&heard.notes, request.lang);
    let stem = wanted.names[1].rsplit_once('.').map_or(&*wanted.names[1], |(stem, _)| stem);
    json["name"] = format!("{stem}.docx").into();
    Ok(Reply { json, files: vec![compared.bytes] })
}
