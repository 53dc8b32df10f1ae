//! Floor 3: facts → manuscript.
//!
//! A [`Skeleton`] declares the facts it needs; [`draft`] refuses to guess a missing one, renders
//! the body through Tera with every value marked, lets the phrase bank say its part, and
//! composes a manuscript in which each stretch knows its fact, phrase or template line.

pub mod asserts;
mod bounded;
mod budget;
mod compose;
mod compute;
mod context;
mod filters;
mod front;
pub mod library;
pub mod lint;
mod lists;
mod mark;
mod mention;
mod parts;
pub mod phrase;
pub mod plan;
mod prose;
pub mod reading;
pub mod sample;
mod say;
mod scan;
mod skeleton;
mod tag;
mod told;
pub mod topic;
mod units;
pub mod wanted;
mod words;
mod working;

use std::sync::Arc;

use crate::base::{Error, ErrorKind, Result, stable};
use crate::model::{Facts, Manuscript};
pub(crate) use compose::fills;
pub use front::{Need, Section, example};
use plan::Plan;
pub use skeleton::Skeleton;
pub use words::NAMES as WORDS;
pub use working::working;

/// How to draft, apart from the facts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Options {
    /// Another number chooses other variants of the phrases.
    pub seed: u64,
    /// Write 【待补：会议.地点】 for a needed fact that is missing instead of stopping.
    pub allow_missing: bool,
    /// The sections to write, by id or title, in order; the skeleton's own if empty.
    pub sections: Vec<String>,
    /// What tells this document from others of the locality, and so which variants of the phrases it
    /// gets; `name_of` the facts if not said.
    pub name: Option<String>,
    /// About how many characters the document should have (字数, white space not counted); as many
    /// as the facts give if not said.
    pub length: Option<usize>,
}

impl Options {
    /// The options that count where nothing is said, changed in some points.
    #[must_use]
    pub fn with(change: impl FnOnce(&mut Self)) -> Self {
        let mut options = Self::default();
        change(&mut options);
        options
    }
}

/// How much room a skeleton has for what is not needed, from 0 to this.
pub const MOST_ROOM: u8 = 9;

/// Drafts a document. The same skeleton, facts and options give the same manuscript.
///
/// # Errors
/// With the list of needed facts that are missing, unless they are allowed to be; or if the
/// skeleton cannot be rendered, or the pack of the facts' topic has faults. Of a topic without a pack the
/// general phrases are used; [`Library::topic_note`](library::Library::topic_note) says so.
pub fn draft(skeleton: &Skeleton, facts: &Facts, options: &Options) -> Result<Manuscript> {
    compose(skeleton, facts, options, None)
}

