//! The tool that lays a paper out to the standard. Nothing is written: the .docx comes in the answer.

use serde_json::{Value as Json, json};

use super::Room;
use super::answer::{Answer, File};
use super::arguments::Arguments;
use crate::app::Listener;
use crate::app::format::{Asked, format, tell};
use crate::base::{Problem, Result, Text};
use crate::model::settings::Fonts;
use crate::write::format::{Form, Grid};

/// Whoever keeps what is said.
#[derive(Default)]
struct Heard(Vec<Text>);

impl Listener for Heard {
    fn note(&mut self, problem: &Problem) {
        self.0.push(problem.what.clone());
    }
    fn say(&mut self, sentence: &Text) {
        self.0.push(sentence.clone());
    }
    fn complain(&mut self, problems: &[Problem]) {
        self.0.extend(problems.iter().map(|p| p.what.clone()));
    }
    fn progress(&mut self, _: Option<&Text>) {}
}

pub(super) fn formatted(room: &Room<'_>, given: &Arguments<'_>) -> Result<Answer> {
    let name = given.document(room)?;
    let asked = Asked {
        form: named(given.words("form"), &Form::ALL),
        fonts: named(given.words("fonts"), &Fonts::ALL),
        grid: named(given.words("grid"), &Grid::ALL).unwrap_or_default(),
        like: given.words("like").map(str::to_owned),
    };
    let mut heard = Heard::default();
    let done = format(&room.office, &name, &asked, &mut heard)?;
    tell(&done, &mut heard);
    let lang = room.office.lang;
    let told: Vec<&str> = heard.0.iter().map(|one| one.in_lang(lang)).collect();
    let doubts: Vec<Json> = done.doubts.iter().map(|doubt| doubt.in_lang(lang).into()).collect();
    let file = File::docx(&name, lang.either("规范", "standard"), &done.bytes);
    let structured = json!({ "name": file.name, "told": told, "doubts": doubts, "bytes": done.bytes.len() });
    let mut answer = Answer::of(told.join("\n"), structured);
    answer.file = Some(file);
    Ok(answer)
}

fn named<T: Copy>(name: Option<&str>, all: &[(&str, T)]) -> Option<T> {
    all.iter().find(|(known, _)| Some(*known) == name).map(|&(_, value)| value)
}
