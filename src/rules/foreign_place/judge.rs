//! Which mentions are told (判断): each is weighed by itself, then by what the rest of the document says of
//! its place.
//!
//! A place named once with the reason — a partner, an event, a road — is named without it afterwards; a
//! place that is named over and over as the document's own is where a passage was pasted from, and then
//! its towns and its neighbours are of that passage too.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::cues::{self, Sense};
use crate::base::han::is_han;
use crate::base::lexicon::foreign_place as lexicon;
use crate::model::BlockKind;
use crate::model::pack::NewPlace;
use crate::rules::Case;
use crate::rules::reading::places::gazetteer::{self, Code, covers, prefecture, rank};
use crate::rules::reading::places::mention::{Form, Mention};
use crate::rules::reading::places::own::{Own, Relation};
use crate::rules::reading::places::renewed::names_of;
use crate::rules::reading::quote::inside;

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
    pub former: Option<u16>,
}

/// One mention with what was made of it.
struct Weighed<'m> {
    mention: &'m Mention,
    relation: Relation,
    sense: Sense,
    masked: bool,
    block: usize,
    /// Whether an upper level stands before the name.
    chain: bool,
}

/// The mentions that do not belong, in order.
pub(super) fn judge(case: &Case<'_>, own: &Own) -> Vec<Accusation> {
    let (manuscript, found) = (case.manuscript, case.mentions());
    let weighed: Vec<Weighed<'_>> = found.iter().filter_map(|mention| weigh(case, own, mention)).collect();
    let document = Surroundings::of(manuscript.text(), own, &weighed);
    let mut told: Vec<Accusation> = (0..weighed.len())
        .filter(|&at| document.tell(own, manuscript.text(), at))
        .map(|at| accuse(own, manuscript.text(), &weighed[at]))
        .collect();
    told.extend(towns_of_sources(manuscript.text(), &told, &weighed, own));
    told.sort_by_key(|t| t.range.start);
    let own_at = |range: &Range<usize>| {
        let here = found.iter().filter(|m| range.contains(&m.range.start));
        here.into_iter().any(|m| weighed.iter().all(|w| w.mention.range != m.range))
    };
    told.extend(villages_between(manuscript.text(), &told, own_at));
    told.sort_by_key(|t| t.range.start);
    told
}

/// What a mention says by itself; `None` for one of the document's own place.
fn weigh<'m>(case: &Case<'_>, own: &Own, mention: &'m Mention) -> Option<Weighed<'m>> {
    let (text, blocks) = (case.manuscript.text(), case.manuscript.blocks());
    let at = mention.range.start;
    let relation = relation(text, own, mention);
    if relation == Relation::Own {
        return None;
    }
    let block = blocks.partition_point(|b| b.range.end <= at);
    let quotation = blocks.get(block).is_some_and(|b| b.kind == BlockKind::Quotation);
    let sense = cues::read(text, &mention.range, mention.form);
    let masked = quotation || inside(case.quotes(), at) && !cues::is_slogan(text, &mention.range);
    let chain = is_chain(text, mention, &case.settings.pack.places);
    Some(Weighed { mention, relation, sense, masked, block, chain })
}

