//! The package for review, of the draft that is at hand or of a paper: one file to download, and what it kept, which
//! the page hands back for the next one.

use serde_json::json;

use super::check::{Sitting, Wanted as Checked};
use super::draft::Wanted as Drafted;
use super::facts::filled;
use super::request::{Heard, Reply, Request, file_name};
use crate::app::draft::draft as make;
use crate::app::package::{Kept, Made, no_facts, of_draft, of_paper};
use crate::base::{Lang, Problem, Result, Text};
use crate::report::package::summary;

/// The package for review of the draft: a .zip of its files, and what is to be handed back for the next one.
pub(super) fn draft(request: &Request<'_>) -> Result<Reply> {
    let wanted: Drafted = request.asked()?;
    let (office, names) = filled(request, &wanted.facts);
    let drafted = make(&office, wanted.order(names), &mut Heard::default())?;
    packed(&of_draft(&office, &drafted, "", Kept::parse(wanted.last.as_bytes()).as_ref())?, request.lang)
}

/// The package for review of the one paper `name`, held against the facts that it is checked with.
pub(super) fn check(request: &Request<'_>) -> Result<Reply> {
    let wanted: Checked = request.asked()?;
    let sitting = Sitting::of(request, &wanted)?;
    let at = sitting.papers.iter().position(|name| *name == wanted.name);
    let facts = at
        .and_then(|at| sitting.plans[at].facts.clone())
        .ok_or_else(|| no_facts().help(Text::fixed("先在上面选事实文件", "choose the facts first, above")))?;
    let (checked, sitting) = sitting.check(&wanted)?;
    if let Some((_, error)) = checked.unread.iter().find(|(path, _)| *path == wanted.name) {
        return Err(error.clone());
    }
    let document = checked
        .documents
        .iter()
        .find(|document| document.path == wanted.name)
        .ok_or_else(|| Problem::new(Text::fixed("这份文稿没有读成", "the document could not be read")))?;
    let last = Kept::parse(wanted.last.as_bytes());
    packed(&of_paper(&sitting.office, document, &facts, last.as_ref()), request.lang)
}

/// A package as the page hands it out.
fn packed(made: &Made, lang: Lang) -> Result<Reply> {
    let title = file_name(&made.package.title);
    let name = format!("{}{title}.zip", lang.either("送审包 ", "for review "));
    let kept = String::from_utf8_lossy(&made.kept.bytes()).into_owned();
    let counts = summary(&made.package);
    Ok(Reply { json: json!({ "name": name, "kept": kept, "summary": counts }), files: vec![made.zip()?] })
}
