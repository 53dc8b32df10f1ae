//! The phrases of a document as they are said: which variant of each, and what fills its slots.
//!
//! Tera only asks for phrases (a mark with their arguments), since the choice depends on what was said
//! before. A phrase of which no variant can be filled says nothing.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::HashMap;
use std::sync::Arc;

use super::budget::{Bound, Limits};
use super::context::Values;
use super::lists::joined;
use super::phrase::Asked;
use super::plan::Condition;
use super::skeleton::Skeleton;
use super::topic::Topic;
use super::{Shared, Unavoidable, mark, words};
use crate::base::figures::figures;
use crate::base::{Error, Place, Problem, Result, stable};
use crate::text;

/// What decides which phrases are said, and how.
pub(super) struct Said<'a> {
    pub skeleton: &'a Skeleton,
    /// The pack whose phrases come before the skeleton's.
    pub topic: Option<&'a Topic>,
    /// Locality, document and seed.
    pub key: &'a [&'a str; 3],
    /// How the figures of the facts stand, all together.
    pub condition: Option<Condition>,
    pub shared: Option<Shared<'a>>,
    /// How much may be said.
    pub limits: Limits,
}

/// Replaces each asked-for phrase by one of its variants.
pub(super) fn say(
    rendered: &str,
    said: &Said<'_>,
    values: &mut Values<'_>,
) -> Result<(String, Vec<Unavoidable>)> {
    let mut saying = Saying {
        said,
        values,
        used: HashMap::new(),
        unavoidable: Vec::new(),
        problems: Vec::new(),
        out: String::with_capacity(rendered.len() * 2),
        told: Told::default(),
        left: said.limits.for_phrases(),
        met: None,
    };
    let mut rest = rendered;
    while let Some((before, body, after)) = asked_for(rest) {
        saying.out.push_str(before);
        let text = saying.phrase(body);
        saying.out.push_str(&text);
        rest = after;
    }
    saying.out.push_str(rest);
    let Saying { out, unavoidable, mut problems, met, .. } = saying;
    let at = || Place::File(Arc::clone(&said.skeleton.id));
    problems.extend(met.map(|bound| bound.problem().at(at())));
    Error::unless_empty(problems, (out, unavoidable))
}

/// The next phrase that is asked for in a text: what stands before it, within it and behind it.
fn asked_for(text: &str) -> Option<(&str, &str, &str)> {
    let at = mark::find_phrase(text)?;
    let body = &text[at + mark::PHRASE.len_utf8()..];
    let end = mark::phrase_end(body)?;
    Some((&text[..at], &body[..end], &body[end + mark::PHRASE_END.len_utf8()..]))
}

/// The phrases of a document as they are said.
struct Saying<'s, 'f, 'v> {
    said: &'s Said<'s>,
    values: &'v mut Values<'f>,
    /// The variants of each phrase so far.
    used: HashMap<String, Vec<u32>>,
    unavoidable: Vec<Unavoidable>,
    problems: Vec<Problem>,
    /// The text so far.
    out: String,
    /// The same without its marks.
    told: Told,
    /// How many bytes phrases may give yet, and how many steps they may take.
    left: (usize, u64),
    /// The bound that was met.
    met: Option<Bound>,
}

/// A text that grows, without its marks, brought up to date when somebody asks.
#[derive(Default)]
struct Told {
    plain: String,
    /// How much of the text it has.
    of: usize,
}

impl Told {
    fn so_far(&mut self, out: &str) -> &str {
        self.plain.push_str(&mark::plain(&out[self.of..]));
        self.of = out.len();
        &self.plain
    }
}

