//! A paper laid out to the standard: what was done, what is not sure, and the file.

use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::check::laid_out;
use super::request::{Heard, Reply, Request, problems};
use crate::app::format::{Asked, format, tell};
use crate::base::{Problem, Result, Text};
use crate::model::settings::Fonts;
use crate::read::read;
use crate::write::format::{Form, Grid};

/// The paper and how it is to be laid out; what is not said goes by what was declared.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Wanted {
    /// The paper, and behind it a sample whose look counts.
    names: Vec<String>,
    form: String,
    fonts: String,
    grid: String,
}

/// The paper laid out.
pub(super) fn formatted(request: &Request<'_>) -> Result<Reply> {
    let wanted: Wanted = request.asked()?;
    let (office, _) = request.office(&wanted.names);
    let paper = wanted.names.first().filter(|_| !request.files.is_empty());
    let paper = paper.ok_or_else(|| Problem::new(Text::fixed("没有要排的稿子", "the paper is not here")))?;
    let asked = Asked {
        form: named(&wanted.form, &Form::ALL),
        fonts: named(&wanted.fonts, &Fonts::ALL),
        grid: named(&wanted.grid, &Grid::ALL).unwrap_or_default(),
        like: wanted.names.get(1).cloned(),
    };
    let mut heard = Heard::default();
    let done = format(&office, paper, &asked, &mut heard)?;
    tell(&done, &mut heard);
    let lang = request.lang;
    let doubts: Vec<Json> = done.doubts.iter().map(|doubt| doubt.in_lang(lang).into()).collect();
    // What is in doubt is told apart.
    let said = heard.said.len() - doubts.len();
    let told: Vec<Json> = heard.said[..said].iter().map(|one| one.in_lang(lang).into()).collect();
    let mut answer = laid_out(&read("a.docx", &done.bytes)?);
    let stem = paper.rsplit('/').next().unwrap_or(paper);
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    answer["name"] = json!(format!("{stem}-{}.docx", lang.either("规范", "standard")));
    answer["told"] = told.into();
    answer["doubts"] = doubts.into();
    answer["notes"] = problems(&heard.notes, lang);
    Ok(Reply { json: answer, files: vec![done.bytes] })
}

fn named<T: Copy>(name: &str, all: &[(&str, T)]) -> Option<T> {
    all.iter().find(|(known, _)| *known == name).map(|&(_, value)| value)
}
