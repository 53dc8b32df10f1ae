//! Looking at one open text: what is found in it, or what is wrong with it.

use super::desk::{Kind, Seen};
use crate::app::check::{Pile, check};
use crate::app::library::{library, skeleton};
use crate::app::plan::{Asked, plans};
use crate::app::settings::{self, Flags};
use crate::app::{Deaf, Office, facts};
use crate::base::{Problem, Result};
use crate::corpus::{Corpus, Held};
use crate::draft::lint;
use crate::model::Severity;

/// What is to be looked at.
pub(super) struct Job {
    pub office: Office,
    pub uri: String,
    pub name: String,
    pub kind: Kind,
    pub version: i64,
    /// How long the settings have been as they are.
    pub generation: u64,
}

/// What came of it.
pub(super) struct Looked {
    pub uri: String,
    pub generation: u64,
    pub seen: Seen,
}

pub(super) fn look(job: Job, corpus: Option<&Held>) -> Looked {
    let Job { office, uri, name, kind, version, generation } = job;
    let seen = match kind {
        Kind::Document => findings(&office, &name, corpus),
        Kind::Facts => facts::load(&office, &[name]).map(|loaded| Seen {
            problems: as_grave(Severity::Info, &loaded.map(|facts| facts.notes).unwrap_or_default()),
            ..Seen::default()
        }),
        Kind::Settings => settings::read(&*office.files, &name).map(|_| Seen::default()),
        Kind::Skeleton => faults(&office, &name),
        Kind::Other => Ok(Seen::default()),
    };
    let seen = seen.unwrap_or_else(|error| Seen {
        problems: as_grave(Severity::Error, error.problems()),
        ..Seen::default()
    });
    Looked { uri, generation, seen: Seen { version, ..seen } }
}

fn as_grave(severity: Severity, problems: &[Problem]) -> Vec<(Severity, Problem)> {
    problems.iter().map(|problem| (severity, problem.clone())).collect()
}

/// What the command line's `check` finds in a document.
fn findings(office: &Office, name: &str, corpus: Option<&Held>) -> Result<Seen> {
    // There is nothing to say of a page on which nothing stands yet.
    if office.files.read(name, crate::app::Use::Look)?.trim_ascii().is_empty() {
        return Ok(Seen::default());
    }
    let flags = Flags { as_of: Some(office.today), ..Flags::default() };
    let asked = Asked { flags, ..Asked::default() };
    let names = vec![name.to_owned()];
    let plans = plans(office, &asked, &names, &mut Deaf)?;
    let plan = plans.first().cloned();
    let run = |corpus: Option<Corpus<'_>>| {
        let pile = Pile { corpus, ..Pile::of(names.clone(), plans.clone(), &asked) };
        check(office, pile, &mut Deaf)
    };
    let checked = match corpus {
        Some(held) => held.with(|corpus| run(Some(corpus)))?,
        None => run(None)?,
    };
    let unread = checked.unread.iter().flat_map(|(_, error)| error.problems());
    let problems = unread.map(|problem| (Severity::Error, problem.clone())).collect();
    let findings = checked.documents.into_iter().flat_map(|document| document.findings).collect();
    Ok(Seen { findings, plan, problems, ..Seen::default() })
}

/// What `template lint` says of a skeleton's text, without drafting its example.
fn faults(office: &Office, name: &str) -> Result<Seen> {
    let skeleton = skeleton(&library(office)?, &*office.files, name)?;
    Ok(Seen { problems: as_grave(Severity::Warning, &lint::skeleton(&skeleton)?), ..Seen::default() })
}