impl Saying<'_, '_, '_> {
    /// What is said for a phrase that is asked for; empty where no variant of it can be filled, since
    /// then there is nothing to say.
    fn phrase(&mut self, body: &str) -> String {
        if !self.spend(0) {
            return String::new();
        }
        let mut fields = mark::fields(body).into_iter();
        let id = fields.next().unwrap_or_default();
        if id == mark::LIST {
            return self.list(fields);
        }
        let mut arguments = Vec::new();
        while let (Some(name), Some(value)) = (fields.next(), fields.next()) {
            arguments.push((name, self.whole(value)));
        }
        match id {
            mark::EITHER => {
                let first = arguments.into_iter().map(|(_, text)| text).find(|text| !mark::is_blank(text));
                return first.map_or_else(String::new, Cow::into_owned);
            }
            mark::FRESH => {
                let text = arguments.into_iter().map(|(_, text)| text).next().unwrap_or_default();
                return if self.has_told(&text) { String::new() } else { text.into_owned() };
            }
            mark::IT => return it(self.values, &self.out),
            _ => {}
        }
        arguments.retain(|(_, value)| !mark::is_blank(value));
        self.variant(id, &arguments)
    }

    /// One of the variants of the phrase of this id, with what it is given and with facts.
    fn variant(&mut self, id: &str, arguments: &[(&str, Cow<'_, str>)]) -> String {
        let Said { skeleton, topic, key, condition, shared, .. } = *self.said;
        let of_topic = topic.and_then(|t| t.phrases.get(id));
        let Some(phrase) = of_topic.or_else(|| skeleton.phrases.get(id)) else {
            self.problems.push(no_phrase(id, skeleton));
            return String::new();
        };
        let hash = stable::hash(&[key[0], key[1], key[2], id]);
        let given: Vec<&str> =
            arguments.iter().map(|(name, _)| *name).filter(|name| !words::STANDING.contains(name)).collect();
        // Nobody names the work in every sentence.
        let work = self.values.standing("work").map_or_else(String::new, |name| mark::plain(&name));
        let avoid: &[&str] =
            if said_lately(&self.out, &work) { &["work", "words.work", "topic", "words.topic"] } else { &[] };
        let needed = |path: &str| skeleton.is_needed(path);
        let (values, out, room) = (&mut *self.values, &self.out, Cell::new(Some(self.left.0)));
        let mut fill = |slot: &str| {
            let found = match arguments.iter().find(|(name, _)| *name == slot) {
                Some((_, value)) => Some(value.clone().into_owned()),
                None if slot == "it" || slot == "words.it" => {
                    Some(it(values, out)).filter(|it| !it.is_empty())
                }
                None => values.slot(slot, &needed),
            }?;
            room.set(room.get().and_then(|left| left.checked_sub(found.len())));
            room.get().map(|_| found)
        };
        let used = self.used.entry(id.to_owned()).or_default();
        let asked = Asked { key: hash, used, given: &given, avoid, condition, shared };
        let phrased = phrase.say(&asked, &mut fill);
        match room.get() {
            Some(left) => self.left.0 = left,
            None => self.met = Some(Bound::Output),
        }
        let Some((variant, text, letters)) = phrased else {
            return String::new();
        };
        used.push(variant);
        if letters > 0 {
            self.unavoidable.push(Unavoidable { phrase: Arc::clone(&phrase.id), letters });
        }
        let place = Place::Phrase { id: Arc::clone(&phrase.id), variant };
        self.values.mark(place, &text)
    }

    /// Whether there are so many steps left; one more is for the phrase itself.
    fn spend(&mut self, steps: usize) -> bool {
        match self.left.1.checked_sub(1 + steps as u64) {
            Some(left) => self.left.1 = left,
            None => self.met = Some(Bound::Steps),
        }
        self.met.is_none()
    }

    /// Items of which some are not known before they are said, as one list.
    fn list<'t>(&mut self, mut fields: impl Iterator<Item = &'t str>) -> String {
        let (how, first) = (fields.nth(1).unwrap_or_default(), fields.nth(1).unwrap_or_default());
        let first = first.parse().unwrap_or(usize::MAX);
        // What an item tells is told for those behind it.
        let (start, told) = (self.out.len(), self.told.so_far(&self.out).len());
        let mut items = Vec::new();
        while let Some(item) = fields.nth(1) {
            let said = self.whole(item).into_owned();
            if items.len() < first && !mark::is_blank(&said) {
                self.out.push_str(&said);
                self.out.push('；');
                items.push(said);
            }
        }
        self.out.truncate(start);
        self.told.plain.truncate(told);
        self.told.of = start;
        joined(how, items)
    }

    /// Whether a text has a figure that the document has told.
    fn has_told(&mut self, text: &str) -> bool {
        let text = mark::plain(text);
        let mut figures = figures(&text);
        // Days and one or two of a thing are said wherever they belong.
        figures.retain(|f| {
            let is_time = matches!(f.unit, "年" | "月" | "日" | "号" | "时" | "天" | "届" | "期");
            (f.digits.len() > 1 || f.is_percent()) && !is_time
        });
        if figures.is_empty() {
            return false;
        }
        if !self.spend(figures.len() * self.out.len() / SOUGHT_A_STEP) {
            return false;
        }
        let told = self.told.so_far(&self.out);
        figures.iter().any(|f| stands(told, &text[f.range.clone()]))
    }

    /// A text with the phrases in it said.
    fn whole<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        let mut rest = text;
        let mut out = String::new();
        while let Some((before, body, after)) = asked_for(rest) {
            out.push_str(before);
            let said = self.phrase(body);
            out.push_str(&said);
            rest = after;
        }
        if out.is_empty() && rest.len() == text.len() {
            return Cow::Borrowed(text);
        }
        out.push_str(rest);
        Cow::Owned(out)
    }
}

/// Whether a figure stands in a text by itself, and not as a part of a longer number.
fn stands(text: &str, figure: &str) -> bool {
    text.match_indices(figure).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + figure.len()..].chars().next();
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        !digit(before)
            && before != Some('.')
            && !(digit(after) && figure.ends_with(|c: char| c.is_ascii_digit()))
    })
}

/// Whether words stand in the last couple of sentences of a marked text.
fn said_lately(out: &str, words: &str) -> bool {
    /// Characters in which something is said once at most.
    const APART: usize = 200;
    let start = out.char_indices().rev().filter(|(_, c)| !mark::is_mark(*c)).nth(APART);
    !words.is_empty() && mark::plain(&out[start.map_or(0, |(at, _)| at)..]).contains(words)
}

/// So many bytes of what was told are gone through for a figure in a step.
const SOUGHT_A_STEP: usize = 128;

/// 这项工作 where the paragraph has named the work already, else its name. `out` is the text so far.
fn it(values: &Values<'_>, out: &str) -> String {
    let name = values.standing("work").unwrap_or_default();
    // A paragraph longer than this has said something else meanwhile.
    const NEAR: usize = 16 << 10;
    let near = (out.len().saturating_sub(NEAR)..=out.len()).find(|&at| out.is_char_boundary(at)).unwrap_or(0);
    let since = near + out[near..].rfind(mark::BLANK).unwrap_or(0);
    let plain = mark::plain(&name);
    if !plain.is_empty() && mark::plain(&out[since..]).contains(&plain) {
        return words::IT.to_owned();
    }
    name
}

fn no_phrase(id: &str, skeleton: &Skeleton) -> Problem {
    Problem::new(text!("没有“{id}”这条套语", "there is no phrase “{id}”"))
        .at(Place::File(Arc::clone(&skeleton.id)))
}
