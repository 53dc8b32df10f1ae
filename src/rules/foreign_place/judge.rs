//! Which mentions are told (判断): each is weighed by itself, then by what the rest of the document says of
//! its place.
//!
//! A place named once with the reason — a partner, an event, a road — is named without it afterwards; a
//! place that is named over and over as the document's own is where a passage was pasted from, and then
//! its towns and its neighbours are of that passage too.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::cues::{self, Sense};
use crate::base::lexicon::foreign_place as lexicon;
use crate::model::{BlockKind, Manuscript};
use crate::rules::reading::places::gazetteer::{self, Code, covers, prefecture, rank};
use crate::rules::reading::places::mention::{Form, Mention};
use crate::rules::reading::places::own::{Own, Relation};
use crate::rules::reading::quote::{Quoted, inside};

/// So many mentions without a reason make a place the source of a pasted passage.
const ESTABLISHED: usize = 3;
/// A passage that names so many other places compares them.
const COMPARING: usize = 3;
/// Bytes either side that belong to a passage: a hundred characters.
const PASSAGE: usize = 300;

/// A mention that is told.
pub(super) struct Accusation {
    pub range: Range<usize>,
    /// Which divisions may be meant.
    pub codes: Vec<Code>,
    /// Whether there is no doubt.
    pub sure: bool,
    /// The year in which a former name was given up.
    pub former: Option<&'static str>,
}

/// One mention with what was made of it.
struct Weighed<'m> {
    mention: &'m Mention,
    relation: Relation,
    sense: Sense,
    masked: bool,
    block: usize,
}

/// The mentions that do not belong, in order.
pub(super) fn judge(
    manuscript: &Manuscript,
    own: &Own,
    found: &[Mention],
    quotes: &[Quoted],
) -> Vec<Accusation> {
    let weighed: Vec<Weighed<'_>> =
        found.iter().filter_map(|mention| weigh(manuscript, own, mention, quotes)).collect();
    let document = Surroundings::of(&weighed);
    let mut told: Vec<Accusation> = (0..weighed.len())
        .filter(|&at| document.tell(own, manuscript.text(), at))
        .map(|at| accuse(own, &weighed[at]))
        .collect();
    told.extend(towns_of_sources(manuscript.text(), &told, &weighed, own));
    told.sort_by_key(|t| t.range.start);
    told
}

/// What a mention says by itself; `None` for one of the document's own place.
fn weigh<'m>(
    manuscript: &Manuscript,
    own: &Own,
    mention: &'m Mention,
    quotes: &[Quoted],
) -> Option<Weighed<'m>> {
    let (text, blocks) = (manuscript.text(), manuscript.blocks());
    let at = mention.range.start;
    let relation = relation(text, own, mention);
    if relation == Relation::Own {
        return None;
    }
    let block = blocks.partition_point(|b| b.range.end <= at);
    let quotation = blocks.get(block).is_some_and(|b| b.kind == BlockKind::Quotation);
    let sense = cues::read(text, &mention.range);
    Some(Weighed { mention, relation, sense, masked: quotation || inside(quotes, at), block })
}

fn accuse(own: &Own, w: &Weighed<'_>) -> Accusation {
    let sure = w.sense == Sense::Own
        && own.inferred.is_none()
        && w.mention.form == Form::Full
        && w.relation > Relation::Neighbour;
    let former = match w.mention.form {
        Form::Former(year) => Some(year),
        _ => None,
    };
    Accusation { range: w.mention.range.clone(), codes: w.mention.codes.clone(), sure, former }
}

/// What the whole document says of the places that it mentions.
struct Surroundings<'w> {
    weighed: &'w [Weighed<'w>],
    /// Places that help or are helped.
    partners: BTreeSet<Code>,
    /// Places for which a block gives a reason; it holds for all of the block.
    excused: BTreeSet<(usize, Code)>,
    /// Places that passages were pasted from.
    sources: BTreeSet<Code>,
}