/// As [`draft`], with the plan of these facts where somebody has made it already.
pub(crate) fn compose(
    skeleton: &Skeleton,
    facts: &Facts,
    options: &Options,
    plan: Option<&Plan<'_>>,
) -> Result<Manuscript> {
    written(skeleton, facts, options, plan, None).map(|(manuscript, _)| manuscript)
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

/// As [`compose`], in words that others have said as little as possible: of each phrase the variant that
/// shares least. Also what could not be avoided, in order of the text.
pub(crate) fn compose_apart(
    skeleton: &Skeleton,
    facts: &Facts,
    options: &Options,
    plan: Option<&Plan<'_>>,
    shared: Shared<'_>,
) -> Result<(Manuscript, Vec<Unavoidable>)> {
    written(skeleton, facts, options, plan, Some(shared))
}

fn written(
    skeleton: &Skeleton,
    facts: &Facts,
    options: &Options,
    plan: Option<&Plan<'_>>,
    shared: Option<Shared<'_>>,
) -> Result<(Manuscript, Vec<Unavoidable>)> {
    let sections = skeleton.chosen(facts, &options.sections)?;
    let missing = skeleton.missing(facts, &sections);
    if !missing.is_empty() && !options.allow_missing {
        return Err(skeleton.missing_error(&missing));
    }
    let topic = match facts.text("work.topic") {
        Some(name) => match skeleton.library.topic(&name) {
            Err(error) if error.kind() == ErrorKind::Unknown => None,
            known => Some(known.map_err(|e| stated_at(e, facts))?),
        },
        None => None,
    };
    let locality = facts.text("locality.name").unwrap_or_default();
    let document = options.name.clone().unwrap_or_else(|| name_of(facts));
    let seed = options.seed.to_string();
    let key = [&*locality, &*document, &*seed];
    let mut values =
        context::Values::new(facts, topic.as_deref().map(|t| &*t.title.zh), options.allow_missing);
    let judges = skeleton.judges(topic.as_deref());
    let uses = judges || skeleton.uses_plan() || skeleton.is_ordered();
    let own = (plan.is_none() && uses).then(|| Plan::of(facts));
    let plan = plan.or(own.as_ref());
    if let Some(plan) = plan {
        values.in_order(plan.order());
    }
    let mut context = values.context(&skeleton.shape);
    plan::insert(&mut context, &skeleton.of_plan, plan, (facts, &mut values), &skeleton.needed);
    let turn = stable::hash(&[&*skeleton.id, key[0], key[1], key[2]]);
    context.insert("turn", &(turn % 5040));
    let condition = plan.filter(|_| judges).and_then(Plan::condition);
    let limits = budget::Limits::of(skeleton.written().len(), facts);
    let mut at_room = |room: u8| {
        context.insert("room", &room);
        let mut made = |sections: &[&Section]| {
            context.insert("sections", &sections.iter().map(|s| &*s.id).collect::<Vec<_>>());
            let rendered = budget::render(&skeleton.tera, skeleton::BODY, &context, limits)
                .map_err(|failed| skeleton.render_error(&failed))?;
            let said = say::Said { skeleton, topic: topic.as_deref(), key: &key, condition, shared, limits };
            let arranged = compose::arrange(&rendered, sections);
            compose::compose(&arranged, &said, &mut values)
        };
        let mut composed = made(&sections)?;
        // Who says how many parts there are counts those that there are.
        if !composed.empty.is_empty() && skeleton.uses_sections() {
            let full = sections.iter().enumerate().filter(|(number, _)| !composed.empty.contains(number));
            let full: Vec<&Section> = full.map(|(_, section)| *section).collect();
            composed = made(&full)?;
        }
        Ok((composed.manuscript, composed.unavoidable))
    };
    let Some(wanted) = options.length else { return at_room(MOST_ROOM) };
    // The whole ladder: more room need not give more text in every skeleton.
    let mut best: Option<(usize, (Manuscript, Vec<Unavoidable>))> = None;
    for room in 0..=MOST_ROOM {
        let made = at_room(room)?;
        let off = characters(&made.0).abs_diff(wanted);
        if best.as_ref().is_none_or(|(least, _)| off < *least) {
            best = Some((off, made));
        }
    }
    best.map_or_else(|| at_room(MOST_ROOM), |(_, made)| Ok(made))
}

/// The change from one figure to another, as the trade words it: 增长5.6%, 减少12个; empty where they cannot be
/// compared.
#[must_use]
pub(crate) fn change_between(now: &str, before: &str) -> String {
    mark::plain(&compute::change(now, before))
}

/// How much more or less one figure is than another: 增加72个, 提高2.3个百分点; empty where they cannot be compared.
#[must_use]
pub(crate) fn difference_between(now: &str, before: &str) -> String {
    mark::plain(&compute::difference(now, before))
}

/// The share of a part in a whole: 35.2%; empty where there is none.
#[must_use]
pub(crate) fn share_between(part: &str, whole: &str) -> String {
    mark::plain(&compute::share(part, whole))
}

/// What the document of these facts is called: its title, its meeting or its work.
#[must_use]
pub fn name_of(facts: &Facts) -> String {
    ["document.title", "meeting.name", "work.name"].iter().find_map(|p| facts.text(p)).unwrap_or_default()
}

/// The characters of a document as word processors count them (字数): all but white space.
#[must_use]
pub fn characters(manuscript: &Manuscript) -> usize {
    manuscript.text().chars().filter(|c| !c.is_whitespace()).count()
}

/// What is wrong with the topic, at the place that names it.
fn stated_at(error: Error, facts: &Facts) -> Error {
    match facts.get("work.topic") {
        Some(fact) => error.map(|p| if p.at.is_none() { p.at(fact.at.clone()) } else { p }),
        None => error,
    }
}

/// Where a text holds a character by which drafts are put together, and which no text may hold.
#[must_use]
pub fn mark_in(text: &str) -> Option<usize> {
    mark::find(text)
}

#[cfg(test)]
mod stranger_tests;
#[cfg(test)]
mod tests;

#[cfg(test)]
mod examples {
    #[test]
    fn draft_does_as_its_example_says() {
        use crate::draft::{Options, draft, library};
        let skeleton = library::built_in().skeleton("speech/mobilization").unwrap();
        let speech = draft(&skeleton, skeleton.example(), &Options::default()).unwrap();
        assert!(speech.text().contains("同志们"));
    }
}