fn accuse(own: &Own, text: &str, w: &Weighed<'_>) -> Accusation {
    let sure = w.sense == Sense::Own
        && own.inferred.is_none()
        && w.mention.form == Form::Full
        && !is_common(text, w)
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
    fn of(text: &str, own: &Own, weighed: &'w [Weighed<'w>]) -> Self {
        let codes = |w: &'w Weighed<'w>| w.mention.codes.iter().copied();
        let partners = weighed.iter().filter(|w| w.sense == Sense::Partner).flat_map(codes).collect();
        let excused = weighed
            .iter()
            .filter(|w| matches!(w.sense, Sense::Reason | Sense::Partner))
            .flat_map(|w| codes(w).map(|c| (w.block, c)))
            .collect();
        let mut this = Self { weighed, partners, excused, sources: BTreeSet::new() };
        this.sources = this.pasted_from(text, own);
        this
    }

    /// The places named by their full names far too often, or once as the document's own.
    fn pasted_from(&self, text: &str, own: &Own) -> BTreeSet<Code> {
        let mut counts: BTreeMap<Code, usize> = BTreeMap::new();
        for w in self.weighed {
            let named = !w.masked || w.sense == Sense::Basis;
            if !named || w.relation != Relation::Far || self.is_partner(w.mention) {
                continue;
            }
            let count = match w.sense {
                Sense::Own if stands_for_itself(own, text, w) => ESTABLISHED,
                Sense::Basis => ESTABLISHED,
                Sense::Plain if may_stand_alone(own, text, w) => 1,
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

    /// Whether it is a place that passages were pasted from, above it, in it, or a county beside it. A
    /// whole province is the source of nothing but its own name.
    fn is_of_source(&self, mention: &Mention) -> bool {
        let beside = |s: Code, c: Code| rank(s) == 2 && rank(c) == 2 && prefecture(s) == prefecture(c);
        let near = |s: Code, c: Code| covers(c, s) || rank(s) > 0 && covers(s, c) || beside(s, c);
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
            Sense::Own => {
                let itself = stands_for_itself(own, text, w);
                pasted || itself && !(w.masked || !far && compares(self.weighed, at))
            }
            Sense::Basis => far,
            Sense::Blessed => far && !w.masked && w.mention.codes.iter().all(|&c| rank(c) == 0),
            _ if pasted => w.sense == Sense::Plain || !cues::is_visited(&text[..w.mention.range.start]),
            Sense::Plain => {
                let excused = w.mention.codes.iter().any(|&c| self.excused.contains(&(w.block, c)));
                let alone = may_stand_alone(own, text, w);
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

/// Whether a mention without any word for or against it is told: a county, a prefecture or a town by its
/// full name, without its upper levels: who writes those speaks of somewhere else. Provinces and short names are on everybody's lips.
fn may_stand_alone(own: &Own, text: &str, w: &Weighed<'_>) -> bool {
    let mention = w.mention;
    match mention.form {
        // Towns of the same name are many, and lists of towns have gaps.
        Form::Town => {
            let few = mention.codes.len() <= 3 && !is_common(text, w);
            let belongs = few || is_beside_own_town(own, text, mention);
            belongs && !w.chain && own.towns_known()
        }
        Form::Full | Form::Former(_) => {
            let lower = mention.codes.iter().all(|&c| rank(c) > 0);
            lower && !w.chain && !is_common(text, w)
        }
        Form::Short | Form::Region => false,
    }
}

/// Whether a town stands in a list right behind or before a town of the document's own county.
fn is_beside_own_town(own: &Own, text: &str, mention: &Mention) -> bool {
    let (before, after) = (&text[..mention.range.start], &text[mention.range.end..]);
    let left = before.strip_suffix('、').is_some_and(|list| {
        list.char_indices().rev().take(6).skip(1).any(|(at, _)| own.has_town(&list[at..]))
    });
    let right = || {
        after.strip_prefix('、').is_some_and(|list| {
            let mut ends = list.char_indices().take(6).map(|(at, c)| at + c.len_utf8()).skip(1);
            ends.any(|end| list[..end].ends_with(['镇', '乡', '道']) && own.has_town(&list[..end]))
        })
    };
    left || right()
}

/// Whether a mention with the document's own words is told. A city has streets, zones and villages of
/// many a county's short name.
fn stands_for_itself(own: &Own, text: &str, w: &Weighed<'_>) -> bool {
    let mention = w.mention;
    let county = mention.codes.iter().all(|&c| rank(c) == 2);
    match mention.form {
        Form::Short => !(county && own.rank().is_some_and(|r| r < 2)),
        Form::Full => !lexicon::ZONES.iter().any(|z| text[mention.range.clone()].ends_with(z)) || w.chain,
        Form::Town | Form::Former(_) | Form::Region => true,
    }
}

/// Whether an upper level stands before the name.
fn is_chain(text: &str, mention: &Mention, places: &[NewPlace]) -> bool {
    let name = &text[mention.range.clone()];
    if mention.form == Form::Town {
        return name.chars().count() > 4 && name.contains(['省', '市', '县']);
    }
    let mut called = mention.codes.first().into_iter().flat_map(|&c| names_of(places, c));
    called.any(|n| n.len() < name.len() && name.ends_with(n))
}

/// Whether a full name alone may be something else: a zone that many cities have (滨海新区), or a word
/// with a level behind it (平安县, 新建县, 卫星镇) and no office behind that.
fn is_common(text: &str, w: &Weighed<'_>) -> bool {
    let mention = w.mention;
    let name = &text[mention.range.clone()];
    let stem = name.strip_suffix(['县', '市', '区', '旗', '镇', '乡']).unwrap_or(name);
    let word = match mention.form {
        Form::Town => gazetteer::is_word(stem),
        // Class x beside w: the word is seldom one, but falls across a boundary (巴彦).
        _ => gazetteer::short(stem).is_some_and(|e| e.class.contains('w') && !e.class.contains('x')),
    };
    (word || lexicon::ZONES.iter().any(|z| name.ends_with(z)))
        && !cues::is_office(text, &mention.range)
        && !w.chain
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

/// Villages by their schools and offices (黑石村完小) in a passage that begins and ends with places of one
/// county that were told, and names none of the document's own.
fn villages_between(
    text: &str,
    told: &[Accusation],
    own_at: impl Fn(&Range<usize>) -> bool,
) -> Vec<Accusation> {
    /// Bytes of the longest passage: three thousand characters.
    const LONGEST: usize = 9_000;
    let of_county = |t: &&Accusation| t.codes.len() == 1 && t.codes.iter().all(|&c| rank(c) == 2);
    let told: Vec<&Accusation> = told.iter().filter(of_county).collect();
    let mut more = Vec::new();
    for pair in told.windows(2) {
        let passage = pair[0].range.end..pair[1].range.start;
        if pair[0].codes != pair[1].codes || passage.len() > LONGEST || own_at(&passage) {
            continue;
        }
        let Some(words) = text.get(passage.clone()) else { continue };
        more.extend(words.match_indices('村').filter_map(|(at, village)| {
            let end = at + village.len();
            let behind = lexicon::TOWN_BODIES.iter().any(|b| words[end..].starts_with(b));
            let start = words[..at].char_indices().rev().take(2).last()?.0;
            let named = behind && words[start..at].chars().all(is_han);
            let range = passage.start + start..passage.start + end;
            named.then(|| Accusation { range, codes: pair[0].codes.clone(), sure: false, former: None })
        }));
    }
    more
}