impl<'w> Surroundings<'w> {
    fn of(weighed: &'w [Weighed<'w>]) -> Self {
        let codes = |w: &'w Weighed<'w>| w.mention.codes.iter().copied();
        let partners = weighed.iter().filter(|w| w.sense == Sense::Partner).flat_map(codes).collect();
        let excused = weighed
            .iter()
            .filter(|w| matches!(w.sense, Sense::Reason | Sense::Partner))
            .flat_map(|w| codes(w).map(|c| (w.block, c)))
            .collect();
        let mut this = Self { weighed, partners, excused, sources: BTreeSet::new() };
        this.sources = this.pasted_from();
        this
    }

    /// The places named far too often, or once as the document's own.
    fn pasted_from(&self) -> BTreeSet<Code> {
        let mut counts: BTreeMap<Code, usize> = BTreeMap::new();
        for w in self.weighed {
            let named = !w.masked || w.sense == Sense::Basis;
            if !named || w.relation != Relation::Far || self.is_partner(w.mention) {
                continue;
            }
            let count = match w.sense {
                Sense::Own | Sense::Basis => ESTABLISHED,
                Sense::Plain => 1,
                _ => 0,
            };
            for &code in &w.mention.codes {
                *counts.entry(code).or_default() += count;
            }
        }
        counts.into_iter().filter(|&(_, n)| n >= ESTABLISHED).map(|(code, _)| code).collect()
    }

    fn is_partner(&self, mention: &Mention) -> bool {
        let is = |c: Code| self.partners.iter().any(|&p| p == c || rank(p) > 0 && covers(p, c));
        mention.codes.iter().any(|&c| is(c))
    }

    /// Whether it is a place that passages were pasted from, above it, in it, or a county beside it.
    fn is_of_source(&self, mention: &Mention) -> bool {
        let beside = |s: Code, c: Code| rank(s) == 2 && rank(c) == 2 && prefecture(s) == prefecture(c);
        let near = |s: Code, c: Code| covers(c, s) || covers(s, c) || beside(s, c);
        mention.codes.iter().any(|&c| self.sources.iter().any(|&s| near(s, c)))
    }

    /// Whether the `at`th mention is told.
    fn tell(&self, own: &Own, text: &str, at: usize) -> bool {
        let w = &self.weighed[at];
        if w.sense == Sense::Partner || self.is_partner(w.mention) {
            return false;
        }
        let far = w.relation == Relation::Far;
        let pasted = far && self.is_of_source(w.mention);
        match w.sense {
            Sense::Own => pasted || !(w.masked || !far && compares(self.weighed, at)),
            Sense::Basis => far,
            _ if pasted => w.sense == Sense::Plain || !cues::is_visited(&text[..w.mention.range.start]),
            Sense::Plain => {
                let excused = w.mention.codes.iter().any(|&c| self.excused.contains(&(w.block, c)));
                let alone = may_stand_alone(own, w.mention);
                far && !w.masked && !excused && alone && !compares(self.weighed, at)
            }
            _ => false,
        }
    }
}

/// Whether the passage round a mention names several other places.
fn compares(weighed: &[Weighed<'_>], at: usize) -> bool {
    let middle = weighed[at].mention.range.start;
    let near =
        |w: &&Weighed<'_>| w.mention.range.start.abs_diff(middle) <= PASSAGE && w.block == weighed[at].block;
    let behind = weighed[at..].iter().take(8).take_while(near);
    let before = weighed[..at].iter().rev().take(8).take_while(near);
    behind.chain(before).map(|w| &w.mention.codes).collect::<BTreeSet<_>>().len() >= COMPARING
}

/// Whether a mention without any word for or against it is told.
fn may_stand_alone(own: &Own, mention: &Mention) -> bool {
    match mention.form {
        // Towns of the same name are many, and lists of towns have gaps.
        Form::Town => !own.codes.is_empty() && mention.codes.len() <= 3,
        Form::Full | Form::Former(_) | Form::Short | Form::Region => true,
    }
}

fn relation(text: &str, own: &Own, mention: &Mention) -> Relation {
    let name = &text[mention.range.clone()];
    if mention.form == Form::Town && (own.codes.is_empty() || own.has_town(name)) {
        return Relation::Own;
    }
    own.relation(text, mention)
}

/// Towns of a county that was told, by their short names before a school, an office or a market:
/// 珠街中心学校.
fn towns_of_sources(text: &str, told: &[Accusation], weighed: &[Weighed<'_>], own: &Own) -> Vec<Accusation> {
    let counties: BTreeSet<Code> = weighed
        .iter()
        .filter(|w| {
            w.mention.form == Form::Full
                && w.mention.codes.len() == 1
                && told.iter().any(|t| t.range == w.mention.range)
        })
        .flat_map(|w| w.mention.codes.iter().copied())
        .filter(|&c| rank(c) == 2)
        .take(4)
        .collect();
    let mut more = Vec::new();
    for county in counties {
        for town in gazetteer::towns_of(county) {
            let stem: String = town.chars().take(2).collect();
            if town.chars().count() < 3 || own.has_town(town) {
                continue;
            }
            more.extend(text.match_indices(&*stem).filter_map(|(at, _)| {
                let end = at + stem.len();
                let behind = lexicon::TOWN_BODIES.iter().any(|b| text[end..].starts_with(b));
                behind.then(|| Accusation { range: at..end, codes: vec![county], sure: false, former: None })
            }));
        }
    }
    more.retain(|m| told.iter().all(|t| t.range.end <= m.range.start || m.range.end <= t.range.start));
    more
}
