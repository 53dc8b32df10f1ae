//! Floor 2: facts → manuscript.
//!
//! A [`Skeleton`] declares the facts it needs; [`draft`] refuses to guess a missing one, renders
//! the body through Tera with every value marked, lets the phrase bank say its part, and
//! composes a manuscript in which each stretch knows its fact, phrase or template line.

mod compose;
mod context;
mod filters;
pub mod library;
mod mark;
pub mod phrase;
pub mod sample;
mod scan;
mod skeleton;
mod words;

use std::sync::Arc;

use crate::base::Result;
use crate::model::{Facts, Manuscript};
pub use skeleton::{Need, Skeleton};

/// How to draft, apart from the facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// Another number chooses other variants of the phrases.
    pub seed: u64,
    /// Write 【待补：会议.地点】 for a needed fact that is missing instead of stopping.
    pub allow_missing: bool,
}

/// Drafts a document. The same skeleton, facts and options give the same manuscript.
///
/// # Errors
/// With the list of needed facts that are missing, unless they are allowed to be; or if the
/// skeleton cannot be rendered.
///
/// ```
/// use wengao::draft::{Options, draft, library};
/// let skeleton = library::skeleton("speech/mobilization").unwrap();
/// let speech = draft(&skeleton, &skeleton.example, &Options::default()).unwrap();
/// assert!(speech.text().contains("同志们"));
/// ```
pub fn draft(skeleton: &Skeleton, facts: &Facts, options: &Options) -> Result<Manuscript> {
    written(skeleton, facts, options, None).map(|(manuscript, _)| manuscript)
}

/// Tells how many letters of a text others have said.
pub type Shared<'a> = &'a dyn Fn(&str) -> usize;

/// A phrase (套语) that shares letters with others' documents in every one of its variants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unavoidable {
    /// Its id.
    pub phrase: Arc<str>,
    /// The letters that the chosen variant shares.
    pub letters: usize,
}

/// Drafts a document in words that others have said as little as possible: of each phrase the
/// variant that shares least. Also what could not be avoided, in order of the text.
///
/// # Errors
/// As [`draft`].
pub fn draft_apart(
    skeleton: &Skeleton,
    facts: &Facts,
    options: &Options,
    shared: Shared<'_>,
) -> Result<(Manuscript, Vec<Unavoidable>)> {
    written(skeleton, facts, options, Some(shared))
}

fn written(
    skeleton: &Skeleton,
    facts: &Facts,
    options: &Options,
    shared: Option<Shared<'_>>,
) -> Result<(Manuscript, Vec<Unavoidable>)> {
    let missing = skeleton.missing(facts);
    if !missing.is_empty() && !options.allow_missing {
        return Err(skeleton.missing_error(&missing));
    }
    let mut values = context::Values::new(facts, options.allow_missing);
    let context = values.context(&skeleton.shape);
    let rendered =
        skeleton.tera.render(skeleton::BODY, &context).map_err(|error| skeleton.render_error(&error))?;
    let locality = facts.text("locality.name").unwrap_or_default();
    let document = facts
        .text("document.title")
        .or_else(|| facts.text("meeting.name"))
        .or_else(|| facts.text("work.name"))
        .unwrap_or_default();
    let seed = options.seed.to_string();
    compose::compose(&rendered, skeleton, &mut values, &[&locality, &document, &seed], shared)
}

/// Where a text holds a character by which drafts are put together, and which no text may hold.
#[must_use]
pub fn mark_in(text: &str) -> Option<usize> {
    mark::find(text)
}

#[cfg(test)]
mod tests;
