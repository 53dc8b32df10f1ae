//! Every rule over every document of a pile.
//!
//! A document that cannot be read does not keep the others from being checked; it is among the
//! unread. Several documents are checked on all cores, a single one without starting a thread; the
//! outcome is in the order in which they were given either way.

use super::baseline::Baselines;
use super::cores;
use super::files::{Use, placed};
use super::office::{Listener, Office};
use super::plan::{Asked, Plan};
use crate::base::{Error, Result};
use crate::corpus::Corpus;
use crate::model::{Facts, Finding, Manuscript};
use crate::read::read;
use crate::report::{Checked, Document, Original};
use crate::rules::{self, Case};

/// Documents to be checked together, each with what it is checked with.
pub struct Pile<'a> {
    /// Each document's name with its plan; see [`plans`](super::plan::plans).
    pub documents: Vec<(String, Plan)>,
    /// What was named and is no document, and why.
    pub missed: Vec<(String, Error)>,
    /// What was asked for besides the settings.
    pub asked: &'a Asked,
    /// Facts of other localities.
    pub others: &'a [Facts],
    /// What they are held against.
    pub corpus: Option<Corpus<'a>>,
    /// Whether all that is found is accepted in the baseline.
    pub accept: bool,
}

impl<'a> Pile<'a> {
    /// Documents that are checked by themselves.
    #[must_use]
    pub fn of(names: Vec<String>, plans: Vec<Plan>, asked: &'a Asked) -> Self {
        let documents = names.into_iter().zip(plans).collect();
        Self { documents, missed: Vec::new(), asked, others: &[], corpus: None, accept: false }
    }
}

/// Checks a pile. A text without a name (`-`) is kept in its document as the original, since it can
/// be read only once.
///
/// # Errors
/// If a baseline has faults or cannot be written, or the corpus failed while it was searched.
pub fn check(office: &Office, pile: Pile<'_>, listener: &mut dyn Listener) -> Result<Checked> {
    let plans = pile.documents.iter().map(|(_, plan)| plan);
    let needed = pile.asked.baseline.is_some() && !pile.accept;
    let mut baselines = Baselines::load(&*office.files, plans, needed)?;
    let outcomes = cores::each(&pile.documents, |(name, plan)| one(office, &pile, name, plan));
    if let Some(failed) = pile.corpus.and_then(|corpus| corpus.failure.get()) {
        return Err(failed.clone());
    }
    let mut checked = Checked { unread: pile.missed, ..Checked::default() };
    for ((name, plan), outcome) in pile.documents.into_iter().zip(outcomes) {
        match outcome {
            Ok(Looked { manuscript, findings, original }) => {
                let text = manuscript.text();
                let findings = baselines.apply(&plan, text, findings, pile.accept);
                let copied = rules::copied_passage::summary(manuscript.characters(), text, &findings);
                let mut document = Document::new(name, manuscript, findings);
                document.notes.extend(copied);
                document.original = original;
                checked.documents.push(document);
            }
            Err(error) => {
                let error = placed(error, &name);
                checked.unread.push((name, error));
            }
        }
    }
    if pile.accept {
        baselines.update(office, listener)?;
    } else {
        baselines.tell(listener);
    }
    Ok(checked)
}

/// What looking at one document came to.
struct Looked {
    manuscript: Manuscript,
    findings: Vec<Finding>,
    original: Option<Original>,
}

fn one(office: &Office, pile: &Pile<'_>, name: &str, plan: &Plan) -> Result<Looked> {
    let bytes = office.files.read(name, Use::Input)?;
    let unnamed = name == "-";
    let read_as = pile.asked.unnamed.as_deref().filter(|_| unnamed).unwrap_or(name);
    let manuscript = read(read_as, &bytes)?;
    let case = Case::new(&manuscript, &plan.settings)
        .with_facts(plan.facts.as_deref())
        .beside(pile.others)
        .against(pile.corpus);
    let findings = rules::check(&case);
    let original = unnamed.then(|| Original { name: read_as.to_owned(), bytes });
    Ok(Looked { manuscript, findings, original })
}
